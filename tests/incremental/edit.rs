//! What may happen to a site between two builds: one entry of [`EDITS`] a kind of change.

use crate::dice::{Dice, config, key, picture, theme_file, words_key};
use crate::made_up::{Article, FOLDERS, PICTURES, Piece, STEMS, Site, TAGS, WORDS, Words};

/// What is asked on the command line.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) drafts: bool,
    pub(crate) future: bool,
    pub(crate) base_url: Option<&'static str>,
    /// A day of 2026.
    pub(crate) today: &'static str,
}

/// What a build is made of.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) site: Site,
    pub(crate) asked: Asked,
    /// A file that is written again as it is: which of all.
    pub(crate) touched: Option<usize>,
}

type Edit = fn(&mut State, &mut Dice);

/// All kinds of edits, by name.
pub(crate) const EDITS: &[(&str, Edit)] = &[
    ("nothing", |_, _| ()),
    ("touch", |state, dice| {
        state.touched = Some(dice.below(1000))
    }),
    ("add", |state, dice| add(&mut state.site, dice)),
    ("remove", |state, dice| {
        if state.site.articles.len() > 3 {
            let id = dice.article(&state.site);
            state.site.articles.remove(&id);
        }
    }),
    ("rename", |state, dice| {
        let stem = dice.one_of(&STEMS).to_owned();
        article(state, dice).stem = stem;
    }),
    ("move", |state, dice| {
        article(state, dice).folder = dice.below(FOLDERS.len())
    }),
    ("key", |state, dice| {
        let (key, value) = key(dice);
        article(state, dice).keys.insert(key, value);
    }),
    ("key away", |state, dice| {
        let key = dice.one_of(&[
            "updated",
            "expires",
            "tags",
            "series",
            "categories",
            "authors",
            "image",
            "noindex",
            "canonical",
            "aliases",
            "draft",
            "weight",
            "description",
            "slug",
            "toc",
            "takeaways",
            "template",
        ]);
        article(state, dice).keys.remove(key);
    }),
    ("pins", |state, dice| {
        let name = dice.name(&state.site);
        article(state, dice).pins = if dice.below(3) == 0 {
            Vec::new()
        } else {
            vec![name]
        };
    }),
    ("never", |state, dice| {
        let name = dice.name(&state.site);
        article(state, dice).never = if dice.below(3) == 0 {
            Vec::new()
        } else {
            vec![name]
        };
    }),
    ("text", |state, dice| {
        let piece = dice.piece(&state.site);
        let pieces = &mut article(state, dice).pieces;
        let at = dice.below(pieces.len() + 1);
        pieces.insert(at, piece);
    }),
    ("a word", |state, dice| {
        let word = dice.below(WORDS.len());
        for piece in &mut article(state, dice).pieces {
            if let Piece::Sentence(words) = piece {
                let at = dice.below(words.len());
                words[at] = word;
                break;
            }
        }
    }),
    ("the same size", |state, dice| {
        for piece in &mut article(state, dice).pieces {
            if let Piece::Sentence(words) = piece {
                words.reverse();
            }
        }
    }),
    ("reply", |state, dice| {
        let reply = (dice.one_of(&WORDS), dice.below(2) == 0);
        article(state, dice).reply = Some(reply).filter(|_| dice.below(3) > 0);
    }),
    ("heading", |state, dice| {
        let word = dice.below(WORDS.len());
        for piece in &mut article(state, dice).pieces {
            if let Piece::Heading(old) = piece {
                *old = word;
                break;
            }
        }
    }),
    ("text away", |state, dice| {
        let pieces = &mut article(state, dice).pieces;
        if !pieces.is_empty() {
            pieces.remove(dice.below(pieces.len()));
        }
    }),
    ("words", |state, dice| {
        let path = dice.words_file();
        let mut words = Words::default();
        for _ in 0..1 + dice.below(3) {
            words_key(path, &mut words, dice);
        }
        words.pieces = (0..dice.below(3))
            .map(|_| dice.piece(&state.site))
            .collect();
        if path.ends_with("talk/index.md") || path.ends_with("calm/index.md") {
            words.steps = (0..dice.below(4))
                .map(|_| dice.article(&state.site))
                .collect();
            words.steps.dedup();
            words.after = Some(dice.article(&state.site));
        }
        state.site.words.insert(path.into(), words);
    }),
    ("words' key", |state, dice| {
        let path = dice.words_file();
        if let Some(words) = state.site.words.get_mut(path) {
            words_key(path, words, dice);
        }
    }),
    ("words away", |state, dice| {
        state.site.words.remove(dice.words_file());
    }),
    ("picture", |state, dice| {
        let path = format!("content/{}", dice.one_of(&PICTURES));
        let bytes = picture(&path, 100 + dice.below(3), dice.below(2));
        state.site.other.insert(path, bytes);
    }),
    ("picture away", |state, dice| {
        state
            .site
            .other
            .remove(&format!("content/{}", dice.one_of(&PICTURES)));
    }),
    ("file", |state, dice| {
        let path = dice.one_of(&[
            "content/notes.txt",
            "content/calm/list.pdf",
            "content/robots.txt",
            "content/mark.svg",
            "content/icon-192.png",
        ]);
        match dice.below(3) {
            0 => state.site.other.remove(path),
            size => state
                .site
                .other
                .insert(path.into(), vec![b'0' + dice.below(10) as u8; size]),
        };
    }),
    ("data", |state, dice| {
        let path = dice.one_of(&["data/a.csv", "content/data/a.csv", "data/b.yaml"]);
        match dice.below(3) {
            0 => state.site.other.remove(path),
            _ => {
                let text = format!("a: {}\n", dice.one_of(&WORDS));
                state.site.other.insert(path.into(), text.into())
            }
        };
    }),
    ("site.toml", |state, dice| {
        let (key, value) = config(dice);
        state.site.config.insert(key, value);
    }),
    ("theme", |state, dice| theme(state, dice)),
    ("day", |state, dice| {
        state.asked.today = dice.one_of(&[
            "2026-02-28",
            "2026-03-01",
            "2026-05-04",
            "2026-05-05",
            "2026-07-01",
        ]);
    }),
    ("command line", |state, dice| match dice.below(3) {
        0 => state.asked.drafts = !state.asked.drafts,
        1 => state.asked.future = !state.asked.future,
        _ => {
            state.asked.base_url = dice.one_of(&[
                None,
                Some("https://example.org/at/"),
                Some("http://localhost:8000"),
            ])
        }
    }),
    ("a mistake", |state, dice| {
        let id = dice.article(&state.site);
        let mistake = dice.one_of(&[
            "[x](nowhere.md)",
            "![x](none.png)",
            "[[lettr]]",
            "> [!unknown] x",
        ]);
        state
            .site
            .articles
            .get_mut(&id)
            .unwrap()
            .pieces
            .push(Piece::Fixed(mistake));
    }),
];

