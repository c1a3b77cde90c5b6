//! What could be written where the cursor is: files, titles and anchors in links, keys and values in front matter,
//! kinds of callouts. What fits what was typed is chosen here, for an editor would match the beginnings of paths alone.

use super::candidates::{Asked, Candidate, Kind, MOST, Offer, best, names, paths};
use super::desk::Desk;
use super::front_values;
use super::text::{Document, Position};
use super::thing::folder_of;
use crate::escape::url_decode;
use crate::link::reference::{Found, Index};
use crate::model::url;
use crate::output::json::{Value, json};

/// What can be written at a place of a body.
#[derive(Debug, PartialEq, Eq)]
enum Context<'t> {
    /// The destination of a link, or of a picture.
    Path { typed: &'t str, is_picture: bool },
    /// The anchor of a link.
    Anchor { path: &'t str, typed: &'t str },
    /// The name in a wiki link.
    Name { typed: &'t str },
    /// The anchor of a wiki link.
    NameAnchor { name: &'t str, typed: &'t str },
    /// The kind of a callout.
    Callout { typed: &'t str },
}

/// What could be written at a place of a file.
pub(super) fn complete(
    desk: &mut Desk,
    path: &str,
    document: &Document,
    position: Position,
) -> Value {
    let byte = document.byte(position);
    let found = match front_values::complete(desk, path, &document.text, byte) {
        Some(found) => Some(found),
        None => in_body(desk, path, &document.text, byte),
    };
    let Some(Offer { typed, candidates }) = found else {
        return json!({ "isIncomplete": false, "items": [] });
    };
    let range = document.range(typed.clone());
    let written = &document.text[typed];
    let item = |(place, candidate): (usize, &Candidate)| {
        json!({
            "label": candidate.label,
            "detail": candidate.detail,
            "kind": candidate.kind as u8,
            // The order is ours, and so is the choice: the editor is to take both.
            "sortText": format!("{place:03}"),
            "filterText": written,
            "textEdit": { "range": range, "newText": candidate.insert },
        })
    };
    let items: Vec<Value> = candidates.iter().take(MOST).enumerate().map(item).collect();
    json!({ "isIncomplete": true, "items": items })
}

fn in_body(desk: &mut Desk, path: &str, text: &str, byte: usize) -> Option<Offer> {
    let source = path.strip_prefix("content/")?;
    let folder = folder_of(source);
    let start = text[..byte].rfind('\n').map_or(0, |end| end + 1);
    let (typed, candidates) = match context(&text[start..byte])? {
        Context::Path { typed, is_picture } => (typed, paths(desk, folder, typed, is_picture)),
        Context::Anchor { path, typed } => {
            let target = match path.is_empty() {
                true => source.to_owned(),
                false => url::resolve(folder, &url_decode(path))?,
            };
            (typed, anchors(desk, &target, typed))
        }
        Context::Name { typed } => (typed, names(desk, folder, typed, &|_| true)),
        Context::NameAnchor { name, typed } => {
            let site = desk.open.site();
            let target = match (
                name.is_empty(),
                Index::new(&site.pages, &[]).find(name, folder),
            ) {
                (true, _) => source.to_owned(),
                (false, Found::Page(id)) => site.page(id).source.clone(),
                _ => return None,
            };
            (typed, anchors(desk, &target, typed))
        }
        Context::Callout { typed } => (typed, callouts(desk, typed)),
    };
    Some(Offer {
        typed: byte - typed.len()..byte,
        candidates,
    })
}

/// What the end of a line begins.
fn context(line: &str) -> Option<Context<'_>> {
    let link = line.rfind("](").map(|at| (at, &line[at + 2..]));
    let link = link.filter(|(_, typed)| !typed.contains([')', ' ', '"']));
    let wiki = line.rfind("[[").map(|at| (at, &line[at + 2..]));
    let wiki = wiki.filter(|(_, typed)| !typed.contains(['|', ']']));
    if let Some((at, typed)) = wiki
        && link.is_none_or(|(before, _)| before < at)
    {
        return Some(match typed.split_once('#') {
            Some((name, typed)) => Context::NameAnchor { name, typed },
            None => Context::Name { typed },
        });
    }
    if let Some((at, typed)) = link {
        let is_picture = opening(&line[..at]).is_some_and(|open| line[..open].ends_with('!'));
        return Some(in_destination(typed, is_picture));
    }
    let quoted = line.trim_start().strip_prefix('>');
    let callout = quoted.and_then(|rest| rest.trim_start_matches(['>', ' ']).strip_prefix("[!"));
    if let Some(typed) = callout.filter(|typed| !typed.contains(']')) {
        return Some(Context::Callout { typed });
    }
    // `[label]: destination`
    let (label, rest) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
    let typed = rest.trim_start();
    let is_one = !label.is_empty() && !label.starts_with('^') && !typed.contains(' ');
    is_one.then(|| in_destination(typed, false))
}

fn in_destination(typed: &str, is_picture: bool) -> Context<'_> {
    match typed.split_once('#') {
        Some((path, typed)) => Context::Anchor { path, typed },
        None => Context::Path { typed, is_picture },
    }
}

