//! The words of a picture say nothing of it: a file's name, "photo", "image of", or the caption once more.
//!
//! Those who cannot see the picture have these words read out in its place, after "image": so "image of a dog" is heard
//! as "image, image of a dog", and `IMG_2041.jpg` as ten letters and digits. Say what it shows, as you would to a friend
//! on the telephone. A caption is read out too: where it says all that there is to see, leave the alt text as a space,
//! `![ ](dog.jpg "The caption")`. Words such as "photo of" are known in German, English, Spanish, French, Italian, Dutch,
//! Portuguese and Russian; file names and captions are seen in any language.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "useless-alt",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("useless_alt.rs"),
};

/// By language: what a picture is, without what it shows; and how such words begin.
const WORDS: &[(&str, &[&str], &[&str])] = &[
    (
        "de",
        &["abbildung", "bild", "foto", "grafik", "symbol"],
        &["bild von ", "foto von ", "ein bild von ", "ein foto von "],
    ),
    (
        "en",
        &[
            "graphic",
            "icon",
            "illustration",
            "image",
            "img",
            "photo",
            "photograph",
            "pic",
            "picture",
            "screenshot",
        ],
        &[
            "a photo of ",
            "a picture of ",
            "an image of ",
            "image of ",
            "image showing ",
            "photo of ",
            "photograph of ",
            "picture of ",
        ],
    ),
    (
        "es",
        &["foto", "fotografía", "imagen", "ilustración"],
        &[
            "foto de ",
            "fotografía de ",
            "imagen de ",
            "una foto de ",
            "una imagen de ",
        ],
    ),
    (
        "fr",
        &["illustration", "image", "photo"],
        &[
            "image de ",
            "image d'",
            "image d’",
            "photo de ",
            "photo d'",
            "photo d’",
            "une image de ",
            "une photo de ",
        ],
    ),
    (
        "it",
        &["foto", "illustrazione", "immagine"],
        &[
            "foto di ",
            "immagine di ",
            "un'immagine di ",
            "una foto di ",
        ],
    ),
    (
        "nl",
        &["afbeelding", "foto", "plaatje"],
        &["afbeelding van ", "een foto van ", "foto van "],
    ),
    (
        "pt",
        &["foto", "ilustração", "imagem"],
        &["foto de ", "imagem de ", "uma foto de ", "uma imagem de "],
    ),
    (
        "ru",
        &["изображение", "картинка", "фото", "фотография"],
        &["изображение ", "фотография ", "фото "],
    ),
];

const ENDINGS: &[&str] = &[
    ".avif", ".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".webp",
];

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let language = reading.survey.language.as_str();
    for picture in &reading.page.images {
        if let Some((message, help)) =
            complaint(&picture.alt, &picture.src, &picture.title, language)
        {
            found.push(
                reading
                    .found(&LINT, message)
                    .at(picture.span.clone())
                    .help(help),
            );
        }
    }
    if let Some(image) = &reading.page.front.image {
        let caption = image.caption.as_deref().unwrap_or_default();
        if let Some((message, help)) = complaint(&image.alt, &image.src, caption, language) {
            found.push(
                reading
                    .found(&LINT, message)
                    .at_item("image", &image.alt)
                    .help(help),
            );
        }
    }
}

/// What is wrong with a picture's words, and what to do.
fn complaint(alt: &str, src: &str, caption: &str, language: &str) -> Option<(String, String)> {
    let alt = alt.trim();
    let lower = alt.to_lowercase();
    if alt.is_empty() {
        return None;
    }
    if is_file_name(&lower, src) {
        let message = format!("the picture's words, \"{alt}\", are a file's name");
        return Some((message, "say what the picture shows".to_owned()));
    }
    if lower == caption.trim().to_lowercase() {
        let message =
            "the picture's words are its caption once more, and both are read out".to_owned();
        let help = "say what the picture shows; where the caption says it all, leave a space in place of these words";
        return Some((message, help.to_owned()));
    }
    let (_, whole, beginnings) = WORDS.iter().find(|(code, ..)| *code == language)?;
    let bare = lower
        .trim_end_matches(['.', ':', '!'])
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if whole.contains(&bare) {
        let message = format!("the picture's words, \"{alt}\", do not say what it shows");
        return Some((message, "say what the picture shows".to_owned()));
    }
    let beginning = beginnings
        .iter()
        .find(|beginning| lower.starts_with(**beginning))?;
    let rest: String = alt.chars().skip(beginning.chars().count()).collect();
    let message = format!(
        "the picture's words begin with \"{}\", which is said of every picture",
        beginning.trim_end()
    );
    Some((
        message,
        format!("begin with what it shows: \"{}\"", capitalised(&rest)),
    ))
}

/// Whether these words, in lower case, are a file's name: the picture's own, or one that a camera gives.
fn is_file_name(words: &str, src: &str) -> bool {
    let name = src.rsplit('/').next().unwrap_or(src).to_lowercase();
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    let is_one_word = !words.contains(char::is_whitespace);
    let is_made_up = words.contains(['_', '-']) || words.contains(|c: char| c.is_ascii_digit());
    let by_camera = [
        "img_",
        "img-",
        "dsc_",
        "dsc0",
        "dscn",
        "dscf",
        "pxl_",
        "p10",
        "screenshot_",
        "screenshot-",
        "screen-shot",
    ];
    words == name
        || is_one_word && ENDINGS.iter().any(|ending| words.ends_with(ending))
        || is_one_word
            && is_made_up
            && (words == stem || by_camera.iter().any(|start| words.starts_with(start)))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_say_nothing_are_seen() {
        for (alt, language) in [
            ("beach-2.jpg", "fi"),
            ("IMG_2041", "ja"),
            ("a-b", "en"),
            ("Photo", "en"),
            ("Image 3.", "en"),
            ("Foto von uns", "de"),
            ("Photo d’un chat", "fr"),
            ("the caption", "en"),
        ] {
            assert!(
                complaint(alt, "x/a-b.png", "The caption", language).is_some(),
                "{alt}"
            );
        }
        for (alt, language) in [
            ("Beach at dawn", "en"),
            ("Photo finish of the race", "en"),
            ("Screenshot of the settings, with sound switched off", "en"),
            ("Foto de uns", "en"),
            ("beach", "en"),
            ("COVID-19", "en"),
            (" ", "en"),
        ] {
            assert_eq!(complaint(alt, "x/beach.png", "", language), None, "{alt}");
        }
    }
}
