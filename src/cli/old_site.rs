//! A site as it stands on the web or in a folder: its pages, their addresses, a sitemap.

use std::path::Path;

use gen_site::error::Error;
use gen_site::escape;
use gen_site::scan::SourceFile;

/// The address of a file of a built site: `a/index.html` is `/a/`.
pub(super) fn address(path: &str) -> String {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    }
}

/// Whether a file is a page.
pub(super) fn is_page(path: &str) -> bool {
    let lower = path.to_lowercase();
    lower.ends_with(".html") || lower.ends_with(".htm")
}

/// The addresses that a file names: a sitemap's, or one in each line. Sitemaps that it names are read beside it.
pub(super) fn named(file: &SourceFile, folder: &Path) -> Result<Vec<String>, Error> {
    let text = String::from_utf8_lossy(&file.read()?).into_owned();
    let mut urls = Vec::new();
    for url in urls_of(&text) {
        let name = url.rsplit('/').next().unwrap_or_default();
        if !url.ends_with(".xml") {
            urls.push(url);
            continue;
        }
        let beside = folder.join(name);
        if !beside.is_file() {
            return Err(Error::refused(
                format!(
                    "{} names another sitemap, {url}, which is not beside it",
                    file.path
                ),
                "fetch it, too, and put it beside the first",
            ));
        }
        let beside = gen_site::scan::built_site(&beside)?;
        if let Some(file) = beside.first() {
            let text = String::from_utf8_lossy(&file.read()?).into_owned();
            urls.extend(
                urls_of(&text)
                    .into_iter()
                    .filter(|url| !url.ends_with(".xml")),
            );
        }
    }
    urls.sort();
    urls.dedup();
    Ok(urls)
}

fn urls_of(text: &str) -> Vec<String> {
    if !text.contains("<loc>") {
        let lines = text.lines().map(str::trim);
        let is_url = |line: &&str| !line.is_empty() && !line.starts_with('#');
        return lines.filter(is_url).map(str::to_owned).collect();
    }
    let places = text.split("<loc>").skip(1);
    places
        .filter_map(|rest| rest.split_once("</loc>"))
        .map(|(url, _)| gen_site::parse::unescape(url.trim()))
        .collect()
}

/// The path of an address, as it is looked for: decoded, with its query.
pub(super) fn path(url: &str) -> String {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => url,
    };
    let path = path.split('#').next().unwrap_or_default();
    escape::url_decode(path)
}