/// Where the bracket opens that closes behind this text.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, sign) in text.char_indices().rev() {
        match sign {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The headings and other ids of a file, by its path in `content/`.
fn anchors(desk: &mut Desk, source: &str, typed: &str) -> Vec<Candidate> {
    let path = format!("content/{source}");
    let Some(document) = desk.document(&path) else {
        return Vec::new();
    };
    let text = document.text.clone();
    let Some(page) = desk.open.parse(source, &text) else {
        return Vec::new();
    };
    let asked = Asked::new(typed);
    let outline = page.body.iter().flat_map(|body| body.outline.iter());
    let mut all: Vec<(String, String)> = outline
        .map(|heading| (heading.id.to_owned(), heading.text.to_owned()))
        .collect();
    for id in page.ids.iter() {
        if !all.iter().any(|(known, _)| known == id) {
            all.push((id.to_owned(), id.to_owned()));
        }
    }
    let ranked = all.into_iter().filter_map(|(id, text)| {
        let rank = asked.rank(&id, &text, "")?;
        let candidate = Candidate {
            detail: format!("#{id}"),
            label: text,
            insert: id,
            kind: Kind::Anchor,
        };
        Some((rank, candidate))
    });
    best(ranked.collect())
}

fn callouts(desk: &Desk, typed: &str) -> Vec<Candidate> {
    let kinds = desk.open.theme().callouts.iter();
    let fitting = kinds.filter(|kind| kind.starts_with(&typed.to_lowercase()));
    let candidate = |kind: &String| Candidate {
        label: kind.clone(),
        detail: "callout".to_owned(),
        insert: kind.clone(),
        kind: Kind::Value,
    };
    fitting.map(candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_line_says_what_can_be_written() {
        let path = |typed, is_picture| Some(Context::Path { typed, is_picture });
        for (line, expected) in [
            ("a [b](../c", path("../c", false)),
            ("![b [c]](", path("", true)),
            ("[![x](y.png)](z", path("z", false)),
            (
                "a [b](c.md#d",
                Some(Context::Anchor {
                    path: "c.md",
                    typed: "d",
                }),
            ),
            (
                "[b](#",
                Some(Context::Anchor {
                    path: "",
                    typed: "",
                }),
            ),
            ("[b](c) [[d e", Some(Context::Name { typed: "d e" })),
            (
                "[[d#e",
                Some(Context::NameAnchor {
                    name: "d",
                    typed: "e",
                }),
            ),
            ("> > [!ti", Some(Context::Callout { typed: "ti" })),
            ("[x]: ../a", path("../a", false)),
            ("[^1]: a", None),
            ("[b](c) d", None),
            ("[b](c \"t", None),
            ("[[d]] e", None),
            ("[[d|e", None),
            ("plain", None),
            ("[!tip", None),
        ] {
            assert_eq!(context(line), expected, "{line}");
        }
    }
}
