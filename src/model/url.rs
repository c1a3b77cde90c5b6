//! Addresses: a page's place within the site, and the site's own place on the web. Nothing else in the
//! crate joins a path to `base_url`.

mod base;

use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::escape;
use crate::model::nfc::nfc;
pub use base::{BaseUrl, Place};

/// A path within the site, from its root: `/`, `/a/b/`, `/feed.xml`. Not yet percent-encoded, and
/// without the path of `base_url`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permalink(Arc<str>);

impl BorshSerialize for Permalink {
    fn serialize<W: Write>(&self, to: &mut W) -> io::Result<()> {
        self.as_str().serialize(to)
    }
}

impl BorshDeserialize for Permalink {
    fn deserialize_reader<R: Read>(from: &mut R) -> io::Result<Permalink> {
        String::deserialize_reader(from).map(|path| Permalink(path.into()))
    }
}

impl Permalink {
    /// The site's root, `/`.
    pub fn root() -> Permalink {
        Permalink("/".into())
    }

    /// A page: `a/b` is `/a/b/`, and nothing is `/`.
    pub fn page(path: &str) -> Permalink {
        match path.trim_matches('/') {
            "" => Permalink::root(),
            path => Permalink(format!("/{path}/").into()),
        }
    }

    /// A file: `a/b.jpg` is `/a/b.jpg`.
    pub fn file(path: &str) -> Permalink {
        Permalink(format!("/{}", path.trim_start_matches('/')).into())
    }

    /// The same list, its `number`th page: `/a/` and 2 is `/a/page/2/`; page 1 is the list itself.
    pub fn numbered(&self, number: usize) -> Permalink {
        match number {
            0 | 1 => self.clone(),
            _ => Permalink(format!("{}page/{number}/", self.0).into()),
        }
    }

    /// A file below this page: `/a/` and `feed.xml` is `/a/feed.xml`.
    pub fn join(&self, file: &str) -> Permalink {
        Permalink(format!("{}{file}", self.0).into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file in the output folder that a static host serves for it: `a/b/index.html`.
    pub fn output_file(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    }

    /// What two addresses share that some file systems and hosts cannot tell apart.
    pub fn folded(&self) -> String {
        self.output_file().to_lowercase()
    }
}

impl fmt::Display for Permalink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A path without percent-encoding, in NFC. None where a part of it says what no part of a path can: a slash, a step
/// up, a control character.
pub fn decoded_path(path: &str) -> Option<String> {
    let mut out = String::with_capacity(path.len());
    for (number, part) in path.split('/').enumerate() {
        let decoded = escape::url_decode(part);
        let is_hidden_step = decoded != part && matches!(decoded.as_str(), "." | "..");
        if is_hidden_step || decoded.contains(['/', '\\']) || decoded.contains(char::is_control) {
            return None;
        }
        if number > 0 {
            out.push('/');
        }
        out.push_str(&nfc(&decoded));
    }
    Some(out)
}

/// Whether a path, which should lead on from a folder, leads out of it or is of a whole machine.
pub fn leads_out(path: &str) -> bool {
    path.starts_with('/') || path.contains(['\\', ':']) || path.split('/').any(|part| part == "..")
}

/// Resolves `relative` against the folder `from` (`a/b`, no slashes at the ends), as a file system does; in NFC.
///
/// Nothing where the path climbs above the root.
pub fn resolve(from: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').filter(|p| !p.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(nfc(&parts.join("/")).into_owned())
}

/// `source` as a file in `folder` links to it.
pub fn relative(folder: &str, source: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    let to: Vec<&str> = source.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied())
        .collect::<Vec<_>>()
        .join("/")
}

/// A path as a link's destination: what would end it is percent-encoded.
pub fn link_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '%' | '?' | '#' | '(' | ')' | '<' | '>' | '"' | '\\' | ' ' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_files_are_index_files() {
        assert_eq!(Permalink::root().output_file(), "index.html");
        assert_eq!(
            Permalink::page("a/b").numbered(2).output_file(),
            "a/b/page/2/index.html"
        );
        assert_eq!(Permalink::file("CNAME").output_file(), "CNAME");
    }

    #[test]
    fn paths_resolve_within_the_root_only() {
        assert_eq!(resolve("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(resolve("a", "./x").as_deref(), Some("a/x"));
        assert_eq!(resolve("a", "../../x"), None);
    }

    #[test]
    fn a_relative_path_is_as_an_author_writes_it() {
        assert_eq!(relative("a/b", "a/c.md"), "../c.md");
        assert_eq!(relative("", "a/c.md"), "a/c.md");
        assert_eq!(relative("a", "a/c.md"), "c.md");
        assert_eq!(link_path("ä/b (2).md"), "ä/b%20%282%29.md");
    }
}
