//! The schemas say what the parsers do: what a schema allows is read, and what it forbids is told.

use std::collections::BTreeMap;

use gen_site::config::{Config, Taxonomies};
use gen_site::diagnostic::Diagnostic;
use gen_site::model::date::Zone;
use gen_site::output::json::{Value, json};
use gen_site::output::theme::{self, ThemeFiles};
use gen_site::parse::{front_matter, replies};
use gen_site::schema::{self, Kind};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config as Runs, TestRunner};

const KINDS: [Kind; 4] = [Kind::FrontMatter, Kind::Site, Kind::Theme, Kind::Replies];

/// What is told of a value, read as a file of a kind.
fn told(kind: Kind, value: &Value) -> Vec<String> {
    let found: Vec<Diagnostic> = match kind {
        Kind::FrontMatter => {
            let text = format!("{value:#}\n\nWords.\n");
            // An object without keys is no front matter.
            if value.as_object().is_some_and(|keys| keys.is_empty()) {
                return Vec::new();
            }
            let split = front_matter::split("a.md", &text).expect("an object is closed");
            let (front, mut errors) = front_matter::parse("a.md", &text, split.yaml);
            for front in front
                .iter()
                .flat_map(|front| front.defaults.as_deref().into_iter().chain([front]))
            {
                let unknown = front.unknown.iter();
                errors.extend(unknown.map(|key| Diagnostic::note("unknown-key", "a.md", key)));
            }
            errors
        }
        Kind::Site => Config::parse(&toml(value), None).err().unwrap_or_default(),
        Kind::Theme => {
            let files = ThemeFiles {
                name: "t".to_owned(),
                files: vec![("theme.toml".to_owned(), toml(value).into_bytes())],
                built_in: false,
            };
            theme::extends(&files).err().unwrap_or_default()
        }
        Kind::Replies => {
            replies::read("a.replies.yml", value.to_string().as_bytes(), &Zone::utc()).1
        }
    };
    found.into_iter().map(|found| found.message).collect()
}

/// An object as TOML, all of it on one line a key.
fn toml(value: &Value) -> String {
    let keys = value.as_object().expect("a file of TOML is a table");
    keys.iter()
        .map(|(key, value)| format!("{key:?} = {}\n", inline(value)))
        .collect()
}

fn inline(value: &Value) -> String {
    match value {
        Value::Object(keys) => {
            let keys = keys
                .iter()
                .map(|(key, value)| format!("{key:?} = {}", inline(value)));
            format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => {
            format!(
                "[{}]",
                items.iter().map(inline).collect::<Vec<_>>().join(", ")
            )
        }
        other => other.to_string(),
    }
}

/// Values that a schema allows.
fn allowed(schema: &Value, whole: &Value, deep: usize) -> BoxedStrategy<Value> {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let target = whole
            .pointer(name.trim_start_matches('#'))
            .expect("it is there");
        return allowed(target, whole, deep);
    }
    if let Some(examples) = schema.get("examples").and_then(Value::as_array) {
        return select(examples.clone()).boxed();
    }
    if let Some(one) = schema.get("const") {
        return Just(one.clone()).boxed();
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return select(values.clone()).boxed();
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(choices) = schema.get(choice).and_then(Value::as_array)
            && schema.get("properties").is_none()
        {
            let choices = choices.iter().map(|choice| allowed(choice, whole, deep));
            return proptest::strategy::Union::new(choices).boxed();
        }
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => vec!["string"],
    };
    let kinds = kinds
        .into_iter()
        .map(|kind| of_type(kind, schema, whole, deep));
    proptest::strategy::Union::new(kinds).boxed()
}

fn of_type(kind: &str, schema: &Value, whole: &Value, deep: usize) -> BoxedStrategy<Value> {
    match kind {
        "null" => Just(Value::Null).boxed(),
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "integer" | "number" => {
            let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
            let least = bound("minimum").unwrap_or(1.0).max(1.0) as u64;
            let most = bound("maximum").map_or(least, |most| most.min(1e6) as u64);
            // Whole numbers serve where any may stand.
            select(vec![least, most]).prop_map(Value::from).boxed()
        }
        "array" => {
            let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0) as usize;
            let items = match deep {
                0 => return Just(json!([])).boxed(),
                _ => allowed(schema.get("items").unwrap_or(&Value::Null), whole, deep - 1),
            };
            prop::collection::vec(items, least..least + 2)
                .prop_map(Value::from)
                .boxed()
        }
        "object" => object(schema, whole, deep),
        _ => text(schema),
    }
}

