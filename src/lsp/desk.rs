//! The site that is open, the documents that an editor has of it, and what was told of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range as Bytes;
use std::sync::mpsc::Sender;

use super::Event;
use super::checking::{self, Heard};
use super::params::Change;
use super::text::{Document, Range};
use super::uri;
use crate::Options;
use crate::build::open::OpenSite;
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::Edit;
use crate::error::Error;
use crate::lint::{Check, LINTS};
use crate::output::json::{Value, json};
use crate::rpc::{self, Fault};
use crate::{config, scan, suggest};

/// A site and what an editor has of it.
pub(super) struct Desk {
    pub(super) open: OpenSite,
    /// By their paths from the site's root.
    documents: BTreeMap<String, Open>,
    /// Those that the site does not know yet as they are.
    changed: BTreeSet<String>,
    /// The site must be linked anew, though no text changed.
    is_stale: bool,
    /// What a check of the whole site found beyond what is known at each moment.
    beyond: Vec<Diagnostic>,
    /// What was told, by path.
    told: BTreeMap<String, Vec<Diagnostic>>,
    checks: Checks,
}

/// A document that an editor has.
struct Open {
    /// As the editor names it.
    uri: String,
    document: Document,
}

/// Whether the whole site is checked.
#[derive(Default)]
struct Checks {
    runs: bool,
    /// Something was saved while one ran.
    again: bool,
}

/// Something that is wrong, and where.
pub(super) struct Finding<'d> {
    pub(super) diagnostic: &'d Diagnostic,
    pub(super) bytes: Bytes<usize>,
}

impl Desk {
    /// Reads the site.
    ///
    /// # Errors
    /// What the machine refuses.
    pub(super) fn new(options: Options) -> Result<Desk, Error> {
        Ok(Desk {
            open: OpenSite::read(options)?,
            documents: BTreeMap::new(),
            changed: BTreeSet::new(),
            is_stale: true,
            beyond: Vec::new(),
            told: BTreeMap::new(),
            checks: Checks::default(),
        })
    }

    /// The path of a file from the site's root; none where it is not of the site.
    pub(super) fn path_of(&self, uri: &str) -> Option<String> {
        scan::path_within(self.open.root(), &uri::path(uri)?)
    }

    /// The same, or what to answer where it is not of the site. What is asked next is asked in the file's language.
    pub(super) fn known(&mut self, uri: &str) -> Result<String, Fault> {
        let fault = || Fault::failed("this file is not of the site");
        let path = self.path_of(uri).ok_or_else(fault)?;
        self.open.speak_as(&path);
        Ok(path)
    }

    /// How a file is named to the editor.
    pub(super) fn uri(&self, path: &str) -> String {
        match self.documents.get(path) {
            Some(open) => open.uri.clone(),
            None => uri::uri(self.open.root(), path),
        }
    }

