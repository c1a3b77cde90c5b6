//! A page's title: as it is written, of the heading that its text begins with, or made of its file's name.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::front_matter::Split;
use crate::diagnostic::Diagnostic;
use crate::model::front_matter::FrontMatter;
use crate::model::front_matter::text::one_line;
use crate::model::page::Kind;

/// A page's title and where its text begins.
pub(super) struct Titled {
    pub(super) title: String,
    /// Behind the heading that the title is taken from.
    pub(super) body: usize,
    /// No title is written; it is made of the file's name.
    pub(super) is_made: bool,
}

/// The title as it is written in the front matter, else the `# heading` that the text begins with, which then is no part
/// of the text, else one made of the file's name. `body`: where the text begins.
pub(super) fn titled(
    kind: Kind,
    source: &str,
    name: &str,
    front: &FrontMatter,
    text: &str,
    body: usize,
) -> Titled {
    let mut titled = Titled {
        title: String::new(),
        body,
        is_made: false,
    };
    let written = match kind {
        Kind::Author => front.name.as_ref().or(front.title.as_ref()),
        _ => front.title.as_ref(),
    };
    let hub = !front.steps.0.is_empty();
    if let Some(written) = written.filter(|title| !title.0.is_empty()) {
        titled.title.clone_from(&written.0);
    } else if matches!(kind, Kind::Home | Kind::Index) && !hub {
        // The theme has words for them.
    } else if let Some(heading) = leading_heading(&text[body..]) {
        titled.title = heading.text;
        titled.body += heading.end;
    } else {
        titled.title = title_from(name_of(source, name));
        titled.is_made = hub || matches!(kind, Kind::Article | Kind::Page);
    }
    titled
}

/// A heading of the first level.
struct Heading {
    text: String,
    /// Where what follows it begins.
    end: usize,
}

/// The `# heading` that a text begins with; none where anything stands before it.
fn leading_heading(body: &str) -> Option<Heading> {
    // The parser reads all blocks first: most texts begin otherwise, and what follows the heading is not asked for.
    let start = body.trim_start_matches(['\n', '\r']);
    let mut lines = start.split_inclusive('\n');
    let first = lines.next()?;
    let is_atx = first.starts_with("# ");
    let underline = if is_atx { "" } else { lines.next()? };
    let is_setext = underline.starts_with('=') && underline.trim_end().trim_matches('=').is_empty();
    (is_atx || is_setext).then_some(())?;
    let from = body.len() - start.len();
    let end = from + first.len() + underline.len();
    let mut text = String::new();
    let options = pulldown_cmark::Options::ENABLE_HEADING_ATTRIBUTES;
    let mut events = pulldown_cmark::Parser::new_ext(&body[from..end], options);
    let level = match events.next()? {
        Event::Start(Tag::Heading { level, .. }) => level,
        _ => return None,
    };
    (level == HeadingLevel::H1).then_some(())?;
    for event in events {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::End(TagEnd::Heading(_)) => break,
            _ => {}
        }
    }
    let text = one_line(&text).into_owned();
    (!text.is_empty()).then_some(Heading { text, end })
}

/// What a file is called: an `index.md` as its folder.
pub(super) fn name_of<'s>(source: &'s str, name: &'s str) -> &'s str {
    match name {
        "index" => source.rsplit('/').nth(1).unwrap_or_default(),
        _ => name,
    }
}

/// `give-them-space` is "Give them space".
pub fn title_from(name: &str) -> String {
    let words = name
        .split(['-', '_', ' '])
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// What is said of a page whose title is made of its file's name: that is a mistake only where the file is empty.
pub(super) fn made_title(path: &str, text: &str, split: &Split, made: &str) -> Diagnostic {
    let told = match text.trim().is_empty() {
        true => Diagnostic::error("empty-file", path, "this file is empty"),
        false => {
            let message = "this page has no title: it gets one of its file's name";
            Diagnostic::warning("missing-title", path, message)
        }
    };
    let line = format!("title: \"{made}\"");
    let help = match split.has_front_matter() {
        true => format!("add a title to its front matter: {line}"),
        false => format!(
            "begin the text with a heading, `# {made}`, or the file with these lines:\n---\n{line}\n---"
        ),
    };
    told.at(0..0).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_made_of_a_name() {
        assert_eq!(title_from("give-them_space"), "Give them space");
        assert_eq!(title_from(""), "");
    }

    #[test]
    fn a_title_is_the_heading_that_a_text_begins_with() {
        for (body, title, rest) in [
            ("# A *b* `c` [d](e)\nWords", "A b c d", "Words"),
            ("\n\n# A {#start}\n\nWords", "A", "\nWords"),
            ("# A #\r\nWords", "A", "Words"),
            ("A\n===\n\nWords", "A", "\nWords"),
            ("# A", "A", ""),
        ] {
            let heading = leading_heading(body).unwrap();
            assert_eq!(
                (heading.text.as_str(), &body[heading.end..]),
                (title, rest),
                "{body}"
            );
        }
        for body in [
            "",
            "Words\n# A",
            "## A",
            "#A",
            "#",
            "# \n",
            "    # A",
            "A\n---\n",
            "```\n# A\n```",
            "- # A",
        ] {
            assert!(leading_heading(body).is_none(), "{body}");
        }
    }
}
