//! Runs `tests/cases/**/*.txt`: each file is a site, the commands to run in it, and what must come of them.
//!
//! A case begins with words about itself and its commands, one a line: `$ gen …` (`"…"` is one word; `$ in FOLDER
//! gen …` runs it there; `$ tell FILE gen …` sends it the messages of JSON-RPC that a file of the case has, one a line, and shows
//! its answers, with `<site>` for the site's folder), and for what happens between builds `$ rm PATH`, `$ mv FROM TO`, `$ ln TARGET PATH`, `$ write PATH TEXT`, `$ fill PATH COUNT TEXT`
//! (the text so many times). Then `-- path --` sections are the site's files; in one marked `(escaped)`,
//! `\r \n \t \0 \xHH \u{HHHH}` stand for bytes. What must come stands in `-- ! name --` sections:
//! `output` (what the commands printed, and their exit status), `files` (every file below `public/`) and any
//! file by its path, in which `*` stands for a fingerprint. `UPDATE=1` writes them anew; read the diff.

#![expect(clippy::disallowed_methods, reason = "writes the sites of its cases")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};

#[path = "shared/session.rs"]
mod session;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases = Vec::new();
    find(&root, &mut cases);
    cases.sort();
    let trials = cases.into_iter().map(|path| {
        let name = path
            .strip_prefix(&root)
            .unwrap()
            .with_extension("")
            .display()
            .to_string();
        Trial::test(name, move || run(&path))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn find(folder: &Path, cases: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, cases);
        } else if path.extension().is_some_and(|e| e == "txt") {
            cases.push(path);
        }
    }
}

/// A `-- name --` line and what follows it.
struct Section {
    name: String,
    text: String,
}

fn run(path: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(path)?;
    let (head, sections) = split(&text);
    let site = tempfile::tempdir()?;
    for section in sections.iter().filter(|s| !s.name.starts_with("! ")) {
        let (name, bytes) = match section.name.strip_suffix(" (escaped)") {
            Some(name) => (name, unescape(section.text.trim_end_matches('\n'))),
            None => (section.name.as_str(), section.text.clone().into_bytes()),
        };
        let file = site.path().join(name);
        fs::create_dir_all(file.parent().unwrap())?;
        fs::write(file, bytes)?;
    }
    let mut output = String::new();
    for line in head.lines().filter_map(|line| line.strip_prefix("$ ")) {
        step(site.path(), line, &mut output)?;
    }
    let mut got: Vec<Section> = Vec::new();
    for section in &sections {
        let text = match section.name.strip_prefix("! ") {
            None => section.text.clone(),
            Some("output") => output.clone(),
            Some("files") => files(&site.path().join("public")),
            Some(file) => fs::read_to_string(site.path().join(named(site.path(), file)))
                .map_or_else(
                    |_| "(no such file)\n".into(),
                    |text| {
                        text.split_inclusive('\n')
                            .map(without_fingerprint)
                            .collect()
                    },
                ),
        };
        got.push(Section {
            name: section.name.clone(),
            text: with_end(text),
        });
    }
    if !got.iter().any(|s| s.name == "! output") {
        got.push(Section {
            name: "! output".into(),
            text: with_end(output),
        });
    }
    let new = head.to_owned()
        + &got
            .iter()
            .map(|s| format!("-- {} --\n{}", s.name, s.text))
            .collect::<String>();
    if new == text {
        return Ok(());
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, new)?;
        return Ok(());
    }
    Err(difference(&text, &new).into())
}

fn with_end(text: String) -> String {
    if text.is_empty() || text.ends_with('\n') {
        text
    } else {
        text + "\n"
    }
}

fn split(text: &str) -> (&str, Vec<Section>) {
    let heads: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
        .filter(|(_, line)| line.starts_with("-- ") && line.trim_end().ends_with(" --"))
        .collect();
    let first = heads.first().map_or(text.len(), |(at, _)| *at);
    let mut sections = Vec::new();
    for (i, (at, line)) in heads.iter().enumerate() {
        let end = heads.get(i + 1).map_or(text.len(), |(next, _)| *next);
        let name = line
            .trim_end()
            .trim_start_matches("-- ")
            .trim_end_matches(" --")
            .to_owned();
        sections.push(Section {
            name,
            text: text[at + line.len()..end].to_owned(),
        });
    }
    (&text[..first], sections)
}

