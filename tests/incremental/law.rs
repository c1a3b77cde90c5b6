//! After any edits: the same bytes and the same words as a clean build, with one thread and with many.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gen_site::fingerprint::of_word;
use gen_site::model::date::Day;
use gen_site::model::terms::Counted;
use gen_site::{Build, Options, Report, Today};
use proptest::prelude::*;
use rayon::ThreadPool;

use crate::dice::Dice;
use crate::edit::{Asked, EDITS, State, begin};
use crate::made_up::{Site, show_all};
use crate::{difference, published, write_long_ago};

/// A site on disk, and what was built of it.
struct Desk {
    folder: tempfile::TempDir,
    /// What stands in the files.
    files: BTreeMap<String, Vec<u8>>,
    /// Files written so far.
    writes: u64,
    pools: [ThreadPool; 2],
}

impl Desk {
    fn new() -> Desk {
        let pool = |threads| {
            let builder = rayon::ThreadPoolBuilder::new();
            builder.num_threads(threads).build().unwrap()
        };
        Desk {
            folder: tempfile::tempdir().unwrap(),
            files: BTreeMap::new(),
            writes: 0,
            pools: [pool(1), pool(4)],
        }
    }

    /// Brings the files to a state. Each that is written is a second younger than the one before.
    fn lay(&mut self, state: &mut State) {
        let new = state.site.files();
        let root = self.folder.path();
        for path in self.files.keys().filter(|path| !new.contains_key(*path)) {
            fs::remove_file(root.join(path)).unwrap();
        }
        let touched = state.touched.take().map(|number| number % new.len());
        for (number, (path, bytes)) in new.iter().enumerate() {
            if self.files.get(path) == Some(bytes) && touched != Some(number) {
                continue;
            }
            self.writes += 1;
            write_long_ago(root, path, bytes, 1_600_000_000 + self.writes);
        }
        self.files = new;
    }

    fn build(&self, asked: &Asked, output: &Path, cache: bool, threads: usize) -> Report {
        let options = Options {
            root: self.folder.path().to_path_buf(),
            base_url: asked.base_url.map(str::to_owned),
            drafts: asked.drafts,
            future: asked.future,
            today: Today::Day(Day::parse(asked.today).unwrap()),
        };
        let how = Build {
            output,
            strict: false,
            cache,
            // Most of what may wait in a file does on one side, nothing on the other.
            held: if cache { 50 } else { gen_site::HELD },
        };
        let build = || gen_site::build(&options, how, &mut |_, _| ()).unwrap();
        self.pools[threads].install(build)
    }

    /// Builds with the cache and without, and says what differs; else whether the site could be published.
    fn check(&self, asked: &Asked, threads: usize) -> Result<bool, String> {
        let root = self.folder.path();
        let (output, clean) = (root.join("public"), root.join("clean"));
        let before = published(&output);
        let cached = self.build(asked, &output, true, threads);
        let _ = fs::remove_dir_all(&clean);
        let report = self.build(asked, &clean, false, 1 - threads);
        if told(&cached) != told(&report) {
            return Err(format!(
                "cached: {}\nclean: {}",
                told(&cached),
                told(&report)
            ));
        }
        if cached.cache_damaged {
            return Err("what is kept is called damaged".into());
        }
        let is_published = report.changes.is_some();
        let expected = if is_published {
            published(&clean)
        } else {
            before
        };
        match difference(&expected, &published(&output)) {
            Some(difference) => Err(difference),
            None => Ok(is_published),
        }
    }
}

/// All that a report tells but the work that it was.
fn told(report: &Report) -> String {
    let diagnostics: Vec<String> = report.diagnostics.iter().map(|d| d.render(false)).collect();
    let changes = report.changes.as_ref();
    let files = changes.map(|changes| changes.written.len() + changes.unchanged);
    format!(
        "{}\n{files:?} files, {} articles, {} guides, {} tags, {:?}",
        diagnostics.join("\n"),
        report.articles,
        report.guides,
        report.tags,
        report.skipped
    )
}

/// `PROPTEST_CASES`, or as many as need few seconds.
fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(24)
}

