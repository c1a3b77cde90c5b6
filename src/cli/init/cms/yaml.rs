//! A value as YAML that people read and change: the keys that they look for stand first.

use gen_site::output::json::Value;
use gen_site::parse::scalar::{flow_scalar, scalar};

/// A file of YAML that begins with these lines.
pub(super) fn text(head: &str, value: &Value) -> String {
    let mut out = head.to_owned();
    push(&mut out, value, 0);
    out
}

/// The order of keys that people look for first; all others follow by their names.
const FIRST: [&str; 8] = [
    "backend", "site_url", "media", "name", "label", "widget", "type", "hint",
];

fn push(out: &mut String, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(keys) => {
            let mut keys: Vec<(&String, &Value)> = keys.iter().collect();
            let place = |key: &str| FIRST.iter().position(|first| *first == key);
            keys.sort_by_key(|(key, value)| {
                let is_list = value.is_array();
                (place(key).unwrap_or(FIRST.len()), is_list)
            });
            for (key, value) in keys {
                out.push_str(&format!("{indent}{key}:"));
                push_value(out, value, depth);
            }
        }
        Value::Array(items) => {
            for item in items {
                let mut inner = String::new();
                match item {
                    Value::Object(_) => push(&mut inner, item, depth + 1),
                    item => inner = format!("{indent}  {}\n", plain(item)),
                }
                // The hyphen stands in the place of the first line's last two spaces.
                out.push_str(&format!("{indent}- {}", inner.trim_start()));
            }
        }
        other => out.push_str(&format!("{indent}{}\n", plain(other))),
    }
}

fn push_value(out: &mut String, value: &Value, depth: usize) {
    let is_short = |items: &[Value]| items.iter().all(|item| !item.is_object());
    match value {
        Value::Array(items) if is_short(items) => {
            let items: Vec<String> = items.iter().map(in_a_list).collect();
            out.push_str(&format!(" [{}]\n", items.join(", ")));
        }
        Value::Object(_) | Value::Array(_) => {
            out.push('\n');
            push(out, value, depth + 1);
        }
        other => out.push_str(&format!(" {}\n", plain(other))),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if text.contains(['{', '}']) => value.to_string(),
        Value::String(text) => scalar(text),
        other => other.to_string(),
    }
}

/// The same, within `[a, b]`.
fn in_a_list(value: &Value) -> String {
    match value {
        Value::String(text) => flow_scalar(text),
        other => plain(other),
    }
}
