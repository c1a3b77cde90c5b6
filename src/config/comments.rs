//! `[comments]`: how readers can reply to an article. As written, and as resolved: one way, complete.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::FILE;
use crate::diagnostic::Diagnostic;

/// What the form itself sends: no other field can have one of these names.
const FIELDS: [&str; 5] = ["name", "email", "text", "page", "title"];

/// How readers can reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comments {
    /// By a form.
    Form {
        /// Where it is sent: a full URL, or a path from the site's root.
        action: String,
        /// The field that only machines fill in.
        honeypot: String,
        /// Fields that readers do not see, with their values: what a service asks for.
        fields: BTreeMap<String, String>,
    },
    /// By mail.
    Mail {
        /// To whom.
        address: String,
    },
    /// By somebody else's script, loaded when a reader asks for it.
    Embed {
        /// The script.
        src: String,
        /// Whose it is, as readers are told.
        host: String,
        /// The other attributes of its element.
        attributes: BTreeMap<String, String>,
    },
}

/// `[comments]` as written.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Comments")]
pub(super) struct Written {
    mode: Option<Mode>,
    action: Option<String>,
    honeypot: Option<String>,
    fields: BTreeMap<String, String>,
    address: Option<String>,
    embed: WrittenEmbed,
}

#[derive(Clone, Copy, Debug, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Form,
    Mailto,
    Embed,
}

/// `[comments.embed]` as written.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Embed")]
struct WrittenEmbed {
    src: Option<String>,
    attributes: BTreeMap<String, String>,
}

/// The way that is configured, and everything that is wrong with it.
pub(super) fn resolve(written: Written) -> (Option<Comments>, Vec<Diagnostic>) {
    let mut errors = Vec::new();
    let comments = match written.mode {
        None => {
            errors.push(wrong(
                None,
                "`[comments]` has no mode".into(),
                "add a line: mode = \"form\", \"mailto\" or \"embed\"",
            ));
            None
        }
        Some(Mode::Form) => form(written, &mut errors),
        Some(Mode::Mailto) => mail(written, &mut errors),
        Some(Mode::Embed) => embed(written, &mut errors),
    };
    (comments, errors)
}

fn wrong(item: Option<&str>, message: String, help: &str) -> Diagnostic {
    let error = Diagnostic::error("config", FILE, message).help(help);
    match item {
        Some(item) => error.at_item("comments", item),
        None => error.at_key("comments"),
    }
}

fn form(written: Written, errors: &mut Vec<Diagnostic>) -> Option<Comments> {
    let Some(action) = written.action else {
        errors.push(wrong(
            None,
            "the form has no `comments.action`".into(),
            "say where it is sent: action = \"https://…\", as the form service gives it",
        ));
        return None;
    };
    let own_path = action.starts_with('/') && !action.starts_with("//");
    if !own_path && let Err(why) = host_of(&action) {
        errors.push(wrong(
            Some(&action),
            format!("`comments.action`: {why}"),
            "write the address that the form service gives you, or a path of your own server: /replies",
        ));
    }
    let honeypot = written.honeypot.unwrap_or_else(|| "website".into());
    let taken = |name: &str| name.is_empty() || FIELDS.contains(&name);
    let fields = written.fields.keys().filter(|name| taken(name));
    let trap = Some(&honeypot).filter(|name| taken(name) || written.fields.contains_key(*name));
    for name in fields.chain(trap) {
        let message = match name.as_str() {
            "" => "a field of the form has no name".to_owned(),
            name => format!("the form has a field `{name}` already"),
        };
        let help = "its own are name, email, text, page, title, and the honeypot: website, if nothing is said";
        errors.push(wrong(Some(name), message, help));
    }
    Some(Comments::Form {
        action,
        honeypot,
        fields: written.fields,
    })
}

