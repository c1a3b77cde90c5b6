//! Laws of sites in several languages, whatever is translated and whatever is not: no link is dead, translations name each
//! other, no list holds anything twice or in two languages, and the bytes depend on the input alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use gen_site::model::date::Day;
use gen_site::{HELD, Options, Report, Today, escape};
use proptest::prelude::*;

use crate::shared::files;

/// One article in its languages.
#[derive(Clone, Debug)]
struct Article {
    folder: usize,
    /// By language: whether it is there, and how its file is named.
    versions: [Version; 3],
    links: Vec<usize>,
    tag: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Version {
    Missing,
    Name,
    Folder,
    Draft,
}

/// A site of them.
#[derive(Clone, Debug)]
struct Made {
    articles: Vec<Article>,
    left_out: [bool; 2],
    at_the_root: bool,
    steps: Vec<usize>,
    hub: [Version; 3],
}

const TAGS: [&str; 3] = ["en", "de", "pt-BR"];
const FOLDERS: [&str; 3] = ["a/", "a/b/", "c/"];

fn version() -> impl Strategy<Value = Version> {
    prop_oneof![
        3 => Just(Version::Name),
        2 => Just(Version::Folder),
        2 => Just(Version::Missing),
        1 => Just(Version::Draft),
    ]
}

fn versions() -> impl Strategy<Value = [Version; 3]> {
    [version(), version(), version()]
}

fn article() -> impl Strategy<Value = Article> {
    let links = prop::collection::vec(any::<usize>(), 0..4);
    (0..FOLDERS.len(), versions(), links, 0..3usize).prop_map(|(folder, versions, links, tag)| {
        Article {
            folder,
            versions,
            links,
            tag,
        }
    })
}

fn made() -> impl Strategy<Value = Made> {
    (
        prop::collection::vec(article(), 1..7),
        any::<[bool; 2]>(),
        any::<bool>(),
        prop::collection::vec(any::<usize>(), 1..4),
        versions(),
    )
        .prop_map(|(articles, left_out, at_the_root, steps, hub)| Made {
            articles,
            left_out,
            at_the_root,
            steps,
            hub,
        })
}

impl Made {
    fn site_toml(&self) -> String {
        let mut text = "title = \"T\"\nbase_url = \"https://x.org/s\"\npage_size = 3\n\
                        menu = [{ title = \"Tags\", url = \"/tags/\" }]\n"
            .to_owned();
        if !self.at_the_root {
            text.push_str("[languages.en]\naddress = \"en\"\n");
        }
        for (tag, left_out) in TAGS[1..].iter().zip(self.left_out) {
            let missing = if left_out { "leave-out" } else { "show" };
            text.push_str(&format!(
                "[languages.{tag}]\ntitle = \"T {tag}\"\nmissing = \"{missing}\"\n"
            ));
        }
        text
    }

    /// The files, by their paths.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::from([("site.toml".to_owned(), self.site_toml())]);
        // A reference to what is nowhere would be an error.
        let is_somewhere = |number: &usize| {
            let mut versions = self.articles[*number].versions.iter();
            versions.any(|version| matches!(version, Version::Name | Version::Folder))
        };
        let there: Vec<usize> = (0..self.articles.len()).filter(is_somewhere).collect();
        let pick = |number: usize| there.get(number % there.len().max(1)).copied();
        for (number, article) in self.articles.iter().enumerate() {
            for (language, tag) in TAGS.into_iter().enumerate() {
                let Some(path) = path(
                    FOLDERS[article.folder],
                    &format!("x{number}"),
                    language,
                    article.versions[language],
                ) else {
                    continue;
                };
                let folder = path
                    .trim_start_matches("content/")
                    .rsplit_once('/')
                    .map_or("", |(folder, _)| folder);
                let up = "../".repeat(folder.split('/').count());
                let mut text = format!(
                    "---\ntitle: Title {number} {}\ndescription: d {number}\ndate: 2026-01-{:02}\ntags: [tag{}]\ndraft: {}\n---\n\n",
                    tag,
                    number + 1,
                    article.tag,
                    article.versions[language] == Version::Draft,
                );
                for to in article.links.iter().filter_map(|to| pick(*to)) {
                    // A draft of an original is an error of the author's.
                    if language == 0 && self.articles[to].versions[0] == Version::Draft {
                        continue;
                    }
                    let folder = FOLDERS[self.articles[to].folder];
                    text.push_str(&format!("See [it]({up}{folder}x{to}.md), [[x{to}]].\n\n"));
                }
                files.insert(path, text);
            }
        }
        let steps: Vec<String> = self
            .steps
            .iter()
            .filter_map(|step| pick(*step))
            .filter(|step| self.articles[*step].versions[0] != Version::Draft)
            .collect::<BTreeSet<usize>>()
            .into_iter()
            .map(|step| format!("x{step}"))
            .collect();
        for (language, tag) in TAGS.into_iter().enumerate() {
            let known = self.hub[language];
            if let Some(path) =
                path("guide/", "index", language, known).filter(|_| !steps.is_empty())
            {
                let text = format!(
                    "---\ntitle: Guide {}\ndescription: d\nsteps: [{}]\ndraft: {}\n---\n\nBegin.\n",
                    tag,
                    steps.join(", "),
                    known == Version::Draft,
                );
                files.insert(path, text);
            }
        }
        files
    }
}

