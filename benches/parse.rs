//! Parse of 1,000 made-up articles, on one thread: front matter, Markdown, links, terms. `cargo bench --bench parse`.

#[expect(dead_code, reason = "nothing is linked here")]
mod corpus;

use corpus::Setting;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const ARTICLES: usize = 1_000;

fn bench(c: &mut Criterion) {
    let setting = Setting::new();
    let sources = corpus::sources(ARTICLES);
    let mut group = c.benchmark_group("parse");
    group.sample_size(20);
    group.throughput(Throughput::Elements(ARTICLES as u64));
    group.bench_function("1000 articles", |b| b.iter(|| setting.parse(&sources)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
