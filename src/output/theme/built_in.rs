//! The theme that comes with the program: its files, as they lie in `themes/default`.

use super::ThemeFiles;

/// The name of the theme that comes with the program.
pub const DEFAULT: &str = "default";

/// Lists the files of the built-in theme, so that they come with the program.
macro_rules! built_in {
    ($($path:literal,)*) => {
        &[$(($path, include_bytes!(concat!("../../../themes/default/", $path)) as &[u8]),)*]
    };
}

/// The built-in theme: the very files in `themes/default` (a test compares the lists).
const BUILT_IN: &[(&str, &[u8])] = built_in![
    "assets/fonts/OFL.txt",
    "assets/fonts/instrument-sans.woff2",
    "assets/fonts/newsreader-bold.woff2",
    "assets/fonts/newsreader-display.woff2",
    "assets/fonts/newsreader-italic.woff2",
    "assets/fonts/newsreader-text.woff2",
    "assets/front.css",
    "assets/help.css",
    "assets/page.js",
    "assets/replies.css",
    "assets/replies.js",
    "assets/search.css",
    "assets/search.js",
    "assets/style.css",
    "cards/Manrope-Bold.ttf",
    "cards/OFL.txt",
    "cards/pin.svg",
    "cards/social.svg",
    "inline/scheme.js",
    "inline/speculation.json",
    "strings/de.toml",
    "strings/en.toml",
    "templates/404.html",
    "templates/_search_form.html",
    "templates/archive.html",
    "templates/article.html",
    "templates/author.html",
    "templates/authors.html",
    "templates/base.html",
    "templates/callouts/_callout.html",
    "templates/callouts/caution.html",
    "templates/callouts/crisis.html",
    "templates/callouts/do.html",
    "templates/callouts/dont.html",
    "templates/callouts/expert.html",
    "templates/callouts/faq.html",
    "templates/callouts/important.html",
    "templates/callouts/note.html",
    "templates/callouts/quote.html",
    "templates/callouts/tip.html",
    "templates/callouts/warning.html",
    "templates/card.html",
    "templates/components.html",
    "templates/embed.html",
    "templates/help.html",
    "templates/home.html",
    "templates/hub.html",
    "templates/once/feeds.html",
    "templates/once/footer.html",
    "templates/once/head.html",
    "templates/once/header.html",
    "templates/once/speculation.html",
    "templates/page.html",
    "templates/replies.html",
    "templates/search.html",
    "templates/section.html",
    "templates/tag.html",
    "templates/tags.html",
    "theme.toml",
];

/// The theme that comes with the program.
pub fn built_in() -> ThemeFiles {
    let files = BUILT_IN
        .iter()
        .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()))
        .collect();
    ThemeFiles {
        name: DEFAULT.to_owned(),
        files,
        built_in: true,
    }
}
