//! Makes the new site of what a system's reader found: unique paths, addresses, links, texts in our markup, settings, the
//! report.

use std::collections::{BTreeMap, BTreeSet};

use super::doc::Doc;
use super::index::{Found, Index, parts};
use super::links::{self, Change};
use super::source::Source;
use super::system::{Asset, OldSite, System};
use super::{Copied, Import, NewFile, Options, lines, report, shortcode};
use crate::config::Config;
use crate::model::date::Zone;
use crate::model::front_matter::image::Image;
use crate::model::front_matter::text::OneOrMany;
use crate::model::page::Kind;
use crate::model::slug::{fold, slugify};
use crate::model::source as names;
use crate::model::url::{BaseUrl, link_path, relative, resolve};
use crate::parse;

/// What stands for an address that nobody knows.
const NOWHERE: &str = "https://example.org";

/// Keys that only tell an old theme, or its system, how to draw a page.
const THEMES: [&str; 14] = [
    "layout",
    "type",
    "id",
    "eleventyNavigation",
    "sidebar_label",
    "sidebar_position",
    "permalink",
    "url",
    "path",
    "parent",
    "nav_order",
    "resources",
    "cascade",
    "sort_by",
];

/// Finishes an import.
pub(super) fn finish(
    system: System,
    mut site: OldSite,
    source: &Source,
    options: &Options,
) -> Import {
    let written = options.base_url.clone().or(site.base_url.take());
    let base = written.as_deref().and_then(|url| BaseUrl::parse(url).ok());
    if base.is_none() {
        site.general.push(format!(
            "Where the site stands is not known: site.toml has {NOWHERE}. Write its address there."
        ));
    }
    if options.without_pictures {
        site.files.clear();
    }
    let mut docs = std::mem::take(&mut site.docs);
    docs.sort_by(|a, b| (&a.path, &a.source).cmp(&(&b.path, &b.source)));
    unique(&mut docs, &mut site.files);
    let index = Index::new(&docs, &site.files, base.clone(), &site.root);
    let hidden: Vec<bool> = docs
        .iter()
        .map(|doc| doc.front.draft == Some(true))
        .collect();
    let paths: Vec<String> = docs.iter().map(|doc| doc.path.clone()).collect();
    let places = Places {
        index: &index,
        paths: &paths,
        hidden: &hidden,
        files: &site.files,
        elsewhere: &site.elsewhere,
        base: base.as_ref(),
    };
    for doc in &mut docs {
        let body = std::mem::take(&mut doc.body);
        let body = places.markdown(doc, &body, &site);
        doc.body = body;
        places.front(doc);
    }
    anchors(&mut docs);
    let mut addresses = 0;
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for doc in &mut docs {
        addresses += usize::from(settle(doc, &mut taken));
    }
    let mut files: Vec<NewFile> = Vec::new();
    for doc in &docs {
        files.push(NewFile {
            path: format!("content/{}", doc.path),
            text: doc.text(),
        });
        if !doc.replies.is_empty() {
            let path = format!(
                "content/{}{}",
                names::without_ending(&doc.path),
                parse::replies::ENDING
            );
            files.push(NewFile {
                path,
                text: doc.replies_text(),
            });
        }
    }
    let settings = settings(&site, base.as_ref(), &places, source);
    files.push(NewFile {
        path: "site.toml".to_owned(),
        text: settings,
    });
    files.push(NewFile {
        path: "import-report.md".to_owned(),
        text: report::text(system.name, &docs, &site.general),
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut copied: Vec<Copied> = site
        .files
        .into_iter()
        .map(|file| Copied {
            from: file.from,
            to: format!("content/{}", file.to),
        })
        .collect();
    copied.sort_by(|a, b| a.to.cmp(&b.to));
    let texts = docs.iter().filter(|doc| !doc.path.starts_with("authors/"));
    let (to_look_at, ready): (Vec<&Doc>, Vec<&Doc>) = texts.partition(|doc| !doc.left.is_empty());
    Import {
        system,
        files,
        copied,
        ready: ready.len(),
        to_look_at: to_look_at.len(),
        hidden: hidden.iter().filter(|hidden| **hidden).count(),
        addresses,
    }
}

/// Gives each file a path of its own that every system can have, below `content/`.
fn unique(docs: &mut [Doc], files: &mut Vec<Asset>) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for doc in docs {
        let clean = clean(&doc.path);
        let bare = names::without_ending(&clean).to_owned();
        let mut path = format!("{bare}.md");
        let mut number = 2;
        while !taken.insert(path.to_lowercase()) {
            path = format!("{bare}-{number}.md");
            number += 1;
        }
        doc.path = path;
    }
    files.retain_mut(|file| {
        file.to = clean(&file.to);
        taken.insert(file.to.to_lowercase())
    });
}

/// A path without steps upwards, control characters and what some systems cannot have in a name.
fn clean(path: &str) -> String {
    let parts: Vec<String> = path
        .split(['/', '\\'])
        .map(|part| {
            part.chars()
                .filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c))
                .collect::<String>()
        })
        .map(|part: String| {
            part.trim()
                .trim_end_matches('.')
                .chars()
                .take(80)
                .collect::<String>()
        })
        .filter(|part| !part.is_empty() && part != "." && part != "..")
        .collect();
    match parts.is_empty() {
        true => "page.md".to_owned(),
        false => parts.join("/"),
    }
}

