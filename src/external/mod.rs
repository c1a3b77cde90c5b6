//! Asks other sites whether what this site links to is still there, each address once and each host politely. What a
//! link is, its caller says; what is dead, moved or unclear is decided here. Files are fetched here, too.

mod address;
mod anchors;
mod ask;
mod fetch;
mod hosts;
mod memory;
mod visit;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Spot};
use crate::edit::Edit;
use address::Address;
pub use fetch::{Fetching, fetch};
use memory::Memory;

/// Links that are named when nobody can tell whether they are alive, at most.
const NAMED: usize = 20;

/// A link to another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The file that it stands in, relative to the site's root.
    pub path: String,
    /// As written.
    pub url: String,
    /// Where in the file.
    pub spot: Spot,
    /// The bytes of the file that are just the URL, where another one can be written there.
    pub bytes: Option<Range<usize>>,
}

/// How other sites are asked.
pub struct Asking<'a> {
    /// Seconds since 1970: what was heard long ago is asked again.
    pub now: i64,
    /// Ask all of them, though it is known what they said.
    pub anew: bool,
    /// Is told how many of how many addresses are done.
    pub told: &'a (dyn Fn(usize, usize) + Sync),
}

/// What other sites said.
#[derive(Debug, Default)]
pub struct Heard {
    /// Links that are dead, moved, or lead to no place of their page.
    pub diagnostics: Vec<Diagnostic>,
    /// What nobody can tell.
    pub notes: Vec<String>,
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
struct Answer {
    verdict: Verdict,
    /// Where it moved to for good.
    moved: Option<String>,
    /// Of the places that are wanted, those that are not on the page.
    missing: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
enum Verdict {
    Alive,
    /// Why.
    Dead(String),
    /// Why nobody can tell.
    Unsure(String),
    /// Its host's name is not known, or no network leads there.
    Lost,
}

impl Verdict {
    /// Why nothing can be had, in words.
    fn why(&self) -> String {
        match self {
            Verdict::Dead(why) | Verdict::Unsure(why) => why.clone(),
            Verdict::Lost => "cannot be found".to_owned(),
            Verdict::Alive => "is there".to_owned(),
        }
    }

    fn alone(self) -> Answer {
        Answer {
            verdict: self,
            moved: None,
            missing: Vec::new(),
        }
    }
}

/// An address, and the places on its page that links lead to.
struct Wanted {
    address: Address,
    fragments: BTreeSet<String>,
}

/// Asks for every link that is not skipped, and keeps what is good to know the next time.
pub fn check(root: &Path, config: &Config, links: &[Link], asking: &Asking<'_>) -> Heard {
    let settings = &config.check.external;
    let mut wanted: BTreeMap<String, Wanted> = BTreeMap::new();
    let mut heard = Heard::default();
    let mut asked: Vec<(&Link, Address)> = Vec::new();
    for link in links.iter().filter(|link| !settings.skips(&link.url)) {
        let Some(address) = Address::parse(&link.url) else {
            let message = format!("`{}` is no address", link.url);
            heard.diagnostics.push(
                found("dead-external", link, message)
                    .help("write it as your browser shows it, with https:// before it"),
            );
            continue;
        };
        let entry = wanted
            .entry(address.key().to_owned())
            .or_insert_with(|| Wanted {
                address: address.clone(),
                fragments: BTreeSet::new(),
            });
        entry.fragments.extend(address.fragment());
        asked.push((link, address));
    }
    let memory = Memory::open(root);
    let mut answers = match asking.anew {
        true => BTreeMap::new(),
        false => memory.fresh(&wanted, asking.now),
    };
    let unknown: Vec<&Wanted> = wanted
        .iter()
        .filter(|(key, _)| !answers.contains_key(*key))
        .map(|(_, wanted)| wanted)
        .collect();
    let agent = format!(
        "gen/{} (looks for dead links on {})",
        env!("CARGO_PKG_VERSION"),
        config.base_url
    );
    let visited = visit::all(&unknown, settings.timeout, &agent, asking.told);
    memory.keep(&wanted, &visited.answers, asking.now);
    answers.extend(visited.answers);
    if visited.offline {
        heard.notes.push(format!(
            "no other site could be reached: {} not asked. Is this machine online?",
            match unknown.len() {
                1 => "1 address was".to_owned(),
                many => format!("{many} addresses were"),
            }
        ));
    }
    let mut unsure: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for (link, address) in &asked {
        let Some(answer) = answers.get(address.key()) else {
            continue;
        };
        match &answer.verdict {
            Verdict::Lost if visited.offline => {}
            Verdict::Unsure(why) => {
                unsure.entry(address.key()).or_insert((why, &link.path));
            }
            _ => heard.diagnostics.extend(judge(link, address, answer)),
        }
    }
    heard.notes.extend(note(&unsure));
    heard
}

fn found(code: &'static str, link: &Link, message: String) -> Diagnostic {
    let mut diagnostic = Diagnostic::warning(code, &link.path, message);
    diagnostic.spot = link.spot.clone();
    diagnostic
}

/// What is wrong with a link by its address' answer.
fn judge(link: &Link, address: &Address, answer: &Answer) -> Option<Diagnostic> {
    let host = address.name();
    let dead = |message: String| {
        let help = format!(
            "look for its new address, link to a copy (https://web.archive.org/web/{}), or take the link out",
            address.key()
        );
        Some(found("dead-external", link, message).help(help))
    };
    match &answer.verdict {
        Verdict::Dead(why) => return dead(format!("this link is dead: {host} {why}")),
        Verdict::Lost => return dead(format!("this link is dead: there is no {host}")),
        Verdict::Alive | Verdict::Unsure(_) => {}
    }
    if let Some(fragment) = address.fragment().filter(|f| answer.missing.contains(f)) {
        let message = format!("the page is there, but nothing on it is called `#{fragment}`");
        return Some(found("dead-external-anchor", link, message).help(
            "open the page, and copy the link of the part that you mean; or link to the page as a whole",
        ));
    }
    answer.moved.as_deref().map(|to| moved(link, address, to))
}

fn moved(link: &Link, address: &Address, to: &str) -> Diagnostic {
    if address.is_deep() && Address::parse(to).is_some_and(|to| !to.is_deep()) {
        let message = format!("this address now leads to a front page, {to}");
        return found("moved-external", link, message)
            .help("the page may be gone: see whether the front page is what your readers need");
    }
    let new = address.moved_to(to);
    let message = format!("this page has moved for good, to {new}");
    let diagnostic = found("moved-external", link, message).help("link to it there");
    match &link.bytes {
        Some(bytes) if address::is_plain(&new) => {
            diagnostic.fix(Edit::new(&link.path, bytes.clone(), new))
        }
        _ => diagnostic,
    }
}

/// What to say of addresses of which nobody can tell: why, and a file that links there.
fn note(unsure: &BTreeMap<&str, (&str, &str)>) -> Option<String> {
    if unsure.is_empty() {
        return None;
    }
    let mut text = match unsure.len() {
        1 => "one address would not say whether it is alive; look for yourself:".to_owned(),
        many => {
            format!("{many} addresses would not say whether they are alive; look for yourself:")
        }
    };
    for (url, (why, path)) in unsure.iter().take(NAMED) {
        text.push_str(&format!("\n  {url} {why} ({path})"));
    }
    if unsure.len() > NAMED {
        text.push_str(&format!("\n  and {} more", unsure.len() - NAMED));
    }
    Some(text)
}
