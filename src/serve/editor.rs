//! How files are opened in the author's editor: by an address that the editor answers to, or by a command.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::error::Error;
use crate::escape;

/// The editor that files are opened in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Editor {
    /// None: files are named and no more.
    None,
    /// An address, in which `{file}`, `{line}` and `{column}` stand for the place.
    Link(String),
    /// A command and its arguments, with the same.
    Command(Vec<String>),
}

/// Editors that answer to an address of their own.
const LINKS: [(&str, &str); 16] = [
    ("code", "vscode://file{file}:{line}:{column}"),
    (
        "code-insiders",
        "vscode-insiders://file{file}:{line}:{column}",
    ),
    ("codium", "vscodium://file{file}:{line}:{column}"),
    ("vscodium", "vscodium://file{file}:{line}:{column}"),
    ("cursor", "cursor://file{file}:{line}:{column}"),
    ("windsurf", "windsurf://file{file}:{line}:{column}"),
    ("zed", "zed://file{file}:{line}:{column}"),
    (
        "idea",
        "idea://open?file={file}&line={line}&column={column}",
    ),
    (
        "webstorm",
        "webstorm://open?file={file}&line={line}&column={column}",
    ),
    (
        "phpstorm",
        "phpstorm://open?file={file}&line={line}&column={column}",
    ),
    (
        "pycharm",
        "pycharm://open?file={file}&line={line}&column={column}",
    ),
    (
        "rubymine",
        "rubymine://open?file={file}&line={line}&column={column}",
    ),
    (
        "goland",
        "goland://open?file={file}&line={line}&column={column}",
    ),
    (
        "rustrover",
        "rustrover://open?file={file}&line={line}&column={column}",
    ),
    (
        "mate",
        "txmt://open?url=file://{file}&line={line}&column={column}",
    ),
    (
        "mvim",
        "mvim://open?url=file://{file}&line={line}&column={column}",
    ),
];

/// How editors without one are told the place.
const PLACES: [(&str, &str); 4] = [
    ("gedit", "+{line} {file}"),
    ("gvim", "+{line} {file}"),
    ("kate", "--line {line} {file}"),
    ("subl", "{file}:{line}:{column}"),
];

const FILE: &str = "{file}";

/// A place in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The whole path.
    pub(super) file: &'a Path,
    /// From 1.
    pub(super) line: usize,
    /// In characters, from 1.
    pub(super) column: usize,
}

impl Editor {
    /// Reads what an author names: an editor, `none`, an address with `{file}` in it, or a command.
    pub fn of(written: &str) -> Editor {
        let words: Vec<String> = written.split_whitespace().map(str::to_owned).collect();
        let Some(program) = words.first().filter(|word| *word != "none") else {
            return Editor::None;
        };
        if program.contains("://") {
            return Editor::Link(program.clone());
        }
        let name = name(program);
        let find = |table: &[(&str, &str)]| {
            let entry = table.iter().find(|(known, _)| *known == name);
            entry.map(|(_, pattern)| (*pattern).to_owned())
        };
        if let Some(link) = find(&LINKS) {
            return Editor::Link(link);
        }
        let has_place = words.iter().any(|word| word.contains(FILE));
        let place = match has_place {
            true => String::new(),
            false => find(&PLACES).unwrap_or_else(|| FILE.to_owned()),
        };
        let place = place.split_whitespace().map(str::to_owned);
        Editor::Command(words.iter().cloned().chain(place).collect())
    }

    /// The address that opens a place; none where it takes a command.
    pub(super) fn href(&self, place: Place<'_>) -> Option<String> {
        let Editor::Link(pattern) = self else {
            return None;
        };
        let path = escape::url_path(&slashed(place.file));
        let path = path.replace('&', "%26").replace('+', "%2B");
        Some(filled(pattern, &path, place))
    }

    /// Runs the command that opens a place, and does not wait for its end.
    ///
    /// # Errors
    /// There is no command, or the system refuses it.
    pub(super) fn open(&self, place: Place<'_>) -> Result<(), Error> {
        let help = "name an editor with gen serve --editor, such as --editor code";
        let Editor::Command(words) = self else {
            return Err(Error::refused("no editor is set that gen can start", help));
        };
        let path = place.file.display().to_string();
        let words: Vec<String> = words
            .iter()
            .map(|word| filled(word, &path, place))
            .collect();
        let mut command = Command::new(&words[0]);
        let command = command.args(&words[1..]);
        let quiet = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = quiet.spawn().map_err(|why| {
            Error::refused(
                format!("the editor `{}` did not start: {why}", words[0]),
                help,
            )
        })?;
        // Nobody else asks how it ended.
        thread::spawn(move || child.wait());
        Ok(())
    }
}

/// A program's name without its folder and its ending.
fn name(program: &str) -> String {
    let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let endings = [".exe", ".cmd", ".bat", ".sh"].iter();
    let bare = endings
        .filter_map(|ending| name.strip_suffix(ending))
        .next();
    bare.unwrap_or(&name).to_owned()
}

fn filled(pattern: &str, file: &str, place: Place<'_>) -> String {
    // The file comes last: in its name, `{line}` is only letters.
    pattern
        .replace("{line}", &place.line.to_string())
        .replace("{column}", &place.column.to_string())
        .replace(FILE, file)
}

/// A path as addresses have it: from `/` on, with `/`.
fn slashed(file: &Path) -> String {
    let path = file.display().to_string();
    if !cfg!(windows) {
        return path;
    }
    let path = path.trim_start_matches(r"\\?\").replace('\\', "/");
    format!("/{}", path.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_an_address_a_command_or_nothing() {
        let command = |words: &[&str]| Editor::Command(words.iter().map(|w| (*w).into()).collect());
        for (written, editor) in [
            ("none", Editor::None),
            ("  ", Editor::None),
            ("ed", command(&["ed", "{file}"])),
            (
                "/usr/bin/subl -n",
                command(&["/usr/bin/subl", "-n", "{file}:{line}:{column}"]),
            ),
            (
                "x --at={line} {file} -w",
                command(&["x", "--at={line}", "{file}", "-w"]),
            ),
            ("my://{file}", Editor::Link("my://{file}".into())),
        ] {
            assert_eq!(Editor::of(written), editor, "{written}");
        }
        for vscode in [
            "code",
            "code --wait",
            "/opt/bin/code -w",
            r"C:\bin\Code.CMD",
        ] {
            assert_eq!(Editor::of(vscode), Editor::of("code"), "{vscode}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_place_is_written_into_the_address() {
        let place = Place {
            file: Path::new("/a b/c&d{line}#.md"),
            line: 6,
            column: 4,
        };
        assert_eq!(
            Editor::of("code").href(place).unwrap(),
            "vscode://file/a%20b/c%26d%7Bline%7D%23.md:6:4"
        );
        assert_eq!(Editor::of("ed").href(place), None);
        assert!(Editor::None.open(place).is_err());
        assert!(Editor::of("/no/such/editor").open(place).is_err());
    }
}
