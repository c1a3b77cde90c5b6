//! Ghost: an export (JSON), with `redirects.yaml` and `content/images/` where these lie beside it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::System;
use crate::error::Error;
use crate::import::doc::Doc;
use crate::import::html::{Converter, text_of};
use crate::import::old_site::{Asset, Entry, OldSite, is_shown};
use crate::import::source::Source;
use crate::import::wp_text::tidied;
use crate::import::{lexical, source};
use crate::model::extra::ExtraValue;
use crate::model::front_matter::image::Image;
use crate::model::front_matter::text::Text;
use crate::model::slug::slugify;
use crate::scan::SourceFile;

/// What stands in an export for the site's address.
const HERE: &str = "__GHOST_URL__";
/// What members read begins here.
const MEMBERS: &str = "<!--members-only-->";

pub(super) const SYSTEM: System = System {
    name: "Ghost",
    is: |source| export(source).is_some(),
    read,
};

fn export(source: &Source) -> Option<&SourceFile> {
    source.files.iter().find(|file| {
        let is_export = |head: Vec<u8>| {
            let head = String::from_utf8_lossy(&head).into_owned();
            head.contains("\"exported_on\"") && head.contains("\"db\"")
        };
        file.path.ends_with(".json") && file.read_head(4096).is_ok_and(is_export)
    })
}

