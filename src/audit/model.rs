//! The articles of a built site as pages of ours: ranked for up next, and compared with each other.

use std::collections::{BTreeMap, BTreeSet};

use super::page::HtmlPage;
use super::{Built, Finding, List, Next};
use crate::build::{Today, parsing};
use crate::config::Config;
use crate::config::check::Level;
use crate::error::Error;
use crate::import::markdown_of;
use crate::link::reach::Reach;
use crate::link::{self, Linked};
use crate::lint::{self, LINTS, Survey};
use crate::model::date::WrittenDate;
use crate::model::page::{Page, PageId};
use crate::model::url::BaseUrl;
use crate::output::theme::{DEFAULT, Theme, ThemeFiles, built_in};
use crate::output::{self};
use crate::parse::{self, scalar, terms};

/// Letters of a text that is read for its own sake, at least.
const LEAST_LETTERS: usize = 300;
/// What stands for an address that nobody knows.
const NOWHERE: &str = "https://example.org";

/// What was seen of the articles.
pub(super) struct Seen {
    pub(super) up_next: Vec<List>,
    pub(super) same_texts: Vec<Finding>,
}

/// Reads the articles of a site.
pub(super) fn read(
    built: &Built,
    pages: &[&HtmlPage],
    own: &[usize],
    language: &str,
    base: Option<&BaseUrl>,
    today: Today,
) -> Result<Seen, Error> {
    let config = config(language, base)?;
    let chain: Vec<ThemeFiles> = built_in(DEFAULT).into_iter().collect();
    let (theme, _) = Theme::assemble(&chain, config.own_language());
    let bundles = BTreeSet::new();
    let options = parsing(
        &config,
        &theme,
        &bundles,
        &parse::no_files,
        &parse::no_notes,
    );
    let mut memory = terms::Memory::new(&config.language);
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut articles: Vec<Page> = Vec::new();
    for &number in own {
        let (one, page) = (&built.documents[number], pages[number]);
        if !is_article(page, &one.address) {
            continue;
        }
        // Numbered: no two are one file, and they stay in the order of their addresses.
        let section = one
            .address
            .trim_matches('/')
            .split('/')
            .next()
            .unwrap_or_default();
        let source = format!(
            "{}/{number:06}.md",
            if section.contains('.') { "" } else { section }
        );
        let source = format!("site/{}", source.trim_start_matches('/'));
        let text = manuscript(page, &one.address);
        let (read, _) = parse::page(&source, text.as_bytes(), &options, &mut memory);
        articles.extend(read);
        texts.insert(source, text);
    }
    articles.sort_by(|a, b| a.source.cmp(&b.source));
    let now = today.now(&config.zone);
    let Linked { mut sites, .. } = link::link(
        articles,
        &[link::Options {
            config: &config,
            now,
            drafts: true,
            future: true,
            picture_sizes: &BTreeMap::new(),
            assets: &[],
            broken: &[],
            callouts: &theme.callouts,
            asked: false,
            journeys: None,
            ranked: true,
        }],
    );
    // It is read as a site in one language.
    let site = sites.swap_remove(0);
    let next = |id: PageId| {
        let list = site.up_next[id.index()].iter();
        list.map(|entry| Next {
            address: site.page(entry.page).permalink.to_string(),
            title: site.page(entry.page).title.clone(),
            reason: output::reason(&site, &theme, entry),
        })
        .collect()
    };
    let up_next = site
        .ids()
        .map(|id| List {
            address: site.page(id).permalink.to_string(),
            title: site.page(id).title.clone(),
            next: next(id),
        })
        .collect();
    let mut survey = Survey {
        site: &site,
        all: vec![&site],
        config: &config,
        language: config.primary_language(),
        spellings: BTreeMap::new(),
        theme: &theme,
        today: now.day,
        reach: Reach::new(&site, &config),
        notes: Vec::new(),
        assets: Vec::new(),
        texts: Vec::new(),
    };
    let levels: Vec<Level> = LINTS
        .iter()
        .map(|lint| match lint.code == "near-duplicate" {
            true => Level::Warning,
            false => Level::Off,
        })
        .collect();
    let text = |id: PageId| {
        let text = texts.get(&site.page(id).source);
        Ok(text.map_or(Vec::new(), |text| text.clone().into_bytes()))
    };
    let found = lint::run(&mut survey, &text, &levels)?;
    let address = |path: &str| {
        let source = path.strip_prefix("content/").unwrap_or(path);
        let page = site.pages.iter().find(|page| page.source == source);
        page.map_or_else(|| path.to_owned(), |page| page.permalink.to_string())
    };
    let same_texts = found.into_iter().map(|found| {
        let words = found.message.split(' ');
        let named = |word: &str| match word.starts_with("content/") {
            true => address(word),
            false => word.to_owned(),
        };
        Finding {
            kind: found.code,
            what: words.map(named).collect::<Vec<_>>().join(" "),
            places: vec![address(&found.path)],
        }
    });
    Ok(Seen {
        same_texts: same_texts.collect(),
        up_next,
    })
}

/// Settings for a site of which little is known: its address, and a language.
fn config(language: &str, base: Option<&BaseUrl>) -> Result<Config, Error> {
    let base = base.map_or_else(|| NOWHERE.to_owned(), ToString::to_string);
    let with = |language: &str| {
        let toml = format!("title = \"-\"\nbase_url = \"{base}\"\nlanguage = \"{language}\"\n");
        Config::parse(&toml, None)
    };
    let is_tag = language
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-');
    let own = is_tag.then(|| with(language).ok()).flatten();
    own.or_else(|| with("en").ok()).ok_or_else(|| {
        Error::refused(
            format!("`{base}` is no address of a site"),
            "write it whole: --base-url https://example.org",
        )
    })
}

/// Whether a page is read for its own sake, and is no list of others.
fn is_article(page: &HtmlPage, address: &str) -> bool {
    let is_shown = !page.is_redirect && !page.is_hidden && !page.is_copy(address) && address != "/";
    // An article may link much; what does not say that it is one may not.
    let most = if page.is_article { 2 } else { 4 };
    is_shown
        && !page.is_list
        && page.letters >= LEAST_LETTERS
        && page.linked_letters * most < page.letters
}

/// A page as a file of ours.
fn manuscript(page: &HtmlPage, address: &str) -> String {
    let mut front = format!("title: {}\n", scalar::scalar(&page.headline));
    if !page.description.is_empty() {
        front.push_str(&format!(
            "description: {}\n",
            scalar::scalar(&page.description)
        ));
    }
    if let Some(date) = page.date.as_deref().and_then(WrittenDate::parse_any) {
        front.push_str(&format!("date: {date}\n"));
    }
    if !page.tags.is_empty() {
        let mut tags: Vec<String> = page
            .tags
            .iter()
            .map(|tag| scalar::flow_scalar(tag))
            .collect();
        tags.sort();
        tags.dedup();
        front.push_str(&format!("tags: [{}]\n", tags.join(", ")));
    }
    front.push_str(&format!("address: {}\n", scalar::scalar(address)));
    format!("---\n{front}---\n\n{}\n", markdown_of(&page.text))
}
