//! Fills the holes of a parsed body: links, pictures, callouts, players, the numbers of a guide's steps.

use super::View;
use super::template::{Context, object, safe};
use crate::diagnostic::Diagnostic;
use crate::escape;
use crate::model::page::{Callout, Hole, Page, PageId};
use crate::model::site::{PictureTarget, Target};

/// The body's HTML. `absolute` writes full URLs, for feeds.
///
/// # Errors
/// A mistake in a callout's or a player's template.
pub(super) fn fill(view: &View<'_>, id: PageId, absolute: bool) -> Result<String, Box<Diagnostic>> {
    let page = view.site.page(id);
    let mut filler = Filler { view, id, page, absolute, out: String::new(), open: Vec::new(), pictures: 0 };
    filler.out.reserve(page.body.html.len() + 64 * page.body.holes.len());
    let mut done = 0;
    for (at, hole) in &page.body.holes {
        let at = *at as usize;
        filler.out.push_str(&page.body.html[done..at]);
        filler.hole(*hole)?;
        done = at;
    }
    filler.out.push_str(&page.body.html[done..]);
    Ok(filler.out)
}

/// The address that a target stands for, as an attribute wants it; nothing where readers can go nowhere.
pub(super) fn href(view: &View<'_>, target: &Target, absolute: bool) -> Option<String> {
    let base = &view.config.base_url;
    let href = match target {
        Target::Page { id, anchor } => {
            let mut href = base.href(&view.site.page(*id).permalink);
            if !anchor.is_empty() {
                href.push('#');
                href.push_str(&escape::url(anchor));
            }
            href
        }
        Target::Path { permalink, suffix } => base.href(permalink) + &escape::url(suffix),
        Target::Elsewhere(url) => escape::url(url),
        Target::Nowhere => return None,
    };
    Some(if absolute { base.absolute_href(&href) } else { href })
}

struct Filler<'a> {
    view: &'a View<'a>,
    id: PageId,
    page: &'a Page,
    absolute: bool,
    out: String,
    /// For each open callout: the HTML around it, and its title once that has ended.
    open: Vec<(&'a Callout, String, Option<String>)>,
    pictures: usize,
}

