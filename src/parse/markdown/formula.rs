//! Formulas in a text: which dollar signs begin one, LaTeX's own delimiters, and what is wrong in one.

use std::ops::Range;

use pulldown_cmark::{Event, Options as Flags, Parser, Tag};

use super::escaped::Escaped;
use super::events::Events;
use super::{Reader, cjk};
use crate::find;
use crate::parse::math;

/// So often a text is read again for prices in it.
const ROUNDS: usize = 8;
/// Bytes between LaTeX's delimiters.
const LONGEST: usize = 8 << 10;

impl Reader<'_, '_> {
    /// Writes a formula.
    pub(super) fn formula(&mut self, tex: &str, block: bool, span: &Range<usize>) {
        self.block.push_str(tex);
        match math::mathml(tex, block) {
            Ok(html) => self.writer.raw(&html),
            Err(mistake) => {
                let source = self.text.get(span.clone()).unwrap_or_default();
                // Quotes and escapes may stand between the lines of a formula: its line is found by its words.
                let line_start = tex[..mistake.at].rfind('\n').map_or(0, |end| end + 1);
                let line = tex[line_start..].lines().next().unwrap_or_default().trim();
                let place = match source.find(line).filter(|_| !line.is_empty()) {
                    Some(at) => span.start + at..span.start + at + line.len(),
                    None => span.clone(),
                };
                let message = format!("this formula cannot be read: {}", mistake.message);
                let help = "mend it; a dollar sign that begins no formula is written `\\$`, and `math = false` in [markdown] \
                            of site.toml leaves all of them alone";
                self.warn("math", message, &place, help);
                self.writer.raw("<code>");
                self.writer.text(tex);
                self.writer.raw("</code>");
            }
        }
    }

    /// Writes a formula between double signs, be it between `\(` and `\)`, which stand in a line.
    pub(super) fn display_formula(&mut self, tex: &str, span: &Range<usize>) {
        let source = self.text.get(span.clone()).unwrap_or_default();
        self.formula(tex, !source.starts_with("\\("), span);
    }

    /// Tells of a line of two dollar signs that begins a paragraph and no formula: the parser counts braces.
    pub(super) fn tell_lost_formula(&mut self, text: &str, events: &Events<'_>, at: usize) {
        let begins = text == "$$"
            && matches!(events.get(at + 1), Some((Event::SoftBreak, _)))
            && matches!(
                at.checked_sub(1).map(|i| &events[i].0),
                Some(Event::Start(Tag::Paragraph))
            );
        if begins && self.options.markdown.math() {
            let message = "this begins no formula: its end or a brace in it is missing".to_owned();
            let help = "end it with `$$`, and each `{` in it with `}`";
            self.warn("math", message, &events[at].1, help);
        }
    }

    /// Writes a formula that is a block of code in the language `math`.
    pub(super) fn formula_block(&mut self, tex: &str, span: &Range<usize>) {
        self.flush();
        self.writer.raw("<p>");
        self.formula(tex, true, span);
        self.flush();
        self.writer.raw("</p>\n");
    }
}

/// The dollar signs that begin no formula by Pandoc's rule, of which the parser knows the other half: behind the one
/// that ends a formula stands no digit.
pub(super) fn prices(text: &str, flags: Flags) -> Vec<usize> {
    let mut places = Vec::new();
    if !flags.contains(Flags::ENABLE_MATH) || !text.contains('$') {
        return places;
    }
    for _ in 0..ROUNDS {
        let escaped = Escaped::new(text, places.clone(), '\\');
        let source = escaped.as_ref().map_or(text, |escaped| &escaped.text);
        let before = places.len();
        for (event, span) in Parser::new_ext(source, flags).into_offset_iter() {
            let is_price = matches!(event, Event::InlineMath(_))
                && source[span.end..].starts_with(|c: char| c.is_ascii_digit());
            if is_price {
                let span = escaped
                    .as_ref()
                    .map_or(span.clone(), |e| e.original(span.clone()));
                places.push(span.start);
            }
        }
        if places.len() == before {
            break;
        }
        places.sort_unstable();
        places.dedup();
    }
    places
}

