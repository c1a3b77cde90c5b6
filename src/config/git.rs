//! `[git]`: what readers are told of a page's history, and where they can change it.

use serde::Deserialize;

use super::{FILE, find_key};
use crate::diagnostic::Diagnostic;
use crate::escape;

/// Where the page's file goes in the address.
const PLACE: &str = "{file}";

/// `[git]`.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Git {
    /// Whether a page that says nothing else was updated when its file was last committed.
    pub dates: bool,
    /// The address of the page on which a file is edited.
    #[schemars(regex(pattern = "^https?://.*\\{file\\}"))]
    edit: Option<String>,
}

impl Git {
    /// Where a file of `content/` is edited.
    pub fn edit(&self, source: &str) -> Option<String> {
        let pattern = self.edit.as_deref()?;
        Some(escape::url(
            &pattern.replace(PLACE, &escape::url_path(source)),
        ))
    }

    /// What is wrong with it, in `text`.
    pub(super) fn mistakes(&self, text: &str) -> Vec<Diagnostic> {
        let Some(pattern) = &self.edit else {
            return Vec::new();
        };
        let is_address = ["https://", "http://"]
            .iter()
            .any(|scheme| pattern.starts_with(scheme));
        if is_address && pattern.contains(PLACE) {
            return Vec::new();
        }
        let at = find_key(text, "git.edit", None).or_else(|| find_key(text, "git", None));
        let message = format!("`{pattern}` is no address of a page that edits a file");
        let error = Diagnostic::error("config", FILE, message).at(at.unwrap_or(0..0));
        vec![error.help(
            "write one with `{file}` where the file's path in content/ goes: \"https://github.com/you/site/edit/main/content/{file}\"",
        )]
    }
}
