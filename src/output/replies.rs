//! The replies below an article, and the way to write one, as templates read them. Replies are plain text: what
//! looks like markup in them is shown, and only full URLs become links.

use super::View;
use super::context::date;
use super::json::{self, json};
use super::template::{Value, object, safe};
use crate::config::Comments;
use crate::escape;
use crate::model::id::Id;
use crate::model::page::{Page, PageId};
use crate::model::reply::{Reply, count};
use crate::model::site::Term;
use crate::model::url::Permalink;
use crate::parse::urls;

/// The threads below a page; nothing where there are none.
pub(super) fn threads(view: &View<'_>, page: &Page) -> Value {
    if page.replies.is_empty() {
        return Value::none();
    }
    object! {
        "count" => count(&page.replies),
        "list" => list(view, &page.replies),
        "closed" => view.config.comments.is_some() && page.front.comments == Some(false),
    }
}

fn list(view: &View<'_>, replies: &[Reply]) -> Vec<Value> {
    let one = |reply: &Reply| {
        object! {
            "id" => reply.anchor.as_str(),
            "name" => name(view, reply),
            "author" => author_of(view, reply).map_or(Value::none(), |id| view.term(id)),
            "date" => date(view, reply.date),
            "text" => safe(&html(&reply.text)),
            "replies" => list(view, &reply.replies),
        }
    };
    replies.iter().map(one).collect()
}

fn author_of(view: &View<'_>, reply: &Reply) -> Option<Id<Term>> {
    view.site.author_named(reply.author.as_deref()?)
}

/// As the reply gives it, else that of the site's author.
fn name<'a>(view: &'a View<'_>, reply: &'a Reply) -> &'a str {
    if !reply.name.is_empty() {
        return &reply.name;
    }
    match author_of(view, reply) {
        Some(id) => &view.site.term(id).name,
        None => reply.author.as_deref().unwrap_or_default(),
    }
}

/// Plain text as HTML: a paragraph at each empty line, lines as written, full URLs as links that lend nobody the
/// site's good name.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8 + 16);
    let mut open = false;
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), open) {
            (true, true) => out.push_str("</p>\n"),
            (true, false) => {}
            (false, true) => out.push_str("<br>\n"),
            (false, false) => out.push_str("<p>"),
        }
        open = !line.is_empty();
        push_line(&mut out, line);
    }
    if open {
        out.push_str("</p>");
    }
    out
}

fn push_line(out: &mut String, line: &str) {
    let mut done = 0;
    for url in urls(line) {
        escape::push_text(out, &line[done..url.start]);
        out.push_str("<a rel=\"nofollow ugc\" href=\"");
        escape::push_html(out, &escape::url(&line[url.clone()]));
        out.push_str("\">");
        escape::push_text(out, &line[url.clone()]);
        out.push_str("</a>");
        done = url.end;
    }
    escape::push_text(out, &line[done..]);
}

/// The way to reply to a page; nothing where there is none.
pub(super) fn way(view: &View<'_>, id: PageId) -> Value {
    let page = view.site.page(id);
    let Some(comments) = &view.config.comments else {
        return Value::none();
    };
    if !page.is_article() || page.front.comments == Some(false) {
        return Value::none();
    }
    let url = view.config.base_url.absolute(&page.permalink);
    match comments {
        Comments::Form {
            action,
            honeypot,
            fields,
        } => object! {
            "mode" => "form",
            "action" => match action.starts_with('/') {
                true => view.config.base_url.href(&Permalink::root()) + &escape::url(&action[1..]),
                false => escape::url(action),
            },
            "honeypot" => honeypot.as_str(),
            "fields" => pairs(fields),
            "page" => url,
        },
        Comments::Mail { address } => {
            let words = |key| {
                let words = view.theme.string(key).replace("{url}", &url);
                escape::url_value(&words.replace("{title}", &page.title))
            };
            let (subject, body) = (words("reply_mail_subject"), words("reply_mail_body"));
            let to = escape::url_value(address).replace("%40", "@");
            object! {
                "mode" => "mailto",
                "address" => address.as_str(),
                "href" => format!("mailto:{to}?subject={subject}&body={body}"),
            }
        }
        Comments::Embed {
            src,
            host,
            attributes,
        } => object! {
            "mode" => "embed",
            "src" => escape::url(src),
            "host" => host.as_str(),
            "attributes" => pairs(attributes),
        },
    }
}

fn pairs(map: &std::collections::BTreeMap<String, String>) -> Vec<Value> {
    map.iter()
        .map(|(name, value)| object! { "name" => name.as_str(), "value" => value.as_str() })
        .collect()
}

/// Replies as schema.org comments.
pub(super) fn comments(view: &View<'_>, url: &str, replies: &[Reply]) -> Vec<json::Value> {
    let one = |reply: &Reply| {
        let mut comment = json!({
            "@type": "Comment",
            "author": { "@type": "Person", "name": name(view, reply) },
            "text": reply.text,
            "url": format!("{url}#{}", reply.anchor),
        });
        if let Some(date) = reply.date {
            comment["datePublished"] = date.machine().into();
        }
        if !reply.replies.is_empty() {
            comment["comment"] = comments(view, url, &reply.replies).into();
        }
        comment
    };
    replies.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text_with_paragraphs_lines_and_links() {
        for (text, expected) in [
            ("", ""),
            ("one", "<p>one</p>"),
            ("\n\n a\r\n  b \n\t\n\n\nc\n", "<p>a<br>\nb</p>\n<p>c</p>"),
            ("<b>&\"</b> *x*", "<p>&lt;b&gt;&amp;\"&lt;/b&gt; *x*</p>"),
            (
                "see https://x.org/?a=1&b=\"2\". ok",
                "<p>see <a rel=\"nofollow ugc\" href=\"https://x.org/?a=1&amp;b=%222\">https://x.org/?a=1&amp;b=\"2</a>\". ok</p>",
            ),
            ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ] {
            assert_eq!(html(text), expected, "{text:?}");
        }
    }
}
