//! Finds, in a page of another site, the places that links lead to. The only module that knows html5gum.

use std::io::Read;

use html5gum::{DefaultEmitter, IoReader, Token, Tokenizer};

/// Bytes of a page that are read, at most. What stands further down is given the benefit of the doubt.
const BOUND: u64 = 4 << 20;

/// Those of `wanted` that the page surely lacks. None where nobody can tell: it is too long, breaks off, is no UTF-8 or
/// has no id at all, as pages have that scripts make.
pub(super) fn missing(page: impl Read, mut wanted: Vec<String>) -> Vec<String> {
    let mut bounded = page.take(BOUND);
    let mut any = false;
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(IoReader::new(&mut bounded), emitter) {
        let Ok(token) = token else {
            return Vec::new();
        };
        let Token::StartTag(tag) = token else {
            continue;
        };
        let attribute = |name: &[u8]| tag.attributes.get(name).map(|value| &value.value);
        let name = attribute(b"name").filter(|_| **tag.name == *b"a");
        for id in attribute(b"id").into_iter().chain(name) {
            let Ok(id) = std::str::from_utf8(id) else {
                return Vec::new();
            };
            any |= !id.is_empty();
            wanted.retain(|wanted| !is(id, wanted));
        }
        if wanted.is_empty() {
            return wanted;
        }
    }
    match any && bounded.limit() > 0 {
        true => wanted,
        false => Vec::new(),
    }
}

/// Code hosts put a word before the ids of what their users wrote, and take it off by a script.
fn is(id: &str, wanted: &str) -> bool {
    id == wanted || id.strip_prefix("user-content-") == Some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lacks(page: &str, wanted: &str) -> bool {
        !missing(page.as_bytes(), vec![wanted.to_owned()]).is_empty()
    }

    #[test]
    fn ids_are_found_where_browsers_find_them() {
        let page = "<title><p id=a></title><script>'<p id=b>'</script><!--<p id=c>--><h2 ID='d &amp; e'><a name=f><i name=g>";
        for there in ["d & e", "f"] {
            assert!(!lacks(page, there), "{there}");
        }
        for absent in ["a", "b", "c", "g", "D & e"] {
            assert!(lacks(page, absent), "{absent}");
        }
        assert!(!lacks("<h2 id=user-content-x>", "x"));
    }

    #[test]
    fn what_nobody_can_tell_is_not_missing() {
        assert!(!lacks("<div>made by a script</div>", "x"));
        let long = "<p id=y>".to_owned() + &" ".repeat(BOUND as usize);
        assert!(!lacks(&long, "x"));
    }
}
