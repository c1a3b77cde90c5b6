//! The pictures of a build: has smaller files made of those that are used, and cards drawn, on all threads,
//! and keeps them from build to build. How a picture is made, [`crate::picture`] knows.

mod derive;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::model::page::PageId;
use crate::model::picture::{Drawable, Drawing, Drawings, Format, PictureFile, Pictures, Recipe};
use crate::model::site::Site;
use crate::model::url::Permalink;
use crate::output::card::{self, SHAPES, Shape};
use crate::output::theme::Theme;
use crate::output::{DrawnIcon, View};
use crate::picture::draw::{Brush, Illustration, Insets};
use crate::picture::raster::{self, Trouble};
use crate::picture::{ico, metadata};
use crate::scan::SourceFile;
use crate::store::derived::Derived;

/// Of a file, no more bytes are read.
const FILE_LIMIT: u64 = 64 << 20;
/// The quality of a photograph within a card.
const INNER_QUALITY: u8 = 90;

/// What makes and keeps a site's pictures.
pub struct Artwork<'a> {
    config: &'a Config,
    assets: &'a [SourceFile],
    images: Derived,
    cards: Derived,
    brush: Option<Brush>,
    /// The site's mark, once a card has asked for it.
    mark: OnceLock<Option<Illustration>>,
}

