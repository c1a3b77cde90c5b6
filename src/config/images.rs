//! `[images]`: what is made of photographs.

use serde::Deserialize;

/// `[images]`.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Images {
    /// Whether smaller files are made of JPEG, PNG and WebP pictures.
    pub enabled: bool,
    /// Their widths in pixels, 16 to 4096 each.
    #[schemars(length(min = 1, max = 12), inner(range(min = 16, max = 4096)))]
    pub widths: Vec<u32>,
    /// Of the files, 1 to 100.
    #[schemars(range(min = 1, max = 100))]
    pub quality: u8,
    /// Publish every original, with all that a camera wrote into it.
    pub originals: bool,
}

impl Default for Images {
    fn default() -> Images {
        Images {
            enabled: true,
            widths: vec![480, 800, 1200, 1600],
            quality: 80,
            originals: false,
        }
    }
}

impl Images {
    pub(super) fn mistake(&self) -> Option<(&'static str, &'static str)> {
        let wide = |width: &u32| (16..=4096).contains(width);
        if self.widths.is_empty() || self.widths.len() > 12 || !self.widths.iter().all(wide) {
            return Some((
                "images.widths holds 1 to 12 numbers from 16 to 4096",
                "[480, 800, 1200, 1600] is the default",
            ));
        }
        (!(1..=100).contains(&self.quality)).then_some((
            "images.quality is a number from 1 to 100",
            "80 is the default",
        ))
    }

    pub(super) fn sorted(mut self) -> Images {
        self.widths.sort_unstable();
        self.widths.dedup();
        self
    }
}
