//! Fills the holes of a parsed body: links, pictures, callouts, players, the numbers of a guide's steps.

mod shortcode;

use std::borrow::Cow;

use self::shortcode::OpenShortcode;
use super::target::href;
use super::template::{Context, Value, object, safe};
use super::{View, context, picture};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::model::page::{Body, Callout, Embed, Hole, Page, PageId, id_of_fragment};
use crate::model::site::{PictureTarget, Target};
use crate::parse::{diagram, line, math, media, title_from};

/// The body's HTML. `absolute` writes full URLs, for feeds.
///
/// # Errors
/// A mistake in a callout's or a player's template.
pub(super) fn fill(view: &View<'_>, id: PageId, absolute: bool) -> Result<String, Box<Diagnostic>> {
    let body = view.body(id)?;
    fill_from(view, id, &body, absolute)
}

/// The same, where the body is at hand.
///
/// # Errors
/// A mistake in a callout's or a player's template.
pub(super) fn fill_from(
    view: &View<'_>,
    id: PageId,
    body: &Body,
    absolute: bool,
) -> Result<String, Box<Diagnostic>> {
    let page = view.site.page(id);
    let mut filler = Filler {
        view,
        id,
        page,
        absolute,
        out: String::new(),
        open: Vec::new(),
        shortcodes: Vec::new(),
        pieces: 0,
        pictures: 0,
    };
    filler.out.reserve(body.html.len() + 64 * body.holes.len());
    let mut done = 0;
    for (at, hole) in &body.holes {
        let at = *at as usize;
        filler.out.push_str(&body.html[done..at]);
        filler.hole(*hole)?;
        done = at;
        if let Hole::Url(n) = hole
            && filler.leads_nowhere(*n as usize)
        {
            done += filler.take_back_attribute(&body.html[at..]);
        }
    }
    filler.out.push_str(&body.html[done..]);
    // Few programs that read feeds know MathML, and hardly one shows SVG.
    if absolute && filler.out.contains("<math") {
        filler.out = math::in_words(&filler.out);
    }
    if absolute && filler.out.contains("<svg") {
        filler.out = diagram::in_words(&filler.out);
    }
    Ok(filler.out)
}

/// The title of what a page's link leads to; where there is no page, what the author wrote.
///
/// # Errors
/// The link leads to a heading, and the body of its page cannot be had.
pub(super) fn link_title<'a>(
    view: &'a View<'_>,
    id: PageId,
    link: usize,
) -> Result<Cow<'a, str>, Box<Diagnostic>> {
    let written = &view.site.page(id).links[link].dest;
    Ok(match &view.site.targets(id)[link] {
        Target::Page { id, anchor, .. } => {
            let heading = match id_of_fragment(anchor) {
                "" => None,
                anchor => heading_words(&*view.body(*id)?, anchor),
            };
            heading.map_or_else(|| context::title(view, *id).into(), Cow::Owned)
        }
        Target::Hidden(title) if !title.is_empty() => title.into(),
        Target::Other(other) if !other.title.is_empty() => other.title.as_str().into(),
        _ => written.into(),
    })
}

/// The words of the heading with this id.
fn heading_words(body: &Body, id: &str) -> Option<String> {
    let mut headings = body.outline.iter();
    let heading = headings.find(|heading| heading.id == id);
    heading.map(|heading| heading.text.to_owned())
}

struct Filler<'a> {
    view: &'a View<'a>,
    id: PageId,
    page: &'a Page,
    absolute: bool,
    out: String,
    /// For each open callout: the HTML around it, and its title once that has ended.
    open: Vec<(&'a Callout, String, Option<String>)>,
    shortcodes: Vec<OpenShortcode<'a>>,
    /// Shortcodes that stand in no other.
    pieces: usize,
    pictures: usize,
}