impl<'a> Artwork<'a> {
    /// For the site at `root`, with what other builds made, if it is to be taken.
    pub fn open(
        root: &Path,
        config: &'a Config,
        theme: &Theme,
        assets: &'a [SourceFile],
        cache: bool,
    ) -> Artwork<'a> {
        Artwork {
            config,
            assets,
            images: Derived::open(root, "images", !cache),
            cards: Derived::open(root, "cards", !cache),
            brush: config.cards.enabled.then(|| Brush::new(&theme.fonts)),
            mark: OnceLock::new(),
        }
    }

    /// Makes the files of all pictures that the site uses in its languages, as far as they are not there already. A picture
    /// that cannot be read is a warning, and is published as it is.
    ///
    /// # Errors
    /// A file cannot be read from the disk.
    pub fn pictures(&self, sites: &[&Site]) -> Result<(Pictures, Vec<Diagnostic>), Error> {
        let mut pictures = Pictures::default();
        let mut diagnostics = Vec::new();
        if self.config.images.enabled {
            let wanted = wanted::find(sites);
            let made: Vec<Result<Option<derive::Made>, Trouble>> = wanted
                .par_iter()
                .map(|wanted| {
                    let file = &self.assets[wanted.asset];
                    let bytes = file.read_head(FILE_LIMIT)?;
                    Ok(match raster::moves(&bytes) {
                        true => Ok(None),
                        false => derive::make(wanted, &bytes, &self.config.images, &self.images)
                            .map(Some),
                    })
                })
                .collect::<Result<_, Error>>()?;
            for (wanted, made) in wanted.iter().zip(made) {
                match made {
                    Ok(Some(made)) => derive::add(&mut pictures, &sites[0].assets, wanted, made),
                    Ok(None) => {}
                    Err(trouble) => {
                        let (message, help) = words(&self.name(wanted.asset), &trouble);
                        let page = &wanted.page;
                        let warning = Diagnostic::warning("picture", page, message).help(help);
                        diagnostics.push(wanted.place.locate(warning));
                    }
                }
            }
            if !self.config.images.originals {
                wanted::keep_back(&mut pictures, sites);
            }
        }
        if self.config.cards.enabled {
            self.find_drawable(&mut pictures, sites)?;
        }
        diagnostics.extend(self.camera_data(&pictures, sites[0])?);
        Ok((pictures, diagnostics))
    }

    /// Warns of originals that are published with what a camera wrote into them: of the kinds that are not rewritten.
    fn camera_data(&self, pictures: &Pictures, site: &Site) -> Result<Vec<Diagnostic>, Error> {
        let look = |(number, file): (usize, &SourceFile)| {
            let left_out = pictures.kept_back.contains(&number) || site.withheld.contains(&number);
            if left_out || !metadata::may_be_opaque(&file.path) {
                return Ok(None);
            }
            if !metadata::is_opaque(&file.read_head(16)?)
                || !metadata::tells(&file.read_head(FILE_LIMIT)?)
            {
                return Ok(None);
            }
            let message = "this picture may tell where and when it was taken, and with what";
            let help = "save it as JPEG, PNG or WebP, from which gen takes out what a camera wrote; or remove it with `exiftool -all=`";
            let path = self.name(number);
            Ok(Some(
                Diagnostic::warning("camera-data", &path, message).help(help),
            ))
        };
        let files = self.assets.par_iter().enumerate();
        let found: Result<Vec<Option<Diagnostic>>, Error> = files.map(look).collect();
        Ok(found?.into_iter().flatten().collect())
    }

    /// A file as messages name it.
    fn name(&self, asset: usize) -> String {
        self.assets[asset].shown()
    }

    /// The pictures at the heads of pages that cards can show.
    fn find_drawable(&self, pictures: &mut Pictures, sites: &[&Site]) -> Result<(), Error> {
        let images = self.config.images.enabled;
        let heroes: BTreeMap<&Permalink, usize> = sites
            .iter()
            .flat_map(|site| wanted::heroes(site))
            .filter(|(permalink, asset)| {
                let path = &self.assets[*asset].path;
                let readable = !images || pictures.sets.contains_key(*permalink);
                raster::is_svg(path) || (raster::is_raster(path) && readable)
            })
            .chain(self.mark_file(sites[0]))
            .collect();
        pictures.drawable = heroes
            .into_par_iter()
            .map(|(permalink, asset)| {
                let bytes = self.assets[asset].read_head(FILE_LIMIT)?;
                let fingerprint = Fingerprint::of(&bytes);
                Ok((permalink.clone(), Drawable { asset, fingerprint }))
            })
            .collect::<Result<_, Error>>()?;
        Ok(())
    }

    /// The drawing that stands for the site, if it can be drawn.
    fn mark_file<'s>(&self, site: &'s Site) -> Option<(&'s Permalink, usize)> {
        let (permalink, asset) = card::MARKS.iter().find_map(|name| {
            let asset = site.assets.binary_search(&Permalink::file(name)).ok()?;
            (!site.withheld.contains(&asset)).then(|| (&site.assets[asset], asset))
        })?;
        self.read_mark(asset).map(|_| (permalink, asset))
    }

    fn read_mark(&self, asset: usize) -> Option<&Illustration> {
        let read = || {
            let bytes = self.assets[asset].read_head(FILE_LIMIT).ok()?;
            let brush = self.brush.as_ref()?;
            brush
                .illustration(&bytes, (SHAPES[0].width, SHAPES[0].height))
                .ok()
        };
        self.mark.get_or_init(read).as_ref()
    }

    /// The bytes of a file made of a picture.
    ///
    /// # Errors
    /// The original cannot be read from the disk. The inner error: it changed during the build.
    pub fn picture(&self, file: &PictureFile) -> Result<Result<Vec<u8>, Box<Diagnostic>>, Error> {
        if let Some(bytes) = self.images.get(file.key) {
            return Ok(Ok(bytes));
        }
        let bytes = self.assets[file.asset].read_head(FILE_LIMIT)?;
        let made = raster::read(&bytes, derive::largest(&self.config.images))
            .and_then(|raster| raster.make(file.recipe));
        Ok(match made {
            Ok(bytes) => {
                self.images.put(file.key, &bytes);
                Ok(bytes)
            }
            Err(trouble) => {
                let path = self.name(file.asset);
                let (message, help) = words(&path, &trouble);
                Err(Box::new(
                    Diagnostic::error("picture", &path, message).help(help),
                ))
            }
        })
    }

    /// The bytes of `favicon.ico`, made of an icon of the site's own. One that cannot be drawn is left empty: browsers have
    /// the icon itself.
    ///
    /// # Errors
    /// The icon cannot be read from the disk.
    pub fn icon(
        &self,
        view: &View<'_>,
        asset: usize,
    ) -> Result<Result<Vec<u8>, Box<Diagnostic>>, Error> {
        let file = &self.assets[asset];
        let bytes = file.read_head(FILE_LIMIT)?;
        Ok(Ok(match raster::is_svg(&file.path) {
            true => ico::of_pixels(&Brush::new(&view.theme.fonts).pixels(&bytes, ico::SIDE)),
            false => ico::of_png(&bytes),
        }))
    }

    /// The bytes of an icon that is drawn of an SVG file for a site that has none.
    ///
    /// # Errors
    /// The SVG, which a template made, cannot be drawn.
    pub fn drawn_icon(
        &self,
        view: &View<'_>,
        icon: DrawnIcon,
        svg: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let brush = Brush::new(&view.theme.fonts);
        let side = DrawnIcon::SIDE;
        let made = match icon {
            DrawnIcon::Asked => Ok(ico::of_pixels(&brush.pixels(svg.as_bytes(), ico::SIDE))),
            DrawnIcon::Touch => brush.draw(svg, Insets::default(), (side, side)),
        };
        made.map_err(|trouble| undrawn(view, DrawnIcon::TEMPLATE, trouble))
    }

    /// The bytes of what is drawn for a page.
    ///
    /// # Errors
    /// The page's picture cannot be read from the disk. The inner error: it, or the template, cannot be drawn.
    pub fn drawing(
        &self,
        view: &View<'_>,
        drawing: &Drawing,
        id: PageId,
        shape: usize,
    ) -> Result<Result<Vec<u8>, Box<Diagnostic>>, Error> {
        let Some(brush) = &self.brush else {
            return Ok(Ok(Vec::new()));
        };
        if let Some(bytes) = self.cards.get(drawing.key) {
            return Ok(Ok(bytes));
        }
        let shape_of = &SHAPES[shape];
        let svg = match card::svg(view, id, shape) {
            Ok(svg) => svg,
            Err(error) => return Ok(Err(error)),
        };
        let page = view.site.page(id);
        let illustration = match card::illustration(view, id) {
            None => None,
            Some(found) => match self.illustration(brush, found, shape_of)? {
                Ok(illustration) => Some(illustration),
                Err(trouble) => {
                    let (message, help) = words(&self.name(found.asset), &trouble);
                    let help = match trouble {
                        Trouble::Broken(_) => {
                            "a browser that opens the file says what is wrong with it"
                        }
                        _ => &help,
                    };
                    let written = page.front.image.as_ref().map_or("", |image| &image.src);
                    let error = Diagnostic::error("picture", &page.path(), message);
                    return Ok(Err(Box::new(error.at_item("image", written).help(help))));
                }
            },
        };
        let insets = Insets {
            illustration: illustration.as_ref(),
            mark: card::mark(view).and_then(|found| self.read_mark(found.asset)),
        };
        Ok(
            match brush.draw(&svg, insets, (shape_of.width, shape_of.height)) {
                Ok(bytes) => {
                    self.cards.put(drawing.key, &bytes);
                    Ok(bytes)
                }
                Err(trouble) => {
                    let mut error = undrawn(view, shape_of.template, trouble);
                    error.help = Some(format!("found while drawing the card of {}", page.path()));
                    Err(error)
                }
            },
        )
    }

    fn illustration(
        &self,
        brush: &Brush,
        found: Drawable,
        shape: &Shape,
    ) -> Result<Result<Illustration, Trouble>, Error> {
        let file = &self.assets[found.asset];
        let bytes = file.read_head(FILE_LIMIT)?;
        if raster::is_svg(&file.path) {
            return Ok(brush.illustration(&bytes, (shape.width, shape.height)));
        }
        let jpeg = raster::read(&bytes, SHAPES[0].width).and_then(|raster| {
            raster.make(Recipe {
                width: raster.width,
                format: Format::Jpeg,
                quality: INNER_QUALITY,
            })
        });
        Ok(jpeg.map(|bytes| Illustration::Jpeg(Arc::new(bytes))))
    }

    /// Forgets what this build had no use for.
    pub fn prune(&self, pictures: &Pictures, drawings: &[Vec<Drawings>]) {
        self.images.prune(&pictures.entries);
        let drawn = drawings.iter().flatten();
        let drawn = drawn.flat_map(|d| [&d.card, &d.pin]).flatten();
        let drawn: BTreeSet<Fingerprint> = drawn.map(|drawing| drawing.key).collect();
        self.cards.prune(&drawn);
    }
}

