//! `site.toml` and the themes' TOML files: as written, checked key by key, and as resolved with every
//! default filled in. Knows no page; whether a menu entry leads anywhere is link's to say.

mod build;
pub mod check;
mod comments;
mod content;
mod git;
mod headers;
mod hosting;
mod images;
mod language;
mod languages;
mod markdown;
mod menu;
pub mod publish;
mod reading;
mod search;
mod share;
mod taxonomies;
mod up_next;
mod written;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::date::Zone;
use crate::model::extra::Extra;
use crate::model::slug::Style;
use crate::model::typography;
use crate::model::url::BaseUrl;
pub use build::{BuildLevels, SOFT};
pub use comments::Comments;
pub use git::Git;
pub use headers::{DIRECTIVES, Headers};
pub use hosting::{Host, Hosting};
pub use images::Images;
pub use language::{Language, Missing};
pub use languages::{Languages, Placed};
pub use markdown::{Markdown, RawHtml};
pub use menu::MenuEntry;
pub use publish::Publish;
pub use reading::{Read, find_key, read, value};
pub use share::Share;
pub use taxonomies::{TAKEN, Taxonomies};
pub use up_next::{Scope, UpNext, Weights};
pub use written::schema;

/// The name of the file, at the site's root.
pub const FILE: &str = "site.toml";

/// The configuration, complete.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// Where it stands on the web, and where else it stood.
    pub base_url: BaseUrl,
    /// One sentence about it.
    pub description: String,
    /// BCP 47, such as `en` or `pt-BR`.
    pub language: String,
    /// The languages that the site is in.
    pub languages: Languages,
    /// The number of the one that this is the configuration of.
    pub edition: usize,
    /// The folder in `themes/`, or the built-in `default`.
    pub theme: String,
    /// Where a day begins.
    pub zone: Zone,
    /// The authors of articles that name none.
    pub authors: Vec<String>,
    /// The links at the top and at the foot of every page, each before those below it.
    pub menu: Vec<MenuEntry>,
    /// Which dates readers see.
    pub dates: Dates,
    /// A `strftime` pattern for the dates that readers see, in place of the theme's.
    pub date_format: Option<String>,
    /// Articles on one page of a list.
    pub page_size: usize,
    /// How Markdown is read.
    pub markdown: Markdown,
    /// What else articles are sorted by, beside tags and authors.
    pub taxonomies: Taxonomies,
    /// What becomes of keys of front matter that mean nothing here.
    pub unknown_keys: UnknownKeys,
    /// Folders whose files are published as they are, below the site's root; none where nobody said.
    pub static_folders: Option<Vec<String>>,
    /// Which mistakes stop no build.
    pub build: BuildLevels,
    /// What ends every article.
    pub up_next: UpNext,
    /// Atom and JSON Feed.
    pub feeds: Feeds,
    /// How readers can reply, where they can.
    pub comments: Option<Comments>,
    /// Whether readers can search the site.
    pub search: bool,
    /// What a word or several are searched as, too.
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// Whether articles are published as Markdown, too, with an `llms.txt`.
    pub markdown_copies: bool,
    /// Where readers may share an article.
    pub share: Share,
    /// What a host is told to send beside each page.
    pub headers: Headers,
    /// Who serves it.
    pub hosting: Hosting,
    /// Where it is sent.
    pub publish: Publish,
    /// What is made of photographs.
    pub images: Images,
    /// Pictures that are drawn for articles.
    pub cards: Cards,
    /// What readers are told of a page's history.
    pub git: Git,
    /// How strict `gen check` is.
    pub check: check::Check,
    /// Anything, for the theme.
    pub extra: Extra,
}

/// Which dates readers see; machines are told all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Dates {
    /// When an article was published, and when it was changed.
    #[default]
    All,
    /// Only when it was changed.
    Updated,
    /// None.
    None,
}

/// What becomes of keys of front matter that mean nothing here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UnknownKeys {
    /// Each is told once; the theme has its value.
    #[default]
    Note,
    /// They are mistakes.
    Error,
}

/// `[front_matter]`.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct FrontMatter {
    unknown: UnknownKeys,
}

/// `[addresses]`.
#[derive(Clone, Copy, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Addresses {
    /// The script of names in addresses.
    style: Style,
}

/// `[feeds]`.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Feeds {
    /// Newest articles in each feed; 0 for no feeds.
    pub size: usize,
    /// Feeds of their own for tags and authors.
    pub each: bool,
    /// RSS beside Atom and JSON Feed.
    pub rss: bool,
}

impl Default for Feeds {
    fn default() -> Feeds {
        Feeds {
            size: 20,
            each: true,
            rss: false,
        }
    }
}

/// `[cards]`.
#[derive(Clone, Copy, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Cards {
    /// Whether each article has a card and a pin drawn for it.
    pub enabled: bool,
}

impl Config {
    /// Whether quotes and dashes are set as English printers do.
    pub fn smart(&self) -> bool {
        self.markdown.smart_punctuation(&self.language)
    }

    /// A text with its quotes and dashes as printers set them.
    fn set(&self, text: &str) -> String {
        typography::set(text, self.smart()).into_owned()
    }

    /// The language without its region and script, in lower case: `pt` of `pt-BR`.
    pub fn primary_language(&self) -> String {
        let primary = self.language.split('-').next();
        primary.unwrap_or_default().to_ascii_lowercase()
    }
}
