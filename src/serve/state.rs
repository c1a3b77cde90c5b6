//! Holds what the thread that builds leaves for the one that answers: what is shown now, and who wants to hear of changes.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::PathBuf;
use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
};

use super::Setup;
use super::address::Address;
use super::listeners::Listeners;
use crate::Options;
use crate::build::check::{Suggest, Wanted};
use crate::build::preview::Built;
use crate::diagnostic::Diagnostic;
use crate::model::page::PageId;
use crate::store::cache;

/// What both threads know.
pub(super) struct State {
    /// Where requests come in.
    pub(super) address: Address,
    /// The folder that the site is built into.
    pub(super) folder: PathBuf,
    /// How the site is served.
    pub(super) setup: Setup,
    /// Who hears of changes.
    pub(super) listeners: Listeners,
    /// What a change must bring along: only the desk's own pages know it.
    pub(super) token: String,
    shown: RwLock<Arc<Shown>>,
    /// What the desk changed last.
    last: Mutex<Option<Said>>,
}

/// What became of a change that was asked for at the desk.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// In words.
    pub(super) text: String,
    /// Nothing was changed, and this is why.
    pub(super) failed: bool,
}

/// Which suggestions somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asked {
    /// The article that they would lead to, relative to `content/`; none for all with few ways in.
    pub(super) to: Option<String>,
    /// Those of little worth, too.
    pub(super) all: bool,
}

impl Asked {
    /// What a check has to look for.
    pub(super) fn wanted(&self) -> Wanted {
        Wanted {
            suggest: Some(self.to.clone().map_or(Suggest::Few, Suggest::One)),
            suggest_all: self.all,
            ..Wanted::default()
        }
    }
}

/// Suggested links.
#[derive(Default)]
pub(super) struct Suggested {
    pub(super) found: Vec<Diagnostic>,
    /// Those of little worth that are left out.
    pub(super) left_out: usize,
}

/// A site that requests read, and that an edited page is put into before the next build.
pub(super) struct Site(RwLock<Built>);

impl Site {
    /// As it was built.
    pub(super) fn new(built: Built) -> Site {
        Site(RwLock::new(built))
    }

    /// As it is now.
    pub(super) fn read(&self) -> RwLockReadGuard<'_, Built> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// To put a page into it.
    pub(super) fn write(&self) -> RwLockWriteGuard<'_, Built> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is known of the site after a build.
#[derive(Default)]
pub(super) struct Shown {
    /// The site as it was last published, once it was.
    pub(super) site: Option<Arc<Site>>,
    /// What the last build found wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Why the last build could not go on.
    pub(super) refusal: Option<String>,
    /// The last build was not published: what is shown is older than the files.
    pub(super) failed: bool,
    /// There was a build.
    pub(super) built: bool,
    /// What `gen check` says, once somebody asks.
    pub(super) checked: OnceLock<Vec<Diagnostic>>,
    /// What `gen check --suggest` says, once somebody asks.
    pub(super) suggested: Mutex<BTreeMap<Asked, Arc<Suggested>>>,
    /// The pages by their addresses, once somebody asks.
    pub(super) pages: OnceLock<BTreeMap<String, (usize, PageId)>>,
}

impl State {
    /// Before the first build.
    pub(super) fn new(setup: &Setup, address: Address) -> State {
        State {
            address,
            folder: setup.root.join(cache::FOLDER).join(cache::SERVED),
            setup: setup.clone(),
            listeners: Listeners::default(),
            token: token(),
            shown: RwLock::default(),
            last: Mutex::default(),
        }
    }

    /// How the site is read, today.
    pub(super) fn options(&self) -> Options {
        Options {
            root: self.setup.root.clone(),
            base_url: Some(self.address.origin()),
            drafts: self.setup.drafts,
            future: self.setup.future,
            today: (self.setup.today)(),
        }
    }

    /// What is shown now.
    pub(super) fn shown(&self) -> Arc<Shown> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&shown)
    }

    /// Forgets what was found when somebody asked: the files are other ones now.
    pub(super) fn forget(&self) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        *shown = Arc::new(Shown {
            site: shown.site.clone(),
            diagnostics: shown.diagnostics.clone(),
            refusal: shown.refusal.clone(),
            failed: shown.failed,
            built: shown.built,
            ..Shown::default()
        });
    }

    /// What the desk changed last. Who holds it is the only one who changes anything.
    pub(super) fn last(&self) -> MutexGuard<'_, Option<Said>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows this from now on.
    pub(super) fn show(&self, new: Shown) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        *shown = Arc::new(new);
    }
}

/// 128 bits that nobody can guess: the standard library has the seeds of its tables from the system.
fn token() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

impl Shown {
    /// The page at an address, decoded: the number of its language, and its id.
    pub(super) fn page_at(&self, built: &Built, address: &str) -> Option<(usize, PageId)> {
        let pages = self.pages.get_or_init(|| {
            let editions = built.loaded.editions.iter().enumerate();
            let all = editions.flat_map(|(language, edition)| {
                let site = &edition.site;
                let address = |id| site.page(id).permalink.as_str().to_owned();
                site.ids().map(move |id| (address(id), (language, id)))
            });
            all.collect()
        });
        pages.get(address).copied()
    }
}
