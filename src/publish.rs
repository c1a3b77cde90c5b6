//! Renders what is planned, but for what is known to be as it should, and hands the bytes to the store.

use rayon::prelude::*;

use crate::artwork::Artwork;
use crate::diagnostic::{Diagnostic, Spot};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Mix};
use crate::kept::is_settled;
use crate::kept::record::{Record, Written};
use crate::output::inputs::Inputs;
use crate::output::{Job, Rendered, View};
use crate::picture::metadata;
use crate::scan::{SourceFile, Stamp};
use crate::store::Store;

/// What rendering all jobs takes.
pub(crate) struct Rendering<'a> {
    pub(crate) view: &'a View<'a>,
    /// The files that are copied.
    pub(crate) assets: &'a [SourceFile],
    /// What makes pictures.
    pub(crate) artwork: &'a Artwork<'a>,
    /// None where nothing can be published: all jobs are rendered then, to find what is wrong.
    pub(crate) store: Option<&'a Store>,
    /// What the last build published.
    pub(crate) before: Option<&'a Record>,
    /// What jobs are made of, where that is to be kept.
    pub(crate) inputs: Option<Inputs>,
}

/// What came of one job.
pub(crate) struct Made {
    path: String,
    inputs: Option<Fingerprint>,
    /// As it looks; none where nothing is published.
    stamp: Option<Stamp>,
    /// Its bytes were made.
    pub(crate) rendered: bool,
}

impl Rendering<'_> {
    /// Renders every job whose bytes are not known, on all threads, and stages it.
    pub(crate) fn all(&self, jobs: &[Job]) -> Result<(Vec<Made>, Vec<Diagnostic>), Error> {
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
        let inputs = self
            .inputs
            .as_ref()
            .and_then(|inputs| self.view.fingerprint(inputs, job));
        let known = self.known(&path, inputs);
        let known = known.filter(|_| self.store.is_some_and(|store| store.keep(&path)));
        let stamp = match known {
            Some(stamp) => Some(stamp),
            None => match self.view.render(job) {
                Ok(rendered) => match self.staged(&path, rendered)? {
                    Ok(stamp) => stamp,
                    Err(diagnostic) => return Ok(Err(diagnostic)),
                },
                Err(diagnostic) => return Ok(Err(diagnostic)),
            },
        };
        Ok(Ok(Made {
            path,
            inputs,
            stamp,
            rendered: known.is_none(),
        }))
    }

    /// Hands what was rendered to the store, and says how it looks there.
    fn staged(
        &self,
        path: &str,
        rendered: Rendered,
    ) -> Result<Result<Option<Stamp>, Box<Diagnostic>>, Error> {
        let Some(store) = self.store else {
            return Ok(Ok(None));
        };
        let bytes = match rendered {
            Rendered::Copy(asset) => {
                let bytes = self.assets[asset].read_whole()?;
                Ok(metadata::without(&bytes).unwrap_or(bytes))
            }
            Rendered::Bytes(bytes) => Ok(bytes),
            Rendered::Picture(number) => self.artwork.picture(&self.view.pictures.files[number])?,
            Rendered::Drawing(id, shape) => self.artwork.drawing(self.view, id, shape)?,
        };
        match bytes {
            Ok(bytes) => Ok(Ok(Some(store.stage(path, &bytes)?))),
            Err(diagnostic) => Ok(Err(diagnostic)),
        }
    }

    /// How a published file looks, if it is made of the same and looks as it was left.
    fn known(&self, path: &str, inputs: Option<Fingerprint>) -> Option<Stamp> {
        let written = self.before?.written(path)?;
        let same = inputs.is_some() && written.inputs == inputs;
        (same && self.store?.look(path) == Some(written.stamp)).then_some(written.stamp)
    }
}

/// What the files that are copied hold, as far as looking at them tells.
pub(crate) fn files(assets: &[SourceFile], began: i64) -> Vec<Option<Fingerprint>> {
    let file = |file: &SourceFile| {
        let mut mix = Mix::default();
        mix.add(&(&file.path, file.stamp));
        is_settled(file.stamp, began).then(|| mix.finish())
    };
    assets.iter().map(file).collect()
}

/// What was published, as it looks now.
pub(crate) fn written(made: Vec<Made>) -> Vec<Written> {
    let written = |made: Made| {
        Some(Written {
            stamp: made.stamp?,
            path: made.path,
            inputs: made.inputs,
        })
    };
    let mut written: Vec<Written> = made.into_iter().filter_map(written).collect();
    written.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    written
}
