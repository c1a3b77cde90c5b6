//! Hides the tags of shortcodes from the parser of Markdown: in the place of each stands a piece of HTML of the same length,
//! so that all places stay what they are. Tags in code are text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tag::{Role, Tag, tags};

/// A text whose tags are hidden.
#[derive(Debug, Default)]
pub(in crate::parse) struct Mask {
    /// None where there are no tags.
    pub(in crate::parse) text: Option<String>,
    /// In order.
    pub(in crate::parse) tags: Vec<Tag>,
    /// By the byte that a tag begins at.
    pub(in crate::parse) at: BTreeMap<usize, usize>,
}

impl Mask {
    /// Whether bytes stand in a tag.
    pub(in crate::parse) fn hides(&self, bytes: &Range<usize>) -> bool {
        let last = self.at.range(..=bytes.start).next_back();
        last.is_some_and(|(_, tag)| bytes.end <= self.tags[*tag].span.end && !bytes.is_empty())
    }
}

/// Hides the tags of `text`. `verbatim` gives the bytes of code in a text, in order; `is_inline` tells of which names the
/// shortcodes stand within lines.
pub(in crate::parse) fn mask(
    text: &str,
    verbatim: impl FnOnce(&str) -> Vec<Range<usize>>,
    is_inline: impl Fn(&str) -> bool,
) -> Mask {
    let mut mask = Mask::default();
    // Nearly every text is done here.
    if !["{{<", "{{%", "%%"].iter().any(|sign| text.contains(sign)) {
        return mask;
    }
    let found = tags(text, &verbatim(text));
    if found.is_empty() {
        return mask;
    }
    let mut bytes = text.as_bytes().to_vec();
    let (mut done, mut line_start) = (0, 0);
    for number in 0..found.len() {
        let tag = &found[number];
        if tag.span.start < done {
            continue;
        }
        // All tags of a line are hidden the same way.
        if let Some(end) = text[done..tag.span.start].rfind('\n') {
            line_start = done + end + 1;
        }
        let mut end = tag.span.end;
        let mut last = number;
        let mut is_block = !within_a_line(tag, &is_inline)
            && is_prefix(&text[line_start.max(done)..tag.span.start]);
        while let Some(next) = found.get(last + 1)
            && text[end..next.span.start]
                .bytes()
                .all(|b| matches!(b, b' ' | b'\t'))
        {
            is_block &= !within_a_line(next, &is_inline);
            end = next.span.end;
            last += 1;
        }
        is_block &= ends_line(&text[end..]);
        let first = tag.span.start;
        let begins_line = is_prefix(&text[line_start.max(done)..first]);
        for tag in &found[number..=last] {
            let begins = begins_line && tag.span.start == first;
            let is_address = text[..tag.span.start].ends_with("](");
            match is_address {
                true => bytes[tag.span.clone()].fill(b'?'),
                false => fill(&mut bytes, &tag.span, is_block, begins),
            }
            done = tag.span.end;
        }
    }
    // Only whole characters were replaced.
    mask.text = String::from_utf8(bytes).ok();
    mask.at = found
        .iter()
        .enumerate()
        .map(|(number, tag)| (tag.span.start, number))
        .collect();
    mask.tags = found;
    mask
}

fn within_a_line(tag: &Tag, is_inline: impl Fn(&str) -> bool) -> bool {
    tag.role == Role::Shows || tag.role != Role::Hides && is_inline(&tag.name)
}

/// Whether nothing but blanks stands before the end of the line.
pub(in crate::parse) fn ends_line(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with('\n')
}

/// Whether a text is nothing but what a block begins behind: blanks, signs of quotes and of lists.
pub(in crate::parse) fn is_prefix(before: &str) -> bool {
    let rest = before.trim_start_matches([' ', '\t', '>']);
    let item = rest.trim_end();
    let number = item.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    item.is_empty() || rest != item && (matches!(item, "-" | "*" | "+") || is_number)
}

/// Puts HTML in the place of a tag: a comment, which is a block, or within a line an element; one that begins a line is
/// an address in angle brackets, for an element would begin a block there.
fn fill(bytes: &mut [u8], span: &Range<usize>, is_block: bool, begins: bool) {
    let tag = &mut bytes[span.clone()];
    let is_one_line = !tag.contains(&b'\n');
    let (open, sign, close): (&[u8], u8, &[u8]) = match (is_block, begins && is_one_line) {
        (true, _) if tag.len() >= 7 => (b"<!--", b' ', b"-->"),
        (_, true) if tag.len() >= 7 => (b"<gx:", b'x', b">"),
        _ => (b"<g ", b' ', b">"),
    };
    let mut starts_line = false;
    for byte in tag.iter_mut() {
        // The sign of a quote at the beginning of a line stays.
        let stays =
            matches!(byte, b'\n' | b'\r') || starts_line && matches!(byte, b' ' | b'\t' | b'>');
        starts_line = *byte == b'\n' || starts_line && stays;
        if !stays {
            *byte = sign;
        }
    }
    let length = tag.len();
    tag[..open.len()].copy_from_slice(open);
    tag[length - close.len()..].copy_from_slice(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let code = |text: &str| {
            let at = text
                .find('`')
                .map(|start| start..text.rfind('`').unwrap() + 1);
            at.into_iter().collect()
        };
        let mask = mask(text, code, |name| name == "i");
        mask.text.unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn tags_are_hidden_in_as_many_bytes() {
        for (text, expected) in [
            ("{{<a>}}", "<!---->"),
            ("a\n  {{< b >}} {{< c >}}\nd", "a\n  <!--  --> <!--  -->\nd"),
            ("- {{< b >}}\n1. {{< b >}}", "- <!--  -->\n1. <!--  -->"),
            ("> {{< b\n> c\n> >}}", "> <!-- \n>  \n>-->"),
            ("a {{< b >}}", "a <g      >"),
            ("[a]({{< b >}})", "[a](?????????)"),
            ("{{< b >}} a", "<gx:xxxx> a"),
            ("{{< i >}}", "<gx:xxxx>"),
            ("{{< b >}} {{< i >}}", "<gx:xxxx> <g      >"),
            ("`{{< b >}}`", "`{{< b >}}`"),
            ("é {{< b é >}} é", "é <g         > é"),
        ] {
            let masked = masked(text);
            assert_eq!(masked.len(), text.len(), "{text}");
            if !text.contains("> c") {
                assert_eq!(masked, expected, "{text}");
            }
        }
    }
}
