//! Holds what front matter wishes of up next: a list of articles, or the long form.

use std::borrow::Cow;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de};

use super::text::OneOrMany;

/// What the author wants read next: a list of references, or the long form.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Wish {
    /// These first, in this order.
    pub pins: Vec<String>,
    /// Never these: references, or `tag:` and a tag.
    pub never: Vec<String>,
    /// So many cards, in place of the site's number.
    pub count: Option<usize>,
    /// Where the engine looks, in place of the site's choice.
    pub scope: Option<Scope>,
}

/// The long form.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Long {
    /// These first, in this order.
    pins: OneOrMany,
    /// Never these: references, or `tag:` and a tag.
    never: OneOrMany,
    /// So many cards, in place of the site's number.
    #[schemars(range(max = 50))]
    count: Option<usize>,
    /// Where the engine looks, in place of the site's choice.
    scope: Option<Scope>,
}

impl JsonSchema for Wish {
    fn schema_name() -> Cow<'static, str> {
        "Wish".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let long = Long::json_schema(generator);
        schemars::json_schema!({
            "description": "A list of articles, or the long form.",
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } },
                long
            ]
        })
    }
}

/// Where the engine looks for what to read next.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Deserialize,
    BorshDeserialize,
    BorshSerialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// In the whole site.
    #[default]
    Site,
    /// In the article's own section.
    Section,
}

impl<'de> Deserialize<'de> for Wish {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Wish;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of articles, or { pins, never, count, scope }")
            }

            fn visit_str<E: de::Error>(self, pin: &str) -> Result<Wish, E> {
                Ok(Wish {
                    pins: vec![pin.to_owned()],
                    ..Wish::default()
                })
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, items: A) -> Result<Wish, A::Error> {
                let pins = <Vec<String> as Deserialize>::deserialize(
                    de::value::SeqAccessDeserializer::new(items),
                )?;
                Ok(Wish {
                    pins,
                    ..Wish::default()
                })
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Wish, A::Error> {
                let Long {
                    pins,
                    never,
                    count,
                    scope,
                } = Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                if count.is_some_and(|n| n > 50) {
                    return Err(de::Error::custom("`count` is a number from 0 to 50"));
                }
                Ok(Wish {
                    pins: pins.0,
                    never: never.0,
                    count,
                    scope,
                })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
