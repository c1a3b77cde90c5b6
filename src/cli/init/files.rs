//! The files of a new site. They lie beside this one as they will be, with a few words in braces to fill in.

use super::{Answers, Host};

/// Where gen itself is fetched from, for hosts that build it; empty where it has no public repository.
pub(super) const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// A file of `site/`, by its path there.
macro_rules! site {
    ($($path:literal),* $(,)?) => { [$(($path, include_str!(concat!("site/", $path)))),*] };
}

const FILES: [(&str, &str); 14] = site![
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

/// Every file's path and text.
pub(super) fn all(answers: &Answers) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = FILES
        .iter()
        .chain(host(answers.host))
        .map(|(path, text)| (name(path), filled(text, answers)))
        .collect();
    files.sort();
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
        Host::Netlify => &[("netlify.toml", include_str!("hosts/netlify.toml"))],
        Host::Cloudflare => &[("wrangler.jsonc", include_str!("hosts/wrangler.jsonc"))],
    }
}

fn filled(text: &str, answers: &Answers) -> String {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let headers = match answers.host {
        Host::Netlify | Host::Cloudflare => {
            "\n# The host sends these with every page: a strict policy for what may run in it.\n[headers]\nfile = true\n"
        }
        _ => "",
    };
    text.replace("{headers}\n", headers)
        .replace("{title}", &quoted(answers.title.trim()))
        .replace("{base_url}", &quoted(answers.base_url.trim()))
        .replace("{language}", &quoted(answers.language.trim()))
        .replace("{date}", &answers.date.to_string())
        .replace("{name}", &answers.name)
        .replace("{repository}", REPOSITORY)
}
