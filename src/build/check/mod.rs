//! `gen check`: all that a build would say, what the lints say, and where somebody asks for it, what other sites say
//! and which links could be added. Writes nothing but what is kept in `.gen/`.

mod elsewhere;
mod mending;
mod wanted;

use std::path::Path;

use super::baseline::Baseline;
use super::bodies::Bodies;
use super::located::located;
use super::{Edition, HELD, Loaded, Options, Pipeline, Watch};
use crate::artwork::Artwork;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::external::{self, Asking};
use crate::link::named;
use crate::link::reach::Reach;
use crate::lint::{self, LINTS, Survey, tag_spelling};
use crate::model::page::{Page, PageId};
use crate::model::site::Site;
use crate::model::source;
use crate::model::texts::Outline;
use crate::model::wording::count;
use crate::scan::{self, SourceFile};
use crate::suggest::refused::{self, Refused};
use crate::{config, suggest};

pub use mending::Mending;
pub use wanted::{Suggest, Wanted, known};

/// The lint that tells nothing unless it is asked, and mends all that it finds.
const FOREIGN_KEY: &str = "foreign-key";

/// Endings of files of text that can name others; `_redirects` and `_headers` have none.
const TEXTS: [&str; 10] = [
    "",
    "css",
    "htm",
    "html",
    "js",
    "json",
    "svg",
    "txt",
    "webmanifest",
    "xml",
];

/// Bytes; what is longer is data.
const LONGEST_TEXT: u64 = 1 << 20;

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// What is wrong, located, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong and known, by `baseline.txt`.
    pub known: Vec<Diagnostic>,
    /// Mistakes of `baseline.txt` that were not found.
    pub mended: usize,
    /// Pages that were read.
    pub pages: usize,
    /// Suggestions of little worth that are not told.
    pub left_out: usize,
    /// What could not be looked at, and why.
    pub notes: Vec<String>,
}

impl Checked {
    /// All that is wrong, known or not.
    pub fn all(&self) -> Vec<Diagnostic> {
        [self.diagnostics.as_slice(), &self.known].concat()
    }
}