/// The text with double dollar signs in the place of LaTeX's own delimiters, each as long as the other; none where it
/// has none.
///
/// In Markdown these are escaped brackets, too: what stands between them must look like a formula.
pub(super) fn delimited(text: &str, flags: Flags) -> Option<String> {
    let may_be = find::has(text, b'\\', "(") || find::has(text, b'\\', "[");
    (may_be && flags.contains(Flags::ENABLE_MATH)).then_some(())?;
    let closed = cjk::verbatim(text, flags);
    let mut closed = closed.iter().peekable();
    let mut out = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        let open = at + found;
        at = open + 1 + text[open + 1..].chars().next().map_or(0, char::len_utf8);
        let close = match &text[open + 1..at] {
            "(" => "\\)",
            "[" => "\\]",
            _ => continue,
        };
        while closed.next_if(|range| range.end <= open).is_some() {}
        if closed.peek().is_some_and(|range| range.start <= open) {
            continue;
        }
        let rest = &text[at..];
        let Some(end) = rest.find(close).filter(|end| *end <= LONGEST) else {
            continue;
        };
        if is_formula(&rest[..end]) {
            out.push_str(&text[done..open]);
            out.push_str("$$");
            out.push_str(&rest[..end]);
            out.push_str("$$");
            at += end + close.len();
            done = at;
        }
    }
    (done > 0).then(|| out + &text[done..])
}

/// Whether the text between two brackets that are escaped is a formula, and no words in brackets.
fn is_formula(inner: &str) -> bool {
    let trimmed = inner.trim();
    let is_command =
        |(at, _): (usize, &str)| inner[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
    let has_sign = trimmed.contains(['^', '=', '+', '<', '>']) || trimmed.contains("_{");
    let is_name = trimmed.len() == 1 && trimmed.starts_with(|c: char| c.is_ascii_alphabetic());
    (has_sign || is_name || inner.match_indices('\\').any(is_command))
        && !inner.contains(['$', '`'])
        && !inner.contains("\n\n")
        && !inner.contains("](")
}

#[cfg(test)]
mod tests {
    use super::super::FLAGS;
    use super::*;

    /// The formulas of a text.
    fn formulas(text: &str) -> Vec<String> {
        let delimited = delimited(text, FLAGS);
        let text = delimited.as_deref().unwrap_or(text);
        let escaped = Escaped::new(text, prices(text, FLAGS), '\\');
        let source = escaped.as_ref().map_or(text, |escaped| &escaped.text);
        let math = |event| match event {
            Event::InlineMath(tex) | Event::DisplayMath(tex) => Some(tex.trim().to_owned()),
            _ => None,
        };
        Parser::new_ext(source, FLAGS).filter_map(math).collect()
    }

    #[test]
    fn dollars_in_prose_are_prices() {
        for prose in [
            "It costs $5, or $6.",
            "From $5 to $6.",
            "$5-$6, $7–$8",
            "US$5–US$6 a month",
            "$ 5 $",
            r"\$x\$",
            "`$x$`",
            "$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16",
            r"a \(see above\) b",
            r"\[sic\] and \[text\](url)",
            r"\[1\] `\(x\)` \\(x)",
        ] {
            assert_eq!(formulas(prose), [""; 0], "{prose}");
        }
    }

    #[test]
    fn formulas_are_found() {
        for (text, found) in [
            ("$x$", vec!["x"]),
            ("$a*b*c$ and $$d$$", vec!["a*b*c", "d"]),
            (r"\(a=b*c*d\), \(x\)", vec!["a=b*c*d", "x"]),
            (r"\[ \frac{a}{b} \]", vec![r"\frac{a}{b}"]),
            ("$n$th", vec!["n"]),
            ("pay $5 for $x$", vec!["x"]),
            ("($x_1$)", vec!["x_1"]),
        ] {
            assert_eq!(formulas(text), found, "{text}");
        }
    }
}
