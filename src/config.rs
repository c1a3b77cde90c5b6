//! `site.toml` and the themes' TOML files: as written, checked key by key, and as resolved with every
//! default filled in. Knows no page; whether a menu entry leads anywhere is link's to say.

mod build;
pub mod check;
mod comments;
mod git;
mod headers;
mod hosting;
mod images;
mod languages;
pub mod publish;
mod reading;
mod search;
mod share;
mod taxonomies;
mod up_next;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::address::{Role, fault};
use crate::model::date::Zone;
use crate::model::extra::Extra;
use crate::model::heading_ids::HeadingIds;
use crate::model::slug::Style;
use crate::model::typography;
use crate::model::url::{self, BaseUrl, Place};
pub use build::{BuildLevels, SOFT};
pub use comments::Comments;
pub use git::Git;
pub use headers::{DIRECTIVES, Headers};
pub use hosting::{Host, Hosting};
pub use images::Images;
pub use languages::{Language, Languages, Missing, Placed};
pub use publish::Publish;
pub use reading::{Read, find_key, read, value};
pub use share::Share;
pub use taxonomies::{TAKEN, Taxonomies};
pub use up_next::{Scope, UpNext, Weights};

/// The name of the file, at the site's root.
pub const FILE: &str = "site.toml";

const ADDRESS_HELP: &str = "links, feeds and the sitemap need it";

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

/// A link at the top or at the foot of every page.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MenuEntry {
    /// Its words.
    pub title: String,
    /// A file in `content/` (`about.md`), a path of the site (`/tags/`) or a full URL.
    pub url: String,
    /// Whether it is marked: it leads to help.
    #[serde(default)]
    pub urgent: bool,
    /// Whether it stands at the foot of every page, not at the top.
    #[serde(default)]
    pub footer: bool,
    /// The entries below it, as they are written.
    #[serde(default)]
    entries: Vec<MenuEntry>,
    /// How many entries it stands below.
    #[serde(skip)]
    pub level: usize,
}

impl MenuEntry {
    /// It and those below it, in the order in which they are written.
    fn flat(mut self, into: &mut Vec<MenuEntry>) {
        let below = std::mem::take(&mut self.entries);
        let (level, footer) = (self.level + 1, self.footer);
        into.push(self);
        for entry in below {
            let entry = MenuEntry {
                level,
                footer,
                ..entry
            };
            entry.flat(into);
        }
    }
}

/// How Markdown is read.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Markdown {
    /// What becomes of raw HTML.
    pub html: RawHtml,
    /// Quotes, dashes and dots as English printers set them; on in English where nothing is said.
    smart_punctuation: Option<bool>,
    /// How the words of a heading become its id.
    pub heading_ids: HeadingIds,
    /// Formulas between dollar signs; on where nothing is said.
    math: Option<bool>,
    /// A single line end is one for readers, too.
    pub breaks: bool,
    /// `:smile:` is a sign.
    pub emoji: bool,
}

impl Markdown {
    /// Whether formulas are read.
    pub fn math(&self) -> bool {
        self.math.unwrap_or(true)
    }

    /// Whether straight quotes become curly.
    pub fn smart_punctuation(&self, language: &str) -> bool {
        let english = language
            .split('-')
            .next()
            .is_some_and(|primary| primary.eq_ignore_ascii_case("en"));
        self.smart_punctuation.unwrap_or(english)
    }
}

/// What becomes of raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// It stands in the page as written.
    #[default]
    Keep,
    /// Readers see its source.
    Escape,
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

/// `[content]`.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Content {
    /// Folders whose files are published as they are, below the site's root.
    #[serde(rename = "static")]
    static_folders: Option<Vec<String>>,
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

