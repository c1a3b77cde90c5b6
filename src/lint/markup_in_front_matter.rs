//! HTML, Markdown or an entity such as `&amp;` stands in a title or a description.
//!
//! Both are text: readers, search engines and feeds get `**no** contact` and `R&amp;D` just so. Write the words alone,
//! and a sign itself, not its entity; `gen check --fix` does that for entities.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::model::front_matter::text::{Text, one_line};
use crate::parse::manuscript::{LinkStyle, read};
use crate::parse::{front_edit, front_matter};

pub(super) const LINT: Lint = Lint {
    code: "markup-in-front-matter",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("markup_in_front_matter.rs"),
};

/// HTML elements that need no end.
const ALONE: [&str; 4] = ["<br>", "<br/>", "<br />", "<img "];

/// Marks of Markdown that stand around words, longer ones first.
const MARKS: [&str; 6] = ["**", "__", "~~", "`", "*", "_"];

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let front = &reading.page.front;
    let values = [("title", &front.title), ("description", &front.description)];
    for (key, value) in values {
        let Some(Text(value)) = value else { continue };
        if let Some(what) = html(value) {
            let message = format!("`{key}` has HTML in it: readers see `{what}` as it is");
            found.push(
                reading
                    .found(&LINT, message)
                    .at_key(key)
                    .help("write the words without it"),
            );
        }
        if let Some(what) = markdown(value) {
            let message = format!("`{key}` has Markdown in it: readers see `{what}` as it is");
            found.push(
                reading
                    .found(&LINT, message)
                    .at_key(key)
                    .help("write the words without it"),
            );
        }
        let decoded = decoded(value);
        if decoded.entities.is_empty() {
            continue;
        }
        let names: Vec<String> = decoded
            .entities
            .iter()
            .map(|entity| format!("`{}`", entity.name))
            .collect();
        let message = format!(
            "`{key}` has {} in it: readers see it as it is",
            names.join(" and ")
        );
        let finding = reading.found(&LINT, message).at_key(key);
        let edits = edits(reading, key, value, &decoded);
        let help = match edits.is_empty() {
            true => "write the sign itself",
            false => "write the sign itself; gen check --fix does that",
        };
        found.push(edits.into_iter().fold(finding.help(help), Diagnostic::fix));
    }
}

/// The first element with an end, or one that needs none.
fn html(value: &str) -> Option<&str> {
    let starts = value.match_indices('<').map(|(at, _)| &value[at..]);
    let element = |tag: &&str| {
        let name: &str = &tag[1..];
        let name = &name[..name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len())];
        !name.is_empty() && tag.contains(&format!("</{name}>"))
            || ALONE.iter().any(|alone| tag.starts_with(alone))
    };
    let mut starts = starts.filter(element);
    let tag = starts.next()?;
    Some(&tag[..tag.find('>').map_or(tag.len(), |end| end + 1)])
}

/// The first link, or words between marks.
fn markdown(value: &str) -> Option<String> {
    // After a word, nothing begins a list, a quote or a heading.
    let line = format!("x {}", value.replace(['\n', '\r'], " "));
    let manuscript = read(&line, 0);
    let link = manuscript
        .links
        .iter()
        .find(|link| link.style == LinkStyle::Markdown);
    if let Some(link) = link {
        return line.get(link.span.clone()).map(str::to_owned);
    }
    MARKS
        .iter()
        .find_map(|mark| marked(value, mark))
        .map(str::to_owned)
}

/// Words between two marks that stand free: not within a word, as in `5*3*2` and `snake_case`.
fn marked<'v>(value: &'v str, mark: &str) -> Option<&'v str> {
    let sign = mark.chars().next()?;
    let in_word = |c: char| c.is_alphanumeric() || c == sign;
    let opens = |at: &usize| {
        let after = &value[at + mark.len()..];
        !value[..*at].ends_with(in_word)
            && !after.starts_with(|c: char| c.is_whitespace() || c == sign)
    };
    let closes = |at: &usize| {
        !value[..*at].ends_with(|c: char| c.is_whitespace() || c == sign)
            && !value[at + mark.len()..].starts_with(in_word)
    };
    let places = || value.match_indices(mark).map(|(at, _)| at);
    let start = places().find(opens)?;
    let end = places()
        .filter(|at| *at > start + mark.len())
        .find(closes)?;
    // `__init__` is a name.
    let is_name = sign == '_' && !value[start..end].contains(' ') && mark.len() == 2;
    (!is_name).then(|| &value[start..end + mark.len()])
}

/// A text without its entities.
struct Decoded {
    text: String,
    /// Those that stood in it, each once.
    entities: Vec<Entity>,
}

/// `&amp;` and the sign that it stands for.
struct Entity {
    name: String,
    sign: String,
}

fn decoded(value: &str) -> Decoded {
    let mut out = Decoded {
        text: String::with_capacity(value.len()),
        entities: Vec::new(),
    };
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').map_or(0, |end| end + 1);
        let name = &rest[..end];
        let is_name = |name: &str| {
            name.len() > 2
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"&#;".contains(&b))
        };
        let sign = Some(name).filter(|name| is_name(name)).and_then(sign);
        match sign {
            Some(sign) => {
                out.text.push_str(&sign);
                if out.entities.iter().all(|known| known.name != name) {
                    out.entities.push(Entity {
                        name: name.to_owned(),
                        sign,
                    });
                }
                rest = &rest[end..];
            }
            None => {
                out.text.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.text.push_str(rest);
    out
}

/// The sign that an entity stands for, by the table of HTML.
fn sign(entity: &str) -> Option<String> {
    let line = format!("x{entity}x");
    let manuscript = read(&line, 0);
    let text = manuscript.blocks.first()?.text.clone();
    let sign = text.strip_prefix('x')?.strip_suffix('x')?;
    (sign != entity).then(|| sign.to_owned())
}

/// The changes that write the signs; none where the front matter would be another by them.
fn edits(reading: &Reading<'_>, key: &str, old: &str, new: &Decoded) -> Vec<Edit> {
    let text = reading.text;
    let front = front_matter::split("", text)
        .ok()
        .and_then(|split| front_matter::parse("", text, split.yaml).0);
    let Some(mut wanted) = front else {
        return Vec::new();
    };
    let value = Some(Text(one_line(&new.text).into_owned()));
    match key {
        "title" => wanted.title = value,
        _ => wanted.description = value,
    }
    let entities = new.entities.iter();
    let pairs: Vec<(&str, &str)> = entities.map(|one| (&*one.name, &*one.sign)).collect();
    let changes = front_edit::replace_parts(text, key, &pairs, &wanted)
        .or_else(|| front_edit::replace(text, key, old, &new.text, &wanted));
    let edit = |(bytes, new)| Edit::new(&reading.path, bytes, new);
    changes.into_iter().flatten().map(edit).collect()
}
