//! PNG files of few colours, for drawings: a third of the size of true colours. And the colour profiles of PNG files.

use std::io::Cursor;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use quantizr::{Image, Options, QuantizeResult};

/// Of a colour profile, so many bytes are read at most: those of cameras have a few thousand.
const PROFILE: usize = 4 << 20;

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
    let image = Image::new(pixels, width as usize, height as usize).ok()?;
    let mut colours = QuantizeResult::quantize(&image, &Options::default());
    // Noise hides steps in a slope of colours, and costs more bytes than it is worth in a flat drawing.
    colours.set_dithering_level(0.0).ok()?;
    let indexes = indexes(pixels, &colours)?;
    let palette = colours.get_palette();
    let count = palette.count as usize;
    let entries = palette.entries.get(..count)?;
    let rgb: Vec<u8> = entries.iter().flat_map(|c| [c.r, c.g, c.b]).collect();

    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(rgb);
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&indexes).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// The place of each pixel in the palette. Each colour is looked for once: a drawing has a few thousand.
fn indexes(pixels: &[u8], colours: &QuantizeResult) -> Option<Vec<u8>> {
    let all = || pixels.chunks_exact(4).map(|p| [p[0], p[1], p[2], p[3]]);
    let mut distinct: Vec<[u8; 4]> = all().collect();
    distinct.dedup();
    distinct.sort_unstable();
    distinct.dedup();
    let row = distinct.concat();
    let mut nearest = vec![0; distinct.len()];
    let image = Image::new(&row, distinct.len(), 1).ok()?;
    colours.remap_image(&image, &mut nearest).ok()?;
    let mut last = ([0; 4], None);
    let places = all().map(|pixel| {
        if last.1.is_none() || last.0 != pixel {
            let place = distinct.binary_search(&pixel).ok();
            last = (pixel, place.map(|place| nearest[place]));
        }
        last.1
    });
    places.collect()
}
