//! Puts the Markdown of other files in the place of `{{< include "file" >}}` and `![[note#part]]`, before the text is read
//! as one. Every place in the result leads back to the file that it is of.

mod part;
mod woven;

use std::ops::Range;

use pulldown_cmark::{Event, Options as Flags, Parser, Tag as Element};

use self::part::{is_closed, part};
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::page::{Included, Link, Picture};
use crate::model::shortcode::{Declaration, Kind, Named, Parameter, Shortcode};
use crate::model::source;
use crate::model::url::resolve;
use crate::parse::shortcode::{Tag, checked, ends_line, is_prefix, tags};
use crate::parse::{Options, front_matter};

/// The name of the shortcode.
pub(super) const NAME: &str = "include";
/// Files stand in each other so deep.
const DEEPEST: usize = 8;
/// A page shows so many.
const MOST: usize = 200;
/// Bytes of a page with all that it shows.
const LARGEST: usize = 4 << 20;

/// A text with the texts of other files in it.
#[derive(Default)]
pub(super) struct Woven {
    pub(super) text: String,
    pieces: Vec<Piece>,
    files: Vec<File>,
    pub(super) included: Vec<Included>,
    /// What stands in the place of each tag of the page.
    places: Vec<Place>,
    wrong: Vec<Diagnostic>,
}

/// What stands in the place of a tag of the page.
struct Place {
    tag: Range<usize>,
    /// Its bytes in the woven text.
    woven: Range<usize>,
}

/// What is shown of a file.
struct Shown {
    /// Among the woven files.
    file: usize,
    /// Where it begins there.
    from: usize,
    text: String,
}

/// Why nothing is shown.
struct Refusal {
    message: String,
    help: String,
}

/// A run of the woven text.
struct Piece {
    /// Where it begins in the woven text.
    start: usize,
    /// Where it begins in its file.
    from: usize,
    /// None where it is of the page itself.
    file: Option<usize>,
    /// The bytes of the tag in the page's text; where it is of the page itself, nothing.
    via: Range<usize>,
}

struct File {
    path: String,
    /// The folder within `content/`; none for files beside it.
    folder: Option<String>,
}

/// A page whose text is woven.
pub(super) struct Weaver<'o> {
    pub(super) options: &'o Options<'o>,
    pub(super) flags: Flags,
    /// The page's file.
    pub(super) path: &'o str,
    /// Where its text begins.
    pub(super) base: usize,
}

/// What asks for another file.
struct Ask {
    span: Range<usize>,
    /// The path, or the name of a note.
    file: String,
    part: String,
    is_note: bool,
}

/// Where a text stands that is woven in.
#[derive(Clone, Copy)]
struct Level<'l> {
    file: Option<usize>,
    /// Where the text begins in its file.
    from: usize,
    /// What its lines begin with.
    prefix: &'l str,
    via: &'l Range<usize>,
    stack: &'l [String],
}

/// What `include` takes.
pub(super) fn declaration() -> Declaration {
    let parameter = |name: &str, required| Parameter {
        name: name.to_owned(),
        kind: Kind::Named(Named::Text),
        required,
        default: None,
    };
    Declaration {
        args: vec![parameter("file", true), parameter("part", false)],
        ..Declaration::default()
    }
}