fn edits() -> impl Strategy<Value = Vec<(usize, Dice, usize)>> {
    let dice = prop::collection::vec(any::<usize>(), 4).prop_map(Dice);
    prop::collection::vec((0..EDITS.len(), dice, 0..2usize), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_a_build_gives_the_bytes_of_a_clean_one(
        seed in prop::collection::vec(any::<usize>(), 4),
        shows_all in any::<bool>(),
        edits in edits(),
    ) {
        let mut desk = Desk::new();
        let mut state = begin(&mut Dice(seed));
        if shows_all {
            show_all(&mut state.site);
        }
        desk.lay(&mut state);
        let mut done = Vec::new();
        let mut check = |desk: &Desk, state: &State, threads: usize, what: &str| {
            done.push(what.to_owned());
            desk.check(&state.asked, threads)
                .map_err(|why| TestCaseError::fail(format!("after {done:?}: {why}")))
        };
        let is_good = check(&desk, &state, 0, "begin")?;
        prop_assume!(is_good);
        for (edit, mut dice, threads) in edits {
            let (name, apply) = EDITS[edit];
            let good = state.clone();
            apply(&mut state, &mut dice);
            desk.lay(&mut state);
            if !check(&desk, &state, threads, name)? {
                // An author takes back what cannot be published.
                state = good;
                desk.lay(&mut state);
                check(&desk, &state, threads, "back")?;
            }
        }
    }
}

/// A cache that silently stopped working would hold the law.
#[test]
fn a_touched_file_is_copied_alone() {
    let mut desk = Desk::new();
    let mut state = begin(&mut Dice(vec![1, 2, 3, 4]));
    state
        .site
        .other
        .insert("content/notes.txt".into(), b"notes".to_vec());
    let notes = state
        .site
        .files()
        .keys()
        .position(|path| path == "content/notes.txt");
    let mut build = |touched| {
        state.touched = touched;
        desk.lay(&mut state);
        let report = desk.build(&state.asked, &desk.folder.path().join("public"), true, 1);
        let changes = report.changes.unwrap();
        (report.rendered, changes.written.len())
    };
    let (all, written) = build(None);
    assert_eq!(all, written);
    assert!(all > 30, "{all}");
    assert_eq!(build(None), (0, 0));
    assert_eq!(build(notes), (1, 0));
    assert_eq!(build(None), (0, 0));
}

/// Two words that up next cannot tell apart.
fn words_alike() -> (String, String) {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    let mut seen: BTreeMap<usize, String> = BTreeMap::new();
    for n in 0.. {
        let word: String = (0..6)
            .map(|place| letter(n / 26usize.pow(place) + 7))
            .collect();
        let place = Counted::place_of(of_word(word.as_bytes()) as u32);
        if let Some(other) = seen.insert(place, word.clone()) {
            return (other, word);
        }
    }
    unreachable!("there are fewer places than words")
}

/// A word of one page alone counts for nothing, and a new one leaves all lists as they are: but not one that is
/// taken for another of the same page, so that both count.
#[test]
fn a_new_word_that_is_taken_for_another_counts() {
    let (one, other) = words_alike();
    let texts = [
        "bread river stone lamp".to_owned(),
        format!("bread river stone lamp. {one}."),
        "bread river stone".to_owned(),
        "wheel moon".to_owned(),
        "wheel moon".to_owned(),
        "hammer cloud".to_owned(),
        "hammer cloud".to_owned(),
        "ladder".to_owned(),
        "ladder".to_owned(),
    ];
    holds_where_the_second_gains(&texts, &format!("{other}. ").repeat(60));
}

/// A page spells 64 of its words for reasons: a new one that stands there often takes the place of another, and where
/// that was a reason, there is none now.
#[test]
fn a_new_word_that_takes_the_place_of_a_reason_counts() {
    let many = |count: usize, letter: &str| -> String {
        let word = |n: usize| format!("{}{}. ", letter.repeat(3 + n / 8), "o".repeat(1 + n % 8));
        (0..count).map(word).collect()
    };
    // Those of the title are spelled, too.
    for count in 60..66 {
        let mut texts = vec![
            format!("{}lantern.", many(80, "b")),
            format!("{}lantern.", many(count, "d")),
        ];
        let others = [
            "wheel moon",
            "wheel moon",
            "hammer cloud",
            "hammer cloud",
            "ladder",
            "ladder",
        ];
        texts.extend(others.map(str::to_owned));
        holds_where_the_second_gains(&texts, &"unheard. ".repeat(9));
    }
}

/// Whether a build equals a clean one when the second of articles with these texts gains words at the end.
fn holds_where_the_second_gains(texts: &[String], words: &str) {
    let mut desk = Desk::new();
    let mut state = begin(&mut Dice(vec![1, 2, 3, 4]));
    state.site = Site::default();
    let mut line = |key, value: &str| state.site.config.insert(key, value.into());
    line("title", "\"T\"");
    line("base_url", "\"https://example.org\"");
    // Of this language no word is stemmed.
    line("language", "\"pl\"");
    for (number, text) in texts.iter().enumerate() {
        let head = "title: X\ndescription: X.\ndate: 2026-01-01";
        let path = format!("content/calm/a{number}.md");
        let file = format!("---\n{head}\n---\n\n{text}\n");
        state.site.other.insert(path, file.into());
    }
    desk.lay(&mut state);
    assert_eq!(desk.check(&state.asked, 1), Ok(true));
    let file = state.site.other.get_mut("content/calm/a1.md").unwrap();
    file.extend(words.bytes());
    desk.lay(&mut state);
    assert_eq!(desk.check(&state.asked, 1), Ok(true));
}
