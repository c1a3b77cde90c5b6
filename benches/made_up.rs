//! Writes a site of made-up articles, to measure a whole build on: `cargo bench --bench made_up -- 10000 SITE`.

#![expect(clippy::disallowed_methods, reason = "writes a site")]
#![expect(clippy::print_stderr, reason = "says how it is used")]

#[expect(dead_code, reason = "nothing is parsed here")]
mod corpus;
#[path = "corpus/site.rs"]
mod made_up_site;

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    let parsed = match arguments.as_slice() {
        [count, site] => count.parse().ok().map(|count| (count, Path::new(site))),
        _ => None,
    };
    match parsed {
        Some((count, site)) => write(count, site),
        None => {
            eprintln!("usage: cargo bench --bench made_up -- ARTICLES SITE");
            Ok(())
        }
    }
}

/// The folder must not be there, so that no site is lost.
fn write(count: usize, site: &Path) -> io::Result<()> {
    fs::create_dir(site)?;
    made_up_site::write(site, count)?;
    Ok(())
}
