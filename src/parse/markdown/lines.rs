//! Descriptions, takeaways and captions: one line of Markdown each, with emphasis and code. A link in one is its words:
//! these lines stand in cards, which are links themselves.

use pulldown_cmark::{Event, Options as Flags, Parser, Tag, TagEnd};

use super::autolink;
use crate::escape;
use crate::model::front_matter::text::one_line;
use crate::model::line::Line;
use crate::model::typography;

/// Stands before the line, so that nothing in it begins a list or a heading.
const LEAD: &str = "a ";

/// Reads a line, and sets it as the text is set.
pub fn line(text: &str, smart: bool) -> Line {
    let text = one_line(text);
    let has_marks = |c: char| matches!(c, '*' | '_' | '`' | '[' | '<' | '&' | '\\' | '~');
    if !text.contains(has_marks) {
        let text = typography::set(&text, smart).into_owned();
        let mut html = String::with_capacity(text.len());
        escape::push_text(&mut html, &text);
        return Line { html, text };
    }
    let source = format!("{LEAD}{text}");
    let mut flags = Flags::ENABLE_STRIKETHROUGH;
    flags.set(Flags::ENABLE_SMART_PUNCTUATION, smart);
    let parser = Parser::new_ext(&source, flags).into_offset_iter();
    let mut line = Line::default();
    for (event, _) in autolink::link(&source, parser).events {
        match event {
            Event::Text(words) | Event::InlineHtml(words) => {
                line.text.push_str(&words);
                escape::push_text(&mut line.html, &words);
            }
            Event::Code(code) => {
                line.text.push_str(&code);
                line.html.push_str("<code>");
                escape::push_text(&mut line.html, &code);
                line.html.push_str("</code>");
            }
            Event::Start(tag) => line.html.push_str(match tag {
                Tag::Emphasis => "<em>",
                Tag::Strong => "<strong>",
                Tag::Strikethrough => "<del>",
                _ => "",
            }),
            Event::End(tag) => line.html.push_str(match tag {
                TagEnd::Emphasis => "</em>",
                TagEnd::Strong => "</strong>",
                TagEnd::Strikethrough => "</del>",
                _ => "",
            }),
            _ => {}
        }
    }
    let without = |text: String| match text.strip_prefix(LEAD) {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    Line {
        html: without(line.html),
        text: without(line.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_html_and_words() {
        for (typed, html, text) in [
            ("Plain isn't it", "Plain isn’t it", "Plain isn’t it"),
            (
                "*Use* `--now` \"now\"",
                "<em>Use</em> <code>--now</code> “now”",
                "Use --now “now”",
            ),
            ("\"**a** & b\"", "“<strong>a</strong> &amp; b”", "“a & b”"),
            ("# no *heading*", "# no <em>heading</em>", "# no heading"),
            ("1. *one*", "1. <em>one</em>", "1. one"),
            ("a [link](x.md) <b>", "a link &lt;b&gt;", "a link <b>"),
            (
                "https://e.org/a_b_c is 5'10\"",
                "https://e.org/a_b_c is 5’10”",
                "https://e.org/a_b_c is 5’10”",
            ),
            (
                "2 * 3 * 4, snake_case_name",
                "2 * 3 * 4, snake_case_name",
                "2 * 3 * 4, snake_case_name",
            ),
            ("", "", ""),
        ] {
            assert_eq!(
                line(typed, true),
                Line {
                    html: html.to_owned(),
                    text: text.to_owned()
                },
                "{typed}"
            );
        }
    }
}
