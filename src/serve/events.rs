//! Answers pages that want to hear what happens.

use hyper::body::Bytes;
use hyper::{Response, StatusCode, header};

use super::answer::{self, Answer, Payload};
use super::listeners::{Event, LISTENERS};
use super::messages;
use super::query::parameter;
use super::state::State;
use super::{OWN, desk, site_files};
use crate::escape;

/// Answers a page that wants to hear. `page` and `etag` in the query say what it shows, so that it learns of what
/// changed before it could listen.
pub(super) fn listen(state: &State, query: &str) -> Answer {
    let Some((sender, receiver)) = state.listeners.add() else {
        let text = format!("more than {LISTENERS} pages of this site are open: close some");
        return answer::words(StatusCode::SERVICE_UNAVAILABLE, &text);
    };
    // There is room for these.
    let _ = sender.try_send(Bytes::from_static(b"retry: 500\n\n"));
    let shown = state.shown();
    if shown.failed {
        let _ = sender.try_send(Event::Errors(messages::of(state, &shown)).bytes());
    }
    let (page, etag) = (parameter(query, "page"), parameter(query, "etag"));
    if !page.is_empty() && !etag.is_empty() {
        let now = match page.strip_prefix(OWN) {
            Some(name) => desk::etag(state, name),
            None => site_files::etag(state, &escape::url_path(&page)),
        };
        if now.is_none_or(|now| now != etag) {
            let _ = sender.try_send(Event::Page(Vec::new()).bytes());
        }
    }
    let mut answer = Response::new(Payload::Events(receiver));
    answer::set(&mut answer, header::CONTENT_TYPE, "text/event-stream");
    answer::set(&mut answer, header::CACHE_CONTROL, "no-store");
    answer
}
