//! Lists what readers do not see: drafts, what is dated for later, what is over.

use super::{Desk, NO_SITE, Page, count, file, named};
use crate::build::preview::Built;
use crate::build::{Edition, parsing};
use crate::escape;
use crate::model::page::{Page as Article, PageId};
use crate::model::site::Skipped;
use crate::parse::{self, terms};
use crate::scan;

pub(super) const PAGE: Page = Page {
    name: "drafts",
    title: "Drafts",
    count: |desk| {
        let skipped = skipped(desk.site?);
        let left_out = skipped.drafts.len() + skipped.scheduled.len() + skipped.expired.len();
        let shown = drafts(desk).len() + scheduled(desk).len();
        Some(left_out + shown)
    },
    body,
};

/// Files that are read for their titles, at most.
const READ: usize = 500;

fn body(desk: &Desk<'_>) -> String {
    let Some(built) = desk.site else {
        return NO_SITE.to_owned();
    };
    let (setup, skipped) = (&desk.state.setup, skipped(built));
    let with = |flag: &str, is_on: bool| match is_on {
        true => format!("Shown here because of <code>{flag}</code>; readers do not see them."),
        false => format!("Not shown here. To look at them: <code>gen serve {flag}</code>"),
    };
    let parts = [
        (
            "Drafts",
            with("--drafts", setup.drafts),
            drafts(desk),
            &skipped.drafts,
        ),
        (
            "Scheduled",
            with("--future", setup.future),
            scheduled(desk),
            &skipped.scheduled,
        ),
        (
            "Expired",
            "Their last day is over: move <code>expires</code> to bring one back.".to_owned(),
            Vec::new(),
            &skipped.expired,
        ),
    ];
    let part = |(title, note, shown, left_out): &(&str, String, Vec<Shown<'_>>, &Vec<String>)| {
        let number = shown.len() + left_out.len();
        if number == 0 {
            return format!("<section><h2>{title}</h2><p class=\"good\">None.</p></section>");
        }
        let shown = shown.iter().map(|(edition, id)| {
            let about = about(edition.site.page(*id));
            format!(
                "<li>{} <span class=\"note\">{about}</span></li>",
                named(desk, edition, *id)
            )
        });
        let left_out = left_out
            .iter()
            .take(READ)
            .map(|source| unseen(desk, built, source));
        let list: String = shown.chain(left_out).collect();
        format!(
            "<section><h2>{title}</h2><p class=\"note\">{note}</p><ul class=\"pages\">{list}</ul></section>"
        )
    };
    parts.iter().map(part).collect()
}

/// Drafts that are shown.
fn drafts<'d>(desk: &Desk<'d>) -> Vec<Shown<'d>> {
    shown(desk, |article, _| article.front.draft == Some(true))
}

/// What is shown though its day is to come.
fn scheduled<'d>(desk: &Desk<'d>) -> Vec<Shown<'d>> {
    shown(desk, |article, built| {
        let date = article.date;
        article.front.draft != Some(true)
            && date.is_some_and(|date| date.is_after(built.loaded.now))
    })
}

/// A page in one of the site's languages.
type Shown<'a> = (&'a Edition, PageId);

fn shown<'d>(desk: &Desk<'d>, is: impl Fn(&Article, &Built) -> bool) -> Vec<Shown<'d>> {
    let Some(built) = desk.site else {
        return Vec::new();
    };
    let mut shown = Vec::new();
    for edition in &built.loaded.editions {
        let site = &edition.site;
        let own = site.ids().filter(|id| site.page(*id).original.is_none());
        let own = own.filter(|id| is(site.page(*id), built));
        shown.extend(own.map(|id| (edition, id)));
    }
    shown
}

/// What was left out, in all languages.
fn skipped(built: &Built) -> Skipped {
    let mut all = Skipped::default();
    for edition in &built.loaded.editions {
        let skipped = edition.site.skipped.clone();
        all.drafts.extend(skipped.drafts);
        all.scheduled.extend(skipped.scheduled);
        all.expired.extend(skipped.expired);
    }
    all
}

/// When it comes and goes, and how long it is.
fn about(article: &Article) -> String {
    let mut parts = Vec::new();
    parts.extend(article.date.map(|date| date.day().to_string()));
    parts.extend(
        article
            .expires
            .map(|date| format!("expires {}", date.day())),
    );
    parts.push(count(article.words as usize, "word", "words"));
    parts.join(" · ")
}

/// An article that is left out, as far as its file tells.
fn unseen(desk: &Desk<'_>, built: &Built, source: &str) -> String {
    let path = format!("content/{source}");
    let edition = built.loaded.edition_of(source);
    let options = parsing(
        &edition.config,
        &edition.theme,
        &built.loaded.bundles,
        &parse::no_files,
        &parse::no_notes,
    );
    let mut memory = terms::Memory::new(&edition.config.language);
    let bytes = scan::file(&desk.state.setup.root, &path).unwrap_or_default();
    let (article, _) = parse::page(source, &bytes, &options, &mut memory);
    let (title, about) = article.map_or((String::new(), String::new()), |article| {
        (article.title.clone(), about(&article))
    });
    format!(
        "<li>{} {} <span class=\"note\">{about}</span></li>",
        escape::html(&title),
        file(desk, &path)
    )
}
