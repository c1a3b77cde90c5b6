//! The paths of the new site's files: each its own, and one that every system can have.

use std::collections::BTreeSet;

use super::doc::Doc;
use super::old_site::Asset;
use crate::model::source as names;

/// Bytes of a name without its ending, at most: names with 255 are as long as systems have them, and `.replies.yml` comes
/// behind.
const LONGEST: usize = 200;

/// Moves a page that stands beside a folder of its name into it: it is the folder's own page.
pub(super) fn within_their_folders(docs: &mut [Doc]) {
    let mut folders: BTreeSet<String> = BTreeSet::new();
    for doc in docs.iter() {
        let ends = doc.path.match_indices('/');
        folders.extend(ends.map(|(end, _)| doc.path[..end].to_owned()));
    }
    let taken: BTreeSet<String> = docs.iter().map(|doc| doc.path.clone()).collect();
    for doc in docs {
        let stem = names::without_ending(&doc.path);
        let inside = format!("{stem}/index.md");
        let is_special = ["authors", "tags"].contains(&stem);
        let is_free = !taken.contains(&inside) && !taken.contains(&format!("{stem}/_index.md"));
        if folders.contains(stem) && is_free && !is_special {
            doc.path = inside;
        }
    }
}

/// Gives each file a path of its own that every system can have, below `content/`.
pub(super) fn unique(docs: &mut [Doc], files: &mut Vec<Asset>) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for doc in docs {
        let clean = clean(&doc.path);
        let bare = names::without_ending(&clean).to_owned();
        let mut path = format!("{bare}.md");
        let mut number = 2;
        while !taken.insert(path.to_lowercase()) {
            path = format!("{bare}-{number}.md");
            number += 1;
        }
        doc.path = path;
    }
    files.retain_mut(|file| {
        file.to = clean(&file.to);
        taken.insert(file.to.to_lowercase())
    });
}

/// A path without steps upwards, control characters and what some systems cannot have in a name.
pub(super) fn clean(path: &str) -> String {
    let parts: Vec<String> = path
        .split(['/', '\\'])
        .map(name)
        .filter(|part| !part.is_empty())
        .collect();
    match parts.is_empty() {
        true => "page.md".to_owned(),
        false => parts.join("/"),
    }
}

/// A part of a path as every system can have it.
fn name(written: &str) -> String {
    let kept = written
        .chars()
        .filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c));
    let kept: String = kept.collect();
    let kept = kept.trim().trim_end_matches(['.', ' ']);
    let (stem, ending) = match kept.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() < 12 => {
            (stem, &kept[stem.len()..])
        }
        _ => (kept, ""),
    };
    // Windows keeps these names for devices, with any ending.
    let device = stem.split('.').next().unwrap_or_default().to_lowercase();
    let is_device = matches!(&*device, "con" | "prn" | "aux" | "nul")
        || matches!(device.strip_prefix("com").or(device.strip_prefix("lpt")), Some(number) if number.len() == 1 && number != "0" && number.bytes().all(|byte| byte.is_ascii_digit()));
    let stem: String = stem
        .char_indices()
        .take_while(|(at, c)| at + c.len_utf8() <= LONGEST)
        .map(|(_, c)| c)
        .collect();
    match is_device {
        true => format!(
            "{}_{}{ending}",
            &stem[..device.len()],
            &stem[device.len()..]
        ),
        false => stem + ending,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_every_system_has() {
        for (written, wanted) in [
            ("../../etc/passwd", "etc/passwd"),
            ("C:\\a\\b.md", "C/a/b.md"),
            ("a\0b/c?.md", "ab/c.md"),
            ("aux.md", "aux_.md"),
            ("Com1.tar.gz", "Com1_.tar.gz"),
            ("console.md", "console.md"),
            ("com0.md", "com0.md"),
            (". /..", "page.md"),
            (".well-known/x", ".well-known/x"),
        ] {
            assert_eq!(clean(written), wanted);
        }
        for letter in ["x", "日", "😀"] {
            let long = clean(&format!("a/{}.png", letter.repeat(500)));
            assert!(long.len() < 220 && long.ends_with(".png"), "{long}");
        }
    }
}