impl Weaver<'_> {
    /// The text with others in it; none where it asks for none.
    pub(super) fn weave(&self, text: &str) -> Option<Woven> {
        if self.options.alone {
            return None;
        }
        let mut asked = Woven::default();
        let asks = may_ask(text).then(|| self.asks(text, &mut asked))?;
        (!asks.is_empty() || !asked.included.is_empty()).then_some(())?;
        let mut woven = Woven::default();
        let stack = [self.path.to_owned()];
        let level = Level {
            file: None,
            from: 0,
            prefix: "",
            via: &(0..0),
            stack: &stack,
        };
        self.add(text, level, &mut woven);
        Some(woven)
    }

    fn add(&self, text: &str, level: Level<'_>, woven: &mut Woven) {
        let asks = match may_ask(text) {
            true => self.asks(text, woven),
            false => Vec::new(),
        };
        let mut done = 0;
        for ask in asks {
            if ask.span.start < done {
                continue;
            }
            let line = text[..ask.span.start].rfind('\n').map_or(0, |end| end + 1);
            woven.push(text, done..ask.span.start, level);
            done = ask.span.end;
            let before = text[line..ask.span.start].chars();
            let inner: String = before.map(|c| if c == '>' { '>' } else { ' ' }).collect();
            let inner = format!("{}{inner}", level.prefix);
            let via = match level.file {
                None => ask.span.clone(),
                Some(_) => level.via.clone(),
            };
            match self.text_of(&ask, level, woven) {
                Ok(shown) => {
                    let path = woven.files[shown.file].path.clone();
                    let stack: Vec<String> = level.stack.iter().cloned().chain([path]).collect();
                    let next = Level {
                        file: Some(shown.file),
                        from: shown.from,
                        prefix: &inner,
                        via: &via,
                        stack: &stack,
                    };
                    let start = woven.text.len();
                    self.add(&shown.text, next, woven);
                    if level.file.is_none() {
                        let text = &woven.text[start..];
                        let first = start + text.len() - text.trim_start().len();
                        let last = start + text.trim_end().len();
                        woven.places.push(Place {
                            tag: via.clone(),
                            woven: first.min(last)..last,
                        });
                    }
                }
                Err(wrong) => {
                    let (path, base) = match level.file {
                        Some(file) => (woven.files[file].path.clone(), level.from),
                        None => (self.path.to_owned(), self.base),
                    };
                    let at = base + ask.span.start..base + ask.span.end;
                    woven.wrong.push(
                        Diagnostic::error("include", &path, wrong.message)
                            .at(at)
                            .help(wrong.help),
                    );
                }
            }
        }
        woven.push(text, done..text.len(), level);
    }

    /// The file and the part of it that is shown: where it begins, and its text.
    fn text_of(&self, ask: &Ask, level: Level<'_>, woven: &mut Woven) -> Result<Shown, Refusal> {
        let error = |message: String, help: &str| {
            Err(Refusal {
                message,
                help: help.to_owned(),
            })
        };
        let path = match ask.is_note {
            true => {
                (self.options.notes)(&ask.file, self.folder()).map(|path| format!("content/{path}"))
            }
            false => Some(self.rooted(&ask.file, level, woven)),
        };
        let Some(path) = path else {
            return error(
                format!("no note is named `{}`", ask.file),
                "write its name or its path",
            );
        };
        let way = level.stack.iter().position(|open| *open == path);
        if let Some(at) = way {
            let way: Vec<&str> = level.stack[at..]
                .iter()
                .map(String::as_str)
                .chain([&*path])
                .collect();
            return error(
                format!("this file would stand in itself: {}", way.join(" → ")),
                "take this line out",
            );
        }
        let file = Included {
            asked: ask.is_note.then(|| ask.file.clone()),
            path: path.clone(),
        };
        if !woven.included.contains(&file) {
            woven.included.push(file);
        }
        if level.stack.len() > DEEPEST {
            return error(
                format!("files stand in each other {DEEPEST} deep at most"),
                "take this line out",
            );
        }
        if woven.files.len() >= MOST || woven.text.len() > LARGEST {
            return error(
                format!("a page shows {MOST} files and 4 MiB at most"),
                "link to this file",
            );
        }
        let bytes = (self.options.files)(&path);
        let text = bytes.and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| "it is not text in UTF-8".to_owned())
        });
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                let written = if ask.is_note { &path } else { &ask.file };
                let why = match written.starts_with('/') {
                    true => format!("{why} in the site's own folder, where this path begins"),
                    false => why,
                };
                return error(
                    format!("`{written}` cannot be shown: {why}"),
                    "write its path from the site's root, where site.toml is, or from this file on: ./part.md",
                );
            }
        };
        let body = front_matter::split(&path, &text).map_or(0, |split| split.body);
        let range = match ask.part.is_empty() {
            true => body..text.len(),
            false => match part(&text[body..], &ask.part, self.flags) {
                Ok(range) => body + range.start..body + range.end,
                Err(known) => {
                    let near = nearest(&ask.part, known.iter().map(String::as_str));
                    let help = match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!(
                            "name a heading, or mark it: <!-- #region {} --> … <!-- #endregion -->",
                            ask.part
                        ),
                    };
                    return error(format!("`{path}` has no part `{}`", ask.part), &help);
                }
            },
        };
        let shown = &text[range.clone()];
        if !is_closed(shown, self.flags) {
            return error(
                format!("`{path}` leaves something open, such as a block of code"),
                "end it in that file",
            );
        }
        woven.files.push(File {
            folder: path
                .strip_prefix("content/")
                .map(folder_of)
                .map(str::to_owned),
            path,
        });
        Ok(Shown {
            file: woven.files.len() - 1,
            from: range.start,
            text: shown.to_owned(),
        })
    }

    fn folder(&self) -> &str {
        folder_of(self.path.strip_prefix("content/").unwrap_or_default())
    }

    /// A path from the site's root on; `./` and `../` lead on from the file that asks.
    fn rooted(&self, path: &str, level: Level<'_>, woven: &Woven) -> String {
        if !path.starts_with("./") && !path.starts_with("../") {
            return path.trim_start_matches('/').to_owned();
        }
        let from = match level.file {
            Some(file) => woven.files[file].path.as_str(),
            None => self.path,
        };
        // What leads out of the site stays as it is, and is told.
        resolve(folder_of(from), path).unwrap_or_else(|| path.to_owned())
    }

    /// The files that a text asks for, in order.
    fn asks(&self, text: &str, woven: &mut Woven) -> Vec<Ask> {
        let code = code(text, self.flags);
        let is_code = |at: usize| code.iter().any(|range| range.contains(&at));
        let mut asks = Vec::new();
        let declared = declaration();
        for tag in tags(text, &code) {
            if tag.name != NAME || !is_alone(text, &tag.span) {
                continue;
            }
            let (args, refused) = checked("shortcode", &tag, &declared);
            if !refused.is_empty() || tag.fault.is_some() {
                continue;
            }
            let value = |name: &str| {
                let found = args.iter().find(|(arg, _)| arg.name == name);
                found
                    .map(|(_, written)| written.value.clone())
                    .unwrap_or_default()
            };
            asks.push(Ask {
                span: tag.span.clone(),
                file: value("file"),
                part: value("part"),
                is_note: false,
            });
        }
        for (start, _) in text.match_indices("![[") {
            let line = &text[start + 3..];
            let end = line
                .find([']', '\n'])
                .filter(|end| line[*end..].starts_with("]]"));
            let Some(end) = end else {
                continue;
            };
            let span = start..start + 3 + end + 2;
            let inner = line[..end].split('|').next().unwrap_or_default();
            let (name, part) = inner.split_once('#').unwrap_or((inner, ""));
            let name = name.trim();
            if !is_note(name) || is_code(start) || !is_alone(text, &span) {
                continue;
            }
            // A name that no note has may be a picture's.
            if (self.options.notes)(name, self.folder()).is_none() {
                let missing = Included {
                    asked: Some(name.to_owned()),
                    path: String::new(),
                };
                if !woven.included.contains(&missing) {
                    woven.included.push(missing);
                }
                continue;
            }
            asks.push(Ask {
                span,
                file: name.to_owned(),
                part: part.trim().to_owned(),
                is_note: true,
            });
        }
        asks.sort_by_key(|ask| ask.span.start);
        asks
    }
}

