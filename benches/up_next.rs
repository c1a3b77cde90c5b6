//! Terms of 1,000 made-up articles, and link with ranking at 1,000, 10,000 and 100,000: `cargo bench --bench up_next`.
//!
//! The largest takes a minute or two; `cargo bench --bench up_next -- 10000` runs one size.

mod corpus;

use std::hint::black_box;

use corpus::Setting;
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use gen_site::parse::terms;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn bench_terms(c: &mut Criterion) {
    let texts = corpus::sources(1_000);
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
    let setting = Setting::new();
    let mut group = c.benchmark_group("link and rank");
    group.sample_size(10);
    for size in SIZES {
        let mut pages = None;
        group.bench_with_input(BenchmarkId::from_parameter(size), &size, |b, size| {
            let pages = pages.get_or_insert_with(|| setting.parse(&corpus::sources(*size)));
            b.iter_batched(
                || pages.clone(),
                |pages| setting.link(pages),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, bench_terms, bench_ranking);
criterion_main!(benches);
