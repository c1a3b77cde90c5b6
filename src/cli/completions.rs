//! `gen completions`: what a shell needs to complete gen's commands and flags.

use clap::CommandFactory;
use clap_complete::Shell;
use gen_site::error::Error;

use super::{Cli, Outcome, print};

/// Print what a shell needs to complete commands and flags
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen completions bash > ~/.local/share/bash-completion/completions/gen\n  gen completions zsh > ~/.zfunc/_gen\n  gen completions fish > ~/.config/fish/completions/gen.fish"
)]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "gen", &mut bytes);
    print(&String::from_utf8_lossy(&bytes))?;
    Ok(Outcome::Clean)
}
