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
    "assets/code.css",
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
    "inline/code.js",
    "inline/scheme.js",
    "inline/speculation.json",
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::language::{self, Language};
    use super::super::strings::{Strings, Text};
    use super::*;
    use crate::config;

    fn languages() -> Vec<(&'static str, Strings)> {
        let files = BUILT_IN.iter().filter_map(|(path, bytes)| {
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
