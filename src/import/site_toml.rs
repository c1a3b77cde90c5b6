//! Lines of a `site.toml`: how they are written, and whether they are right.

use crate::config::Config;

/// What stands for an address that nobody knows.
pub(super) const NOWHERE: &str = "https://example.org";

/// The settings that some lines make, where these are right.
pub(super) fn config(lines: &str) -> Option<Config> {
    let text = format!("title = \"x\"\nbase_url = \"{NOWHERE}\"\n{lines}");
    Config::parse(&text, None).ok()
}

/// A text of TOML, on one line.
pub(super) fn text(text: &str) -> String {
    let clean: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean: String = clean.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\""))
}
