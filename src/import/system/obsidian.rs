//! Obsidian: a vault of notes.

use super::System;
use crate::error::Error;
use crate::import::lines::Lines;
use crate::import::old_site::OldSite;
use crate::import::source::Source;

pub(super) const SYSTEM: System = System {
    name: "Obsidian",
    is: |source| {
        source.has_folder(".obsidian")
            || source
                .markdown("")
                .take(200)
                .any(|file| source.text(file).is_ok_and(|text| text.contains("[[")))
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let mut site = OldSite {
        has_wiki_links: true,
        lines: Lines {
            obsidian: true,
            ..Lines::default()
        },
        ..OldSite::default()
    };
    site.take(source, "", "")?;
    for doc in &mut site.docs {
        // Other names of the note, by which links call it: no addresses.
        let names: Vec<String> = std::mem::take(&mut doc.front.aliases.0);
        doc.names.extend(names);
        doc.front.extra.remove("alias");
        doc.front.extra.remove("cssclasses");
        if doc.body.trim().is_empty() {
            doc.front.draft = Some(true);
        }
    }
    Ok(site)
}
