//! Answers to requests, and their bodies: bytes, a piece of a file, or events as they come. Knows no paths.

use std::fs::File;
use std::io::{self, Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use tokio::sync::mpsc;

/// An answer.
pub(super) type Answer = Response<Payload>;

/// Bytes of a file that are read at once.
const PIECE: usize = 64 << 10;
/// Less than this is not worth compressing.
const SMALL: usize = 1 << 10;

/// The body of an answer.
pub(super) enum Payload {
    /// These bytes, once.
    Bytes(Bytes),
    /// So many bytes of this file, from where it stands.
    File(File, u64),
    /// Events, until nobody sends any more.
    Events(mpsc::Receiver<Bytes>),
}

impl Body for Payload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match &mut *self {
            Payload::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Payload::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Payload::File(_, 0) => Poll::Ready(None),
            Payload::File(file, left) => Poll::Ready(Some(piece(file, left).map(Frame::data))),
            Payload::Events(events) => events
                .poll_recv(context)
                .map(|event| event.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.size_hint().exact() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Payload::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Payload::File(_, left) => SizeHint::with_exact(*left),
            Payload::Events(_) => SizeHint::default(),
        }
    }
}

/// The next bytes of a file. It may have become shorter meanwhile: then the answer is broken off.
fn piece(file: &mut File, left: &mut u64) -> io::Result<Bytes> {
    let wanted = usize::try_from(*left).unwrap_or(PIECE).min(PIECE);
    let mut bytes = vec![0; wanted];
    let read = file.read(&mut bytes)?;
    if read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    bytes.truncate(read);
    *left -= read as u64;
    Ok(bytes.into())
}

/// An answer with bytes in it. What is served changes all the time: browsers ask again each time.
pub(super) fn bytes(status: StatusCode, kind: &'static str, bytes: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Payload::Bytes(bytes.into()));
    *answer.status_mut() = status;
    set(&mut answer, header::CONTENT_TYPE, kind);
    set(&mut answer, header::CACHE_CONTROL, "no-cache");
    set(&mut answer, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    answer
}

/// An answer in plain words, for who asks with a program.
pub(super) fn words(status: StatusCode, text: &str) -> Answer {
    bytes(status, "text/plain; charset=utf-8", format!("{text}\n"))
}

/// Sets a header. A value that no header can have is left out.
pub(super) fn set(answer: &mut Answer, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

/// An answer of text, compressed where that is wanted and worth it; nothing but "as you have it" where it is the
/// same that the asker has. `etag` is without its quotes.
pub(super) fn text(request: &HeaderMap, kind: &'static str, body: Vec<u8>, etag: &str) -> Answer {
    let zipped = body.len() >= SMALL && takes_gzip(request);
    let tag = match zipped {
        true => format!("\"{etag}-gzip\""),
        false => format!("\"{etag}\""),
    };
    let mut answer = match (has_already(request, etag), zipped) {
        (true, _) => bytes(StatusCode::NOT_MODIFIED, kind, Bytes::new()),
        (false, true) => {
            let mut answer = bytes(StatusCode::OK, kind, gzip(&body));
            set(&mut answer, header::CONTENT_ENCODING, "gzip");
            answer
        }
        (false, false) => bytes(StatusCode::OK, kind, body),
    };
    set(&mut answer, header::ETAG, &tag);
    set(&mut answer, header::VARY, "Accept-Encoding");
    answer
}

/// Whether the asker has just this (RFC 9110, section 13.1.2).
pub(super) fn has_already(request: &HeaderMap, etag: &str) -> bool {
    let Some(known) = value(request, header::IF_NONE_MATCH) else {
        return false;
    };
    known.split(',').any(|tag| {
        let tag = tag.trim().trim_start_matches("W/").trim_matches('"');
        tag == "*" || tag == etag || tag.strip_suffix("-gzip") == Some(etag)
    })
}

/// A header's value, if it is text.
pub(super) fn value(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Whether the asker takes gzip (RFC 9110, section 12.5.3): named, and not with a weight of nothing.
fn takes_gzip(request: &HeaderMap) -> bool {
    let Some(accepted) = value(request, header::ACCEPT_ENCODING) else {
        return false;
    };
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let refused = |part: &str| {
            let weight = part.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok());
            weight == Some(0.0)
        };
        named && !parts.any(refused)
    })
}

fn gzip(body: &[u8]) -> Vec<u8> {
    // The way is short: time counts more than size.
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::fast());
    // Writing into memory cannot fail.
    let _ = encoder.write_all(body);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn gzip_is_sent_to_who_takes_it() {
        for (accepted, takes) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.8", true),
            ("gzip;q=0", false),
            ("gzip; q=0.0", false),
            ("identity", false),
            ("", false),
        ] {
            assert_eq!(
                takes_gzip(&asked(header::ACCEPT_ENCODING, accepted)),
                takes,
                "{accepted}"
            );
        }
    }

    #[test]
    fn what_the_asker_has_is_known_by_its_tag() {
        for (known, has) in [
            ("\"a\"", true),
            ("W/\"a\"", true),
            ("\"b\", \"a-gzip\"", true),
            ("*", true),
            ("\"b\"", false),
        ] {
            assert_eq!(
                has_already(&asked(header::IF_NONE_MATCH, known), "a"),
                has,
                "{known}"
            );
        }
    }
}
