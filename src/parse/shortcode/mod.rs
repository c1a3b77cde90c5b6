//! Shortcodes in a text: finds their tags, hides them from the parser of Markdown, and says which of them belong together.

mod mask;
mod tag;
mod value;

pub(super) use mask::{Mask, ends_line, is_prefix, mask};
pub(super) use tag::{Role, Tag, Written, tags};
pub(super) use value::{checked, wrong_body};
