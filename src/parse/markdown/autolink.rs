//! Puts the parser's pieces of text together and makes links of the full URLs in them, as GitHub does.
//! Smart punctuation is undone in a URL: an address is what its author wrote.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options as Flags, Parser, Tag, TagEnd};

use super::left_over::{self, LeftOver};
use crate::find;
use crate::model::script::{is_cjk, is_cjk_punctuation};
use crate::model::typography::{Around, Quotes};

/// A text has seldom more events than one in so many bytes.
const BYTES_OF_EVENT: usize = 16;

type Spanned<'e> = (Event<'e>, Range<usize>);

/// The events of a text, its URLs links.
#[derive(Default)]
pub(super) struct Linked<'e> {
    pub(super) events: Vec<Spanned<'e>>,
    /// The texts of headings that smart punctuation changed, as they were written, by the byte that they begin at.
    pub(super) written: BTreeMap<usize, String>,
    /// Marks that stayed marks.
    pub(super) left_over: Vec<LeftOver>,
    /// Whether the source can hold a URL at all.
    holds_urls: bool,
}

/// A piece of text as the parser gives it.
struct Piece<'e> {
    shown: CowStr<'e>,
    /// As written, where smart punctuation changed it.
    typed: Option<&'e str>,
    start: usize,
    end: usize,
}

impl Piece<'_> {
    fn written(&self) -> &str {
        self.typed.unwrap_or(&self.shown)
    }
}

/// Reads the parser's `events` over `source`.
pub(super) fn link<'e>(source: &'e str, events: impl Iterator<Item = Spanned<'e>>) -> Linked<'e> {
    let mut linked = Linked {
        holds_urls: find::has(source, b':', "//"),
        events: Vec::with_capacity(source.len() / BYTES_OF_EVENT),
        ..Linked::default()
    };
    let mut run: Vec<Piece<'e>> = Vec::new();
    // Open links, pictures and blocks of code: in these a URL is text.
    let mut closed = 0usize;
    let (mut in_heading, mut in_code) = (false, false);
    let mut quotes = Quotes::default();
    for (event, span) in events {
        if let Event::Text(shown) = event {
            let typed = source
                .get(span.clone())
                .filter(|typed| is_punctuation(typed) && *typed != &*shown);
            let shown = match typed {
                Some(typed @ ("\"" | "'")) => {
                    let around = Around::new(source, span.clone());
                    match typed {
                        "\"" => CowStr::from(quotes.double(&around)),
                        _ if around.is_apostrophe() => CowStr::from('’'),
                        _ => shown,
                    }
                }
                _ => shown,
            };
            run.push(Piece {
                shown,
                typed,
                start: span.start,
                end: span.end,
            });
            continue;
        }
        if !in_code {
            let ends = matches!(event, Event::End(TagEnd::Paragraph | TagEnd::Item));
            linked.look_at(&run, source, ends);
        }
        linked.flush(&mut run, closed == 0, in_heading);
        match &event {
            Event::Start(
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. },
            ) => {}
            Event::Start(_) => quotes = Quotes::default(),
            _ => {}
        }
        match &event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                closed = closed.saturating_sub(1)
            }
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            _ => {}
        }
        linked.events.push((event, span));
    }
    linked.look_at(&run, source, false);
    linked.flush(&mut run, closed == 0, in_heading);
    linked
}

/// Whether it is what smart punctuation makes something else of.
fn is_punctuation(typed: &str) -> bool {
    typed
        .bytes()
        .all(|b| matches!(b, b'-' | b'.' | b'\'' | b'"'))
}

impl<'e> Linked<'e> {
    /// Gives every event its place in another text.
    pub(super) fn map_places(&mut self, place: impl Fn(Range<usize>) -> Range<usize>) {
        for (_, span) in &mut self.events {
            *span = place(span.clone());
        }
        for left in &mut self.left_over {
            left.bytes = place(left.bytes.clone());
            left.brackets = left.brackets.take().map(&place);
        }
        let written = std::mem::take(&mut self.written);
        self.written = written
            .into_iter()
            .map(|(start, text)| (place(start..start).start, text))
            .collect();
    }

    /// Looks for marks in a run of text, before its pieces are put together.
    fn look_at(&mut self, run: &[Piece<'e>], source: &str, ends_block: bool) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            return;
        };
        let before = self.events.last().map(|(event, _)| event);
        let block_start = matches!(before, Some(Event::Start(Tag::Paragraph | Tag::Item)));
        let place = left_over::Place {
            line_start: block_start || matches!(before, Some(Event::SoftBreak | Event::HardBreak)),
            block_start,
            ends_block,
            behind: matches!(
                before,
                Some(Event::End(TagEnd::Image | TagEnd::Link) | Event::Code(_))
            ),
        };
        left_over::scan(source, first.start..last.end, place, &mut self.left_over);
    }

