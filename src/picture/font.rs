//! The fonts that cards are set in: which signs they have, and how wide these are.

use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

/// A theme's fonts, the first one preferred.
#[derive(Clone, Debug, Default)]
pub struct Fonts {
    /// The bytes of each.
    pub files: Vec<Arc<Vec<u8>>>,
}

impl Fonts {
    /// Adds a font. Says whether it is one.
    pub fn add(&mut self, bytes: &[u8]) -> bool {
        let known = FontRef::new(bytes).is_ok_and(|font| font.charmap().has_map());
        if known {
            self.files.push(Arc::new(bytes.to_vec()));
        }
        known
    }

    /// Whether one of them has the sign.
    pub fn has(&self, sign: char) -> bool {
        self.files
            .iter()
            .filter_map(|file| FontRef::new(file).ok())
            .any(|font| font.charmap().map(sign).is_some())
    }

    /// The fonts in the order in which a text is set in them: first the one that has all its signs, those of `family`
    /// before the others.
    pub fn for_text(&self, text: &str, family: &str) -> Fonts {
        let mut files = self.files.clone();
        let lacks = |file: &Arc<Vec<u8>>| {
            let font = FontRef::new(file).ok();
            let map = font.as_ref().map(|font| font.charmap());
            let has = |sign| map.as_ref().is_some_and(|map| map.map(sign).is_some());
            !text.chars().all(|sign| sign.is_whitespace() || has(sign))
        };
        // A font that lacks a letter would leave a word in two hands.
        files.sort_by_cached_key(|file| (lacks(file), family_of(file) != family));
        Fonts { files }
    }

    /// The family of the first font.
    pub fn family(&self) -> String {
        self.files
            .first()
            .map(|file| family_of(file))
            .unwrap_or_default()
    }

    /// The width of a text at a size of 1. Pairs of letters that move together are not reckoned with, so
    /// that it is a little too wide.
    pub fn width(&self, text: &str) -> f32 {
        let fonts: Vec<FontRef<'_>> = self
            .files
            .iter()
            .filter_map(|file| FontRef::new(file).ok())
            .collect();
        text.chars()
            .map(|sign| {
                fonts
                    .iter()
                    .find_map(|font| {
                        let glyph = font.charmap().map(sign)?;
                        font.glyph_metrics(Size::new(1.0), LocationRef::default())
                            .advance_width(glyph)
                    })
                    .unwrap_or(1.0)
            })
            .sum()
    }
}

/// The name of a font's family; empty where it tells none.
fn family_of(file: &[u8]) -> String {
    let font = FontRef::new(file).ok();
    let names = font.map(|font| font.localized_strings(StringId::FAMILY_NAME));
    let name = names.and_then(|mut names| names.next());
    name.map(|name| name.chars().collect()).unwrap_or_default()
}
