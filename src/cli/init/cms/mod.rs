//! `gen init --cms`: the files by which an editor in the browser knows the site: which collections there are, and which
//! fields an article has. How each editor writes it down is said in a file of its own.

mod field;
mod pages;
mod sveltia;
mod yaml;

use std::collections::BTreeSet;
use std::path::Path;

use clap::ValueEnum;
use gen_site::config::Taxonomies;
use gen_site::edit::Plan;
use gen_site::error::Error;
use gen_site::model::page::{Kind, Page};
use gen_site::model::slug::slugify;
use gen_site::model::url::Permalink;
use gen_site::store::author;
use gen_site::writing::Ground;
use gen_site::{Options, survey};

use super::super::{now, say};
use field::{Field, Related};

/// An editor in the browser that keeps what it writes in the site's repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Cms {
    /// Sveltia CMS: two files in content/admin/, and the editor stands at /admin/
    Sveltia,
    /// Pages CMS: .pages.yml, and the editor is at app.pagescms.org
    Pages,
}

/// The keys of an article that are offered, in their order.
const ARTICLE: [&str; 11] = [
    "title",
    "description",
    "date",
    "updated",
    "draft",
    "tags",
    "authors",
    "image",
    "takeaways",
    "aliases",
    "noindex",
];
/// Those of a section's own page.
const SECTION: [&str; 4] = ["title", "description", "steps", "after"];
/// Those of a page without a date.
const PAGE: [&str; 4] = ["title", "description", "draft", "noindex"];
/// Those of an author.
const AUTHOR: [&str; 5] = ["name", "role", "bio", "picture", "kind"];
/// Those of a tag's page.
const TAG: [&str; 2] = ["title", "description"];

/// Writes the files for the site at `root`, where none of them stands yet.
pub(super) fn add(root: &Path, cms: Cms) -> Result<(), Error> {
    let found = survey(&Options::of_all_files(root, now()))?;
    let ground = Ground {
        config: &found.config,
        pages: &found.pages,
        assets: &found.assets,
        today: found.today,
    };
    let sections = ground.sections().into_iter();
    let site = Site {
        address: found.config.base_url.absolute(&Permalink::root()),
        sections: sections
            .map(|folder| Section::new(folder, &found.pages))
            .collect(),
        taxonomies: found.config.taxonomies.clone(),
        whole: [Related::Authors, Related::Tags]
            .into_iter()
            .filter(|related| is_whole(*related, &found.pages))
            .collect(),
    };
    let created = match cms {
        Cms::Sveltia => vec![
            (
                "content/admin/index.html".to_owned(),
                sveltia::PAGE.to_owned(),
            ),
            (
                "content/admin/config.yml".to_owned(),
                yaml::text(sveltia::HEAD, &sveltia::config(&site)),
            ),
        ],
        Cms::Pages => vec![(
            ".pages.yml".to_owned(),
            yaml::text(pages::HEAD, &pages::config(&site)),
        )],
    };
    let plan = Plan {
        created,
        ..Plan::default()
    };
    author::carry_out(root, &plan)?;
    for (name, _) in &plan.created {
        say(&format!("new: {name}"));
    }
    say(match cms {
        Cms::Sveltia => {
            "Write the repository's name into content/admin/config.yml; then the editor stands at /admin/."
        }
        Cms::Pages => "Push it, and open the repository at app.pagescms.org.",
    });
    if cms == Cms::Sveltia && found.config.headers.file {
        say(
            "headers.file is on: its policy would keep the editor's script out. headers.meta in its place is for gen's own pages alone.",
        );
    }
    Ok(())
}

/// Whether a page stands for each author, or each tag, that articles name: a form that offers the pages then offers all.
fn is_whole(related: Related, pages: &[Page]) -> bool {
    let folder = related.collection();
    let kind = match related {
        Related::Authors => Kind::Author,
        Related::Tags => Kind::Term,
    };
    let own = pages
        .iter()
        .filter(|page| page.kind == kind && page.folder() == folder);
    let known: BTreeSet<String> = own.map(|page| slugify(&page.title)).collect();
    let named = pages.iter().flat_map(|page| match related {
        Related::Authors => &page.front.authors.0,
        Related::Tags => &page.front.tags.0,
    });
    !known.is_empty() && named.into_iter().all(|name| known.contains(&slugify(name)))
}

/// A folder with articles.
struct Section {
    folder: String,
    title: String,
}

impl Section {
    fn new(folder: &str, pages: &[Page]) -> Section {
        let own = pages
            .iter()
            .find(|page| page.kind == Kind::Section && page.folder() == folder);
        Section {
            folder: folder.to_owned(),
            title: own.map_or(folder, |page| &page.title).to_owned(),
        }
    }
}

/// What an editor is told of a site.
struct Site {
    address: String,
    sections: Vec<Section>,
    taxonomies: Taxonomies,
    /// What articles name of these has its own page.
    whole: Vec<Related>,
}

/// Files of one kind.
struct Collection {
    name: String,
    label: String,
    folder: Folder,
    /// The key whose value is shown in lists, and makes the file's name.
    names_itself_by: &'static str,
    fields: Vec<Field>,
}

/// A folder in `content/`.
#[derive(PartialEq, Eq)]
enum Folder {
    /// Of articles.
    Section(String),
    /// Of pages about authors or tags.
    Related(Related),
    /// `content/` itself.
    Root,
}

impl Collection {
    /// Its folder, from the site's.
    fn path(&self) -> String {
        match &self.folder {
            Folder::Section(folder) => format!("content/{folder}"),
            Folder::Related(related) => format!("content/{}", related.collection()),
            Folder::Root => "content".to_owned(),
        }
    }
}

impl Site {
    /// The sections, the pages beside them, authors and tags.
    fn collections(&self) -> impl Iterator<Item = Collection> {
        let fields = |keys: &[&str]| -> Vec<Field> {
            keys.iter()
                .map(|key| Field::new(key, &self.whole))
                .collect()
        };
        let sections = self.sections.iter().map(move |section| {
            let own = self.taxonomies.iter();
            let own = own.map(|(key, title)| Field::of_taxonomy(key, title));
            Collection {
                name: section.folder.replace('/', "-"),
                label: section.title.clone(),
                folder: Folder::Section(section.folder.clone()),
                names_itself_by: "title",
                fields: fields(&ARTICLE).into_iter().chain(own).collect(),
            }
        });
        let related = |related: Related, label: &str, keys: &[&str]| Collection {
            name: related.collection().to_owned(),
            label: label.to_owned(),
            folder: Folder::Related(related),
            names_itself_by: related.name(),
            fields: fields(keys),
        };
        let others = [
            Collection {
                name: "pages".to_owned(),
                label: "Pages".to_owned(),
                folder: Folder::Root,
                names_itself_by: "title",
                fields: fields(&PAGE),
            },
            related(Related::Authors, "Authors", &AUTHOR),
            related(Related::Tags, "Tags", &TAG),
        ];
        sections.chain(others)
    }
}
