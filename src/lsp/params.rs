//! What editors say, as far as it is of use here. Keys that are not named are passed over.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::text::{Position, Range};
use crate::output::json::{self, Value};
use crate::rpc::Fault;

/// Reads the particulars of a method.
///
/// # Errors
/// They are not those of the method.
pub(super) fn read<T: DeserializeOwned>(params: Value) -> Result<T, Fault> {
    json::typed(params).map_err(|why| Fault::new(Fault::WRONG_PARAMS, why))
}

/// A document by its URI.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) uri: String,
}

/// A place in a document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct At {
    pub(super) text_document: Named,
    pub(super) position: Position,
}

/// A document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Of {
    pub(super) text_document: Named,
}

/// `textDocument/didOpen`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Opened {
    pub(super) text_document: Text,
}

/// A document with its text.
#[derive(Debug, Deserialize)]
pub(super) struct Text {
    pub(super) uri: String,
    pub(super) text: String,
}

/// `textDocument/didChange`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Changed {
    pub(super) text_document: Named,
    pub(super) content_changes: Vec<Change>,
}

/// One change; without a range, the text is all of it.
#[derive(Debug, Deserialize)]
pub(super) struct Change {
    pub(super) range: Option<Range>,
    pub(super) text: String,
}

/// `textDocument/codeAction`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Actions {
    pub(super) text_document: Named,
    pub(super) range: Range,
}

/// `textDocument/rename`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rename {
    pub(super) text_document: Named,
    pub(super) position: Position,
    pub(super) new_name: String,
}

/// `workspace/willRenameFiles`.
#[derive(Debug, Deserialize)]
pub(super) struct Renames {
    pub(super) files: Vec<Renamed>,
}

/// A file or a folder that gets another name.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Renamed {
    pub(super) old_uri: String,
    pub(super) new_uri: String,
}

/// `workspace/symbol`.
#[derive(Debug, Deserialize)]
pub(super) struct Search {
    pub(super) query: String,
}

/// `initialize`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Initialize {
    pub(super) root_uri: Option<String>,
    pub(super) workspace_folders: Option<Vec<Named>>,
    /// What the editor can do.
    pub(super) capabilities: Value,
    /// What its user set.
    pub(super) initialization_options: Option<Wishes>,
}

/// What the editor's user set.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub(super) struct Wishes {
    /// Check the whole site, as `gen check` does, after a file was saved.
    pub(super) check: bool,
}

impl Default for Wishes {
    fn default() -> Wishes {
        Wishes { check: true }
    }
}
