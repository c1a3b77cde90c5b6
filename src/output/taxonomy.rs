//! The pages of terms (each tag, each author, each term of the site's own taxonomies), and of all terms of a taxonomy.

use std::collections::BTreeMap;

use super::head::Head;
use super::template::{Value, object, safe, with};
use super::theme::Theme;
use super::{Job, Planner, Rendered, Subject, View, author, body, context, listing};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::{Taxonomy, Term};

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    let site = planner.site;
    for (id, term) in site.terms.entries() {
        let owner = term.page.map_or_else(
            || {
                format!(
                    "the {} `{}`",
                    site.taxonomies[term.taxonomy].one(),
                    term.name
                )
            },
            |page| site.page(page).path(),
        );
        let articles = term.articles.len();
        let subject = Subject::Term(id);
        listing::plan(planner, jobs, &term.permalink, &owner, subject, articles);
    }
    for (id, taxonomy) in site.taxonomies.entries() {
        let key = taxonomy.key.as_str();
        let is_wanted = site.indexes.contains_key(key) || planner.menu_leads_to(key);
        if !taxonomy.terms.is_empty() || is_wanted {
            let owner = format!("the list of {key}");
            let permalink = planner.config.page_at(key);
            jobs.push(Job::new(permalink, owner, Subject::Taxonomy(id)));
        }
    }
}

/// A taxonomy as templates read it; `title` is empty where the theme has words for it.
pub(super) fn value(config: &Config, theme: &Theme, key: &str, title: &str) -> Value {
    object! {
        "key" => key,
        "title" => if title.is_empty() { theme.string(key) } else { title },
        "url" => config.base_url.href(&config.page_at(key)),
    }
}

/// A page's terms of the site's own taxonomies, by taxonomy; without those of which it has none.
pub(super) fn own_terms(view: &View<'_>, id: PageId) -> Vec<Value> {
    let terms = view.site.places(id).terms.iter().skip(Taxonomy::BUILT_IN);
    let own = view.config.taxonomies.iter().zip(terms);
    let own = own.filter(|(_, terms)| !terms.is_empty());
    let own = own.map(|((key, title), terms)| {
        let terms: Vec<Value> = terms.iter().map(|term| view.term(*term)).collect();
        let taxonomy = value(view.config, view.theme, key, title);
        with(taxonomy, "terms", terms.into())
    });
    own.collect()
}

/// A page of a term's list.
pub(super) fn term(view: &View<'_>, job: &Job, id: Id<Term>) -> Result<Rendered, Box<Diagnostic>> {
    let term = view.site.term(id);
    let is_author = term.taxonomy == Taxonomy::AUTHORS;
    let (words, noun, template) = match is_author {
        true => ("author_description", "author", "author.html"),
        false => ("tag_description", "tag", "tag.html"),
    };
    let is_first = job.number == 1;
    let page = term.page.map(|id| view.site.page(id));
    let own = match is_author {
        true => page.and_then(|page| page.front.bio.as_ref().map(|bio| bio.0.as_str())),
        false => page
            .map(|page| page.description())
            .filter(|text| !text.is_empty()),
    };
    let description = own.map_or_else(
        || view.theme.string_with(words, noun, &term.name),
        str::to_owned,
    );
    let mut head = Head::new(&term.name, &description, &job.permalink);
    if is_author && is_first {
        head.page = term.page;
        head.author = Some(id);
    }
    head.noindex = page.is_some_and(|page| page.front.noindex == Some(true));
    head.neighbours = listing::neighbours(view, job, &term.permalink, term.articles.len());
    if view.config.feeds.size > 0 && view.config.feeds.each {
        head.feed = Some((term.name.clone(), term.permalink.join("feed.xml")));
    }
    let mut context = head.context(view);
    let html = match term.page.filter(|_| is_first) {
        Some(id) => body::fill(view, id, false)?,
        None => String::new(),
    };
    if is_author {
        context.insert_value("author", view.term(id));
        context.insert_value("body", safe(&html));
    } else {
        let tag = object! {
            "name" => term.name.as_str(),
            "description" => page.map_or(Value::none(), context::description),
            "body" => safe(&html),
            "related" => related(view, id),
        };
        let own = term.taxonomy.index().checked_sub(Taxonomy::BUILT_IN);
        let own = own.and_then(|index| view.config.taxonomies.iter().nth(index));
        let (key, title) = own.unwrap_or(("tags", ""));
        let taxonomy = value(view.config, view.theme, key, title);
        context.insert_value("taxonomy", taxonomy);
        context.insert_value("tag", tag);
    }
    listing::insert(view, job, &mut context, &term.permalink, &term.articles)?;
    view.page(template, &context, &job.owner)
}

/// The terms that most often stand beside this one, at most eight. Of its articles the newest 200 are asked, so that a
/// tag of a hundred thousand costs no more.
fn related(view: &View<'_>, id: Id<Term>) -> Value {
    let term = view.site.term(id);
    let mut counts: BTreeMap<Id<Term>, usize> = BTreeMap::new();
    for article in term.articles.iter().take(200) {
        let beside = view.site.places(*article).terms_of(term.taxonomy).iter();
        for other in beside.filter(|other| **other != id) {
            *counts.entry(*other).or_default() += 1;
        }
    }
    let mut counts: Vec<(Id<Term>, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(term, count)| (std::cmp::Reverse(*count), *term));
    let links = counts.iter().take(8).map(|(term, _)| view.term(*term));
    Value::from(links.collect::<Vec<_>>())
}

/// A term as templates read it; [`View::term`] keeps it.
pub(super) fn link(view: &View<'_>, id: Id<Term>) -> Value {
    let term = view.site.term(id);
    if term.taxonomy == Taxonomy::AUTHORS {
        return author::of(view, term);
    }
    object! {
        "title" => term.name.as_str(),
        "url" => view.config.base_url.href(&term.permalink),
        "count" => term.articles.len(),
    }
}

/// The page of all terms.
pub(super) fn all(
    view: &View<'_>,
    job: &Job,
    id: Id<Taxonomy>,
) -> Result<Rendered, Box<Diagnostic>> {
    let (taxonomy, terms) = view.site.taxonomy(id);
    let key = taxonomy.key.as_str();
    let index = view.site.index_of(key);
    let page = index.map(|id| view.site.page(id));
    let own_title = match taxonomy.title.as_str() {
        "" => view.theme.string(key),
        title => title,
    };
    let title = index.map_or(own_title, |id| context::title(view, id));
    let (words, name, template) = match id == Taxonomy::AUTHORS {
        true => ("authors_description", "authors", "authors.html"),
        false => ("tags_description", "tags", "tags.html"),
    };
    let described = page.map(|page| page.description());
    let described = described.filter(|text| !text.is_empty());
    let description = described.unwrap_or_else(|| view.theme.string(words));
    let mut head = Head::new(title, description, &job.permalink);
    head.noindex = page.is_some_and(|page| page.front.noindex == Some(true));
    let mut context = head.context(view);
    let html = index.map_or(Ok(String::new()), |id| body::fill(view, id, false))?;
    let is_listed = |term: &Term| id == Taxonomy::AUTHORS || !term.articles.is_empty();
    let listed = terms.entries().filter(|(_, term)| is_listed(term));
    let listed: Vec<Value> = listed.map(|(id, _)| view.term(id)).collect();
    context.insert_value("title", Value::from(title));
    context.insert_value("body", safe(&html));
    let taxonomy = value(view.config, view.theme, key, &taxonomy.title);
    context.insert_value("taxonomy", taxonomy);
    context.insert_value(name, Value::from(listed));
    view.page(template, &context, &job.owner)
}
