//! Ghost's own formats of texts, Lexical and mobiledoc, as HTML: for posts whose HTML an export leaves out.

use serde_json::Value;

use crate::escape::html;

/// Nodes within nodes, at most.
const DEEPEST: usize = 64;

/// A Lexical document as HTML.
pub(super) fn lexical(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut out = String::new();
    children(value.get("root")?, &mut out, 0);
    Some(out)
}

fn children(node: &Value, out: &mut String, depth: usize) {
    let children = node.get("children").and_then(Value::as_array);
    for child in children.into_iter().flatten().filter(|_| depth < DEEPEST) {
        one(child, out, depth + 1);
    }
}

fn one(node: &Value, out: &mut String, depth: usize) {
    let text = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut within = |tag: &str, attributes: &str| {
        out.push_str(&format!("<{tag}{attributes}>"));
        children(node, out, depth);
        out.push_str(&format!("</{tag}>"));
    };
    match text("type") {
        "paragraph" => within("p", ""),
        "heading" | "extended-heading" => within(
            if text("tag").is_empty() {
                "h2"
            } else {
                text("tag")
            },
            "",
        ),
        "quote" | "extended-quote" | "aside" => within("blockquote", ""),
        "list" => within(
            if text("listType") == "number" {
                "ol"
            } else {
                "ul"
            },
            "",
        ),
        "listitem" => within("li", ""),
        "link" | "autolink" => within("a", &format!(" href=\"{}\"", html(text("url")))),
        "linebreak" => out.push_str("<br>"),
        "horizontalrule" => out.push_str("<hr>"),
        "text" | "extended-text" | "code-highlight" => {
            let format = node.get("format").and_then(Value::as_u64).unwrap_or(0);
            let marks = [
                (1, "strong"),
                (2, "em"),
                (4, "s"),
                (16, "code"),
                (32, "sub"),
                (64, "sup"),
            ];
            let on: Vec<&str> = marks
                .into_iter()
                .filter(|(bit, _)| format & bit != 0)
                .map(|(_, tag)| tag)
                .collect();
            out.extend(on.iter().map(|tag| format!("<{tag}>")));
            out.push_str(&html(text("text")));
            out.extend(on.iter().rev().map(|tag| format!("</{tag}>")));
        }
        "image" => {
            out.push_str(&format!(
                "<figure><img src=\"{}\" alt=\"{}\"><figcaption>{}</figcaption></figure>",
                html(text("src")),
                html(text("alt")),
                text("caption")
            ));
        }
        "gallery" => {
            for image in node
                .get("images")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                let src = image.get("src").and_then(Value::as_str).unwrap_or_default();
                let alt = image.get("alt").and_then(Value::as_str).unwrap_or_default();
                out.push_str(&format!(
                    "<p><img src=\"{}\" alt=\"{}\"></p>",
                    html(src),
                    html(alt)
                ));
            }
        }
        "embed" | "bookmark" | "video" | "audio" | "file" => {
            let url = if text("url").is_empty() {
                text("src")
            } else {
                text("url")
            };
            out.push_str(&format!("<p>{}</p>", html(url)));
        }
        "codeblock" | "code" => {
            let code = if text("code").is_empty() {
                let mut inner = String::new();
                children(node, &mut inner, depth);
                inner
            } else {
                html(text("code"))
            };
            out.push_str(&format!(
                "<pre class=\"language-{}\">{code}</pre>",
                html(text("language"))
            ));
        }
        "callout" => {
            out.push_str(&format!(
                "<div class=\"kg-card kg-callout-card\"><div>{}</div></div>",
                text("calloutText")
            ));
        }
        "toggle" => out.push_str(&format!("<h4>{}</h4>{}", text("heading"), text("content"))),
        "html" => out.push_str(text("html")),
        "markdown" => out.push_str(&format!("<p>{}</p>", html(text("markdown")))),
        "paywall" => out.push_str("<!--members-only-->"),
        _ => children(node, out, depth),
    }
}

