//! The addresses of what links lead to.

use super::View;
use crate::escape;
use crate::model::site::Target;

/// The address that a target stands for, as an attribute wants it; nothing where readers can go nowhere.
pub(super) fn href(view: &View<'_>, target: &Target, absolute: bool) -> Option<String> {
    let base = &view.config.base_url;
    let href = match target {
        Target::Page { id, query, anchor } => {
            let mut href = base.href(&view.site.page(*id).permalink);
            href.push_str(&escape::url(query));
            if !anchor.is_empty() {
                href.push('#');
                href.push_str(&escape::url(anchor));
            }
            href
        }
        Target::Path { permalink, suffix } => base.href(permalink) + &escape::url(suffix),
        Target::Other(other) => base.href(&other.permalink) + &escape::url(&other.suffix),
        Target::Elsewhere(url) => escape::url(url),
        Target::Hidden(_) | Target::Nowhere => return None,
    };
    Some(if absolute {
        base.absolute_href(&href)
    } else {
        href
    })
}
