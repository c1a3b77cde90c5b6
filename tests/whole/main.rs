//! `gen` from outside: the program and the library on sites that are written here, and on the one of this repository.

#![expect(
    clippy::disallowed_methods,
    reason = "writes and reads sites, and the source"
)]

mod architecture;
mod external;
mod lints;
mod mending;
mod moving;
mod pictures;
mod preview;
mod property;
mod serve;
#[path = "../shared/mod.rs"]
mod shared;
mod site;
