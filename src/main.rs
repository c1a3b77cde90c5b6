//! The `gen` program: arguments in, exit status out. What it does is in the library, what it says in `cli`.

mod cli;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run(cli::Cli::parse()) {
        Ok(cli::Outcome::Clean) => ExitCode::SUCCESS,
        Ok(cli::Outcome::SiteHasErrors) => ExitCode::from(1),
        Err(error) => {
            cli::say_error(&error);
            ExitCode::from(2)
        }
    }
}
