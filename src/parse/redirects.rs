//! Reads `_redirects`: rules for a host in Netlify's form, one a line, `FROM [KEY=VALUE…] TO [STATUS[!]] [CONDITION…]`.
//! What a host makes of a rule is `output/hosting/`'s.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, did_you_mean};

/// The file, from the site's root.
pub const FILE: &str = "content/_redirects";

/// The code of what is wrong with a rule.
pub const CODE: &str = "redirect";

/// What a rule may depend on beside the path.
const CONDITIONS: [&str; 4] = ["Country", "Language", "Role", "Cookie"];

/// The statuses that hosts answer with by a rule.
const STATUSES: [u16; 10] = [200, 301, 302, 303, 307, 308, 401, 403, 404, 410];

/// A rule: requests for one address are answered with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// A path, or a full address of the same site; `*` at its end and `:name` for a part stand for anything.
    pub from: String,
    /// Values that the query must have, as written.
    pub query: Vec<String>,
    /// A path or a full address; `:splat` and `:name` stand for what was found in `from`.
    pub to: String,
    /// Of the answer.
    pub status: u16,
    /// It holds where a file has the address, too.
    pub forced: bool,
    /// Countries, languages, roles and cookies that it is for, as written.
    pub conditions: Vec<String>,
    /// The rule in its file.
    pub at: Range<usize>,
    /// `to` in its file.
    pub to_at: Range<usize>,
}

impl Redirect {
    /// Whether it sends readers to another address.
    pub fn leads_on(&self) -> bool {
        (300..400).contains(&self.status)
    }

    /// Whether it is for one address alone.
    pub fn is_exact(&self) -> bool {
        is_path(&self.from) && names(&self.from).is_empty()
    }
}

/// The rules of a file, and what is wrong with its lines.
pub fn read(text: &str) -> (Vec<Redirect>, Vec<Diagnostic>) {
    let mut rules = Vec::new();
    let mut wrong = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = words(line, start);
        start += line.len();
        if words.is_empty() {
            continue;
        }
        match rule(&words) {
            Ok(rule) => rules.push(rule),
            Err(error) => wrong.push(*error),
        }
    }
    (rules, wrong)
}

/// A word of a line, and where it stands in the file.
struct Word<'t> {
    text: &'t str,
    at: Range<usize>,
}

impl Word<'_> {
    fn wrong(&self, message: String, help: &str) -> Box<Diagnostic> {
        let error = Diagnostic::error(CODE, FILE, message).at(self.at.clone());
        Box::new(error.help(help))
    }
}

/// The words of a line before its comment.
fn words(line: &str, start: usize) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut from = 0;
    for text in line.trim_start_matches('\u{feff}').split_whitespace() {
        let at = from + line[from..].find(text).unwrap_or(0);
        from = at + text.len();
        if text.starts_with('#') {
            break;
        }
        let at = start + at..start + from;
        words.push(Word { text, at });
    }
    words
}

