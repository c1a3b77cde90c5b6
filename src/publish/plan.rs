//! What is to be sent to a place and what is to be removed there, in an order in which the site is whole at every moment.

use std::collections::{BTreeMap, BTreeSet};

use super::list::{List, State};
use crate::fingerprint::Fingerprint;

/// When a file is sent: one of a later stage may name those of the stages before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Pictures, style sheets, scripts, search: what pages are made of.
    Asset,
    /// Pages that were not there.
    NewPage,
    /// Pages that were.
    Page,
    /// Pages above others, which list them.
    Listing,
    /// Feeds, the sitemap and their like.
    Feed,
}

/// A file to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// From the place's root.
    pub path: String,
    /// Of its bytes and what is told with them.
    pub hash: Fingerprint,
    /// When it goes.
    pub stage: Stage,
    /// Nothing of gen's is there: what is, is somebody else's.
    pub is_new: bool,
}

/// What makes a place hold the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order in which they go.
    pub send: Vec<Parcel>,
    /// Before all else, sorted: a folder must be where these files are, or the other way round.
    pub clear: Vec<String>,
    /// Last, sorted.
    pub remove: Vec<String>,
    /// Files that are there already.
    pub unchanged: usize,
}

impl Plan {
    /// Compares the files of the site with what is there.
    pub fn new(files: &BTreeMap<String, Fingerprint>, there: &List) -> Plan {
        let mut plan = Plan::default();
        let folders: BTreeSet<&str> = files
            .keys()
            .filter_map(|path| path.strip_suffix("/index.html"))
            .flat_map(|folder| folder.match_indices('/').map(|(end, _)| &folder[..end]))
            .collect();
        for (path, hash) in files {
            let state = there.files.get(path);
            if state == Some(&State::Sent(*hash)) {
                plan.unchanged += 1;
                continue;
            }
            let is_new = matches!(state, None | Some(State::New(_)));
            plan.send.push(Parcel {
                path: path.clone(),
                hash: *hash,
                stage: stage(path, is_new, &folders),
                is_new,
            });
        }
        // Articles before their sections, and these before the front page.
        let depth = |path: &str| path.matches('/').count();
        plan.send.sort_by(|a, b| {
            (a.stage, std::cmp::Reverse(depth(&a.path)), &a.path).cmp(&(
                b.stage,
                std::cmp::Reverse(depth(&b.path)),
                &b.path,
            ))
        });
        let gone = there.files.keys().filter(|path| !files.contains_key(*path));
        (plan.clear, plan.remove) = gone.cloned().partition(|path| is_in_the_way(path, files));
        plan
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.send.is_empty() && self.remove.is_empty() && self.clear.is_empty()
    }

    /// The list as it must stand before the first file goes, so that whoever comes after a publisher that was killed knows
    /// all that may be there.
    pub fn begun(&self, there: &List, site: &str) -> List {
        let mut list = there.clone();
        site.clone_into(&mut list.site);
        for parcel in &self.send {
            let state = match parcel.is_new {
                true => State::New(parcel.hash),
                false => State::Changing(parcel.hash),
            };
            list.files.insert(parcel.path.clone(), state);
        }
        let changed = self.send.iter().map(|parcel| &parcel.path);
        let all = changed.chain(&self.clear).chain(&self.remove);
        let pages = all.filter(|path| is_page(path));
        list.untold.extend(pages.cloned());
        list
    }
}

/// Whether a file that is gone stands where a folder must be, or below what must be a file.
fn is_in_the_way(path: &str, files: &BTreeMap<String, Fingerprint>) -> bool {
    let below = format!("{path}/");
    let next = files.range(below.clone()..).next();
    next.is_some_and(|(next, _)| next.starts_with(&below))
        || path
            .match_indices('/')
            .any(|(end, _)| files.contains_key(&path[..end]))
}

/// Whether readers see it as a page of the site.
pub fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// `folders` are those that hold further pages.
fn stage(path: &str, is_new: bool, folders: &BTreeSet<&str>) -> Stage {
    let lists_others = match path.strip_suffix("index.html") {
        Some(folder) => folder.is_empty() || folders.contains(folder.trim_end_matches('/')),
        None => false,
    };
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" if lists_others => Stage::Listing,
        "html" if is_new => Stage::NewPage,
        "html" => Stage::Page,
        "xml" | "json" | "txt" | "webmanifest" if !is_below_assets(path) => Stage::Feed,
        _ => Stage::Asset,
    }
}

