//! One file of `content/` as parse leaves it: complete in itself, knowing no other page. Links are as
//! written; what they lead to stands in [`crate::model::site::Site`].

mod body;
mod callout;
mod include;
mod link;
mod load;

use std::borrow::Cow;
use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::fingerprint::Fingerprint;
use crate::model::date::Date;
use crate::model::front_matter::FrontMatter;
use crate::model::id::Id;
use crate::model::line::Line;
use crate::model::reply::{self, Reply};
use crate::model::shortcode::Shortcode;
use crate::model::source;
use crate::model::terms::{Terms, Vocabulary};
use crate::model::texts::Texts;
use crate::model::url::Permalink;
pub use body::{Body, Hole};
pub use callout::{Callout, ShownCallout};
pub use include::{Included, Inserted, InsertedKind, InsertedPart};
pub use link::{Link, LinkForm, id_of_fragment};
pub use load::{Load, LoadKind};

/// The id of a page: pages are sorted by file.
pub type PageId = Id<Page>;

/// What a file is, by its path and, at the root, by whether it has a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Kind {
    /// `index.md` at the root: the home page's words.
    Home,
    /// At the root, undated: in no list.
    Page,
    /// What the site is for.
    Article,
    /// A folder's `index.md`.
    Section,
    /// A file in `authors/`.
    Author,
    /// A file in `tags/`, or in the folder of a taxonomy of the site's own.
    Term,
    /// The `index.md` of `authors/`, `tags/`, or of such a folder.
    Index,
}

/// The page that stands in for a translation.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Original {
    /// The tag of the language that it is written in.
    pub language: String,
    /// Its own address.
    pub permalink: Permalink,
}

/// One parsed file.
#[derive(Clone, Debug, BorshDeserialize, BorshSerialize)]
pub struct Page {
    /// The file, relative to `content/`, with `/`.
    pub source: String,
    /// Its path without its language, where that is another: `a/x.md` of `a/x.de.md` and of `de/a/x.md`.
    pub bare: Option<Box<str>>,
    /// The original that it shows, where it stands in for a translation that is not there.
    pub original: Option<Box<Original>>,
    /// Of the file's bytes, and of those of the files that are shown in it.
    pub fingerprint: Fingerprint,
    /// What it is.
    pub kind: Kind,
    /// Its address.
    pub permalink: Permalink,
    /// As written, with its folders' defaults once link has seen them.
    pub front: FrontMatter,
    /// The title as plain text; for sections, tags and authors made of the file's name where none is written.
    pub title: String,
    /// When it was published.
    pub date: Option<Date>,
    /// When it was last changed in substance.
    pub updated: Option<Date>,
    /// From when on it is no longer published.
    pub expires: Option<Date>,
    /// The description.
    pub deck: Option<Line>,
    /// The opening in plain text: up to `<!-- more -->`, or the first paragraph.
    pub summary: String,
    /// Words of the body, code left out.
    pub words: u32,
    /// Of the headings, which others may show.
    pub headings: Fingerprint,
    /// Every id in the body that a link can end in, sorted.
    pub ids: Texts,
    /// The links to places of the site, in order.
    pub links: Box<[Link]>,
    /// The pictures of the body, in order.
    pub images: Box<[Picture]>,
    /// The callouts of the body, in order of their beginnings.
    pub callouts: Box<[Callout]>,
    /// The click-to-load players of the body, in order.
    pub embeds: Box<[Embed]>,
    /// The shortcodes of the body, in order of their beginnings.
    pub shortcodes: Box<[Shortcode]>,
    /// The blocks of code that were coloured, in order: colouring takes longer than all else.
    pub code: Box<[Painted]>,
    /// The files that are shown in it, in order.
    pub included: Box<[Included]>,
    /// What stands in the place of each tag that shows a file as a part of the text, in order.
    pub inserted: Box<[Inserted]>,
    /// What raw HTML loads or runs that a content security policy may block.
    pub loads: Box<[Load]>,
    /// The body; none where it is made again of the file when it is asked for.
    #[borsh(skip)]
    pub body: Option<Box<Body>>,
    /// What readers replied: from the file beside it, once that is read.
    #[borsh(skip)]
    pub replies: Vec<Reply>,
    /// Its words and pairs of words, counted. Up next takes them: none are left once the page is linked.
    pub terms: Terms,
    /// The words of the body; empty where the site has no search.
    pub vocabulary: Vocabulary,
}

