//! The law of moving: whatever is moved in whatever site, every link and reference that led somewhere leads to the
//! same page or file afterwards, from the same page, and a build has no message that it did not have before.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gen_site::error::Error;
use gen_site::model::date::Day;
use gen_site::model::site::Target;
use gen_site::model::url::relative;
use gen_site::store::author;
use gen_site::writing::moving::moving;
use gen_site::{Build, Options, Today};
use proptest::prelude::*;

const FOLDERS: [&str; 5] = ["", "a/", "a/b c/", "a/d/", "e/"];
const STEMS: [&str; 6] = [
    "one",
    "two",
    "2026-01-02-three",
    "Ünï four",
    "index",
    "one(1)",
];
const ASSETS: [&str; 3] = ["dot.svg", "a/b c/line.svg", "e/box.svg"];
/// The way of leading that leads to folders' lists.
const TO_LISTS: usize = 12;
/// From here on, the places of leads are those of a guide's steps.
const STEPS: usize = 1000;
/// Where to, beside what is there: files, and folders.
const PLACES: [&str; 8] = [
    "new.md",
    "a/one.md",
    "a/d/new one.md",
    "e/two.md",
    "f/g/one.md",
    "f",
    "e/f",
    "a/b c/index.md",
];

/// A page: its folder, its name, and what it says.
#[derive(Clone, Debug)]
struct Made {
    folder: usize,
    stem: usize,
    words: Vec<(usize, usize)>,
    draft: bool,
}

fn made() -> impl Strategy<Value = Made> {
    let words = prop::collection::vec((0..16usize, 0..20usize), 0..8);
    (
        0..FOLDERS.len(),
        0..STEMS.len(),
        words,
        prop::bool::weighted(0.1),
    )
        .prop_map(|(folder, stem, words, draft)| Made {
            folder,
            stem,
            words,
            draft,
        })
}

fn path(page: &Made) -> String {
    format!("{}{}.md", FOLDERS[page.folder], STEMS[page.stem])
}

fn encoded(path: &str) -> String {
    path.replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29")
}

/// The files of a site. Where several pages have one path, the last is there.
fn files(pages: &[Made]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut menu = String::new();
    for page in pages.iter().take(3) {
        menu.push_str(&format!(
            "{{ title = \"{0}\", url = \"{0}\" }}, ",
            path(page)
        ));
    }
    files.insert(
        "site.toml".to_owned(),
        format!("title = \"S\"\nbase_url = \"https://x.org\"\nmenu = [{menu}]\n"),
    );
    for asset in ASSETS {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>";
        files.insert(format!("content/{asset}"), svg.to_owned());
    }
    for page in pages {
        files.insert(format!("content/{}", path(page)), text(page, pages));
    }
    files
}

fn text(page: &Made, pages: &[Made]) -> String {
    let folder = FOLDERS[page.folder].trim_end_matches('/');
    let (mut pins, mut steps, mut body) = (Vec::new(), Vec::new(), String::new());
    for (number, (form, to)) in page.words.iter().enumerate() {
        let target = &pages[to % pages.len()];
        let (there, stem) = (path(target), STEMS[target.stem]);
        let asset = ASSETS[to % ASSETS.len()];
        let address = format!(
            "/{}",
            there
                .trim_end_matches(".md")
                .to_lowercase()
                .replace(' ', "-")
        );
        let bare = there.trim_end_matches(".md");
        let words = match *form {
            0 => format!("[x]({})", encoded(&relative(folder, &there))),
            1 => format!("[x](</{there}>)"),
            2 => format!("[x]({address}/)"),
            3 => format!("[[{stem}]] and [[{stem}|y]]"),
            4 => format!("[[{bare}]]"),
            5 => format!(
                "[x][r{number}] [r{number}]\n\n[r{number}]: <{}> 't'",
                relative(folder, &there)
            ),
            6 => format!("<a href=\"{}\">x</a>", encoded(&relative(folder, &there))),
            7 => format!("Related: [](/{})", encoded(&there)),
            8 => format!("![x]({} \"t\")", encoded(&relative(folder, asset))),
            9 => format!("[x](/{}) ![x](</{asset}>)", encoded(asset)),
            10 => format!("| a |\n|---|\n| [[{stem}\\|x]] [[/{bare}]] |"),
            11 => format!(
                "[![x]({})](/{})",
                encoded(&relative(folder, asset)),
                encoded(&there)
            ),
            TO_LISTS => "[folder](/a/d/) [folder](/e/)".to_owned(),
            13 => {
                pins.push(format!("\"/{bare}\""));
                continue;
            }
            14 => {
                steps.push(format!("\"{stem}\""));
                continue;
            }
            _ => {
                pins.push(format!("'{stem}'"));
                continue;
            }
        };
        body.push_str(&words);
        body.push_str("\n\n");
    }
    // The home page is published in any case.
    let is_draft = page.draft && path(page) != "index.md";
    let draft = if is_draft { "draft: true\n" } else { "" };
    let date = if STEMS[page.stem].starts_with("2026") {
        ""
    } else {
        "date: 2026-01-01\n"
    };
    format!(
        "---\ntitle: T\ndescription: D\n{date}{draft}up_next: {{ pins: [{}] }} # pins\nsteps: [{}]\n---\n\n{body}Text.\n",
        pins.join(", "),
        steps.join(", ")
    )
}

