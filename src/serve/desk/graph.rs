//! The link graph: the page that `gen graph --format html` makes, with a way back to the desk.

use super::{Desk, NO_SITE, Page};
use crate::graph::html;

pub(super) const PAGE: Page = Page {
    name: "graph",
    title: "Graph",
    count: |_| None,
    body,
};

fn body(desk: &Desk<'_>) -> String {
    let Some(built) = desk.site else {
        return NO_SITE.to_owned();
    };
    let loaded = &built.loaded;
    let back = "<p style=\"margin-block-start:0\"><a href=\"/_gen/\" style=\"color:inherit\">← The desk</a></p>";
    html::page(&loaded.in_languages(), back)
}
