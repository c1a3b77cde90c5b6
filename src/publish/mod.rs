//! Sends the site to where readers find it: only what changed, in an order in which it is whole at every moment, and so
//! that the next run ends what a killed one began. What goes and in which order is decided here and in [`plan`], as values;
//! what it is sent with is [`object`]'s; all that touches a network or a clock is `place/`'s.

pub mod list;
pub mod object;
mod place;
pub mod plan;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::config::Config;
use crate::config::publish::Target;
use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::model::url::{BaseUrl, Permalink};
use crate::store::Published;
use list::List;
use object::{Rules, Told};
use place::{Claim, OWN, Place};
use plan::Plan;
use work::Work;

/// What is to be published, and where.
pub struct Order<'a> {
    /// The site's folder.
    pub root: &'a Path,
    /// The folder that it is built into.
    pub output: &'a Path,
    /// What was built.
    pub published: &'a Published,
    /// The site's configuration.
    pub config: &'a Config,
    /// The target's name.
    pub name: &'a str,
    /// The target.
    pub target: &'a Target,
    /// Files of others that are in the way are taken over, and so is another site.
    pub adopt: bool,
    /// Search engines hear of what changed.
    pub tells: bool,
}

/// What publishing does, or did.
#[derive(Debug)]
pub struct Sent {
    /// The place, as people are told of it.
    pub place: String,
    /// What was to be done.
    pub plan: Plan,
    /// Addresses whose bytes changed since a publishing was last completed, sorted.
    pub changed: Vec<String>,
    /// Addresses that are gone since then, sorted.
    pub removed: Vec<String>,
    /// How many pages search engines heard of, if they were told.
    pub told: Option<usize>,
    /// What is worth a word.
    pub notes: Vec<String>,
}

/// Who hears how publishing goes.
pub struct Watch<'a> {
    /// What is done now.
    pub step: &'a (dyn Fn(&str) + Sync),
    /// What is worth a word before the end.
    pub note: &'a (dyn Fn(&str) + Sync),
}

/// Says what would be sent, and sends nothing.
///
/// # Errors
/// The place cannot be asked, or holds another site.
pub fn rehearse(order: &Order<'_>) -> Result<Sent, Error> {
    let place = place::open(order.root, order.output, order.target)?;
    let goods = Goods::new(order, &*place);
    let (there, _) = list_at(order, &*place)?;
    let plan = Plan::new(&goods.hashes, &there);
    let begun = plan.begun(&there, "");
    Ok(sent(order, &*place, plan, &begun.untold, None))
}

/// Sends the site.
///
/// # Errors
/// The place cannot be asked or refuses something, somebody else publishes there, or somebody else's files are in the way.
/// The site that is there then is whole, old or new page by page, and the next run ends the work.
pub fn publish(order: &Order<'_>, watch: &Watch<'_>) -> Result<Sent, Error> {
    let place = place::open(order.root, order.output, order.target)?;
    let place = &*place;
    let goods = Goods::new(order, place);
    (watch.step)("asking what is there");
    let (there, _) = list_at(order, place)?;
    let plan = Plan::new(&goods.hashes, &there);
    if plan.is_empty() && there.untold.is_empty() {
        return Ok(sent(order, place, plan, &there.untold, None));
    }
    let claim = Claim::take(place, order.root, order.name, watch)?;
    let work = Work::new(order, place, &claim, watch, goods);
    let mut sent = claim.during(&|| work.checkpoint(), || work.all())?;
    if claim.is_loose {
        sent.notes.push(format!(
            "{} passes over conditions: nothing but care keeps two publishers apart there",
            place.name()
        ));
    }
    Ok(sent)
}

/// The files of the site, as they are sent.
struct Goods {
    /// Of each file's bytes and what is told with them.
    hashes: BTreeMap<String, Fingerprint>,
    told: BTreeMap<String, Told>,
}

impl Goods {
    fn new(order: &Order<'_>, place: &dyn Place) -> Goods {
        let files = &order.published.files;
        let mut goods = Goods {
            hashes: BTreeMap::new(),
            told: BTreeMap::new(),
        };
        if !place.takes_headers() {
            goods.hashes.clone_from(files);
            return goods;
        }
        let rules = Rules::parse(&place::text(order.output, object::RULES), order.target.gzip);
        for (path, bytes) in files.iter().filter(|(path, _)| *path != object::RULES) {
            let size = match order.target.gzip {
                true => place::size(&order.output.join(path)),
                false => 0,
            };
            let told = rules.told(&order.config.base_url, path, size);
            goods.hashes.insert(path.clone(), told.hash(*bytes));
            goods.told.insert(path.clone(), told);
        }
        goods
    }
}

/// The list of what is there, and its version.
fn list_at(order: &Order<'_>, place: &dyn Place) -> Result<(List, Option<String>), Error> {
    let Some(kept) = place.read(&list_name())? else {
        return Ok((List::default(), None));
    };
    let Some(list) = List::parse(&String::from_utf8_lossy(&kept.bytes)) else {
        return Err(Error::refused(
            format!(
                "{} of {} is no list that this gen can read",
                list_name(),
                place.name()
            ),
            "publish with the gen that wrote it, or with a newer one",
        ));
    };
    let site = order.config.base_url.to_string();
    if !order.adopt && !list.site.is_empty() && list.site != site {
        return Err(Error::refused(
            format!(
                "{} holds another site, {}, and this one is {site}",
                place.name(),
                list.site
            ),
            "publish to another place; where the site has moved, publish once with --adopt",
        ));
    }
    Ok((list, Some(kept.version)))
}

fn list_name() -> String {
    format!("{OWN}/list")
}

/// What is said of it all. `untold` is what changed since a publishing was last completed.
fn sent(
    order: &Order<'_>,
    place: &dyn Place,
    plan: Plan,
    untold: &BTreeSet<String>,
    told: Option<usize>,
) -> Sent {
    let is_there = |path: &&String| order.published.files.contains_key(*path);
    let (changed, removed): (Vec<&String>, Vec<&String>) = untold.iter().partition(is_there);
    let base = &order.config.base_url;
    let addresses =
        |paths: Vec<&String>| paths.into_iter().map(|path| address(base, path)).collect();
    Sent {
        place: place.name().to_owned(),
        plan,
        changed: addresses(changed),
        removed: addresses(removed),
        told,
        notes: place.notes(),
    }
}

/// The address at which readers find a file.
fn address(base: &BaseUrl, path: &str) -> String {
    let permalink = match path.strip_suffix("index.html") {
        Some("") => Permalink::root(),
        Some(folder) if folder.ends_with('/') => Permalink::page(folder.trim_end_matches('/')),
        _ => Permalink::file(path),
    };
    base.absolute(&permalink)
}
