//! Escapes what the parser would take for something else: links whose text stands in brackets, `[[1]](url)`, which
//! it takes for wiki links with something in parentheses after them, marks within bare addresses, and prices.

use super::escaped::Escaped;
use super::{autolink, formula};
use pulldown_cmark::{Event, LinkType, Options as Flags, Parser, Tag};

use crate::find;

/// So much of a text is looked at for the end of such a link: more than any address and title need.
const WINDOW: usize = 4 << 10;
/// So many closing brackets in it are tried.
const BRACKETS: usize = 4;

/// The text with escapes, where it needs any.
pub(super) fn escape(text: &str, flags: Flags) -> Option<Escaped> {
    let mut places = autolink::marks(text, flags);
    places.extend(brackets(text, flags));
    places.extend(formula::prices(text, flags));
    places.sort_unstable();
    places.dedup();
    Escaped::new(text, places, '\\')
}

/// The inner brackets of links whose text stands in brackets.
fn brackets(text: &str, flags: Flags) -> Vec<usize> {
    let mut places = Vec::new();
    // Nearly every text is done here.
    if !find::has(text, b']', "](") {
        return places;
    }
    for (event, span) in Parser::new_ext(text, flags).into_offset_iter() {
        let Event::Start(Tag::Link {
            link_type: LinkType::WikiLink { .. },
            ..
        }) = event
        else {
            continue;
        };
        if text[span.end..].starts_with('(') && is_link(text, span.start, flags) {
            places.extend([span.start + 1, span.end - 2]);
        }
    }
    places
}

/// Whether an ordinary link begins at `start`, to a parser that knows no wiki links. It ends with one of the
/// next brackets: an address or a title may hold a few of its own.
fn is_link(text: &str, start: usize, flags: Flags) -> bool {
    let window = &text.as_bytes()[start..text.len().min(start + WINDOW)];
    let brackets = window
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b')')
        .map(|(at, _)| at);
    brackets.take(BRACKETS).any(|end| {
        let mut events = Parser::new_ext(
            &text[start..=start + end],
            flags.difference(Flags::ENABLE_WIKILINKS),
        );
        events.next();
        matches!(
            events.next(),
            Some(Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                ..
            }))
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_are_escaped() {
        let flags = Flags::ENABLE_WIKILINKS;
        let escaped = escape("a [[1]](x) `[[2]](y)` [[3]] [[4]](no link)", flags).unwrap();
        assert_eq!(
            escaped.text,
            r"a [\[1\]](x) `[[2]](y)` [[3]] [[4]](no link)"
        );
        assert_eq!(
            escaped.original(2..escaped.text.len()),
            2..escaped.text.len() - 2
        );
        assert!(escape("`[[2]](y)`", flags).is_none());
    }

    #[test]
    fn places_are_those_of_the_original() {
        let escaped = escape("[[1]](x) b", Flags::ENABLE_WIKILINKS).unwrap();
        let at = escaped.text.find('b').unwrap();
        assert_eq!(escaped.original(at..at + 1), 9..10);
    }
}