/// Whether the file is one that pages are made of, whatever its ending.
fn is_below_assets(path: &str) -> bool {
    ["assets/", "cards/", "pictures/"]
        .iter()
        .any(|folder| path.starts_with(folder))
        // Each language has its own search.
        || path.contains("search/parts/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[(&str, &str)]) -> BTreeMap<String, Fingerprint> {
        let file =
            |(path, text): &(&str, &str)| ((*path).to_owned(), Fingerprint::of(text.as_bytes()));
        paths.iter().map(file).collect()
    }

    fn sent(files: &BTreeMap<String, Fingerprint>) -> List {
        List {
            files: files
                .iter()
                .map(|(path, hash)| (path.clone(), State::Sent(*hash)))
                .collect(),
            ..List::default()
        }
    }

    fn paths(plan: &Plan) -> Vec<&str> {
        plan.send.iter().map(|parcel| &*parcel.path).collect()
    }

    #[test]
    fn what_is_linked_to_goes_before_what_links_there() {
        let before = files(&[("a/x/index.html", "1"), ("index.html", "1")]);
        let now = files(&[
            ("a/index.html", "1"),
            ("a/x/index.html", "2"),
            ("a/y/index.html", "1"),
            ("assets/strings.json", "1"),
            ("de/search/parts/0123456789.json", "1"),
            ("feed.xml", "1"),
            ("index.html", "2"),
            ("robots.txt", "1"),
            ("photo.jpg", "1"),
        ]);
        let plan = Plan::new(&now, &sent(&before));
        assert_eq!(
            paths(&plan),
            [
                "de/search/parts/0123456789.json",
                "assets/strings.json",
                "photo.jpg",
                "a/y/index.html",
                "a/x/index.html",
                "a/index.html",
                "index.html",
                "feed.xml",
                "robots.txt",
            ]
        );
        let new: Vec<bool> = plan.send.iter().map(|parcel| parcel.is_new).collect();
        assert_eq!(
            new,
            [true, true, true, true, false, true, false, true, true]
        );
    }

    #[test]
    fn only_what_changed_goes_and_only_what_was_sent_is_removed() {
        let before = files(&[("a.css", "1"), ("b/index.html", "1"), ("c/index.html", "1")]);
        let now = files(&[("a.css", "1"), ("b/index.html", "2")]);
        let plan = Plan::new(&now, &sent(&before));
        assert_eq!(paths(&plan), ["b/index.html"]);
        assert_eq!(plan.remove, ["c/index.html"]);
        assert_eq!(plan.unchanged, 1);
        assert!(Plan::new(&now, &sent(&now)).is_empty());
    }

    #[test]
    fn files_where_folders_must_be_go_first() {
        let before = files(&[("a", "1"), ("b/index.html", "1"), ("c.x", "1")]);
        let now = files(&[("a/index.html", "1"), ("b", "1")]);
        let plan = Plan::new(&now, &sent(&before));
        assert_eq!(plan.clear, ["a", "b/index.html"]);
        assert_eq!(plan.remove, ["c.x"]);
    }

    #[test]
    fn a_killed_publisher_leaves_what_the_next_must_know() {
        let before = files(&[("b/index.html", "1"), ("c/index.html", "1")]);
        let now = files(&[("b/index.html", "2"), ("d/index.html", "1")]);
        let plan = Plan::new(&now, &sent(&before));
        let begun = plan.begun(&sent(&before), "https://x.org/");
        let state = |path: &str| begun.files[path];
        assert_eq!(state("b/index.html"), State::Changing(now["b/index.html"]));
        assert_eq!(state("c/index.html"), State::Sent(before["c/index.html"]));
        assert_eq!(state("d/index.html"), State::New(now["d/index.html"]));
        assert_eq!(begun.uncertain().len(), 1);
        assert_eq!(begun.untold.len(), 3);
        // All of it is sent again, and what is gone is still removed.
        let again = Plan::new(&now, &begun);
        assert_eq!((again.send.len(), again.remove.len()), (2, 1));
    }
}
