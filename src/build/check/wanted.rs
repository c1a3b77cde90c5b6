//! What somebody wants checked: which lints, and whether links are suggested.

use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::error::Error;
use crate::lint::{Check, LINTS};

/// Which lints are asked.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Codes of these only, errors too; empty for all.
    pub only: Vec<String>,
    /// Codes of none of these.
    pub skip: Vec<String>,
    /// Links that could be added, and nothing else but errors.
    pub suggest: Option<Suggest>,
    /// With `suggest`: only links that would stand in this article.
    pub suggest_from: Option<String>,
    /// With `suggest`: those of little worth, too.
    pub suggest_all: bool,
    /// With `suggest`: all else, too.
    pub suggest_beside: bool,
    /// What is found is mended: keys of other systems, too, of which nothing is told.
    pub mends: bool,
}

impl Wanted {
    /// Whether everything is looked for.
    pub fn is_all(&self) -> bool {
        self.only.is_empty() && self.skip.is_empty() && self.suggest.is_none()
    }

    pub(super) fn suggests_only(&self) -> bool {
        self.suggest.is_some() && !self.suggest_beside
    }

    /// What is told of what was found.
    pub(super) fn of(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if self.suggests_only() {
            found.retain(|d| d.severity != Severity::Warning);
        }
        found
    }

    /// Checks that what is asked for by name is looked for at all.
    pub(super) fn are_looked_for(&self, external: bool) -> Result<(), Error> {
        for lint in LINTS
            .iter()
            .filter(|lint| self.only.iter().any(|code| code == lint.code))
        {
            if let Check::Asked(flag) = lint.check
                && !(flag == "--external" && external
                    || flag == "--suggest" && self.suggest.is_some())
            {
                let only = match flag {
                    "--suggest" => String::new(),
                    _ => format!(" --only {}", lint.code),
                };
                return Err(Error::refused(
                    format!("`{}` is looked for only where you ask for it", lint.code),
                    format!("gen check {flag}{only}"),
                ));
            }
        }
        Ok(())
    }

    /// The levels of the lints, but for those that nobody asks.
    pub(super) fn levels(&self, mut levels: Vec<Level>) -> Vec<Level> {
        for (level, lint) in levels.iter_mut().zip(LINTS) {
            let named = |codes: &[String]| codes.iter().any(|code| code == lint.code);
            if self.suggests_only() {
                *level = match lint.check {
                    Check::Asked("--suggest") => (*level).max(Level::Warning),
                    _ => Level::Off,
                };
                continue;
            }
            if self.suggest.is_some() && matches!(lint.check, Check::Asked("--suggest")) {
                *level = (*level).max(Level::Warning);
            } else if named(&self.skip) || !self.only.is_empty() && !named(&self.only) {
                *level = Level::Off;
            } else if named(&self.only) {
                // Who asks for a lint by name wants to see it.
                *level = (*level).max(Level::Warning);
            }
        }
        levels
    }
}

/// For which articles links are suggested.
#[derive(Clone, Debug)]
pub enum Suggest {
    /// For all with few ways in.
    Few,
    /// For this one: its file's name, its slug or its path.
    One(String),
}

/// Whether each of these is a lint's code.
///
/// # Errors
/// The first that is not.
pub fn known(codes: &[String]) -> Result<(), Error> {
    let all = || LINTS.iter().map(|lint| lint.code);
    let Some(wrong) = codes.iter().find(|code| !all().any(|known| known == *code)) else {
        return Ok(());
    };
    let help = match nearest(wrong, all()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "gen check --list names them all".to_owned(),
    };
    Err(Error::refused(format!("there is no lint `{wrong}`"), help))
}
