//! Random numbers, and what is made of them: words, links, keys with their values, files.

use crate::made_up::{AUTHORS, FIXED, Id, Name, PICTURES, Piece, STEMS, Site, TAGS, WORDS, Words};

/// Random numbers, of which an edit takes what it needs.
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) Vec<usize>);

impl Dice {
    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.rotate_left(1);
        let last = self.0.last_mut().unwrap();
        *last = last.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
        (*last >> 24) % end.max(1)
    }

    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub(crate) fn some(&mut self, all: &[&str], most: usize) -> String {
        let count = self.below(most + 1);
        let items: Vec<&str> = (0..count).map(|_| self.one_of(all)).collect();
        format!("[{}]", items.join(", "))
    }

    pub(crate) fn article(&mut self, site: &Site) -> Id {
        let ids: Vec<Id> = site.articles.keys().copied().collect();
        self.one_of(&ids)
    }

    pub(crate) fn name(&mut self, site: &Site) -> Name {
        let id = self.article(site);
        match self.below(2) {
            0 => Name::Path(id),
            _ => Name::Stem(id),
        }
    }

    pub(crate) fn sentence(&mut self) -> Piece {
        let count = 3 + self.below(12);
        // Three in four words are of the common half.
        let word = |dice: &mut Dice| match dice.below(4) {
            0 => dice.below(WORDS.len()),
            _ => dice.below(WORDS.len() / 2),
        };
        Piece::Sentence((0..count).map(|_| word(self)).collect())
    }

    pub(crate) fn piece(&mut self, site: &Site) -> Piece {
        match self.below(12) {
            0 => Piece::Markdown(self.article(site)),
            1 => Piece::Wiki(self.name(site)),
            2 => Piece::Untitled(self.article(site)),
            3 => Piece::Anchor(self.article(site)),
            4 => Piece::Related(self.article(site)),
            5 => Piece::Picture(self.below(PICTURES.len())),
            6 => Piece::Fixed(self.one_of(&FIXED)),
            7 | 8 => Piece::Heading(self.below(WORDS.len())),
            _ => self.sentence(),
        }
    }

    pub(crate) fn title(&mut self) -> String {
        format!("On {} and {}", self.one_of(&WORDS), self.one_of(&WORDS))
    }

    pub(crate) fn date(&mut self) -> &'static str {
        self.one_of(&[
            "2024-12-31",
            "2026-03-01",
            "2026-03-01T12:00:00+02:00",
            "2026-05-05",
            "2026-07-01",
        ])
    }

    pub(crate) fn words_file(&mut self) -> &'static str {
        self.one_of(&[
            "index.md",
            "calm/index.md",
            "calm/deep/index.md",
            "talk/index.md",
            "about.md",
            "tags/no-contact.md",
            "tags/trust.md",
            "tags/index.md",
            "authors/editors.md",
            "authors/bo.md",
            "authors/index.md",
        ])
    }
}

/// A key of an article's head, with a value.
pub(crate) fn key(dice: &mut Dice) -> (&'static str, String) {
    match dice.below(22) {
        20 => ("series", dice.some(&TAGS, 2)),
        21 => ("categories", dice.some(&TAGS, 2)),
        0 | 1 => ("title", dice.title()),
        2 => ("description", dice.title()),
        3 => ("date", dice.date().to_owned()),
        4 => ("updated", dice.date().to_owned()),
        5 => ("expires", dice.date().to_owned()),
        6 | 7 => ("tags", dice.some(&TAGS, 3)),
        8 => ("authors", dice.some(&AUTHORS, 2)),
        9 => (
            "image",
            format!(
                "{{ src: /{}, alt: {} }}",
                dice.one_of(&PICTURES),
                dice.one_of(&WORDS)
            ),
        ),
        10 => ("noindex", dice.one_of(&["true", "false"]).into()),
        11 => (
            "canonical",
            format!("https://example.net/{}", dice.one_of(&WORDS)),
        ),
        12 => ("aliases", format!("[/old/{}/]", dice.one_of(&WORDS))),
        13 => ("draft", dice.one_of(&["true", "false"]).into()),
        14 => ("weight", dice.below(4).to_string()),
        15 => ("slug", dice.one_of(&STEMS).into()),
        16 => ("toc", dice.one_of(&["true", "false"]).into()),
        17 => ("takeaways", dice.some(&WORDS, 3)),
        18 => (
            "source",
            format!(
                "{{ name: {}, url: https://example.net/ }}",
                dice.one_of(&WORDS)
            ),
        ),
        _ => ("template", dice.one_of(&["article", "page"]).into()),
    }
}

