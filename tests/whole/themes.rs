//! The themes that come with the program, as sites are made of them: the documentation of this repository is one, and what
//! templates can read is listed in it from a site in which everything occurs. `UPDATE=1` writes that list anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use gen_site::build::values::values;
use gen_site::output::values::{BEGIN, END, EVERYWHERE, Values, is_everywhere};
use gen_site::{Build, HELD, Options};

#[test]
fn the_documentation_is_a_site_without_a_warning() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let output = tempfile::tempdir().unwrap();
    let how = Build {
        output: &output.path().join("public"),
        strict: true,
        cache: false,
        held: HELD,
    };
    let report = gen_site::build(&crate::options(&docs), how, &mut |_, _| ()).unwrap();
    let told: Vec<String> = report.diagnostics.iter().map(|d| d.render(false)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    let page = |path: &str| fs::read_to_string(output.path().join("public").join(path)).unwrap();
    for part in ["id=\"gen-side\"", "rel=\"next\"", "edit/main/docs/serve.md"] {
        assert!(page("serve/index.html").contains(part), "{part}");
    }
    assert!(page("index.html").contains("authors/"));
    for settings in ["site.toml", "content"] {
        assert!(!output.path().join("public").join(settings).exists());
    }
}

/// A site in which each value of each template is once there and, where it may be, once missing.
const EVERYTHING: &[(&str, &str)] = &[
    (
        "site.toml",
        r##"title = "Everything"
base_url = "https://example.org/below/"
description = "All that can be."
language = "en"
authors = ["ann"]
page_size = 2
search = true
markdown_copies = true
menu = [{ title = "About", url = "about.md", entries = [{ title = "One", url = "calm/one.md" }] }, { title = "Tags", url = "/tags/", footer = true }]
[up_next]
count = 1
[cards]
enabled = true
[feeds]
rss = true
[headers]
meta = true
[comments]
mode = "form"
action = "https://example.net/reply"
[git]
edit = "https://example.net/{file}"
[extra]
any = 1
"##,
    ),
    (
        "content/mark.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
    ),
    (
        "content/favicon.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
    ),
    (
        "content/calm/chair.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"90\"/>",
    ),
    (
        "content/index.md",
        "---\ntitle: Welcome\nimage: { src: calm/chair.svg, alt: A chair }\nhome:\n  ask: Where to?\n  lead: calm/one\n  picks: [two]\n  doors: [{ title: In, text: A way, url: about.md }]\n  sections: [{ section: calm, lead: three, picks: [four] }]\n---\nHello.\n",
    ),
    (
        "content/about.md",
        "---\ntitle: About\nupdated: 2026-02-01\n---\nUs.\n",
    ),
    (
        "content/plain.md",
        "---\ntitle: Plain\ncomments: false\ndescription: So.\n---\nText.\n",
    ),
    (
        "content/calm/index.md",
        "---\ntitle: Calm\ndescription: About calm.\nimage: { src: chair.svg, alt: A chair }\nlead: one\n---\nWords.\n",
    ),
    (
        "content/calm/one.md",
        "---\ntitle: One\ndescription: About one.\ndate: 2026-01-01\nupdated: 2026-01-02\ntags: [a, b]\nauthors: [ann, bo]\nimage: { src: chair.svg, alt: A chair, caption: It, credit: Me }\npin: chair.svg\ntoc: true\ntakeaways: [Sit]\nsource: { name: There, url: \"https://example.net/\" }\nsources: [{ name: X, url: \"https://example.net/x\" }, { name: Y }]\nextra: { any: 1 }\n---\nOpening.\n\n## A\n\n### B\n\n```rust\nfn one() {}\n```\n\nSee [two](two.md).\n",
    ),
    (
        "content/calm/one.replies.yml",
        "- { name: Cy, date: 2026-01-03, text: Yes., replies: [{ author: ann, text: No. }] }\n",
    ),
    (
        "content/calm/two.md",
        "---\ntitle: Two\ndate: 2025-01-01\ntags: [a]\nsource: { name: There }\n---\n## Not an opening\n\nSee [one](one.md) and [four](four.md).\n",
    ),
    (
        "content/calm/three.md",
        "---\ntitle: Three\ntags: [a, b]\ntemplate: article\ncomments: false\n---\nText.\n",
    ),
    (
        "content/calm/four.md",
        "---\ntitle: Four\ncard: false\nnoindex: true\n---\nText.\n",
    ),
    (
        "content/calm/deep/five.md",
        "---\ntitle: Five\ndate: 2026-02-02\n---\nText.\n",
    ),
    ("content/bare/six.md", "---\ntitle: Six\n---\nText.\n"),
    (
        "content/way/index.md",
        "---\ntitle: A way\nsteps: [first, second, third]\nafter: calm/one\ndate: 2026-03-01\n---\n## [First](first.md)\n",
    ),
    ("content/way/first.md", "---\ntitle: First\n---\nText.\n"),
    ("content/way/second.md", "---\ntitle: Second\n---\nText.\n"),
    ("content/way/third.md", "---\ntitle: Third\n---\nText.\n"),
    ("content/way/aside.md", "---\ntitle: Aside\n---\nText.\n"),
    (
        "content/path/index.md",
        "---\ntitle: A path\nsteps: [/calm/two]\n---\n## [Two](../calm/two.md)\n",
    ),
    (
        "content/tags/a.md",
        "---\ntitle: A\ndescription: About a.\n---\nWords.\n",
    ),
    ("content/tags/index.md", "---\ntitle: Tags\n---\nWords.\n"),
    (
        "content/authors/ann.md",
        "---\nname: Ann\nbio: Writes.\nrole: Editor\npicture: ../calm/chair.svg\n---\nWords.\n",
    ),
    ("content/authors/index.md", "---\ntitle: Who\n---\nWords.\n"),
];

