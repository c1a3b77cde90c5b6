//! Builds the site of this repository and looks at all of it as a reader's browser would: every page parses
//! without an error, every link leads somewhere, feeds and sitemap are XML, and the promises of up next hold.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use sha2::{Digest, Sha256};

use crate::shared::files;

/// Attributes that hold an address, and the ids of one page.
#[derive(Default)]
struct Page {
    addresses: Vec<String>,
    ids: Vec<String>,
    headings: Vec<u8>,
    images_without_alt: usize,
}

/// What is published, by path. It is built once for all tests.
static BUILT: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(build);

fn build() -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let options = gen_site::Options {
        root: Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf(),
        base_url: Some("https://example.org/below/".into()),
        drafts: false,
        future: false,
        today: gen_site::Today::Day(gen_site::model::date::Day::parse("2026-11-23").unwrap()),
    };
    let report = gen_site::build(
        &options,
        gen_site::Build {
            output: &output,
            strict: true,
            cache: false,
            held: gen_site::HELD,
        },
        &mut |_, _| (),
    )
    .unwrap();
    let messages: Vec<String> = report.diagnostics.iter().map(|d| d.render(false)).collect();
    assert!(
        report.changes.is_some(),
        "the site has mistakes:\n{}",
        messages.join("\n")
    );
    files(&output)
}

fn parse(name: &str, html: &[u8]) -> Page {
    let dom = parse_document(RcDom::default(), ParseOpts::default())
        .from_utf8()
        .read_from(&mut &html[..])
        .unwrap();
    assert!(
        dom.errors.borrow().is_empty(),
        "{name}: {:?}",
        dom.errors.borrow()
    );
    let mut page = Page::default();
    walk(&dom.document, &mut page);
    page
}

fn walk(node: &Handle, page: &mut Page) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let tag: &str = name.local.as_ref();
        for attribute in attrs.borrow().iter() {
            match &*attribute.name.local {
                "href" | "src" | "poster" => page.addresses.push(attribute.value.to_string()),
                "id" => page.ids.push(attribute.value.to_string()),
                _ => {}
            }
        }
        if let [b'h', level @ b'1'..=b'6'] = tag.as_bytes() {
            page.headings.push(level - b'0');
        }
        if tag == "img" && !attrs.borrow().iter().any(|a| &*a.name.local == "alt") {
            page.images_without_alt += 1;
        }
    }
    for child in node.children.borrow().iter() {
        walk(child, page);
    }
}

fn pages() -> BTreeMap<String, Page> {
    let html = BUILT.iter().filter(|(name, _)| name.ends_with(".html"));
    html.map(|(name, bytes)| (name.clone(), parse(name, bytes)))
        .collect()
}

