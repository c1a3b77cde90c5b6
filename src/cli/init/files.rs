//! The files of a new site. They lie beside this one as they will be, with a few words in braces to fill in.

use clap::ValueEnum;

use super::{Answers, Host, Theme};

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

const BLOG: [(&str, &str); 8] = site![
    "blog/site.toml",
    "blog/content/about.md",
    "blog/content/authors/your-name.md",
    "blog/content/index.md",
    "blog/content/posts/a-crust-that-sings.md",
    "blog/content/posts/a-starter-in-a-jar.md",
    "blog/content/posts/index.md",
    "blog/content/posts/why-one-loaf.md",
];

const DOCUMENTATION: [(&str, &str); 11] = site![
    "documentation/site.toml",
    "documentation/content/guides/descale.md",
    "documentation/content/guides/index.md",
    "documentation/content/guides/tea.md",
    "documentation/content/index.md",
    "documentation/content/reference/commands.md",
    "documentation/content/reference/index.md",
    "documentation/content/reference/settings.md",
    "documentation/content/start/first-litre.md",
    "documentation/content/start/index.md",
    "documentation/content/start/install.md",
];

const GARDEN: [(&str, &str); 10] = site![
    "garden/site.toml",
    "garden/content/about.md",
    "garden/content/beds/compost.md",
    "garden/content/beds/index.md",
    "garden/content/beds/soil.md",
    "garden/content/beds/water.md",
    "garden/content/index.md",
    "garden/content/seeds/index.md",
    "garden/content/seeds/moon.md",
    "garden/content/seeds/mulch.md",
];

/// What a site in any language begins with.
const SHARED: [&str; 2] = ["gitignore", "content/favicon.svg"];
const POT: &str = "content/first-pot/pot.svg";

/// The articles and settings of a new site in one language.
pub(super) struct Sample {
    files: &'static [(&'static str, &'static str)],
    /// Before the paths of its files, beside this one.
    folder: &'static str,
    /// The folder of the guide, whose picture lies in it; empty without one.
    guide: &'static str,
    /// The folder of the other articles.
    pub(super) section: &'static str,
    /// Files that tell who writes.
    pub(super) personal: &'static [&'static str],
}

const ENGLISH: Sample = Sample {
    files: &IN_ENGLISH,
    folder: "",
    guide: "first-pot",
    section: "tending",
    personal: &["content/about.md", "content/authors/your-name.md"],
};

const GERMAN: Sample = Sample {
    files: &IN_GERMAN,
    folder: "de/",
    guide: "der-erste-topf",
    section: "pflege",
    personal: &["content/ueber.md", "content/authors/dein-name.md"],
};

/// One for each other theme, in English.
const OF_BLOG: Sample = Sample {
    files: &BLOG,
    folder: "blog/",
    guide: "",
    section: "posts",
    personal: &["content/about.md", "content/authors/your-name.md"],
};
const OF_DOCUMENTATION: Sample = Sample {
    files: &DOCUMENTATION,
    folder: "documentation/",
    guide: "",
    section: "guides",
    personal: &["content/index.md"],
};
const OF_GARDEN: Sample = Sample {
    files: &GARDEN,
    folder: "garden/",
    guide: "",
    section: "seeds",
    personal: &["content/index.md", "content/about.md"],
};

/// The sample of a theme; that of the magazine in a language, or else in English.
pub(super) fn sample(theme: Theme, language: &str) -> &'static Sample {
    match theme {
        Theme::Magazine => {}
        Theme::Blog => return &OF_BLOG,
        Theme::Documentation => return &OF_DOCUMENTATION,
        Theme::Garden => return &OF_GARDEN,
    }
    let primary = language.split('-').next().unwrap_or_default();
    match primary.eq_ignore_ascii_case("de") {
        true => &GERMAN,
        false => &ENGLISH,
    }
}

/// Every file's path and text.
pub(super) fn all(answers: &Answers) -> Vec<(String, String)> {
    let sample = sample(answers.theme, &answers.language);
    let pot = format!("content/{}/pot.svg", sample.guide);
    let shared = IN_ENGLISH
        .iter()
        .filter(|(path, _)| SHARED.contains(path) || *path == POT && !sample.guide.is_empty());
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
        Host::S3 => &[(
            ".github/workflows/publish.yml",
            include_str!("hosts/s3.yml"),
        )],
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
    if host == Host::S3 {
        text.push_str("\n# Where `gen publish` sends it. Credentials stand in the environment, or in ~/.aws/credentials. For stores other than\n# Amazon's, name the address: endpoint = \"https://…\"\n[publish.live]\nto = \"s3://{name}\"\n# region = \"eu-central-1\"\n");
    }
    text
}
