//! Recognises the address of something that another site plays or shows, which a reader may load with a click. Nothing is
//! asked of anybody here, nor in the page before that click.

use crate::escape::{url_decode, url_value};
use crate::model::page::Embed;

/// A site whose pages have players.
struct Host {
    provider: &'static str,
    /// Its names, without `www.`; none where any site may be one of them.
    names: &'static [&'static str],
    /// It shows, and plays nothing: a map, a post.
    shows: bool,
    /// The player's address for a page's.
    player: fn(&Address<'_>) -> Option<String>,
}

/// An address in its parts.
struct Address<'a> {
    url: &'a str,
    host: &'a str,
    /// The path between its slashes.
    parts: Vec<&'a str>,
    query: &'a str,
    fragment: &'a str,
}

/// All of them. Those of any site come last.
const HOSTS: &[Host] = &[
    plays(
        "YouTube",
        &["youtube.com", "m.youtube.com", "youtube-nocookie.com"],
        |a| {
            let video = match *a.parts.first()? {
                "watch" => id(a.value("v")?)?,
                "shorts" | "live" | "embed" => id(a.parts.get(1)?)?,
                "playlist" => format!("videoseries?list={}", id(a.value("list")?)?),
                _ => return None,
            };
            Some(format!("https://www.youtube-nocookie.com/embed/{video}"))
        },
    ),
    plays("YouTube", &["youtu.be"], |a| {
        Some(format!(
            "https://www.youtube-nocookie.com/embed/{}",
            id(a.parts.first()?)?
        ))
    }),
    plays("Vimeo", &["vimeo.com"], |a| {
        Some(format!(
            "https://player.vimeo.com/video/{}?dnt=1",
            digits(a.parts.first()?)?
        ))
    }),
    plays("Dailymotion", &["dailymotion.com"], |a| {
        match a.parts.as_slice() {
            ["video", video, ..] => Some(format!(
                "https://geo.dailymotion.com/player.html?video={}",
                id(video)?
            )),
            _ => None,
        }
    }),
    plays("TED", &["ted.com"], |a| match a.parts.as_slice() {
        ["talks", talk] => Some(format!("https://embed.ted.com/talks/{}", id(talk)?)),
        _ => None,
    }),
    plays("Internet Archive", &["archive.org"], |a| {
        match a.parts.as_slice() {
            ["details", item, ..] => Some(format!("https://archive.org/embed/{}", id(item)?)),
            _ => None,
        }
    }),
    plays("Streamable", &["streamable.com"], |a| {
        match a.parts.as_slice() {
            [video] => Some(format!("https://streamable.com/e/{}", id(video)?)),
            _ => None,
        }
    }),
    plays("Loom", &["loom.com"], |a| match a.parts.as_slice() {
        ["share", video] => Some(format!("https://www.loom.com/embed/{}", id(video)?)),
        _ => None,
    }),
    plays("Spotify", &["open.spotify.com"], |a| {
        match a.parts.as_slice() {
            [
                kind @ ("track" | "album" | "playlist" | "artist" | "episode" | "show"),
                item,
            ] => Some(format!(
                "https://open.spotify.com/embed/{kind}/{}",
                id(item)?
            )),
            _ => None,
        }
    }),
    plays("SoundCloud", &["soundcloud.com"], |a| {
        (a.parts.len() >= 2)
            .then(|| format!("https://w.soundcloud.com/player/?url={}", url_value(a.url)))
    }),
    plays("Apple Podcasts", &["podcasts.apple.com"], |a| {
        Some(a.url.replacen("//podcasts.", "//embed.podcasts.", 1))
    }),
    plays("Apple Music", &["music.apple.com"], |a| {
        Some(a.url.replacen("//music.", "//embed.music.", 1))
    }),
    plays("Deezer", &["deezer.com"], |a| {
        // A language may stand first.
        let at = a.parts.iter().position(|part| {
            matches!(*part, "track" | "album" | "playlist" | "episode" | "show")
        })?;
        Some(format!(
            "https://widget.deezer.com/widget/auto/{}/{}",
            a.parts[at],
            digits(a.parts.get(at + 1)?)?
        ))
    }),
    plays("asciinema", &["asciinema.org"], |a| {
        match a.parts.as_slice() {
            ["a", cast] => Some(format!("https://asciinema.org/a/{}/iframe", id(cast)?)),
            _ => None,
        }
    }),
    shows("CodePen", &["codepen.io"], |a| match a.parts.as_slice() {
        [user, "pen", pen] => Some(format!(
            "https://codepen.io/{}/embed/{}?default-tab=result",
            id(user)?,
            id(pen)?
        )),
        _ => None,
    }),
    shows("CodeSandbox", &["codesandbox.io"], |a| {
        match a.parts.as_slice() {
            ["s", sandbox] => Some(format!("https://codesandbox.io/embed/{}", id(sandbox)?)),
            _ => None,
        }
    }),
    shows("StackBlitz", &["stackblitz.com"], |a| {
        match a.parts.as_slice() {
            ["edit", project] => Some(format!(
                "https://stackblitz.com/edit/{}?embed=1",
                id(project)?
            )),
            _ => None,
        }
    }),
    shows("JSFiddle", &["jsfiddle.net"], |a| {
        match a.parts.as_slice() {
            [user, fiddle] => Some(format!(
                "https://jsfiddle.net/{}/{}/embedded/",
                id(user)?,
                id(fiddle)?
            )),
            _ => None,
        }
    }),
    shows("Figma", &["figma.com"], |a| match a.parts.as_slice() {
        ["file" | "design" | "proto" | "board", _, ..] => Some(format!(
            "https://www.figma.com/embed?embed_host=share&url={}",
            url_value(a.url)
        )),
        _ => None,
    }),
    shows("OpenStreetMap", &["openstreetmap.org"], map),
    shows(
        "Google Maps",
        &["google.com", "maps.google.com"],
        |a| match a.parts.as_slice() {
            ["maps", "embed"] if a.value("pb").is_some() => Some(a.url.to_owned()),
            ["maps", "place" | "search", place, ..] => Some(google(place)),
            ["maps"] | [] => Some(google(a.value("q")?)),
            _ => None,
        },
    ),
    shows("Bluesky", &["bsky.app"], |a| match a.parts.as_slice() {
        ["profile", who, "post", post] => {
            let is_who = who
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b".:-".contains(&b));
            is_who.then_some(format!(
                "https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{}",
                id(post)?
            ))
        }
        _ => None,
    }),
    shows(
        "X",
        &["x.com", "twitter.com", "mobile.twitter.com"],
        |a| match a.parts.as_slice() {
            [_, "status", post, ..] => Some(format!(
                "https://platform.twitter.com/embed/Tweet.html?dnt=true&id={}",
                digits(post)?
            )),
            _ => None,
        },
    ),
    shows("Instagram", &["instagram.com"], |a| {
        match a.parts.as_slice() {
            [kind @ ("p" | "reel"), post, ..] => Some(format!(
                "https://www.instagram.com/{kind}/{}/embed/",
                id(post)?
            )),
            _ => None,
        }
    }),
    shows("Threads", &["threads.net", "threads.com"], |a| {
        match a.parts.as_slice() {
            [who, "post", post, ..] => Some(format!(
                "https://www.threads.net/@{}/post/{}/embed",
                id(who.strip_prefix('@')?)?,
                id(post)?
            )),
            _ => None,
        }
    }),
    shows("TikTok", &["tiktok.com"], |a| match a.parts.as_slice() {
        [_, "video", video] => Some(format!(
            "https://www.tiktok.com/embed/v2/{}",
            digits(video)?
        )),
        _ => None,
    }),
    shows("Reddit", &["reddit.com", "old.reddit.com"], |a| {
        match a.parts.as_slice() {
            ["r", group, "comments", rest @ ..] => {
                let rest: Option<Vec<String>> = rest.iter().map(|part| id(part)).collect();
                Some(format!(
                    "https://embed.reddit.com/r/{}/comments/{}/",
                    id(group)?,
                    rest?.join("/")
                ))
            }
            _ => None,
        }
    }),
    shows("Telegram", &["t.me"], |a| match a.parts.as_slice() {
        [channel, post] => Some(format!(
            "https://t.me/{}/{}?embed=1",
            id(channel)?,
            digits(post)?
        )),
        _ => None,
    }),
    plays("PeerTube", &[], |a| match a.parts.as_slice() {
        ["videos", "watch", video] => {
            Some(format!("https://{}/videos/embed/{}", a.host, id(video)?))
        }
        ["w", video] if video.len() == 22 => {
            Some(format!("https://{}/videos/embed/{}", a.host, id(video)?))
        }
        _ => None,
    }),
    shows("Mastodon", &[], |a| match a.parts.as_slice() {
        [who, post] if who.starts_with('@') && post.len() >= 15 => {
            let who: Option<Vec<String>> = who[1..].split('@').map(name).collect();
            Some(format!(
                "https://{}/@{}/{}/embed",
                a.host,
                who?.join("@"),
                digits(post)?
            ))
        }
        _ => None,
    }),
];

