//! The files of a new site. They lie beside this one as they will be, with a few words in braces to fill in.

use clap::ValueEnum;

use super::{Answers, Host};

/// A file of `site/`, by its path there.
macro_rules! site {
    ($($path:literal),* $(,)?) => { [$(($path, include_str!(concat!("site/", $path)))),*] };
}

const IN_ENGLISH: [(&str, &str); 14] = site![
    "site.toml",
    "gitignore",
    "content/index.md",
    "content/about.md",
    "content/favicon.svg",
    "content/authors/your-name.md",
    "content/first-pot/index.md",
    "content/first-pot/choose-a-place.md",
    "content/first-pot/fill-the-pot.md",
    "content/first-pot/sow-and-wait.md",
    "content/first-pot/pot.svg",
    "content/tending/index.md",
    "content/tending/watering.md",
    "content/tending/herbs-that-come-back.md",
];

const IN_GERMAN: [(&str, &str); 11] = site![
    "de/site.toml",
    "de/content/index.md",
    "de/content/ueber.md",
    "de/content/authors/dein-name.md",
    "de/content/der-erste-topf/index.md",
    "de/content/der-erste-topf/einen-platz-finden.md",
    "de/content/der-erste-topf/den-topf-fuellen.md",
    "de/content/der-erste-topf/saeen-und-warten.md",
    "de/content/pflege/index.md",
    "de/content/pflege/giessen.md",
    "de/content/pflege/kraeuter-die-wiederkommen.md",
];

/// What a site in any language begins with.
const SHARED: [&str; 2] = ["gitignore", "content/favicon.svg"];
const POT: &str = "content/first-pot/pot.svg";

/// The articles and settings of a new site in one language.
pub(super) struct Sample {
    files: &'static [(&'static str, &'static str)],
    /// Before the paths of its files, beside this one.
    folder: &'static str,
    /// The folder of the guide.
    guide: &'static str,
    /// The folder of the other articles.
    pub(super) section: &'static str,
    /// Files that tell who writes.
    pub(super) personal: [&'static str; 2],
}

const ENGLISH: Sample = Sample {
    files: &IN_ENGLISH,
    folder: "",
    guide: "first-pot",
    section: "tending",
    personal: ["content/about.md", "content/authors/your-name.md"],
};

const GERMAN: Sample = Sample {
    files: &IN_GERMAN,
    folder: "de/",
    guide: "der-erste-topf",
    section: "pflege",
    personal: ["content/ueber.md", "content/authors/dein-name.md"],
};

/// The sample in a language, or else the English one.
pub(super) fn sample(language: &str) -> &'static Sample {
    let primary = language.split('-').next().unwrap_or_default();
    match primary.eq_ignore_ascii_case("de") {
        true => &GERMAN,
        false => &ENGLISH,
    }
}

/// Every file's path and text.
pub(super) fn all(answers: &Answers) -> Vec<(String, String)> {
    let sample = sample(&answers.language);
    let pot = format!("content/{}/pot.svg", sample.guide);
    let shared = IN_ENGLISH
        .iter()
        .filter(|(path, _)| SHARED.contains(path) || *path == POT);
    let shared = shared.map(|(path, text)| match *path {
        POT => (pot.as_str(), *text),
        path => (path, *text),
    });
    let own = sample
        .files
        .iter()
        .map(|(path, text)| (path.strip_prefix(sample.folder).unwrap_or(path), *text));
    let mut files: Vec<(String, String)> = own
        .chain(shared)
        .chain(host(answers.host).iter().copied())
        .map(|(path, text)| (name(path), filled(text, answers)))
        .collect();
    files.sort();
    files.dedup();
    files
}

/// A file that hides has no dot where it lies among the sources.
fn name(path: &str) -> String {
    match path {
        "gitignore" => ".gitignore".to_owned(),
        path => path.to_owned(),
    }
}

fn host(host: Host) -> &'static [(&'static str, &'static str)] {
    match host {
        Host::None => &[],
        Host::Github => &[(
            ".github/workflows/publish.yml",
            include_str!("hosts/github.yml"),
        )],
        Host::Netlify => &[
            ("netlify.toml", include_str!("hosts/netlify.toml")),
            (
                "netlify/keep/index.js",
                include_str!("hosts/netlify-keep.js"),
            ),
            (
                "netlify/keep/manifest.yml",
                include_str!("hosts/netlify-keep.yml"),
            ),
            (
                "netlify/keep/package.json",
                include_str!("hosts/netlify-package.json"),
            ),
            NIGHTLY,
        ],
        Host::Cloudflare => &[
            ("wrangler.jsonc", include_str!("hosts/wrangler.jsonc")),
            NIGHTLY,
        ],
        Host::Vercel => &[
            ("vercel.json", include_str!("hosts/vercel.json")),
            ("vercel-build.sh", include_str!("hosts/vercel-build.sh")),
            NIGHTLY,
        ],
        Host::Gitlab => &[(".gitlab-ci.yml", include_str!("hosts/gitlab-ci.yml"))],
        Host::Codeberg => &[(
            ".forgejo/workflows/publish.yml",
            include_str!("hosts/codeberg.yml"),
        )],
        Host::S3 => &[("publish.sh", include_str!("hosts/s3.sh"))],
    }
}

/// A workflow for hosts that build a site when an address is asked for.
const NIGHTLY: (&str, &str) = (
    ".github/workflows/nightly.yml",
    include_str!("hosts/nightly.yml"),
);

fn filled(text: &str, answers: &Answers) -> String {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    text.replace("{hosting}\n", &hosting(answers.host))
        .replace("{title}", &quoted(answers.title.trim()))
        .replace("{base_url}", &quoted(answers.base_url.trim()))
        .replace("{language}", &quoted(answers.language.trim()))
        .replace("{date}", &answers.date.to_string())
        .replace("{name}", &answers.name)
        .replace("{package}", env!("CARGO_PKG_NAME"))
        .replace("{version}", env!("CARGO_PKG_VERSION"))
}

/// What `site.toml` says of the host.
fn hosting(host: Host) -> String {
    let mut text = match host {
        Host::None => return String::new(),
        host => format!(
            "\n# Who serves the site: moved pages are redirected, and files kept, as this host reads it.\n[hosting]\nkind = \"{}\"\n",
            host.to_possible_value()
                .map_or(String::new(), |value| value.get_name().to_owned())
        ),
    };
    if matches!(host, Host::Netlify | Host::Cloudflare | Host::Vercel) {
        text.push_str("\n# The host sends these with every page: a strict policy for what may run in it.\n[headers]\nfile = true\n");
    }
    text
}
