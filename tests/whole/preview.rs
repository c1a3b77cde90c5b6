//! An edited article that is shown before the site is built: it is what the build then makes, or nothing is shown.

use std::fs;
use std::path::{Path, PathBuf};

use gen_site::model::date::Day;
use gen_site::preview::Built;
use gen_site::{Build, Options, Today};

const ARTICLE: &str = "letting-go/no-contact-day-by-day.md";

struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    /// A copy of the repository's own, without drawn cards: they take long, and are not looked at.
    fn new() -> Site {
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for part in ["content", "themes"] {
            for (path, bytes) in crate::shared::files(&root.join(part)) {
                let to = folder.path().join(part).join(path);
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::write(to, bytes).unwrap();
            }
        }
        let settings = fs::read_to_string(root.join("site.toml")).unwrap();
        let settings = settings.replace("[cards]\nenabled = true", "[cards]\nenabled = false");
        fs::write(folder.path().join("site.toml"), settings).unwrap();
        Site { folder }
    }

    fn build(&self) -> Built {
        let options = Options {
            root: self.folder.path().to_path_buf(),
            base_url: None,
            drafts: false,
            future: false,
            today: Today::Day(Day::parse("2026-11-23").unwrap()),
        };
        let how = Build {
            output: &self.output(),
            strict: false,
            cache: true,
            held: 0,
        };
        let (report, built) = gen_site::build_and_hold(&options, how, &mut |_, _| ()).unwrap();
        assert!(report.changes.is_some(), "{:#?}", report.diagnostics);
        built.unwrap()
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn edit(&self, change: impl Fn(&str) -> String) {
        let path = self.folder.path().join("content").join(ARTICLE);
        let text = fs::read_to_string(&path).unwrap();
        let new = change(&text);
        assert_ne!(new, text);
        fs::write(path, new).unwrap();
    }
}

#[test]
fn an_edited_text_is_shown_as_the_build_makes_it() {
    let site = Site::new();
    let mut built = site.build();
    for word in ["Zyxwvut.", "Then *qwrtzp*, and `code`."] {
        site.edit(|text| format!("{text}\n{word}\n"));
        let shown = built.show(ARTICLE).unwrap().expect("it is shown");
        assert_ne!(
            shown.bytes,
            fs::read(site.output().join(&shown.file)).unwrap()
        );
        site.build();
        assert!(
            shown.bytes == fs::read(site.output().join(&shown.file)).unwrap(),
            "what was shown is not what was built"
        );
    }
}

#[test]
fn links_that_were_there_are_shown_and_others_wait_for_the_build() {
    let site = Site::new();
    let mut built = site.build();
    let linked = |text: &str| {
        let at = text.rfind("](").unwrap();
        let from = text[..at].rfind('[').unwrap();
        let end = at + text[at..].find(')').unwrap() + 1;
        format!("{text}\nOnce more: {}.\n", &text[from..end])
    };
    site.edit(linked);
    assert!(built.show(ARTICLE).unwrap().is_some());
    site.edit(|text| format!("{text}\n[New](index.md).\n"));
    assert!(built.show(ARTICLE).unwrap().is_none());
}

#[test]
fn what_touches_other_pages_waits_for_the_build() {
    for line in [
        "draft: true",
        "slug: other",
        "titel: Wrong",
        "image: /mark.svg",
    ] {
        let site = Site::new();
        let mut built = site.build();
        site.edit(|text| {
            let key = line.split(':').next().unwrap();
            let body: Vec<&str> = text
                .lines()
                .filter(|l| !l.starts_with(&format!("{key}:")))
                .collect();
            body.join("\n")
                .replacen("---\n", &format!("---\n{line}\n"), 1)
        });
        assert!(built.show(ARTICLE).unwrap().is_none(), "{line}");
    }
    let mut built = Site::new().build();
    assert!(built.show("letting-go/new.md").unwrap().is_none());
}