fn text(schema: &Value) -> BoxedStrategy<Value> {
    select(samples(schema).to_vec())
        .prop_map(Value::from)
        .boxed()
}

/// Texts that match the pattern of a schema.
fn samples(schema: &Value) -> &'static [&'static str] {
    let pattern = schema
        .get("pattern")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match pattern {
        "" => &["a", "two words", "a.example", "ü: #"],
        start if start.starts_with("^\\d{4}") => &["2026-01-31", "2026-12-01T18:00:00Z"],
        start if start.ends_with("\\{file\\}") => &["https://a.example/{file}"],
        start if start.starts_with("^https?") => &["https://a.example", "http://a.example/b/"],
        start if start.starts_with("^[A-Za-z]{2,8}") => &["en", "pt-BR"],
        start if start.starts_with("^[a-z0-9]+") => &["a", "b-1"],
        start if start.starts_with("^[A-Za-z0-9_-]") => &["live"],
        start if start.starts_with("^(error") => &["warning until 2027-03-01", "error"],
        start if start.starts_with("^[!-+") => &["https://a.example", "data:"],
        "\\S" => &["Words"],
        other => panic!("no text for the pattern {other}"),
    }
}

fn object(schema: &Value, whole: &Value, deep: usize) -> BoxedStrategy<Value> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let properties = properties.into_iter().flatten();
    let mut required: Vec<&str> = names(schema.get("required"));
    // The first of several ways to be complete.
    required.extend(names(schema.pointer("/anyOf/0/required")));
    let mut fields: Vec<(String, BoxedStrategy<Option<Value>>)> = Vec::new();
    for (key, value) in properties {
        // Of other systems: their values have no schema. A form has needs that no schema tells.
        if value.get("deprecated").is_some() || key == "comments" {
            continue;
        }
        let is_required = required.contains(&key.as_str());
        if deep == 0 && !is_required {
            continue;
        }
        let value = allowed(value, whole, deep.saturating_sub(1));
        let field = match is_required {
            true => value.prop_map(Some).boxed(),
            false => prop::option::weighted(0.2, value).boxed(),
        };
        fields.push((key.clone(), field));
    }
    if let Some(values) = schema
        .get("additionalProperties")
        .filter(|values| values.is_object())
    {
        let names = schema.get("propertyNames").unwrap_or(&Value::Null);
        let name = match names.get("enum").and_then(Value::as_array) {
            Some(names) => names[0].as_str().unwrap_or_default(),
            None => samples(names)[0],
        };
        if deep > 0 {
            let value = allowed(values, whole, deep - 1);
            fields.push((name.to_owned(), prop::option::of(value).boxed()));
        }
    }
    let (keys, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    let together = move |values: Vec<Option<Value>>| {
        let there = keys.iter().cloned().zip(values);
        let there = there.filter_map(|(key, value)| Some((key, value?)));
        json!(there.collect::<BTreeMap<String, Value>>())
    };
    values.prop_map(together).boxed()
}

fn names(list: Option<&Value>) -> Vec<&str> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).collect()
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Runs {
        cases,
        failure_persistence: None,
        ..Runs::default()
    })
}

#[test]
fn what_a_schema_allows_is_read() {
    for kind in KINDS {
        let mut whole = schema::of(kind, &Taxonomies::default());
        // A language names taxonomies that the file declares elsewhere, and a reply's id is its own in the whole file:
        // of these a schema says nothing.
        for (table, key) in [("Language", "taxonomies"), ("Reply", "id")] {
            if let Some(Value::Object(properties)) =
                whole.pointer_mut(&format!("/$defs/{table}/properties"))
            {
                properties.remove(key);
            }
        }
        let values = allowed(&whole, &whole, 4);
        let read = |value: Value| {
            let told = told(kind, &value);
            prop_assert!(told.is_empty(), "{kind:?}: {told:?}\n{value}");
            Ok(())
        };
        if let Err(why) = runner(256).run(&values, read) {
            panic!("{why}");
        }
    }
}

