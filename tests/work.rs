//! Holds the work per article, stage by stage, counted in allocations and allocated bytes on one thread: numbers
//! that are the same on every run, as time is not. What they should be stands in `tests/work/expected.toml`;
//! `UPDATE=1 cargo test --test work` writes what they are, for a person to read in the diff.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "reads what is expected and whether to update it, and speaks of gains"
)]

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::alloc::System;
use std::collections::BTreeMap;
use std::{env, fs};

use alloc_tracker::{Allocator, Session};
use corpus::Setting;
use gen_site::model::page::{Body, Page};
use gen_site::model::picture::Pictures;
use gen_site::model::site::Site;
use gen_site::output::{self, InLanguage, Planner, Renderer};
use serde::Deserialize;

#[global_allocator]
static ALLOCATOR: Allocator<System> = Allocator::system();

const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/work/expected.toml");
const ARTICLES: usize = 600;

/// More work than expected by more than this fails: a loss must be meant. Of a gain as large, the test only speaks.
const TOLERANCE: f64 = 0.05;

/// How what is expected is written anew.
const HOW: &str = "UPDATE=1 cargo test --test work";

/// A further article of the larger site may cost so much more than one of the smaller site did.
const GROWTH: f64 = 0.10;

/// Per article.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Work {
    allocations: f64,
    bytes: f64,
}

impl Work {
    fn per(self, articles: usize) -> Work {
        Work {
            allocations: self.allocations / articles as f64,
            bytes: self.bytes / articles as f64,
        }
    }

    fn less(self, other: Work) -> Work {
        Work {
            allocations: self.allocations - other.allocations,
            bytes: self.bytes - other.bytes,
        }
    }

    fn kinds(self) -> [(&'static str, f64); 2] {
        [("allocations", self.allocations), ("bytes", self.bytes)]
    }
}

/// What each stage takes for a site of so many articles.
fn count(articles: usize) -> BTreeMap<String, Work> {
    let sources = corpus::sources(articles);
    let setting = Setting::new();
    let session = Session::new();
    let parse = || {
        let _span = session.operation("parse").measure_thread();
        setting.parse(&sources)
    };
    let link = |pages: Vec<Page>| {
        let _span = session.operation("link").measure_thread();
        setting.link(pages)
    };
    let render = |site: &Site| {
        let _span = session.operation("render").measure_thread();
        render(site, &setting);
    };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    threads.unwrap().install(|| render(&link(parse())));
    let report = session.to_report();
    let works = report.operations().map(|(stage, counted)| {
        let work = Work {
            allocations: counted.total_allocations_count() as f64,
            bytes: counted.total_bytes_allocated() as f64,
        };
        (stage.to_owned(), work)
    });
    works.collect()
}

fn render(site: &Site, setting: &Setting) {
    let (config, theme) = (&setting.config, &setting.theme);
    let pictures = Pictures::default();
    let editions = [InLanguage {
        site,
        config,
        theme,
        search: None,
    }];
    let planners = [Planner::new(&editions, 0, &pictures)];
    let templates = [output::compile(site, config, theme).unwrap()];
    // Each page holds its own body.
    let bodies = |_| Ok(Body::default());
    let renderer = Renderer::new(&planners[0], &templates[0], &bodies);
    let (jobs, errors) = output::plan(&planners, &templates);
    assert!(errors.is_empty(), "{errors:?}");
    for job in &jobs {
        assert!(renderer.render(job).is_ok());
    }
}

#[test]
fn the_work_per_article_is_as_expected() {
    let counted: BTreeMap<String, Work> = count(ARTICLES)
        .into_iter()
        .map(|(stage, work)| (stage, work.per(ARTICLES)))
        .collect();
    if env::var("UPDATE").is_ok() {
        fs::write(EXPECTED, file(&counted)).unwrap();
        return;
    }
    let expected: BTreeMap<String, Work> =
        toml::from_str(&fs::read_to_string(EXPECTED).unwrap()).unwrap();
    assert!(
        expected.keys().eq(counted.keys()),
        "{EXPECTED} names other stages"
    );
    let mut wrong = String::new();
    for (stage, work) in counted {
        for ((kind, now), (_, before)) in work.kinds().into_iter().zip(expected[&stage].kinds()) {
            let change = now / before - 1.0;
            if change.abs() <= TOLERANCE {
                continue;
            }
            let told = format!(
                "{stage}: {before:.1} {kind} per article before, {now:.1} now ({:+.1} %)",
                change * 100.0
            );
            match change > 0.0 {
                true => wrong += &format!("{told}: find out why; if it is worth it, {HOW}\n"),
                false => println!("{told}: to hold this gain, {HOW}"),
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn file(works: &BTreeMap<String, Work>) -> String {
    let mut text = format!(
        "# Allocations and allocated bytes per article, for a made-up site of {ARTICLES}.\n\
         # Written by: UPDATE=1 cargo test --test work\n"
    );
    for (stage, work) in works {
        let Work { allocations, bytes } = work;
        text += &format!("\n[{stage}]\nallocations = {allocations:.1}\nbytes = {bytes:.0}.0\n");
    }
    text
}

#[test]
fn the_work_per_article_does_not_grow_with_the_site() {
    let (smaller, larger) = (count(ARTICLES / 2), count(ARTICLES));
    let mut wrong = String::new();
    for (stage, work) in &larger {
        // What the theme and the words cost once is in both.
        let further = work.less(smaller[stage]).per(ARTICLES / 2);
        let first = smaller[stage].per(ARTICLES / 2);
        for ((kind, further), (_, first)) in further.kinds().into_iter().zip(first.kinds()) {
            if further > first * (1.0 + GROWTH) {
                wrong += &format!(
                    "{stage}: {first:.1} {kind} for each of {} articles, {further:.1} for each further one\n",
                    ARTICLES / 2
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
