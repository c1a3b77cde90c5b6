//! Bounds of a drawing that show in its text, before it is parsed: entities, attributes, namespaces.

use std::collections::BTreeMap;

/// Bytes of a file.
const BYTES: usize = 32 << 20;
/// Bytes that entities add to the text.
const EXPANDED: u64 = 1 << 20;
/// Entities that a file defines: Illustrator writes twenty.
const ENTITIES: usize = 500;
/// How deep entities refer to each other.
const NESTED: u32 = 10;
/// Attributes of one element: the parser compares each with each.
const ATTRIBUTES: usize = 1000;
/// Prefixes of namespaces: every element that adds one copies those that it inherits.
const NAMESPACES: usize = 256;

/// Refuses a text that would take long to parse, or much memory.
///
/// # Errors
/// In words, what there is too much of.
pub(super) fn check(text: &str) -> Result<(), String> {
    if text.len() > BYTES {
        return Err(format!("it has more than {} MB", BYTES >> 20));
    }
    // No value holds the sign `<`, so that these are the elements, and what stands between them.
    if text.split('<').any(|part| attributes(part) > ATTRIBUTES) {
        return Err(format!(
            "an element in it has more than {ATTRIBUTES} attributes"
        ));
    }
    if text.matches("xmlns:").count() > NAMESPACES {
        return Err(format!("it has more than {NAMESPACES} namespaces"));
    }
    let entities = Entities::read(text);
    if entities.values.len() > ENTITIES {
        return Err(format!("it defines more than {ENTITIES} entities"));
    }
    if entities.values.is_empty() {
        return Ok(());
    }
    let mut sizes = BTreeMap::new();
    match entities.expanded(text, 0, &mut sizes) {
        Some(size) if size <= EXPANDED => Ok(()),
        Some(_) => Err("its entities grow to more than 1 MB".to_owned()),
        None => Err("its entities refer to each other without an end".to_owned()),
    }
}

fn attributes(part: &str) -> usize {
    part.matches("=\"").count() + part.matches("='").count()
}

/// What a document type defines: `<!ENTITY name "value">`.
struct Entities<'a> {
    values: BTreeMap<&'a str, &'a str>,
}

impl<'a> Entities<'a> {
    fn read(text: &'a str) -> Entities<'a> {
        let mut values = BTreeMap::new();
        for definition in text.split("<!ENTITY").skip(1) {
            let definition = definition.trim_start();
            let Some((name, rest)) = definition.split_once(char::is_whitespace) else {
                continue;
            };
            let rest = rest.trim_start();
            let quoted = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = quoted.and_then(|quote| rest[1..].split_once(quote));
            if let Some((value, _)) = value {
                // The first definition counts.
                values.entry(name).or_insert(value);
            }
        }
        Entities { values }
    }

    /// The bytes that the entities named in a text grow to. Nothing where they refer to each other too deep.
    fn expanded(&self, text: &str, depth: u32, sizes: &mut BTreeMap<&'a str, u64>) -> Option<u64> {
        if depth > NESTED {
            return None;
        }
        let mut total: u64 = 0;
        for reference in text.split('&').skip(1) {
            let Some((name, _)) = reference.split_once(';') else {
                continue;
            };
            let Some((name, value)) = self.values.get_key_value(name) else {
                continue;
            };
            let size = match sizes.get(name) {
                Some(size) => *size,
                None => {
                    let inner = self.expanded(value, depth + 1, sizes)?;
                    let size = inner.saturating_add(value.len() as u64);
                    sizes.insert(name, size);
                    size
                }
            };
            total = total.saturating_add(size);
        }
        Some(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_is_refused_before_it_grows() {
        let ten = |name: &str| format!("&{name};").repeat(10);
        let mut laughs = String::from("<!DOCTYPE svg [<!ENTITY a0 'ha'>");
        for n in 1..9 {
            let inner = ten(&format!("a{}", n - 1));
            laughs += &format!("<!ENTITY a{n} '{inner}'>");
        }
        laughs += "]><svg>&a8;</svg>";
        let circle = "<!DOCTYPE svg [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><svg>&a;</svg>";
        let long = format!(
            "<!DOCTYPE svg [<!ENTITY a \"{}\">]><svg>{}</svg>",
            "x".repeat(50_000),
            "&a;".repeat(50_000)
        );
        let many: String = (0..600).map(|n| format!("<!ENTITY e{n} ''>")).collect();
        let wide: String = (0..1200).map(|n| format!(" a{n}=''")).collect();
        let refused = [
            (laughs.as_str(), "its entities grow to more than 1 MB"),
            (circle, "its entities refer to each other without an end"),
            (long.as_str(), "its entities grow to more than 1 MB"),
            (&many, "it defines more than 500 entities"),
            (&wide, "an element in it has more than 1000 attributes"),
        ];
        for (text, why) in refused {
            assert_eq!(check(text), Err(why.to_owned()));
        }
    }

    #[test]
    fn the_entities_of_editors_are_fine() {
        let text = "<!DOCTYPE svg [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">]><svg xmlns=\"&ns_svg;\"/>";
        assert_eq!(check(text), Ok(()));
        assert_eq!(check("<svg>R&amp;D &unknown; &</svg>"), Ok(()));
    }
}
