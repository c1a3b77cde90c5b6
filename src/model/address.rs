//! Full addresses as authors write them: those that nobody can follow, and those that run a script.

use crate::diagnostic::{Diagnostic, is_one_slip};
use crate::list::words;

/// What an address is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Readers follow it.
    Link,
    /// Browsers show what is there.
    Picture,
}

/// What is wrong with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    code: &'static str,
    message: String,
    help: String,
    /// The address that was meant, where that is sure.
    instead: Option<String>,
}

impl Fault {
    fn dead(message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault {
            code: "dead-link",
            message: message.into(),
            help: help.into(),
            instead: None,
        }
    }

    fn slip(message: impl Into<String>, instead: String) -> Fault {
        Fault {
            instead: Some(instead.clone()),
            ..Fault::dead(message, format!("write `{instead}`"))
        }
    }

    /// The diagnostic for the file at `path`; `at` points it to where `written` stands.
    pub fn told(
        self,
        path: &str,
        written: &str,
        at: impl Fn(Diagnostic) -> Diagnostic,
    ) -> Diagnostic {
        let told = match self.code {
            UNKNOWN => Diagnostic::warning(self.code, path, self.message),
            code => Diagnostic::error(code, path, self.message),
        };
        let told = at(told).help(self.help);
        match self.instead {
            Some(instead) => told.swap(written, instead),
            None => told,
        }
    }
}

const UNKNOWN: &str = "unknown-scheme";

/// Schemes that browsers hand on to a program that many have.
const KNOWN: &[&str] = &words::<80>(
    "about acct aim apt bitcoin callto cid dat did discord dns doi ed2k ethereum facetime \
    facetime-audio feed ftp ftps gemini geo git gopher hyper im imap info intent ipfs ipns irc \
    ircs itms itms-apps jabber ldap lightning magnet mailto maps market matrix mid monero msteams \
    news nntp nostr obsidian openpgp4fpr rtmp rtsp sftp sgnl sip sips skype slack sms smsto \
    spotify ssh steam svn tag tel telnet tg urn viber vnc vscode webcal webcals whatsapp ws wss \
    xmpp zoommtg zotero",
);

/// What is wrong with a full address; none where it is right, or a path.
pub fn fault(written: &str, role: Role) -> Option<Fault> {
    // What browsers leave out before they read an address.
    let address: String = written
        .trim_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    if address.starts_with("\\\\") {
        return Some(own_machine());
    }
    if let Some(rest) = address.strip_prefix("//") {
        return host(rest, "https");
    }
    let scheme = scheme(&address)?;
    let rest = &address[scheme.len() + 1..];
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "javascript" | "vbscript" | "livescript" => Some(Fault {
            code: "unsafe-link",
            ..Fault::dead(
                format!("an address that begins with `{scheme}:` runs a script"),
                "link to a page; a script belongs into the theme",
            )
        }),
        "data" if role == Role::Picture && is_of_media(rest) => None,
        "data" => Some(Fault {
            code: "unsafe-link",
            ..Fault::dead(
                "an address that begins with `data:` is a page in a link, which browsers do not open",
                "put it into a file beside the article, and link to that",
            )
        }),
        "http" | "https" => match rest.strip_prefix("//") {
            Some(rest) => host(rest, &scheme),
            None => Some(without_slashes(rest, &scheme)),
        },
        "file" => Some(own_machine()),
        drive if drive.len() == 1 => Some(own_machine()),
        "mailto" | "tel" | "sms" if rest.trim_matches('/').is_empty() => Some(Fault::dead(
            format!("`{written}` names nobody"),
            "write whom it leads to",
        )),
        known if KNOWN.contains(&known) || is_of_a_program(known) => None,
        _ => Some(unknown(&scheme, rest)),
    }
}

/// The scheme that an address begins with.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'));
    is_one.then_some(scheme)
}

