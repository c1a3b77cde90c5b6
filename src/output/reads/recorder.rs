//! The questions that one job asks of the site, noted while it runs.

use std::cell::{Cell, RefCell};

use borsh::{BorshDeserialize, BorshSerialize};

/// A table of rows that outputs can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshDeserialize, BorshSerialize)]
pub(super) enum Part {
    Pages,
    Places,
    Targets,
    Pictures,
    Heroes,
    Backlinks,
    UpNext,
    Drawings,
    Sections,
    TopSections,
    Guides,
    Taxonomies,
    Terms,
    Years,
    Articles,
    Home,
    FrontPage,
    Indexes,
    Assets,
    Data,
    Sorting,
    Files,
    PictureFiles,
    PictureSets,
    Drawables,
    SearchRoot,
    SearchFiles,
    Counterparts,
    /// The site in its other languages.
    Elsewhere,
    /// What no output asks for by itself.
    Rest,
}

impl Part {
    /// Whether the table is a part of [`Site`]; the others stand beside it.
    pub(super) fn is_of_site(self) -> bool {
        !matches!(
            self,
            Part::Drawings
                | Part::Files
                | Part::PictureFiles
                | Part::PictureSets
                | Part::Drawables
                | Part::SearchRoot
                | Part::SearchFiles
                | Part::Elsewhere
        )
    }
}

/// The row of a question about a whole table.
pub(super) const ALL: u32 = u32::MAX;

/// A question that a job asked: for one row of a table, or for all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshDeserialize, BorshSerialize)]
pub(in crate::output) struct Question {
    pub(super) part: Part,
    pub(super) row: u32,
}

/// The questions that one job asks, while it runs.
#[derive(Debug, Default)]
pub(in crate::output) struct Recorder {
    /// None where nobody wants to know them.
    asked: Option<RefCell<Vec<Question>>>,
    /// Something was read whose answer nobody can tell again without reading it.
    pub(super) unsure: Cell<bool>,
}

impl Recorder {
    /// One that keeps what is asked.
    pub(in crate::output) fn on() -> Recorder {
        Recorder {
            asked: Some(RefCell::default()),
            unsure: Cell::new(false),
        }
    }

    /// A recorder for what is made on the way, which keeps its questions if this one does.
    pub(in crate::output) fn beside(&self) -> Recorder {
        match self.asked {
            Some(_) => Recorder::on(),
            None => Recorder::default(),
        }
    }

    /// Notes the questions that something was made of.
    pub(in crate::output) fn ask_all(&self, questions: &[Question]) {
        if let Some(asked) = &self.asked {
            asked.borrow_mut().extend_from_slice(questions);
        }
    }

    /// What was asked, each question once; none where that is not known.
    pub(in crate::output) fn questions(self) -> Option<Vec<Question>> {
        let mut asked = self.asked.filter(|_| !self.unsure.get())?.into_inner();
        asked.sort_unstable();
        asked.dedup();
        Some(asked)
    }

    pub(super) fn ask(&self, part: Part, row: u32) {
        if let Some(asked) = &self.asked {
            asked.borrow_mut().push(Question { part, row });
        }
    }
}
