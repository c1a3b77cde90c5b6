//! Finds what pictures are: files beside the articles, or of other sites.

use super::{Resolver, split_suffix, unmarked};
use crate::diagnostic::Diagnostic;
use crate::escape::url_decode;
use crate::model::page::Page;
use crate::model::site::{PictureTarget, Target};
use crate::model::url::{self, Permalink, link_path, relative};
use crate::parse::{ending, media};

/// Where a picture stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// In a text, where films and sounds have players.
    Text,
    /// At a page's head.
    Head,
}

impl Resolver<'_> {
    /// A picture of a page; `at` points a message to where it is named.
    pub(super) fn picture(
        &self,
        page: &Page,
        src: &str,
        role: Role,
        at: &dyn Fn(Diagnostic) -> Diagnostic,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> PictureTarget {
        let own = self.options.config.base_url.within(src);
        if own.is_none() && !crate::parse::leads_into_site(src) {
            return PictureTarget {
                target: Target::Elsewhere(src.to_owned()),
                size: None,
            };
        }
        let (path, suffix) = split_suffix(own.as_deref().unwrap_or(unmarked(src)));
        let from = if path.starts_with('/') {
            ""
        } else {
            page.folder()
        };
        let mut path = url::resolve(from, &url_decode(path)).unwrap_or_default();
        if !self.is_asset(&path) {
            // A translation in a folder of its language shows the pictures that lie beside its original.
            let bare = self.options.config.languages.place(&path).bare.into_owned();
            if self.is_asset(&bare) {
                path = bare;
            }
        }
        if self.is_asset(&path) {
            let size = self.options.picture_sizes.get(&path).copied();
            let target = Target::Path {
                permalink: Permalink::file(&path),
                suffix: suffix.to_owned(),
            };
            diagnostics.extend(not_shown(&path, src, role).map(|(message, help)| {
                at(Diagnostic::warning("not-a-picture", &page.path(), message)).help(help)
            }));
            return PictureTarget { target, size };
        }
        let near = self
            .nearest_file(&path)
            .map(|near| match src.starts_with('/') {
                true => format!("/{near}"),
                false => relative(page.folder(), near),
            });
        let error = Diagnostic::error(
            "missing-file",
            &page.path(),
            format!("there is no picture `{src}`"),
        );
        diagnostics.push(at(error).help(match near {
            Some(near) => format!("did you mean `{}`?", link_path(&near)),
            None => "put the file beside the article, or write its path from content/ with a / before it".to_owned(),
        }));
        PictureTarget {
            target: Target::Nowhere,
            size: None,
        }
    }
}

/// Why browsers do not show a file as a picture, by its name, and what to do.
fn not_shown(file: &str, src: &str, role: Role) -> Option<(String, String)> {
    let shown = [
        "apng", "avif", "bmp", "gif", "ico", "jfif", "jpeg", "jpg", "pjp", "pjpeg", "png", "svg",
        "webp",
    ];
    let ending = ending(file)?;
    if shown.contains(&ending.as_str()) {
        return None;
    }
    let save = "save it as JPEG, PNG or WebP, and name that file".to_owned();
    Some(match ending.as_str() {
        "heic" | "heif" => ("HEIC is shown by Safari alone".to_owned(), save),
        "jxl" => ("JPEG XL is shown by Safari alone".to_owned(), save),
        "tif" | "tiff" | "psd" | "xcf" | "ai" | "eps" | "jp2" | "raw" | "dng" | "cr2" | "cr3"
        | "nef" | "arw" | "orf" | "rw2" => {
            let kind = ending.to_uppercase();
            (
                format!("browsers show no picture of this kind ({kind})"),
                save,
            )
        }
        _ if media(file).is_some() => match role {
            Role::Text => return None,
            Role::Head => (
                format!("`{src}` is a film or a sound, and a page's picture is a picture"),
                format!("name a picture of it, and write ![]({src}) in the text"),
            ),
        },
        _ => (
            format!("`{src}` is no picture: readers see a broken one"),
            format!("for a link, write [its words]({src}) without the ! before it"),
        ),
    })
}
