//! An article in a guide's own folder is no step of it, and neither the guide nor its steps link to it.
//!
//! It was most often written as a step and never listed, so that readers of the guide pass it by. Add it to the `steps`
//! of the folder's `index.md`, or link to it from the step that it belongs to. An article that stands by itself lives
//! in another folder.

use super::{Check, Group, Lint, Survey};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::site::Guide;

pub(super) const LINT: Lint = Lint {
    code: "step-without-hub",
    group: Group::Links,
    level: Level::Warning,
    check: Check::Site(check),
    source: include_str!("step_without_hub.rs"),
};

fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let site = survey.site;
    for section in &site.sections {
        let is_own = |guide: &&Guide| section.page == Some(guide.hub);
        let Some(guide) = site.guides.iter().find(is_own) else {
            continue;
        };
        let belongs = |id| id == guide.hub || guide.steps.contains(&id) || guide.after == Some(id);
        for id in section.articles.iter().copied() {
            let linked = site.backlinks[id.index()].iter().any(|from| belongs(*from));
            if belongs(id) || linked {
                continue;
            }
            let page = site.page(id);
            let hub = site.page(guide.hub);
            let message = format!(
                "this article stands in the folder of the guide \"{}\", which does not lead to it",
                hub.title
            );
            found.push(
                Diagnostic::warning(LINT.code, &page.path(), message)
                    .at_key("title")
                    .help(format!(
                        "add `{}` to the `steps` of {}, or link to it from a step",
                        page.stem(),
                        hub.path()
                    )),
            );
        }
    }
}
