//! What is kept in `.gen/` may be cut off, spoilt, removed or impossible to write: the bytes are the same, and a
//! note says what was found damaged.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{difference, published, write, write_long_ago};

const NOTE: &str = "note: what the last build kept in .gen/ was damaged; it is made anew";

/// Runs `gen build` and gives what it said aside.
fn gen_build(root: &Path, output: &str, more: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_gen"))
        .args(["build", "--date", "2026-11-23", "--output", output])
        .args(more)
        .current_dir(root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{said}");
    said
}

fn write_site(root: &Path) {
    write(
        root,
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\n",
    );
    for number in 0..20 {
        let path = format!("content/calm/a{number}.md");
        write_long_ago(root, &path, article(number, 0), 1_700_000_000);
    }
}

fn article(number: usize, version: usize) -> String {
    format!(
        "---\ntitle: Article {number}\ndescription: About it.\ndate: 2026-01-{:02}\ntags: [a]\n---\n\nWords of version {version} on [](a{}.md).\n",
        number + 1,
        (number + 1) % 20
    )
}

/// What is kept, but for the file that only tells the time and the one for Git.
fn kept(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join(".gen")).unwrap();
    let mut kept: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    kept.retain(|path| fs::metadata(path).unwrap().len() > 10);
    kept.sort();
    kept
}

/// Builds, damages one file of the cache, edits an article unless the site stays, and builds again.
fn says_after(damage: &dyn Fn(&Path), which: &str, is_edited: bool) -> String {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write_site(root);
    gen_build(root, "public", &[]);
    // This one leaves a file of what changed beside that of all.
    write(root, "content/calm/a3.md", article(3, 1));
    gen_build(root, "public", &[]);
    let kept = kept(root);
    let file = kept
        .iter()
        .find(|path| path.to_string_lossy().ends_with(which));
    damage(file.unwrap_or_else(|| panic!("{kept:?} has no {which}")));
    if is_edited {
        write(root, "content/calm/a5.md", article(5, 1));
    }
    let said = gen_build(root, "public", &[]);
    gen_build(root, "clean", &["--no-cache"]);
    let (clean, cached) = (
        published(&root.join("clean")),
        published(&root.join("public")),
    );
    assert_eq!(difference(&clean, &cached), None, "{which}");
    // What is made anew serves the next build.
    assert!(
        !gen_build(root, "public", &[]).contains(NOTE),
        "{which}: damaged for good"
    );
    said
}

const KINDS: [&str; 4] = ["-pages", "-pages-changed", "-notes", "-record"];

#[test]
fn a_damaged_file_is_told_and_made_anew() {
    let cut = |path: &Path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() * 2 / 3]).unwrap();
    };
    let flipped = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    let last_byte = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        *bytes.last_mut().unwrap() ^= 0x80;
        fs::write(path, bytes).unwrap();
    };
    let empty = |path: &Path| fs::write(path, "").unwrap();
    let garbage = |path: &Path| fs::write(path, [0xA5; 4096]).unwrap();
    let damages: [&dyn Fn(&Path); 5] = [&cut, &flipped, &last_byte, &empty, &garbage];
    for which in KINDS {
        for (number, damage) in damages.iter().enumerate() {
            let said = says_after(damage, which, true);
            assert!(said.contains(NOTE), "{which}, damage {number}: {said}");
        }
    }
}

#[test]
fn a_file_that_is_gone_is_no_damage() {
    let gone = |path: &Path| fs::remove_file(path).unwrap();
    let folder = |path: &Path| {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    };
    for which in KINDS {
        for is_edited in [false, true] {
            assert!(
                !says_after(&gone, which, is_edited).contains(NOTE),
                "{which}"
            );
            assert!(
                !says_after(&folder, which, is_edited).contains(NOTE),
                "{which}"
            );
        }
    }
}

#[test]
fn files_of_another_kind_or_another_site_are_not_taken() {
    for which in KINDS {
        let other = |path: &Path| {
            for from in kept(path.parent().unwrap().parent().unwrap()) {
                if from != path {
                    fs::copy(from, path).unwrap();
                    break;
                }
            }
        };
        says_after(&other, which, true);
    }
}

#[test]
fn where_nothing_can_be_kept_a_build_works_without() {
    let obstacles: [fn(&Path); 2] = [
        |cache| fs::write(cache, "a file").unwrap(),
        |cache| {
            // To the superuser it makes no difference, and then something is kept.
            fs::create_dir(cache).unwrap();
            fs::set_permissions(cache, fs::Permissions::from_mode(0o555)).unwrap();
        },
    ];
    for obstacle in obstacles {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write_site(root);
        obstacle(&root.join(".gen"));
        for version in 0..2 {
            write(root, "content/calm/a3.md", article(3, version));
            assert_eq!(gen_build(root, "public", &[]), "");
        }
        gen_build(root, "clean", &["--no-cache"]);
        let (clean, cached) = (
            published(&root.join("clean")),
            published(&root.join("public")),
        );
        assert_eq!(difference(&clean, &cached), None);
    }
}

/// What is kept for an output folder goes when a build finds the folder gone; that of the others stays.
#[test]
fn what_is_kept_for_a_folder_that_is_gone_goes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(
        root,
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\n",
    );
    write(
        root,
        "content/a/one.md",
        "---\ntitle: One\ndescription: One.\n---\nText.\n",
    );
    let build = |output: &str| gen_build(root, output, &[]);
    let kept = || {
        let mut names: Vec<String> = fs::read_dir(root.join(".gen"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| Some(name.split_once('-')?.0.to_owned()))
            .collect();
        names.sort();
        names.dedup();
        names
    };
    build("first");
    let first = kept();
    build("second");
    assert_eq!((first.len(), kept().len()), (1, 2));
    fs::remove_dir_all(root.join("first")).unwrap();
    build("second");
    assert_eq!(kept().len(), 1);
    assert_ne!(kept(), first);
}
