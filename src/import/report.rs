//! The report beside a new site: what was brought over, and what wants a look, by kind.

use std::collections::BTreeMap;

use super::doc::Doc;

/// Places that are named of a kind.
const FEW: usize = 5;

/// The report's text.
pub(super) fn text(system: &str, docs: &[Doc], general: &[String]) -> String {
    let texts: Vec<&Doc> = docs.iter().filter(|doc| doc.is_text()).collect();
    let is_hidden = |doc: &&&Doc| doc.front.draft == Some(true);
    let hidden = texts.iter().filter(is_hidden).count();
    let to_look_at = texts.iter().filter(|doc| !doc.left.is_empty()).count();
    let mut out = format!(
        "# Import report\n\nFrom {system}: {} articles and pages, {} of them as they were, {to_look_at} that want a look. {hidden} are drafts here, because nobody saw them there.\n",
        texts.len(),
        texts.len() - to_look_at,
    );
    for line in general {
        out.push_str(&format!("\n- {line}"));
    }
    if !general.is_empty() {
        out.push('\n');
    }
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for doc in docs {
        for left in &doc.left {
            let what: String = left.what.split_whitespace().collect::<Vec<_>>().join(" ");
            let what: String = what.chars().take(100).collect();
            let place = format!("content/{}: `{}`", doc.path, what.replace('`', "'"));
            kinds.entry(&left.kind).or_default().push(place);
        }
    }
    let mut kinds: Vec<(&str, Vec<String>)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, places)| (std::cmp::Reverse(places.len()), *kind));
    for (kind, places) in kinds {
        out.push_str(&format!(
            "\n## {kind}: {}\n\n{}\n\n",
            places.len(),
            what_to_do(kind)
        ));
        for place in places.iter().take(FEW) {
            out.push_str(&format!("- {place}\n"));
        }
        if places.len() > FEW {
            out.push_str(&format!("- and {} more\n", places.len() - FEW));
        }
    }
    out
}

fn what_to_do(kind: &str) -> &'static str {
    match kind {
        kind if kind.starts_with("shortcode") => {
            "Nothing here does what it did. It stands in the text as a comment `<!-- import: … -->`; write what it showed, or take it out."
        }
        kind if kind.starts_with("component") => {
            "What stood in it stays; what it drew around that is gone. Look whether the text is still whole."
        }
        "link to nothing" | "picture that is missing" => {
            "It led nowhere in the old site's files. Its words stay, and a comment says where it led."
        }
        "link to a draft" => {
            "Nobody can see where it leads. Its words stay, and a comment says where it led."
        }
        "place of a page that is missing" => {
            "The page has no heading of this name. The link leads to its beginning."
        }
        "front matter" => {
            "These lines could not be read. A file of which nothing could be read is a draft."
        }
        "key that does nothing" => "The key means nothing on this kind of page, and was left out.",
        _ => "Look at it once.",
    }
}