fn rule(words: &[Word<'_>]) -> Result<Redirect, Box<Diagnostic>> {
    let from = &words[0];
    if !is_path(from.text) && !is_full(from.text) {
        let message = format!("`{}` is no path of this site", from.text);
        return Err(from.wrong(message, "a rule is `/from/ /to/ 301`: begin with a slash"));
    }
    if from.text.contains(['?', '#']) {
        let message = format!("`{}` is more than a path", from.text);
        return Err(from.wrong(
            message,
            "write a query after it, as `key=value`; no host is told what follows a `#`",
        ));
    }
    let target = words[1..]
        .iter()
        .position(|word| is_path(word.text) || is_full(word.text));
    let Some(target) = target.map(|at| at + 1) else {
        let message = format!("the rule for {} leads nowhere", from.text);
        return Err(from.wrong(
            message,
            "write the new path after it, or a full address: `/from/ /to/ 301`",
        ));
    };
    let (query, to) = (&words[1..target], &words[target]);
    if let Some(word) = query.iter().find(|word| !word.text.contains('=')) {
        let message = format!(
            "`{}` is neither an address nor a value of the query",
            word.text
        );
        return Err(word.wrong(
            message,
            "a path begins with `/`, an address elsewhere with `https://`, a value is `key=value`",
        ));
    }
    if let Some((at, _)) = from
        .text
        .match_indices('*')
        .find(|(at, _)| at + 1 != from.text.len() || !from.text[..*at].ends_with('/'))
    {
        let message = format!(
            "the `*` in `{}` does not stand at its end, after a slash",
            &from.text[..=at]
        );
        return Err(from.wrong(
            message,
            "write `:name` for one part of a path, and `/*` for all that follows",
        ));
    }
    let known = names(from.text)
        .into_iter()
        .chain(query.iter().flat_map(|word| {
            word.text
                .split_once('=')
                .map_or(Vec::new(), |(_, value)| names(value))
        }));
    let known: Vec<&str> = known.collect();
    let meant = |name: &&str| *name != "*" && known.contains(name);
    let star = path_of(to.text).contains('*').then_some("*");
    let unknown = names(path_of(to.text))
        .into_iter()
        .find(|name| !meant(name));
    if let Some(name) = star.or(unknown) {
        let message = match name {
            "*" => "`*` means nothing in the address that a rule leads to".to_owned(),
            name => format!("nothing in `{}` is called `:{name}`", from.text),
        };
        return Err(to.wrong(
            message,
            "what a `*` stands for is `:splat`, what a `:name` stands for is `:name`",
        ));
    }
    let mut rest = &words[target + 1..];
    let (mut status, mut forced) = (301, false);
    if let Some(word) = rest.first().filter(|word| !word.text.contains('=')) {
        let digits = word.text.strip_suffix('!').unwrap_or(word.text);
        status = digits.parse().ok().filter(|status| STATUSES.contains(status)).ok_or_else(|| {
            let message = format!("`{}` is no status that a host answers with", word.text);
            word.wrong(message, "301 leads there for good, 302 for now; 200 shows what is there under the old address")
        })?;
        forced = word.text.ends_with('!');
        rest = &rest[1..];
    }
    for word in rest {
        let key = word.text.split_once('=').map_or(word.text, |(key, _)| key);
        if !CONDITIONS.contains(&key) || !word.text.contains('=') {
            let message = format!("`{}` is no condition", word.text);
            let help = did_you_mean(key, &CONDITIONS);
            return Err(word.wrong(message, help.as_deref().unwrap_or("conditions are such as `Country=de,at` and `Language=de`; a status stands before them")));
        }
    }
    let conditions = rest.iter().map(|word| word.text.to_owned()).collect();
    if is_circle(from.text, to.text, status) && query.is_empty() && rest.is_empty() {
        return Err(to.wrong(
            format!("`{}` leads to itself", from.text),
            "take the rule out, or write where it should lead",
        ));
    }
    let last = words.last().map_or(to.at.end, |word| word.at.end);
    Ok(Redirect {
        from: from.text.to_owned(),
        query: query.iter().map(|word| word.text.to_owned()).collect(),
        to: to.text.to_owned(),
        status,
        forced,
        conditions,
        at: from.at.start..last,
        to_at: to.at.clone(),
    })
}

fn is_circle(from: &str, to: &str, status: u16) -> bool {
    let leads_on = (300..400).contains(&status);
    leads_on
        && (from.trim_end_matches('/') == to.trim_end_matches('/') || from == "/*" && is_path(to))
}

fn is_path(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//")
}

fn is_full(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
}

/// The path of an address: colons before it are a scheme's and a port's.
fn path_of(address: &str) -> &str {
    match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => address,
    }
}

/// The parts of an address that stand for anything, by name: `splat` for a `*` at the end.
pub fn names(address: &str) -> Vec<&str> {
    let path = path_of(address);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts = path.split('/');
    parts
        .filter_map(|part| match part {
            "*" => Some("splat"),
            part if part.contains('*') => Some("*"),
            part => part.strip_prefix(':').filter(|name| !name.is_empty()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_as_their_hosts_read_them() {
        for (line, from, to, status) in [
            ("/a /b", "/a", "/b", 301),
            ("  /a\t/b   302  # why", "/a", "/b", 302),
            (
                "/a/* https://x.org/:splat 200!",
                "/a/*",
                "https://x.org/:splat",
                200,
            ),
            ("/a id=:id /b/:id 308", "/a", "/b/:id", 308),
            (
                "/:year/:name /blog/:name",
                "/:year/:name",
                "/blog/:name",
                301,
            ),
            (
                "http://old.org/* https://x.org:8080/:splat",
                "http://old.org/*",
                "https://x.org:8080/:splat",
                301,
            ),
            ("/a /b 302 Country=de,at Language=de", "/a", "/b", 302),
            ("/* /index.html 200", "/*", "/index.html", 200),
            ("\u{feff}/a /b", "/a", "/b", 301),
        ] {
            let (rules, wrong) = read(line);
            assert!(wrong.is_empty(), "{line}: {wrong:?}");
            let rule = &rules[0];
            assert_eq!(
                (rule.from.as_str(), rule.to.as_str(), rule.status),
                (from, to, status),
                "{line}"
            );
            assert_eq!(&line[rule.to_at.clone()], to);
        }
        assert!(read("# /a /b\n\n   \n").0.is_empty());
    }

    #[test]
    fn what_is_no_rule_is_told() {
        for line in [
            "a /b",
            "//x.org /b",
            "/a",
            "/a b",
            "/a b /c",
            "/a /b 200x",
            "/a /b 999",
            "/a /b !",
            "/a /b 301 Land=de",
            "/a /b 301 /c",
            "/a*b /c",
            "/*/a /b",
            "/a /b/:splat",
            "/a/* /b/*",
            "/:x /b/:y",
            "/a?x=1 /b",
            "/a /a/",
            "/* /b",
            "https:///a /b",
        ] {
            let (rules, wrong) = read(line);
            assert_eq!((rules.len(), wrong.len()), (0, 1), "{line}");
        }
    }
}