/// What a site's pages lead to, and the codes of a build's messages.
#[derive(Debug, Default)]
struct Known {
    /// By file and place in it.
    leads: BTreeMap<(String, usize), String>,
    messages: BTreeMap<&'static str, usize>,
}

fn known(root: &Path) -> Known {
    let options = Options {
        root: root.to_path_buf(),
        base_url: None,
        drafts: false,
        future: false,
        today: Today::Day(Day::parse("2026-11-23").unwrap()),
    };
    let mut known = Known::default();
    let loaded = gen_site::load(&options, &mut |_, _| ()).unwrap().unwrap();
    let site = &loaded.first().site;
    let name = |target: &Target| match target {
        Target::Page { id, anchor, .. } => Some(format!("{}#{anchor}", site.page(*id).source)),
        Target::Path { permalink, .. } => Some(permalink.to_string()),
        _ => None,
    };
    for id in site.ids() {
        let pictures = site.pictures[id.index()]
            .iter()
            .map(|picture| &picture.target);
        let targets = site.targets[id.index()].iter().chain(pictures);
        let source = &site.page(id).source;
        for (number, target) in targets.enumerate() {
            known
                .leads
                .extend(name(target).map(|name| ((source.clone(), number), name)));
        }
    }
    for guide in &site.guides {
        for (number, step) in guide.steps.iter().enumerate() {
            let hub = site.page(guide.hub).source.clone();
            known.leads.insert(
                (hub, STEPS + number),
                format!("{}#", site.page(*step).source),
            );
        }
    }
    for (number, (_, target)) in site.menu.iter().enumerate() {
        known
            .leads
            .extend(name(target).map(|name| (("menu".to_owned(), number), name)));
    }
    let output = root.join("public");
    let how = Build {
        output: &output,
        strict: false,
        cache: false,
        held: gen_site::HELD,
    };
    let report = gen_site::build(&options, how, &mut |_, _| ()).unwrap();
    for found in report.diagnostics {
        *known.messages.entry(found.code).or_default() += 1;
    }
    known
}

/// Moves, and says which files of `content/` have which new paths; none where it was refused.
fn moved(root: &Path, from: &str, to: &str) -> Option<BTreeMap<String, String>> {
    let mut survey = gen_site::survey(&Options {
        root: root.to_path_buf(),
        base_url: None,
        drafts: true,
        future: true,
        today: Today::Day(Day::parse("2026-11-23").unwrap()),
    })
    .unwrap();
    let mut pages = std::mem::take(&mut survey.pages);
    let old: Vec<String> = pages.iter().map(|page| page.source.clone()).collect();
    let site = survey.around_a_move();
    let read = |path: &str| {
        let file = root.join(path);
        fs::read_to_string(&file).map_err(Error::io("could not read", &file))
    };
    let decided = match moving(&site, &mut pages, from, to, &read) {
        Ok(decided) => decided,
        Err(error) => {
            let why = error.to_string();
            assert!(!why.contains("safely"), "{why}");
            return None;
        }
    };
    author::carry_out(root, &decided.plan).ok()?;
    let mut paths: BTreeMap<String, String> = old
        .into_iter()
        .zip(pages.into_iter().map(|page| page.source))
        .collect();
    for asset in ASSETS {
        let below = asset.strip_prefix(&format!("{from}/"));
        let new = match below {
            Some(below) => format!("{to}/{below}"),
            None if asset == from => to.to_owned(),
            None => asset.to_owned(),
        };
        paths.insert(asset.to_owned(), new);
    }
    Some(paths)
}

