//! Recognises the address of something that another site plays or shows, which a reader may load with a click. Nothing is
//! asked of anybody here, nor in the page before that click.

mod hosts;

use crate::model::page::Embed;
use hosts::HOSTS;

/// An address in its parts.
struct Address<'a> {
    url: &'a str,
    host: &'a str,
    /// The path between its slashes.
    parts: Vec<&'a str>,
    query: &'a str,
    fragment: &'a str,
}

impl<'a> Address<'a> {
    fn of(url: &'a str) -> Option<Address<'a>> {
        let rest = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"))?;
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let is_host = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':');
        (!host.is_empty() && host.bytes().all(is_host)).then_some(())?;
        Some(Address {
            url,
            host: host.strip_prefix("www.").unwrap_or(host),
            parts: path.split('/').filter(|part| !part.is_empty()).collect(),
            query,
            fragment,
        })
    }

    /// A value of the query.
    fn value(&self, key: &str) -> Option<&'a str> {
        let mut pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, _)| *name == key).map(|(_, value)| value)
    }
}

/// The names of those that are known, for messages.
pub(super) fn hosts() -> String {
    let mut names: Vec<&str> = HOSTS.iter().map(|host| host.provider).collect();
    names.dedup();
    names.join(", ")
}

/// The player for a full URL, if it is one that is known.
pub(super) fn recognise(url: &str) -> Option<Embed> {
    let address = Address::of(url)?;
    let embed = |provider: &'static str, player, media: &'static str, shows| Embed {
        url: url.to_owned(),
        label: String::new(),
        provider: provider.into(),
        player,
        media: media.into(),
        shows,
    };
    if let Some(media) = media(url.split_once("://")?.1.split_once('/')?.1) {
        return Some(embed("", url.to_owned(), media, false));
    }
    let mut hosts = HOSTS
        .iter()
        .filter(|host| host.names.is_empty() || host.names.contains(&address.host));
    hosts.find_map(|host| {
        let player = (host.player)(&address)?;
        Some(embed(host.provider, player, "frame", host.shows))
    })
}

/// `video` or `audio`, if the file at an address is one, by its ending.
pub fn media(address: &str) -> Option<&'static str> {
    Some(match ending(address)?.as_str() {
        "mp4" | "m4v" | "mov" | "webm" | "ogv" => "video",
        "mp3" | "ogg" | "oga" | "opus" | "m4a" | "aac" | "wav" | "flac" => "audio",
        _ => return None,
    })
}

/// The ending of the file at an address, in lower case.
pub fn ending(address: &str) -> Option<String> {
    let file = address.split(['?', '#']).next().unwrap_or_default();
    let name = file.rsplit('/').next().unwrap_or_default();
    Some(name.rsplit_once('.')?.1.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_are_recognised() {
        let player = |url| recognise(url).map(|e| e.player).unwrap_or_default();
        for (url, expected) in [
            (
                "https://www.youtube.com/watch?t=3&v=ab_C-1&x",
                "https://www.youtube-nocookie.com/embed/ab_C-1",
            ),
            (
                "https://www.youtube.com/live/ab_C-1?x",
                "https://www.youtube-nocookie.com/embed/ab_C-1",
            ),
            (
                "https://youtu.be/ab?t=3",
                "https://www.youtube-nocookie.com/embed/ab",
            ),
            (
                "https://vimeo.com/123/x",
                "https://player.vimeo.com/video/123?dnt=1",
            ),
            (
                "https://www.dailymotion.com/video/x8",
                "https://geo.dailymotion.com/player.html?video=x8",
            ),
            (
                "https://www.ted.com/talks/a_b_c",
                "https://embed.ted.com/talks/a_b_c",
            ),
            (
                "https://open.spotify.com/episode/1a?si=2",
                "https://open.spotify.com/embed/episode/1a",
            ),
            (
                "https://soundcloud.com/a/b",
                "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb",
            ),
            (
                "https://www.deezer.com/fr/track/12",
                "https://widget.deezer.com/widget/auto/track/12",
            ),
            (
                "https://codepen.io/a/pen/b",
                "https://codepen.io/a/embed/b?default-tab=result",
            ),
            (
                "https://mastodon.social/@a/109876543210987654",
                "https://mastodon.social/@a/109876543210987654/embed",
            ),
            (
                "https://x.com/a/status/12?s=1",
                "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=12",
            ),
            (
                "https://bsky.app/profile/a.org/post/3k",
                "https://embed.bsky.app/embed/a.org/app.bsky.feed.post/3k",
            ),
            (
                "https://video.example/w/aaaaaaaaaaaaaaaaaaaaaa",
                "https://video.example/videos/embed/aaaaaaaaaaaaaaaaaaaaaa",
            ),
            (
                "https://www.openstreetmap.org/?mlat=52.5&mlon=13.4#map=15/52.5/13.4",
                "https://www.openstreetmap.org/export/embed.html?bbox=13.38901%2C52.49599%2C13.41099%2C52.50401&layer=mapnik&marker=52.50000%2C13.40000",
            ),
            (
                "https://www.google.com/maps/place/Old+Town/@1,2,3z",
                "https://www.google.com/maps?q=Old%20Town&output=embed",
            ),
        ] {
            assert_eq!(player(url), expected, "{url}");
        }
        assert_eq!(recognise("https://x.org/a.MP3?x").unwrap().media, "audio");
        for not in [
            "https://x.org/",
            "https://youtube.com/@someone",
            "/a.mp3",
            "https://x.org/a.pdf",
            "https://x.com/a",
            "https://www.google.com/",
            "https://www.openstreetmap.org/#map=15/91/1",
            "https://mastodon.social/@a",
            "https://x.org/w/short",
        ] {
            assert!(recognise(not).is_none(), "{not}");
        }
    }
}
