//! What templates read, made of what the program knows: maps, HTML that is printed as it is, the theme's own values.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::Value;

use crate::model::extra::{Extra, ExtraValue};

/// A map of template values: `object! { "title" => title }`.
macro_rules! object {
    ($($key:literal => $value:expr),* $(,)?) => {
        $crate::output::template::map_of([$(($key, $crate::output::template::Value::from($value))),*])
    };
}
pub(in crate::output) use object;

/// A map with these entries.
pub(in crate::output) fn map_of<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from_serializable(&Entries(&entries))
}

/// The engine takes each entry of a structure as it comes; a map, it puts together anew.
struct Entries<'a>(&'a [(&'static str, Value)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("", self.0.len())?;
        for (key, value) in self.0 {
            map.serialize_field(key, value)?;
        }
        map.end()
    }
}

/// The same map with one entry more.
pub(in crate::output) fn with(value: Value, key: &'static str, more: Value) -> Value {
    let mut map = value.into_map().unwrap_or_default();
    map.insert(key.into(), more);
    Value::from(map)
}

/// HTML that a template prints as it is.
pub(in crate::output) fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

/// The theme's own values, as they are.
pub(in crate::output) fn extra(values: &Extra) -> Value {
    fn one(value: &ExtraValue) -> Value {
        match value {
            ExtraValue::Bool(b) => Value::from(*b),
            ExtraValue::Integer(n) => Value::from(*n),
            ExtraValue::Float(n) => Value::from(*n),
            ExtraValue::Text(text) => Value::from(text.as_str()),
            ExtraValue::List(list) => Value::from(list.iter().map(one).collect::<Vec<_>>()),
            ExtraValue::Map(map) => extra(map),
            ExtraValue::Null(()) => Value::none(),
        }
    }
    let map: BTreeMap<String, Value> = values
        .iter()
        .map(|(key, value)| (key.clone(), one(value)))
        .collect();
    Value::from(map)
}
