//! Reads the YAML that most front matter is: on each line a key, and a text or a list of texts. What is not that simple
//! is left to the library, which reads this, too, and takes longer.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// What stands behind a key.
#[derive(Clone, Debug)]
enum Value<'y> {
    Text(&'y str),
    List(Vec<&'y str>),
}

/// `source` as a `T`, if it is both simple and one.
pub(super) fn typed<T: DeserializeOwned>(source: &str) -> Option<T> {
    let keys: Vec<(&str, Value<'_>)> = source.lines().map(key).collect::<Option<_>>()?;
    T::deserialize(MapDeserializer::new(keys.into_iter())).ok()
}

fn key(line: &str) -> Option<(&str, Value<'_>)> {
    let (key, value) = line.split_once(": ")?;
    let is_simple = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let value = match list(value) {
        Some(items) => Value::List(items),
        None => Value::Text(quoted(value).or_else(|| bare(value, is_of_line))?),
    };
    (is_simple && !key.is_empty()).then_some((key, value))
}

/// `[one, "two"]`.
fn list(value: &str) -> Option<Vec<&str>> {
    let items = value.strip_prefix('[')?.strip_suffix(']')?;
    let item = |item| quoted(item).or_else(|| bare(item, is_of_item));
    items.split(", ").map(item).collect()
}

/// A text in double quotes that escapes nothing.
fn quoted(value: &str) -> Option<&str> {
    let text = value.strip_prefix('"')?.strip_suffix('"')?;
    let is_simple = |c: char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\');
    text.chars()
        .all(|c| is_simple(c) || is_of_line(c))
        .then_some(text)
}

/// A text without quotes that is nothing else: a day, or words that begin with a letter and hold no sign that YAML could
/// take for its own.
fn bare(value: &str, may_hold: fn(char) -> bool) -> Option<&str> {
    let is_word = value.starts_with(|c: char| c.is_ascii_alphabetic())
        && value.chars().all(may_hold)
        && !value.ends_with(' ');
    let is_other = ["true", "false", "null"]
        .iter()
        .any(|other| value.eq_ignore_ascii_case(other));
    (is_word && !is_other || is_day(value)).then_some(value)
}

/// `2026-01-31`.
fn is_day(value: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    value.len() == 10 && value.bytes().enumerate().all(fits)
}

fn is_of_item(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '\'' | '’')
}

fn is_of_line(c: char) -> bool {
    is_of_item(c)
        || matches!(
            c,
            ',' | ';' | '!' | '?' | '(' | ')' | '–' | '—' | '…' | '“' | '”'
        )
}

impl<'de> IntoDeserializer<'de> for Value<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => {
                let items = items.into_iter().map(Value::Text);
                visitor.visit_seq(SeqDeserializer::new(items))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    /// Else a list would be taken for the fields in their order.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        Err(de::Error::custom(name))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::front_matter::FrontMatter;
    use crate::parse::yaml;

    #[test]
    fn what_most_articles_say_is_simple() {
        let source = "title: \"Space: how much?\"\ndescription: Größe, and what it’s worth\n\
                      date: 2026-01-31\ntags: [no contact, \"C++\"]\nauthors: Ann\n";
        let front = typed::<FrontMatter>(source);
        assert!(front.is_some());
        assert_eq!(front, yaml::typed(source));
    }

    #[test]
    fn what_is_not_simple_is_left_alone() {
        for line in [
            "title: true",
            "title: 7",
            "title: a: b",
            "title: a #b",
            "title: a ",
            "title: \"a\\tb\"",
            "title: \"a\" b",
            "title: |",
            "title:",
            "  title: a",
            "tags: [a, [b]]",
            "tags: []",
            "tags: [a, null]",
            "source: [name, url]",
            "draft: true",
            "titel: a",
            "title: a\ntitle: b",
            "title: a\n  b",
        ] {
            assert_eq!(typed::<FrontMatter>(line), None, "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_reads_what_the_library_reads(source in r#"((title|description|date|updated|tags|authors|image|draft|weight|source|sources|steps|up_next|slug|extra|defaults|template|x)(: ?|  ?: )(["']?[a-zA-Zé0-9 ~:#',.!?*&%@|>/(){}_\-\\]{0,6}["']?|\[["a-zB0-9 ,:#\-]{0,9}\]|[a-z]{1,5}, ?[a-zé’–]{1,5}|\[[a-z]{1,3}(, ?"?[a-z0-9 .é]{1,3}"?){0,2}\]|[0-9]{4}-[0-9]{2}-[0-9]{2}|True|NULL|false|inf|nan|yes|on|0x1f|1e3|-1) ?\r?\n){1,3}"#) {
            if let Some(front) = typed::<FrontMatter>(&source) {
                prop_assert_eq!(Some(front), yaml::typed(&source));
            }
        }
    }
}