/// What is wrong with the drawing that a template made.
fn undrawn(view: &View<'_>, template: &str, trouble: Trouble) -> Box<Diagnostic> {
    let why = match trouble {
        Trouble::Broken(why) | Trouble::TooMuch(why) => why,
        large => words("it", &large).0,
    };
    let message = format!("what this template makes cannot be drawn: {why}");
    let path = view.theme.template_path(template);
    Box::new(Diagnostic::error("template", path, message))
}

/// What is wrong with a file, and what to do about it.
fn words(file: &str, trouble: &Trouble) -> (String, String) {
    match trouble {
        Trouble::TooLarge(pixels) => (
            format!(
                "{file} has {} megapixels; up to {} are read",
                pixels.div_ceil(1_000_000),
                raster::PIXELS / 1_000_000
            ),
            "save it smaller, such as 3000 pixels wide: it is published as it is, for every reader to load"
                .to_owned(),
        ),
        Trouble::TooLong(side) => (
            format!(
                "{file} is {side} pixels long; a side of up to {} is read",
                raster::SIDE
            ),
            "save it smaller, such as 3000 pixels wide: it is published as it is, for every reader to load"
                .to_owned(),
        ),
        Trouble::TooMuch(why) => (
            format!("{file} cannot be drawn for the card: {why}"),
            "simplify it in a drawing program, or save it as a PNG file about 2000 pixels wide and name that one"
                .to_owned(),
        ),
        Trouble::Broken(why) => (
            format!("{file} cannot be read as a picture: {why}"),
            "open it in a picture editor and save it anew; it is published as it is".to_owned(),
        ),
    }
}
