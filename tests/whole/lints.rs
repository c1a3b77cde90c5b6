//! The table of lints: its manual is `docs/lints.md`, word for word, and its codes are what messages carry, each of
//! them and no others.
//! `UPDATE=1` writes the manual anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use gen_site::config::SOFT;
use gen_site::config::check::Level;
use gen_site::lint::{self, Check, LINTS};

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
}

/// A site where it fires is too large for a case: a test below makes one.
const TOO_LARGE: &str = "far-from-home";
/// It fires where a file changes during a build: a test below changes one.
const CHANGED: &str = "changed-meanwhile";

/// A lint without two cases, one that fires and one that does not, is not tested. What each build finds has its cases
/// among the build's.
#[test]
fn each_lint_has_its_cases() {
    let cases = cases();
    let mut missing = Vec::new();
    let servers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/whole/external.rs");
    let servers = fs::read_to_string(servers).unwrap();
    for lint in LINTS {
        let told = format!("[{}]", lint.code);
        let own = format!("lints/{}.txt", lint.code);
        if matches!(lint.check, Check::Asked("--external")) {
            // These need servers, which cases have not.
            assert!(
                servers.contains(&format!("\"{}", lint.code)),
                "{}",
                lint.code
            );
            continue;
        }
        let is_shown = match lint.is_of_build() {
            true => cases.values().any(|text| text.contains(&told)),
            false => cases
                .get(&own)
                .is_some_and(|text| text.contains(&told) && text.contains("nothing to say")),
        };
        if !is_shown && ![TOO_LARGE, CHANGED].contains(&lint.code) {
            missing.push(lint.code);
        }
    }
    assert!(
        missing.is_empty(),
        "tests/cases/lints/CODE.txt shows it once firing and once at rest: {missing:?}"
    );
}

#[test]
fn lists_of_a_thousand_pages_leave_articles_far_from_home() {
    let site = tempfile::tempdir().unwrap();
    let folder = site.path().join("content/a");
    fs::create_dir_all(&folder).unwrap();
    for number in 0..1000 {
        let text = format!("---\ntitle: Number {number}\nup_next: {{ count: 0 }}\n---\nText.\n");
        fs::write(folder.join(format!("n{number}.md")), text).unwrap();
    }
    let config = "title = \"Far\"\nbase_url = \"https://example.org\"\npage_size = 1\n";
    fs::write(site.path().join("site.toml"), config).unwrap();
    let options = crate::options(site.path());
    let loaded = gen_site::load(&options, &mut |_, _| ())
        .unwrap()
        .ok()
        .unwrap();
    let far = loaded.diagnostics.iter().find(|d| d.code == TOO_LARGE);
    let message = &far.expect("some of them are far").message;
    assert!(message.contains("more than four clicks"), "{message}");
}

/// A page whose body is not held is made of the file that was parsed, or not at all.
#[test]
fn an_article_that_changes_during_a_build_stops_it() {
    let changes: [fn(&Path); 3] = [
        |file| fs::write(file, "---\ntitle: B\n---\n## Other\n").unwrap(),
        |file| fs::write(file, "no article").unwrap(),
        |file| fs::remove_file(file).unwrap(),
    ];
    for change in changes {
        for held in [0, gen_site::HELD] {
            let site = tempfile::tempdir().unwrap();
            let write = |path: &str, text: &str| fs::write(site.path().join(path), text).unwrap();
            fs::create_dir_all(site.path().join("content/a")).unwrap();
            write(
                "site.toml",
                "title = \"S\"\nbase_url = \"https://example.org\"\n",
            );
            write("content/a/a.md", "---\ntitle: A\n---\n[](b.md#same)\n");
            write("content/a/b.md", "---\ntitle: B\n---\n## Same\n");
            let options = crate::options(site.path());
            let how = gen_site::Build {
                output: &site.path().join("public"),
                strict: false,
                cache: false,
                held,
            };
            let mut watch = |stage: &str, _| {
                if stage == "link" {
                    change(&site.path().join("content/a/b.md"));
                }
            };
            let report = gen_site::build(&options, how, &mut watch).unwrap();
            let found = report.diagnostics.iter();
            let errors: Vec<&str> = found
                .filter(|d| d.code == CHANGED)
                .map(|d| d.path.as_str())
                .collect();
            match held {
                0 => assert_eq!(errors, ["content/a/b.md"]),
                _ => assert!(errors.is_empty(), "{errors:?}"),
            }
            assert_eq!(report.changes.is_some(), held > 0);
        }
    }
}

