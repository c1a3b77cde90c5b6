//! Replies that readers wrote with Disqus, of its export: each to the article that its thread was below. Mail and IP
//! addresses are read by nobody, what was deleted or is spam is left out.

use std::collections::BTreeMap;

use super::doc::{Doc, Reply};
use super::html::text_of;
use super::index::{Found, Index};
use super::source::Source;
use super::wxr::{self, Node, Shape};
use crate::find;
use crate::model::date::WrittenDate;
use crate::scan::SourceFile;

/// Threads are as deep as ours can be.
const DEEPEST: usize = 5;

/// The exports among the files of the old site, and the one that is named beside them.
pub(super) fn exports<'s>(
    source: &'s Source,
    named: Option<&'s SourceFile>,
) -> Vec<&'s SourceFile> {
    let is_export = |file: &&SourceFile| {
        file.path.ends_with(".xml")
            && file
                .read_head(16 << 10)
                .is_ok_and(|head| find::is_within(&head, b"disqus.com/disqus-internals"))
    };
    source.files.iter().filter(is_export).chain(named).collect()
}

/// Gives each article its replies; returns what the report says.
pub(super) fn attach(file: &SourceFile, docs: &mut [Doc], index: &Index) -> Vec<String> {
    let export = match wxr::read(
        file,
        &Shape {
            root: "disqus",
            items: &["thread", "post"],
            is_wanted: &|_| true,
            is_part: &|_, _| true,
        },
    ) {
        Ok(export) => export,
        Err(error) => return vec![format!("{} was not read: {error}", file.path)],
    };
    let mut told = Vec::new();
    if let Some(why) = export.broken {
        told.push(format!("{} was not read to its end: {why}.", file.path));
    }
    let id = |node: &Node| node.attributes.get("dsq:id").cloned().unwrap_or_default();
    let of = |post: &Node, key: &str| post.list(key).first().map(id).unwrap_or_default();
    let mut below: BTreeMap<(String, String), Vec<&Node>> = BTreeMap::new();
    for post in export.items.iter().filter(|item| item.name == "post") {
        let is_shown = post.get("isDeleted") != "true" && post.get("isSpam") != "true";
        if is_shown {
            let place = (of(post, "thread"), of(post, "parent"));
            below.entry(place).or_default().push(post);
        }
    }
    let root = Doc::default();
    let mut lost = 0;
    for thread in export.items.iter().filter(|item| item.name == "thread") {
        let number = id(thread);
        let replies = replies(&number, "", &mut below, 1);
        let link = thread.get("link").trim_end_matches('/');
        // Where the old site stood may not be known: then the path counts, and at last the article's name.
        let path = link
            .split_once("://")
            .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
        let name = path.and_then(|path| path.rsplit('/').next());
        let found = [Some(link), path, name, Some(thread.get("id"))]
            .into_iter()
            .flatten()
            .filter(|place| !place.is_empty())
            .map(|place| index.find(&root, place))
            .find_map(|found| match found {
                Found::Doc(doc) => Some(doc),
                _ => None,
            });
        match found {
            Some(doc) => docs[doc].replies.extend(replies),
            None => lost += count(&replies),
        }
    }
    if lost > 0 {
        told.push(format!(
            "{lost} replies of {} belong to no article that is here.",
            file.path
        ));
    }
    told
}

fn replies(
    thread: &str,
    parent: &str,
    below: &mut BTreeMap<(String, String), Vec<&Node>>,
    depth: usize,
) -> Vec<Reply> {
    let mut posts = below
        .remove(&(thread.to_owned(), parent.to_owned()))
        .unwrap_or_default();
    posts.sort_by_key(|post| post.get("createdAt").to_owned());
    posts.reverse();
    let mut made = Vec::new();
    while let Some(post) = posts.pop() {
        let id = post.attributes.get("dsq:id").cloned().unwrap_or_default();
        let mut reply = reply(post);
        match depth < DEEPEST {
            true => reply.replies = replies(thread, &id, below, depth + 1),
            // What is deeper stands beside it.
            false => posts.extend(
                below
                    .remove(&(thread.to_owned(), id))
                    .unwrap_or_default()
                    .into_iter()
                    .rev(),
            ),
        }
        match reply.text.is_empty() {
            true => made.extend(reply.replies),
            false => made.push(reply),
        }
    }
    made
}

fn reply(post: &Node) -> Reply {
    let author = post.list("author").first();
    let name = author.map_or("", |author| author.get("name"));
    let date = post.get("createdAt");
    Reply {
        name: match name.is_empty() {
            true => "Anonymous".to_owned(),
            false => name.to_owned(),
        },
        date: WrittenDate::parse(date).map_or(String::new(), |_| date.to_owned()),
        text: paragraphs(post.get("message")),
        author: None,
        replies: Vec::new(),
    }
}

/// A message's paragraphs as plain text.
fn paragraphs(html: &str) -> String {
    let html = html
        .replace("<br>", "\n")
        .replace("<br />", "\n")
        .replace("</p>", "\n\n");
    let lines: Vec<String> = html.split('\n').map(text_of).collect();
    lines.join("\n").trim().to_owned()
}

fn count(replies: &[Reply]) -> usize {
    replies.iter().map(|reply| 1 + count(&reply.replies)).sum()
}
