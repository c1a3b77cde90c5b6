//! The answers. Each reads only what it shows: the list that it is asked for, and the cards that are taken from it.

use std::cmp::Reverse;

use super::body::among_others;
use super::place;
use super::{Answer, Arguments, Given, Wrong};
use crate::diagnostic::nearest;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::{Section, Taxonomy, Term};
use crate::model::url::leads_out;
use crate::output::template::{Value, extra, object, safe, value_of};
use crate::output::{View, body as page_body, context};

/// Sections within sections that are given, at most.
const DEEPEST: usize = 8;

pub(super) fn articles(view: &View<'_>, asked: &Arguments) -> Answer {
    let Some(lists) = or_nothing(asked, lists(view, asked))? else {
        return Ok(Given::list(Vec::new()));
    };
    let mut lists = lists.into_iter();
    let mut ids = match lists.next() {
        Some(list) => list,
        None => view.site.articles().to_vec(),
    };
    for mut other in lists {
        other.sort_unstable();
        ids.retain(|id| other.binary_search(id).is_ok());
    }
    if let Some(key) = asked.text("sort") {
        sort(view, &mut ids, key);
    }
    if asked.is("reverse") {
        ids.reverse();
    }
    let ids = ids.iter().skip(asked.number("skip").unwrap_or_default());
    let ids = ids.take(asked.number("first").unwrap_or(usize::MAX));
    Ok(Given::list(view.cards(ids)?))
}

/// The lists that an article must stand in, each in its own order.
fn lists(view: &View<'_>, asked: &Arguments) -> Result<Vec<Vec<PageId>>, Wrong> {
    let mut lists = Vec::new();
    if let Some(files) = asked.texts("files") {
        let pages = files.into_iter().map(|file| place::page(view, file));
        lists.push(pages.collect::<Result<_, _>>()?);
    }
    if let Some(written) = asked.text("linking_to") {
        let page = place::page(view, written)?;
        lists.push(view.site.backlinks(page).to_vec());
    }
    if let Some(written) = asked.text("linked_from") {
        lists.push(view.site.linked(place::page(view, written)?));
    }
    if let Some(written) = asked.text("section") {
        let number = place::section(view, written)?;
        let mut list = Vec::new();
        add_articles(view, number, asked.is("deep"), &mut list);
        lists.push(list);
    }
    for (argument, taxonomy) in [("tag", Taxonomy::TAGS), ("author", Taxonomy::AUTHORS)] {
        if let Some(written) = asked.text(argument) {
            lists.push(term(view, taxonomy, written)?.articles.clone());
        }
    }
    if let Some(written) = asked.text("term") {
        let taxonomy = taxonomy(view, asked.text("taxonomy").unwrap_or("tags"))?;
        lists.push(term(view, taxonomy, written)?.articles.clone());
    }
    Ok(lists)
}

/// The taxonomy of this name.
fn taxonomy(view: &View<'_>, written: &str) -> Result<Id<Taxonomy>, Wrong> {
    view.site.taxonomy_named(written).ok_or_else(|| {
        let keys = view.site.taxonomy_keys();
        Wrong::Asked(match nearest(written, keys.iter().copied()) {
            Some(near) => format!("there is no taxonomy `{written}`; did you mean `{near}`?"),
            None => format!(
                "there is no taxonomy `{written}`; there are {}",
                keys.join(", ")
            ),
        })
    })
}

/// The term of this name; an author's may be that of their file.
fn term<'v>(view: &View<'v>, taxonomy: Id<Taxonomy>, written: &str) -> Result<&'v Term, Wrong> {
    let named = match taxonomy == Taxonomy::AUTHORS {
        true => view.site.author_named(written).map(|id| view.site.term(id)),
        false => view.site.term_named(taxonomy, written),
    };
    named.ok_or_else(|| {
        let (taxonomy, terms) = view.site.taxonomy(taxonomy);
        let names = terms.rows().iter().map(|term| term.name.as_str());
        let hint = nearest(written, names)
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        Wrong::Asked(format!(
            "no published article has `{written}` in {}{hint}",
            taxonomy.key
        ))
    })
}

