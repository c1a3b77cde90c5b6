//! The sites whose pages have players, and the address of each player.

use super::Address;
use crate::escape::{url_decode, url_value};

/// A site whose pages have players.
pub(super) struct Host {
    pub(super) provider: &'static str,
    /// Its names, without `www.`; none where any site may be one of them.
    pub(super) names: &'static [&'static str],
    /// It shows, and plays nothing: a map, a post.
    pub(super) shows: bool,
    /// The player's address for a page's.
    pub(super) player: fn(&Address<'_>) -> Option<String>,
}

/// All of them. Those of any site come last.
pub(super) const HOSTS: &[Host] = &[
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
        shows: true,
        ..plays(provider, names, player)
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
