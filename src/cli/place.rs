//! Finds where in `content/` an author means, who may stand at the site's root, within `content/`, or somewhere else.

use std::path::Path;

use gen_site::error::Error;
use gen_site::model::url;

/// Where the author stands.
pub(super) struct Place {
    /// The present folder within `content/`, without slashes at its ends; none outside of it.
    folder: Option<String>,
    /// The true path of `content/`.
    content: std::path::PathBuf,
}

/// Whether words are a path, and not a title.
pub(super) fn is_path(written: &str) -> bool {
    written.ends_with(".md") || (written.contains('/') && !written.contains(char::is_whitespace))
}

impl Place {
    pub(super) fn new(root: &Path) -> Result<Place, Error> {
        let content = root.join("content");
        let content = content.canonicalize().unwrap_or(content);
        let here = std::env::current_dir().map_err(Error::io("could not read", Path::new(".")))?;
        let folder = here.strip_prefix(&content).ok().and_then(Path::to_str);
        Ok(Place {
            folder: folder.map(str::to_owned),
            content,
        })
    }

    /// The present folder within `content/`.
    pub(super) fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }

    /// A path as written, relative to `content/`; not yet with an ending.
    pub(super) fn within(&self, written: &str) -> Result<String, Error> {
        let outside = || {
            Error::refused(
                format!("{written} lies outside of content/"),
                "write its path in content/, such as letting-go/let-go.md",
            )
        };
        let path = Path::new(written);
        if path.is_absolute() {
            let inside = path.strip_prefix(&self.content).ok().and_then(Path::to_str);
            return inside.map(str::to_owned).ok_or_else(outside);
        }
        let (from, path) = match (&self.folder, written.strip_prefix("content/")) {
            (Some(folder), _) => (folder.as_str(), written),
            (None, Some(inner)) => ("", inner),
            (None, None) => ("", written),
        };
        url::resolve(from, path).ok_or_else(outside)
    }

    /// The Markdown file that a path means, relative to `content/`.
    pub(super) fn source(&self, written: &str) -> Result<String, Error> {
        let path = self.within(written)?;
        if path.is_empty() || written.ends_with('/') {
            return Err(Error::refused(
                format!("{written} is a folder"),
                format!(
                    "write the file's name too: {}my-article.md",
                    if written.ends_with('/') { written } else { "" }
                ),
            ));
        }
        Ok(match path.ends_with(".md") {
            true => path,
            false => format!("{path}.md"),
        })
    }
}
