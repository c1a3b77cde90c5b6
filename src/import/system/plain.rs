//! A folder of Markdown, of no system that is known.

use super::System;
use crate::error::Error;
use crate::import::old_site::OldSite;
use crate::import::source::Source;

pub(super) const SYSTEM: System = System {
    name: "a folder of Markdown",
    is: |source| source.markdown("").next().is_some(),
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let mut site = OldSite::default();
    site.take(source, "", "")?;
    for doc in &mut site.docs {
        if doc.body.trim().is_empty() {
            doc.front.draft = Some(true);
        }
    }
    Ok(site)
}
