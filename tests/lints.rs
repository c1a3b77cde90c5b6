//! The table of lints: its manual is `docs/lints.md`, word for word, and its codes are what messages carry.
//! `UPDATE=1` writes the manual anew.

#![expect(clippy::disallowed_methods, reason = "reads the source and the manual")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use gen_site::lint::{self, LINTS};

#[test]
fn the_manual_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lints.md");
    let manual = lint::manual();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &manual).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == manual,
        "docs/lints.md is not what the source says: UPDATE=1 cargo test --test lints"
    );
}

#[test]
fn each_lint_says_what_it_is_and_why() {
    let mut codes = BTreeSet::new();
    for lint in LINTS {
        assert!(
            codes.insert(lint.code),
            "two lints are called {}",
            lint.code
        );
        let manual = lint.manual();
        let mut paragraphs = manual.split("\n\n");
        let first = paragraphs.next().unwrap_or_default();
        assert!(
            first.ends_with('.'),
            "{}: begin with a sentence: {first}",
            lint.code
        );
        assert!(
            paragraphs.next().is_some(),
            "{}: say why it matters, and what to do",
            lint.code
        );
    }
    let groups: Vec<_> = LINTS.iter().map(|lint| lint.group).collect();
    assert!(groups.is_sorted(), "the table is sorted by group");
}

/// A lint without two cases, one that fires and one that does not, is not tested.
#[test]
fn each_lint_has_its_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/lints");
    let mut missing = Vec::new();
    for lint in LINTS {
        let text =
            fs::read_to_string(folder.join(format!("{}.txt", lint.code))).unwrap_or_default();
        let fires = text.contains(&format!("[{}]", lint.code));
        let rests = text.contains("nothing to say");
        if !fires || !rests {
            missing.push(lint.code);
        }
    }
    assert!(
        missing.is_empty(),
        "tests/cases/lints/CODE.txt shows it once firing and once at rest: {missing:?}"
    );
}
