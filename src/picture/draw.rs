//! Draws SVG with the theme's fonts. What an SVG file asks for is never loaded from anywhere.

use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, ImageHrefResolver, ImageKind, Options, Tree, fontdb};

use super::font::Fonts;
use super::{palette, raster};

/// A part of every key in the cache: another number wherever other bytes come of the same drawing.
pub const VERSION: u32 = 1;

/// The quality of a file with a photograph in it.
const QUALITY: u8 = 85;

/// What a template names to have the article's picture in its place.
pub const ILLUSTRATION: &str = "illustration";

/// A picture within a drawing.
#[derive(Clone, Debug)]
pub enum Illustration {
    /// The text of an SVG file.
    Svg(Arc<Vec<u8>>),
    /// The bytes of a JPEG file.
    Jpeg(Arc<Vec<u8>>),
}

/// Draws with a theme's fonts.
pub struct Brush {
    fonts: Arc<fontdb::Database>,
    family: String,
}

impl Brush {
    /// Takes up the fonts.
    pub fn new(fonts: &Fonts) -> Brush {
        let mut database = fontdb::Database::new();
        for file in &fonts.files {
            database.load_font_source(fontdb::Source::Binary(Arc::clone(file) as _));
        }
        let first = database.faces().next();
        let family = first.and_then(|face| Some(face.families.first()?.0.clone()));
        Brush {
            fonts: Arc::new(database),
            family: family.unwrap_or_default(),
        }
    }

    /// A PNG file of the drawing, or a JPEG file where a photograph is in it, which must be of this width
    /// and height in pixels.
    ///
    /// # Errors
    /// The SVG cannot be read, or is of another size; in words.
    pub fn draw(
        &self,
        svg: &str,
        illustration: Option<&Illustration>,
        (width, height): (u32, u32),
    ) -> Result<Vec<u8>, String> {
        let tree = self.tree(svg.as_bytes(), illustration)?;
        let size = tree.size().to_int_size();
        if (size.width(), size.height()) != (width, height) {
            let (own, other) = (size.width(), size.height());
            return Err(format!("it is {own}×{other}, and must be {width}×{height}"));
        }
        let empty = || "it has no size".to_owned();
        let mut pixmap = Pixmap::new(width, height).ok_or_else(empty)?;
        pixmap.fill(Color::WHITE);
        resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
        match illustration {
            Some(Illustration::Jpeg(_)) => raster::jpeg(pixmap.data(), width, height, QUALITY),
            _ => palette::png(pixmap.data(), width, height),
        }
        .ok_or_else(empty)
    }

    /// The pixels of a drawing in a square of this side, red, green, blue and opacity each; all empty where it cannot be
    /// drawn.
    pub fn pixels(&self, svg: &[u8], side: u32) -> Vec<[u8; 4]> {
        let empty = || vec![[0; 4]; (side * side) as usize];
        let tree = Tree::from_data(svg, &closed(&self.fonts, &self.family)).ok();
        let Some((tree, mut pixmap)) = tree.zip(Pixmap::new(side, side)) else {
            return empty();
        };
        let (width, height) = (tree.size().width(), tree.size().height());
        let scale = side as f32 / width.max(height);
        let (left, top) = (
            (side as f32 - width * scale) / 2.0,
            (side as f32 - height * scale) / 2.0,
        );
        let place = Transform::from_scale(scale, scale).post_translate(left, top);
        resvg::render(&tree, place, &mut pixmap.as_mut());
        let pixels = pixmap.pixels().iter().map(|pixel| pixel.demultiply());
        pixels
            .map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()])
            .collect()
    }

    /// Whether a file can be drawn, and if not, why.
    ///
    /// # Errors
    /// The words of its reader.
    pub fn check(&self, svg: &[u8]) -> Result<(), String> {
        self.tree(svg, None).map(|_| ())
    }

    fn tree(&self, svg: &[u8], illustration: Option<&Illustration>) -> Result<Tree, String> {
        let inner = illustration.cloned();
        let fonts = Arc::clone(&self.fonts);
        let family = self.family.clone();
        let options = Options {
            font_family: self.family.clone(),
            fontdb: Arc::clone(&self.fonts),
            image_href_resolver: ImageHrefResolver {
                resolve_data: ImageHrefResolver::default_data_resolver(),
                resolve_string: Box::new(move |name, _| match (&inner, name) {
                    (Some(Illustration::Jpeg(bytes)), ILLUSTRATION) => {
                        Some(ImageKind::JPEG(Arc::clone(bytes)))
                    }
                    (Some(Illustration::Svg(text)), ILLUSTRATION) => {
                        let options = closed(&fonts, &family);
                        Tree::from_data(text, &options).ok().map(ImageKind::SVG)
                    }
                    _ => None,
                }),
            },
            ..Options::default()
        };
        Tree::from_data(svg, &options).map_err(|error: usvg::Error| error.to_string())
    }
}

/// For an author's own SVG: no file, no address.
fn closed(fonts: &Arc<fontdb::Database>, family: &str) -> Options<'static> {
    Options {
        font_family: family.to_owned(),
        fontdb: Arc::clone(fonts),
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}
