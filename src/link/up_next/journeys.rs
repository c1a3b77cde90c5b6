//! Where readers go on: `[up_next] journeys` names a file that tells how many readers went from one article to another.
//! What it tells counts the less, the fewer readers there are.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::link::reference::{Found, Index};
use crate::model::extra::ExtraValue;
use crate::model::page::PageId;
use crate::model::site::{DataFile, Site};
use crate::model::url::BaseUrl;

/// What an article gains to which all readers go on.
const READERS: f32 = 1.5;
/// Readers who are added to those who went on, so that a few of them say little.
const DOUBT: f32 = 40.0;
/// With a third of the readers an article has gained all that it can: nobody offers one next article alone.
const SHARE: f32 = 3.0;

/// By article, those that readers go on to, sorted, and what these gain.
#[derive(Default)]
pub(super) struct Journeys(BTreeMap<u32, Vec<(u32, f32)>>);

impl Journeys {
    /// Reads the file. What it tells of pages that are no articles, or that are not there any more, counts among all
    /// readers and for no article.
    pub(super) fn read(
        file: &DataFile,
        site: &Site,
        ids: &[PageId],
        index: &Index<'_>,
        base_url: &BaseUrl,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Journeys {
        let mut wrong = |message: String| {
            let path = format!("data/{}", file.path);
            let error = Diagnostic::error("data", &path, message);
            diagnostics.push(error.help(
                "the first line is `from,to,readers`; each further line has two addresses, or files in content/, and a number",
            ));
        };
        let ExtraValue::List(rows) = &file.value else {
            wrong("this is no table of journeys".to_owned());
            return Journeys::default();
        };
        let place = |written: &str| -> Option<u32> {
            let own = base_url.within(written);
            let name = own.as_deref().unwrap_or(written);
            let name = &name[..name.find(['?', '#']).unwrap_or(name.len())];
            match index.find(name.strip_prefix("content/").unwrap_or(name), "") {
                Found::Page(id) if site.page(id).is_article() => {
                    ids.binary_search(&id).ok().map(|place| place as u32)
                }
                _ => None,
            }
        };
        let mut all: BTreeMap<u32, f32> = BTreeMap::new();
        let mut readers: BTreeMap<(u32, u32), f32> = BTreeMap::new();
        for (number, row) in rows.iter().enumerate() {
            let Some(row) = Row::read(row) else {
                wrong(format!("line {} tells of no journey", number + 2));
                continue;
            };
            let Some(from) = place(row.from) else {
                continue;
            };
            *all.entry(from).or_default() += row.readers;
            if let Some(to) = place(row.to).filter(|to| *to != from) {
                *readers.entry((from, to)).or_default() += row.readers;
            }
        }
        let mut journeys = Journeys::default();
        for ((from, to), readers) in readers {
            // Of so many as many may have come by chance as their square root.
            let sure = readers - readers.sqrt();
            let share = SHARE * sure / (all[&from] + DOUBT);
            let gain = READERS * share.min(1.0);
            journeys.0.entry(from).or_default().push((to, gain));
        }
        journeys
    }

    /// Those that readers of an article go on to, sorted, and what they gain.
    pub(super) fn of(&self, article: usize) -> &[(u32, f32)] {
        self.0.get(&(article as u32)).map_or(&[], Vec::as_slice)
    }

    /// What `other` gains in the list of `article`.
    pub(super) fn gain(&self, article: usize, other: usize) -> f32 {
        let own = self.of(article);
        let found = own.binary_search_by_key(&(other as u32), |(to, _)| *to);
        found.map_or(0.0, |at| own[at].1)
    }
}

/// A line of the file.
struct Row<'v> {
    from: &'v str,
    to: &'v str,
    readers: f32,
}

impl Row<'_> {
    fn read(value: &ExtraValue) -> Option<Row<'_>> {
        let ExtraValue::Map(fields) = value else {
            return None;
        };
        let text = |name: &str| match fields.get(name) {
            Some(ExtraValue::Text(text)) => Some(text.trim()),
            _ => None,
        };
        let readers = match fields.get("readers").or_else(|| fields.get("count"))? {
            ExtraValue::Text(text) => text.trim().parse().ok()?,
            ExtraValue::Integer(readers) => u32::try_from(*readers).ok()?,
            _ => return None,
        };
        Some(Row {
            from: text("from")?,
            to: text("to")?,
            readers: readers as f32,
        })
    }
}
