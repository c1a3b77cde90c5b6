//! Laws that hold for any site: no input is a panic; what is published has no dead link; the bytes depend on
//! nothing but the input, not on threads and not on what was built before.

use std::fs;
use std::path::Path;

use gen_site::diagnostic::Lines;
use gen_site::model::date::Day;
use gen_site::{Options, Report, Today};
use proptest::prelude::*;

use crate::shared::files;

/// One random article: where it is and what it says.
#[derive(Clone, Debug)]
struct Article {
    folder: usize,
    title: String,
    tags: Vec<usize>,
    paragraphs: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Words(Vec<usize>),
    Link(usize),
    Heading(usize),
    Markup(usize),
    Anything(String),
}

const FOLDERS: [&str; 3] = ["", "a/", "a/b c/"];
const TAGS: [&str; 5] = ["No Contact", "no-contact", "letting go", "Ünïcode", "trust"];
const WORDS: [&str; 12] = [
    "space", "silence", "friend", "letter", "trust", "morning", "phone", "kitchen", "anger",
    "walk", "sleep", "song",
];
/// Markdown that is easily got wrong.
const MARKUP: [&str; 14] = [
    "> [!note] *Title*\n> body\n>\n> > [!faq]- Q\n> > A",
    "> [!nonsense] x",
    "| a | b |\n|---|:-:|\n| [[0]] | `x` |",
    "text[^1] and again[^1]\n\n[^1]: a note[^2]\n\n[^2]: another",
    "- [ ] one\n- [x] two\n  1. three",
    "<div id=\"x\"><a href=\"#x\">y</a>\n</div>",
    "<!-- more -->",
    "https://youtu.be/abc_1",
    "Related: see https://example.org/a(b). And `code`.",
    "```rust\nfn main() {}\n```",
    "***a** b*_c_ ~~d~~ &amp; &lt; \\[ \\| <",
    "> > > > deep\n> > lazy",
    "[](#) []() [x](",
    "$x$ {#id} \u{202e}rtl \u{0301}",
];

fn article() -> impl Strategy<Value = Article> {
    let piece = prop_oneof![
        4 => prop::collection::vec(0..WORDS.len(), 3..30).prop_map(Piece::Words),
        3 => any::<usize>().prop_map(Piece::Link),
        2 => (0..WORDS.len()).prop_map(Piece::Heading),
        2 => (0..MARKUP.len()).prop_map(Piece::Markup),
        1 => "\\PC{0,60}".prop_map(Piece::Anything),
    ];
    (
        0..FOLDERS.len(),
        "\\PC{1,40}",
        prop::collection::vec(0..TAGS.len(), 0..4),
        prop::collection::vec(piece, 0..8),
    )
        .prop_map(|(folder, title, tags, paragraphs)| Article {
            folder,
            title,
            tags,
            paragraphs,
        })
}

fn name(number: usize, article: &Article) -> String {
    format!("{}{number}-article.md", FOLDERS[article.folder])
}

/// The file's text. Links lead to articles that are there; nothing else in it can be an error.
fn text(number: usize, articles: &[Article], harmless: bool) -> String {
    let article = &articles[number];
    let tags: Vec<String> = article
        .tags
        .iter()
        .map(|tag| format!("{:?}", TAGS[*tag]))
        .collect();
    let title: String = article
        .title
        .chars()
        .filter(|c| !matches!(c, '"' | '\\'))
        .collect();
    let mut out = format!(
        "---\ntitle: \"T {title}\"\ndescription: d\ndate: 2026-01-{:02}\ntags: [{}]\n---\n\n",
        number % 28 + 1,
        tags.join(", ")
    );
    let up = "../".repeat(FOLDERS[article.folder].matches('/').count());
    for piece in &article.paragraphs {
        match piece {
            Piece::Words(words) => out.push_str(
                &words
                    .iter()
                    .map(|w| WORDS[*w])
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
            Piece::Link(to) => {
                let to = to % articles.len();
                out.push_str(&format!(
                    "See [it](<{up}{}>) and [](<{up}{}>).",
                    name(to, &articles[to]),
                    name(to, &articles[to])
                ));
            }
            Piece::Heading(word) => out.push_str(&format!("## {} {}", WORDS[*word], number % 3)),
            Piece::Markup(at) if harmless => out.push_str(
                &MARKUP[*at]
                    .replace("[[0]]", "x")
                    .replace("[](#) []() [x](", ""),
            ),
            Piece::Markup(at) => out.push_str(MARKUP[*at]),
            Piece::Anything(text) if harmless => {
                out.push_str(&text.replace(['[', '<', '!', '('], ""))
            }
            Piece::Anything(text) => out.push_str(text),
        }
        out.push_str("\n\n");
    }
    out
}

fn write_site(root: &Path, articles: &[Article], harmless: bool) {
    let _ = fs::remove_dir_all(root.join("content"));
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(
        root.join("site.toml"),
        "title = \"T\"\nbase_url = \"https://x.org/s\"\npage_size = 3\n",
    )
    .unwrap();
    for (number, article) in articles.iter().enumerate() {
        let path = root.join("content").join(name(number, article));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text(number, articles, harmless)).unwrap();
    }
}

