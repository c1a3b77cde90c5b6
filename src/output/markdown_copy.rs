//! Markdown copies, where `markdown_copies` in `site.toml` asks for them: beside each article, `index.md` has its text with
//! every link resolved and its up next. For programs that read; people have the page.

use std::ops::Range;

use super::{Job, Planner, Rendered, Subject, View, article, body, context, picture};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::model::page::{Inserted, InsertedKind, InsertedPart, LinkForm, PageId};
use crate::model::shortcode::{Shortcode, Value};
use crate::model::url::Permalink;
use crate::parse::front_matter;

const FILE: &str = "index.md";

/// A copy, but for the text itself, which is in the author's file.
pub struct MarkdownCopy {
    /// The file, relative to `content/`.
    pub source: String,
    /// Of the file's bytes; none where it shows other files.
    pub fingerprint: Option<Fingerprint>,
    before: String,
    places: Vec<Place>,
    /// What stands in the place of the tags of shortcodes, and of those that show other files.
    tags: Vec<Tag>,
    after: String,
}

/// Bytes, and the text that takes their place.
type Edit = (Range<usize>, String);

/// A tag, and what stands in its place.
struct Tag {
    span: Range<usize>,
    text: String,
    /// Its lines are as far indented as the tag.
    is_indented: bool,
}

/// A link or a picture of the text.
struct Place {
    span: Range<usize>,
    /// None for a picture.
    form: Option<LinkForm>,
    written: String,
    /// What a link without words of its own is called.
    title: String,
    /// A full address; none where readers can go nowhere.
    to: Option<String>,
}

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    if !planner.config.markdown_copies {
        return;
    }
    let own = |id: &PageId| planner.site.page(*id).original.is_none();
    for id in planner.site.ids().filter(own) {
        if let Some(job) = article::job(planner, id) {
            let owner = format!("the Markdown copy of {}", job.owner);
            jobs.push(Job::new(
                address(&job.permalink),
                owner,
                Subject::MarkdownCopy(id),
            ));
        }
    }
}

/// The copy of the page at an address.
fn address(page: &Permalink) -> Permalink {
    page.join(FILE)
}

/// The address of a page's copy; none where it has none.
pub(super) fn href(view: &View<'_>, id: PageId) -> Option<String> {
    let page = view.site.page(id);
    let is_own = page.original.is_none() && article::is_own_page(page);
    let has = view.config.markdown_copies && is_own;
    has.then(|| view.config.base_url.absolute(&address(&page.permalink)))
}

pub(super) fn render(view: &View<'_>, id: PageId) -> Result<Rendered, Box<Diagnostic>> {
    let page = view.site.page(id);
    let mut before = format!("# {}\n\n", context::title(view, id));
    if !page.description().is_empty() {
        before.push_str(&format!("> {}\n\n", page.description()));
    }
    before.push_str(&format!(
        "{}\n\n",
        view.config.base_url.absolute(&page.permalink)
    ));
    let mut places = Vec::new();
    for (number, (link, target)) in page.links.iter().zip(view.site.targets(id)).enumerate() {
        places.push(Place {
            span: link.span.clone(),
            form: Some(link.form),
            written: link.dest.clone(),
            title: match link.form {
                LinkForm::Wiki => body::link_title(view, id, number)?.into_owned(),
                _ => String::new(),
            },
            to: body::href(view, target, true),
        });
    }
    for (image, target) in page.images.iter().zip(view.site.pictures(id)) {
        let source = picture::source(view, target);
        places.push(Place {
            span: image.span.clone(),
            form: None,
            written: image.src.clone(),
            title: String::new(),
            to: source.map(|source| view.config.base_url.absolute_href(&source.src)),
        });
    }
    let shortcodes = page.shortcodes.iter();
    let shown: Vec<String> = shortcodes.map(|one| words_of(view, id, one)).collect();
    let mut tags: Vec<Tag> = page
        .inserted
        .iter()
        .map(|inserted| Tag {
            span: inserted.span.clone(),
            text: copied(inserted, &places, page.links.len(), &shown),
            is_indented: true,
        })
        .collect();
    // What is shown of another file has its links and tags at the tag that it stands for.
    let is_own = |span: &Range<usize>| {
        let mut inserted = page.inserted.iter().map(|inserted| &inserted.span);
        !inserted.any(|tag| tag.start <= span.start && span.end <= tag.end)
    };
    places.retain(|place| is_own(&place.span));
    for (shortcode, text) in page.shortcodes.iter().zip(shown) {
        let end = shortcode.end.iter().map(|end| (end, String::new()));
        let both = std::iter::once((&shortcode.span, text)).chain(end);
        tags.extend(
            both.filter(|(span, _)| is_own(span))
                .map(|(span, text)| Tag {
                    span: span.clone(),
                    text,
                    is_indented: false,
                }),
        );
    }
    Ok(Rendered::Markdown(Box::new(MarkdownCopy {
        source: page.source.clone(),
        fingerprint: page.included.is_empty().then_some(page.fingerprint),
        before,
        tags,
        places,
        after: up_next(view, id),
    })))
}