/// `site.toml` as written.
#[derive(Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Written {
    /// The site's name.
    #[schemars(length(min = 1))]
    title: Option<String>,
    /// Where the site stands on the web: https://example.org.
    #[schemars(regex(pattern = "^https?://[^/]"))]
    base_url: Option<String>,
    /// Other places whose addresses are the site's own: hosts, or hosts with a path.
    #[schemars(extend("examples" = [["old.example.org"]]))]
    also_ours: Option<Vec<String>>,
    /// Places below `base_url` that are another site's.
    #[schemars(extend("examples" = [["example.org/app/"]]))]
    not_ours: Option<Vec<String>>,
    /// One sentence about the site.
    description: Option<String>,
    /// Its language, BCP 47, such as en or pt-BR.
    #[schemars(regex(pattern = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"))]
    language: Option<String>,
    /// Other languages of the same site, by their codes.
    languages: Option<BTreeMap<String, languages::Written>>,
    /// The folder in `themes/`, or the built-in `default`.
    theme: Option<String>,
    /// Where a day begins, such as Europe/Berlin; UTC where nothing is said.
    #[schemars(extend("examples" = ["Europe/Berlin"]))]
    timezone: Option<String>,
    /// The authors of articles that name none.
    authors: Option<Vec<String>>,
    /// The links at the top and at the foot of every page.
    menu: Option<Vec<MenuEntry>>,
    /// Which dates readers see.
    dates: Option<Dates>,
    /// A `strftime` pattern for the dates that readers see, in place of the theme's.
    date_format: Option<String>,
    /// Articles on one page of a list.
    #[schemars(range(min = 1))]
    page_size: Option<usize>,
    /// How Markdown is read.
    markdown: Option<Markdown>,
    /// What articles are sorted by, beside tags and authors.
    taxonomies: Option<Taxonomies>,
    /// How names become parts of addresses.
    addresses: Option<Addresses>,
    /// What is published beside articles.
    content: Option<Content>,
    /// How bad some mistakes are.
    build: Option<BuildLevels>,
    /// What becomes of keys of front matter that mean nothing.
    front_matter: Option<FrontMatter>,
    /// What ends every article.
    up_next: Option<UpNext>,
    /// Atom, JSON Feed and RSS.
    feeds: Option<Feeds>,
    /// How readers can reply.
    comments: Option<comments::Written>,
    /// Whether readers can search the site.
    search: Option<search::Search>,
    /// Whether articles are published as Markdown, too, with an `llms.txt`.
    markdown_copies: Option<bool>,
    /// Where readers may share an article.
    share: Option<Share>,
    /// What a host is told to send beside each page.
    headers: Option<Headers>,
    /// Who serves the site.
    hosting: Option<Hosting>,
    /// Where `gen publish` sends the site.
    publish: Option<Publish>,
    /// What is made of photographs.
    images: Option<Images>,
    /// Pictures that are drawn for articles.
    cards: Option<Cards>,
    /// What is taken from the history of the repository.
    git: Option<Git>,
    /// How strict `gen check` is.
    check: Option<check::Check>,
    /// Anything, for the theme.
    extra: Option<Extra>,
}

