//! The stemmer of a language, of the library: for up next and for search.

use snowball_stemmers_rs::Algorithm;
pub(super) use snowball_stemmers_rs::Stemmer;

/// The stemmer of a language (BCP 47), if there is one.
pub(super) fn stemmer(language: &str) -> Option<Stemmer> {
    algorithm(&primary(language)).map(Stemmer::create)
}

/// The part of a language's tag that says which it is, some under the name that lists have for them.
pub(super) fn primary(language: &str) -> String {
    let language = language.to_ascii_lowercase();
    match language.split('-').next().unwrap_or_default() {
        "nb" | "nn" => "no",
        "iw" => "he",
        "in" => "id",
        "bs" => "hr",
        primary => primary,
    }
    .to_owned()
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "eo" => Algorithm::Esperanto,
        "es" => Algorithm::Spanish,
        "et" => Algorithm::Estonian,
        "eu" => Algorithm::Basque,
        "fa" => Algorithm::Persian,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "ga" => Algorithm::Irish,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "hy" => Algorithm::Armenian,
        "id" => Algorithm::Indonesian,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "ne" => Algorithm::Nepali,
        "nl" => Algorithm::Dutch,
        "no" => Algorithm::Norwegian,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        // In Cyrillic and in Latin; Croatian and Bosnian have the same endings.
        "sr" | "hr" => Algorithm::Serbian,
        "st" => Algorithm::Sesotho,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "uk" => Algorithm::Ukrainian,
        "yi" => Algorithm::Yiddish,
        _ => return None,
    })
}
