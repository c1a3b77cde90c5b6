//! Medium: an export, unpacked: a page of HTML for each story, drafts by their names.

use super::System;
use crate::error::Error;
use crate::find;
use crate::import::doc::Doc;
use crate::import::html::{Converter, text_of};
use crate::import::old_site::OldSite;
use crate::import::source::Source;
use crate::model::date::WrittenDate;
use crate::model::front_matter::text::Text;
use crate::model::slug::slugify;
use crate::scan::SourceFile;

pub(super) const SYSTEM: System = System {
    name: "Medium",
    is: |source| stories(source).next().is_some(),
    read,
};

fn stories(source: &Source) -> impl Iterator<Item = &SourceFile> {
    source.files.iter().filter(|file| {
        let is_story = |head: Vec<u8>| {
            find::is_within(&head, b"class=\"h-entry\"") && find::is_within(&head, b"graf")
        };
        file.path.ends_with(".html")
            && file
                .path
                .rsplit('/')
                .nth(1)
                .is_none_or(|folder| folder == "posts")
            && file.read_head(32 << 10).is_ok_and(is_story)
    })
}

/// What stands between two marks, from the first on.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
    let rest = &text[text.find(from)? + from.len()..];
    Some(&rest[..rest.find(to)?])
}

fn read(source: &Source) -> Result<OldSite, Error> {
    let mut site = OldSite::default();
    let converter = Converter::new();
    for file in stories(source) {
        let html = source.text(file)?;
        let title = between(&html, "<h1 class=\"p-name\">", "</h1>")
            .or_else(|| between(&html, "<title>", "</title>"));
        let title = text_of(title.unwrap_or_default());
        let body = between(
            &html,
            "<section data-field=\"body\" class=\"e-content\">",
            "</section>\n<footer>",
        )
        .or_else(|| between(&html, "class=\"e-content\">", "<footer>"))
        .unwrap_or_default();
        let name = file
            .path
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".html");
        let slug = [slugify(&title), slugify(name)]
            .into_iter()
            .find(|slug| !slug.is_empty());
        let mut doc = Doc {
            source: file.path.clone(),
            path: format!("posts/{}.md", slug.unwrap_or_default()),
            body: without_first_title(&converter.markdown(body), &title),
            ..Doc::default()
        };
        doc.front.title = Some(Text(title));
        let subtitle = between(
            &html,
            "<section data-field=\"subtitle\" class=\"p-summary\">",
            "</section>",
        );
        doc.front.description = subtitle
            .map(text_of)
            .filter(|text| !text.is_empty())
            .map(Text);
        doc.dates.published = between(&html, "class=\"dt-published\" datetime=\"", "\"")
            .filter(|date| WrittenDate::parse(date).is_ok())
            .map(str::to_owned);
        doc.front.draft = name.starts_with("draft").then_some(true);
        if let Some(url) = between(&html, "<a href=\"", "\" class=\"p-canonical\"") {
            doc.address = url
                .split_once("://")
                .and_then(|(_, rest)| rest.split_once('/'))
                .map(|(_, path)| format!("/{path}"));
        }
        site.docs.push(doc);
    }
    site.general.push("Medium's addresses stay Medium's: where the stories stood on a domain of your own, redirect that.".to_owned());
    site.picture_hosts = &["medium.com"];
    Ok(site)
}

/// A story repeats its title as its first heading, below a line.
fn without_first_title(body: &str, title: &str) -> String {
    let rest = body.trim_start_matches(['-', '*', '_', ' ', '\n']);
    let (first, below) = rest.split_once('\n').unwrap_or((rest, ""));
    let is_title = first.starts_with('#') && first.trim_start_matches(['#', ' ']) == title;
    if is_title {
        below.trim_start().to_owned()
    } else {
        body.to_owned()
    }
}
