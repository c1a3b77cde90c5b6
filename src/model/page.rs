//! One file of `content/` as parse leaves it: complete in itself, knowing no other page. Links are as
//! written; what they lead to stands in [`crate::model::site::Site`].

use std::borrow::Cow;
use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::fingerprint::Fingerprint;
use crate::model::date::Date;
use crate::model::front_matter::FrontMatter;
use crate::model::id::Id;
use crate::model::line::Line;
use crate::model::reply::{self, Reply};
use crate::model::shortcode::{Argument, Shortcode};
use crate::model::source;
use crate::model::terms::{Terms, Vocabulary};
use crate::model::texts::{Outline, Texts};
use crate::model::url::Permalink;

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

/// The id in the part of an address behind its `#`: what follows `:~:` is words that browsers look for.
pub fn id_of_fragment(fragment: &str) -> &str {
    fragment.split(":~:").next().unwrap_or_default()
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum LinkForm {
    /// `[text](dest)`.
    Markdown,
    /// `[[dest]]`.
    Wiki,
    /// An address that is its own text: `<https://…>`, or bare.
    Bare,
    /// `href` or `src` in raw HTML.
    Attribute,
}

/// A link as written, to somewhere in the site.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Link {
    /// Where to.
    pub dest: String,
    /// Its `title`, if any.
    pub title: String,
    /// How it is written.
    pub form: LinkForm,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// Something that raw HTML loads or runs, as a content security policy sees it.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Load {
    /// What it is.
    pub what: LoadKind,
    /// The directive of a policy that decides on it, such as `img-src`.
    pub directive: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// What raw HTML loads or runs.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum LoadKind {
    /// A full address of another site.
    Elsewhere(String),
    /// A file of the site itself.
    Own,
    /// The text of a script within the page.
    Script(String),
    /// A script within a line of text, whose words Markdown changes.
    ScriptInLine,
    /// A style within the page.
    Style,
    /// An attribute such as `onclick`.
    Handler,
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

/// A callout's first line.
#[derive(Clone, Debug, PartialEq, BorshDeserialize, BorshSerialize)]
pub struct Callout {
    /// The word after `!`, in lower case: the name of a template.
    pub kind: String,
    /// As it is shown where the theme has no such template: `[!kind]-`.
    pub marker: String,
    /// Folded until a reader opens it.
    pub folded: bool,
    /// Has a title of its own.
    pub titled: bool,
    /// Its arguments: `[!recipe serves=4]`.
    pub args: Box<[Argument]>,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// The kinds that Obsidian has and a theme may lack, and which of the theme's stands in. What means the same has the same
/// words; the others keep their own.
const STAND_INS: &[StandIn] = &[
    StandIn::same("attention", "warning"),
    StandIn::same("cite", "quote"),
    StandIn::same("danger", "caution"),
    StandIn::same("error", "caution"),
    StandIn::same("help", "faq"),
    StandIn::same("hint", "tip"),
    StandIn::same("question", "faq"),
    StandIn::other("abstract", "note"),
    StandIn::other("bug", "caution"),
    StandIn::other("check", "do"),
    StandIn::other("done", "do"),
    StandIn::other("example", "note"),
    StandIn::other("fail", "dont"),
    StandIn::other("failure", "dont"),
    StandIn::other("info", "note"),
    StandIn::other("missing", "dont"),
    StandIn::other("success", "do"),
    StandIn::other("summary", "note"),
    StandIn::other("tldr", "note"),
    StandIn::other("todo", "important"),
];

/// A kind of callout that another stands in for.
struct StandIn {
    kind: &'static str,
    other: &'static str,
    same_words: bool,
}

impl StandIn {
    const fn same(kind: &'static str, other: &'static str) -> StandIn {
        StandIn {
            kind,
            other,
            same_words: true,
        }
    }

    const fn other(kind: &'static str, other: &'static str) -> StandIn {
        StandIn {
            kind,
            other,
            same_words: false,
        }
    }
}

/// How a callout is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownCallout<'c> {
    /// The kind whose template shows it.
    pub template: &'c str,
    /// The kind whose words label it.
    pub label: &'c str,
}

impl Callout {
    /// How it is shown by a theme that has these kinds, which are sorted; none where the theme cannot.
    pub fn shown(&self, known: &[String]) -> Option<ShownCallout<'_>> {
        let has = |kind: &str| {
            known
                .binary_search_by(|known| known.as_str().cmp(kind))
                .is_ok()
        };
        if has(&self.kind) {
            return Some(ShownCallout {
                template: &self.kind,
                label: &self.kind,
            });
        }
        let other = STAND_INS.iter().find(|other| other.kind == self.kind)?;
        has(other.other).then_some(ShownCallout {
            template: other.other,
            label: match other.same_words {
                true => other.other,
                false => &self.kind,
            },
        })
    }
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

/// A file that is shown in a page, in a block of code or as a part of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Included {
    /// From the site's root on; empty where no note has the name that is asked for.
    pub path: String,
    /// The name of a note that was looked for.
    pub asked: Option<String>,
}

/// The Markdown that stands in the place of a tag that shows a file.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Inserted {
    /// The bytes of the tag in the page's file.
    pub span: Range<usize>,
    /// With what other files it shows, its lines as far indented as the tag.
    pub text: String,
    /// What of it becomes something else in a copy.
    pub parts: Box<[InsertedPart]>,
}

/// A part of an [`Inserted`] text.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct InsertedPart {
    /// Its bytes in that text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: InsertedKind,
}

/// What a part of an [`Inserted`] text is. The numbers are places in the page's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum InsertedKind {
    /// A link.
    Link(u32),
    /// A picture.
    Picture(u32),
    /// The tag that begins a shortcode.
    Shortcode(u32),
    /// The tag that ends one.
    End,
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

/// What of a page only its own output shows, nearly always: HTML with holes where something goes that parse cannot
/// know, and what stands in it.
#[derive(Clone, Debug, Default, BorshDeserialize, BorshSerialize)]
pub struct Body {
    /// The HTML between the holes.
    pub html: String,
    /// What goes where, in order: before the byte of `html` that is given.
    pub holes: Vec<(u32, Hole)>,
    /// The headings, in order.
    pub outline: Outline,
}

/// Something for render to fill in. The numbers are places in the page's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub enum Hole {
    /// The opening tag of a link, if it leads anywhere.
    LinkOpen(u32),
    /// The title of what a link leads to.
    LinkText(u32),
    /// The closing tag of a link.
    LinkClose(u32),
    /// The value of an attribute in raw HTML.
    Url(u32),
    /// The step's number, where the link in a heading leads to a step of this hub.
    StepNumber(u32),
    /// A picture.
    Picture(u32),
    /// A callout begins: its title follows.
    CalloutOpen(u32),
    /// A callout's title ends: its body follows.
    CalloutBody,
    /// A callout ends.
    CalloutClose,
    /// A player.
    Embed(u32),
    /// A shortcode begins: its body follows.
    ShortcodeOpen(u32),
    /// A shortcode ends.
    ShortcodeClose,
}
