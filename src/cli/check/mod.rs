//! `gen check`: says all that is wrong or could be better, and publishes nothing.

mod apply;
pub(super) mod baseline;
mod fix;
mod github;
mod json;
mod repository;
mod sarif;
mod text;

use std::path::Path;

use gen_site::check::{Checked, Suggest, Wanted};
use gen_site::diagnostic::{Diagnostic, Severity};
use gen_site::error::Error;
use gen_site::external::Asking;
use gen_site::lint::{self, LINTS};
use gen_site::suggest::refused;

use super::progress::Progress;
use super::{Outcome, SiteArgs, count, print, say, say_aside, seconds_since_1970, within_content};

/// Say what is wrong with the site, and what could be better
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen check\n  gen check --only link-text --only tag-used-once\n  gen check --format github --strict\n  gen check --fix --dry-run\n  gen check --explain link-text\n  gen check --external\n  gen check --baseline\n  gen check --suggest letting-go/let-go.md\n  gen check --suggest --from letting-go/let-go.md --all\n  gen check --suggest --refuse \"join us\" --apply --dry-run\n\nEach lint's level can be set in site.toml, under [check.lints]."
)]
pub(super) struct Args {
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Only these lints, by their codes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    only: Vec<String>,
    /// All lints but these
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    skip: Vec<String>,
    /// Say what a lint is about, and why
    #[arg(long, value_name = "CODE", conflicts_with_all = ["format", "only", "skip"])]
    explain: Option<String>,
    /// Name every lint
    #[arg(long, conflicts_with_all = ["format", "only", "skip", "explain"])]
    list: bool,
    /// Show every message, not only 20 of a kind; with --suggest, also the suggestions of little worth
    #[arg(long)]
    all: bool,
    /// Mend what is sure, in the files themselves, and say what is left
    #[arg(long, group = "writing")]
    fix: bool,
    /// With --suggest: write the suggested links into the files, and show what changed
    #[arg(
        long,
        group = "writing",
        requires = "suggest",
        conflicts_with = "format"
    )]
    apply: bool,
    /// With --fix or --apply: show what would change, and write nothing
    #[arg(long, requires = "writing", conflicts_with = "format")]
    dry_run: bool,
    /// Write what is wrong today to baseline.txt: from then on, only what is new is told and stops a build
    #[arg(long, conflicts_with_all = ["only", "skip", "explain", "list", "fix", "external"])]
    baseline: bool,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Also ask other sites whether the pages that you link to are still there
    #[arg(long)]
    external: bool,
    /// With --external: ask about every page, also those that were there when asked within the last week
    #[arg(long, requires = "external")]
    no_cache: bool,
    /// Suggest links and check nothing else: links to this article, or to every article that few others link to
    #[arg(long, value_name = "ARTICLE", num_args = 0..=1, conflicts_with_all = ["external", "only", "skip", "explain", "list", "fix", "baseline"])]
    suggest: Option<Option<String>>,
    /// With --suggest: only links that would stand in this article
    #[arg(long, value_name = "ARTICLE", requires = "suggest")]
    from: Option<String>,
    /// Suggest this no more: words, or one article's link to another, "from.md -> to.md". refused.txt remembers it
    #[arg(long, value_name = "WORDS", requires = "suggest")]
    refuse: Vec<String>,
    #[command(flatten)]
    site: SiteArgs,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// For GitHub Actions: notes beside the lines
    Github,
    /// For code scanning: SARIF 2.1.0
    Sarif,
}

impl Args {
    /// Whether it asks for something that needs no site.
    pub(super) fn needs_no_site(&self) -> bool {
        self.list || self.explain.is_some()
    }
}

/// What is said of lints as such.
pub(super) fn manual(args: &Args) -> Result<Outcome, Error> {
    let Some(code) = &args.explain else {
        let width = LINTS.iter().map(|lint| lint.code.len()).max().unwrap_or(0);
        for lint in lint::in_order() {
            print(&format!("{:width$}  {}\n", lint.code, lint.summary()))?;
        }
        return Ok(Outcome::Clean);
    };
    gen_site::check::known(std::slice::from_ref(code))?;
    for lint in LINTS.iter().filter(|lint| lint.code == code) {
        print(&format!("{}\n\n{}\n", lint.code, lint.manual()))?;
    }
    Ok(Outcome::Clean)
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let wanted = Wanted {
        mends: args.fix,
        only: args.only.clone(),
        skip: args.skip.clone(),
        suggest: args.suggest.clone().map(|article| match article {
            None => Suggest::Few,
            Some(article) => Suggest::One(within_content(root, &article).unwrap_or(article)),
        }),
        suggest_from: args
            .from
            .clone()
            .map(|article| within_content(root, &article).unwrap_or(article)),
        suggest_all: args.all,
        suggest_beside: false,
    };
    refused::remember(root, &args.refuse)?;
    let mut check = || look(root, args, &wanted);
    let mut checked = match args.fix && !args.dry_run {
        true => fix::run(root, &mut check)?,
        false => check()?,
    };
    if args.apply {
        apply::run(root, &mut checked, args.dry_run)?;
        if checked.diagnostics.is_empty() {
            tell_left_out(&checked);
            return Ok(Outcome::Clean);
        }
    } else if args.dry_run {
        fix::show(root, &checked)?;
        return Ok(Outcome::Clean);
    }
    if args.baseline {
        baseline::write(root, &mut checked)?;
    }
    match args.format {
        Format::Text if args.suggest.is_some() && checked.diagnostics.is_empty() => {
            let pages = count(checked.pages, "page", "pages");
            say(&format!("{pages} read: no link is worth suggesting."));
        }
        Format::Text => text::tell(&checked, args.all),
        Format::Json => print(&json::of(&checked))?,
        Format::Github => print(&github::of(&repository::named(root, &checked)?))?,
        Format::Sarif => print(&sarif::of(&repository::named(root, &checked)?))?,
    }
    tell_left_out(&checked);
    for note in &checked.notes {
        say_aside(&format!("note: {note}"));
    }
    match wanted.is_all() && !args.site.is_special() && !args.baseline {
        true => baseline::shrink(root, &checked),
        false => baseline::told(checked.known.len()),
    }
    Ok(match has_errors(&checked, args.strict) {
        true => Outcome::SiteHasErrors,
        false => Outcome::Clean,
    })
}

/// Says how many suggestions are not told.
fn tell_left_out(checked: &Checked) {
    if checked.left_out > 0 {
        say_aside(&format!(
            "{} of little worth {} left out; --all shows them too.",
            count(checked.left_out, "suggestion", "suggestions"),
            if checked.left_out == 1 { "is" } else { "are" }
        ));
    }
}

fn look(root: &Path, args: &Args, wanted: &Wanted) -> Result<Checked, Error> {
    let mut progress = Progress::default();
    progress.begin();
    let asking = Asking {
        now: seconds_since_1970(),
        anew: args.no_cache,
        told: &|done, all| progress.say(&format!("asking other sites, {done} of {all}")),
    };
    gen_site::check::check(
        &args.site.options(root),
        wanted,
        args.external.then_some(&asking),
        &mut |stage, count| {
            progress.end(stage);
            match stage {
                "link" => progress.say(&format!("looking at {count} pages")),
                "lints" => progress.say("looking at pictures"),
                "plan" => progress.say(&format!("trying {count} files")),
                _ => {}
            }
        },
    )
}

fn has_errors(checked: &Checked, strict: bool) -> bool {
    let is_error = |d: &Diagnostic| match d.severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Note => false,
    };
    checked.diagnostics.iter().any(is_error)
}

/// `error`, `warning` or `note`, as all formats but one have it.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
