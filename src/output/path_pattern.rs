//! Patterns of paths, as `_headers` and `_redirects` have them: `/a/*`, `/a/:x`.

/// Whether every path of the second pattern is one of the first.
pub(super) fn covers(pattern: &str, other: &str) -> bool {
    let (mut a, mut b) = (parts(pattern), parts(other));
    loop {
        match (a.next(), b.next()) {
            (Some("*"), _) => return true,
            (None, None) => return true,
            (Some(a), Some(b)) if b != "*" && (a == b || a.starts_with(':')) => {}
            _ => return false,
        }
    }
}

/// Whether some path is one of both patterns.
pub(super) fn overlaps(pattern: &str, other: &str) -> bool {
    let (mut a, mut b) = (parts(pattern), parts(other));
    loop {
        match (a.next(), b.next()) {
            (Some("*"), _) | (_, Some("*")) | (None, None) => return true,
            (Some(a), Some(b))
                if a == b
                    || a.starts_with(':')
                    || b.starts_with(':')
                    || a.contains('*')
                    || b.contains('*') => {}
            _ => return false,
        }
    }
}

fn parts(pattern: &str) -> std::str::Split<'_, char> {
    pattern.trim_matches('/').split('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_cover_and_overlap() {
        for (a, b, covered, shared) in [
            ("/*", "/assets/*", true, true),
            ("/assets/*", "/*", false, true),
            ("/assets/*", "/assets/*", true, true),
            ("/a/", "/*", false, true),
            ("/a", "/b", false, false),
            ("/:x/*", "/assets/*", true, true),
            ("/a/:x", "/a/*", false, true),
            ("/a/*", "/b/*", false, false),
        ] {
            assert_eq!((covers(a, b), overlaps(a, b)), (covered, shared), "{a} {b}");
        }
    }
}
