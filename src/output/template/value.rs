//! Makes what templates read of what the program knows: maps, HTML that is printed as it is, the theme's own values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::Value;

use crate::model::extra::{Extra, ExtraValue};

/// A map of template values: `object! { "title" => title }`.
macro_rules! object {
    ($($key:literal => $value:expr),* $(,)?) => {
        $crate::output::template::map_of([$(($key, $crate::output::template::Entry::from($value))),*])
    };
}
pub(in crate::output) use object;

/// What stands in a map: texts and numbers as they are, because the engine copies a whole value at some cost.
pub(in crate::output) enum Entry<'a> {
    None,
    Flag(bool),
    Number(u64),
    Text(Cow<'a, str>),
    Value(Value),
}

impl From<bool> for Entry<'_> {
    fn from(flag: bool) -> Self {
        Entry::Flag(flag)
    }
}

impl From<u32> for Entry<'_> {
    fn from(number: u32) -> Self {
        Entry::Number(number.into())
    }
}

impl From<usize> for Entry<'_> {
    fn from(number: usize) -> Self {
        Entry::Number(number as u64)
    }
}

impl<'a> From<&'a str> for Entry<'a> {
    fn from(text: &'a str) -> Self {
        Entry::Text(text.into())
    }
}

impl From<String> for Entry<'_> {
    fn from(text: String) -> Self {
        Entry::Text(text.into())
    }
}

impl From<Value> for Entry<'_> {
    fn from(value: Value) -> Self {
        Entry::Value(value)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Entry<'_> {
    fn from(list: Vec<T>) -> Self {
        Entry::Value(list.into())
    }
}

impl<'a, T: Into<Entry<'a>>> From<Option<T>> for Entry<'a> {
    fn from(entry: Option<T>) -> Self {
        entry.map_or(Entry::None, T::into)
    }
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Entry::None => serializer.serialize_none(),
            Entry::Flag(flag) => serializer.serialize_bool(*flag),
            Entry::Number(number) => serializer.serialize_u64(*number),
            Entry::Text(text) => serializer.serialize_str(text),
            Entry::Value(value) => value.serialize(serializer),
        }
    }
}

/// A map with these entries.
pub(in crate::output) fn map_of<const N: usize>(entries: [(&'static str, Entry<'_>); N]) -> Value {
    Value::from_serializable(&Entries(&entries))
}

/// The engine takes each entry of a structure as it comes; a map, it puts together anew.
struct Entries<'a>(&'a [(&'static str, Entry<'a>)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("", self.0.len())?;
        for (key, entry) in self.0 {
            map.serialize_field(key, entry)?;
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
    let map: BTreeMap<String, Value> = values
        .iter()
        .map(|(key, value)| (key.clone(), value_of(value)))
        .collect();
    Value::from(map)
}

/// One of them.
pub(in crate::output) fn value_of(value: &ExtraValue) -> Value {
    match value {
        ExtraValue::Bool(b) => Value::from(*b),
        ExtraValue::Integer(n) => Value::from(*n),
        ExtraValue::Float(n) => Value::from(*n),
        ExtraValue::Text(text) => Value::from(text.as_str()),
        ExtraValue::List(list) => Value::from(list.iter().map(value_of).collect::<Vec<_>>()),
        ExtraValue::Map(map) => extra(map),
        ExtraValue::Null(()) => Value::none(),
    }
}