impl Filler<'_> {
    fn hole(&mut self, hole: Hole) -> Result<(), Box<Diagnostic>> {
        match hole {
            Hole::LinkOpen(n) => self.link_open(n as usize),
            Hole::LinkText(n) => self.link_text(n as usize)?,
            Hole::LinkClose(n) => {
                if !self.leads_nowhere(n as usize) {
                    self.out.push_str("</a>");
                }
            }
            Hole::Url(n) => {
                if let Some(url) = href(self.view, self.target(n as usize), self.absolute) {
                    escape::push_html(&mut self.out, &url);
                }
            }
            Hole::StepNumber(n) => self.step_number(n as usize),
            Hole::Picture(n) => self.picture(n as usize)?,
            Hole::CalloutOpen(n) => {
                let around = std::mem::take(&mut self.out);
                self.open
                    .push((&self.page.callouts[n as usize], around, None));
            }
            Hole::CalloutBody => {
                if let Some((_, _, title)) = self.open.last_mut() {
                    *title = Some(std::mem::take(&mut self.out));
                }
            }
            Hole::CalloutClose => self.callout()?,
            Hole::Embed(n) => self.embed(n as usize)?,
            Hole::ShortcodeOpen(n) => self.open_shortcode(n as usize),
            Hole::ShortcodeClose => self.shortcode()?,
        }
        Ok(())
    }

    fn target(&self, link: usize) -> &Target {
        &self.view.site.targets(self.id)[link]
    }

    fn leads_nowhere(&self, link: usize) -> bool {
        matches!(self.target(link), Target::Hidden(_) | Target::Nowhere)
    }

    /// Takes back an attribute whose value leads nowhere, such as ` href="`; an `a` without one is plain
    /// text. Gives the bytes of `rest` that are its closing quote.
    fn take_back_attribute(&mut self, rest: &str) -> usize {
        let quote = self
            .out
            .chars()
            .next_back()
            .filter(|c| matches!(c, '"' | '\''));
        let before = self
            .out
            .strip_suffix(['"', '\''])
            .unwrap_or(&self.out)
            .trim_end();
        let before = before.strip_suffix('=').unwrap_or(before).trim_end();
        let kept = before
            .trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .trim_end()
            .len();
        self.out.truncate(kept);
        quote
            .filter(|quote| rest.starts_with(*quote))
            .map_or(0, char::len_utf8)
    }

    fn link_open(&mut self, n: usize) {
        let Some(href) = href(self.view, self.target(n), self.absolute) else {
            return;
        };
        self.out.push_str("<a href=\"");
        escape::push_html(&mut self.out, &href);
        let title = &self.page.links[n].title;
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape::push_html(&mut self.out, title);
        }
        if let Some(language) = self.language_of(n) {
            self.out.push_str("\" hreflang=\"");
            escape::push_html(&mut self.out, &language);
        }
        self.out.push_str("\">");
    }

    /// The language of what a link leads to, where that is another than the page's own.
    fn language_of(&self, link: usize) -> Option<String> {
        let own = self
            .page
            .original
            .as_ref()
            .map(|original| &original.language);
        let own = own.unwrap_or(&self.view.config.language);
        let there = match self.target(link) {
            Target::Other(other) => &other.language,
            Target::Page { id, .. } => match &self.view.site.page(*id).original {
                Some(original) => &original.language,
                None => &self.view.config.language,
            },
            _ => return None,
        };
        (there != own).then(|| there.clone())
    }

    fn link_text(&mut self, n: usize) -> Result<(), Box<Diagnostic>> {
        let title = link_title(self.view, self.id, n)?;
        escape::push_text(&mut self.out, &title);
        Ok(())
    }

    fn step_number(&mut self, n: usize) {
        let (Some(guide), Target::Page { id, .. }) =
            (self.view.site.guide_of_hub(self.id), self.target(n))
        else {
            return;
        };
        if let Some(place) = guide.steps.iter().position(|step| step == id) {
            let label = self.view.theme.string_of("step_n", "n", place + 1);
            self.out.push_str("<span class=\"step-number\">");
            escape::push_text(&mut self.out, &label);
            self.out.push_str("</span> ");
        }
    }

    fn picture(&mut self, n: usize) -> Result<(), Box<Diagnostic>> {
        let picture = &self.page.images[n];
        let target = &self.view.site.pictures(self.id)[n];
        let first = self.pictures == 0 && self.page.front.image.is_none();
        self.pictures += 1;
        self.note_picture(n);
        if picture.figure {
            self.out.push_str("<figure>");
        }
        match media(&picture.src) {
            Some(media) => self.file_player(media, target, &picture.alt)?,
            None => image(
                self.view,
                &mut self.out,
                target,
                &picture.alt,
                self.absolute,
                !first,
            ),
        }
        if picture.figure {
            if !picture.title.is_empty() {
                self.out.push_str("<figcaption>");
                let smart = self.view.config.smart();
                self.out.push_str(&line(&picture.title, smart).html);
                self.out.push_str("</figcaption>");
            }
            self.out.push_str("</figure>\n");
        }
        Ok(())
    }

    /// A player for a film or a sound of the site.
    fn file_player(
        &mut self,
        media: &str,
        file: &PictureTarget,
        label: &str,
    ) -> Result<(), Box<Diagnostic>> {
        let Some(url) = href(self.view, &file.target, self.absolute) else {
            return Ok(());
        };
        let value = object! {
            "url" => url.as_str(),
            "label" => label,
            "player" => url.as_str(),
            "provider" => "",
            "media" => media,
            "shows" => false,
        };
        self.player(value)
    }

    fn callout(&mut self) -> Result<(), Box<Diagnostic>> {
        let Some((callout, around, title)) = self.open.pop() else {
            return Ok(());
        };
        let body = std::mem::replace(&mut self.out, around);
        let title = title.unwrap_or_default();
        let Some(shown) = callout.shown(&self.view.theme.callouts) else {
            self.out.push_str("<blockquote>\n<p>");
            escape::push_text(&mut self.out, &callout.marker);
            self.out.push(' ');
            self.out.push_str(&title);
            self.out.push_str("</p>\n");
            self.out.push_str(&body);
            self.out.push_str("</blockquote>\n");
            return Ok(());
        };
        let own_title = if callout.titled { title } else { String::new() };
        let mut context = Context::new();
        let value = object! {
            "kind" => shown.template,
            "title" => safe(&own_title),
            "label" => self.label(shown.label),
            "body" => safe(&body),
            "folded" => callout.folded,
            "args" => self.arguments(&callout.args, self.view.theme.declared_callouts.get(shown.template)),
        };
        context.insert_value("callout", value);
        let name = format!("callouts/{}.html", shown.template);
        let html = self
            .view
            .templates
            .render(&name, &context, &self.page.path())?;
        self.out.push_str(html.trim());
        self.out.push('\n');
        Ok(())
    }

    /// The theme's word for a kind of callout, or the kind itself.
    fn label(&self, kind: &str) -> String {
        let string = self.view.theme.strings.get(&format!("callout_{kind}"));
        string.cloned().unwrap_or_else(|| title_from(kind))
    }

    fn embed(&mut self, n: usize) -> Result<(), Box<Diagnostic>> {
        self.player(embed_value(&self.page.embeds[n]))?;
        self.out.push('\n');
        Ok(())
    }

    fn player(&mut self, embed: Value) -> Result<(), Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("embed", embed);
        let html = self
            .view
            .templates
            .render("embed.html", &context, &self.page.path())?;
        self.out.push_str(html.trim());
        Ok(())
    }
}

