//! `extra` in front matter and in `site.toml`: values that `gen` hands to the theme without a look.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

/// Values that only the theme reads.
pub type Extra = BTreeMap<String, ExtraValue>;

/// One such value: what YAML and TOML have in common.
#[derive(Clone, Debug, PartialEq, Deserialize, BorshDeserialize, BorshSerialize)]
#[serde(untagged)]
pub enum ExtraValue {
    /// true or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<ExtraValue>),
    /// A map.
    Map(BTreeMap<String, ExtraValue>),
    /// YAML's null.
    Null(()),
}

impl schemars::JsonSchema for ExtraValue {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Extra".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::Schema::default()
    }
}

/// All texts in them, in order.
pub fn texts(extra: &Extra) -> Vec<&str> {
    fn add<'a>(value: &'a ExtraValue, texts: &mut Vec<&'a str>) {
        match value {
            ExtraValue::Text(text) => texts.push(text),
            ExtraValue::List(list) => list.iter().for_each(|value| add(value, texts)),
            ExtraValue::Map(map) => map.values().for_each(|value| add(value, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    extra.values().for_each(|value| add(value, &mut texts));
    texts
}
