//! Files as editors name them: `file:///home/me/site/content/a%20b.md`.

use std::path::{Path, PathBuf};

use crate::escape::{url_decode, url_path};

/// The path of a `file:` URI; none where it is another.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let decoded = url_decode(rest);
    let from_drive = decoded.strip_prefix('/')?;
    // `/c:/site` is a drive of Windows.
    let is_drive = from_drive.as_bytes().get(1) == Some(&b':');
    Some(PathBuf::from(if is_drive { from_drive } else { &decoded }))
}

/// The URI of a file of the site at `root`, by its path from there.
pub(super) fn uri(root: &Path, path: &str) -> String {
    let root = root.to_string_lossy().replace('\\', "/");
    // Windows' longest form of a path, `\\?\C:\site`, means the same.
    let root = root.trim_start_matches("//?/").trim_start_matches('/');
    format!(
        "file:///{}/{}",
        url_path(root.trim_end_matches("/")),
        url_path(path)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_path_back() {
        for name in ["content/a b.md", "content/ü/100%.md", "content/#?.md"] {
            let uri = uri(Path::new("/my site"), name);
            assert_eq!(path(&uri), Some(Path::new("/my site").join(name)), "{uri}");
        }
        assert_eq!(path("file:///c%3A/site/a.md"), Some("c:/site/a.md".into()));
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(path("file://"), None);
    }
}
