//! The pages that are open, and what they are told, as server-sent events (the HTML standard, section 9.2): `css` for new
//! stylesheets, `page` for what else changed, `errors` for what keeps the site from being published, `built` when all
//! that was told.

use std::sync::{Mutex, PoisonError};

use hyper::body::Bytes;
use tokio::sync::mpsc;

use crate::output::json::{self, json};

/// Pages that listen at once, at most; each has one connection of those that are open.
pub(super) const LISTENERS: usize = 128;
/// Events that may wait for one page. One that takes none is let go; it comes back and asks what it missed.
const WAITING: usize = 16;
/// More changed paths than this are not named: every page looks again.
const PATHS: usize = 500;

/// Who wants to hear of changes.
#[derive(Default)]
pub(super) struct Listeners(Mutex<Vec<mpsc::Sender<Bytes>>>);

/// What is told.
pub(super) enum Event {
    /// Stylesheets have new bytes: their addresses before and now.
    Css(Vec<(String, String)>),
    /// What stands at these addresses changed; none named: at any.
    Page(Vec<String>),
    /// What is wrong, as HTML; nothing where all is well again.
    Errors(String),
    /// There was a build; what else it changed was told before.
    Built,
}

impl Event {
    /// As it is sent.
    pub(super) fn bytes(&self) -> Bytes {
        let (name, data) = match self {
            Event::Css(swaps) => ("css", json!({ "swap": swaps })),
            Event::Page(paths) if paths.is_empty() || paths.len() > PATHS => {
                ("page", json!({ "all": true }))
            }
            Event::Page(paths) => ("page", json!({ "paths": paths })),
            Event::Errors(html) => ("errors", json!({ "html": html })),
            Event::Built => ("built", json!({})),
        };
        // JSON on one line has no line end that could end the event.
        format!("event: {name}\ndata: {}\n\n", json::compact(&data)).into()
    }
}

impl Listeners {
    /// Tells everybody.
    pub(super) fn tell(&self, event: &Event) {
        let bytes = event.bytes();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|listener| listener.try_send(bytes.clone()).is_ok());
    }

    /// Adds a page, if there is room for one more.
    pub(super) fn add(&self) -> Option<(mpsc::Sender<Bytes>, mpsc::Receiver<Bytes>)> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|listener| !listener.is_closed());
        if all.len() >= LISTENERS {
            return None;
        }
        let (sender, receiver) = mpsc::channel(WAITING);
        all.push(sender.clone());
        Some((sender, receiver))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_of_data() {
        let told = |event: Event| String::from_utf8(event.bytes().to_vec()).unwrap();
        assert_eq!(
            told(Event::Errors("a\nb".into())),
            "event: errors\ndata: {\"html\":\"a\\nb\"}\n\n"
        );
        assert_eq!(
            told(Event::Page(vec!["/a/".into()])),
            "event: page\ndata: {\"paths\":[\"/a/\"]}\n\n"
        );
        assert!(told(Event::Page(vec!["/".into(); PATHS + 1])).contains("\"all\":true"));
    }
}
