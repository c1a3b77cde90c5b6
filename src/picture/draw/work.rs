//! Bounds of painting: pixels and memory, reckoned from the shapes before any is painted. It follows the way that resvg
//! takes, layer by layer.

use resvg::tiny_skia::{Path, PathSegment, Point, Rect, Transform};
use resvg::usvg::filter::{Filter, Kind};
use resvg::usvg::{ClipPath, Group, Image, ImageKind, Mask, Node, Paint, Path as Shape, Tree};

use crate::parse::image_size;
use crate::picture::raster;

/// Steps of a few nanoseconds that painting one drawing takes: some seconds on a slow machine.
const STEPS: f64 = 2e9;
/// Pixels that are held at once, of four bytes each.
const PIXELS: f64 = 50e6;
/// Dashes of one drawing.
const DASH: f64 = 200.0;

/// Refuses a drawing that takes long to paint at the scale of `transform` on a canvas of this size, or much memory.
///
/// # Errors
/// In words, what takes so much.
pub(super) fn check(
    tree: &Tree,
    transform: Transform,
    (width, height): (u32, u32),
) -> Result<(), String> {
    let canvas = Canvas {
        width: f64::from(width),
        height: f64::from(height),
        held: f64::from(width) * f64::from(height),
    };
    let mut work = Work { left: STEPS };
    work.children(tree.root(), transform, canvas)
}

/// What is painted on: pixels.
#[derive(Clone, Copy)]
struct Canvas {
    width: f64,
    height: f64,
    /// Pixels of this canvas and of all that wait for it.
    held: f64,
}

impl Canvas {
    fn area(self) -> f64 {
        self.width * self.height
    }

    /// The part of a canvas that a shape can cover.
    fn covered(self, bounds: Rect, transform: Transform) -> f64 {
        let Some(bounds) = bounds.transform(transform) else {
            return self.area();
        };
        let side = |own: f32, whole: f64| f64::from(own).clamp(0.0, whole) + 1.0;
        side(bounds.width(), self.width) * side(bounds.height(), self.height)
    }

    /// Another canvas, while this one is held.
    fn with(self, width: f64, height: f64) -> Result<Canvas, String> {
        let held = self.held + width * height;
        // A size that is no number is none that can be held.
        if held.is_nan() || held > PIXELS {
            return Err(format!(
                "its groups, masks, patterns and filters take more than {} megapixels at once",
                PIXELS / 1e6
            ));
        }
        Ok(Canvas {
            width,
            height,
            held,
        })
    }
}

struct Work {
    left: f64,
}

impl Work {
    fn take(&mut self, steps: f64, what: &str) -> Result<(), String> {
        self.left -= steps;
        // What is no number is too much.
        if self.left >= 0.0 {
            return Ok(());
        }
        Err(format!("{what} take too long to paint"))
    }

    fn children(&mut self, group: &Group, at: Transform, canvas: Canvas) -> Result<(), String> {
        for node in group.children() {
            self.take(100.0, "its many shapes")?;
            match node {
                Node::Group(group) => self.group(group, at, canvas)?,
                Node::Path(shape) => self.shape(shape, at, canvas)?,
                Node::Image(image) => self.image(image, at, canvas)?,
                Node::Text(text) => self.group(text.flattened(), at, canvas)?,
            }
        }
        Ok(())
    }

    fn group(&mut self, group: &Group, at: Transform, canvas: Canvas) -> Result<(), String> {
        let at = at.pre_concat(group.transform());
        if !group.should_isolate() {
            return self.children(group, at, canvas);
        }
        // A layer is at most five times as wide and as high as the canvas.
        let bounds = group.layer_bounding_box().to_rect().transform(at);
        let side = |own: Option<f32>, whole: f64| {
            own.map_or(5.0 * whole, |own| f64::from(own).min(5.0 * whole)) + 4.0
        };
        let width = side(bounds.map(|b| b.width()), canvas.width);
        let height = side(bounds.map(|b| b.height()), canvas.height);
        let layer = canvas.with(width, height)?;
        self.take(6.0 * layer.area(), "its groups")?;
        self.children(group, at, layer)?;
        for filter in group.filters() {
            self.filter(filter, at, layer)?;
        }
        if let Some(clip) = group.clip_path() {
            self.clip(clip, at, layer)?;
        }
        if let Some(mask) = group.mask() {
            self.mask(mask, at, layer)?;
        }
        Ok(())
    }

    fn clip(&mut self, clip: &ClipPath, at: Transform, layer: Canvas) -> Result<(), String> {
        let own = layer.with(layer.width, layer.height)?;
        self.take(6.0 * own.area(), "its clip paths")?;
        self.children(clip.root(), at.pre_concat(clip.transform()), own)?;
        match clip.clip_path() {
            Some(clip) => self.clip(clip, at, own),
            None => Ok(()),
        }
    }

    fn mask(&mut self, mask: &Mask, at: Transform, layer: Canvas) -> Result<(), String> {
        let own = layer.with(layer.width, layer.height)?;
        self.take(10.0 * own.area(), "its masks")?;
        self.children(mask.root(), at, own)?;
        match mask.mask() {
            Some(mask) => self.mask(mask, at, own),
            None => Ok(()),
        }
    }

