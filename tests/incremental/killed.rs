//! A build that is killed at any moment harms nothing: the next one gives the clean bytes, and what the author
//! wrote is as it was.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{difference, files, published, write};

/// How often a build is killed.
const KILLS: usize = 24;
const ARTICLES: usize = 200;

fn gen_build(root: &Path, output: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gen"));
    command
        .args(["build", "--date", "2026-11-23", "--quiet", "--output"])
        .arg(root.join(output))
        .args(more)
        .current_dir(root)
        .stdout(Stdio::null());
    command
}

fn article(number: usize, version: usize) -> String {
    let (next, tag) = ((number * 7 + 1) % ARTICLES, (number + version) % 9);
    format!(
        "---\ntitle: Article {number} in version {version}\ndescription: About {number}.\ndate: 2026-01-{:02}\ntags: [tag {tag}]\n---\n\n\
         Some words, and [](a{next}.md).\n\n## Part {version}\n\nMore words on {}.\n",
        number % 28 + 1,
        ["bread", "rivers", "winter", "sleep"][number % 4],
    )
}

/// Some of the articles in another version; one comes or goes.
fn edit(root: &Path, round: usize) {
    for number in (round % 5..ARTICLES).step_by(1 + round * 13 % 40) {
        write(
            root,
            &format!("content/calm/a{number}.md"),
            article(number, round),
        );
    }
    let guest = root.join(format!("content/calm/guest-{}.md", round / 2));
    match round % 2 {
        0 => fs::write(guest, article(0, round)).unwrap(),
        _ => fs::remove_file(guest).unwrap(),
    }
    write(root, "content/calm/list.txt", format!("round {round}"));
}

#[test]
fn a_build_after_killed_ones_gives_the_clean_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(
        root,
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\n",
    );
    for number in 0..ARTICLES {
        write(
            root,
            &format!("content/calm/a{number}.md"),
            article(number, 0),
        );
    }
    let start = Instant::now();
    assert!(gen_build(root, "public", &[]).status().unwrap().success());
    let usual = start.elapsed();
    let mut killed = 0;
    for round in 0..KILLS {
        edit(root, round);
        let written = files(&root.join("content"));
        if round % 8 == 7 {
            fs::remove_dir_all(root.join("public")).unwrap();
        }
        // Every part of a build has its turn; which one comes when makes no difference. Every fourth is killed as it
        // begins, whatever the machine is doing beside.
        let part = match round % 4 {
            0 => 0,
            _ => round * 11 % KILLS,
        };
        let delay = usual.mul_f64(part as f64 / KILLS as f64);
        let mut build = gen_build(root, "public", &[]).spawn().unwrap();
        std::thread::sleep(delay);
        build.kill().unwrap();
        killed += usize::from(!build.wait().unwrap().success());
        assert!(
            written == files(&root.join("content")),
            "round {round}: content/ changed"
        );
        // Now and then several are killed, one after the other.
        if round % 3 == 0 {
            continue;
        }
        assert!(gen_build(root, "public", &[]).status().unwrap().success());
        assert!(
            gen_build(root, "clean", &["--no-cache"])
                .status()
                .unwrap()
                .success()
        );
        let (clean, cached) = (
            published(&root.join("clean")),
            published(&root.join("public")),
        );
        assert_eq!(difference(&clean, &cached), None, "round {round}");
        let names: Vec<String> = files(root).into_keys().collect();
        let left: Vec<&String> = names
            .iter()
            .filter(|name| name.contains("staging"))
            .collect();
        assert!(left.is_empty(), "round {round}: {left:?}");
    }
    assert!(
        killed >= KILLS / 4,
        "only {killed} builds were killed before their end"
    );
}
