//! A text as YAML writes it: plain where that means the same, else in double quotes.

/// A text as a YAML scalar of its own line: plain where that means the same, else in double quotes.
pub fn scalar(text: &str) -> String {
    let starts_plain = text.starts_with(|c: char| c.is_alphabetic() || c == '/');
    let ends_plain = text.ends_with(|c: char| !c.is_whitespace() && c != ':');
    let signs = text.contains([
        '#', '"', '\\', '[', ']', '{', '}', '|', '>', '&', '*', '!', '`',
    ]);
    let colon = text.contains(": ") || text.contains(char::is_control);
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off"
    );
    match starts_plain && ends_plain && !signs && !colon && !word {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// The same, within `[a, b]`.
pub fn flow_scalar(text: &str) -> String {
    match text.contains([',', ':', '?']) {
        true => quoted(text),
        false => scalar(text),
    }
}

/// A text in double quotes.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A text in double quotes, with its line ends kept and other control characters left out.
pub fn quoted_lines(text: &str) -> String {
    let text = escaped(text).replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{}\"", text.replace(char::is_control, ""))
}

/// A text as it stands between double quotes.
pub fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::front_matter::{parse, split};

    #[test]
    fn scalars_mean_what_they_say() {
        for text in [
            "Let go",
            "What: a \"day\"",
            "Yes",
            "7 days",
            "a # b",
            "- x",
            "C:\\",
            "Don't",
            "ends:",
        ] {
            let file = format!(
                "---\ntitle: {}\ntags: [{}]\n---\n",
                scalar(text),
                flow_scalar(text)
            );
            let yaml = split("", &file).unwrap().yaml;
            let (front, errors) = parse("", &file, yaml);
            assert!(errors.is_empty(), "{file}");
            let front = front.unwrap();
            assert_eq!(
                (front.title.unwrap().0.as_str(), front.tags.0[0].as_str()),
                (text, text)
            );
        }
    }
}
