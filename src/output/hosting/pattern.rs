//! The patterns of rules as regular expressions that PCRE and JavaScript read alike, without a backslash before a sign or a
//! quote: the files that they stand in have rules of their own for these.

/// Text that stands for itself.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '.' | '+' | '(' | ')' | '{' | '}' | '$' | '|' | '?' | '*' => {
                out.push('[');
                out.push(c);
                out.push(']');
            }
            '^' | '\\' | '[' | ']' | '"' | '\'' | '#' | ' ' => {
                out.push_str(&format!("\\x{:02X}", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out
}

/// A rule's path: parts that stand for anything are groups, numbered from 1, and end before one of the signs `end`. What a
/// `*` stands for begins with no slash: the address made of it would be another host's.
pub(super) fn of_rule(path: &str, end: &str) -> String {
    let rest = match end {
        "" => ".*".to_owned(),
        end => format!("[^{end}]*"),
    };
    let mut out = String::new();
    for part in path.trim_end_matches('/').split('/').skip(1) {
        match part {
            "*" => {
                out.push_str(&format!("(?:/([^/{end}]{rest})?)?"));
                return out;
            }
            part if part.len() > 1 && part.starts_with(':') => {
                out.push_str(&format!("/([^/{end}]+)"));
            }
            part => {
                out.push('/');
                out.push_str(&literal(part));
            }
        }
    }
    out.push_str("/?");
    out
}

/// Where a rule leads, with `group` for what each part stands for; `plain` writes what stands between.
pub(super) fn target(
    from: &str,
    to: &str,
    plain: &dyn Fn(&str) -> String,
    group: &dyn Fn(usize) -> String,
) -> String {
    let names = crate::parse::redirects::names(from);
    let mut out = String::new();
    let mut rest = to;
    while !rest.is_empty() {
        let colon = rest.match_indices('/').map(|(at, _)| at + 1);
        let found = colon
            .filter(|at| rest[*at..].starts_with(':'))
            .find_map(|at| {
                let name = rest[at + 1..]
                    .split(['/', '?', '#'])
                    .next()
                    .unwrap_or_default();
                let number = names.iter().position(|known| *known == name)?;
                Some((at, at + 1 + name.len(), number + 1))
            });
        let Some((start, end, number)) = found else {
            break;
        };
        out.push_str(&plain(&rest[..start]));
        out.push_str(&group(number));
        rest = &rest[end..];
    }
    out.push_str(&plain(rest));
    out
}

/// The path of a block of headers: `*` is anything, `:name` one part. A page is known by its folder and by its file.
pub(super) fn of_block(path: &str) -> String {
    let mut out = String::from("^");
    let ends = path.ends_with('*');
    let path = path.trim_end_matches('/');
    for part in path.split('/').skip(1) {
        out.push('/');
        match part.strip_prefix(':') {
            Some(name) if !name.is_empty() => out.push_str("[^/]+"),
            _ => out.push_str(&part.split('*').map(literal).collect::<Vec<_>>().join(".*")),
        }
    }
    match ends {
        true => out.push('$'),
        false => out.push_str("/?(?:index[.]html)?$"),
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_for_themselves() {
        assert_eq!(literal("/a.b (c)+ü^"), "/a[.]b\\x20[(]c[)][+]ü\\x5E");
        assert_eq!(of_rule("/a/:x/*", "?"), "/a/([^/?]+)(?:/([^/?][^?]*)?)?");
        assert_eq!(of_rule("/old.html", ""), "/old[.]html/?");
        assert_eq!(of_rule("/*", ""), "(?:/([^/].*)?)?");
        assert_eq!(of_block("/assets/*"), "^/assets/.*$");
        assert_eq!(of_block("/a/"), "^/a/?(?:index[.]html)?$");
        assert_eq!(of_block("/"), "^/?(?:index[.]html)?$");
    }

    #[test]
    fn targets_name_the_groups_of_their_rule() {
        let shown = |from, to| target(from, to, &str::to_owned, &|n| format!("${n}"));
        assert_eq!(shown("/a/:x/*", "/b/:splat/:x?y=1"), "/b/$2/$1?y=1");
        assert_eq!(
            shown("/a/:x", "https://x.org:80/:x/:z"),
            "https://x.org:80/$1/:z"
        );
        assert_eq!(shown("/a", "/b"), "/b");
    }
}
