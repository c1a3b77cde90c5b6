//! Files in the author's folders that are nobody's: what editors, office programs and systems leave there. Neither a build
//! nor `gen serve` sees them.

use crate::list::words;

/// What copies and half-written files end in, in any case.
const ENDINGS: [&str; 18] = words(
    "~ .bak .bkp .backup .orig .rej .tmp .temp .swp .swo .swn .part .crdownload .md.old .md.save \
    .markdown.old ___jb_tmp___ ___jb_old___",
);
/// Names of systems' own files and folders, in any case.
const NAMES: [&str; 11] = [
    "thumbs.db",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "desktop.ini",
    "icon\r",
    "__macosx",
    "@eadir",
    "$recycle.bin",
    "system volume information",
    "lost+found",
    // Vim tries with it whether it can write.
    "4913",
];

/// Whether a file or a folder is hidden or litter, by its name.
pub fn is_litter(name: &str) -> bool {
    let lower = name.to_lowercase();
    let hidden = name.starts_with('.') && name != ".well-known";
    // Emacs saves into the first, Office locks by the second.
    let marked =
        name.len() > 1 && name.starts_with('#') && name.ends_with('#') || name.starts_with("~$");
    hidden
        || marked
        || NAMES.contains(&lower.as_str())
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn litter_is_told_from_files() {
        for name in [
            ".x.md.swp",
            "x.md~",
            "#x.md#",
            "x.BAK",
            "x.md.orig",
            "~$notes.docx",
            "Thumbs.db",
            "desktop.ini",
            "Desktop.ini",
            "Icon\r",
            "~WRL0001.tmp",
            "__MACOSX",
            "4913",
            "x.md___jb_tmp___",
            "x.md.old",
        ] {
            assert!(is_litter(name), "{name}");
        }
        for name in [
            ".well-known",
            "x.md",
            "icon",
            "icon.png",
            "bak",
            "a.bak.md",
            "#1.md",
            "x#",
            "~x.md",
            "thumbs.db.md",
            "x.old",
            "49130",
            "#",
        ] {
            assert!(!is_litter(name), "{name}");
        }
    }
}
