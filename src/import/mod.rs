//! Turns the site of another system into one of ours, as values: its settings, its texts with the addresses that they
//! had, its pictures, and a report of what wants a look. One file for each system; what they share stands beside them.
//! Reads through the handles of [`crate::scan`], writes nothing.

mod address;
mod anchors;
mod disqus;
mod doc;
mod finish;
mod front;
mod html;
mod index;
mod lexical;
mod lines;
mod links;
mod old_site;
mod paths;
mod pictures;
mod places;
mod report;
mod rules;
mod script;
mod settings;
mod shortcode;
mod site_toml;
mod source;
mod spoken;
mod system;
mod tag;
mod terms;
mod wiki;
mod wp_text;
mod written;
mod wxr;

use crate::error::Error;
use crate::scan::SourceFile;
pub use source::Source;
pub use system::System;

/// What a caller can say of an import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the site stands, in place of what its settings say.
    pub base_url: Option<String>,
    /// What becomes of the pictures.
    pub pictures: Pictures,
    /// An export of Disqus that lies elsewhere.
    pub replies: Option<SourceFile>,
}

/// What becomes of the pictures of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pictures {
    /// Those that are here are copied; others stay where they are on the web.
    #[default]
    Copy,
    /// Those that are not here are fetched from the web, too.
    Fetch,
    /// All stay where they are.
    Leave,
}

/// A picture that is to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Where it is on the web.
    pub url: String,
    /// Relative to the new site, with `/`.
    pub to: String,
}

/// A text file of the new site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Relative to the new site, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// A file that the new site has from the old one as it is.
#[derive(Clone, Debug)]
pub struct Copied {
    /// The old one.
    pub from: SourceFile,
    /// Relative to the new site, with `/`.
    pub to: String,
}

/// The new site.
#[derive(Debug)]
pub struct Import {
    /// What the old one was made with.
    pub system: System,
    /// Its texts, sorted by path.
    pub files: Vec<NewFile>,
    /// Its pictures and other files, sorted by path.
    pub copied: Vec<Copied>,
    /// Pictures that only the web has, sorted by path.
    pub fetched: Vec<Fetched>,
    /// Articles and pages that are as they were.
    pub ready: usize,
    /// Articles and pages that want a look.
    pub to_look_at: usize,
    /// Of these all, those that nobody sees: drafts, private ones, those for members.
    pub hidden: usize,
    /// Old addresses that lead where they did.
    pub addresses: usize,
    /// Exports that were not read to their ends, and why.
    pub cut: Vec<String>,
}

/// A piece of HTML as Markdown.
pub(crate) fn markdown_of(html: &str) -> String {
    html::Converter::new().markdown(html)
}

/// Imports what `source` holds.
///
/// # Errors
/// It is of no system that is known, or cannot be read.
pub fn import(source: &Source, options: &Options) -> Result<Import, Error> {
    let system = System::of(source).ok_or_else(|| {
        Error::refused(
            "there is nothing here that gen can import",
            "name the folder of a site, or an export of WordPress (.xml) or Ghost (.json)",
        )
    })?;
    let site = system.read(source)?;
    if site.docs.is_empty() {
        let why = site.cut.first().or(site.general.first());
        return Err(Error::refused(
            format!("from {}: there is no article and no page here", system.name),
            why.map_or(
                "name the folder that holds the site's texts",
                String::as_str,
            ),
        ));
    }
    Ok(finish::finish(system, site, source, options))
}
