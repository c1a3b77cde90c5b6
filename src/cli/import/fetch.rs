//! Fetches the pictures that only the web has, one after the other. What is there already is not fetched again.

use std::path::Path;

use gen_site::error::Error;
use gen_site::external::{self, Fetching};
use gen_site::import::Fetched;
use gen_site::store::author;

use crate::cli::progress::Progress;
use crate::cli::{count, say_aside};

/// Bytes of a picture, at most.
const LONGEST: u64 = 64 << 20;
/// Seconds that a picture may take.
const TIMEOUT: u64 = 60;

/// Fetches what is not there yet, and says of each picture that could not be had why. Whether there is one.
pub(super) fn run(pictures: &[Fetched], new: &Path, progress: &Progress) -> Result<bool, Error> {
    let missing: Vec<&Fetched> = pictures
        .iter()
        .filter(|one| !new.join(&one.to).exists())
        .collect();
    let urls: Vec<String> = missing.iter().map(|one| one.url.clone()).collect();
    let fetching = Fetching {
        timeout: TIMEOUT,
        longest: LONGEST,
        purpose: "fetches the pictures of a site that moves, for its owner",
    };
    let mut lost = Vec::new();
    let mut refused = None;
    external::fetch(&urls, &fetching, &mut |number, fetched| {
        progress.say(&format!("fetched {} of {}", number + 1, urls.len()));
        let one = missing[number];
        let saved = match fetched {
            Ok(bytes) if is_page(&bytes) && !one.to.ends_with(".svg") => {
                lost.push(format!("{}: a page came in its place", one.url));
                Ok(())
            }
            Ok(bytes) => author::save(new, &one.to, &bytes),
            Err(why) => {
                lost.push(format!("{} {why}", one.url));
                Ok(())
            }
        };
        refused = saved.err();
        refused.is_none()
    });
    if let Some(error) = refused {
        return Err(error);
    }
    for lost in &lost {
        say_aside(&format!("not fetched: {lost}"));
    }
    if !lost.is_empty() {
        let pictures = count(lost.len(), "picture is", "pictures are");
        say_aside(&format!(
            "{pictures} missing. The same command again fetches only these; until then, gen build tells where they are shown."
        ));
    }
    Ok(!lost.is_empty())
}

/// Whether bytes are a page of HTML, as hosts send it for what is not there.
fn is_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    head.starts_with("<!doctype") || head.starts_with("<html")
}
