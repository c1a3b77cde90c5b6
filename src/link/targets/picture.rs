//! What pictures are: files beside the articles, or of other sites.

use super::{Resolver, split_suffix};
use crate::diagnostic::Diagnostic;
use crate::escape::url_decode;
use crate::model::page::Page;
use crate::model::site::{PictureTarget, Target};
use crate::model::url::{self, Permalink, link_path, relative};

impl Resolver<'_> {
    /// A picture of a page; `at` points a message to where it is named.
    pub(super) fn picture(
        &self,
        page: &Page,
        src: &str,
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
        let (path, suffix) = split_suffix(own.as_deref().unwrap_or(src));
        let from = if path.starts_with('/') {
            ""
        } else {
            page.folder()
        };
        let path = url::resolve(from, &url_decode(path)).unwrap_or_default();
        if self.options.assets.binary_search(&path).is_ok() {
            let size = self.options.picture_sizes.get(&path).copied();
            let target = Target::Path {
                permalink: Permalink::file(&path),
                suffix: suffix.to_owned(),
            };
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
