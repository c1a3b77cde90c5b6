//! The files of one picture: which they are, and making those that are not kept from another build.

use super::wanted::Wanted;
use crate::config::Images;
use crate::fingerprint::Fingerprint;
use crate::model::picture::{Format, PictureFile, PictureSet, Pictures, Recipe};
use crate::model::url::Permalink;
use crate::picture::metadata;
use crate::picture::raster::{self, Trouble};
use crate::store::derived::Derived;

/// The width of the file for other sites: what Open Graph asks for.
const SHARED: u32 = 1200;
/// The width of a picture beside a name, for screens of three times the usual density.
const PORTRAIT: u32 = 192;

/// What was made of one picture.
pub(super) struct Made {
    tone: Option<[u8; 3]>,
    files: Vec<(Use, Recipe, Fingerprint, u32)>,
    facts: Fingerprint,
}

/// What a file is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Page,
    Portrait,
    Sharing,
}

/// What is known of a picture without reading it again: its size as it is used here, and its mean colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Facts {
    width: u32,
    height: u32,
    tone: Option<[u8; 3]>,
}

/// The width above which nothing is kept of a picture.
pub(super) fn largest(images: &Images) -> u32 {
    images.widths.iter().copied().fold(SHARED, u32::max)
}

/// Makes the files of a picture, as far as they are not kept.
///
/// # Errors
/// It cannot be read.
pub(super) fn make(
    wanted: &Wanted,
    bytes: &[u8],
    images: &Images,
    kept: &Derived,
) -> Result<Made, Trouble> {
    if metadata::is_cut_jpeg(bytes) {
        return Err(Trouble::Broken("it ends early".to_owned()));
    }
    let largest = largest(images);
    let source = Fingerprint::of(bytes);
    let key = |what: &str| {
        let all = format!("{} {source} {largest} {what}", raster::VERSION);
        Fingerprint::of(all.as_bytes())
    };
    let mut read = None;
    let facts = match kept.get(key("facts")).and_then(|kept| Facts::parse(&kept)) {
        Some(facts) => facts,
        None => {
            let raster = read.insert(raster::read(bytes, largest)?);
            let facts = Facts {
                width: raster.width,
                height: raster.height,
                tone: raster.tone(),
            };
            kept.put(key("facts"), &facts.bytes());
            facts
        }
    };
    let mut files = Vec::new();
    for (purpose, recipe) in recipes(wanted, images, facts.width) {
        let key = key(&format!("{recipe:?}"));
        if !kept.has(key) {
            let raster = match read {
                Some(ref raster) => raster,
                None => read.insert(raster::read(bytes, largest)?),
            };
            kept.put(key, &raster.make(recipe)?);
        }
        let height = raster::scaled(facts.height, facts.width, recipe.width);
        files.push((purpose, recipe, key, height));
    }
    Ok(Made {
        tone: facts.tone,
        files,
        facts: key("facts"),
    })
}

fn recipes(wanted: &Wanted, images: &Images, width: u32) -> Vec<(Use, Recipe)> {
    let recipe = |width, format| Recipe {
        width,
        format,
        quality: images.quality,
    };
    let mut recipes = Vec::new();
    if wanted.shown {
        let mut widths: Vec<u32> = images.widths.clone();
        widths.retain(|wide| *wide < width);
        // The picture's own width is the last, unless a wider one was asked for than it has.
        if widths.len() < images.widths.len() {
            widths.push(width);
        }
        recipes.extend(
            widths
                .iter()
                .map(|wide| (Use::Page, recipe(*wide, Format::WebP))),
        );
    }
    if wanted.portrait {
        recipes.push((Use::Portrait, recipe(width.min(PORTRAIT), Format::WebP)));
    }
    if wanted.shared {
        recipes.push((Use::Sharing, recipe(width.min(SHARED), Format::Jpeg)));
    }
    recipes
}

/// Adds what was made to the site's pictures.
pub(super) fn add(pictures: &mut Pictures, assets: &[Permalink], wanted: &Wanted, made: Made) {
    let original = &assets[wanted.asset];
    let mut set = PictureSet {
        tone: made.tone.map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}")),
        ..PictureSet::default()
    };
    pictures.entries.insert(made.facts);
    for (purpose, recipe, key, height) in made.files {
        // A portrait may be as wide as a file for pages is.
        let known = pictures
            .files
            .iter()
            .rposition(|file| file.key == key && file.asset == wanted.asset);
        let number = known.unwrap_or(pictures.files.len());
        if known.is_none() {
            pictures.entries.insert(key);
            pictures.files.push(PictureFile {
                asset: wanted.asset,
                permalink: address(original, recipe, key),
                key,
                recipe,
                height,
            });
        }
        match purpose {
            Use::Page => set.sizes.push(number),
            Use::Portrait => set.portrait = Some(number),
            Use::Sharing => set.share = Some(number),
        }
    }
    pictures.sets.insert(original.clone(), set);
}

/// `/a/beach.jpg` is `/pictures/a/beach.800.3f2a1b9c04.webp`: hosts may keep for ever what is in that folder, which most of
/// them can only be told of whole folders.
fn address(original: &Permalink, recipe: Recipe, key: Fingerprint) -> Permalink {
    let path = original.as_str();
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let ending = match recipe.format {
        Format::WebP => "webp",
        Format::Jpeg => "jpg",
    };
    Permalink::file(&format!(
        "pictures{stem}.{}.{}.{ending}",
        recipe.width,
        key.short()
    ))
}

impl Facts {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = [self.width.to_le_bytes(), self.height.to_le_bytes()].concat();
        bytes.extend(self.tone.iter().flatten());
        bytes
    }

    fn parse(bytes: &[u8]) -> Option<Facts> {
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let tone = match bytes.get(8..)? {
            [] => None,
            tone => Some(tone.try_into().ok()?),
        };
        Some(Facts {
            width: number(0)?,
            height: number(4)?,
            tone,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_back_as_they_were() {
        for tone in [None, Some([1, 2, 3])] {
            let facts = Facts {
                width: 1600,
                height: 900,
                tone,
            };
            assert_eq!(Facts::parse(&facts.bytes()), Some(facts));
        }
        assert_eq!(Facts::parse(&[0; 10]), None);
        assert_eq!(Facts::parse(&[]), None);
    }
}