const fn plays(
    provider: &'static str,
    names: &'static [&'static str],
    player: fn(&Address<'_>) -> Option<String>,
) -> Host {
    Host {
        provider,
        names,
        shows: false,
        player,
    }
}

const fn shows(
    provider: &'static str,
    names: &'static [&'static str],
    player: fn(&Address<'_>) -> Option<String>,
) -> Host {
    Host {
        provider,
        names,
        shows: true,
        player,
    }
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

/// The letters and digits that a name begins with.
fn id(text: &str) -> Option<String> {
    let is_of_id = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let id: String = text.chars().take_while(is_of_id).collect();
    (!id.is_empty()).then_some(id)
}

/// A name that may hold dots.
fn name(text: &str) -> Option<String> {
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    (!text.is_empty() && text.bytes().all(is_name)).then(|| text.to_owned())
}

fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// What lies around the place that an address of OpenStreetMap names, `#map=15/52.52/13.4`, with a mark at
/// `?mlat=52.52&mlon=13.4`.
fn map(address: &Address<'_>) -> Option<String> {
    let place = address
        .fragment
        .split('&')
        .find_map(|part| part.strip_prefix("map="))?;
    let numbers: Vec<f64> = place
        .split('/')
        .map_while(|part| part.parse().ok())
        .collect();
    let [zoom, lat, lon] = numbers[..] else {
        return None;
    };
    let is_place = (0.0..=20.0).contains(&zoom) && lat.abs() <= 85.0 && lon.abs() <= 180.0;
    is_place.then_some(())?;
    // Two tiles of the map are as wide as the frame, and its height is a little more than half of that.
    let wide = 360.0 / zoom.exp2();
    let high = wide * lat.to_radians().cos() * 0.6;
    let mut player = format!(
        "https://www.openstreetmap.org/export/embed.html?bbox={:.5}%2C{:.5}%2C{:.5}%2C{:.5}&layer=mapnik",
        lon - wide,
        lat - high,
        lon + wide,
        lat + high
    );
    let number = |key| address.value(key)?.parse::<f64>().ok();
    if let (Some(lat), Some(lon)) = (number("mlat"), number("mlon")) {
        player.push_str(&format!("&marker={lat:.5}%2C{lon:.5}"));
    }
    Some(player)
}

fn google(place: &str) -> String {
    let words = url_decode(&place.replace('+', " "));
    format!(
        "https://www.google.com/maps?q={}&output=embed",
        url_value(&words)
    )
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
