//! What can be done at a place with one click: what `gen check --fix` would mend, words that could be a link, an article
//! that should be read next.

use super::desk::{Desk, Finding, shown};
use super::text::{Document, Range};
use super::thing::{self, What, title};
use crate::build::check::Mending;
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::Edit;
use crate::link::reference::Index;
use crate::model::page::PageId;
use crate::output::json::{Value, json};
use crate::parse::front_edit::{self, List};
use crate::suggest;

const STEPS: List = |front| &mut front.steps.0;
const PINS: List = |front| &mut front.up_next.get_or_insert_default().pins;

/// What can be done in a part of a document.
pub(super) fn actions(desk: &mut Desk, path: &str, document: &Document, range: Range) -> Value {
    let wanted = document.bytes(range);
    let target = thing::at(&mut desk.open, path, &document.text, wanted.start);
    let findings = desk.findings(path, document);
    let touches = |finding: &&Finding<'_>| {
        finding.bytes.start <= wanted.end && wanted.start <= finding.bytes.end
    };
    let mut actions: Vec<Value> = findings
        .iter()
        .filter(touches)
        .filter_map(|finding| mend(desk, finding, document))
        .collect();
    if let Some(What::ToPage { id, .. }) = target.map(|target| target.what) {
        actions.extend(read_next(desk, path, document, id));
    }
    actions.extend(mend_all(desk, &findings));
    json!(actions)
}

fn mend(desk: &Desk, finding: &Finding<'_>, document: &Document) -> Option<Value> {
    let diagnostic = finding.diagnostic;
    // What is suggested is the author's choice; where it stands now, the document knows.
    let link = suggest::link(diagnostic);
    let link = link.map(|link| Edit::new(&diagnostic.path, finding.bytes.clone(), link));
    let edits = match &link {
        Some(link) => std::slice::from_ref(link),
        None => diagnostic.fixes.as_slice(),
    };
    if edits.is_empty() {
        return None;
    }
    let title = match &diagnostic.help {
        Some(help) => sentence(help.trim_end_matches("; gen check --fix writes that")),
        None => format!("Mend: {}", diagnostic.message),
    };
    Some(json!({
        "title": title,
        "kind": "quickfix",
        "isPreferred": link.is_none() && diagnostic.severity != Severity::Note,
        "diagnostics": [shown(finding, document)],
        "edit": { "changes": desk.changes(edits) },
    }))
}

/// With a capital.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// All that is sure in a document, together.
fn mend_all(desk: &Desk, findings: &[Finding<'_>]) -> Option<Value> {
    let found = findings.iter().map(|finding| finding.diagnostic.clone());
    let mending = Mending::of(&found.collect::<Vec<Diagnostic>>());
    (mending.things > 0).then(|| {
        json!({
            "title": "Mend all that gen is sure of in this file",
            "kind": "source.fixAll.gen",
            "edit": { "changes": desk.changes(&mending.plan.edits) },
        })
    })
}

/// An article that this one links to can be what is read after it.
fn read_next(desk: &Desk, path: &str, document: &Document, to: PageId) -> Vec<Value> {
    let site = desk.open.site();
    let Some(from) = desk.open.page_of(path).filter(|from| *from != to) else {
        return Vec::new();
    };
    let (page, other) = (site.page(from), site.page(to));
    if !page.is_article() || !other.is_article() {
        return Vec::new();
    }
    let index = Index::new(&site.pages, &[]);
    let name = |folder: &str| index.name_in(folder, &other.source);
    let mut actions = Vec::new();
    let action = |title: String, path: &str, change: front_edit::Change| {
        let edit = Edit::new(path, change.0, change.1);
        json!({
            "title": title,
            "kind": "refactor",
            "edit": { "changes": desk.changes(&[edit]) },
        })
    };
    let own = name(page.folder());
    let is_pinned = page
        .front
        .up_next
        .as_ref()
        .is_some_and(|wish| wish.pins.contains(&own));
    if !is_pinned && let Some(change) = front_edit::add(&document.text, "up_next", PINS, &own) {
        let title = format!("Pin \"{}\" to be read next", title(other));
        actions.push(action(title, path, change));
    }
    let is_step = |guide: &crate::model::site::Guide| guide.steps.contains(&to) || guide.hub == to;
    // A hub gets one more step; of an article that is a step, the other one becomes the next.
    let guide = site.guide_of_hub(from).map(|guide| (guide, None));
    let guide = guide.or_else(|| site.step_of(from).map(|(guide, step)| (guide, Some(step))));
    if let Some((guide, after)) = guide.filter(|(guide, _)| !is_step(guide)) {
        let hub = site.page(guide.hub);
        let text = desk.open.text(&hub.path()).unwrap_or_default();
        let step = name(hub.folder());
        let written = &hub.front.steps.0;
        let change = match after.and_then(|after| written.get(after)) {
            Some(after) => front_edit::insert(&text, "steps", STEPS, after, &step),
            None => front_edit::add(&text, "steps", STEPS, &step),
        };
        if let Some(change) = change {
            let title = format!(
                "Make \"{}\" the next step of \"{}\"",
                title(other),
                title(hub)
            );
            actions.push(action(title, &hub.path(), change));
        }
    }
    actions
}