/// The file that a static host serves for an address below the base path.
fn file_of(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

#[test]
fn every_page_is_valid_and_every_link_leads_somewhere() {
    let pages = pages();
    assert!(pages.len() > 50, "{} pages", pages.len());
    for (name, page) in &pages {
        let ids: BTreeSet<&String> = page.ids.iter().collect();
        assert_eq!(
            ids.len(),
            page.ids.len(),
            "{name} has an id twice: {:?}",
            page.ids
        );
        assert_eq!(page.images_without_alt, 0, "{name}");
        assert_eq!(
            page.headings.iter().filter(|level| **level == 1).count(),
            1,
            "{name} has one h1"
        );
        for pair in page.headings.windows(2) {
            assert!(
                pair[1] <= pair[0] + 1,
                "{name}: a heading of level {} after one of {}",
                pair[1],
                pair[0]
            );
        }
        for address in &page.addresses {
            if ["https://", "http://", "mailto:", "tel:", "sms:"]
                .iter()
                .any(|scheme| address.starts_with(scheme))
            {
                continue;
            }
            let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
            let file = match path.strip_prefix("/below/") {
                Some(path) => file_of(path),
                None => {
                    assert!(
                        path.is_empty(),
                        "{name}: {address} is outside the base path"
                    );
                    name.clone()
                }
            };
            assert!(
                BUILT.contains_key(&file),
                "{name}: {address} leads to nothing"
            );
            if !anchor.is_empty() {
                assert!(
                    pages[&file].ids.iter().any(|id| id == anchor),
                    "{name}: {address} has no such anchor"
                );
            }
        }
    }
}

#[test]
fn every_article_is_reached_from_the_home_page_within_four_clicks() {
    let pages = pages();
    let mut clicks: BTreeMap<String, usize> = BTreeMap::from([("index.html".to_owned(), 0)]);
    let mut queue = VecDeque::from(["index.html".to_owned()]);
    while let Some(name) = queue.pop_front() {
        for address in &pages[&name].addresses {
            let path = address.split('#').next().unwrap_or_default();
            let Some(file) = path
                .strip_prefix("/below/")
                .map(file_of)
                .filter(|f| pages.contains_key(f))
            else {
                continue;
            };
            if !clicks.contains_key(&file) {
                clicks.insert(file.clone(), clicks[&name] + 1);
                queue.push_back(file);
            }
        }
    }
    for name in pages.keys().filter(|name| !name.ends_with("404.html")) {
        assert!(
            clicks.get(name).is_some_and(|clicks| *clicks <= 4),
            "{name}: {:?} clicks",
            clicks.get(name)
        );
    }
}

#[test]
fn feeds_and_sitemap_are_xml() {
    let xml: Vec<_> = BUILT
        .iter()
        .filter(|(name, _)| name.ends_with(".xml"))
        .collect();
    assert!(xml.len() > 10);
    for (name, bytes) in xml {
        let mut reader = quick_xml::Reader::from_reader(&bytes[..]);
        reader.config_mut().check_end_names = true;
        let mut depth = 0i32;
        loop {
            match reader
                .read_event()
                .unwrap_or_else(|error| panic!("{name}: {error}"))
            {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name}");
    }
}

/// The site of this repository has no replies; a small one has, and every way to write one.
#[test]
fn replies_and_the_ways_to_reply_are_valid_html() {
    let ways = [
        "mode = \"form\"\naction = \"https://x.org/?a=1&b=2\"\nfields = { key = \"<\" }",
        "mode = \"mailto\"\naddress = \"a&b@x.org\"",
        "mode = \"embed\"\nembed = { src = \"https://x.org/a.js\", attributes = { data-x = \"</template>\" } }",
    ];
    for way in ways {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        write(
            "site.toml",
            &format!("title = \"S\"\nbase_url = \"https://x.org\"\n[comments]\n{way}\n"),
        );
        write(
            "content/a/b.md",
            "---\ntitle: <b>\ndescription: D\n---\nText.\n",
        );
        write(
            "content/a/b.replies.yml",
            "- name: <i>\n  text: \"</p></article><script>\"\n  replies:\n  - {name: Ana, text: a}\n",
        );
        let output = folder.path().join("public");
        let options = gen_site::Options {
            root: folder.path().to_path_buf(),
            base_url: None,
            drafts: false,
            future: false,
            today: gen_site::Today::Moment(0),
        };
        let how = gen_site::Build {
            output: &output,
            strict: true,
            cache: false,
            held: gen_site::HELD,
        };
        let report = gen_site::build(&options, how, &mut |_, _| ()).unwrap();
        assert!(report.changes.is_some(), "{:#?}", report.diagnostics);
        let page = parse(way, &fs::read(output.join("a/b/index.html")).unwrap());
        for id in ["reply-i", "reply-ana", "gen-replies", "gen-write-a-reply"] {
            let there = page.ids.iter().filter(|known| *known == id).count();
            assert_eq!(there, 1, "{way}: {id} in {:?}", page.ids);
        }
    }
}

/// Whoever was afraid is not sent back: no card of that article leads to winning somebody back.
#[test]
fn the_article_on_fear_offers_no_way_back() {
    let name = "hard-questions/when-there-was-fear-or-violence/index.html";
    let html = String::from_utf8(BUILT[name].clone()).unwrap();
    let cards = html
        .split("class=\"up-next\"")
        .nth(1)
        .unwrap()
        .split("</section>")
        .next()
        .unwrap();
    assert!(cards.contains("card-title"));
    assert!(!cards.contains("/get-your-ex-back/"), "{cards}");
}

/// The policy in `_headers` lets every page work: each inline script is named in it, and nothing else is inline.
#[test]
fn the_policy_names_every_inline_script() {
    let headers = String::from_utf8(BUILT["_headers"].clone()).unwrap();
    assert!(headers.contains("default-src 'none'"), "{headers}");
    assert!(!headers.contains("unsafe"), "{headers}");
    let mut scripts = BTreeSet::new();
    for (name, html) in BUILT.iter().filter(|(name, _)| name.ends_with(".html")) {
        let dom = parse_document(RcDom::default(), ParseOpts::default())
            .from_utf8()
            .read_from(&mut &html[..])
            .unwrap();
        inline(name, &dom.document, &mut scripts);
    }
    assert!(scripts.len() > 1, "{scripts:?}");
    for script in scripts {
        let hash = STANDARD.encode(Sha256::digest(&script));
        assert!(headers.contains(&format!("'sha256-{hash}'")), "{script}");
    }
}

/// Collects the inline scripts; an attribute that is a script or a style is a mistake.
fn inline(page: &str, node: &Handle, scripts: &mut BTreeSet<String>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attribute = |wanted: &str| {
            let attrs = attrs.borrow();
            let found = attrs.iter().find(|a| &*a.name.local == wanted);
            found.map(|a| a.value.to_string())
        };
        for attribute in attrs.borrow().iter() {
            let name: &str = &attribute.name.local;
            assert!(name != "style" && !name.starts_with("on"), "{page}: {name}");
        }
        assert!(&*name.local != "style", "{page} has a style element");
        let is_data = attribute("type").as_deref() == Some("application/ld+json");
        if &*name.local == "script" && attribute("src").is_none() && !is_data {
            let children = node.children.borrow();
            let text = children.iter().map(|child| match &child.data {
                NodeData::Text { contents } => contents.borrow().to_string(),
                _ => String::new(),
            });
            scripts.insert(text.collect());
        }
    }
    for child in node.children.borrow().iter() {
        inline(page, child, scripts);
    }
}

#[test]
fn the_built_in_themes_are_those_in_the_repository() {
    for name in gen_site::output::theme::built_in_names() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("themes")
            .join(name);
        let there = files(&root);
        let theme = gen_site::output::theme::built_in(name).unwrap();
        let built_in: BTreeMap<String, Vec<u8>> = theme.files.into_iter().collect();
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(
            names(&built_in),
            names(&there),
            "add new files to the list in src/output/theme/built_in.rs"
        );
        assert!(built_in == there);
    }
}
