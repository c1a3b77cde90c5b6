//! What templates may ask of the site: the table of their functions, and what each takes. The answers are values as
//! [`super::context`] makes them, read through the one reader that notes each question; [`View::page`] gives them.

mod answer;
mod beside;
mod body;
mod memory;
mod place;

use std::collections::BTreeMap;

pub(super) use answer::keys;
pub(super) use memory::{Answered, Memory};

use super::View;
use super::template::Value;
use crate::diagnostic::{Diagnostic, nearest};
use crate::output::json;

/// A function of templates.
pub(super) struct Ask {
    /// Its name.
    pub(super) name: &'static str,
    /// What it takes.
    takes: &'static [Argument],
    /// Whether the answer is a list.
    is_list: bool,
    answer: fn(&View<'_>, &Arguments) -> Answer,
}

/// An argument of a function.
struct Argument {
    name: &'static str,
    kind: Kind,
}

/// What an argument may be.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    /// One text, or a list of them.
    Texts,
    Number,
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
}

const fn takes(name: &'static str, kind: Kind) -> Argument {
    Argument { name, kind }
}

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

impl Ask {
    /// What stands for the answer while it is not known.
    pub(super) fn stand_in(&self) -> Value {
        match self.is_list {
            true => Value::from(Vec::<Value>::new()),
            false => Value::none(),
        }
    }
}

/// An answer: the value, and how many entries it has, those within entries too.
struct Given {
    value: Value,
    entries: usize,
}

/// Why there is no answer.
enum Wrong {
    /// What was asked is not there, in words.
    Asked(String),
    /// A mistake elsewhere, such as in the template of cards.
    Elsewhere(Box<Diagnostic>),
}

impl From<Box<Diagnostic>> for Wrong {
    fn from(mistake: Box<Diagnostic>) -> Wrong {
        Wrong::Elsewhere(mistake)
    }
}

type Answer = Result<Given, Wrong>;

/// A question, with its arguments as they should be.
pub(super) struct Asked {
    pub(super) ask: &'static Ask,
    /// Tells it from all others.
    pub(super) key: String,
    arguments: Arguments,
}

impl Asked {
    /// Checks the arguments.
    ///
    /// # Errors
    /// In words: one that the function does not take, or that is of another kind.
    pub(super) fn new(
        ask: &'static Ask,
        mut given: BTreeMap<String, Value>,
    ) -> Result<Asked, String> {
        // What is null is not said: `first=page.extra.most` may be.
        given.retain(|_, value| !value.is_none());
        for (name, value) in &given {
            let Some(argument) = ask.takes.iter().find(|argument| argument.name == name) else {
                let names: Vec<&str> = ask.takes.iter().map(|argument| argument.name).collect();
                let hint = match nearest(name, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("it takes {}", names.join(", ")),
                };
                return Err(format!("`{}` takes no argument `{name}`; {hint}", ask.name));
            };
            argument
                .check(value)
                .map_err(|why| format!("`{name}` of `{}` is {why}", ask.name))?;
        }
        let key = format!("{} {}", ask.name, json::sorted(&given));
        Ok(Asked {
            ask,
            key,
            arguments: Arguments(given),
        })
    }

    /// Asks.
    ///
    /// # Errors
    /// A mistake elsewhere than in the question.
    pub(super) fn answer(&self, view: &View<'_>) -> Result<Answered, Box<Diagnostic>> {
        let (value, entries) = match (self.ask.answer)(view, &self.arguments) {
            Ok(given) => (Ok(given.value), given.entries),
            Err(Wrong::Asked(why)) => (Err(why), 0),
            Err(Wrong::Elsewhere(mistake)) => return Err(mistake),
        };
        Ok(Answered {
            value,
            entries,
            questions: Default::default(),
        })
    }
}

impl Argument {
    fn check(&self, value: &Value) -> Result<(), String> {
        let is_text = |value: &Value| value.as_str().is_some();
        let (is_right, words) = match self.kind {
            Kind::Text => (is_text(value), "a text".to_owned()),
            Kind::Texts => {
                let all = value.as_array();
                let are = is_text(value) || all.is_some_and(|all| all.iter().all(is_text));
                (are, "a text or a list of texts".to_owned())
            }
            Kind::Number => {
                let number = value.as_i64();
                (
                    number.is_some_and(|number| number >= 0),
                    "a whole number, 0 or more".to_owned(),
                )
            }
            Kind::Flag => (value.as_bool().is_some(), "true or false".to_owned()),
            Kind::Word(words) => {
                let is_one = value.as_str().is_some_and(|word| words.contains(&word));
                let near = value
                    .as_str()
                    .and_then(|word| nearest(word, words.iter().copied()));
                let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                (is_one, format!("one of {}{hint}", words.join(", ")))
            }
        };
        match is_right {
            true => Ok(()),
            false => Err(words),
        }
    }
}

/// The arguments of one question, checked.
struct Arguments(BTreeMap<String, Value>);

impl Arguments {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    fn texts(&self, name: &str) -> Option<Vec<&str>> {
        let value = self.0.get(name)?;
        match value.as_str() {
            Some(one) => Some(vec![one]),
            None => Some(value.as_array()?.iter().filter_map(Value::as_str).collect()),
        }
    }

    fn number(&self, name: &str) -> Option<usize> {
        usize::try_from(self.0.get(name)?.as_i64()?).ok()
    }

    fn is(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool) == Some(true)
    }

    /// The text of an argument that must be there.
    fn must(&self, function: &str, name: &str) -> Result<&str, Wrong> {
        let missing = || Wrong::Asked(format!("`{function}` needs the argument `{name}`"));
        self.text(name).ok_or_else(missing)
    }
}
