//! Reads one body: what stands in it of other files, its marks, its events.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Options as Flags, Parser, Tag};

use super::attributes::{self, Given};
use super::balance::Balance;
use super::footnote::Footnotes;
use super::include::{Found, Weaver};
use super::left_over::LeftOver;
use super::shortcode::{self, Shortcodes};
use super::summary::Summary;
use super::writer::Writer;
use super::{Content, FLAGS, Known, Reader, autolink, bracketed, cjk, formula, highlight};
use crate::diagnostic::Diagnostic;
use crate::edit::Edit;
use crate::find;
use crate::parse::Options;
use crate::parse::code::Painter;
use crate::parse::terms::Field;

/// So many marks are told for one reason in one file, at most.
const MOST_OF_A_KIND: usize = 20;

/// Reads `text`, which begins at byte `base` of the file at `path`.
pub(in crate::parse) fn read(
    text: &str,
    base: usize,
    path: &str,
    title: &str,
    options: &Options<'_>,
    known: Known<'_, '_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Content {
    let mut flags = FLAGS;
    flags.set(Flags::ENABLE_MATH, options.markdown.math());
    let woven = Weaver {
        options,
        flags,
        path,
        base,
    };
    let Some(mut woven) = woven.weave(text) else {
        return read_woven(text, base, path, title, options, known, diagnostics);
    };
    let mut told = Vec::new();
    let mut content = read_woven(&woven.text, base, path, title, options, known, &mut told);
    let spans = content.callouts.iter_mut().map(|callout| &mut callout.span);
    let spans = spans.chain(content.loads.iter_mut().map(|load| &mut load.span));
    let found = Found {
        links: &mut content.links,
        pictures: &mut content.images,
        shortcodes: &mut content.shortcodes,
        spans: spans.collect(),
    };
    content.inserted = woven.inserted(base, &found);
    woven.restore(base, path, &mut told, found);
    diagnostics.extend(woven.wrong());
    diagnostics.extend(told);
    content
        .included
        .splice(0..0, std::mem::take(&mut woven.included));
    content
}

/// Whether a line begins with `:::`.
fn has_boxes(text: &str) -> bool {
    let is_box = |line: &str| line.trim_start().starts_with(":::");
    find::is_within(text.as_bytes(), b":::") && text.lines().any(is_box)
}

/// Reads a text in which all stands that is shown in it.
fn read_woven(
    text: &str,
    base: usize,
    path: &str,
    title: &str,
    options: &Options<'_>,
    known: Known<'_, '_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Content {
    let mut flags = FLAGS;
    flags.set(
        Flags::ENABLE_SMART_PUNCTUATION,
        options.markdown.smart_punctuation(options.language),
    );
    flags.set(Flags::ENABLE_MATH, options.markdown.math());
    // The marks of a box in other programs, which are told, would be definitions.
    if has_boxes(text) {
        flags.remove(Flags::ENABLE_DEFINITION_LIST);
    }
    let mut mask = shortcode::hidden(text, options.shortcodes, flags);
    let hidden = mask.text.take();
    let visible = hidden.as_deref().unwrap_or(text);
    let delimited = formula::delimited(visible, flags);
    let given = delimited.as_deref().unwrap_or(visible);
    let escaped = bracketed::escape(given, flags);
    let source = escaped.as_ref().map_or(given, |escaped| &escaped.text);
    let parted = cjk::part(source, flags);
    let source = parted.as_ref().map_or(source, |parted| &parted.text);
    let mut linked = autolink::link(source, Parser::new_ext(source, flags).into_offset_iter());
    if let Some(parted) = &parted {
        cjk::clear(&mut linked);
        linked.map_places(|bytes| parted.original(bytes));
    }
    if let Some(escaped) = &escaped {
        linked.map_places(|bytes| escaped.original(bytes));
    }
    // A thousand of a kind are one kind.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut is_new = |left: &LeftOver| {
        let count = seen.entry(left.message.clone()).or_default();
        *count += 1;
        *count <= MOST_OF_A_KIND
    };
    let left_over = linked.left_over.into_iter().filter(|left| is_new(left));
    diagnostics.extend(left_over.map(|left| left.told(path, base)));
    let mut events = linked.events;
    highlight::highlight(&mut events);
    let attributes = attributes::take(&mut events);
    let mut reader = Reader {
        text,
        base,
        path,
        options,
        related: options
            .strings
            .get("related")
            .map_or("Related", String::as_str),
        terms: known.terms,
        painter: known.code.map_or_else(Painter::new, Painter::knowing),
        diagnostics,
        writer: Writer::with_capacity(text.len() + text.len() / 4),
        content: Content::default(),
        ids: BTreeMap::new(),
        written: linked.written,
        own_ids: own_ids(&events, &attributes),
        attributes,
        given: BTreeSet::new(),
        block: String::new(),
        field: Field::Body,
        summary: Summary::default(),
        footnotes: Footnotes::default(),
        quotes: Vec::new(),
        open_links: Vec::new(),
        depth: 0,
        text_element: None,
        balance: Balance::default(),
        columns: 0,
        shortcodes: Shortcodes::default(),
        told_drawing: false,
        diagrams: 0,
    };
    reader.take_shortcodes(mask, &events);
    reader.writer.part(title);
    reader.range(&events, 0, events.len());
    reader.end_notes(&events);
    reader.finish()
}

impl LeftOver {
    /// The same for the author; the text begins at byte `base` of the file.
    fn told(self, path: &str, base: usize) -> Diagnostic {
        let bytes = base + self.bytes.start..base + self.bytes.end;
        let told = Diagnostic::warning(self.code, path, self.message)
            .at(bytes)
            .help(self.help);
        match self.brackets {
            None => told,
            Some(inner) => {
                let insert = |at: usize, sign| Edit::new(path, base + at..base + at, sign);
                told.fix(insert(inner.start, "<"))
                    .fix(insert(inner.end, ">"))
            }
        }
    }
}

/// The ids that headings are given by hand: these win over made ones, wherever they stand.
fn own_ids(
    events: &[(Event<'_>, Range<usize>)],
    attributes: &BTreeMap<usize, Given>,
) -> BTreeSet<String> {
    let own = |event: &Event<'_>| match event {
        Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
        _ => None,
    };
    let of_blocks = attributes.values().filter_map(|given| given.id.clone());
    let of_headings = events.iter().filter_map(|(event, _)| own(event));
    of_headings.chain(of_blocks).collect()
}
