//! A made-up site as values, and the files that it is: every key and every kind of link that one page can show of
//! another. References name articles that are there, so that most sites can be published.

use std::collections::BTreeMap;
use std::fmt::Write;

pub(crate) const FOLDERS: [&str; 4] = ["", "calm/", "calm/deep/", "talk/"];
pub(crate) const STEMS: [&str; 6] = ["space", "letter", "trust", "friend", "walk", "song"];
pub(crate) const TAGS: [&str; 4] = ["No Contact", "no-contact", "letting go", "trust"];
pub(crate) const AUTHORS: [&str; 3] = ["editors", "Ann Lee", "bo"];
pub(crate) const PICTURES: [&str; 3] = ["calm/chair.svg", "dot.png", "talk/table.svg"];
/// The first are common to many articles, the last are hardly used twice.
pub(crate) const WORDS: [&str; 24] = [
    "silence", "morning", "phone", "kitchen", "anger", "sleep", "garden", "bread", "window",
    "river", "winter", "coffee", "harbour", "lantern", "marble", "saffron", "quartz", "walnut",
    "zephyr", "obelisk", "tundra", "cobalt", "mosaic", "juniper",
];

/// An article by a number that it keeps when its file is renamed.
pub(crate) type Id = usize;

#[derive(Clone, Debug, Default)]
pub(crate) struct Site {
    pub(crate) articles: BTreeMap<Id, Article>,
    /// The words of folders, tags, authors, the home page: by path.
    pub(crate) words: BTreeMap<String, Words>,
    /// Lines of `site.toml`, by key; `up_next.…` and the like are dotted.
    pub(crate) config: BTreeMap<&'static str, String>,
    /// Everything else, by path: pictures, themes, mistakes.
    pub(crate) other: BTreeMap<String, Vec<u8>>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Article {
    pub(crate) folder: usize,
    pub(crate) stem: String,
    /// Its keys as YAML, but those that name other articles.
    pub(crate) keys: BTreeMap<&'static str, String>,
    pub(crate) pins: Vec<Name>,
    pub(crate) never: Vec<Name>,
    pub(crate) pieces: Vec<Piece>,
    /// The text of one reply, and whether an author of the site wrote it.
    pub(crate) reply: Option<(&'static str, bool)>,
}

/// The words of something that is no article; a folder's may be a guide.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(crate) keys: BTreeMap<&'static str, String>,
    pub(crate) steps: Vec<Id>,
    pub(crate) after: Option<Id>,
    pub(crate) pieces: Vec<Piece>,
}

/// How a reference names an article.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Name {
    Path(Id),
    /// By its file's name alone, which several may have.
    Stem(Id),
}

#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Sentence(Vec<usize>),
    Heading(usize),
    Markdown(Id),
    Wiki(Name),
    Untitled(Id),
    /// To its first heading.
    Anchor(Id),
    Related(Id),
    Picture(usize),
    Fixed(&'static str),
}

pub(crate) const FIXED: [&str; 11] = [
    "```rust numbers\nfn one() {} // Two.\n```\n\n```text\nplain\n```\n\n```js\nlet a = 1;\n```",
    "```console\n$ ls\na\n```\n\nThe formula $x^2$, for $5.",
    "```rust file=\"site.toml\"\n```",
    "![Far](https://pictures.example.net/far.jpg)",
    "> [!tip] A *title*\n> And a text.",
    "> [!own] Of the child theme\n> Text.",
    "https://youtu.be/abc_1",
    "One[^1].\n\n[^1]: Note.",
    "<!-- more -->",
    "[the dot](/dot.png) and [tags](/tags/) and <a href=\"/archive/\">all</a>",
    "| a | b |\n|---|---|\n| 1 | `x` |",
];

