//! Chinese, Japanese and Korean in Markdown: emphasis beside their punctuation, by the rule of markdown-cjk-friendly,
//! which CommonMark lacks, and line ends that are no spaces.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options as Flags, Parser, Tag, TagEnd};

use super::autolink::Linked;
use super::escaped::Escaped;
use crate::model::script::{is_cjk, is_hangul};

/// Parts a mark of emphasis from punctuation beside it: a letter to the parser, and never in a text.
const PART: char = '\u{1}';

/// A text whose marks of emphasis are parted from punctuation, where a CJK character stands on one side of them.
pub(super) fn part(text: &str, flags: Flags) -> Option<Escaped> {
    // Nearly every text is done at the first question, which the machine answers many bytes together.
    let may_be = !text.is_ascii()
        && text
            .bytes()
            .any(|b| matches!(b, 0xE1 | 0xE3..=0xED | 0xEF | 0xF0));
    (may_be && text.contains(['*', '~']) && !text.contains(PART)).then_some(())?;
    let mut places: Vec<usize> = Vec::new();
    let closed = verbatim(text, flags);
    let mut closed = closed.iter().peekable();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let mark = bytes[at];
        if !matches!(mark, b'*' | b'~') {
            at += 1 + usize::from(mark == b'\\');
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| **b == mark).count();
        while closed.next_if(|range| range.end <= at).is_some() {}
        let is_closed = closed.peek().is_some_and(|range| range.start < end);
        if !is_closed && text.is_char_boundary(at) {
            let before = text[..at].chars().next_back();
            let after = text[end..].chars().next();
            if let (Some(before), Some(after)) = (before, after) {
                if begins(before, after) {
                    places.push(end);
                } else if begins(after, before) {
                    places.push(at);
                }
            }
        }
        at = end;
    }
    Escaped::new(text, places, PART)
}

/// Whether a mark between the two begins emphasis by this rule and not by CommonMark's: `inner` is punctuation, `outer`
/// a letter, and one of them is CJK. With the two exchanged, whether it ends emphasis.
fn begins(outer: char, inner: char) -> bool {
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control();
    let is_mark = |c: char| matches!(c, '*' | '~' | '_' | '\\' | '`');
    is_sign(inner) && !is_mark(inner) && outer.is_alphanumeric() && (is_cjk(outer) || is_cjk(inner))
}

/// The bytes in which a star is a star: code, formulas, HTML, addresses of links.
pub(super) fn verbatim(text: &str, flags: Flags) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut last = 0;
    for (event, span) in Parser::new_ext(text, flags).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_))
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_) => {
                last = span.end;
                found.push(span);
            }
            // Behind the words of a link stands where it leads.
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let start = last.clamp(span.start, span.end);
                last = span.end;
                found.push(start..span.end);
            }
            Event::Start(_) => last = last.max(span.start),
            _ => last = span.end,
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Takes the parting signs out of all texts again.
pub(super) fn clear(linked: &mut Linked<'_>) {
    let clear = |text: &mut CowStr<'_>| {
        if text.contains(PART) {
            *text = text.replace(PART, "").into();
        }
    };
    for (event, _) in &mut linked.events {
        match event {
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::Html(text)
            | Event::InlineHtml(text) => clear(text),
            Event::Start(
                Tag::Link {
                    dest_url, title, ..
                }
                | Tag::Image {
                    dest_url, title, ..
                },
            ) => {
                clear(dest_url);
                clear(title);
            }
            _ => {}
        }
    }
    linked
        .written
        .values_mut()
        .for_each(|text| *text = text.replace(PART, ""));
}

/// Whether no space stands for a line end between two such characters: Chinese and Japanese, not Hangul.
pub(super) fn joins(c: char) -> bool {
    is_cjk(c) && !is_hangul(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let flags = Flags::ENABLE_STRIKETHROUGH;
        let parted = part(text, flags);
        let source = parted.as_ref().map_or(text, |parted| &parted.text);
        let mut html = String::new();
        for event in Parser::new_ext(source, flags) {
            match event {
                Event::Start(Tag::Strong) => html.push_str("<b>"),
                Event::End(TagEnd::Strong) => html.push_str("</b>"),
                Event::Start(Tag::Emphasis) => html.push_str("<i>"),
                Event::End(TagEnd::Emphasis) => html.push_str("</i>"),
                Event::Start(Tag::Strikethrough) => html.push_str("<s>"),
                Event::End(TagEnd::Strikethrough) => html.push_str("</s>"),
                Event::Text(text) | Event::Code(text) => html.push_str(&text),
                _ => {}
            }
        }
        html.replace(PART, "")
    }

    #[test]
    fn emphasis_beside_punctuation_works() {
        for (text, expected) in [
            ("这是**“重点”**内容。", "这是<b>“重点”</b>内容。"),
            (
                "说**注意：**请看。再说**好。**完。",
                "说<b>注意：</b>请看。再说<b>好。</b>完。",
            ),
            ("日本語**（強調）**です。", "日本語<b>（強調）</b>です。"),
            ("日本語*「強調」*です", "日本語<i>「強調」</i>です"),
            ("**[链接](x*（y)**请", "<b>链接</b>请"),
            ("한국어**(강조)**를", "한국어<b>(강조)</b>를"),
            ("删~~（这）~~字", "删<s>（这）</s>字"),
            ("`a**（b）**字` 字", "a**（b）**字 字"),
            ("字 ** （不）** 字", "字 ** （不）** 字"),
            (r"字\**（字", "字**（字"),
            ("a**(b)**c", "a**(b)**c"),
        ] {
            assert_eq!(html(text), expected, "{text}");
        }
    }
}
