//! The themes that come with the program: their files, as they lie in `themes/`.

use super::ThemeFiles;

/// The name of the theme that others are made of, and that a site has which names none.
pub const DEFAULT: &str = "default";

/// A theme's files, by path.
type Files = &'static [(&'static str, &'static [u8])];

/// Lists files of a theme, so that they come with the program.
macro_rules! built_in {
    ($theme:literal: $($path:literal,)*) => {
        &[$(($path, include_bytes!(concat!("../../../themes/", $theme, "/", $path)) as &[u8]),)*]
    };
}

/// All of them by their names: the very files in `themes/` (a test compares the lists). All but the first extend it.
const BUILT_IN: [(&str, Files); 4] = [
    (DEFAULT, MAGAZINE),
    ("blog", BLOG),
    ("documentation", DOCUMENTATION),
    ("garden", GARDEN),
];

const BLOG: Files = built_in!["blog":
    "assets/blog.css",
    "templates/archive.html",
    "templates/article.html",
    "templates/base.html",
    "templates/blog.html",
    "templates/home.html",
    "templates/hub.html",
    "templates/once/footer.html",
    "theme.toml",
];

const DOCUMENTATION: Files = built_in!["documentation":
    "assets/documentation.css",
    "templates/article.html",
    "templates/base.html",
    "templates/documentation.html",
    "templates/home.html",
    "templates/hub.html",
    "templates/once/footer.html",
    "templates/once/head.html",
    "templates/once/header.html",
    "templates/page.html",
    "templates/section.html",
    "theme.toml",
];

const GARDEN: Files = built_in!["garden":
    "assets/garden.css",
    "templates/article.html",
    "templates/base.html",
    "templates/garden.html",
    "templates/home.html",
    "templates/hub.html",
    "templates/once/footer.html",
    "theme.toml",
];

const MAGAZINE: Files = built_in!["default":
    "assets/code.css",
    "assets/diagram.css",
    "assets/fonts/OFL.txt",
    "assets/fonts/instrument-sans.woff2",
    "assets/fonts/newsreader-bold.woff2",
    "assets/fonts/newsreader-display.woff2",
    "assets/fonts/newsreader-italic.woff2",
    "assets/fonts/newsreader-text.woff2",
    "assets/front.css",
    "assets/help.css",
    "assets/page.js",
    "assets/pieces.css",
    "assets/replies.css",
    "assets/replies.js",
    "assets/search.css",
    "assets/search.js",
    "assets/style.css",
    "cards/OFL.txt",
    "cards/a-newsreader.ttf",
    "cards/b-instrument-sans.ttf",
    "cards/c-manrope.ttf",
    "cards/icon.svg",
    "cards/pin.svg",
    "cards/social.svg",
    "inline/code.js",
    "inline/print.js",
    "inline/scheme.js",
    "inline/speculation.json",
    "inline/steps.js",
    "strings/ar.toml",
    "strings/bg.toml",
    "strings/bn.toml",
    "strings/ca.toml",
    "strings/cs.toml",
    "strings/da.toml",
    "strings/de.toml",
    "strings/el.toml",
    "strings/en-GB.toml",
    "strings/en.toml",
    "strings/es.toml",
    "strings/fa.toml",
    "strings/fi.toml",
    "strings/fr.toml",
    "strings/he.toml",
    "strings/hi.toml",
    "strings/hr.toml",
    "strings/hu.toml",
    "strings/id.toml",
    "strings/it.toml",
    "strings/ja.toml",
    "strings/ko.toml",
    "strings/lt.toml",
    "strings/nl.toml",
    "strings/no.toml",
    "strings/pl.toml",
    "strings/pt-BR.toml",
    "strings/pt.toml",
    "strings/ro.toml",
    "strings/ru.toml",
    "strings/sk.toml",
    "strings/sl.toml",
    "strings/sr.toml",
    "strings/sv.toml",
    "strings/sw.toml",
    "strings/ta.toml",
    "strings/th.toml",
    "strings/tr.toml",
    "strings/uk.toml",
    "strings/ur.toml",
    "strings/vi.toml",
    "strings/zh-Hans.toml",
    "strings/zh-Hant.toml",
    "templates/404.html",
    "templates/_languages.html",
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
    "templates/shortcodes/audio.html",
    "templates/shortcodes/details.html",
    "templates/shortcodes/figure.html",
    "templates/shortcodes/gallery.html",
    "templates/shortcodes/gist.html",
    "templates/shortcodes/map.html",
    "templates/shortcodes/player.html",
    "templates/shortcodes/post.html",
    "templates/shortcodes/steps.html",
    "templates/shortcodes/tab.html",
    "templates/shortcodes/tabs.html",
    "templates/shortcodes/video.html",
    "templates/tag.html",
    "templates/tags.html",
    "theme.toml",
];

