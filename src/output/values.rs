//! What the template of a page can read: the names, types and examples of its values, as the pages of a site have them.
//! `docs/themes.md` lists the types of a site in which everything occurs; these stand in for what a site lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::template::{Context, Value};
use super::{Job, Renderer, Subject};
use crate::diagnostic::Diagnostic;
use crate::list::words;

/// Pages that are looked at, at most.
const MOST: usize = 200;
/// Entries of a list that are looked at, at most.
const ENTRIES: usize = 20;
/// Letters of an example.
const LONGEST: usize = 60;

/// The names that the templates of pages have.
const NAMES: [&str; 17] = words(
    "head page section tag author term taxonomy title body articles pagination guides sections \
    tags authors years year",
);
const MORE_NAMES: [&str; 3] = ["terms", "front", "search"];

/// Maps that stand in many places, told by keys that they have. Those without more have no other keys.
const SHAPES: [Shape; 7] = [
    Shape::with("pagination", &["items", "numbers", "total"]),
    Shape::with("card", &["html", "pattern", "is_guide"]),
    Shape::with("picture", &["src", "srcset", "tone"]),
    Shape::with("author", &["name", "bio", "role", "count"]),
    Shape::of("date", &["iso", "text"]),
    Shape::of("link", &["title", "url"]),
    Shape::of("counted link", &["title", "url", "count"]),
];

/// A map that stands in many places.
struct Shape {
    name: &'static str,
    keys: &'static [&'static str],
    has_more: bool,
}

