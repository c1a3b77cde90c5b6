//! Gathers what is sent beside files: a policy where the site asks for it, long lives for files that never change, and
//! what the author says. And `_headers`, for hosts that read it.

use crate::config::Host;
use crate::model::site::Site;
use crate::output::path_pattern::{covers, overlaps};
use crate::output::policy::policy;
use crate::output::{InLanguage, View};
use crate::parse::host_headers::{Block, Header, read};

use super::lifetimes;

/// A year: the longest life that caches know.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// All blocks, gen's own first: where a path has two, the later one holds.
pub(super) fn all(view: &View<'_>, languages: &[InLanguage<'_>]) -> Vec<Block> {
    let (own, _) = read(&languages[0].site.host_files.headers);
    let mut blocks = of_gen(view, languages);
    for block in &mut blocks {
        block.headers.retain(|header| {
            !own.iter()
                .any(|own| covers(&own.path, &block.path) && has(own, header))
        });
    }
    blocks.retain(|block| !block.headers.is_empty());
    for block in own {
        match blocks.iter_mut().find(|known| known.path == block.path) {
            Some(known) => known.headers.extend(block.headers),
            None => blocks.push(block),
        }
    }
    blocks
}

fn of_gen(view: &View<'_>, languages: &[InLanguage<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if view.config.headers.file {
        let sites: Vec<&Site> = languages.iter().map(|one| one.site).collect();
        let policy = policy(&sites, view.config, view.theme, true);
        blocks.push(Block {
            path: whole_site(view),
            headers: vec![
                header("Content-Security-Policy", &policy),
                header("Referrer-Policy", "strict-origin-when-cross-origin"),
                header("X-Content-Type-Options", "nosniff"),
            ],
        });
    }
    blocks.extend(
        lifetimes::paths(view, languages)
            .into_iter()
            .map(|path| Block {
                path,
                headers: vec![header("Cache-Control", FOR_EVER)],
            }),
    );
    blocks
}

fn whole_site(view: &View<'_>) -> String {
    format!(
        "{}*",
        view.config
            .base_url
            .href(&crate::model::url::Permalink::root())
    )
}

fn header(name: &str, value: &str) -> Header {
    Header {
        name: name.to_owned(),
        value: value.to_owned(),
        at: 0..0,
    }
}

/// Whether a block sends a header of the same name.
fn has(block: &Block, header: &Header) -> bool {
    block
        .headers
        .iter()
        .any(|own| own.name.eq_ignore_ascii_case(&header.name))
}

/// `_headers`.
pub(super) fn text(view: &View<'_>, languages: &[InLanguage<'_>]) -> String {
    let blocks = all(view, languages);
    let detaches = view.config.hosting.kind == Some(Host::Cloudflare);
    let mut out = String::new();
    for (number, block) in blocks.iter().enumerate() {
        out.push_str(&block.path);
        out.push('\n');
        for header in &block.headers {
            // Hosts send both where two blocks fit; this one can be told not to.
            let again =
                |earlier: &Block| overlaps(&earlier.path, &block.path) && has(earlier, header);
            if detaches && blocks[..number].iter().any(again) {
                out.push_str(&format!("  ! {}\n", header.name));
            }
            out.push_str(&format!("  {}: {}\n", header.name, header.value));
        }
    }
    out
}
