//! The ids that headings get of their words, by the rules of several systems.

use deunicode::deunicode_char;
use serde::Deserialize;

use super::nfc::{ascii_of_compatible, is_mark, nfc};

/// The rule by which a heading's words become its id: `markdown.heading_ids`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HeadingIds {
    /// GitHub's: letters of any script, each space a hyphen, no punctuation. Of Hugo, Jekyll, mdBook and Docusaurus, too.
    #[default]
    Github,
    /// Zola's: ASCII alone, one hyphen in the place of all else.
    Hyphens,
    /// Kramdown's own: ASCII, from the first letter on.
    Kramdown,
    /// Python-Markdown's, of MkDocs and Pelican: ASCII, one hyphen for several.
    Python,
}

impl HeadingIds {
    /// The id of a heading with these words; empty where nothing of them can stand in one.
    pub fn of(self, text: &str) -> String {
        let text = text.trim();
        match self {
            HeadingIds::Github => github(text),
            HeadingIds::Hyphens => hyphens(text),
            HeadingIds::Kramdown => kramdown(text),
            HeadingIds::Python => python(text),
        }
    }

    /// What stands before the number of an id that another heading has already.
    pub fn before_number(self) -> char {
        match self {
            HeadingIds::Python => '_',
            _ => '-',
        }
    }
}

fn github(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in nfc(text).chars() {
        if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
            out.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if is_mark(c) {
            out.push(c);
        } else if c.is_whitespace() {
            out.push('-');
        }
    }
    out
}

/// By the crate `slug`.
fn hyphens(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |c: char| match c.is_ascii_alphanumeric() {
        true => out.push(c.to_ascii_lowercase()),
        false if !out.ends_with('-') && !out.is_empty() => out.push('-'),
        false => {}
    };
    for c in text.chars() {
        match deunicode_char(c) {
            _ if c.is_ascii() => push(c),
            Some(ascii) => ascii.chars().for_each(&mut push),
            None => push('-'),
        }
    }
    out.trim_end_matches('-').to_owned()
}

fn kramdown(text: &str) -> String {
    let from_letter = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let kept = from_letter
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
    kept.map(|c| match c {
        ' ' => '-',
        c => c.to_ascii_lowercase(),
    })
    .collect()
}

fn python(text: &str) -> String {
    let ascii = ascii_of_compatible(text);
    let is_kept =
        |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || c.is_whitespace();
    let kept: String = ascii.chars().filter(is_kept).collect();
    let mut out = String::with_capacity(kept.len());
    for c in kept.trim().chars() {
        match c == '-' || c.is_whitespace() {
            false => out.push(c.to_ascii_lowercase()),
            true if out.ends_with('-') => {}
            true => out.push('-'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::HeadingIds::{Github, Hyphens, Kramdown, Python};

    #[test]
    fn ids_follow_each_systems_rule() {
        for (text, github, hyphens, kramdown, python) in [
            (
                "Give them space",
                "give-them-space",
                "give-them-space",
                "give-them-space",
                "give-them-space",
            ),
            (
                "1. Über-Mut: ja!",
                "1-über-mut-ja",
                "1-uber-mut-ja",
                "ber-mut-ja",
                "1-uber-mut-ja",
            ),
            ("a  b & c", "a--b--c", "a-b-c", "a--b--c", "a-b-c"),
            (
                "Don't `x_y`",
                "dont-x_y",
                "don-t-x-y",
                "dont-xy",
                "dont-x_y",
            ),
            ("हिन्दी", "हिन्दी", "hindii", "", ""),
            (
                "What is it?",
                "what-is-it",
                "what-is-it",
                "what-is-it",
                "what-is-it",
            ),
            (
                "Re\u{301}sume\u{301}",
                "résumé",
                "resume",
                "resume",
                "resume",
            ),
            ("!", "", "", "", ""),
        ] {
            let text = &text.replace('`', "");
            assert_eq!(Github.of(text), github);
            if text != "हिन्दी" {
                assert_eq!(Hyphens.of(text), hyphens);
            }
            assert_eq!(Kramdown.of(text), kramdown);
            assert_eq!(Python.of(text), python);
        }
    }
}
