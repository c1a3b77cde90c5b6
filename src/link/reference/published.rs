//! References that should lead to published pages: what is said where they do not.

use super::{Found, Index, short_name};
use crate::diagnostic::Diagnostic;
use crate::link::status::Status;
use crate::model::page::{Page, PageId};

/// A reference in the front matter that should lead to a published page.
///
/// `what` names it in a message ("the step"). A draft or nothing is an error; what is scheduled or
/// expired is a warning, and skipped.
pub fn published(
    index: &Index<'_>,
    page: &Page,
    key: &str,
    what: &str,
    written: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PageId> {
    let path = page.path();
    let error =
        |code, message: String| Diagnostic::error(code, &path, message).at_item(key, written);
    let is_elsewhere = || {
        let mut others = index.others().iter();
        others.any(|other| {
            matches!(
                other.index.find(written, page.bare_folder()),
                Found::Page(_)
            )
        })
    };
    let problem = match index.find(written, page.bare_folder()) {
        // In a guide the original stands for its translation, in no other list. A translation names what its original
        // names: what is not translated is left out without a word, until it is.
        Found::Page(id) if index.page(id).original.is_some() && key != "steps" => return None,
        Found::Page(id) => return Some(id),
        Found::Moved(_) | Found::Missing(_) if is_elsewhere() => return None,
        // A translation that is a draft is none yet; a draft in the first language is the author's mistake.
        Found::Hidden(_) if !index.is_first() && is_elsewhere() => return None,
        Found::Hidden(hidden) if hidden.status == Status::Broken => return None,
        Found::Hidden(hidden) if hidden.status == Status::Draft => {
            error("draft-reference", format!("{what} `{written}` is a draft")).help(format!(
                "publish content/{} (remove `draft: true`), or leave it out here",
                hidden.source
            ))
        }
        Found::Hidden(hidden) => {
            let message = format!(
                "{what} `{written}` is {}; it is skipped",
                hidden.status.words()
            );
            Diagnostic::warning("hidden-reference", &path, message)
                .at_item(key, written)
                .help(hidden.help("puts it in"))
        }
        Found::Ambiguous(files) => error(
            "ambiguous-reference",
            format!("{what} `{written}` could be several articles"),
        )
        .help(format!("write its path: {}", files.join(" or "))),
        Found::Moved(source) => {
            let name = index.name_in(page.bare_folder(), source);
            error(
                "unknown-reference",
                format!("{what} `{written}` does not exist"),
            )
            .help(format!("it is `{name}` now"))
            .swap(written, name)
        }
        Found::Missing(near) => {
            let error = error(
                "unknown-reference",
                format!("{what} `{written}` does not exist"),
            );
            match near {
                Some(source) => error.help(format!("did you mean `{}`?", short_name(source))),
                None => error.help("write a file's name without .md, or its path in content/"),
            }
        }
    };
    diagnostics.push(problem);
    None
}