fn begins_with(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn own_machine() -> Fault {
    Fault::dead(
        "this leads to a file of your own machine, which no reader has",
        "put the file beside the article, and write its path from there",
    )
}

/// Whether the rest of a `data:` address is something to look at or to hear.
fn is_of_media(rest: &str) -> bool {
    let mut kinds = ["image/", "audio/", "video/", "font/"].iter();
    kinds.any(|kind| begins_with(rest, kind))
}

/// Programs register schemes with these beginnings.
fn is_of_a_program(scheme: &str) -> bool {
    ["web+", "ms-", "vscode-", "x-", "com.", "org."]
        .iter()
        .any(|start| scheme.starts_with(start))
}

/// A scheme of the web without two slashes after it.
fn without_slashes(rest: &str, scheme: &str) -> Fault {
    let rest = rest.trim_start_matches(['/', '\\', ':']);
    let message = format!("after `{scheme}:` come two slashes");
    match is_host(rest) {
        true => Fault::slip(message, format!("{scheme}://{rest}")),
        false => Fault::dead(message, "write the whole address, as your browser shows it"),
    }
}

/// What is wrong with the host that an address goes on with.
fn host(rest: &str, scheme: &str) -> Option<Fault> {
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let whole = rest[..end]
        .rsplit_once('@')
        .map_or(&rest[..end], |(_, host)| host);
    let whole_help = "write the whole address, as your browser shows it";
    if let Some(address) = whole.strip_prefix('[') {
        let is_closed = address.contains(']');
        return (!is_closed).then(|| Fault::dead("this address has no host", whole_help));
    }
    let (name, port) = whole.split_once(':').unwrap_or((whole, ""));
    if matches!(name.to_ascii_lowercase().as_str(), "http" | "https") && (port.is_empty()) {
        let message = format!("`{scheme}://` stands there twice");
        let after = rest[name.len()..].trim_start_matches([':', '/']);
        return Some(match is_host(after) {
            true => Fault::slip(message, format!("{}://{after}", name.to_ascii_lowercase())),
            false => Fault::dead(message, whole_help),
        });
    }
    if name.is_empty() {
        let after = rest.trim_start_matches(['/', '\\', ':']);
        return Some(match is_host(after) {
            true => Fault::slip("this address has no host", format!("{scheme}://{after}")),
            false => Fault::dead("this address has no host", whole_help),
        });
    }
    let is_wrong = |c: char| c.is_whitespace() || c.is_control() || "<>\"^`{}|".contains(c);
    let has_gap = name.starts_with('.') || name.contains("..") || name == ".";
    if name.contains(is_wrong) || has_gap {
        return Some(Fault::dead(format!("`{name}` is no host"), whole_help));
    }
    let is_port = port.is_empty() || port.parse::<u16>().is_ok();
    (!is_port).then(|| Fault::dead(format!("`{port}` is no port"), whole_help))
}

/// Whether a text begins with the name of a host, as far as one can tell.
fn is_host(text: &str) -> bool {
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let name = text[..end].split(':').next().unwrap_or_default();
    let labels: Vec<&str> = name.split('.').collect();
    labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty()
                && label
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        })
}

fn unknown(scheme: &str, rest: &str) -> Fault {
    let begins = format!("no address begins with `{scheme}:`");
    let starts_with_port = rest.starts_with(|c: char| c.is_ascii_digit());
    if starts_with_port && (is_host(scheme) || scheme == "localhost") {
        let web = if scheme == "localhost" {
            "http"
        } else {
            "https"
        };
        return Fault::slip(begins, format!("{web}://{scheme}:{rest}"));
    }
    let sorted = |text: &str| {
        let mut letters: Vec<u8> = text.bytes().collect();
        letters.sort_unstable();
        letters
    };
    let is_like = |known: &str| is_one_slip(scheme, known) || sorted(scheme) == sorted(known);
    let after = rest.trim_start_matches('/');
    if let Some(meant) = ["https", "http"].into_iter().find(|known| is_like(known)) {
        let fault = Fault::dead(begins, format!("did you mean `{meant}:`?"));
        return match is_host(after) {
            true => Fault {
                help: format!("did you mean `{meant}://{after}`?"),
                instead: Some(format!("{meant}://{after}")),
                ..fault
            },
            false => fault,
        };
    }
    if ["mail", "email", "e-mail"].contains(&scheme) || is_like("mailto") {
        let fault = Fault::dead(begins, "did you mean `mailto:`?");
        return match is_mail_address(after) {
            true => Fault {
                help: format!("did you mean `mailto:{after}`?"),
                instead: Some(format!("mailto:{after}")),
                ..fault
            },
            false => fault,
        };
    }
    Fault {
        code: UNKNOWN,
        ..Fault::dead(
            format!("few browsers know what to do with `{scheme}:`"),
            "for an address write its `https://`; for a file whose name has a colon write `./` before it",
        )
    }
}

/// Whether a text is a mail address: one `@`, and a host after it.
pub fn is_mail_address(text: &str) -> bool {
    let address = text.split('?').next().unwrap_or_default();
    address.split_once('@').is_some_and(|(name, host)| {
        let is_of_name = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
        !name.is_empty() && name.chars().all(is_of_name) && is_host(host) && !host.contains('/')
    })
}