fn mail(written: Written, errors: &mut Vec<Diagnostic>) -> Option<Comments> {
    let Some(address) = written.address else {
        errors.push(wrong(
            None,
            "there is no `comments.address` to write to".into(),
            "add a line such as: address = \"letters@example.org\"",
        ));
        return None;
    };
    if !is_mail_address(&address) {
        errors.push(wrong(
            Some(&address),
            format!("`comments.address`: `{address}` is no mail address"),
            "write one such as letters@example.org",
        ));
    }
    Some(Comments::Mail { address })
}

fn embed(written: Written, errors: &mut Vec<Diagnostic>) -> Option<Comments> {
    let attributes = written.embed.attributes;
    for name in attributes.keys().filter(|name| !is_attribute(name)) {
        errors.push(wrong(
            Some(name),
            format!("`comments.embed.attributes`: `{name}` cannot stand here"),
            "what the service gives you beside `src`: data-repo, data-theme and the like",
        ));
    }
    let Some(src) = written.embed.src else {
        errors.push(wrong(
            None,
            "there is no `comments.embed.src`".into(),
            "say which script is loaded: src = \"https://…\" below [comments.embed]",
        ));
        return None;
    };
    match host_of(&src) {
        Ok(host) => Some(Comments::Embed {
            host: host.to_owned(),
            src,
            attributes,
        }),
        Err(why) => {
            errors.push(wrong(
                Some(&src),
                format!("`comments.embed.src`: {why}"),
                "write the script's full address, as the service gives it",
            ));
            None
        }
    }
}

/// The host of a full URL that nobody can read along: https, or this machine for trying it out.
fn host_of(url: &str) -> Result<&str, String> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return Err(format!("`{url}` is not a full address"));
    };
    if rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\`{}|^".contains(c)) {
        return Err(format!("`{url}` holds a character that no address has"));
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if name.is_empty() || host.contains('@') {
        return Err(format!("`{url}` has no host"));
    }
    match scheme {
        "https" => Ok(host),
        "http" if matches!(name, "localhost" | "127.0.0.1" | "[::1]") => Ok(host),
        "http" => Err(format!(
            "`{url}` is not https: anybody on the way could read what readers write"
        )),
        _ => Err(format!("`{url}` is not https")),
    }
}

fn is_mail_address(address: &str) -> bool {
    let Some((local, host)) = address.split_once('@') else {
        return false;
    };
    let fits = |c: char| !c.is_whitespace() && !c.is_control() && !"@,;:<>()[]\\\"".contains(c);
    let labels = |host: &str| host.split('.').all(|label| !label.is_empty());
    !local.is_empty() && local.chars().all(fits) && host.chars().all(fits) && labels(host)
}

/// Attributes that say something to the script: not another script, and nothing that is run.
fn is_attribute(name: &str) -> bool {
    let formed = name
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    formed
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.starts_with("on")
        && !matches!(name, "src" | "style" | "type" | "nonce")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_where_nobody_reads_along() {
        assert_eq!(host_of("https://x.org/a?b"), Ok("x.org"));
        assert_eq!(host_of("http://localhost:8000/a"), Ok("localhost:8000"));
        for bad in [
            "",
            "x.org/a",
            "http://x.org",
            "http://localhost.x.org",
            "https://",
            "https://:80/",
            "https://a@b/",
            "https://x.org/ a",
            "javascript://x.org",
        ] {
            assert!(host_of(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn mail_addresses_have_two_parts() {
        for good in ["a@b.org", "a.b+c@d", "ü@ö.de"] {
            assert!(is_mail_address(good), "{good}");
        }
        for bad in [
            "", "a", "@b", "a@", "a@b@c", "a b@c.d", "a@b..c", "<a@b>", "a@b,c@d",
        ] {
            assert!(!is_mail_address(bad), "{bad}");
        }
    }

    #[test]
    fn nothing_that_runs_is_an_attribute() {
        for good in ["data-repo", "crossorigin", "issue-term"] {
            assert!(is_attribute(good), "{good}");
        }
        for bad in ["onload", "src", "", "A", "a b", "a\"", "-x", "style"] {
            assert!(!is_attribute(bad), "{bad}");
        }
    }
}
