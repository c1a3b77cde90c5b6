//! `gen list --translations`: each page with what there is of it in the site's languages.

use gen_site::error::Error;
use gen_site::link::status;
use gen_site::model::page::{Kind, Page};
use gen_site::model::site::Counterpart;
use gen_site::output::json::{self, json};
use gen_site::{Edition, Loaded, Options};

use super::{Args, Format};
use crate::cli::{Outcome, count, load, print, say_aside};

/// A page and its translations.
struct Row<'l> {
    /// The file of the original, or of the first language that has it.
    source: &'l str,
    /// By language.
    states: Vec<State>,
}

/// What there is of a page in a language.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Missing,
    Draft,
    Behind,
    Done,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            State::Missing => "-",
            State::Draft => "draft",
            State::Behind => "older",
            State::Done => "ok",
        }
    }
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Outcome, Error> {
    let options = Options {
        drafts: true,
        future: true,
        root: options.root.clone(),
        base_url: None,
        today: options.today,
    };
    let Some((loaded, outcome)) = load(&options)? else {
        return Ok(Outcome::SiteHasErrors);
    };
    let tags: Vec<&str> = loaded
        .editions
        .iter()
        .map(|one| one.config.language.as_str())
        .collect();
    let rows = rows(
        &loaded,
        args.section
            .as_deref()
            .map(|folder| folder.trim_matches('/')),
    );
    let answer = match args.format {
        Format::Text => text(&rows, &tags),
        Format::Tsv => rows.iter().map(tsv).collect(),
        Format::Json => {
            let rows: Vec<json::Value> = rows.iter().map(|row| as_json(row, &tags)).collect();
            json::pretty(&rows)
        }
    };
    print(&answer)?;
    if matches!(args.format, Format::Text) {
        say_aside(&count(rows.len(), "page", "pages"));
    }
    Ok(outcome)
}

fn rows<'l>(loaded: &'l Loaded, section: Option<&str>) -> Vec<Row<'l>> {
    let mut rows = Vec::new();
    for (number, edition) in loaded.editions.iter().enumerate() {
        for page in edition.site.own_pages().filter(|page| is_read(page)) {
            let all = counterparts(edition, page);
            // Each page once, in the first language that has it.
            let is_first = all
                .iter()
                .find(|one| one.is_translated)
                .is_none_or(|one| one.language == number);
            let folder = page.bare_folder();
            let is_in = section.is_none_or(|section| {
                folder == section || folder.starts_with(&format!("{section}/"))
            });
            if !is_first || !is_in {
                continue;
            }
            let state = |language: usize| state(loaded, all, page, language);
            rows.push(Row {
                source: &page.source,
                states: (0..loaded.editions.len()).map(state).collect(),
            });
        }
    }
    rows
}

fn is_read(page: &Page) -> bool {
    page.is_article() || matches!(page.kind, Kind::Page | Kind::Section)
}

fn counterparts<'l>(edition: &'l Edition, page: &Page) -> &'l [Counterpart] {
    let known = &edition.site.counterparts;
    let at = known.binary_search_by(|one| one.permalink.cmp(&page.permalink));
    at.map_or(&[], |at| &known[at].all)
}

fn state(loaded: &Loaded, all: &[Counterpart], original: &Page, language: usize) -> State {
    let site = &loaded.editions[language].site;
    let one = match all.iter().find(|one| one.language == language) {
        Some(one) if one.is_translated => &one.permalink,
        _ if original.permalink == loaded.first().config.home() => return State::Done,
        // A site in one language has no counterparts.
        _ if all.is_empty() && language == 0 => &original.permalink,
        _ => return State::Missing,
    };
    match site.own_pages().find(|page| page.permalink == *one) {
        None => State::Missing,
        Some(page) if status::of(page, loaded.now).is_some() => State::Draft,
        Some(page) if page.source != original.source && page.is_behind(original) => State::Behind,
        Some(_) => State::Done,
    }
}

fn text(rows: &[Row<'_>], tags: &[&str]) -> String {
    let wide = rows
        .iter()
        .map(|row| row.source.chars().count())
        .max()
        .unwrap_or(0);
    let line = |source: &str, cells: &[&str]| {
        let mut line = format!("{source:<wide$}");
        for (cell, tag) in cells.iter().zip(tags) {
            line.push_str(&format!("  {cell:<width$}", width = tag.len().max(5)));
        }
        format!("{}\n", line.trim_end())
    };
    let mut out = line("", tags);
    for row in rows {
        let cells: Vec<&str> = row.states.iter().map(|state| state.word()).collect();
        out.push_str(&line(row.source, &cells));
    }
    out
}

fn tsv(row: &Row<'_>) -> String {
    let states: Vec<&str> = row.states.iter().map(|state| state.word()).collect();
    format!("{}\t{}\n", row.source, states.join("\t"))
}

fn as_json(row: &Row<'_>, tags: &[&str]) -> json::Value {
    let states = tags.iter().zip(&row.states);
    let states = states.map(|(tag, state)| {
        let word = match state {
            State::Missing => "missing",
            state => state.word(),
        };
        ((*tag).to_owned(), word.into())
    });
    json!({ "source": row.source, "languages": json::Value::Object(states.collect()) })
}
