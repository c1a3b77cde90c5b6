//! What templates ask of the site by functions: what each function takes, and one question with its arguments.

use std::collections::BTreeMap;

use super::Value;
use super::memory::Answered;
use crate::diagnostic::{Diagnostic, nearest};
use crate::output::{View, json};

/// A function of templates.
pub(in crate::output) struct Ask {
    /// Its name.
    pub(in crate::output) name: &'static str,
    /// What it takes.
    pub(in crate::output) takes: &'static [Argument],
    /// Whether the answer is a list.
    pub(in crate::output) is_list: bool,
    pub(in crate::output) answer: fn(&View<'_>, &Arguments) -> Answer,
}

/// An argument of a function.
pub(in crate::output) struct Argument {
    pub(in crate::output) name: &'static str,
    pub(in crate::output) kind: Kind,
}

/// What an argument may be.
#[derive(Clone, Copy)]
pub(in crate::output) enum Kind {
    Text,
    /// One text, or a list of them.
    Texts,
    Number,
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
}

pub(in crate::output) const fn takes(name: &'static str, kind: Kind) -> Argument {
    Argument { name, kind }
}

impl Ask {
    /// What stands for the answer while it is not known.
    pub(in crate::output) fn stand_in(&self) -> Value {
        match self.is_list {
            true => Value::from(Vec::<Value>::new()),
            false => Value::none(),
        }
    }
}

/// An answer: the value, and how many entries it has, those within entries too.
pub(in crate::output) struct Given {
    pub(in crate::output) value: Value,
    pub(in crate::output) entries: usize,
}

/// Why there is no answer.
pub(in crate::output) enum Wrong {
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

pub(in crate::output) type Answer = Result<Given, Wrong>;

/// A question, with its arguments as they should be.
pub(in crate::output) struct Asked {
    pub(in crate::output) ask: &'static Ask,
    /// Tells it from all others.
    pub(in crate::output) key: String,
    pub(in crate::output) arguments: Arguments,
}

impl Asked {
    /// Checks the arguments.
    ///
    /// # Errors
    /// In words: one that the function does not take, or that is of another kind.
    pub(in crate::output) fn new(
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
    pub(in crate::output) fn answer(&self, view: &View<'_>) -> Result<Answered, Box<Diagnostic>> {
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
pub(in crate::output) struct Arguments(BTreeMap<String, Value>);

impl Arguments {
    pub(in crate::output) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    pub(in crate::output) fn texts(&self, name: &str) -> Option<Vec<&str>> {
        let value = self.0.get(name)?;
        match value.as_str() {
            Some(one) => Some(vec![one]),
            None => Some(value.as_array()?.iter().filter_map(Value::as_str).collect()),
        }
    }

    pub(in crate::output) fn number(&self, name: &str) -> Option<usize> {
        usize::try_from(self.0.get(name)?.as_i64()?).ok()
    }

    pub(in crate::output) fn is(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool) == Some(true)
    }

    /// The text of an argument that must be there.
    pub(in crate::output) fn must(&self, function: &str, name: &str) -> Result<&str, Wrong> {
        let missing = || Wrong::Asked(format!("`{function}` needs the argument `{name}`"));
        self.text(name).ok_or_else(missing)
    }
}
