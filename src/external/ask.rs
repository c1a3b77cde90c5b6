//! Asks for one address: redirects followed by hand, tries again where that helps, and what an answer means. The only
//! module that knows ureq.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read};
use std::time::Duration;

use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};

use super::address::Address;
use super::hosts::{Host, Hosts, turn};
use super::{Answer, Verdict, anchors};

/// Redirects that are followed, at most.
const REDIRECTS: usize = 10;
/// Before the second and the third try.
const WAITS: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// A host that wants to be left alone for longer is not waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// Addresses of one host that may stay without an answer before the others are not asked.
const SILENT: u32 = 2;

pub(super) struct Asker {
    agent: Agent,
    hosts: Hosts,
    timeout: u64,
}

/// What a request came to.
enum Reply {
    /// A redirect: where to, and whether for good.
    Redirect(String, bool),
    /// The end, and which places the page lacks.
    End(Verdict, Vec<String>),
}

/// What a single try came to.
enum Try {
    Done(Reply),
    /// The same as a whole page, please.
    Whole,
    /// Later again, after this long, if it says how long; what it means if that is too late.
    Later(Option<Duration>, Verdict),
}

impl Asker {
    /// Waits so long for each answer, and names itself so.
    pub(super) fn new(timeout: Duration, name: &str) -> Asker {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .user_agent(name)
            .accept("text/html,*/*;q=0.8");
        Asker {
            agent: config.build().into(),
            hosts: Hosts::default(),
            timeout: timeout.as_secs(),
        }
    }

    /// What became of an address, and which of `fragments` its page lacks.
    pub(super) fn answer(&self, address: &Address, fragments: &BTreeSet<String>) -> Answer {
        let mut at = address.clone();
        let mut seen = vec![at.key().to_owned()];
        let (mut moved, mut for_good) = (None, true);
        while seen.len() <= REDIRECTS + 1 {
            let (to, permanent) = match self.reply(&at, fragments) {
                Reply::Redirect(to, permanent) => (to, permanent),
                Reply::End(verdict, missing) => {
                    return Answer {
                        moved: moved.filter(|_| verdict == Verdict::Alive),
                        verdict: seen_from(address, &at, verdict),
                        missing,
                    };
                }
            };
            let Some(next) = at.follow(&to) else {
                return Verdict::Unsure(format!("leads out of the web, to {to}")).alone();
            };
            if seen.iter().any(|seen| seen == next.key()) {
                return Verdict::Dead("sends its readers in a circle".into()).alone();
            }
            for_good &= permanent;
            if for_good {
                moved = Some(next.moved_to(next.key()));
            }
            seen.push(next.key().to_owned());
            at = next;
        }
        Verdict::Dead(format!("sends its readers on, more than {REDIRECTS} times")).alone()
    }

    /// The bytes at an address, up to so many; or why there are none.
    pub(super) fn file(&self, address: &Address, longest: u64) -> Result<Vec<u8>, String> {
        let mut at = address.clone();
        for _ in 0..=REDIRECTS {
            let host = self.hosts.get(at.host());
            let mut turn = turn(&host);
            if let Some(verdict) = &turn.given_up {
                return Err(verdict.why());
            }
            let outcome = self.agent.get(at.key()).call();
            turn.rest(None);
            let mut response = match outcome {
                Ok(response) => response,
                Err(error) => {
                    let tried = failed(&error, &at, self.timeout, &mut turn);
                    return Err(match tried {
                        Try::Later(_, verdict) | Try::Done(Reply::End(verdict, _)) => verdict.why(),
                        Try::Whole | Try::Done(Reply::Redirect(..)) => error.to_string(),
                    });
                }
            };
            let status = response.status();
            let location = header(response.headers(), "location").map(str::to_owned);
            if let (300..=399, Some(to)) = (status.as_u16(), location) {
                at = at
                    .follow(&to)
                    .ok_or_else(|| format!("leads out of the web, to {to}"))?;
                continue;
            }
            if !status.is_success() {
                return Err(format!("answers {}", status.as_u16()));
            }
            let mut bytes = Vec::new();
            let reader = response.body_mut().as_reader();
            reader
                .take(longest + 1)
                .read_to_end(&mut bytes)
                .map_err(|why| format!("breaks off ({why})"))?;
            return match bytes.len() as u64 > longest {
                true => Err(format!("is larger than {} MiB", longest >> 20)),
                false => Ok(bytes),
            };
        }
        Err("sends its readers in a circle".to_owned())
    }

    /// Asks until there is an answer, or no hope of one.
    fn reply(&self, at: &Address, fragments: &BTreeSet<String>) -> Reply {
        let host = self.hosts.get(at.host());
        let mut whole = !fragments.is_empty();
        let mut waits = WAITS.iter();
        loop {
            let mut turn = turn(&host);
            if let Some(verdict) = &turn.given_up {
                return Reply::End(verdict.clone(), Vec::new());
            }
            let outcome = match whole {
                true => self.agent.get(at.key()).call(),
                false => self.agent.head(at.key()).call(),
            };
            let outcome = match outcome {
                Ok(response) => answered(response, whole, fragments),
                Err(error) => failed(&error, at, self.timeout, &mut turn),
            };
            match outcome {
                Try::Done(reply) => {
                    turn.rest(None);
                    return reply;
                }
                Try::Whole => {
                    turn.rest(None);
                    whole = true;
                }
                Try::Later(wanted, verdict) => {
                    let wait = waits.next().map(|usual| wanted.unwrap_or(*usual));
                    let Some(wait) = wait.filter(|wait| *wait <= PATIENCE) else {
                        turn.rest(None);
                        give_up(&mut turn, &verdict);
                        return Reply::End(verdict, Vec::new());
                    };
                    turn.rest(Some(wait));
                    whole = true;
                }
            }
        }
    }
}

