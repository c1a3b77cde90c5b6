//! Finds the phrases in one article's text, and the places where they could be linked.

use std::collections::BTreeMap;
use std::ops::Range;

use super::hash::add;
use super::index::Index;
use super::name;
use super::phrase::LONGEST;
use crate::model::page::PageId;
use crate::model::site::Site;
use crate::parse::manuscript::{Block, BlockKind, Manuscript};
use crate::parse::terms::PhraseWords;
use crate::parse::{self, segment};

/// What a place in a sentence with a link already is worth, and one in the article's first sentence.
const CROWDED: f32 = 0.5;
const OPENING: f32 = 0.4;

/// A place for a link.
pub(super) struct Place {
    /// The number of the phrase that stands there.
    pub(super) phrase: usize,
    /// In the file.
    pub(super) bytes: Range<usize>,
    /// The words there.
    pub(super) words: String,
    /// How well a link stands there, 0 to 1.
    pub(super) worth: f32,
}

/// The best place of each phrase whose article is wanted. All phrases are counted.
pub(super) fn find(
    site: &Site,
    id: PageId,
    bytes: &[u8],
    index: &Index,
    words: &mut PhraseWords,
    wanted: &dyn Fn(PageId) -> bool,
) -> Vec<Place> {
    let text = String::from_utf8_lossy(bytes);
    let Some(manuscript) = parse::manuscript(site.page(id), &text) else {
        return Vec::new();
    };
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    let mut best: BTreeMap<usize, Place> = BTreeMap::new();
    let opening = manuscript.blocks.iter().position(is_body);
    for (at, block) in manuscript.blocks.iter().enumerate() {
        let mut body = is_body(block).then(|| Body::new(&manuscript, at, &text));
        for (phrase, place) in phrases(&block.text, index, words) {
            *counts.entry(phrase).or_default() += 1;
            let Some(body) = body.as_mut().filter(|_| wanted(index.to(phrase))) else {
                continue;
            };
            let worth = body.worth(&place, opening == Some(at));
            if best.get(&phrase).is_some_and(|known| known.worth >= worth) || worth == 0.0 {
                continue;
            }
            best.insert(
                phrase,
                Place {
                    phrase,
                    bytes: block.place(place.clone()),
                    words: block.text[place].to_owned(),
                    worth,
                },
            );
        }
    }
    for (phrase, places) in counts {
        index.count(phrase, id, places);
    }
    best.into_values().collect()
}

/// Whether authors write links there.
fn is_body(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) && !block.quoted && !block.note
}

/// Every phrase of the index that stands in a text, and its bytes there.
fn phrases(text: &str, index: &Index, words: &mut PhraseWords) -> Vec<(usize, Range<usize>)> {
    let words = words.of(text);
    let mut found = Vec::new();
    for (from, first) in words.iter().enumerate() {
        let mut hash = 0;
        for (length, word) in words[from..].iter().take(LONGEST).enumerate() {
            if length > 0 && !word.follows {
                break;
            }
            hash = add(hash, word.key);
            if let Some(phrase) = index.find(hash) {
                found.push((phrase, first.place.start..word.place.end));
            }
        }
    }
    found
}

/// A block in which links can stand.
struct Body<'a> {
    block: &'a Block,
    file: &'a str,
    /// What is a link already, or code.
    taken: Vec<Range<usize>>,
    sentences: Option<Vec<Range<usize>>>,
}

impl<'a> Body<'a> {
    fn new(manuscript: &'a Manuscript, at: usize, file: &'a str) -> Body<'a> {
        let block = &manuscript.blocks[at];
        let links = manuscript.links.iter().filter(|link| link.block == at);
        let mut taken: Vec<Range<usize>> = links.map(|link| link.at.clone()).collect();
        taken.extend(block.code.iter().cloned());
        Body {
            block,
            file,
            taken,
            sentences: None,
        }
    }

    /// How well a link stands at a place of the text; 0 where it cannot stand.
    fn worth(&mut self, place: &Range<usize>, is_opening: bool) -> f32 {
        let overlaps = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        let text = &self.block.text;
        let is_taken = self.taken.iter().any(|taken| overlaps(taken, place));
        if is_taken || !self.is_plain(place) || !is_whole(text, place) {
            return 0.0;
        }
        let sentences = self
            .sentences
            .get_or_insert_with(|| segment::sentences(text));
        let sentence = sentences.iter().find(|sentence| overlaps(sentence, place));
        let Some(sentence) = sentence else {
            return 0.0;
        };
        let start = sentence.start;
        let within = place.start.saturating_sub(start)..place.end - start;
        if name::is_cut(&text[sentence.clone()], within) {
            return 0.0;
        }
        let mut worth = 1.0;
        if self.taken.iter().any(|taken| overlaps(taken, sentence)) {
            worth *= CROWDED;
        }
        if is_opening && sentences.first() == Some(sentence) {
            worth *= OPENING;
        }
        worth
    }

    /// Whether the file has just these words there, on one line.
    fn is_plain(&self, place: &Range<usize>) -> bool {
        self.file.get(self.block.place(place.clone())) == Some(&self.block.text[place.clone()])
    }
}

/// Whether readers see whole words there: none that a hyphen, an apostrophe or another sign joins to what stands beside it.
fn is_whole(text: &str, place: &Range<usize>) -> bool {
    let mut before = text[..place.start].chars().rev();
    let mut after = text[place.end..].chars();
    let (left, right) = (before.next(), after.next());
    let is_joined = |sign: Option<char>, beyond: Option<char>| {
        let goes_on = beyond.is_some_and(char::is_alphanumeric);
        match sign {
            // Two of them are a dash; "long-" in "long- and short-term" is a part of a word, too.
            Some(hyphen @ ('-' | '\u{2010}' | '\u{2011}')) => beyond != Some(hyphen),
            Some('\'' | '’' | '_' | '@' | '&' | '.' | '/' | ':' | '#' | '+' | '=') => goes_on,
            _ => false,
        }
    };
    // "readers'", where no quote ends.
    let is_quoted = left.is_some_and(|sign| "'‘‚’‹«".contains(sign));
    let is_owner = right.is_some_and(|sign| "'’".contains(sign)) && !is_quoted;
    !is_owner && !is_joined(left, before.next()) && !is_joined(right, after.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_as_readers_see_them() {
        for (text, is_wanted) in [
            ("a night walk is", true),
            ("night walk", true),
            ("a \u{201c}night walk\u{201d}, or (night walk)", true),
            ("'night walk' or ‘night walk’", true),
            ("so–night walk–so--night walk--", true),
            ("on/off night walk. Then: night walk", true),
            ("one night walk-on", false),
            ("mid-night walk", false),
            ("the night walk- and day-trip", false),
            ("mid\u{2011}night walk", false),
            ("the night walk's end", false),
            ("all night walk' ends", false),
            ("l’night walk", false),
            ("me@night walk", false),
            ("see night walk.org", false),
            ("x_night walk and night walk_x", false),
        ] {
            for (at, phrase) in text.match_indices("night walk") {
                let place = at..at + phrase.len();
                assert_eq!(is_whole(text, &place), is_wanted, "{text} at {at}");
            }
        }
    }
}
