//! `gen lsp`: a language server on standard input and output, for editors to start.

use std::io::{BufReader, stdin, stdout};
use std::path::PathBuf;

use gen_site::error::Error;
use gen_site::lsp::{self, Setup};

use super::{Outcome, now};

/// Let your editor know the site: mistakes while you type, completion, links, renaming
#[derive(clap::Args)]
#[command(
    after_help = "The editor starts this command itself: docs/editors.md says how to set it up. It speaks the Language\nServer Protocol on standard input and output, and writes nothing into the site."
)]
pub(super) struct Args {}

pub(super) fn run(root: Option<PathBuf>) -> Result<Outcome, Error> {
    let setup = Setup { root, today: now };
    let input = Box::new(BufReader::new(stdin()));
    Ok(match lsp::run(setup, input, Box::new(stdout()))? {
        true => Outcome::Clean,
        false => Outcome::SiteHasErrors,
    })
}
