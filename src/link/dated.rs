//! Files whose names begin with a day, and which would have one address without it: the day stays in.

use std::collections::BTreeMap;

use crate::config::Languages;
use crate::diagnostic::Diagnostic;
use crate::model::date::WrittenDate;
use crate::model::page::{Kind, Page};
use crate::model::source;
use crate::model::url::Permalink;

/// Gives each of them the address of its whole name, and says so once. Files that are not published count, so that no
/// address changes when they are.
pub(super) fn keep_apart(
    pages: &mut [Page],
    languages: &Languages,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut dated: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        if whole_name(page).is_some() {
            let at = dated.entry(page.permalink.as_str()).or_default();
            at.push(number);
        }
    }
    if dated.is_empty() {
        return;
    }
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages.iter() {
        *others.entry(page.permalink.as_str()).or_default() += 1;
    }
    dated.retain(|address, _| others[address] > 1);
    let mut changed: Vec<usize> = dated.into_values().flatten().collect();
    changed.sort_unstable();
    let Some(first) = changed.first() else { return };
    let message = match changed.len() {
        1 => "the day in this file's name stays in its address, which another page would have without".to_owned(),
        number => format!("the days in the names of this and {} other files stay in their addresses, which they would share without", number - 1),
    };
    let note = Diagnostic::note("dated-address", &pages[*first].path(), message);
    diagnostics.push(note.help("nothing to do; a `slug:` or an `address:` gives a file another"));
    for number in changed {
        let page = &mut pages[number];
        let slugs = languages.all()[languages.place(&page.source).language].slugs;
        let Some(name) = whole_name(page).map(|name| slugs.of(name)) else {
            continue;
        };
        let address = page.permalink.as_str().trim_matches('/');
        let above = address.rsplit_once('/').map_or("", |(above, _)| above);
        page.permalink = Permalink::page(&format!("{above}/{name}"));
    }
}

/// A file's name with the day that it begins with; none where it has none, or an address of its own.
fn whole_name(page: &Page) -> Option<&str> {
    let name = page.bare().rsplit('/').next().unwrap_or_default();
    let stem = source::without_ending(name);
    let is_own = page.front.slug.is_some() || page.front.address.is_some();
    let is_dated = matches!(page.kind, Kind::Article | Kind::Page)
        && WrittenDate::from_file_name(stem).is_some();
    (is_dated && !is_own).then_some(stem)
}
