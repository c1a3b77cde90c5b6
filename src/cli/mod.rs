//! The commands, one a file: their arguments and what they say. Clock, environment and terminal are read
//! here and nowhere else.

mod audit;
mod build;
mod check;
mod completions;
mod editor;
mod explain;
mod graph;
mod import;
mod init;
mod journeys;
mod list;
mod lsp;
mod man;
mod mcp;
mod messages;
mod mv;
mod new;
mod old_site;
mod place;
mod progress;
mod publish;
mod schema;
mod serve;
mod timings;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Parser, Subcommand};
use gen_site::diagnostic::{Diagnostic, Severity};
use gen_site::error::Error;
use gen_site::model::site::Skipped;
use gen_site::model::wording::count;
use gen_site::{Loaded, Options, Today, scan};

use self::messages::Stream;

/// Names that are listed of what was left out, at most.
const NAMES: usize = 10;

/// Builds a linked website from Markdown articles.
#[derive(Parser)]
#[command(
    name = "gen",
    version,
    about,
    after_help = "Example: gen build --root my-site --output public"
)]
pub(crate) struct Cli {
    /// The site's folder [default: the nearest one, from here upwards, with a site.toml]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Audit(audit::Args),
    Build(build::Args),
    Check(check::Args),
    Explain(explain::Args),
    Graph(graph::Args),
    Import(import::Args),
    Init(init::Args),
    Journeys(journeys::Args),
    List(list::Args),
    Lsp(lsp::Args),
    Mcp(mcp::Args),
    Mv(mv::Args),
    New(new::Args),
    Publish(publish::Args),
    Schema(schema::Args),
    Serve(serve::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// What a command takes that works on no site: a flag that its help does not show, and that [`run`] refuses.
#[derive(Args)]
struct NoSite {
    #[arg(long, hide = true, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// How a command ended.
pub(crate) enum Outcome {
    /// Exit status 0.
    Clean,
    /// Exit status 1.
    SiteHasErrors,
}

/// Runs a command.
pub(crate) fn run(cli: Cli) -> Result<Outcome, Error> {
    if let Command::Check(args) = &cli.command
        && args.needs_no_site()
    {
        return check::manual(args);
    }
    let no_site = match &cli.command {
        Command::Audit(args) => Some(&args.no_site),
        Command::Completions(args) => Some(&args.no_site),
        Command::Import(args) => Some(&args.no_site),
        Command::Init(args) => Some(&args.no_site),
        Command::Man(args) => Some(&args.no_site),
        _ => None,
    };
    if no_site.is_some_and(|no_site| cli.root.is_some() || no_site.root.is_some()) {
        return Err(Error::refused(
            "this command works on no site that is there, and takes no --root",
            "leave --root out; where the command takes a folder, name it behind the command",
        ));
    }
    match &cli.command {
        Command::Audit(args) => return audit::run(args),
        Command::Completions(args) => return completions::run(args),
        Command::Import(args) => return import::run(args),
        Command::Init(args) => return init::run(args),
        // It finds the site by what the editor says.
        Command::Lsp(_) => {
            return lsp::run(
                cli.root
                    .as_deref()
                    .map(|root| find_root(Some(root)))
                    .transpose()?,
            );
        }
        Command::Man(args) => return man::run(args),
        Command::Schema(args) => return schema::run(cli.root.as_deref(), args),
        _ => {}
    }
    let root = find_root(cli.root.as_deref())?;
    match cli.command {
        Command::Build(args) => build::run(&root, &args),
        Command::Check(args) => check::run(&root, &args),
        Command::Explain(args) => explain::run(&root, &args),
        Command::Graph(args) => graph::run(&root, &args),
        Command::Journeys(args) => journeys::run(&root, &args),
        Command::List(args) => list::run(&root, &args),
        Command::Mcp(_) => mcp::run(&root),
        Command::Mv(args) => mv::run(&root, &args),
        Command::New(args) => new::run(&root, &args),
        Command::Publish(args) => publish::run(&root, &args),
        Command::Serve(args) => serve::run(&root, &args),
        // They need no site, and were run above.
        Command::Audit(_)
        | Command::Completions(_)
        | Command::Import(_)
        | Command::Init(_)
        | Command::Lsp(_)
        | Command::Man(_)
        | Command::Schema(_) => Ok(Outcome::Clean),
    }
}

fn find_root(given: Option<&Path>) -> Result<PathBuf, Error> {
    let here = std::env::current_dir().map_err(Error::io("could not read", Path::new(".")))?;
    match given {
        Some(root) if root.join("site.toml").is_file() => Ok(root.to_path_buf()),
        Some(root) => Err(Error::refused(
            format!("there is no site.toml in {}", root.display()),
            "a site is a folder with site.toml and content/",
        )),
        None => scan::find_root(&here).ok_or_else(|| {
            Error::refused(
                format!(
                    "there is no site.toml in {} or in a folder above it",
                    here.display()
                ),
                "go to a site's folder, or name it with --root",
            )
        }),
    }
}

/// The path in `content/` of a file that is named as the shell completes it, from the present folder.
fn within_content(root: &Path, written: &str) -> Option<String> {
    let content = root.join("content").canonicalize().ok()?;
    let file = Path::new(written).canonicalize().ok()?;
    let inside = file.strip_prefix(content).ok()?.to_str()?;
    Some(inside.to_owned())
}

/// What every command that reads a site takes.
#[derive(Args)]
struct SiteArgs {
    /// Use this in place of base_url in site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish drafts too
    #[arg(long)]
    drafts: bool,
    /// Publish what is dated after today too
    #[arg(long)]
    future: bool,
    /// Build as on this day, or at this moment of it: 2026-01-31T18:00 [default: now]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = Today::parse)]
    date: Option<Today>,
}

impl SiteArgs {
    /// Whether the site is read as it is not published now.
    fn is_special(&self) -> bool {
        self.drafts || self.future || self.date.is_some() || self.base_url.is_some()
    }

    fn options(&self, root: &Path) -> Options {
        Options {
            root: root.to_path_buf(),
            base_url: self.base_url.clone(),
            drafts: self.drafts,
            future: self.future,
            today: self.date.unwrap_or_else(now),
        }
    }
}

fn now() -> Today {
    Today::Moment(seconds_since_1970())
}

/// Seconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks what time it is"
)]
fn seconds_since_1970() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|d| d.as_secs())
        .unwrap_or(0);
    i64::try_from(since).unwrap_or(0)
}

