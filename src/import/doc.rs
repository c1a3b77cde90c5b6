//! One article or page on its way: what its front matter says, its text, the address that it had.

use crate::config::Taxonomies;
use crate::error::Error;
use crate::model::extra::{Extra, ExtraValue};
use crate::model::front_matter::FrontMatter;
use crate::model::source;
use crate::parse::{front_matter, scalar};
use crate::scan::SourceFile;

use super::source::Source;

/// An article or a page.
#[derive(Debug, Default)]
pub(super) struct Doc {
    /// Where it comes from, as the report names it.
    pub(super) source: String,
    /// Its file, relative to `content/`.
    pub(super) path: String,
    pub(super) front: FrontMatter,
    /// The front matter as it is written.
    pub(super) raw: Extra,
    pub(super) body: String,
    /// The address that it had, from the site's root; none where it follows from the path as ours do.
    pub(super) address: Option<String>,
    /// What else links call it: `?p=10`, a post's name.
    pub(super) names: Vec<String>,
    pub(super) replies: Vec<Reply>,
    /// What wants a look.
    pub(super) left: Vec<Left>,
    /// Keys whose values are dates as they are written.
    pub(super) dates: Dates,
}

/// The dates of an article as they are written in the new file.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) expires: Option<String>,
}

/// What a reader wrote below an article.
#[derive(Debug, Default)]
pub(super) struct Reply {
    pub(super) name: String,
    pub(super) date: String,
    pub(super) text: String,
    /// It is the article's author.
    pub(super) author: Option<String>,
    pub(super) replies: Vec<Reply>,
}

impl Reply {
    /// Whether it, or an answer to it, is by this author.
    pub(super) fn is_by(&self, author: &str) -> bool {
        self.author.as_deref() == Some(author)
            || self.replies.iter().any(|reply| reply.is_by(author))
    }
}

/// Something that could not be brought over as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// Such as "shortcode `mystery`".
    pub(super) kind: String,
    /// What is written there.
    pub(super) what: String,
}

impl Doc {
    /// Reads a Markdown file; `path` is its new place.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn read(source: &Source, file: &SourceFile, path: &str) -> Result<Doc, Error> {
        Doc::read_with(source, file, path, &Taxonomies::default())
    }

    /// The same of a site with taxonomies of its own.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn read_with(
        source: &Source,
        file: &SourceFile,
        path: &str,
        taxonomies: &Taxonomies,
    ) -> Result<Doc, Error> {
        let text = source.text(file)?;
        Ok(Doc::of_text_with(&file.path, &text, path, taxonomies))
    }

    /// Reads a text.
    pub(super) fn of_text(source: &str, text: &str, path: &str) -> Doc {
        Doc::of_text_with(source, text, path, &Taxonomies::default())
    }

    fn of_text_with(source: &str, text: &str, path: &str, taxonomies: &Taxonomies) -> Doc {
        let mut doc = Doc {
            source: source.to_owned(),
            path: with_md(path),
            ..Doc::default()
        };
        let Ok(split) = front_matter::split(source, text) else {
            // A line of hyphens begins the text.
            text.clone_into(&mut doc.body);
            return doc;
        };
        text[split.body..].clone_into(&mut doc.body);
        doc.raw = front_matter::raw(text, &split);
        let (front, errors) = front_matter::read(source, text, split.yaml.clone(), taxonomies);
        for error in errors {
            doc.leave("front matter", &error.message);
        }
        match front {
            Some(front) => doc.front = front,
            None => {
                // It may say that nobody is to see this.
                doc.front.draft = Some(true);
                doc.leave("front matter", text[split.yaml].trim());
            }
        }
        doc.dates = Dates {
            published: doc.front.date.map(|date| date.to_string()),
            updated: doc.front.updated.map(|date| date.to_string()),
            expires: doc.front.expires.map(|date| date.to_string()),
        };
        doc
    }

    /// Whether it is an article or a page, and not words about a person.
    pub(super) fn is_text(&self) -> bool {
        !self.path.starts_with("authors/")
    }

    /// Notes what could not be brought over.
    pub(super) fn leave(&mut self, kind: &str, what: &str) {
        self.left.push(Left {
            kind: kind.to_owned(),
            what: what.to_owned(),
        });
    }

    /// The day of publication, by its date or its file's name.
    pub(super) fn day(&self) -> Option<String> {
        let named = || {
            let stem = stem(&self.path);
            stem.get(..10)
                .filter(|day| crate::model::date::Day::parse(day).is_ok())
                .map(str::to_owned)
        };
        let written = self.dates.published.as_deref();
        written
            .and_then(|date| date.get(..10))
            .map(str::to_owned)
            .or_else(named)
    }

    /// The file as it will be.
    pub(super) fn text(&self) -> String {
        let front = &self.front;
        let mut out = String::from("---\n");
        let mut line = |key: &str, value: String| {
            out.push_str(&format!("{key}: {value}\n"));
        };
        if let Some(title) = &front.title {
            line("title", scalar::scalar(&title.0));
        }
        if let Some(name) = &front.name {
            line("name", scalar::scalar(&name.0));
        }
        if let Some(bio) = &front.bio {
            line("bio", scalar::scalar(&bio.0));
        }
        if let Some(picture) = &front.picture {
            line("picture", scalar::scalar(picture));
        }
        if let Some(description) = &front.description {
            line("description", scalar::scalar(&description.0));
        }
        for (key, date) in [
            ("date", &self.dates.published),
            ("updated", &self.dates.updated),
            ("expires", &self.dates.expires),
        ] {
            if let Some(date) = date {
                line(key, date.clone());
            }
        }
        for (key, list) in [
            ("tags", &front.tags.0),
            ("authors", &front.authors.0),
            ("takeaways", &front.takeaways.0),
        ] {
            if !list.is_empty() {
                line(key, flow_list(list));
            }
        }
        for (key, names) in front.terms.iter().filter(|(_, names)| !names.is_empty()) {
            line(key, flow_list(names));
        }
        if let Some(image) = &front.image {
            let src = scalar::flow_scalar(&image.src);
            let more = [
                ("alt", Some(&image.alt).filter(|alt| !alt.is_empty())),
                ("caption", image.caption.as_ref()),
                ("credit", image.credit.as_ref()),
            ];
            let more: String = more
                .into_iter()
                .filter_map(|(key, text)| Some(format!(", {key}: {}", scalar::flow_scalar(text?))))
                .collect();
            match more.is_empty() {
                true => line("image", src),
                false => line("image", format!("{{ src: {src}{more} }}")),
            }
        }
        for (key, truth) in [
            ("draft", front.draft.filter(|draft| *draft)),
            ("noindex", front.noindex.filter(|noindex| *noindex)),
            ("toc", front.toc),
            ("comments", front.comments),
        ] {
            if let Some(truth) = truth {
                line(key, truth.to_string());
            }
        }
        if let Some(address) = &front.address {
            line("address", scalar::scalar(address));
        }
        if !front.aliases.0.is_empty() {
            line("aliases", flow_list(&front.aliases.0));
        }
        if let Some(canonical) = &front.canonical {
            line("canonical", scalar::scalar(canonical));
        }
        if let Some(original) = &front.translation_of {
            line("translation_of", scalar::scalar(original));
        }
        if let Some(weight) = front.weight {
            line("weight", weight.to_string());
        }
        if !front.extra.is_empty() {
            line("extra", flow(&ExtraValue::Map(front.extra.clone())));
        }
        if out == "---\n" {
            out.clear();
        } else {
            out.push_str("---\n\n");
        }
        out.push_str(self.body.trim());
        out.push('\n');
        out
    }

    /// The replies as a file.
    pub(super) fn replies_text(&self) -> String {
        let mut out = String::new();
        write_replies(&self.replies, 0, &mut out);
        out
    }
}

