//! Finds the files of a site: content, sorted by path, as handles that `build()` reads through, and the
//! files of a theme. Leaves what is in them to parse.

mod content;
mod file;
mod foreign;
pub mod git;
mod litter;
mod single;
mod site;
mod stamp;
mod theme;
mod walk;

pub use content::{Content, content, is_private, sources, symlinks};
pub use file::{SourceFile, find};
pub use litter::is_litter;
pub use single::{file, find_root, inside, look_inside, path_is_taken, path_within};
pub use site::{built_site, foreign_site};
pub use stamp::Stamp;
pub use theme::{theme, themes};
