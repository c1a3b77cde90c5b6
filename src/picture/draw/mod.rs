//! Draws SVG with the theme's fonts. What an SVG file asks for is never loaded from anywhere.
//! Each is bounded in time and memory before it is drawn: its text, then its elements, then its shapes.

mod markup;
mod paint;
mod text;
mod work;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, ParsingOptions};
use resvg::usvg::{ImageHrefResolver, ImageKind, Options, Tree, fontdb};

use super::font::Fonts;
use super::raster::Trouble;
use super::{palette, raster};

/// A part of every key in the cache: another number wherever other bytes come of the same drawing.
pub const VERSION: u32 = 2;

/// The quality of a file with a photograph in it.
const QUALITY: u8 = 85;
/// Bytes of stack that a drawing has: a hundred levels of elements take a few of these millions.
const STACK: usize = 64 << 20;
/// Nodes of a file, the spaces between elements included.
const NODES: u32 = 1_000_000;
/// Drawings that a drawing has within it as data.
const INNER: usize = 20;

/// What a template names to have the article's picture in its place.
pub const ILLUSTRATION: &str = "illustration";
/// What it names to have the site's mark there.
pub const MARK: &str = "mark";

/// A picture within a drawing.
#[derive(Clone, Debug)]
pub enum Illustration {
    /// An SVG file, read within its bounds.
    Svg(Box<Tree>),
    /// The bytes of a JPEG file.
    Jpeg(Arc<Vec<u8>>),
}

/// The pictures that a template may name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Insets<'p> {
    /// The article's.
    pub illustration: Option<&'p Illustration>,
    /// The site's mark.
    pub mark: Option<&'p Illustration>,
}

