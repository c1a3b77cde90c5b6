//! Answers messages, one after the other. Nothing that a message says ends it but the protocol's own end.

use std::io::Write;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::checking::Heard;
use super::desk::{Desk, is_of_site};
use super::params::{self, Initialize};
use super::{Event, Setup, methods, uri};
use crate::Options;
use crate::error::Error;
use crate::output::json::{Value, json};
use crate::rpc::{self, Fault, Framing, Incoming};
use crate::scan;

/// What comes after a message.
pub(super) enum Next {
    /// The next one.
    Go,
    /// Nothing. It is orderly where the editor had said that it will end.
    End { is_orderly: bool },
}

/// How far the talk is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The editor has not said who it is.
    Silent,
    Talking,
    /// The editor wants nothing but the end.
    Closing,
}

/// The server.
pub(super) struct Server {
    setup: Setup,
    output: Box<dyn Write>,
    events: Sender<Event>,
    phase: Phase,
    client: Client,
    /// Where the editor is.
    folders: Vec<PathBuf>,
    desk: Option<Desk>,
    /// Why no site could be read, as it was told.
    refused: String,
}

/// What the editor can do, and what its user wants.
#[derive(Default)]
struct Client {
    renames_files: bool,
    watches_files: bool,
    check: bool,
}

impl Server {
    pub(super) fn new(setup: Setup, output: Box<dyn Write>, events: Sender<Event>) -> Server {
        Server {
            setup,
            output,
            events,
            phase: Phase::Silent,
            client: Client::default(),
            folders: Vec::new(),
            desk: None,
            refused: String::new(),
        }
    }

    /// Whether something was typed that is not known yet.
    pub(super) fn is_behind(&self) -> bool {
        self.desk.as_ref().is_some_and(Desk::is_behind)
    }

    /// Takes what was typed, and tells what is wrong with it.
    ///
    /// # Errors
    /// It cannot be told.
    pub(super) fn catch_up(&mut self) -> Result<(), Error> {
        let told = self.desk.as_mut().map_or(Vec::new(), Desk::catch_up);
        told.iter().try_for_each(|message| self.send(message))
    }

    /// A check is done.
    ///
    /// # Errors
    /// It cannot be told.
    pub(super) fn checked(&mut self, heard: Heard) -> Result<Next, Error> {
        if let Some(desk) = &mut self.desk {
            let (told, again) = desk.checked(heard);
            told.iter().try_for_each(|message| self.send(message))?;
            if again {
                self.check();
            }
        }
        Ok(Next::Go)
    }

    /// A message came.
    ///
    /// # Errors
    /// The answer cannot be written.
    pub(super) fn hear(&mut self, message: Incoming) -> Result<Next, Error> {
        match message {
            Incoming::Answer => {}
            Incoming::Broken(fault) => self.send(&rpc::told(&Value::Null, &fault))?,
            Incoming::Notification { method, .. } if method == "exit" => {
                let is_orderly = self.phase == Phase::Closing;
                return Ok(Next::End { is_orderly });
            }
            // What cannot be understood of a message without an answer is passed over: so says the protocol.
            Incoming::Notification { method, params } => {
                if self.phase == Phase::Talking
                    && let Ok(Err(error)) = self.note(&method, params)
                {
                    self.complain(&error)?;
                }
            }
            Incoming::Request(mut request) => {
                let params = request.params.take();
                let result = self.answer(&request.method, params)?;
                let began = request.method == "initialize" && result.is_ok();
                self.send(&request.answer(result))?;
                if began {
                    self.phase = Phase::Talking;
                }
            }
        }
        Ok(Next::Go)
    }

    fn send(&mut self, message: &Value) -> Result<(), Error> {
        rpc::write(&mut self.output, Framing::Heads, message)
            .map_err(Error::io("could not write", "the answer".as_ref()))
    }

    /// Tells an editor's user of something that the machine refuses, once.
    fn complain(&mut self, error: &Error) -> Result<(), Error> {
        let message = error.to_string();
        if message == self.refused {
            return Ok(());
        }
        self.refused.clone_from(&message);
        let params = json!({ "type": 1, "message": message });
        self.send(&rpc::notification("window/showMessage", params))
    }

