//! One page of HTML, as browsers' tokenizers read it: what it says of itself, where it leads, and its main text.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::escape;
use crate::parse::leads_into_site;

/// Bytes of a page that are read, at most: what never ends is read so far.
const LONGEST: usize = 4 << 20;
/// Links and files of a page that are looked at, at most.
const MOST_LINKS: usize = 20_000;
/// What is no part of a text.
const ASIDE: [&str; 10] = [
    "aside", "button", "footer", "form", "nav", "noscript", "script", "style", "svg", "template",
];
/// Elements without an end.
const VOID: [&str; 8] = ["area", "br", "hr", "img", "input", "link", "meta", "source"];

/// A page of HTML.
#[derive(Debug, Default)]
pub(super) struct HtmlPage {
    /// Of its `<title>`.
    pub(super) title: String,
    /// Its first heading, else what it is called where it is shared.
    pub(super) headline: String,
    pub(super) description: String,
    /// BCP 47.
    pub(super) language: String,
    /// Its full address, as it says.
    pub(super) canonical: String,
    /// Search engines are asked to leave it out.
    pub(super) is_hidden: bool,
    /// It sends its readers elsewhere.
    pub(super) is_redirect: bool,
    /// It says that it is an article, or holds exactly one.
    pub(super) is_article: bool,
    /// Most headings of its text lead to other pages: it is a list of these.
    pub(super) is_list: bool,
    /// The day it was published on.
    pub(super) date: Option<String>,
    pub(super) tags: Vec<String>,
    /// What links can end in.
    pub(super) ids: BTreeSet<String>,
    /// Where its links lead.
    pub(super) links: Vec<String>,
    /// The files that it shows or loads.
    pub(super) files: Vec<String>,
    /// Its main text, as HTML.
    pub(super) text: String,
    /// Letters of that, and those of them that are links' words.
    pub(super) letters: usize,
    pub(super) linked_letters: usize,
}

/// What is gathered on the way.
#[derive(Default)]
struct Reader {
    page: HtmlPage,
    /// The text in `<main>`, in `<article>`, and in neither.
    main: Region,
    article: Region,
    body: Region,
    articles: usize,
    /// Open elements that are no part of a text, and open headers.
    aside: Vec<String>,
    headers: usize,
    /// Where text goes beside its region: a title, a heading, a tag's name.
    heard: Option<(&'static str, String)>,
    in_link: bool,
    /// In a link to another page.
    leads_on: bool,
    heading: Heading,
    shared_title: String,
    shared_description: String,
}

/// Where a reader is with headings below the first level.
#[derive(Default, PartialEq, Eq)]
enum Heading {
    #[default]
    None,
    /// In one, which leads nowhere so far.
    Open,
    /// In one that leads to another page.
    LeadsOn,
}

/// A part of a page.
#[derive(Default)]
struct Region {
    /// Elements of its kind that are open.
    open: usize,
    html: String,
    letters: usize,
    linked: usize,
    /// Its headings below the first level, and those of them that lead to other pages.
    headings: usize,
    leading_headings: usize,
}

impl HtmlPage {
    /// Whether it says that it is the copy of another page.
    pub(super) fn is_copy(&self, address: &str) -> bool {
        let bare = |path: &str| {
            let path = path.split(['?', '#']).next().unwrap_or_default();
            let path = path.strip_suffix("index.html").unwrap_or(path);
            let path = path.trim_end_matches(".html").trim_end_matches('/');
            escape::url_decode(path)
        };
        !self.canonical.is_empty() && !bare(&self.canonical).ends_with(&bare(address))
    }

