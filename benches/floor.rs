//! The least that a generator can do: read each article, Markdown to HTML, write. `cargo bench --bench floor -- SITE OUT`.
//!
//! SITE is a folder with `content/`; OUT must not be there. Front matter is cut off by its `---` lines and not read;
//! the page around the article is the shortest that is valid; `a/b.md` is written as `a/b/index.html`; all threads
//! work, and the allocator is that of `gen`. No title, no template, no link, no list: what `gen build` costs beyond
//! this, it costs for what it does. Prints wall clock, processor and peak of memory (the latter two on Linux).

#![expect(clippy::disallowed_methods, reason = "reads, writes and measures")]
#![expect(clippy::print_stdout, reason = "prints what it measured")]
#![expect(clippy::print_stderr, reason = "says how it is used")]

use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs, io};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::WalkDir;

/// What GitHub adds to CommonMark, as `gen` reads it.
const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> io::Result<()> {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    let [site, output] = arguments.as_slice() else {
        eprintln!("usage: cargo bench --bench floor -- SITE OUT");
        return Ok(());
    };
    let start = Instant::now();
    let pages = build(&Path::new(site).join("content"), Path::new(output))?;
    let wall = start.elapsed().as_secs_f64();
    let shown = |measured: Option<f64>, digits| {
        measured.map_or("unknown".to_owned(), |n| format!("{n:.digits$}"))
    };
    println!(
        "{pages} articles: wall {wall:.3} s, processor {} s, peak {} MiB",
        shown(processor_seconds(), 2),
        shown(peak_mebibytes(), 1)
    );
    Ok(())
}

/// Builds every article, and says how many.
fn build(content: &Path, output: &Path) -> io::Result<usize> {
    fs::create_dir(output)?;
    let mut articles: Vec<PathBuf> = Vec::new();
    for entry in WalkDir::new(content) {
        let path = entry?.into_path();
        if path.extension().is_some_and(|ending| ending == "md") {
            articles.push(path);
        }
    }
    articles
        .par_iter()
        .try_for_each_init(String::new, |page, article| {
            let text = fs::read_to_string(article)?;
            page.clear();
            page.push_str("<!doctype html><meta charset=utf-8><title>.</title>\n");
            html::push_html(page, Parser::new_ext(body(&text), MARKDOWN));
            let name = article.strip_prefix(content).unwrap_or(article);
            let folder = output.join(name.with_extension(""));
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("index.html"), &*page)
        })?;
    Ok(articles.len())
}

/// The text after the front matter.
fn body(text: &str) -> &str {
    text.strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(text, |(_, body)| body)
}

/// User and system time of this process, in steps of 0.01 s.
fn processor_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in brackets and may hold spaces.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(ticks as f64 / 100.0)
}

/// The most memory that this process held at once.
fn peak_mebibytes() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes / 1024.0)
}