    /// The document of a file: the editor's, or the one on disk.
    pub(super) fn document(&self, path: &str) -> Option<Cow<'_, Document>> {
        if let Some(open) = self.documents.get(path) {
            return Some(Cow::Borrowed(&open.document));
        }
        let text = self.open.text(path)?.into_owned();
        Some(Cow::Owned(Document::new(text)))
    }

    /// The same, or what to answer where there is none.
    pub(super) fn read(&self, path: &str) -> Result<Document, Fault> {
        let fault = || Fault::failed(format!("{path} cannot be read"));
        self.document(path).map(Cow::into_owned).ok_or_else(fault)
    }

    /// A place in a file, as editors are told it.
    pub(super) fn location(&self, path: &str, bytes: Bytes<usize>) -> Option<Value> {
        let range = self.document(path)?.range(bytes);
        Some(json!({ "uri": self.uri(path), "range": range }))
    }

    /// Changes as editors are told them, by file.
    pub(super) fn changes(&self, edits: &[Edit]) -> Value {
        let mut by_uri: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for edit in edits {
            let Some(document) = self.document(&edit.path) else {
                continue;
            };
            let range = document.range(edit.bytes.0..edit.bytes.1);
            let edits = by_uri.entry(self.uri(&edit.path)).or_default();
            edits.push(json!({ "range": range, "newText": edit.text }));
        }
        json!(by_uri)
    }

    /// The editor has a document.
    pub(super) fn take(&mut self, path: String, uri: String, text: String) {
        let document = Document::new(text);
        self.documents.insert(path.clone(), Open { uri, document });
        self.changed.insert(path);
    }

    /// A document changed.
    pub(super) fn change(&mut self, path: String, changes: Vec<Change>) {
        let Some(open) = self.documents.get_mut(&path) else {
            return;
        };
        for change in changes {
            open.document.change(change.range, &change.text);
        }
        self.changed.insert(path);
    }

    /// The editor has a document no more.
    ///
    /// # Errors
    /// What the machine refuses.
    pub(super) fn give_back(&mut self, path: &str) -> Result<(), Error> {
        self.changed.remove(path);
        self.is_stale = true;
        match self.documents.remove(path) {
            Some(_) => self.open.forget_text(path),
            None => Ok(()),
        }
    }

    /// Files changed on disk.
    ///
    /// # Errors
    /// What the machine refuses.
    pub(super) fn reread(&mut self) -> Result<(), Error> {
        self.is_stale = true;
        self.open.reread()
    }

    /// Whether the site is not known as it is.
    pub(super) fn is_behind(&self) -> bool {
        self.is_stale || !self.changed.is_empty()
    }

    /// Takes what changed; returns what is to be told.
    pub(super) fn catch_up(&mut self) -> Vec<Value> {
        if !self.is_behind() {
            return Vec::new();
        }
        self.is_stale = false;
        for path in std::mem::take(&mut self.changed) {
            if let Some(open) = self.documents.get(&path) {
                self.open.set_text(&path, open.document.text.clone());
            }
        }
        self.open.link();
        self.tell()
    }

    /// Checks the whole site on a thread of its own.
    pub(super) fn check(&mut self, options: Options, events: &Sender<Event>) {
        if self.checks.runs {
            self.checks.again = true;
            return;
        }
        let before = self.open.diagnostics().to_vec();
        let unsaved = self.documents.iter().filter(|(path, open)| {
            let saved = scan::file(self.open.root(), path);
            saved.map_or(true, |saved| !is_same(&saved, &open.document.text))
        });
        let unsaved = unsaved.map(|(path, _)| path.clone()).collect();
        self.checks.again = false;
        self.checks.runs = checking::start(options, before, unsaved, events.clone());
    }

    /// A check is done. Returns what is to be told, and whether another one is due.
    pub(super) fn checked(&mut self, heard: Heard) -> (Vec<Value>, bool) {
        self.checks.runs = false;
        if let Some(beyond) = heard.beyond() {
            self.beyond = beyond;
        }
        (self.tell(), self.checks.again)
    }

    /// What is wrong with a file, with its place.
    pub(super) fn findings<'d>(&'d self, path: &str, document: &Document) -> Vec<Finding<'d>> {
        self.wrong_with(path)
            .filter_map(|(diagnostic, is_now)| {
                let bytes = match &diagnostic.excerpt {
                    None => Some(0..0),
                    Some(excerpt) => document.marked(excerpt),
                };
                // What was found before may stand nowhere any more.
                let bytes = bytes.or(is_now.then_some(0..0))?;
                Some(Finding { diagnostic, bytes })
            })
            .collect()
    }

    /// What is wrong with a file: what is known now, and what the last check found beyond that.
    fn wrong_with<'d>(&'d self, path: &str) -> impl Iterator<Item = (&'d Diagnostic, bool)> {
        let of_path = |list: &'d [Diagnostic]| {
            let start = list.partition_point(|d| d.path.as_str() < path);
            let rest = &list[start..];
            &rest[..rest.partition_point(|d| d.path == path)]
        };
        let now = of_path(self.open.diagnostics());
        let is_open = self.documents.contains_key(path);
        let is_new = move |d: &&Diagnostic| !(checking::holds(now, d) || is_open && is_of_pages(d));
        let beyond = of_path(&self.beyond).iter().filter(is_new);
        let now = now.iter().map(|d| (d, true));
        now.chain(beyond.map(|d| (d, false)))
    }

    /// What is to be told of files with which something else is wrong than what was told.
    fn tell(&mut self) -> Vec<Value> {
        let now = self.open.diagnostics().iter().chain(&self.beyond);
        let mut paths: BTreeSet<String> = now.map(|d| d.path.clone()).collect();
        paths.extend(self.told.keys().cloned());
        let mut messages = Vec::new();
        for path in paths {
            let wrong: Vec<Diagnostic> = self.wrong_with(&path).map(|(d, _)| d.clone()).collect();
            if self.told.get(&path).is_some_and(|told| *told == wrong) {
                continue;
            }
            let document = self.document(&path).unwrap_or_default();
            let findings = self.findings(&path, &document);
            let shown: Vec<Value> = findings
                .iter()
                .map(|finding| shown(finding, &document))
                .collect();
            let params = json!({ "uri": self.uri(&path), "diagnostics": shown });
            messages.push(rpc::notification("textDocument/publishDiagnostics", params));
            match wrong.is_empty() {
                true => self.told.remove(&path),
                false => self.told.insert(path, wrong),
            };
        }
        messages
    }
}

/// Whether a file has the text of a document. Editors keep the mark to themselves that a file can begin with.
fn is_same(file: &[u8], text: &str) -> bool {
    let bare = |bytes| <[u8]>::strip_prefix(bytes, "\u{feff}".as_bytes()).unwrap_or(bytes);
    bare(file) == bare(text.as_bytes())
}

/// A finding as editors show it.
pub(super) fn shown(finding: &Finding<'_>, document: &Document) -> Value {
    let diagnostic = finding.diagnostic;
    let range: Range = document.range(finding.bytes.clone());
    let severity = match diagnostic.severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note if diagnostic.code == suggest::CODE => 4,
        Severity::Note => 3,
    };
    let message = match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    json!({
        "range": range,
        "severity": severity,
        "code": diagnostic.code,
        "source": "gen",
        "message": message,
    })
}

/// Whether a lint of single pages found it: for documents, those run all the time.
fn is_of_pages(diagnostic: &Diagnostic) -> bool {
    let lint = LINTS.iter().find(|lint| lint.code == diagnostic.code);
    lint.is_some_and(|lint| matches!(lint.check, Check::Page(_)))
}

/// Whether a change of this file can change what is known of the site.
pub(super) fn is_of_site(path: &str) -> bool {
    path == config::FILE || path.starts_with("content/") || path.starts_with("themes/")
}
