//! Shortcodes: what a template declares of itself in its head, and a tag in a text as parse leaves it.

use std::collections::BTreeMap;
use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::line::Line;

/// The shortcodes of a theme, by name.
pub type Declarations = BTreeMap<String, Declaration>;

/// What a template `shortcodes/NAME.html` says of itself in the comment that it begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, BorshSerialize)]
#[serde(deny_unknown_fields, default)]
pub struct Declaration {
    /// What it shows, for people.
    pub description: String,
    /// Whether Markdown stands between two tags.
    pub body: Inner,
    /// It stands within a line, as a word does; all others are blocks.
    pub inline: bool,
    /// The shortcode that it stands in, such as `tabs` for `tab`.
    pub inside: Option<String>,
    /// Its arguments. Those without a name in a text are these, in this order.
    pub args: Vec<Parameter>,
}

/// Whether a shortcode has Markdown between two tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, BorshSerialize)]
#[serde(rename_all = "lowercase")]
pub enum Inner {
    /// It is one tag.
    #[default]
    None,
    /// It may have.
    Optional,
    /// It always has.
    Required,
    /// It always has, and shows the pictures in it, nothing else.
    Pictures,
}

/// An argument that a shortcode takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, BorshSerialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it may be.
    #[serde(rename = "type", default)]
    pub kind: Kind,
    /// It cannot be left out.
    #[serde(default)]
    pub required: bool,
    /// What it is where it is left out, as an author would write it.
    pub default: Option<String>,
}

/// What an argument may be: one of these, or one of some words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, BorshSerialize)]
#[serde(
    untagged,
    expecting = "a type is text, markdown, name, integer, number, bool, link, picture or player, or a list of words"
)]
pub enum Kind {
    /// One of the kinds that have a name.
    Named(Named),
    /// One of these words.
    OneOf(Vec<String>),
}

impl Default for Kind {
    fn default() -> Kind {
        Kind::Named(Named::Text)
    }
}

/// The kinds of arguments that have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, BorshSerialize)]
#[serde(rename_all = "lowercase")]
pub enum Named {
    /// Words that readers see.
    Text,
    /// A line of Markdown that readers see.
    Markdown,
    /// A word that readers do not see, such as a class.
    Name,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// A page of the site, a file or a full URL: readers are led there.
    Link,
    /// A picture of the site, or a full URL.
    Picture,
    /// The address of something that another site plays or shows.
    Player,
}

/// A shortcode in a text.
#[derive(Clone, Debug, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct Shortcode {
    /// The name of its template.
    pub name: String,
    /// Its arguments, those too that are left out and have a default; in the order of its declaration.
    pub args: Box<[Argument]>,
    /// Markdown stands between two tags.
    pub has_body: bool,
    /// The bytes of its tag in the file.
    pub span: Range<usize>,
    /// Those of the tag that ends it.
    pub end: Option<Range<usize>>,
}

/// An argument of a shortcode.
#[derive(Clone, Debug, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// What it is.
    pub value: Value,
}

/// What an argument is. The numbers are places in the page's lists.
#[derive(Clone, Debug, PartialEq, BorshDeserialize, BorshSerialize)]
pub enum Value {
    /// Words that readers see.
    Text(String),
    /// Words that they do not see.
    Name(String),
    /// A line of Markdown.
    Markdown(Line),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// One of the page's links.
    Link(u32),
    /// The full URL of another site.
    Elsewhere(String),
    /// One of the page's pictures.
    Picture(u32),
    /// One of the page's players.
    Player(u32),
}

impl Shortcode {
    /// The words among its arguments that readers see, in order. Those that say what its picture shows are the picture's.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let has_picture = self
            .args
            .iter()
            .any(|arg| matches!(arg.value, Value::Picture(_)));
        self.args.iter().filter_map(move |arg| match &arg.value {
            Value::Text(_) if has_picture && arg.name == ALT => None,
            Value::Text(text) => Some(text.as_str()),
            Value::Markdown(line) => Some(&line.text),
            _ => None,
        })
    }
}

/// The argument that says what a picture among the others shows.
pub const ALT: &str = "alt";