fn add_articles(view: &View<'_>, number: Id<Section>, deep: bool, list: &mut Vec<PageId>) {
    let section = view.site.section(number);
    list.extend(&section.articles);
    if deep {
        for child in &section.children {
            list.extend(
                view.site
                    .section(*child)
                    .page
                    .filter(|id| view.site.page(*id).is_hub()),
            );
            add_articles(view, *child, deep, list);
        }
    }
}

fn sort(view: &View<'_>, ids: &mut [PageId], key: &str) {
    let pages = view.site.sorting();
    let page = |id: &PageId| &pages[id.index()];
    match key {
        "title" => ids.sort_by_key(|id| page(id).title.to_lowercase()),
        "weight" => ids.sort_by_key(|id| page(id).front.weight.unwrap_or(i64::MAX)),
        "address" => ids.sort_by_key(|id| &page(id).permalink),
        "updated" => ids.sort_by_key(|id| Reverse(page(id).updated.or(page(id).date))),
        _ => ids.sort_by_key(|id| Reverse(page(id).date)),
    }
}

pub(super) fn article(view: &View<'_>, asked: &Arguments) -> Answer {
    let found = place::page(view, asked.must("article", "of")?);
    match or_nothing(asked, found)? {
        Some(id) => Ok(Given::one(view.card(id)?)),
        None => Ok(Given::one(Value::none())),
    }
}

pub(super) fn body(view: &View<'_>, asked: &Arguments) -> Answer {
    let id = place::page(view, asked.must("body", "of")?)?;
    let html = page_body::fill(view, id, false)?;
    let url = view.config.base_url.href(&view.site.page(id).permalink);
    Ok(Given {
        value: safe(&among_others(&html, &url)),
        // As much as it takes to hold it.
        entries: 1 + html.len() / 1024,
    })
}

pub(super) fn sections(view: &View<'_>, asked: &Arguments) -> Answer {
    let depth = asked.number("depth").unwrap_or(1).min(DEEPEST);
    let numbers: &[Id<Section>] = match asked.text("of") {
        None => view.site.top_sections(),
        Some(written) => match or_nothing(asked, place::section(view, written))? {
            Some(number) => view.site.section(number).children.as_slice(),
            None => &[],
        },
    };
    let numbers = numbers
        .iter()
        .take(asked.number("first").unwrap_or(usize::MAX));
    let mut entries = 0;
    let made = numbers.map(|number| one_section(view, *number, depth, &mut entries));
    let value = Value::from(made.collect::<Vec<_>>());
    Ok(Given { value, entries })
}

pub(super) fn section(view: &View<'_>, asked: &Arguments) -> Answer {
    let depth = asked.number("depth").unwrap_or(1).min(DEEPEST);
    let found = place::section(view, asked.must("section", "of")?);
    let mut entries = 0;
    let value = match or_nothing(asked, found)? {
        Some(number) => one_section(view, number, depth + 1, &mut entries),
        None => Value::none(),
    };
    Ok(Given { value, entries })
}

/// A section with those in it, down to a depth.
fn one_section(view: &View<'_>, number: Id<Section>, depth: usize, entries: &mut usize) -> Value {
    *entries += 1;
    let section = view.site.section(number);
    let page = section.page.map(|id| view.site.page(id));
    let children = section.children.iter().filter(|_| depth > 1);
    let children: Vec<Value> = children
        .map(|child| one_section(view, *child, depth - 1, entries))
        .collect();
    object! {
        "title" => section.title.as_str(),
        "url" => view.config.base_url.href(&section.permalink),
        "folder" => section.folder.as_str(),
        "description" => page.map_or(Value::none(), context::description),
        "count" => section.articles.len(),
        "sections" => children,
        "extra" => page.map_or_else(|| extra(&Default::default()), |page| extra(&page.front.extra)),
    }
}

pub(super) fn guides(view: &View<'_>, asked: &Arguments) -> Answer {
    let guides = view.site.guides().iter();
    let guides = guides.take(asked.number("first").unwrap_or(usize::MAX));
    let made = guides
        .map(|guide| view.guide(guide))
        .collect::<Result<Vec<_>, _>>()?;
    let steps = view.site.guides().iter().take(made.len());
    let entries = steps.map(|guide| 1 + guide.steps.len()).sum();
    let value = Value::from(made);
    Ok(Given { value, entries })
}

