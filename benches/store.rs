//! Store, 1,000 files of an article's size: a fresh folder, and the same bytes once more. On all threads, into the
//! system's folder for temporary files: set `TMPDIR` to measure another disk. `cargo bench --bench store`.

#[expect(dead_code, reason = "nothing is linked here")]
mod corpus;

use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use gen_site::store::{Changes, Store};
use rayon::prelude::*;

const FILES: usize = 1_000;

/// One build's writing.
fn write(root: &Path, files: &[(String, String)]) -> Changes {
    let published = || {
        let mut store = Store::open(root, &root.join("public"))?;
        files
            .par_iter()
            .try_for_each(|(path, text)| store.stage(path, text.as_bytes()).map(drop))?;
        store.publish(files.len())
    };
    published().unwrap_or_else(|error| panic!("{error}"))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"))
}

fn bench(c: &mut Criterion) {
    let setting = corpus::Setting::new();
    let pages = setting.parse(&corpus::sources(FILES));
    let files: Vec<(String, String)> = pages
        .into_iter()
        .filter_map(|page| Some((page.permalink.output_file(), page.body?.html)))
        .collect();
    let mut group = c.benchmark_group("store");
    group.sample_size(20);
    group.throughput(Throughput::Elements(FILES as u64));
    group.bench_function("1000 files, fresh", |b| {
        b.iter_batched(
            folder,
            |folder| {
                assert_eq!(write(folder.path(), &files).written.len(), FILES);
                folder
            },
            BatchSize::PerIteration,
        );
    });
    let folder = folder();
    write(folder.path(), &files);
    group.bench_function("1000 files, unchanged", |b| {
        b.iter(|| assert_eq!(write(folder.path(), &files).unchanged, FILES));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
