//! An address as an author writes it, `/2015/05/15/Rust-1.0/`, or a pattern of one, `/:year/:month/:slug/`.

use crate::model::date::Day;
use crate::model::slug::Slugs;
use crate::model::source;
use crate::model::url::{Permalink, decoded_path};

/// The names that a pattern can hold.
pub const NAMES: [&str; 7] = [
    "year", "month", "day", "slug", "title", "filename", "section",
];

/// What a pattern's names stand for.
pub struct Facts<'a> {
    /// The day of publication.
    pub date: Option<Day>,
    /// The address that the file would have without.
    pub usual: &'a Permalink,
    /// The file, relative to `content/`.
    pub source: &'a str,
    /// As it is written.
    pub title: Option<&'a str>,
    /// How names become parts of addresses.
    pub slugs: Slugs,
}

/// Why something is no address, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What follows the address in a sentence.
    pub why: String,
    /// What to write.
    pub help: String,
}

/// Whether it is a pattern.
pub fn is_pattern(address: &str) -> bool {
    address
        .split(['/', '-', '.', '_'])
        .any(|part| part.starts_with(':'))
}

/// The address with what its names stand for.
///
/// # Errors
/// It is no path of a site, or a name in it stands for nothing.
pub fn filled(pattern: &str, facts: &Facts<'_>) -> Result<Permalink, Wrong> {
    let wrong = |why: &str, help: &str| Wrong {
        why: why.to_owned(),
        help: help.to_owned(),
    };
    let mut path = String::with_capacity(pattern.len());
    let mut rest = pattern.trim();
    while let Some(at) = rest.find(':') {
        let after = &rest[at + 1..];
        let end = after.find(|c: char| !c.is_ascii_alphabetic() && c != '_');
        let name = &after[..end.unwrap_or(after.len())];
        let begins = rest[..at].is_empty() || rest[..at].ends_with(['/', '-', '.', '_']);
        let taken = match begins && !name.is_empty() {
            true => {
                path.push_str(&rest[..at]);
                path.push_str(&value(name, facts)?);
                at + 1 + name.len()
            }
            false => {
                path.push_str(&rest[..=at]);
                at + 1
            }
        };
        rest = &rest[taken..];
    }
    path.push_str(rest);
    let no_path = "cannot be an address";
    let help = "write a path from the site's root: address: /2015/05/15/rust/";
    if path.contains(['?', '#', '\\']) || path.contains("//") || path.chars().any(char::is_control)
    {
        return Err(wrong(no_path, help));
    }
    let bare = path.trim_matches('/');
    let decoded = decoded_path(bare).ok_or_else(|| wrong(no_path, help))?;
    if decoded.split('/').any(|part| matches!(part, "." | "..")) {
        return Err(wrong(no_path, help));
    }
    let last = decoded.rsplit('/').next().unwrap_or_default();
    let lower = last.to_ascii_lowercase();
    let is_file = !path.ends_with('/') && [".html", ".htm"].iter().any(|end| lower.ends_with(end));
    // A host answers for the folder where it is asked for its index file.
    Ok(match decoded.strip_suffix("index.html") {
        Some(folder) if is_file && (folder.is_empty() || folder.ends_with('/')) => {
            Permalink::page(folder)
        }
        _ if is_file => Permalink::file(&decoded),
        _ => Permalink::page(&decoded),
    })
}

fn value(name: &str, facts: &Facts<'_>) -> Result<String, Wrong> {
    let day = |part: usize| {
        let day = facts.date.map(|day| day.to_string());
        let part = day
            .as_deref()
            .and_then(|day| day.split('-').nth(part))
            .map(str::to_owned);
        part.ok_or_else(|| Wrong {
            why: format!("has `:{name}` in it, and this file has no date"),
            help: "add a `date` to its front matter".to_owned(),
        })
    };
    let stem = source::without_ending(facts.source);
    let (folder, file) = stem.rsplit_once('/').unwrap_or(("", stem));
    let slug = || {
        let usual = facts.usual.as_str().trim_matches('/');
        usual.rsplit('/').next().unwrap_or_default().to_owned()
    };
    Ok(match name {
        "year" => day(0)?,
        "month" => day(1)?,
        "day" => day(2)?,
        "slug" => slug(),
        "title" => facts.title.map_or_else(slug, |title| facts.slugs.of(title)),
        "filename" => file.to_owned(),
        "section" => folder.split('/').next().unwrap_or_default().to_owned(),
        _ => {
            return Err(Wrong {
                why: format!("has `:{name}` in it, which stands for nothing"),
                help: format!("what can stand there: :{}", NAMES.join(", :")),
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(pattern: &str) -> String {
        let usual = Permalink::page("notes/a-b");
        let facts = Facts {
            date: Day::parse("2015-05-06").ok(),
            usual: &usual,
            source: "notes/2015-05-06-A b.md",
            title: Some("Ärger, B!"),
            slugs: Slugs::default(),
        };
        filled(pattern, &facts).map_or_else(|wrong| wrong.why, |address| address.to_string())
    }

    #[test]
    fn patterns_are_filled() {
        for (pattern, wanted) in [
            ("/:year/:month/:day/:slug/", "/2015/05/06/a-b/"),
            (":section/:title.html", "/notes/arger-b.html"),
            ("/:year-:month/:filename", "/2015-05/2015-05-06-A b/"),
            ("/2015/05/15/Rust-1.0/", "/2015/05/15/Rust-1.0/"),
            ("/C%C3%B6/x", "/Cö/x/"),
            ("/a:b/", "/a:b/"),
            ("/x/index.html", "/x/"),
            ("/index.html", "/"),
            ("/a.html/", "/a.html/"),
            ("/日本語", "/日本語/"),
            ("/:name/", "has `:name` in it, which stands for nothing"),
            ("/../x/", "cannot be an address"),
            ("/%2e%2e/x/", "cannot be an address"),
            ("//x.org/", "cannot be an address"),
            ("/x?y", "cannot be an address"),
        ] {
            assert_eq!(address(pattern), wanted, "{pattern}");
        }
    }
}
