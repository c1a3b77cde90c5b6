//! `gen serve`: builds the site into `.gen/serve/`, shows it as a static host would, and builds it again when a
//! file changes. The desk changes files where its author clicks. Says what happens as values; the words for the terminal are the command's.
//!
//! Three threads: one waits for the end, one answers requests (`http`), and one builds (`session`) when the
//! watcher (`watch`) tells of a change. What the last two share stands in `state`.

mod address;
mod answer;
mod desk;
mod editor;
mod events;
mod http;
mod inject;
mod listeners;
mod messages;
mod policy;
mod query;
mod session;
mod site_files;
mod state;
mod view;
mod watch;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;

pub use self::address::Address;
pub use self::editor::Editor;
use self::session::Session;
pub use self::session::{Outcome, Rebuilt};
use self::state::State;
use self::watch::Watcher;
use crate::Today;
use crate::error::Error;
use crate::store::serving::Serving;

/// Where everything stands that is the server's own.
const OWN: &str = "/_gen/";

/// The page for what is not there.
const NOT_FOUND: &str = "/404.html";

/// What is served, and where.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The folder with `site.toml`.
    pub root: PathBuf,
    /// The name or address to listen on.
    pub host: String,
    /// The port; 0 for any free one.
    pub port: u16,
    /// Show drafts too.
    pub drafts: bool,
    /// Show what is dated after today too.
    pub future: bool,
    /// What files are opened in.
    pub editor: Editor,
    /// Says what day it is, at each build.
    pub today: fn() -> Today,
}

/// What happens, in order.
pub enum Told<'a> {
    /// Requests are answered from now on.
    Listening(&'a Address),
    /// A build begins.
    Begin,
    /// A stage of a build is over; it worked on so many things.
    Stage(&'static str, usize),
    /// The first build is done, and changes are looked for.
    Ready(&'a Rebuilt, &'a Address),
    /// A file changed, and the site was built again.
    Rebuilt(&'a Rebuilt),
    /// The system does not tell of changes, for this reason; the files are looked at every second.
    Polling(String),
}

/// Is told what happens, from the thread that builds.
pub type Tell = Box<dyn FnMut(Told<'_>) + Send>;

/// Serves until Ctrl-C.
///
/// # Errors
/// The machine refuses a port, the watcher or the first build, or the site is served already.
pub fn run(setup: Setup, mut tell: Tell) -> Result<(), Error> {
    let root = setup
        .root
        .canonicalize()
        .map_err(Error::io("could not read", &setup.root))?;
    let setup = Setup { root, ..setup };
    let serving = Serving::begin(&setup.root)?;
    let (listener, address) = address::listen(&setup.host, setup.port)?;
    serving.say(&address.url());
    let state = Arc::new(State::new(&setup, address));
    let (end, ended) = mpsc::channel();
    http::start(listener, Arc::clone(&state), end.clone())?;
    tell(Told::Listening(&state.address));
    thread::Builder::new()
        .name("build".to_owned())
        .spawn(move || watch_and_build(&state, &mut tell, &end))
        .map_err(Error::io("could not start", "a thread".as_ref()))?;
    // A build that is at work when Ctrl-C comes is left alone: what it leaves behind, the next one removes.
    ended.recv().unwrap_or(Ok(()))
}

/// Builds, and builds again whenever something changed. Ends where the first build cannot be.
fn watch_and_build(state: &State, tell: &mut Tell, end: &Sender<Result<(), Error>>) {
    // What changes during the first build counts.
    let mut watcher = match Watcher::new(&state.setup.root) {
        Ok(watcher) => watcher,
        Err(error) => return drop(end.send(Err(error))),
    };
    if let Some(why) = watcher.polls.take() {
        tell(Told::Polling(why));
    }
    let mut session = Session::new(state);
    let first = match session.rebuild(Vec::new(), tell) {
        Rebuilt {
            outcome: Outcome::Refused(error),
            ..
        } => return drop(end.send(Err(error))),
        first => first,
    };
    tell(Told::Ready(&first, &state.address));
    watcher.watch_shown(first.shown());
    while let Some(changed) = watcher.next() {
        let rebuilt = session.rebuild(changed, tell);
        watcher.watch_shown(rebuilt.shown());
        tell(Told::Rebuilt(&rebuilt));
    }
}