/// What can stand in `site.toml`.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Written)
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

    /// Reads `site.toml`. `base_url` overrides the file's.
    ///
    /// # Errors
    /// Every mistake in the file, not only the first.
    pub fn parse(text: &str, base_url: Option<&str>) -> Result<Config, Vec<Diagnostic>> {
        let read = read::<Written>(FILE, text);
        if read.is_no_toml() {
            return Err(read.errors);
        }
        // A key that is misspelled or of the wrong type is told once, and not as missing too.
        let is_told = |key: &str| read.told.iter().any(|told| told == key);
        let (written, mut errors) = (read.value, read.errors);
        let mut wrong = |key: &str, message: String, help: &str| {
            let place = find_key(text, key, None).map_or(0..0, |at| at);
            errors.push(
                Diagnostic::error("config", FILE, message)
                    .at(place)
                    .help(help),
            );
        };
        let mut wrong_argument = None;
        let title = written.title.unwrap_or_default();
        if title.trim().is_empty() && !is_told("title") {
            wrong(
                "title",
                "the site has no title".into(),
                "add a line such as: title = \"After the breakup\"",
            );
        }
        let address = match (base_url, written.base_url.as_deref()) {
            (Some(argument), _) => BaseUrl::parse(argument)
                .map_err(|why| {
                    wrong_argument =
                        Some(Diagnostic::error("config", "--base-url", why).help(ADDRESS_HELP))
                })
                .ok(),
            (None, Some(written)) => BaseUrl::parse(written)
                .map_err(|why| wrong("base_url", why, ADDRESS_HELP))
                .ok(),
            (None, None) => {
                if !is_told("base_url") {
                    wrong(
                        "base_url",
                        "the site has no base_url".into(),
                        "add a line such as: base_url = \"https://example.org\"",
                    );
                }
                None
            }
        };
        let mut places = |key: &str, written: Option<Vec<String>>| -> Vec<Place> {
            let written = written.unwrap_or_default();
            let read = |text: &String| {
                let place = Place::parse(text);
                if place.is_none() {
                    wrong(
                        key,
                        format!("`{text}` is no place on the web"),
                        "write a host, and a path where it is not all of it: \"old.example.org\", \"example.org/app/\"",
                    );
                }
                place
            };
            written.iter().filter_map(read).collect()
        };
        let mut own = places("also_ours", written.also_ours);
        let others = places("not_ours", written.not_ours);
        // Under another base URL, what the texts call the site is still the site.
        let usual = written.base_url.as_deref().filter(|_| base_url.is_some());
        own.extend(usual.and_then(Place::parse));
        let zone = match written.timezone.as_deref() {
            None => Zone::utc(),
            Some(name) => Zone::named(name).unwrap_or_else(|| {
                wrong(
                    "timezone",
                    format!("`{name}` is no time zone"),
                    "use a name such as Europe/Berlin",
                );
                Zone::utc()
            }),
        };
        let page_size = written.page_size.unwrap_or(20);
        if page_size == 0 {
            wrong(
                "page_size",
                "a list's page cannot hold 0 articles".into(),
                "20 is the default",
            );
        }
        let up_next = written.up_next.unwrap_or_default();
        if !(1..=50).contains(&up_next.count) {
            wrong(
                "up_next",
                "up_next.count is a number from 1 to 50".into(),
                "7 is the default",
            );
        }
        if !up_next.weights.are_valid() {
            wrong(
                "up_next.weights",
                "a weight is a number from 0 to 100".into(),
                "1 is the default of each",
            );
        }
        let images = written.images.unwrap_or_default().sorted();
        if let Some((message, help)) = images.mistake() {
            wrong("images", message.into(), help);
        }
        let language = written.language.unwrap_or_else(|| "en".into());
        if !is_language(&language) {
            wrong(
                "language",
                format!("`{language}` is no language tag"),
                "use one such as en, de or pt-BR",
            );
        }
        let style = written.addresses.unwrap_or_default().style;
        let written_languages = written.languages.unwrap_or_default();
        let (languages, wrong_languages) =
            Languages::resolve(&language, style, written_languages, text);
        errors.extend(wrong_languages);
        let (comments, wrong_comments) = match written.comments {
            Some(written) => comments::resolve(written),
            None => (None, Vec::new()),
        };
        errors.extend(wrong_comments);
        let mut menu = Vec::new();
        let entries = written.menu.unwrap_or_default();
        entries.into_iter().for_each(|entry| entry.flat(&mut menu));
        errors.extend(mistakes_in_menu(&menu, "menu"));
        let taxonomies = written.taxonomies.unwrap_or_default();
        errors.extend(taxonomies.mistakes());
        errors.extend(taxonomies.mistakes_in(languages.all(), text));
        let search = written.search.unwrap_or_default();
        let share = written.share.unwrap_or_default();
        errors.extend(share.check());
        let headers = written.headers.unwrap_or_default();
        errors.extend(headers.check(text));
        let static_folders = written.content.unwrap_or_default().static_folders;
        errors.extend(static_folders.iter().flatten().filter_map(|folder| {
            let is_path = url::resolve("", folder).is_some_and(|path| !path.is_empty());
            let is_own = ["public", "themes", ".gen", "content"].contains(&folder.trim_matches('/'));
            let is_folder = is_path && !is_own && !folder.contains('\\') && !folder.starts_with('/');
            (!is_folder).then(|| {
                let message = format!("`{folder}` is no folder of the site whose files can be published as they are");
                Diagnostic::error("config", FILE, message)
                    .at_item("content", folder)
                    .help("write a folder beside content/, or one in it: [\"static\", \"content/files\"]")
            })
        }));
        let build = written.build.unwrap_or_default();
        errors.extend(build.mistakes());
        let publish = written.publish.unwrap_or_default();
        errors.extend(publish.mistakes(text));
        let git = written.git.unwrap_or_default();
        errors.extend(git.mistakes(text));
        let check = written.check.unwrap_or_default();
        errors.extend(check.mistakes(text));
        errors.extend(check.external.mistakes(text));
        errors.extend(wrong_argument);
        let markdown = written.markdown.unwrap_or_default();
        let smart = markdown.smart_punctuation(&language);
        let set = |text: &str| typography::set(text, smart).into_owned();
        match address {
            Some(base_url) if errors.is_empty() => Ok(Config {
                title: set(&title),
                base_url: base_url.with_places(own, others),
                description: set(&written.description.unwrap_or_default()),
                language,
                languages,
                edition: 0,
                theme: written.theme.unwrap_or_else(|| "default".into()),
                zone,
                authors: written.authors.unwrap_or_default(),
                menu,
                dates: written.dates.unwrap_or_default(),
                date_format: written.date_format,
                page_size,
                markdown,
                taxonomies,
                unknown_keys: written.front_matter.unwrap_or_default().unknown,
                static_folders,
                build,
                up_next,
                feeds: written.feeds.unwrap_or_default(),
                comments,
                search: search.enabled,
                synonyms: search.synonyms,
                markdown_copies: written.markdown_copies.unwrap_or(false),
                share,
                headers,
                hosting: written.hosting.unwrap_or_default(),
                publish,
                images,
                cards: written.cards.unwrap_or_default(),
                git,
                check,
                extra: written.extra.unwrap_or_default(),
            }
            .in_language(0)),
            _ => Err(errors),
        }
    }
}

