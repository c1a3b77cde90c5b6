//! The replies beside an article, in `<article>.replies.yml`: types them, tells every wrong key and value with
//! its place, sorts each thread and gives every reply its anchor. Whether an author whom a reply names is one
//! of the site's is link's to say; how a text is shown is output's.

mod anchors;
mod place;

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::front_matter::help_for;
use super::yaml::{self, Mapping, Piece, Value};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::date::{Date, WrittenDate, Zone};
use crate::model::front_matter::text::Text;
use crate::model::page::{Kind, Page};
use crate::model::reply::Reply;
use crate::model::slug::slugify;
use crate::model::source;
use crate::model::wording;

pub use anchors::find_key;

/// What the names of these files end in.
pub const ENDING: &str = ".replies.yml";

const PIECE: Piece = Piece {
    name: "this file",
    code: "reply",
    longest: 1 << 20,
    // Texts may hold single brackets, such as those of sad faces.
    deepest: 1000,
    help: "a file of replies is a list of what readers wrote below one article",
    colon: "a text with a colon in it stands in quotes, or indented below a line `text: |`",
};
/// Deeper threads are too narrow to be read on a telephone.
const DEEPEST: usize = 5;
const KEYS: [&str; 7] = ["name", "date", "text", "id", "author", "hidden", "replies"];

/// The Markdown file that a file of replies belongs to.
pub fn article_of(source: &str) -> String {
    format!("{}.md", source.strip_suffix(ENDING).unwrap_or(source))
}

/// Reads the file at `source` (relative to `content/`): the threads in the order that readers see, without
/// what is hidden.
pub fn read(source: &str, bytes: &[u8], zone: &Zone) -> (Vec<Reply>, Vec<Diagnostic>) {
    let path = format!("content/{source}");
    let text = match super::decode(&path, bytes) {
        Ok(text) => text,
        Err(error) => return (Vec::new(), vec![*error]),
    };
    let base = if text.starts_with('\u{feff}') { 3 } else { 0 };
    if let Some(error) = yaml::too_much(&PIECE, &path, &text[base..], base) {
        return (Vec::new(), vec![error]);
    }
    let mut hidden = Vec::new();
    let source = yaml::without_controls(&path, &text[base..], base, &mut hidden);
    let list = match yaml::value(&PIECE, &path, &source, base) {
        Ok(list) => list,
        Err(error) => return (Vec::new(), vec![*error]),
    };
    let mut reader = Reader {
        path: &path,
        text,
        zone,
        ids: BTreeSet::new(),
        errors: hidden,
    };
    let replies = match list {
        Value::Null => Vec::new(),
        Value::Sequence(items) => reader.list(&items, &mut Vec::new()),
        _ => {
            reader
                .wrong("reply", "this file is not a list of replies", &[], None)
                .help = Some(
                "begin each reply with a hyphen: `- name: …`, and its other keys below the `name`"
                    .into(),
            );
            Vec::new()
        }
    };
    (replies, reader.errors)
}

