//! A request as logs have it: Common and Combined, W3C's with its line of fields (CloudFront), JSON (Cloudflare, Netlify,
//! Caddy, CloudFront, Vercel, and what is called alike).

use crate::escape;
use crate::list::words;
use crate::model::date::from_log;
use crate::output::json::{self, Value};

/// Words in the names of programs that read sites for others than readers.
const MACHINES: [&str; 24] = words(
    "bot crawl spider slurp curl wget python java/ go-http http-client okhttp headless lighthouse \
    monitor preview scan externalhit feed archive axios node-fetch libwww ruby uptime",
);
/// Telephones with such a word in their names.
const NO_MACHINE: &str = "cubot";

/// One request.
pub(super) struct Visit {
    /// Of the machine that asked.
    pub(super) address: String,
    /// None where the log does not say it.
    pub(super) agent: String,
    names_agents: bool,
    method: String,
    /// A path of the server, or a full address.
    pub(super) target: String,
    status: u16,
    /// Where the reader came from; empty where that is unknown, none where the log has no such field.
    pub(super) referer: Option<String>,
    /// When it was, in seconds since 1970, where nothing else says where the reader came from.
    pub(super) second: Option<i64>,
}

/// The names of the columns of a log that tells them.
#[derive(Default)]
pub(super) struct Columns(Vec<String>);

impl Columns {
    /// Whether this line tells them, which then are kept.
    pub(super) fn are_named_by(&mut self, line: &str) -> bool {
        let names = line.strip_prefix("#Fields:");
        if let Some(names) = names {
            self.0 = names.split_whitespace().map(str::to_owned).collect();
        }
        names.is_some()
    }

    fn visit(&self, line: &str) -> Option<Visit> {
        let fields: Vec<&str> = match line.contains('\t') {
            true => line.split('\t').collect(),
            false => line.split(' ').collect(),
        };
        let field = |name: &str| {
            let at = self.0.iter().position(|known| known == name)?;
            fields.get(at).copied()
        };
        let text = |name: &str| field(name).map(|text| escape::url_decode(&text.replace('+', " ")));
        let referer = field("cs(Referer)").map(str::to_owned);
        let moment = || from_log(&format!("{}T{}Z", field("date")?, field("time")?));
        Some(Visit {
            second: if referer.is_none() { moment() } else { None },
            address: field("c-ip").unwrap_or_default().to_owned(),
            names_agents: field("cs(User-Agent)").is_some(),
            agent: text("cs(User-Agent)").unwrap_or_default(),
            method: field("cs-method")?.to_owned(),
            target: field("cs-uri-stem")?.to_owned(),
            status: field("sc-status")?.parse().ok()?,
            referer,
        })
    }
}

impl Visit {
    /// Reads a line; none where it is of no known kind.
    pub(super) fn read(line: &str, columns: &Columns) -> Option<Visit> {
        match line.starts_with('{') {
            true => Visit::of_json(&json::read(line.as_bytes()).ok()?),
            false if columns.0.is_empty() => Visit::of_common(line),
            false => columns.visit(line),
        }
    }

    /// `ADDRESS - - [MOMENT] "METHOD PATH VERSION" STATUS SIZE`, and then perhaps `"REFERER" "AGENT"`.
    fn of_common(line: &str) -> Option<Visit> {
        let (who, rest) = line.split_once(" [")?;
        let (moment, rest) = rest.split_once("] \"")?;
        let (request, rest) = quoted(rest)?;
        let mut request = request.split(' ');
        let (method, target) = (request.next()?, request.next()?);
        let (numbers, rest) = rest.split_once(" \"").unwrap_or((rest, ""));
        let status = numbers.split_whitespace().next()?.parse().ok()?;
        let ends = quoted(rest).map(|(referer, rest)| {
            let agent = rest.split_once('"').and_then(|(_, rest)| quoted(rest));
            (referer, agent.map(|(agent, _)| agent))
        });
        // A server of several sites writes the site's name first.
        let mut names = who.split(' ').rev().skip(2);
        Some(Visit {
            address: names.next()?.to_owned(),
            names_agents: ends.is_some_and(|(_, agent)| agent.is_some()),
            agent: ends
                .and_then(|(_, agent)| agent)
                .unwrap_or_default()
                .to_owned(),
            method: method.to_owned(),
            target: target.to_owned(),
            status,
            referer: ends.map(|(referer, _)| referer.to_owned()),
            second: if ends.is_none() {
                from_log(moment)
            } else {
                None
            },
        })
    }

    fn of_json(value: &Value) -> Option<Visit> {
        // Caddy and Vercel keep a request in an object of its own, Caddy its headers in one more.
        let request = ["request", "proxy"].iter().find_map(|key| value.get(key));
        let headers = request.and_then(|request| request.get("headers"));
        let objects = [Some(value), request, headers];
        let field = |names: &[&str]| {
            let all = objects.iter().flatten();
            all.flat_map(|object| names.iter().filter_map(|name| object.get(name)))
                .find(|value| !value.is_null())
        };
        // Of a header that may stand there more than once, the first.
        let text = |names: &[&str]| {
            let value = field(names)?;
            let value = value.as_array().map_or(Some(value), |all| all.first())?;
            value.as_str().map(str::to_owned)
        };
        // The first line of a request, where nginx was told to write that.
        let line = value.get("request").and_then(Value::as_str);
        let mut line = line.unwrap_or_default().split(' ').map(str::to_owned);
        let (line_method, line_target) = (line.next(), line.next());
        let status = field(&[
            "EdgeResponseStatus",
            "status_code",
            "status",
            "statusCode",
            "sc-status",
        ])?;
        let status = match status.as_u64() {
            Some(status) => u16::try_from(status).ok()?,
            None => status.as_str()?.parse().ok()?,
        };
        let agent = text(&[
            "ClientRequestUserAgent",
            "user_agent",
            "userAgent",
            "http_user_agent",
            "User-Agent",
            "cs(User-Agent)",
        ]);
        Some(Visit {
            address: text(&[
                "ClientIP",
                "client_ip",
                "clientIp",
                "remote_ip",
                "remote_addr",
                "c-ip",
            ])
            .unwrap_or_default(),
            names_agents: agent.is_some(),
            agent: agent.unwrap_or_default(),
            method: text(&["ClientRequestMethod", "method", "cs-method"]).or(line_method)?,
            target: text(&[
                "ClientRequestURI",
                "ClientRequestPath",
                "url",
                "uri",
                "path",
                "cs-uri-stem",
            ])
            .or(line_target)?,
            status,
            referer: text(&[
                "ClientRequestReferer",
                "referrer",
                "referer",
                "http_referer",
                "Referer",
                "cs(Referer)",
            ]),
            second: None,
        })
    }

    /// Whether somebody saw the page.
    pub(super) fn is_seen(&self) -> bool {
        self.method == "GET" && matches!(self.status, 200 | 304)
    }

    /// Whether a program asked that nobody reads with, by its own name.
    pub(super) fn is_by_a_machine(&self) -> bool {
        let name = self.agent.to_ascii_lowercase().replace(NO_MACHINE, "");
        let is_none = matches!(name.trim(), "" | "-");
        self.names_agents && is_none || MACHINES.iter().any(|machine| name.contains(machine))
    }
}

/// What stands before the next quote that is not escaped, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' if !escaped => return Some((&text[..at], &text[at + 1..])),
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}
