//! `gen man`: the manual pages, made of the same words as `--help`.

use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_mangen::Man;
use gen_site::error::Error;

use super::{Cli, NoSite, Outcome, count, print, say};

/// Print the manual page, or write one for each command
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen man | man -l -\n  gen man target/man\n\nA package runs the second after the build, and installs what is there."
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) no_site: NoSite,
    /// Write gen.1 and a page for each command into this folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &args.folder else {
        let mut bytes = Vec::new();
        let page = Man::new(command).render(&mut bytes);
        page.map_err(Error::io("could not write", Path::new("gen.1")))?;
        print(&String::from_utf8_lossy(&bytes))?;
        return Ok(Outcome::Clean);
    };
    let refused = |error| Error::io("could not write", folder)(error);
    std::fs::create_dir_all(folder).map_err(refused)?;
    clap_mangen::generate_to(command, folder).map_err(refused)?;
    let pages = std::fs::read_dir(folder).map_err(refused)?.flatten();
    let pages = pages.filter(|page| page.path().extension().is_some_and(|ending| ending == "1"));
    say(&format!(
        "{} in {}",
        count(pages.count(), "manual page", "manual pages"),
        folder.display()
    ));
    Ok(Outcome::Clean)
}
