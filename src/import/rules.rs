//! Addresses of the old site that no article had: redirects that it kept, archives of tags and authors, feeds, `?p=123`.
//! Those of one page become its aliases, the others rules in `content/_redirects`.

use std::collections::{BTreeMap, BTreeSet};

use super::address::urlized;
use super::doc::Doc;
use super::index::{Found, Index};
use super::source::Source;
use crate::config::Languages;
use crate::parse;
use crate::parse::redirects::{self, Redirect};

/// Where systems keep redirects in Netlify's form.
const FILES: [&str; 6] = [
    "_redirects",
    "static/_redirects",
    "public/_redirects",
    "source/_redirects",
    "src/_redirects",
    "docs/public/_redirects",
];
/// What is there on every site of ours.
const OURS: [&str; 4] = ["/", "/index.html", "/404.html", "/feed.xml"];

/// The addresses that a system gives its archives and feeds; `{}` stands for a name.
struct Archives {
    system: &'static str,
    tags: &'static [&'static str],
    authors: &'static [&'static str],
    feeds: &'static [&'static str],
}

const ARCHIVES: [Archives; 9] = [
    Archives {
        system: "WordPress",
        tags: &["/category/{}/", "/tag/{}/"],
        authors: &["/author/{}/"],
        feeds: &["/feed/", "/feed/atom/", "/comments/feed/"],
    },
    Archives {
        system: "Ghost",
        tags: &["/tag/{}/"],
        authors: &["/author/{}/"],
        feeds: &["/rss/"],
    },
    Archives {
        system: "Hugo",
        tags: &["/tags/{}/"],
        authors: &["/authors/{}/"],
        feeds: &["/index.xml", "/posts/index.xml"],
    },
    Archives {
        system: "Zola",
        tags: &["/tags/{}/"],
        authors: &["/authors/{}/"],
        feeds: &["/atom.xml", "/rss.xml"],
    },
    Archives {
        system: "Jekyll",
        tags: &["/tag/{}/", "/tags/{}/", "/categories/{}/"],
        authors: &[],
        feeds: &["/atom.xml"],
    },
    Archives {
        system: "Hexo",
        tags: &["/tags/{}/", "/categories/{}/"],
        authors: &[],
        feeds: &["/atom.xml"],
    },
    Archives {
        system: "Pelican",
        tags: &["/tag/{}.html", "/category/{}.html"],
        authors: &["/author/{}.html"],
        feeds: &["/feeds/all.atom.xml"],
    },
    Archives {
        system: "Eleventy",
        tags: &["/tags/{}/"],
        authors: &[],
        feeds: &["/feed/feed.xml", "/feed/"],
    },
    Archives {
        system: "Docusaurus",
        tags: &["/blog/tags/{}/"],
        authors: &[],
        feeds: &["/blog/rss.xml", "/blog/atom.xml"],
    },
];

/// Whether a link leads to a feed that a system makes.
pub(super) fn is_feed(system: &str, dest: &str) -> bool {
    let archives = ARCHIVES.iter().find(|archives| archives.system == system);
    let place = dest.trim_end_matches('/');
    archives.is_some_and(|archives| {
        archives
            .feeds
            .iter()
            .any(|feed| feed.trim_end_matches('/') == place)
    })
}

/// The redirects that the old site kept, which are not aliases now.
#[derive(Debug, Default)]
pub(super) struct Kept {
    lines: Vec<String>,
    /// Those that lead nowhere here, as they were written, or what is wrong with them.
    pub(super) dead: Vec<String>,
}

/// Makes aliases of the old site's redirects that lead to an article, and keeps the others that hosts can follow.
pub(super) fn old_redirects(source: &Source, docs: &mut [Doc], index: &Index) -> Kept {
    let mut kept = Kept::default();
    let root = Doc::default();
    for path in FILES {
        let Some(text) = source.text_at(path) else {
            continue;
        };
        let (rules, wrong) = redirects::read(&text);
        kept.dead
            .extend(wrong.into_iter().map(|error| error.message));
        for rule in rules {
            let line = text[rule.at.clone()]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let found = index.find(&root, &rule.to);
            match found {
                Found::Doc(number) if is_plain(&rule) => {
                    docs[number].front.aliases.0.push(rule.from)
                }
                // What stands there now may be called otherwise: a rule for it would be a guess.
                Found::Missing if !OURS.contains(&rule.to.as_str()) && !rule.to.contains("/:") => {
                    kept.dead.push(format!("`{line}`"));
                }
                Found::Doc(_) | Found::File(_) | Found::Elsewhere | Found::Missing => {
                    kept.lines.push(line)
                }
            }
        }
    }
    kept
}