/// Reads and links a site, and says what is wrong with it: warnings are the build's to tell. Nothing where the
/// site cannot be read at all.
fn load(options: &Options) -> Result<Option<(Loaded, Outcome)>, Error> {
    let (loaded, diagnostics) = match gen_site::load(options, &mut |_, _| ())? {
        Ok(mut loaded) => {
            let diagnostics = std::mem::take(&mut loaded.diagnostics);
            (Some(loaded), diagnostics)
        }
        Err(diagnostics) => (None, diagnostics),
    };
    let errors: Vec<&Diagnostic> = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    messages::tell(&errors, false, Stream::Aside);
    if loaded.is_none() {
        say_aside(&format!("{}.", tally(&diagnostics)));
    }
    let outcome = if errors.is_empty() {
        Outcome::Clean
    } else {
        Outcome::SiteHasErrors
    };
    Ok(loaded.map(|loaded| (loaded, outcome)))
}

/// Prints a whole answer to standard output. A reader that has gone away is no failure; a full disk is.
fn print(text: &str) -> Result<(), Error> {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::Io {
            action: "could not write",
            path: "the answer".into(),
            source: error,
        }),
        _ => Ok(()),
    }
}

/// Asks for one line on a terminal. None where there is no terminal, or nothing was written.
fn ask(what: &str) -> Result<Option<String>, Error> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(None);
    }
    let _ = write!(std::io::stderr(), "{what}: ");
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .map_err(Error::io("could not read", Path::new("the terminal")))?;
    Ok(Some(line.trim().to_owned()).filter(|line| !line.is_empty()))
}

/// Prints to standard output. A reader that has gone away is no failure.
fn say(text: &str) {
    Stream::Out.say(text);
}

/// Prints to standard error.
fn say_aside(text: &str) {
    Stream::Aside.say(text);
}

/// Prints why a run could not go on.
pub(crate) fn say_error(error: &Error) {
    say_aside(&format!("error: {error}"));
}

/// Says what was not published, and why.
fn left_out(skipped: &Skipped) {
    left_out_as("draft", "drafts", &skipped.drafts);
    left_out_as("scheduled", "scheduled", &skipped.scheduled);
    left_out_as("expired", "expired", &skipped.expired);
}

fn left_out_as(one: &str, many: &str, files: &[String]) {
    if files.is_empty() {
        return;
    }
    let mut names = files
        .iter()
        .take(NAMES)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if files.len() > NAMES {
        names.push_str(&format!(" and {} more", files.len() - NAMES));
    }
    say(&format!(
        "left out: {} ({names})",
        count(files.len(), one, many)
    ));
}

/// `3 errors and 1 warning`; empty for none.
fn tally(diagnostics: &[Diagnostic]) -> String {
    let count_of = |severity| {
        let same = diagnostics.iter().filter(|d| d.severity == severity);
        same.count()
    };
    let parts = [
        (count_of(Severity::Error), "error", "errors"),
        (count_of(Severity::Warning), "warning", "warnings"),
        (count_of(Severity::Note), "suggestion", "suggestions"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|p| p.0 > 0)
        .map(|p| count(p.0, p.1, p.2))
        .collect();
    parts.join(" and ")
}
