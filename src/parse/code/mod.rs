//! Blocks of code: what a fence says of them, their colours, and their HTML.

mod console;
mod fence;
mod grammar;
mod html;
mod notation;
mod painter;
mod part;
mod runs;

pub(super) use fence::{Fence, WrongKind, names};
pub(super) use html::Block;
pub(super) use notation::without_marks;
pub(super) use painter::{Painter, Unpainted};
pub(super) use part::{NoPart, part};
