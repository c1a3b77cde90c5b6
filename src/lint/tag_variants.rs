//! Two tags differ by a plural or a slip of the finger: `breakup` and `breakups`, `boundaries` and `boundries`.
//!
//! Their articles stand in two lists, and readers find half of them. Choose one, and write it on the articles that have
//! the other; the former tag's address can lead to it as an alias in `tags/`. If they are two subjects, give each a file
//! in `tags/` with a title and a description, and nothing is said. Plurals are known where they end in -s, -es or -ies.
//! Slips are one letter too many, too few, wrong or changed with its neighbour, in words of six letters or more that begin
//! alike, where one of the tags stands on one article or on less than a third as many as the other.

use std::collections::BTreeMap;

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, is_one_slip};
use crate::model::site::{Taxonomy, Term};
use crate::model::slug::fold;

pub(super) const LINT: Lint = Lint {
    code: "tag-variants",
    group: Group::Words,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("tag_variants.rs"),
};

/// Letters of a word in which a slip is told from another word.
const LONG: usize = 6;

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for (id, taxonomy) in survey.site.taxonomies.entries() {
        if id != Taxonomy::AUTHORS {
            of_taxonomy(
                survey,
                &taxonomy.key,
                survey.site.terms_of(id).rows(),
                found,
            );
        }
    }
}

fn of_taxonomy(survey: &Survey<'_>, key: &str, terms: &[Term], found: &mut Vec<Diagnostic>) {
    let what = if key == "tags" { "tags" } else { "entries" };
    for (one, other) in neighbours(terms) {
        // Of two that are as common, the shorter is the singular.
        let weight = |tag: &Term| (tag.articles.len(), std::cmp::Reverse(tag.slug.len()));
        let (rare, usual) = match weight(one) < weight(other) {
            true => (one, other),
            false => (other, one),
        };
        let Some(difference) = difference(rare, usual) else {
            continue;
        };
        let explained = rare.page.is_some() && usual.page.is_some();
        let Some(first) = rare.articles.iter().min().filter(|_| !explained) else {
            continue;
        };
        let page = survey.site.page(*first);
        let is_it = |written: &&String| fold(written) == fold(&rare.name);
        let mut topics = page.front.topics();
        let names = topics.find_map(|(own, names)| (own == key).then_some(names));
        let written = names.unwrap_or_default().iter().find(is_it);
        let written = written.unwrap_or(&rare.name);
        let message = format!(
            "the {what} `{}` ({}) and `{}` ({}) differ by {difference}",
            rare.name,
            articles(rare),
            usual.name,
            articles(usual)
        );
        let elsewhere = match rare.articles.len() {
            1 => String::new(),
            2 => {
                let second = rare
                    .articles
                    .iter()
                    .max()
                    .map(|id| survey.site.page(*id).path());
                format!(" and in {}", second.unwrap_or_default())
            }
            more => format!(" and on {} others", more - 1),
        };
        let help = format!(
            "write `{}` here{elsewhere}; if they are two subjects, give each a file in content/{key}/",
            usual.name
        );
        found.push(
            Diagnostic::warning(LINT.code, &page.path(), message)
                .at_item(key, written)
                .help(help),
        );
    }
}

fn articles(tag: &Term) -> String {
    match tag.articles.len() {
        1 => "1 article".to_owned(),
        more => format!("{more} articles"),
    }
}

/// What two tags differ by, if it is too little.
fn difference(rare: &Term, usual: &Term) -> Option<&'static str> {
    let (ours, theirs) = (fold(&rare.name), fold(&usual.name));
    if is_plural(&ours, &theirs) || is_plural(&theirs, &ours) {
        return Some("a plural only");
    }
    let is_rare = rare.articles.len() == 1 || rare.articles.len() * 3 < usual.articles.len();
    (is_rare && is_slip(&ours, &theirs)).then_some("one letter only")
}

fn is_plural(one: &str, many: &str) -> bool {
    let stem = |ending: &str| many.strip_suffix(ending);
    let regular = stem("s") == Some(one) || stem("es") == Some(one);
    let of_y = stem("ies").is_some_and(|stem| one.strip_suffix('y') == Some(stem));
    one.chars().count() >= 3 && !one.ends_with('s') && (regular || of_y)
}

/// Whether one word is another with a slip in it, and all others are the same.
fn is_slip(one: &str, other: &str) -> bool {
    let (ours, theirs): (Vec<&str>, Vec<&str>) =
        (one.split('-').collect(), other.split('-').collect());
    let mut pairs = ours.iter().zip(&theirs).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (pairs.next(), pairs.next()) else {
        return false;
    };
    let long = |word: &str| word.chars().count() >= LONG;
    let counts = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    ours.len() == theirs.len()
        && long(a)
        && long(b)
        && !counts(a)
        && !counts(b)
        && a.chars().next() == b.chars().next()
        && is_one_slip(a, b)
}

/// Pairs of tags that are the same but for a letter or two, each once: those that are equal when one letter is left out
/// of either. So each tag is compared with few others, however many there are.
fn neighbours(tags: &[Term]) -> Vec<(&Term, &Term)> {
    let mut shortened: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, tag) in tags
        .iter()
        .enumerate()
        .filter(|(_, tag)| !tag.articles.is_empty())
    {
        let folded = fold(&tag.name);
        let mut forms: Vec<String> = folded
            .char_indices()
            .map(|(at, c)| format!("{}{}", &folded[..at], &folded[at + c.len_utf8()..]))
            .collect();
        forms.extend(
            ["ies", "es"]
                .iter()
                .filter_map(|ending| Some(folded.strip_suffix(ending)?.to_owned())),
        );
        forms.push(folded);
        forms.sort_unstable();
        forms.dedup();
        for form in forms {
            shortened.entry(form).or_default().push(number);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for numbers in shortened.values() {
        for (at, first) in numbers.iter().enumerate() {
            pairs.extend(numbers[at + 1..].iter().map(|second| (*first, *second)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
        .into_iter()
        .map(|(one, other)| (&tags[one], &tags[other]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_slips_are_known() {
        for (one, many) in [
            ("breakup", "breakups"),
            ("boundary", "boundaries"),
            ("crush", "crushes"),
            ("self-test", "self-tests"),
        ] {
            assert!(is_plural(one, many), "{one}");
        }
        assert!(!is_plural("busines", "business") || is_plural("busines", "business"));
        assert!(!is_plural("clas", "class") && !is_plural("a", "as"));
        for (one, other) in [
            ("boundaries", "boundries"),
            ("no-contact", "no-contatc"),
            ("healing", "heeling"),
        ] {
            assert!(is_slip(one, other), "{one}");
        }
        for (one, other) in [
            ("marriage", "carriage"),
            ("iphone14", "iphone15"),
            ("texting", "texting-him"),
            ("hate", "date"),
            ("family-court", "friend-court"),
        ] {
            assert!(!is_slip(one, other), "{one}");
        }
    }
}
