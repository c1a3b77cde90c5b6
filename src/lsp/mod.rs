//! `gen lsp`: a language server, so that an editor says what a build would say while an article is written, and knows
//! what can be linked. It speaks the Language Server Protocol 3.17 on two streams that it is handed.
//!
//! One thread reads messages, one checks the site as `gen check` does after a file was saved, and one does all else:
//! it holds the site ([`crate::build::open`]), takes what is typed, waits a moment for more of it, and tells what is
//! wrong. Questions are answered of the text as it is typed. `lsp-types` and its like are not used: they are as much
//! to compile as a tenth of all else, for the few shapes of JSON that are said here.

mod action;
mod candidates;
mod checking;
mod complete;
mod desk;
mod front_values;
mod go;
mod heading;
mod hover;
mod methods;
mod params;
mod rename;
mod server;
mod symbols;
mod text;
mod thing;
mod uri;

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::Today;
use crate::error::Error;
use crate::rpc::{self, Framing, Incoming};
use checking::Heard;
use server::{Next, Server};

/// Who types is waited for so long before anything is told: the pause between two keys is longer.
const QUIET: Duration = Duration::from_millis(15);

/// What is served.
pub struct Setup {
    /// The folder with `site.toml`; where nothing is said, the editor's folder says it, or the first file that it opens.
    pub root: Option<PathBuf>,
    /// Says what day it is, at each reading.
    pub today: fn() -> Today,
}

/// What happens.
enum Event {
    /// A message came.
    Message(Incoming),
    /// No more will come.
    End,
    /// A check is done.
    Checked(Box<Heard>),
}

/// Serves until the editor says that it is enough, or its stream ends. True where it said so in the way that the
/// protocol has.
///
/// # Errors
/// Answers cannot be written.
pub fn run(
    setup: Setup,
    mut input: Box<dyn BufRead + Send>,
    output: Box<dyn Write>,
) -> Result<bool, Error> {
    let (events, coming) = mpsc::channel();
    let sender = events.clone();
    let read = move || {
        // A stream that fails has ended.
        while let Ok(Some(incoming)) = rpc::read(&mut input, Framing::Heads) {
            if sender.send(Event::Message(incoming)).is_err() {
                return;
            }
        }
        // Nobody waits for it where the server ended first.
        let _ = sender.send(Event::End);
    };
    let thread = thread::Builder::new().name("messages".to_owned());
    thread
        .spawn(read)
        .map_err(Error::io("could not start", "a thread".as_ref()))?;
    let mut server = Server::new(setup, output, events);
    loop {
        let event = match server.is_behind() {
            false => coming.recv().ok(),
            true => match coming.recv_timeout(QUIET) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => {
                    server.catch_up()?;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => None,
            },
        };
        let next = match event {
            Some(Event::Message(message)) => server.hear(message)?,
            Some(Event::Checked(heard)) => server.checked(*heard)?,
            Some(Event::End) | None => return Ok(false),
        };
        if let Next::End { is_orderly } = next {
            return Ok(is_orderly);
        }
    }
}