/// Where everything is in the new site.
struct Places<'a> {
    index: &'a Index,
    paths: &'a [String],
    hidden: &'a [bool],
    files: &'a [Asset],
    elsewhere: &'a [String],
    base: Option<&'a BaseUrl>,
}

impl Places<'_> {
    /// A text in our Markdown, with links to the new site's files.
    fn markdown(&self, doc: &mut Doc, body: &str, site: &OldSite) -> String {
        let mut body = body.to_owned();
        if site.tags.hugo || site.tags.liquid {
            body = shortcode::converted(doc, &body, site.tags);
        }
        body = lines::converted(doc, &body, site.lines);
        if site.has_wiki_links {
            body = self.wiki(doc, &body);
        }
        if let Some(old) = site.heading_id {
            body = links::with_old_ids(&body, old);
        }
        let mut left = Vec::new();
        let changed = links::changed(&body, &mut |dest, is_picture| match self.to(doc, dest) {
            To::Keep => Change::Keep,
            To::Path(path) => Change::To(path),
            To::Hidden => {
                left.push(("link to a draft", dest.to_owned()));
                Change::Unlink(format!("a link to a draft: {dest}"))
            }
            To::Missing if is_picture => {
                left.push(("picture that is missing", dest.to_owned()));
                Change::Unlink(format!("a picture that is missing: {dest}"))
            }
            To::Missing => {
                left.push(("link to nothing", dest.to_owned()));
                Change::Unlink(format!("a link to nothing: {dest}"))
            }
        });
        for (kind, what) in left {
            doc.leave(kind, &what);
        }
        changed
    }

    /// Where a destination leads, as a link of the new file has it.
    fn to(&self, doc: &Doc, dest: &str) -> To {
        let folder = doc.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let anchor = parts(dest).anchor;
        match self.index.find(doc, dest) {
            Found::Elsewhere => To::Keep,
            Found::Doc(number) if self.hidden[number] && doc.front.draft != Some(true) => {
                To::Hidden
            }
            Found::Doc(number) if self.paths[number] == doc.path && !anchor.is_empty() => {
                To::Path(anchor.to_owned())
            }
            Found::Doc(number) => To::Path(format!(
                "{}{anchor}",
                link_path(&relative(folder, &self.paths[number]))
            )),
            Found::File(number) => To::Path(link_path(&relative(folder, &self.files[number].to))),
            Found::Missing => self.at_home(dest).map_or(To::Missing, To::Path),
        }
    }

    /// The full address of a file that only the old site has.
    fn at_home(&self, dest: &str) -> Option<String> {
        let base = self.base?;
        let path = base.within(dest).unwrap_or_else(|| dest.to_owned());
        let is_there = self
            .elsewhere
            .iter()
            .any(|begin| path.starts_with(begin.as_str()));
        is_there.then(|| {
            base.absolute_href(&format!("{}{}", base.path(), path.trim_start_matches('/')))
        })
    }

    /// Wiki links as links of Markdown.
    fn wiki(&self, doc: &Doc, body: &str) -> String {
        let code = super::tag::code(body);
        let mut out = String::with_capacity(body.len());
        let mut done = 0;
        for (at, _) in body.match_indices("[[") {
            let Some(end) = body[at..]
                .find("]]")
                .map(|end| at + end)
                .filter(|end| end - at < 400)
            else {
                continue;
            };
            if at < done || super::tag::is_code(&code, at) || body[at..end].contains('\n') {
                continue;
            }
            let is_embed = body[..at].ends_with('!');
            let inner = &body[at + 2..end];
            let (target, words) = inner
                .split_once('|')
                .map_or((inner, None), |(target, words)| {
                    (target.trim_end_matches('\\'), Some(words.trim()))
                });
            let (name, heading) = target
                .split_once('#')
                .map_or((target, None), |(name, heading)| {
                    (name.trim(), Some(heading))
                });
            let heading = heading.filter(|heading| !heading.starts_with('^'));
            let anchor = heading.map(|heading| {
                format!(
                    "#{}",
                    crate::model::slug::heading_id(heading.rsplit('#').next().unwrap_or_default())
                )
            });
            let anchor = anchor.unwrap_or_default();
            let is_size = |words: &str| words.chars().all(|c| c.is_ascii_digit() || c == 'x');
            let own = target.replace('#', " › ");
            let shown = words
                .filter(|words| !(is_embed && is_size(words)))
                .unwrap_or(if name.is_empty() {
                    heading.unwrap_or_default()
                } else {
                    &own
                });
            let shown = shortcode::bracketed(shown);
            let dest = shortcode::destination(&name.replace('%', "%25").replace('?', "%3F"));
            let found = self.index.find(doc, &dest);
            let start = if is_embed { at - 1 } else { at };
            out.push_str(&body[done..start]);
            let mark = if is_embed && matches!(found, Found::File(_)) {
                "!"
            } else {
                ""
            };
            out.push_str(&format!("{mark}[{shown}]({dest}{anchor})"));
            done = end + 2;
        }
        out.push_str(&body[done..]);
        out
    }

    /// The picture and the copies of the front matter.
    fn front(&self, doc: &mut Doc) {
        let found = |doc: &Doc, src: &str| match self.index.find(doc, src) {
            Found::File(number) => Some(format!("/{}", self.files[number].to)),
            Found::Elsewhere if src.contains("://") => Some(src.to_owned()),
            _ => self.at_home(src),
        };
        if let Some(image) = doc.front.image.take() {
            match found(doc, &image.src) {
                Some(src) => doc.front.image = Some(Box::new(Image { src, ..*image })),
                None => doc.leave("picture that is missing", &image.src),
            }
        }
        if let Some(picture) = doc.front.picture.take() {
            match found(doc, &picture) {
                Some(src) => doc.front.picture = Some(src),
                None => doc.leave("picture that is missing", &picture),
            }
        }
    }
}

