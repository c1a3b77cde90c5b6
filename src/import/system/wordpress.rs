//! WordPress: an export (WXR), with `wp-content/uploads/` where that lies beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::System;
use crate::error::Error;
use crate::escape::url_decode;
use crate::import::doc::{Doc, Reply};
use crate::import::html::{Converter, text_of};
use crate::import::old_site::{Asset, OldSite, is_shown};
use crate::import::source::Source;
use crate::import::wp_text;
use crate::import::wxr::{self, Node, Shape};
use crate::model::front_matter::image::Image;
use crate::model::front_matter::text::Text;
use crate::model::slug::slugify;
use crate::scan::SourceFile;

/// Kinds of items that are no pages.
const NO_PAGES: [&str; 12] = [
    "attachment",
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
];
/// Threads are as deep as ours can be.
const DEEPEST: usize = 5;

pub(super) const SYSTEM: System = System {
    name: "WordPress",
    is: |source| exports(source).next().is_some(),
    read,
};

fn exports(source: &Source) -> impl Iterator<Item = &SourceFile> {
    source.files.iter().filter(|file| {
        let ending = file.path.rsplit('.').next().unwrap_or_default();
        let is_export =
            |head: Vec<u8>| String::from_utf8_lossy(&head).contains("wordpress.org/export/");
        matches!(ending, "xml" | "wxr") && file.read_head(16 << 10).is_ok_and(is_export)
    })
}

fn read(source: &Source) -> Result<OldSite, Error> {
    let mut site = OldSite::default();
    let mut items = Vec::new();
    let mut uploaded = Vec::new();
    let mut others = 0;
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for file in exports(source) {
        let export = wxr::read(
            file,
            &Shape {
                root: "channel",
                items: &["item"],
                is_wanted: &is_wanted,
                is_part: &is_part,
            },
        )?;
        let channel = export.channel;
        let text = |name: &str| Some(channel.get(name).to_owned()).filter(|text| !text.is_empty());
        site.title = site.title.or(text("title"));
        site.base_url = site.base_url.or(text("wp:base_blog_url")).or(text("link"));
        site.description = site.description.or(text("description"));
        site.language = site.language.or(text("language"));
        for author in channel.list("wp:author") {
            let person = Person {
                name: author.get("wp:author_display_name").to_owned(),
                mail: author.get("wp:author_email").to_owned(),
            };
            people.insert(author.get("wp:author_login").to_owned(), person);
        }
        if let Some(why) = export.broken {
            site.cut.push(format!(
                "{} was not read to its end: {why}. What stands before that is here.",
                file.path
            ));
        }
        others += export.dropped;
        let is_upload = |item: &Node| item.get("wp:post_type") == "attachment";
        let (uploads, texts): (Vec<Node>, Vec<Node>) =
            export.items.into_iter().partition(is_upload);
        uploaded.extend(uploads);
        items.extend(texts);
    }
    for file in &source.files {
        if let Some(at) = file.path.find("uploads/").filter(|_| is_shown(&file.path)) {
            let to = file.path[at..].to_owned();
            site.files.push(Asset {
                from: file.clone(),
                url: format!("/wp-content/{to}"),
                to,
            });
        }
    }
    site.elsewhere = vec!["/wp-content/".to_owned(), "/wp-includes/".to_owned()];
    let uploads = Uploads::of(&uploaded);
    let converter = Converter::new();
    // Each goes when its article is made: an export may fill the memory once, and not twice.
    for item in items {
        let kind = item.get("wp:post_type");
        let status = item.get("wp:status");
        if NO_PAGES.contains(&kind) || matches!(status, "trash" | "auto-draft" | "inherit") {
            others += 1;
            continue;
        }
        if let Some(doc) = doc(&item, &uploads, &people, &converter, &site) {
            site.docs.push(doc);
        }
    }
    if others > 0 {
        site.general.push(format!(
            "{others} items that are no pages (menus, revisions, the bin) were left out."
        ));
    }
    for (login, person) in &people {
        let slug = slugify(login);
        let is_named = site.docs.iter().any(|doc| {
            let is_seen = doc.front.draft != Some(true);
            is_seen
                && (doc.front.authors.0.contains(&slug)
                    || doc.replies.iter().any(|reply| reply.is_by(&slug)))
        });
        if is_named && !person.name.is_empty() {
            site.author(login, &person.name, None, None);
        }
    }
    Ok(site)
}

/// Whether an item is held: old versions of texts are most of many exports.
fn is_wanted(item: &Node) -> bool {
    let kind = item.get("wp:post_type");
    kind == "attachment" || !NO_PAGES.contains(&kind)
}