const TEMPLATES: [&str; 12] = [
    "404", "archive", "article", "author", "authors", "home", "hub", "page", "search", "section",
    "tag", "tags",
];

#[test]
fn the_values_of_templates_are_listed() {
    let site = tempfile::tempdir().unwrap();
    for (path, text) in EVERYTHING {
        let file = site.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let options = Options {
        future: true,
        ..crate::options(site.path())
    };
    let mut all = Values::default();
    let mut parts = Vec::new();
    for template in TEMPLATES.into_iter().chain(["site"]) {
        let found = values(&options, template).unwrap();
        let found = found.unwrap_or_else(|errors| panic!("{template}: {errors:?}"));
        assert!(found.pages > 0 || template == "site", "{template}");
        all.merge(&found);
        if template != "site" {
            parts.push((template, found.rows(&[])));
        }
    }
    for (_, rows) in &mut parts {
        rows.retain(|row| !is_everywhere(&row.name));
    }
    let mut everywhere = all.rows(&[]);
    everywhere.retain(|row| is_everywhere(&row.name));
    parts.insert(0, (EVERYWHERE, everywhere));
    let mut list = String::new();
    for (name, rows) in parts {
        let _ = write!(list, "#### {name}\n\n| value | type |\n|---|---|\n");
        for row in rows {
            let _ = writeln!(list, "| `{}` | {} |", row.name, row.kind);
        }
        list.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/themes.md");
    let docs = fs::read_to_string(&path).unwrap();
    let (before, rest) = docs.split_once(BEGIN).unwrap();
    let (listed, after) = rest.split_once(END).unwrap();
    let list = format!("\n\n{list}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{list}{END}{after}")).unwrap();
        return;
    }
    assert!(
        listed == list,
        "docs/themes.md is not what the code gives: UPDATE=1 cargo test --test whole values"
    );
}

#[test]
fn pages_are_dated_by_their_last_commits() {
    let site = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let file = site.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    let git = |moment: &str, arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=false",
        ]);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null");
        git.env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
        git.env("GIT_AUTHOR_DATE", moment)
            .env("GIT_COMMITTER_DATE", moment);
        let status = git.args(arguments).current_dir(site.path()).status();
        assert!(status.unwrap().success(), "git {arguments:?}");
    };
    let output = site.path().join("public");
    let built = |expected: [&str; 3]| {
        let how = Build {
            output: &output,
            strict: true,
            cache: true,
            held: HELD,
        };
        let options = Options {
            future: true,
            ..crate::options(site.path())
        };
        let report = gen_site::build(&options, how, &mut |_, _| ()).unwrap();
        assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
        let pages = ["a-one", "two", "three"].map(|page| {
            let page = output.join(format!("calm/{page}/index.html"));
            fs::read_to_string(page).unwrap().trim().to_owned()
        });
        assert_eq!(pages, expected);
    };
    write(
        "site.toml",
        "title = \"A\"\nbase_url = \"https://example.org\"\ntheme = \"t\"\n[git]\ndates = true\n",
    );
    write("themes/t/theme.toml", "extends = \"default\"\n");
    write(
        "themes/t/templates/article.html",
        "{% if page.updated %}{{ page.updated.iso }}{% else %}never{% endif %}",
    );
    write(
        "content/calm/a one.md",
        "---\ntitle: One\ndescription: It.\n---\nText.\n",
    );
    write(
        "content/calm/two.md",
        "---\ntitle: Two\ndescription: It.\nupdated: 2026-03-04\n---\nText.\n",
    );
    // On the day on which it appeared, a page was not changed.
    write(
        "content/calm/three.md",
        "---\ntitle: Three\ndescription: It.\ndate: 2026-01-02\n---\nText.\n",
    );
    git("", &["init", "-q"]);
    git("", &["add", "-A"]);
    git("2026-01-02T03:04:05Z", &["commit", "-qm", "one"]);
    built(["2026-01-02T03:04:05Z", "2026-03-04", "never"]);
    write(
        "content/calm/a one.md",
        "---\ntitle: One\ndescription: It.\n---\nOther text.\n",
    );
    git("2026-02-03T04:05:06Z", &["commit", "-qam", "two"]);
    built(["2026-02-03T04:05:06Z", "2026-03-04", "never"]);
    // No file changes, and yet the answer does.
    git(
        "2026-02-04T04:05:06Z",
        &[
            "commit",
            "-q",
            "--amend",
            "--no-edit",
            "--date=2026-02-04T04:05:06Z",
        ],
    );
    built(["2026-02-04T04:05:06Z", "2026-03-04", "never"]);
}