impl Site {
    /// Every file of the site, by path.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.other.clone();
        files.insert("site.toml".into(), self.site_toml().into());
        for article in self.articles.values() {
            let text = self.article(article);
            files.insert(format!("content/{}", article.path()), text.into());
            let replies = format!("content/{}", article.path().replace(".md", ".replies.yml"));
            match article.reply {
                Some((text, by_author)) => {
                    let by_author = by_author && self.words.contains_key("authors/editors.md");
                    let who = if by_author {
                        "author: editors"
                    } else {
                        "name: Ana"
                    };
                    let text = format!("- {{ {who}, text: {text} }}\n");
                    files.insert(replies, text.into());
                }
                None => {
                    files.remove(&replies);
                }
            }
        }
        for (path, words) in &self.words {
            files.insert(format!("content/{path}"), self.words(words).into());
        }
        files
    }

    /// Of two articles in one file there is one: the last.
    fn is_there(&self, id: Id) -> Option<&Article> {
        let article = self.articles.get(&id)?;
        let is_twin = |(_, other): (&Id, &Article)| other.path() == article.path();
        (!self.articles.range(id + 1..).any(is_twin)).then_some(article)
    }

    /// What can be linked to.
    fn target(&self, id: Id) -> Option<&Article> {
        self.is_there(id).filter(|article| {
            article
                .keys
                .get("draft")
                .is_none_or(|draft| draft == "false")
        })
    }

    fn name(&self, name: Name) -> Option<String> {
        match name {
            Name::Path(id) => Some(format!("/{}", self.target(id)?.path())),
            Name::Stem(id) => Some(self.target(id)?.stem.clone()),
        }
    }

    fn site_toml(&self) -> String {
        let mut text = String::new();
        for (key, value) in &self.config {
            let _ = writeln!(text, "{key} = {value}");
        }
        text
    }

    fn article(&self, article: &Article) -> String {
        let mut head = keys(&article.keys);
        let list = |names: &[Name]| {
            let names: Vec<String> = names.iter().filter_map(|name| self.name(*name)).collect();
            names.join(", ")
        };
        let _ = writeln!(
            head,
            "up_next: {{ pins: [{}], never: [{}] }}",
            list(&article.pins),
            list(&article.never)
        );
        format!("---\n{head}---\n\n{}", self.body(&article.pieces))
    }

    fn words(&self, words: &Words) -> String {
        let mut head = keys(&words.keys);
        let path = |id: &Id| Some(format!("/{}", self.target(*id)?.path()));
        let steps: Vec<String> = words.steps.iter().filter_map(path).collect();
        if !steps.is_empty() {
            let _ = writeln!(head, "steps: [{}]", steps.join(", "));
            if let Some(after) = words.after.as_ref().and_then(path) {
                let _ = writeln!(head, "after: {after}");
            }
        }
        let mut body = String::new();
        for step in steps {
            let _ = write!(body, "## [Go on]({step})\n\n");
        }
        format!("---\n{head}---\n\n{body}{}", self.body(&words.pieces))
    }

    fn body(&self, pieces: &[Piece]) -> String {
        let texts: Vec<String> = pieces
            .iter()
            .filter_map(|piece| self.piece(piece))
            .collect();
        texts.join("\n\n") + "\n"
    }

    fn piece(&self, piece: &Piece) -> Option<String> {
        let path = |id: &Id| Some(self.target(*id)?.path());
        Some(match piece {
            Piece::Sentence(words) => {
                let words: Vec<&str> = words.iter().map(|word| WORDS[*word]).collect();
                words.join(" ")
            }
            Piece::Heading(word) => format!("## The {}", WORDS[*word]),
            Piece::Markdown(id) => format!("See [this](/{}).", path(id)?),
            Piece::Wiki(name) => format!("Or [[{}]].", self.name(*name)?),
            Piece::Untitled(id) => format!("## On [](/{})", path(id)?),
            Piece::Anchor(id) => {
                let heading = self
                    .target(*id)?
                    .pieces
                    .iter()
                    .find_map(|piece| match piece {
                        Piece::Heading(word) => Some(WORDS[*word]),
                        _ => None,
                    })?;
                format!("At [](/{}#the-{heading}).", path(id)?)
            }
            Piece::Related(id) => format!("Related: [](/{})", path(id)?),
            Piece::Picture(number) => {
                let path = PICTURES[*number];
                let path = self
                    .other
                    .contains_key(&format!("content/{path}"))
                    .then_some(path)?;
                format!("![A picture](/{path} \"Its title\")")
            }
            Piece::Fixed(text) => (*text).to_owned(),
        })
    }
}

/// The templates that show a whole page, a card or a piece of one.
const TEMPLATES: [&str; 16] = [
    "404",
    "archive",
    "article",
    "author",
    "authors",
    "callouts/own",
    "callouts/tip",
    "card",
    "embed",
    "home",
    "hub",
    "page",
    "search",
    "section",
    "tag",
    "tags",
];

/// What any template of a page may ask.
const ASKS: &str = r#"
{{ articles(first=4) }}
{{ articles(tag="trust", sort="title", optional=true) }}
{{ articles(section="calm", deep=true, sort="updated", optional=true) }}
{{ articles(author="editors", skip=1, reverse=true, optional=true) }}
{{ article(of="talk/letter.md", optional=true) }}
{{ sections(depth=2) }}{{ section(of="calm", optional=true) }}
{% for tag in tags(sort="count", first=2) %}{{ articles(tag=tag.title, first=1) }}{% endfor %}
{{ authors() }}{{ guides() }}{{ guide(of="talk/index.md", optional=true) }}
{{ data(path="a.csv", optional=true) }}{{ data(path="b.yaml", optional=true) }}
"#;
const ASKS_OF_PAGES: &str = r#"
{{ beside(of=page.url) }}{{ articles(linking_to=page.file) }}{{ articles(linked_from=page.url) }}
"#;

/// Gives a site a theme of which each template prints all that it may read, and what it may ask.
pub(crate) fn show_all(site: &mut Site) {
    site.config.insert("theme", "\"all\"".into());
    let mut put = |path: String, text: &str| {
        site.other.insert(format!("themes/all/{path}"), text.into());
    };
    put("theme.toml".into(), "extends = \"default\"\n");
    for name in TEMPLATES {
        let is_part = name == "card" || name == "embed" || name.starts_with("callouts/");
        let asks = match name {
            _ if is_part => String::new(),
            "article" | "hub" | "page" => format!("{ASKS}{ASKS_OF_PAGES}"),
            "section" => format!("{ASKS}{{{{ beside(of=section.url) }}}}"),
            _ => ASKS.to_owned(),
        };
        put(
            format!("templates/{name}.html"),
            &format!("{{{{ __tera_context }}}}{asks}"),
        );
    }
}

impl Article {
    /// Its file in `content/`.
    pub(crate) fn path(&self) -> String {
        format!("{}{}.md", FOLDERS[self.folder], self.stem)
    }
}

fn keys(keys: &BTreeMap<&'static str, String>) -> String {
    keys.iter()
        .map(|(key, value)| format!("{key}: {value}\n"))
        .collect()
}
