//! Mistakes that a site is known to have, in `baseline.txt` at its root: they stop no build, and are not told again. A
//! mistake is known by its kind, its file and the text that it points at, so that lines may move. The file holds a line
//! for each; one that is mended leaves it with the next whole check.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity, is_slip};
use crate::edit::{Edit, Plan};
use crate::error::Error;
use crate::lint::{Check, Group, LINTS};
use crate::scan;
use crate::store::author;

/// The file's name.
pub const FILE: &str = "baseline.txt";

const HEAD: &str = "# What `gen check --baseline` found wrong here: it stops no build, and is not told again. What is mended leaves
# this file with the next `gen check`. A line is a kind, a file and the text that is meant.
";

/// Kinds beside those of links and words that leave a page whole but for what they tell of.
const HARMLESS: [&str; 2] = ["missing-file", "not-utf8"];
/// Kinds of words that say nothing of one page, or not how it is to be read.
const NEVER: [&str; 1] = ["changed-meanwhile"];
/// Keys that say whether a page is published: where one of them is wrong, a draft would be.
const HIDING: [&str; 6] = [
    "date",
    "draft",
    "expires",
    "expirydate",
    "published",
    "publishdate",
];
/// Characters of the text that is meant, at most: of a long line only a part is known.
const LONGEST: usize = 80;

/// The mistakes that are known, and how often each.
#[derive(Debug, Default)]
pub struct Baseline(BTreeMap<String, usize>);

impl Baseline {
    /// Reads the site's file; none where there is none.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn read(root: &Path) -> Result<Option<Baseline>, Error> {
        if !root.join(FILE).is_file() {
            return Ok(None);
        }
        let bytes = scan::file(root, FILE)?;
        let mut known = BTreeMap::new();
        let text = String::from_utf8_lossy(&bytes);
        for line in text.lines().map(str::trim_end) {
            if !line.is_empty() && !line.starts_with('#') {
                *known.entry(line.to_owned()).or_default() += 1;
            }
        }
        Ok(Some(Baseline(known)))
    }

    /// Takes what is known out of what was found, which is located, and returns it.
    pub fn take(&mut self, found: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
        let known = |diagnostic: &mut Diagnostic| {
            may_wait(diagnostic)
                && self.0.get_mut(&line(diagnostic)).is_some_and(|left| {
                    let is_known = *left > 0;
                    *left = left.saturating_sub(1);
                    is_known
                })
        };
        found.extract_if(.., known).collect()
    }

    /// How many of its mistakes were not found: they are mended.
    pub fn mended(&self) -> usize {
        self.0.values().sum()
    }
}

/// Takes what the site's file knows out of what was found, which is located, and returns it.
///
/// # Errors
/// The file is there and cannot be read.
pub fn take(root: &Path, found: &mut Vec<Diagnostic>) -> Result<Vec<Diagnostic>, Error> {
    let mut baseline = Baseline::read(root)?.unwrap_or_default();
    Ok(baseline.take(found))
}

/// Writes the file: these mistakes are known. Returns how many they are; those that cannot wait are not among them.
///
/// # Errors
/// The system's refusal.
pub fn write(root: &Path, found: &[Diagnostic]) -> Result<usize, Error> {
    let mut lines: Vec<String> = found.iter().filter(|d| may_wait(d)).map(line).collect();
    lines.sort_unstable();
    let known = lines.len();
    let text = lines
        .iter()
        .fold(HEAD.to_owned(), |text, line| text + line + "\n");
    let mut plan = Plan::default();
    match scan::file(root, FILE) {
        Ok(before) => plan.edits.push(Edit::new(FILE, 0..before.len(), text)),
        Err(_) => plan.created.push((FILE.to_owned(), text)),
    }
    author::carry_out(root, &plan)?;
    Ok(known)
}

/// Whether a site with this mistake can be published, with nothing worse than what it tells.
fn may_wait(diagnostic: &Diagnostic) -> bool {
    let lint = LINTS.iter().find(|lint| lint.code == diagnostic.code);
    let is_asked = lint.is_some_and(|lint| matches!(lint.check, Check::Asked(_)));
    if is_asked || !diagnostic.path.starts_with("content/") {
        return false;
    }
    match diagnostic.severity {
        Severity::Note => false,
        Severity::Warning => true,
        Severity::Error => {
            let is_of_site = lint.is_none_or(|lint| lint.group == Group::Site);
            let meant = meant(diagnostic).to_lowercase();
            let key = meant.split([':', '=']).next().unwrap_or_default().trim();
            let is_harmless = !is_of_site || HARMLESS.contains(&diagnostic.code);
            is_harmless
                && !NEVER.contains(&diagnostic.code)
                && !HIDING.iter().any(|hiding| is_slip(key, hiding))
        }
    }
}

/// What stands for a mistake in the file.
fn line(diagnostic: &Diagnostic) -> String {
    let meant: String = meant(diagnostic).chars().take(LONGEST).collect();
    let parts = [diagnostic.code, &diagnostic.path, meant.trim()];
    let plain = |part: &str| part.replace(char::is_control, " ");
    let line = parts.map(plain).join("\t");
    line.trim_end().to_owned()
}

/// The text that it points at; its line, where it points at a place between letters.
fn meant(diagnostic: &Diagnostic) -> &str {
    let Some(excerpt) = &diagnostic.excerpt else {
        return "";
    };
    let marked = excerpt.text.get(excerpt.marked.clone());
    marked
        .filter(|text| !text.trim().is_empty())
        .unwrap_or(&excerpt.text)
}
