//! A content security policy that a page brings along, or that `_headers` has for it, widened so that the script of `gen
//! serve` may run in it and listen. Otherwise the page is shown with the policy that readers get.

use crate::escape;

/// What the script needs, and what each falls back to (Content Security Policy Level 3, section 6.1).
const NEEDED: [&str; 2] = ["script-src", "connect-src"];
/// Policies with one of these let no script of a server's own choice run: they are left out.
const NEVER: [&str; 3] = ["'strict-dynamic'", "trusted-types", "sandbox"];
const OWN: &str = "'self'";

/// Directives that mean nothing good where the site is served without encryption: they are left out.
const OF_HTTPS: [&str; 2] = ["block-all-mixed-content", "upgrade-insecure-requests"];

/// The value of a `content` attribute, escaped as it was.
pub(super) fn with_own_sources(escaped: &str) -> String {
    let policy = escape::plain(&escaped.replace("&#x27;", "'"));
    escape::html(&widened(&policy))
}

/// The policy that the text of a `_headers` file has for a path, as Netlify and Cloudflare Pages read it; none where it
/// has none.
pub(super) fn of_headers(text: &str, path: &str) -> Option<String> {
    let mut is_meant = false;
    let mut found = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
    {
        if line.starts_with([' ', '\t']) {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            if is_meant && name.trim().eq_ignore_ascii_case("content-security-policy") {
                found.push(widened(value));
            }
        } else if !line.trim().is_empty() {
            is_meant = is_pattern_of(line.trim(), path);
        }
    }
    found.retain(|policy| !policy.is_empty());
    (!found.is_empty()).then(|| found.join(", "))
}

/// Whether a pattern of `_headers` means a path: `*` stands for all that follows, `:name` for one part.
fn is_pattern_of(pattern: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    for wanted in pattern.split('/') {
        let Some(part) = parts.next() else {
            return false;
        };
        if let Some(start) = wanted.strip_suffix('*') {
            return part.starts_with(start);
        }
        let is_name = wanted.starts_with(':') && !part.is_empty();
        if wanted != part && !is_name {
            return false;
        }
    }
    parts.next().is_none()
}

/// A policy with what the script needs; empty where it can run in none.
fn widened(policy: &str) -> String {
    if NEVER.iter().any(|word| policy.contains(word)) {
        return String::new();
    }
    let mut directives: Vec<Vec<String>> = policy
        .split(';')
        .map(|directive| directive.split_whitespace().map(str::to_owned).collect())
        .filter(|words: &Vec<String>| {
            let of_https = |name: &String| OF_HTTPS.iter().any(|of| of.eq_ignore_ascii_case(name));
            words.first().is_some_and(|name| !of_https(name))
        })
        .collect();
    let fallback = sources(&directives, "default-src");
    for name in NEEDED {
        if let (None, Some(fallback)) = (sources(&directives, name), &fallback) {
            let words = std::iter::once(name.to_owned()).chain(fallback.iter().cloned());
            directives.push(words.collect());
        }
    }
    for words in &mut directives {
        let name = words[0].to_ascii_lowercase();
        if NEEDED.contains(&name.as_str()) || name == "script-src-elem" {
            words.retain(|word| !word.eq_ignore_ascii_case("'none'"));
            if !words.iter().any(|word| word == OWN || word == "*") {
                words.push(OWN.to_owned());
            }
        }
    }
    let directives: Vec<String> = directives.iter().map(|words| words.join(" ")).collect();
    directives.join("; ")
}

/// The sources of a directive.
fn sources(directives: &[Vec<String>], name: &str) -> Option<Vec<String>> {
    let words = directives
        .iter()
        .find(|words| words[0].eq_ignore_ascii_case(name))?;
    Some(words[1..].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_the_policy_of_its_patterns() {
        let text = "# all\n/*\n  content-security-policy: img-src *; upgrade-insecure-requests\n  X: y\n/a/:slug/\n\tContent-Security-Policy: script-src 'none'\n/b*\n  Referrer-Policy: x\n";
        for (path, policy) in [
            ("/", "img-src *"),
            ("/b/c/", "img-src *"),
            ("/a/x/", "img-src *, script-src 'self'"),
            ("/a/x/y/", "img-src *"),
        ] {
            assert_eq!(of_headers(text, path).as_deref(), Some(policy), "{path}");
        }
        for (text, path) in [
            ("/a/\n  Content-Security-Policy: x", "/"),
            ("", "/"),
            ("/*\n  Content-Security-Policy: sandbox\n", "/"),
        ] {
            assert_eq!(of_headers(text, path), None, "{text}");
        }
    }

    #[test]
    fn only_what_the_script_needs_is_added() {
        for (policy, widened) in [
            ("img-src 'none'", "img-src 'none'"),
            (
                "script-src 'self' https://x.org; connect-src *",
                "script-src 'self' https://x.org; connect-src *",
            ),
            (
                "default-src https:",
                "default-src https:; script-src https: 'self'; connect-src https: 'self'",
            ),
            (
                "script-src 'none'; script-src-elem 'sha256-x'",
                "script-src 'self'; script-src-elem 'sha256-x' 'self'",
            ),
            ("script-src 'strict-dynamic' 'nonce-a'", ""),
            (" ; ", ""),
        ] {
            assert_eq!(
                escape::plain(&with_own_sources(policy)),
                widened,
                "{policy}"
            );
        }
    }
}