/// What stands in the place of the tag of a shortcode: the words, pictures and addresses among its arguments.
fn words_of(view: &View<'_>, id: PageId, shortcode: &Shortcode) -> String {
    let page = view.site.page(id);
    let base = &view.config.base_url;
    let declared = view.theme.shortcodes.get(&shortcode.name);
    let is_inline = declared.is_some_and(|declared| declared.inline);
    let mut parts: Vec<String> = Vec::new();
    for arg in &shortcode.args {
        parts.extend(match &arg.value {
            Value::Picture(n) => {
                let target = &view.site.pictures(id)[*n as usize];
                picture::source(view, target).map(|source| {
                    let alt = words(&page.images[*n as usize].alt);
                    let to = destination(&base.absolute_href(&source.src));
                    format!("![{alt}]({to})")
                })
            }
            Value::Link(n) => {
                let target = &view.site.targets(id)[*n as usize];
                body::href(view, target, true).map(|url| format!("<{url}>"))
            }
            Value::Elsewhere(url) => Some(format!("<{url}>")),
            Value::Player(n) => {
                let player = page.embeds.get(*n as usize);
                player.map(|player| format!("<{}>", player.url))
            }
            _ => None,
        });
    }
    let said = shortcode.words();
    parts.extend(said.map(|words| match shortcode.has_body && !is_inline {
        true => format!("**{}**", words.trim()),
        false => words.to_owned(),
    }));
    let text = parts.join(if is_inline { " " } else { "\n\n" });
    // What stands between its tags is no part of the paragraph before it.
    match shortcode.has_body && !is_inline && !text.is_empty() {
        true => text + "\n",
        false => text,
    }
}

/// The text of another file, with its links and pictures resolved and without the tags of shortcodes.
fn copied(inserted: &Inserted, places: &[Place], links: usize, shown: &[String]) -> String {
    let text = &inserted.text;
    let parts = inserted.parts.iter();
    let edits = parts.filter_map(|InsertedPart { span, kind }| match kind {
        InsertedKind::Link(n) => places[*n as usize].edit_in(text, span),
        InsertedKind::Picture(n) => places[links + *n as usize].edit_in(text, span),
        InsertedKind::Shortcode(n) => Some((
            span.clone(),
            indented(text, span.start, &shown[*n as usize]),
        )),
        InsertedKind::End => Some((span.clone(), String::new())),
    });
    let copied = edited(text, 0, edits.collect());
    let lines = copied
        .split('\n')
        .map(|line| match line.trim_matches([' ', '>']) {
            "" => line.trim_end(),
            _ => line,
        });
    lines.collect::<Vec<&str>>().join("\n")
}

