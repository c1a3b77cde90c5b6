//! Many short texts in one piece of memory: a page has dozens, and a text of its own for each costs more than its
//! letters.

use std::cmp::Ordering;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::fingerprint::{Fingerprint, Mix};

/// A heading of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading<'t> {
    /// 1 to 6.
    pub level: u8,
    /// What a link ends in.
    pub id: &'t str,
    /// Plain text.
    pub text: &'t str,
}

/// Texts, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Texts {
    all: Box<str>,
    /// Where each ends.
    ends: Box<[u32]>,
}

impl Texts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One of them, by its place.
    pub fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = match at {
            0 => 0,
            _ => self.ends[at - 1] as usize,
        };
        self.all.get(start..end)
    }

    /// Whether a text is one of them, which are sorted.
    pub fn contains(&self, text: &str) -> bool {
        let (mut start, mut end) = (0, self.len());
        while start < end {
            let middle = start + (end - start) / 2;
            match self.get(middle).cmp(&Some(text)) {
                Ordering::Less => start = middle + 1,
                Ordering::Equal => return true,
                Ordering::Greater => end = middle,
            }
        }
        false
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|at| self.get(at))
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Texts {
        let (mut all, mut ends) = (String::new(), Vec::new());
        for text in texts {
            all.push_str(text.as_ref());
            // They are part of a file of at most 16 MiB.
            ends.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
        }
        Texts {
            all: all.as_str().into(),
            ends: ends.as_slice().into(),
        }
    }
}

/// The headings of a page, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshDeserialize, BorshSerialize)]
pub struct Outline {
    levels: Box<[u8]>,
    /// Of each its id and its words.
    texts: Texts,
}

impl Outline {
    /// A heading by its place.
    pub fn get(&self, at: usize) -> Option<Heading<'_>> {
        Some(Heading {
            level: *self.levels.get(at)?,
            id: self.texts.get(2 * at)?,
            text: self.texts.get(2 * at + 1)?,
        })
    }

    /// Of all headings.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut mix = Mix::default();
        mix.add(self);
        mix.finish()
    }

    /// All headings.
    pub fn iter(&self) -> impl Iterator<Item = Heading<'_>> {
        (0..self.levels.len()).filter_map(|at| self.get(at))
    }
}

impl<'h> FromIterator<Heading<'h>> for Outline {
    fn from_iter<I: IntoIterator<Item = Heading<'h>>>(headings: I) -> Outline {
        let headings: Vec<Heading<'h>> = headings.into_iter().collect();
        Outline {
            levels: headings.iter().map(|heading| heading.level).collect(),
            texts: headings
                .iter()
                .flat_map(|heading| [heading.id, heading.text])
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_place() {
        let texts: Texts = ["", "a", "ab", "ü"].into_iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "a", "ab", "ü"]);
        assert_eq!((texts.get(2), texts.get(4)), (Some("ab"), None));
    }

    #[test]
    fn sorted_texts_are_searched() {
        for count in 0..6 {
            let texts: Texts = ["", "a", "ab", "c", "ü"].into_iter().take(count).collect();
            for text in texts.iter() {
                assert!(texts.contains(text), "{text} of {count}");
            }
            for missing in ["aa", "b", "z", "ü-1"] {
                assert!(!texts.contains(missing), "{missing} of {count}");
            }
            assert_eq!(texts.contains("ü"), count == 5);
        }
    }

    #[test]
    fn headings_keep_their_order() {
        let heading = |level, id, text| Heading { level, id, text };
        let headings = [heading(2, "b", "B"), heading(3, "a", "")];
        let outline: Outline = headings.into_iter().collect();
        assert_eq!(outline.iter().collect::<Vec<_>>(), headings);
    }
}