/// A player as templates see it.
fn embed_value(embed: &Embed) -> Value {
    object! {
        "url" => escape::url(&embed.url),
        "label" => embed.label.as_str(),
        "player" => escape::url(&embed.player),
        "provider" => &*embed.provider,
        "media" => &*embed.media,
        "shows" => embed.shows,
    }
}

/// An `img` element. `lazy` pictures are loaded when a reader comes near.
fn image(
    view: &View<'_>,
    out: &mut String,
    picture: &PictureTarget,
    alt: &str,
    absolute: bool,
    lazy: bool,
) {
    let Some(source) = picture::source(view, picture) else {
        return;
    };
    let base = &view.config.base_url;
    out.push_str("<img src=\"");
    match absolute {
        true => escape::push_html(out, &base.absolute_href(&source.src)),
        false => escape::push_html(out, &source.src),
    }
    // A feed's reader has one column, whose width nobody knows.
    if !source.srcset.is_empty() && !absolute {
        out.push_str("\" srcset=\"");
        escape::push_html(out, &source.srcset);
        out.push_str("\" sizes=\"");
        out.push_str(if lazy { "auto, " } else { "" });
        escape::push_html(out, &view.theme.picture_sizes);
    }
    out.push_str("\" alt=\"");
    escape::push_html(out, alt);
    if let Some((width, height)) = source.size {
        out.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
    }
    if let Some(tone) = source.tone.filter(|_| !absolute) {
        out.push_str("\" data-tone=\"");
        out.push_str(tone);
    }
    if lazy {
        out.push_str("\" loading=\"lazy");
    }
    out.push_str("\" decoding=\"async\">");
}
