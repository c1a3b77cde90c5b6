//! Fetches files of other sites: each host politely, each file up to a bound.

use std::time::Duration;

use super::address::Address;
use super::ask::Asker;

/// How files are fetched.
#[derive(Clone, Copy, Debug)]
pub struct Fetching<'a> {
    /// Seconds that an answer may take.
    pub timeout: u64,
    /// Bytes of a file, at most.
    pub longest: u64,
    /// What the request is for, as the hosts are told.
    pub purpose: &'a str,
}

/// Fetches one file after the other; `done` gets each, or why there is none, and says whether to go on.
pub fn fetch(
    urls: &[String],
    fetching: &Fetching<'_>,
    done: &mut dyn FnMut(usize, Result<Vec<u8>, String>) -> bool,
) {
    let name = format!("gen/{} ({})", env!("CARGO_PKG_VERSION"), fetching.purpose);
    let asker = Asker::new(Duration::from_secs(fetching.timeout), &name);
    for (number, url) in urls.iter().enumerate() {
        let fetched = match Address::parse(url) {
            Some(address) => asker.file(&address, fetching.longest),
            None => Err("is no address of the web".to_owned()),
        };
        if !done(number, fetched) {
            return;
        }
    }
}
