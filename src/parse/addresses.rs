//! Addresses in front matter that nobody can follow, or that run a script. Where the others lead, link says.

use crate::diagnostic::Diagnostic;
use crate::model::address::{Fault, Role, fault, fault_of_canonical};
use crate::model::front_matter::FrontMatter;

/// Tells them all.
pub(super) fn check(path: &str, front: &FrontMatter, diagnostics: &mut Vec<Diagnostic>) {
    check_keys(path, front, None, diagnostics);
    if let Some(defaults) = &front.defaults {
        check_keys(path, defaults, Some("defaults"), diagnostics);
    }
}

/// `within`: the key that these keys stand below.
fn check_keys(
    path: &str,
    front: &FrontMatter,
    within: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let source = front.source.iter().map(|source| ("source", source));
    let sources = front.sources.iter().map(|source| ("sources", source));
    let links = source
        .chain(sources)
        .filter_map(|(key, citation)| Some((key, citation.url.as_deref()?, Role::Link)));
    let image = front
        .image
        .as_deref()
        .map(|image| ("image", image.src.as_str()));
    let pin = front.pin.as_deref().map(|pin| ("pin", pin));
    let picture = front.picture.as_deref().map(|picture| ("picture", picture));
    let pictures = [image, pin, picture].into_iter().flatten();
    let all = links.chain(pictures.map(|(key, src)| (key, src, Role::Picture)));
    let mut tell = |key: &str, written: &str, fault: Fault| {
        diagnostics.push(fault.told(path, written, |found| {
            found.at_item(within.unwrap_or(key), written)
        }));
    };
    for (key, written, role) in all {
        if let Some(fault) = fault(written, role) {
            tell(key, written, fault);
        }
    }
    if let Some(written) = &front.canonical
        && let Some(fault) = fault_of_canonical(written)
    {
        tell("canonical", written, fault);
    }
}
