//! What readers' ways do to the lists, on a made-up site where it is known what its readers want: with many readers the
//! lists come near to it, with few, or with readers who go anywhere, they stay as good as they were.
//!
//! `cargo test --test whole journeys -- --nocapture` prints the figures that `docs/up-next.md` shows.

#![expect(clippy::print_stdout, reason = "prints what it measured")]

#[expect(dead_code, reason = "the other benches use the rest")]
#[path = "../../benches/corpus/mod.rs"]
mod corpus;

use std::collections::BTreeMap;

use corpus::Setting;
use gen_site::journeys::Journeys;
use gen_site::link;
use gen_site::model::date::{Day, Now};
use gen_site::model::page::{Page, PageId};
use gen_site::model::site::{DataFile, Site};
use gen_site::parse::data;

const ARTICLES: usize = 160;
/// Articles that readers of one want to go on to, the most wanted first, as many as count for nDCG.
const WANTED: usize = 5;
/// Of a hundred readers, fifty go to a wanted article, thirty click on one of the first five cards, whatever it is, and the
/// others go anywhere.
const TO_WANTED: u64 = 50;
const TO_WANTED_OR_CARDS: u64 = 80;
/// What `gen journeys` leaves out if nobody says otherwise.
const LEAST: usize = 5;

/// Numbers in an order that is the same each time (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

/// How readers go on.
#[derive(Clone, Copy)]
enum Readers {
    /// Most to what they want.
    Wanting,
    /// Anywhere.
    Straying,
}

/// By article: those that its readers want to go on to.
type Truth = BTreeMap<PageId, Vec<PageId>>;

/// Of the articles with a tag of its own each one's readers want some: the text tells their subject, and not which.
fn truth(site: &Site) -> Truth {
    let mut numbers = Numbers(7);
    let ids = site.articles_by_file();
    let wanted = |id: PageId, numbers: &mut Numbers| {
        let tags = site.places[id.index()].tags();
        let near = tags.iter().flat_map(|tag| site.terms[*tag].articles.iter());
        let mut near: Vec<PageId> = near.copied().filter(|other| *other != id).collect();
        near.sort_unstable();
        near.dedup();
        let mut wanted = Vec::new();
        while wanted.len() < WANTED && !near.is_empty() {
            let at = numbers.below(near.len() as u64) as usize;
            wanted.push(near.swap_remove(at));
        }
        wanted
    };
    ids.iter()
        .map(|id| (*id, wanted(*id, &mut numbers)))
        .collect()
}

/// A server's log of so many readers of each article.
fn log(site: &Site, truth: &Truth, readers: Readers, each: u64) -> Vec<String> {
    let mut numbers = Numbers(11);
    let all: Vec<PageId> = truth.keys().copied().collect();
    let mut lines = Vec::new();
    for (number, (from, wanted)) in truth.iter().enumerate() {
        for reader in 0..each {
            let cards = &site.up_next[from.index()];
            let anywhere = all[numbers.below(all.len() as u64) as usize];
            // The first is chosen most.
            let rank = numbers
                .below(WANTED as u64)
                .min(numbers.below(WANTED as u64)) as usize;
            let to = match (readers, numbers.below(100)) {
                (Readers::Wanting, ..TO_WANTED) => wanted.get(rank).copied(),
                (Readers::Wanting, TO_WANTED..TO_WANTED_OR_CARDS) => {
                    cards.get(rank).map(|card| card.page)
                }
                _ => None,
            };
            let path = |id: PageId| site.page(id).permalink.as_str().to_owned();
            lines.push(format!(
                "10.{}.{}.{} - - [29/Nov/2026:10:00:00 +0000] \"GET {} HTTP/2\" 200 1 \"https://made-up.example{}\" \"Mozilla/5.0 (X11)\"",
                number % 250,
                reader / 250,
                reader % 250,
                path(to.unwrap_or(anywhere)),
                path(*from)
            ));
        }
    }
    lines
}

/// Counts a log as `gen journeys` does, as the file that a site names.
fn counted(setting: &Setting, log: &[String], least: usize) -> DataFile {
    let mut journeys = Journeys::new(&setting.config.base_url);
    log.iter().for_each(|line| journeys.read(line));
    assert_eq!(journeys.unknown, 0);
    let path = "journeys.csv".to_owned();
    let value = data::read(&path, journeys.csv(least).as_bytes()).unwrap();
    DataFile { path, value }
}

fn linked(setting: &Setting, pages: &[Page], journeys: Option<&DataFile>) -> Site {
    let options = link::Options {
        config: &setting.config,
        now: Now {
            day: Day::parse("2026-01-31").unwrap(),
            second: 1_769_817_600,
        },
        drafts: false,
        future: true,
        picture_sizes: &BTreeMap::new(),
        assets: &[],
        broken: &[],
        callouts: &setting.theme.callouts,
        asked: false,
        journeys,
        ranked: true,
    };
    link::link(pages.to_vec(), &[options]).sites.remove(0)
}

/// How near the first five of all lists come to what is wanted: nDCG@5, where the most wanted article counts 5, the next 4.
fn ndcg(site: &Site, truth: &Truth) -> f64 {
    let discount = |rank: usize| 1.0 / ((rank + 2) as f64).log2();
    let gain = |place: usize| (WANTED - place) as f64;
    let of = |(id, wanted): (&PageId, &Vec<PageId>)| {
        let list = site.up_next[id.index()].iter().take(WANTED).enumerate();
        let got = list.filter_map(|(rank, card)| {
            let place = wanted.iter().position(|want| *want == card.page)?;
            Some(gain(place) * discount(rank))
        });
        let best = (0..wanted.len()).map(|rank| gain(rank) * discount(rank));
        got.sum::<f64>() / best.sum::<f64>()
    };
    truth.iter().map(of).sum::<f64>() / truth.len() as f64
}

#[test]
fn readers_lift_the_lists_and_a_few_of_them_do_no_harm() {
    let setting = Setting::new();
    let pages = setting.parse(&corpus::sources(ARTICLES));
    let plain = linked(&setting, &pages, None);
    let truth = truth(&plain);
    let base = ndcg(&plain, &truth);
    println!("without readers: {base:.3}");
    let measure = |readers: Readers, each: u64, least: usize| {
        let log = log(&plain, &truth, readers, each);
        let file = counted(&setting, &log, least);
        let found = ndcg(&linked(&setting, &pages, Some(&file)), &truth);
        let who = match readers {
            Readers::Wanting => "know what they want",
            Readers::Straying => "go anywhere",
        };
        println!("{each} readers an article who {who}, {least} at least: {found:.3}");
        found
    };
    for (each, lift) in [(10, 0.95), (100, 2.5), (1000, 3.0)] {
        let found = measure(Readers::Wanting, each, LEAST);
        assert!(found >= base * lift, "{each} readers: {found} after {base}");
        // Nobody is left out here, as if the author had asked for `--least 1`.
        let found = measure(Readers::Straying, each, 1);
        assert!(found >= base - 0.005, "{each} stray: {found} after {base}");
    }
}
