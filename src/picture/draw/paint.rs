//! Paints a card. A drawing that the template sets into a rectangle is painted on a canvas of that rectangle's size:
//! resvg alone would take two layers for it, one as large as the card.

use resvg::tiny_skia::{IntRect, Pixmap, PixmapPaint, Rect, Transform};
use resvg::usvg::{BlendMode, Group, ImageKind, Node, Tree};

/// Paints what a template made over a canvas of its size.
pub(super) fn paint(tree: &Tree, canvas: &mut Pixmap) {
    let root = tree.root();
    let has_inset = root.children().iter().any(|node| Inset::of(node).is_some());
    if !has_inset || !is_plain(root) {
        resvg::render(tree, Transform::identity(), &mut canvas.as_mut());
        return;
    }
    for node in root.children() {
        if let Some(inset) = Inset::of(node)
            && inset.paint(canvas).is_some()
        {
            continue;
        }
        // A node is painted at the corner of its bounds.
        let Some(bounds) = node.abs_layer_bounding_box() else {
            continue;
        };
        let place = Transform::from_translate(bounds.x(), bounds.y());
        resvg::render_node(node, place, &mut canvas.as_mut());
    }
}

/// A drawing within the template's, cut at a rectangle of whole pixels.
struct Inset<'t> {
    tree: &'t Tree,
    transform: Transform,
    frame: IntRect,
}

impl<'t> Inset<'t> {
    /// `<image preserveAspectRatio="… slice">`, as usvg puts it: a group with a rectangle for its clip path, in it one with
    /// a transform, in it the image.
    fn of(node: &'t Node) -> Option<Inset<'t>> {
        let Node::Group(outer) = node else {
            return None;
        };
        let clip = outer.clip_path()?;
        let plain = outer.filters().is_empty()
            && outer.mask().is_none()
            && outer.opacity().get() == 1.0
            && outer.blend_mode() == BlendMode::Normal
            && outer.transform().is_identity()
            && outer.abs_transform().is_identity()
            && clip.clip_path().is_none()
            && clip.transform().is_identity();
        let ([Node::Group(inner)], [Node::Path(shape)]) =
            (outer.children(), clip.root().children())
        else {
            return None;
        };
        let [Node::Image(image)] = inner.children() else {
            return None;
        };
        let ImageKind::SVG(tree) = image.kind() else {
            return None;
        };
        let bounds = shape.data().bounds();
        let is_rectangle = shape.data().len() == 5;
        let usable = plain && !inner.should_isolate() && image.is_visible() && is_rectangle;
        usable.then_some(Inset {
            tree,
            transform: image.abs_transform(),
            frame: whole(bounds)?,
        })
    }

    /// Nothing where the rectangle is not on the canvas.
    fn paint(&self, canvas: &mut Pixmap) -> Option<()> {
        let frame = self.frame;
        let on_canvas = frame.x() >= 0
            && frame.y() >= 0
            && i64::from(frame.x()) + i64::from(frame.width()) <= i64::from(canvas.width())
            && i64::from(frame.y()) + i64::from(frame.height()) <= i64::from(canvas.height());
        let mut own = on_canvas.then(|| Pixmap::new(frame.width(), frame.height()))??;
        let place = (self.transform).post_translate(-frame.x() as f32, -frame.y() as f32);
        resvg::render(self.tree, place, &mut own.as_mut());
        if own.pixels().iter().all(|pixel| pixel.is_opaque()) {
            self.lay(&own, canvas);
            return Some(());
        }
        let paint = PixmapPaint::default();
        canvas.draw_pixmap(
            frame.x(),
            frame.y(),
            own.as_ref(),
            &paint,
            Transform::identity(),
            None,
        );
        Some(())
    }

    /// Puts pixels that nobody can see through in the place of others, which takes a tenth of the time of painting them.
    fn lay(&self, own: &Pixmap, canvas: &mut Pixmap) {
        let (left, top) = (self.frame.x() as usize, self.frame.y() as usize);
        let (wide, width) = (canvas.width() as usize, own.width() as usize);
        let rows = canvas.pixels_mut().chunks_exact_mut(wide).skip(top);
        for (row, new) in rows.zip(own.pixels().chunks_exact(width)) {
            row[left..left + width].copy_from_slice(new);
        }
    }
}

fn is_plain(group: &Group) -> bool {
    group.transform().is_identity() && !group.should_isolate()
}

/// A rectangle whose sides lie between pixels.
fn whole(bounds: Rect) -> Option<IntRect> {
    let sides = [bounds.x(), bounds.y(), bounds.width(), bounds.height()];
    let is_whole = sides
        .iter()
        .all(|side| side.fract() == 0.0 && side.abs() < 1e6);
    let [x, y, width, height] = sides;
    is_whole.then(|| IntRect::from_xywh(x as i32, y as i32, width as u32, height as u32))?
}
