//! What templates may ask of the site: the table of their functions, and what each takes. The answers are values as
//! [`super::context`] makes them, read through the one reader that notes each question; [`super::View::page`] gives them.

mod answer;
mod beside;
mod body;
mod place;

use super::template::{Answer, Argument, Arguments, Ask, Given, Kind, Wrong, takes};

/// What articles can be sorted by.
const SORTS: &[&str] = &["date", "updated", "title", "weight", "address"];

const OF: Argument = takes("of", Kind::Text);
const OPTIONAL: Argument = takes("optional", Kind::Flag);
const FIRST: Argument = takes("first", Kind::Number);

/// All of them. To add one, add its line here and to `docs/themes.md`.
pub(super) const ASKS: &[Ask] = &[
    Ask {
        name: "articles",
        takes: &[
            takes("section", Kind::Text),
            takes("deep", Kind::Flag),
            takes("tag", Kind::Text),
            takes("author", Kind::Text),
            takes("taxonomy", Kind::Text),
            takes("term", Kind::Text),
            takes("files", Kind::Texts),
            takes("linking_to", Kind::Text),
            takes("linked_from", Kind::Text),
            takes("sort", Kind::Word(SORTS)),
            takes("reverse", Kind::Flag),
            takes("skip", Kind::Number),
            FIRST,
            OPTIONAL,
        ],
        is_list: true,
        answer: answer::articles,
    },
    Ask {
        name: "article",
        takes: &[OF, OPTIONAL],
        is_list: false,
        answer: answer::article,
    },
    Ask {
        name: "sections",
        takes: &[OF, takes("depth", Kind::Number), FIRST, OPTIONAL],
        is_list: true,
        answer: answer::sections,
    },
    Ask {
        name: "section",
        takes: &[OF, takes("depth", Kind::Number), OPTIONAL],
        is_list: false,
        answer: answer::section,
    },
    Ask {
        name: "beside",
        takes: &[
            OF,
            takes("within", Kind::Text),
            takes("by", Kind::Word(&["folder", "date"])),
        ],
        is_list: false,
        answer: beside::answer,
    },
    Ask {
        name: "body",
        takes: &[OF],
        is_list: false,
        answer: answer::body,
    },
    Ask {
        name: "guides",
        takes: &[FIRST],
        is_list: true,
        answer: answer::guides,
    },
    Ask {
        name: "guide",
        takes: &[OF, OPTIONAL],
        is_list: false,
        answer: answer::guide,
    },
    Ask {
        name: "tags",
        takes: &[takes("sort", Kind::Word(&["address", "count"])), FIRST],
        is_list: true,
        answer: answer::tags,
    },
    Ask {
        name: "authors",
        takes: &[takes("sort", Kind::Word(&["address", "count"])), FIRST],
        is_list: true,
        answer: answer::authors,
    },
    Ask {
        name: "terms",
        takes: &[
            takes("taxonomy", Kind::Text),
            takes("sort", Kind::Word(&["address", "count"])),
            FIRST,
            OPTIONAL,
        ],
        is_list: true,
        answer: answer::terms,
    },
    Ask {
        name: "pages",
        takes: &[takes("sort", Kind::Word(SORTS)), FIRST],
        is_list: true,
        answer: answer::pages,
    },
    Ask {
        name: "data",
        takes: &[takes("path", Kind::Text), OPTIONAL],
        is_list: false,
        answer: answer::data,
    },
];
