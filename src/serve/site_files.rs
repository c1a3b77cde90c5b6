//! Finds what a path means on a static host: a file, a folder's `index.html`, a redirect to the folder, or the 404 page.
//! No path leads out of the site's folder.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};

use hyper::body::Bytes;
use hyper::{HeaderMap, Request, StatusCode, header};

use super::answer::{self, Answer, Payload};
use super::policy;
use super::state::State;
use super::{NOT_FOUND, inject, messages};
use crate::escape;
use crate::model::file_type::{self, FileType};
use crate::scan::Stamp;

/// Text is compressed up to this size; beyond, it is read piece by piece.
const TEXT_LIMIT: u64 = 8 << 20;

/// What stands at a path.
pub(super) enum Found {
    /// This file, and the path that it is served for.
    File(PathBuf, String),
    /// A folder, that was asked for without a slash at the end: this is its path, encoded.
    Folder(String),
    /// Nothing.
    Nothing,
}

/// The answer to a request for something of the site.
pub(super) fn respond(state: &State, request: &Request<Bytes>) -> Answer {
    match find(&state.folder, request.uri().path()) {
        Found::Folder(to) => redirect(&to, request.uri().query()),
        Found::File(file, path) if is_page(&file) => {
            let page = page(state, request.headers(), &file, &path);
            page.unwrap_or_else(|| nothing(state, request))
        }
        Found::File(file, _) => {
            plain(request.headers(), &file).unwrap_or_else(|| nothing(state, request))
        }
        Found::Nothing => nothing(state, request),
    }
}

/// A redirect within the site. A browser that kept it would keep it for whatever is served here next.
pub(super) fn redirect(to: &str, query: Option<&str>) -> Answer {
    let to = match query {
        Some(query) => format!("{to}?{query}"),
        None => to.to_owned(),
    };
    let mut answer = answer::words(StatusCode::MOVED_PERMANENTLY, &format!("see {to}"));
    answer::set(&mut answer, header::LOCATION, &to);
    answer::set(&mut answer, header::CACHE_CONTROL, "no-store");
    answer
}

/// Finds what stands at a path, as it is written in a request.
pub(super) fn find(folder: &Path, path: &str) -> Found {
    let Some(parts) = parts(path) else {
        return Found::Nothing;
    };
    let mut file = folder.to_path_buf();
    file.extend(&parts);
    // Whatever a symlink, or a file system with other rules for names, makes of it: it stays inside.
    let inside = |file: &Path| {
        let real = file.canonicalize().ok();
        real.filter(|real| {
            folder
                .canonicalize()
                .is_ok_and(|folder| real.starts_with(folder))
        })
    };
    let Some(real) = inside(&file) else {
        return Found::Nothing;
    };
    let mut own = format!("/{}", parts.join("/"));
    if !real.is_dir() {
        return match path.ends_with('/') {
            true => Found::Nothing,
            false => Found::File(real, own),
        };
    }
    let Some(index) = inside(&real.join("index.html")).filter(|index| index.is_file()) else {
        return Found::Nothing;
    };
    if path.ends_with('/') {
        if !parts.is_empty() {
            own.push('/');
        }
        return Found::File(index, own);
    }
    Found::Folder(format!("{}/", escape::url_path(&own)))
}

/// The parts of a path, decoded; none where one of them is no plain name, or one of gen's own files.
fn parts(path: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let name = escape::url_decode(part);
        let plain = name != "."
            && name != ".."
            && !name.starts_with(".gen-")
            && !name.contains(['/', '\\', '\0'])
            && !(cfg!(windows) && name.contains(':'));
        if !plain {
            return None;
        }
        parts.push(name);
    }
    Some(parts)
}

fn is_page(file: &Path) -> bool {
    file.extension()
        .is_some_and(|ending| ending == "html" || ending == "htm")
}

/// A page of the site, with what is put into it. None where it went away.
fn page(state: &State, request: &HeaderMap, file: &Path, path: &str) -> Option<Answer> {
    let (html, etag) = inject::page(state, file, path)?;
    let kind = "text/html; charset=utf-8";
    let mut answer = answer::text(request, kind, html, &etag);
    set_policy(state, path, &mut answer);
    Some(answer)
}

/// Sends the policy that the host will send, so that an author sees what it blocks.
#[expect(clippy::disallowed_methods, reason = "reads what is served")]
fn set_policy(state: &State, path: &str, answer: &mut Answer) {
    let headers = fs::read_to_string(state.folder.join("_headers")).unwrap_or_default();
    if let Some(policy) = policy::of_headers(&headers, path) {
        answer::set(answer, header::CONTENT_SECURITY_POLICY, &policy);
    }
}