    /// Reads a page; `address` is where it stands, from the site's root.
    pub(super) fn read(html: &[u8], address: &str) -> HtmlPage {
        let html = &html[..html.len().min(LONGEST)];
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut reader = Reader::default();
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let name = text(&tag.name);
                    let attributes: BTreeMap<String, String> = tag
                        .attributes
                        .iter()
                        .map(|(name, value)| (text(name), text(&value.value)))
                        .collect();
                    reader.start(&name, &attributes, address);
                }
                Token::EndTag(tag) => reader.end(&text(&tag.name)),
                Token::String(string) => reader.text(&text(&string.value)),
                _ => {}
            }
        }
        reader.finish()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Reader {
    fn start(&mut self, name: &str, attributes: &BTreeMap<String, String>, address: &str) {
        let get = |name: &str| attributes.get(name).map_or("", |value| value.trim());
        let page = &mut self.page;
        for id in [get("id"), if name == "a" { get("name") } else { "" }] {
            if !id.is_empty() {
                page.ids.insert(id.to_owned());
            }
        }
        let has_room = page.links.len() + page.files.len() < MOST_LINKS;
        let loads = match name {
            "img" | "script" | "source" | "video" | "audio" | "iframe" => get("src"),
            "link"
                if ["stylesheet", "icon"]
                    .iter()
                    .any(|rel| get("rel").contains(rel)) =>
            {
                get("href")
            }
            _ => "",
        };
        if has_room && !loads.is_empty() {
            page.files.push(loads.to_owned());
        }
        match name {
            "html" => page.language = get("lang").to_owned(),
            "title" if page.title.is_empty() && self.aside.is_empty() => {
                self.heard = Some(("title", String::new()));
            }
            "h1" if page.headline.is_empty() => self.heard = Some(("h1", String::new())),
            "link" if get("rel") == "canonical" => page.canonical = get("href").to_owned(),
            "meta" => self.meta(&get("name").to_lowercase(), get("property"), attributes),
            "time" if page.date.is_none() => {
                page.date = Some(get("datetime").to_owned()).filter(|date| !date.is_empty());
            }
            "h2" | "h3" | "h4" => self.heading(),
            "a" | "area" => {
                // Links cannot hold links: where one is not closed, the next one closes it.
                self.in_link |= name == "a";
                let href = get("href");
                let path = rooted(address, href);
                let is_own = path.split(['?', '#']).next() == Some(address);
                self.leads_on = name == "a" && !href.is_empty() && !is_own;
                if has_room && attributes.contains_key("href") {
                    page.links.push(get("href").to_owned());
                }
                if self.leads_on && self.heading == Heading::Open {
                    self.heading_leads_on();
                }
                if name == "a" && get("rel").split(' ').any(|rel| rel == "tag") {
                    self.heard = Some(("a", String::new()));
                }
            }
            "header" => self.headers += 1,
            "main" => self.main.open += 1,
            "article" => {
                self.article.open += 1;
                self.articles += usize::from(self.article.open == 1);
            }
            _ => {}
        }
        if ASIDE.contains(&name) {
            self.aside.push(name.to_owned());
            return;
        }
        let mut tag = format!("<{name}");
        for (key, value) in attributes {
            let value = match (key.as_str(), name) {
                ("href", "a") if leads_into_site(value) => rooted(address, value),
                ("href" | "src" | "alt" | "id" | "datetime", _) => value.clone(),
                _ => continue,
            };
            tag.push_str(&format!(" {key}=\"{}\"", escape::html(&value)));
        }
        tag.push('>');
        self.write(&tag);
    }

    fn heading(&mut self) {
        if self.aside.is_empty() {
            self.heading = Heading::Open;
            self.regions().for_each(|region| region.headings += 1);
            if self.leads_on {
                self.heading_leads_on();
            }
        }
    }

    fn heading_leads_on(&mut self) {
        self.heading = Heading::LeadsOn;
        self.regions()
            .for_each(|region| region.leading_headings += 1);
    }

    fn meta(&mut self, name: &str, property: &str, attributes: &BTreeMap<String, String>) {
        let content = attributes.get("content").map_or("", |value| value.trim());
        let page = &mut self.page;
        match (name, property) {
            ("description", _) => page.description = content.to_owned(),
            ("robots", _) => page.is_hidden |= content.to_lowercase().contains("noindex"),
            (_, "og:title") => self.shared_title = content.to_owned(),
            (_, "og:description") => self.shared_description = content.to_owned(),
            (_, "og:type") => page.is_article |= content == "article",
            (_, "article:published_time") => page.date = Some(content.to_owned()),
            (_, "article:tag") => page.tags.push(content.to_owned()),
            _ => {}
        }
        let equivalent = attributes.get("http-equiv").map_or("", String::as_str);
        page.is_redirect |= equivalent.eq_ignore_ascii_case("refresh") && content.contains("url=")
            || equivalent.eq_ignore_ascii_case("refresh") && content.contains("URL=");
    }

    fn end(&mut self, name: &str) {
        if let Some((kind, heard)) = self.heard.take_if(|(kind, _)| *kind == name) {
            let heard = heard.split_whitespace().collect::<Vec<_>>().join(" ");
            match kind {
                "title" => self.page.title = heard,
                "h1" => self.page.headline = heard,
                _ if !heard.is_empty() => self.page.tags.push(heard),
                _ => {}
            }
        }
        if let Some(at) = self.aside.iter().rposition(|open| open == name) {
            self.aside.truncate(at);
            return;
        }
        if !VOID.contains(&name) {
            self.write(&format!("</{name}>"));
        }
        match name {
            "a" => (self.in_link, self.leads_on) = (false, false),
            "h2" | "h3" | "h4" => self.heading = Heading::None,
            "header" => self.headers = self.headers.saturating_sub(1),
            "main" => self.main.open = self.main.open.saturating_sub(1),
            "article" => self.article.open = self.article.open.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, heard)) = &mut self.heard {
            heard.push_str(text);
        }
        let is_title = matches!(self.heard, Some(("title", _)));
        if self.aside.is_empty() && !is_title {
            let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
            let linked = if self.in_link { letters } else { 0 };
            for region in self.regions() {
                region.letters += letters;
                region.linked += linked;
            }
        }
        if !is_title {
            self.write(&escape::html(text));
        }
    }

    /// Those that text belongs to now: all that are open.
    fn regions(&mut self) -> impl Iterator<Item = &mut Region> {
        let in_header = self.headers > 0;
        let own = [
            (self.main.open > 0, &mut self.main),
            (self.article.open > 0, &mut self.article),
            (!in_header, &mut self.body),
        ];
        own.into_iter()
            .filter(|(open, _)| *open)
            .map(|(_, region)| region)
    }

    fn write(&mut self, html: &str) {
        if self.aside.is_empty() {
            for region in self.regions() {
                region.html.push_str(html);
            }
        }
    }

    fn finish(self) -> HtmlPage {
        let mut page = self.page;
        let region = match (self.articles, self.main.letters) {
            (1, _) => self.article,
            (_, 0) => self.body,
            _ => self.main,
        };
        page.is_article |= self.articles == 1;
        let (headings, leading) = (region.headings, region.leading_headings);
        page.is_list = leading > 1 && leading * 2 > headings;
        page.text = region.html;
        page.letters = region.letters;
        page.linked_letters = region.linked;
        if page.headline.is_empty() {
            page.headline = match self.shared_title.is_empty() {
                false => self.shared_title,
                true => page.title.clone(),
            };
        }
        if page.description.is_empty() {
            page.description = self.shared_description;
        }
        page
    }
}