/// A site of a few articles in which everything occurs.
pub(crate) fn begin(dice: &mut Dice) -> State {
    let mut site = Site::default();
    site.config.insert("title", "\"Made up\"".into());
    site.config
        .insert("base_url", "\"https://example.com/s\"".into());
    site.config.insert("page_size", "3".into());
    for path in PICTURES.map(|path| format!("content/{path}")) {
        let bytes = picture(&path, 100, 0);
        site.other.insert(path, bytes);
    }
    for _ in 0..12 {
        add(&mut site, dice);
    }
    for path in ["calm/index.md", "talk/index.md", "authors/editors.md"] {
        let mut words = Words::default();
        words_key(path, &mut words, dice);
        site.words.insert(path.into(), words);
    }
    let asked = Asked {
        drafts: false,
        future: false,
        base_url: None,
        today: "2026-05-04",
    };
    State {
        site,
        asked,
        touched: None,
    }
}

fn article<'s>(state: &'s mut State, dice: &mut Dice) -> &'s mut Article {
    let id = dice.article(&state.site);
    state.site.articles.get_mut(&id).unwrap()
}

fn add(site: &mut Site, dice: &mut Dice) {
    let id = site.articles.keys().next_back().map_or(0, |last| last + 1);
    let mut article = Article {
        folder: dice.below(FOLDERS.len()),
        stem: match dice.below(3) {
            0 => format!("{}-{id}", dice.one_of(&STEMS)),
            _ => dice.one_of(&STEMS).to_owned(),
        },
        ..Article::default()
    };
    article.keys.insert("title", dice.title());
    article.keys.insert("description", dice.title());
    article.keys.insert("date", dice.date().into());
    article.keys.insert("tags", dice.some(&TAGS, 3));
    article.pieces = (0..dice.below(6)).map(|_| dice.sentence()).collect();
    site.articles.insert(id, article);
    let link = Piece::Untitled(dice.article(site));
    site.articles.get_mut(&id).unwrap().pieces.push(link);
}

/// A theme that extends the built-in one, and what it has of its own.
fn theme(state: &mut State, dice: &mut Dice) {
    let site = &mut state.site;
    site.config.insert(
        "theme",
        dice.one_of(&["\"child\"", "\"child\"", "\"default\""])
            .into(),
    );
    site.other.insert(
        "themes/child/theme.toml".into(),
        "extends = \"default\"\n".into(),
    );
    let (path, text) = theme_file(dice);
    match dice.below(4) {
        0 => site.other.remove(&format!("themes/child/{path}")),
        _ => site
            .other
            .insert(format!("themes/child/{path}"), text.into()),
    };
}