/// Where a link leads now.
enum To {
    Keep,
    Path(String),
    Hidden,
    Missing,
}

/// Mends places of pages that links name: as another rule spells them, or not there at all.
fn anchors(docs: &mut [Doc]) {
    let ids: BTreeMap<String, BTreeSet<String>> = docs
        .iter()
        .map(|doc| (doc.path.clone(), links::ids(&doc.body)))
        .collect();
    for doc in docs {
        if !doc.body.contains('#') {
            continue;
        }
        let folder = doc
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned();
        let body = std::mem::take(&mut doc.body);
        let mut lost = Vec::new();
        doc.body = links::changed(&body, &mut |dest, _| {
            let Some((path, id)) = dest
                .split_once('#')
                .filter(|(_, id)| !id.is_empty() && !id.starts_with(':'))
            else {
                return Change::Keep;
            };
            let file = match path {
                "" => Some(doc.path.clone()),
                path => resolve(&folder, &crate::escape::url_decode(path)),
            };
            let Some(known) = file.and_then(|file| ids.get(&file)) else {
                return Change::Keep;
            };
            let id = crate::escape::url_decode(id);
            if known.contains(&id) || id.eq_ignore_ascii_case("top") {
                return Change::Keep;
            }
            let letters = |id: &str| {
                id.chars()
                    .filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase)
                    .collect::<String>()
            };
            let wanted = letters(&id);
            if let Some(near) = known
                .iter()
                .find(|known| letters(known) == wanted || slugify(known) == slugify(&id))
            {
                return Change::To(format!("{path}#{near}"));
            }
            lost.push(dest.to_owned());
            match path {
                "" => Change::Unlink(format!("a place that is missing: {dest}")),
                path => Change::To(path.to_owned()),
            }
        });
        for dest in lost {
            doc.leave("place of a page that is missing", &dest);
        }
    }
}

