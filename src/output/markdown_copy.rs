//! Markdown copies, where `markdown_copies` in `site.toml` asks for them: beside each article, `index.md` has its text with
//! every link resolved and its up next. For programs that read; people have the page.

mod text;

use std::ops::Range;

use super::{Job, Planner, Rendered, Subject, View, body, context, picture, target};
use crate::diagnostic::Diagnostic;
use crate::model::page::{LinkForm, PageId};
use crate::model::shortcode::{Shortcode, Value};
use crate::model::url::Permalink;
pub use text::MarkdownCopy;
use text::{Place, Tag, copied};
pub(super) use text::{destination, words};

const FILE: &str = "index.md";

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    if !planner.config.markdown_copies {
        return;
    }
    let own = |id: &PageId| planner.site.page(*id).original.is_none();
    for id in planner.site.ids().filter(own) {
        let page = planner.site.page(id);
        if page.stands_alone() {
            let owner = format!("the Markdown copy of {}", page.path());
            jobs.push(Job::new(
                address(&page.permalink),
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
    let is_own = page.original.is_none() && page.stands_alone();
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
            to: target::href(view, target, true),
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
                target::href(view, target, true).map(|url| format!("<{url}>"))
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
