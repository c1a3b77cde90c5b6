//! Reads what authors and `site.toml` ask of up next: pins, refusals, how many, from where. Who names what is not there is
//! told.

use crate::config::{self, Config, Scope};
use crate::diagnostic::{Diagnostic, nearest};
use crate::link::reference::{Found, Index, published};
use crate::model::id::Id;
use crate::model::page::PageId;
use crate::model::site::{Site, Taxonomy, Term};
use crate::model::slug::fold;

/// What somebody does not want to see in lists.
#[derive(Default)]
pub(super) struct Refusal {
    /// Sorted.
    pages: Vec<PageId>,
    terms: Vec<Id<Term>>,
}

impl Refusal {
    /// Refuses the pages whose front matter says `suggest: false`, too.
    pub(super) fn add_unsuggested(&mut self, site: &Site, ids: &[PageId]) {
        let is_unsuggested = |id: &&PageId| site.page(**id).front.suggest == Some(false);
        self.pages.extend(ids.iter().filter(is_unsuggested));
        self.pages.sort_unstable();
    }

    fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.terms.is_empty()
    }

    pub(super) fn covers(&self, site: &Site, id: PageId) -> bool {
        let places = &site.places[id.index()];
        let has = |term: &Id<Term>| places.topics().any(|own| own == *term);
        self.pages.binary_search(&id).is_ok() || self.terms.iter().any(has)
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
        match find_term(site, written) {
            Some(Ok(term)) => refusal.terms.push(term),
            Some(Err(missing)) => diagnostics.push(error(missing.message, missing.help)),
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

/// What is said of a term that no article has.
struct Missing {
    message: String,
    help: String,
}

/// The term that is written as `tag:its name`, or with the key of one of the site's own taxonomies before its name; by
/// its name or slug. None where no term is written.
fn find_term(site: &Site, written: &str) -> Option<Result<Id<Term>, Missing>> {
    let (kind, name) = written.split_once(':')?;
    let is_own = |taxonomy: &Taxonomy| taxonomy.key == kind && !taxonomy.title.is_empty();
    let taxonomy = match kind {
        "tag" => Taxonomy::TAGS,
        _ => site.taxonomies.position(is_own)?,
    };
    let key = fold(name);
    let terms = site.terms_of(taxonomy);
    let is_it =
        |term: &Term| !term.articles.is_empty() && (fold(&term.name) == key || term.slug == key);
    if let Some((id, _)) = terms.entries().find(|(_, term)| is_it(term)) {
        return Some(Ok(id));
    }
    let names = terms.rows().iter().map(|term| term.name.as_str());
    let near = nearest(name.trim(), names);
    Some(Err(Missing {
        message: format!("no article has the {kind} `{}`", name.trim()),
        help: near.map_or("remove it from `never`".into(), |near| {
            format!("did you mean `{kind}:{near}`?")
        }),
    }))
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
        match find_term(site, written) {
            None => never.pages.extend(published(
                index,
                page,
                "up_next",
                "the article",
                written,
                diagnostics,
            )),
            Some(Ok(term)) => never.terms.push(term),
            Some(Err(missing)) => diagnostics.push(
                Diagnostic::error("unknown-reference", &page.path(), missing.message)
                    .at_item("up_next", written)
                    .help(missing.help),
            ),
        }
    }
    never.pages.sort_unstable();
    wishes.pins = pins.into();
    wishes.never = Some(never).filter(|never| !never.is_empty()).map(Box::new);
    wishes
}
