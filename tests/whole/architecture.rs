//! Holds the three rules of the architecture that `src/lib.rs` states: a module names only modules of its own
//! level or below, each library is named in one module, and files, clocks and the environment appear only at the
//! edges. Reads the source as text: a rule that is broken by a name in a comment is broken by a misleading
//! comment.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Libraries and the modules that may name them (a folder means all in it). borsh, rayon, schemars and serde may be named anywhere.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diagnostic.rs"]),
    ("base64", &["output/policy.rs"]),
    ("clap", &["cli", "main.rs"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("clap_complete_nushell", &["cli/completions.rs"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("deunicode", &["model/heading_ids.rs", "model/slug.rs"]),
    ("emojis", &["parse/markdown/emoji.rs"]),
    ("fast_image_resize", &["picture/raster.rs"]),
    (
        "flate2",
        &[
            "cli/journeys.rs",
            "publish/place/store.rs",
            "serve/answer.rs",
            "store/unzip.rs",
        ],
    ),
    ("hashbrown", &["link/up_next/numbers.rs"]),
    ("html5gum", &["audit/page.rs", "external/anchors.rs"]),
    ("htmd", &["import/html.rs"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve/http.rs"]),
    ("icu_decimal", &["output/theme/language.rs"]),
    ("icu_locale_core", &["output/theme/language.rs"]),
    ("icu_locale_fallback", &["output/theme/language.rs"]),
    ("icu_plurals", &["output/theme/language.rs"]),
    ("icu_provider", &["output/theme/language.rs"]),
    ("image", &["picture/raster.rs"]),
    ("imagesize", &["parse/image_size.rs"]),
    ("jiff", &["model/date", "model/date.rs"]),
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
    ("mermaid_svg", &["parse/diagram"]),
    ("pulldown_latex", &["parse/math.rs"]),
    ("quantizr", &["picture/palette.rs"]),
    ("resvg", &["picture/draw"]),
    (
        "serde_json",
        &[
            "import/lexical.rs",
            "import/system/ghost.rs",
            "output/json.rs",
            "parse/data",
        ],
    ),
    ("rusty_s3", &["publish/place"]),
    ("serde_yaml", &["parse/yaml.rs"]),
    ("sha2", &["output/policy.rs"]),
    ("similar", &["edit.rs"]),
    ("skrifa", &["picture/font.rs"]),
    ("snowball_stemmers_rs", &["parse/snowball.rs"]),
    ("stop_words", &["parse/terms/stems.rs"]),
    ("strsim", &["diagnostic/names.rs"]),
    ("syntect", &["parse/code/grammar.rs"]),
    ("tera", &["output/template"]),
    ("tokio", &["serve"]),
    ("toml", &["config/reading.rs"]),
    ("two_face", &["parse/code/grammar.rs"]),
    (
        "unicode_normalization",
        &["model/nfc.rs", "parse/words/fold.rs"],
    ),
    ("unicode_segmentation", &["parse/segment.rs"]),
    ("ureq", &["external/ask.rs", "publish/place"]),
    ("walkdir", &["scan"]),
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
    &[
        "scan",
        "store",
        "external",
        "publish/place",
        "serve",
        "cli",
        "main.rs",
    ],
);

#[test]
fn a_module_names_only_modules_of_its_level_or_below() {
    let level_of = levels();
    for (path, text) in sources() {
        let own = path.split(['/', '.']).next().unwrap_or_default();
        // The head of the library and the program name all others.
        if ["lib", "main"].contains(&own) {
            continue;
        }
        let level = level_of
            .get(own)
            .unwrap_or_else(|| panic!("{path}: add its module to the table of src/lib.rs"));
        for named in named_modules(&text) {
            let Some(other) = level_of.get(&named) else {
                // What the head hands on, such as `crate::Options`.
                assert!(
                    *level >= level_of["build"] || !named.starts_with(char::is_uppercase),
                    "{path} (level {level}) names crate::{named}, which is build's"
                );
                continue;
            };
            assert!(
                other <= level,
                "{path} (level {level}) names crate::{named} (level {other})"
            );
        }
    }
}

#[test]
fn the_modules_of_a_folder_stand_in_no_circle() {
    let mut needs: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (path, text) in sources() {
        let parts: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
        let [folder, own, rest @ ..] = &parts[..] else {
            continue;
        };
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let mut named = named_below(code, &format!("crate::{folder}::"));
        if rest.is_empty() || *rest == ["mod"] {
            named.extend(named_below(code, "super::"));
        }
        let of_folder = needs.entry(folder.to_string()).or_default();
        of_folder.entry(own.to_string()).or_default().extend(named);
    }
    for (folder, needs) in &needs {
        let circle = needs.keys().find(|own| {
            let mut seen = BTreeSet::new();
            let mut next = vec![own.as_str()];
            while let Some(at) = next.pop() {
                let named = needs[at].iter().filter(|other| needs.contains_key(*other));
                for other in named.filter(|other| *other != at && *other != "mod") {
                    if other == *own {
                        return true;
                    }
                    if seen.insert(other) {
                        next.push(other);
                    }
                }
            }
            false
        });
        assert_eq!(circle, None, "{folder}: a circle");
    }
}

#[test]
fn names_in_braces_are_read() {
    let text =
        "use crate::{config, model::{page, site},\n    parse};\nlet x = crate::escape::html(y);\n";
    let names: Vec<String> = named_modules(text).into_iter().collect();
    assert_eq!(names, ["config", "escape", "model", "parse"]);
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
        .chain(["borsh", "rayon", "schemars", "serde"].map(str::to_owned))
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

/// The modules by level, as the table in the head of `src/lib.rs` says.
fn levels() -> BTreeMap<String, u32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let head = fs::read_to_string(path).unwrap();
    let mut levels = BTreeMap::new();
    for line in head.lines().filter_map(|line| line.strip_prefix("//! | ")) {
        let mut cells = line.split(" | ");
        let Some(level) = cells.next().and_then(|cell| cell.parse().ok()) else {
            continue;
        };
        for name in cells
            .next()
            .unwrap_or_default()
            .split('`')
            .skip(1)
            .step_by(2)
        {
            let name = name.trim_start_matches("mod@").trim_end_matches('/');
            levels.insert(name.to_owned(), level);
        }
    }
    assert!(levels.len() > 20, "{levels:?}");
    levels
}

/// The modules that a file names by `crate::`, be it in braces.
fn named_modules(text: &str) -> BTreeSet<String> {
    named_below(text, "crate::")
}

/// What a file names behind a path, be it in braces.
fn named_below(text: &str, path: &str) -> BTreeSet<String> {
    let code: String = code_lines(text).flat_map(|line| [line, "\n"]).collect();
    let mut names = BTreeSet::new();
    for rest in code.split(path).skip(1) {
        let Some(listed) = rest.strip_prefix('{') else {
            names.extend(first_name(rest));
            continue;
        };
        let mut depth = 1;
        let mut start = 0;
        for (at, sign) in listed.char_indices() {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 || depth == 1 && sign == ',' {
                names.extend(first_name(&listed[start..at]));
                start = at + 1;
            }
            if depth == 0 {
                break;
            }
        }
    }
    names
}

/// The name that a path begins with.
fn first_name(path: &str) -> Option<String> {
    let path = path.trim_start();
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
    let name = &path[..end.unwrap_or(path.len())];
    (!name.is_empty()).then(|| name.to_owned())
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