/// A value with a key more that no schema has, in one of its objects that take no others.
fn with_a_key_too_many(value: &mut Value, place: &mut usize) -> bool {
    match value {
        Value::Object(keys) => {
            for value in keys.values_mut() {
                if with_a_key_too_many(value, place) {
                    return true;
                }
            }
            if *place == 0 {
                keys.insert("zzz".to_owned(), json!(1));
                return true;
            }
            *place -= 1;
            false
        }
        Value::Array(items) => items
            .iter_mut()
            .any(|item| with_a_key_too_many(item, place)),
        _ => false,
    }
}

#[test]
fn what_a_schema_forbids_is_told() {
    for kind in KINDS {
        let mut whole = schema::of(kind, &Taxonomies::default());
        // What is the theme's may have any key, and of a picture as other systems write it gen takes what it knows.
        let defined = whole["$defs"]
            .as_object()
            .into_iter()
            .flat_map(|defined| defined.keys());
        let tables = defined.map(|name| format!("/$defs/{name}/properties"));
        let tables: Vec<String> = std::iter::once("/properties".to_owned())
            .chain(tables)
            .collect();
        for pointer in tables {
            if let Some(Value::Object(properties)) = whole.pointer_mut(&pointer) {
                properties.remove("extra");
                properties.remove("image");
                // The words of a theme are known when the theme is read.
                properties.remove("strings");
            }
        }
        let values = allowed(&whole, &whole, 4).prop_filter("has a table", |value| {
            value.is_object() || value.as_array().is_some_and(|items| !items.is_empty())
        });
        let forbidden = |value: Value| {
            let mut wrong = value.clone();
            let found = with_a_key_too_many(&mut wrong, &mut 0);
            prop_assert!(
                !found || !told(kind, &wrong).is_empty(),
                "{kind:?}: {wrong}"
            );
            Ok(())
        };
        if let Err(why) = runner(64).run(&values, forbidden) {
            panic!("{why}");
        }
        // Every key of the file itself that has one type does not take another.
        let properties = whole["properties"].as_object().cloned().unwrap_or_default();
        for (key, value) in properties {
            if value.get("type") == Some(&json!("boolean"))
                || value.get("type") == Some(&json!(["boolean", "null"]))
            {
                let wrong =
                    json!({ "title": "a", "base_url": "https://a.example", key.clone(): ["x"] });
                let wrong = match kind {
                    Kind::FrontMatter => json!({ "title": "a", key.clone(): ["x"] }),
                    _ => wrong,
                };
                assert!(!told(kind, &wrong).is_empty(), "{kind:?}: {wrong}");
            }
        }
    }
}

#[test]
fn ways_to_reply_are_told_apart() {
    let site = |comments: Value| {
        told(
            Kind::Site,
            &json!({ "title": "a", "base_url": "https://a.example", "comments": comments }),
        )
    };
    for good in [
        json!({ "mode": "form", "action": "https://a.example/send" }),
        json!({ "mode": "mailto", "address": "a@a.example" }),
        json!({ "mode": "embed", "embed": { "src": "https://a.example/x.js" } }),
    ] {
        assert!(site(good).is_empty());
    }
    for bad in [
        json!({}),
        json!({ "mode": "form" }),
        json!({ "mode": "mailto", "action": "https://a.example/" }),
        json!({ "mode": "embed" }),
        json!({ "mode": "post" }),
    ] {
        assert!(!site(bad.clone()).is_empty(), "{bad}");
    }
}

#[test]
fn a_site_has_taxonomies_of_its_own() {
    let text =
        "title = \"a\"\nbase_url = \"https://a.example\"\n[taxonomies]\nseries = \"Series\"\n";
    let config = Config::parse(text, None).expect("it is right");
    let known = |taxonomies| {
        let schema = schema::of(Kind::FrontMatter, taxonomies);
        schema["properties"].get("series").is_some()
    };
    assert!(known(&config.taxonomies));
    assert!(!known(&Taxonomies::default()));
}
