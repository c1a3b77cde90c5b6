//! Runs the lints over a site, and makes their findings as bad as `site.toml` and the pages say.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::survey::{Notes, Reading, Survey, notes};
use super::{Check, LINTS, Lint};
use crate::config::check::Level;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::error::Error;
use crate::model::page::{Page, PageId};
use crate::model::site::Site;
use crate::parse;

/// Gives the bytes of a page's file.
pub type Read<'a> = &'a (dyn Fn(PageId) -> Result<Vec<u8>, Error> + Sync);

/// How bad each lint's findings are on this site, in the order of [`LINTS`], and what is wrong with what `site.toml`
/// and pages say of lints.
pub fn levels(config: &Config, sites: &[&Site]) -> (Vec<Level>, Vec<Diagnostic>) {
    let codes: Vec<&str> = LINTS.iter().map(|lint| lint.code).collect();
    let mut wrong = Vec::new();
    let mut check = |code: &str, path: &str, key: &str| {
        if !codes.contains(&code) {
            let error =
                Diagnostic::error("unknown-lint", path, format!("there is no lint `{code}`"));
            let mut error = error.at_item(key, code);
            error.help =
                did_you_mean(code, &codes).or_else(|| Some("docs/lints.md lists them all".into()));
            wrong.push(error);
        }
    };
    for code in config.check.lints.keys() {
        check(code, config::FILE, "check.lints");
    }
    for page in sites.iter().flat_map(|site| site.own_pages()) {
        for code in &page.front.skip_lints.0 {
            check(code, &page.path(), "skip_lints");
        }
    }
    wrong.extend(config.check.lints.iter().filter_map(too_mild));
    let level = |lint: &Lint| {
        config
            .check
            .lints
            .get(lint.code)
            .copied()
            .unwrap_or(lint.level)
    };
    (LINTS.iter().map(level).collect(), wrong)
}

/// What a build calls an error stays one, and `site.toml` should not say otherwise.
fn too_mild((code, level): (&String, &Level)) -> Option<Diagnostic> {
    let lint = LINTS.iter().find(|lint| lint.code == code)?;
    let stays = lint.is_of_build() && lint.level == Level::Error && *level != Level::Error;
    let message = format!("`{code}` stops each build, and so it stays an error");
    stays.then(|| {
        Diagnostic::error("config", config::FILE, message)
            .at_item("check.lints", code)
            .help("take this line out")
    })
}

/// Runs every lint whose level is not off, on all threads. The survey's notes are filled on the way.
///
/// # Errors
/// A file that was read before cannot be read again.
pub fn run(
    survey: &mut Survey<'_>,
    read: Read<'_>,
    levels: &[Level],
) -> Result<Vec<Diagnostic>, Error> {
    let wanted: Vec<&Lint> = LINTS
        .iter()
        .zip(levels)
        .filter(|(_, level)| **level != Level::Off)
        .map(|(lint, _)| lint)
        .collect();
    let ids: Vec<PageId> = survey.site.ids().collect();
    let seen: Vec<(Notes, Vec<Diagnostic>)> = ids
        .par_iter()
        .map(|id| Ok(read_page(survey, *id, &read(*id)?, &wanted)))
        .collect::<Result<_, Error>>()?;
    let mut found = Vec::new();
    for (notes, diagnostics) in seen {
        survey.notes.push(notes);
        found.extend(diagnostics);
    }
    for lint in wanted {
        if let Check::Site(check) = lint.check {
            check(survey, &mut found);
        }
    }
    Ok(found)
}

/// Runs the lints of pages whose level is not off over one page, of its file's bytes.
pub fn page(survey: &Survey<'_>, id: PageId, bytes: &[u8], levels: &[Level]) -> Vec<Diagnostic> {
    let of_pages: Vec<&Lint> = LINTS
        .iter()
        .zip(levels)
        .filter(|(lint, level)| **level != Level::Off && matches!(lint.check, Check::Page(_)))
        .map(|(lint, _)| lint)
        .collect();
    read_page(survey, id, bytes, &of_pages).1
}

/// Reads one page and runs the lints of pages over it.
fn read_page(
    survey: &Survey<'_>,
    id: PageId,
    bytes: &[u8],
    wanted: &[&Lint],
) -> (Notes, Vec<Diagnostic>) {
    let page = survey.site.page(id);
    if page.original.is_some() {
        return Default::default();
    }
    let text = String::from_utf8_lossy(bytes);
    let Some(manuscript) = parse::manuscript(page, &text) else {
        return Default::default();
    };
    let reading = Reading::new(survey, id, &text, manuscript);
    let mut found = Vec::new();
    for lint in wanted {
        if let Check::Page(check) = lint.check {
            check(&reading, &mut found);
        }
    }
    (notes(&reading, wanted), found)
}

/// By file: the lints that a page does not want.
#[derive(Clone, Debug, Default)]
pub struct Skips(BTreeMap<String, Vec<String>>);

impl Skips {
    /// As the site's pages say, in all its languages.
    pub fn of(sites: &[&Site]) -> Skips {
        let skipping = |page: &&Page| !page.front.skip_lints.0.is_empty();
        let pages = sites.iter().flat_map(|site| site.own_pages());
        let pages = pages.filter(skipping);
        Skips(
            pages
                .map(|page| (page.path(), page.front.skip_lints.0.clone()))
                .collect(),
        )
    }

    fn has(&self, path: &str, code: &str) -> bool {
        let codes = self.0.get(path);
        codes.is_some_and(|codes| codes.iter().any(|skipped| skipped == code))
    }
}

/// The findings as bad as their levels say, without those that are off and those that their page does not want. What a
/// build calls an error stays one.
pub fn leveled(mut found: Vec<Diagnostic>, skips: &Skips, levels: &[Level]) -> Vec<Diagnostic> {
    found.retain_mut(|diagnostic| {
        if diagnostic.severity == Severity::Error {
            return true;
        }
        let at = LINTS.iter().position(|lint| lint.code == diagnostic.code);
        // Of what is an error by itself, a build knows which is no more than a note.
        let is_noted =
            |at: usize| diagnostic.severity == Severity::Note && LINTS[at].level == Level::Error;
        match at.map_or(Level::Warning, |at| levels[at]) {
            Level::Off => return false,
            Level::Warning => {}
            Level::Error if at.is_some_and(is_noted) => {}
            Level::Error => diagnostic.severity = Severity::Error,
        }
        !skips.has(&diagnostic.path, diagnostic.code)
    });
    found
}
