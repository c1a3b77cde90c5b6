//! Holds what templates can call beside the engine's own: `asset`, `inline`, `fit`, and the filters `fill`, `number` and
//! `date_year`.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::value::{object, safe};
use crate::diagnostic::nearest;
use crate::model::script::is_right_to_left;
use crate::model::url::leads_out;
use crate::output::theme::{Language, Theme, filled};
use crate::picture::fit::{Frame, fit};
use crate::picture::font::Fonts;

/// Makes them known to the engine; addresses of assets begin with `base_path`.
pub(super) fn register(tera: &mut Tera, theme: &Theme, base_path: &str) {
    tera.register_filter("fill", filling(theme));
    let language = theme.language.clone();
    tera.register_filter("number", move |number: i64, _: Kwargs, _: &State<'_>| {
        language.number(number)
    });
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
    tera.register_function("fit", fitting(theme.fonts.clone()));
}

/// A text broken into lines that fit a frame, in the largest size that does, of the theme's first font that has its signs.
fn fitting(
    fonts: Fonts,
) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<Value> + Sync + Send + 'static {
    move |args, _| {
        let number = |name: &'static str| args.must_get::<f64>(name).map(|n| n as f32);
        let frame = Frame {
            width: number("width")?,
            lines: args.must_get("lines")?,
            largest: number("largest")?,
            smallest: number("smallest")?,
        };
        let text: &str = args.must_get("text")?;
        let family: Option<&str> = args.get("family")?;
        let hand = fonts.hand(text, family.unwrap_or_default());
        let mut set = fit(text, frame, &|part| hand.width(part));
        if is_right_to_left(text) {
            // Between marks of its direction, a sign at a line's end belongs to the line.
            let marked = |line: &String| format!("\u{200f}{line}\u{200f}");
            set.lines = set.lines.iter().map(marked).collect();
        }
        Ok(object! {
            "lines" => set.lines,
            "size" => Value::from(f64::from(set.size)),
            "family" => hand.family,
        })
    }
}

/// `{{ t.step_of | fill(n=2, total=6) }}` puts values in place of `{n}` and `{total}`, numbers as the site's language
/// writes them. A text with forms takes the one that goes with `count`.
fn filling(
    theme: &Theme,
) -> impl Fn(&Value, Kwargs, &State<'_>) -> TeraResult<String> + Sync + Send + 'static {
    let language = theme.language.clone();
    let counted: BTreeMap<String, Arc<Language>> = theme
        .counted
        .values()
        .map(|counted| (counted.language.tag.clone(), counted.language.clone()))
        .collect();
    move |text, values, _| {
        let text = match text.as_str() {
            Some(text) => text,
            None => {
                let part = |name: &'static str| text.get_from_path(name).and_then(Value::as_str);
                let count: usize = values.must_get("count")?;
                let of_text = part("language").and_then(|tag| counted.get(tag));
                let form = of_text.map_or("other", |language| language.form(count));
                part(form).or_else(|| part("other")).unwrap_or_default()
            }
        };
        Ok(filled(text, |name| {
            let (_, value) = values.iter().find(|(key, _)| key.as_str() == Some(name))?;
            Some(match value.as_i64() {
                Some(number) => language.number(number).into(),
                None => value.to_string().into(),
            })
        }))
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
            let hint = match near {
                Some(near) => format!("; did you mean `{near}`?"),
                None if leads_out(path) => {
                    let first = values.keys().next().map_or("style.css", String::as_str);
                    format!(": a path leads on from the theme's own folder, such as `{first}`")
                }
                None => String::new(),
            };
            Error::message(format!("the theme has no {what} `{path}`{hint}"))
        })
    }
}
