//! `gen` turns Markdown articles into a linked website for static hosting.
//!
//! # The way the data goes
//!
//! ```text
//! scan → parse → link → plan → render → store
//! ```
//!
//! 1. [`scan`] finds the files, sorted by path, as handles. [`mod@build`] reads bytes through them and hands
//!    them on; no stage below opens a file.
//! 2. [`parse`] turns one file's bytes into a [`model::page::Page`] and what is wrong with it. The body is
//!    HTML with holes where a link's address, a callout, a picture or a player goes; it is held in memory, or made
//!    again of the file when it is asked for (`build/bodies.rs`). Knows no other page.
//! 3. [`link`] turns the pages into a [`model::site::Site`]: sections, guides, taxonomies, resolved
//!    links, backlinks, up next.
//!    A site in several languages is a [`model::site::Site`] for each: no list can hold pages of two.
//! 4. [`output::plan`] asks every entry of the tables [`output::OUTPUTS`] and [`output::ONCE`] what it wants written.
//! 5. [`output::Renderer::render`] makes one job's bytes, from values alone, and notes what the job asked of the site.
//! 6. [`store`] writes what changed and removes what it once wrote and is no longer planned. Nothing is
//!    published unless every job rendered.
//!
//! Each step leaves what it made in `.gen/` ([`kept`]), and takes from there what the last build made of the same:
//! a file that looks as it did is not parsed, and a job whose questions have the answers that they had is not rendered
//! (`output/reads.rs`: outputs see the site through one reader, so that no question can be forgotten). Where nothing at all
//! changed, the first step is the last. The law: what is kept never changes a byte (`tests/incremental/`).
//!
//! The steps are the methods of one struct (`build/mod.rs`). A check ([`check`]) does the same without the last step, and
//! asks every entry of the table [`lint::LINTS`] what could be better.
//!
//! The author's mistakes are values ([`diagnostic::Diagnostic`]): all stages collect them, and all are told
//! at once. The machine's failures ([`error::Error`]) stop the run.
//!
//! # Where things live
//!
//! | level | module | its job | its library |
//! |---|---|---|---|
//! | 8 | `cli/` | one command a file: arguments, and what is said | clap, clap_complete, clap_mangen, flate2 |
//! | 8 | [`lsp`] | a language server: what is wrong while an article is typed, what can be linked, renaming | |
//! | 8 | [`serve`] | shows the site while it is written: watcher, server, live reload, the desk | hyper, tokio, notify, flate2 |
//! | 7 | [`mod@audit`] | looks at a built site of any generator, as HTML: model pages of it, ranked and compared | html5gum |
//! | 7 | [`mod@build`] | the pipeline: its methods, read in order, are the program; [`check`], [`survey()`], [`preview`] | |
//! | 6 | [`kept`] | what one build leaves for the next | borsh |
//! | 6 | [`external`] | whether what is linked on other sites is still there | ureq, url, html5gum |
//! | 6 | [`mod@publish`] | sends the built site to where readers find it; `place/` is its network | rusty-s3, ureq, flate2 |
//! | 6 | [`suggest`] | words that could link to articles with few ways in | |
//! | 6 | [`artwork`] | pictures: which are used, and what is made of them | |
//! | 5 | [`journeys`] | where readers went on, by the logs of a server | |
//! | 5 | [`rpc`] | JSON-RPC: messages, read and written | |
//! | 5 | [`graph`] | the links as data, and drawn | |
//! | 5 | [`lint`] | what could be better: one lint a file | |
//! | 5 | [`schema`] | JSON Schema of what authors write | |
//! | 5 | [`store`] | guards, atomic writes, the manifest, pruning; `.gen/`; the author's files | |
//! | 4 | [`output`] | one output a file; themes and templates; contexts | tera, ICU4X, serde_json, sha2, base64 |
//! | 4 | [`import`] | makes a site of another system's, as values | htmd, quick-xml, serde_json |
//! | 4 | [`writing`] | what `gen new` and `gen mv` do to the author's files, as values | |
//! | 3 | [`link`] | one relation a file; `up_next/` ranks | |
//! | 2 | [`parse`] | front matter, Markdown, code, formulas, diagrams, shortcodes, replies, terms, words for search | serde_yaml, pulldown-cmark, syntect, two-face, pulldown-latex, mermaid-svg, emojis |
//! | 2 | [`picture`] | smaller files of photographs, drawn cards: bytes in, bytes out | image, webp, resvg |
//! | 2 | [`scan`] | finding files; when git last changed them | walkdir |
//! | 1 | [`model`], [`config`] | plain data; `site.toml` | jiff, toml |
//! | 0 | [`diagnostic`], [`edit`], [`error`], [`escape`], [`find`], [`fingerprint`], [`list`] | what all others use | annotate-snippets, similar, memchr |
//!
//! A module names only modules of its own level or below. Each library is named in one module (borsh, rayon,
//! schemars and serde excepted). Files, clocks and the environment appear only in `scan`, `store`, `external`, `publish/place`, `serve` and `cli`. A
//! test holds these three rules (`tests/whole/architecture.rs`).
//!
//! To add an output, a lint or a command: one file, its `mod` line, its line in the table; for an output also its variant
//! of [`output::Subject`], which then has no other way than to be rendered. To add a front-matter
//! key: one documented field in [`model::front_matter`].

pub mod artwork;
pub mod audit;
pub mod build;
pub mod config;
pub mod diagnostic;
pub mod edit;
pub mod error;
pub mod escape;
pub mod external;
pub mod find;
pub mod fingerprint;
pub mod graph;
pub mod import;
pub mod journeys;
pub mod kept;
pub mod link;
pub mod lint;
pub mod list;
pub mod lsp;
pub mod model;
pub mod output;
pub mod parse;
pub mod picture;
pub mod publish;
pub mod rpc;
pub mod scan;
pub mod schema;
pub mod serve;
pub mod store;
pub mod suggest;
pub mod writing;

pub use build::{
    Build, Edition, HELD, Loaded, Options, Report, Survey, Today, Watch, addresses, baseline,
    build, build_and_hold, check, load, preview, survey,
};
