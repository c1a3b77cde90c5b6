//! Counts in a server's logs how many readers went on from one page to another, for `[up_next] journeys`. Of a reader
//! nothing is kept but a number that says whether it is the same one; what few did is dropped. Reads no file: lines come in.

mod visit;

use std::collections::{BTreeMap, BTreeSet};

use crate::fingerprint::Fingerprint;
use crate::model::url::{BaseUrl, decoded_path};
use visit::{Columns, Visit};

/// Seconds after which a reader who comes again begins a new journey, where the log does not say where they came from.
const SAME_VISIT: u64 = 30 * 60;

/// What was read of logs so far.
pub struct Journeys<'b> {
    base_url: &'b BaseUrl,
    /// Who went from one page to another.
    readers: BTreeMap<Journey, BTreeSet<Fingerprint>>,
    /// By reader: where they were last.
    last: BTreeMap<Fingerprint, Seen>,
    columns: Columns,
    /// Lines that are of no known log.
    pub unknown: usize,
}

/// From one page of the site to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Journey {
    from: String,
    to: String,
}

/// A page that somebody was on.
struct Seen {
    page: String,
    /// Since 1970.
    second: i64,
}

impl<'b> Journeys<'b> {
    /// None yet, on the site that stands there.
    pub fn new(base_url: &'b BaseUrl) -> Journeys<'b> {
        Journeys {
            base_url,
            readers: BTreeMap::new(),
            last: BTreeMap::new(),
            columns: Columns::default(),
            unknown: 0,
        }
    }

    /// Reads a line of a log.
    pub fn read(&mut self, line: &str) {
        let line = line.trim_end();
        if line.is_empty() || self.columns.are_named_by(line) || line.starts_with('#') {
            return;
        }
        let Some(visit) = Visit::read(line, &self.columns) else {
            self.unknown += 1;
            return;
        };
        if !visit.is_seen() || visit.is_by_a_machine() {
            return;
        }
        let Some(to) = self.page(&visit.target) else {
            return;
        };
        let reader = Fingerprint::of(format!("{} {}", visit.address, visit.agent).as_bytes());
        let from = match (&visit.referer, visit.second) {
            (Some(referer), _) => {
                let path = self.base_url.within(referer);
                path.and_then(|path| page(&path))
            }
            (None, Some(second)) => {
                let page = to.clone();
                let before = self.last.insert(reader, Seen { page, second });
                let before = before.filter(|seen| seen.second.abs_diff(second) <= SAME_VISIT);
                before.map(|seen| seen.page)
            }
            (None, None) => None,
        };
        if let Some(from) = from.filter(|from| *from != to) {
            let readers = self.readers.entry(Journey { from, to }).or_default();
            readers.insert(reader);
        }
    }

    /// The page of the site that a request asks for: a path of the server, or a full address.
    fn page(&self, target: &str) -> Option<String> {
        if target.contains("://") {
            return page(&self.base_url.within(target)?);
        }
        let base = self.base_url.path().trim_end_matches('/');
        let within = target.strip_prefix(base)?;
        match within.bytes().next() {
            Some(b'/') => page(within),
            // The home page of a site in a folder, without the slash.
            None | Some(b'?') => Some("/".to_owned()),
            Some(_) => None,
        }
    }

    /// Those that so many readers made at least, as CSV: by the page that they begin on, the most readers first.
    pub fn csv(&self, least: usize) -> String {
        let kept = self.readers.iter();
        let mut kept: Vec<(&Journey, usize)> = kept
            .map(|(journey, readers)| (journey, readers.len()))
            .filter(|(_, readers)| *readers >= least)
            .collect();
        kept.sort_by(|(a, of_a), (b, of_b)| {
            let by_readers = of_b.cmp(of_a);
            a.from.cmp(&b.from).then(by_readers).then(a.to.cmp(&b.to))
        });
        let mut out = String::from("from,to,readers\n");
        for (Journey { from, to }, readers) in kept {
            out.push_str(&format!("{},{},{readers}\n", field(from), field(to)));
        }
        out
    }
}

/// A page's path, without query, and without the name of its file; none for what is no page.
fn page(path: &str) -> Option<String> {
    let path = &path[..path.find(['?', '#']).unwrap_or(path.len())];
    let path = decoded_path(path)?;
    let (folder, name) = path.rsplit_once('/')?;
    match name {
        "" | "index.html" => Some(format!("{folder}/")),
        name if name.ends_with(".html") => Some(path),
        // Hosts lead from there to the same with a slash.
        name if !name.contains('.') => Some(format!("{path}/")),
        _ => None,
    }
}

/// A text as a field of CSV.
fn field(text: &str) -> String {
    match text.contains([',', '"', ';']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(base: &str, lines: &[&str]) -> String {
        let base_url = BaseUrl::parse(base).unwrap();
        let mut journeys = Journeys::new(&base_url);
        lines.iter().for_each(|line| journeys.read(line));
        journeys.csv(1)
    }

    #[test]
    fn each_kind_of_log_is_read() {
        let wanted = "from,to,readers\n/a/one/,/a/two/,1\n";
        let logs: [&[&str]; 15] = [
            &[
                r#"1.2.3.4 - - [29/Nov/2026:10:00:00 +0000] "GET /a/two/?x=1 HTTP/2" 200 12 "https://a.example/a/one/#x" "Mozilla/5.0 (X11)""#,
            ],
            &[
                r#"a.example:443 1.2.3.4 - me [29/Nov/2026:10:00:00 +0000] "GET /a/two/index.html HTTP/1.1" 304 - "https://a.example/a/one" "Mozilla \"5\"""#,
            ],
            &[
                r#"1.2.3.4 - - [29/Nov/2026:10:00:00 +0000] "GET /a/one/ HTTP/1.1" 200 12"#,
                r#"1.2.3.5 - - [29/Nov/2026:10:01:00 +0000] "GET /b/ HTTP/1.1" 200 12"#,
                r#"1.2.3.4 - - [29/Nov/2026:10:02:00 +0000] "GET /a/two.css HTTP/1.1" 200 12"#,
                r#"1.2.3.4 - - [29/Nov/2026:10:29:00 +0000] "GET /a/two/ HTTP/1.1" 200 12"#,
                r#"1.2.3.4 - - [29/Nov/2026:11:29:00 +0000] "GET /b/ HTTP/1.1" 200 12"#,
            ],
            &[
                "#Version: 1.0",
                "#Fields: date time x-edge-location c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent)",
                "2026-11-29\t10:00:00\tFRA\t1.2.3.4\tGET\td1.cloudfront.net\t/a/two/\t200\thttps://a.example/a/one/\tMozilla/5.0%20(X11)",
            ],
            &[
                r#"{"ClientIP":"1.2.3.4","ClientRequestMethod":"GET","ClientRequestURI":"/a/two/?y","EdgeResponseStatus":200,"ClientRequestReferer":"https://a.example/a/one/","ClientRequestUserAgent":"Mozilla/5.0"}"#,
            ],
            // Within the half hour, in two time zones and on two days.
            &[
                r#"1.2.3.4 - - [31/Dec/2026:23:55:00 -0100] "GET /a/one/ HTTP/1.1" 200 12"#,
                r#"1.2.3.4 - - [01/Jan/2027:02:05:00 +0100] "GET /a/two/ HTTP/1.1" 200 12"#,
            ],
            &[
                "#Fields: date time c-ip cs-method cs-uri-stem sc-status",
                "2026-11-29 23:50:00 1.2.3.4 GET /a/one/ 200",
                "2026-11-30 00:10:00 1.2.3.4 GET /a/two/ 200",
            ],
            &[
                r#"[2001:db8::1]:443 - j doe [29/Nov/2026:10:00:00 +0000] "GET /a/two/?q=\"x\" HTTP/2" 200 12 "https://a.example/a/one/?q=\"y\"" "Mozilla \x22" "9.9.9.9" rt=0.1"#,
            ],
            &[
                r#"2001:db8::1 - - [29/Nov/2026:10:00:00 +0000] "GET /a/two/ HTTP/2" 200 12 "http://A.EXAMPLE/a/%6fne" "CUBOT_NOTE"#,
            ],
            &[
                r#"{"ts":1764410400.12,"request":{"client_ip":"1.2.3.4","method":"GET","host":"a.example","uri":"/a/two/","headers":{"User-Agent":["Mozilla/5.0"],"Referer":["https://a.example/a/one/"]}},"status":200}"#,
            ],
            &[
                r#"{"remote_addr":"1.2.3.4","request":"GET /a/two/ HTTP/1.1","status":"200","http_referer":"https://a.example/a/one/","http_user_agent":"Mozilla/5.0"}"#,
            ],
            &[
                r#"{"c-ip":"1.2.3.4","cs-method":"GET","cs-uri-stem":"/a/two/","sc-status":"200","cs(Referer)":"https://a.example/a/one/","cs(User-Agent)":"Mozilla/5.0%20(X11)"}"#,
            ],
            &[
                r#"{"proxy":{"clientIp":"1.2.3.4","method":"GET","path":"/a/two/?x","statusCode":200,"referer":"https://a.example/a/one/","userAgent":["Mozilla/5.0"]}}"#,
            ],
            &[
                r#"{"ClientIP":"1.2.3.4","ClientRequestMethod":"GET","ClientRequestURI":"/a/two/","EdgeResponseStatus":"200","ClientRequestReferer":"https://a.example/a/one/","ClientRequestUserAgent":null}"#,
            ],
            &[
                r#"{"client_ip":"1.2.3.4","method":"GET","url":"https://a.example/a/two/","status_code":200,"referrer":"https://a.example/a/one/","user_agent":"Mozilla/5.0"}"#,
            ],
        ];
        for log in logs {
            assert_eq!(counted("https://a.example", log), wanted, "{log:?}");
        }
    }

    #[test]
    fn machines_mistakes_and_other_sites_are_left_out() {
        let line = |method: &str, status: u16, referer: &str, agent: &str| {
            format!(
                "1.2.3.4 - - [29/Nov/2026:10:00:00 +0000] \"{method} /b/two/ HTTP/2\" {status} 12 \"{referer}\" \"{agent}\""
            )
        };
        let here = "https://a.example/b/one/";
        let lines = [
            line("GET", 200, here, "Googlebot/2.1"),
            line("GET", 200, here, "-"),
            line("GET", 404, here, "Mozilla/5.0"),
            line("POST", 200, here, "Mozilla/5.0"),
            line("GET", 200, "https://other.example/", "Mozilla/5.0"),
            line("GET", 200, "-", "Mozilla/5.0"),
            line("GET", 200, "https://a.example/b/two/", "Mozilla/5.0"),
            "no log \u{0}\u{7} [ \" at all".to_owned(),
        ];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert_eq!(counted("https://a.example/b/", &lines), "from,to,readers\n");
        let twice = line("GET", 200, here, "Mozilla/5.0");
        let wanted = "from,to,readers\n/one/,/two/,1\n";
        assert_eq!(counted("https://a.example/b/", &[&twice, &twice]), wanted);
        let home = twice.replace("/b/two/", "/b?x");
        let wanted = "from,to,readers\n/one/,/,1\n";
        assert_eq!(counted("https://a.example/b/", &[&home]), wanted);
        let other = twice.replace("/b/two/", "/bb/two/");
        assert_eq!(
            counted("https://a.example/b/", &[&other]),
            "from,to,readers\n"
        );
    }
}
