//! After any edits: the same bytes and the same words as a clean build, with one thread and with many.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gen_site::model::date::Day;
use gen_site::{Build, Options, Report, Today};
use proptest::prelude::*;
use rayon::ThreadPool;

use crate::dice::Dice;
use crate::edit::{Asked, EDITS, State, begin};
use crate::made_up::show_all;
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
            // Most bodies are made again on one side, none on the other.
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

/// All that a report tells but the work that it was, and but how much it takes from what was published before: a
/// clean build has nothing before it.
fn told(report: &Report) -> String {
    let diagnostics = report.diagnostics.iter();
    let of_the_site = diagnostics.filter(|diagnostic| diagnostic.code != "removes-most");
    let diagnostics: Vec<String> = of_the_site.map(|d| d.render(false)).collect();
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
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

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
