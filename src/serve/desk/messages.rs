//! What is wrong with the site, by file.

use super::super::messages;
use super::{Desk, Page};

pub(super) const PAGE: Page = Page {
    name: "",
    title: "Messages",
    count: |desk| Some(desk.shown.diagnostics.len()),
    body,
};

fn body(desk: &Desk<'_>) -> String {
    let shown = desk.shown;
    let state = match (shown.built, shown.failed) {
        (false, _) => "The site is being built.",
        (true, true) => {
            "The last build was not published: readers of this address see the last good site."
        }
        (true, false) => "The site is as its files say.",
    };
    let list = match messages::of(shown) {
        list if list.is_empty() && shown.built => {
            "<p class=\"good\">Nothing is wrong.</p>".to_owned()
        }
        list => list,
    };
    format!("<p class=\"lead\">{state}</p>{list}")
}
