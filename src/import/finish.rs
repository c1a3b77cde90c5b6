//! Makes the new site of what a system's reader found: unique paths, addresses, links, texts in our markup, settings, the
//! report.

use std::collections::{BTreeMap, BTreeSet};

use super::doc::Doc;
use super::index::{Found, Index, parts};
use super::links::{self, Change};
use super::pictures::ToFetch;
use super::source::Source;
use super::system::{Asset, OldSite, System};
use super::{Copied, Import, NewFile, Options, Pictures, disqus, lines, report, rules, shortcode};
use crate::config::{Config, Languages};
use crate::model::date::Zone;
use crate::model::front_matter::image::Image;
use crate::model::front_matter::text::OneOrMany;
use crate::model::heading_ids::HeadingIds;
use crate::model::page::Kind;
use crate::model::slug::{fold, slugify};
use crate::model::source as names;
use crate::model::url::{BaseUrl, Place, link_path, relative, resolve};
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
    let read = |url: Option<String>| url.and_then(|url| BaseUrl::parse(&url).ok());
    // A site that gets another name: what the texts call the old one is still the site.
    let old = read(site.base_url.take());
    let base = match (read(options.base_url.clone()), &old) {
        (Some(new), Some(old)) => {
            let place = Place::parse(&old.to_string());
            Some(new.with_places(place.into_iter().collect(), Vec::new()))
        }
        (new, old) => new.or_else(|| old.clone()),
    };
    let old = old.or_else(|| base.clone());
    if base.is_none() {
        site.general.push(format!(
            "Where the site stands is not known: site.toml has {NOWHERE}. Write its address there."
        ));
    }
    if options.pictures == Pictures::Leave {
        site.files.clear();
    }
    let mut docs = std::mem::take(&mut site.docs);
    within_their_folders(&mut docs);
    docs.sort_by(|a, b| (&a.path, &a.source).cmp(&(&b.path, &b.source)));
    unique(&mut docs, &mut site.files);
    let index = Index::new(&docs, &site.files, base.clone(), &site.root);
    for export in disqus::exports(source, options.replies.as_ref()) {
        let told = disqus::attach(export, &mut docs, &index);
        site.general.extend(told);
    }
    let kept = rules::old_redirects(source, &mut docs, &index);
    if !kept.dead.is_empty() {
        let first: Vec<String> = kept.dead.iter().take(5).cloned().collect();
        site.general.push(format!(
            "{} redirects of the old site lead to nothing here, and were left out, such as: {}.",
            kept.dead.len(),
            first.join("; ")
        ));
    }
    let to_fetch = ToFetch::new(options.pictures == Pictures::Fetch, site.picture_hosts);
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
        old: old.as_ref(),
        to_fetch: &to_fetch,
        system: system.name,
        feed: String::new(),
    };
    let settings = settings(&site, &docs, base.as_ref(), &places, source);
    let languages = Config::parse(&settings, None)
        .map_or_else(|_| Languages::default(), |config| config.languages);
    let places = Places {
        feed: languages.all()[0].file("feed.xml").to_string(),
        ..places
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
    let paths = docs.iter().map(|doc| doc.path.as_str());
    let bundles = parse::bundles(paths, &languages);
    for doc in &mut docs {
        addresses += usize::from(settle(doc, &languages, &bundles, &mut taken));
    }
    let tags = told_apart(&docs, &languages);
    let redirects = rules::text(system.name, &kept, &docs, &languages);
    let mut files: Vec<NewFile> = Vec::new();
    files.extend(tags);
    if !redirects.is_empty() {
        files.push(NewFile {
            path: parse::redirects::FILE.to_owned(),
            text: redirects,
        });
    }
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
        fetched: to_fetch.all(),
        ready: ready.len(),
        to_look_at: to_look_at.len(),
        hidden: hidden.iter().filter(|hidden| **hidden).count(),
        addresses,
    }
}