fn is_plain(rule: &Redirect) -> bool {
    rule.is_exact() && rule.leads_on() && rule.query.is_empty() && rule.conditions.is_empty()
}

/// The text of `content/_redirects`; empty where there is nothing to say. The articles are as they will be.
pub(super) fn text(system: &str, kept: &Kept, docs: &[Doc], languages: &Languages) -> String {
    let language = &languages.all()[0];
    let slugs = language.slugs;
    let mut lines: Vec<String> = kept.lines.clone();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut tags: BTreeMap<String, String> = BTreeMap::new();
    let mut authors: BTreeSet<String> = BTreeSet::new();
    let mut terms: BTreeSet<(String, String)> = BTreeSet::new();
    let mut has_feed = false;
    for doc in docs {
        let Some((_, address)) = parse::place(&doc.path, &doc.front, languages) else {
            continue;
        };
        taken.insert(address.folded());
        taken.extend(
            doc.front
                .aliases
                .0
                .iter()
                .map(|alias| crate::model::url::Permalink::page(alias).folded()),
        );
        if doc.front.draft == Some(true) {
            continue;
        }
        // Archives of other languages stand elsewhere.
        if languages.place(&doc.path).language > 0 {
            continue;
        }
        has_feed |= doc.day().is_some() && doc.path.contains('/');
        for tag in &doc.front.tags.0 {
            tags.entry(slugs.of(tag)).or_insert_with(|| tag.clone());
        }
        for (key, name) in doc
            .front
            .terms
            .iter()
            .flat_map(|(key, names)| names.iter().map(move |name| (key, name)))
        {
            terms.insert((
                format!("/{key}/{}/", crate::escape::url_path(&urlized(name))),
                format!("{key}/{}", slugs.of(name)),
            ));
        }
        authors.extend(doc.front.authors.0.iter().map(|author| slugs.of(author)));
        for name in &doc.names {
            if let Some(query) = name.strip_prefix('?')
                && query.contains('=')
            {
                lines.push(format!(
                    "/ {query} {} 301",
                    crate::escape::url_path(address.as_str())
                ));
            }
        }
    }
    let archives = ARCHIVES.iter().find(|archives| archives.system == system);
    let mut add = |from: String, to: String| {
        let is_free = !taken.contains(&crate::model::url::Permalink::page(&from).folded());
        if from != to && is_free {
            lines.push(format!("{from} {to} 301"));
        }
    };
    for (from, to) in terms {
        add(from, language.page(&to).to_string());
    }
    if let Some(archives) = archives {
        for (slug, name) in tags.iter().filter(|(slug, _)| !slug.is_empty()) {
            for pattern in archives.tags {
                add(
                    pattern.replace("{}", &crate::escape::url_path(&urlized(name))),
                    language.page(&format!("tags/{slug}")).to_string(),
                );
            }
        }
        for slug in authors.iter().filter(|slug| !slug.is_empty()) {
            for pattern in archives.authors {
                let page = language.page(&format!("authors/{slug}"));
                add(pattern.replace("{}", slug), page.to_string());
            }
        }
        for feed in archives.feeds.iter().filter(|_| has_feed) {
            add((*feed).to_owned(), language.file("feed.xml").to_string());
        }
    }
    let mut known: BTreeSet<String> = BTreeSet::new();
    lines.retain(|line| known.insert(line.clone()));
    match lines.is_empty() {
        true => String::new(),
        false => format!(
            "# Addresses of the old site that no article had.\n{}\n",
            lines.join("\n")
        ),
    }
}
