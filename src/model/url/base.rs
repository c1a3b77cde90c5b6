//! The site's own place on the web, and other places that are its own.

use std::fmt;

use super::{Permalink, decoded_path};
use crate::escape;
use crate::model::nfc::nfc;

/// Where the site stands on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host, without a slash at the end: `https://x.org`.
    origin: String,
    /// Path, with a slash at both ends: `/`, `/blog/`. Not percent-encoded.
    path: String,
    /// Where else the site stands or stood: full addresses below are its own.
    own: Vec<Place>,
    /// Places below these that something else serves.
    others: Vec<Place>,
}

/// A host and a path on it: what begins so is in one hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// In small letters, without `www.` and a usual port.
    host: String,
    /// Not percent-encoded, without slashes at its ends.
    path: String,
}

impl Place {
    /// Reads a host, with or without scheme and path: `old.example.org`, `https://example.org/blog/`. None where it is
    /// none.
    pub fn parse(text: &str) -> Option<Place> {
        let rest = text.trim();
        let rest = after_scheme(rest).unwrap_or(rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let is_host =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
        if host.is_empty() || !host.chars().all(is_host) || path.contains(['?', '#']) {
            return None;
        }
        Some(Place {
            host: bare_host(host),
            path: decoded_path(path.trim_matches('/'))?,
        })
    }

    /// What follows this place in a full address, with a slash before it: a path, query and anchor.
    fn rest(&self, url: &str) -> Option<String> {
        let rest = after_scheme(url)?;
        let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let path_end = rest.find(['?', '#']).unwrap_or(rest.len());
        let (path, suffix) = rest.split_at(path_end);
        (bare_host(host) == self.host).then_some(())?;
        let mut path = path.strip_prefix('/').unwrap_or(path);
        for part in self.path.split('/').filter(|part| !part.is_empty()) {
            let (first, after) = path.split_once('/').unwrap_or((path, ""));
            (nfc(&escape::url_decode(first)) == part).then_some(())?;
            path = after;
        }
        Some(format!("/{path}{suffix}"))
    }
}

/// A full address of the web without its scheme and the slashes after it.
fn after_scheme(url: &str) -> Option<&str> {
    ["https:", "http:", ""].iter().find_map(|scheme| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then_some(())?;
        url[scheme.len()..].strip_prefix("//")
    })
}

fn bare_host(host: &str) -> String {
    let host = host.to_lowercase();
    let bare = host
        .strip_suffix(":80")
        .or_else(|| host.strip_suffix(":443"));
    let bare = bare.unwrap_or(&host).trim_end_matches('.');
    bare.strip_prefix("www.").unwrap_or(bare).to_owned()
}

impl BaseUrl {
    /// Reads a full URL; the error says what was expected.
    pub fn parse(text: &str) -> Result<BaseUrl, String> {
        let wrong = |why: &str| {
            Err(format!(
                "`{text}` {why}; write a full address such as https://example.org/blog/"
            ))
        };
        let Some((scheme, rest)) = text.trim().split_once("://") else {
            return wrong("has no scheme");
        };
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "http" | "https") {
            return wrong("is neither http nor https");
        }
        if rest.contains(['?', '#', ' ', '"', '<', '>', '\\', '\'', '&']) {
            return wrong("holds a character that a base URL cannot have");
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() || host.starts_with(':') {
            return wrong("has no host");
        }
        if path.split('/').any(|part| matches!(part, "." | "..")) {
            return wrong("has a path with dots in it");
        }
        let Some(path) = decoded_path(path.trim_matches('/')) else {
            return wrong("has a path that no folder can have");
        };
        Ok(BaseUrl {
            origin: format!("{scheme}://{host}"),
            own: vec![Place {
                host: bare_host(host),
                path: path.clone(),
            }],
            others: Vec::new(),
            path: match path.as_str() {
                "" => "/".to_owned(),
                path => format!("/{path}/"),
            },
        })
    }

    /// The same, with further places whose full addresses are the site's own, and with those that are not.
    pub fn with_places(mut self, own: Vec<Place>, others: Vec<Place>) -> BaseUrl {
        self.own.extend(own);
        self.others = others;
        self
    }

    /// The host, as it is written, with its port.
    pub fn host(&self) -> &str {
        after_scheme(&self.origin).unwrap_or(&self.origin)
    }

