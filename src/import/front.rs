//! The front matter of an article of the new site: what its path does not say already.

use std::collections::BTreeSet;

use super::doc::Doc;
use crate::config::{Languages, Taxonomies};
use crate::list::words;
use crate::model::front_matter::text::OneOrMany;
use crate::model::page::Kind;
use crate::model::slug::{fold, slugify};
use crate::parse;

/// Keys that only tell an old theme, or its system, how to draw a page.
const THEMES: [&str; 14] = words(
    "layout type id eleventyNavigation sidebar_label sidebar_position permalink url path parent \
    nav_order resources cascade sort_by",
);
/// Writes into the front matter what differs from what follows of the file's path, and takes out what means nothing there.
/// Whether the old address is kept.
pub(super) fn settle(
    doc: &mut Doc,
    languages: &Languages,
    taxonomies: &Taxonomies,
    bundles: &BTreeSet<String>,
    taken: &mut BTreeSet<String>,
) -> bool {
    let is_bundle = bundles.contains(&doc.path);
    let front = &mut doc.front;
    front.slug = None;
    front.template = None;
    front.steps.0.clear();
    front.after = None;
    front.up_next = None;
    front.defaults = None;
    front.skip_lints.0.clear();
    for key in THEMES {
        front.extra.remove(key);
    }
    front.address = None;
    front
        .aliases
        .0
        .retain(|alias| alias.starts_with('/') || !alias.contains([' ', ':']));
    for alias in &mut front.aliases.0 {
        if !alias.starts_with('/') {
            alias.insert(0, '/');
        }
    }
    let Some((kind, ours)) = parse::place(&doc.path, front, languages).or_else(|| {
        let slug = format!("page-{}", slugify(&doc.source));
        front.address = Some(format!("/{slug}/"));
        parse::place(&doc.path, front, languages)
    }) else {
        return false;
    };
    let kind = match kind {
        Kind::Section if is_bundle => {
            let is_dated = front.date.is_some();
            parse::kind_of_bundle(&languages.place(&doc.path).bare, is_dated, front)
        }
        Kind::Article | Kind::Section
            if is_of_own(taxonomies, &languages.place(&doc.path).bare) =>
        {
            Kind::Term
        }
        kind => kind,
    };
    let mut dropped = Vec::new();
    if kind != Kind::Article {
        for (key, list) in [
            ("tags", &mut front.tags),
            ("takeaways", &mut front.takeaways),
        ] {
            if !list.0.is_empty() {
                dropped.push(key);
                *list = OneOrMany::default();
            }
        }
        front.terms.clear();
        front.source = None;
        front.sources.clear();
        front.weight = front.weight.filter(|_| kind == Kind::Section);
    }
    if kind != Kind::Author {
        (front.name, front.bio, front.role, front.picture) = (None, None, None, None);
    } else {
        return false;
    }
    for names in front.terms.values_mut().chain([&mut front.tags.0]) {
        let mut folded: BTreeSet<String> = BTreeSet::new();
        names.retain(|name| !slugify(name).is_empty() && folded.insert(fold(name)));
    }
    let is_list = matches!(kind, Kind::Home | Kind::Index | Kind::Term);
    let language = &languages.all()[languages.place(&doc.path).language];
    let is_outside = |old: &str| {
        let first = old.trim_matches('/').split('/').next().unwrap_or_default();
        !language.address.is_empty() && !first.eq_ignore_ascii_case(&language.address)
    };
    let kept = match doc.address.take() {
        // All addresses of a language are in its folder: from elsewhere, readers are led there.
        Some(old) if !is_list && is_outside(&old) && !old.trim_matches('/').is_empty() => {
            front.aliases.0.push(old);
            true
        }
        Some(old)
            if !is_list
                && old.trim_matches('/') != ours.as_str().trim_matches('/')
                && !old.trim_matches('/').is_empty() =>
        {
            front.address = Some(old);
            let kept = parse::place(&doc.path, front, languages);
            if kept.is_none()
                || kind == Kind::Section
                    && kept
                        .as_ref()
                        .is_some_and(|(_, kept)| !kept.as_str().ends_with('/'))
            {
                let old = front.address.take();
                front.aliases.0.extend(old.filter(|_| kept.is_some()));
            }
            kept.is_some()
        }
        Some(_) => true,
        None => true,
    };
    // Two articles at one address: the second keeps what follows from its path.
    if let Some((_, address)) = parse::place(&doc.path, front, languages)
        && !taken.insert(address.folded())
        && front.address.take().is_some()
    {
        doc.left.push(super::doc::Left {
            kind: "address that another page has".to_owned(),
            what: address.to_string(),
        });
    }
    let own = parse::place(&doc.path, &doc.front, languages).map(|(_, address)| address.folded());
    doc.front.aliases.0.retain(|alias| {
        let alias = crate::model::url::Permalink::page(alias).folded();
        Some(&alias) != own.as_ref()
    });
    doc.front.aliases.0.dedup();
    for key in dropped {
        doc.leave("key that does nothing", key);
    }
    kept
}

/// Whether a file holds words about one of the site's own taxonomies, or about a term of it.
fn is_of_own(taxonomies: &Taxonomies, path: &str) -> bool {
    path.rsplit_once('/')
        .is_some_and(|(folder, _)| taxonomies.has(folder))
}