fn path(folder: &str, name: &str, language: usize, version: Version) -> Option<String> {
    let tag = TAGS[language];
    Some(match (version, language) {
        (Version::Missing, _) => return None,
        (_, 0) => format!("content/{folder}{name}.md"),
        (Version::Folder, _) => format!("content/{tag}/{folder}{name}.md"),
        _ => format!("content/{folder}{name}.{tag}.md"),
    })
}

fn lay(root: &Path, files: &BTreeMap<String, String>) {
    let _ = fs::remove_dir_all(root.join("content"));
    fs::create_dir_all(root.join("content")).unwrap();
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn build(root: &Path, output: &Path) -> Report {
    let options = Options {
        today: Today::Day(Day::parse("2026-11-23").unwrap()),
        ..crate::options(root)
    };
    let how = gen_site::Build {
        output,
        strict: false,
        cache: true,
        held: HELD,
    };
    gen_site::build(&options, how, &mut |_, _| ()).unwrap()
}

/// The file at an address of the site, with the site's path.
fn file(address: &str) -> String {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let path = escape::url_decode(path.trim_start_matches("/s/"));
    match path.is_empty() || path.ends_with('/') {
        true => format!("{path}index.html"),
        false => path,
    }
}

/// What stands between two texts, each time.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    let parts = text.split(start).skip(1);
    parts.filter_map(|rest| rest.split(end).next()).collect()
}

/// The translations that a page names: by language, their files.
fn alternates(html: &str) -> BTreeMap<String, String> {
    let lines = between(html, "<link rel=\"alternate\" hreflang=\"", ">");
    let pair = |line: &str| {
        let (language, rest) = line.split_once("\" href=\"https://x.org")?;
        Some((language.to_owned(), file(rest.trim_end_matches('"'))))
    };
    lines.into_iter().filter_map(pair).collect()
}

/// The language of a file's address.
fn language(made: &Made, file: &str) -> &'static str {
    match file.split('/').next() {
        Some("de") => "de",
        Some("pt-br") => "pt-BR",
        Some("en") if !made.at_the_root => "en",
        _ => "en",
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn languages_stay_apart_and_lead_to_each_other(made in made()) {
        let folder = tempfile::tempdir().unwrap();
        lay(folder.path(), &made.files());
        let output = folder.path().join("public");
        let report = build(folder.path(), &output);
        let messages: Vec<String> = report.diagnostics.iter().map(|d| d.render(false)).collect();
        prop_assert!(report.changes.is_some(), "{}", messages.join("\n"));
        let files = files(&output);
        let pages: BTreeMap<&String, String> = files
            .iter()
            .filter(|(name, _)| name.ends_with(".html"))
            .map(|(name, bytes)| (name, String::from_utf8_lossy(bytes).into_owned()))
            .collect();
        for (name, html) in &pages {
            for url in between(html, " href=\"", "\"").into_iter().filter(|url| url.starts_with("/s/")) {
                prop_assert!(files.contains_key(&file(url)), "{name} links to {url}");
            }
            let own = alternates(html);
            if own.is_empty() {
                continue;
            }
            prop_assert!(own.len() > 2 && own.contains_key("x-default"), "{name}: {own:?}");
            prop_assert_eq!(own.get(language(&made, name)), Some(*name));
            for other in own.values() {
                let there = pages.get(other).map(|html| alternates(html));
                prop_assert_eq!(there.as_ref(), Some(&own), "{} and {}", name, other);
            }
        }
        let sitemap = String::from_utf8_lossy(&files["sitemap.xml"]).into_owned();
        let all = between(&sitemap, "<loc>", "</loc>");
        prop_assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{}", sitemap);
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with("feed.json")) {
            let feed = String::from_utf8_lossy(bytes).into_owned();
            let urls = between(&feed, "\"id\": \"https://x.org", "\"");
            prop_assert_eq!(urls.iter().collect::<BTreeSet<_>>().len(), urls.len(), "{}", feed);
            for url in urls {
                prop_assert_eq!(language(&made, &file(url)), language(&made, name), "{}", feed);
            }
        }
        for (name, html) in &pages {
            // Lists of cards, but for guides, which show originals in place of translations that are not there.
            let cards = between(html, "<h3 class=\"card-title\"><a href=\"", "\"");
            for url in cards {
                let is_same = language(&made, &file(url)) == language(&made, name);
                prop_assert!(is_same, "{name} lists {url}");
            }
        }
    }

    #[test]
    fn bytes_of_languages_depend_on_the_input_alone(first in made(), second in made()) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let (edited, clean) = (root.join("edited"), root.join("clean"));
        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        for made in [&first, &second, &first] {
            lay(root, &made.files());
            prop_assert!(build(root, &edited).changes.is_some());
            let _ = fs::remove_dir_all(&clean);
            prop_assert!(one_thread.install(|| build(root, &clean)).changes.is_some());
            let (edited, clean) = (files(&edited), files(&clean));
            let differ = edited.iter().find(|(name, bytes)| clean.get(*name) != Some(*bytes));
            prop_assert!(edited == clean, "{:?}", differ.map(|(name, _)| name));
        }
    }
}
