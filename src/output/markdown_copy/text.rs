//! The text of a copy: the author's, with what stands in the place of its links, pictures and tags.

use std::ops::Range;

use crate::fingerprint::Fingerprint;
use crate::model::page::{Inserted, InsertedKind, InsertedPart, LinkForm};
use crate::parse::front_matter;

/// A copy, but for the text itself, which is in the author's file.
pub struct MarkdownCopy {
    /// The file, relative to `content/`.
    pub source: String,
    /// Of the file's bytes; none where it shows other files.
    pub fingerprint: Option<Fingerprint>,
    pub(super) before: String,
    pub(super) places: Vec<Place>,
    /// What stands in the place of the tags of shortcodes, and of those that show other files.
    pub(super) tags: Vec<Tag>,
    pub(super) after: String,
}

/// Bytes, and the text that takes their place.
type Edit = (Range<usize>, String);

/// A tag, and what stands in its place.
pub(super) struct Tag {
    pub(super) span: Range<usize>,
    pub(super) text: String,
    /// Its lines are as far indented as the tag.
    pub(super) is_indented: bool,
}

/// A link or a picture of the text.
pub(super) struct Place {
    pub(super) span: Range<usize>,
    /// None for a picture.
    pub(super) form: Option<LinkForm>,
    pub(super) written: String,
    /// What a link without words of its own is called.
    pub(super) title: String,
    /// A full address; none where readers can go nowhere.
    pub(super) to: Option<String>,
}

/// The text of another file, with its links and pictures resolved and without the tags of shortcodes.
pub(super) fn copied(
    inserted: &Inserted,
    places: &[Place],
    links: usize,
    shown: &[String],
) -> String {
    let text = &inserted.text;
    let parts = inserted.parts.iter();
    let edits = parts.filter_map(|InsertedPart { span, kind }| match kind {
        InsertedKind::Link(n) => places[*n as usize].edit_in(text, span),
        InsertedKind::Picture(n) => places[links + *n as usize].edit_in(text, span),
        InsertedKind::Shortcode(n) => Some((
            span.clone(),
            indented(text, span.start, &shown[*n as usize]),
        )),
        InsertedKind::End => Some((span.clone(), String::new())),
    });
    let copied = edited(text, 0, edits.collect());
    let lines = copied
        .split('\n')
        .map(|line| match line.trim_matches([' ', '>']) {
            "" => line.trim_end(),
            _ => line,
        });
    lines.collect::<Vec<&str>>().join("\n")
}

