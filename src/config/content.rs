//! `[content]`: what is published beside articles.

use serde::Deserialize;

use super::FILE;
use crate::diagnostic::Diagnostic;
use crate::model::url;

/// `[content]`.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Content {
    /// Folders whose files are published as they are, below the site's root.
    #[serde(rename = "static")]
    pub(super) static_folders: Option<Vec<String>>,
}

impl Content {
    /// What is wrong with it.
    pub(super) fn mistakes(&self) -> Vec<Diagnostic> {
        let mistake = |folder: &String| {
            let is_path = url::resolve("", folder).is_some_and(|path| !path.is_empty());
            let is_own =
                ["public", "themes", ".gen", "content"].contains(&folder.trim_matches('/'));
            let is_folder =
                is_path && !is_own && !folder.contains('\\') && !folder.starts_with('/');
            (!is_folder).then(|| {
                let message = format!(
                    "`{folder}` is no folder of the site whose files can be published as they are"
                );
                Diagnostic::error("config", FILE, message)
                    .at_item("content", folder)
                    .help("write a folder beside content/, or one in it: [\"static\", \"content/files\"]")
            })
        };
        let folders = self.static_folders.iter().flatten();
        folders.filter_map(mistake).collect()
    }
}
