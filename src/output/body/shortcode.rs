//! Renders the shortcodes of a body: each by its template, with its arguments and the text between its tags.

use std::collections::BTreeMap;

use super::{Filler, href, image};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::model::page::Picture;
use crate::model::shortcode::{Argument as Given, Declaration, Shortcode, Value as Argument};
use crate::model::site::PictureTarget;
use crate::output::picture;
use crate::output::template::{Context, Value, object, safe};
use crate::parse::line;

/// A shortcode whose end was not met yet.
pub(super) struct OpenShortcode<'a> {
    number: usize,
    shortcode: &'a Shortcode,
    /// The HTML before it.
    around: String,
    /// Its place among the shortcodes that stand in the same one, from 1.
    index: usize,
    /// The pictures between its tags.
    pictures: Vec<Value>,
    /// How many shortcodes began between its tags.
    children: usize,
}

impl Filler<'_> {
    pub(super) fn open_shortcode(&mut self, n: usize) {
        let siblings = match self.shortcodes.last_mut() {
            Some(parent) => &mut parent.children,
            None => &mut self.pieces,
        };
        *siblings += 1;
        let index = *siblings;
        self.shortcodes.push(OpenShortcode {
            number: n + 1,
            index,
            children: 0,
            shortcode: &self.page.shortcodes[n],
            around: std::mem::take(&mut self.out),
            pictures: Vec::new(),
        });
    }

    /// Hands a picture to the shortcode that it stands in.
    pub(super) fn note_picture(&mut self, n: usize) {
        if !self.shortcodes.is_empty() {
            let value = self.picture_value(n);
            if let Some(open) = self.shortcodes.last_mut() {
                open.pictures.push(value);
            }
        }
    }

    pub(super) fn shortcode(&mut self) -> Result<(), Box<Diagnostic>> {
        let Some(open) = self.shortcodes.pop() else {
            return Ok(());
        };
        let body = std::mem::replace(&mut self.out, open.around);
        let shortcode = open.shortcode;
        let declared = self.view.theme.shortcodes.get(&shortcode.name);
        let is_given = |name: &str| shortcode.args.iter().any(|given| given.name == name);
        let lacks = |declared: &Declaration| {
            let mut args = declared.args.iter();
            args.any(|arg| arg.required && !is_given(&arg.name))
        };
        // That it lacks something was told where it was read: the template would only stumble over it.
        if declared.is_some_and(lacks) {
            self.out.push_str(body.trim());
            return Ok(());
        }
        let args = self.arguments(&shortcode.args, declared);
        let parent = self.shortcodes.last().map(|parent| {
            object! {
                "name" => parent.shortcode.name.as_str(),
                "number" => parent.number,
            }
        });
        let body = shortcode.has_body.then(|| safe(body.trim()));
        let mut context = Context::new();
        context.insert_value("args", args);
        context.insert_value("body", body.unwrap_or_else(Value::none));
        context.insert_value("pictures", Value::from(open.pictures));
        context.insert_value("number", Value::from(open.number as u64));
        context.insert_value("index", Value::from(open.index as u64));
        context.insert_value("parent", parent.unwrap_or_else(Value::none));
        context.insert_value("feed", Value::from(self.absolute));
        let name = format!("shortcodes/{}.html", shortcode.name);
        let html = self
            .view
            .templates
            .render(&name, &context, &self.page.path())?;
        self.out.push_str(html.trim());
        Ok(())
    }

    /// Arguments by their names.
    pub(super) fn arguments(&self, given: &[Given], declared: Option<&Declaration>) -> Value {
        let mut args: BTreeMap<String, Value> = BTreeMap::new();
        for arg in given {
            args.insert(arg.name.clone(), self.argument(&arg.value));
        }
        // Templates ask for what is left out as for what is there.
        for arg in declared.map_or(&[][..], |declared| &declared.args) {
            args.entry(arg.name.clone()).or_insert_with(Value::none);
        }
        Value::from(args)
    }

    fn argument(&self, value: &Argument) -> Value {
        match value {
            Argument::Text(text) | Argument::Name(text) => Value::from(text.as_str()),
            Argument::Markdown(line) => safe(&line.html),
            Argument::Integer(number) => Value::from(*number),
            Argument::Number(number) => Value::from(*number),
            Argument::Flag(flag) => Value::from(*flag),
            Argument::Link(n) => {
                let href = href(self.view, self.target(*n as usize), self.absolute);
                href.map_or_else(Value::none, Value::from)
            }
            Argument::Elsewhere(url) => Value::from(escape::url(url)),
            Argument::Picture(n) => self.picture_value(*n as usize),
            Argument::Player(n) => self
                .page
                .embeds
                .get(*n as usize)
                .map_or_else(Value::none, super::embed_value),
        }
    }

    /// A picture as templates see it.
    fn picture_value(&self, n: usize) -> Value {
        let picture: &Picture = &self.page.images[n];
        let target: &PictureTarget = &self.view.site.pictures(self.id)[n];
        let mut html = String::new();
        image(
            self.view,
            &mut html,
            target,
            &picture.alt,
            self.absolute,
            true,
        );
        let Some(source) = picture::source(self.view, target) else {
            return Value::none();
        };
        let original = href(self.view, &target.target, self.absolute).unwrap_or_default();
        let caption = line(&picture.title, self.view.config.smart()).html;
        object! {
            "html" => safe(&html),
            "url" => match self.absolute {
                true => self.view.config.base_url.absolute_href(&source.src),
                false => source.src,
            },
            "srcset" => if self.absolute { "" } else { &source.srcset },
            "original" => original,
            "alt" => picture.alt.as_str(),
            "caption" => safe(&caption),
            "width" => source.size.map(|(width, _)| width),
            "height" => source.size.map(|(_, height)| height),
        }
    }
}
