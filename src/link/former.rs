//! Former addresses: where an article that moved has gone, as its `aliases` say.

use std::collections::BTreeMap;

use crate::model::date::WrittenDate;
use crate::model::page::{Page, PageId};
use crate::model::slug::{LONGEST, slugify};
use crate::model::source;
use crate::model::url::{self, Permalink, decoded_path};

/// The address that an alias stands for.
///
/// # Errors
/// What is wrong with it.
pub fn address(alias: &str) -> Result<Permalink, &'static str> {
    if alias.contains("://")
        || alias.contains(['?', '#', '\\'])
        || alias.chars().any(char::is_control)
    {
        return Err("an alias is a path of this site, such as /old/address/");
    }
    // Hosts decode an address before they look for its file.
    let decoded = decoded_path(alias).ok_or("no folder of a site can be called so")?;
    let path = url::resolve("", &decoded).ok_or("this alias leads out of the site")?;
    if path.split('/').next().is_some_and(is_of_builds) {
        return Err("`gen` keeps what it knows of a site under this name");
    }
    if path.split('/').any(|part| part.len() > LONGEST) {
        return Err("a part of this alias is too long for a file's name");
    }
    match path.as_str() {
        "" => Err("an alias cannot be the home page"),
        file if file.ends_with(".html") && !alias.ends_with('/') => Ok(Permalink::file(file)),
        page => Ok(Permalink::page(page)),
    }
}

/// Whether builds write files of their own under this name.
fn is_of_builds(name: &str) -> bool {
    let name = name.to_lowercase();
    name == ".gen" || name.starts_with(".gen-")
}

/// Every alias, and whose it is. What several pages claim is nobody's.
#[derive(Debug)]
pub struct Former {
    by_address: BTreeMap<Permalink, Option<PageId>>,
    /// By the last part of the address.
    by_name: BTreeMap<String, Option<PageId>>,
}

impl Former {
    /// Of these pages.
    pub fn new(pages: &[Page]) -> Former {
        let mut former = Former {
            by_address: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        for (number, page) in pages.iter().enumerate() {
            let id = PageId::new(number);
            for address in page.front.aliases.0.iter().filter_map(|a| address(a).ok()) {
                let name = last_part(address.as_str()).to_owned();
                claim(&mut former.by_name, name, id);
                claim(&mut former.by_address, address, id);
            }
        }
        former
    }

    /// The page that was at an address.
    pub fn at(&self, address: &Permalink) -> Option<PageId> {
        self.by_address.get(address).copied().flatten()
    }

    /// The page whose file was at a path in `content/`, whether that is written with its `.md` or not.
    pub fn file(&self, path: &str) -> Option<PageId> {
        if path.ends_with(".html") {
            return self.at(&Permalink::file(path));
        }
        let path = source::without_ending(path);
        let path = path.strip_suffix("/index").unwrap_or(path);
        let mut parts: Vec<String> = path.split('/').map(slugify).collect();
        let stem = path.rsplit('/').next().unwrap_or_default();
        if let (Some((_, rest)), Some(last)) = (WrittenDate::from_file_name(stem), parts.last_mut())
        {
            *last = slugify(rest);
        }
        self.at(&Permalink::page(&parts.join("/")))
    }

    /// The page that was known by a name.
    pub fn named(&self, name: &str) -> Option<PageId> {
        self.by_name.get(&slugify(name)).copied().flatten()
    }
}

fn claim<K: Ord>(claims: &mut BTreeMap<K, Option<PageId>>, key: K, id: PageId) {
    let owner = claims.entry(key).or_insert(Some(id));
    if *owner != Some(id) {
        *owner = None;
    }
}

/// The last part of an address.
pub(super) fn last_part(address: &str) -> &str {
    address
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_one_address_in_every_spelling() {
        for (alias, path) in [
            ("/%e5%a4%b1%E6%81%8B/", "/失恋/"),
            ("/失恋", "/失恋/"),
            ("a%20b", "/a b/"),
            ("/cafe\u{301}/", "/café/"),
            ("/caf%C3%A9/", "/café/"),
            ("/100%/", "/100%/"),
            ("/old.html", "/old.html"),
            ("/a/../b/", "/b/"),
        ] {
            assert_eq!(address(alias).unwrap().as_str(), path, "{alias}");
        }
        for bad in [
            "/%2e%2e/a/",
            "/a/%2E%2e/",
            "/a%2fb/",
            "/a%5cb/",
            "/a%00/",
            "/%2e/",
            "/.gen-manifest/",
            "/.GEN-manifest",
            "/.gen/x/",
            "/%2Egen-manifest/",
            "/../a/",
            "/",
            "https://x.org/",
            "/a?b",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_two_claim_is_nobodys() {
        let mut claims = BTreeMap::new();
        for (name, id) in [("a", 0), ("b", 0), ("b", 1), ("b", 0), ("c", 1), ("c", 1)] {
            claim(&mut claims, name, PageId::new(id));
        }
        assert_eq!(
            claims,
            BTreeMap::from([
                ("a", Some(PageId::new(0))),
                ("b", None),
                ("c", Some(PageId::new(1)))
            ])
        );
    }
}
