//! Words that were to be replaced before anybody reads them: lorem ipsum, `TODO`, `TBD`, `FIXME`, "your text here".
//!
//! Write what belongs there, or keep the page back with `draft: true`. Looked for in the text, in the words of pictures,
//! in title, description and takeaways; not in code. `TODO`, `FIXME` and `TBD` count in capitals only, `TODO` not in
//! Spanish, Portuguese and their neighbours, where it is a word, nor in "TODO list"; `TK`, which editors write for "to
//! come", in English; `XXX` in brackets, before a colon, or with a fourth X. Phrases such as "your text here" are known in
//! German, English, Spanish, French, Italian, Dutch and Portuguese.

use std::ops::Range;

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

pub(super) const LINT: Lint = Lint {
    code: "placeholder-text",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("placeholder_text.rs"),
};

/// By language, in lower case.
const PHRASES: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "hier steht ihr text",
            "hier text einfügen",
            "ihr text hier",
            "text hier einfügen",
        ],
    ),
    (
        "en",
        &[
            "add text here",
            "insert text here",
            "text goes here",
            "your text here",
        ],
    ),
    (
        "es",
        &["inserte texto aquí", "su texto aquí", "tu texto aquí"],
    ),
    (
        "fr",
        &[
            "insérer le texte ici",
            "insérez votre texte",
            "votre texte ici",
        ],
    ),
    (
        "it",
        &[
            "il tuo testo qui",
            "inserisci il testo qui",
            "inserisci testo qui",
        ],
    ),
    (
        "nl",
        &["jouw tekst hier", "tekst invoegen", "uw tekst hier"],
    ),
    (
        "pt",
        &["insira o texto aqui", "insira texto aqui", "seu texto aqui"],
    ),
];

/// Languages in which `TODO` is a word.
const TODO_IS_A_WORD: &[&str] = &["ast", "ca", "es", "gl", "pt"];

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let language = reading.survey.language.as_str();
    let tell = |words: &str| {
        let message = format!("\"{words}\" is a placeholder, and readers will see it");
        let help = "write what belongs here, or keep the page back with `draft: true`";
        reading.found(&LINT, message).help(help)
    };
    for block in &reading.manuscript.blocks {
        for at in placeholders(&block.text, language) {
            let in_code = block
                .code
                .iter()
                .any(|code| code.start < at.end && at.start < code.end);
            if !in_code {
                found.push(tell(&block.text[at.clone()]).at(block.place(at)));
            }
        }
    }
    for picture in &reading.manuscript.pictures {
        for at in placeholders(&picture.alt, language) {
            found.push(tell(&picture.alt[at]).at(picture.span.clone()));
        }
    }
    let front = &reading.page.front;
    let single = [("title", &front.title), ("description", &front.description)];
    let single = single
        .into_iter()
        .filter_map(|(key, text)| Some((key, text.as_ref()?.0.as_str())));
    let takeaways = front
        .takeaways
        .0
        .iter()
        .map(|text| ("takeaways", text.as_str()));
    for (key, text) in single.chain(takeaways) {
        for at in placeholders(text, language) {
            let words = &text[at];
            found.push(tell(words).at_item(key, words));
        }
    }
}

/// Their bytes in a text.
fn placeholders(text: &str, language: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let phrases = PHRASES.iter().find(|(code, _)| *code == language);
    let phrases = phrases.map_or(&[][..], |(_, phrases)| phrases);
    let mut found = Vec::new();
    let mut in_word = false;
    for (at, byte) in bytes.iter().enumerate() {
        let begins = !in_word;
        in_word = byte.is_ascii_alphanumeric() || *byte >= 0x80 || *byte == b'_';
        if !begins || !in_word {
            continue;
        }
        let length = match byte {
            b'T' | b'F' | b'X' => note(&text[at..], text[..at].chars().next_back(), language),
            b'L' | b'l' if starts(&bytes[at..], "lorem ipsum") => Some("lorem ipsum".len()),
            _ => None,
        };
        let phrase = || {
            phrases
                .iter()
                .find(|phrase| starts(&bytes[at..], phrase))
                .map(|phrase| phrase.len())
        };
        if let Some(length) = length.or_else(phrase) {
            found.push(at..at + length);
        }
    }
    found
}

/// Whether a text begins with these words in any case.
fn starts(text: &[u8], words: &str) -> bool {
    let words = words.as_bytes();
    text[0].eq_ignore_ascii_case(&words[0])
        && text
            .get(..words.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(words))
}

/// The bytes of an author's note in capitals that the text begins with.
fn note(text: &str, before: Option<char>, language: &str) -> Option<usize> {
    let length = text
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b >= 0x80 || *b == b'_')
        .count();
    let (word, after) = text.split_at(length);
    let is_note = match word {
        "FIXME" | "TBD" => true,
        "TODO" => !TODO_IS_A_WORD.contains(&language) && !names_a_list(after),
        "TK" | "TKTK" => language == "en",
        "XXX" => before == Some('[') || after.starts_with([':', ']']),
        _ => length > 3 && word.bytes().all(|b| b == b'X'),
    };
    is_note.then_some(length)
}

/// A "TODO list" is a thing that one can write about.
fn names_a_list(after: &str) -> bool {
    let next = after.trim_start_matches([' ', '-']);
    ["list", "item", "app", "-Liste", "Liste"]
        .iter()
        .any(|thing| next.starts_with(thing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found() {
        let all = |text, language| -> Vec<&str> {
            placeholders(text, language)
                .into_iter()
                .map(|at| &text[at])
                .collect()
        };
        assert_eq!(
            all("Lorem ipsum dolor. TODO: more, TK, [XXX] XXXX.", "en"),
            ["Lorem ipsum", "TODO", "TK", "XXX", "XXXX"]
        );
        assert_eq!(
            all("Put Your text here, FIXME", "en"),
            ["Your text here", "FIXME"]
        );
        assert_eq!(
            all("Hier Text einfügen TBD", "de"),
            ["Hier Text einfügen", "TBD"]
        );
        for (text, language) in [
            ("TODO esto pasa", "es"),
            ("Die TK zahlt.", "de"),
            ("How to keep a TODO list", "en"),
            ("Super Bowl XXX, todo, Todo, TODOS, MY_TODO", "en"),
            ("your text here", "de"),
        ] {
            assert!(all(text, language).is_empty(), "{text}");
        }
    }
}
