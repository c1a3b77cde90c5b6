//! VitePress: Markdown beside a `.vitepress/`, with `public/`.

use super::System;
use crate::error::Error;
use crate::import::doc::stem;
use crate::import::lines::Lines;
use crate::import::old_site::{OldSite, joined};
use crate::import::script::{self, assignments};
use crate::import::source::{Source, text_of, within};
use crate::import::spoken::Spoken;
use crate::model::extra::ExtraValue;

/// Where its settings stand.
const SCRIPTS: [&str; 7] = [
    "config.ts",
    "config.mts",
    "config.js",
    "config.mjs",
    "config/index.ts",
    "config/index.mts",
    "config/index.js",
];

pub(super) const SYSTEM: System = System {
    name: "VitePress",
    is: |source| project(source).is_some(),
    read,
};

/// The folder that holds `.vitepress`.
fn project(source: &Source) -> Option<String> {
    let mut files = source.files.iter().map(|file| file.path.as_str());
    files.find_map(|path| {
        let (folder, rest) = path.split_once(".vitepress/")?;
        SCRIPTS
            .contains(&rest)
            .then(|| folder.trim_end_matches('/').to_owned())
    })
}

fn read(source: &Source) -> Result<OldSite, Error> {
    let project = project(source).unwrap_or_default();
    let scripts = SCRIPTS
        .iter()
        .map(|path| joined(&project, &format!(".vitepress/{path}")));
    // What they have in common may stand in a file beside the first.
    let shared = joined(&project, ".vitepress/config/shared.ts");
    let script: String = scripts
        .chain([shared])
        .filter_map(|path| source.text_at(&path))
        .collect::<Vec<_>>()
        .join("\n");
    let settings = assignments(&script);
    let root = text_of(&settings, "srcDir").unwrap_or_default();
    let root = match root.trim_start_matches("./").trim_matches('/') {
        "" | "." => project,
        inside => joined(&project, inside),
    };
    let mut site = OldSite {
        title: text_of(&settings, "title").map(str::to_owned),
        description: text_of(&settings, "description").map(str::to_owned),
        lines: Lines {
            colons: true,
            components: true,
            ..Lines::default()
        },
        root: root.clone(),
        heading_id: Some(heading_id),
        ..OldSite::default()
    };
    let url = script::named(&script, "sitemap");
    if let Some(ExtraValue::Map(sitemap)) = &url {
        site.base_url = text_of(sitemap, "hostname").map(str::to_owned);
    }
    let spoken = spoken(&script, source, &root);
    site.take(source, &root, "")?;
    let public = joined(&root, "public");
    site.files
        .retain(|file| within(&file.from.path, &public).is_none());
    site.docs
        .retain(|doc| within(&doc.source, &public).is_none());
    site.take_static(source, &public);
    let has_endings = !script.contains("cleanUrls: true");
    for doc in &mut site.docs {
        let inside = within(&doc.source, &root).unwrap_or_default().to_owned();
        let bare = inside.rsplit_once('.').map_or(&*inside, |(bare, _)| bare);
        doc.address = Some(match (stem(&inside), has_endings) {
            ("index", _) => format!("/{}", bare.trim_end_matches("index")),
            (_, true) => format!("/{bare}.html"),
            (_, false) => format!("/{bare}"),
        });
        let first = inside.split('/').next().unwrap_or_default();
        let language = spoken.number(first);
        if let Some((number, bare)) = spoken.in_folder(&doc.path)
            && language == Some(number)
        {
            spoken.settle(doc, number, &bare);
            if number == spoken.own && !spoken.is_own_in_folder {
                let inside = doc
                    .address
                    .as_deref()
                    .and_then(|address| within(address, &format!("/{first}")));
                doc.address = inside.map(|inside| format!("/{inside}"));
            }
        }
    }
    spoken.tell(&mut site);
    Ok(site)
}

/// The languages of `locales`, whose one without a folder is `root`; else those of folders.
fn spoken(script: &str, source: &Source, root: &str) -> Spoken {
    let Some(ExtraValue::Map(locales)) = script::named(script, "locales") else {
        let settings = assignments(script);
        let own = text_of(&settings, "lang").unwrap_or("en");
        return Spoken::of_folders(source, root, own);
    };
    let settings = assignments(script);
    let own = text_of(&locales, "root.lang").or(text_of(&settings, "lang"));
    // `rewrites: { 'en/:rest*': ':rest*' }` puts a folder at the root.
    let at_root = match script::named(script, "rewrites") {
        Some(ExtraValue::Map(rules)) => rules
            .keys()
            .find_map(|from| Some(from.strip_suffix("/:rest*")?.to_owned()))
            .filter(|folder| text_of(&rules, &format!("{folder}/:rest*")) == Some(":rest*")),
        _ => None,
    };
    let own = at_root.as_deref().or(own);
    let others = locales.keys().filter(|tag| *tag != "root").cloned();
    let mut spoken = Spoken::new(own.unwrap_or("en"), others);
    spoken.is_own_in_folder = !locales.contains_key("root");
    let titles = locales.keys().filter_map(|tag| {
        let title = text_of(&locales, &format!("{tag}.title"))?.to_owned();
        Some((spoken.number(tag)?, title))
    });
    spoken.titles = titles.collect();
    spoken
}

/// VitePress': small letters, a hyphen for each row of signs and spaces, none at the ends.
fn heading_id(text: &str) -> String {
    const SIGNS: &str = "~`!@#$%^&*()-_+=[]{}|\\;:\"'“”‘’<>,.?/";
    let mut id = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c.is_whitespace() || SIGNS.contains(c) {
            true if id.is_empty() || id.ends_with('-') => {}
            true => id.push('-'),
            false => id.push(c),
        }
    }
    let id = id.trim_end_matches('-');
    match id.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("_{id}"),
        false => id.to_owned(),
    }
}
