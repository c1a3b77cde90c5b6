//! Holds what stands at the head of a file, as written: typed, not yet checked against anything else.
//! To add a key, add a documented field.

pub mod author_kind;
pub mod finding;
pub mod home;
pub mod image;
pub mod text;
pub mod wish;

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Deserialize;

use self::author_kind::AuthorKind;
use self::finding::Finding;
use self::home::Home;
use self::image::Image;
use self::text::{OneOrMany, Text};
use self::wish::Wish;
use crate::model::date::WrittenDate;
use crate::model::extra::Extra;

/// What a key's value is when a file says nothing and its folder's `defaults` do.
trait Or: Sized {
    fn filled(self, default: &Self) -> Self;
}

impl<T: Clone> Or for Option<T> {
    fn filled(self, default: &Self) -> Self {
        Option::or(self, default.clone())
    }
}

impl<T: Clone> Or for Vec<T> {
    fn filled(self, default: &Self) -> Self {
        if self.is_empty() {
            default.clone()
        } else {
            self
        }
    }
}

impl<K: Clone + Ord, V: Clone> Or for BTreeMap<K, V> {
    fn filled(self, default: &Self) -> Self {
        let mut both = default.clone();
        both.extend(self);
        both
    }
}

/// Declares the struct and, from the same list, how a folder's defaults fill them.
macro_rules! front_matter {
    ($($(#[doc = $about:literal])* $field:ident: $type:ty,)*) => {
        /// The front matter of any file; which keys mean something depends on the kind of page.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, BorshDeserialize, BorshSerialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub struct FrontMatter {
            $($(#[doc = $about])* pub $field: $type,)*
            /// Keys that mean nothing here, as they are written: their values stand in `extra`.
            #[serde(skip)]
            pub unknown: Vec<String>,
            /// By the keys of the site's own taxonomies: the names of its terms.
            #[serde(skip)]
            pub terms: BTreeMap<String, Vec<String>>,
        }

        impl FrontMatter {
            /// The keys that mean something.
            pub const KEYS: &[&str] = &[$(stringify!($field),)*];

            /// By its key in front matter: what the page is about, its tags and the terms of the site's own taxonomies.
            pub fn topics(&self) -> impl Iterator<Item = (&str, &[String])> {
                let own = self.terms.iter().map(|(key, names)| (key.as_str(), names.as_slice()));
                std::iter::once(("tags", self.tags.0.as_slice())).chain(own)
            }

            /// What each of them means, in the same order.

            pub const ABOUT: &[&str] = &[$(concat!($($about),*),)*];

            /// The same, with `defaults` where nothing is written.
            pub fn or(self, defaults: &FrontMatter) -> FrontMatter {
                FrontMatter {
                    $($field: self.$field.filled(&defaults.$field),)*
                    unknown: self.unknown,
                    terms: self.terms.filled(&defaults.terms),
                }
            }
        }
    };
}

front_matter! {
    /// The page's title, as text.
    title: Option<Text>,
    /// One or two sentences for the deck, for cards and for search engines.
    description: Option<Text>,
    /// When it was published.
    date: Option<WrittenDate>,
    /// When it was last changed in substance.
    updated: Option<WrittenDate>,
    /// What it is about.
    tags: OneOrMany,
    /// Who wrote it: names of files in `authors/`, or names.
    authors: OneOrMany,
    /// The box at the top: what to take away, a sentence each.
    takeaways: OneOrMany,
    /// The picture at the head and on cards.
    image: Option<Box<Image>>,
    /// Not published unless `--drafts`.
    draft: Option<bool>,
    /// Kept out of search engines and of the sitemap.
    noindex: Option<bool>,
    /// Whether a table of contents is shown; where nothing is said, the theme decides.
    toc: Option<bool>,
    /// Whether readers are offered to reply; where nothing is said, as `site.toml` has it.
    comments: Option<bool>,
    /// From this day on it is not published any more.
    expires: Option<WrittenDate>,
    /// A picture for pinning, 2:3.
    pin: Option<String>,
    /// Where it appeared first.
    source: Option<Citation>,
    /// What its facts rest on.
    sources: Vec<Citation>,
    /// A guide's steps, in order: this makes the page a hub.
    steps: OneOrMany,
    /// What to read when the guide is done.
    after: Option<String>,
    /// What the author wants read next.
    up_next: Option<Wish>,
    /// The whole address, or a pattern of it, in place of what the file's path makes.
    address: Option<String>,
    /// The last part of the address, in place of the file's name.
    slug: Option<String>,
    /// Former addresses that lead here.
    aliases: OneOrMany,
    /// The address of the original, where this is a copy.
    canonical: Option<String>,
    /// The file that this is a translation of, where its name does not say it.
    translation_of: Option<String>,
    /// The state of the original that this was translated from: a hash of its file.
    translated_from: Option<String>,
    /// A template of the theme, in place of the kind's.
    template: Option<String>,
    /// Its place in the section: small numbers first.
    weight: Option<i64>,
    /// Lints that do not look at it, by their codes.
    skip_lints: OneOrMany,
    /// In a folder's `index.md`: values for every file below it.
    defaults: Option<Box<FrontMatter>>,
    /// Whether the share row stands on it; where nothing is said, as `site.toml` has it.
    share: Option<bool>,
    /// Whether a card and a pin are drawn for it; where nothing is said, as `site.toml` has it.
    card: Option<bool>,
    /// Whether gen may put it into up-next lists by itself; where nothing is said, it may.
    suggest: Option<bool>,
    /// What it is found by in search.
    search: Option<Box<Finding>>,
    /// In a folder's `index.md`: the article that stands first and largest on its page.
    lead: Option<String>,
    /// In the home page: what its editor puts on it.
    home: Option<Box<Home>>,
    /// Anything, for the theme.
    extra: Extra,
    /// An author's name.
    name: Option<Text>,
    /// Whether an author is a person, which is usual, or an organization.
    kind: Option<AuthorKind>,
    /// An author in a sentence or two.
    bio: Option<Text>,
    /// What an author does here.
    role: Option<Text>,
    /// An author's picture: a file beside the author's own.
    picture: Option<String>,
}

/// A named address: a source of facts, or where an article appeared first.
#[derive(
    Clone, Debug, PartialEq, Eq, Deserialize, BorshDeserialize, BorshSerialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// What readers see.
    pub name: String,
    /// Where it is.
    pub url: Option<String>,
}