impl Page {
    /// The file, relative to the site's root, as messages name it.
    pub fn path(&self) -> String {
        format!("content/{}", self.source)
    }

    /// The folder of the file within `content/`, without slashes at its ends; empty at the root.
    pub fn folder(&self) -> &str {
        self.source
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
    }

    /// The file's path without its language.
    pub fn bare(&self) -> &str {
        self.bare.as_deref().unwrap_or(&self.source)
    }

    /// Whether its original was changed since it was translated: by the hash that it names of it, else by their days.
    pub fn is_behind(&self, original: &Page) -> bool {
        match &self.front.translated_from {
            Some(known) => *known != original.fingerprint.short(),
            None => {
                let changed = |page: &Page| page.updated.max(page.date);
                original.updated.is_some() && changed(original) > changed(self)
            }
        }
    }

    /// The folder that it belongs to, whatever its language: that of its path without it.
    pub fn bare_folder(&self) -> &str {
        self.bare()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
    }

    /// The file's name without its ending; `index` of every folder's own page.
    pub fn stem(&self) -> &str {
        let name = self.bare().rsplit('/').next().unwrap_or_default();
        match source::is_index(name) {
            true => "index",
            false => source::without_ending(name),
        }
    }

    /// Whether it holds a guide's steps.
    pub fn is_hub(&self) -> bool {
        !self.front.steps.0.is_empty()
    }

    /// Whether it is read for its own sake and so has an up-next list: articles and hubs.
    pub fn is_article(&self) -> bool {
        self.kind == Kind::Article || self.is_hub()
    }

    /// Whether it has an output of its own: a section's page is the section's to show, unless it is a guide's hub.
    pub fn stands_alone(&self) -> bool {
        self.is_hub() || matches!(self.kind, Kind::Article | Kind::Page)
    }

    /// Whether a link can end in this id: one of the body's, or a reply's, or the top, which every page has.
    pub fn has_anchor(&self, id: &str) -> bool {
        id.eq_ignore_ascii_case("top") || self.has_id(id) || self.reply_anchors().contains(&id)
    }

    /// Whether an id is one of the body's.
    pub fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// The one id of the body that an id is but for case and signs: as another program makes ids of the same heading. That
    /// of the title, which others have as a heading of the text, is empty: the page's beginning.
    pub fn id_like(&self, id: &str) -> Option<&str> {
        let wanted = letters(id);
        if wanted.is_empty() {
            return None;
        }
        let mut same = self.ids.iter().filter(|known| letters(known) == wanted);
        match (same.next(), same.next()) {
            (None, _) => (letters(&self.title) == wanted).then_some(""),
            (only, None) => only,
            _ => None,
        }
    }

    /// The ids of its replies.
    pub fn reply_anchors(&self) -> Vec<&str> {
        let mut anchors = Vec::new();
        reply::each(&self.replies, &mut |reply| {
            anchors.push(reply.anchor.as_str())
        });
        anchors
    }

    /// The description, or the summary that stands in.
    pub fn description(&self) -> &str {
        self.deck.as_ref().map_or(&self.summary, |deck| &deck.text)
    }

    /// Whole minutes that reading takes, at least one, at 220 words a minute (the mean of adults reading
    /// English silently is 238; Brysbaert 2019).
    pub fn reading_minutes(&self) -> u32 {
        self.words.div_ceil(220).max(1)
    }
}

/// The letters and digits of an id, in small letters.
fn letters(id: &str) -> String {
    let letters = id.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A picture as written.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Picture {
    /// The file, or a full URL.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// Its title: the caption of a figure.
    pub title: String,
    /// Alone in its paragraph.
    pub figure: bool,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// A video or a sound that a reader may load.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Embed {
    /// The address as written.
    pub url: String,
    /// What it shows, where the author says so.
    pub label: String,
    /// Whose player, such as `YouTube`; empty for a plain file.
    pub provider: Cow<'static, str>,
    /// The player's address, or the file's.
    pub player: String,
    /// `video`, `audio` or `frame`.
    pub media: Cow<'static, str>,
    /// It shows, and plays nothing: a map, a post.
    pub shows: bool,
}

/// A block of code that was coloured.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Painted {
    /// The language's own name, such as `JavaScript`.
    pub language: String,
    /// Its text from the beginning on; what is left behind the last run is plain.
    pub runs: Box<[Run]>,
}

/// A piece of code in one colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Run {
    /// Bytes.
    pub length: u16,
    /// The letter of its class; 0 where it is plain.
    pub class: u8,
}
