//! A reader's reply to an article, as the file beside the article has it: plain text, with the replies to it.

use borsh::BorshSerialize;

use crate::model::date::Date;

/// One reply.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize)]
pub struct Reply {
    /// What a link to it ends in, such as `reply-ana-2026-03-01`; no other id of its page.
    pub anchor: String,
    /// Who wrote it; empty where an author of the site did and is shown by that name.
    pub name: String,
    /// When.
    pub date: Option<Date>,
    /// What it says: no markup, lines and empty lines as written.
    pub text: String,
    /// The author of the site who wrote it, as written: a file's name in `authors/`, or a name.
    pub author: Option<String>,
    /// The replies to it, the oldest first, the undated last.
    pub replies: Vec<Reply>,
}

/// How many replies a list holds, those to others included.
pub fn count(list: &[Reply]) -> usize {
    list.iter().map(|reply| 1 + count(&reply.replies)).sum()
}

/// Shows every reply of a list, each before the replies to it.
pub fn each<'r>(list: &'r [Reply], see: &mut impl FnMut(&'r Reply)) {
    for reply in list {
        see(reply);
        each(&reply.replies, see);
    }
}

/// As [`each`], to change them.
pub fn each_mut(list: &mut [Reply], see: &mut impl FnMut(&mut Reply)) {
    for reply in list {
        see(reply);
        each_mut(&mut reply.replies, see);
    }
}
