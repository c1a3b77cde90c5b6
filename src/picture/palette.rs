//! PNG files of few colours, for drawings: a third of the size of true colours. And the colour profiles of PNG files.

use std::io::Cursor;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};
use quantizr::{Image, Options, QuantizeResult};

/// Of a colour profile, so many bytes are read at most: those of cameras have a few thousand.
const PROFILE: usize = 4 << 20;

/// How hard the bytes are pressed, of 9. More takes several times as long, and saves a few in a hundred.
const LEVEL: u8 = 3;

/// Pixels, about, that the colours of a drawing are chosen by.
const SAMPLE: usize = 1 << 15;

/// The colour profile of a PNG file; none where it is larger than any camera's.
pub(super) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let limits = png::Limits { bytes: PROFILE };
    let decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    let reader = decoder.read_info().ok()?;
    let profile = reader.info().icc_profile.as_ref()?;
    Some(profile.to_vec())
}

/// A PNG file of opaque pixels, four bytes each. Nothing where the pixels do not fill the size.
pub(super) fn png(pixels: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let all = pixels.len() == width as usize * height as usize * 4;
    let runs = all.then(|| Runs::of(pixels))?;
    let palette = runs.palette()?;
    let mut indexes = Vec::with_capacity(pixels.len() / 4);
    for (colour, length) in &runs.list {
        let place = palette.places[*colour as usize];
        indexes.resize(indexes.len() + *length as usize, place);
    }

    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.entries);
    encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&indexes).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// Pixels of one colour that stand side by side: a drawing of a million pixels has some ten thousand runs.
struct Runs {
    /// The number of a colour, and how many pixels have it.
    list: Vec<(u32, u32)>,
    colours: Vec<[u8; 4]>,
    /// By colour: how many pixels have it.
    counts: Vec<u32>,
}

impl Runs {
    fn of(pixels: &[u8]) -> Runs {
        let mut runs = Runs {
            list: Vec::new(),
            colours: Vec::new(),
            counts: Vec::new(),
        };
        let mut numbers = Numbers::new();
        let mut pixels = pixels.as_chunks::<4>().0;
        while let Some(first) = pixels.first() {
            let length = pixels.iter().position(|pixel| pixel != first);
            let length = length.unwrap_or(pixels.len());
            pixels = &pixels[length..];
            let number = numbers.number(*first, &mut runs.colours);
            runs.counts.resize(runs.colours.len(), 0);
            runs.counts[number as usize] += length as u32;
            runs.list.push((number, length as u32));
        }
        runs
    }

    /// Up to 256 colours that stand for all.
    fn palette(&self) -> Option<Palette> {
        if self.colours.len() <= 256 {
            let entries = self.colours.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]);
            return Some(Palette {
                entries: entries.collect(),
                places: (0..=u8::MAX).take(self.colours.len()).collect(),
            });
        }
        // A picture with the same colours, each as often as it weighs, is a fraction of the drawing.
        let total: u64 = self.counts.iter().map(|count| u64::from(*count)).sum();
        let mut sample = Vec::with_capacity(SAMPLE + self.colours.len());
        for (colour, count) in self.colours.iter().zip(&self.counts) {
            let times = 1 + u64::from(*count) * SAMPLE as u64 / total.max(1);
            sample.resize(sample.len() + times as usize, *colour);
        }
        let image = Image::new(sample.as_flattened(), sample.len(), 1).ok()?;
        let mut quantized = QuantizeResult::quantize(&image, &Options::default());
        // Noise hides steps in a slope of colours, and costs more bytes than it is worth in a flat drawing.
        quantized.set_dithering_level(0.0).ok()?;
        let mut places = vec![0; self.colours.len()];
        let image = Image::new(self.colours.as_flattened(), places.len(), 1).ok()?;
        quantized.remap_image(&image, &mut places).ok()?;
        let palette = quantized.get_palette();
        let entries = palette.entries.get(..palette.count as usize)?;
        Some(Palette {
            entries: entries.iter().flat_map(|c| [c.r, c.g, c.b]).collect(),
            places,
        })
    }
}

/// The colours that a file has, and which of them stands for each of the drawing's.
struct Palette {
    entries: Vec<u8>,
    places: Vec<u8>,
}

/// The numbers of colours, by hash: open addressing, at most half of the slots taken; 0 for a free one.
struct Numbers {
    slots: Vec<u32>,
}

impl Numbers {
    fn new() -> Numbers {
        Numbers {
            slots: vec![0; 1 << 12],
        }
    }

    /// The number of a colour among `colours`, to which a new one is added.
    fn number(&mut self, colour: [u8; 4], colours: &mut Vec<[u8; 4]>) -> u32 {
        let slot = self.slot(colour, colours);
        if self.slots[slot] > 0 {
            return self.slots[slot] - 1;
        }
        colours.push(colour);
        self.slots[slot] = colours.len() as u32;
        if colours.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 4];
            for number in 0..colours.len() {
                let slot = self.slot(colours[number], &colours[..number]);
                self.slots[slot] = number as u32 + 1;
            }
        }
        colours.len() as u32 - 1
    }

    fn slot(&self, colour: [u8; 4], colours: &[[u8; 4]]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (u32::from_le_bytes(colour).wrapping_mul(0x9E37_79B1) >> 8) as usize & mask;
        while self.slots[slot] > 0 && colours[self.slots[slot] as usize - 1] != colour {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(png: &[u8]) -> Vec<[u8; 3]> {
        let image = image::load_from_memory(png).unwrap().into_rgb8();
        image.pixels().map(|pixel| pixel.0).collect()
    }

    #[test]
    fn few_colours_stay_as_they_are() {
        let pixels: Vec<[u8; 4]> = (0..1200u32).map(|n| [(n % 200) as u8, 0, 7, 255]).collect();
        let made = png(pixels.as_flattened(), 40, 30).unwrap();
        let expected: Vec<[u8; 3]> = pixels.iter().map(|[r, g, b, _]| [*r, *g, *b]).collect();
        assert_eq!(read(&made), expected);
    }

    #[test]
    fn many_colours_are_told_by_their_likes() {
        let pixels: Vec<[u8; 4]> = (0..65_536u32)
            .map(|n| [(n / 256) as u8, (n % 256) as u8, 90, 255])
            .collect();
        let made = png(pixels.as_flattened(), 256, 256).unwrap();
        for (made, [r, g, ..]) in read(&made).iter().zip(&pixels) {
            assert!(
                made[0].abs_diff(*r) < 24 && made[1].abs_diff(*g) < 24,
                "{made:?}"
            );
        }
        assert_eq!(png(&[0; 7], 1, 2), None);
    }
}
