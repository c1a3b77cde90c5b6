//! A content security policy that a page brings along, widened so that the script of `gen serve` may run in it and
//! listen. Otherwise the page is shown with the policy that readers get.

use crate::escape;

/// What the script needs, and what each falls back to (Content Security Policy Level 3, section 6.1).
const NEEDED: [&str; 2] = ["script-src", "connect-src"];
/// Policies with one of these let no script of a server's own choice run: they are left out.
const NEVER: [&str; 3] = ["'strict-dynamic'", "trusted-types", "sandbox"];
const OWN: &str = "'self'";

/// The value of a `content` attribute, escaped as it was.
pub(super) fn with_own_sources(escaped: &str) -> String {
    let policy = escape::plain(&escaped.replace("&#x27;", "'"));
    if NEVER.iter().any(|word| policy.contains(word)) {
        return String::new();
    }
    let mut directives: Vec<Vec<String>> = policy
        .split(';')
        .map(|directive| directive.split_whitespace().map(str::to_owned).collect())
        .filter(|words: &Vec<String>| !words.is_empty())
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
    escape::html(&directives.join("; "))
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
