//! The law of `gen check --fix`: what it mends is no longer told, what else was wrong is told as before, no other value
//! of a front matter changes, and a second time it mends nothing.

use std::fs;
use std::path::Path;

use gen_site::check::{Mending, Wanted, check};
use gen_site::diagnostic::{Diagnostic, Severity};
use gen_site::model::front_matter::FrontMatter;
use gen_site::store::author;
use proptest::prelude::*;

/// Ways to lead to article `N`, which was once called `old-N`.
const WAYS: [&str; 15] = [
    "[words](../x/old-N.md)",
    "[../x/old-N.md](../x/old-N.md#signs \"../x/old-N.md\")",
    "[words](../x/old-N.md#gone)",
    "[words](<../x/old-N.md>)",
    "[words](/x/old-N.md?q=1)",
    "[words](/x/old-N/)",
    "[words](/x/old-N#gone)",
    "[](../x/old-N)",
    "[[old-N]] and [[x/old-N#signs|words]]",
    "[../x/old-N.md][label]\n\n[label]: ../x/old-N.md",
    "<a href=\"/x/old-N/\">words</a> <a href='../x/old-N.md#signs'>words</a>",
    "![../x/old-N.md](../x/old-N.md)",
    "`[words](../x/old-N.md)` and ../x/old-N.md",
    "[words](../x/new-N.md) [words](nothing.md)",
    "> [!tip] [words](../x/old-N.md)\n> [[old-N]]",
];

/// Lines of front matter, with and without what means nothing.
const LINES: [&str; 8] = [
    "description: A text. \t",
    "tags: [a, \n  b]",
    "extra:\n  poem: |\n    one  \n    two \n",
    "# a comment  ",
    "up_next: [old-N]  # pinned",
    "up_next:\n  pins: [ \"old-N\" ]\n  never: [old-N, new-N]",
    "",
    "takeaways:\n  - \"Do not write to old-N. \"\n  - >-\n    Wait  \n    a week.  ",
];

/// Lines of its front matter; ways to lead, and where to; whether it lives in another folder.
type Article = (Vec<usize>, Vec<(usize, usize)>, bool);

fn article() -> impl Strategy<Value = Article> {
    // One of the two ways to write `up_next`.
    let lines = prop_oneof![
        Just(vec![0, 1, 2, 3, 4, 6, 7]),
        Just(vec![0, 1, 2, 3, 5, 6, 7])
    ];
    (
        lines.prop_flat_map(|lines| prop::sample::subsequence(lines, 0..=7)),
        prop::collection::vec((0..WAYS.len(), 0..4usize), 0..6),
        any::<bool>(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_mended_is_not_told_and_all_else_is_as_it_was(
        articles in prop::collection::vec(article(), 4)
    ) {
        let site = tempfile::tempdir().unwrap();
        write(site.path(), &articles);
        let before = found(site.path());
        let values = fronts(site.path());
        let mended = Mending::of(&before);
        let mut left: Vec<String> = before
            .iter()
            .filter(|d| d.severity == Severity::Error && d.fixes.is_empty())
            .map(name)
            .collect();
        let rounds = (0..5).take_while(|_| {
            let mending = Mending::of(&found(site.path()));
            author::carry_out(site.path(), &mending.plan).unwrap();
            mending.things > 0
        });
        let rounds = rounds.count();
        prop_assert!(rounds < 5, "it never comes to rest");
        prop_assert_eq!(rounds > 0, mended.things > 0);
        let after = found(site.path());
        let mut told: Vec<String> = after
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .map(name)
            .collect();
        left.sort();
        told.sort();
        prop_assert_eq!(left, told);
        prop_assert_eq!(values, fronts(site.path()));
    }
}

fn name(diagnostic: &Diagnostic) -> String {
    format!(
        "{} {} {}",
        diagnostic.path, diagnostic.code, diagnostic.message
    )
}

fn write(root: &Path, articles: &[Article]) {
    let config = "title = \"Mending\"\nbase_url = \"https://example.org\"\nmenu = [{ title = \"x\", url = \"/x/old-1/\" }]\nup_next = { never = [\"old-2\"] }\n";
    fs::write(root.join("site.toml"), config).unwrap();
    for (number, (lines, ways, below)) in articles.iter().enumerate() {
        let folder = root.join("content").join(if *below { "y" } else { "x" });
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(root.join("content/x")).unwrap();
        let named = |text: &str, other: usize| text.replace('N', &other.to_string());
        let other = (number + 1) % articles.len();
        let mut text = format!("---\ntitle: Number {number}\naliases: [/x/old-{number}/]\n");
        for line in lines {
            text.push_str(&named(LINES[*line], other));
            text.push('\n');
        }
        text.push_str("--- \n## Signs\n\n");
        for (way, to) in ways {
            text.push_str(&named(WAYS[*way], to % articles.len()));
            text.push_str("\n\n");
        }
        fs::write(folder.join(format!("new-{number}.md")), text).unwrap();
    }
}

fn found(root: &Path) -> Vec<Diagnostic> {
    let checked = check(
        &crate::options(root),
        &Wanted::default(),
        None,
        &mut |_, _| (),
    );
    checked.unwrap().diagnostics
}

/// The values of all front matters but `up_next`, which may name what has moved.
fn fronts(root: &Path) -> Vec<FrontMatter> {
    let loaded = gen_site::load(&crate::options(root), &mut |_, _| ());
    let loaded = loaded.unwrap().ok().unwrap();
    let site = &loaded.first().site;
    let fronts = site.pages.iter().map(|page| page.front.clone());
    fronts
        .map(|front| FrontMatter {
            up_next: None,
            ..front
        })
        .collect()
}
