//! Substack: an export, packed or unpacked: `posts.csv`, and a page of HTML for each post.

use std::collections::BTreeMap;

use super::System;
use crate::error::Error;
use crate::import::doc::Doc;
use crate::import::html::Converter;
use crate::import::old_site::{OldSite, joined};
use crate::import::source::Source;
use crate::model::date::WrittenDate;
use crate::model::front_matter::text::Text;
use crate::model::slug::slugify;
use crate::scan::SourceFile;

pub(super) const SYSTEM: System = System {
    name: "Substack",
    is: |source| table(source).is_some(),
    read,
};

fn table(source: &Source) -> Option<&SourceFile> {
    let is_table = |file: &&SourceFile| {
        let is_named = file.path == "posts.csv" || file.path.ends_with("/posts.csv");
        is_named
            && file
                .read_head(4 << 10)
                .is_ok_and(|head| String::from_utf8_lossy(&head).contains("post_id"))
    };
    source.files.iter().find(is_table)
}

fn read(source: &Source) -> Result<OldSite, Error> {
    let mut site = OldSite::default();
    let Some(file) = table(source) else {
        return Ok(site);
    };
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let converter = Converter::new();
    for row in rows(&source.text(file)?) {
        let get = |key: &str| row.get(key).map_or("", |value| value.trim());
        let id = get("post_id");
        let slug = slugify(id.split_once('.').map_or(id, |(_, slug)| slug));
        let path = joined(folder, &format!("posts/{id}.html"));
        let html = source.text_at(&path).unwrap_or_default();
        if slug.is_empty() || html.is_empty() && get("title").is_empty() {
            continue;
        }
        let mut doc = Doc {
            source: path,
            path: format!("posts/{slug}.md"),
            body: converter.markdown(&html),
            address: Some(format!("/p/{slug}/")),
            ..Doc::default()
        };
        let some = |text: &str| {
            Some(text.to_owned())
                .filter(|text| !text.is_empty())
                .map(Text)
        };
        doc.front.title =
            some(get("title")).or_else(|| Some(Text(crate::parse::title_from(&slug))));
        doc.front.description = some(get("subtitle"));
        doc.dates.published =
            Some(get("post_date").to_owned()).filter(|date| WrittenDate::parse(date).is_ok());
        // What only those who pay may read stays hidden.
        let is_open = matches!(get("audience"), "everyone" | "");
        doc.front.draft = (get("is_published") != "true" || !is_open).then_some(true);
        site.docs.push(doc);
    }
    site.general.push("Substack's export does not say where it stands: write base_url into site.toml. Subscribers are not read.".to_owned());
    site.picture_hosts = &[
        "substackcdn.com",
        "substack-post-media.s3.amazonaws.com",
        "substack.com",
    ];
    Ok(site)
}

/// The rows of a table whose first line names its columns; values may stand in quotes, over several lines.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut table: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let row = table.len() - 1;
        match c {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                push(&mut table[row], '"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => table[row].push(String::new()),
            '\n' if !is_quoted => table.push(vec![String::new()]),
            '\r' if !is_quoted => {}
            c => push(&mut table[row], c),
        }
    }
    let mut lines = table.into_iter();
    let names = lines.next().unwrap_or_default();
    lines
        .filter(|line| line.len() > 1)
        .map(|line| names.iter().cloned().zip(line).collect())
        .collect()
}

fn push(row: &mut [String], c: char) {
    if let Some(last) = row.last_mut() {
        last.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn tables_are_read_with_quotes() {
        let found = rows("a,b\n1,\"x, \"\"y\"\"\nz\"\r\n\n2,\n");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0]["b"], "x, \"y\"\nz");
        assert_eq!((found[1]["a"].as_str(), found[1]["b"].as_str()), ("2", ""));
        assert!(rows("").is_empty() && rows("a,\"b").is_empty());
    }
}