/// Writes into the front matter what differs from what follows of the file's path, and takes out what means nothing there.
/// Whether the old address is kept.
fn settle(doc: &mut Doc, taken: &mut BTreeSet<String>) -> bool {
    let front = &mut doc.front;
    front.slug = None;
    front.template = None;
    front.steps.0.clear();
    front.after = None;
    front.up_next = None;
    front.defaults = None;
    front.skip_lints.0.clear();
    for key in THEMES {
        front.extra.remove(key);
    }
    front.address = None;
    front
        .aliases
        .0
        .retain(|alias| alias.starts_with('/') || !alias.contains([' ', ':']));
    for alias in &mut front.aliases.0 {
        if !alias.starts_with('/') {
            alias.insert(0, '/');
        }
    }
    let Some((kind, ours)) = parse::place(&doc.path, front).or_else(|| {
        let slug = format!("page-{}", slugify(&doc.source));
        front.address = Some(format!("/{slug}/"));
        parse::place(&doc.path, front)
    }) else {
        return false;
    };
    let mut dropped = Vec::new();
    if kind != Kind::Article {
        for (key, list) in [
            ("tags", &mut front.tags),
            ("takeaways", &mut front.takeaways),
        ] {
            if !list.0.is_empty() {
                dropped.push(key);
                *list = OneOrMany::default();
            }
        }
        front.source = None;
        front.sources.clear();
        front.weight = front.weight.filter(|_| kind == Kind::Section);
    }
    if kind != Kind::Author {
        (front.name, front.bio, front.role, front.picture) = (None, None, None, None);
    } else {
        return false;
    }
    let mut folded: BTreeSet<String> = BTreeSet::new();
    front
        .tags
        .0
        .retain(|tag| !slugify(tag).is_empty() && folded.insert(fold(tag)));
    let is_list = matches!(kind, Kind::Home | Kind::Index | Kind::Term);
    let kept = match doc.address.take() {
        Some(old)
            if !is_list
                && old.trim_matches('/') != ours.as_str().trim_matches('/')
                && !old.trim_matches('/').is_empty() =>
        {
            front.address = Some(old);
            let kept = parse::place(&doc.path, front);
            if kept.is_none()
                || kind == Kind::Section
                    && kept
                        .as_ref()
                        .is_some_and(|(_, kept)| !kept.as_str().ends_with('/'))
            {
                let old = front.address.take();
                front.aliases.0.extend(old.filter(|_| kept.is_some()));
            }
            kept.is_some()
        }
        Some(_) => true,
        None => true,
    };
    // Two articles at one address: the second keeps what follows from its path.
    if let Some((_, address)) = parse::place(&doc.path, front)
        && !taken.insert(address.folded())
        && front.address.take().is_some()
    {
        doc.left.push(super::doc::Left {
            kind: "address that another page has".to_owned(),
            what: address.to_string(),
        });
    }
    let own = parse::place(&doc.path, &doc.front).map(|(_, address)| address.folded());
    doc.front.aliases.0.retain(|alias| {
        let alias = crate::model::url::Permalink::page(alias).folded();
        Some(&alias) != own.as_ref()
    });
    doc.front.aliases.0.dedup();
    for key in dropped {
        doc.leave("key that does nothing", key);
    }
    kept
}

