//! Parts of a Markdown text: below a heading, between marks, in a block; and whether a text leaves something open.

use std::ops::Range;

use pulldown_cmark::{Event, Options as Flags, Parser, Tag as Element, TagEnd};

use crate::model::heading_ids::HeadingIds;

/// Whether what follows a text stands outside of all that the text begins.
pub(super) fn is_closed(text: &str, flags: Flags) -> bool {
    let probe = format!("{text}\n\nx");
    let mut depth = 0usize;
    let mut last = false;
    for event in Parser::new_ext(&probe, flags) {
        match event {
            Event::Start(Element::Paragraph) if depth == 0 => {
                depth += 1;
                last = true;
            }
            Event::Start(_) => {
                depth += 1;
                last = false;
            }
            Event::End(TagEnd::Paragraph) if depth == 1 => depth = 0,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) => last &= &*text == "x",
            _ => last = false,
        }
    }
    last
}

/// The bytes of a part of a text: what stands between the marks of a region, below a heading, or in the block that a
/// caret names. Where there is none, the names of those that there are.
pub(super) fn part(text: &str, name: &str, flags: Flags) -> Result<Range<usize>, Vec<String>> {
    let mut known = Vec::new();
    if let Some(block) = name.strip_prefix('^') {
        let mark = format!("^{block}");
        let mut start = 0;
        for paragraph in text.split_inclusive("\n\n") {
            let end = paragraph.trim_end();
            if end.ends_with(&mark) {
                let shown = end.len() - mark.len();
                return Ok(start..start + end[..shown].trim_end().len());
            }
            known.extend(end.rsplit_once('^').map(|(_, name)| format!("^{name}")));
            start += paragraph.len();
        }
        return Err(known);
    }
    if let Some(range) = region(text, name, &mut known) {
        return Ok(range);
    }
    let mut open: Option<(usize, u8)> = None;
    let mut heading: Option<(usize, u8, String, Option<String>)> = None;
    // Under a heading below another, Obsidian writes both: the last one counts.
    let ids = HeadingIds::Github;
    let wanted = ids.of(name.rsplit('#').next().unwrap_or(name));
    for (event, span) in Parser::new_ext(text, flags).into_offset_iter() {
        match event {
            Event::Start(Element::Heading { level, id, .. }) => {
                let level = level as u8;
                if let Some((start, _)) = open.filter(|(_, of)| level <= *of) {
                    return Ok(start..span.start);
                }
                heading = Some((
                    span.start,
                    level,
                    String::new(),
                    id.map(|id| id.to_string()),
                ));
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some((start, level, words, id)) = heading.take() else {
                    continue;
                };
                let is_it = ids.of(&words) == wanted || id.as_deref() == Some(name);
                if is_it && open.is_none() {
                    open = Some((start, level));
                }
                known.push(words);
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, _, text, _)) = &mut heading {
                    text.push_str(&words);
                }
            }
            _ => {}
        }
    }
    match open {
        Some((start, _)) => Ok(start..text.len()),
        None => Err(known),
    }
}

/// The bytes between `<!-- #region name -->` and its end.
fn region(text: &str, name: &str, known: &mut Vec<String>) -> Option<Range<usize>> {
    let mut at = 0;
    let mut open = None;
    for line in text.split_inclusive('\n') {
        let mark = line
            .trim()
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"));
        let mut words = mark.unwrap_or_default().split_whitespace();
        match (words.next(), words.next()) {
            (Some("#region"), Some(region)) => {
                known.push(region.to_owned());
                if region == name && open.is_none() {
                    open = Some(at + line.len());
                }
            }
            (Some("#endregion"), of) if of.is_none_or(|of| of == name) => {
                if let Some(start) = open {
                    return Some(start..at);
                }
            }
            _ => {}
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_by_heading_region_and_block() {
        let text = "a\n\n# One\n\nb ^id\n\n## Two\n\nc\n\n# Three\n\n<!-- #region r -->\nd\n<!-- #endregion -->\n";
        let taken = |name: &str| part(text, name, Flags::empty()).map(|range| text[range].trim());
        assert_eq!(taken("One"), Ok("# One\n\nb ^id\n\n## Two\n\nc"));
        assert_eq!(taken("One#Two"), Ok("## Two\n\nc"));
        assert_eq!(taken("r"), Ok("d"));
        assert_eq!(taken("^id"), Ok("b"));
        assert!(taken("four").is_err_and(|known| known.contains(&"Three".to_owned())));
    }

    #[test]
    fn what_is_left_open_is_seen() {
        for text in [
            "a",
            "```\nb\n```",
            "- a\n- b",
            "| a |\n|---|",
            "<div>\n\n</div>",
            "",
        ] {
            assert!(is_closed(text, Flags::ENABLE_TABLES), "{text}");
        }
        for text in ["```\na", "<!-- a", "~~~", "<script>"] {
            assert!(!is_closed(text, Flags::empty()), "{text}");
        }
    }
}
