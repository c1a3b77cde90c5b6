//! Marked words, `==so==`, as Obsidian and others write them. The parser does not know them: they are found in its texts.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::find;

type Spanned<'e> = (Event<'e>, Range<usize>);

/// What stands for marked words among the events: the parser never gives superscript, which is off.
const TAG: (Tag<'static>, TagEnd) = (Tag::Superscript, TagEnd::Superscript);

/// A sign in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Sign {
    event: usize,
    /// In the event's text.
    at: usize,
    begins: bool,
}

/// Makes the signs around marked words events.
pub(super) fn highlight(events: &mut Vec<Spanned<'_>>) {
    let signs = signs(events);
    if signs.is_empty() {
        return;
    }
    let mut signs = signs.into_iter().peekable();
    let given = std::mem::take(events);
    for (number, (event, span)) in given.into_iter().enumerate() {
        let Event::Text(text) = &event else {
            events.push((event, span));
            continue;
        };
        let mut done = 0;
        let push = |from: usize, to: usize, events: &mut Vec<_>| {
            if from < to {
                let piece = CowStr::from(text[from..to].to_owned());
                events.push((Event::Text(piece), span.start + from..span.start + to));
            }
        };
        while let Some(sign) = signs.next_if(|sign| sign.event == number) {
            push(done, sign.at, events);
            let place = span.start + sign.at..span.start + sign.at + 2;
            events.push(match sign.begins {
                true => (Event::Start(TAG.0), place),
                false => (Event::End(TAG.1), place),
            });
            done = sign.at + 2;
        }
        match done {
            0 => events.push((event, span)),
            _ => push(done, text.len(), events),
        }
    }
}

/// The signs that go together, in order.
fn signs(events: &[Spanned<'_>]) -> Vec<Sign> {
    let mut found = Vec::new();
    // For each open element, the sign that marked words may begin with.
    let mut open: Vec<Option<Sign>> = vec![None];
    let mut verbatim = 0usize;
    for (number, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(tag) => {
                verbatim += usize::from(matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock));
                open.push(None);
            }
            Event::End(tag) => {
                verbatim = verbatim.saturating_sub(usize::from(matches!(
                    tag,
                    TagEnd::CodeBlock | TagEnd::HtmlBlock
                )));
                open.pop();
            }
            Event::Text(text) if verbatim == 0 && find::has(text, b'=', "=") => {
                let Some(open) = open.last_mut() else {
                    continue;
                };
                for (at, _) in text.match_indices("==") {
                    let before = text[..at].chars().next_back();
                    let after = text[at + 2..].chars().next();
                    let sign = |begins| Sign {
                        event: number,
                        at,
                        begins,
                    };
                    // Between letters and in longer lines of signs it is a comparison or a rule.
                    let is_free =
                        |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '=');
                    let touches =
                        |c: Option<char>| c.is_none_or(|c| !c.is_whitespace() && c != '=');
                    match open.take() {
                        Some(begin) if touches(before) && is_free(after) => {
                            found.extend([begin, sign(false)]);
                        }
                        _ if is_free(before) && touches(after) => *open = Some(sign(true)),
                        kept => *open = kept,
                    }
                }
            }
            _ => {}
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::*;

    fn marked(text: &str) -> String {
        let mut events: Vec<_> = Parser::new(text).into_offset_iter().collect();
        // The parser gives a text in pieces, which are put together before.
        events.dedup_by(|b, a| match (&mut a.0, &b.0) {
            (Event::Text(before), Event::Text(after)) => {
                *before = format!("{before}{after}").into();
                true
            }
            _ => false,
        });
        highlight(&mut events);
        let show = |(event, _): (Event<'_>, _)| match event {
            Event::Text(text) | Event::Code(text) => text.to_string(),
            Event::Start(Tag::Superscript) => "<".into(),
            Event::End(TagEnd::Superscript) => ">".into(),
            Event::SoftBreak => " ".into(),
            _ => String::new(),
        };
        events.into_iter().map(show).collect()
    }

    #[test]
    fn words_between_two_signs_are_marked() {
        for (text, expected) in [
            ("a ==b c== d", "a <b c> d"),
            ("==a *b* c==, ==d==", "<a b c>, <d>"),
            ("*==a==*", "<a>"),
            ("==a\nb==", "<a b>"),
            ("a == b and c == d", "a == b and c == d"),
            ("a==b, c==d", "a==b, c==d"),
            ("==== a ====", "==== a ===="),
            ("`==a==`", "==a=="),
            ("    ==a==", "==a=="),
            ("==a *b== c*", "==a b== c"),
            ("==a", "==a"),
        ] {
            assert_eq!(marked(text).trim_end(), expected, "{text}");
        }
    }
}
