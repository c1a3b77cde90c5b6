//! Photographs and the like: read within bounds, turned upright, brought to the colours of the web, made
//! smaller and written anew, which leaves everything behind that a camera wrote beside the picture.

use std::io::Cursor;

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{PixelTrait, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageError, ImageReader, Limits, RgbImage,
    RgbaImage,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::{metadata, palette};
use crate::model::picture::{Format, Recipe};

/// A part of every key in the cache: another number wherever other bytes come of the same picture.
pub const VERSION: u32 = 1;

/// A picture with more pixels than this is not read: each takes three or four bytes, and on two cores two
/// pictures are open.
pub const PIXELS: u64 = 40_000_000;
/// A side of more pixels than this is not read: no camera and no JPEG file has one.
pub const SIDE: u32 = 65_535;
/// What reading one may take beside the picture itself.
const MEMORY: u64 = 512 << 20;

/// Why a picture is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// So many pixels.
    TooLarge(u64),
    /// So many pixels on one side.
    TooLong(u32),
    /// What the reader says.
    Broken(String),
    /// Of a drawing: what would take too long, or too much memory.
    TooMuch(String),
}

/// A picture as browsers show it, no wider than was asked for.
#[derive(Debug)]
pub struct Raster {
    pixels: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Three bytes a pixel, or four where one can see through it.
    channels: usize,
}