/// Hands replies to the article that they belong to. `pages` are sorted by file; `broken` are files that
/// could not be read, whose own mistakes are told already.
pub fn attach(
    pages: &mut [Page],
    broken: &[String],
    source: &str,
    replies: Vec<Reply>,
) -> Vec<Diagnostic> {
    let path = format!("content/{source}");
    let article = article_of(source);
    let at = pages.binary_search_by(|page| page.source.as_str().cmp(&article));
    // Its name may have another ending.
    let is = |page: &Page| source::with_usual_ending(&page.source) == article;
    match at.or_else(|at| pages.iter().position(is).ok_or(at)) {
        Ok(at) if pages[at].is_article() || pages[at].kind == Kind::Page => {
            anchors::set(&mut pages[at], &path, replies)
        }
        Ok(_) => vec![
            Diagnostic::warning(
                "replies",
                &path,
                format!("these replies are not shown: content/{article} is no article"),
            )
            .help("replies stand below articles, pages and the hubs of guides"),
        ],
        Err(_) if broken.contains(&article) => Vec::new(),
        Err(_) => {
            let folder = article.rsplit_once('/').map_or("", |(folder, _)| folder);
            let beside = pages.iter().filter(|page| page.folder() == folder);
            let near =
                crate::diagnostic::nearest(&article, beside.map(|page| page.source.as_str()));
            let message = format!("these replies are not shown: there is no content/{article}");
            vec![
                Diagnostic::warning("replies", &path, message).help(match near {
                    Some(near) => {
                        format!("did you mean `{}{ENDING}`?", source::without_ending(near))
                    }
                    None => "give it the name of the article beside it, or remove it".to_owned(),
                }),
            ]
        }
    }
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    zone: &'a Zone,
    /// Those that replies give themselves.
    ids: BTreeSet<String>,
    errors: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// `at` is the way to the list; see [`place::find`].
    fn list(&mut self, items: &[Value], at: &mut Vec<usize>) -> Vec<Reply> {
        let mut replies = Vec::new();
        for (number, item) in items.iter().enumerate() {
            at.push(number);
            match item {
                Value::Mapping(keys) => replies.extend(self.reply(keys, at)),
                _ => {
                    self.wrong("reply", "this is not a reply", at, None).help = Some(
                        "a reply has keys: `- name: …`, and `text: …` below the `name`".into(),
                    );
                }
            }
            at.pop();
        }
        // Stable: what has one date, or none, keeps the file's order.
        replies.sort_by_key(|reply| (reply.date.is_none(), reply.date));
        replies
    }

    /// Nothing where it is hidden.
    fn reply(&mut self, keys: &Mapping, at: &mut Vec<usize>) -> Option<Reply> {
        let mut reply = Reply::default();
        let mut hidden = false;
        let told = self.errors.len();
        for (key, value) in keys {
            match key.as_str() {
                Some("name") => {
                    let name = self.typed::<Text>("name", value, at);
                    reply.name = clean(&name.unwrap_or_default().0);
                }
                Some("text") => {
                    let text = self.typed::<String>("text", value, at);
                    reply.text = clean(text.unwrap_or_default().trim_end());
                }
                Some("date") => {
                    let date = self.typed::<WrittenDate>("date", value, at);
                    reply.date = date.map(|date| Date::resolve(date, self.zone));
                }
                Some("id") => reply.anchor = self.id(value, at),
                Some("author") => reply.author = self.typed("author", value, at),
                Some("hidden") => hidden = self.typed("hidden", value, at).unwrap_or_default(),
                Some("replies") => reply.replies = self.replies(value, at),
                other => self.unknown(other, at),
            }
        }
        // What is missing may be there, misspelled: that is told already.
        if told == self.errors.len() {
            self.missing(&reply, at);
        }
        (!hidden).then_some(reply)
    }

    fn replies(&mut self, value: &Value, at: &mut Vec<usize>) -> Vec<Reply> {
        match value {
            Value::Null => Vec::new(),
            Value::Sequence(items) if at.len() < DEEPEST => self.list(items, at),
            Value::Sequence(_) => {
                let message = format!("a thread is at most {DEEPEST} replies deep");
                self.wrong("reply", message, at, Some("replies")).help =
                    Some("move these up beside the reply that they answer".into());
                Vec::new()
            }
            _ => {
                let message = "`replies` takes a list of replies";
                self.wrong("reply", message, at, Some("replies")).help =
                    Some("begin each of them with a hyphen: `- name: …`".into());
                Vec::new()
            }
        }
    }

    /// The anchor that an `id` makes.
    fn id(&mut self, value: &Value, at: &[usize]) -> String {
        let Some(id) = self.typed::<String>("id", value, at) else {
            return String::new();
        };
        let made = slugify(&id);
        if made != id || id.is_empty() {
            let message = format!("`{id}` cannot be an id");
            let example = if made.is_empty() { "ana-1" } else { &made };
            self.wrong("reply", message, at, Some("id")).help = Some(format!(
                "use small letters, digits and hyphens: id: {example}"
            ));
        } else if !self.ids.insert(id.clone()) {
            let message = format!("two replies have the id `{id}`");
            self.wrong("duplicate-id", message, at, Some("id")).help =
                Some("change one of them, or leave it out: gen makes one of name and date".into());
            return String::new();
        }
        format!("reply-{id}")
    }

    fn missing(&mut self, reply: &Reply, at: &[usize]) {
        if reply.name.is_empty() && reply.author.is_none() {
            self.wrong("reply", "this reply has no name", at, None).help = Some(
                "add `name: …`; for one by an author of the site, `author:` and the author's file in authors/".into(),
            );
        }
        if reply.text.trim().is_empty() {
            self.wrong("reply", "this reply has no text", at, None).help = Some(
                "add `text: …`; a text of several lines stands indented below `text: |`".into(),
            );
        }
    }

    fn unknown(&mut self, key: Option<&str>, at: &[usize]) {
        match key {
            Some(key) => {
                let message = format!("`{key}` is no key of a reply");
                self.wrong("unknown-key", message, at, Some(key)).help = match key {
                    "email" | "e-mail" | "mail" => {
                        Some("remove it: an address is not published, and has no place here".into())
                    }
                    _ => did_you_mean(key, &KEYS),
                };
            }
            None => {
                self.wrong("reply", "a key of this reply is not a text", at, None);
            }
        }
    }

    fn typed<T: DeserializeOwned>(&mut self, key: &str, value: &Value, at: &[usize]) -> Option<T> {
        match yaml::from_value::<T>(value.clone()) {
            Ok(value) => Some(value),
            Err(error) => {
                let detail = error.to_string();
                let words = wording::of_wrong_value(&detail)
                    .map_or_else(|| format!(": {detail}"), |words| format!(" {words}"));
                self.wrong("reply", format!("`{key}`{words}"), at, Some(key))
                    .help = help_for(key, value, &detail);
                None
            }
        }
    }

    fn wrong(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        at: &[usize],
        key: Option<&str>,
    ) -> &mut Diagnostic {
        let spot = place::find(self.text, at, key);
        self.errors
            .push(Diagnostic::error(code, self.path, message).at(spot));
        let last = self.errors.len() - 1;
        &mut self.errors[last]
    }
}

/// Without control characters, which HTML has no way to show.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect()
}
