//! `site.toml` as written, and how it becomes the configuration: every mistake told, every default filled in.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::content::Content;
use super::language;
use super::languages::{Languages, is_language};
use super::menu::{self, MenuEntry};
use super::{
    Addresses, BuildLevels, Cards, Config, Dates, FILE, Feeds, FrontMatter, Git, Headers, Hosting,
    Images, Markdown, Publish, Share, Taxonomies, UpNext, check, comments, find_key, read, search,
};
use crate::diagnostic::Diagnostic;
use crate::model::date::Zone;
use crate::model::extra::Extra;
use crate::model::typography;
use crate::model::url::{BaseUrl, Place};

const ADDRESS_HELP: &str = "links, feeds and the sitemap need it";

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
    languages: Option<BTreeMap<String, language::Written>>,
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
            let place = find_key(text, key, None).unwrap_or_default();
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
        let menu = menu::flat(written.menu.unwrap_or_default());
        errors.extend(menu::mistakes(&menu, "menu"));
        let taxonomies = written.taxonomies.unwrap_or_default();
        errors.extend(taxonomies.mistakes());
        errors.extend(taxonomies.mistakes_in(languages.all(), text));
        let search = written.search.unwrap_or_default();
        let share = written.share.unwrap_or_default();
        errors.extend(share.check());
        let headers = written.headers.unwrap_or_default();
        errors.extend(headers.check(text));
        let content = written.content.unwrap_or_default();
        errors.extend(content.mistakes());
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
                static_folders: content.static_folders,
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