/// Whether a part of an item is held: of what plugins note, and of replies, most is never shown.
fn is_part(name: &str, node: &Node) -> bool {
    const NOTED: [&str; 6] = [
        "_yoast_wpseo_metadesc",
        "rank_math_description",
        "_aioseo_description",
        "_thumbnail_id",
        "_wp_attachment_image_alt",
        "_wp_old_slug",
    ];
    match name {
        "wp:postmeta" => NOTED.contains(&node.get("wp:meta_key")),
        "wp:comment" => is_shown_reply(node),
        _ => true,
    }
}

/// The files that were uploaded.
struct Uploads<'a> {
    by_id: BTreeMap<&'a str, &'a Node>,
    urls: BTreeSet<&'a str>,
}

impl<'a> Uploads<'a> {
    fn of(items: &'a [Node]) -> Uploads<'a> {
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

/// Who writes. The address only tells their comments: it is written nowhere.
struct Person {
    name: String,
    mail: String,
}

fn doc(
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
    let slug = [
        slugify(&written),
        slugify(&title),
        format!("post-{}", slugify(id)),
    ]
    .into_iter()
    .find(|slug| !slug.is_empty())?;
    let link = item.get("link");
    let path = match kind {
        "page" | "" => format!("{slug}.md"),
        "post" => format!("posts/{slug}.md"),
        other => format!("{}/{slug}.md", slugify(other)),
    };
    let mut doc = Doc {
        source: format!("post {id}"),
        path,
        ..Doc::default()
    };
    let meta = |key: &str| {
        let found = item
            .list("wp:postmeta")
            .iter()
            .find(|meta| meta.get("wp:meta_key") == key);
        found
            .map(|meta| meta.get("wp:meta_value"))
            .filter(|value| !value.is_empty())
    };
    let front = &mut doc.front;
    front.title = Some(Text(if title.is_empty() {
        crate::parse::title_from(&slug)
    } else {
        title
    }));
    let description = [
        "_yoast_wpseo_metadesc",
        "rank_math_description",
        "_aioseo_description",
    ]
    .iter()
    .find_map(|key| meta(key));
    let excerpt = text_of(item.get("excerpt:encoded"));
    let description = description
        .map(text_of)
        .or(Some(excerpt))
        .filter(|text| !text.is_empty() && !text.contains("%%"));
    front.description = description.map(Text);
    let day = |key: &str| {
        Some(item.get(key))
            .filter(|date| !date.is_empty() && !date.starts_with("0000"))
            .map(str::to_owned)
    };
    doc.dates.published =
        day("wp:post_date").filter(|date| crate::model::date::WrittenDate::parse(date).is_ok());
    let updated =
        day("wp:post_modified").filter(|date| crate::model::date::WrittenDate::parse(date).is_ok());
    doc.dates.updated = updated.filter(|updated| {
        doc.dates
            .published
            .as_ref()
            .is_some_and(|date| date.get(..10) < updated.get(..10))
    });
    if kind == "page" {
        // A page at the root with a date would be an article.
        doc.dates.published = None;
    }
    for category in item.list("category") {
        let domain = category.attributes.get("domain").map(String::as_str);
        let name = category.text.trim();
        let is_none = matches!(
            name.to_lowercase().as_str(),
            "uncategorized" | "allgemein" | "non classé" | "sin categoría"
        );
        if matches!(domain, Some("category" | "post_tag"))
            && !is_none
            && !front.tags.0.iter().any(|tag| tag == name)
        {
            front.tags.0.push(name.to_owned());
        }
    }
    let login = item.get("dc:creator");
    if !login.is_empty() && kind != "page" {
        front.authors.0.push(if people.contains_key(login) {
            slugify(login)
        } else {
            login.to_owned()
        });
    }
    let status = item.get("wp:status");
    let hidden = match status {
        "publish" | "future" | "" => !item.get("wp:post_password").is_empty(),
        _ => true,
    };
    front.draft = hidden.then_some(true);
    if item.get("wp:comment_status") == "closed" && site.base_url.is_none() {
        front.comments = Some(false);
    }
    if let Some(picture) = meta("_thumbnail_id").and_then(|id| uploads.by_id.get(id)) {
        let alt = picture
            .list("wp:postmeta")
            .iter()
            .find(|meta| meta.get("wp:meta_key") == "_wp_attachment_image_alt");
        front.image = Some(Box::new(Image {
            src: picture.get("wp:attachment_url").to_owned(),
            alt: alt.map_or(String::new(), |meta| meta.get("wp:meta_value").to_owned()),
            caption: None,
            credit: None,
        }));
    }
    doc.names = vec![
        format!("?p={id}"),
        format!("?page_id={id}"),
        format!("/?p={id}"),
        written,
    ];
    let address = link
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map(|(_, path)| path.split('#').next().unwrap_or_default());
    let of_site = site
        .base_url
        .as_deref()
        .and_then(|url| crate::model::url::BaseUrl::parse(url).ok());
    let address = match of_site.and_then(|base| base.within(link)) {
        Some(path) => Some(path),
        None => address.map(|path| format!("/{path}")),
    };
    doc.address = address
        .filter(|path| !path.contains('?') && path.len() > 1)
        .map(|path| url_decode(&path));
    for meta in item
        .list("wp:postmeta")
        .iter()
        .filter(|meta| meta.get("wp:meta_key") == "_wp_old_slug")
    {
        let old = url_decode(meta.get("wp:meta_value"));
        let above = doc
            .address
            .as_deref()
            .and_then(|path| path.trim_end_matches('/').rsplit_once('/'));
        if let Some((above, _)) = above.filter(|_| !old.contains('/') && !old.is_empty()) {
            doc.front.aliases.0.push(format!("{above}/{old}/"));
        }
    }
    let url = |id: &str| {
        uploads
            .by_id
            .get(id)
            .map(|picture| picture.get("wp:attachment_url").to_owned())
    };
    let originals = |html: String| originals(&html, uploads);
    let body = wp_text::markdown(
        &mut doc,
        &originals(
            item.texts
                .get("content:encoded")
                .cloned()
                .unwrap_or_default(),
        ),
        converter,
        &url,
    );
    doc.body = body;
    doc.replies = replies(item, people);
    Some(doc)
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

fn is_shown_reply(comment: &Node) -> bool {
    comment.get("wp:comment_approved") == "1"
        && matches!(comment.get("wp:comment_type"), "" | "comment")
}

/// The approved comments in threads, without addresses, pingbacks and what waits.
fn replies(item: &Node, people: &BTreeMap<String, Person>) -> Vec<Reply> {
    let all = item.list("wp:comment").iter();
    let all: Vec<&Node> = all.filter(|comment| is_shown_reply(comment)).collect();
    let ids: BTreeSet<&str> = all
        .iter()
        .map(|comment| comment.get("wp:comment_id"))
        .collect();
    let mut below: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
    for comment in all {
        let parent = comment.get("wp:comment_parent");
        let parent = if ids.contains(parent) && parent != comment.get("wp:comment_id") {
            parent
        } else {
            ""
        };
        below.entry(parent).or_default().push(comment);
    }
    thread("", &mut below, people, 1)
}

fn thread(
    parent: &str,
    below: &mut BTreeMap<&str, Vec<&Node>>,
    people: &BTreeMap<String, Person>,
    depth: usize,
) -> Vec<Reply> {
    let mut replies = Vec::new();
    let mut comments = below.remove(parent).unwrap_or_default();
    comments.reverse();
    while let Some(comment) = comments.pop() {
        let id = comment.get("wp:comment_id");
        let mut reply = reply(comment, people);
        let answers = match depth < DEEPEST {
            true => thread(id, below, people, depth + 1),
            false => {
                // What is deeper stands beside it.
                let mut deeper = below.remove(id).unwrap_or_default();
                deeper.reverse();
                comments.extend(deeper);
                Vec::new()
            }
        };
        if reply.text.is_empty() {
            replies.extend(answers);
        } else {
            reply.replies = answers;
            replies.push(reply);
        }
    }
    replies
}

fn reply(comment: &Node, people: &BTreeMap<String, Person>) -> Reply {
    let mail = comment.get("wp:comment_author_email");
    let name = text_of(comment.get("wp:comment_author"));
    let is_same = |person: &Person| match mail.is_empty() {
        true => !name.is_empty() && person.name == name,
        false => person.mail.eq_ignore_ascii_case(mail),
    };
    let own = people.iter().find(|(_, person)| is_same(person));
    let date = comment.get("wp:comment_date");
    Reply {
        author: own.map(|(login, _)| slugify(login)),
        date: crate::model::date::WrittenDate::parse(date)
            .map_or(String::new(), |_| date.to_owned()),
        text: plain(comment.get("wp:comment_content")),
        replies: Vec::new(),
        name: if name.is_empty() {
            "Anonymous".to_owned()
        } else {
            name
        },
    }
}

/// A comment's text: markup goes, the addresses of links stay.
fn plain(html: &str) -> String {
    let html = html
        .replace("<br />", "\n")
        .replace("<br>", "\n")
        .replace("</p>", "\n\n");
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let Some(end) = rest[start..].find('>') else {
            break;
        };
        let tag = &rest[start..=start + end];
        let href = tag
            .split("href=")
            .nth(1)
            .and_then(|rest| rest.split(['"', '\'']).nth(1));
        rest = &rest[start + end + 1..];
        if let Some(href) = href.filter(|href| href.starts_with("http") && !rest.starts_with(*href))
        {
            out.push_str(&format!("{href} "));
        }
    }
    out.push_str(rest);
    crate::parse::unescape(&out).trim().to_owned()
}
