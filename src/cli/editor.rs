//! The editor that the author has set, and opening a file in it.

use std::path::Path;
use std::process::Command;

use gen_site::error::Error;
use gen_site::serve::Editor;

/// Editors that need a terminal of their own: `gen serve` has none to give.
const OF_TERMINALS: [&str; 16] = [
    "ed",
    "emacs",
    "emacsclient",
    "hx",
    "helix",
    "jed",
    "joe",
    "kak",
    "mcedit",
    "micro",
    "nano",
    "ne",
    "nvim",
    "pico",
    "vi",
    "vim",
];

/// The editor's command, with its own arguments.
///
/// # Errors
/// None is set.
pub(super) fn find() -> Result<Vec<String>, Error> {
    let set = set().next();
    let set = set.map(|command| command.split_whitespace().map(str::to_owned).collect());
    set.ok_or_else(|| {
        Error::refused(
            "neither VISUAL nor EDITOR is set, and nothing was written",
            "set one, such as EDITOR=nano, or leave --edit away",
        )
    })
}

/// The editor that files are opened in from a browser: the one that is named, or that of the environment where it has
/// windows, else Visual Studio Code.
pub(super) fn of_desk(named: Option<&str>) -> Editor {
    let has_windows = |command: &String| {
        let program = command.split_whitespace().next().unwrap_or_default();
        let name = Path::new(program).file_stem().unwrap_or_default();
        !OF_TERMINALS.iter().any(|known| name == *known)
    };
    let command = match named {
        Some(named) => Some(named.to_owned()),
        None => set().find(has_windows),
    };
    Editor::of(command.as_deref().unwrap_or("code"))
}

/// What the environment names as editors.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
fn set() -> impl Iterator<Item = String> {
    let names = ["VISUAL", "EDITOR"].into_iter();
    let set = names.filter_map(|name| std::env::var(name).ok());
    set.filter(|command| !command.trim().is_empty())
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
