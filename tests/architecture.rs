//! Holds the three rules of the architecture that `src/lib.rs` states: a module names only modules of its own
//! level or below, each library is named in one module, and files, clocks and the environment appear only at the
//! edges. Reads the source as text: a rule that is broken by a name in a comment is broken by a misleading
//! comment.

#![expect(clippy::disallowed_methods, reason = "reads the source")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Modules by level, as in the table of `src/lib.rs`.
const LEVELS: &[(&str, u32)] = &[
    ("diagnostic", 0),
    ("edit", 0),
    ("error", 0),
    ("escape", 0),
    ("find", 0),
    ("fingerprint", 0),
    ("model", 1),
    ("config", 1),
    ("scan", 2),
    ("parse", 2),
    ("picture", 2),
    ("link", 3),
    ("output", 4),
    ("graph", 5),
    ("lint", 5),
    ("import", 4),
    ("writing", 4),
    ("store", 5),
    ("artwork", 6),
    ("bodies", 7),
    ("external", 6),
    ("suggest", 6),
    ("kept", 6),
    ("check", 7),
    ("load", 7),
    ("parsed", 7),
    ("preview", 7),
    ("publish", 7),
    ("run", 7),
    ("survey", 7),
    ("themes", 7),
    ("serve", 8),
];

/// Libraries and the modules that may name them (a folder means all in it). borsh, rayon and serde may be named anywhere.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diagnostic.rs"]),
    ("base64", &["output/policy.rs"]),
    ("clap", &["cli", "main.rs"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("deunicode", &["model/slug.rs"]),
    ("fast_image_resize", &["picture/raster.rs"]),
    ("flate2", &["serve/answer.rs"]),
    ("hashbrown", &["link/up_next/numbers.rs"]),
    ("html5gum", &["external/anchors.rs"]),
    ("htmd", &["import/html.rs"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve/http.rs"]),
    ("image", &["picture/raster.rs"]),
    ("imagesize", &["parse/image_size.rs"]),
    ("jiff", &["model/date.rs"]),
    ("markup5ever_rcdom", &["import/html.rs"]),
    ("memchr", &["find.rs"]),
    ("mimalloc", &["main.rs"]),
    ("moxcms", &["picture/raster.rs"]),
    ("notify", &["serve/watch.rs"]),
    ("png", &["picture/palette.rs"]),
    (
        "pulldown_cmark",
        &["import/links.rs", "parse/markdown", "parse/title.rs"],
    ),
    ("quick_xml", &["import/wxr.rs"]),
    ("quantizr", &["picture/palette.rs"]),
    ("resvg", &["picture/draw.rs"]),
    ("rust_stemmers", &["parse/terms/stems.rs"]),
    (
        "serde_json",
        &[
            "import/lexical.rs",
            "import/system/ghost.rs",
            "output/json.rs",
        ],
    ),
    ("serde_yaml", &["parse/yaml.rs"]),
    ("sha2", &["output/policy.rs"]),
    ("similar", &["edit.rs"]),
    ("skrifa", &["picture/font.rs"]),
    ("stop_words", &["parse/terms/stems.rs"]),
    ("strsim", &["diagnostic/names.rs"]),
    ("tera", &["output/template"]),
    ("tokio", &["serve"]),
    ("toml", &["config/reading.rs"]),
    (
        "unicode_normalization",
        &["model/nfc.rs", "parse/words/fold.rs"],
    ),
    ("unicode_segmentation", &["parse/segment.rs"]),
    ("ureq", &["external/ask.rs"]),
    ("walkdir", &["scan.rs"]),
    ("webp", &["picture/raster.rs"]),
    ("whatwg_url", &["external/address.rs"]),
    ("xxhash_rust", &["fingerprint.rs"]),
];

/// What only the edges may name, and the edges.
const EDGES: (&[&str], &[&str]) = (
    &[
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "SystemTime",
        "Instant",
    ],
    &["scan.rs", "store", "external", "serve", "cli", "main.rs"],
);

#[test]
fn a_module_names_only_modules_of_its_level_or_below() {
    let level_of: BTreeMap<&str, u32> = LEVELS.iter().copied().collect();
    for (path, text) in sources() {
        let own = path.split(['/', '.']).next().unwrap_or_default();
        let Some(level) = level_of.get(own) else {
            assert!(
                ["lib", "main", "cli"].contains(&own),
                "{path}: add its module to the table of levels"
            );
            continue;
        };
        for named in named_modules(&text) {
            let other = level_of.get(named.as_str()).copied().unwrap_or(0);
            assert!(
                other <= *level,
                "{path} (level {level}) names crate::{named} (level {other})"
            );
        }
    }
}

#[test]
fn each_library_is_named_in_one_place() {
    let all = sources();
    for (library, places) in LIBRARIES {
        let mut found = false;
        for (path, text) in &all {
            let code = code_lines(text).take_while(|line| *line != "#[cfg(test)]");
            let names = code.into_iter().any(|line| names_crate(line, library));
            let may = places
                .iter()
                .any(|place| path == place || path.starts_with(&format!("{place}/")));
            assert!(
                !names || may,
                "{path} names {library}, which belongs to {places:?}"
            );
            found |= names;
        }
        assert!(found, "{library} is in the table and used nowhere");
    }
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let section = manifest
        .split("[dependencies]")
        .nth(1)
        .unwrap()
        .split("\n[")
        .next()
        .unwrap();
    let named: BTreeSet<String> = section
        .lines()
        .filter(|line| !line.starts_with('#') && line.contains('='))
        .map(|line| line.split('=').next().unwrap().trim().replace('-', "_"))
        .collect();
    let known: BTreeSet<String> = LIBRARIES
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .chain(["borsh".into(), "rayon".into(), "serde".into()])
        .collect();
    assert_eq!(
        named, known,
        "Cargo.toml's dependencies and the table of libraries"
    );
}

#[test]
fn files_clocks_and_the_environment_are_at_the_edges() {
    let (forbidden, edges) = EDGES;
    for (path, text) in sources() {
        if edges
            .iter()
            .any(|edge| path == *edge || path.starts_with(&format!("{edge}/")))
        {
            continue;
        }
        // What tests do is their own business.
        let code = text
            .split("#[cfg(test)]")
            .next()
            .unwrap_or_default()
            .to_owned();
        for name in forbidden {
            assert!(
                !code_lines(&code).any(|line| line.contains(name)),
                "{path} names {name}"
            );
        }
    }
}

/// Every source file: its path below `src/`, and its text.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|e| e.to_str()) {
                _ if path.is_dir() => folders.push(path),
                Some("rs") => {
                    let name = path.strip_prefix(&root).unwrap().display().to_string();
                    files.push((name, fs::read_to_string(&path).unwrap()));
                }
                _ => {}
            }
        }
    }
    files.sort();
    assert!(files.len() > 30);
    files
}

fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

/// The modules that a file names by `crate::`.
fn named_modules(text: &str) -> BTreeSet<String> {
    code_lines(text)
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

fn names_crate(line: &str, library: &str) -> bool {
    line.match_indices(library).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let free = before.is_none_or(|c| {
            !c.is_alphanumeric() && c != '_' && c != '.' && c != '"' && c != ':' && c != '`'
        });
        free && line[at + library.len()..].starts_with("::")
            || line.trim_start().starts_with(&format!("use {library};"))
    })
}
