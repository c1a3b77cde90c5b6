//! Files that an author cannot mean to publish: articles in a markup that gen does not read, and what other programs
//! export, which holds drafts, addresses and passwords.

use super::SourceFile;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::find;
use crate::model::source;

/// Endings of texts in other markup than Markdown.
const MARKUP: [&str; 9] = [
    "mdx", "rst", "adoc", "asciidoc", "textile", "org", "rmd", "qmd", "mdoc",
];
/// Endings of what may be an export.
const EXPORTS: [&str; 9] = [
    "xml", "wxr", "json", "sql", "dump", "db", "sqlite", "sqlite3", "txt",
];
/// Compressed dumps tell by their names alone.
const PACKED: [&str; 7] = [
    ".sql.gz",
    ".sql.zip",
    ".sql.bz2",
    ".sql.xz",
    ".sql.zst",
    ".wordpress.xml.gz",
    ".dump.gz",
];
/// Words that exports have near their beginnings, and what has them. All of the words must be there.
const SIGNS: [(&str, &[&[u8]]); 12] = [
    ("an export of WordPress", &[b"wordpress.org/export/"]),
    ("an export of Ghost", &[b"\"exported_on\"", b"\"version\""]),
    (
        "an export of Blogger",
        &[b"blogger.com,1999:blog-", b"schemas.google.com/blogger"],
    ),
    (
        "an export of Blogger",
        &[b"blogger.com,1999:blog-", b"#settings"],
    ),
    ("an export of Disqus", &[b"disqus.com/disqus-internals"]),
    ("a dump of a database", &[b"-- MySQL dump"]),
    ("a dump of a database", &[b"-- MariaDB dump"]),
    ("a dump of a database", &[b"-- PostgreSQL database dump"]),
    ("a dump of a database", &[b"-- phpMyAdmin SQL Dump"]),
    ("a dump of a database", &[b"PGDMP"]),
    (
        "a dump of a database",
        &[
            b"BEGIN TRANSACTION;",
            b"CREATE TABLE",
            b"PRAGMA foreign_keys",
        ],
    ),
    ("a database", &[b"SQLite format 3\0"]),
];
/// So much of a file is looked at.
const HEAD: u64 = 16 << 10;

/// What is wrong with a file that would be copied; none where it may be.
///
/// # Errors
/// It cannot be read.
pub(super) fn check(file: &SourceFile) -> Result<Option<Diagnostic>, Error> {
    let lower = file.path.to_lowercase();
    let path = file.shown();
    let error = |message: String| Diagnostic::error("foreign-file", &path, message);
    let name = lower.rsplit('/').next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    if MARKUP.contains(&ending) {
        let message = format!(
            "`.{ending}` is no Markdown: this file would be published as it is, for everybody to read"
        );
        let help = match ending {
            "mdx" => {
                "gen import makes Markdown of a site in MDX; else write it in a file whose name ends in .md, or take it out of content/"
            }
            _ => {
                "write it as Markdown, in a file whose name ends in .md, or take it out of content/"
            }
        };
        return Ok(Some(error(message).help(help)));
    }
    if ending == "txt" && source::is_article(stem) {
        let message = "this article's name ends in .txt, so that it would be published as it is";
        let help = "rename it to end in .md: some systems hide the last ending";
        return Ok(Some(error(message.to_owned()).help(help)));
    }
    let kind = if PACKED.iter().any(|ending| name.ends_with(ending)) {
        Some("a dump of a database")
    } else if EXPORTS.contains(&ending) {
        let head = file.read_head(HEAD)?;
        let has = |signs: &[&[u8]]| signs.iter().all(|sign| find::is_within(&head, sign));
        SIGNS
            .iter()
            .find(|(_, signs)| has(signs))
            .map(|(kind, _)| *kind)
    } else {
        None
    };
    Ok(kind.map(|kind| {
        error(format!(
            "this is {kind}: it holds drafts and addresses, and would be published"
        ))
        .help("move it out of content/")
    }))
}
