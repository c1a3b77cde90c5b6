//! How long it takes from saving an article to hearing that it can be seen: `cargo bench --bench serve -- 1000 10000`
//! serves a made-up site of each size and edits an article twenty times. `GEN` names another program to measure.

#![expect(clippy::disallowed_methods, reason = "writes a site, and measures")]
#![expect(clippy::print_stdout, reason = "prints what it measured")]

#[expect(dead_code, reason = "nothing is parsed here")]
mod corpus;
#[path = "corpus/site.rs"]
mod made_up_site;
#[expect(dead_code, reason = "tests ask for more")]
#[path = "../tests/whole/serve/server.rs"]
mod server;

use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use server::Server;

/// Edits, each of another article.
const EDITS: usize = 20;

fn main() {
    // Cargo adds `--bench`; `cargo test` asks for nothing to be measured.
    let sizes: Vec<usize> = env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if sizes.is_empty() {
        println!("usage: cargo bench --bench serve -- ARTICLES…");
    }
    for size in sizes {
        measure(size);
    }
}

fn measure(size: usize) {
    let site = tempfile::tempdir().unwrap();
    let sources = made_up_site::write(site.path(), size).unwrap();
    let mut server = Server::start(site.path(), &[]);
    let (mut seen, mut built) = (Vec::new(), Vec::new());
    for edit in 0..EDITS {
        let number = edit * size / EDITS;
        let page = format!("/{}/", corpus::path(number).trim_end_matches(".md"));
        let mut events = server.listen(&page);
        let text = format!("{}\nOne more sentence, the {edit}th.\n", sources[number]);
        let start = Instant::now();
        fs::write(file(site.path(), number), text).unwrap();
        let wanted = format!("\"{page}\"");
        while !events.next("page").contains(&wanted) {}
        seen.push(start.elapsed().as_secs_f64() * 1000.0);
        server.line("→");
        built.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    println!(
        "{size} articles, milliseconds from saving (median, worst of {EDITS}): page told {:.0}, {:.0}; site built {:.0}, {:.0}",
        median(&mut seen),
        seen[EDITS - 1],
        median(&mut built),
        built[EDITS - 1],
    );
}

fn file(site: &Path, number: usize) -> std::path::PathBuf {
    site.join("content").join(corpus::path(number))
}

/// Sorts them.
fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
