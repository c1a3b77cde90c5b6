//! Plan and render of a made-up site of 1,000 articles with the default theme, on one thread, nothing written:
//! `cargo bench --bench render`.

mod corpus;

use std::hint::black_box;

use corpus::Setting;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gen_site::model::page::Body;
use gen_site::model::picture::Pictures;
use gen_site::output::{self, InLanguage, Planner, Renderer};

const ARTICLES: usize = 1_000;

fn bench(c: &mut Criterion) {
    let setting = Setting::new();
    let (config, theme) = (&setting.config, &setting.theme);
    let site = setting.link(setting.parse(&corpus::sources(ARTICLES)));
    let templates = [output::compile(&site, config, theme)
        .unwrap_or_else(|errors| panic!("the default theme has mistakes: {errors:?}"))];
    let pictures = Pictures::default();
    let editions = [InLanguage {
        site: &site,
        config,
        theme,
        search: None,
    }];
    let planners = [Planner::new(&editions, 0, &pictures)];
    let mut group = c.benchmark_group("render");
    group.sample_size(20);
    group.bench_function("compile the theme", |b| {
        b.iter(|| output::compile(&site, config, theme));
    });
    group.throughput(Throughput::Elements(ARTICLES as u64));
    group.bench_function("plan of 1000 articles", |b| {
        b.iter(|| output::plan(&planners, &templates));
    });
    let (jobs, errors) = output::plan(&planners, &templates);
    assert!(errors.is_empty(), "{errors:?}");
    // Each page holds its own body.
    let bodies = |_| Ok(Body::default());
    group.bench_function("pages of 1000 articles", |b| {
        b.iter(|| {
            let renderer = Renderer::new(&planners[0], &templates[0], &bodies);
            for job in &jobs {
                let _ = black_box(renderer.render(job));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
