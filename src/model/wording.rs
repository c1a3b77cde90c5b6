//! Puts what serde says of a wrong value into an author's words: no `i64`, no `sequence`, no `variant`.

/// `is a text, not the number 7` and the like, to stand after the name of a key.
///
/// `None` where the message is no such message: it is told as it is.
pub fn of_wrong_value(message: &str) -> Option<String> {
    let message = message.trim();
    if let Some(rest) = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))
    {
        let (found, expected) = rest.rsplit_once(", expected ")?;
        return Some(format!(
            "takes {}, not {}",
            of_expected(expected),
            of_found(found)
        ));
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        let (found, expected) = rest.split_once(", expected ")?;
        let known: Vec<String> = expected
            .split('`')
            .skip(1)
            .step_by(2)
            .map(|name| format!("\"{name}\""))
            .collect();
        return Some(format!("cannot be {found}; it is {}", known.join(" or ")));
    }
    let name = message.strip_prefix("missing field ")?;
    Some(format!("lacks {name}"))
}

/// What a key takes: `a whole number` for `i64`.
pub fn of_expected(expected: &str) -> &str {
    match expected {
        "a string" | "str" | "string" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "a map of keys",
        "i64" | "i32" => "a whole number",
        "usize" | "u64" | "u32" => "a whole number from 0 on",
        "f32" | "f64" => "a number",
        "struct Citation" => "{ name, url }",
        "struct MenuEntry" => "{ title, url }",
        other => other
            .strip_prefix("struct ")
            .map_or(other, |_| "a map of keys"),
    }
}

fn of_found(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    match kind {
        "string" => format!("the text {value}"),
        "integer" => format!("the number {}", value.trim_matches('`')),
        "floating" => format!(
            "the number {}",
            value.trim_start_matches("point ").trim_matches('`')
        ),
        "boolean" => value.trim_matches('`').to_owned(),
        "sequence" => "a list".into(),
        "map" => "a map of keys".into(),
        "unit" | "null" => "nothing".into(),
        _ => found.to_owned(),
    }
}

/// `1 article`, `2 articles`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_put_into_words() {
        for (message, words) in [
            (
                "invalid type: integer `7`, expected a string",
                "takes a text, not the number 7",
            ),
            (
                "invalid type: sequence, expected i64",
                "takes a whole number, not a list",
            ),
            (
                "invalid type: string \"a, expected b\", expected a boolean",
                "takes true or false, not the text \"a, expected b\"",
            ),
            (
                "unknown variant `x`, expected `keep` or `escape`",
                "cannot be `x`; it is \"keep\" or \"escape\"",
            ),
            ("missing field `name`", "lacks `name`"),
        ] {
            assert_eq!(of_wrong_value(message).as_deref(), Some(words));
        }
        assert_eq!(of_wrong_value("something else"), None);
    }
}
