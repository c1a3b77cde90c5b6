//! A link's words say nothing of where it leads: "click here", "more", a bare number.
//!
//! Readers skim links, and those who listen to a page have them read out alone. Search engines take a link's words for
//! what the other page is about. Name what the reader will find there: not `read [this](no-contact.md)` but `read
//! [what to do in thirty days of no contact](no-contact.md)`. A link whose text is left empty takes the title of the
//! article that it leads to. Numbers to call and addresses to write to (`tel:`, `sms:`, `mailto:`) are let pass.

use super::{Check, Group, Lint, Reading};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::parse::manuscript::LinkStyle;

pub(super) const LINT: Lint = Lint {
    code: "link-text",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Page(check),
    source: include_str!("link_text.rs"),
};

/// Words that say nothing, in lower case, by language.
const EMPTY_WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "here",
            "click here",
            "click",
            "this",
            "this link",
            "this page",
            "this article",
            "link",
            "more",
            "read more",
            "read on",
            "learn more",
            "see here",
            "see more",
            "go",
            "article",
            "page",
            "post",
        ],
    ),
    (
        "de",
        &[
            "hier",
            "klick hier",
            "klicken sie hier",
            "dieser link",
            "diese seite",
            "dieser artikel",
            "mehr",
            "weiterlesen",
            "mehr lesen",
            "mehr erfahren",
            "link",
            "siehe hier",
        ],
    ),
    (
        "fr",
        &[
            "ici",
            "cliquez ici",
            "ce lien",
            "cet article",
            "cette page",
            "lire plus",
            "en savoir plus",
            "lien",
        ],
    ),
    (
        "es",
        &[
            "aquí",
            "haz clic aquí",
            "este enlace",
            "este artículo",
            "leer más",
            "más",
            "enlace",
        ],
    ),
    (
        "it",
        &[
            "qui",
            "clicca qui",
            "questo link",
            "questo articolo",
            "leggi di più",
            "link",
        ],
    ),
    (
        "pt",
        &[
            "aqui",
            "clique aqui",
            "este link",
            "este artigo",
            "leia mais",
            "saiba mais",
            "link",
        ],
    ),
    (
        "nl",
        &[
            "hier",
            "klik hier",
            "deze link",
            "dit artikel",
            "lees meer",
            "meer",
            "link",
        ],
    ),
];

fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let language = &reading.survey.language;
    let words = EMPTY_WORDS.iter().find(|(known, _)| known == language);
    let words = words.map_or(&[][..], |(_, words)| words);
    for link in &reading.manuscript.links {
        let text = link
            .text
            .trim()
            .trim_end_matches(['.', ':', '!', '»', '→', '…'])
            .trim()
            .to_lowercase();
        let says_nothing = words.contains(&text.as_str())
            || !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_ascii_digit() || c.is_ascii_punctuation());
        // A footnote-like `[[1]](url)` stands for its number, and a wiki link that says no text takes the title.
        let is_note = text.starts_with('[') && text.ends_with(']');
        if says_nothing && !is_note && !is_call(&link.dest) && link.style == LinkStyle::Markdown {
            let message = format!(
                "the link's words, \"{}\", do not say where it leads",
                link.text.trim()
            );
            found.push(
                reading
                    .found(&LINT, message)
                    .at(link.span.clone())
                    .help("name what the reader will find there, or leave the text empty: `[](file.md)` takes its title"),
            );
        }
    }
}

/// Whether a link dials a number or begins a message: its words may be the number.
pub(super) fn is_call(dest: &str) -> bool {
    let scheme = dest.split_once(':').map_or("", |(scheme, _)| scheme);
    ["tel", "sms", "mailto"]
        .iter()
        .any(|call| scheme.eq_ignore_ascii_case(call))
}