pub(super) fn guide(view: &View<'_>, asked: &Arguments) -> Answer {
    let written = asked.must("guide", "of")?;
    let found = place::page(view, written).and_then(|id| {
        let guide = view.site.guide_of_hub(id);
        guide.ok_or_else(|| Wrong::Asked(format!("`{written}` is no guide: it has no `steps`")))
    });
    let Some(guide) = or_nothing(asked, found)? else {
        return Ok(Given::one(Value::none()));
    };
    let entries = 1 + guide.steps.len();
    let value = view.guide(guide)?;
    Ok(Given { value, entries })
}

pub(super) fn tags(view: &View<'_>, asked: &Arguments) -> Answer {
    Ok(ranked(view, asked, Taxonomy::TAGS))
}

pub(super) fn authors(view: &View<'_>, asked: &Arguments) -> Answer {
    Ok(ranked(view, asked, Taxonomy::AUTHORS))
}

pub(super) fn terms(view: &View<'_>, asked: &Arguments) -> Answer {
    let found = taxonomy(view, asked.must("terms", "taxonomy")?);
    Ok(match or_nothing(asked, found)? {
        Some(taxonomy) => ranked(view, asked, taxonomy),
        None => Given::list(Vec::new()),
    })
}

/// Those that have articles, by their addresses or by how many they have.
fn ranked(view: &View<'_>, asked: &Arguments, taxonomy: Id<Taxonomy>) -> Given {
    let (_, terms) = view.site.taxonomy(taxonomy);
    let counted = terms.entries().map(|(id, term)| (id, term.articles.len()));
    let mut counted: Vec<_> = counted.filter(|(_, count)| *count > 0).collect();
    if asked.text("sort") == Some("count") {
        counted.sort_by_key(|(id, count)| (Reverse(*count), *id));
    }
    let first = asked.number("first").unwrap_or(usize::MAX);
    let ids = counted.into_iter().take(first);
    Given::list(ids.map(|(id, _)| view.term(id)).collect())
}

pub(super) fn pages(view: &View<'_>, asked: &Arguments) -> Answer {
    let mut ids = view.site.loose();
    sort(view, &mut ids, "title");
    sort(view, &mut ids, asked.text("sort").unwrap_or("weight"));
    ids.truncate(asked.number("first").unwrap_or(usize::MAX));
    Ok(Given::list(view.cards(&ids)?))
}

pub(super) fn data(view: &View<'_>, asked: &Arguments) -> Answer {
    let written = asked.must("data", "path")?;
    let path = written.trim_start_matches("data/");
    let found = view.site.data(path).ok_or_else(|| {
        let known = view.site.data_paths();
        let hint = match nearest(path, known.iter().copied()) {
            Some(near) => format!("; did you mean `{near}`?"),
            None if known.is_empty() => ": there is no data/, and no content/data/".to_owned(),
            None if leads_out(path) => format!(
                ": what stands in data/ can be read, such as `{}`, and nothing else",
                known[0]
            ),
            None => String::new(),
        };
        Wrong::Asked(format!("there is no data `{path}`{hint}"))
    });
    let value = or_nothing(asked, found)?.map_or(Value::none(), value_of);
    // Whatever it holds, it is handed on as it is, and read once.
    Ok(Given { value, entries: 1 })
}

/// Nothing in place of what is not there, where the template says that it may be missing.
fn or_nothing<T>(asked: &Arguments, found: Result<T, Wrong>) -> Result<Option<T>, Wrong> {
    match found {
        Err(Wrong::Asked(_)) if asked.is("optional") => Ok(None),
        found => found.map(Some),
    }
}

impl Given {
    fn one(value: Value) -> Given {
        Given { value, entries: 1 }
    }

    fn list(values: Vec<Value>) -> Given {
        let entries = values.len();
        let value = Value::from(values);
        Given { value, entries }
    }
}
