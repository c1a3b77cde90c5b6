//! Recognises the address of a video or a sound that a reader may load with a click. Nothing is asked of
//! anybody here, nor in the page before that click.

use crate::model::page::Embed;

/// The player for a full URL, if it is one that is known.
pub(super) fn recognise(url: &str) -> Option<Embed> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let frame = |provider: &'static str, player| {
        Some(Embed {
            url: url.to_owned(),
            label: String::new(),
            provider: provider.into(),
            player,
            media: "frame".into(),
        })
    };
    let id = |text: &str| {
        let id: String = text
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        (!id.is_empty()).then_some(id)
    };
    match host {
        "youtube.com" | "m.youtube.com" => {
            let video = match path.split_once("v=") {
                Some((_, rest)) if path.starts_with("watch") => id(rest)?,
                _ => id(path.strip_prefix("shorts/")?)?,
            };
            frame(
                "YouTube",
                format!("https://www.youtube-nocookie.com/embed/{video}"),
            )
        }
        "youtu.be" => frame(
            "YouTube",
            format!("https://www.youtube-nocookie.com/embed/{}", id(path)?),
        ),
        "vimeo.com" => {
            let video: String = path.chars().take_while(char::is_ascii_digit).collect();
            (!video.is_empty()).then_some(())?;
            frame(
                "Vimeo",
                format!("https://player.vimeo.com/video/{video}?dnt=1"),
            )
        }
        _ => {
            let media = media(path)?;
            Some(Embed {
                url: url.to_owned(),
                label: String::new(),
                provider: "".into(),
                player: url.to_owned(),
                media: media.into(),
            })
        }
    }
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
        let player = |url| recognise(url).map(|e| e.player);
        assert_eq!(
            player("https://www.youtube.com/watch?t=3&v=ab_C-1&x").as_deref(),
            Some("https://www.youtube-nocookie.com/embed/ab_C-1")
        );
        assert_eq!(
            player("https://vimeo.com/123/x").as_deref(),
            Some("https://player.vimeo.com/video/123?dnt=1")
        );
        assert_eq!(recognise("https://x.org/a.MP3?x").unwrap().media, "audio");
        for not in [
            "https://x.org/",
            "https://youtube.com/@someone",
            "/a.mp3",
            "https://x.org/a.pdf",
        ] {
            assert!(recognise(not).is_none(), "{not}");
        }
    }
}