fn read(source: &Source) -> Result<OldSite, Error> {
    let mut site = OldSite {
        elsewhere: vec!["/content/".to_owned()],
        ..OldSite::default()
    };
    let Some(file) = export(source) else {
        return Ok(site);
    };
    let whole: Value = serde_json::from_slice(&file.read_whole()?).map_err(|error| {
        Error::refused(
            format!("{} is no JSON: {error}", file.path),
            "export the site again",
        )
    })?;
    let data = whole.pointer("/db/0/data").cloned().unwrap_or(Value::Null);
    let rows = |name: &str| {
        data.get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let setting = |key: &str| {
        let found = rows("settings")
            .into_iter()
            .find(|row| text(row, "key") == key);
        found
            .map(|row| text(&row, "value").to_owned())
            .filter(|value| !value.is_empty())
    };
    site.title = setting("title");
    site.description = setting("description");
    site.language = setting("locale").or(setting("lang"));
    site.timezone = setting("timezone").or(setting("active_timezone"));
    let menu: Vec<Value> = setting("navigation")
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    site.menu = menu
        .iter()
        .map(|entry| Entry {
            title: text(entry, "label").to_owned(),
            url: text(entry, "url").replace(HERE, ""),
        })
        .collect();
    for file in &source.files {
        if let Some(at) = file.path.find("images/").filter(|_| is_shown(&file.path)) {
            let to = file.path[at..].to_owned();
            site.files.push(Asset {
                from: file.clone(),
                url: format!("/content/{to}"),
                to,
            });
        }
    }
    let tags: BTreeMap<String, Value> = rows("tags")
        .into_iter()
        .map(|tag| (id(&tag, "id"), tag))
        .collect();
    let users: BTreeMap<String, Value> = rows("users")
        .into_iter()
        .map(|user| (id(&user, "id"), user))
        .collect();
    let metas: BTreeMap<String, Value> = rows("posts_meta")
        .into_iter()
        .map(|meta| (id(&meta, "post_id"), meta))
        .collect();
    let related = |table: &str, key: &str| {
        let mut rows = rows(table);
        rows.sort_by_key(|row| row.get("sort_order").and_then(Value::as_i64).unwrap_or(0));
        let mut map: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows {
            map.entry(id(&row, "post_id"))
                .or_default()
                .push(id(&row, key));
        }
        map
    };
    let (post_tags, post_authors) = (
        related("posts_tags", "tag_id"),
        related("posts_authors", "author_id"),
    );
    let converter = Converter::new();
    for post in rows("posts") {
        let number = id(&post, "id");
        let meta = metas.get(&number).cloned().unwrap_or(Value::Null);
        let mut doc = Doc::default();
        let Some(html) = head(&mut doc, &post, &meta) else {
            continue;
        };
        for tag in post_tags
            .get(&number)
            .into_iter()
            .flatten()
            .filter_map(|id| tags.get(id))
        {
            let name = text(tag, "name");
            if text(tag, "visibility") != "internal" && !name.starts_with('#') {
                doc.front.tags.0.push(name.to_owned());
            }
        }
        let own = post.get("author_id").map(|_| id(&post, "author_id"));
        let authors = post_authors
            .get(&number)
            .cloned()
            .unwrap_or_else(|| own.into_iter().collect());
        for author in authors
            .iter()
            .filter_map(|id| users.get(id))
            .filter(|_| text(&post, "type") != "page")
        {
            let slug = slugify(text(author, "slug"));
            doc.front.authors.0.push(slug.clone());
            if doc.front.draft != Some(true) {
                let (bio, picture) = (
                    text(author, "bio"),
                    text(author, "profile_image").replace(HERE, ""),
                );
                let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
                site.author(
                    &slug,
                    text(author, "name"),
                    some(bio).as_deref(),
                    some(&picture).as_deref(),
                );
            }
        }
        let html = html.replace(HERE, "");
        let (open, members) = html
            .split_once(MEMBERS)
            .map_or((html.as_str(), None), |(open, members)| {
                (open, Some(members))
            });
        doc.body = tidied(&converter.markdown(open));
        if let Some(members) = members.filter(|text| !text.trim().is_empty()) {
            let mut rest = Doc {
                source: format!("{}, for members", doc.source),
                path: format!("{}-members.md", doc.path.trim_end_matches(".md")),
                body: tidied(&converter.markdown(members)),
                ..Doc::default()
            };
            let title = doc.front.title.as_ref().map_or("", |title| &title.0);
            rest.front.title = Some(Text(format!("{title}: for members")));
            rest.front.draft = Some(true);
            doc.leave("part for members", &rest.path);
            site.docs.push(rest);
        }
        site.docs.push(doc);
    }
    redirects(source, &mut site);
    Ok(site)
}

/// Reads all but the text, which is returned as HTML; none for what is no page.
fn head(doc: &mut Doc, post: &Value, meta: &Value) -> Option<String> {
    let slug = [slugify(text(post, "slug")), slugify(text(post, "title"))]
        .into_iter()
        .find(|slug| !slug.is_empty())?;
    let is_page = text(post, "type") == "page"
        || post
            .get("page")
            .is_some_and(|page| page == &Value::from(1) || page == &Value::Bool(true));
    doc.source = format!("post {}", id(post, "id"));
    doc.path = if is_page {
        format!("{slug}.md")
    } else {
        format!("posts/{slug}.md")
    };
    doc.address = Some(format!("/{}/", text(post, "slug").trim_matches('/')));
    doc.names.push(slug);
    let front = &mut doc.front;
    front.title = Some(Text(text_of(text(post, "title")))).filter(|title| !title.0.is_empty());
    let status = text(post, "status");
    let is_public = matches!(text(post, "visibility"), "" | "public");
    let is_out = matches!(status, "published" | "scheduled") && is_public;
    front.draft = (!is_out).then_some(true);
    let first = |keys: &[(&Value, &str)]| {
        keys.iter()
            .map(|(row, key)| text(row, key))
            .find(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let description = first(&[
        (meta, "meta_description"),
        (post, "meta_description"),
        (post, "custom_excerpt"),
    ]);
    front.description = description.map(|text| Text(text_of(&text)));
    if !is_page {
        doc.dates.published = first(&[(post, "published_at"), (post, "created_at")]);
        let updated = first(&[(post, "updated_at")]);
        doc.dates.updated = updated.filter(|updated| {
            doc.dates
                .published
                .as_ref()
                .is_some_and(|date| date.get(..10) < updated.get(..10))
        });
    }
    for date in [&mut doc.dates.published, &mut doc.dates.updated] {
        *date = date
            .take()
            .filter(|date| crate::model::date::WrittenDate::parse(date).is_ok());
    }
    front.canonical = first(&[(post, "canonical_url")]).filter(|url| url.starts_with("http"));
    if let Some(src) = first(&[(post, "feature_image"), (post, "image")]) {
        front.image = Some(Box::new(Image {
            src: src.replace(HERE, ""),
            alt: text(meta, "feature_image_alt").to_owned(),
            caption: Some(text_of(text(meta, "feature_image_caption")))
                .filter(|text| !text.is_empty()),
            credit: None,
        }));
    }
    let html = text(post, "html").to_owned();
    let made = || {
        lexical::lexical(text(post, "lexical"))
            .or_else(|| lexical::mobiledoc(text(post, "mobiledoc")))
    };
    Some(if html.is_empty() {
        made().unwrap_or_default()
    } else {
        html
    })
}

fn text<'v>(row: &'v Value, key: &str) -> &'v str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A number or a text that names a row.
fn id(row: &Value, key: &str) -> String {
    match row.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Old addresses, of `redirects.yaml` or `redirects.json`.
fn redirects(source: &Source, site: &mut OldSite) {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let yaml = source.settings(&["redirects.yaml", "redirects.yml", "data/redirects.yaml"]);
    for map in yaml.values() {
        if let ExtraValue::Map(map) = map {
            pairs.extend(
                map.keys().filter_map(|from| {
                    Some((from.clone(), source::text_of(map, from)?.to_owned()))
                }),
            );
        }
    }
    let json = source
        .text_at("redirects.json")
        .and_then(|text| serde_json::from_str::<Vec<Value>>(&text).ok());
    pairs.extend(
        json.iter()
            .flatten()
            .map(|row| (text(row, "from").to_owned(), text(row, "to").to_owned())),
    );
    let mut left = 0;
    for (from, to) in pairs {
        let from = from
            .trim_start_matches('^')
            .trim_end_matches(['$', '?'])
            .replace("\\/", "/");
        let bare = |path: &str| path.trim_matches('/').to_owned();
        let to = site
            .docs
            .iter_mut()
            .find(|doc| doc.address.as_deref().map(bare) == Some(bare(&to)));
        match to {
            Some(doc) if from.starts_with('/') && !from.contains(['(', '*', '[', '\\', '?']) => {
                doc.front.aliases.0.push(from)
            }
            _ => left += 1,
        }
    }
    if left > 0 {
        site.general.push(format!(
            "{left} redirects are patterns, or lead to no article: write them for your host."
        ));
    }
}