#[test]
fn each_code_that_a_case_shows_has_its_page() {
    for (path, text) in cases() {
        for line in text.lines() {
            let Some((severity, (code, _))) = line
                .split_once('[')
                .and_then(|(severity, rest)| Some((severity, rest.split_once("]: ")?)))
                .filter(|(severity, _)| ["error", "warning"].contains(severity))
            else {
                continue;
            };
            let lint = LINTS.iter().find(|lint| lint.code == code);
            let lint = lint.unwrap_or_else(|| panic!("{path}: `{code}` is in no table of lints"));
            // Those of `[build]` are softened when the check is done.
            let is_soft = SOFT.contains(&code);
            assert!(
                is_soft
                    || !lint.is_of_build()
                    || severity == "error"
                    || lint.level == Level::Warning,
                "{path}: `{code}` is a warning at times, and a check must not make it worse"
            );
        }
    }
}

/// Also those that no case shows.
#[test]
fn each_code_in_the_source_has_its_page() {
    let before = [
        "error(",
        "warning(",
        "note(",
        "self.wrong(",
        "self.warn(",
        "told(",
        "code: ",
        "CODE: &str = ",
        "NO_TOML: &str = ",
        "MARKUP: &str = ",
        "TEMPLATE: &str = ",
        "UNKNOWN: &str = ",
        "Unbalanced => ",
    ];
    let mut found = BTreeSet::new();
    // The commands find nothing wrong with a site themselves.
    let sources = source()
        .into_iter()
        .filter(|(path, _)| !path.starts_with("cli/"));
    for (path, text) in sources {
        for (at, before) in before.iter().flat_map(|before| text.match_indices(before)) {
            let Some(code) = quoted(text[at + before.len()..].trim_start()) else {
                continue;
            };
            assert!(is_known(code), "{path}: `{code}` is in no table of lints");
            found.insert(code.to_owned());
        }
    }
    let unused: Vec<&str> = LINTS
        .iter()
        .map(|lint| lint.code)
        .filter(|code| !found.contains(*code))
        .collect();
    assert!(unused.is_empty(), "nothing tells these: {unused:?}");
}

fn is_known(code: &str) -> bool {
    LINTS.iter().any(|lint| lint.code == code)
}

/// The code at the beginning of a text: `"dead-link",`.
fn quoted(text: &str) -> Option<&str> {
    let (code, rest) = text.strip_prefix('"')?.split_once('"')?;
    let is_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_whole = rest.starts_with([',', ';']) && !code.is_empty();
    (is_whole && code.chars().all(is_code)).then_some(code)
}

fn cases() -> BTreeMap<String, String> {
    texts("tests/cases")
}

/// The source without its tests, and without the tables of lints themselves.
fn source() -> BTreeMap<String, String> {
    let mut all = texts("src");
    // What shows messages finds none itself.
    let shows = ["lint/build/", "cli/", "serve/"];
    all.retain(|path, _| !shows.iter().any(|folder| path.starts_with(folder)));
    for text in all.values_mut() {
        text.truncate(text.find("#[cfg(test)]").unwrap_or(text.len()));
    }
    all
}

fn texts(folder: &str) -> BTreeMap<String, String> {
    let files = crate::shared::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let texts = files.into_iter();
    texts
        .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned()))
        .collect()
}
