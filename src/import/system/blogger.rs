//! Blogger: an export (Atom), of its settings or of Google Takeout.

use std::collections::BTreeMap;

use super::System;
use crate::error::Error;
use crate::find;
use crate::import::doc::{Doc, Reply};
use crate::import::html::{Converter, text_of};
use crate::import::old_site::OldSite;
use crate::import::source::Source;
use crate::import::wxr::{self, Node, Shape};
use crate::model::date::WrittenDate;
use crate::model::front_matter::text::Text;
use crate::model::slug::slugify;
use crate::scan::SourceFile;

pub(super) const SYSTEM: System = System {
    name: "Blogger",
    is: |source| exports(source).next().is_some(),
    read,
};

fn exports(source: &Source) -> impl Iterator<Item = &SourceFile> {
    source.files.iter().filter(|file| {
        let ending = file.path.rsplit('.').next().unwrap_or_default();
        let is_export = |head: Vec<u8>| {
            find::is_within(&head, b"blogger.com,1999:blog-")
                || find::is_within(&head, b"schemas.google.com/blogger")
        };
        matches!(ending, "xml" | "atom") && file.read_head(16 << 10).is_ok_and(is_export)
    })
}

/// What an entry is, by its category of Google's or by Blogger's own element.
fn kind(entry: &Node) -> String {
    let terms = entry.list("category").iter();
    let term = terms
        .filter_map(|category| category.attributes.get("term"))
        .find_map(|term| term.split_once("kind#"));
    match term {
        Some((_, kind)) => kind.to_lowercase(),
        None => entry.get("blogger:type").to_lowercase(),
    }
}

fn id(entry: &Node) -> &str {
    entry
        .get("id")
        .rsplit(['-', '.'])
        .next()
        .unwrap_or_default()
}

fn read(source: &Source) -> Result<OldSite, Error> {
    let mut site = OldSite::default();
    let converter = Converter::new();
    let mut replies: BTreeMap<String, Vec<Reply>> = BTreeMap::new();
    for file in exports(source) {
        let export = wxr::read(
            file,
            &Shape {
                root: "feed",
                items: &["entry"],
                is_wanted: &|entry| matches!(kind(entry).as_str(), "post" | "page" | "comment"),
                is_part: &|_, _| true,
            },
        )?;
        let title = export.channel.get("title");
        let title = match title.is_empty() {
            true => export
                .channel
                .list("title")
                .first()
                .map_or("", |title| title.text.trim()),
            false => title,
        };
        site.title = site
            .title
            .or(Some(title.to_owned()).filter(|title| !title.is_empty()));
        if let Some(why) = export.broken {
            site.cut.push(format!(
                "{} was not read to its end: {why}. What stands before that is here.",
                file.path
            ));
        }
        for entry in &export.items {
            let text = |name: &str| {
                let plain = entry.get(name);
                match plain.is_empty() {
                    true => entry
                        .list(name)
                        .first()
                        .map_or("", |node| node.text.trim())
                        .to_owned(),
                    false => plain.to_owned(),
                }
            };
            let person = entry
                .list("author")
                .first()
                .map_or("", |author| author.get("name"));
            let published = entry.get("published");
            let date = WrittenDate::parse(published)
                .is_ok()
                .then(|| published.to_owned());
            let is_hidden = entry
                .list("app:control")
                .iter()
                .any(|control| control.get("app:draft") == "yes")
                || !matches!(entry.get("blogger:status"), "" | "LIVE");
            if kind(entry) == "comment" {
                let below = entry.list("thr:in-reply-to").first();
                let below = below.and_then(|node| node.attributes.get("ref"));
                let below = below.map_or(entry.get("blogger:parent"), String::as_str);
                let below = below
                    .rsplit(['-', '.'])
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                if !is_hidden {
                    replies.entry(below).or_default().push(Reply {
                        name: if person.is_empty() {
                            "Anonymous".to_owned()
                        } else {
                            person.to_owned()
                        },
                        date: date.unwrap_or_default(),
                        text: text_of(&text("content").replace("<br", "\n<br")),
                        ..Reply::default()
                    });
                }
                continue;
            }
            let own = entry
                .list("link")
                .iter()
                .find(|link| link.attributes.get("rel").map(String::as_str) == Some("alternate"));
            let own = own.and_then(|link| link.attributes.get("href"));
            let place = own.and_then(|url| url.split_once("://"));
            if let Some((scheme, rest)) = place {
                let host = rest.split('/').next().unwrap_or_default();
                site.base_url = site.base_url.or(Some(format!("{scheme}://{host}")));
            }
            let address = match place.and_then(|(_, rest)| rest.split_once('/')) {
                Some((_, path)) => format!("/{path}"),
                None => entry.get("blogger:filename").to_owned(),
            };
            let title = text_of(&text("title"));
            let name = address
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .trim_end_matches(".html");
            let slug = [
                slugify(name),
                slugify(&title),
                format!("post-{}", slugify(id(entry))),
            ];
            let slug = slug
                .into_iter()
                .find(|slug| !slug.is_empty())
                .unwrap_or_default();
            let mut doc = Doc {
                source: format!("post {}", id(entry)),
                path: match kind(entry).as_str() {
                    "page" => format!("{slug}.md"),
                    _ => format!("posts/{slug}.md"),
                },
                body: converter.markdown(&text("content")),
                address: Some(address).filter(|address| address.len() > 1),
                names: vec![id(entry).to_owned()],
                ..Doc::default()
            };
            doc.front.title = Some(Text(if title.is_empty() {
                crate::parse::title_from(&slug)
            } else {
                title
            }));
            doc.front.draft = is_hidden.then_some(true);
            if kind(entry) == "post" {
                doc.dates.published = date;
                if !person.is_empty() {
                    doc.front.authors.0.push(person.to_owned());
                }
            }
            let labels = entry.list("category").iter().filter(|category| {
                let scheme = category.attributes.get("scheme").map_or("", String::as_str);
                !scheme.ends_with("#kind")
            });
            doc.front
                .tags
                .0
                .extend(labels.filter_map(|label| label.attributes.get("term").cloned()));
            site.docs.push(doc);
        }
    }
    for doc in &mut site.docs {
        for name in &doc.names {
            doc.replies.extend(replies.remove(name).unwrap_or_default());
        }
    }
    site.picture_hosts = &["bp.blogspot.com", "blogger.googleusercontent.com"];
    Ok(site)
}