    fn shape(&mut self, shape: &Shape, at: Transform, canvas: Canvas) -> Result<(), String> {
        if !shape.is_visible() {
            return Ok(());
        }
        let (scale_x, scale_y) = at.get_scale();
        let scale = f64::from(scale_x.max(scale_y));
        let outline = Outline::of(shape.data(), scale, canvas.height);
        let covered = canvas.covered(shape.stroke_bounding_box(), at);
        if let Some(fill) = shape.fill() {
            self.take(4.0 * outline.rows + 3.0 * covered, "its shapes")?;
            self.paint(fill.paint(), at, canvas)?;
        }
        if let Some(stroke) = shape.stroke() {
            self.take(16.0 * outline.rows + 3.0 * covered, "its strokes")?;
            if let Some(dashes) = stroke.dasharray() {
                let period: f32 = dashes.iter().sum();
                let count = outline.length / f64::from(period) * dashes.len() as f64;
                self.take(DASH * count, "its dashes")?;
            }
            self.paint(stroke.paint(), at, canvas)?;
        }
        Ok(())
    }

    fn paint(&mut self, paint: &Paint, at: Transform, canvas: Canvas) -> Result<(), String> {
        let Paint::Pattern(pattern) = paint else {
            return Ok(());
        };
        let (scale_x, scale_y) = at.pre_concat(pattern.transform()).get_scale();
        let width = f64::from(pattern.rect().width()) * f64::from(scale_x);
        let height = f64::from(pattern.rect().height()) * f64::from(scale_y);
        let tile = canvas.with(width, height)?;
        self.take(tile.area(), "its patterns")?;
        let at = Transform::from_scale(scale_x, scale_y);
        self.children(pattern.root(), at, tile)
    }

    fn filter(&mut self, filter: &Filter, at: Transform, layer: Canvas) -> Result<(), String> {
        let (scale_x, scale_y) = at.get_scale();
        // Each step's result is held until the last.
        let mut held = layer;
        for step in filter.primitives() {
            held = held.with(layer.width, layer.height)?;
            let per_pixel = match step.kind() {
                Kind::Turbulence(noise) => 10.0 + 60.0 * f64::from(noise.num_octaves()),
                Kind::ConvolveMatrix(convolve) => {
                    let matrix = convolve.matrix();
                    20.0 + 10.0 * f64::from(matrix.columns()) * f64::from(matrix.rows())
                }
                Kind::Morphology(shift) => {
                    let across = f64::from(shift.radius_x().get() * scale_x).min(layer.width);
                    let down = f64::from(shift.radius_y().get() * scale_y).min(layer.height);
                    10.0 + 4.0 * (2.0 * across + 1.0) * (2.0 * down + 1.0)
                }
                Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) => 80.0,
                Kind::GaussianBlur(_) | Kind::DropShadow(_) => 50.0,
                Kind::Merge(merge) => 10.0 + 5.0 * merge.inputs().len() as f64,
                Kind::Image(image) => {
                    self.children(image.root(), Transform::from_scale(scale_x, scale_y), held)?;
                    10.0
                }
                _ => 20.0,
            };
            self.take(per_pixel * layer.area(), "its filters")?;
        }
        Ok(())
    }

    fn image(&mut self, image: &Image, at: Transform, canvas: Canvas) -> Result<(), String> {
        if !image.is_visible() {
            return Ok(());
        }
        let (name, bytes) = match image.kind() {
            ImageKind::SVG(tree) => {
                let own = canvas.with(canvas.width, canvas.height)?;
                self.take(4.0 * own.area(), "the drawings in it")?;
                return self.children(tree.root(), at, own);
            }
            ImageKind::PNG(bytes) => (".png", bytes),
            ImageKind::JPEG(bytes) => (".jpg", bytes),
            ImageKind::GIF(bytes) => (".gif", bytes),
            ImageKind::WEBP(bytes) => (".webp", bytes),
        };
        // What has no size cannot be shown.
        let Some((width, height)) = image_size::size(name, bytes) else {
            return Ok(());
        };
        let pixels = u64::from(width) * u64::from(height);
        if pixels > raster::PIXELS || width.max(height) > raster::SIDE {
            return Err(format!("a picture in it is {width} by {height} pixels"));
        }
        let own = canvas.with(f64::from(width), f64::from(height))?;
        let covered = canvas.covered(image.bounding_box(), at);
        self.take(10.0 * own.area() + 20.0 * covered, "the pictures in it")
    }
}

/// What the line of a shape takes.
struct Outline {
    /// Rows that its parts cross, those of each part.
    rows: f64,
    /// No shorter than the line, in its own measure.
    length: f64,
}

impl Outline {
    fn of(path: &Path, scale: f64, height: f64) -> Outline {
        let mut outline = Outline {
            rows: 0.0,
            length: 0.0,
        };
        let mut last = Point::zero();
        let mut start = Point::zero();
        for segment in path.segments() {
            let points = match segment {
                PathSegment::MoveTo(to) => {
                    (start, last) = (to, to);
                    continue;
                }
                PathSegment::LineTo(to) => vec![to],
                PathSegment::QuadTo(by, to) => vec![by, to],
                PathSegment::CubicTo(a, b, to) => vec![a, b, to],
                PathSegment::Close => vec![start],
            };
            for to in points {
                let (x, y) = (f64::from(to.x - last.x), f64::from(to.y - last.y));
                outline.length += x.hypot(y);
                outline.rows += 1.0 + (y.abs() * scale).min(height);
                last = to;
            }
        }
        outline
    }
}