/// A mobiledoc document as HTML.
pub(super) fn mobiledoc(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    let list = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let (markups, cards, atoms) = (list("markups"), list("cards"), list("atoms"));
    let mut out = String::new();
    for section in list("sections") {
        let at = |place: usize| section.get(place).cloned().unwrap_or(Value::Null);
        match section.get(0).and_then(Value::as_u64) {
            Some(1) => {
                let tag = at(1).as_str().unwrap_or("p").to_owned();
                out.push_str(&format!(
                    "<{tag}>{}</{tag}>",
                    marked(&at(2), &markups, &atoms)
                ));
            }
            Some(3) => {
                let tag = at(1).as_str().unwrap_or("ul").to_owned();
                let items = at(2);
                let items = items.as_array().into_iter().flatten();
                let items: String = items
                    .map(|item| format!("<li>{}</li>", marked(item, &markups, &atoms)))
                    .collect();
                out.push_str(&format!("<{tag}>{items}</{tag}>"));
            }
            Some(10) => {
                let card = at(1)
                    .as_u64()
                    .and_then(|number| cards.get(usize::try_from(number).ok()?).cloned());
                out.push_str(&card.map(|card| of_card(&card)).unwrap_or_default());
            }
            _ => {}
        }
    }
    Some(out)
}

fn of_card(card: &Value) -> String {
    let name = card.get(0).and_then(Value::as_str).unwrap_or_default();
    let mut node = card.get(1).cloned().unwrap_or(Value::Null);
    let kind = match name {
        "hr" => "horizontalrule",
        "card-markdown" => "markdown",
        "code" => "codeblock",
        other => other,
    };
    if let Some(map) = node.as_object_mut() {
        map.insert("type".to_owned(), Value::from(kind));
    }
    let mut out = String::new();
    one(&node, &mut out, 0);
    out
}

/// Words with the elements that they stand in.
fn marked(markers: &Value, markups: &[Value], atoms: &[Value]) -> String {
    let mut out = String::new();
    let mut open: Vec<String> = Vec::new();
    for marker in markers.as_array().into_iter().flatten() {
        let begins = marker
            .get(1)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        for number in begins.iter().filter_map(Value::as_u64) {
            let markup = usize::try_from(number)
                .ok()
                .and_then(|number| markups.get(number));
            let tag = markup
                .and_then(|markup| markup.get(0)?.as_str())
                .unwrap_or("span");
            let attributes = markup.and_then(|markup| markup.get(1)?.as_array());
            let href =
                attributes.filter(|pairs| pairs.first().and_then(Value::as_str) == Some("href"));
            let href = href.and_then(|pairs| pairs.get(1)?.as_str());
            out.push_str(&match href {
                Some(href) => format!("<{tag} href=\"{}\">", html(href)),
                None => format!("<{tag}>"),
            });
            open.push(tag.to_owned());
        }
        match (marker.get(0).and_then(Value::as_u64), marker.get(3)) {
            (Some(0), Some(Value::String(text))) => out.push_str(&html(text)),
            (Some(1), Some(number)) => {
                let atom = number
                    .as_u64()
                    .and_then(|number| atoms.get(usize::try_from(number).ok()?));
                let is_break = atom.and_then(|atom| atom.get(0)?.as_str()) == Some("soft-return");
                out.push_str(if is_break { "<br>" } else { "" });
            }
            _ => {}
        }
        for _ in 0..marker.get(2).and_then(Value::as_u64).unwrap_or(0) {
            if let Some(tag) = open.pop() {
                out.push_str(&format!("</{tag}>"));
            }
        }
    }
    out.extend(open.iter().rev().map(|tag| format!("</{tag}>")));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexical_is_html() {
        let text = r#"{"root":{"children":[{"type":"paragraph","children":[{"type":"text","text":"a < ","format":0},{"type":"text","text":"b","format":1},{"type":"link","url":"/x/","children":[{"type":"text","text":"c"}]}]},{"type":"image","src":"/p.png","alt":"P","caption":"Ours"},{"type":"paywall"}]}}"#;
        assert_eq!(
            lexical(text).unwrap(),
            "<p>a &lt; <strong>b</strong><a href=\"/x/\">c</a></p><figure><img src=\"/p.png\" alt=\"P\"><figcaption>Ours</figcaption></figure><!--members-only-->"
        );
        assert!(lexical("{").is_none());
    }

    #[test]
    fn mobiledoc_is_html() {
        let text = r#"{"markups":[["a",["href","/x/"]]],"cards":[["hr",{}]],"atoms":[["soft-return","",{}]],"sections":[[1,"p",[[0,[],0,"a"],[0,[0],1,"b"],[1,[],0,0]]],[3,"ul",[[[0,[],0,"c"]]]],[10,0]]}"#;
        assert_eq!(
            mobiledoc(text).unwrap(),
            "<p>a<a href=\"/x/\">b</a><br></p><ul><li>c</li></ul><hr>"
        );
    }
}