/// Whether a file is of a kind that is read here, by its name.
pub fn is_raster(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    ["jpg", "jpeg", "png", "webp"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a file is a drawing, by its name.
pub fn is_svg(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".svg")
}

/// Whether it moves: only its first picture would be left.
pub fn moves(bytes: &[u8]) -> bool {
    let webp = bytes.starts_with(b"RIFF")
        && bytes.get(12..16) == Some(b"VP8X")
        && bytes.get(20).is_some_and(|flags| flags & 2 != 0);
    webp || metadata::is_moving_png(bytes)
}

/// Reads a picture, and makes it no wider than `largest` pixels.
///
/// # Errors
/// It is too large, or broken.
pub fn read(bytes: &[u8], largest: u32) -> Result<Raster, Trouble> {
    if let Some((width, height)) = metadata::png_sides(bytes) {
        check_sides(width, height)?;
    }
    let png = metadata::png_without_profile(bytes);
    let profile_of_png = png.as_ref().and_then(|_| palette::profile(bytes));
    let mut reader = ImageReader::new(Cursor::new(png.as_deref().unwrap_or(bytes)))
        .with_guessed_format()
        .map_err(|error| Trouble::Broken(error.to_string()))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    check_sides(width, height)?;
    // A mistake in what stands beside the picture is no mistake in the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = profile_of_png.or_else(|| decoder.icc_profile().ok().flatten());
    let decoded = DynamicImage::from_decoder(decoder).map_err(broken)?;
    let lies = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (across, down) = match lies {
        true => (height, width),
        false => (width, height),
    };
    let raster = Raster::of(decoded).narrowed(across, down, largest, lies)?;
    let mut upright = raster.image().ok_or_else(inconsistent)?;
    upright.apply_orientation(orientation);
    let mut raster = Raster::of(upright);
    if let Some(profile) = profile {
        raster.bring_to_srgb(&profile);
    }
    Ok(raster)
}

fn check_sides(width: u32, height: u32) -> Result<(), Trouble> {
    let pixels = u64::from(width) * u64::from(height);
    match width.max(height) {
        side if side > SIDE => Err(Trouble::TooLong(side)),
        _ if pixels > PIXELS => Err(Trouble::TooLarge(pixels)),
        _ => Ok(()),
    }
}

fn broken(error: ImageError) -> Trouble {
    Trouble::Broken(error.to_string())
}

fn inconsistent() -> Trouble {
    Trouble::Broken("its size and its data do not fit".to_owned())
}

impl Raster {
    fn of(image: DynamicImage) -> Raster {
        let (width, height) = (image.width(), image.height());
        if image.color().has_alpha() {
            let pixels = image.into_rgba8().into_raw();
            if pixels.chunks_exact(4).any(|pixel| pixel[3] < 255) {
                return Raster {
                    pixels,
                    width,
                    height,
                    channels: 4,
                };
            }
            let pixels = pixels
                .chunks_exact(4)
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
                .collect();
            return Raster {
                pixels,
                width,
                height,
                channels: 3,
            };
        }
        Raster {
            pixels: image.into_rgb8().into_raw(),
            width,
            height,
            channels: 3,
        }
    }

    fn image(self) -> Option<DynamicImage> {
        let (width, height) = (self.width, self.height);
        match self.channels {
            4 => RgbaImage::from_raw(width, height, self.pixels).map(DynamicImage::from),
            _ => RgbImage::from_raw(width, height, self.pixels).map(DynamicImage::from),
        }
    }

    /// The same, at most `largest` wide once it stands upright; `across` and `down` are its upright sizes.
    fn narrowed(self, across: u32, down: u32, largest: u32, lies: bool) -> Result<Raster, Trouble> {
        if across <= largest {
            return Ok(self);
        }
        let height = scaled(down, across, largest);
        let (width, height) = match lies {
            true => (height, largest),
            false => (largest, height),
        };
        self.resized(width, height)
    }

    fn resized(&self, width: u32, height: u32) -> Result<Raster, Trouble> {
        let pixels = match self.channels {
            4 => self.resampled::<U8x4>(width, height)?,
            _ => self.resampled::<U8x3>(width, height)?,
        };
        Ok(Raster {
            pixels,
            width,
            height,
            channels: self.channels,
        })
    }

    /// The pixels at another size. The kind of pixel is a type here: asked by a value, the library's code for all its
    /// thirteen kinds would be compiled into this crate.
    fn resampled<P: PixelTrait>(&self, width: u32, height: u32) -> Result<Vec<u8>, Trouble> {
        let from = TypedImageRef::<P>::from_buffer(self.width, self.height, &self.pixels)
            .map_err(|_| inconsistent())?;
        let mut pixels = vec![0; width as usize * height as usize * self.channels];
        let mut to =
            TypedImage::<P>::from_buffer(width, height, &mut pixels).map_err(|_| inconsistent())?;
        Resizer::new()
            .resize_typed(&from, &mut to, None)
            .map_err(|error| Trouble::Broken(error.to_string()))?;
        Ok(pixels)
    }

    /// Colours as they are on the web, where a camera wrote others. A profile that cannot be used is left
    /// out: browsers do the same.
    fn bring_to_srgb(&mut self, profile: &[u8]) {
        let Ok(profile) = ColorProfile::new_from_slice(profile) else {
            return;
        };
        if profile.color_space != DataColorSpace::Rgb {
            return;
        }
        let layout = match self.channels {
            4 => Layout::Rgba,
            _ => Layout::Rgb,
        };
        let srgb = ColorProfile::new_srgb();
        let options = TransformOptions::default();
        let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, options) else {
            return;
        };
        let mut pixels = vec![0; self.pixels.len()];
        if transform.transform(&self.pixels, &mut pixels).is_ok() {
            self.pixels = pixels;
        }
    }

    /// Its mean colour; nothing where one can see through it, as the colour would show.
    pub fn tone(&self) -> Option<[u8; 3]> {
        if self.channels == 4 {
            return None;
        }
        let mut sums = [0u64; 3];
        for pixel in self.pixels.chunks_exact(3) {
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum += u64::from(*value);
            }
        }
        let count = (self.pixels.len() as u64 / 3).max(1);
        Some(sums.map(|sum| (sum / count) as u8))
    }

    /// A file of it.
    ///
    /// # Errors
    /// The picture is larger than the kind of file allows.
    pub fn make(&self, recipe: Recipe) -> Result<Vec<u8>, Trouble> {
        let small;
        let raster = if recipe.width == self.width {
            self
        } else {
            small = self.resized(recipe.width, scaled(self.height, self.width, recipe.width))?;
            &small
        };
        match recipe.format {
            Format::WebP => raster.webp(recipe.quality),
            Format::Jpeg => raster.jpeg(recipe.quality),
        }
    }

    fn webp(&self, quality: u8) -> Result<Vec<u8>, Trouble> {
        let encoder = match self.channels {
            4 => webp::Encoder::from_rgba(&self.pixels, self.width, self.height),
            _ => webp::Encoder::from_rgb(&self.pixels, self.width, self.height),
        };
        encoder
            .encode_simple(false, f32::from(quality))
            .map(|bytes| bytes.to_vec())
            .map_err(|error| Trouble::Broken(format!("it cannot be written as WebP: {error:?}")))
    }

    fn jpeg(&self, quality: u8) -> Result<Vec<u8>, Trouble> {
        let opaque = self.on_white();
        let pixels = opaque.as_deref().unwrap_or(&self.pixels);
        written(pixels, self.width, self.height, quality).map_err(broken)
    }

    /// What one can see through, on white paper.
    fn on_white(&self) -> Option<Vec<u8>> {
        if self.channels != 4 {
            return None;
        }
        let over = |value: u8, alpha: u8| {
            let (value, alpha) = (u32::from(value), u32::from(alpha));
            ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        };
        Some(
            self.pixels
                .chunks_exact(4)
                .flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])])
                .collect(),
        )
    }
}

/// A JPEG file of opaque pixels, four bytes each. Nothing where the pixels do not fill the size.
pub(super) fn jpeg(pixels: &[u8], width: u32, height: u32, quality: u8) -> Option<Vec<u8>> {
    let pixels: Vec<u8> = pixels
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    let all = pixels.len() == width as usize * height as usize * 3;
    all.then(|| written(&pixels, width, height, quality).ok())?
}

fn written(pixels: &[u8], width: u32, height: u32, quality: u8) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode(
        pixels,
        width,
        height,
        ExtendedColorType::Rgb8,
    )?;
    Ok(bytes)
}

/// `value` at the scale that makes `from` to `to`; never nothing.
pub fn scaled(value: u32, from: u32, to: u32) -> u32 {
    let (value, from, to) = (u64::from(value), u64::from(from.max(1)), u64::from(to));
    u32::try_from((value * to + from / 2) / from)
        .unwrap_or(u32::MAX)
        .max(1)
}
