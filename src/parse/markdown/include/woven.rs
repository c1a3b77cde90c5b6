//! Leads what is found in a woven text back to the files that it is of.

use std::ops::Range;

use super::{Found, Level, Piece, Place, Woven};
use crate::diagnostic::{Diagnostic, Spot};
use crate::model::page::{Inserted, InsertedKind, InsertedPart, LinkForm};
use crate::parse::raw_html;

impl Woven {
    /// Adds a part of a text, its lines as far indented as the tag that it stands for.
    pub(super) fn push(&mut self, text: &str, bytes: Range<usize>, level: Level<'_>) {
        let mut at = bytes.start;
        let mut is_first = true;
        for line in text[bytes].split_inclusive('\n') {
            let begins_line = self.text.ends_with('\n');
            if begins_line && !level.prefix.is_empty() && !(is_first && line == "\n") {
                self.text.push_str(level.prefix);
            }
            is_first = false;
            self.pieces.push(Piece {
                start: self.text.len(),
                from: level.from + at,
                file: level.file,
                via: level.via.clone(),
            });
            self.text.push_str(line);
            at += line.len();
        }
    }

    /// Where a byte of the woven text is of.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.start <= at);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// The bytes in the page's text for bytes of the woven one: those of the tag for what another file says.
    fn in_page(&self, bytes: &Range<usize>) -> Range<usize> {
        let Some(piece) = self.piece(bytes.start) else {
            return bytes.clone();
        };
        match piece.file {
            Some(_) => piece.via.clone(),
            None => {
                let start = piece.from + bytes.start - piece.start;
                let last = self.piece(bytes.end.saturating_sub(1).max(bytes.start));
                let end = last.filter(|last| last.file.is_none());
                let end = end.map_or(start + bytes.len(), |last| {
                    last.from + bytes.end - last.start
                });
                start..end
            }
        }
    }

    /// The same for bytes of a file that begins `base` before its text.
    fn in_file(&self, base: usize, bytes: &Range<usize>) -> Range<usize> {
        let text = bytes.start.saturating_sub(base)..bytes.end.saturating_sub(base);
        let place = self.in_page(&text);
        base + place.start..base + place.end
    }

    /// Leads what was found in the woven text back to the files that it is of.
    pub(in crate::parse::markdown) fn restore(
        &self,
        base: usize,
        path: &str,
        told: &mut [Diagnostic],
        found: Found<'_>,
    ) {
        for diagnostic in told.iter_mut().filter(|told| told.path == path) {
            let Spot::Bytes(bytes) = &diagnostic.spot else {
                continue;
            };
            let start = bytes.start.saturating_sub(base);
            match self
                .piece(start)
                .and_then(|piece| Some((piece, piece.file?)))
            {
                Some((piece, file)) => {
                    let from = piece.from + start - piece.start;
                    diagnostic.spot = Spot::Bytes(from..from + bytes.len());
                    diagnostic.path = self.files[file].path.clone();
                    diagnostic.fixes.clear();
                }
                None => {
                    diagnostic.spot = Spot::Bytes(self.in_file(base, bytes));
                    for fix in &mut diagnostic.fixes {
                        let bytes = self.in_file(base, &(fix.bytes.0..fix.bytes.1));
                        fix.bytes = (bytes.start, bytes.end);
                    }
                }
            }
        }
        for link in found.links {
            if link.form != LinkForm::Wiki {
                self.lead_from(base, &link.span, &mut link.dest);
            }
            link.span = self.in_file(base, &link.span);
        }
        for picture in found.pictures {
            self.lead_from(base, &picture.span, &mut picture.src);
            picture.span = self.in_file(base, &picture.span);
        }
        let shortcodes = found.shortcodes.iter_mut();
        let tags = shortcodes.flat_map(|shortcode| {
            let end = shortcode.end.iter_mut();
            std::iter::once(&mut shortcode.span).chain(end)
        });
        for span in found.spans.into_iter().chain(tags) {
            *span = self.in_file(base, span);
        }
    }

    /// Writes an address that another file says from that file on.
    fn lead_from(&self, base: usize, span: &Range<usize>, dest: &mut String) {
        let piece = self.piece(span.start.saturating_sub(base));
        let file = piece
            .and_then(|piece| piece.file)
            .map(|file| &self.files[file]);
        let is_relative = !dest.starts_with(['/', '#', '?'])
            && raw_html::leads_into_site(dest)
            && !dest.is_empty();
        if let Some(folder) = file
            .and_then(|file| file.folder.as_ref())
            .filter(|_| is_relative)
        {
            *dest = match folder.is_empty() {
                true => format!("/{dest}"),
                false => format!("/{folder}/{dest}"),
            };
        }
    }

    /// What is wrong with the files that are asked for.
    pub(in crate::parse::markdown) fn wrong(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.wrong)
    }

    /// What stands in the place of the page's tags. `found` is what was found in the woven text, which begins at `base`.
    pub(in crate::parse::markdown) fn inserted(
        &self,
        base: usize,
        found: &Found<'_>,
    ) -> Vec<Inserted> {
        let mut all: Vec<(&Range<usize>, InsertedKind)> = Vec::new();
        for (n, link) in (0..).zip(found.links.iter()) {
            all.push((&link.span, InsertedKind::Link(n)));
        }
        for (n, picture) in (0..).zip(found.pictures.iter()) {
            all.push((&picture.span, InsertedKind::Picture(n)));
        }
        for (n, shortcode) in (0..).zip(found.shortcodes.iter()) {
            all.push((&shortcode.span, InsertedKind::Shortcode(n)));
            let end = shortcode.end.iter();
            all.extend(end.map(|span| (span, InsertedKind::End)));
        }
        let place = |place: &Place| {
            let from = base + place.woven.start;
            let within = all
                .iter()
                .filter(|(span, _)| from <= span.start && span.end <= base + place.woven.end);
            let part = |(span, kind): &(&Range<usize>, InsertedKind)| InsertedPart {
                span: span.start - from..span.end - from,
                kind: *kind,
            };
            Inserted {
                span: base + place.tag.start..base + place.tag.end,
                text: self.text[place.woven.clone()].to_owned(),
                parts: within.map(part).collect(),
            }
        };
        self.places.iter().map(place).collect()
    }
}
