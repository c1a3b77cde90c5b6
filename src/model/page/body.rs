//! The body of a page: HTML with holes.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::model::texts::Outline;

/// What of a page only its own output shows, nearly always: HTML with holes where something goes that parse cannot
/// know, and what stands in it.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
pub struct Body {
    /// The HTML between the holes.
    pub html: String,
    /// What goes where, in order: before the byte of `html` that is given.
    pub holes: Vec<(u32, Hole)>,
    /// The headings, in order.
    pub outline: Outline,
}

/// Something for render to fill in. The numbers are places in the page's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Hole {
    /// The opening tag of a link, if it leads anywhere.
    LinkOpen(u32),
    /// The title of what a link leads to.
    LinkText(u32),
    /// The closing tag of a link.
    LinkClose(u32),
    /// The value of an attribute in raw HTML.
    Url(u32),
    /// The step's number, where the link in a heading leads to a step of this hub.
    StepNumber(u32),
    /// A picture.
    Picture(u32),
    /// A callout begins: its title follows.
    CalloutOpen(u32),
    /// A callout's title ends: its body follows.
    CalloutBody,
    /// A callout ends.
    CalloutClose,
    /// A player.
    Embed(u32),
    /// A shortcode begins: its body follows.
    ShortcodeOpen(u32),
    /// A shortcode ends.
    ShortcodeClose,
}
