//! HTML as Markdown: what WordPress and Ghost store. Bounded: what is nested too deep for the library stays HTML.

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown};

use super::written;

/// Elements that are open at one time, at most: the library calls itself for each.
const DEEPEST: usize = 200;
/// Elements that nothing stands in, and those that the next of their kind closes.
const FLAT: [&str; 17] = [
    "br", "img", "hr", "input", "meta", "link", "source", "wbr", "embed", "p", "li", "td", "th",
    "tr", "dt", "dd", "option",
];

/// Makes Markdown of HTML.
pub(super) struct Converter(HtmlToMarkdown);

impl Converter {
    pub(super) fn new() -> Converter {
        let options = Options {
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            hr_style: HrStyle::Dashes,
            ..Options::default()
        };
        let converter = HtmlToMarkdown::builder()
            .options(options)
            .skip_tags(vec!["script", "style", "noscript"])
            .add_handler(vec!["iframe", "video", "audio", "embed"], player)
            .add_handler(vec!["figure"], figure)
            .add_handler(vec!["pre"], code)
            .add_handler(vec!["div"], callout)
            .add_handler(vec!["sup", "sub", "kbd", "mark", "small", "u", "ins"], kept)
            .build();
        Converter(converter)
    }

    /// A piece of HTML as Markdown; as it is where it is nested too deep.
    pub(super) fn markdown(&self, html: &str) -> String {
        if depth(html) > DEEPEST {
            return html.to_owned();
        }
        let markdown = self.0.convert(html).unwrap_or_else(|_| html.to_owned());
        // The library escapes what opens a link or a note in Markdown and did not here.
        markdown.trim().replace("\u{a0}", " ")
    }
}

/// How many elements are open at one time.
fn depth(html: &str) -> usize {
    let (mut open, mut deepest) = (0usize, 0);
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let closes = rest.starts_with('/');
        let name = rest.trim_start_matches('/').chars();
        let name: String = name
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .collect();
        if name.is_empty() || FLAT.contains(&name.to_lowercase().as_str()) {
            continue;
        }
        if closes {
            open = open.saturating_sub(1);
        } else {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
}

/// The text of a piece of HTML or of Markdown's emphasis.
pub(super) fn text_of(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        match rest[start..].find('>') {
            Some(end) => rest = &rest[start + end + 1..],
            None => break,
        }
    }
    out.push_str(if rest.len() == html.len() || !rest.contains('<') {
        rest
    } else {
        ""
    });
    let out = crate::parse::unescape(&out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attribute<'e>(element: &'e Element<'_>, name: &str) -> Option<&'e str> {
    let found = element
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| &*attribute.value)
}

/// A player of another site as its address, alone in its paragraph.
fn player(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let inner = handlers.walk_children(element.node).content;
    let Some(src) = attribute(&element, "src").or(attribute(&element, "data-src")) else {
        return Some(format!("\n\n{}\n\n", inner.trim()).into());
    };
    let id = |mark: &str| {
        src.split_once(mark)
            .map(|(_, rest)| rest.split(['?', '&', '/', '#']).next().unwrap_or_default())
    };
    let url = match (
        id("youtube.com/embed/").or_else(|| id("youtube-nocookie.com/embed/")),
        id("player.vimeo.com/video/"),
    ) {
        (Some(id), _) => format!("https://www.youtube.com/watch?v={id}"),
        (_, Some(id)) => format!("https://vimeo.com/{id}"),
        _ => src.to_owned(),
    };
    let url = if url.starts_with("//") {
        format!("https:{url}")
    } else {
        url
    };
    Some(format!("\n\n{url}\n\n").into())
}

/// A figure: its picture with the caption as title, a quote, a player, or what else stands in it.
fn figure(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let mut parts = Vec::new();
    let mut caption = String::new();
    for child in element.node.children.borrow().iter() {
        let made = handlers
            .handle(child)
            .map(|made| made.content)
            .unwrap_or_default();
        match &child.data {
            markup5ever_rcdom::NodeData::Element { name, .. } if &*name.local == "figcaption" => {
                caption = made
            }
            _ => parts.push(made),
        }
    }
    let inner = parts.concat();
    let inner = inner.trim();
    let caption = caption.trim().replace(['*', '_'], "");
    let caption = caption.split_whitespace().collect::<Vec<_>>().join(" ");
    // One picture, linked or not.
    let one = inner.matches("![").count() == 1 && !inner.contains("\n\n");
    let with_title = inner.rfind("](").filter(|_| {
        one && inner.starts_with("![") && inner.ends_with(')') && !inner.ends_with("\")")
    });
    let out = match (caption.is_empty(), with_title) {
        (false, Some(_)) => format!(
            "{} \"{}\")",
            &inner[..inner.len() - 1],
            caption.replace('"', "\\\"")
        ),
        (false, None) => format!("{inner}\n\n*{caption}*"),
        (true, _) => inner.to_owned(),
    };
    Some(format!("\n\n{out}\n\n").into())
}

/// Code, with or without an element `code` in it.
fn code(_: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let mut text = String::new();
    let mut language = attribute(&element, "class")
        .map(language_of)
        .unwrap_or_default();
    collect(element.node, &mut text, &mut language);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    Some(
        format!(
            "\n\n{fence}{language}\n{}\n{fence}\n\n",
            text.trim_matches('\n')
        )
        .into(),
    )
}

fn collect(node: &htmd::Node, text: &mut String, language: &mut String) {
    for child in node.children.borrow().iter() {
        match &child.data {
            markup5ever_rcdom::NodeData::Text { contents } => text.push_str(&contents.borrow()),
            markup5ever_rcdom::NodeData::Element { name, attrs, .. } => {
                if &*name.local == "br" {
                    text.push('\n');
                }
                let attrs = attrs.borrow();
                let class = attrs
                    .iter()
                    .find(|attribute| &*attribute.name.local == "class");
                if let Some(class) = class.filter(|_| language.is_empty()) {
                    *language = language_of(&class.value);
                }
                collect(child, text, language);
            }
            _ => {}
        }
    }
}

fn language_of(class: &str) -> String {
    let mut words = class.split([' ', ';']);
    let found = words.find_map(|word| {
        word.strip_prefix("language-")
            .or_else(|| word.strip_prefix("lang-"))
            .or_else(|| word.strip_prefix("brush:"))
    });
    found
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphanumeric() || "+-#_".contains(*c))
        .collect()
}

/// Ghost's callouts; any other `div` is what stands in it.
fn callout(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let class = attribute(&element, "class").unwrap_or_default();
    if class.contains("kg-callout-emoji") {
        return Some(String::new().into());
    }
    let inner = handlers.walk_children(element.node).content;
    let kind = class
        .split(' ')
        .find_map(|class| class.strip_prefix("kg-callout-card-"));
    if class.split(' ').any(|class| class == "kg-callout-card") {
        return Some(written::callout(kind.unwrap_or("note"), false, "", inner.trim()).into());
    }
    Some(format!("\n\n{}\n\n", inner.trim_matches('\n')).into())
}

/// What Markdown has no sign for stays.
fn kept(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let inner = handlers.walk_children(element.node).content;
    Some(format!("<{0}>{inner}</{0}>", element.tag).into())
}
