//! Attributes behind blocks, `{.class #id}`, as Pandoc and Kramdown have them: at the end of a paragraph or an item, or in
//! a paragraph of their own behind any block.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, TagEnd};

type Spanned<'e> = (Event<'e>, Range<usize>);

/// The attributes of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    /// Where they stand.
    pub(super) span: Range<usize>,
}

/// Takes the attributes out of the texts: by the event that the block begins with.
pub(super) fn take(events: &mut Vec<Spanned<'_>>) -> BTreeMap<usize, Given> {
    let mut found = BTreeMap::new();
    let is_any =
        |(event, _): &Spanned<'_>| matches!(event, Event::Text(text) if text.ends_with('}'));
    if !events.iter().any(is_any) {
        return found;
    }
    let mut out: Vec<Spanned<'_>> = Vec::with_capacity(events.len());
    // For each open element, its first event and its last block that has ended.
    let mut open: Vec<(usize, Option<usize>)> = vec![(0, None)];
    for (event, span) in std::mem::take(events) {
        match &event {
            Event::Start(_) => open.push((out.len(), None)),
            Event::End(end) => {
                let start = open.pop().map_or(0, |(start, _)| start);
                let is_paragraph = matches!(end, TagEnd::Paragraph);
                let last = open.last_mut();
                let before = last.as_ref().and_then(|(_, before)| *before);
                // Behind nothing they are words.
                let is_only =
                    matches!(out.last(), Some((Event::Text(text), _)) if read(text).is_some());
                let is_lone = is_only && is_paragraph && out.len() == start + 2 && before.is_none();
                let may_have = is_paragraph && !is_lone || matches!(end, TagEnd::Item);
                let given = may_have.then(|| at_end(&mut out)).flatten();
                if let Some(given) = given {
                    let is_alone = is_paragraph && out.len() == start + 1;
                    match before.filter(|_| is_alone) {
                        Some(before) => {
                            found.insert(before, given);
                            out.truncate(start);
                            continue;
                        }
                        None => drop(found.insert(start, given)),
                    }
                }
                if let Some((_, before)) = last {
                    *before = Some(start);
                }
            }
            _ => {}
        }
        out.push((event, span));
    }
    *events = out;
    found
}

/// Takes the attributes off the end of the last text.
fn at_end(out: &mut Vec<Spanned<'_>>) -> Option<Given> {
    let (Event::Text(text), span) = out.last_mut()? else {
        return None;
    };
    let open = text.trim_end().rfind('{')?;
    let before = &text[..open];
    (before.is_empty() || before.ends_with(char::is_whitespace)).then_some(())?;
    let mut given = read(&text[open..])?;
    given.span = span.start + open..span.end;
    let kept = before.trim_end().to_owned();
    span.end = span.start + kept.len();
    let is_empty = kept.is_empty();
    *text = CowStr::from(kept);
    if is_empty {
        out.pop();
        if matches!(out.last(), Some((Event::SoftBreak | Event::HardBreak, _))) {
            out.pop();
        }
    }
    Some(given)
}

/// Reads `{.class #id}`.
pub(super) fn read(text: &str) -> Option<Given> {
    let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    let mut given = Given::default();
    for word in inner.split_whitespace() {
        let name = word.get(1..)?;
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'));
        is_name.then_some(())?;
        match word.as_bytes()[0] {
            b'.' => given.classes.push(name.to_owned()),
            b'#' if given.id.is_none() => given.id = Some(name.to_owned()),
            _ => return None,
        }
    }
    (given.id.is_some() || !given.classes.is_empty()).then_some(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_classes_and_an_id_are_attributes() {
        let given = read("{.a #b .c-d}").unwrap();
        assert_eq!(
            (given.id.as_deref(), given.classes),
            (Some("b"), vec!["a".to_owned(), "c-d".to_owned()])
        );
        for text in [
            "{}",
            "{a}",
            "{.a",
            "{.a width=3}",
            "{#a #b}",
            "{.}",
            "{.a\"}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
