//! A small picture of a long text, by which texts that share much are found: the least hashes of all runs of five
//! words (Broder 1997). Two texts that share half of their runs share about half of these.

use crate::parse::manuscript::{BlockKind, Manuscript};

/// Words in a run.
const RUN: usize = 5;

/// Hashes that are kept: the error of a share is six in a hundred at most.
const KEPT: usize = 64;

/// So many of them find the pairs that are worth comparing.
const KEYS: usize = 16;

/// What is kept of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    /// The least hashes, sorted, each once.
    least: Box<[u32]>,
    /// Runs of the text, those that come again too.
    pub runs: u32,
}

impl Sketch {
    /// Of a body's words, code left out. Where words do not stand apart, each character is as a word.
    pub fn new(manuscript: &Manuscript, has_spaces: bool) -> Sketch {
        let mut words = Vec::new();
        for block in &manuscript.blocks {
            if matches!(
                block.kind,
                BlockKind::Paragraph | BlockKind::Item | BlockKind::Cell
            ) {
                hash_words(&block.text, has_spaces, &mut words);
            }
        }
        let run = |five: &[u32]| {
            let start = 0x9E37_79B9_7F4A_7C15_u64;
            let whole = five
                .iter()
                .fold(start, |sum, word| mixed(sum ^ u64::from(*word)));
            (whole >> 32) as u32
        };
        let runs: Vec<u32> = words.windows(RUN).map(run).collect();
        Sketch {
            least: least(&runs),
            runs: u32::try_from(runs.len()).unwrap_or(u32::MAX),
        }
    }

    /// The hashes by which texts are looked up that may be alike.
    pub fn keys(&self) -> &[u32] {
        &self.least[..self.least.len().min(KEYS)]
    }

    /// The share of all runs of both texts that stand in both, from 0 to 1: an estimate.
    pub fn resemblance(&self, other: &Sketch) -> f64 {
        let (mut ours, mut theirs) = (self.least.iter().peekable(), other.least.iter().peekable());
        let (mut seen, mut shared) = (0u32, 0u32);
        while seen < KEPT as u32 {
            let order = match (ours.peek(), theirs.peek()) {
                (Some(a), Some(b)) => a.cmp(b),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => break,
            };
            if order.is_le() {
                ours.next();
            }
            if order.is_ge() {
                theirs.next();
            }
            shared += u32::from(order.is_eq());
            seen += 1;
        }
        f64::from(shared) / f64::from(seen.max(1))
    }

    /// The share of this text that stands in the other, from 0 to 1: an estimate.
    pub fn share_in(&self, other: &Sketch) -> f64 {
        let alike = self.resemblance(other);
        let both = f64::from(self.runs) + f64::from(other.runs);
        (alike / (1.0 + alike) * both / f64::from(self.runs.max(1))).min(1.0)
    }
}

/// The least of some hashes, sorted, each once.
fn least(hashes: &[u32]) -> Box<[u32]> {
    // Of many, only the small ones are worth sorting: twice as many as are kept, as luck has it.
    let bound = (u64::from(u32::MAX) * 3 * KEPT as u64 / hashes.len().max(1) as u64)
        .min(u64::from(u32::MAX)) as u32;
    for bound in [bound, u32::MAX] {
        let mut small: Vec<u32> = hashes
            .iter()
            .copied()
            .filter(|hash| *hash <= bound)
            .collect();
        small.sort_unstable();
        small.dedup();
        if small.len() >= KEPT || bound == u32::MAX {
            small.truncate(KEPT);
            return small.into();
        }
    }
    Box::default()
}

/// Hashes the words of a text, case folded.
fn hash_words(text: &str, has_spaces: bool, words: &mut Vec<u32>) {
    const NONE: u64 = 0xCBF2_9CE4_8422_2325;
    let mut hash = NONE;
    let mut end = |hash: &mut u64| {
        if *hash != NONE {
            words.push((mixed(*hash) >> 32) as u32);
            *hash = NONE;
        }
    };
    for c in text.chars() {
        let folded = c.to_ascii_lowercase();
        if folded.is_ascii_alphanumeric() {
            hash = (hash ^ u64::from(folded)).wrapping_mul(0x0100_0000_01B3);
        } else if folded.is_ascii() {
            // "don't" and "dont" are one word.
            if folded != '\'' {
                end(&mut hash);
            }
        } else if c.is_alphanumeric() {
            for lower in c.to_lowercase() {
                hash = (hash ^ u64::from(lower)).wrapping_mul(0x0100_0000_01B3);
            }
            if !has_spaces {
                end(&mut hash);
            }
        } else if c != '’' {
            end(&mut hash);
        }
    }
    end(&mut hash);
}

/// Spreads a hash over all its bits.
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (hash ^ (hash >> 29)).wrapping_mul(0x94D0_49BB_1331_11EB)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::manuscript;

    fn sketch(words: impl Iterator<Item = usize>) -> Sketch {
        let text: Vec<String> = words.map(|n| format!("w{n}")).collect();
        Sketch::new(&manuscript::read(&text.join(" "), 0), true)
    }

    #[test]
    fn the_share_is_about_right() {
        let whole = sketch(0..1000);
        assert_eq!(whole.resemblance(&whole), 1.0);
        assert_eq!(whole.resemblance(&sketch(2000..3000)), 0.0);
        // 1,000 words of which 750 are the other's: 746 runs of 1,246 in all.
        let most = sketch(250..1250);
        assert!(
            (whole.resemblance(&most) - 0.6).abs() < 0.15,
            "{}",
            whole.resemblance(&most)
        );
        assert!((whole.share_in(&most) - 0.75).abs() < 0.12);
        // All of a text of half the length stands in the longer one.
        let half = sketch(0..500);
        assert!(half.share_in(&whole) > 0.85 && (whole.share_in(&half) - 0.5).abs() < 0.12);
    }

    #[test]
    fn case_marks_and_signs_do_not_count() {
        let of = |text: &str| Sketch::new(&manuscript::read(text, 0), true);
        assert_eq!(
            of("Don’t *go* ÜBER there; not now!"),
            of("dont go über [there](x.md) not now")
        );
        assert_eq!(of("one two three four").runs, 0);
        let characters = Sketch::new(&manuscript::read("我们不再联系了。", 0), false);
        assert_eq!(characters.runs, 3);
    }
}
