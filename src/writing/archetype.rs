//! Fills in a section's `archetype.md`: title, date and slug stand where it asks for them, and nothing else in it is
//! read as anything but text.

use crate::error::Error;
use crate::model::date::Day;
use crate::parse::front_edit::{add_line, set_line};
use crate::parse::front_matter;
use crate::parse::scalar::{escaped, scalar};

/// What an archetype can ask for.
const KNOWN: &str = "{{ title }}, {{ date }} and {{ slug }}";

/// The text of a new article. `path` is the archetype's, in `content/`.
///
/// # Errors
/// It asks for something that is not known, or its front matter cannot be read.
pub(super) fn filled(
    path: &str,
    archetype: &str,
    title: &str,
    slug: &str,
    today: Day,
    draft: bool,
) -> Result<String, Error> {
    let body = front_matter::split(path, archetype)
        .map_err(|error| wrong(path, &error.message))?
        .body;
    let mut text = String::with_capacity(archetype.len());
    let mut rest = archetype;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else {
            break;
        };
        text.push_str(before);
        let in_front_matter = archetype.len() - rest.len() + before.len() < body;
        let value = match name.trim() {
            "title" if in_front_matter => in_yaml(title, &text, after),
            "title" => title.to_owned(),
            "date" => today.to_string(),
            "slug" => slug.to_owned(),
            other => {
                let line = text.matches('\n').count() + 1;
                let why = format!("line {line} asks for `{{{{ {other} }}}}`");
                return Err(wrong(path, &format!("{why}; what is known are {KNOWN}")));
            }
        };
        text.push_str(&value);
        rest = after;
    }
    text.push_str(rest);
    finished(path, text, title, draft)
}

/// A title for the place in YAML that begins after `before`: quoted as it needs to be there.
fn in_yaml(title: &str, before: &str, after: &str) -> String {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let quotes = |quote| line.matches(quote).count() % 2 == 1;
    if quotes('"') {
        return escaped(title);
    }
    if quotes('\'') {
        return title.replace('\'', "''");
    }
    let alone =
        line.trim_end().ends_with(':') && after.trim_start_matches(' ').starts_with(['\n', '\r']);
    match alone {
        true => scalar(title),
        false => title.to_owned(),
    }
}

/// The text with a title, and as a draft if it is to be one.
fn finished(path: &str, mut text: String, title: &str, draft: bool) -> Result<String, Error> {
    let read = |text: &str| {
        let yaml = front_matter::split(path, text).ok()?.yaml;
        front_matter::parse(path, text, yaml).0
    };
    let broken = || {
        wrong(
            path,
            "with a title filled in, its front matter cannot be read",
        )
    };
    let mut front = read(&text).ok_or_else(broken)?;
    if front.title.is_none() {
        front.title = Some(crate::model::front_matter::text::Text(title.to_owned()));
        let line = format!("title: {}", scalar(title));
        let (bytes, line) = add_line(&text, &line, &front).ok_or_else(broken)?;
        text.replace_range(bytes, &line);
    }
    if draft && front.draft != Some(true) {
        front.draft = Some(true);
        let (bytes, line) = set_line(&text, "draft", "draft: true", &front).ok_or_else(broken)?;
        text.replace_range(bytes, &line);
    }
    Ok(text)
}

fn wrong(path: &str, why: &str) -> Error {
    Error::refused(
        format!("content/{path}: {why}"),
        "new articles in that folder are made from it; mend it first",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(archetype: &str, title: &str, draft: bool) -> String {
        let today = Day::parse("2026-11-23").unwrap();
        filled("a/archetype.md", archetype, title, "a-b", today, draft)
            .unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn a_title_is_quoted_as_its_place_needs_it() {
        let title = "What: \"a\" 'b'";
        let text = "---\ntitle: {{ title }}\ndescription: \"On {{title}}\"\ntags: ['{{ title }}']\n---\n# {{ title }} {{ slug }}\n";
        assert_eq!(
            made(text, title, false),
            "---\ntitle: \"What: \\\"a\\\" 'b'\"\ndescription: \"On What: \\\"a\\\" 'b'\"\ntags: ['What: \"a\" ''b''']\n---\n# What: \"a\" 'b' a-b\n"
        );
    }

    #[test]
    fn what_is_missing_is_added() {
        assert_eq!(
            made("Dear reader,\n", "A", true),
            "---\ntitle: A\ndraft: true\n---\n\nDear reader,\n"
        );
        assert_eq!(
            made(
                "---\ndraft: false # yet\ndate: {{ date }}\n---\n{{",
                "A",
                true
            ),
            "---\ndraft: true\ndate: 2026-11-23\ntitle: A\n---\n{{"
        );
    }

    #[test]
    fn what_is_unknown_is_told() {
        let told = made("---\ntitle: x\n---\n{{ author }}\n", "A", false);
        assert!(told.contains("line 4 asks for `{{ author }}`"), "{told}");
    }
}