/// A target's name after the move: files by their paths, lists of folders by their addresses.
fn renamed(target: &str, paths: &BTreeMap<String, String>, from: &str, to: &str) -> String {
    if let Some((page, anchor)) = target.split_once('#') {
        return format!("{}#{anchor}", paths[page]);
    }
    if let Some(new) = paths.get(target.trim_start_matches('/')) {
        return format!("/{new}");
    }
    // An address that is no page's is a folder's list, or nothing.
    let address = |folder: &str| folder.trim_matches('/').replace(' ', "-");
    let inner = target.trim_matches('/');
    let is_list = FOLDERS.iter().any(|folder| address(folder) == inner);
    let below = inner.strip_prefix(&address(from));
    match below.filter(|rest| is_list && (rest.is_empty() || rest.starts_with('/'))) {
        Some(rest) => format!("/{}{rest}/", address(to)),
        None => target.to_owned(),
    }
}

/// Whether a target is the list of a folder that has nothing to list: it led nowhere before.
fn is_empty_list(target: &str, pages: &[Made]) -> bool {
    let drafts: BTreeMap<String, bool> =
        pages.iter().map(|page| (path(page), page.draft)).collect();
    let shown = |folder: &str| {
        drafts
            .iter()
            .any(|(path, draft)| !draft && path.starts_with(folder))
    };
    let inner = target.trim_matches('/');
    let mut named = FOLDERS
        .iter()
        .filter(|folder| folder.trim_matches('/').replace(' ', "-") == inner);
    named.any(|folder| !folder.is_empty() && !shown(folder))
}

#[test]
fn whatever_is_moved_nothing_leads_elsewhere() {
    let (tried, done) = (Cell::new(0), Cell::new(0));
    let site = prop::collection::vec(made(), 1..9);
    let config = ProptestConfig {
        cases: 96,
        ..ProptestConfig::default()
    };
    proptest!(config, |(pages in site, what in 0..16usize, place in 0..PLACES.len())| {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for (path, text) in files(&pages) {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let is_file = PLACES[place].ends_with(".md");
        let from = match is_file {
            true => path(&pages[what % pages.len()]),
            false => FOLDERS[1 + what % (FOLDERS.len() - 1)].trim_end_matches('/').to_owned(),
        };
        let to = PLACES[place];
        prop_assume!(root.join("content").join(&from).exists());
        prop_assume!(!root.join("content").join(to).exists());
        let before = known(root);
        tried.set(tried.get() + 1);
        let Some(paths) = moved(root, &from, to) else { return Ok(()) };
        done.set(done.get() + 1);
        let after = known(root);
        for ((source, number), target) in &before.leads {
            if is_empty_list(target, &pages) {
                continue;
            }
            let source = paths.get(source).unwrap_or(source);
            let expected = renamed(target, &paths, &from, to);
            // A step that was not to be found may be found where the guide is now, and come before.
            let steps = (STEPS..2 * STEPS).map(|step| after.leads.get(&(source.clone(), step)));
            if *number >= STEPS && steps.flatten().any(|now| *now == expected) {
                continue;
            }
            let now = after.leads.get(&(source.clone(), *number));
            prop_assert_eq!(now, Some(&expected), "{} → {}: {} of {}", from, to, number, source);
        }
        // What led nowhere for one reason may lead nowhere for another; and a list whose last article moves away is
        // gone, whoever links to it.
        let has_lists = pages.iter().any(|page| page.words.iter().any(|(form, _)| *form == TO_LISTS));
        let count = |known: &Known| known.messages.values().sum::<usize>();
        prop_assert!(has_lists || count(&after) <= count(&before), "{} → {}: {:?}", from, to, after.messages);
    });
    assert!(
        done.get() * 3 > tried.get(),
        "{} of {} were moved",
        done.get(),
        tried.get()
    );
}
