//! The old site: its files, and what their names and texts say.

use crate::config;
use crate::error::Error;
use crate::model::extra::{Extra, ExtraValue};
use crate::model::source;
use crate::parse;
use crate::scan::{self, SourceFile};

/// The files of the old site, sorted by path.
#[derive(Debug)]
pub struct Source {
    /// Without symlinks and what version control and package managers keep.
    pub files: Vec<SourceFile>,
}

impl Source {
    pub(super) fn has(&self, path: &str) -> bool {
        self.file(path).is_some()
    }

    pub(super) fn file(&self, path: &str) -> Option<&SourceFile> {
        scan::find(&self.files, path)
    }

    /// Whether any file lies below a folder.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.below(folder).next().is_some()
    }

    /// The files below a folder, sorted; all where it is empty.
    pub(super) fn below<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = &'s SourceFile> {
        // They are sorted: those of a folder stand together.
        let prefix = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let start = self.files.partition_point(|file| file.path < prefix);
        self.files[start..]
            .iter()
            .take_while(move |file| file.path.starts_with(&prefix))
    }

    /// The Markdown files below a folder.
    pub(super) fn markdown<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = &'s SourceFile> {
        self.below(folder).filter(|file| is_markdown(&file.path))
    }

    /// A file's text. What is not UTF-8 becomes replacement characters.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn text(&self, file: &SourceFile) -> Result<String, Error> {
        let text = String::from_utf8_lossy(&file.read()?).into_owned();
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        Ok(text.replace("\r\n", "\n").replace('\0', ""))
    }

    /// The text of a file that may not be there.
    pub(super) fn text_at(&self, path: &str) -> Option<String> {
        self.text(self.file(path)?).ok()
    }

    /// The first of these settings files that is there and can be read: TOML, YAML or JSON by its ending.
    pub(super) fn settings(&self, paths: &[&str]) -> Extra {
        paths
            .iter()
            .find_map(|path| {
                let text = self.text_at(path)?;
                let value = match path.ends_with(".toml") {
                    true => config::value::<ExtraValue>(path, &text).ok()?,
                    false => parse::yaml_value(&text)?,
                };
                match value {
                    ExtraValue::Map(map) => Some(map),
                    _ => None,
                }
            })
            .unwrap_or_default()
    }
}

/// Whether a file is Markdown or MDX, by its name.
pub(super) fn is_markdown(path: &str) -> bool {
    source::is_article(path) || path.ends_with(".mdx")
}

/// A path within a folder, without that.
pub(super) fn within<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    match folder {
        "" => Some(path),
        _ => path.strip_prefix(folder)?.strip_prefix('/'),
    }
}

/// A text at a key, or at keys within keys, `a.b`.
pub(super) fn text_of<'e>(map: &'e Extra, key: &str) -> Option<&'e str> {
    match value_of(map, key)? {
        ExtraValue::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// A value at a key, or at keys within keys, `a.b`; without regard to case.
pub(super) fn value_of<'e>(map: &'e Extra, key: &str) -> Option<&'e ExtraValue> {
    let (first, rest) = match key.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (key, None),
    };
    let (_, value) = map
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(first))?;
    match (rest, value) {
        (None, value) => Some(value),
        (Some(rest), ExtraValue::Map(map)) => value_of(map, rest),
        _ => None,
    }
}

/// The texts of a value: one, or a list of them.
pub(super) fn texts_of(map: &Extra, key: &str) -> Vec<String> {
    match value_of(map, key) {
        Some(ExtraValue::Text(text)) => vec![text.clone()],
        Some(ExtraValue::List(list)) => list.iter().filter_map(plain).collect(),
        _ => Vec::new(),
    }
}

fn plain(value: &ExtraValue) -> Option<String> {
    match value {
        ExtraValue::Text(text) => Some(text.clone()),
        ExtraValue::Integer(number) => Some(number.to_string()),
        ExtraValue::List(list) => list.first().and_then(plain),
        _ => None,
    }
}
