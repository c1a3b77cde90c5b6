//! `gen` from outside: the program and the library on sites that are written here, and on the one of this repository.

#![expect(
    clippy::disallowed_methods,
    reason = "writes and reads sites, and the source"
)]

use std::path::Path;

use gen_site::{Options, Today};

mod architecture;
mod external;
mod journeys;
mod languages;
mod lints;
mod mending;
mod moving;
mod pictures;
mod preview;
mod property;
mod schema;
mod serve;
#[path = "../shared/mod.rs"]
mod shared;
mod site;
mod themes;

/// The site at a folder, on the first day of 1970.
fn options(root: &Path) -> Options {
    Options {
        root: root.to_path_buf(),
        base_url: None,
        drafts: false,
        future: false,
        today: Today::Moment(0),
    }
}
