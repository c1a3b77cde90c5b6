//! JSON Schema of what authors write, for editors that complete and check YAML and TOML by it. It is made of the types
//! that files are read by, and so it says the same; what a file may hold beyond that, [`crate::parse`] and
//! [`crate::config`] know. Knows nothing of a site.

use crate::config::{self, Taxonomies};
use crate::lint::LINTS;
use crate::model::front_matter::FrontMatter;
use crate::model::network::NETWORKS;
use crate::output::json::{self, Value, json};
use crate::output::theme;
use crate::parse::foreign_keys::ALIASES;

/// A kind of file, or of a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What stands at the head of an article.
    FrontMatter,
    /// `site.toml`.
    Site,
    /// `theme.toml`.
    Theme,
    /// `*.replies.yml`.
    Replies,
}

/// The schema of a kind of file, draft 2020-12, on a site with these taxonomies of its own.
pub fn of(kind: Kind, taxonomies: &Taxonomies) -> Value {
    let (title, mut schema) = match kind {
        Kind::FrontMatter => ("Front matter of gen", front_matter(taxonomies)),
        Kind::Site => ("site.toml of gen", site()),
        Kind::Theme => (
            "theme.toml of gen",
            without_nulls(json::value(&theme::schema())),
        ),
        Kind::Replies => ("Replies of gen", replies()),
    };
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(title);
    schema
}

fn front_matter(taxonomies: &Taxonomies) -> Value {
    let mut schema = json::value(&schemars::schema_for!(FrontMatter));
    let codes: Vec<&str> = LINTS.iter().map(|lint| lint.code).collect();
    let code = json!({ "type": "string", "enum": codes });
    let lints = &mut schema["properties"]["skip_lints"];
    *lints = json!({
        "description": lints["description"],
        "anyOf": [code, { "type": "array", "items": code }, { "type": "null" }],
    });
    for (key, title) in taxonomies.iter() {
        let list = json!({ "description": title, "$ref": "#/$defs/OneOrMany" });
        schema["properties"][key] = list;
    }
    // What other systems write is read, and not offered.
    let mut foreign = json!({});
    for alias in ALIASES {
        foreign[any_spelling(alias.theirs)] = json!({
            "description": format!("Of other systems; means `{}`.", alias.ours),
            "deprecated": true,
        });
    }
    schema["patternProperties"] = foreign;
    schema
}

/// The pattern of a key in whatever case, and with hyphens or underscores between its letters.
fn any_spelling(key: &str) -> String {
    let letters = key.chars().map(|letter| {
        let large = letter.to_ascii_uppercase();
        format!("[{letter}{large}]")
    });
    format!("^{}$", letters.collect::<Vec<_>>().join("[-_]?"))
}

fn site() -> Value {
    let mut schema = without_nulls(json::value(&config::schema()));
    schema["required"] = json!(["title", "base_url"]);
    let codes: Vec<&str> = LINTS.iter().map(|lint| lint.code).collect();
    schema["$defs"]["Check"]["properties"]["lints"]["propertyNames"] = json!({ "enum": codes });
    let networks: Vec<&str> = NETWORKS.iter().map(|network| network.name).collect();
    schema["$defs"]["Share"]["properties"]["networks"]["items"] = json!({ "enum": networks });
    schema["$defs"]["Headers"]["properties"]["sources"]["propertyNames"] =
        json!({ "enum": config::DIRECTIVES });
    // None of them could end the directive that it stands in.
    schema["$defs"]["Headers"]["properties"]["sources"]["additionalProperties"]["items"]["pattern"] =
        json!("^[!-+\\--:<-~]+$");
    schema["$defs"]["BuildLevels"]["propertyNames"] = json!({ "enum": config::SOFT });
    schema["$defs"]["BuildLevels"]["additionalProperties"]["pattern"] =
        json!("^(error|warning|warning until \\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01]))$");
    let taken = FrontMatter::KEYS.iter().chain(&config::TAKEN);
    schema["$defs"]["Taxonomies"]["propertyNames"] = json!({
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        "not": { "enum": taken.collect::<Vec<_>>() },
    });
    schema["$defs"]["Taxonomies"]["additionalProperties"]["pattern"] = json!("\\S");
    schema["$defs"]["Publish"]["propertyNames"] = json!({ "pattern": "^[A-Za-z0-9_-]+$" });
    schema["properties"]["languages"]["propertyNames"] =
        json!({ "pattern": schema["properties"]["language"]["pattern"] });
    // Each way to reply needs something else.
    let way = |mode: &str, key: &str| json!({ "properties": { "mode": { "const": mode } }, "required": ["mode", key] });
    schema["$defs"]["Comments"]["anyOf"] = json!([
        way("form", "action"),
        way("mailto", "address"),
        way("embed", "embed")
    ]);
    schema
}

/// TOML has no null.
fn without_nulls(schema: Value) -> Value {
    let is_null = |value: &Value| {
        value.is_null() || *value == json!("null") || *value == json!({ "type": "null" })
    };
    match schema {
        Value::Object(keys) => {
            let kept = keys.into_iter().filter(|(_, value)| !value.is_null());
            let mut kept: Value = kept
                .map(|(key, value)| (key, without_nulls(value)))
                .collect();
            // What is left alone needs no choice: what is wrong with it is told more exactly.
            let choices = kept.get("anyOf").and_then(Value::as_array);
            if let Some([Value::Object(only)]) = choices.map(Vec::as_slice)
                && let only = only.clone()
                && let Some(keys) = kept.as_object_mut()
            {
                keys.remove("anyOf");
                only.into_iter().for_each(|(key, value)| {
                    keys.entry(key).or_insert(value);
                });
            }
            kept
        }
        Value::Array(items) => {
            let kept = items.into_iter().filter(|item| !is_null(item));
            kept.map(without_nulls).collect()
        }
        other => other,
    }
}

fn replies() -> Value {
    let date = json::value(&schemars::schema_for!(crate::model::date::WrittenDate));
    let date = json!({ "type": "string", "description": "When it was written.", "pattern": date["pattern"] });
    let reply = json!({
        "type": "object",
        "description": "What one reader, or an author, replied.",
        "properties": {
            "name": { "type": "string", "description": "Who wrote it." },
            "author": { "type": "string", "description": "The author of the site who wrote it: the file in `authors/`." },
            "text": { "type": "string", "description": "What was written, in Markdown without HTML." },
            "date": date,
            "id": { "type": "string", "description": "What a link to it ends in.", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" },
            "hidden": { "type": "boolean", "description": "Whether readers do not see it, nor what replies to it." },
            "replies": { "type": ["array", "null"], "description": "What was replied to it.", "items": { "$ref": "#/$defs/Reply" } },
        },
        "required": ["text"],
        "anyOf": [{ "required": ["name"] }, { "required": ["author"] }],
        "additionalProperties": false,
    });
    json!({
        "type": ["array", "null"],
        "items": { "$ref": "#/$defs/Reply" },
        "$defs": { "Reply": reply },
    })
}
