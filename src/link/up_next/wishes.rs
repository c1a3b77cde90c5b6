//! What authors and `site.toml` ask of up next: pins, refusals, how many, from where. Who names what is not there is
//! told.

use crate::config::{self, Config, Scope};
use crate::diagnostic::{Diagnostic, nearest};
use crate::link::reference::{Found, Index, published};
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::{Site, Term};
use crate::model::slug::fold;

/// What somebody does not want to see in lists.
#[derive(Default)]
pub(super) struct Refusal {
    /// Sorted.
    pages: Vec<PageId>,
    tags: Vec<Id<Term>>,
}

impl Refusal {
    /// Refuses the pages whose front matter says `suggest: false`, too.
    pub(super) fn add_unsuggested(&mut self, site: &Site, ids: &[PageId]) {
        let is_unsuggested = |id: &&PageId| site.page(**id).front.suggest == Some(false);
        self.pages.extend(ids.iter().filter(is_unsuggested));
        self.pages.sort_unstable();
    }

    fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.tags.is_empty()
    }

    pub(super) fn covers(&self, site: &Site, id: PageId) -> bool {
        let has = |tag| site.places[id.index()].tags().contains(tag);
        self.pages.binary_search(&id).is_ok() || self.tags.iter().any(has)
    }
}

/// What authors and `site.toml` never want to see side by side.
pub struct Never {
    everywhere: Refusal,
    /// By page.
    own: Vec<Refusal>,
}

impl Never {
    /// As it stands in the front matter and in `site.toml`, once that is known to be right.
    pub fn of(site: &Site, config: &Config) -> Never {
        let index = Index::new(&site.pages, &[]);
        let told = &mut Vec::new();
        Never {
            everywhere: refused_everywhere(site, &index, config, told),
            own: site
                .ids()
                .map(|id| wishes(site, id, &index, config, told).never)
                .map(|never| never.map_or_else(Refusal::default, |never| *never))
                .collect(),
        }
    }

    /// Whether `from` is not to lead its readers to `to`.
    pub fn forbids(&self, site: &Site, from: PageId, to: PageId) -> bool {
        self.everywhere.covers(site, to) || self.own[from.index()].covers(site, to)
    }
}

/// What one article's author says about its list.
pub(super) struct Wishes {
    pub(super) pins: Box<[PageId]>,
    /// Boxed, for hardly any refuses something.
    never: Option<Box<Refusal>>,
    pub(super) count: usize,
    scope: Scope,
}

impl Wishes {
    /// Whether the engine may put `other` into the list of `id`.
    pub(super) fn allow(&self, site: &Site, id: PageId, other: PageId) -> bool {
        let section = |page: PageId| site.places[page.index()].section;
        let in_scope = self.scope == Scope::Site || section(other) == section(id);
        let refused = self.never.as_ref();
        in_scope && !refused.is_some_and(|never| never.covers(site, other))
    }
}

/// `[up_next] never` of site.toml.
pub(super) fn refused_everywhere(
    site: &Site,
    index: &Index<'_>,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Refusal {
    let mut refusal = Refusal::default();
    for written in &config.up_next.never {
        let error = |message: String, help: String| {
            Diagnostic::error("unknown-reference", config::FILE, message)
                .at_item("up_next", written)
                .help(help)
        };
        match written.strip_prefix("tag:") {
            Some(tag) => match find_tag(site, tag) {
                Ok(tag) => refusal.tags.push(tag),
                Err(help) => diagnostics.push(error(
                    format!("no article has the tag `{}`", tag.trim()),
                    help,
                )),
            },
            None => match index.find(written, "") {
                Found::Page(id) => refusal.pages.push(id),
                Found::Hidden(_) => {}
                Found::Ambiguous(files) => diagnostics.push(error(
                    format!("`{written}` could be several articles"),
                    format!("write its path: {}", files.join(" or ")),
                )),
                Found::Moved(source) => {
                    let name = index.name_in("", source);
                    let help = format!("it is `{name}` now");
                    let error = error(format!("the article `{written}` does not exist"), help);
                    diagnostics.push(error.swap(written, name));
                }
                Found::Missing(near) => diagnostics.push(error(
                    format!("the article `{written}` does not exist"),
                    near.map_or("write a file's path in content/".into(), |near| {
                        format!("did you mean `{near}`?")
                    }),
                )),
            },
        }
    }
    refusal.pages.sort_unstable();
    refusal
}

/// A tag by its name or slug; else what to say.
fn find_tag(site: &Site, written: &str) -> Result<Id<Term>, String> {
    let key = fold(written);
    let is_it =
        |tag: &Term| !tag.articles.is_empty() && (fold(&tag.name) == key || tag.slug == key);
    let found = site.tags().entries().find(|(_, tag)| is_it(tag));
    found.map(|(id, _)| id).ok_or_else(|| {
        let names = site.tags().rows().iter().map(|tag| tag.name.as_str());
        let near = nearest(written.trim(), names);
        near.map_or("remove it from `never`".into(), |near| {
            format!("did you mean `tag:{near}`?")
        })
    })
}

/// What one article asks; `site.toml` says the rest.
pub(super) fn wishes(
    site: &Site,
    id: PageId,
    index: &Index<'_>,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Wishes {
    let page = site.page(id);
    let usual = &config.up_next;
    let mut wishes = Wishes {
        pins: Box::default(),
        never: None,
        count: usual.count,
        scope: usual.scope,
    };
    let Some(wish) = &page.front.up_next else {
        return wishes;
    };
    wishes.count = wish.count.unwrap_or(wishes.count);
    wishes.scope = wish.scope.unwrap_or(wishes.scope);
    let (mut pins, mut never) = (Vec::new(), Refusal::default());
    for written in &wish.pins {
        let Some(pin) = published(index, page, "up_next", "the article", written, diagnostics)
        else {
            continue;
        };
        if site.page(pin).is_article() && pin != id {
            pins.push(pin);
            continue;
        }
        let message = match pin == id {
            true => "an article cannot be up next after itself".to_owned(),
            false => format!("`{written}` is a page, not an article, and has no card"),
        };
        diagnostics.push(
            Diagnostic::error("up-next", &page.path(), message)
                .at_item("up_next", written)
                .help("link to it in the text, or remove it here"),
        );
    }
    for written in &wish.never {
        match written.strip_prefix("tag:") {
            None => never.pages.extend(published(
                index,
                page,
                "up_next",
                "the article",
                written,
                diagnostics,
            )),
            Some(tag) => match find_tag(site, tag) {
                Ok(tag) => never.tags.push(tag),
                Err(help) => diagnostics.push(
                    Diagnostic::error(
                        "unknown-reference",
                        &page.path(),
                        format!("no article has the tag `{}`", tag.trim()),
                    )
                    .at_item("up_next", written)
                    .help(help),
                ),
            },
        }
    }
    never.pages.sort_unstable();
    wishes.pins = pins.into();
    wishes.never = Some(never).filter(|never| !never.is_empty()).map(Box::new);
    wishes
}