/// The full address that a path is, of which only the beginning was forgotten: `www.example.org`, `me@example.org`,
/// `https//example.org`.
pub fn forgotten_start(path: &str) -> Option<String> {
    if begins_with(path, "www.") && is_host(path) {
        return Some(format!("https://{path}"));
    }
    if is_mail_address(path) {
        return Some(format!("mailto:{path}"));
    }
    ["https", "http"].iter().find_map(|scheme| {
        let rest = path.strip_prefix(scheme)?.strip_prefix("//")?;
        is_host(rest).then(|| format!("{scheme}://{rest}"))
    })
}

/// What is wrong with the address of an original, which search engines are told: it is a full one of the web.
pub fn fault_of_canonical(written: &str) -> Option<Fault> {
    let is_full = ["https://", "http://"]
        .iter()
        .any(|start| begins_with(written, start));
    let help = "write a full address, such as https://example.org/article/";
    match fault(written, Role::Link) {
        Some(fault) => Some(fault),
        None if !is_full => Some(Fault {
            code: "canonical",
            ..Fault::dead(format!("`{written}` is no full address"), help)
        }),
        None if written.contains(char::is_whitespace) => Some(Fault {
            code: "canonical",
            ..Fault::dead("a full address has no spaces", help)
        }),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instead(written: &str) -> Option<String> {
        fault(written, Role::Link).and_then(|fault| fault.instead)
    }

    #[test]
    fn addresses_that_lead_somewhere_are_right() {
        for right in [
            "https://example.org/a:b//c",
            "HTTP://example.org",
            "//example.org/x",
            "https://user@example.org:8080/",
            "http://[::1]:80/",
            "https://localhost/x",
            "http://127.0.0.1:1111",
            "https://bücher.example/ü",
            "mailto:me@example.org",
            "tel:+1555",
            "magnet:?xt=urn",
            "web+coffee:x",
            "a.md",
            "/a/",
            "#x",
            "a/b:c.md",
            "https://example.org./x",
            "https://x.org/javascript:alert(1)",
            "",
        ] {
            assert_eq!(fault(right, Role::Link), None, "{right}");
        }
        assert_eq!(fault("data:image/png;base64,AA", Role::Picture), None);
    }

    #[test]
    fn scripts_are_told_in_every_spelling() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScript:x",
            " javascript:x",
            "java\tscript:x",
            "\u{1}javascript:x",
            "vbscript:x",
            "data:text/html,x",
            "DATA:image/png;base64,AA",
        ] {
            let code = fault(bad, Role::Link).map(|fault| fault.code);
            assert_eq!(code, Some("unsafe-link"), "{bad:?}");
        }
        for bad in ["data:text/html,x", "data:,x", "javascript:x"] {
            assert!(fault(bad, Role::Picture).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn slips_are_mended() {
        for (written, meant) in [
            ("htps://example.org", "https://example.org"),
            ("htpp://example.org/a", "http://example.org/a"),
            ("ttps://example.org", "https://example.org"),
            ("hptts://example.org", "https://example.org"),
            ("http:/example.org", "http://example.org"),
            ("https:example.org/x", "https://example.org/x"),
            ("https:///example.org", "https://example.org"),
            ("http://https://example.org", "https://example.org"),
            ("https:\\\\example.org", "https://example.org"),
            ("example.org:8080/x", "https://example.org:8080/x"),
            ("localhost:8080", "http://localhost:8080"),
            ("mailt:me@example.org", "mailto:me@example.org"),
            ("email:me@example.org", "mailto:me@example.org"),
        ] {
            assert_eq!(instead(written).as_deref(), Some(meant), "{written}");
        }
    }

    #[test]
    fn what_leads_nobody_anywhere_is_an_error() {
        for bad in [
            "https://",
            "http://?x",
            "https://#x",
            "//",
            "file:///c:/notes.md",
            "C:\\notes.md",
            "c:/notes.md",
            "\\\\server\\share",
            "https://a b.org",
            "https://.org",
            "https://a..org",
            "https://x.org:99999/",
            "https://x.org:port/",
            "mailto:",
            "https:",
            "https://<host>/",
        ] {
            let code = fault(bad, Role::Link).map(|fault| fault.code);
            assert_eq!(code, Some("dead-link"), "{bad}");
        }
        let code = fault("things:///add", Role::Link).map(|fault| fault.code);
        assert_eq!(code, Some(UNKNOWN));
    }

    #[test]
    fn a_forgotten_start_is_known() {
        for (path, whole) in [
            ("www.example.org", Some("https://www.example.org")),
            ("WWW.example.org/a", Some("https://WWW.example.org/a")),
            ("me@example.org", Some("mailto:me@example.org")),
            ("https//example.org/a", Some("https://example.org/a")),
            ("wwwx/y.md", None),
            ("a/b.md", None),
            ("@x", None),
        ] {
            assert_eq!(forgotten_start(path).as_deref(), whole, "{path}");
        }
    }
}
