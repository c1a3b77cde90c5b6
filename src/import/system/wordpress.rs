//! WordPress: an export (WXR), with `wp-content/uploads/` where that lies beside it.

mod item;
mod replies;

use std::collections::BTreeMap;

use super::System;
use crate::error::Error;
use crate::import::html::Converter;
use crate::import::old_site::{Asset, OldSite, is_shown};
use crate::import::source::Source;
use crate::import::wxr::{self, Node, Shape};
use crate::list::words;
use crate::model::slug::slugify;
use crate::scan::SourceFile;
use item::Uploads;

/// Kinds of items that are no pages.
const NO_PAGES: [&str; 12] = words(
    "attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request \
    wp_block wp_template wp_template_part wp_global_styles wp_navigation",
);
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
        if let Some(doc) = item::doc(&item, &uploads, &people, &converter, &site) {
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
        "wp:comment" => replies::is_shown_reply(node),
        _ => true,
    }
}

/// Who writes. The address only tells their comments: it is written nowhere.
struct Person {
    name: String,
    mail: String,
}
