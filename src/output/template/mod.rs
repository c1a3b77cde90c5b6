//! Templates: compiles a theme's and renders them, within bounds. This folder alone knows Tera; its errors become
//! diagnostics in `mistake` and `names`.

mod asking;
mod bounds;
mod functions;
mod memory;
mod mistake;
mod names;
mod question;
mod value;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use asking::Round;
pub(super) use memory::{Answered, Memory};
pub(super) use question::{Answer, Argument, Arguments, Ask, Given, Kind, Wrong, takes};
pub use tera::{Context, Value};
use tera::{ErrorKind, Tera};
pub(super) use value::{Entry, extra, map_of, object, safe, value_of, with};

use self::asking::Asking;
use self::bounds::{Page, Turns, Woven};
use super::theme::{DEFAULT, TemplateFile, Theme};
use super::{Rendered, json};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::{Fingerprint, Mix};

/// Room for a page's bytes; most need no more.
const PAGE: usize = 32 << 10;

/// A theme's templates, compiled.
pub struct Templates {
    tera: Tera,
    files: Vec<TemplateFile>,
    /// The files as they are compiled.
    woven: Vec<Woven>,
    turns: Turns,
    asking: Asking,
    /// The theme stands alone, so that it needs every template itself.
    extends_nothing: bool,
    /// Of what every template can read.
    globals: Fingerprint,
}

impl Templates {
    /// Compiles all of them. `globals` is what every template can read, and `asks` what it can ask.
    ///
    /// # Errors
    /// Every template that has a mistake in it, and names of filters, functions and templates that are not there.
    pub(super) fn compile(
        theme: &Theme,
        globals: Vec<(&'static str, Value)>,
        base_path: &str,
        asks: &'static [Ask],
    ) -> Result<Templates, Vec<Diagnostic>> {
        let mut tera = Tera::new();
        let prefixes: Vec<String> = theme.chain.iter().map(|name| format!("{name}/")).collect();
        let files = theme.templates.clone();
        tera.autoescape_on([".html", ".svg"]);
        // Fails only where templates are there already.
        let _ = tera.set_fallback_prefixes(prefixes);
        functions::register(&mut tera, theme, base_path);
        let turns = Turns::new();
        turns.register(&mut tera);
        let asking = Asking::new(asks);
        asking.register(&mut tera);
        let fingerprint = fingerprint(&globals);
        for (key, value) in globals {
            tera.global_context().insert_value(key, value);
        }
        let mut templates = Templates {
            tera,
            woven: files.iter().map(|file| Woven::of(&file.text)).collect(),
            files,
            turns,
            asking,
            extends_nothing: matches!(theme.chain.as_slice(), [only] if only != DEFAULT),
            globals: fingerprint,
        };
        templates.add_all()?;
        templates.render_once()?;
        Ok(templates)
    }

    /// Makes what is the same on every page: `once/header.html` is `once.header` in all templates.
    fn render_once(&mut self) -> Result<(), Vec<Diagnostic>> {
        let names: BTreeSet<&str> = self.files.iter().map(|file| own_name(&file.name)).collect();
        let mut pieces = BTreeMap::new();
        let mut errors = Vec::new();
        for name in names {
            let Some(piece) = name.strip_prefix("once/") else {
                continue;
            };
            let piece = piece.strip_suffix(".html").unwrap_or(piece).to_owned();
            match self.render(name, &Context::new(), "every page") {
                Ok(html) => drop(pieces.insert(piece, safe(html.trim()))),
                Err(error) => errors.push(error.help(
                    "what is in once/ is rendered before all pages, and reads `site` and `t` alone",
                )),
            }
        }
        self.tera
            .global_context()
            .insert_value("once", Value::from(pieces));
        match errors.is_empty() {
            true => Ok(()),
            false => Err(errors),
        }
    }

    /// Adds the templates. One with a syntax error is set aside, so that those of the others are found too.
    fn add_all(&mut self) -> Result<(), Vec<Diagnostic>> {
        let mut errors = Vec::new();
        let mut texts: Vec<(String, String)> = self
            .files
            .iter()
            .zip(&self.woven)
            .map(|(file, woven)| (file.name.clone(), woven.text.clone()))
            .collect();
        loop {
            let Err(error) = self
                .tera
                .add_raw_templates(texts.iter().map(|(name, text)| (name, text)))
            else {
                break;
            };
            let broken = match error.kind() {
                ErrorKind::SyntaxError(report) => {
                    texts.iter().position(|(name, _)| name == report.filename())
                }
                _ => None,
            };
            let only_consequence = broken.is_none() && !errors.is_empty();
            if !only_consequence {
                errors.extend(self.diagnostics(&error));
            }
            match broken {
                Some(at) if !texts[at].1.is_empty() => texts[at].1.clear(),
                _ => break,
            }
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }

    /// A fingerprint of what every template can read; the templates themselves are not in it.
    pub(super) fn globals(&self) -> Fingerprint {
        self.globals
    }

    /// Whether there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The names of the templates, without their themes', sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .files
            .iter()
            .filter_map(|f| f.name.split_once('/').map(|(_, name)| name))
            .filter(|name| name.ends_with(".html"))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Renders one. `subject` is what is being rendered, for messages.
    ///
    /// # Errors
    /// The template's mistake, at its place.
    pub fn render(
        &self,
        name: &str,
        context: &Context,
        subject: &str,
    ) -> Result<String, Box<Diagnostic>> {
        self.turns.begin();
        let bytes = self.bytes(name, context, subject, 0)?;
        // Templates make text of texts.
        Ok(String::from_utf8(bytes).unwrap_or_default())
    }

    fn bytes(
        &self,
        name: &str,
        context: &Context,
        subject: &str,
        room: usize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut page = Page {
            bytes: Vec::with_capacity(room),
        };
        match self.tera.render_to(name, context, &mut page) {
            Ok(()) => Ok(page.bytes),
            Err(error) => Err(Box::new(self.wrong(name, &error, subject))),
        }
    }

    /// Renders a whole page, which may ask what the round knows; it is not `first` where the last one lacked an answer.
    /// What comes of it counts where nothing is missing in the round that is given back.
    pub(super) fn page(
        &self,
        name: &str,
        context: &Context,
        subject: &str,
        round: Round,
        first: bool,
    ) -> (Result<Rendered, Box<Diagnostic>>, Round) {
        if first {
            self.turns.begin();
        }
        let mut round = Some(round);
        self.asking.swap(&mut round);
        let bytes = self.bytes(name, context, subject, PAGE);
        self.asking.swap(&mut round);
        (bytes.map(Rendered::Bytes), round.unwrap_or_default())
    }
}

/// A fingerprint of values with their names. JSON has its keys sorted, Tera's maps have no order.
fn fingerprint(values: &[(&'static str, Value)]) -> Fingerprint {
    let mut mix = Mix::default();
    for (name, value) in values {
        mix.add(&(name, json::sorted(value)));
    }
    mix.finish()
}

/// A template's name without its theme's.
fn own_name(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, own)| own)
}
