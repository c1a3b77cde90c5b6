//! Pictures drawn for articles, from the theme's SVG templates: a card for messages and social networks,
//! and a pin. An author's own pictures come before them.

use rayon::prelude::*;

use super::template::{Context, object};
use super::theme::direction;
use super::{Job, Planner, Rendered, Renderer, Subject, View, context, picture, target};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::model::front_matter::text::one_line;
use crate::model::page::{Kind, Page, PageId};
use crate::model::picture::{Drawable, Drawing, Drawings, PictureFile};
use crate::model::site::Target;
use crate::model::url::Permalink;
use crate::picture::{draw, raster};

/// A kind of drawing.
pub struct Shape {
    /// Its template.
    pub template: &'static str,
    /// Before the fingerprint in its file's name.
    ending: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The kinds of drawings.
pub const SHAPES: [Shape; 2] = [
    Shape {
        template: "cards/social.svg",
        ending: "",
        width: 1200,
        height: 630,
    },
    Shape {
        template: "cards/pin.svg",
        ending: ".pin",
        width: 1000,
        height: 1500,
    },
];

/// The drawings at the root of `content/` that can stand for the site: the first that is there does.
pub const MARKS: [&str; 2] = ["mark.svg", "favicon.svg"];

/// An author's own picture takes the card's place if it is as large as social networks want it.
const OWN: (u32, u32) = (1200, 600);

pub(super) fn plan(planner: &Planner<'_>, jobs: &mut Vec<Job>) {
    for (id, drawings) in planner.site.ids().zip(planner.drawings) {
        for (shape, drawing) in [&drawings.card, &drawings.pin].into_iter().enumerate() {
            if let Some(drawing) = drawing {
                let owner = format!("the card of {}", planner.site.page(id).path());
                let subject = Subject::Drawing(id, shape);
                jobs.push(Job::new(drawing.permalink.clone(), owner, subject));
            }
        }
    }
}

pub(super) fn render(view: &View<'_>, page: PageId, shape: usize) -> Rendered {
    let drawing = drawing(view, page, shape).cloned();
    drawing.map_or(Rendered::Bytes(Vec::new()), |drawing| Rendered::Drawing {
        drawing,
        page,
        shape,
    })
}

/// What is to be drawn, by page, and what is wrong with it.
pub fn drawings(
    planner: &Planner<'_>,
    renderer: &Renderer<'_>,
) -> (Vec<Drawings>, Vec<Diagnostic>) {
    if !planner.config.cards.enabled {
        return (Vec::new(), Vec::new());
    }
    let fonts: Vec<Fingerprint> = planner
        .theme
        .fonts
        .files
        .iter()
        .map(|file| Fingerprint::of(file))
        .collect();
    let salt = format!("{} {fonts:?}", draw::VERSION);
    let ids: Vec<PageId> = planner.site.ids().collect();
    let made: Vec<Result<Drawings, Unset>> = ids
        .par_iter()
        .map(|id| renderer.look(|view| of_page(view, *id, &salt)))
        .collect();
    let mut drawings = Vec::with_capacity(made.len());
    let mut diagnostics = Vec::new();
    let mut without: Vec<(&Page, char)> = Vec::new();
    for (id, made) in ids.iter().zip(made) {
        match &made {
            Err(Unset::Sign(sign)) => without.push((planner.site.page(*id), *sign)),
            // One mistake in the template is one, however many cards it shows on.
            Err(Unset::Template(error)) if diagnostics.is_empty() => {
                diagnostics.push((**error).clone())
            }
            _ => {}
        }
        drawings.push(made.unwrap_or_default());
    }
    if let Some((page, sign)) = without.first() {
        let message = format!(
            "no card is drawn for {} of the pages: the theme's fonts have no `{sign}`, as in {}",
            without.len(),
            page.path()
        );
        let help = "put a font that has it into the folder cards/ of a theme of your own, as .ttf or .otf, or take `enabled` out";
        diagnostics.push(
            Diagnostic::warning("card-font", config::FILE, message)
                .at_key("cards")
                .help(help),
        );
    }
    (drawings, diagnostics)
}

/// Why nothing is drawn.
enum Unset {
    Sign(char),
    Template(Box<Diagnostic>),
}

fn of_page(view: &View<'_>, id: PageId, salt: &str) -> Result<Drawings, Unset> {
    let page = view.site.page(id);
    let without = matches!(page.kind, Kind::Author | Kind::Term | Kind::Index);
    if without || page.original.is_some() || page.front.card == Some(false) {
        return Ok(Drawings::default());
    }
    settable(view, context::title(view, id)).map_err(Unset::Sign)?;
    let drawing = |shape: usize| {
        let svg = svg(view, id, shape).map_err(Unset::Template)?;
        let inner = illustration(view, id);
        let photograph =
            inner.is_some_and(|found| raster::is_raster(view.site.assets()[found.asset].as_str()));
        let inner = inner.map(|found| found.fingerprint);
        let mark = mark(view).map(|found| found.fingerprint);
        let key = Fingerprint::of(format!("{salt} {inner:?} {mark:?} {svg}").as_bytes());
        let place = match page.permalink.as_str().trim_matches('/') {
            "" => "index",
            place => place,
        };
        let name = format!(
            "cards/{place}{}.{}.{}",
            SHAPES[shape].ending,
            key.short(),
            if photograph { "jpg" } else { "png" }
        );
        Ok(Some(Drawing {
            permalink: Permalink::file(&name),
            key,
        }))
    };
    let covered = own(view, id).is_some_and(|own| own.is_large);
    let pinned = !page.is_article() || page.front.pin.is_some();
    Ok(Drawings {
        card: if covered { None } else { drawing(0)? },
        pin: if pinned { None } else { drawing(1)? },
    })
}

/// The SVG of a drawing, with the article's picture named, not in it.
///
/// # Errors
/// A mistake in the template.
pub fn svg(view: &View<'_>, id: PageId, shape: usize) -> Result<String, Box<Diagnostic>> {
    let page = view.site.page(id);
    let Shape {
        template,
        width,
        height,
        ..
    } = SHAPES[shape];
    let places = &view.site.places(id);
    let section = places
        .section
        .map(|id| view.site.section(id))
        .filter(|section| section.page != Some(id));
    let text = |text: &str| settable(view, text).unwrap_or_default();
    let deck = page.deck.as_ref().map_or("", |deck| &deck.text);
    let steps = view.site.guide_of_hub(id).map(|guide| guide.steps.len());
    let step = view.site.step_of(id);
    let mut context = Context::new();
    let value = object! {
        "width" => width,
        "height" => height,
        "title" => text(context::title(view, id)),
        "section" => text(section.map_or("", |section| &section.title)),
        "deck" => text(deck),
        "site" => text(&view.config.title),
        "host" => view.config.base_url.host(),
        "is_home" => page.kind == Kind::Home,
        "steps" => steps,
        "step" => step.map(|(_, step)| step + 1),
        "total" => step.map(|(guide, _)| guide.steps.len()),
        "mark" => mark(view).map(|_| draw::MARK),
        "illustration" => illustration(view, id).map(|_| draw::ILLUSTRATION),
        // For patterns that are each article's own, and stay as they are when it changes.
        "number" => Fingerprint::of(page.permalink.as_str().as_bytes()).0 as u32 % 360,
        "direction" => direction(&view.config.language),
    };
    context.insert_value("card", value);
    view.templates.render(template, &context, &page.path())
}

/// A text without signs that are no letters and that no font has, such as emoji. The letter, if a font lacks one.
fn settable(view: &View<'_>, text: &str) -> Result<String, char> {
    let fonts = &view.theme.fonts;
    let mut kept = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign.is_whitespace() || fonts.has(sign) {
            true => kept.push(sign),
            false if sign.is_alphanumeric() => return Err(sign),
            false => {}
        }
    }
    Ok(one_line(&kept).into_owned())
}

