//! Astro: the collections of `src/content/`, in Markdown and MDX.

use super::{OldSite, System, assignments};
use crate::error::Error;
use crate::import::doc::stem;
use crate::import::lines::Lines;
use crate::import::source::{Source, text_of, within};
use crate::import::system::{Asset, is_shown};

pub(super) const SYSTEM: System = System {
    name: "Astro",
    is: |source| {
        source.has_folder("src/content")
            || source.has("astro.config.mjs")
            || source.has("astro.config.ts")
    },
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let script = ["astro.config.mjs", "astro.config.ts", "astro.config.js"]
        .iter()
        .find_map(|path| source.text_at(path));
    let settings = assignments(&script.unwrap_or_default());
    let consts = assignments(&source.text_at("src/consts.ts").unwrap_or_default());
    let mut site = OldSite {
        root: "src/content".to_owned(),
        title: text_of(&consts, "SITE_TITLE")
            .or(text_of(&settings, "title"))
            .map(str::to_owned),
        description: text_of(&consts, "SITE_DESCRIPTION").map(str::to_owned),
        base_url: text_of(&settings, "site").map(str::to_owned),
        lines: Lines {
            colons: true,
            mdx: true,
            ..Lines::default()
        },
        ..OldSite::default()
    };
    site.take(source, "src/content", "")?;
    for file in source.below("src/assets") {
        if let Some(rest) = within(&file.path, "src").filter(|rest| is_shown(rest)) {
            let url = format!("/src/{rest}");
            site.files.push(Asset {
                from: file.clone(),
                to: rest.to_owned(),
                url,
            });
        }
    }
    site.take_static(source, "public");
    for doc in &mut site.docs {
        let inside = doc.source.trim_start_matches("src/content/");
        let bare = inside.rsplit_once('.').map_or(inside, |(bare, _)| bare);
        let bare = if stem(inside) == "index" {
            bare.trim_end_matches("index")
        } else {
            bare
        };
        // Starlight's documents stand at the root.
        let path = bare.strip_prefix("docs/").unwrap_or(bare);
        let slug = text_of(&doc.raw, "slug").map(str::to_owned);
        doc.address = Some(
            format!("/{}/", slug.as_deref().unwrap_or(path).trim_matches('/')).replace("//", "/"),
        );
    }
    Ok(site)
}
