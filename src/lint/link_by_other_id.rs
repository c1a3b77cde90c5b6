//! A link names a heading by an id that is not quite its own: `#Writing-Posts`, where it is `#writing-posts`.
//!
//! Other programs make ids by other rules. The link leads to that heading as long as it is the only one with these letters;
//! other readers of the same Markdown find nothing there. `gen check --fix` writes the heading's own id. Where all links of a
//! site are made so, `markdown.heading_ids` in `site.toml` makes ids by the rule that they follow.

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::escape::{url_decode, url_path};
use crate::model::nfc::nfc;
use crate::model::page::{LinkForm, id_of_fragment};
use crate::model::site::Target;

pub(super) const LINT: Lint = Lint {
    code: "link-by-other-id",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("link_by_other_id.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let site = survey.site;
    for (page, targets) in site.pages.iter().zip(&site.targets) {
        // The links of what stands in for a translation are told of the original.
        if page.original.is_some() {
            continue;
        }
        for (link, target) in page.links.iter().zip(targets) {
            // Wiki links name headings by their words.
            if link.form == LinkForm::Wiki {
                continue;
            }
            let (Some((path, fragment)), Target::Page { id, anchor, .. }) =
                (link.dest.split_once('#'), target)
            else {
                continue;
            };
            let written = id_of_fragment(fragment);
            let own = id_of_fragment(anchor);
            let target = site.page(*id);
            if own == nfc(&url_decode(written)) || !target.has_id(own) {
                continue;
            }
            let message = match target.source == page.source {
                true => format!("`#{written}` is `#{own}` here"),
                false => format!("`#{written}` is `#{own}` in content/{}", target.source),
            };
            let whole = format!("{path}#{}{}", url_path(own), &fragment[written.len()..]);
            found.push(
                Diagnostic::warning(LINT.code, &page.path(), message)
                    .at(link.span.clone())
                    .help(format!("write `{whole}`"))
                    .swap(&link.dest, whole),
            );
        }
    }
}