/// What was found in a text, by its bytes.
pub(super) struct Found<'f> {
    pub(super) links: &'f mut [Link],
    pub(super) pictures: &'f mut [Picture],
    pub(super) shortcodes: &'f mut [Shortcode],
    /// The bytes of all else.
    pub(super) spans: Vec<&'f mut Range<usize>>,
}

fn may_ask(text: &str) -> bool {
    text.contains("![[") || text.contains(NAME) && text.contains("{{")
}

/// Whether a name in double brackets may be a note's: a file with another ending is a picture, a film.
fn is_note(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    !last.is_empty()
        && (source::is_article(last)
            || !last.rsplit_once('.').is_some_and(|(_, ending)| {
                (2..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            }))
}

/// Whether nothing else stands in the line, but for what a block begins behind.
fn is_alone(text: &str, span: &Range<usize>) -> bool {
    let line = || text[..span.start].rfind('\n').map_or(0, |end| end + 1);
    ends_line(&text[span.end..]) && is_prefix(&text[line()..span.start])
}

/// The bytes of code in a text.
pub(super) fn code(text: &str, flags: Flags) -> Vec<Range<usize>> {
    let parser = Parser::new_ext(text, flags).into_offset_iter();
    parser
        .filter(|(event, _)| matches!(event, Event::Start(Element::CodeBlock(_)) | Event::Code(_)))
        .map(|(_, span)| span)
        .collect()
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The tag of an `include` that asks for nothing: what is wrong with it.
pub(super) fn fault(tag: &Tag, text: &str) -> (String, String) {
    let declared = declaration();
    let (_, refused) = checked("shortcode", tag, &declared);
    match refused.into_iter().next() {
        Some(refused) => (refused.message, refused.help),
        None if !is_alone(text, &tag.span) => (
            "an `include` stands within a line".to_owned(),
            "put it on a line of its own".to_owned(),
        ),
        None => (
            "this file is not shown".to_owned(),
            "see what else is told of it".to_owned(),
        ),
    }
}
