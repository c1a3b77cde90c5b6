//! Changes a theme's stylesheets and scripts before they are published: addresses of other assets get their
//! published names, and comments and blanks that say nothing go.

use std::collections::BTreeMap;

/// Rewrites a stylesheet: each `url()` that names an asset gets its published name, comments and needless blanks go.
/// `path` is the stylesheet's own below `assets/`; `published` gives the assets' names in the output by their paths.
pub(super) fn stylesheet(path: &str, text: &str, published: &BTreeMap<String, String>) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '"' | '\'' => {
                let end = string_end(rest, first);
                made.push_str(&rest[..end]);
                end
            }
            '/' if rest.starts_with("/*") => {
                blank(&mut made);
                rest[2..].find("*/").map_or(rest.len(), |end| end + 4)
            }
            'u' | 'U' if is_url(&made, rest) => {
                let end = url_end(rest);
                made.push_str(&url(folder, &rest[..end], published));
                end
            }
            _ if first.is_ascii_whitespace() => {
                blank(&mut made);
                1
            }
            '{' | '}' | ';' | ',' => {
                made.truncate(made.trim_end_matches(' ').len());
                if first == '}' && made.ends_with(';') {
                    made.pop();
                }
                made.push(first);
                1
            }
            _ => {
                made.push(first);
                first.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    made
}

/// Writes one blank, unless what stands before it needs none.
fn blank(made: &mut String) {
    if !made.is_empty() && !made.ends_with([' ', '{', '}', ';', ',']) {
        made.push(' ');
    }
}

/// Finds the end of the string that a text begins with: behind its closing quote, or at the line's end where it has none.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            _ if sign == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether an address begins here, and not in the midst of a name.
fn is_url(before: &str, rest: &str) -> bool {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let begins = rest.get(..4);
    begins.is_some_and(|begins| begins.eq_ignore_ascii_case("url(")) && !before.ends_with(in_name)
}

/// Finds the end of the `url(…)` that a text begins with.
fn url_end(text: &str) -> usize {
    let inner = text[4..].trim_start();
    let from = text.len() - inner.len();
    let from = match inner.chars().next() {
        Some(quote @ ('"' | '\'')) => from + string_end(inner, quote),
        _ => from,
    };
    text[from..]
        .find(')')
        .map_or(text.len(), |end| from + end + 1)
}

/// Gives an address its published name, if it is that of an asset.
fn url(folder: &str, written: &str, published: &BTreeMap<String, String>) -> String {
    let inner = written[4..].trim_end_matches(')').trim();
    let path = inner.trim_matches(['"', '\'']);
    let (path, suffix) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let name = published.get(&parts.join("/"));
    let name = name.and_then(|name| name.rsplit('/').next());
    match name {
        Some(name) => {
            let within = path.rfind('/').map_or("", |slash| &path[..=slash]);
            format!("url({within}{name}{suffix})")
        }
        None => written.to_owned(),
    }
}

/// Rewrites a script: lines that are comments and blanks at the beginnings of lines go. A script whose texts go over
/// several lines stays as it is, for the blanks in them count.
pub(super) fn script(text: &str) -> String {
    let goes_on = |line: &str| line.ends_with('\\') || line.matches('`').count() % 2 == 1;
    if text.lines().any(goes_on) {
        return text.to_owned();
    }
    let lines = text.lines().map(str::trim);
    let mut made = String::with_capacity(text.len());
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with("//")) {
        made.push_str(line);
        made.push('\n');
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> String {
        let fonts = [
            ("fonts/a.woff2", "assets/fonts/a.12.woff2"),
            ("x.svg", "assets/x.34.svg"),
        ];
        let published = fonts.map(|(path, name)| (path.to_owned(), name.to_owned()));
        stylesheet("style.css", text, &published.into())
    }

    #[test]
    fn blanks_and_comments_go_where_they_say_nothing() {
        for (text, expected) in [
            ("a , b {\n  color : red ;\n}\n", "a,b{color : red}"),
            ("a :hover > b/* x */c{}", "a :hover > b c{}"),
            ("a{b:calc(1px + 2px);--c: ;}", "a{b:calc(1px + 2px);--c:}"),
            (
                "a::before{content:\"a  { /* }\\\" ;\"}",
                "a::before{content:\"a  { /* }\\\" ;\"}",
            ),
            (
                "@media (a: 1) and (b: 2) { c { d: e } }",
                "@media (a: 1) and (b: 2){c{d: e}}",
            ),
            ("/* never closed", ""),
            ("a{b:'never closed", "a{b:'never closed"),
            ("ä{}", "ä{}"),
        ] {
            assert_eq!(made(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_of_assets_get_their_published_names() {
        for (text, expected) in [
            ("url(fonts/a.woff2)", "url(fonts/a.12.woff2)"),
            ("URL( \"./fonts/a.woff2\" )", "url(./fonts/a.12.woff2)"),
            ("url('x.svg#a')", "url(x.34.svg#a)"),
            ("url(fonts/../x.svg)", "url(fonts/../x.34.svg)"),
            ("url(y.svg)", "url(y.svg)"),
            ("url(/x.svg)", "url(/x.svg)"),
            (
                "url(https://example.org/x.svg)",
                "url(https://example.org/x.svg)",
            ),
            (
                "url(\"data:image/svg+xml,<svg a='b' c=')'/>\")",
                "url(\"data:image/svg+xml,<svg a='b' c=')'/>\")",
            ),
            ("my-url(x.svg)", "my-url(x.svg)"),
            ("url(", "url("),
        ] {
            assert_eq!(made(text), expected, "{text}");
        }
        let published = [("x.svg".to_owned(), "assets/x.34.svg".to_owned())];
        let up = stylesheet("a/b.css", "url(../x.svg)", &published.into());
        assert_eq!(up, "url(../x.34.svg)");
    }

    #[test]
    fn scripts_keep_what_counts() {
        assert_eq!(script("// a\n  b(`c`);\n\n  // d\n"), "b(`c`);\n");
        assert_eq!(script("a(`b\n  c`);\n"), "a(`b\n  c`);\n");
        assert_eq!(script("a = 'b \\\n  c';\n"), "a = 'b \\\n  c';\n");
    }
}
