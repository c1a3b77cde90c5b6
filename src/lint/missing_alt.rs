//! A picture has no words for those who cannot see it.
//!
//! They are read out in its place, shown where it does not load, and found by searches. Say in a sentence what the
//! picture shows and why it is there: `![Two small houses far apart on a field](houses.svg)`, and in front matter `image:
//! { src: houses.svg, alt: "…" }`. A picture that only decorates the page needs none: say so with a space between the
//! brackets, `![ ](line.svg)`, or with `alt: ""` in front matter, and screen readers pass over it. A picture that is a
//! link always needs words: they are the link's.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::parse::front_matter::find_key;

pub(super) const LINT: Lint = Lint {
    code: "missing-alt",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("missing_alt.rs"),
};

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for picture in &reading.manuscript.pictures {
        let src = picture.src.rsplit('/').next().unwrap_or(&picture.src);
        let silent_link = picture.linked
            && picture.alt.trim().is_empty()
            && is_whole_link(reading, &picture.span);
        let (message, help) = match silent_link {
            true => (
                format!("the picture {src} is all of a link, and has no words"),
                "say between the brackets `![…]` where the link leads".to_owned(),
            ),
            false if picture.alt.is_empty() && !picture.linked => (
                format!("the picture {src} has no words for those who cannot see it"),
                "say what it shows between the brackets: `![…]`; if it only decorates, write a space there".to_owned(),
            ),
            false => continue,
        };
        found.push(
            reading
                .found(&LINT, message)
                .at(picture.span.clone())
                .help(help),
        );
    }
    head(reading, found);
}

/// Whether a link holds no words beside the picture at `span`.
fn is_whole_link(reading: &Reading<'_>, span: &std::ops::Range<usize>) -> bool {
    let holds = |link: &std::ops::Range<usize>| link.start <= span.start && span.end <= link.end;
    let mut links = reading.manuscript.links.iter();
    links.any(|link| holds(&link.span) && link.text.trim().is_empty())
}

/// The picture at the head: only where the file itself names it, as a folder's defaults are told once, there.
fn head(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let Some(image) = &reading.page.front.image else {
        return;
    };
    if !image.alt.trim().is_empty() || says_alt(reading.text) != Some(false) {
        return;
    }
    let message = "the picture at the head has no words for those who cannot see it";
    let write = match image.caption.is_some() || image.credit.is_some() {
        true => "add `alt: \"What it shows\"` to it".to_owned(),
        false => format!(
            "write `image: {{ src: {}, alt: \"What it shows\" }}`",
            image.src
        ),
    };
    let help = format!("{write}; if it only decorates, `alt: \"\"`");
    found.push(reading.found(&LINT, message).at_key("image").help(help));
}

/// Whether the front matter's `image` has an `alt`, be it an empty one; `None` where it has no `image`.
fn says_alt(text: &str) -> Option<bool> {
    let first_line = find_key(text, "image", None)?;
    let rest = &text[first_line.end..];
    let nested = rest
        .split_inclusive('\n')
        .take_while(|line| line.trim().is_empty() || line.starts_with([' ', '\t']));
    let end = first_line.end + nested.map(str::len).sum::<usize>();
    let value = &text[first_line.start..end];
    let is_key = |(at, _): (usize, &str)| {
        let before = value[..at].trim_end_matches([' ', '"', '\'']);
        let after = value[at + 3..].trim_start_matches(['"', '\'']);
        before.ends_with(['{', ',', '\n']) && after.trim_start().starts_with(':')
    };
    Some(value.match_indices("alt").any(is_key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_alt_is_told_from_none() {
        let says = |yaml: &str| {
            says_alt(&format!(
                "---\ntitle: a\n{yaml}\ntags: [alt]\n---\nalt: x\n"
            ))
        };
        assert_eq!(says("draft: true"), None);
        assert_eq!(says("image: alt.jpg"), Some(false));
        assert_eq!(
            says("image: { src: a-alt.jpg, caption: \"so, alt\" }"),
            Some(false)
        );
        assert_eq!(says("image: { src: a.jpg, alt: \"\" }"), Some(true));
        assert_eq!(says("image:\n  src: a.jpg\n  alt: ''"), Some(true));
    }
}