/// Runs one command line. Anything that fails but `gen` is a mistake in the case.
fn step(site: &Path, line: &str, output: &mut String) -> Result<(), Failed> {
    let words: Vec<&str> = words(line);
    match words.as_slice() {
        ["gen", args @ ..] | ["in", _, "gen", args @ ..] => {
            let folder = if words[0] == "in" { words[1] } else { "." };
            let run = Command::new(env!("CARGO_BIN_EXE_gen"))
                .args(args)
                .current_dir(site.join(folder))
                .env_remove("VISUAL")
                .env_remove("EDITOR")
                .env_remove("AWS_ACCESS_KEY_ID")
                .env_remove("AZURE_STORAGE_SAS_TOKEN")
                .env("AWS_SHARED_CREDENTIALS_FILE", "/none")
                .output()?;
            output.push_str(&format!("$ {line}\n"));
            output.push_str(&normal(site, &String::from_utf8_lossy(&run.stderr)));
            output.push_str(&normal(site, &String::from_utf8_lossy(&run.stdout)));
            match run.status.code() {
                Some(0) => {}
                Some(code) => output.push_str(&format!("(exit status {code})\n")),
                None => return Err(format!("gen was ended by a signal: {:?}", run.status).into()),
            }
        }
        ["tell", file, "gen", args @ ..] => {
            let file = site.join(file);
            let messages = fs::read_to_string(&file)?;
            // It is no part of the site.
            fs::remove_file(file)?;
            output.push_str(&format!("$ {line}\n"));
            output.push_str(&session::run(site, args, &messages)?);
        }
        ["rm", path] if site.join(path).is_dir() => fs::remove_dir_all(site.join(path))?,
        ["rm", path] => fs::remove_file(site.join(path))?,
        ["mv", from, to] => {
            fs::create_dir_all(site.join(to).parent().unwrap())?;
            fs::rename(site.join(from), site.join(to))?;
        }
        ["ln", target, path] => {
            fs::create_dir_all(site.join(path).parent().unwrap())?;
            std::os::unix::fs::symlink(target, site.join(path))?;
        }
        ["write", path, ..] => {
            let text = line.split_once(path).unwrap().1.trim_start();
            fs::create_dir_all(site.join(path).parent().unwrap())?;
            fs::write(site.join(path), unescape(text))?;
        }
        ["fill", path, count, ..] => {
            let text = line.splitn(4, ' ').nth(3).unwrap_or_default();
            let mut bytes = fs::read(site.join(path)).unwrap_or_default();
            bytes.extend(unescape(text).repeat(count.parse().unwrap()));
            fs::write(site.join(path), bytes)?;
        }
        _ => return Err(format!("the case has an unknown command: {line}").into()),
    }
    Ok(())
}

/// The words of a line; what stands in double quotes is one word.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (number, part) in line.split('"').enumerate() {
        match number % 2 {
            0 => words.extend(part.split_whitespace()),
            _ => words.push(part),
        }
    }
    words
}

/// Times and the folder's name differ from run to run, and fingerprints from version to version.
fn normal(site: &Path, text: &str) -> String {
    let real = site.canonicalize().unwrap_or_else(|_| site.to_path_buf());
    let text = text
        .replace(&*real.to_string_lossy(), "<site>")
        .replace(&*site.to_string_lossy(), "<site>");
    let mut out = String::new();
    for line in text.lines() {
        match line
            .split_once(" in ")
            .and_then(|(before, after)| Some((before, after.split_once(" s → ")?)))
        {
            Some((before, (_, after))) => out.push_str(&format!("{before} in * s → {after}")),
            None => out.push_str(&without_fingerprint(line)),
        }
        out.push('\n');
    }
    out
}

/// `style.0123456789.css` is `style.*.css`, and `search/0123456789/x` is `search/*/x`.
fn without_fingerprint(line: &str) -> String {
    let hex = |part: &str| part.len() == 10 && part.bytes().all(|b| b.is_ascii_hexdigit());
    line.split_inclusive(['.', '/'])
        .map(|part| match part.trim_end_matches(['.', '/']) {
            name if hex(name) => part.replace(name, "*"),
            _ => part.to_owned(),
        })
        .collect()
}

fn files(public: &Path) -> String {
    let all = paths(public);
    let mut all: Vec<String> = all
        .iter()
        .map(|path| without_fingerprint(path) + "\n")
        .collect();
    // The order is that of names without fingerprints, which stay when a fingerprint changes.
    all.sort();
    all.concat()
}

/// The first file that this is the path of, fingerprints left out.
fn named(site: &Path, path: &str) -> String {
    if !path.contains('*') {
        return path.to_owned();
    }
    let found = paths(site)
        .into_iter()
        .find(|found| without_fingerprint(found) == path);
    found.unwrap_or_else(|| path.to_owned())
}

/// Every file below a folder, sorted.
fn paths(public: &Path) -> Vec<String> {
    let mut all = Vec::new();
    let mut folders = vec![public.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path().is_dir() {
                true => folders.push(entry.path()),
                false => all.push(
                    entry
                        .path()
                        .strip_prefix(public)
                        .unwrap()
                        .display()
                        .to_string(),
                ),
            }
        }
    }
    all.sort();
    all
}

fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend(&rest.as_bytes()[..at]);
        let (code, tail) = rest[at + 1..].split_at(1);
        rest = tail;
        match code {
            "n" => out.push(b'\n'),
            "r" => out.push(b'\r'),
            "t" => out.push(b'\t'),
            "0" => out.push(0),
            "x" => {
                out.push(u8::from_str_radix(&rest[..2], 16).unwrap());
                rest = &rest[2..];
            }
            "u" => {
                let end = rest.find('}').unwrap();
                let c = char::from_u32(u32::from_str_radix(&rest[1..end], 16).unwrap()).unwrap();
                out.extend(c.to_string().bytes());
                rest = &rest[end + 1..];
            }
            other => out.extend(other.bytes()),
        }
    }
    out.extend(rest.bytes());
    out
}

/// The lines that differ, with `-` for what the case expects and `+` for what came.
fn difference(expected: &str, got: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    let same_start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let same_end = old[same_start..]
        .iter()
        .rev()
        .zip(new[same_start..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let mut out = format!(
        "what came differs from line {} on (UPDATE=1 rewrites the case):\n",
        same_start + 1
    );
    for line in &old[same_start..old.len() - same_end] {
        out.push_str(&format!("- {line}\n"));
    }
    for line in &new[same_start..new.len() - same_end] {
        out.push_str(&format!("+ {line}\n"));
    }
    out
}
