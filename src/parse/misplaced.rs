//! Keys of the front matter that are right in form and wrong in place: a default that each file has its own of, an
//! author's key in an article, a guide's in a page without steps.

use super::address_pattern;
use crate::diagnostic::Diagnostic;
use crate::model::front_matter::FrontMatter;
use crate::model::page::Kind;
use crate::model::source;

/// Tells them all.
pub(super) fn check(
    kind: Kind,
    front: &FrontMatter,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if front.defaults.is_some()
        && !path
            .rsplit_once('/')
            .is_some_and(|(_, name)| source::is_index(name))
    {
        diagnostics.push(
            misplaced(path, "`defaults` stands in a folder's index.md only")
                .at_key("defaults")
                .help("move it there, or remove it"),
        );
    }
    if let Some(defaults) = &front.defaults {
        each_its_own(defaults, path, diagnostics);
    }
    if kind != Kind::Article && front.steps.0.is_empty() {
        of_articles(kind, front, path, diagnostics);
    }
    let is_hub = !front.steps.0.is_empty();
    let of_lists = [
        (
            "home",
            front.home.is_some() && kind != Kind::Home,
            "content/index.md",
        ),
        (
            "lead",
            front.lead.is_some() && (kind != Kind::Section || is_hub),
            "a folder's index.md without `steps`",
        ),
    ];
    for (key, _, place) in of_lists.into_iter().filter(|(_, wrong, _)| *wrong) {
        let message = format!("`{key}` stands in {place} only");
        let error = misplaced(path, message).at_key(key);
        diagnostics.push(error.help("move it there, or remove it"));
    }
    let is_list = matches!(kind, Kind::Home | Kind::Index | Kind::Author | Kind::Term);
    if front.address.is_some() && is_list {
        let message = "`address` belongs to articles, pages and folders";
        diagnostics.push(
            misplaced(path, message)
                .at_key("address")
                .help("remove it; the address of this page follows from its file's path"),
        );
    }
    if kind != Kind::Author {
        of_authors(front, path, diagnostics);
    }
    if front.after.is_some() && front.steps.0.is_empty() {
        diagnostics.push(
            misplaced(
                path,
                "`after` belongs to a guide, and this page has no `steps`",
            )
            .at_key("after")
            .help("use `up_next: [...]` to say what follows this article"),
        );
    }
}

/// Keys that no folder can set for its files.
fn each_its_own(defaults: &FrontMatter, path: &str, diagnostics: &mut Vec<Diagnostic>) {
    let own = [
        ("title", defaults.title.is_some()),
        ("description", defaults.description.is_some()),
        ("date", defaults.date.is_some()),
        ("updated", defaults.updated.is_some()),
        ("expires", defaults.expires.is_some()),
        ("slug", defaults.slug.is_some()),
        ("aliases", !defaults.aliases.0.is_empty()),
        ("steps", !defaults.steps.0.is_empty()),
        ("search", defaults.search.is_some()),
        ("lead", defaults.lead.is_some()),
        ("home", defaults.home.is_some()),
        ("defaults", defaults.defaults.is_some()),
        (
            "address",
            defaults
                .address
                .as_deref()
                .is_some_and(|address| !address_pattern::is_pattern(address)),
        ),
    ];
    for (key, _) in own.into_iter().filter(|(_, set)| *set) {
        diagnostics.push(
            misplaced(
                path,
                format!("`{key}` cannot be a default: each file has its own"),
            )
            .at_item("defaults", key)
            .help("remove it from `defaults`"),
        );
    }
    let pattern = defaults.address.as_deref().unwrap_or_default();
    let names = pattern
        .split(['/', '-', '.', '_'])
        .filter_map(|part| part.strip_prefix(':'));
    for name in names.filter(|name| !address_pattern::NAMES.contains(name)) {
        let known = address_pattern::NAMES.join(", :");
        diagnostics.push(
            Diagnostic::error("address", path, format!("`:{name}` stands for nothing"))
                .at_item("defaults", pattern)
                .help(format!("what can stand there: :{known}")),
        );
    }
}

/// Keys that only articles and guides do something with.
fn of_articles(kind: Kind, front: &FrontMatter, path: &str, diagnostics: &mut Vec<Diagnostic>) {
    let keys = [
        ("tags", !front.tags.0.is_empty()),
        ("up_next", front.up_next.is_some()),
        ("takeaways", !front.takeaways.0.is_empty()),
        ("source", front.source.is_some()),
        ("sources", !front.sources.is_empty()),
        ("weight", front.weight.is_some() && kind != Kind::Section),
    ];
    let (file, help) = match kind {
        Kind::Page => (
            "a page at the root without a date",
            "remove it, or make an article of the page: give it a `date`, or move it into a folder",
        ),
        Kind::Section => (
            "a folder's index.md without `steps`",
            "remove it; for every article of the folder it stands below `defaults`",
        ),
        Kind::Home => ("the home page", "remove it"),
        _ => ("the file of a tag or an author", "remove it"),
    };
    let keys = keys.into_iter().filter(|(_, set)| *set);
    let own = front.terms.keys().map(String::as_str);
    for key in keys.map(|(key, _)| key).chain(own) {
        diagnostics.push(
            misplaced(path, format!("`{key}` does nothing in {file}"))
                .at_key(key)
                .help(help),
        );
    }
}

/// Keys that stand in the file of a person.
fn of_authors(front: &FrontMatter, path: &str, diagnostics: &mut Vec<Diagnostic>) {
    let person = [
        ("name", front.name.is_some()),
        ("kind", front.kind.is_some()),
        ("bio", front.bio.is_some()),
        ("role", front.role.is_some()),
        ("picture", front.picture.is_some()),
    ];
    for (key, _) in person.into_iter().filter(|(_, set)| *set) {
        diagnostics.push(
            misplaced(path, format!("`{key}` is a key of files in authors/"))
                .at_key(key)
                .help(
                    "remove it; an author has a file of their own: content/authors/their-name.md",
                ),
        );
    }
}

fn misplaced(path: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("misplaced-key", path, message)
}
