//! Chooses of the findings what can be mended together.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::edit::{Edit, Plan};

/// What mends what was found, as far as that is sure.
#[derive(Debug, Default)]
pub struct Mending {
    /// The changes.
    pub plan: Plan,
    /// Findings that they mend.
    pub things: usize,
}

impl Mending {
    /// Of these findings. One whose changes stand in the way of an earlier one's is left for the next time.
    pub fn of(found: &[Diagnostic]) -> Mending {
        let mut taken: BTreeMap<(&str, usize), usize> = BTreeMap::new();
        let mut mending = Mending::default();
        for diagnostic in found.iter().filter(|d| !d.fixes.is_empty()) {
            let is_free = |edit: &Edit| {
                let (start, end) = edit.bytes;
                let before = taken.range(..=(edit.path.as_str(), start)).next_back();
                let after = taken.range((edit.path.as_str(), start)..).next();
                let in_file = |path: &str| path == edit.path;
                before.is_none_or(|((path, at), to)| !in_file(path) || *at < start && *to <= start)
                    && after.is_none_or(|((path, at), _)| !in_file(path) || *at >= end)
            };
            if diagnostic.fixes.iter().all(is_free) {
                for edit in &diagnostic.fixes {
                    taken.insert((&edit.path, edit.bytes.0), edit.bytes.1);
                    mending.plan.edits.push(edit.clone());
                }
                mending.things += 1;
            }
        }
        mending.plan.edits.sort();
        mending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_to_one_place_wait_for_each_other() {
        let finding = |edits: &[(usize, usize)]| {
            edits
                .iter()
                .fold(Diagnostic::warning("x", "a.md", ""), |d, (start, end)| {
                    d.fix(Edit::new("a.md", *start..*end, "y"))
                })
        };
        let found = [
            finding(&[(4, 6), (8, 9)]),
            finding(&[(4, 6)]),
            finding(&[(0, 1), (5, 7)]),
            finding(&[(2, 4)]),
            finding(&[(6, 8)]),
            finding(&[]),
        ];
        let mending = Mending::of(&found);
        let places: Vec<_> = mending.plan.edits.iter().map(|edit| edit.bytes).collect();
        assert_eq!(places, [(2, 4), (4, 6), (6, 8), (8, 9)]);
        assert_eq!(mending.things, 3);
    }
}