    fn flush(&mut self, run: &mut Vec<Piece<'e>>, links: bool, in_heading: bool) {
        let may_link = |text: &str| links && self.holds_urls && find::has(text, b':', "//");
        match run.as_slice() {
            [] => return,
            // Nearly every text: nothing to put together, nothing to look for.
            [one] if one.typed.is_none() && !may_link(&one.shown) => {
                self.events.extend(run.pop().map(|piece| {
                    let end = piece.start + piece.shown.len();
                    (Event::Text(piece.shown), piece.start..end)
                }));
                return;
            }
            _ => {}
        }
        let written: String = run.iter().map(Piece::written).collect();
        let mut done = 0;
        for url in if links { urls(&written) } else { Vec::new() } {
            self.text(run, done..url.start, in_heading);
            let span = position(run, url.start)..position(run, url.end - 1) + 1;
            self.url(&written[url.clone()], span);
            done = url.end;
        }
        self.text(run, done..written.len(), in_heading);
        run.clear();
    }

    /// The text that shows these bytes of what is written.
    fn text(&mut self, run: &[Piece<'e>], bytes: Range<usize>, in_heading: bool) {
        if bytes.is_empty() {
            return;
        }
        let (mut shown, mut written) = (String::new(), String::new());
        let mut at = 0;
        for piece in run {
            let length = piece.written().len();
            let from = bytes.start.max(at).min(at + length) - at;
            let to = bytes.end.max(at).min(at + length) - at;
            written.push_str(&piece.written()[from..to]);
            match piece.typed {
                // What is trimmed from a URL's end is all of such a piece or nothing of it.
                Some(_) if from < to => shown.push_str(&piece.shown),
                Some(_) => {}
                None => shown.push_str(&piece.shown[from..to]),
            }
            at += length;
        }
        let start = position(run, bytes.start);
        if in_heading && shown != written {
            self.written.insert(start, written);
        }
        self.events
            .push((Event::Text(shown.into()), start..start + bytes.len()));
    }

    fn url(&mut self, url: &str, span: Range<usize>) {
        let url = CowStr::from(url.to_owned());
        let tag = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: url.clone(),
            title: "".into(),
            id: "".into(),
        };
        self.events.push((Event::Start(tag), span.clone()));
        self.events.push((Event::Text(url), span.clone()));
        self.events.push((Event::End(TagEnd::Link), span));
    }
}

/// Where in the file's text a byte of what is written stands.
fn position(run: &[Piece<'_>], byte: usize) -> usize {
    let mut at = 0;
    for piece in run {
        let length = piece.written().len();
        if byte < at + length {
            return piece.start + (byte - at);
        }
        at += length;
    }
    run.last()
        .map_or(0, |piece| piece.start + piece.written().len())
}

/// The full URLs in a text, in order.
pub fn urls(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("http").map(|at| from + at) {
        match url_at(text, start) {
            Some(url) => {
                from = url.end;
                found.push(url);
            }
            None => from = start + "http".len(),
        }
    }
    found
}

/// The marks within the bare URLs of a Markdown text that the parser would take for emphasis or code, where no author
/// escaped them: by GFM's rule an address is whole.
pub(super) fn marks(text: &str, flags: Flags) -> Vec<usize> {
    let is_mark = |b: &u8| matches!(b, b'*' | b'_' | b'~' | b'`');
    let has_marks = |url: &Range<usize>| text.as_bytes()[url.clone()].iter().any(is_mark);
    // Most are the destinations of links.
    let is_text = |url: &Range<usize>| !text[..url.start].ends_with("](");
    let found = urls(text)
        .into_iter()
        .filter(|url| is_text(url) && has_marks(url));
    let mut found = found.peekable();
    let mut places = Vec::new();
    if found.peek().is_none() {
        return places;
    }
    let (mut closed, mut tables) = (0usize, 0usize);
    for (event, span) in Parser::new_ext(text, flags).into_offset_iter() {
        match event {
            Event::Start(
                Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock,
            ) => closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                closed = closed.saturating_sub(1)
            }
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::End(TagEnd::Table) => tables = tables.saturating_sub(1),
            Event::Text(_) => {
                while found.next_if(|url| url.start < span.start).is_some() {}
                while let Some(url) = found.next_if(|url| url.start < span.end) {
                    // A bar ends the cell.
                    let cell = text[url.clone()].find('|').filter(|_| tables > 0);
                    let end = cell.map_or(url.end, |at| url.start + at);
                    if closed == 0 {
                        places.extend(unescaped_marks(text, url.start..end));
                    }
                }
            }
            _ => {}
        }
    }
    places
}