/// What was heard of another host at the end of redirects, as it is told of the first.
fn seen_from(first: &Address, last: &Address, verdict: Verdict) -> Verdict {
    match verdict {
        verdict if first.host() == last.host() => verdict,
        Verdict::Dead(why) => Verdict::Dead(format!("leads to {}, which {why}", last.name())),
        Verdict::Unsure(why) => Verdict::Unsure(format!("leads to {}, which {why}", last.name())),
        Verdict::Lost => Verdict::Dead(format!("leads to {}, which is not there", last.name())),
        Verdict::Alive => Verdict::Alive,
    }
}

/// A host that is too busy for one address is too busy for all; one that keeps silent may have a slow page.
fn give_up(host: &mut Host, verdict: &Verdict) {
    let Verdict::Unsure(why) = verdict else {
        return;
    };
    host.silent += 1;
    if why.starts_with("answers 429") || host.silent >= SILENT && !why.starts_with("answers") {
        host.given_up = Some(verdict.clone());
    }
}

/// What an answer means.
fn answered(response: Response<Body>, whole: bool, fragments: &BTreeSet<String>) -> Try {
    let status = response.status();
    let location = header(response.headers(), "location").map(str::to_owned);
    let words = match status.canonical_reason() {
        Some(reason) => format!("answers {} ({reason})", status.as_u16()),
        None => format!("answers {}", status.as_u16()),
    };
    match (status.as_u16(), location) {
        (301 | 302 | 303 | 307 | 308, Some(to)) => {
            let for_good = matches!(status.as_u16(), 301 | 308);
            Try::Done(Reply::Redirect(to, for_good))
        }
        (200..=299, _) => Try::Done(Reply::End(Verdict::Alive, lacking(response, fragments))),
        (429, _) => Try::Later(retry_after(response.headers()), Verdict::Unsure(words)),
        // Many servers have no answer to a question about a page, only the page.
        (400.., _) if !whole => Try::Whole,
        (404 | 410, _) => Try::Done(Reply::End(Verdict::Dead(words), Vec::new())),
        (500..=599, _) => Try::Later(retry_after(response.headers()), Verdict::Unsure(words)),
        _ => Try::Done(Reply::End(Verdict::Unsure(words), Vec::new())),
    }
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// How long a host wants to be left alone; very long where it names a day.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = header(headers, "retry-after")?.trim();
    Some(text.parse().map_or(Duration::MAX, Duration::from_secs))
}

/// The places that are wanted and not on the page, if it is one.
fn lacking(mut response: Response<Body>, fragments: &BTreeSet<String>) -> Vec<String> {
    let kind = header(response.headers(), "content-type").unwrap_or("text/html");
    let is_page = kind.contains("html");
    let is_packed = response.headers().contains_key("content-encoding");
    if fragments.is_empty() || !is_page || is_packed {
        return Vec::new();
    }
    let wanted = fragments.iter().cloned().collect();
    anchors::missing(response.body_mut().as_reader(), wanted)
}

/// What a failure means, for this address and for the host's others.
fn failed(error: &ureq::Error, at: &Address, timeout: u64, host: &mut Host) -> Try {
    let dead = |why: String| Verdict::Dead(why);
    let is_sealed = at.key().starts_with("https:");
    let silent = || {
        let why = format!("gave no answer in {timeout} s");
        Try::Later(None, Verdict::Unsure(why))
    };
    let verdict = match error {
        ureq::Error::HostNotFound => Verdict::Lost,
        ureq::Error::Timeout(_) => return silent(),
        ureq::Error::Tls(why) => dead(format!("has no valid certificate ({why})")),
        ureq::Error::Rustls(why) => dead(format!("has no valid certificate ({why})")),
        ureq::Error::Io(io) => match io.kind() {
            // The standard library's own words; the system's differ.
            _ if io.to_string().starts_with("failed to lookup address") => Verdict::Lost,
            ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => Verdict::Lost,
            ErrorKind::ConnectionRefused => dead("takes no connection".into()),
            ErrorKind::TimedOut | ErrorKind::WouldBlock => return silent(),
            ErrorKind::InvalidData if is_sealed => dead(format!("has no valid certificate ({io})")),
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => {
                return Try::Later(None, Verdict::Unsure("hangs up".into()));
            }
            _ => Verdict::Unsure(format!("cannot be asked ({io})")),
        },
        other => Verdict::Unsure(format!("cannot be asked ({other})")),
    };
    if matches!(verdict, Verdict::Lost | Verdict::Dead(_)) {
        host.given_up = Some(verdict.clone());
    }
    Try::Done(Reply::End(verdict, Vec::new()))
}