/// The theme of this name that comes with the program.
pub fn built_in(name: &str) -> Option<ThemeFiles> {
    let (name, files) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
    let files = files
        .iter()
        .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
    Some(ThemeFiles {
        name: (*name).to_owned(),
        files: files.collect(),
        built_in: true,
    })
}

/// The names of the themes that come with the program.
pub fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::language::{self, Language};
    use super::super::strings::{Strings, Text};
    use super::*;
    use crate::config;

    fn languages() -> Vec<(&'static str, Strings)> {
        let files = MAGAZINE.iter().filter_map(|(path, bytes)| {
            let language = path.strip_prefix("strings/")?.strip_suffix(".toml")?;
            let text = std::str::from_utf8(bytes).unwrap();
            let config::Read {
                value: strings,
                errors,
                ..
            } = config::read(path, text);
            let strings: Strings = strings;
            assert!(errors.is_empty(), "{errors:?}");
            Some((language, strings))
        });
        files.collect()
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        let parts = text.split('{').skip(1);
        parts
            .filter_map(|part| Some(part.split_once('}')?.0))
            .collect()
    }

    #[test]
    fn each_language_has_all_words_with_their_placeholders() {
        let all = languages();
        let (_, english) = all.iter().find(|(language, _)| *language == "en").unwrap();
        for (language, strings) in &all {
            let stand_in = language::chain(language).into_iter().skip(1);
            let mut stand_in = stand_in.filter(|tag| all.iter().any(|(own, _)| own == tag));
            let of_region = language.starts_with("en-") && stand_in.next().is_some();
            let keys = |strings: &Strings| strings.keys().into_iter().collect::<BTreeSet<_>>();
            match of_region {
                true => assert!(keys(strings).is_subset(&keys(english)), "{language}"),
                false => assert_eq!(keys(strings), keys(english), "{language}"),
            }
            for (key, text) in &strings.texts {
                let written = placeholders(text.usual());
                let expected = placeholders(english.texts[key].usual());
                assert_eq!(written, expected, "{language}: {key}");
                assert_eq!(
                    text.usual().is_empty(),
                    english.texts[key].usual().is_empty(),
                    "{language}: {key}"
                );
                let Text::Counted(forms) = text else {
                    let counted = matches!(english.texts[key], Text::Counted(_));
                    assert!(!counted, "{language}: {key} has forms");
                    continue;
                };
                let rules = Language::new(language);
                for number in 0..=1000 {
                    let form = rules.form(number);
                    assert!(forms.contains_key(form), "{language}: {key} lacks `{form}`");
                }
                for form in forms.values() {
                    assert!(placeholders(form).is_subset(&written), "{language}: {key}");
                }
            }
        }
        assert_eq!(all.len(), 43);
    }

    #[test]
    fn each_language_names_the_months_and_days() {
        for (language, strings) in languages() {
            if language == "en-GB" {
                continue;
            }
            let differ = |names: &[String]| names.iter().collect::<BTreeSet<_>>().len();
            assert_eq!(differ(&strings.months), 12, "{language}");
            assert_eq!(differ(&strings.months_short), 12, "{language}");
            assert_eq!(differ(&strings.weekdays), 7, "{language}");
            assert!(
                [0, 12].contains(&differ(&strings.months_alone)),
                "{language}"
            );
            let Text::Plain(format) = &strings.texts["date_format"] else {
                panic!("{language}");
            };
            assert!(
                format.contains("%Y") && format.contains("%-d"),
                "{language}"
            );
        }
    }
}
