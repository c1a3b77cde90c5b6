//! A page's running text, as lints of words need it: its sentences and how long they are. Made once a page, and only
//! where a lint asks. What a lint makes of them is the lint's.

pub mod ease;
pub mod passive;
pub mod sketch;
pub mod syllables;

use std::ops::Range;

use crate::parse::manuscript::{Block, BlockKind, Manuscript};
use crate::parse::segment;

/// The sentences of a page, in order.
#[derive(Debug, Default)]
pub struct Prose {
    /// Of paragraphs and the items of lists; not of headings, tables, footnotes and what others are quoted with.
    pub sentences: Vec<Sentence>,
}

/// A sentence.
#[derive(Debug)]
pub struct Sentence {
    /// The block that it stands in.
    pub block: usize,
    /// Its bytes in that block's text.
    pub bytes: Range<usize>,
    /// How many words it has.
    pub words: usize,
}

impl Prose {
    /// Cuts a body into sentences.
    pub fn new(manuscript: &Manuscript) -> Prose {
        let mut sentences = Vec::new();
        for (at, block) in manuscript.blocks.iter().enumerate() {
            if is_own(block) {
                let cut = segment::sentences(&block.text);
                sentences.extend(cut.into_iter().map(|bytes| Sentence {
                    block: at,
                    words: words(&block.text[bytes.clone()]).count(),
                    bytes,
                }));
            }
        }
        Prose { sentences }
    }
}

/// Whether it is running text that the page's author wrote.
pub fn is_own(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) && !block.cited && !block.note
}

/// What stands between white space and long dashes, and holds a letter or a digit: words as readers and word
/// processors count them.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == '—')
        .filter(|word| word.contains(char::is_alphanumeric))
}

/// Whether words stand apart in this language (a primary subtag), so that they can be counted.
pub fn has_spaces(language: &str) -> bool {
    // In Vietnamese, spaces set syllables apart.
    !["bo", "dz", "ja", "km", "lo", "my", "th", "vi", "yue", "zh"].contains(&language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::manuscript;

    #[test]
    fn sentences_are_the_authors_running_text() {
        let text = "# No\n\nOne two. Three!\n\n- four five\n\n> no\n\n> [!tip] No\n> Six — seven.\n\n```\nno\n```\n\na[^1]\n\n[^1]: no\n\n| no |\n|---|\n| no |\n";
        let manuscript = manuscript::read(text, 0);
        let prose = Prose::new(&manuscript);
        let seen: Vec<_> = prose
            .sentences
            .iter()
            .map(|s| (&manuscript.blocks[s.block].text[s.bytes.clone()], s.words))
            .collect();
        assert_eq!(
            seen,
            [
                ("One two.", 2),
                ("Three!", 1),
                ("four five", 2),
                ("Six — seven.", 2),
                ("a", 1)
            ]
        );
    }

    #[test]
    fn words_are_counted_as_readers_count_them() {
        let count = |text| words(text).count();
        assert_eq!(count("It's a well-known fact — 3.5 times."), 6);
        assert_eq!(count("one—two … (three)"), 3);
        assert_eq!(count(" - ! "), 0);
    }
}
