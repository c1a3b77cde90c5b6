//! Docusaurus: `docs/` and `blog/`, in Markdown and MDX.

use super::System;
use crate::error::Error;
use crate::import::doc::stem;
use crate::import::lines::Lines;
use crate::import::old_site::{OldSite, joined};
use crate::import::script::{self, assignments};
use crate::import::source::{Source, text_of, texts_of, within};
use crate::import::spoken::Spoken;
use crate::model::date::WrittenDate;
use crate::model::extra::ExtraValue;

const SCRIPTS: [&str; 3] = [
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docusaurus.config.mjs",
];

pub(super) const SYSTEM: System = System {
    name: "Docusaurus",
    is: |source| {
        let is_text = |text: String| {
            text.contains("@theme/")
                || text.contains("\nsidebar_position:")
                || text.contains("\nsidebar_label:")
        };
        SCRIPTS.iter().any(|path| source.has(path))
            || source
                .markdown("docs")
                .take(50)
                .any(|file| source.text(file).is_ok_and(is_text))
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let script = SCRIPTS
        .iter()
        .find_map(|path| source.text_at(path))
        .unwrap_or_default();
    let settings = assignments(&script);
    let text = |key: &str| text_of(&settings, key).map(str::to_owned);
    let path = text("baseUrl").unwrap_or_default();
    let mut site = OldSite {
        title: text("title"),
        description: text("tagline"),
        base_url: text("url")
            .map(|url| format!("{}/{}", url.trim_end_matches('/'), path.trim_matches('/'))),
        lines: Lines {
            colons: true,
            mdx: true,
            ..Lines::default()
        },
        ..OldSite::default()
    };
    let i18n = script::named(&script, "i18n");
    let i18n = match &i18n {
        Some(ExtraValue::Map(map)) => Some(map),
        _ => None,
    };
    let own = i18n.and_then(|i18n| text_of(i18n, "defaultLocale"));
    let others = i18n.map(|i18n| texts_of(i18n, "locales"));
    let mut spoken = Spoken::new(own.unwrap_or("en"), others.unwrap_or_default());
    spoken.shows_originals = true;
    for folder in ["docs", "blog"] {
        site.take(source, folder, folder)?;
        for tag in &spoken.tags[1..] {
            site.take(source, &translated(tag, folder), &format!("{tag}/{folder}"))?;
        }
    }
    site.take_static(source, "static");
    for doc in &mut site.docs {
        let (language, inside) = place(&doc.source, &spoken);
        let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
        let parts: Vec<&str> = folder.split('/').map(unnumbered).collect();
        let name = stem(&inside).to_owned();
        let id = text_of(&doc.raw, "id")
            .unwrap_or(unnumbered(&name))
            .to_owned();
        doc.names.push(id.clone());
        let slug = text_of(&doc.raw, "slug").map(str::to_owned);
        let top = parts.first().copied().unwrap_or_default();
        let address = match (top, slug, doc.day()) {
            (top, Some(slug), _) if slug.starts_with('/') => format!("/{top}{slug}"),
            ("blog", slug, Some(day)) => {
                let own = if name == "index" {
                    parts.last().copied().unwrap_or_default()
                } else {
                    &name
                };
                let bare = WrittenDate::from_file_name(own)
                    .map_or(own, |(_, rest)| rest)
                    .to_owned();
                format!("/blog/{}/{}", day.replace('-', "/"), slug.unwrap_or(bare))
            }
            (_, Some(slug), _) => format!("/{}/{slug}", parts.join("/")),
            (_, None, _) if matches!(name.as_str(), "index" | "README") => {
                format!("/{}/", parts.join("/"))
            }
            (_, None, _) => format!("/{}/{id}", parts.join("/")),
        };
        // The beginning of the documents is the folder's own page.
        if address == "/docs/" {
            spoken.settle(doc, language, "docs/index.md");
        }
        doc.address = Some(format!("{}{address}", spoken.prefix(language)));
    }
    spoken.tell(&mut site);
    Ok(site)
}

/// Where the texts of a folder lie in another language.
fn translated(tag: &str, folder: &str) -> String {
    match folder {
        "docs" => format!("i18n/{tag}/docusaurus-plugin-content-docs/current"),
        _ => format!("i18n/{tag}/docusaurus-plugin-content-{folder}"),
    }
}

/// The language of a file, and its path as if it were in the usual one.
fn place(path: &str, spoken: &Spoken) -> (usize, String) {
    for (number, tag) in spoken.tags.iter().enumerate().skip(1) {
        for folder in ["docs", "blog"] {
            if let Some(inside) = within(path, &translated(tag, folder)) {
                return (number, joined(folder, inside));
            }
        }
    }
    (spoken.own, path.to_owned())
}

/// `01-intro` is `intro`.
fn unnumbered(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = rest.strip_prefix(['-', '_', '.']).map(str::trim_start);
    match bare {
        Some(bare)
            if rest.len() < name.len() && !bare.is_empty() && name.len() - rest.len() < 4 =>
        {
            bare
        }
        _ => name,
    }
}
