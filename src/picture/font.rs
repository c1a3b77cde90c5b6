//! The fonts that cards are set in: which signs they have, and how wide these are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

/// A theme's fonts, the first one preferred.
#[derive(Clone, Debug, Default)]
pub struct Fonts {
    /// The bytes of each.
    pub files: Vec<Arc<Vec<u8>>>,
    /// What they have signs for.
    signs: BTreeSet<char>,
}

impl Fonts {
    /// Adds a font. Says whether it is one.
    pub fn add(&mut self, bytes: &[u8]) -> bool {
        let Some(font) = FontRef::new(bytes)
            .ok()
            .filter(|font| font.charmap().has_map())
        else {
            return false;
        };
        let signs = font.charmap();
        self.signs.extend(
            signs
                .mappings()
                .filter_map(|(sign, _)| char::from_u32(sign)),
        );
        self.files.push(Arc::new(bytes.to_vec()));
        true
    }

    /// Whether one of them has the sign.
    pub fn has(&self, sign: char) -> bool {
        self.signs.contains(&sign)
    }

    /// What a text is set in: the first font that has all its signs, those of `family` before the others.
    pub fn hand(&self, text: &str, family: &str) -> Hand {
        let mut files = self.files.clone();
        let lacks = |file: &Arc<Vec<u8>>| {
            let font = FontRef::new(file).ok();
            let map = font.as_ref().map(|font| font.charmap());
            let has = |sign| map.as_ref().is_some_and(|map| map.map(sign).is_some());
            !text.chars().all(|sign| sign.is_whitespace() || has(sign))
        };
        // A font that lacks a letter would leave a word in two hands.
        files.sort_by_cached_key(|file| (lacks(file), family_of(file) != family));
        let fonts = files.iter().filter_map(|file| FontRef::new(file).ok());
        let fonts: Vec<_> = fonts
            .map(|font| {
                let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
                (font.charmap(), metrics)
            })
            .collect();
        let mut widths = BTreeMap::new();
        // What does not fit ends in an ellipsis.
        for sign in text.chars().chain(['…']) {
            widths.entry(sign).or_insert_with(|| {
                let width = fonts.iter().find_map(|(signs, metrics)| {
                    let glyph = signs.map(sign)?;
                    metrics.advance_width(glyph)
                });
                width.unwrap_or(1.0)
            });
        }
        let family = files.first().map(|file| family_of(file));
        Hand {
            family: family.unwrap_or_default(),
            widths,
        }
    }
}

/// What one text is set in.
pub struct Hand {
    /// The family of its font.
    pub family: String,
    /// The widths of the text's signs at a size of 1.
    widths: BTreeMap<char, f32>,
}

impl Hand {
    /// The width of a part of the text at a size of 1. Pairs of letters that move together are not reckoned with, so
    /// that it is a little too wide.
    pub fn width(&self, text: &str) -> f32 {
        let width = |sign: char| self.widths.get(&sign).copied().unwrap_or(1.0);
        text.chars().map(width).sum()
    }
}

/// The name of a font's family; empty where it tells none.
fn family_of(file: &[u8]) -> String {
    let font = FontRef::new(file).ok();
    let names = font.map(|font| font.localized_strings(StringId::FAMILY_NAME));
    let name = names.and_then(|mut names| names.next());
    name.map(|name| name.chars().collect()).unwrap_or_default()
}
