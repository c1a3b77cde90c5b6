//! `gen serve`: shows the site while it is written, and says what each change did.

use std::io::IsTerminal;
use std::path::Path;
use std::process::{Command, Stdio};

use gen_site::Report;
use gen_site::diagnostic::Diagnostic;
use gen_site::error::Error;
use gen_site::model::date::Zone;
use gen_site::serve::{self, Address, Outcome, Rebuilt, Setup, Told};

use super::editor;
use super::messages::{self, Stream};
use super::progress::Progress;
use super::{Outcome as End, count, left_out, now, say, say_aside, seconds_since_1970, tally};

/// Files that are named of those that changed at once, at most.
const NAMES: usize = 3;

/// Show the site in a browser while you write; every change is there as soon as it is saved
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen serve\n  gen serve --open --drafts --future\n  gen serve --host 0.0.0.0 --port 8000    # for other machines in your network\n\nThe site is built into .gen/serve/, never into public/. The desk at /_gen/ shows what is wrong, links that could be\nwritten, drafts, and how articles are linked. Ctrl-C stops."
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
    /// The editor that the desk opens files in: code, cursor, zed, idea, subl and others, `none`, a command, or an address
    /// with {file}, {line} and {column}. Without it VISUAL or EDITOR, where that has windows, or else code
    #[arg(long, value_name = "EDITOR")]
    editor: Option<String>,
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
        editor: editor::of_desk(args.editor.as_deref()),
        today: now,
    };
    let mut terminal = Terminal {
        open: args.open,
        progress: Progress::default(),
        failed: false,
        warned: Vec::new(),
    };
    let tell = move |told: Told<'_>| terminal.hear(told);
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

/// What is said, and what was.
struct Terminal {
    /// Open the browser when the site is there.
    open: bool,
    progress: Progress,
    /// The last build was not published.
    failed: bool,
    /// The warnings of the last build: the same ones are not told each time.
    warned: Vec<String>,
}

impl Terminal {
    fn hear(&mut self, told: Told<'_>) {
        match told {
            Told::Listening(address) => taken(address),
            Told::Begin => self.progress.begin(),
            Told::Stage(stage, _) => self.progress.end(stage),
            Told::Polling(why) => say_aside(&format!(
                "note: the system does not tell gen of changes ({why}); the files are looked at every second"
            )),
            Told::Ready(first, address) => {
                self.progress.done();
                self.ready(first, address);
                if self.open {
                    show_in_browser(&address.url());
                }
            }
            Told::Rebuilt(rebuilt) => {
                self.progress.done();
                self.changed(rebuilt);
            }
        }
    }

    /// What the first build made, and where to look.
    fn ready(&mut self, first: &Rebuilt, address: &Address) {
        if let Outcome::Built(report) = &first.outcome {
            self.messages(report);
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
            "\n  {url}{}the site\n  {url}_gen/    the desk: messages, suggestions, drafts\n\nWatching content/, data/, static/, themes/, site.toml, baseline.txt, and refused.txt, where the desk writes\nwhat you refuse. Ctrl-C stops.\n",
            " ".repeat(9)
        ));
    }

    /// One line for a change, and what is wrong below it.
    fn changed(&mut self, rebuilt: &Rebuilt) {
        let clock = Zone::of_this_machine().clock(seconds_since_1970());
        let files = files(&rebuilt.changed);
        let report = match &rebuilt.outcome {
            Outcome::Built(report) => report,
            Outcome::Refused(error) => {
                say(&format!("{clock} {files} → not built"));
                super::say_error(error);
                self.failed = true;
                return;
            }
        };
        let did = match &report.changes {
            None => format!("{}, not published", tally(&report.diagnostics)),
            Some(changes) => match did(&changes.written, &changes.removed) {
                nothing if nothing.is_empty() && self.failed => "mended".to_owned(),
                nothing if nothing.is_empty() => "nothing to do".to_owned(),
                did => did,
            },
        };
        let seen = rebuilt.seen.map_or(String::new(), |seconds| {
            format!(", seen after {}", time(seconds))
        });
        let took = time(rebuilt.seconds);
        say(&format!("{clock} {files} → {did} in {took}{seen}"));
        self.messages(report);
    }

    /// What is wrong; of a site that was published, only what was not told after the last build.
    fn messages(&mut self, report: &Report) {
        self.failed = report.changes.is_none();
        let all = &report.diagnostics;
        let rendered: Vec<String> = all.iter().map(|d| d.render(false)).collect();
        let mut new: Vec<&Diagnostic> = all
            .iter()
            .zip(&rendered)
            .filter(|(_, text)| self.failed || !self.warned.contains(text))
            .map(|(diagnostic, _)| diagnostic)
            .collect();
        // What stops the build stands last, where the eye is.
        new.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
        if !new.is_empty() {
            say_aside("");
            messages::tell(&new, false, Stream::Aside);
            let stays = if self.failed {
                ": the last good site stays"
            } else {
                ""
            };
            say_aside(&format!("{}{stays}.", tally(all)));
        }
        if !self.failed {
            self.warned = rendered;
        }
    }
}

/// The files that changed; of many, some.
fn files(changed: &[String]) -> String {
    let mut files = changed
        .iter()
        .take(NAMES)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if changed.len() > NAMES {
        files.push_str(&format!(" and {} more", changed.len() - NAMES));
    }
    files
}

/// `3 pages, 2 other files`: what was written, and what was removed; empty for nothing.
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
