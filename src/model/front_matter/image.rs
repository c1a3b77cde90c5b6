//! A picture that front matter names: a path, or the long form with what belongs to it.

use std::borrow::Cow;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de};

/// A picture: a path, or a path with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Image {
    /// A file beside the article, a path from the site's root (`/x.jpg`) or a full URL.
    pub src: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// Words below it.
    pub caption: Option<String>,
    /// Whose it is.
    pub credit: Option<String>,
}

/// The long form.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Long {
    /// A file beside the article, a path from the site's root (`/x.jpg`) or a full URL.
    src: String,
    /// What it shows, for those who cannot see it.
    #[serde(default)]
    alt: String,
    /// Words below it.
    caption: Option<String>,
    /// Whose it is.
    credit: Option<String>,
}

impl JsonSchema for Image {
    fn schema_name() -> Cow<'static, str> {
        "Image".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let long = Long::json_schema(generator);
        schemars::json_schema!({
            "description": "A picture: a path, or a path with what belongs to it.",
            "anyOf": [{ "type": "string" }, long]
        })
    }
}

impl<'de> Deserialize<'de> for Image {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Image;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a path, or { src, alt, caption, credit }")
            }

            fn visit_str<E: de::Error>(self, src: &str) -> Result<Image, E> {
                Ok(Image {
                    src: src.to_owned(),
                    alt: String::new(),
                    caption: None,
                    credit: None,
                })
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Image, A::Error> {
                let Long {
                    src,
                    alt,
                    caption,
                    credit,
                } = Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Image {
                    src,
                    alt: alt.trim().to_owned(),
                    caption,
                    credit,
                })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
