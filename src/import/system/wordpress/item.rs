//! One article or page of an export.

use std::collections::{BTreeMap, BTreeSet};

use super::{Person, replies};
use crate::escape::url_decode;
use crate::import::doc::Doc;
use crate::import::html::{Converter, text_of};
use crate::import::old_site::OldSite;
use crate::import::wp_text;
use crate::import::wxr::Node;
use crate::model::date::WrittenDate;
use crate::model::front_matter::image::Image;
use crate::model::front_matter::text::Text;
use crate::model::slug::slugify;
use crate::model::url::BaseUrl;
use crate::parse;

/// The files that were uploaded.
pub(super) struct Uploads<'a> {
    by_id: BTreeMap<&'a str, &'a Node>,
    urls: BTreeSet<&'a str>,
}

impl<'a> Uploads<'a> {
    pub(super) fn of(items: &'a [Node]) -> Uploads<'a> {
        let url = |item: &'a Node| item.get("wp:attachment_url");
        Uploads {
            by_id: items
                .iter()
                .map(|item| (item.get("wp:post_id"), item))
                .collect(),
            urls: items.iter().map(url).collect(),
        }
    }
}

/// An item as an article; none where nothing names it.
pub(super) fn doc(
    item: &Node,
    uploads: &Uploads<'_>,
    people: &BTreeMap<String, Person>,
    converter: &Converter,
    site: &OldSite,
) -> Option<Doc> {
    let id = item.get("wp:post_id");
    let kind = item.get("wp:post_type");
    let title = text_of(item.get("title"));
    let written = url_decode(item.get("wp:post_name"));
    let slugs = [
        slugify(&written),
        slugify(&title),
        format!("post-{}", slugify(id)),
    ];
    let slug = slugs.into_iter().find(|slug| !slug.is_empty())?;
    let mut doc = Doc {
        source: format!("post {id}"),
        path: match kind {
            "page" | "" => format!("{slug}.md"),
            "post" => format!("posts/{slug}.md"),
            other => format!("{}/{slug}.md", slugify(other)),
        },
        address: address(item.get("link"), site),
        ..Doc::default()
    };
    set_dates(&mut doc, item);
    let front = &mut doc.front;
    front.title = Some(Text(match title.is_empty() {
        true => parse::title_from(&slug),
        false => title,
    }));
    front.description = description(item).map(Text);
    front.tags.0 = tags(item);
    let login = item.get("dc:creator");
    if !login.is_empty() && kind != "page" {
        front.authors.0.push(match people.contains_key(login) {
            true => slugify(login),
            false => login.to_owned(),
        });
    }
    let is_published = matches!(item.get("wp:status"), "publish" | "future" | "");
    let is_hidden = !is_published || !item.get("wp:post_password").is_empty();
    front.draft = is_hidden.then_some(true);
    if item.get("wp:comment_status") == "closed" && site.base_url.is_none() {
        front.comments = Some(false);
    }
    let picture = noted(item, "_thumbnail_id")
        .next()
        .filter(|id| !id.is_empty());
    if let Some(picture) = picture.and_then(|id| uploads.by_id.get(id)) {
        let alt = noted(picture, "_wp_attachment_image_alt").next();
        front.image = Some(Box::new(Image {
            src: picture.get("wp:attachment_url").to_owned(),
            alt: alt.unwrap_or_default().to_owned(),
            caption: None,
            credit: None,
        }));
    }
    for old in noted(item, "_wp_old_slug").map(url_decode) {
        let own = doc.address.as_deref().unwrap_or_default();
        let above = own.trim_end_matches('/').rsplit_once('/');
        if let Some((above, _)) = above.filter(|_| !old.contains('/') && !old.is_empty()) {
            front.aliases.0.push(format!("{above}/{old}/"));
        }
    }
    doc.names = vec![
        format!("?p={id}"),
        format!("?page_id={id}"),
        format!("/?p={id}"),
        written,
    ];
    let url = |id: &str| {
        let picture = uploads.by_id.get(id)?;
        Some(picture.get("wp:attachment_url").to_owned())
    };
    let html = item.texts.get("content:encoded").map_or("", String::as_str);
    let html = originals(html, uploads);
    doc.body = wp_text::markdown(&mut doc, &html, converter, &url);
    doc.replies = replies::replies(item, people);
    Some(doc)
}

/// What is noted of an item by this key.
fn noted<'n>(item: &'n Node, key: &'static str) -> impl Iterator<Item = &'n str> {
    let all = item.list("wp:postmeta").iter();
    let of_key = all.filter(move |meta| meta.get("wp:meta_key") == key);
    of_key.map(|meta| meta.get("wp:meta_value"))
}

/// What a plugin tells search engines, or the excerpt.
fn description(item: &Node) -> Option<String> {
    let plugins = [
        "_yoast_wpseo_metadesc",
        "rank_math_description",
        "_aioseo_description",
    ];
    let first = |key| noted(item, key).next().filter(|text| !text.is_empty());
    let written = plugins.into_iter().find_map(first);
    let description = text_of(written.unwrap_or_else(|| item.get("excerpt:encoded")));
    (!description.is_empty() && !description.contains("%%")).then_some(description)
}

/// When it was published and changed; the same day is no change.
fn set_dates(doc: &mut Doc, item: &Node) {
    let date = |key: &str| {
        let date = item.get(key);
        let is_date = !date.starts_with("0000") && WrittenDate::parse(date).is_ok();
        is_date.then(|| date.to_owned())
    };
    let published = date("wp:post_date");
    let is_later = |updated: &String| {
        let published = published.as_ref();
        published.is_some_and(|date| date.get(..10) < updated.get(..10))
    };
    doc.dates.updated = date("wp:post_modified").filter(is_later);
    // A page at the root with a date would be an article.
    doc.dates.published = published.filter(|_| item.get("wp:post_type") != "page");
}

/// Its categories and tags, each once, but for the one that says that there is none.
fn tags(item: &Node) -> Vec<String> {
    const NONE: [&str; 4] = ["uncategorized", "allgemein", "non classé", "sin categoría"];
    let mut tags: Vec<String> = Vec::new();
    for category in item.list("category") {
        let domain = category.attributes.get("domain").map(String::as_str);
        let name = category.text.trim();
        if matches!(domain, Some("category" | "post_tag"))
            && !NONE.contains(&name.to_lowercase().as_str())
            && !tags.iter().any(|tag| tag == name)
        {
            tags.push(name.to_owned());
        }
    }
    tags
}

/// The path of a link on the old site; none where that says nothing.
fn address(link: &str, site: &OldSite) -> Option<String> {
    let base = site.base_url.as_deref();
    let base = base.and_then(|url| BaseUrl::parse(url).ok());
    let whole = || {
        let (_, rest) = link.split_once("://")?;
        let (_, path) = rest.split_once('/')?;
        Some(format!("/{}", path.split('#').next().unwrap_or_default()))
    };
    let path = base.and_then(|base| base.within(link)).or_else(whole)?;
    (!path.contains('?') && path.len() > 1).then(|| url_decode(&path))
}

/// `pear-300x200.png` is `pear.png` where that was uploaded.
fn originals(html: &str, uploads: &Uploads<'_>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("/uploads/") {
        let end = rest[at..]
            .find(['"', '\'', ' ', '<', ')', '\n'])
            .map_or(rest.len(), |end| at + end);
        let start = rest[..at]
            .rfind(['"', '\'', ' ', '>', '(', '\n'])
            .map_or(0, |start| start + 1);
        let url = &rest[start..end];
        out.push_str(&rest[..start]);
        out.push_str(
            &original(url)
                .filter(|url| uploads.urls.contains(url.as_str()))
                .unwrap_or_else(|| url.to_owned()),
        );
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn original(url: &str) -> Option<String> {
    let (bare, ending) = url.rsplit_once('.')?;
    let (name, size) = bare.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{name}.{ending}"))
}
