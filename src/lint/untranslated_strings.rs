//! A theme has words in English and lacks them in the site's language.
//!
//! Readers meet English words among their own, in the buttons and below the articles. A theme's words stand in
//! `strings/<language>.toml`; what is missing there is taken from `en`. Write the missing ones, for the theme that comes
//! with gen in a theme of your own that says `extends = "default"`.

use super::{Check, Group, Lint, Survey};
use crate::config;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::output::theme::DEFAULT;

pub(super) const LINT: Lint = Lint {
    code: "untranslated-strings",
    group: Group::Site,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("untranslated_strings.rs"),
};

/// Words that are named in one message.
const NAMED: usize = 20;

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let language = &survey.config.language;
    for missing in &survey.theme.untranslated {
        let names = missing.keys.iter().take(NAMED);
        let mut words: Vec<String> = names.map(|key| format!("`{key}`")).collect();
        if missing.keys.len() > NAMED {
            words.push(format!("and {} more", missing.keys.len() - NAMED));
        }
        let (number, them) = match missing.keys.len() {
            1 => ("1 word".to_owned(), "it"),
            number => (format!("{number} words"), "them"),
        };
        let message = format!(
            "the theme `{}` has {number} in English only: {}",
            missing.theme,
            words.join(", ")
        );
        let finding = match &missing.file {
            Some(file) => Diagnostic::warning(LINT.code, file, message),
            None => {
                Diagnostic::warning(LINT.code, config::FILE, message).at_item("language", language)
            }
        };
        // What comes with the program is in no folder of the site, unless there is a copy of it.
        let own = match survey.theme.chain.first() {
            Some(own) if own != DEFAULT => own,
            _ => "yours",
        };
        let theme = match missing.theme == DEFAULT && missing.file.is_none() {
            true => own,
            false => &missing.theme,
        };
        found.push(finding.help(format!(
            "write {them} into themes/{theme}/strings/{}.toml",
            missing.language
        )));
    }
}
