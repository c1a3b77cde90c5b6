//! What is changed from the desk: a form that one of its own pages sent is checked and carried out. Everything is looked for
//! anew before, so that nothing is written where the file says something else by now.

use hyper::body::Bytes;
use hyper::{HeaderMap, Request, StatusCode, header};

use super::{HTML, Wanted, check, count, named_page, page, suggestions};
use crate::diagnostic::Diagnostic;
use crate::edit::Plan;
use crate::error::Error;
use crate::serve::OWN;
use crate::serve::answer::{self, Answer};
use crate::serve::editor::Place;
use crate::serve::query::parameter;
use crate::serve::state::{Said, State};
use crate::store::author;
use crate::suggest;
use crate::suggest::refused;

/// The answer to a form: the page anew, which says what was changed; or why nothing was.
pub(super) fn respond(state: &State, request: &Request<Bytes>, name: &str) -> Answer {
    let form = String::from_utf8_lossy(request.body());
    if let Err(why) = is_own(state, request.headers(), &form) {
        return answer::words(StatusCode::FORBIDDEN, why);
    }
    let Some(shown) = named_page(name) else {
        let text = format!("the desk has no page {}{name}", OWN);
        return answer::words(StatusCode::NOT_FOUND, &text);
    };
    let query = request.uri().query().unwrap_or_default();
    let address = shown.address(query);
    let failed = {
        let mut last = state.last();
        let done = carried_out(state, query, &form);
        state.forget();
        let failed = done.is_err();
        let text = done.unwrap_or_else(|error| error.to_string());
        *last = (!text.is_empty()).then_some(Said { text, failed });
        failed
    };
    if failed {
        let (html, _) = page(state, &address).unwrap_or_default();
        return answer::bytes(StatusCode::CONFLICT, HTML, html);
    }
    let next = match parameter(&form, "next") {
        next if next.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !next.is_empty() => {
            format!("#{next}")
        }
        _ => String::new(),
    };
    // The browser asks for the page itself then, and loading it again sends nothing twice.
    let to = format!("{}{address}{next}", OWN);
    let mut answer = answer::words(StatusCode::SEE_OTHER, &format!("see {to}"));
    answer::set(&mut answer, header::LOCATION, &to);
    answer
}

/// Whether a form comes from a page of this desk: it knows the token, and where the browser says where it comes from, that
/// is here.
fn is_own(state: &State, headers: &HeaderMap, form: &str) -> Result<(), &'static str> {
    let host = answer::value(headers, header::HOST).unwrap_or_default();
    let here = format!("http://{host}");
    let is_here = |origin: &str| origin.eq_ignore_ascii_case(&here);
    if headers.contains_key(header::ORIGIN)
        && !answer::value(headers, header::ORIGIN).is_some_and(is_here)
    {
        return Err(
            "another website asks for this through your browser: only pages of the desk itself can change files",
        );
    }
    if parameter(form, "token") != state.token {
        return Err(
            "this did not come from a page of this desk, or from one of an earlier gen serve: load the page again",
        );
    }
    Ok(())
}

/// Does what a form asks for, and says what that was.
fn carried_out(state: &State, query: &str, form: &str) -> Result<String, Error> {
    let root = &state.setup.root;
    let id = parameter(form, "id");
    match parameter(form, "do").as_str() {
        "take" => {
            let found = suggestion(state, query, &id)?;
            let edits = suggest::edit(&found).into_iter().collect();
            author::carry_out(
                root,
                &Plan {
                    edits,
                    ..Plan::default()
                },
            )?;
            let link = suggest::link(&found).unwrap_or_default();
            Ok(format!("Written into `{}`: {link}", found.path))
        }
        "not-this" => {
            let found = suggestion(state, query, &id)?;
            let from = found.path.strip_prefix("content/").unwrap_or(&found.path);
            let to = found.suggested.as_ref().map_or("", |link| &link.to);
            refuse(state, refused::pair(from, to))
        }
        "never" => {
            let found = suggestion(state, query, &id)?;
            let words = found.suggested.map_or(String::new(), |link| link.words);
            refuse(state, words)
        }
        "mend" => {
            let all = found(state, Wanted::default())?;
            let one = all.into_iter().filter(|found| super::id(found) == id);
            mend(state, &one.collect::<Vec<_>>())
        }
        "mend-all" => mend(state, &found(state, Wanted::default())?),
        "open" => open(state, form),
        other => Err(Error::refused(
            format!("the desk cannot do `{}`", other.escape_default()),
            "load the page again",
        )),
    }
}

/// What a check finds now.
fn found(state: &State, wanted: Wanted) -> Result<Vec<Diagnostic>, Error> {
    let checked = check::check(&state.options(), &wanted, None, &mut |_, _| ())?;
    Ok(checked.diagnostics)
}

/// The suggestion of this id, as the files are now.
fn suggestion(state: &State, query: &str, id: &str) -> Result<Diagnostic, Error> {
    let all = found(state, suggestions::asked(query).wanted())?;
    let one = all.into_iter().filter(|found| found.suggested.is_some());
    one.into_iter()
        .find(|found| super::id(found) == id)
        .ok_or_else(changed)
}

fn changed() -> Error {
    Error::refused(
        "the files changed meanwhile, and nothing was written",
        "look at the page as it is now",
    )
}

fn refuse(state: &State, line: String) -> Result<String, Error> {
    let said = format!(
        "Suggested no more: `{line}`. It stands in `{}`.",
        refused::FILE
    );
    refused::remember(&state.setup.root, &[line])?;
    Ok(said)
}

fn mend(state: &State, found: &[Diagnostic]) -> Result<String, Error> {
    let mending = check::Mending::of(found);
    if mending.things == 0 {
        return Err(changed());
    }
    author::carry_out(&state.setup.root, &mending.plan)?;
    let files = mending.plan.edited();
    Ok(match (found, files.as_slice()) {
        ([one], [file]) => format!("Mended in `{file}`: {}", one.message),
        (_, files) => format!(
            "Mended: {} in {}.",
            count(mending.things, "thing", "things"),
            count(files.len(), "file", "files")
        ),
    })
}

/// Opens a file of the site in the editor.
fn open(state: &State, form: &str) -> Result<String, Error> {
    let path = parameter(form, "path");
    let root = &state.setup.root;
    let file = root.join(&path).canonicalize().ok();
    let Some(file) = file.filter(|file| file.starts_with(root) && file.is_file()) else {
        return Err(Error::refused(
            format!("the site has no file `{}`", path.escape_default()),
            "load the page again",
        ));
    };
    let number = |name| parameter(form, name).parse().unwrap_or(1);
    state.setup.editor.open(Place {
        file: &file,
        line: number("line"),
        column: number("column"),
    })?;
    // The editor itself shows that it is done.
    Ok(String::new())
}
