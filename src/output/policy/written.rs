//! A policy as browsers read it (Content Security Policy Level 3, sections 2.2 and 6.7).

/// The directives of one policy.
#[derive(Debug)]
pub(super) struct Written {
    directives: Vec<Directive>,
}

#[derive(Debug)]
struct Directive {
    name: String,
    sources: Vec<String>,
}

impl Written {
    /// Reads the value of a header, which may hold several policies: all of them hold.
    pub(super) fn all(value: &str) -> Vec<Written> {
        let policies = value.split(',').map(Written::read);
        let is_one = |policy: &Written| !policy.directives.is_empty();
        policies.filter(is_one).collect()
    }

    /// Reads a policy: of two directives of one name, the first counts.
    pub(super) fn read(text: &str) -> Written {
        let mut directives: Vec<Directive> = Vec::new();
        for part in text.split(';') {
            let mut words = part.split_ascii_whitespace();
            let Some(name) = words.next().map(str::to_ascii_lowercase) else {
                continue;
            };
            if directives.iter().all(|known| known.name != name) {
                let sources = words.map(str::to_owned).collect();
                directives.push(Directive { name, sources });
            }
        }
        Written { directives }
    }

    /// The sources that decide on what a directive is about; none where nothing restricts it.
    pub(super) fn sources(&self, directive: &str) -> Option<&[String]> {
        let mut names = stands_for(directive).iter().chain([&directive]);
        let decides = |name: &&str| self.directives.iter().find(|one| one.name == **name);
        let own = names.find_map(decides);
        let default = || {
            let falls_back = !matches!(directive, "form-action" | "frame-ancestors" | "base-uri");
            self.directives
                .iter()
                .find(|one| falls_back && one.name == "default-src")
        };
        Some(own.or_else(default)?.sources.as_slice())
    }

    /// Whether it lets a source pass. `origin` is the site's scheme and host.
    pub(super) fn lets(&self, directive: &str, source: &str, origin: &str) -> bool {
        let Some(sources) = self.sources(directive) else {
            return true;
        };
        let holds = |word: &str| sources.iter().any(|one| one.eq_ignore_ascii_case(word));
        let begins = |start: &str| sources.iter().any(|one| one.starts_with(start));
        match source {
            "'unsafe-inline'" => {
                let is_named = begins("'sha") || begins("'nonce-") || holds("'strict-dynamic'");
                holds(source) && !is_named
            }
            hash if hash.starts_with("'sha") => {
                sources.iter().any(|one| one == hash)
                    || self.lets(directive, "'unsafe-inline'", origin)
            }
            scheme if scheme.ends_with(':') => holds(scheme),
            // Only scripts that a script of a known hash loads: no place counts.
            _ if directive == "script-src" && holds("'strict-dynamic'") => false,
            "'self'" => holds(source) || sources.iter().any(|one| allows(one, origin)),
            host => sources.iter().any(|one| allows(one, host)),
        }
    }
}

/// The directives that come before one, for what pages here do with it.
fn stands_for(directive: &str) -> &'static [&'static str] {
    match directive {
        "script-src" => &["script-src-elem"],
        "style-src" => &["style-src-elem"],
        "frame-src" => &["frame-src", "child-src"],
        "worker-src" => &["worker-src", "child-src", "script-src"],
        _ => &[],
    }
}

/// Whether a source of a policy lets a scheme and host pass: a scheme, or a host, perhaps with a star (section 6.7.2).
fn allows(known: &str, source: &str) -> bool {
    let known = known.to_ascii_lowercase();
    let Some((scheme, host)) = source.split_once("://") else {
        return false;
    };
    let (known_scheme, known_host) = match known.split_once("://") {
        Some((scheme, host)) => (Some(scheme), host),
        None => (None, known.as_str()),
    };
    let host_is = match known_host.strip_prefix("*.") {
        Some(domain) => host
            .strip_suffix(domain)
            .is_some_and(|sub| sub.ends_with('.')),
        None => known_host.split('/').next() == Some(host),
    };
    let scheme_is = known_scheme.is_none_or(|known| known == scheme);
    known == "*" || known.strip_suffix(':') == Some(scheme) || host_is && scheme_is
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_let_pass_what_they_name() {
        for (policy, directive, source, is_allowed) in [
            ("img-src https://a.org", "img-src", "https://a.org", true),
            ("img-src https://a.org", "img-src", "http://a.org", false),
            ("img-src A.org", "img-src", "https://a.org", true),
            (
                "img-src https://*.a.org",
                "img-src",
                "https://b.a.org",
                true,
            ),
            ("img-src *.a.org", "img-src", "https://a.org", false),
            ("img-src *.a.org", "img-src", "https://ba.org", false),
            ("img-src https:", "img-src", "https://a.org", true),
            ("img-src *", "img-src", "https://a.org", true),
            ("img-src *", "img-src", "'self'", true),
            ("img-src *", "img-src", "data:", false),
            ("img-src 'SELF' data:", "img-src", "'self'", true),
            ("img-src 'self'", "img-src", "https://a.org", false),
            ("img-src", "img-src", "'self'", false),
            ("img-src 'none'", "img-src", "'self'", false),
            ("img-src 'none'; img-src *", "img-src", "'self'", false),
            ("img-src https://own.org", "img-src", "'self'", true),
            ("default-src 'self'", "img-src", "'self'", true),
            ("default-src 'none'", "img-src", "'self'", false),
            ("default-src 'none'", "form-action", "'self'", true),
            ("font-src 'none'", "img-src", "'self'", true),
            (
                "child-src 'none'; default-src *",
                "frame-src",
                "https://a.org",
                false,
            ),
            (
                "script-src-elem 'self'; script-src 'none'",
                "script-src",
                "'self'",
                true,
            ),
            (
                "script-src 'self' 'strict-dynamic'",
                "script-src",
                "'self'",
                false,
            ),
            (
                "script-src 'unsafe-inline'",
                "script-src",
                "'sha256-x'",
                true,
            ),
            (
                "script-src 'unsafe-inline' 'sha256-y'",
                "script-src",
                "'sha256-x'",
                false,
            ),
            ("script-src 'sha256-x'", "script-src", "'sha256-x'", true),
            (
                "style-src 'unsafe-inline'",
                "style-src",
                "'unsafe-inline'",
                true,
            ),
            ("style-src *", "style-src", "'unsafe-inline'", false),
        ] {
            let lets = Written::read(policy).lets(directive, source, "https://own.org");
            assert_eq!(lets, is_allowed, "{policy}: {directive} {source}");
        }
        assert_eq!(Written::all("img-src *, , font-src *;").len(), 2);
    }
}
