//! Puts pieces of one colour together.

use crate::model::page::Run;

/// Runs of colours; neighbours of one class are one.
#[derive(Default)]
pub(super) struct Runs {
    pub(super) runs: Vec<Run>,
}

impl Runs {
    /// Adds a piece of the text.
    pub(super) fn add(&mut self, mut length: usize, class: u8) {
        if let Some(last) = self.runs.last_mut().filter(|last| last.class == class) {
            let added = length.min(usize::from(u16::MAX - last.length));
            last.length += added as u16;
            length -= added;
        }
        while length > 0 {
            let part = length.min(usize::from(u16::MAX));
            self.runs.push(Run {
                length: part as u16,
                class,
            });
            length -= part;
        }
    }
}
