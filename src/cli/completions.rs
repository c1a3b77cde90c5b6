//! `gen completions`: what a shell needs to complete gen's commands and flags.

use clap::{CommandFactory, ValueEnum};
use clap_complete::{Generator, Shell as Usual, generate};
use clap_complete_nushell::Nushell;
use gen_site::error::Error;

use super::{Cli, NoSite, Outcome, print};

/// Print what a shell needs to complete commands and flags
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen completions bash > ~/.local/share/bash-completion/completions/gen\n  gen completions zsh > ~/.zfunc/_gen\n  gen completions fish > ~/.config/fish/completions/gen.fish\n  gen completions nu > ~/.config/nushell/autoload/gen.nu"
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) no_site: NoSite,
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Nu,
    Powershell,
    Zsh,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let text = match args.shell {
        Shell::Bash => completions(Usual::Bash),
        Shell::Elvish => completions(Usual::Elvish),
        Shell::Fish => completions(Usual::Fish),
        Shell::Nu => completions(Nushell),
        Shell::Powershell => completions(Usual::PowerShell),
        Shell::Zsh => completions(Usual::Zsh),
    };
    print(&text)?;
    Ok(Outcome::Clean)
}

fn completions(shell: impl Generator) -> String {
    let mut bytes = Vec::new();
    generate(shell, &mut Cli::command(), "gen", &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
