//! A run of plain text, with the way back from its bytes to those of the file.

use std::ops::Range;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading, 1 to 6.
    Heading(u8),
    /// The first lines of a list's item, where they are no paragraph.
    Item,
    /// A table's cell.
    Cell,
    /// The title of a callout.
    CalloutTitle,
}

/// A run of plain text.
#[derive(Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, without markup; each line end is a space.
    pub text: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// In a block quote or a callout.
    pub quoted: bool,
    /// In a block quote that is no callout: most often somebody else's words.
    pub cited: bool,
    /// In a list.
    pub listed: bool,
    /// In a footnote.
    pub note: bool,
    /// What of the text is code.
    pub code: Vec<Range<usize>>,
    /// Where pieces of the text begin, in the text and in the file.
    pub(super) places: Vec<(usize, usize)>,
}

impl Block {
    /// The bytes in the file of these bytes of the text.
    pub fn place(&self, bytes: Range<usize>) -> Range<usize> {
        let end = match bytes.end > bytes.start {
            true => self.in_file(bytes.end - 1) + 1,
            false => self.in_file(bytes.start),
        };
        self.in_file(bytes.start)..end
    }

    fn in_file(&self, at: usize) -> usize {
        let after = self.places.partition_point(|(text, _)| *text <= at);
        match after.checked_sub(1).map(|before| self.places[before]) {
            Some((text, file)) => file + (at - text),
            None => self.span.start,
        }
    }

    /// A part of it as a block of its own.
    pub(super) fn part(&self, kind: BlockKind, cited: bool, bytes: Range<usize>) -> Block {
        Block {
            kind,
            text: self.text[bytes.clone()].to_owned(),
            span: self.place(bytes.clone()),
            code: within(&self.code, bytes.clone()),
            places: moved(&self.places, bytes),
            cited,
            ..*self
        }
    }
}

/// What of these ranges is in a part of a text, from where that begins.
fn within(ranges: &[Range<usize>], part: Range<usize>) -> Vec<Range<usize>> {
    let inside = |range: &Range<usize>| {
        let (start, end) = (range.start.max(part.start), range.end.min(part.end));
        (start < end).then(|| start - part.start..end - part.start)
    };
    ranges.iter().filter_map(inside).collect()
}

/// The places of a part of a text.
fn moved(places: &[(usize, usize)], part: Range<usize>) -> Vec<(usize, usize)> {
    let first = places
        .partition_point(|(text, _)| *text <= part.start)
        .saturating_sub(1);
    places[first..]
        .iter()
        .filter(|(text, _)| *text < part.end)
        .map(|(text, file)| {
            let cut = part.start.saturating_sub(*text);
            (text + cut - part.start, file + cut)
        })
        .collect()
}
