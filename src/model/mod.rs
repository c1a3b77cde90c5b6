//! Plain data that the stages hand on: what is written in an article's front matter, the page that parse
//! makes of it, and the site that link makes of the pages. No behaviour beyond reading what is there.

pub mod address;
pub mod date;
pub mod extra;
pub mod file_type;
pub mod front_matter;
pub mod heading_ids;
pub mod id;
pub mod line;
pub mod network;
pub mod nfc;
pub mod page;
pub mod paging;
pub mod picture;
pub mod reply;
pub mod script;
pub mod shortcode;
pub mod site;
pub mod slug;
pub mod source;
pub mod terms;
pub mod texts;
pub mod typography;
pub mod url;
pub mod wording;