fn settings(
    site: &OldSite,
    base: Option<&BaseUrl>,
    places: &Places<'_>,
    source: &Source,
) -> String {
    let text = |text: &str| {
        let clean: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let clean: String = clean.chars().filter(|c| !c.is_control()).collect();
        format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\""))
    };
    let folder = source.files.first().and_then(|file| {
        let absolute = file.absolute();
        let depth = file.path.split('/').count();
        let folder = absolute.ancestors().nth(depth)?.file_name()?.to_str()?;
        Some(parse::title_from(folder))
    });
    let title = site.title.clone().filter(|title| !title.trim().is_empty());
    let title = title.or(folder).filter(|title| !title.trim().is_empty());
    let title = title.unwrap_or_else(|| "My site".to_owned());
    let base = base.map_or_else(|| NOWHERE.to_owned(), BaseUrl::to_string);
    let mut out = format!(
        "title = {}\nbase_url = {}\n",
        text(&title),
        text(base.trim_end_matches('/'))
    );
    let others: Vec<String> = site
        .elsewhere
        .iter()
        .filter(|_| base.as_str() != NOWHERE)
        .map(|path| {
            text(&format!(
                "{}{path}",
                base.split_once("://")
                    .map_or("", |(_, place)| place.trim_end_matches('/'))
            ))
        })
        .collect();
    if !others.is_empty() {
        out.push_str(&format!(
            "# What only the old site has is loaded from there.\nnot_ours = [{}]\n",
            others.join(", ")
        ));
    }
    if let Some(description) = &site.description {
        out.push_str(&format!("description = {}\n", text(description)));
    }
    let with = |line: &str| {
        Config::parse(
            &format!("title = \"x\"\nbase_url = \"{NOWHERE}\"\n{line}"),
            None,
        )
        .is_ok()
    };
    let language = site
        .language
        .as_deref()
        .map(|tag| format!("language = {}\n", text(tag)));
    out.extend(language.filter(|line| with(line)));
    let zone = site
        .timezone
        .as_deref()
        .filter(|name| Zone::named(name).is_some());
    out.extend(zone.map(|name| format!("timezone = {}\n", text(name))));
    let home = Doc {
        source: super::system::joined(&site.root, "index.md"),
        ..Doc::default()
    };
    let entries: Vec<String> = site
        .menu
        .iter()
        .filter_map(|entry| {
            let url = match places.index.find(&home, &entry.url) {
                Found::Doc(number) if !places.hidden[number] => places.paths[number].clone(),
                Found::Elsewhere if entry.url.contains("://") => entry.url.clone(),
                _ if matches!(entry.url.as_str(), "/" | "/tags/" | "/archive/") => {
                    entry.url.clone()
                }
                _ => return None,
            };
            Some(format!(
                "  {{ title = {}, url = {} }},\n",
                text(&entry.title),
                text(&url)
            ))
        })
        .collect();
    if !entries.is_empty() {
        out.push_str(&format!("menu = [\n{}]\n", entries.concat()));
    }
    out
}
