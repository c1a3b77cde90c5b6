//! `gen build`: publishes the site, and says in a few lines what it did.

use std::path::{Path, PathBuf};
use std::time::Instant;

use gen_site::Report;
use gen_site::diagnostic::{Diagnostic, Severity};
use gen_site::error::Error;

use super::check::baseline::left;
use super::messages::{self, Stream};
use super::progress::Progress;
use super::timings::Timings;
use super::{Outcome, SiteArgs, count, left_out, say, say_aside, tally};

/// Publish the site
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen build\n  gen build --root my-site --output /srv/www --strict\n  gen build --drafts --future --base-url http://localhost:8000"
)]
pub(super) struct Args {
    /// Where to publish [default: public, in the site's folder]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    site: SiteArgs,
    /// Read and render everything anew, and keep nothing in .gen/ but pictures
    #[arg(long)]
    no_cache: bool,
    /// Show every message: without it, 20 of a kind
    #[arg(long)]
    all: bool,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Say nothing but what is wrong
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Say how long each stage took
    #[arg(long)]
    timings: bool,
    /// Name every file that was written or removed
    #[arg(short, long)]
    verbose: bool,
}

#[expect(clippy::disallowed_methods, reason = "says how long it took")]
pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let start = Instant::now();
    let output = args.output.clone().unwrap_or_else(|| root.join("public"));
    let mut timings = Timings::new();
    let mut progress = Progress::default();
    progress.begin();
    let report = gen_site::build(
        &args.site.options(root),
        gen_site::Build {
            output: &output,
            strict: args.strict,
            cache: !args.no_cache,
            held: gen_site::HELD,
        },
        &mut |stage, count| {
            timings.end(stage, count);
            progress.end(stage);
        },
    )?;
    progress.done();
    if args.timings {
        timings.say();
    }
    if report.cache_damaged {
        say_aside("note: what the last build kept in .gen/ was damaged; it is made anew");
    }
    let shown: Vec<&Diagnostic> = report
        .diagnostics
        .iter()
        .filter(|d| !args.quiet || d.severity == Severity::Error || report.changes.is_none())
        .collect();
    if messages::tell(&shown, args.all, Stream::Aside) {
        messages::table(&messages::kinds(shown.iter().copied()), Stream::Aside);
        say_aside("");
    }
    let Some(changes) = &report.changes else {
        let strict = report.count(Severity::Error) == 0;
        let why = if strict {
            " (with --strict, warnings count as errors)"
        } else {
            ""
        };
        say_aside(&format!(
            "{}{why}: nothing was published, the last good site stays.",
            tally(&report.diagnostics)
        ));
        return Ok(Outcome::SiteHasErrors);
    };
    if args.quiet {
        return Ok(Outcome::Clean);
    }
    if args.verbose {
        changes
            .written
            .iter()
            .for_each(|path| say(&format!("wrote {path}")));
        changes
            .removed
            .iter()
            .for_each(|path| say(&format!("removed {path}")));
        let planned = changes.written.len() + changes.unchanged;
        say(&format!(
            "rendered {} of {}",
            report.rendered,
            count(planned, "file", "files")
        ));
    }
    summary(&report, &output, start.elapsed().as_secs_f64());
    Ok(Outcome::Clean)
}

fn summary(report: &Report, output: &Path, seconds: f64) {
    let Some(changes) = &report.changes else {
        return;
    };
    say(&format!(
        "{}, {}, {}: {} written, {} unchanged{} in {seconds:.2} s → {}",
        count(report.articles, "article", "articles"),
        count(report.guides, "guide", "guides"),
        count(report.tags, "tag", "tags"),
        count(changes.written.len(), "file", "files"),
        changes.unchanged,
        match changes.removed.len() {
            0 => String::new(),
            removed => format!(", {removed} removed"),
        },
        output.display()
    ));
    left_out(&report.skipped);
    if report.known > 0 {
        say(&left(report.known));
    }
    if !report.diagnostics.is_empty() {
        say(&format!("{}, shown above.", tally(&report.diagnostics)));
    }
}