impl<'p> Insets<'p> {
    fn named(self, name: &str) -> Option<&'p Illustration> {
        match name {
            ILLUSTRATION => self.illustration,
            MARK => self.mark,
            _ => None,
        }
    }
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
    /// The SVG cannot be read, is of another size, or takes too long; in words.
    pub fn draw(
        &self,
        svg: &str,
        insets: Insets<'_>,
        (width, height): (u32, u32),
    ) -> Result<Vec<u8>, Trouble> {
        apart(|| {
            let tree = self.tree(svg.as_bytes(), insets)?;
            let size = tree.size().to_int_size();
            if (size.width(), size.height()) != (width, height) {
                let (own, other) = (size.width(), size.height());
                let why = format!("it is {own}×{other}, and must be {width}×{height}");
                return Err(Trouble::Broken(why));
            }
            work::check(&tree, Transform::identity(), (width, height)).map_err(Trouble::TooMuch)?;
            let empty = || Trouble::Broken("it has no size".to_owned());
            let mut pixmap = Pixmap::new(width, height).ok_or_else(empty)?;
            pixmap.fill(Color::WHITE);
            paint::paint(&tree, &mut pixmap);
            match insets.illustration {
                Some(Illustration::Jpeg(_)) => raster::jpeg(pixmap.data(), width, height, QUALITY),
                _ => palette::png(pixmap.data(), width, height),
            }
            .ok_or_else(empty)
        })
    }

    /// An SVG file that can be drawn over a canvas of this width and height in pixels.
    ///
    /// # Errors
    /// It cannot be read, or takes too long.
    pub fn illustration(
        &self,
        svg: &[u8],
        (width, height): (u32, u32),
    ) -> Result<Illustration, Trouble> {
        apart(|| {
            let tree = self.tree(svg, Insets::default())?;
            let size = tree.size();
            let scale = (width as f32 / size.width()).max(height as f32 / size.height());
            work::check(&tree, Transform::from_scale(scale, scale), (width, height))
                .map_err(Trouble::TooMuch)?;
            Ok(Illustration::Svg(Box::new(tree)))
        })
    }

    /// The pixels of a drawing in a square of this side, red, green, blue and opacity each; all empty where it cannot be
    /// drawn.
    pub fn pixels(&self, svg: &[u8], side: u32) -> Vec<[u8; 4]> {
        let drawn = apart(|| {
            let tree = self.tree(svg, Insets::default())?;
            let (width, height) = (tree.size().width(), tree.size().height());
            let scale = side as f32 / width.max(height);
            let (left, top) = (
                (side as f32 - width * scale) / 2.0,
                (side as f32 - height * scale) / 2.0,
            );
            let place = Transform::from_scale(scale, scale).post_translate(left, top);
            work::check(&tree, place, (side, side)).map_err(Trouble::TooMuch)?;
            let empty = || Trouble::Broken("it has no size".to_owned());
            let mut pixmap = Pixmap::new(side, side).ok_or_else(empty)?;
            resvg::render(&tree, place, &mut pixmap.as_mut());
            let pixels = pixmap.pixels().iter().map(|pixel| pixel.demultiply());
            Ok(pixels
                .map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()])
                .collect())
        });
        drawn.unwrap_or_else(|_: Trouble| vec![[0; 4]; (side * side) as usize])
    }

    fn tree(&self, svg: &[u8], insets: Insets<'_>) -> Result<Tree, Trouble> {
        let trouble = OnceLock::new();
        let left = AtomicUsize::new(INNER);
        // A drawing within a drawing has none within it.
        let inner = |svg: &[u8]| {
            let none = Options {
                image_href_resolver: ImageHrefResolver {
                    resolve_data: Box::new(|_, data, _| raster_kind(data)),
                    resolve_string: Box::new(|_, _| None),
                },
                ..self.options()
            };
            let one_less = |left: usize| left.checked_sub(1);
            let read = match left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less) {
                Ok(_) => parse(svg, &none),
                Err(_) => {
                    let why = format!("it has more than {INNER} drawings within it");
                    Err(Trouble::TooMuch(why))
                }
            };
            match read {
                Ok(tree) => Some(ImageKind::SVG(tree)),
                Err(Trouble::Broken(_)) => None,
                Err(other) => {
                    // The first is told.
                    let _ = trouble.set(other);
                    None
                }
            }
        };
        let options = Options {
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, data, _| match raster_kind(Arc::clone(&data)) {
                    Some(kind) => Some(kind),
                    None => inner(&data),
                }),
                resolve_string: Box::new(|name, _| {
                    insets.named(name).map(|inset| match inset {
                        Illustration::Jpeg(bytes) => ImageKind::JPEG(Arc::clone(bytes)),
                        Illustration::Svg(tree) => ImageKind::SVG((**tree).clone()),
                    })
                }),
            },
            ..self.options()
        };
        let tree = parse(svg, &options)?;
        drop(options);
        match trouble.into_inner() {
            Some(trouble) => Err(trouble),
            None => Ok(tree),
        }
    }

    fn options(&self) -> Options<'_> {
        Options {
            font_family: self.family.clone(),
            fontdb: Arc::clone(&self.fonts),
            ..Options::default()
        }
    }
}

/// Reads a drawing within its bounds.
fn parse(svg: &[u8], options: &Options<'_>) -> Result<Tree, Trouble> {
    let broken = |why: String| Trouble::Broken(why);
    let svg = std::str::from_utf8(svg).map_err(|_| broken("it is no text".to_owned()))?;
    text::check(svg).map_err(Trouble::TooMuch)?;
    let bounds = ParsingOptions {
        allow_dtd: true,
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    let document =
        Document::parse_with_options(svg, bounds).map_err(|error| broken(error.to_string()))?;
    markup::check(&document).map_err(Trouble::TooMuch)?;
    Tree::from_xmltree(&document, options).map_err(|error| broken(error.to_string()))
}

/// A photograph or the like that stands in a drawing as data, by its first bytes.
fn raster_kind(data: Arc<Vec<u8>>) -> Option<ImageKind> {
    Some(match data.get(..12)? {
        [0xff, 0xd8, 0xff, ..] => ImageKind::JPEG(data),
        [0x89, b'P', b'N', b'G', ..] => ImageKind::PNG(data),
        [b'G', b'I', b'F', b'8', ..] => ImageKind::GIF(data),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => ImageKind::WEBP(data),
        _ => return None,
    })
}

/// Works on a stack of its own: elements within elements are followed by calls within calls.
fn apart<T: Send>(work: impl FnOnce() -> Result<T, Trouble> + Send) -> Result<T, Trouble> {
    let failed = || Trouble::Broken("its reader gave up".to_owned());
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let running = thread.spawn_scoped(scope, work).map_err(|_| failed())?;
        running.join().map_err(|_| failed())?
    })
}