/// A link within the site as a path from its root, with what stands behind its path.
pub(super) fn rooted(address: &str, href: &str) -> String {
    let (path, suffix) = href.split_at(href.find(['?', '#']).unwrap_or(href.len()));
    if path.starts_with('/') {
        return href.to_owned();
    }
    if path.is_empty() {
        return format!("{address}{suffix}");
    }
    let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            // Browsers go no further up than to the root.
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let is_folder =
        path.ends_with('/') || path.ends_with("/.") || path.ends_with("..") || path == ".";
    let end = if is_folder && !parts.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{end}{suffix}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_it_is() {
        let html = "<!doctype html><html lang=de><title>A | Site</title><meta name=description content='Of a.'>\
            <meta name=robots content='noindex, follow'><link rel=canonical href=https://x.org/a/>\
            <nav><a href=/>Home</a></nav><main><article><h1>A <b>b</b></h1><time datetime=2020-01-02>Then</time>\
            <p id=p>Words <a href=../c/#d>c</a><a rel=tag href=/t/>Tea</a></p><aside>Ad</aside></article></main>\
            <footer><img src=x.png></footer><script>'<p id=no>'</script>";
        let page = HtmlPage::read(html.as_bytes(), "/a/");
        assert_eq!(
            (page.title.as_str(), page.headline.as_str()),
            ("A | Site", "A b")
        );
        assert_eq!(
            (page.description.as_str(), page.language.as_str()),
            ("Of a.", "de")
        );
        assert!(page.is_hidden && page.is_article && !page.is_redirect);
        assert_eq!(page.date.as_deref(), Some("2020-01-02"));
        assert_eq!(page.tags, ["Tea"]);
        assert_eq!(page.links, ["/", "../c/#d", "/t/"]);
        assert_eq!(page.files, ["x.png"]);
        assert!(page.ids.contains("p") && !page.ids.contains("no"));
        assert!(page.text.contains("<a href=\"/c/#d\">") && !page.text.contains("Ad"));
    }

    #[test]
    fn a_list_is_known_by_its_headings() {
        for (body, is_list) in [
            (
                "<h2><a href=/b/>B</a></h2><h2><a href=/c/>C</a></h2><h3>D</h3>",
                true,
            ),
            ("<a href=/b/><h2>B</h2></a><a href=c/><h2>C</h2></a>", true),
            (
                "<h2><a href=#b>B</a></h2><h2><a href=/a/#c>C</a></h2>",
                false,
            ),
            (
                "<h2>B</h2><h2>C</h2><aside><h2><a href=/b/>B</a></h2><h2><a href=/c/>C</a></h2></aside>",
                false,
            ),
        ] {
            let html = format!("<main>{body}</main>");
            assert_eq!(
                HtmlPage::read(html.as_bytes(), "/a/").is_list,
                is_list,
                "{body}"
            );
        }
    }

    #[test]
    fn html_that_never_ends_is_read_so_far() {
        for piece in [
            "<div>",
            "<a href=x",
            "<!--",
            "<p title=\"",
            "</",
            "<svg><p>",
            "&amp",
        ] {
            let page = HtmlPage::read(piece.repeat(200_000).as_bytes(), "/");
            assert!(page.links.len() <= MOST_LINKS);
        }
    }

    #[test]
    fn links_are_rooted_as_browsers_do() {
        for (address, href, expected) in [
            ("/a/b/", "../c/", "/a/c/"),
            ("/a/b.html", "c.html#d", "/a/c.html#d"),
            ("/a/", "../../..", "/"),
            ("/a/", "?q", "/a/?q"),
            ("/a/", ".", "/a/"),
            ("/a/", "/x", "/x"),
        ] {
            assert_eq!(rooted(address, href), expected, "{address} {href}");
        }
    }
}
