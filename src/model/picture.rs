//! Names what is made of the site's pictures, as plain data: the files derived from them, and the cards drawn for
//! pages. Their bytes are [`crate::picture`]'s to make, and `build()`'s to keep.

use std::collections::{BTreeMap, BTreeSet};

use borsh::BorshSerialize;

use crate::fingerprint::Fingerprint;
use crate::model::url::Permalink;

/// Everything that is made of pictures.
#[derive(Debug, Default)]
pub struct Pictures {
    /// The derived files, in the order of their originals.
    pub files: Vec<PictureFile>,
    /// What stands in a picture's place, by the address of the original.
    pub sets: BTreeMap<Permalink, PictureSet>,
    /// What can be drawn into a card, by address.
    pub drawable: BTreeMap<Permalink, Drawable>,
    /// The entries of the cache that these files are, and others that were of use.
    pub entries: BTreeSet<Fingerprint>,
    /// Originals that are not published, by their places in the list of assets.
    pub kept_back: BTreeSet<usize>,
}

/// A picture of `content/` that can be drawn into a card.
#[derive(Clone, Copy, Debug, BorshSerialize)]
pub struct Drawable {
    /// Its place in the list of assets.
    pub asset: usize,
    /// Of its bytes.
    pub fingerprint: Fingerprint,
}

/// The files made of one picture. The numbers are places in [`Pictures::files`].
#[derive(Clone, Debug, Default, BorshSerialize)]
pub struct PictureSet {
    /// Those that a browser chooses from, narrowest first. Never empty where `portrait` is nothing.
    pub sizes: Vec<usize>,
    /// A small one, for a byline.
    pub portrait: Option<usize>,
    /// One that every other site understands.
    pub share: Option<usize>,
    /// Its mean colour, `#c8b79a`; nothing where one can see through it.
    pub tone: Option<String>,
}

/// A file made of a picture.
#[derive(Clone, Debug, BorshSerialize)]
pub struct PictureFile {
    /// The original, by its place in the list of assets.
    pub asset: usize,
    /// Its address.
    pub permalink: Permalink,
    /// Its name in the cache: a hash of all that its bytes depend on.
    pub key: Fingerprint,
    /// How it is made.
    pub recipe: Recipe,
    /// Pixels.
    pub height: u32,
}

/// How a file is made of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize)]
pub struct Recipe {
    /// Pixels.
    pub width: u32,
    /// Its kind.
    pub format: Format,
    /// 1 to 100.
    pub quality: u8,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize)]
pub enum Format {
    /// For browsers.
    WebP,
    /// For other sites, some of which read nothing newer.
    Jpeg,
}

/// What is drawn for one page.
#[derive(Clone, Debug, Default, BorshSerialize)]
pub struct Drawings {
    /// For messages and social networks, 1200×630.
    pub card: Option<Drawing>,
    /// For pinning, 1000×1500.
    pub pin: Option<Drawing>,
}

/// A picture that is drawn from a template.
#[derive(Clone, Debug, BorshSerialize)]
pub struct Drawing {
    /// Its address.
    pub permalink: Permalink,
    /// Its name in the cache.
    pub key: Fingerprint,
}
