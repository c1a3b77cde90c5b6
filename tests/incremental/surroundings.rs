//! Another machine's clock, time zone, locale, order of files and their times make no difference to a byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{difference, published, write, write_long_ago};

const PATHS: [&str; 7] = [
    "b.md",
    "B2.md",
    "Ärger.md",
    "a/one.md",
    "a/two.md",
    "a-b/one-more.md",
    "a/deep/three.md",
];

fn site() -> Vec<(String, String)> {
    let toml = "title = \"T\"\nbase_url = \"https://example.org\"\ntimezone = \"Europe/Berlin\"\n";
    let mut files = vec![("site.toml".to_owned(), toml.to_owned())];
    for (number, path) in PATHS.iter().enumerate() {
        let text = format!(
            "---\ntitle: \"{path} i̇ İ ß\"\ndescription: About it.\ndate: 2026-10-2{number}T23:30:00Z\ntags: [zebra, Äpfel, istanbul]\n---\n\nIt is Istanbul in words.\n"
        );
        files.push((format!("content/{path}"), text));
    }
    files.push(("content/notes.txt".to_owned(), "notes".to_owned()));
    files
}

/// Writes the site and builds it, warm at last, in some surroundings.
fn built(
    files: &[(String, String)],
    time_of: &dyn Fn(u64) -> u64,
    environment: &[(&str, &str)],
) -> (BTreeMap<String, Vec<u8>>, String) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for (number, (path, text)) in (0u64..).zip(files) {
        write_long_ago(root, path, text, time_of(number));
    }
    let build = || gen_build(root, environment);
    let cold = build();
    assert_eq!(build(), cold);
    // Back and forth, so that something is rendered with a cache at hand.
    let (path, text) = files
        .iter()
        .find(|(path, _)| path.ends_with("a/one.md"))
        .unwrap();
    write(root, path, text.replace("words", "other words"));
    build();
    write(root, path, text);
    build();
    (published(&root.join("public")), cold)
}

/// What is said, without how much was written and how long it took.
fn gen_build(root: &Path, environment: &[(&str, &str)]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_gen"))
        .args(["build", "--date", "2026-10-24"])
        .envs(environment.iter().copied())
        .current_dir(root)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let (before, after) = said.split_once(" tags: ").unwrap();
    format!("{before}{}", after.split_once('\n').unwrap().1)
}

#[test]
fn surroundings_make_no_difference() {
    let files = site();
    let turned: Vec<_> = files.iter().rev().cloned().collect();
    let (expected, said) = built(&files, &|number| 1_700_000_000 + number, &[]);
    assert!(said.contains("scheduled"), "{said}");
    let utf8 = [
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "tr_TR.UTF-8"),
    ];
    let plain = [
        ("TZ", "America/Los_Angeles"),
        ("LC_ALL", "C"),
        ("LANG", "C"),
        ("RAYON_NUM_THREADS", "1"),
    ];
    let odd = [
        ("TZ", ":no/such zone"),
        ("LC_ALL", "xx_YY"),
        ("HOME", "/nonexistent"),
        ("SOURCE_DATE_EPOCH", "1"),
    ];
    let future = |number: u64| 4_000_000_000 - number;
    let times: [&dyn Fn(u64) -> u64; 3] = [&|number| 1_000_000_000 - number, &|_| 0, &future];
    for environment in [&utf8[..], &plain, &odd] {
        for files in [&files, &turned] {
            for time_of in times {
                let (published, told) = built(files, time_of, environment);
                assert_eq!(difference(&expected, &published), None, "{environment:?}");
                assert_eq!(said, told, "{environment:?}");
            }
        }
    }
}

#[test]
fn moved_to_another_folder_a_site_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    for (path, text) in site() {
        write(&one, &path, text);
    }
    gen_build(&one, &[]);
    let expected = published(&one.join("public"));
    fs::rename(&one, &other).unwrap();
    gen_build(&other, &[]);
    assert_eq!(
        difference(&expected, &published(&other.join("public"))),
        None
    );
}
