//! Terms and ranking at 1,000, 10,000 and 100,000 articles: `cargo bench --bench up_next`.
//!
//! The articles are made up: each is on two of n/40 topics, a topic has words of its own beside common ones, and words
//! follow Zipf's law. The largest takes a minute or two; `cargo bench --bench up_next -- 10000` runs one size.

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use gen_site::config::Config;
use gen_site::fingerprint::Fingerprint;
use gen_site::link;
use gen_site::model::date::Day;
use gen_site::model::page::Page;
use gen_site::parse::{self, terms};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// A small generator of numbers (SplitMix64): the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// A rank below `n` by Zipf's law, roughly.
    fn zipf(&mut self, n: usize) -> usize {
        let u = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((n as f64).powf(u) as usize).min(n) - 1
    }
}

fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "de", "fi", "go", "hu", "ja", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu",
        "za",
    ];
    let mut word = String::new();
    let mut rest = number + 16;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % 16]);
        rest /= 16;
    }
    word
}

/// An article's source: front matter and about 900 words.
fn article(number: usize, of: usize, numbers: &mut Numbers) -> String {
    let topics = (of / 40).max(12);
    let own = [numbers.zipf(topics), numbers.zipf(topics)];
    let mut text = format!(
        "---\ntitle: \"{} {}\"\ndescription: d\ndate: {}-01-{:02}\ntags: [t{}, t{}]\n---\n\n",
        word(5_000 + own[0] * 160),
        word(5_000 + own[1] * 160),
        2000 + number % 25,
        number % 28 + 1,
        own[0],
        own[1]
    );
    for place in 0..900 {
        let word = match numbers.below(100) {
            0..45 => word(numbers.zipf(200)),
            45..70 => word(5_000 + own[place % 2] * 160 + numbers.zipf(200)),
            _ => word(200 + numbers.zipf(4_000)),
        };
        text.push_str(&word);
        text.push_str(if place % 15 == 14 { ".\n\n" } else { " " });
    }
    text
}

fn sources(count: usize) -> Vec<String> {
    let mut numbers = Numbers(1);
    (0..count)
        .map(|number| article(number, count, &mut numbers))
        .collect()
}

fn config() -> Config {
    Config::parse("title = \"B\"\nbase_url = \"https://x.org\"", None)
        .unwrap_or_else(|_| unreachable!("two keys are enough"))
}

fn parse_all(sources: &[String], config: &Config) -> Vec<Page> {
    let strings = BTreeMap::new();
    let options = parse::Options {
        zone: &config.zone,
        markdown: &config.markdown,
        language: &config.language,
        strings: &strings,
        search: false,
    };
    let mut memory = terms::Memory::new("en");
    let named = sources.iter().enumerate();
    named
        .filter_map(|(n, text)| {
            parse::page(
                &format!("a/{n:07}.md"),
                text.as_bytes(),
                &options,
                &mut memory,
            )
            .0
        })
        .collect()
}

fn bench_terms(c: &mut Criterion) {
    let texts = sources(1_000);
    let mut memory = terms::Memory::new("en");
    c.bench_function("terms of 1000 articles", |b| {
        b.iter(|| {
            for text in &texts {
                let mut collector = terms::Collector::new(&mut memory);
                collector.add(terms::Field::Body, text);
                black_box(collector.finish());
            }
        });
    });
}

fn bench_ranking(c: &mut Criterion) {
    let config = config();
    let mut group = c.benchmark_group("link and rank");
    group.sample_size(10);
    for size in SIZES {
        let mut pages = None;
        group.bench_with_input(BenchmarkId::from_parameter(size), &size, |b, size| {
            let pages = pages.get_or_insert_with(|| parse_all(&sources(*size), &config));
            let today = Day::parse("2026-01-31").unwrap_or_else(|_| unreachable!("a day"));
            let sizes = BTreeMap::new();
            let options = link::Options {
                config: &config,
                today,
                drafts: false,
                future: true,
                picture_sizes: &sizes,
                assets: &[],
                broken: &[],
                callouts: &[],
                parsed_with: Fingerprint::of(b""),
                before: None,
            };
            b.iter_batched(
                || pages.clone(),
                |pages| link::link(pages, &options),
                criterion::BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, bench_terms, bench_ranking);
criterion_main!(benches);
