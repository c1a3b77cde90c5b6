//! The keys of the front matter that name pages and pictures of the site, and the day in a file's name.

use crate::model::date::WrittenDate;
use crate::model::front_matter::FrontMatter;

/// What a key's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A reference to a page, read in the file's own folder.
    Reference,
    /// A reference that may end in an anchor.
    Place,
    /// A reference for every file of a folder.
    Default,
    /// The path of a picture.
    Picture,
}

/// A reference, and the anchor behind it with its sign.
pub(super) fn place(text: &str) -> (&str, &str) {
    text.split_at(text.find('#').unwrap_or(text.len()))
}

/// One text of the front matter that names something.
pub struct Named<'a> {
    /// The top-level key that it stands below.
    pub key: &'static str,
    /// What it is.
    pub sort: Sort,
    /// As it is written.
    pub text: &'a mut String,
}

/// All of them, always in the same order.
pub fn named(front: &mut FrontMatter) -> Vec<Named<'_>> {
    let mut all = Vec::new();
    let mut add = |key, sort, text| all.push(Named { key, sort, text });
    let FrontMatter {
        steps,
        after,
        up_next,
        lead,
        home,
        image,
        pin,
        picture,
        defaults,
        translation_of,
        ..
    } = front;
    steps
        .0
        .iter_mut()
        .for_each(|text| add("steps", Sort::Reference, text));
    after
        .iter_mut()
        .for_each(|text| add("after", Sort::Reference, text));
    translation_of
        .iter_mut()
        .for_each(|text| add("translation_of", Sort::Reference, text));
    lead.iter_mut()
        .for_each(|text| add("lead", Sort::Reference, text));
    if let Some(home) = home {
        let names = home.names();
        names
            .articles
            .into_iter()
            .for_each(|text| add("home", Sort::Reference, text));
        names
            .doors
            .into_iter()
            .for_each(|text| add("home", Sort::Place, text));
    }
    let wish = up_next
        .iter_mut()
        .flat_map(|wish| wish.pins.iter_mut().chain(&mut wish.never));
    for text in wish.filter(|text| !text.starts_with("tag:")) {
        add("up_next", Sort::Reference, text);
    }
    let defaults = defaults
        .iter_mut()
        .filter_map(|defaults| defaults.up_next.as_mut());
    let wish = defaults.flat_map(|wish| wish.pins.iter_mut().chain(&mut wish.never));
    for text in wish.filter(|text| !text.starts_with("tag:")) {
        add("defaults", Sort::Default, text);
    }
    let pictures = [
        ("image", image.as_mut().map(|image| &mut image.src)),
        ("pin", pin.as_mut()),
        ("picture", picture.as_mut()),
    ];
    for (key, text) in pictures {
        if let Some(text) = text {
            add(key, Sort::Picture, text);
        }
    }
    all
}

/// The day at the start of a file's name, and how it is written there.
pub(super) fn day_in(source: &str) -> Option<(WrittenDate, &str)> {
    let name = source.rsplit('/').next()?;
    let (date, _) = WrittenDate::from_file_name(name.strip_suffix(".md")?)?;
    Some((date, name.get(..10)?))
}