/// Checks the site; `asking` says how other sites are asked, if they are.
///
/// # Errors
/// What the machine refuses, a code in `wanted` that no lint has or that is not looked for, and an article that is not
/// there.
pub fn check(
    options: &Options,
    wanted: &Wanted,
    asking: Option<&Asking<'_>>,
    watch: Watch<'_>,
) -> Result<Checked, Error> {
    known(&wanted.only)?;
    known(&wanted.skip)?;
    wanted.are_looked_for(asking.is_some())?;
    let mut pipeline = Pipeline {
        held: HELD,
        ..Pipeline::new(options, watch)
    };
    let mut loaded = match pipeline.load() {
        Ok(loaded) => loaded,
        // Without a site, no lint has looked at anything: then its errors are the answer.
        Err(stop) => {
            let levels: Vec<Level> = LINTS.iter().map(|lint| lint.level).collect();
            let found = wanted.of(stop.mistakes()?);
            return Ok(Checked {
                diagnostics: lint::leveled(found, &lint::Skips::default(), &levels),
                ..Checked::default()
            });
        }
    };
    let mut found = std::mem::take(&mut loaded.diagnostics);
    let sites: Vec<&Site> = loaded.editions.iter().map(|one| &one.site).collect();
    let (mut own, wrong) = lint::levels(&loaded.first().config, &sites);
    let is_set = loaded.first().config.check.lints.contains_key(FOREIGN_KEY);
    for (level, lint) in own.iter_mut().zip(LINTS) {
        if wanted.mends && lint.code == FOREIGN_KEY && !is_set {
            *level = Level::Warning;
        }
    }
    let levels = wanted.levels(own);
    let from = wanted.suggest_from.as_deref();
    let from = from.map(|from| file_of(&loaded, from)).transpose()?;
    let mut texts = texts(&options.root, &loaded)?;
    let mut links = Vec::new();
    let mut of_lints = Vec::new();
    // The first language is the last: it looks at files, too, which all of them name.
    for (number, edition) in loaded.editions.iter().enumerate().rev() {
        let mut survey = survey(&loaded, number);
        survey.texts.clone_from(&texts);
        let read = |id| bytes(&loaded, edition, id);
        let mut own = lint::run(&mut survey, &read, &levels)?;
        match &wanted.suggest {
            None => {}
            Some(Suggest::Few) => own.extend(suggest(&survey, &loaded, edition, None)?),
            Some(Suggest::One(one)) if survey_has(&loaded, number, one) => {
                own.extend(suggest(&survey, &loaded, edition, Some(one))?);
            }
            Some(Suggest::One(_)) => {}
        }
        let is_wanted = |found: &Diagnostic| {
            let is_elsewhere = |from: &String| found.suggested.is_some() && found.path != *from;
            !from.as_ref().is_some_and(is_elsewhere)
        };
        own.retain(|found| is_of(&loaded, number, &found.path) && is_wanted(found));
        of_lints.push(own);
        if asking.is_some() {
            links.push(elsewhere::links(edition, &survey.notes));
        }
        let pages = edition.site.pages.iter().zip(&survey.notes);
        let html = pages.filter(|(_, notes)| !notes.html.is_empty());
        texts.extend(html.map(|(page, notes)| (page.path(), notes.html.clone())));
    }
    found.extend(of_lints.into_iter().rev().flatten());
    found.extend(wrong);
    let links = asking.map(|asking| {
        (
            asking,
            links.into_iter().rev().flatten().collect::<Vec<_>>(),
        )
    });
    (pipeline.watch)("lints", loaded.pages());
    let artwork = Artwork::open(
        &options.root,
        &loaded.first().config,
        &loaded.first().theme,
        &loaded.assets,
        true,
    );
    let rendered = pipeline.render(&loaded, &artwork, found, None)?;
    let mut found = rendered.diagnostics;
    let mut notes = Vec::new();
    if let Some((asking, links)) = links {
        let heard = external::check(&options.root, &loaded.first().config, &links, asking);
        found.extend(heard.diagnostics);
        notes = heard.notes;
    }
    if wanted.suggest.is_some() {
        notes.extend(refused_of_nothing(&loaded));
    }
    let mut found = wanted.of(found);
    if !wanted.only.is_empty() {
        let all = errors(&found);
        found.retain(|d| wanted.only.iter().any(|code| code == d.code));
        let left_out = all - errors(&found);
        if left_out > 0 {
            let errors = count(left_out, "error", "errors");
            notes.push(format!(
                "{errors} of other kinds would stop a build; gen check without --only tells them"
            ));
        }
    }
    let told = lint::leveled(found, &lint::Skips::of(&sites), &levels);
    let mut told = located(&options.root, told);
    loaded.first().config.build.soften(&mut told, loaded.today);
    if wanted.suggests_only() {
        // The best first.
        told.sort_by_key(|found| std::cmp::Reverse(found.suggested.as_ref().map(|s| s.worth)));
    }
    let before = told.len();
    if !wanted.suggest_all {
        let is_told = |found: &Diagnostic| {
            let worth = found.suggested.as_ref().map(|suggested| suggested.worth);
            worth.is_none_or(|worth| worth >= suggest::WORTHWHILE)
        };
        told.retain(is_told);
    }
    let left_out = before - told.len();
    let mut baseline = Baseline::read(&options.root)?.unwrap_or_default();
    Ok(Checked {
        known: baseline.take(&mut told),
        mended: baseline.mended(),
        diagnostics: told,
        pages: loaded.pages(),
        left_out,
        notes,
    })
}

fn errors(found: &[Diagnostic]) -> usize {
    let errors = found.iter().filter(|d| d.severity == Severity::Error);
    errors.count()
}

/// What lints see of a loaded site in one of its languages.
pub fn survey(loaded: &Loaded, language: usize) -> Survey<'_> {
    let Edition {
        config,
        theme,
        site,
    } = &loaded.editions[language];
    Survey {
        site,
        all: loaded
            .editions
            .iter()
            .map(|edition| &edition.site)
            .collect(),
        config,
        language: config.primary_language(),
        spellings: tag_spelling::usual(site),
        theme,
        today: loaded.today,
        reach: Reach::new(site, config),
        notes: Vec::new(),
        texts: Vec::new(),
        assets: loaded
            .assets
            .iter()
            .map(|file| (file.path.clone(), file.stamp.size))
            .collect(),
    }
}

/// Whether a file is looked at in this language: a page in its own, all else in the first.
fn is_of(loaded: &Loaded, language: usize, path: &str) -> bool {
    let Some(file) = path.strip_prefix("content/") else {
        // Of `site.toml`, each language has its own tables.
        return true;
    };
    match source::is_article(file) {
        true => loaded.first().config.languages.place(file).language == language,
        false => language == 0,
    }
}

