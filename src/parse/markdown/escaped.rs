//! A text with escapes in it, and the way back to the places of the original.

use std::ops::Range;

/// A text with escapes.
pub(super) struct Escaped {
    pub(super) text: String,
    /// The bytes of the original before which an escape stands now, in order.
    places: Vec<usize>,
}

impl Escaped {
    /// The text with `sign`, one byte, before each of these bytes, which are in order; none where there are none.
    pub(super) fn new(text: &str, places: Vec<usize>, sign: char) -> Option<Escaped> {
        (!places.is_empty()).then_some(())?;
        let mut escaped = String::with_capacity(text.len() + places.len());
        let mut done = 0;
        for place in &places {
            escaped.push_str(&text[done..*place]);
            escaped.push(sign);
            done = *place;
        }
        escaped.push_str(&text[done..]);
        Some(Escaped {
            text: escaped,
            places,
        })
    }

    /// The bytes of the original text for bytes of this one.
    pub(super) fn original(&self, bytes: Range<usize>) -> Range<usize> {
        self.back(bytes.start)..self.back(bytes.end)
    }

    fn back(&self, byte: usize) -> usize {
        // The escape before place i of the original is byte `place + i` here.
        let (mut low, mut high) = (0, self.places.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.places[middle] + middle < byte {
                low = middle + 1
            } else {
                high = middle
            }
        }
        byte - low
    }
}
