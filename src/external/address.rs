//! Addresses of the web as browsers read them. The only module that knows the library for them.

use whatwg_url::Url;

use crate::escape::url_decode;

/// The address of something on another site.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// Without a fragment.
    url: Url,
    /// As written, decoded; none where it names no place of the page.
    fragment: Option<String>,
    /// As written, with `#`; empty for none.
    suffix: String,
}

impl Address {
    /// Reads a full URL of the web.
    pub(super) fn parse(text: &str) -> Option<Address> {
        Url::parse(text).ok().and_then(Address::of)
    }

    fn of(mut url: Url) -> Option<Address> {
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return None;
        }
        let written = url.fragment().unwrap_or_default().to_owned();
        url.set_fragment(None);
        Some(Address {
            url,
            fragment: place(&written),
            suffix: match written.is_empty() {
                true => String::new(),
                false => format!("#{written}"),
            },
        })
    }

    /// What is asked for, and what it is known by.
    pub(super) fn key(&self) -> &str {
        self.url.as_str()
    }

    /// The place on the page that it leads to.
    pub(super) fn fragment(&self) -> Option<String> {
        self.fragment.clone()
    }

    /// Who is asked: host and port.
    pub(super) fn host(&self) -> String {
        let port = self.url.port_or_known_default().unwrap_or_default();
        format!("{}:{port}", self.name())
    }

    /// The host's name.
    pub(super) fn name(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether it leads below the site's front page.
    pub(super) fn is_deep(&self) -> bool {
        self.url.path() != "/" || self.url.query().is_some()
    }

    /// Where a redirect leads; none where that is no address of the web.
    pub(super) fn follow(&self, location: &str) -> Option<Address> {
        self.url.join(location).ok().and_then(Address::of)
    }

    /// With the fragment that this one has, where `to` has none.
    pub(super) fn moved_to(&self, to: &str) -> String {
        match to.contains('#') {
            true => to.to_owned(),
            false => format!("{to}{}", self.suffix),
        }
    }
}

/// The id that a fragment names; none where it is a script's, a viewer's or a search for words.
fn place(fragment: &str) -> Option<String> {
    let id = fragment.split(":~:").next().unwrap_or_default();
    let is_script = id.starts_with(['!', '/']) || id.contains('=');
    // Code hosts mark lines so, with a script.
    let is_line = id.strip_prefix('L').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, 'L' | 'C' | '-'))
    });
    let is_none = id.is_empty() || id.eq_ignore_ascii_case("top");
    (!is_none && !is_script && !is_line).then(|| url_decode(id))
}

/// Whether a URL can stand in Markdown in any place of another one, and be read as it is.
pub(super) fn is_plain(url: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&+,;=%".contains(c);
    url.len() < 500
        && url.chars().all(plain)
        && url.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_that_name_no_place_are_left_out() {
        let fragment = |url: &str| Address::parse(url).unwrap().fragment();
        for none in [
            "",
            "#",
            "#top",
            "#:~:text=a",
            "#!/x",
            "#/x",
            "#L10",
            "#L1-L9",
            "#page=3",
        ] {
            assert_eq!(fragment(&format!("https://x.org/a{none}")), None, "{none}");
        }
        assert_eq!(
            fragment("https://x.org/#Le%C3%AFd:~:text=a").as_deref(),
            Some("Leïd")
        );
        assert_eq!(fragment("https://x.org/#Later").as_deref(), Some("Later"));
    }

    #[test]
    fn addresses_are_read_as_browsers_do() {
        let address = Address::parse("HTTPS://Bücher.example/a b?ü#c").unwrap();
        assert_eq!(address.key(), "https://xn--bcher-kva.example/a%20b?%C3%BC");
        assert_eq!(address.host(), "xn--bcher-kva.example:443");
        assert_eq!(
            address.follow("../d").unwrap().key(),
            "https://xn--bcher-kva.example/d"
        );
        assert_eq!(address.moved_to("https://x.org/y"), "https://x.org/y#c");
        for none in ["mailto:a@b.org", "https://", "//x.org", "x"] {
            assert!(Address::parse(none).is_none(), "{none}");
        }
    }

    #[test]
    fn only_plain_addresses_are_written_into_files() {
        assert!(is_plain("https://x.org/a/?b=c%20d"));
        for bad in [
            "https://x.org/a_(b)",
            "https://x.org/a.",
            "https://x.org/a|b",
        ] {
            assert!(!is_plain(bad), "{bad}");
        }
    }
}