/// A text from a byte on, with edits in it.
fn edited(text: &str, from: usize, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(at, _)| (at.start, at.end));
    let mut out = String::with_capacity(text.len());
    let mut done = from;
    for (at, new) in edits {
        // A picture in a link that has become something else, or a file that was changed meanwhile.
        let Some(between) = text.get(done..at.start) else {
            continue;
        };
        out.push_str(between);
        out.push_str(&new);
        done = at.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Lines as far indented as what stands at a byte of a text, and in the same quotes.
fn indented(text: &str, at: usize, lines: &str) -> String {
    let before = text.get(..at).unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default();
    let prefix: String = before
        .chars()
        .map(|sign| if sign == '>' { '>' } else { ' ' })
        .collect();
    let mut out = String::with_capacity(lines.len());
    for (number, line) in lines.split('\n').enumerate() {
        match (number, line) {
            (0, _) => {}
            (_, "") => out.push_str(&format!("\n{}", prefix.trim_end())),
            _ => out.push_str(&format!("\n{prefix}")),
        }
        out.push_str(line);
    }
    out
}

fn up_next(view: &View<'_>, id: PageId) -> String {
    let entries = view.site.up_next(id);
    if entries.is_empty() {
        return String::new();
    }
    let mut out = format!("\n## {}\n\n", view.theme.string("up_next"));
    for entry in entries {
        let to = href(view, entry.page);
        let to = to.unwrap_or_else(|| {
            view.config
                .base_url
                .absolute(&view.site.page(entry.page).permalink)
        });
        let (title, reason) = (
            context::title(view, entry.page),
            context::up_next::words_of(view, entry),
        );
        out.push_str(&format!(
            "- [{}]({}): {reason}\n",
            words(title),
            destination(&to)
        ));
    }
    out
}

/// Text as the words of a link.
pub(super) fn words(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}

/// An address as the destination of a link.
pub(super) fn destination(url: &str) -> String {
    url.replace('(', "%28")
        .replace(')', "%29")
        .replace(' ', "%20")
}

impl MarkdownCopy {
    /// The copy, of the text of the author's file.
    pub fn of(&self, text: &str) -> String {
        let start = front_matter::split("", text).map_or(0, |split| split.body);
        let places = self.places.iter();
        let places = places.filter_map(|place| place.edit_in(text, &place.span));
        let tags = self.tags.iter().map(|tag| {
            let new = match tag.is_indented {
                true => tag.text.clone(),
                false => indented(text, tag.span.start, &tag.text),
            };
            (tag.span.clone(), new)
        });
        let mut out = self.before.clone();
        out.push_str(edited(text, start, places.chain(tags).collect()).trim_end());
        out.push('\n');
        out.push_str(&self.after);
        out
    }
}

impl Place {
    /// What becomes of the bytes of a text that it stands in.
    fn edit_in(&self, text: &str, span: &Range<usize>) -> Option<Edit> {
        let (at, new) = self.edit(text.get(span.clone())?)?;
        Some((span.start + at.start..span.start + at.end, new))
    }

    /// What becomes of `source`, the bytes that it stands in: which of them are replaced, and by what.
    fn edit(&self, source: &str) -> Option<Edit> {
        let to = self.to.as_deref().map(destination);
        let whole = 0..source.len();
        match (self.form, to) {
            (Some(LinkForm::Bare), _) | (None, None) => None,
            (Some(LinkForm::Attribute), to) => {
                // What another file says is known as from the site's root on.
                let tails = self.written.match_indices('/').map(|(at, _)| at + 1);
                let mut written = std::iter::once(0)
                    .chain(tails)
                    .map(|at| &self.written[at..])
                    .filter(|one| !one.is_empty());
                let (at, written) = written.find_map(|one| Some((source.find(one)?, one)))?;
                Some((at..at + written.len(), to?))
            }
            (Some(LinkForm::Wiki), to) => {
                let inner = source.strip_prefix("[[")?.strip_suffix("]]")?;
                let own = inner.split_once('|').map(|(_, own)| own.trim());
                let label = own.map_or_else(|| words(&self.title), str::to_owned);
                Some((
                    whole,
                    to.map_or(label.clone(), |to| format!("[{label}]({to})")),
                ))
            }
            (_, to) => match (self.destination(source), to) {
                (Some(at), Some(to)) => Some((at, to)),
                (at, to) => {
                    let end = at.map_or_else(
                        || source.find("][").or(source.find(']')),
                        |at| source[..at.start].rfind("]("),
                    );
                    let label = source.get(source.find('[')? + 1..end?)?;
                    let sign = if self.form.is_none() { "!" } else { "" };
                    Some((
                        whole,
                        to.map_or(label.to_owned(), |to| format!("{sign}[{label}]({to})")),
                    ))
                }
            },
        }
    }

    /// Where the destination stands in `[words](destination "title")`; none where it is defined elsewhere.
    fn destination(&self, source: &str) -> Option<Range<usize>> {
        let places = source.rmatch_indices("](").map(|(at, _)| at + 2);
        let places: Vec<Range<usize>> = places
            .map(|from| {
                let from = from + source[from..].len() - source[from..].trim_start().len();
                let rest = &source[from..];
                let length = match rest.starts_with('<') {
                    true => rest.find('>').map_or(rest.len(), |end| end + 1),
                    false => rest
                        .find(char::is_whitespace)
                        .unwrap_or(rest.len() - usize::from(rest.ends_with(')'))),
                };
                from..from + length
            })
            .collect();
        let is_it =
            |at: &&Range<usize>| source[(*at).clone()].trim_matches(['<', '>']) == self.written;
        places.iter().find(is_it).or(places.first()).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_as_they_are_written() {
        let new = |source: &str, written: &str, form, to: Option<&str>| {
            let place = Place {
                span: 0..source.len(),
                form,
                written: written.to_owned(),
                title: "Title".to_owned(),
                to: to.map(str::to_owned),
            };
            let (at, new) = place.edit(source).unwrap_or((0..0, String::new()));
            format!("{}{new}{}", &source[..at.start], &source[at.end..])
        };
        let link = Some(LinkForm::Markdown);
        for (source, written, form, resolved, nowhere) in [
            ("[a](b.md)", "b.md", link, "[a](U)", "a"),
            ("[a](b.md \"x](y\")", "b.md", link, "[a](U \"x](y\")", "a"),
            ("[a](<b c.md>)", "b c.md", link, "[a](U)", "a"),
            ("[a]( b(1).md )", "b(1).md", link, "[a]( U )", "a"),
            (
                "[![p](p.png)](b.md)",
                "b.md",
                link,
                "[![p](p.png)](U)",
                "![p](p.png)",
            ),
            ("[a][b]", "b.md", link, "[a](U)", "a"),
            ("[a]", "b.md", link, "[a](U)", "a"),
            (
                "![p](p.png \"t\")",
                "p.png",
                None,
                "![p](U \"t\")",
                "![p](p.png \"t\")",
            ),
            ("![p][q]", "p.png", None, "![p](U)", "![p][q]"),
            ("[[b]]", "b", Some(LinkForm::Wiki), "[Title](U)", "Title"),
            ("[[b|a]]", "b", Some(LinkForm::Wiki), "[a](U)", "a"),
            (
                "<a href=\"b.md\">",
                "b.md",
                Some(LinkForm::Attribute),
                "<a href=\"U\">",
                "<a href=\"b.md\">",
            ),
            (
                "https://x.org/",
                "https://x.org/",
                Some(LinkForm::Bare),
                "https://x.org/",
                "https://x.org/",
            ),
            ("", "", link, "", ""),
        ] {
            assert_eq!(new(source, written, form, Some("U")), resolved);
            assert_eq!(new(source, written, form, None), nowhere);
        }
    }
}
