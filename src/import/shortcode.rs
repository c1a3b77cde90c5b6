//! What the tags of other systems become: pictures, players, code, callouts, links. What is not known stays as a comment
//! that readers do not see, and is told in the report.

use super::doc::Doc;
use super::html::text_of;
use super::tag::{self, Call, Tags};
use super::written::{bracketed, callout, comment, destination, kind_of_callout, quoted};

/// A text with Markdown in the place of the tags of templates.
pub(super) fn converted(doc: &mut Doc, text: &str, tags: Tags) -> String {
    let title = doc.front.title.as_ref().map(|title| title.0.clone());
    let title = title.unwrap_or_default();
    let mut left: Vec<String> = Vec::new();
    let text = tag::replaced(text, tags, &mut |call| {
        if let Some(markdown) = markdown(call, &title) {
            return markdown;
        }
        left.push(call.written.clone());
        let inner = call.inner.as_deref().unwrap_or_default();
        format!("{}{inner}", comment(&call.written))
    });
    for written in left {
        let name = written.split([' ', '(', '\n']).next().unwrap_or_default();
        let name = match name {
            "include" => written
                .split_whitespace()
                .take(2)
                .collect::<Vec<_>>()
                .join(" "),
            name => name.to_owned(),
        };
        doc.leave(&format!("shortcode `{name}`"), &written);
    }
    text
}

/// What a tag means in Markdown; none where nobody knows.
fn markdown(call: &Call, title: &str) -> Option<String> {
    if call.is_output && call.get(&["id", "src", "path", "url"]).is_none() {
        return printed(&call.written, title);
    }
    let inner = call.inner.as_deref();
    Some(match call.name.as_str() {
        "figure" | "image" | "img" | "picture" | "pic" | "resize_image" | "imgproc"
        | "responsive_image" => picture(
            call,
            &["src", "image_path", "url", "path", "link", "0"],
            &["alt", "1"],
        )?,
        "asset_img" => {
            let mut alt = call.rest(1);
            if alt.is_empty() {
                alt = call.get(&["alt", "title"]).unwrap_or_default().to_owned();
            }
            format!("![{}]({})", bracketed(&alt), destination(call.get(&["0"])?))
        }
        "youtube" | "youtube_embed" | "youtubelite" | "yt" => {
            let id = last_part(call.get(&["id", "v", "video", "video_id", "0"])?);
            paragraph(&format!("https://www.youtube.com/watch?v={id}"))
        }
        "vimeo" => paragraph(&format!(
            "https://vimeo.com/{}",
            last_part(call.get(&["id", "video", "0"])?)
        )),
        "video" => match (call.get(&["provider"]), call.get(&["id"])) {
            (Some("youtube"), Some(id)) => {
                paragraph(&format!("https://www.youtube.com/watch?v={id}"))
            }
            (Some("vimeo"), Some(id)) => paragraph(&format!("https://vimeo.com/{id}")),
            _ => paragraph(
                call.get(&["src", "url", "0"])
                    .filter(|src| src.starts_with("http"))?,
            ),
        },
        "gist" => {
            let id = call.rest(0).replace(' ', "/");
            paragraph(&format!("[Gist {id}](https://gist.github.com/{id})"))
        }
        "tweet" | "twitter" | "x" | "twitter_simple" => {
            let id = call.get(&["id", "1", "0"])?;
            let user = call.get(&["user"]).unwrap_or("i/web");
            paragraph(&format!(
                "[Post on X](https://x.com/{user}/status/{})",
                last_part(id)
            ))
        }
        "ref" | "relref" | "post_url" | "link" | "absref" | "url" | "post_path" => {
            destination(call.get(&["path", "0"])?)
        }
        "post_link" => {
            let words = call.rest(1);
            let name = call.get(&["0"])?;
            let words = if words.is_empty() {
                name.to_owned()
            } else {
                words
            };
            format!("[{}]({})", bracketed(&words), destination(name))
        }
        "highlight" | "code" | "codeblock" | "code_block" => code(call, inner?),
        "mermaid" => format!("\n\n```mermaid\n{}\n```\n\n", inner?.trim()),
        "raw" | "verbatim" | "rawhtml" | "center" | "centerquote" | "lead" | "div" | "markdown" => {
            inner?.to_owned()
        }
        "comment" => String::new(),
        "toc" => String::new(),
        "quote" | "blockquote" | "pullquote" | "epigraph" | "cq" => {
            let author = call.get(&["author", "cite", "name"]).map(str::to_owned);
            let author = author.unwrap_or_else(|| call.rest(0));
            let by = if author.is_empty() {
                String::new()
            } else {
                format!("\n\n— {author}")
            };
            quoted(&format!("{}{by}", inner?.trim()))
        }
        "details" | "collapse" | "expand" | "spoiler" | "fold" => {
            let title = call
                .get(&["summary", "title", "label", "0"])
                .unwrap_or_default();
            callout("note", true, title, inner?)
        }
        "button" | "btn" | "linkbutton" => {
            let to = call.get(&["href", "url", "link", "relref", "0"])?;
            format!(
                "[{}]({})",
                bracketed(inner.or(call.get(&["text", "1"]))?.trim()),
                destination(to)
            )
        }
        "include" | "include_relative" | "include_cached" | "partial" => {
            return included(call, title);
        }
        "notice" | "alert" | "callout" | "admonition" | "hint" | "aside" | "message" | "box"
        | "admon" => {
            let kind = call.get(&[
                "type", "style", "level", "kind", "class", "0", "color", "context", "icon",
            ]);
            let title = call.get(&["title", "1"]).unwrap_or_default();
            callout(kind.unwrap_or("note"), false, title, inner?)
        }
        name if kind_of_callout(name).is_some() => callout(
            name,
            false,
            call.get(&["title", "0"]).unwrap_or_default(),
            inner?,
        ),
        _ => return None,
    })
}

