//! The manual of the lints: the heads of their files, made one page.

use super::{Check, Group, Lint, in_order};
use crate::config::check::Level;

impl Lint {
    /// Its manual page, as Markdown.
    pub fn manual(&self) -> String {
        let text: Vec<&str> = match self.is_of_build() {
            true => self.source.lines().map(str::trim).collect(),
            false => self
                .source
                .lines()
                .take_while(|line| line.starts_with("//!"))
                .map(|line| line.strip_prefix("//! ").unwrap_or_default())
                .collect(),
        };
        text.join("\n")
    }

    /// The first sentence or two of its manual, on one line.
    pub fn summary(&self) -> String {
        let manual = self.manual();
        let first = manual.split("\n\n").next().unwrap_or_default();
        first.replace('\n', " ")
    }
}

impl Group {
    /// As a heading of the manual.
    pub fn title(self) -> &'static str {
        match self {
            Group::Links => "Links",
            Group::Words => "Words",
            Group::Site => "The site",
        }
    }
}

/// The manual of all lints, as Markdown: `docs/lints.md`.
pub fn manual() -> String {
    let mut out = String::from(
        "# Lints\n\n\
         `gen check` looks for these. Each has a code, which `--only` and `--skip` take. In `site.toml`, a table says how bad\n\
         each is on your site; a page that has a reason of its own says `skip_lints: [code]`, alone or for a whole folder in\n\
         its `defaults`. What a build calls an error stays one.\n\n\
         ```toml\n[check.lints]\nlink-text = \"error\"\ntag-used-once = \"off\"\n```\n\n\
         This page is made of the source; do not edit it by hand.\n",
    );
    let mut group = None;
    for lint in in_order() {
        if group != Some(lint.group) {
            group = Some(lint.group);
            out.push_str(&format!("\n## {}\n", lint.group.title()));
        }
        let level = match (&lint.check, lint.level) {
            (Check::Build, Level::Error) => "error, in each build".to_owned(),
            (Check::Build, _) => "warning, in each build".to_owned(),
            (Check::Asked("--suggest"), _) => "note, with `--suggest`".to_owned(),
            (Check::Asked(flag), level) => format!("{}, with `{flag}`", level.word()),
            (_, level) => level.word().to_owned(),
        };
        out.push_str(&format!(
            "\n### `{}`\n\n*{level}*\n\n{}\n",
            lint.code,
            lint.manual()
        ));
    }
    out
}
