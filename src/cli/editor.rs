//! Opens a file in the editor that the author has set.

use std::path::Path;
use std::process::Command;

use gen_site::error::Error;

/// The editor's command, with its own arguments.
///
/// # Errors
/// None is set.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
pub(super) fn find() -> Result<Vec<String>, Error> {
    let set = ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .map(|command| command.split_whitespace().map(str::to_owned).collect())
        .find(|words: &Vec<String>| !words.is_empty());
    set.ok_or_else(|| {
        Error::refused(
            "neither VISUAL nor EDITOR is set, and nothing was written",
            "set one, such as EDITOR=nano, or leave --edit away",
        )
    })
}

/// Opens it, and waits until the editor is closed.
pub(super) fn open(command: &[String], file: &Path) -> Result<(), Error> {
    let Some((program, args)) = command.split_first() else {
        return Ok(());
    };
    let status = Command::new(program).args(args).arg(file).status();
    let why = match status {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => format!("ended with {status}"),
        Err(error) => format!("could not be started: {error}"),
    };
    Err(Error::refused(
        format!("the editor `{}` {why}", command.join(" ")),
        format!("the file is there: {}", file.display()),
    ))
}
