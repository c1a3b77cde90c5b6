//! The addresses that other systems make of their files: patterns, and names as they spell them.

use super::doc::{Doc, stem};

/// What stands for a pattern's names.
pub(super) struct Names<'a> {
    pub(super) doc: &'a Doc,
    /// The last part: a slug, or the file's name.
    pub(super) slug: &'a str,
    /// The folder or the collection.
    pub(super) section: &'a str,
    pub(super) categories: &'a [String],
}

/// A pattern such as `/:year/:month/:title.html` with what its names stand for; none where one stands for nothing, or the
/// file has no date.
pub(super) fn filled(pattern: &str, names: &Names<'_>) -> Option<String> {
    let day = names.doc.day();
    let part = |number: usize| day.as_deref()?.split('-').nth(number);
    let mut out = String::from("/");
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after
            .find(|c: char| !c.is_ascii_alphabetic() && c != '_')
            .unwrap_or(after.len());
        let value = match &after[..end] {
            "year" => part(0)?.to_owned(),
            "short_year" => part(0)?.get(2..)?.to_owned(),
            "month" => part(1)?.to_owned(),
            "i_month" => part(1)?.trim_start_matches('0').to_owned(),
            "day" => part(2)?.to_owned(),
            "i_day" => part(2)?.trim_start_matches('0').to_owned(),
            "title" | "slug" | "slugorfilename" | "slugorcontentbasename" | "post_title" => {
                names.slug.to_owned()
            }
            "name" | "filename" | "contentbasename" | "path" => stem(&names.doc.path).to_owned(),
            "collection" | "section" | "sections" => names.section.to_owned(),
            "categories" | "category" => names
                .categories
                .iter()
                .map(|category| urlized(category))
                .collect::<Vec<_>>()
                .join("/"),
            "lang" => super::source::text_of(&names.doc.raw, "lang")
                .unwrap_or_default()
                .to_owned(),
            "output_ext" => ".html".to_owned(),
            _ => return None,
        };
        out.push_str(&value);
        rest = &after[end..];
    }
    out.push_str(rest);
    Some(without_double_slashes(&out))
}

/// `//a///b/` is `/a/b/`.
pub(super) fn without_double_slashes(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

/// A name as Hugo and Jekyll write it in an address: small letters of any script, digits, hyphens.
pub(super) fn urlized(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || matches!(c, '.' | '_') {
            out.push(c);
        } else if (c.is_whitespace() || c == '-') && !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// What two spellings of an address share: no slashes at the ends, no `index.html`, no `.html`, small letters.
pub(super) fn folded(address: &str) -> String {
    let bare = address.trim_matches('/').to_lowercase();
    let bare = bare.strip_suffix("index.html").unwrap_or(&bare);
    let bare = bare.strip_suffix(".html").unwrap_or(bare);
    let decoded = crate::escape::url_decode(bare);
    decoded.trim_matches('/').to_owned()
}
