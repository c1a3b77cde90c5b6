//! Asks a store by HTTP: signs what is asked, tries again where that helps, and goes by the store's clock where this
//! machine's is wrong. The only module that signs.

use std::io::ErrorKind;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusty_s3::{Bucket, Credentials, Method};
use ureq::Agent;
use ureq::http::{HeaderMap, Request, Response};

use super::refusal::Refusal;
use crate::error::Error;
use crate::model::date;

/// Before the tries after the first.
const WAITS: [Duration; 4] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];
/// A store that wants to be left alone for longer is not waited for so long.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a signature holds.
const SIGNED_FOR: u64 = 900;
/// Seconds by which clocks may differ before that is the reason of a refusal.
const SKEW: i64 = 240;
/// The most that is read of an answer: lists of what stands there.
const LIMIT: u64 = 1 << 30;
/// The header in which stores keep what gen says of a file.
pub(super) const MARK: &str = "gen-hash";

/// How a store knows who asks.
pub(super) enum Access {
    /// S3's signature.
    S3(Bucket, Credentials),
    /// Azure's: the container's address, and what is signed already.
    Azure(String, String),
}

/// A store that is asked.
pub(super) struct Http {
    agent: Agent,
    access: Access,
    /// The store's clock less this machine's, in seconds.
    skew: AtomicI64,
    /// Its host, for people.
    host: String,
}

/// What is asked.
pub(super) struct Ask<'a> {
    pub(super) method: Method,
    /// The path in the store.
    pub(super) key: &'a str,
    /// Names in small letters.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<&'a [u8]>,
}

/// What a store answers.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) version: Option<String>,
    /// What gen said of the file.
    pub(super) mark: Option<String>,
    /// The word by which the store names an error.
    pub(super) code: String,
    /// Where a bucket is, if it is not where it was asked for.
    pub(super) region: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Http {
    /// One that is asked at a host.
    pub(super) fn new(access: Access, host: String) -> Http {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(Duration::from_secs(15)))
            .timeout_recv_response(Some(Duration::from_secs(60)))
            .timeout_global(Some(Duration::from_secs(600)))
            .user_agent(concat!("gen/", env!("CARGO_PKG_VERSION")));
        Http {
            agent: config.build().into(),
            access,
            skew: AtomicI64::new(0),
            host,
        }
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// By how many seconds this machine's clock is wrong, if the store said so.
    pub(super) fn skew(&self) -> i64 {
        self.skew.load(Ordering::Relaxed)
    }

    /// Where a bucket is looked for.
    pub(super) fn access(&self) -> &Access {
        &self.access
    }

    /// Asks, again where that helps. The answer may be a refusal.
    pub(super) fn ask(&self, ask: &Ask<'_>) -> Result<Answer, Error> {
        let mut waits = WAITS.iter();
        loop {
            let skew = self.skew();
            let (parts, ()) = self.request(ask)?.into_parts();
            let response = match ask.body {
                Some(body) => self.agent.run(Request::from_parts(parts, body)),
                None => self.agent.run(Request::from_parts(parts, ())),
            };
            let (wait, failed) = match response {
                Err(error) => (None, Err(self.unreachable(&error))),
                Ok(response) => {
                    let wait = seconds(response.headers(), "retry-after");
                    let clock = header(response.headers(), "date").and_then(date::from_http);
                    match answer(response) {
                        Err(error) => (None, Err(self.unreachable(&error))),
                        Ok(answer) if answer.may_be_late() && self.mend_clock(clock, skew) => {
                            continue;
                        }
                        Ok(answer) if answer.is_passing() => (wait, Ok(answer)),
                        Ok(answer) => return Ok(answer),
                    }
                }
            };
            match waits.next() {
                Some(usual) => std::thread::sleep(wait.unwrap_or(*usual).min(PATIENCE)),
                None => return failed,
            }
        }
    }

    /// Goes by the store's clock from now on, if it differs from the one that a request was signed by.
    fn mend_clock(&self, theirs: Option<i64>, signed_by: i64) -> bool {
        let Some(theirs) = theirs else {
            return false;
        };
        let skew = theirs - now();
        let is_wrong = (skew - signed_by).abs() > SKEW;
        if is_wrong {
            self.skew.store(skew, Ordering::Relaxed);
        }
        is_wrong
    }

    fn request(&self, ask: &Ask<'_>) -> Result<Request<()>, Error> {
        let mut headers = ask.headers.clone();
        let url = match &self.access {
            Access::S3(bucket, credentials) => {
                // Stores refuse headers of this kind that are not signed.
                let signed = headers
                    .iter()
                    .filter(|(name, _)| name.starts_with("x-amz-"));
                let signed: Vec<(&str, &str)> =
                    signed.map(|(name, value)| (&**name, &**value)).collect();
                let url = rusty_s3::signing::sign(
                    &date::moment(now() + self.skew()),
                    ask.method,
                    bucket.object_url(ask.key),
                    credentials.key(),
                    credentials.secret(),
                    credentials.token(),
                    bucket.region(),
                    SIGNED_FOR,
                    std::iter::empty(),
                    signed.iter().copied(),
                );
                url.to_string()
            }
            Access::Azure(container, signature) => {
                headers.push(("x-ms-version".into(), "2021-08-06".into()));
                if ask.method == Method::Put {
                    headers.push(("x-ms-blob-type".into(), "BlockBlob".into()));
                }
                let key = crate::escape::url_path(ask.key);
                format!("{container}/{key}?{signature}")
            }
        };
        let mut request = Request::builder().method(ask.method.to_str()).uri(url);
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        request.body(()).map_err(|_| {
            Error::refused(
                format!(
                    "{} cannot be sent: its headers hold what no header can",
                    ask.key
                ),
                "look at what content/_headers says of it",
            )
        })
    }

    /// Why a store cannot be asked. The address is not told: it holds a signature.
    fn unreachable(&self, error: &ureq::Error) -> Error {
        let why = match error {
            ureq::Error::HostNotFound => "there is no such host".to_owned(),
            ureq::Error::Timeout(_) => "it gave no answer".to_owned(),
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => {
                "its certificate is not valid".to_owned()
            }
            ureq::Error::Io(io) if io.to_string().starts_with("failed to lookup address") => {
                "there is no such host".to_owned()
            }
            ureq::Error::Io(io) => match io.kind() {
                ErrorKind::ConnectionRefused => "it takes no connection".to_owned(),
                ErrorKind::TimedOut | ErrorKind::WouldBlock => "it gave no answer".to_owned(),
                ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
                | ErrorKind::BrokenPipe
                | ErrorKind::UnexpectedEof => "it hangs up".to_owned(),
                ErrorKind::InvalidData => "its certificate is not valid".to_owned(),
                kind => kind.to_string(),
            },
            ureq::Error::BodyExceedsLimit(_) => "its answer is too long".to_owned(),
            _ => "it does not answer as a store does".to_owned(),
        };
        Error::refused(
            format!("{} cannot be reached: {why}", self.host),
            "is this machine online, and is `to` (with `endpoint`) in site.toml right? What was sent stays, and the next gen publish goes on from there",
        )
    }

    /// What a refusal means, as an error.
    pub(super) fn refused(&self, answer: &Answer, what: &str) -> Error {
        Refusal {
            http: self,
            answer,
            what,
        }
        .error()
    }
}