/// Gives words a key with a value; a title they have in any case.
pub(crate) fn words_key(path: &str, words: &mut Words, dice: &mut Dice) {
    let is_index = path.ends_with("index.md");
    let is_author = path.starts_with("authors/") && !is_index;
    let name = if is_author { "name" } else { "title" };
    words.keys.entry(name).or_insert_with(|| dice.title());
    words
        .keys
        .entry("description")
        .or_insert_with(|| dice.title());
    let mut set = |key, value: String| words.keys.insert(key, value);
    match dice.below(10) {
        0 if is_author => set("bio", dice.title()),
        1 if is_author => set("picture", format!("/{}", dice.one_of(&PICTURES))),
        2 if path != "index.md" => set("date", dice.date().into()),
        3 if path != "index.md" => set("draft", dice.one_of(&["true", "false"]).into()),
        4 => set("noindex", dice.one_of(&["true", "false"]).into()),
        5 | 6 if is_index => {
            let (toc, word, authors) = (
                dice.one_of(&["true", "false"]),
                dice.one_of(&WORDS),
                dice.some(&AUTHORS, 2),
            );
            set(
                "defaults",
                format!("{{ toc: {toc}, takeaways: [{word}], authors: {authors} }}"),
            )
        }
        7 if is_index => set(
            "defaults",
            format!("{{ noindex: true, weight: {} }}", dice.below(3)),
        ),
        8 => set(name, dice.title()),
        9 => set("description", dice.title()),
        _ => set("weight", dice.below(4).to_string()),
    };
}

/// A picture's file, as far as its size is told.
pub(crate) fn picture(path: &str, width: usize, salt: usize) -> Vec<u8> {
    if path.ends_with(".svg") {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"7{salt}\"/>"
        );
        return svg.into();
    }
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0".to_vec();
    png.push(width as u8);
    png.extend([0, 0, 0, 50 + salt as u8, 8, 2, 0, 0, 0, 0, 0, 0, 0]);
    png
}

/// A line of `site.toml`.
pub(crate) fn config(dice: &mut Dice) -> (&'static str, String) {
    match dice.below(17) {
        16 => (
            "taxonomies",
            dice.one_of(&[
                "{ series = \"Series\" }",
                "{ categories = \"Kinds\", series = \"Rows\" }",
            ])
            .into(),
        ),
        0 => ("title", format!("\"{}\"", dice.title())),
        1 => (
            "base_url",
            dice.one_of(&["\"https://example.com/s\"", "\"https://example.com\""])
                .into(),
        ),
        2 => (
            "menu",
            format!(
                "[{{ title = \"{}\", url = \"/tags/\" }}]",
                dice.one_of(&WORDS)
            ),
        ),
        3 => ("page_size", (1 + dice.below(6)).to_string()),
        4 => ("up_next.count", (1 + dice.below(6)).to_string()),
        5 => (
            "up_next.never",
            dice.one_of(&["[]", "[\"tag:trust\"]", "[\"space-0\"]"])
                .into(),
        ),
        6 => ("up_next.weights.tags", dice.below(3).to_string()),
        7 => (
            "up_next.scope",
            dice.one_of(&["\"site\"", "\"section\""]).into(),
        ),
        8 => ("feeds.size", dice.one_of(&["0", "2", "20"]).into()),
        9 => ("language", dice.one_of(&["\"en\"", "\"de\""]).into()),
        10 => ("authors", dice.one_of(&["[]", "[\"editors\"]"]).into()),
        13 => (
            "headers",
            dice.one_of(&["{ meta = true }", "{ file = true }"]).into(),
        ),
        14 => (
            "comments",
            "{ mode = \"mailto\", address = \"a@example.org\" }".into(),
        ),
        12 => ("search", dice.one_of(&["true", "false"]).into()),
        11 => (
            "timezone",
            dice.one_of(&["\"UTC\"", "\"Asia/Tokyo\""]).into(),
        ),
        _ => ("description", format!("\"{}\"", dice.title())),
    }
}

/// A file of a theme that extends the built-in one.
pub(crate) fn theme_file(dice: &mut Dice) -> (&'static str, String) {
    let word = dice.one_of(&WORDS);
    match dice.below(7) {
        0 => (
            "templates/404.html",
            format!(
                "{word} {{{{ site.title }}}}{{% for a in articles %}}{{{{ a.title }}}}{{% endfor %}}"
            ),
        ),
        1 => (
            "templates/article.html",
            format!(
                "{word} {{{{ page.title }}}} {{{{ page.body }}}}{{% for n in page.up_next %}}{{{{ n.card.title }}}} {{{{ n.reason }}}}{{% endfor %}}"
            ),
        ),
        2 => (
            "templates/callouts/own.html",
            format!("<p>{word} {{{{ callout.title }}}} {{{{ callout.body }}}}</p>"),
        ),
        3 => (
            "strings/en.toml",
            format!("related = \"Related\"\nreason_newest = \"{word}\"\n"),
        ),
        4 => ("assets/style.css", format!("/* {word} */")),
        5 => ("assets/own.txt", word.to_owned()),
        _ => ("strings/en.toml", "related = \"See\"\n".to_owned()),
    }
}
