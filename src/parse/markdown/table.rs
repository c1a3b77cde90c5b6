//! Tables: tells of cells that readers do not see.

use std::ops::Range;

use super::Reader;

impl Reader<'_, '_> {
    /// Tells of the cells of a row that the table has no column for.
    pub(super) fn lost_cells(&mut self, row: &Range<usize>) {
        let Some(source) = self.text.get(row.clone()) else {
            return;
        };
        let line = source.trim_end();
        let start = usize::from(line.starts_with('|'));
        let is_bar = |at: &usize| {
            let before = line[..*at].bytes().rev();
            before.take_while(|b| *b == b'\\').count() % 2 == 0
        };
        let bars = line[start..].match_indices('|').map(|(at, _)| start + at);
        let Some(bar) = bars.filter(is_bar).nth(self.columns.saturating_sub(1)) else {
            return;
        };
        let lost = &line[bar + 1..];
        if lost
            .trim_matches(|c: char| c == '|' || c.is_whitespace())
            .is_empty()
        {
            return;
        }
        let help = match line.contains('`') || line.contains("[[") {
            true => {
                "add a column to the table's head; a bar that is part of a text is written `\\|`, in code too"
            }
            false => "add a column to the table's head, or put these words into another cell",
        };
        let words = lost.len() - lost.trim_start().len();
        let place = row.start + bar + 1 + words..row.start + line.len();
        self.warn(
            "lost-words",
            "readers do not see these cells: the table's head has no column for them".into(),
            &place,
            help,
        );
    }
}