/// Jekyll's includes: the usual names are those of tags.
fn included(call: &Call, title: &str) -> Option<String> {
    let name = call.get(&["0"])?.rsplit('/').next()?;
    let name = name.split('.').next()?;
    if matches!(
        name,
        "include" | "include_relative" | "include_cached" | "partial"
    ) {
        return None;
    }
    let words = call.words.iter().filter(|word| !word.key.is_empty());
    let same = Call {
        name: name.to_lowercase(),
        words: words
            .map(|word| tag::Word {
                key: word.key.clone(),
                value: word.value.clone(),
            })
            .collect(),
        ..Call::default()
    };
    markdown(&same, title)
}

/// `{{ 'x' | relative_url }}`: what is printed, where that is known without a template.
fn printed(written: &str, title: &str) -> Option<String> {
    let mut filters = written.split('|').map(str::trim);
    let value = filters.next()?;
    let known = [
        "relative_url",
        "absolute_url",
        "url",
        "prepend: site.baseurl",
        "prepend: site.url",
        "absoluteurl",
        "locale_url",
        "prepend:site.baseurl",
        "htmlbaseurl",
    ];
    if !filters.all(|filter| known.contains(&filter.to_lowercase().as_str())) {
        return None;
    }
    let literal = ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
    match (literal, value) {
        (Some(text), _) => Some(text.to_owned()),
        (None, "site.baseurl" | "site.url" | "baseurl" | "base_path" | "base_url") => {
            Some(String::new())
        }
        (None, "page.title" | "title") if !title.is_empty() => Some(title.to_owned()),
        _ => None,
    }
}

fn picture(call: &Call, src: &[&str], alt: &[&str]) -> Option<String> {
    let src = call.get(src)?;
    let alt = call.get(alt).unwrap_or_default();
    let caption = call.get(&["caption", "title", "attr"]).unwrap_or_default();
    let caption = text_of(caption);
    let alt = if alt.is_empty() { &caption } else { alt };
    Some(match caption.is_empty() {
        true => format!("![{}]({})", bracketed(alt), destination(src)),
        false => format!(
            "![{}]({} \"{}\")",
            bracketed(alt),
            destination(src),
            caption.replace('"', "\\\"")
        ),
    })
}

fn code(call: &Call, inner: &str) -> String {
    let lang = call.words.iter().map(|word| word.value.as_str());
    let lang = match call.get(&["lang", "language"]) {
        Some(lang) => lang,
        None => lang
            .filter_map(|word| word.strip_prefix("lang:").or(Some(word)))
            .next()
            .unwrap_or_default(),
    };
    let lang: String = lang
        .chars()
        .filter(|c| c.is_alphanumeric() || "+-#_".contains(*c))
        .collect();
    let longest = inner.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!(
        "\n\n{fence}{lang}\n{}\n{fence}\n\n",
        inner.trim_matches('\n').trim_end()
    )
}

fn paragraph(text: &str) -> String {
    format!("\n\n{text}\n\n")
}

/// The last part of an address, as its players name a video.
fn last_part(text: &str) -> &str {
    let part = text
        .trim_end_matches('/')
        .rsplit(['/', '='])
        .next()
        .unwrap_or_default();
    part.split(['?', '&', '#']).next().unwrap_or_default()
}
