//! The table of contents: headings of the second and third level as a tree, in the words that readers see.

use super::View;
use super::body::link_title;
use super::template::{Value, object};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::model::page::{Body, Hole, PageId};
use crate::model::texts::Heading;

/// The entries of the second level, each with those of the third; one of the third that comes before any of
/// the second stands beside them.
///
/// # Errors
/// Those of [`link_title`].
pub(super) fn tree(
    view: &View<'_>,
    id: PageId,
    body: &Body,
) -> Result<Vec<Value>, Box<Diagnostic>> {
    let titled = has_titles_of_others(body);
    let entry = |heading: Heading<'_>, children: Vec<Value>| {
        let title = match titled {
            true => title(view, id, body, heading)?,
            false => heading.text.to_owned(),
        };
        Ok(object! { "id" => heading.id, "title" => title, "children" => children })
    };
    let mut tree: Vec<(Heading<'_>, Vec<Value>)> = Vec::new();
    for heading in body.outline.iter() {
        match (heading.level, tree.last_mut()) {
            (3, Some((above, children))) if above.level == 2 => {
                children.push(entry(heading, Vec::new())?)
            }
            (2 | 3, _) => tree.push((heading, Vec::new())),
            _ => {}
        }
    }
    tree.into_iter()
        .map(|(heading, children)| entry(heading, children))
        .collect()
}

/// Whether a link in the text takes the title of what it leads to.
fn has_titles_of_others(body: &Body) -> bool {
    body.holes
        .iter()
        .any(|(_, hole)| matches!(hole, Hole::LinkText(_)))
}

/// A heading's words; a link in it that has none of its own has its target's title, as in the text.
fn title(
    view: &View<'_>,
    id: PageId,
    body: &Body,
    heading: Heading<'_>,
) -> Result<String, Box<Diagnostic>> {
    let level = heading.level;
    let open = format!("<h{level} id=\"{}\"", escape::html(heading.id));
    let Some(start) = body.html.find(&open) else {
        return Ok(heading.text.to_owned());
    };
    let end = body.html[start..]
        .find(&format!("</h{level}>"))
        .map_or(body.html.len(), |at| start + at);
    let mut titles = body.holes.iter().filter_map(|(at, hole)| match hole {
        Hole::LinkText(n) if (start..=end).contains(&(*at as usize)) => {
            Some((*n as usize, *at as usize))
        }
        _ => None,
    });
    let Some(first) = titles.next() else {
        return Ok(heading.text.to_owned());
    };
    let mut text = String::new();
    let mut done = start;
    for (n, at) in std::iter::once(first).chain(titles) {
        text.push_str(&escape::plain(&body.html[done..at]));
        text.push_str(&link_title(view, id, n)?);
        done = at;
    }
    text.push_str(&escape::plain(&body.html[done..end]));
    Ok(text.trim().to_owned())
}
