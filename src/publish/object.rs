//! What a store is told of a file: its type, how long it may be kept, and its encoding. The rules are those of the site's
//! `_headers`, which other hosts read themselves.

use crate::escape;
use crate::fingerprint::{Fingerprint, Mix};
use crate::model::file_type;
use crate::model::url::{BaseUrl, Permalink};
use crate::parse::host_headers::{self, Block};

/// The file of the rules. It is for who serves or sends the site, and not sent to stores that are told all of it.
pub const RULES: &str = "_headers";

/// What stores can be told; all else only a server sends.
const KNOWN: [&str; 5] = [
    "cache-control",
    "content-disposition",
    "content-language",
    "content-type",
    "expires",
];

/// Files without a rule are asked for again each time: they may change with the next publishing.
const USUAL: &str = "public, max-age=0, must-revalidate";

/// Smaller texts gain nothing from being compressed.
const WORTH_IT: u64 = 1024;

/// The rules of a site.
pub struct Rules {
    blocks: Vec<Block>,
    gzip: bool,
}

/// What a store is told of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Names in small letters, sorted.
    pub headers: Vec<(String, String)>,
    /// It is sent compressed.
    pub gzip: bool,
}

impl Rules {
    /// Reads `_headers`. What is wrong with it, the build has told.
    pub fn parse(text: &str, gzip: bool) -> Rules {
        Rules {
            blocks: host_headers::read(text).0,
            gzip,
        }
    }

    /// What is told of the file at a path, of so many bytes.
    pub fn told(&self, base: &BaseUrl, path: &str, size: u64) -> Told {
        let kind = file_type::of(path);
        let gzip = self.gzip && kind.is_text && size >= WORTH_IT;
        let mut headers = std::collections::BTreeMap::from([
            ("cache-control".to_owned(), USUAL.to_owned()),
            ("content-type".to_owned(), kind.name.to_owned()),
        ]);
        let href = base.href(&Permalink::file(path));
        for block in self.blocks.iter().filter(|block| fits(&block.path, &href)) {
            for header in &block.headers {
                let name = header.name.to_ascii_lowercase();
                if KNOWN.contains(&name.as_str()) {
                    headers.insert(name, header.value.clone());
                }
            }
        }
        if gzip {
            headers.insert("content-encoding".to_owned(), "gzip".to_owned());
        }
        Told {
            headers: headers.into_iter().collect(),
            gzip,
        }
    }
}

impl Told {
    /// Of these bytes and what is told with them.
    pub fn hash(&self, bytes: Fingerprint) -> Fingerprint {
        if self.headers.is_empty() {
            return bytes;
        }
        let mut mix = Mix::default();
        mix.add(&(bytes.0, &self.headers));
        mix.finish()
    }
}

/// Whether a rule's path is that of a file: `*` is anything, `:name` one part. A page is known by its folder, too.
fn fits(pattern: &str, path: &str) -> bool {
    let pattern = escape::url_decode(pattern);
    let path = escape::url_decode(path);
    let page = path.strip_suffix("index.html");
    fits_whole(&pattern, &path)
        || page.is_some_and(|page| {
            fits_whole(pattern.trim_end_matches('/'), page.trim_end_matches('/'))
        })
}

fn fits_whole(pattern: &str, path: &str) -> bool {
    let (mut patterns, mut parts) = (pattern.split('/').peekable(), path.split('/'));
    while let Some(wanted) = patterns.next() {
        let Some(part) = parts.next() else {
            return false;
        };
        let is_any = wanted.len() > 1 && wanted.starts_with(':') && !part.is_empty();
        if !is_any && !stars(wanted, part) {
            return false;
        }
        // What ends in a star takes all that follows, too.
        if patterns.peek().is_none() && wanted.ends_with('*') {
            return true;
        }
    }
    parts.next().is_none()
}

/// Whether a part is what a pattern with stars in it says.
fn stars(pattern: &str, part: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == part;
    };
    let Some(left) = part.strip_prefix(start) else {
        return false;
    };
    rest.is_empty()
        || left
            .char_indices()
            .map(|(at, _)| at)
            .chain([left.len()])
            .any(|at| stars(rest, &left[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(rules: &str, path: &str, name: &str) -> Option<String> {
        let base = BaseUrl::parse("https://x.org/b").unwrap();
        let told = Rules::parse(rules, false).told(&base, path, 9000);
        let found = told.headers.into_iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    #[test]
    fn the_last_rule_that_fits_holds() {
        let rules = "/b/*\n  Cache-Control: a\n  X-Robots-Tag: noai\n/b/assets/*\n  cache-control: c\n/b/x/\n  Content-Language: de\n";
        assert_eq!(
            value(rules, "index.html", "cache-control").as_deref(),
            Some("a")
        );
        assert_eq!(
            value(rules, "assets/a/b.css", "cache-control").as_deref(),
            Some("c")
        );
        assert_eq!(
            value(rules, "x/index.html", "content-language").as_deref(),
            Some("de")
        );
        assert_eq!(value(rules, "x/y/index.html", "content-language"), None);
        assert_eq!(value(rules, "index.html", "x-robots-tag"), None);
        assert_eq!(value("", "a.css", "cache-control").as_deref(), Some(USUAL));
        assert_eq!(
            value("", "a.css", "content-type").as_deref(),
            Some("text/css; charset=utf-8")
        );
    }

    #[test]
    fn patterns_fit_as_hosts_read_them() {
        for (pattern, path, is_fit) in [
            ("/*", "/", true),
            ("/*", "/a/b.html", true),
            ("/a/*", "/a/b/c", true),
            ("/a/*", "/b/c", false),
            ("/:x/y", "/a/y", true),
            ("/:x/y", "/a/b/y", false),
            ("/*.pdf", "/a.pdf", true),
            ("/*.pdf", "/a.html", false),
            ("/a", "/a/index.html", true),
            ("/a/", "/a/index.html", true),
            ("/", "/index.html", true),
            ("/", "/a/index.html", false),
            ("/%C3%BC/*", "/ü/x", true),
            ("/a*", "/ab/c", true),
        ] {
            assert_eq!(fits(pattern, path), is_fit, "{pattern} {path}");
        }
    }

    #[test]
    fn texts_are_compressed_where_it_is_worth_it() {
        let base = BaseUrl::parse("https://x.org").unwrap();
        let rules = Rules::parse("", true);
        assert!(rules.told(&base, "a.html", 2000).gzip);
        assert!(!rules.told(&base, "a.html", 200).gzip);
        assert!(!rules.told(&base, "a.png", 2000).gzip);
    }
}
