//! CSV as RFC 4180 and spreadsheets have it: a list of maps by the names in the first line, all values texts.

use std::collections::BTreeMap;

use crate::model::extra::ExtraValue;

/// What is wrong, and the byte where.
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) at: usize,
}

/// A line of fields, and the byte where it begins.
struct Row {
    fields: Vec<String>,
    at: usize,
}

/// Reads a text. Fields are apart by commas, or by what the first line has more of: semicolons, or tabs. Empty lines are
/// none.
pub(super) fn read(text: &str) -> Result<ExtraValue, Fault> {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    // Of as many, the last one wins.
    let apart = [';', '\t', ','].into_iter().max_by_key(|sign| count(*sign));
    let mut rows = rows(text, apart.unwrap_or(','))?.into_iter();
    let Some(names) = rows.next() else {
        return Ok(ExtraValue::List(Vec::new()));
    };
    let mut sorted = names.fields.clone();
    sorted.sort_unstable();
    if let Some(twice) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Fault {
            message: format!("two columns have the name `{}`", twice[0]),
            at: names.at,
        });
    }
    let mut list = Vec::new();
    for row in rows {
        if row.fields.len() != names.fields.len() {
            return Err(Fault {
                message: format!(
                    "this line has {} of the {} fields that the first line names",
                    row.fields.len(),
                    names.fields.len()
                ),
                at: row.at,
            });
        }
        let fields = row.fields.into_iter().map(ExtraValue::Text);
        let map: BTreeMap<String, ExtraValue> = names.fields.iter().cloned().zip(fields).collect();
        list.push(ExtraValue::Map(map));
    }
    Ok(ExtraValue::List(list))
}

fn rows(text: &str, apart: char) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    let (mut fields, mut field, mut start) = (Vec::new(), String::new(), 0);
    // Where the quote was opened that is open.
    let mut opened: Option<usize> = None;
    let mut was_quoted = false;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        match (sign, opened) {
            ('"', Some(_)) => match signs.next_if(|(_, next)| *next == '"') {
                Some(_) => field.push('"'),
                None => opened = None,
            },
            (sign, Some(_)) => field.push(sign),
            ('"', None) if field.is_empty() && !was_quoted => {
                opened = Some(at);
                was_quoted = true;
            }
            ('\r', None) if signs.peek().is_none_or(|(_, next)| *next == '\n') => {}
            ('\n', None) => {
                end_row(&mut rows, &mut fields, &mut field, was_quoted, start);
                (start, was_quoted) = (at + 1, false);
            }
            (sign, None) if sign == apart => {
                fields.push(std::mem::take(&mut field));
                was_quoted = false;
            }
            (sign, None) => field.push(sign),
        }
    }
    if let Some(at) = opened {
        let message = "a quote is opened here and never closed".to_owned();
        return Err(Fault { message, at });
    }
    end_row(&mut rows, &mut fields, &mut field, was_quoted, start);
    Ok(rows)
}

fn end_row(
    rows: &mut Vec<Row>,
    fields: &mut Vec<String>,
    field: &mut String,
    was_quoted: bool,
    at: usize,
) {
    if fields.is_empty() && field.is_empty() && !was_quoted {
        return;
    }
    fields.push(std::mem::take(field));
    rows.push(Row {
        fields: std::mem::take(fields),
        at,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match read(text) {
            Err(fault) => format!("{} at {}", fault.message, fault.at),
            Ok(ExtraValue::List(rows)) => {
                let row = |row: &ExtraValue| match row {
                    ExtraValue::Map(map) => map
                        .iter()
                        .map(|(key, value)| match value {
                            ExtraValue::Text(text) => format!("{key}={text}"),
                            other => format!("{other:?}"),
                        })
                        .collect::<Vec<_>>()
                        .join(","),
                    other => format!("{other:?}"),
                };
                rows.iter().map(row).collect::<Vec<_>>().join("|")
            }
            Ok(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn fields_are_read_as_spreadsheets_write_them() {
        for (text, expected) in [
            ("", ""),
            ("a,b\n", ""),
            ("a,b\r\n1,2\r\n", "a=1,b=2"),
            ("a;b\n1;2,5\n\n3;", "a=1,b=2,5|a=3,b="),
            ("a\tb\nx y\tz", "a=x y,b=z"),
            ("a,b\n\"x, \"\"y\"\"\nz\",\"\"\n", "a=x, \"y\"\nz,b="),
            ("a\n\"\"\n", "a="),
            (
                "a,b\n1\n",
                "this line has 1 of the 2 fields that the first line names at 4",
            ),
            (
                "a,b\n1,\"x\n",
                "a quote is opened here and never closed at 6",
            ),
            ("a,a\n", "two columns have the name `a` at 0"),
            ("a,b\n5\" pot,x\n", "a=5\" pot,b=x"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }
}