/// The marks in these bytes that no backslash stands before.
fn unescaped_marks(text: &str, bytes: Range<usize>) -> Vec<usize> {
    let mut places = Vec::new();
    let mut escaped = false;
    for at in bytes {
        match text.as_bytes()[at] {
            b'\\' => escaped = !escaped,
            b'*' | b'_' | b'~' | b'`' if !escaped => places.push(at),
            _ => escaped = false,
        }
    }
    places
}

/// The URL that starts at `start`, by GFM's rule for autolinks: up to white space or `<`, without punctuation at its
/// end. Punctuation of Chinese and Japanese ends it, too, and before it their signs may stand.
fn url_at(text: &str, start: usize) -> Option<Range<usize>> {
    let before = text[..start].chars().next_back();
    let may_start = |c: char| c.is_whitespace() || "(|>*_~\"'“‘„‚«‹—–".contains(c) || is_cjk(c);
    // Before the end is looked for: a text without white space may hold a hundred thousand schemes.
    before.is_none_or(may_start).then_some(())?;
    let rest = &text[start..];
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|s| rest.starts_with(s))?;
    let longest = rest
        .find(|c: char| c.is_whitespace() || c == '<' || is_cjk_punctuation(c))
        .unwrap_or(rest.len());
    let count = |bracket: u8| rest.bytes().take(longest).filter(|b| *b == bracket).count();
    let (opened, mut closed) = (count(b'('), count(b')'));
    let mut end = longest;
    loop {
        let last = rest[..end].chars().next_back()?;
        match last {
            ')' if closed > opened => closed -= 1,
            ';' => {
                // A character reference at the end is none of the address.
                let name = rest[..end - 1].trim_end_matches(|c: char| c.is_ascii_alphanumeric());
                if name.ends_with('&') && name.len() + 1 < end {
                    end = name.len();
                }
            }
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '"' | '\'' | '“' | '”' | '‘' | '’'
            | '»' | '›' | '…' | '—' | '–' => {}
            _ => break,
        }
        end -= last.len_utf8();
    }
    (end > scheme.len()).then_some(start..start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_end_before_punctuation() {
        let found = |text: &'static str| {
            urls(text)
                .into_iter()
                .map(|url| &text[url])
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("a https://x.org/a_(b), (http://y.org/z)."),
            ["https://x.org/a_(b)", "http://y.org/z"]
        );
        assert_eq!(found("'https://x.org' and https://"), ["https://x.org"]);
        assert!(found("xhttps://x.org http:// https://...").is_empty());
        for (text, url) in [
            ("见https://x.org/a，然后", "https://x.org/a"),
            ("（https://x.org/路径）", "https://x.org/路径"),
            (
                "参见：https://x.org/モーニング。",
                "https://x.org/モーニング",
            ),
            ("「https://x.org」", "https://x.org"),
            ("„https://x.org/a“", "https://x.org/a"),
            ("https://x.org/?a=1&copy;", "https://x.org/?a=1"),
            ("https://x.org/a_*~`b_.", "https://x.org/a_*~`b"),
        ] {
            assert_eq!(found(text), [url], "{text}");
        }
    }

    #[test]
    fn marks_within_an_address_are_escaped() {
        let flags = Flags::ENABLE_TABLES | Flags::ENABLE_STRIKETHROUGH;
        let escaped = |text: &str| {
            let mut out = text.to_owned();
            for place in marks(text, flags).into_iter().rev() {
                out.insert(place, '\\');
            }
            out
        };
        for (text, expected) in [
            ("https://x.org/__a__.py b", r"https://x.org/\_\_a\_\_.py b"),
            ("**https://x.org/a*b**", r"**https://x.org/a\*b**"),
            (
                "https://x.org/`a` `https://y.org/_b_`",
                r"https://x.org/\`a\` `https://y.org/_b_`",
            ),
            (r"https://x.org/\_a\_", r"https://x.org/\_a\_"),
            (
                "[a](https://x.org/_b_) [https://x.org/_b_](c)",
                "[a](https://x.org/_b_) [https://x.org/_b_](c)",
            ),
            (
                "<a href=\"https://x.org/_a_/b\">",
                "<a href=\"https://x.org/_a_/b\">",
            ),
            ("    https://x.org/_a_", "    https://x.org/_a_"),
            (
                "|a|\n|-|\n|https://x.org/_a|*b*|",
                "|a|\n|-|\n|https://x.org/\\_a|*b*|",
            ),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }
}