    /// Hears what waits for no answer. What is wrong with the message is the outer error, what the machine refuses the
    /// inner one.
    fn note(&mut self, method: &str, params: Value) -> Result<Result<(), Error>, Fault> {
        match method {
            "initialized" => {
                let watched = self.watch_files();
                return Ok(watched.and_then(|()| self.open_desk()));
            }
            "textDocument/didOpen" => {
                let opened: params::Opened = params::read(params)?;
                let document = opened.text_document;
                if self.desk.is_none() {
                    // The site of the file, where the editor's folder is none.
                    let folder = uri::path(&document.uri);
                    self.folders
                        .extend(folder.and_then(|file| Some(file.parent()?.to_owned())));
                    if let Err(error) = self.open_desk() {
                        return Ok(Err(error));
                    }
                }
                if let Some(desk) = &mut self.desk
                    && let Some(path) = desk.path_of(&document.uri)
                {
                    desk.take(path, document.uri, document.text);
                }
            }
            "textDocument/didChange" => {
                let changed: params::Changed = params::read(params)?;
                if let Some(desk) = &mut self.desk
                    && let Some(path) = desk.path_of(&changed.text_document.uri)
                {
                    desk.change(path, changed.content_changes);
                }
            }
            "textDocument/didClose" => {
                let closed: params::Of = params::read(params)?;
                if let Some(desk) = &mut self.desk
                    && let Some(path) = desk.path_of(&closed.text_document.uri)
                {
                    return Ok(desk.give_back(&path));
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                return Ok(self.reread(&params));
            }
            _ => {}
        }
        Ok(Ok(()))
    }

    /// Files were saved, or changed by others.
    fn reread(&mut self, params: &Value) -> Result<(), Error> {
        let Some(desk) = &mut self.desk else {
            return self.open_desk();
        };
        let uri_of = |change: &Value| change.get("uri").and_then(Value::as_str).map(str::to_owned);
        let saved = params.get("textDocument").into_iter();
        let changes = params.get("changes").and_then(Value::as_array);
        let uris = saved
            .chain(changes.into_iter().flatten())
            .filter_map(uri_of);
        let paths = uris.filter_map(|uri| desk.path_of(&uri));
        if !paths.into_iter().any(|path| is_of_site(&path)) {
            return Ok(());
        }
        desk.reread()?;
        self.check();
        Ok(())
    }

    /// Asks the editor to tell of files that change otherwise, where it can.
    fn watch_files(&mut self) -> Result<(), Error> {
        if !self.client.watches_files {
            return Ok(());
        }
        let globs = ["**/content/**", "**/themes/**", "**/site.toml"];
        let watchers: Vec<Value> = globs
            .iter()
            .map(|glob| json!({ "globPattern": glob }))
            .collect();
        let registration = json!({
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        let request = json!({
            "jsonrpc": "2.0",
            "id": "watch",
            "method": "client/registerCapability",
            "params": { "registrations": [registration] },
        });
        self.send(&request)
    }

    /// Reads the site, where there is one.
    fn open_desk(&mut self) -> Result<(), Error> {
        if self.desk.is_some() {
            return Ok(());
        }
        let root = self.setup.root.clone();
        let root = root.or_else(|| {
            self.folders
                .iter()
                .find_map(|folder| scan::find_root(folder))
        });
        let Some(root) = root else {
            return Ok(());
        };
        let root = root
            .canonicalize()
            .map_err(Error::io("could not read", &root))?;
        self.setup.root = Some(root);
        let Some(options) = self.options() else {
            return Ok(());
        };
        self.desk = Some(Desk::new(options)?);
        self.check();
        Ok(())
    }

    fn options(&self) -> Option<Options> {
        Some(Options {
            root: self.setup.root.clone()?,
            base_url: None,
            drafts: false,
            future: false,
            today: (self.setup.today)(),
        })
    }

    fn check(&mut self) {
        let options = self.options().filter(|_| self.client.check);
        if let (Some(desk), Some(options)) = (&mut self.desk, options) {
            desk.check(options, &self.events);
        }
    }

    /// Answers a request: the outer error is that nothing can be told any more.
    fn answer(&mut self, method: &str, params: Value) -> Result<Result<Value, Fault>, Error> {
        let fault = match (self.phase, method) {
            (Phase::Silent, "initialize") => return Ok(self.initialize(params)),
            (Phase::Silent, _) => Fault::new(Fault::NOT_BEGUN, "`initialize` comes first"),
            (Phase::Closing, _) => Fault::new(Fault::NO_REQUEST, "the server is shut down"),
            (Phase::Talking, "initialize") => {
                Fault::new(Fault::NO_REQUEST, "the server is at work already")
            }
            (Phase::Talking, "shutdown") => {
                self.phase = Phase::Closing;
                return Ok(Ok(Value::Null));
            }
            (Phase::Talking, _) => {
                // What can be written needs no more than the text; all else is asked of the site as it is.
                if method != "textDocument/completion" {
                    self.catch_up()?;
                }
                let renames_files = self.client.renames_files;
                let desk = self.desk.as_mut();
                return Ok(methods::answer(desk, method, params, renames_files));
            }
        };
        Ok(Err(fault))
    }

    fn initialize(&mut self, params: Value) -> Result<Value, Fault> {
        let said: Initialize = params::read(params)?;
        let folders = said.workspace_folders.unwrap_or_default().into_iter();
        let uris = folders.map(|folder| folder.uri).chain(said.root_uri);
        self.folders = uris.filter_map(|uri| uri::path(&uri)).collect();
        let can = |pointer: &str| said.capabilities.pointer(pointer);
        let operations =
            can("/workspace/workspaceEdit/resourceOperations").and_then(Value::as_array);
        self.client = Client {
            renames_files: operations.is_some_and(|all| all.iter().any(|one| one == "rename")),
            watches_files: can("/workspace/didChangeWatchedFiles/dynamicRegistration")
                .is_some_and(|can| *can == json!(true)),
            check: said.initialization_options.unwrap_or_default().check,
        };
        let renames =
            json!({ "filters": [{ "scheme": "file", "pattern": { "glob": "**/content/**" } }] });
        Ok(json!({
            "serverInfo": { "name": "gen", "version": env!("CARGO_PKG_VERSION") },
            "capabilities": {
                "positionEncoding": "utf-16",
                "textDocumentSync": { "openClose": true, "change": 2, "save": true },
                "completionProvider": { "triggerCharacters": ["(", "[", "#", "/", "!", ","] },
                "hoverProvider": true,
                "definitionProvider": true,
                "referencesProvider": true,
                "documentSymbolProvider": true,
                "workspaceSymbolProvider": true,
                "renameProvider": { "prepareProvider": true },
                "codeActionProvider": { "codeActionKinds": ["quickfix", "refactor", "source.fixAll"] },
                "workspace": { "fileOperations": { "willRename": renames } },
            },
        }))
    }
}
