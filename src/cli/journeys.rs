//! `gen journeys`: counts in logs where readers went on, for `[up_next] journeys`.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, stdin};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use gen_site::config::{self, Config};
use gen_site::error::Error;
use gen_site::journeys::Journeys;
use gen_site::scan;

use super::{Outcome, count, messages, print, say_aside};

/// Count in a server's logs which article readers went on to, for the lists of what to read next
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  gen journeys /var/log/nginx/access.log > data/journeys.csv\n  gen journeys access.log access.log.*.gz > data/journeys.csv\n  ssh me@server cat /var/log/nginx/access.log | gen journeys - > data/journeys.csv\n\nThen in site.toml, under [up_next]: journeys = \"data/journeys.csv\""
)]
pub(super) struct Args {
    /// The server's logs, as they are or packed with gzip; `-` for standard input
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// Leave out a step that fewer readers than this took
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
        let file: Box<dyn Read> = match log.as_os_str() == "-" {
            true => Box::new(stdin().lock()),
            false => Box::new(File::open(log).map_err(Error::io("could not read", log))?),
        };
        read(file, log, &mut journeys)?;
    }
    let csv = journeys.csv(args.least);
    print(&csv)?;
    if journeys.unknown > 0 {
        let lines = count(journeys.unknown, "line was", "lines were");
        say_aside(&format!(
            "{lines} left out: gen knows the logs of Apache, nginx, Caddy, CloudFront, Cloudflare, Netlify and Vercel"
        ));
    }
    if csv.lines().nth(1).is_none() {
        say_aside(&format!(
            "nothing to count: no page of {} has {} who went on to the same other page. --least 1 counts every reader",
            config.base_url.host(),
            count(args.least, "reader", "readers")
        ));
    }
    Ok(Outcome::Clean)
}

/// What a file begins with that is packed with gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

fn read(log: Box<dyn Read>, name: &Path, journeys: &mut Journeys<'_>) -> Result<(), Error> {
    let mut plain = BufReader::new(log);
    let start = plain
        .fill_buf()
        .map_err(Error::io("could not read", name))?;
    let mut log: Box<dyn BufRead> = match start.starts_with(&GZIP) {
        true => Box::new(BufReader::new(MultiGzDecoder::new(plain))),
        false => Box::new(plain),
    };
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
