//! Every article in one table, with a score.

use std::collections::BTreeMap;

use super::links::places;
use super::{Desk, MOST, NO_SITE, Page, count, named, suggestions};
use crate::build::Edition;
use crate::diagnostic::Severity;
use crate::escape;
use crate::graph::linked;
use crate::model::page::{Page as Article, PageId};

pub(super) const PAGE: Page = Page {
    name: "articles",
    title: "Articles",
    count: |desk| {
        let editions = desk.site?.loaded.editions.iter();
        Some(editions.map(|edition| edition.site.articles.len()).sum())
    },
    body,
};

/// What an article without a message has.
const FULL: usize = 100;
/// What an error and a warning take.
const ERROR: usize = 20;
const WARNING: usize = 5;

/// The columns after the title: name, whether it is a number, and what it means.
const COLUMNS: [(&str, bool, &str); 7] = [
    ("Section", false, "the folder that the article is in"),
    ("Words", true, "words of the text, code left out"),
    ("In", true, "pages that link to it in their text"),
    (
        "Out",
        true,
        "pages of the site that it links to in its text",
    ),
    ("Up next", true, "up-next lists that it stands in"),
    ("Messages", true, "errors and warnings in its file"),
    (
        "Score",
        true,
        "100, less 20 for each error and 5 for each warning",
    ),
];

/// An article's line.
struct Row<'a> {
    edition: &'a Edition,
    id: PageId,
    section: String,
    numbers: [usize; 6],
}

impl Row<'_> {
    fn score(&self) -> usize {
        self.numbers[5]
    }
}

fn body(desk: &Desk<'_>) -> String {
    let Some(built) = desk.site else {
        return NO_SITE.to_owned();
    };
    let editions = built.loaded.editions.iter();
    let mut rows: Vec<Row<'_>> = editions.flat_map(|edition| rows(desk, edition)).collect();
    // Those that want work first; the others in the order of their files.
    rows.sort_by_key(|row| row.score());
    let more = match rows.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(
            "<p class=\"note\">{} with better scores are not shown.</p>",
            count(more, "article", "articles")
        ),
    };
    let mut head = "<th scope=\"col\">Title</th>".to_owned();
    for (name, is_number, meaning) in COLUMNS {
        let class = if is_number { " class=\"number\"" } else { "" };
        head.push_str(&format!(
            "<th scope=\"col\"{class} title=\"{meaning}\">{name}</th>"
        ));
    }
    let lines: String = rows.iter().take(MOST).map(|row| line(desk, row)).collect();
    format!(
        "<p class=\"lead\">The score is {FULL}, less {ERROR} for each error and {WARNING} for each warning in the \
         article’s own file; it never falls below 0. It says how much there is to do, not how good the text is. In: pages that link to it in their text. Out: pages \
         that it links to. Up next: lists that show it.</p>\
         <table class=\"articles\"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>{more}\
         <script src=\"/_gen/sort.js\" defer></script>"
    )
}

fn rows<'a>(desk: &Desk<'_>, edition: &'a Edition) -> Vec<Row<'a>> {
    let site = &edition.site;
    let places = places(site);
    let mut wrong: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for message in desk.messages {
        let (errors, warnings) = wrong.entry(message.path.as_str()).or_default();
        match message.severity {
            Severity::Error => *errors += 1,
            Severity::Warning => *warnings += 1,
            Severity::Note => {}
        }
    }
    let row = |id: PageId| {
        let page = site.page(id);
        let (errors, warnings) = wrong.get(&*page.path()).copied().unwrap_or_default();
        let section = site.places[id.index()].section;
        Row {
            edition,
            id,
            section: section.map_or(String::new(), |at| site.sections[at].title.clone()),
            numbers: [
                page.words as usize,
                site.backlinks[id.index()].len(),
                linked(site, id).len(),
                places[id.index()],
                errors + warnings,
                FULL.saturating_sub(errors * ERROR + warnings * WARNING),
            ],
        }
    };
    site.articles_by_file().into_iter().map(row).collect()
}

fn line(desk: &Desk<'_>, row: &Row<'_>) -> String {
    let mut line = format!(
        "<tr><th scope=\"row\">{}</th><td data-name=\"Section\">{}</td>",
        named(desk, row.edition, row.id),
        escape::html(&row.section)
    );
    let page = row.edition.site.page(row.id);
    for (number, (name, ..)) in row.numbers.iter().zip(&COLUMNS[1..]) {
        let more = match *name {
            "In" => more("to", "Suggest links to", page),
            "Out" => more("from", "Suggest links out of", page),
            _ => String::new(),
        };
        line.push_str(&format!(
            "<td class=\"number\" data-name=\"{name}\">{number}{more}</td>"
        ));
    }
    line.push_str("</tr>");
    line
}

/// The way to suggestions for one article.
fn more(key: &str, what: &str, page: &Article) -> String {
    format!(
        "<a class=\"more\" href=\"{}\" aria-label=\"{what} {}\" title=\"{what} it\">+</a>",
        suggestions::address(key, &page.path()),
        escape::html(&page.title)
    )
}
