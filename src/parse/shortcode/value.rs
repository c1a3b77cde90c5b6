//! What the arguments of a shortcode are, by what its template declares.

use super::tag::{Tag, Written};
use crate::diagnostic::nearest;
use crate::model::shortcode::{Declaration, Inner, Kind, Named, Parameter};

/// Why an argument is refused.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::parse) struct Refused {
    pub(in crate::parse) message: String,
    pub(in crate::parse) help: String,
    /// Its bytes; those of the tag where it is missing.
    pub(in crate::parse) at: std::ops::Range<usize>,
}

/// The arguments of a tag, each with its parameter, in the order of the declaration, and what is wrong with them. One that
/// is left out is there with its default, at no bytes. `what` the tag is, messages say.
pub(in crate::parse) fn checked<'d>(
    what: &str,
    tag: &Tag,
    declared: &'d Declaration,
) -> (Vec<(&'d Parameter, Written)>, Vec<Refused>) {
    let mut refused = Vec::new();
    let mut given: Vec<Option<Written>> = declared.args.iter().map(|_| None).collect();
    let mut next = 0;
    for written in &tag.args {
        let number = match written.name.is_empty() {
            true => {
                next += 1;
                Some(next - 1).filter(|number| *number < given.len())
            }
            false => declared
                .args
                .iter()
                .position(|arg| arg.name == written.name),
        };
        match number {
            None => refused.push(unknown(what, tag, declared, written)),
            Some(number) if given[number].is_some() => refused.push(Refused {
                message: format!("`{}` is given twice", declared.args[number].name),
                help: "keep one of the two".to_owned(),
                at: written.whole.clone(),
            }),
            Some(number) => match fault(&declared.args[number], &written.value) {
                Some(help) => refused.push(Refused {
                    message: format!(
                        "`{}` cannot be `{}`",
                        declared.args[number].name, written.value
                    ),
                    help,
                    at: written.at.clone(),
                }),
                None => given[number] = Some(written.clone()),
            },
        }
    }
    let is_told = |arg: &Parameter| {
        refused
            .iter()
            .any(|other| other.message.contains(&format!("`{}`", arg.name)))
    };
    let missing: Vec<Refused> = declared
        .args
        .iter()
        .zip(&given)
        .filter(|(arg, given)| arg.required && given.is_none() && !is_told(arg))
        .map(|(arg, _)| Refused {
            message: format!("the {what} `{}` lacks `{}`", tag.name, arg.name),
            help: match what {
                "callout" => format!("write [!{}]", usage(tag, declared)),
                _ => format!("write {{{{< {} >}}}}", usage(tag, declared)),
            },
            at: tag.span.clone(),
        })
        .collect();
    refused.extend(missing);
    let with_default = declared.args.iter().zip(given).filter_map(|(arg, given)| {
        let default = || {
            let value = arg.default.clone()?;
            Some(Written {
                name: arg.name.clone(),
                value,
                at: 0..0,
                whole: 0..0,
            })
        };
        Some((arg, given.or_else(default)?))
    });
    (with_default.collect(), refused)
}

fn unknown(what: &str, tag: &Tag, declared: &Declaration, written: &Written) -> Refused {
    let names = || declared.args.iter().map(|arg| arg.name.as_str());
    let message = match written.name.as_str() {
        "" => format!(
            "the {what} `{}` takes no argument more: `{}`",
            tag.name, written.value
        ),
        name => format!("the {what} `{}` takes no `{name}`", tag.name),
    };
    let help = match nearest(&written.name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if declared.args.is_empty() => "take it out".to_owned(),
        None => format!("it takes {}", names().collect::<Vec<_>>().join(", ")),
    };
    Refused {
        message,
        help,
        at: written.whole.clone(),
    }
}

/// How a shortcode is written, with what it needs.
fn usage(tag: &Tag, declared: &Declaration) -> String {
    let required = declared.args.iter().filter(|arg| arg.required);
    let args = required.map(|arg| format!(" {}=\"…\"", arg.name));
    format!("{}{}", tag.name, args.collect::<String>())
}

/// Why a value is none of this parameter's, as help.
fn fault(parameter: &Parameter, value: &str) -> Option<String> {
    let (fits, help) = match &parameter.kind {
        Kind::OneOf(words) => {
            let help = match nearest(value, words.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it is one of {}", words.join(", ")),
            };
            return (!words.iter().any(|word| word == value)).then_some(help);
        }
        Kind::Named(Named::Integer) => (value.parse::<i64>().is_ok(), "write a whole number"),
        Kind::Named(Named::Number) => (
            value.parse::<f64>().is_ok_and(f64::is_finite),
            "write a number, such as 3 or 2.5",
        ),
        Kind::Named(Named::Bool) => (matches!(value, "true" | "false"), "write true or false"),
        Kind::Named(Named::Name) => (
            !value.is_empty() && !value.contains(char::is_whitespace),
            "write one word",
        ),
        Kind::Named(Named::Link | Named::Picture) => (
            !value.trim().is_empty(),
            "write a file of the site, or a full URL",
        ),
        Kind::Named(Named::Text | Named::Markdown | Named::Player) => (true, ""),
    };
    (!fits).then(|| help.to_owned())
}

/// Whether the Markdown between two tags, or that there is none, goes against what is declared: the message.
pub(in crate::parse) fn wrong_body(
    name: &str,
    declared: &Declaration,
    has_body: bool,
) -> Option<String> {
    match (declared.body, has_body) {
        (Inner::None, true) => Some(format!(
            "the shortcode `{name}` takes no text, and ends in its own tag"
        )),
        (Inner::Required | Inner::Pictures, false) => {
            Some(format!("the shortcode `{name}` is never ended"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tag::tags;
    use super::*;

    fn parameter(name: &str, kind: Named) -> Parameter {
        Parameter {
            name: name.into(),
            kind: Kind::Named(kind),
            required: false,
            default: None,
        }
    }

    #[test]
    fn arguments_are_those_that_are_declared() {
        let declared = Declaration {
            args: vec![
                Parameter {
                    required: true,
                    ..parameter("src", Named::Text)
                },
                parameter("count", Named::Integer),
                parameter("open", Named::Bool),
                Parameter {
                    kind: Kind::OneOf(vec!["left".into(), "right".into()]),
                    default: Some("left".into()),
                    ..parameter("side", Named::Text)
                },
            ],
            ..Declaration::default()
        };
        let told = |text: &str| {
            let tag = &tags(text, &[])[0];
            let refused = checked("shortcode", tag, &declared).1;
            refused
                .into_iter()
                .map(|refused| (refused.message, refused.help))
                .collect::<Vec<_>>()
        };
        assert!(told("{{< a x 3 >}}").is_empty());
        assert!(told("{{< a src=x open=true side=right >}}").is_empty());
        for (text, message, help) in [
            (
                "{{< a >}}",
                "the shortcode `a` lacks `src`",
                "write {{< a src=\"…\" >}}",
            ),
            (
                "{{< a x cuont=3 >}}",
                "the shortcode `a` takes no `cuont`",
                "did you mean `count`?",
            ),
            (
                "{{< a x count=three >}}",
                "`count` cannot be `three`",
                "write a whole number",
            ),
            (
                "{{< a x open=yes >}}",
                "`open` cannot be `yes`",
                "write true or false",
            ),
            (
                "{{< a x side=rihgt >}}",
                "`side` cannot be `rihgt`",
                "did you mean `right`?",
            ),
            (
                "{{< a x src=y >}}",
                "`src` is given twice",
                "keep one of the two",
            ),
            (
                "{{< a x 1 true left more >}}",
                "the shortcode `a` takes no argument more: `more`",
                "it takes src, count, open, side",
            ),
        ] {
            assert_eq!(
                told(text),
                [(message.to_owned(), help.to_owned())],
                "{text}"
            );
        }
        let (args, _) = checked("shortcode", &tags("{{< a x >}}", &[])[0], &declared);
        assert_eq!(args.last().unwrap().1.value, "left");
    }
}
