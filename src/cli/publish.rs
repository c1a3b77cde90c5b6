//! `gen publish`: builds the site, sends what changed to where readers find it, and says what that was.

use std::path::{Path, PathBuf};
use std::time::Instant;

use gen_site::config::publish::Target;
use gen_site::config::{self, Config};
use gen_site::diagnostic::{Diagnostic, Severity};
use gen_site::error::Error;
use gen_site::output::json;
use gen_site::publish::{Order, Sent, Watch, publish, rehearse};
use gen_site::scan;
use gen_site::store::Published;

use super::messages::{self, Stream};
use super::progress::Progress;
use super::{Outcome, SiteArgs, count, left_out, print, say, say_aside, tally};

/// Build the site and send what changed
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen publish\n  gen publish live --dry-run\n  gen publish --json > changed.json\n\nTargets stand in site.toml:\n  [publish.live]\n  to = \"s3://my-bucket\"\nto is a folder, or s3://, gs://, azure:// or sftp://. Credentials come from the environment and the usual files (AWS_ACCESS_KEY_ID, ~/.aws/credentials, AZURE_STORAGE_SAS_TOKEN, ssh's keys), never from site.toml."
)]
pub(super) struct Args {
    /// The name of a target in site.toml [default: the only one]
    #[arg(value_name = "TARGET")]
    target: Option<String>,
    /// Where to build [default: public, in the site's folder]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    site: SiteArgs,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Send nothing; show what would go
    #[arg(long)]
    dry_run: bool,
    /// Overwrite what others put where the site's files go, and take over another site's place
    #[arg(long)]
    adopt: bool,
    /// Print the addresses that changed as JSON, and all else aside
    #[arg(long)]
    json: bool,
    /// Say nothing but what is wrong
    #[arg(short, long)]
    quiet: bool,
}

#[expect(clippy::disallowed_methods, reason = "says how long it took")]
pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let start = Instant::now();
    let bytes = scan::file(root, config::FILE)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut options = args.site.options(root);
    // What is wrong with site.toml, the build tells better.
    let named = match Config::parse(&text, options.base_url.as_deref()) {
        Ok(config) => Some(target(&config, args.target.as_deref())?),
        Err(_) => None,
    };
    let is_elsewhere = options.base_url.is_some();
    if let Some((_, target)) = &named {
        options.base_url = options.base_url.or_else(|| target.base_url.clone());
    }
    let output = args.output.clone().unwrap_or_else(|| root.join("public"));
    let mut progress = Progress::default();
    progress.begin();
    let report = gen_site::build(
        &options,
        gen_site::Build {
            output: &output,
            strict: args.strict,
            cache: true,
            held: gen_site::HELD,
        },
        &mut |stage, _| progress.end(stage),
    )?;
    progress.done();
    let is_shown =
        |d: &&Diagnostic| !args.quiet || d.severity == Severity::Error || report.changes.is_none();
    let shown: Vec<&Diagnostic> = report.diagnostics.iter().filter(is_shown).collect();
    messages::tell(&shown, false, Stream::Aside);
    let config = Config::parse(&text, options.base_url.as_deref());
    let (Some((name, target)), Ok(config), Some(_)) = (named, config, &report.changes) else {
        say_aside(&format!(
            "{}: nothing was sent.",
            tally(&report.diagnostics)
        ));
        return Ok(Outcome::SiteHasErrors);
    };
    let published = Published::open(root, &output)?;
    let order = Order {
        root,
        output: &output,
        published: &published,
        config: &config,
        name: &name,
        target: &target,
        adopt: args.adopt,
        tells: !is_elsewhere && target.base_url.is_none(),
    };
    let sent = match args.dry_run {
        true => rehearse(&order)?,
        false => {
            progress.begin();
            let watch = Watch {
                step: &|words| progress.say(words),
                note: &|words| say_aside(&format!("note: {words}")),
            };
            let sent = publish(&order, &watch);
            progress.done();
            sent?
        }
    };
    for note in &sent.notes {
        say_aside(&format!("note: {note}"));
    }
    if args.json {
        print(&json::pretty(&json::json!({
            "target": name,
            "to": sent.place,
            "changed": sent.changed,
            "removed": sent.removed,
        })))?;
    }
    if args.quiet {
        return Ok(Outcome::Clean);
    }
    let tell: fn(&str) = if args.json { say_aside } else { say };
    if args.dry_run {
        steps(&sent, tell);
    }
    tell(&summary(&sent, args.dry_run, start.elapsed().as_secs_f64()));
    if !args.json {
        left_out(&report.skipped);
    }
    Ok(Outcome::Clean)
}

/// The target of this name, or the only one.
fn target(config: &Config, name: Option<&str>) -> Result<(String, Target), Error> {
    let targets = &config.publish.targets;
    let names: Vec<&str> = targets.keys().map(String::as_str).collect();
    let found = match name {
        Some(name) => targets.get_key_value(name),
        None if targets.len() == 1 => targets.first_key_value(),
        None => None,
    };
    match (found, name) {
        (Some((name, target)), _) => Ok((name.clone(), target.clone())),
        (None, _) if names.is_empty() => Err(Error::refused(
            "site.toml does not say where the site is published",
            "add two lines, `[publish.live]` and `to = \"s3://my-bucket\"`; docs/publishing.md has the others: gs://, azure://, sftp://, a folder",
        )),
        (None, Some(name)) => Err(Error::refused(
            format!("site.toml has no [publish.{name}]"),
            format!("it has {}", names.join(", ")),
        )),
        (None, None) => Err(Error::refused(
            "the site has several targets",
            format!("name one: gen publish {}", names.join(" | ")),
        )),
    }
}

/// What goes, in its order.
fn steps(sent: &Sent, tell: fn(&str)) {
    for path in &sent.plan.clear {
        tell(&format!("remove {path}"));
    }
    for parcel in &sent.plan.send {
        let how = if parcel.is_new { "new   " } else { "change" };
        tell(&format!("{how} {}", parcel.path));
    }
    for path in &sent.plan.remove {
        tell(&format!("remove {path}"));
    }
}

fn summary(sent: &Sent, is_rehearsed: bool, seconds: f64) -> String {
    let plan = &sent.plan;
    let new = plan.send.iter().filter(|parcel| parcel.is_new).count();
    let removed = plan.remove.len() + plan.clear.len();
    let verb = if is_rehearsed {
        "would be sent"
    } else {
        "sent"
    };
    let mut words = format!(
        "{} {verb} ({new} new), {removed} removed, {} unchanged",
        count(plan.send.len(), "file", "files"),
        plan.unchanged,
    );
    if let Some(told) = sent.told {
        let pages = count(told, "page", "pages");
        words.push_str(&format!(", search engines told of {pages}"));
    }
    match is_rehearsed {
        true => format!("{words} → {}", sent.place),
        false => format!("{words} in {seconds:.2} s → {}", sent.place),
    }
}