impl Filler<'_> {
    fn hole(&mut self, hole: Hole) -> Result<(), Box<Diagnostic>> {
        match hole {
            Hole::LinkOpen(n) => self.link_open(n as usize),
            Hole::LinkText(n) => self.link_text(n as usize),
            Hole::LinkClose(n) => {
                if self.target(n as usize) != &Target::Nowhere {
                    self.out.push_str("</a>");
                }
            }
            Hole::Url(n) => {
                let url = href(self.view, self.target(n as usize), self.absolute);
                escape::push_html(&mut self.out, url.as_deref().unwrap_or("#"));
            }
            Hole::StepNumber(n) => self.step_number(n as usize),
            Hole::Picture(n) => self.picture(n as usize),
            Hole::CalloutOpen(n) => {
                let around = std::mem::take(&mut self.out);
                self.open.push((&self.page.callouts[n as usize], around, None));
            }
            Hole::CalloutBody => {
                if let Some((_, _, title)) = self.open.last_mut() {
                    *title = Some(std::mem::take(&mut self.out));
                }
            }
            Hole::CalloutClose => self.callout()?,
            Hole::Embed(n) => self.embed(n as usize)?,
        }
        Ok(())
    }

    fn target(&self, link: usize) -> &Target {
        &self.view.site.targets[self.id.index()][link]
    }

    fn link_open(&mut self, n: usize) {
        let Some(href) = href(self.view, self.target(n), self.absolute) else { return };
        self.out.push_str("<a href=\"");
        escape::push_html(&mut self.out, &href);
        let title = &self.page.links[n].title;
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape::push_html(&mut self.out, title);
        }
        self.out.push_str("\">");
    }

    /// The target's title; where there is no page, what the author wrote.
    fn link_text(&mut self, n: usize) {
        let (site, link) = (self.view.site, &self.page.links[n]);
        let text = match &self.view.site.targets[self.id.index()][n] {
            Target::Page { id, anchor } if anchor.is_empty() => site.page(*id).title.as_str(),
            Target::Page { id, anchor } => {
                let page = site.page(*id);
                page.outline.iter().find(|h| h.id == *anchor).map_or(page.title.as_str(), |h| h.text.as_str())
            }
            _ => link.dest.as_str(),
        };
        escape::push_text(&mut self.out, text);
    }

    fn step_number(&mut self, n: usize) {
        let (Some(guide), Target::Page { id, .. }) = (self.view.site.guide_of_hub(self.id), self.target(n)) else {
            return;
        };
        if let Some(place) = guide.steps.iter().position(|step| step == id) {
            let label = self.view.theme.string("step_n").replace("{n}", &(place + 1).to_string());
            self.out.push_str("<span class=\"step-number\">");
            escape::push_text(&mut self.out, &label);
            self.out.push_str("</span> ");
        }
    }

    fn picture(&mut self, n: usize) {
        let picture = &self.page.images[n];
        let target = &self.view.site.pictures[self.id.index()][n];
        let first = self.pictures == 0 && self.page.front.image.is_none();
        self.pictures += 1;
        if picture.figure {
            self.out.push_str("<figure>");
        }
        image(self.view, &mut self.out, target, &picture.alt, self.absolute, !first);
        if picture.figure {
            if !picture.title.is_empty() {
                self.out.push_str("<figcaption>");
                escape::push_text(&mut self.out, &picture.title);
                self.out.push_str("</figcaption>");
            }
            self.out.push_str("</figure>\n");
        }
    }

    fn callout(&mut self) -> Result<(), Box<Diagnostic>> {
        let Some((callout, around, title)) = self.open.pop() else { return Ok(()) };
        let body = std::mem::replace(&mut self.out, around);
        let title = title.unwrap_or_default();
        if self.view.theme.callouts.binary_search(&callout.kind).is_err() {
            self.out.push_str("<blockquote>\n<p>");
            escape::push_text(&mut self.out, &callout.marker);
            self.out.push(' ');
            self.out.push_str(&title);
            self.out.push_str("</p>\n");
            self.out.push_str(&body);
            self.out.push_str("</blockquote>\n");
            return Ok(());
        }
        let own_title = if callout.titled { title } else { String::new() };
        let mut context = Context::new();
        let value = object! {
            "kind" => callout.kind.as_str(),
            "title" => safe(&own_title),
            "label" => self.view.theme.string(&format!("callout_{}", callout.kind)),
            "body" => safe(&body),
            "folded" => callout.folded,
        };
        context.insert_value("callout", value);
        let name = format!("callouts/{}.html", callout.kind);
        let html = self.view.templates.render(&name, &context, &self.page.path())?;
        self.out.push_str(html.trim());
        self.out.push('\n');
        Ok(())
    }

    fn embed(&mut self, n: usize) -> Result<(), Box<Diagnostic>> {
        let embed = &self.page.embeds[n];
        let mut context = Context::new();
        let value = object! {
            "url" => escape::url(&embed.url),
            "player" => escape::url(&embed.player),
            "provider" => embed.provider,
            "media" => embed.media,
        };
        context.insert_value("embed", value);
        let html = self.view.templates.render("embed.html", &context, &self.page.path())?;
        self.out.push_str(html.trim());
        self.out.push('\n');
        Ok(())
    }
}

/// An `img` element. `lazy` pictures are loaded when a reader comes near.
fn image(view: &View<'_>, out: &mut String, picture: &PictureTarget, alt: &str, absolute: bool, lazy: bool) {
    let Some(src) = href(view, &picture.target, absolute) else { return };
    out.push_str("<img src=\"");
    escape::push_html(out, &src);
    out.push_str("\" alt=\"");
    escape::push_html(out, alt);
    if let Some((width, height)) = picture.size {
        out.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
    }
    if lazy {
        out.push_str("\" loading=\"lazy");
    }
    out.push_str("\" decoding=\"async\">");
}