/// A text from a byte on, with edits in it.
fn edited(text: &str, from: usize, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(at, _)| (at.start, at.end));
    let mut out = String::with_capacity(text.len());
    let mut done = from;
    for (at, new) in edits {
        // A picture in a link that has become something else, or a file that was changed meanwhile.
        let Some(between) = text.get(done..at.start) else {
            continue;
        };
        out.push_str(between);
        out.push_str(&new);
        done = at.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Lines as far indented as what stands at a byte of a text, and in the same quotes.
fn indented(text: &str, at: usize, lines: &str) -> String {
    let before = text.get(..at).unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default();
    let prefix: String = before
        .chars()
        .map(|sign| if sign == '>' { '>' } else { ' ' })
        .collect();
    let mut out = String::with_capacity(lines.len());
    for (number, line) in lines.split('\n').enumerate() {
        match (number, line) {
            (0, _) => {}
            (_, "") => out.push_str(&format!("\n{}", prefix.trim_end())),
            _ => out.push_str(&format!("\n{prefix}")),
        }
        out.push_str(line);
    }
    out
}

/// Text as the words of a link.
pub(in crate::output) fn words(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}

/// An address as the destination of a link.
pub(in crate::output) fn destination(url: &str) -> String {
    url.replace('(', "%28")
        .replace(')', "%29")
        .replace(' ', "%20")
}

impl MarkdownCopy {
    /// The copy, of the text of the author's file.
    pub fn of(&self, text: &str) -> String {
        let start = front_matter::split("", text).map_or(0, |split| split.body);
        let places = self.places.iter();
        let places = places.filter_map(|place| place.edit_in(text, &place.span));
        let tags = self.tags.iter().map(|tag| {
            let new = match tag.is_indented {
                true => tag.text.clone(),
                false => indented(text, tag.span.start, &tag.text),
            };
            (tag.span.clone(), new)
        });
        let mut out = self.before.clone();
        out.push_str(edited(text, start, places.chain(tags).collect()).trim_end());
        out.push('\n');
        out.push_str(&self.after);
        out
    }
}

impl Place {
    /// What becomes of the bytes of a text that it stands in.
    fn edit_in(&self, text: &str, span: &Range<usize>) -> Option<Edit> {
        let (at, new) = self.edit(text.get(span.clone())?)?;
        Some((span.start + at.start..span.start + at.end, new))
    }

    /// What becomes of `source`, the bytes that it stands in: which of them are replaced, and by what.
    fn edit(&self, source: &str) -> Option<Edit> {
        let to = self.to.as_deref().map(destination);
        let whole = 0..source.len();
        match (self.form, to) {
            (Some(LinkForm::Bare), _) | (None, None) => None,
            (Some(LinkForm::Attribute), to) => {
                // What another file says is known as from the site's root on.
                let tails = self.written.match_indices('/').map(|(at, _)| at + 1);
                let mut written = std::iter::once(0)
                    .chain(tails)
                    .map(|at| &self.written[at..])
                    .filter(|one| !one.is_empty());
                let (at, written) = written.find_map(|one| Some((source.find(one)?, one)))?;
                Some((at..at + written.len(), to?))
            }
            (Some(LinkForm::Wiki), to) => {
                let inner = source.strip_prefix("[[")?.strip_suffix("]]")?;
                let own = inner.split_once('|').map(|(_, own)| own.trim());
                let label = own.map_or_else(|| words(&self.title), str::to_owned);
                Some((
                    whole,
                    to.map_or(label.clone(), |to| format!("[{label}]({to})")),
                ))
            }
            (_, to) => match (self.destination(source), to) {
                (Some(at), Some(to)) => Some((at, to)),
                (at, to) => {
                    let end = at.map_or_else(
                        || source.find("][").or(source.find(']')),
                        |at| source[..at.start].rfind("]("),
                    );
                    let label = source.get(source.find('[')? + 1..end?)?;
                    let sign = if self.form.is_none() { "!" } else { "" };
                    Some((
                        whole,
                        to.map_or(label.to_owned(), |to| format!("{sign}[{label}]({to})")),
                    ))
                }
            },
        }
    }

    /// Where the destination stands in `[words](destination "title")`; none where it is defined elsewhere.
    fn destination(&self, source: &str) -> Option<Range<usize>> {
        let places = source.rmatch_indices("](").map(|(at, _)| at + 2);
        let places: Vec<Range<usize>> = places
            .map(|from| {
                let from = from + source[from..].len() - source[from..].trim_start().len();
                let rest = &source[from..];
                let length = match rest.starts_with('<') {
                    true => rest.find('>').map_or(rest.len(), |end| end + 1),
                    false => rest
                        .find(char::is_whitespace)
                        .unwrap_or(rest.len() - usize::from(rest.ends_with(')'))),
                };
                from..from + length
            })
            .collect();
        let is_it =
            |at: &&Range<usize>| source[(*at).clone()].trim_matches(['<', '>']) == self.written;
        places.iter().find(is_it).or(places.first()).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_as_they_are_written() {
        let new = |source: &str, written: &str, form, to: Option<&str>| {
            let place = Place {
                span: 0..source.len(),
                form,
                written: written.to_owned(),
                title: "Title".to_owned(),
                to: to.map(str::to_owned),
            };
            let (at, new) = place.edit(source).unwrap_or((0..0, String::new()));
            format!("{}{new}{}", &source[..at.start], &source[at.end..])
        };
        let link = Some(LinkForm::Markdown);
        for (source, written, form, resolved, nowhere) in [
            ("[a](b.md)", "b.md", link, "[a](U)", "a"),
            ("[a](b.md \"x](y\")", "b.md", link, "[a](U \"x](y\")", "a"),
            ("[a](<b c.md>)", "b c.md", link, "[a](U)", "a"),
            ("[a]( b(1).md )", "b(1).md", link, "[a]( U )", "a"),
            (
                "[![p](p.png)](b.md)",
                "b.md",
                link,
                "[![p](p.png)](U)",
                "![p](p.png)",
            ),
            ("[a][b]", "b.md", link, "[a](U)", "a"),
            ("[a]", "b.md", link, "[a](U)", "a"),
            (
                "![p](p.png \"t\")",
                "p.png",
                None,
                "![p](U \"t\")",
                "![p](p.png \"t\")",
            ),
            ("![p][q]", "p.png", None, "![p](U)", "![p][q]"),
            ("[[b]]", "b", Some(LinkForm::Wiki), "[Title](U)", "Title"),
            ("[[b|a]]", "b", Some(LinkForm::Wiki), "[a](U)", "a"),
            (
                "<a href=\"b.md\">",
                "b.md",
                Some(LinkForm::Attribute),
                "<a href=\"U\">",
                "<a href=\"b.md\">",
            ),
            (
                "https://x.org/",
                "https://x.org/",
                Some(LinkForm::Bare),
                "https://x.org/",
                "https://x.org/",
            ),
            ("", "", link, "", ""),
        ] {
            assert_eq!(new(source, written, form, Some("U")), resolved);
            assert_eq!(new(source, written, form, None), nowhere);
        }
    }
}