/// Whether an article that somebody names is in this language; one that is nowhere is looked for in the first.
fn survey_has(loaded: &Loaded, language: usize, written: &str) -> bool {
    let has = |edition: &Edition| {
        let found = named::article(&edition.site, &edition.config.base_url, written);
        found.is_ok_and(|id| edition.site.page(id).original.is_none())
    };
    let first = loaded.editions.iter().position(has);
    first.unwrap_or(0) == language
}

/// The file of an article that somebody names, in whichever language.
fn file_of(loaded: &Loaded, written: &str) -> Result<String, Error> {
    let mut files = loaded.editions.iter().map(|edition| {
        let found = named::article(&edition.site, &edition.config.base_url, written)?;
        Ok(edition.site.page(found).path())
    });
    let first = files.next().unwrap_or_else(|| Ok(String::new()));
    first.or_else(|why| files.find_map(Result::ok).ok_or(why))
}

/// Lines of `refused.txt` that name an article which is not there, and so refuse nothing.
fn refused_of_nothing(loaded: &Loaded) -> Vec<String> {
    let unknown = loaded
        .editions
        .iter()
        .map(|one| refused(loaded, one).unknown);
    let in_all = unknown.reduce(|mut all, more| {
        all.retain(|line| more.contains(line));
        all
    });
    let is_nothing = |name: &str| {
        let source = name.strip_prefix("content/").unwrap_or(name);
        loaded.file(source).is_none()
    };
    let mut lines = in_all.unwrap_or_default();
    lines.dedup();
    lines
        .into_iter()
        .filter(|(_, name)| is_nothing(name))
        .map(|(line, name)| {
            let why = match name.as_str() {
                "" => "an article is missing beside the arrow".to_owned(),
                name => format!("there is no article `{name}`"),
            };
            format!(
                "{}:{line}: {why}, and the line is passed over",
                refused::FILE
            )
        })
        .collect()
}

/// What the site's file refuses, of the site in one of its languages.
fn refused(loaded: &Loaded, edition: &Edition) -> Refused {
    let bytes = scan::inside(&loaded.root, refused::FILE).unwrap_or_default();
    let config = &edition.config;
    let text = String::from_utf8_lossy(&bytes);
    Refused::read(&text, &edition.site, &config.base_url, &config.language)
}

/// What can name the site's files and is no page of it: `site.toml`, articles that are not published, files of text
/// that are copied.
fn texts(root: &Path, loaded: &Loaded) -> Result<Vec<(String, String)>, Error> {
    let is_page = |file: &&SourceFile| {
        let pages = &loaded.edition_of(&file.path).site.pages;
        pages
            .binary_search_by(|page| page.source.as_str().cmp(&file.path))
            .is_ok()
    };
    let is_text = |file: &&SourceFile| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        file.stamp.size <= LONGEST_TEXT && TEXTS.contains(&ending)
    };
    let hidden = loaded.articles.iter().filter(|file| !is_page(file));
    let mut texts = Vec::new();
    for file in hidden.chain(loaded.assets.iter().filter(is_text)) {
        let text = String::from_utf8_lossy(&file.read()?).into_owned();
        texts.push((format!("content/{}", file.path), text));
    }
    let settings = scan::file(root, config::FILE)?;
    texts.push((
        config::FILE.to_owned(),
        String::from_utf8_lossy(&settings).into_owned(),
    ));
    Ok(texts)
}

/// The bytes of the file of a page, of the site in one of its languages.
///
/// # Errors
/// The system's refusal.
pub fn bytes(loaded: &Loaded, edition: &Edition, id: PageId) -> Result<Vec<u8>, Error> {
    let file = loaded.file(&edition.site.page(id).source);
    // Every page comes of a file that was found.
    file.map_or(Ok(Vec::new()), SourceFile::read)
}

fn suggest(
    survey: &Survey<'_>,
    loaded: &Loaded,
    edition: &Edition,
    article: Option<&str>,
) -> Result<Vec<Diagnostic>, Error> {
    let bodies = Bodies::new(loaded);
    let outline = |page: &Page| Ok(bodies.body(page)?.outline.clone());
    let outlines: Result<Vec<Outline>, Box<Diagnostic>> =
        edition.site.pages.iter().map(outline).collect();
    match outlines {
        Ok(outlines) => {
            let read = |id| bytes(loaded, edition, id);
            let refused = refused(loaded, edition);
            suggest::suggest(survey, &read, &outlines, article, &refused)
        }
        Err(error) => Ok(vec![*error]),
    }
}
