//! Renders what is planned, but for what is known to be as it should, and hands the bytes to the store.

use rayon::prelude::*;

use crate::artwork::Artwork;
use crate::diagnostic::{Diagnostic, Spot};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Mix};
use crate::kept::is_settled;
use crate::kept::record::{Notes, Record, Written};
use crate::output::{Job, MarkdownCopy, Note, Rendered, Renderer};
use crate::picture::metadata;
use crate::scan::{self, SourceFile, Stamp};
use crate::store::Store;

/// What rendering all jobs takes.
pub(super) struct Rendering<'a> {
    /// By language.
    pub(super) renderers: &'a [Renderer<'a>],
    /// The files that are copied.
    pub(super) assets: &'a [SourceFile],
    /// The Markdown files, sorted by path.
    pub(super) articles: &'a [SourceFile],
    /// What makes pictures.
    pub(super) artwork: &'a Artwork<'a>,
    /// None where nothing can be published: all jobs are rendered then, to find what is wrong.
    pub(super) store: Option<&'a Store>,
    /// What the last build published.
    pub(super) before: Option<&'a Record>,
    /// What that was made of.
    pub(super) notes: Notes,
}

/// What came of one job.
pub(super) struct Made {
    path: String,
    /// What it was made of, where that is known.
    note: Option<Note>,
    /// As it looks; none where nothing is published.
    stamp: Option<Stamp>,
    /// Its bytes were made.
    pub(super) rendered: bool,
}

impl Rendering<'_> {
    /// Renders every job whose bytes are not known, on all threads, and stages it.
    pub(super) fn all(&self, jobs: &[Job]) -> Result<(Vec<Made>, Vec<Diagnostic>), Error> {
        let results: Vec<Result<Made, Box<Diagnostic>>> = jobs
            .par_iter()
            .map(|job| self.one(job))
            .collect::<Result<_, Error>>()?;
        let mut made = Vec::with_capacity(results.len());
        // One mistake in a template is one, however many pages it shows on: the first by address tells it.
        let mut told: Vec<(String, Spot, String)> = Vec::new();
        let mut first = Vec::new();
        for result in results {
            match result {
                Ok(one) => made.push(one),
                Err(diagnostic) => {
                    let key = (
                        diagnostic.path.clone(),
                        diagnostic.spot.clone(),
                        diagnostic.message.clone(),
                    );
                    if !told.contains(&key) {
                        told.push(key);
                        first.push(*diagnostic);
                    }
                }
            }
        }
        Ok((made, first))
    }

    fn one(&self, job: &Job) -> Result<Result<Made, Box<Diagnostic>>, Error> {
        let path = job.permalink.output_file();
        if let Some((stamp, note)) = self.known(&path, job) {
            return Ok(Ok(Made {
                path,
                note: Some(note.clone()),
                stamp: Some(stamp),
                rendered: false,
            }));
        }
        let (rendered, note) = match self.renderers[job.edition].render(job) {
            Ok(made) => made,
            Err(diagnostic) => return Ok(Err(diagnostic)),
        };
        Ok(self.staged(&path, job, rendered)?.map(|stamp| Made {
            path,
            note,
            stamp,
            rendered: true,
        }))
    }

    /// Hands what was rendered to the store, and says how it looks there.
    fn staged(
        &self,
        path: &str,
        job: &Job,
        rendered: Rendered,
    ) -> Result<Result<Option<Stamp>, Box<Diagnostic>>, Error> {
        let Some(store) = self.store else {
            return Ok(Ok(None));
        };
        let bytes =
            match rendered {
                Rendered::Copy(file) => {
                    let bytes = self.assets[file.index()].read_whole()?;
                    Ok(metadata::without(&bytes).unwrap_or(bytes))
                }
                Rendered::Bytes(bytes) => Ok(bytes),
                Rendered::Icon(file) => self.renderers[job.edition]
                    .look(|view| self.artwork.icon(view, file.index()))?,
                Rendered::DrawnIcon(icon, svg) => self.renderers[job.edition]
                    .look(|view| self.artwork.drawn_icon(view, icon, &svg)),
                Rendered::Markdown(copy) => self.copied(&copy)?,
                Rendered::Picture(file) => self.artwork.picture(&file)?,
                Rendered::Drawing {
                    drawing,
                    page,
                    shape,
                } => self.renderers[job.edition]
                    .look(|view| self.artwork.drawing(view, &drawing, page, shape))?,
            };
        match bytes {
            Ok(bytes) => Ok(Ok(Some(store.stage(path, &bytes)?))),
            Err(diagnostic) => Ok(Err(diagnostic)),
        }
    }

    /// A Markdown copy, of the author's file.
    fn copied(&self, copy: &MarkdownCopy) -> Result<Result<Vec<u8>, Box<Diagnostic>>, Error> {
        let bytes = match scan::find(self.articles, &copy.source) {
            Some(file) => file.read()?,
            None => Vec::new(),
        };
        let is_same = |then| Fingerprint::of(&bytes) == then;
        if !copy.fingerprint.is_none_or(is_same) {
            let path = format!("content/{}", copy.source);
            let message = "this file changed while the site was built";
            let error = Diagnostic::error("changed-meanwhile", &path, message);
            return Ok(Err(Box::new(
                error.help("nothing was published; build again"),
            )));
        }
        let text = String::from_utf8_lossy(&bytes);
        Ok(Ok(copy.of(&text).into_bytes()))
    }

    /// Tells how a published file looks and what it was made of, if that is the same now and the file looks as it was
    /// left.
    fn known(&self, path: &str, job: &Job) -> Option<(Stamp, &Note)> {
        let (store, stamp) = (self.store?, self.before?.stamp(path)?);
        let note = self.notes.of(path)?;
        let is_known = self.renderers[job.edition].holds(note, job)
            && store.look(path) == Some(stamp)
            && store.keep(path);
        is_known.then_some((stamp, note))
    }
}

/// What the files that are copied hold, as far as looking at them tells.
pub(super) fn files(assets: &[SourceFile], began: i64) -> Vec<Option<Fingerprint>> {
    let file = |file: &SourceFile| {
        let mut mix = Mix::default();
        mix.add(&(&file.path, file.stamp));
        is_settled(file.stamp, began).then(|| mix.finish())
    };
    assets.iter().map(file).collect()
}

/// What was published, as it looks now, and what it was made of.
pub(super) fn written(mut made: Vec<Made>) -> (Vec<Written>, Notes) {
    made.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let mut written = Vec::with_capacity(made.len());
    let mut notes = Notes::default();
    for Made {
        path, note, stamp, ..
    } in made
    {
        if let Some(note) = note {
            notes.add(path.clone(), note);
        }
        written.extend(stamp.map(|stamp| Written { path, stamp }));
    }
    (written, notes)
}
