//! The places where a reader may share an article: their names in `site.toml`, and the plain links that they
//! take. Nobody's script is needed for any of them.

/// One place.
#[derive(Debug)]
pub struct Network {
    /// As `site.toml` names it.
    pub name: &'static str,
    /// As readers see it; empty for what has a word of the theme.
    pub label: &'static str,
    /// The link, with `{url}`, `{title}` and `{picture}` to fill in.
    pub address: &'static str,
}

/// All of them.
pub const NETWORKS: &[Network] = &[
    network("mail", "", "mailto:?subject={title}&body={url}"),
    network(
        "whatsapp",
        "WhatsApp",
        "https://wa.me/?text={title}%20{url}",
    ),
    network(
        "facebook",
        "Facebook",
        "https://www.facebook.com/sharer/sharer.php?u={url}",
    ),
    network("x", "X", "https://x.com/intent/post?text={title}&url={url}"),
    network(
        "telegram",
        "Telegram",
        "https://t.me/share/url?url={url}&text={title}",
    ),
    network(
        "reddit",
        "Reddit",
        "https://www.reddit.com/submit?url={url}&title={title}",
    ),
    network(
        "linkedin",
        "LinkedIn",
        "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    ),
    network(
        "pinterest",
        "Pinterest",
        "https://www.pinterest.com/pin/create/button/?url={url}&media={picture}&description={title}",
    ),
];

/// What the share row offers where `site.toml` says nothing.
pub const USUAL: [&str; 5] = ["mail", "whatsapp", "facebook", "x", "pinterest"];

const fn network(name: &'static str, label: &'static str, address: &'static str) -> Network {
    Network {
        name,
        label,
        address,
    }
}

impl Network {
    /// The network that `site.toml` names so.
    pub fn named(name: &str) -> Option<&'static Network> {
        NETWORKS.iter().find(|network| network.name == name)
    }

    /// Whether it takes a picture, and nothing without one.
    pub fn takes_picture(&self) -> bool {
        self.address.contains("{picture}")
    }

    /// The link, of parts that are percent-encoded already.
    pub fn link(&self, url: &str, title: &str, picture: &str) -> String {
        let mut link = String::with_capacity(self.address.len() + url.len() + title.len());
        let mut rest = self.address;
        while let Some((before, after)) = rest.split_once('{') {
            let (part, after) = after.split_once('}').unwrap_or((after, ""));
            link.push_str(before);
            link.push_str(match part {
                "url" => url,
                "title" => title,
                _ => picture,
            });
            rest = after;
        }
        link.push_str(rest);
        link
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_filled_in() {
        let link = |name| Network::named(name).unwrap().link("U", "T", "P");
        assert_eq!(link("mail"), "mailto:?subject=T&body=U");
        assert_eq!(
            link("pinterest"),
            "https://www.pinterest.com/pin/create/button/?url=U&media=P&description=T"
        );
    }

    #[test]
    fn the_usual_ones_are_known() {
        assert!(USUAL.iter().all(|name| Network::named(name).is_some()));
    }
}
