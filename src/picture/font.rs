//! The fonts that cards are set in: which signs they have, and how wide these are.

use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
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
