//! `search`: whether readers can search the site, and which words mean the same.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

/// `search = true`, or the table `[search]`, which turns it on.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    pub(super) enabled: bool,
    /// What a word or several are looked for as, too.
    pub(super) synonyms: BTreeMap<String, Vec<String>>,
}

/// `[search]`.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Long {
    /// Whether readers can search the site.
    enabled: Option<bool>,
    /// What a word or several are looked for as, too.
    #[serde(default)]
    synonyms: BTreeMap<String, Vec<String>>,
}

impl schemars::JsonSchema for Search {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Search".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let long = Long::json_schema(generator);
        schemars::json_schema!({ "anyOf": [{ "type": "boolean" }, long] })
    }
}

impl<'de> Deserialize<'de> for Search {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Search;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a boolean")
            }

            fn visit_bool<E: de::Error>(self, enabled: bool) -> Result<Search, E> {
                Ok(Search {
                    enabled,
                    ..Search::default()
                })
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Search, A::Error> {
                let long = Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Search {
                    enabled: long.enabled.unwrap_or(true),
                    synonyms: long.synonyms,
                })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