impl Answer {
    /// Whether it may be another in a moment.
    fn is_passing(&self) -> bool {
        matches!(self.status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
            || matches!(
                &*self.code,
                "RequestTimeout" | "ConditionalRequestConflict" | "SlowDown" | "OperationAborted"
            )
    }

    /// Whether a wrong clock is a reason for it.
    fn may_be_late(&self) -> bool {
        matches!(self.status, 400 | 401 | 403)
    }

    pub(super) fn is_done(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

fn answer(mut response: Response<ureq::Body>) -> Result<Answer, ureq::Error> {
    let headers = response.headers();
    let text = |name: &str| header(headers, name).map(str::to_owned);
    let mut answer = Answer {
        status: response.status().as_u16(),
        version: text("etag"),
        mark: text(&format!("x-amz-meta-{MARK}")).or_else(|| text("x-ms-meta-genhash")),
        code: text("x-ms-error-code").unwrap_or_default(),
        region: text("x-amz-bucket-region"),
        body: Vec::new(),
    };
    answer.body = response
        .body_mut()
        .with_config()
        .limit(LIMIT)
        .read_to_vec()?;
    if !answer.is_done() {
        let body = String::from_utf8_lossy(&answer.body);
        let code = between(&body, "<Code>", "</Code>");
        answer.code = code.map_or(answer.code, str::to_owned);
        answer.region = answer
            .region
            .or_else(|| between(&body, "<Region>", "</Region>").map(str::to_owned));
    }
    Ok(answer)
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    text.split_once(start)?
        .1
        .split_once(end)
        .map(|(text, _)| text)
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    header(headers, name)?
        .trim()
        .parse()
        .ok()
        .map(Duration::from_secs)
}

/// Seconds since 1970, as this machine has it.
#[expect(clippy::disallowed_methods, reason = "signatures hold for a time")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
}
