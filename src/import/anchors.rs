//! Places of pages that links name.

use std::collections::{BTreeMap, BTreeSet};

use super::doc::Doc;
use super::links::{self, Change};
use crate::model::slug::slugify;
use crate::model::url::resolve;

/// Mends places of pages that links name: as another rule spells them, or not there at all.
pub(super) fn mend(docs: &mut [Doc]) {
    let ids: BTreeMap<String, BTreeSet<String>> = docs
        .iter()
        .map(|doc| (doc.path.clone(), links::ids(&doc.body)))
        .collect();
    for doc in docs {
        if !doc.body.contains('#') {
            continue;
        }
        let folder = doc
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned();
        let body = std::mem::take(&mut doc.body);
        let mut lost = Vec::new();
        doc.body = links::changed(&body, &mut |dest, _| {
            let Some((path, id)) = dest
                .split_once('#')
                .filter(|(_, id)| !id.is_empty() && !id.starts_with(':'))
            else {
                return Change::Keep;
            };
            let file = match path {
                "" => Some(doc.path.clone()),
                path => resolve(&folder, &crate::escape::url_decode(path)),
            };
            let Some(known) = file.and_then(|file| ids.get(&file)) else {
                return Change::Keep;
            };
            let id = crate::escape::url_decode(id);
            if known.contains(&id) || id.eq_ignore_ascii_case("top") {
                return Change::Keep;
            }
            let letters = |id: &str| {
                id.chars()
                    .filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase)
                    .collect::<String>()
            };
            let wanted = letters(&id);
            if let Some(near) = known
                .iter()
                .find(|known| letters(known) == wanted || slugify(known) == slugify(&id))
            {
                return Change::To(format!("{path}#{near}"));
            }
            lost.push(dest.to_owned());
            match path {
                "" => Change::Unlink(format!("a place that is missing: {dest}")),
                path => Change::To(path.to_owned()),
            }
        });
        for dest in lost {
            doc.leave("place of a page that is missing", &dest);
        }
    }
}
