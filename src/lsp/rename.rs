//! A heading or a file gets another name, and everything that leads to it with it. Of files this is `gen mv`.

use std::collections::BTreeMap;

use super::desk::Desk;
use super::go::uses;
use super::heading::headings;
use super::params::Renamed;
use super::text::{Document, Position};
use super::thing::{self, What};
use crate::edit::Edit;
use crate::model::page::{LinkForm, PageId};
use crate::model::source;
use crate::output::json::{Value, json};
use crate::parse::destination;
use crate::rpc::Fault;
use crate::scan;
use crate::writing::moving::Move;

/// What would be renamed at a place, and the name that it has.
///
/// # Errors
/// Nothing there has a name.
pub(super) fn prepare(
    desk: &mut Desk,
    path: &str,
    document: &Document,
    at: Position,
) -> Result<Value, Fault> {
    let byte = document.byte(at);
    let thing = thing::at(&mut desk.open, path, &document.text, byte);
    match thing.map(|thing| (thing.bytes, thing.what)) {
        Some((bytes, What::Heading(heading))) => Ok(json!({
            "range": document.range(bytes),
            "placeholder": &document.text[heading.words],
        })),
        Some((bytes, What::ToPage { id, .. })) => Ok(json!({
            "range": document.range(bytes),
            "placeholder": desk.open.site().page(id).stem(),
        })),
        _ => Err(nothing()),
    }
}

fn nothing() -> Fault {
    Fault::failed("put the cursor on a heading, or on a link to the article that is to be renamed")
}

/// The changes that give what stands at a place another name.
///
/// # Errors
/// It cannot be done, and why.
pub(super) fn rename(
    desk: &mut Desk,
    path: &str,
    document: &Document,
    at: Position,
    name: &str,
    renames_files: bool,
) -> Result<Value, Fault> {
    let byte = document.byte(at);
    let thing = thing::at(&mut desk.open, path, &document.text, byte);
    match thing.map(|thing| thing.what) {
        Some(What::Heading(heading)) => {
            let edits = of_heading(desk, path, &document.text, &heading.id, name)?;
            Ok(json!({ "changes": desk.changes(&edits) }))
        }
        Some(What::ToPage { id, .. }) if renames_files => of_file(desk, id, name),
        Some(What::ToPage { .. }) => Err(Fault::failed(
            "this editor cannot rename files itself: gen mv does it, with every link",
        )),
        _ => Err(nothing()),
    }
}

fn of_heading(
    desk: &mut Desk,
    path: &str,
    text: &str,
    id: &str,
    name: &str,
) -> Result<Vec<Edit>, Fault> {
    let name = name.trim();
    if name.is_empty() || name.contains(['\n', '\r']) {
        return Err(Fault::failed("a heading is one line of words"));
    }
    let source = path.strip_prefix("content/").unwrap_or(path);
    let read = |desk: &mut Desk, text: &str| {
        let page = desk.open.parse(source, text);
        page.map_or(Vec::new(), |page| headings(&page, text))
    };
    let before = read(desk, text);
    let heading = before.iter().find(|heading| heading.id == id);
    let words = heading
        .map(|heading| heading.words.clone())
        .ok_or_else(nothing)?;
    let mut new = text.to_owned();
    new.replace_range(words.clone(), name);
    let after = read(desk, &new);
    if after.len() != before.len() {
        return Err(Fault::failed(format!("`{name}` would be no heading")));
    }
    // Headings with the same words are numbered: others can change with this one.
    let ids: BTreeMap<&str, &str> = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before.id != after.id)
        .map(|(before, after)| (before.id.as_str(), after.id.as_str()))
        .collect();
    let mut edits = vec![Edit::new(path, words, name)];
    if let Some(page) = desk.open.page_of(path) {
        for (old, new) in ids {
            edits.extend(to_anchor(desk, page, old, new)?);
        }
    }
    edits.sort();
    edits.dedup();
    Ok(edits)
}

