//! `gen serve`: shows the site while it is written, and says what each change did.

use std::io::IsTerminal;
use std::path::Path;
use std::process::{Command, Stdio};

use gen_site::Report;
use gen_site::diagnostic::{Diagnostic, Severity};
use gen_site::error::Error;
use gen_site::model::date::Zone;
use gen_site::serve::{self, Address, Outcome, Rebuilt, Setup, Told};

use super::progress::Progress;
use super::{
    Outcome as End, count, left_out, now, say, say_aside, say_diagnostics, seconds_since_1970,
    tally,
};

/// Files that are named of those that changed at once, at most.
const NAMES: usize = 3;

/// Show the site in a browser while you write; every change is there as soon as it is saved
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen serve\n  gen serve --open --drafts --future\n  gen serve --host 0.0.0.0 --port 8000    # for other machines in your network\n\nThe site is built into .gen/serve/, never into public/. The desk at /_gen/ shows what is wrong, drafts, and how\narticles are linked. Ctrl-C stops."
)]
pub(super) struct Args {
    /// The port; if it is taken, the next free one
    #[arg(long, value_name = "PORT", default_value_t = 1111)]
    port: u16,
    /// Listen on this address of the machine
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
    /// Show what is dated after today too
    #[arg(long)]
    future: bool,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<End, Error> {
    let setup = Setup {
        root: root.to_path_buf(),
        host: args.host.clone(),
        port: args.port,
        drafts: args.drafts,
        future: args.future,
        today: now,
    };
    let open = args.open;
    let mut progress = Progress::default();
    let tell = move |told: Told<'_>| match told {
        Told::Listening(address) => taken(address),
        Told::Begin => progress.begin(),
        Told::Stage(stage, _) => progress.end(stage),
        Told::Polling(why) => say_aside(&format!(
            "note: the system does not tell gen of changes ({why}); the files are looked at every second"
        )),
        Told::Ready(first, address) => {
            progress.done();
            ready(first, address);
            if open {
                show_in_browser(&address.url());
            }
        }
        Told::Rebuilt(rebuilt) => {
            progress.done();
            changed(rebuilt);
        }
    };
    serve::run(setup, Box::new(tell))?;
    if std::io::stderr().is_terminal() {
        // The terminal shows ^C without a line end.
        say_aside("\nStopped.");
    }
    Ok(End::Clean)
}

fn taken(address: &Address) {
    if address.wanted != 0 && address.port != address.wanted {
        say(&format!(
            "Port {} is taken; this is {}.",
            address.wanted, address.port
        ));
    }
}

/// What the first build made, and where to look.
fn ready(first: &Rebuilt, address: &Address) {
    if let Outcome::Built(report) = &first.outcome {
        say_messages(report);
        if report.changes.is_some() {
            say(&format!(
                "{}, {}, {} in {}",
                count(report.articles, "article", "articles"),
                count(report.guides, "guide", "guides"),
                count(report.tags, "tag", "tags"),
                time(first.seconds)
            ));
            left_out(&report.skipped);
        }
    }
    let url = address.url();
    say(&format!(
        "\n  {url}{}the site\n  {url}_gen/    the desk: messages, drafts, links\n\nWatching content/, themes/ and site.toml. Ctrl-C stops.\n",
        " ".repeat(9)
    ));
}

/// One line for a change, and what is wrong below it.
fn changed(rebuilt: &Rebuilt) {
    let clock = Zone::of_this_machine().clock(seconds_since_1970());
    let mut files = rebuilt
        .changed
        .iter()
        .take(NAMES)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if rebuilt.changed.len() > NAMES {
        files.push_str(&format!(" and {} more", rebuilt.changed.len() - NAMES));
    }
    let did = match &rebuilt.outcome {
        Outcome::Refused(error) => {
            say(&format!("{clock} {files} → not built"));
            super::say_error(error);
            return;
        }
        Outcome::Built(report) => match &report.changes {
            None => format!("{}, not published", tally(&report.diagnostics)),
            Some(changes) => match changes.written.len() + changes.removed.len() {
                0 => "nothing to do".to_owned(),
                _ => did(&changes.written, &changes.removed),
            },
        },
    };
    let seen = rebuilt.seen.map_or(String::new(), |seconds| {
        format!(", seen after {}", time(seconds))
    });
    say(&format!(
        "{clock} {files} → {did} in {}{seen}",
        time(rebuilt.seconds)
    ));
    if let Outcome::Built(report) = &rebuilt.outcome {
        say_messages(report);
    }
}

/// `3 pages, 2 files`: what was written; and what was removed.
fn did(written: &[String], removed: &[String]) -> String {
    let pages = written
        .iter()
        .filter(|path| path.ends_with(".html"))
        .count();
    let mut parts = Vec::new();
    if pages > 0 {
        parts.push(count(pages, "page", "pages"));
    }
    if written.len() > pages {
        parts.push(count(written.len() - pages, "other file", "other files"));
    }
    if !removed.is_empty() {
        parts.push(format!("{} removed", removed.len()));
    }
    parts.join(", ")
}

fn say_messages(report: &Report) {
    let all: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    if all.is_empty() {
        return;
    }
    say_aside("");
    say_diagnostics(&all);
    let stays = match report.count(Severity::Error) {
        0 => "",
        _ => ": the last good site stays",
    };
    say_aside(&format!("{}{stays}.", tally(&report.diagnostics)));
}

/// `28 ms`, `1.4 s`.
fn time(seconds: f64) -> String {
    match seconds {
        short if short < 1.0 => format!("{:.0} ms", short * 1000.0),
        long => format!("{long:.1} s"),
    }
}

/// Asks the system to show an address. Where it cannot, the address stands in the terminal.
fn show_in_browser(url: &str) {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    let command = command.args(before).arg(url);
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if quiet.spawn().is_err() {
        say_aside(&format!(
            "note: {program} is not there to open a browser; go to {url}"
        ));
    }
}