fn write_replies(replies: &[Reply], depth: usize, out: &mut String) {
    let indent = " ".repeat(depth * 4);
    for reply in replies {
        let mut keys = Vec::new();
        match &reply.author {
            Some(author) => keys.push(format!("author: {}", scalar::scalar(author))),
            None => keys.push(format!("name: {}", scalar::scalar(&reply.name))),
        }
        if !reply.date.is_empty() {
            keys.push(format!("date: {}", reply.date));
        }
        keys.push(format!("text: {}", scalar::quoted_lines(&reply.text)));
        for (number, key) in keys.iter().enumerate() {
            let mark = if number == 0 { "- " } else { "  " };
            out.push_str(&format!("{indent}{mark}{key}\n"));
        }
        if !reply.replies.is_empty() {
            out.push_str(&format!("{indent}  replies:\n"));
            write_replies(&reply.replies, depth + 1, out);
        }
    }
}

fn flow_list(list: &[String]) -> String {
    let items: Vec<String> = list.iter().map(|item| scalar::flow_scalar(item)).collect();
    format!("[{}]", items.join(", "))
}

/// A value on one line.
fn flow(value: &ExtraValue) -> String {
    match value {
        ExtraValue::Bool(truth) => truth.to_string(),
        ExtraValue::Integer(number) => number.to_string(),
        ExtraValue::Float(number) if number.is_finite() => format!("{number:?}"),
        ExtraValue::Float(_) | ExtraValue::Null(()) => "null".to_owned(),
        ExtraValue::Text(text) => scalar::quoted_lines(text),
        ExtraValue::List(list) => {
            let items: Vec<String> = list.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        ExtraValue::Map(map) => {
            let pair = |(key, value): (&String, &ExtraValue)| {
                format!("{}: {}", scalar::quoted_lines(key), flow(value))
            };
            let pairs: Vec<String> = map.iter().map(pair).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

/// A path that ends in `.md`.
pub(super) fn with_md(path: &str) -> String {
    let bare = path.strip_suffix(".mdx").unwrap_or(path);
    format!("{}.md", source::without_ending(bare))
}

/// A file's name without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let name = name.strip_suffix(".mdx").unwrap_or(name);
    source::without_ending(name)
}