/// Entries of a menu that nobody can follow; `key` is where it stands.
fn mistakes_in_menu(menu: &[MenuEntry], key: &str) -> Vec<Diagnostic> {
    let mistake = |entry: &MenuEntry| {
        let fault = fault(&entry.url, Role::Link)?;
        let told = fault.told(FILE, &entry.url, |found| found.at_item(key, &entry.url));
        (told.severity == Severity::Error).then_some(told)
    };
    menu.iter().filter_map(mistake).collect()
}

fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> Vec<String> {
        Config::parse(text, None)
            .unwrap_err()
            .into_iter()
            .map(|d| d.message)
            .collect()
    }

    #[test]
    fn every_mistake_is_told() {
        let all = errors(
            "titel = \"x\"\nbase_url = \"x.org\"\npage_size = \"a\"\n[up_next]\ncuont = 3\n",
        );
        assert_eq!(all.len(), 4, "{all:#?}");
        assert!(all[0].contains("page_size") || all.iter().any(|m| m.contains("page_size")));
        assert!(all.iter().any(|m| m.contains("cuont")));
    }

    #[test]
    fn two_keys_are_enough() {
        let config = Config::parse("title = \"a\"\nbase_url = \"https://x.org\"", None).unwrap();
        assert_eq!((config.up_next.count, config.page_size), (7, 20));
        assert_eq!(config.language, "en");
    }
}
