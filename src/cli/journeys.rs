//! `gen journeys`: counts in logs where readers went on, for `[up_next] journeys`.

use std::fs::File;
use std::io::{BufRead, BufReader, stdin};
use std::path::{Path, PathBuf};

use gen_site::config::{self, Config};
use gen_site::error::Error;
use gen_site::journeys::Journeys;
use gen_site::scan;

use super::{Outcome, count, messages, print, say_aside};

/// Count in a server's logs where readers went on, for the lists of what to read next
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen journeys /var/log/nginx/access.log > data/journeys.csv\n  zcat access.log.*.gz | gen journeys - > data/journeys.csv\n\nThen in site.toml, under [up_next]: journeys = \"data/journeys.csv\""
)]
pub(super) struct Args {
    /// Logs: Common, Combined, CloudFront, Cloudflare or Netlify; `-` for standard input
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// Leave out what fewer readers did
    #[arg(long, value_name = "READERS", default_value_t = 5)]
    least: usize,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let bytes = scan::file(root, config::FILE)?;
    let config = match Config::parse(&String::from_utf8_lossy(&bytes), None) {
        Ok(config) => config,
        Err(errors) => {
            messages::tell(
                &errors.iter().collect::<Vec<_>>(),
                true,
                messages::Stream::Aside,
            );
            return Ok(Outcome::SiteHasErrors);
        }
    };
    let mut journeys = Journeys::new(&config.base_url);
    for log in &args.logs {
        match log.as_os_str() == "-" {
            true => read(&mut stdin().lock(), log, &mut journeys)?,
            false => read(&mut open(log)?, log, &mut journeys)?,
        }
    }
    let csv = journeys.csv(args.least);
    print(&csv)?;
    if journeys.unknown > 0 {
        let lines = count(journeys.unknown, "line was", "lines were");
        say_aside(&format!(
            "{lines} left out: gen reads logs in the forms Common, Combined, CloudFront, Cloudflare and Netlify"
        ));
    }
    if csv.lines().nth(1).is_none() {
        say_aside(&format!(
            "nothing is counted: from no page of {} did {} go on to the same other one. --least 1 counts every reader",
            config.base_url.host(),
            count(args.least, "reader", "readers")
        ));
    }
    Ok(Outcome::Clean)
}

fn open(log: &Path) -> Result<BufReader<File>, Error> {
    let file = File::open(log).map_err(Error::io("could not read", log))?;
    Ok(BufReader::new(file))
}

fn read(log: &mut dyn BufRead, name: &Path, journeys: &mut Journeys<'_>) -> Result<(), Error> {
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = log
            .read_until(b'\n', &mut line)
            .map_err(Error::io("could not read", name))?;
        if length == 0 {
            return Ok(());
        }
        journeys.read(&String::from_utf8_lossy(&line));
    }
}
