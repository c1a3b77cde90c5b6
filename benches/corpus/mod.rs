//! Made-up articles, the same on every machine, and the way from them to a linked site through the library's
//! public doors. For the benches and for `tests/work.rs`.
//!
//! Each article is on two of n/40 topics, its tags. A topic has words of its own beside common ones, and words follow
//! Zipf's law, so that articles are related as written ones are. About 900 words with headings, lists, emphasis and
//! links to other articles.

use std::collections::BTreeMap;

use gen_site::config::Config;
use gen_site::link;
use gen_site::model::date::{Day, Now};
use gen_site::model::page::Page;
use gen_site::model::site::Site;
use gen_site::output::theme::{self, Theme};
use gen_site::parse::{self, terms};

/// What a made-up site has beside its articles.
pub(crate) const SITE_TOML: &str = "title = \"Made up\"\nbase_url = \"https://made-up.example\"\n";

/// A small generator of numbers (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// A rank below `n` by Zipf's law, roughly.
    fn zipf(&mut self, n: usize) -> usize {
        let u = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((n as f64).powf(u) as usize).min(n) - 1
    }
}

fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "de", "fi", "go", "hu", "ja", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu",
        "za",
    ];
    let mut word = String::new();
    let mut rest = number + 16;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % 16]);
        rest /= 16;
    }
    word
}

/// The file of an article, below `content/`.
pub(crate) fn path(number: usize) -> String {
    format!("a/{number:07}.md")
}

/// An article's source.
fn article(number: usize, of: usize, numbers: &mut Numbers) -> String {
    let topics = (of / 40).max(12);
    let own = [numbers.zipf(topics), numbers.zipf(topics)];
    let mut text = format!(
        "---\ntitle: \"{} {}\"\ndescription: d\ndate: {}-01-{:02}\ntags: [t{}, t{}]\nauthors: [made-up]\n---\n\n",
        word(5_000 + own[0] * 160),
        word(5_000 + own[1] * 160),
        2000 + number % 25,
        number % 28 + 1,
        own[0],
        own[1]
    );
    for sentence in 0..60 {
        match sentence % 12 {
            0 if sentence > 0 => {
                let heading = word(5_000 + own[0] * 160 + numbers.zipf(200));
                text.push_str(&format!("## {heading} {}\n\n", sentence / 12));
            }
            4 => text.push_str("- **"),
            5 => text.push_str("- *"),
            9 => text.push_str(&format!(
                "[another]({:07}.md) ",
                numbers.below(of) // Its own folder.
            )),
            _ => {}
        }
        for place in 0..15 {
            let word = match numbers.below(100) {
                0..45 => word(numbers.zipf(200)),
                45..70 => word(5_000 + own[place % 2] * 160 + numbers.zipf(200)),
                _ => word(200 + numbers.zipf(4_000)),
            };
            text.push_str(&word);
            match (sentence % 12, place) {
                (4, 0) => text.push_str("** "),
                (5, 0) => text.push_str("* "),
                (4, 14) => text.push('\n'),
                (_, 14) => text.push_str(".\n\n"),
                _ => text.push(' '),
            }
        }
    }
    text
}

/// The articles of a site of so many.
pub(crate) fn sources(count: usize) -> Vec<String> {
    let mut numbers = Numbers(1);
    (0..count)
        .map(|number| article(number, count, &mut numbers))
        .collect()
}

/// What the stages read beside the articles: configuration, and the default theme.
pub(crate) struct Setting {
    pub(crate) config: Config,
    pub(crate) theme: Theme,
}

impl Setting {
    pub(crate) fn new() -> Setting {
        let config = Config::parse(SITE_TOML, None)
            .unwrap_or_else(|errors| panic!("two keys are enough: {errors:?}"));
        let (theme, errors) = Theme::assemble(
            &[theme::built_in(theme::DEFAULT).unwrap()],
            config.own_language(),
        );
        assert!(errors.is_empty(), "{errors:?}");
        Setting { config, theme }
    }

    /// Parses the articles, on this thread.
    pub(crate) fn parse(&self, sources: &[String]) -> Vec<Page> {
        let options = parse::Options {
            zone: &self.config.zone,
            markdown: &self.config.markdown,
            taxonomies: &self.config.taxonomies,
            language: &self.config.language,
            languages: &self.config.languages,
            base_url: &self.config.base_url,
            bundles: &std::collections::BTreeSet::new(),
            strings: &self.theme.strings,
            search: self.config.search,
            files: &parse::no_files,
            notes: &parse::no_notes,
            alone: false,
            shortcodes: &self.theme.shortcodes,
            callouts: &self.theme.declared_callouts,
        };
        let mut memory = terms::Memory::new(&self.config.language);
        let mut pages = Vec::with_capacity(sources.len());
        for (number, text) in sources.iter().enumerate() {
            let (page, errors) = parse::page(&path(number), text.as_bytes(), &options, &mut memory);
            assert!(errors.is_empty(), "{errors:?}");
            pages.extend(page);
        }
        pages
    }

    /// Links them, up next and all.
    pub(crate) fn link(&self, pages: Vec<Page>) -> Site {
        let now = Now {
            day: Day::parse("2026-01-31").unwrap_or_else(|_| unreachable!("a day")),
            second: 1_769_817_600,
        };
        let options = link::Options {
            config: &self.config,
            now,
            drafts: false,
            future: true,
            picture_sizes: &BTreeMap::new(),
            assets: &[],
            broken: &[],
            callouts: &self.theme.callouts,
            asked: false,
            journeys: None,
            ranked: true,
        };
        let mut linked = link::link(pages, &[options]);
        linked.sites.remove(0)
    }
}