/// Moves a page that stands beside a folder of its name into it: it is the folder's own page.
fn within_their_folders(docs: &mut [Doc]) {
    let mut folders: BTreeSet<String> = BTreeSet::new();
    for doc in docs.iter() {
        let ends = doc.path.match_indices('/');
        folders.extend(ends.map(|(end, _)| doc.path[..end].to_owned()));
    }
    let taken: BTreeSet<String> = docs.iter().map(|doc| doc.path.clone()).collect();
    for doc in docs {
        let stem = names::without_ending(&doc.path);
        let inside = format!("{stem}/index.md");
        let is_special = ["authors", "tags"].contains(&stem);
        let is_free = !taken.contains(&inside) && !taken.contains(&format!("{stem}/_index.md"));
        if folders.contains(stem) && is_free && !is_special {
            doc.path = inside;
        }
    }
}

/// The toc that some readers of Markdown make of a line.
fn without_tocs(body: &str) -> String {
    const TOCS: [&str; 5] = ["[[toc]]", "[toc]", "[[_toc_]]", "@[toc]", "${toc}"];
    if !body.to_lowercase().contains("toc") {
        return body.to_owned();
    }
    let is_toc = |line: &&str| TOCS.contains(&line.trim().to_lowercase().as_str());
    let kept = body.split_inclusive('\n').filter(|line| !is_toc(line));
    kept.collect()
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
pub(super) fn clean(path: &str) -> String {
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
    /// Where the old site stands.
    old: Option<&'a BaseUrl>,
    to_fetch: &'a ToFetch,
    system: &'static str,
    /// The address of the feed.
    feed: String,
}

impl Places<'_> {
    /// A text in our Markdown, with links to the new site's files.
    fn markdown(&self, doc: &mut Doc, body: &str, site: &OldSite) -> String {
        let mut body = without_tocs(body);
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
        // What a template would have made.
        if ["<!--", "{{", "{%"].iter().any(|mark| dest.contains(mark)) {
            return To::Missing;
        }
        match self.index.find(doc, dest) {
            Found::Missing if rules::is_feed(self.system, dest) => To::Path(self.feed.clone()),
            Found::Elsewhere => match self.to_fetch.of_host(dest) {
                Some(path) => To::Path(link_path(&relative(folder, &path))),
                None => To::Keep,
            },
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
            Found::Missing => match self.at_home(dest) {
                None => To::Missing,
                Some(url) => match self.to_fetch.of_home(&url, self.old) {
                    Some(path) => To::Path(link_path(&relative(folder, &path))),
                    None => To::Path(url),
                },
            },
        }
    }

    /// The full address of a file that only the old site has.
    fn at_home(&self, dest: &str) -> Option<String> {
        let base = self.old?;
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
                    HeadingIds::Github.of(heading.rsplit('#').next().unwrap_or_default())
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
            Found::Elsewhere if src.contains("://") => {
                let fetched = self.to_fetch.of_host(src);
                Some(fetched.map_or_else(|| src.to_owned(), |path| format!("/{path}")))
            }
            _ => {
                let url = self.at_home(src)?;
                let fetched = self.to_fetch.of_home(&url, self.old);
                Some(fetched.map_or(url, |path| format!("/{path}")))
            }
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
fn settle(
    doc: &mut Doc,
    languages: &Languages,
    bundles: &BTreeSet<String>,
    taken: &mut BTreeSet<String>,
) -> bool {
    let is_bundle = bundles.contains(&doc.path);
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
    let Some((kind, ours)) = parse::place(&doc.path, front, languages).or_else(|| {
        let slug = format!("page-{}", slugify(&doc.source));
        front.address = Some(format!("/{slug}/"));
        parse::place(&doc.path, front, languages)
    }) else {
        return false;
    };
    let kind = match kind {
        Kind::Section if is_bundle => {
            let is_dated = front.date.is_some();
            parse::kind_of_bundle(&languages.place(&doc.path).bare, is_dated, front)
        }
        kind => kind,
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
            let kept = parse::place(&doc.path, front, languages);
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
    if let Some((_, address)) = parse::place(&doc.path, front, languages)
        && !taken.insert(address.folded())
        && front.address.take().is_some()
    {
        doc.left.push(super::doc::Left {
            kind: "address that another page has".to_owned(),
            what: address.to_string(),
        });
    }
    let own = parse::place(&doc.path, &doc.front, languages).map(|(_, address)| address.folded());
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

/// Files for tags that would share an address with another one, as `C` and `C++` do.
fn told_apart(docs: &[Doc], languages: &Languages) -> Vec<NewFile> {
    let slugs = languages.all()[0].slugs;
    let mut by_slug: BTreeMap<String, BTreeMap<String, (usize, String)>> = BTreeMap::new();
    for tag in docs.iter().flat_map(|doc| &doc.front.tags.0) {
        let spellings = by_slug.entry(slugs.of(tag)).or_default();
        let known = spellings
            .entry(fold(tag))
            .or_insert_with(|| (0, tag.clone()));
        known.0 += 1;
    }
    let mut files = Vec::new();
    for (slug, spellings) in &by_slug {
        let mut all: Vec<&(usize, String)> = spellings.values().collect();
        all.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
        let mut number = 2;
        for (_, name) in all.into_iter().skip(1) {
            while by_slug.contains_key(&format!("{slug}-{number}")) {
                number += 1;
            }
            let path = format!("content/tags/{slug}-{number}.md");
            if !docs
                .iter()
                .any(|doc| format!("content/{}", doc.path) == path)
            {
                let text = format!("---\ntitle: {}\n---\n", parse::scalar::scalar(name));
                files.push(NewFile { path, text });
            }
            number += 1;
        }
    }
    files
}

fn settings(
    site: &OldSite,
    docs: &[Doc],
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
    let name = title.unwrap_or_else(|| "My site".to_owned());
    let base = base.map_or_else(|| NOWHERE.to_owned(), BaseUrl::to_string);
    let old = places
        .old
        .map_or_else(|| NOWHERE.to_owned(), BaseUrl::to_string);
    let bare = |url: &str| {
        let (_, place) = url.split_once("://").unwrap_or_default();
        place.trim_end_matches('/').to_owned()
    };
    let mut out = format!(
        "title = {}\nbase_url = {}\n",
        text(&name),
        text(base.trim_end_matches('/'))
    );
    let others: Vec<String> = site
        .elsewhere
        .iter()
        .filter(|_| old.as_str() != NOWHERE)
        .map(|path| text(&format!("{}{path}", bare(&old))))
        .collect();
    if bare(&old) != bare(&base) {
        out.push_str(&format!(
            "# Where the site stood: its full addresses are links within it.\nalso_ours = [{}]\n",
            text(&bare(&old))
        ));
    }
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
    let own = site.language.as_deref().unwrap_or("en");
    let mut told: BTreeSet<String> = BTreeSet::new();
    for language in &site.languages {
        let (tag, is_own) = (&language.tag, language.tag.eq_ignore_ascii_case(own));
        let mut table = format!("\n[languages.{tag}]\n");
        match (is_own, &language.folder) {
            (true, Some(folder)) => table.push_str(&format!("address = {}\n", text(folder))),
            (true, None) => continue,
            (false, _) => {
                let begin = format!("{}/", tag.to_lowercase());
                let is_of_it = |doc: &Doc| doc.path.to_lowercase().starts_with(&begin);
                if !docs.iter().any(is_of_it) {
                    continue;
                }
                let title = language.title.as_ref().filter(|title| **title != name);
                let title = title.map(|title| format!("title = {}\n", text(title)));
                table.extend(title);
                // What was not translated stood at no address there.
                table.push_str("missing = \"leave-out\"\n");
            }
        }
        if with(&table) && told.insert(tag.to_lowercase()) {
            out.push_str(&table);
        }
    }
    out
}
