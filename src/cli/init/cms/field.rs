//! A key of front matter as a field of a form: its label, what is said of it, what it holds. Both come from the schema.

use gen_site::config::Taxonomies;
use gen_site::output::json::Value;
use gen_site::schema::{self, Kind};

/// A field of a form.
pub(super) struct Field {
    /// The key of front matter.
    pub(super) name: String,
    /// The key as readers of forms see it.
    pub(super) label: String,
    /// What is said below it.
    pub(super) about: String,
    /// Without it nothing is saved.
    pub(super) is_needed: bool,
    pub(super) holds: Holds,
}

/// What a field holds.
pub(super) enum Holds {
    Truth,
    Day,
    Texts,
    Picture,
    Choice(Vec<Value>),
    /// Entries of another collection.
    Related(Related),
    Long,
    Short,
}

/// A collection whose entries others name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Related {
    Authors,
    Tags,
}

impl Related {
    /// The collection, which has the name of the key.
    pub(super) fn collection(self) -> &'static str {
        match self {
            Related::Authors => "authors",
            Related::Tags => "tags",
        }
    }

    /// The key of an entry's own name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Related::Authors => "name",
            Related::Tags => "title",
        }
    }
}

impl Field {
    /// Of a key; `whole` are the collections that have an entry for all that articles name.
    pub(super) fn new(key: &str, whole: &[Related]) -> Field {
        let schema = schema::of(Kind::FrontMatter, &Taxonomies::default());
        let own = schema["properties"].get(key).cloned().unwrap_or_default();
        let about = own.get("description").and_then(Value::as_str);
        let written = own.to_string();
        let refers = |name: &str| written.contains(&format!("#/$defs/{name}\""));
        let related = whole.iter().find(|related| related.collection() == key);
        let holds = match key {
            "image" | "picture" => Holds::Picture,
            "description" | "bio" => Holds::Long,
            _ if written.contains("boolean") => Holds::Truth,
            _ if refers("Date") => Holds::Day,
            _ if refers("OneOrMany") => Holds::Texts,
            _ if refers("AuthorKind") => {
                let kinds = schema.pointer("/$defs/AuthorKind/oneOf");
                let kinds = kinds.and_then(Value::as_array).into_iter().flatten();
                Holds::Choice(
                    kinds
                        .filter_map(|kind| kind.get("const").cloned())
                        .collect(),
                )
            }
            _ => Holds::Short,
        };
        Field {
            name: key.to_owned(),
            label: label(key),
            about: about.unwrap_or_default().to_owned(),
            is_needed: matches!(key, "title" | "name"),
            holds: related.map_or(holds, |related| Holds::Related(*related)),
        }
    }

    /// Of a taxonomy of the site's own.
    pub(super) fn of_taxonomy(key: &str, title: &str) -> Field {
        Field {
            name: key.to_owned(),
            label: title.to_owned(),
            about: String::new(),
            is_needed: false,
            holds: Holds::Texts,
        }
    }
}

fn label(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