    /// Where another base URL stands, if that is elsewhere.
    pub fn place(&self) -> Option<Place> {
        self.own.first().cloned()
    }

    /// The path within the site, with query and anchor, that a full address of the site's own leads to: `/a/b/#c`. None
    /// for a path, and for what is of another site.
    pub fn within(&self, url: &str) -> Option<String> {
        // Asked of every link: most are paths.
        after_scheme(url)?;
        let is_other = self.others.iter().any(|other| other.rest(url).is_some());
        let own = || self.own.iter().find_map(|own| own.rest(url));
        (!is_other).then(own).flatten()
    }

    /// A link from one page of the site to another: the path, with that of `base_url`, percent-encoded.
    pub fn href(&self, to: &Permalink) -> String {
        let mut href = String::with_capacity(self.path.len() + to.as_str().len());
        self.push_href(&mut href, to);
        href
    }

    fn push_href(&self, out: &mut String, to: &Permalink) {
        escape::push_url_path(out, &self.path);
        escape::push_url_path(out, &to.as_str()[1..]);
    }

    /// The full address, for canonical links, feeds, sitemaps and metadata.
    pub fn absolute(&self, to: &Permalink) -> String {
        let length = self.origin.len() + self.path.len() + to.as_str().len();
        let mut url = String::with_capacity(length);
        url.push_str(&self.origin);
        self.push_href(&mut url, to);
        url
    }

    /// A href that is already made (with `base_url`'s path) as a full address.
    pub fn absolute_href(&self, href: &str) -> String {
        if href.starts_with('/') {
            format!("{}{href}", self.origin)
        } else {
            href.to_owned()
        }
    }

    /// The path, with a slash at both ends.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, escape::url_path(&self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_with_a_path_holds_every_link() {
        let base = BaseUrl::parse("https://x.org/blog").unwrap();
        assert_eq!(base.href(&Permalink::page("a/b")), "/blog/a/b/");
        assert_eq!(base.href(&Permalink::root()), "/blog/");
        assert_eq!(
            base.absolute(&Permalink::file("a b.jpg")),
            "https://x.org/blog/a%20b.jpg"
        );
        for bad in [
            "x.org",
            "ftp://x.org",
            "https://",
            "https://x.org/?a",
            "",
            "https:///x",
        ] {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_base_url_is_the_same_in_every_spelling() {
        for text in [
            "https://x.org/%C3%BC",
            "https://x.org/ü/",
            "https://x.org/u\u{308}/",
        ] {
            let base = BaseUrl::parse(text).unwrap();
            assert_eq!(base.href(&Permalink::root()), "/%C3%BC/", "{text}");
            assert_eq!(base.to_string(), "https://x.org/%C3%BC/");
        }
        for bad in [
            "https://x.org/a%2Fb",
            "https://x.org/%2e%2e/",
            "https://x.org/%0a",
        ] {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_full_address_of_the_own_site_is_a_path() {
        let place = |text| Place::parse(text).unwrap();
        let base = BaseUrl::parse("https://www.Example.org/blog/")
            .unwrap()
            .with_places(
                vec![place("old.example.org"), place("https://x.org/b%C3%BC/")],
                vec![place("https://example.org/blog/app/")],
            );
        for (url, path) in [
            ("https://example.org/blog/a/?x#y", Some("/a/?x#y")),
            ("http://www.example.org:80/blog", Some("/")),
            ("HTTPS://EXAMPLE.ORG/%62log/a", Some("/a")),
            ("//example.org/blog/a.jpg", Some("/a.jpg")),
            ("https://example.org/blog?p=1", Some("/?p=1")),
            ("https://old.example.org/a/", Some("/a/")),
            ("https://x.org/bu\u{308}/a", Some("/a")),
            ("https://example.org/blog/app/x", None),
            ("https://example.org/blog/apple", Some("/apple")),
            ("https://example.org/", None),
            ("https://example.org/blogs/a", None),
            ("https://example.org.evil.org/blog/a", None),
            ("https://me@example.org/blog/a", None),
            ("https://example.org:8080/blog/a", None),
            ("/blog/a/", None),
            ("blog/a.md", None),
            ("mailto:a@example.org", None),
        ] {
            assert_eq!(base.within(url).as_deref(), path, "{url}");
        }
        for bad in ["", "a b", "x.org/?a", "x.org/a%2Fb"] {
            assert!(Place::parse(bad).is_none(), "{bad}");
        }
    }
}