/// Any other file: whole, compressed, or a part of it.
fn plain(request: &HeaderMap, file: &Path) -> Option<Answer> {
    let FileType {
        name: kind,
        is_text,
    } = file_type::of(&file.to_string_lossy());
    let mut opened = File::open(file).ok()?;
    let metadata = opened.metadata().ok().filter(fs::Metadata::is_file)?;
    let stamp = Stamp::of(&metadata);
    let etag = format!("{:x}-{:x}", stamp.size, stamp.modified);
    let range = ranged(request, &etag, stamp.size);
    if is_text && range.is_none() && stamp.size <= TEXT_LIMIT {
        let bytes = fs::File::open(file).and_then(read_all).ok()?;
        return Some(answer::text(request, kind, bytes, &etag));
    }
    let (status, payload, says) = match range {
        _ if answer::has_already(request, &etag) => {
            (StatusCode::NOT_MODIFIED, Payload::Bytes(Bytes::new()), None)
        }
        Some(None) => (
            StatusCode::RANGE_NOT_SATISFIABLE,
            Payload::Bytes(Bytes::new()),
            Some(format!("bytes */{}", stamp.size)),
        ),
        Some(Some((first, last))) => {
            opened.seek(SeekFrom::Start(first)).ok()?;
            (
                StatusCode::PARTIAL_CONTENT,
                Payload::File(opened, last - first + 1),
                Some(format!("bytes {first}-{last}/{}", stamp.size)),
            )
        }
        None => (StatusCode::OK, Payload::File(opened, stamp.size), None),
    };
    let mut answer = answer::bytes(status, kind, Bytes::new()).map(|_| payload);
    answer::set(&mut answer, header::ACCEPT_RANGES, "bytes");
    answer::set(&mut answer, header::ETAG, &format!("\"{etag}\""));
    if let Some(says) = says {
        answer::set(&mut answer, header::CONTENT_RANGE, &says);
    }
    Some(answer)
}

fn read_all(mut file: File) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut file, &mut bytes)?;
    Ok(bytes)
}

/// The part that is asked for: none where the whole is, nothing in it where there is no such part.
fn ranged(request: &HeaderMap, etag: &str, size: u64) -> Option<Option<(u64, u64)>> {
    let asked = answer::value(request, header::RANGE)?;
    // A part of something else than what is here would be of no use.
    let same = answer::value(request, header::IF_RANGE)
        .is_none_or(|known| known.trim_matches('"') == etag);
    same.then(|| range(asked, size)).flatten()
}

/// Reads `bytes=first-last` (RFC 9110, section 14.1.2). What is wrong in form, and more than one part, is passed
/// over, as it may be.
fn range(asked: &str, size: u64) -> Option<Option<(u64, u64)>> {
    let (first, last) = asked.strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let end = size.checked_sub(1);
    if first.is_empty() {
        let length = number(last)?;
        let first = size.saturating_sub(length);
        return Some(end.filter(|_| length > 0).map(|end| (first, end)));
    }
    let first = number(first)?;
    let last = match last.trim() {
        "" => u64::MAX,
        last => number(last).filter(|last| *last >= first)?,
    };
    Some(
        end.filter(|end| first <= *end)
            .map(|end| (first, last.min(end))),
    )
}

/// The nearest 404 page: that of the language, or the site's; before there is a site, what is known of it.
fn nothing(state: &State, request: &Request<Bytes>) -> Answer {
    let asked = parts(request.uri().path()).unwrap_or_default();
    let above = (1..=asked.len()).rev().map(|n| asked[..n].join("/"));
    let mut pages = above.map(|folder| format!("/{}{NOT_FOUND}", escape::url_path(&folder)));
    let nearest = pages.find_map(|page| match find(&state.folder, &page) {
        Found::File(file, path) => Some((file, path)),
        _ => None,
    });
    let own = || (state.folder.join(&NOT_FOUND[1..]), NOT_FOUND.to_owned());
    let (page, path) = nearest.unwrap_or_else(own);
    let (status, html) = match inject::page(state, &page, &path) {
        Some((html, _)) => (StatusCode::NOT_FOUND, html),
        None => {
            let (status, html, _) = messages::alone(state);
            (status, html.into_bytes())
        }
    };
    let mut answer = answer::bytes(status, "text/html; charset=utf-8", html);
    set_policy(state, &path, &mut answer);
    answer
}

/// How the file of a page is tagged now, for who shows it already.
pub(super) fn etag(state: &State, path: &str) -> Option<String> {
    match find(&state.folder, path) {
        Found::File(file, path) if is_page(&file) => Some(inject::page(state, &file, &path)?.1),
        _ if path == NOT_FOUND => Some(messages::alone(state).2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        for (asked, part) in [
            ("bytes=0-4", Some(Some((0, 4)))),
            ("bytes=5-", Some(Some((5, 9)))),
            ("bytes=-3", Some(Some((7, 9)))),
            ("bytes=-99", Some(Some((0, 9)))),
            ("bytes=0-99", Some(Some((0, 9)))),
            ("bytes=10-", Some(None)),
            ("bytes=-0", Some(None)),
            ("bytes=4-3", None),
            ("bytes=0-1,3-4", None),
            ("bytes=x-", None),
            ("lines=0-1", None),
            ("bytes=99999999999999999999-", None),
        ] {
            assert_eq!(range(asked, 10), part, "{asked}");
        }
        assert_eq!(range("bytes=0-", 0), Some(None));
    }
}
