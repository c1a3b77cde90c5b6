//! `[headers]`: whether a file for the host says what browsers may load, and what the site loads from
//! elsewhere. The policy itself is `output/policy.rs`'s.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{FILE, find_key};
use crate::diagnostic::{Diagnostic, did_you_mean};

/// The directives that may be given more sources (Content Security Policy Level 3, section 6).
pub const DIRECTIVES: [&str; 10] = [
    "connect-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "media-src",
    "script-src",
    "style-src",
    "worker-src",
];

/// `[headers]`.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Headers {
    /// Publish `_headers`, which Netlify and Cloudflare Pages read.
    pub file: bool,
    /// The policy in each page too, for hosts that read no such file.
    pub meta: bool,
    /// By directive: sources beside the site itself.
    pub sources: BTreeMap<String, Vec<String>>,
}

impl Headers {
    /// What is wrong with it, in `text`.
    pub(super) fn check(&self, text: &str) -> Vec<Diagnostic> {
        let mut errors = Vec::new();
        let mut wrong = |message: String, item: &str, help: Option<String>| {
            let at = find_key(text, "headers", Some(item))
                .or_else(|| find_key(text, "headers.sources", Some(item)));
            let mut error = Diagnostic::error("config", FILE, message).at(at.unwrap_or(0..0));
            error.help = help;
            errors.push(error);
        };
        for (directive, sources) in &self.sources {
            if !DIRECTIVES.contains(&directive.as_str()) {
                let help = did_you_mean(directive, &DIRECTIVES);
                wrong(
                    format!("`{directive}` is no directive that takes sources"),
                    directive,
                    help,
                );
            }
            for source in sources.iter().filter(|source| !is_source(source)) {
                let help = "write one such as https://example.org, each in a text of its own";
                wrong(
                    format!("`{source}` is no source"),
                    source,
                    Some(help.to_owned()),
                );
            }
        }
        errors
    }
}

/// Whether it cannot end the directive or the header that it stands in.
fn is_source(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic()) && !text.contains([';', ','])
}
