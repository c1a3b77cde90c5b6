//! The YAML at the head of a file, as written: typed, not yet checked against anything else.
//! To add a key, add a documented field: to `usual` where most articles say it, else to `rare`.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, de};

use crate::config::Scope;
use crate::model::date::WrittenDate;
use crate::model::extra::Extra;

/// What a key's value is when a file says nothing and its folder's `defaults` do.
trait Or: Sized {
    /// Where nothing is said.
    const NOTHING: Self;

    fn filled(self, default: &Self) -> Self;
}

impl<T: Clone> Or for Option<T> {
    const NOTHING: Self = None;

    fn filled(self, default: &Self) -> Self {
        Option::or(self, default.clone())
    }
}

impl<T: Clone> Or for Vec<T> {
    const NOTHING: Self = Vec::new();

    fn filled(self, default: &Self) -> Self {
        if self.is_empty() {
            default.clone()
        } else {
            self
        }
    }
}

impl<K: Clone + Ord, V: Clone> Or for BTreeMap<K, V> {
    const NOTHING: Self = BTreeMap::new();

    fn filled(self, default: &Self) -> Self {
        let mut both = default.clone();
        both.extend(self);
        both
    }
}

/// Declares the structs and, from the same list, how a folder's defaults fill them.
macro_rules! front_matter {
    (
        usual { $($(#[$meta:meta])* $field:ident: $type:ty,)* }
        rare { $($(#[$rare_meta:meta])* $rare:ident: $rare_type:ty,)* }
    ) => {
        /// The front matter of any file; which keys mean something depends on the kind of page.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, borsh::BorshDeserialize, borsh::BorshSerialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct FrontMatter {
            $($(#[$meta])* pub $field: $type,)*
            $($(#[$rare_meta])* pub $rare: $rare_type,)*
        }

        /// The same as a page keeps it. What few files say takes room in those only; it is read as if it stood here.
        #[derive(Clone, Debug, Default, borsh::BorshDeserialize, borsh::BorshSerialize)]
        pub struct Front {
            $($(#[$meta])* pub $field: $type,)*
            rare: Option<Box<Rare>>,
        }

        /// What few files say.
        #[derive(Clone, Debug, PartialEq, borsh::BorshDeserialize, borsh::BorshSerialize)]
        pub struct Rare { $($(#[$rare_meta])* pub $rare: $rare_type,)* }

        static NOTHING_RARE: Rare = Rare { $($rare: <$rare_type as Or>::NOTHING,)* };

        impl From<FrontMatter> for Front {
            fn from(written: FrontMatter) -> Front {
                let rare = Rare { $($rare: written.$rare,)* };
                Front { $($field: written.$field,)* rare: rare.kept() }
            }
        }

        impl From<Front> for FrontMatter {
            fn from(front: Front) -> FrontMatter {
                let rare = front.rare.map_or_else(|| NOTHING_RARE.clone(), |rare| *rare);
                FrontMatter { $($field: front.$field,)* $($rare: rare.$rare,)* }
            }
        }

        impl Front {
            /// The same, with `defaults` where nothing is written.
            pub fn or(self, defaults: &FrontMatter) -> Front {
                let own = FrontMatter::from(self);
                Front::from(FrontMatter {
                    $($field: own.$field.filled(&defaults.$field),)*
                    $($rare: own.$rare.filled(&defaults.$rare),)*
                })
            }
        }
    };
}

front_matter! {
    usual {
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
    }
    rare {
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
        /// The last part of the address, in place of the file's name.
        slug: Option<String>,
        /// Former addresses that lead here.
        aliases: OneOrMany,
        /// The address of the original, where this is a copy.
        canonical: Option<String>,
        /// A template of the theme, in place of the kind's.
        template: Option<String>,
        /// Its place in the section: small numbers first.
        weight: Option<i64>,
        /// Lints that do not look at it, by their codes.
        skip_lints: OneOrMany,
        /// In a folder's `index.md`: values for every file below it.
        defaults: Option<Box<FrontMatter>>,
        /// Anything, for the theme.
        extra: Extra,
        /// An author's name.
        name: Option<Text>,
        /// An author in a sentence or two.
        bio: Option<Text>,
        /// What an author does here.
        role: Option<Text>,
        /// An author's picture: a file beside the author's own.
        picture: Option<String>,
    }
}

impl Rare {
    /// Itself, if it says anything.
    fn kept(self) -> Option<Box<Rare>> {
        (self != NOTHING_RARE).then(|| Box::new(self))
    }
}

impl Deref for Front {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        self.rare.as_deref().unwrap_or(&NOTHING_RARE)
    }
}

/// Text on one line: what YAML takes for a number or a boolean is refused with a hint to quote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, borsh::BorshDeserialize, borsh::BorshSerialize)]
pub struct Text(pub String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)
            .map(|s| Text(s.split_whitespace().collect::<Vec<_>>().join(" ")))
    }
}

/// A list of texts, or a single one.
#[derive(Clone, Debug, Default, PartialEq, Eq, borsh::BorshDeserialize, borsh::BorshSerialize)]
pub struct OneOrMany(pub Vec<String>);

impl Or for OneOrMany {
    const NOTHING: Self = OneOrMany(Vec::new());

    fn filled(self, default: &Self) -> Self {
        OneOrMany(self.0.filled(&default.0))
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_owned()]))
            }

            fn visit_unit<E: de::Error>(self) -> Result<OneOrMany, E> {
                Ok(OneOrMany::default())
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<OneOrMany, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = items.next_element::<String>()? {
                    texts.push(text);
                }
                // As many as there are: most lists are short, and there are some in every article.
                texts.shrink_to_fit();
                Ok(OneOrMany(texts))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// A picture: a path, or a path with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, borsh::BorshDeserialize, borsh::BorshSerialize)]
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

impl<'de> Deserialize<'de> for Image {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Long {
            src: String,
            #[serde(default)]
            alt: String,
            caption: Option<String>,
            credit: Option<String>,
        }
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

/// A named address: a source of facts, or where an article appeared first.
#[derive(
    Clone, Debug, PartialEq, Eq, Deserialize, borsh::BorshDeserialize, borsh::BorshSerialize,
)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// What readers see.
    pub name: String,
    /// Where it is.
    pub url: Option<String>,
}

/// What the author wants read next: a list of references, or the long form.
#[derive(Clone, Debug, Default, PartialEq, Eq, borsh::BorshDeserialize, borsh::BorshSerialize)]
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

impl<'de> Deserialize<'de> for Wish {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize, Default)]
        #[serde(deny_unknown_fields, default)]
        struct Long {
            pins: OneOrMany,
            never: OneOrMany,
            count: Option<usize>,
            scope: Option<Scope>,
        }
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
                let pins = Vec::deserialize(de::value::SeqAccessDeserializer::new(items))?;
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
