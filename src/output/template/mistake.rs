//! The template engine's errors as diagnostics: the author's file, line and excerpt, and what to do.

use tera::{Error, ErrorKind};

use super::bounds::too_large;
use super::names::{self, FUNCTIONS, TEMPLATES_ALONE};
use super::{Templates, own_name};
use crate::diagnostic::{Diagnostic, Lines, nearest};
use crate::model::url::leads_out;

impl Templates {
    /// All that one error tells.
    pub(super) fn diagnostics(&self, error: &Error) -> Vec<Diagnostic> {
        if let ErrorKind::Msg(text) = error.kind() {
            let components: Vec<&str> = self.tera.get_component_names().collect();
            let functions: Vec<&str> = self.asking.names().chain(FUNCTIONS).collect();
            let unknown = names::unknown(text, &self.files, &self.names(), &components, &functions);
            if !unknown.is_empty() {
                return unknown;
            }
        }
        vec![self.diagnostic(error, None)]
    }

    /// The mistake of a template that was being rendered.
    pub(super) fn wrong(&self, name: &str, error: &Error, subject: &str) -> Diagnostic {
        match error.kind() {
            // The page takes no more bytes: nothing else is written to.
            ErrorKind::Io(_) => {
                let file = self.files.iter().find(|f| own_name(&f.name) == name);
                let path = file.map_or(name, |f| f.path.as_str());
                Diagnostic::error("template", path, too_large())
                    .help(format!("found while rendering {subject}"))
            }
            _ => self.diagnostic(error, Some(subject)),
        }
    }

    pub(super) fn diagnostic(&self, error: &Error, subject: Option<&str>) -> Diagnostic {
        let while_rendering = subject.map(|s| format!("found while rendering {s}"));
        let (report, help) = match error.kind() {
            ErrorKind::SyntaxError(report) => (report, while_rendering),
            ErrorKind::RenderingError(report) => (report, while_rendering),
            ErrorKind::MissingParent { current, parent } => {
                let message = format!("this template extends `{parent}`, which is not there");
                let known = self.names();
                let near = nearest(parent, known.iter().copied());
                let help = match near {
                    Some(near) => Some(format!("did you mean `{near}`?")),
                    None => leads_out(parent).then(|| TEMPLATES_ALONE.to_owned()),
                };
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
        let number = self.files.iter().position(|f| f.name == report.filename());
        let file = number.map(|number| &self.files[number]);
        let path = file.map_or(report.filename(), |f| f.path.as_str());
        let span = &report.span().range;
        let written = number.map_or_else(|| span.clone(), |n| self.woven[n].written(span));
        let mut diagnostic =
            Diagnostic::error("template", path, report.message().to_owned()).at(written);
        diagnostic.help = help;
        if let Some(file) = file {
            diagnostic.locate(&Lines::new(&*file.text), |_, _, _| None);
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
            diagnostic.locate(&Lines::new(&*file.text), |_, _, _| None);
        }
        diagnostic
    }
}

/// Templates that lead to each other.
fn way(chain: &[String]) -> String {
    let names: Vec<&str> = chain.iter().map(|name| own_name(name)).collect();
    match names.as_slice() {
        [only] => format!("{only} → {only}"),
        _ => names.join(" → "),
    }
}

fn first_line(text: &str) -> String {
    let line = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    line.trim().trim_start_matches("error: ").to_owned()
}
