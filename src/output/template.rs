//! Templates: compiles a theme's, renders them, and turns the template engine's errors into diagnostics
//! with file, line and excerpt. The only module that knows Tera.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::{Serialize, SerializeStruct, Serializer};
pub use tera::{Context, Value};
use tera::{Error, ErrorKind, Kwargs, State, Tera, TeraResult};

use super::theme::{DEFAULT, TemplateFile, Theme, filled};
use super::{Rendered, template_names};
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::extra::{Extra, ExtraValue};
use crate::picture::fit::{Frame, fit, is_right_to_left};

/// A map of template values: `object! { "title" => title }`.
macro_rules! object {
    ($($key:literal => $value:expr),* $(,)?) => {
        $crate::output::template::map_of([$(($key, $crate::output::template::Value::from($value))),*])
    };
}
pub(super) use object;

/// A map with these entries.
pub(super) fn map_of<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from_serializable(&Entries(&entries))
}

/// The engine takes each entry of a structure as it comes; a map, it puts together anew.
struct Entries<'a>(&'a [(&'static str, Value)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("", self.0.len())?;
        for (key, value) in self.0 {
            map.serialize_field(key, value)?;
        }
        map.end()
    }
}

/// The same map with one entry more.
pub(super) fn with(value: Value, key: &'static str, more: Value) -> Value {
    let mut map = value.into_map().unwrap_or_default();
    map.insert(key.into(), more);
    Value::from(map)
}

/// HTML that a template prints as it is.
pub(super) fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

/// The theme's own values, as they are.
pub(super) fn extra(values: &Extra) -> Value {
    fn one(value: &ExtraValue) -> Value {
        match value {
            ExtraValue::Bool(b) => Value::from(*b),
            ExtraValue::Integer(n) => Value::from(*n),
            ExtraValue::Float(n) => Value::from(*n),
            ExtraValue::Text(text) => Value::from(text.as_str()),
            ExtraValue::List(list) => Value::from(list.iter().map(one).collect::<Vec<_>>()),
            ExtraValue::Map(map) => extra(map),
            ExtraValue::Null(()) => Value::none(),
        }
    }
    let map: BTreeMap<String, Value> = values
        .iter()
        .map(|(key, value)| (key.clone(), one(value)))
        .collect();
    Value::from(map)
}

/// Room for a page's bytes; most need no more.
const PAGE: usize = 32 << 10;

/// A theme's templates, compiled.
pub struct Templates {
    tera: Tera,
    files: Vec<TemplateFile>,
    /// The theme stands alone, so that it needs every template itself.
    extends_nothing: bool,
}

impl Templates {
    /// Compiles all of them. `globals` is what every template can read.
    ///
    /// # Errors
    /// Every template that has a mistake in it, and names of filters, functions and templates that are not there.
    pub fn compile(
        theme: &Theme,
        globals: Vec<(&'static str, Value)>,
        base_path: &str,
    ) -> Result<Templates, Vec<Diagnostic>> {
        let mut tera = Tera::new();
        let prefixes: Vec<String> = theme.chain.iter().map(|name| format!("{name}/")).collect();
        let files = theme.templates.clone();
        tera.autoescape_on([".html", ".svg"]);
        // Fails only where templates are there already.
        let _ = tera.set_fallback_prefixes(prefixes);
        tera.register_filter("fill", fill);
        tera.register_filter("date_year", |date: &str, _: Kwargs, _: &State<'_>| {
            date.split('-').next().unwrap_or_default().to_owned()
        });
        let assets = theme.assets.iter().map(|asset| {
            let url = format!("{base_path}{}", asset.published);
            (asset.path.clone(), Value::from(url))
        });
        tera.register_function("asset", by_path("asset", assets.collect()));
        let inline = theme
            .inline
            .iter()
            .map(|(path, text)| (path.clone(), safe(text)));
        tera.register_function("inline", by_path("inline file", inline.collect()));
        let fonts = theme.fonts.clone();
        tera.register_function("fit", move |args: Kwargs, _: &State<'_>| {
            let number = |name: &'static str| args.must_get::<f64>(name).map(|n| n as f32);
            let frame = Frame {
                width: number("width")?,
                lines: args.must_get("lines")?,
                largest: number("largest")?,
                smallest: number("smallest")?,
            };
            let text: &str = args.must_get("text")?;
            let mut set = fit(text, frame, &|text| fonts.width(text));
            if is_right_to_left(text) {
                // Between marks of its direction, a sign at a line's end belongs to the line.
                let marked = |line: &String| format!("\u{200f}{line}\u{200f}");
                set.lines = set.lines.iter().map(marked).collect();
            }
            Ok::<Value, Error>(object! { "lines" => set.lines, "size" => f64::from(set.size) })
        });
        for (key, value) in globals {
            tera.global_context().insert_value(key, value);
        }
        let mut templates = Templates {
            tera,
            files,
            extends_nothing: matches!(theme.chain.as_slice(), [only] if only != DEFAULT),
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
            .map(|f| (f.name.clone(), f.text.clone()))
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
        self.tera
            .render(name, context)
            .map_err(|error| Box::new(self.diagnostic(&error, Some(subject))))
    }

