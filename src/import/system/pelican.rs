//! Pelican: `content/` with lines `Title: x` at the heads of the files.

use super::System;
use crate::error::Error;
use crate::import::doc::Doc;
use crate::import::old_site::OldSite;
use crate::import::script::assignments;
use crate::import::source::{Source, text_of};
use crate::model::slug::slugify;

pub(super) const SYSTEM: System = System {
    name: "Pelican",
    is: |source| {
        source.has("pelicanconf.py")
            || source
                .markdown("content")
                .take(50)
                .any(|file| source.text(file).is_ok_and(|text| has_head(&text)))
    },
    read,
};

fn has_head(text: &str) -> bool {
    text.lines()
        .next()
        .is_some_and(|line| line.to_lowercase().starts_with("title:"))
}

fn read(source: &Source) -> Result<OldSite, Error> {
    let settings = assignments(&source.text_at("pelicanconf.py").unwrap_or_default());
    let published = assignments(&source.text_at("publishconf.py").unwrap_or_default());
    let text = |key: &str| {
        text_of(&published, key)
            .or(text_of(&settings, key))
            .map(str::to_owned)
    };
    let mut site = OldSite {
        root: "content".to_owned(),
        title: text("SITENAME"),
        base_url: text("SITEURL").filter(|url| !url.is_empty()),
        language: text("DEFAULT_LANG"),
        timezone: text("TIMEZONE"),
        ..OldSite::default()
    };
    let pattern = text("ARTICLE_URL")
        .or(text("ARTICLE_SAVE_AS"))
        .unwrap_or_else(|| "{slug}.html".to_owned());
    site.take(source, "content", "")?;
    for doc in &mut site.docs {
        if has_head(&doc.body) {
            let (head, body) = doc.body.split_once("\n\n").unwrap_or((&doc.body, ""));
            let yaml: String = head.lines().map(line).collect();
            let read = Doc::of_text(&doc.source, &format!("---\n{yaml}---\n{body}"), &doc.path);
            *doc = read;
        }
        doc.front.tags.0 = doc
            .front
            .tags
            .0
            .iter()
            .flat_map(|tags| tags.split(','))
            .map(|tag| tag.trim().to_owned())
            .filter(|tag| !tag.is_empty())
            .collect();
        let title = doc.front.title.as_ref().map(|title| slugify(&title.0));
        let slug = text_of(&doc.raw, "slug")
            .map(str::to_owned)
            .or(title)
            .unwrap_or_default();
        let is_page = doc.path.starts_with("pages/");
        let address = if is_page {
            "pages/{slug}.html".to_owned()
        } else {
            pattern.clone()
        };
        let day = doc.day().unwrap_or_default();
        let mut parts = day.split('-');
        let mut part = || parts.next().unwrap_or_default().to_owned();
        let address = address
            .replace("{slug}", &slug)
            .replace("{date:%Y}", &part())
            .replace("{date:%m}", &part())
            .replace("{date:%d}", &part());
        if !address.contains('{') && !slug.is_empty() {
            doc.address = Some(format!("/{}", address.trim_start_matches('/')));
        }
    }
    Ok(site)
}

/// A line `Key: value` as YAML.
fn line(line: &str) -> String {
    match line.split_once(':') {
        Some((key, value)) => {
            let value = value.trim().replace('\\', "\\\\").replace('"', "\\\"");
            format!("{}: \"{value}\"\n", key.trim().to_lowercase())
        }
        None => String::new(),
    }
}
