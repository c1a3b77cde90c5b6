//! Makes the new site of what a system's reader found: unique paths, addresses, links, texts in our markup, settings, the
//! report.

use std::collections::BTreeSet;

use super::doc::Doc;
use super::index::Index;
use super::old_site::OldSite;
use super::pictures::ToFetch;
use super::places::Places;
use super::settings;
use super::site_toml::NOWHERE;
use super::source::Source;
use super::system::System;
use super::{Copied, Import, NewFile, Options, Pictures};
use super::{anchors, disqus, front, paths, report, rules, terms};
use crate::config::{Config, Languages};
use crate::model::source as names;
use crate::model::url::{BaseUrl, Place};
use crate::parse;

/// Finishes an import.
pub(super) fn finish(
    system: System,
    mut site: OldSite,
    source: &Source,
    options: &Options,
) -> Import {
    let read = |url: Option<String>| url.and_then(|url| BaseUrl::parse(&url).ok());
    // A site that gets another name: what the texts call the old one is still the site.
    let old = read(site.base_url.take());
    let base = match (read(options.base_url.clone()), &old) {
        (Some(new), Some(old)) => {
            let place = Place::parse(&old.to_string());
            Some(new.with_places(place.into_iter().collect(), Vec::new()))
        }
        (new, old) => new.or_else(|| old.clone()),
    };
    let old = old.or_else(|| base.clone());
    if base.is_none() {
        site.general.push(format!(
            "Where the site stands is not known: site.toml has {NOWHERE}. Write its address there."
        ));
    }
    if options.pictures == Pictures::Leave {
        site.files.clear();
    }
    site.general.splice(0..0, site.cut.iter().cloned());
    let mut docs = std::mem::take(&mut site.docs);
    paths::within_their_folders(&mut docs);
    docs.sort_by(|a, b| (&a.path, &a.source).cmp(&(&b.path, &b.source)));
    paths::unique(&mut docs, &mut site.files);
    let index = Index::new(&docs, &site.files, base.clone(), &site.root);
    for export in disqus::exports(source, options.replies.as_ref()) {
        let told = disqus::attach(export, &mut docs, &index);
        site.general.extend(told);
    }
    let kept = rules::old_redirects(source, &mut docs, &index);
    if !kept.dead.is_empty() {
        let first: Vec<String> = kept.dead.iter().take(5).cloned().collect();
        site.general.push(format!(
            "{} redirects of the old site lead to nothing here, and were left out, such as: {}.",
            kept.dead.len(),
            first.join("; ")
        ));
    }
    let to_fetch = ToFetch::new(options.pictures == Pictures::Fetch, site.picture_hosts);
    let hidden: Vec<bool> = docs
        .iter()
        .map(|doc| doc.front.draft == Some(true))
        .collect();
    let new_paths: Vec<String> = docs.iter().map(|doc| doc.path.clone()).collect();
    let places = Places {
        index: &index,
        paths: &new_paths,
        hidden: &hidden,
        files: &site.files,
        elsewhere: &site.elsewhere,
        old: old.as_ref(),
        to_fetch: &to_fetch,
        system: system.name,
        feed: String::new(),
    };
    let settings = settings::of_site(&site, &docs, base.as_ref(), &places, source);
    let languages = Config::parse(&settings, None)
        .map_or_else(|_| Languages::default(), |config| config.languages);
    let places = Places {
        feed: languages.all()[0].file("feed.xml").to_string(),
        ..places
    };
    for doc in &mut docs {
        let body = std::mem::take(&mut doc.body);
        let body = places.markdown(doc, &body, &site);
        doc.body = body;
        places.front(doc);
    }
    anchors::mend(&mut docs);
    let mut addresses = 0;
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let all = docs.iter().map(|doc| doc.path.as_str());
    let bundles = parse::bundles(all, &languages);
    for doc in &mut docs {
        addresses += usize::from(front::settle(
            doc,
            &languages,
            &site.taxonomies,
            &bundles,
            &mut taken,
        ));
    }
    let tags = terms::told_apart(&docs, &languages);
    let redirects = rules::text(system.name, &kept, &docs, &languages);
    let mut files: Vec<NewFile> = Vec::new();
    files.extend(tags);
    if !redirects.is_empty() {
        files.push(NewFile {
            path: parse::redirects::FILE.to_owned(),
            text: redirects,
        });
    }
    let report = report::text(system.name, &docs, &site.general);
    let texts = docs.iter().filter(|doc| doc.is_text());
    let (to_look_at, ready): (Vec<&Doc>, Vec<&Doc>) = texts.partition(|doc| !doc.left.is_empty());
    let (to_look_at, ready) = (to_look_at.len(), ready.len());
    for doc in docs {
        files.push(NewFile {
            path: format!("content/{}", doc.path),
            text: doc.text(),
        });
        if !doc.replies.is_empty() {
            let path = format!(
                "content/{}{}",
                names::without_ending(&doc.path),
                parse::replies::ENDING
            );
            files.push(NewFile {
                path,
                text: doc.replies_text(),
            });
        }
    }
    files.push(NewFile {
        path: "site.toml".to_owned(),
        text: settings,
    });
    files.push(NewFile {
        path: "import-report.md".to_owned(),
        text: report,
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut copied: Vec<Copied> = site
        .files
        .into_iter()
        .map(|file| Copied {
            from: file.from,
            to: format!("content/{}", file.to),
        })
        .collect();
    copied.sort_by(|a, b| a.to.cmp(&b.to));
    Import {
        system,
        files,
        copied,
        fetched: to_fetch.all(),
        ready,
        to_look_at,
        hidden: hidden.iter().filter(|hidden| **hidden).count(),
        addresses,
        cut: site.cut,
    }
}
