//! Writes a site of made-up articles, to measure a whole build on: `cargo bench --bench made_up -- 10000 SITE`; with
//! `jekyll` behind it a site of Jekyll, to measure an import on.

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
        [count, site, of @ ..] if of.is_empty() || of == ["jekyll"] => {
            count.parse().ok().map(|count| (count, Path::new(site)))
        }
        _ => None,
    };
    match parsed {
        Some((count, site)) if arguments.len() == 3 => write_jekyll(count, site),
        Some((count, site)) => write(count, site),
        None => {
            eprintln!("usage: cargo bench --bench made_up -- ARTICLES SITE [jekyll]");
            Ok(())
        }
    }
}

fn write_jekyll(count: usize, site: &Path) -> io::Result<()> {
    const SETTINGS: &str =
        "title: Made up\nurl: https://made-up.example\npermalink: /:year/:title/\n";
    fs::create_dir(site)?;
    fs::write(site.join("_config.yml"), SETTINGS)?;
    fs::create_dir(site.join("_posts"))?;
    for (number, text) in corpus::sources(count).iter().enumerate() {
        let day = text
            .split("date: ")
            .nth(1)
            .and_then(|rest| rest.lines().next());
        let name = format!("{}-{number:07}.md", day.unwrap_or_default());
        fs::write(site.join("_posts").join(name), text)?;
    }
    Ok(())
}

/// The folder must not be there, so that no site is lost.
fn write(count: usize, site: &Path) -> io::Result<()> {
    fs::create_dir(site)?;
    made_up_site::write(site, count)?;
    Ok(())
}