fn build(root: &Path, output: &Path) -> Report {
    let options = Options {
        root: root.to_path_buf(),
        base_url: None,
        drafts: false,
        future: false,
        today: Today::Day(Day::parse("2026-11-23").unwrap()),
    };
    gen_site::build(
        &options,
        gen_site::Build {
            output,
            strict: false,
            cache: true,
            held: gen_site::HELD,
        },
        &mut |_, _| (),
    )
    .unwrap()
}

/// Every `href` and `src` of a page that begins with the base path.
fn inner_links(html: &str) -> Vec<String> {
    let after = html.split(" href=\"").chain(html.split(" src=\"")).skip(1);
    after
        .filter_map(|rest| rest.split('"').next())
        .filter(|url| url.starts_with("/s/"))
        .map(|url| url.split(['#', '?']).next().unwrap_or_default().to_owned())
        .collect()
}

/// Pieces of a file of replies, rightly and wrongly put together.
const REPLIES: [&str; 14] = [
    "- name: Ana\n",
    "  text: |\n    one\n\n    https://x.org/a(b).\n",
    "  text: '<b>'\n",
    "  date: 2026-01-31\n",
    "  replies:\n",
    "  - {name: Ben, text: b}\n",
    "    hidden: true\n",
    "  id: x\n",
    "  author: me\n",
    "-\n",
    "- - -\n",
    "{name: [",
    "\u{feff}\r\n\t",
    "ü: ü\n",
];

proptest! {
    #[test]
    fn any_file_of_replies_is_read_or_told(pieces in prop::collection::vec(0..REPLIES.len(), 0..16), anything in "\\PC{0,30}") {
        let mut text: String = pieces.iter().map(|piece| REPLIES[*piece]).collect();
        text.push_str(&anything);
        let zone = gen_site::model::date::Zone::utc();
        let (_, errors) = gen_site::parse::replies::read("a.replies.yml", text.as_bytes(), &zone);
        for mut error in errors {
            error.locate(&Lines::new(text.as_str()), gen_site::parse::replies::find_key);
            prop_assert!(!error.render(false).is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_site_builds_or_says_why(articles in prop::collection::vec(article(), 1..8)) {
        let folder = tempfile::tempdir().unwrap();
        write_site(folder.path(), &articles, false);
        let report = build(folder.path(), &folder.path().join("public"));
        prop_assert!(report.changes.is_some() || !report.diagnostics.is_empty());
    }

    #[test]
    fn what_is_published_has_no_dead_link(articles in prop::collection::vec(article(), 1..12)) {
        let folder = tempfile::tempdir().unwrap();
        write_site(folder.path(), &articles, true);
        let output = folder.path().join("public");
        let report = build(folder.path(), &output);
        let messages: Vec<String> = report.diagnostics.iter().map(|d| d.render(false)).collect();
        prop_assert!(report.changes.is_some(), "{}", messages.join("\n"));
        let files = files(&output);
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            for url in inner_links(&String::from_utf8_lossy(bytes)) {
                let path = gen_site::escape::url_decode(url.trim_start_matches("/s/"));
                let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
                prop_assert!(files.contains_key(&file), "{name} links to {url}");
            }
        }
    }

    #[test]
    fn bytes_depend_on_the_input_alone(
        first in prop::collection::vec(article(), 1..10),
        second in prop::collection::vec(article(), 1..10),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let (edited, clean) = (root.join("edited"), root.join("clean"));
        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        for articles in [&first, &second, &first] {
            write_site(root, articles, true);
            prop_assert!(build(root, &edited).changes.is_some());
            let _ = fs::remove_dir_all(&clean);
            prop_assert!(one_thread.install(|| build(root, &clean)).changes.is_some());
            prop_assert!(files(&edited) == files(&clean));
        }
    }
}
