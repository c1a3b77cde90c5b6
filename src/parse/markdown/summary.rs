//! The summary that the first paragraphs make.

use crate::model::front_matter::text::one_line;

/// Characters of a summary, at most.
const LIMIT: usize = 320;

/// The opening of the text, as it is gathered.
#[derive(Default)]
pub(super) struct Summary {
    text: String,
    first_paragraph: usize,
    cut: Option<usize>,
}

impl Summary {
    /// Adds a paragraph, while there is room.
    pub(super) fn add(&mut self, paragraph: &str) {
        let paragraph = paragraph.trim();
        let room = self.text.len() < LIMIT * 4;
        // A mark with nothing before it cuts nothing.
        let is_cut = self.cut.is_some_and(|cut| cut > 0);
        if !room || paragraph.is_empty() || is_cut {
            return;
        }
        // What ends in a comma, such as the greeting of a letter, goes on in the next paragraph.
        let begins = self.first_paragraph == self.text.len()
            && (self.text.is_empty() || self.text.ends_with([',', '，', '、', '،']));
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(paragraph);
        if begins {
            self.first_paragraph = self.text.len();
        }
    }

    /// Ends it here: its author wrote `<!-- more -->`.
    pub(super) fn cut(&mut self) {
        self.cut.get_or_insert(self.text.len());
    }

    /// The text up to where its author cut it, else its first paragraph; not too long.
    pub(super) fn finish(&self) -> String {
        let end = self.cut.filter(|cut| *cut > 0);
        shorten(&self.text[..end.unwrap_or(self.first_paragraph)], LIMIT)
    }
}

/// At most `limit` characters, cut after a sentence or else at a word.
fn shorten(text: &str, limit: usize) -> String {
    let text = one_line(text);
    let Some((cut, _)) = text.char_indices().nth(limit) else {
        return text.into_owned();
    };
    let head = &text[..cut];
    let sentence = head.rfind(". ").map(|i| i + 1).filter(|i| *i * 2 > cut);
    match sentence {
        Some(end) => head[..end].to_owned(),
        None => format!(
            "{}…",
            head[..head.rfind(' ').unwrap_or(cut)].trim_end_matches([',', ';', ':', ' '])
        ),
    }
}