impl Shape {
    const fn with(name: &'static str, keys: &'static [&'static str]) -> Shape {
        Shape {
            name,
            keys,
            has_more: true,
        }
    }

    const fn of(name: &'static str, keys: &'static [&'static str]) -> Shape {
        Shape {
            name,
            keys,
            has_more: false,
        }
    }
}

/// What a template can read.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// Pages that were looked at.
    pub pages: usize,
    /// By their names, such as `page.date`; those of entries of lists as `page.tags[].url`.
    found: BTreeMap<String, Found>,
}

#[derive(Clone, Debug, Default)]
struct Found {
    kinds: BTreeSet<String>,
    example: Option<String>,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRow {
    /// Its name.
    pub name: String,
    /// What it is: `text`, `list of card`, `date or null`.
    pub kind: String,
    /// What it is on some page, shortened; empty where it is a list or a map.
    pub example: String,
}

/// The values of a template, from the pages that it renders.
///
/// # Errors
/// A mistake in a template that they need.
pub fn of_template(
    renderer: &Renderer<'_>,
    jobs: &[Job],
    template: &str,
) -> Result<Values, Box<Diagnostic>> {
    let mut values = Values::default();
    let has_template = |job: &&Job| {
        matches!(
            job.subject,
            Subject::Article(_)
                | Subject::Home
                | Subject::Section(_)
                | Subject::Term(_)
                | Subject::Taxonomy(_)
                | Subject::Archive
                | Subject::Year(_)
                | Subject::NotFound
                | Subject::Search
        )
    };
    for job in jobs.iter().filter(has_template) {
        if values.pages == MOST {
            break;
        }
        if let Some(context) = renderer.context(job, template)? {
            values.add(&context);
        }
    }
    Ok(values)
}

impl Values {
    /// Those of every template.
    pub fn of_all(globals: &[(&'static str, Value)]) -> Values {
        let mut values = Values::default();
        for (name, value) in globals {
            values.note(name, value);
        }
        values
    }

    /// Adds those of another template.
    pub fn merge(&mut self, other: &Values) {
        for (name, found) in &other.found {
            let own = self.found.entry(name.clone()).or_default();
            own.kinds.extend(found.kinds.iter().cloned());
        }
    }

    fn add(&mut self, context: &Context) {
        self.pages += 1;
        for name in NAMES.iter().chain(&MORE_NAMES) {
            if let Some(value) = context.get(name) {
                self.note(name, value);
            }
        }
    }

    fn note(&mut self, name: &str, value: &Value) {
        let (kind, example) = match value {
            value if value.is_none() || value.is_undefined() => ("null", None),
            value if value.is_bool() => ("true or false", Some(value.to_string())),
            value if value.is_number() => ("number", Some(value.to_string())),
            value if value.is_safe() => ("HTML", value.as_str().map(str::to_owned)),
            value if value.is_string() => ("text", value.as_str().map(str::to_owned)),
            value if value.is_array() => {
                let entries = value.as_array().unwrap_or_default();
                for entry in entries.iter().take(ENTRIES) {
                    self.note(&format!("{name}[]"), entry);
                }
                ("list", None)
            }
            value => (self.note_map(name, value), None),
        };
        let found = self.found.entry(name.to_owned()).or_default();
        found.kinds.insert(kind.to_owned());
        let example = example.filter(|text| !text.is_empty());
        found.example = found.example.take().or(example.as_deref().map(shortened));
    }

    fn note_map(&mut self, name: &str, value: &Value) -> &'static str {
        let map = value.as_map();
        let entries = map.into_iter().flatten();
        let entries: BTreeMap<&str, &Value> = entries
            .filter_map(|(key, value)| Some((key.as_str()?, value)))
            .collect();
        // What the author or the theme names is told by themselves.
        if name == "t" || name.ends_with(".extra") {
            return "map";
        }
        let shape = SHAPES.iter().find(|shape| {
            let has_all = shape.keys.iter().all(|key| entries.contains_key(key));
            has_all && (shape.has_more || entries.len() == shape.keys.len())
        });
        let (name, kind) = shape.map_or((name, "map"), |shape| (shape.name, shape.name));
        for (key, value) in entries {
            self.note(&format!("{name}.{key}"), value);
        }
        kind
    }

    /// All of them, sorted by name. `known` are those of a site in which everything occurs.
    pub fn rows(&self, known: &[ValueRow]) -> Vec<ValueRow> {
        let rows = self.found.iter().filter(|(name, _)| !name.ends_with("[]"));
        let row = |(name, found): (&String, &Found)| {
            let known = known.iter().find(|row| row.name == *name);
            ValueRow {
                name: name.clone(),
                kind: known.map_or_else(|| self.kind(name), |known| known.kind.clone()),
                example: found.example.clone().unwrap_or_default(),
            }
        };
        rows.map(row).collect()
    }

    fn kind(&self, name: &str) -> String {
        let Some(found) = self.found.get(name) else {
            return String::new();
        };
        let mut kinds: Vec<String> = found
            .kinds
            .iter()
            .filter(|kind| *kind != "null")
            .map(|kind| match kind.as_str() {
                "list" => match self.kind(&format!("{name}[]")) {
                    entries if entries.is_empty() => kind.clone(),
                    entries => format!("list of {entries}"),
                },
                _ => kind.clone(),
            })
            .collect();
        if found.kinds.contains("null") {
            kinds.push("null".to_owned());
        }
        kinds.join(" or ")
    }
}

fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

/// The list in `docs/themes.md`, by template: the rows between its marks.
pub fn known(template: &str) -> Vec<ValueRow> {
    const DOCS: &str = include_str!("../../docs/themes.md");
    let (_, list) = DOCS.split_once(BEGIN).unwrap_or_default();
    let (list, _) = list.split_once(END).unwrap_or_default();
    let mut rows = Vec::new();
    let mut is_it = false;
    for line in list.lines() {
        if let Some(name) = line.strip_prefix("#### ") {
            is_it = name == template || name == EVERYWHERE;
        }
        let Some(cells) = line.strip_prefix("| `").filter(|_| is_it) else {
            continue;
        };
        if let Some((name, kind)) = cells.split_once("` | ") {
            rows.push(ValueRow {
                name: name.to_owned(),
                kind: kind.trim_end_matches(" |").to_owned(),
                example: String::new(),
            });
        }
    }
    rows
}

/// Where the list begins and ends, and the name of its part about what every template has, with shapes.
pub const BEGIN: &str = "<!-- values: made of the code -->";
/// The end.
pub const END: &str = "<!-- end of values -->";
/// The name of the part about every page.
pub const EVERYWHERE: &str = "On every page, and in many places";

/// Whether a value stands in many templates: `head`, `site`, `t`, and the shapes.
pub fn is_everywhere(name: &str) -> bool {
    let first = name.split(['.', '[']).next().unwrap_or_default();
    let is_shape = SHAPES
        .iter()
        .any(|shape| shape.name == first && first != "author");
    is_shape && name != first || ["head", "site", "t"].contains(&first)
}