    /// Renders a whole page.
    ///
    /// # Errors
    /// As [`Templates::render`].
    pub(super) fn page(
        &self,
        name: &str,
        context: &Context,
        subject: &str,
    ) -> Result<Rendered, Box<Diagnostic>> {
        let mut page = Vec::with_capacity(PAGE);
        self.tera
            .render_to(name, context, &mut page)
            .map_err(|error| Box::new(self.diagnostic(&error, Some(subject))))?;
        Ok(Rendered::Bytes(page))
    }

    /// All that one error tells.
    fn diagnostics(&self, error: &Error) -> Vec<Diagnostic> {
        if let ErrorKind::Msg(text) = error.kind() {
            let components: Vec<&str> = self.tera.get_component_names().collect();
            let unknown = template_names::unknown(text, &self.files, &self.names(), &components);
            if !unknown.is_empty() {
                return unknown;
            }
        }
        vec![self.diagnostic(error, None)]
    }

    fn diagnostic(&self, error: &Error, subject: Option<&str>) -> Diagnostic {
        let while_rendering = subject.map(|s| format!("found while rendering {s}"));
        let (report, help) = match error.kind() {
            ErrorKind::SyntaxError(report) => (report, while_rendering),
            ErrorKind::RenderingError(report) => (report, while_rendering),
            ErrorKind::MissingParent { current, parent } => {
                let message = format!("this template extends `{parent}`, which is not there");
                let known = self.names();
                let help =
                    nearest(parent, known.iter().copied()).map(|n| format!("did you mean `{n}`?"));
                return self.about(current, message, parent, help);
            }
            ErrorKind::CircularInclude { tpl, include_chain } => {
                let message = format!("this template includes itself: {}", way(include_chain));
                let next = include_chain
                    .get(1)
                    .map_or(tpl.as_str(), |next| own_name(next));
                return self.about(
                    tpl,
                    message,
                    next,
                    Some("take one of these includes out".into()),
                );
            }
            ErrorKind::CircularExtend {
                tpl,
                inheritance_chain,
            } => {
                let message = format!("this template extends itself: {}", way(inheritance_chain));
                let name = own_name(tpl);
                let mut below = self.files.iter().map(|file| file.name.as_str());
                let below = below.rfind(|other| *other != tpl && own_name(other) == name);
                let help = below.map(|below| {
                    format!("to change the template of that name below, write {{% extends \"{below}\" %}}")
                });
                return self.about(tpl, message, name, help);
            }
            ErrorKind::TemplateNotFound(name) => {
                let message = format!("the theme has no template `{name}`");
                let path = self.files.first().map_or("themes", |f| {
                    f.path.rsplit_once("/templates").map_or("themes", |p| p.0)
                });
                let help = match self.extends_nothing {
                    true => format!(
                        "add `extends = \"default\"` to {path}/theme.toml, or write {path}/templates/{name}"
                    ),
                    false => format!("the theme's templates: {}", self.names().join(", ")),
                };
                return Diagnostic::error("template", path, message).help(help);
            }
            other => {
                // The engine's text names the template.
                let text = match other {
                    ErrorKind::Msg(text) => text.clone(),
                    _ => error.to_string(),
                };
                let file = self.files.iter().find(|f| text.contains(&f.name));
                let path = file.map_or("themes", |f| f.path.as_str());
                let diagnostic = Diagnostic::error("template", path, first_line(&text));
                return match while_rendering {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                };
            }
        };
        let file = self.files.iter().find(|f| f.name == report.filename());
        let path = file.map_or(report.filename(), |f| f.path.as_str());
        let mut diagnostic = Diagnostic::error("template", path, report.message().to_owned())
            .at(report.span().range.clone());
        diagnostic.help = help;
        if let Some(file) = file {
            diagnostic.locate(&file.text, |_, _, _| None);
        }
        diagnostic
    }

    fn about(&self, name: &str, message: String, at: &str, help: Option<String>) -> Diagnostic {
        let file = self.files.iter().find(|f| f.name == name);
        let mut diagnostic =
            Diagnostic::error("template", file.map_or(name, |f| f.path.as_str()), message);
        diagnostic.help = help;
        if let Some(file) = file
            && let Some(start) = file.text.find(at)
        {
            diagnostic = diagnostic.at(start..start + at.len());
            diagnostic.locate(&file.text, |_, _, _| None);
        }
        diagnostic
    }
}

/// A template's name without its theme's.
fn own_name(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, own)| own)
}

/// Templates that lead to each other.
fn way(chain: &[String]) -> String {
    let names: Vec<&str> = chain.iter().map(|name| own_name(name)).collect();
    match names.as_slice() {
        [only] => format!("{only} → {only}"),
        _ => names.join(" → "),
    }
}

/// A function that gives what stands for a `path`.
fn by_path(
    what: &'static str,
    values: BTreeMap<String, Value>,
) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<Value> + Sync + Send + 'static {
    move |args, _| {
        let path: &str = args.must_get("path")?;
        values.get(path).cloned().ok_or_else(|| {
            let near = nearest(path, values.keys().map(String::as_str));
            let hint = near
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            Error::message(format!("the theme has no {what} `{path}`{hint}"))
        })
    }
}

fn first_line(text: &str) -> String {
    let line = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    line.trim().trim_start_matches("error: ").to_owned()
}

/// `{{ t.step_of | fill(n=2, total=6) }}` puts values in place of `{n}` and `{total}`.
fn fill(text: &str, values: Kwargs, _: &State<'_>) -> String {
    filled(text, |name| {
        let (_, value) = values.iter().find(|(key, _)| key.as_str() == Some(name))?;
        Some(value.to_string().into())
    })
}
