//! The methods that editors ask a site by.

use super::desk::Desk;
use super::params::{self, At};
use super::text::{Document, Position};
use super::{action, complete, go, hover, rename, symbols};
use crate::output::json::Value;
use crate::rpc::Fault;

/// Answers what is asked of a site; null where there is none.
pub(super) fn answer(
    desk: Option<&mut Desk>,
    method: &str,
    params: Value,
    renames_files: bool,
) -> Result<Value, Fault> {
    let place = AT_PLACE.iter().find(|(known, _)| *known == method);
    if place.is_none() && !OTHERS.contains(&method) {
        let message = format!("there is no method `{method}`");
        return Err(Fault::new(Fault::NO_METHOD, message));
    }
    let Some(desk) = desk else {
        return Ok(Value::Null);
    };
    if let Some((_, answer)) = place {
        let asked: At = params::read(params)?;
        let path = desk.known(&asked.text_document.uri)?;
        let document = desk.read(&path)?;
        return answer(desk, &path, &document, asked.position);
    }
    match method {
        "textDocument/rename" => {
            let asked: params::Rename = params::read(params)?;
            let path = desk.known(&asked.text_document.uri)?;
            let document = desk.read(&path)?;
            let (at, name) = (asked.position, asked.new_name);
            rename::rename(desk, &path, &document, at, &name, renames_files)
        }
        "textDocument/codeAction" => {
            let asked: params::Actions = params::read(params)?;
            let path = desk.known(&asked.text_document.uri)?;
            let document = desk.read(&path)?;
            Ok(action::actions(desk, &path, &document, asked.range))
        }
        "textDocument/documentSymbol" => {
            let asked: params::Of = params::read(params)?;
            let path = desk.known(&asked.text_document.uri)?;
            let document = desk.read(&path)?;
            Ok(symbols::outline(desk, &path, &document))
        }
        "workspace/symbol" => {
            let asked: params::Search = params::read(params)?;
            Ok(symbols::articles(desk, &asked.query))
        }
        _ => {
            let asked: params::Renames = params::read(params)?;
            rename::with_files(desk, &asked.files)
        }
    }
}

/// Answers what is asked of a place.
type AtPlace = fn(&mut Desk, &str, &Document, Position) -> Result<Value, Fault>;

/// What can be asked of a place.
const AT_PLACE: [(&str, AtPlace); 5] = [
    ("textDocument/completion", |desk, path, document, at| {
        Ok(complete::complete(desk, path, document, at))
    }),
    ("textDocument/hover", |desk, path, document, at| {
        Ok(hover::hover(desk, path, document, at))
    }),
    ("textDocument/definition", |desk, path, document, at| {
        Ok(go::definition(desk, path, document, at))
    }),
    ("textDocument/references", |desk, path, document, at| {
        Ok(go::references(desk, path, document, at))
    }),
    ("textDocument/prepareRename", rename::prepare),
];

/// What else can be asked.
const OTHERS: [&str; 5] = [
    "textDocument/rename",
    "textDocument/codeAction",
    "textDocument/documentSymbol",
    "workspace/symbol",
    "workspace/willRenameFiles",
];
