//! Names of filters, functions, tests, components, blocks and templates that a template uses and that are not
//! there. The engine tells them all in one text, as reports with places; this reads it again.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Lines, nearest};
use crate::list::words;
use crate::model::url::leads_out;
use crate::output::theme::TemplateFile;

/// The engine's own filters, tests and functions: it has no list of them.
const FILTERS: [&str; 40] = words(
    "abs capitalize date_year default escape escape_html escape_xml fill first float get group_by \
    indent int join keys last length lower newlines_to_br nth number pairs pluralize replace \
    reverse round safe sort split str title trim trim_end trim_start truncate unique upper values \
    wordcount",
);
const TESTS: [&str; 17] = words(
    "array bool containing defined divisible_by ending_with float integer iterable map none number \
    odd even starting_with string undefined",
);
/// Beside what templates may ask.
pub(super) const FUNCTIONS: [&str; 5] = ["asset", "inline", "range", "super", "throw"];

/// A diagnostic for each report in the engine's text. `templates` are the names that an include can have.
pub(super) fn unknown(
    text: &str,
    files: &[TemplateFile],
    templates: &[&str],
    components: &[&str],
    functions: &[&str],
) -> Vec<Diagnostic> {
    let lines: Vec<&str> = text.lines().collect();
    let reports = lines.windows(2).filter_map(|pair| {
        let message = pair[0].strip_prefix("error: ")?;
        let (name, line, column) = place(pair[1].trim().strip_prefix("--> ")?)?;
        let file = files.iter().find(|file| file.name == name)?;
        let is_block = message.starts_with("Block `");
        let known = match is_block {
            true => blocks(files, file),
            false => components.to_vec(),
        };
        Some(report(
            message, file, line, column, templates, &known, functions,
        ))
    });
    reports.collect()
}

/// What can be said where a template asks for one of another place.
pub(super) const TEMPLATES_ALONE: &str = "a name leads on from templates/ of the theme and of those that it extends, such as `card.html`; no other file can stand in a page";

/// The blocks of all other templates, by which a child can change them.
fn blocks<'t>(files: &'t [TemplateFile], own: &TemplateFile) -> Vec<&'t str> {
    let others = files.iter().filter(|file| file.name != own.name);
    let names = others.flat_map(|file| {
        let tags = file.text.split("{%").skip(1);
        tags.filter_map(|tag| {
            let words = tag.trim_start_matches('-').trim_start();
            let name = words.strip_prefix("block ")?.trim_start();
            name.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
        })
    });
    names.collect()
}

/// `t/article.html:1:29` in its parts.
fn place(text: &str) -> Option<(&str, usize, usize)> {
    let mut parts = text.rsplitn(3, ':');
    let (column, line, name) = (parts.next()?, parts.next()?, parts.next()?);
    Some((name, line.parse().ok()?, column.parse().ok()?))
}

fn report(
    message: &str,
    file: &TemplateFile,
    line: usize,
    column: usize,
    templates: &[&str],
    of_others: &[&str],
    functions: &[&str],
) -> Diagnostic {
    let mut parts = message
        .trim_start_matches("Unknown ")
        .split(['`', ' '])
        .filter(|part| !part.is_empty());
    let (kind, name) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default().trim_matches('`'),
    );
    let known: &[&str] = match kind {
        "filter" => &FILTERS,
        "test" => &TESTS,
        "function" => functions,
        "component" | "Block" => of_others,
        _ => templates,
    };
    let message = match kind {
        "Block" => format!("no template that this one extends has a block `{name}`"),
        _ => format!("there is no {kind} `{name}`"),
    };
    let mut diagnostic =
        Diagnostic::error("template", &file.path, message).at(spot(&file.text, line, column, name));
    diagnostic.help = match nearest(name, known.iter().copied()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if kind == "Block" => Some(
            "a child fills blocks of its parent; what stands beside them is never shown".into(),
        ),
        None if kind == "template" && leads_out(name) => Some(TEMPLATES_ALONE.into()),
        None => None,
    };
    diagnostic.locate(&Lines::new(&*file.text), |_, _, _| None);
    diagnostic
}

/// The bytes of `name` from this line and column (in characters, from 1) on.
fn spot(text: &str, line: usize, column: usize, name: &str) -> Range<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = &text[start..];
    let from = rest
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(rest.len(), |(at, _)| at);
    match rest[from..].find(name) {
        Some(at) => start + from + at..start + from + at + name.len(),
        None => start + from..start + from,
    }
}
