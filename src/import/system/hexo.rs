//! Hexo: `source/_posts/`, with a folder of pictures beside each post.

use super::System;
use crate::error::Error;
use crate::import::address::{self, Names};
use crate::import::doc::{Doc, stem};
use crate::import::old_site::{Asset, Keys, OldSite, is_hidden, is_shown};
use crate::import::source::{Source, is_markdown, text_of, texts_of, within};
use crate::import::spoken::Spoken;
use crate::import::tag::Tags;
use crate::model::extra::Extra;

pub(super) const SYSTEM: System = System {
    name: "Hexo",
    is: |source| source.has_folder("source/_posts"),
    read,
};

fn read(source: &Source) -> Result<OldSite, Error> {
    let settings = source.settings(&["_config.yml", "_config.yaml"]);
    let mut site = OldSite {
        root: "source".to_owned(),
        tags: Tags {
            hugo: false,
            liquid: true,
        },
        heading_id: Some(heading_id),
        ..OldSite::default()
    };
    site.settings(
        &settings,
        &Keys {
            title: &["title"],
            base_url: &["url"],
        },
    );
    let pattern = text_of(&settings, "permalink").unwrap_or(":year/:month/:day/:title/");
    for file in source.below("source") {
        let Some(inside) = within(&file.path, "source") else {
            continue;
        };
        let of_post = within(inside, "_posts");
        let of_draft = within(inside, "_drafts");
        let to = match of_post.or(of_draft) {
            Some(rest) => format!("posts/{rest}"),
            None => inside.to_owned(),
        };
        if is_hidden(inside) || to.starts_with('_') {
            continue;
        }
        if !is_markdown(inside) {
            if is_shown(inside) || inside == "CNAME" {
                site.files.push(Asset {
                    from: file.clone(),
                    url: format!("/{to}"),
                    to,
                });
            }
            continue;
        }
        let text = source.text(file)?;
        // The first line of hyphens may be missing.
        let is_bare = !text.starts_with("---")
            && text.lines().take(30).any(|line| line.trim_end() == "---")
            && text.contains(':');
        let text = if is_bare {
            format!("---\n{text}")
        } else {
            text
        };
        let mut doc = Doc::of_text(&file.path, &text, &to);
        let name = stem(&to).to_owned();
        match of_post {
            Some(rest) => {
                let title = rest
                    .rsplit_once('.')
                    .map_or(rest, |(bare, _)| bare)
                    .to_owned();
                let categories = texts_of(&doc.raw, "categories");
                let names = Names {
                    doc: &doc,
                    slug: &title,
                    section: "",
                    categories: &categories,
                };
                let address = address::filled(pattern, &names);
                let own = doc.front.address.take();
                doc.address = own.or(address);
                doc.names.push(title);
            }
            None if of_draft.is_some() => doc.front.draft = Some(true),
            None => {
                let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
                if name == "index" && !folder.is_empty() {
                    doc.address = Some(format!("/{folder}/"));
                } else if name != "index" {
                    doc.address = Some(format!(
                        "/{}.html",
                        inside.rsplit_once('.').map_or(inside, |(bare, _)| bare)
                    ));
                }
            }
        }
        // Pictures lie in the post's folder, and are named as if they lay beside it.
        if of_post.is_some() {
            doc.source = format!(
                "{}/{name}.md",
                file.path.rsplit_once('.').map_or("", |(bare, _)| bare)
            );
        }
        site.docs.push(doc);
    }
    in_languages(&mut site, &settings, source);
    Ok(site)
}

/// Sorts the texts by the languages of the settings, `language: [en, de]`, or of folders: by `lang` in front matter, or by
/// the folder.
fn in_languages(site: &mut OldSite, settings: &Extra, source: &Source) {
    let mut listed = texts_of(settings, "language");
    listed.retain(|tag| tag != "default");
    let mut spoken = match listed.as_slice() {
        [own, others @ ..] if !others.is_empty() => Spoken::new(own, others.iter().cloned()),
        _ => Spoken::of_folders(
            source,
            "source",
            listed.first().map_or("en", String::as_str),
        ),
    };
    if spoken.tags.len() < 2 {
        return;
    }
    if site.language.is_none() {
        site.language = Some(spoken.tags[spoken.own].clone());
    }
    spoken.is_own_in_folder = source.has_folder(&format!("source/{}", spoken.tags[spoken.own]));
    for doc in &mut site.docs {
        let of_path = spoken.in_folder(&doc.path);
        let written = ["lang", "language"]
            .iter()
            .find_map(|key| text_of(&doc.raw, key));
        let of_front = written.and_then(|tag| spoken.number(tag));
        let Some(language) = of_front.or(of_path.as_ref().map(|(language, _)| *language)) else {
            continue;
        };
        let bare = of_path.map_or_else(|| doc.path.clone(), |(_, bare)| bare);
        spoken.settle(doc, language, &bare);
    }
    spoken.tell(site);
}

/// Hexo's: what is no letter and no digit becomes a hyphen; case stays.
fn heading_id(text: &str) -> String {
    let mut id = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            id.push(c);
        } else if !id.ends_with('-') && !id.is_empty() {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}