/// The drawing that stands for the site.
pub fn mark(view: &View<'_>) -> Option<Drawable> {
    let mut marks = MARKS.iter().map(|name| Permalink::file(name));
    marks.find_map(|mark| view.site.drawable(&mark))
}

/// The picture of a page that can be drawn into its cards.
pub fn illustration(view: &View<'_>, id: PageId) -> Option<Drawable> {
    match &view.site.hero(id)?.target {
        Target::Path { permalink, .. } => view.site.drawable(permalink),
        _ => None,
    }
}

fn share<'a>(view: &'a View<'_>, permalink: &Permalink) -> Option<&'a PictureFile> {
    let number = view.site.picture_set(permalink)?.share?;
    Some(view.site.picture_file(number))
}

/// The picture that stands for a page on other sites.
pub(super) struct Image<'a> {
    pub(super) url: String,
    pub(super) alt: &'a str,
    pub(super) size: Option<(u32, u32)>,
    /// It takes a card's place.
    is_large: bool,
}

/// An author's own large picture, else the card, else the own picture as it is.
pub(super) fn image<'a>(view: &'a View<'_>, id: PageId) -> Option<Image<'a>> {
    match of(view, id) {
        Some(card) => Some(Image {
            url: view.config.base_url.absolute(&card.permalink),
            alt: context::title(view, id),
            size: Some((SHAPES[0].width, SHAPES[0].height)),
            is_large: true,
        }),
        None => own(view, id),
    }
}

/// The picture at a page's head, if other sites can show it: none of them draws SVG.
fn own<'a>(view: &'a View<'_>, id: PageId) -> Option<Image<'a>> {
    let hero = view.site.hero(id)?;
    let base = &view.config.base_url;
    let alt = view.site.page(id).front.image.as_ref();
    let mut image = Image {
        url: target::href(view, &hero.target, true)?,
        alt: alt.map_or("", |image| &image.alt),
        size: hero.size,
        // How large one elsewhere is, its author knows.
        is_large: true,
    };
    if let Target::Path { permalink, .. } = &hero.target {
        if raster::is_svg(permalink.as_str()) {
            return None;
        }
        if let Some(file) = share(view, permalink) {
            image.url = base.absolute(&file.permalink);
            image.size = Some((file.recipe.width, file.height));
        }
        let (width, height) = image.size.unwrap_or_default();
        image.is_large = width >= OWN.0 && height >= OWN.1;
    }
    Some(image)
}

/// What is drawn for a page in one of the [`SHAPES`].
pub fn drawing<'a>(view: &'a View<'_>, id: PageId, shape: usize) -> Option<&'a Drawing> {
    let drawings = view.site.drawings(id)?;
    match shape {
        0 => drawings.card.as_ref(),
        _ => drawings.pin.as_ref(),
    }
}

/// The card of a page.
pub(super) fn of<'a>(view: &'a View<'_>, id: PageId) -> Option<&'a Drawing> {
    drawing(view, id, 0)
}

/// The address of a page's pin: its author's, or the one that is drawn.
pub(super) fn pin(view: &View<'_>, id: PageId) -> Option<String> {
    let (base, page) = (&view.config.base_url, view.site.page(id));
    let Some(written) = page.front.pin.as_deref() else {
        return drawing(view, id, 1).map(|drawn| base.href(&drawn.permalink));
    };
    let shared = picture::file(page, written).and_then(|original| share(view, &original));
    match shared {
        Some(file) => Some(picture::href(view, file)),
        None => picture::file_href(view, page, written),
    }
}
