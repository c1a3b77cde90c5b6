//! What the templates of shortcodes declare: the comment that each begins with is TOML.

use std::collections::BTreeSet;

use super::{TemplateFile, Theme};
use crate::config;
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::shortcode::{Declaration, Kind, Named};

/// The folders of their templates.
const SHORTCODES: &str = "/shortcodes/";
const CALLOUTS: &str = "/callouts/";

impl Theme {
    /// Reads what the templates of shortcodes and callouts declare; those of the site's own theme win.
    pub(super) fn read_shortcodes(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        for file in &self.templates {
            let of = |folder: &str| file.name.split_once(folder).map(|(_, rest)| rest);
            let (rest, known) = match (of(SHORTCODES), of(CALLOUTS)) {
                (Some(rest), _) => (rest, &mut self.shortcodes),
                (None, Some(rest)) => (rest, &mut self.declared_callouts),
                (None, None) => continue,
            };
            let name = rest.strip_suffix(".html").unwrap_or(rest);
            if name.starts_with('_') || name.contains("/_") || known.contains_key(name) {
                continue;
            }
            let declaration = declared(file, diagnostics);
            known.insert(name.to_owned(), declaration);
        }
    }
}

/// What one template declares.
fn declared(file: &TemplateFile, diagnostics: &mut Vec<Diagnostic>) -> Declaration {
    let text = file.text.trim_start();
    let start = file.text.len() - text.len();
    let inner = text.strip_prefix("{#-").or_else(|| text.strip_prefix("{#"));
    let Some((inner, head)) = inner.and_then(|inner| Some((inner, inner.split("#}").next()?)))
    else {
        return Declaration::default();
    };
    let open = start + text.len() - inner.len();
    // As many bytes stand before it as in the file, so that places are those of the file.
    let before: String = file.text[..open]
        .bytes()
        .map(|b| if b == b'\n' { '\n' } else { ' ' })
        .collect();
    let toml = before + head.strip_suffix('-').unwrap_or(head);
    let read = config::read::<Declaration>(&file.path, &toml);
    let wrong = |diagnostic: Diagnostic| {
        let help = "a shortcode's template begins with a comment in TOML: description, body, inline, inside and args";
        match diagnostic.help {
            None => diagnostic.help(help),
            Some(_) => diagnostic,
        }
    };
    diagnostics.extend(read.errors.into_iter().map(wrong));
    check(file, &read.value, diagnostics);
    read.value
}

/// Tells of what cannot be.
fn check(file: &TemplateFile, declared: &Declaration, diagnostics: &mut Vec<Diagnostic>) {
    let mut tell = |item: &str, message: String, help: &str| {
        let error = Diagnostic::error("shortcode", &file.path, message).help(help);
        // Of two with one name, the second is meant.
        let at = file.text.rfind(&format!("\"{item}\""));
        diagnostics.push(match at {
            Some(at) => error.at(at + 1..at + 1 + item.len()),
            None => error,
        });
    };
    let mut names = BTreeSet::new();
    for arg in &declared.args {
        if !names.insert(&arg.name) {
            tell(
                &arg.name,
                format!("two arguments are named `{}`", arg.name),
                "rename one of them",
            );
        }
        let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        if arg.name.is_empty() || !arg.name.bytes().all(is_name) {
            tell(
                &arg.name,
                format!("`{}` is no name of an argument", arg.name),
                "a name has letters, digits, hyphens and underlines",
            );
        }
        if arg.required && arg.default.is_some() {
            tell(
                &arg.name,
                format!("`{}` is required, and its default is never used", arg.name),
                "take out one of the two",
            );
        }
        let is_reference = matches!(
            arg.kind,
            Kind::Named(Named::Link | Named::Picture | Named::Player)
        );
        if is_reference && arg.default.is_some() {
            tell(
                &arg.name,
                format!("`{}` leads to a file, and cannot have a default", arg.name),
                "write the file into the template, where it is left out",
            );
        }
        if let (Kind::OneOf(words), Some(default)) = (&arg.kind, &arg.default)
            && !words.contains(default)
        {
            let near = nearest(default, words.iter().map(String::as_str));
            let help = near.map_or_else(
                || format!("it is one of {}", words.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            tell(
                default,
                format!(
                    "the default `{default}` is none of the words of `{}`",
                    arg.name
                ),
                &help,
            );
        }
    }
}
