//! The comments of an article.

use std::collections::{BTreeMap, BTreeSet};

use super::Person;
use crate::import::doc::Reply;
use crate::import::html::text_of;
use crate::import::wxr::Node;
use crate::model::date::WrittenDate;
use crate::model::slug::slugify;

/// Threads are as deep as ours can be.
const DEEPEST: usize = 5;

/// Whether readers saw it: it was approved, and somebody wrote it.
pub(super) fn is_shown_reply(comment: &Node) -> bool {
    comment.get("wp:comment_approved") == "1"
        && matches!(comment.get("wp:comment_type"), "" | "comment")
}

/// The approved comments in threads, without addresses, pingbacks and what waits.
pub(super) fn replies(item: &Node, people: &BTreeMap<String, Person>) -> Vec<Reply> {
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
        date: WrittenDate::parse(date).map_or(String::new(), |_| date.to_owned()),
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
