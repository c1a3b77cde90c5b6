//! What could be better on a site that can be built: one lint a file, [`LINTS`] is all of them. A lint reads pages, the
//! site and the author's own text, and gives diagnostics; how bad they are, the table and `site.toml` say. The head of
//! a lint's file is its page in `docs/lints.md`.

mod accidental_heading;
mod bare_url;
mod build;
mod dead_external;
mod dead_external_anchor;
mod description_length;
mod duplicate_description;
mod duplicate_title;
mod foreign_key;
mod future_updated;
mod heading_order;
mod link_by_address;
mod link_by_other_id;
mod link_suggestion;
mod link_text;
mod link_to_heading;
mod link_to_other_language;
mod link_to_redirect;
mod linked_twice;
mod list_indent;
mod long_paragraph;
mod long_sentence;
mod manual;
mod markup_in_front_matter;
mod missing_alt;
mod missing_bio;
mod missing_image;
mod missing_tags;
mod missing_takeaways;
mod missing_translation;
mod moved_external;
mod near_duplicate;
mod no_way_in;
mod no_way_out;
mod outdated_translation;
mod oversized_image;
mod own_address;
mod passive_voice;
mod placeholder_text;
pub mod prose;
mod reading_ease;
mod redirect_chain;
mod repeated_start;
mod run;
mod several_h1;
mod stale;
mod step_without_hub;
mod survey;
pub mod tag_spelling;
mod tag_used_once;
mod tag_variants;
mod title_length;
mod uncredited_image;
mod untidy_front_matter;
mod untracked_translation;
mod unused_image;
mod useless_alt;

use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
pub use manual::manual;
pub use run::{Read, Skips, leveled, levels, page, run};
pub use survey::{Elsewhere, Notes, Reading, Survey};

/// A lint.
#[derive(Clone, Copy)]
pub struct Lint {
    /// Its short, stable name, such as `link-text`.
    pub code: &'static str,
    /// What it is about.
    pub group: Group,
    /// How bad it is, where `site.toml` says nothing.
    pub level: Level,
    /// How it looks.
    pub check: Check,
    /// Its file: the head is its manual page. Of what each build finds, the page itself, indented.
    pub source: &'static str,
}

/// What lints are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What leads where.
    Links,
    /// What stands on the page.
    Words,
    /// Pictures, redirects, the theme.
    Site,
}

/// How a lint looks.
#[derive(Clone, Copy)]
pub enum Check {
    /// At one page after the other, in any order.
    Page(fn(&Reading<'_>, &mut Vec<Diagnostic>)),
    /// At the whole site, once.
    Site(fn(&Survey<'_>, &mut Vec<Diagnostic>)),
    /// Not at all: each build finds it.
    Build,
    /// Not at all: it is looked for where this flag asks for it.
    Asked(&'static str),
}

/// What looks beyond a build, by group. To add a lint, add a file and its line here.
const OWN: &[Lint] = &[
    // Links.
    bare_url::LINT,
    dead_external::LINT,
    dead_external_anchor::LINT,
    link_by_address::LINT,
    link_by_other_id::LINT,
    link_suggestion::LINT,
    link_text::LINT,
    link_to_heading::LINT,
    link_to_other_language::LINT,
    link_to_redirect::LINT,
    linked_twice::LINT,
    moved_external::LINT,
    no_way_in::LINT,
    no_way_out::LINT,
    own_address::LINT,
    step_without_hub::LINT,
    // Words.
    accidental_heading::LINT,
    description_length::LINT,
    duplicate_description::LINT,
    duplicate_title::LINT,
    foreign_key::LINT,
    future_updated::LINT,
    heading_order::LINT,
    list_indent::LINT,
    long_paragraph::LINT,
    long_sentence::LINT,
    markup_in_front_matter::LINT,
    missing_alt::LINT,
    missing_image::LINT,
    missing_tags::LINT,
    missing_takeaways::LINT,
    missing_translation::LINT,
    near_duplicate::LINT,
    outdated_translation::LINT,
    passive_voice::LINT,
    placeholder_text::LINT,
    reading_ease::LINT,
    repeated_start::LINT,
    several_h1::LINT,
    stale::LINT,
    tag_spelling::LINT,
    tag_used_once::LINT,
    tag_variants::LINT,
    title_length::LINT,
    untidy_front_matter::LINT,
    untracked_translation::LINT,
    useless_alt::LINT,
    // The site.
    missing_bio::LINT,
    oversized_image::LINT,
    redirect_chain::LINT,
    uncredited_image::LINT,
    unused_image::LINT,
];

/// Every lint: those that look beyond a build, and what each build finds.
pub const LINTS: &[Lint] = &joined();

const COUNT: usize = {
    let [links, words, site] = build::FOUND;
    OWN.len() + links.len() + words.len() + site.len()
};

const fn joined() -> [Lint; COUNT] {
    let mut all = [OWN[0]; COUNT];
    let [links, words, site] = build::FOUND;
    let lists = [OWN, links, words, site];
    let (mut at, mut list) = (0, 0);
    while list < lists.len() {
        let mut from = 0;
        while from < lists[list].len() {
            all[at] = lists[list][from];
            (at, from) = (at + 1, from + 1);
        }
        list += 1;
    }
    all
}

/// Every lint as the manual lists them: by group, those that each build finds last, by code.
pub fn in_order() -> Vec<&'static Lint> {
    let mut all: Vec<&Lint> = LINTS.iter().collect();
    all.sort_by_key(|lint| (lint.group, lint.is_of_build(), lint.code));
    all
}

impl Lint {
    /// Whether each build finds it.
    pub fn is_of_build(&self) -> bool {
        matches!(self.check, Check::Build)
    }
}