/// The changes that make links to one id of a page lead to another.
fn to_anchor(desk: &Desk, page: PageId, old: &str, new: &str) -> Result<Vec<Edit>, Fault> {
    let mut edits = Vec::new();
    for place in uses(desk, page, old) {
        let from = desk.open.page_of(&place.path);
        let link = from.zip(place.link).map(|(from, number)| {
            let page = desk.open.site().page(from);
            page.links[number].clone()
        });
        let Some(link) = link else { continue };
        let text = desk.read(&place.path)?.text;
        let Some((start, _)) = link.dest.split_once('#') else {
            continue;
        };
        let written = destination::written(&format!("{start}#{new}"), link.form);
        let places = destination::places(&text, link.span.clone(), &link.dest, link.form);
        if places.is_empty() && link.form != LinkForm::Attribute {
            return Err(Fault::failed(format!(
                "a link in {} is written in a way that cannot be changed safely: change it by hand first",
                place.path
            )));
        }
        edits.extend(
            places
                .into_iter()
                .map(|at| Edit::new(&place.path, at, &*written)),
        );
    }
    Ok(edits)
}

fn of_file(desk: &Desk, id: PageId, name: &str) -> Result<Value, Fault> {
    let page = desk.open.site().page(id);
    let name = name.trim();
    if name.is_empty() || name.contains(['/', '\\']) {
        return Err(Fault::failed(
            "a file's name has no slashes; gen mv moves it elsewhere",
        ));
    }
    let ending = page.source.rsplit('.').next().unwrap_or("md");
    let file = match source::is_article(name) {
        true => name.to_owned(),
        false => format!("{name}.{ending}"),
    };
    // Of a folder's own page, the folder is meant.
    let (from, to) = match page.stem() {
        "index" if page.folder().is_empty() => {
            return Err(Fault::failed("the home page has no other name"));
        }
        "index" => (page.folder().to_owned(), beside(page.folder(), name)),
        _ => (page.source.clone(), beside(&page.source, &file)),
    };
    if scan::path_is_taken(desk.open.root(), &format!("content/{to}")) {
        return Err(Fault::failed(format!("content/{to} is there already")));
    }
    let decided = desk.open.moving(&from, &to);
    let decided = decided.map_err(|error| Fault::failed(error.to_string()))?;
    let mut changes: Vec<Value> = edits(desk, &decided);
    changes.extend(decided.plan.moved.iter().map(
        |(from, to)| json!({ "kind": "rename", "oldUri": desk.uri(from), "newUri": desk.uri(to) }),
    ));
    Ok(json!({ "documentChanges": changes }))
}

fn edits(desk: &Desk, decided: &Move) -> Vec<Value> {
    let changes = desk.changes(&decided.plan.edits);
    let changes = changes.as_object().cloned().unwrap_or_default();
    changes
        .into_iter()
        .map(|(uri, edits)| {
            json!({ "textDocument": { "uri": uri, "version": null }, "edits": edits })
        })
        .collect()
}

/// A name in the place of the last part of a path.
fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// The changes that go with files that the editor is about to rename.
///
/// # Errors
/// It cannot be done safely, and why.
pub(super) fn with_files(desk: &Desk, files: &[Renamed]) -> Result<Value, Fault> {
    // One after the other would be needed for several, each on what the one before left.
    let [file] = files else {
        if files.is_empty() {
            return Ok(Value::Null);
        }
        return Err(Fault::failed("rename one file or folder after the other"));
    };
    let within = |uri: &str| {
        let path = desk.path_of(uri)?;
        path.strip_prefix("content/").map(str::to_owned)
    };
    let (Some(from), Some(to)) = (within(&file.old_uri), within(&file.new_uri)) else {
        return Ok(Value::Null);
    };
    let decided = desk.open.moving(&from, &to);
    let decided = decided.map_err(|error| Fault::failed(error.to_string()))?;
    Ok(json!({ "changes": desk.changes(&decided.plan.edits) }))
}
