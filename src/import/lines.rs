//! Markup that goes by lines: `:::note`, `!!! note`, kramdown's `{: .x}`, MDX, the comments of Obsidian. Code is left alone.

use super::doc::Doc;
use super::tag;
use super::written::{callout, comment, kind_of_callout};

/// Blocks within blocks, at most.
const DEEPEST: usize = 8;

/// Which of it a system has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lines {
    /// `:::note`.
    pub(super) colons: bool,
    /// `!!! note`, `=== "Tab"`.
    pub(super) bangs: bool,
    /// `{: .x}` and `{ .x }`.
    pub(super) attributes: bool,
    /// Imports, exports and components.
    pub(super) mdx: bool,
    /// Components alone, `<Badge />`, with the scripts and styles beside them.
    pub(super) components: bool,
    /// `%%comment%%`.
    pub(super) obsidian: bool,
}

/// A text in our markup.
pub(super) fn converted(doc: &mut Doc, text: &str, markup: Lines) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if markup.mdx {
        lines = mdx(doc, &lines);
    }
    if markup.components {
        lines = vue(doc, &lines);
    }
    if markup.colons {
        lines = colons(&lines, 0);
    }
    if markup.bangs {
        lines = bangs(&lines, 0);
    }
    if markup.attributes {
        lines = attributes(&lines);
    }
    if markup.obsidian {
        lines = obsidian(&lines);
    }
    lines.join("\n") + "\n"
}

/// The toc that some readers of Markdown make of a line.
pub(super) fn without_tocs(body: &str) -> String {
    const TOCS: [&str; 5] = ["[[toc]]", "[toc]", "[[_toc_]]", "@[toc]", "${toc}"];
    if !body.to_lowercase().contains("toc") {
        return body.to_owned();
    }
    let is_toc = |line: &&str| TOCS.contains(&line.trim().to_lowercase().as_str());
    let kept = body.split_inclusive('\n').filter(|line| !is_toc(line));
    kept.collect()
}

/// For each line, whether it is code.
fn is_code(lines: &[String]) -> Vec<bool> {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let blocks: Vec<_> = tag::code(&text)
        .into_iter()
        .filter(|code| text[code.clone()].contains('\n'))
        .collect();
    let mut at = 0;
    let mut next = 0;
    lines
        .iter()
        .map(|line| {
            while blocks.get(next).is_some_and(|block| block.end <= at) {
                next += 1;
            }
            let inside = blocks.get(next).is_some_and(|block| block.contains(&at));
            at += line.len() + 1;
            inside
        })
        .collect()
}

/// `:::kind[title]` or `:::kind title`, up to a line of as many colons.
fn colons(lines: &[String], depth: usize) -> Vec<String> {
    let code = is_code(lines);
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let bare = line.trim();
        let count = bare.bytes().take_while(|byte| *byte == b':').count();
        let rest = bare[count..].trim();
        at += 1;
        if code[at - 1] || count < 3 {
            out.push(line.clone());
            continue;
        }
        if rest.is_empty() {
            // It closes what nothing opened, or is closed by the one who called.
            continue;
        }
        let closes = |line: &String| {
            line.trim().bytes().all(|byte| byte == b':') && line.trim().len() == count
        };
        let mut open = 0usize;
        let end = lines[at..].iter().position(|line| {
            let opens = line.trim().len() > count
                && line.trim().starts_with(&":".repeat(count))
                && !line.trim()[count..].starts_with(':');
            open += usize::from(opens);
            if closes(line) {
                if open == 0 {
                    return true;
                }
                open -= 1;
            }
            false
        });
        let end = end.map_or(lines.len(), |found| at + found);
        let inner = match depth < DEEPEST {
            true => colons(&lines[at..end], depth + 1),
            false => lines[at..end].to_vec(),
        };
        let kind_end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '-')
            .unwrap_or(rest.len());
        let title = rest[kind_end..]
            .trim()
            .trim_start_matches('[')
            .trim_end_matches(']');
        let title = if title.starts_with('{') { "" } else { title };
        let folded = rest.starts_with("details") || rest.starts_with("collapse");
        let made = callout(&rest[..kind_end], folded, title, &inner.join("\n"));
        out.extend(made.lines().map(str::to_owned));
        at = (end + 1).min(lines.len());
    }
    out
}

/// `!!! kind "title"` with what is indented below it; `=== "Tab"` likewise.
fn bangs(lines: &[String], depth: usize) -> Vec<String> {
    if depth > DEEPEST {
        return lines.to_vec();
    }
    let code = is_code(lines);
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        at += 1;
        let bare = line.trim_start();
        let mark = ["!!!", "???+", "???", "==="]
            .into_iter()
            .find(|mark| bare.starts_with(mark));
        let (Some(mark), false) = (mark, code[at - 1]) else {
            out.push(line.clone());
            continue;
        };
        let rest = bare[mark.len()..].trim();
        if rest.is_empty()
            || mark == "==="
                && !rest
                    .trim_start_matches(['!', '+', ' '])
                    .starts_with(['"', '\''])
        {
            out.push(line.clone());
            continue;
        }
        let indent = line.len() - bare.len();
        let indent_of = |line: &str| line.len() - line.trim_start().len();
        let mut end = at;
        while end < lines.len()
            && (lines[end].trim().is_empty() || indent_of(&lines[end]) >= indent + 2)
        {
            end += 1;
        }
        let unit = lines[at..end]
            .iter()
            .filter(|line| !line.trim().is_empty())
            .map(|line| indent_of(line))
            .min()
            .unwrap_or(0);
        let inner: Vec<String> = lines[at..end]
            .iter()
            .map(|line| line.get(unit..).unwrap_or_default().to_owned())
            .collect();
        let inner = bangs(&inner, depth + 1).join("\n");
        let title = rest.split(['"', '\'']).nth(1);
        if mark == "===" {
            out.push(format!("**{}**", title.unwrap_or_default()));
            out.push(String::new());
            out.extend(inner.trim_end().lines().map(str::to_owned));
            out.push(String::new());
        } else {
            let kind = rest.split_whitespace().next().unwrap_or_default();
            let title = title.unwrap_or_default();
            let made = callout(kind, mark != "!!!", title, &inner);
            out.extend(
                made.lines()
                    .map(|line| format!("{}{line}", " ".repeat(indent))),
            );
        }
        at = end;
    }
    out
}

/// Takes attributes out: `{: .x}` on a line of its own or behind a link, `{ .x }` behind a link. An id of a heading stays.
fn attributes(lines: &[String]) -> Vec<String> {
    let code = is_code(lines);
    let mut out: Vec<String> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        if code[number] {
            out.push(line.clone());
            continue;
        }
        let bare = line.trim();
        let alone = bare.starts_with("{:") && bare.ends_with('}');
        if alone {
            let kind = bare
                .split([' ', '{', '}', ':'])
                .filter_map(|word| word.strip_prefix('.'))
                .find_map(|class| kind_of_callout(class).filter(|_| class.starts_with("notice")));
            if let Some(kind) = kind {
                let start = out
                    .iter()
                    .rposition(|line| line.trim().is_empty())
                    .map_or(0, |at| at + 1);
                for line in &mut out[start..] {
                    line.insert_str(0, "> ");
                }
                out.insert(start, format!("> [!{}]", kind.to_uppercase()));
            }
            continue;
        }
        let mut text = line.clone();
        let is_heading = text.trim_start().starts_with('#');
        let mut from = 0;
        while let Some(start) = text[from..].find('{').map(|at| from + at) {
            let Some(end) = text[start..].find('}').map(|at| start + at + 1) else {
                break;
            };
            let inner = text[start + 1..end - 1]
                .trim()
                .trim_start_matches(':')
                .trim()
                .to_owned();
            let is_list = !inner.is_empty()
                && inner
                    .split_whitespace()
                    .all(|word| word.starts_with(['.', '#']) || word.contains('='));
            let follows = text[..start]
                .trim_end()
                .ends_with([')', ']', '*', '`', '>']);
            if is_heading && is_list && inner.contains('#') {
                let id = inner
                    .split_whitespace()
                    .find(|word| word.starts_with('#'))
                    .unwrap_or_default();
                let id = format!("{{{id}}}");
                text.replace_range(start..end, &id);
                from = start + id.len();
            } else if is_list && (follows || is_heading) && inner.starts_with(['.', '#', ':'])
                || is_list && follows && text[start..].starts_with("{:")
            {
                text.replace_range(start..end, "");
                from = start;
            } else {
                from = start + 1;
            }
        }
        out.push(text);
    }
    out
}

fn obsidian(lines: &[String]) -> Vec<String> {
    let code = is_code(lines);
    let mut out = Vec::new();
    let mut hidden = false;
    for (number, line) in lines.iter().enumerate() {
        if code[number] || !hidden && !line.contains("%%") {
            out.push(with_our_kind(line));
            continue;
        }
        let mut shown = String::new();
        for (number, part) in line.split("%%").enumerate() {
            if number > 0 {
                hidden = !hidden;
            }
            if !hidden {
                shown.push_str(part);
            }
        }
        if !shown.trim().is_empty() {
            out.push(shown.trim_end().to_owned());
        }
    }
    out
}

/// `> [!abstract]` as one of our kinds.
fn with_our_kind(line: &str) -> String {
    let bare = line.trim_start_matches(['>', ' ']);
    let kind = bare
        .strip_prefix("[!")
        .and_then(|rest| rest.split(']').next());
    match kind.and_then(kind_of_callout) {
        Some(ours) if line.starts_with('>') => {
            let at = line.len() - bare.len() + 2;
            let end = at + kind.map_or(0, str::len);
            format!("{}{}{}", &line[..at], ours.to_uppercase(), &line[end..])
        }
        _ => line.to_owned(),
    }
}

/// Markdown that is left of MDX: imports and exports go, what components hold stays.
fn mdx(doc: &mut Doc, lines: &[String]) -> Vec<String> {
    let code = is_code(lines);
    let mut out: Vec<String> = Vec::new();
    let mut braces = 0i64;
    for (number, line) in lines.iter().enumerate() {
        if code[number] {
            out.push(line.clone());
            continue;
        }
        let begins = line.starts_with("import ") || line.starts_with("export ");
        if begins || braces > 0 {
            braces += line.matches(['{', '(', '[']).count() as i64
                - line.matches(['}', ')', ']']).count() as i64;
            if line.starts_with("export ") {
                doc.leave("MDX export", line);
            }
            continue;
        }
        out.push(components(doc, line));
    }
    out
}

/// Markdown that is left of Vue's: scripts and styles go, what components hold stays.
fn vue(doc: &mut Doc, lines: &[String]) -> Vec<String> {
    let code = is_code(lines);
    let mut out: Vec<String> = Vec::new();
    let mut end: Option<&str> = None;
    for (number, line) in lines.iter().enumerate() {
        if code[number] && end.is_none() {
            out.push(line.clone());
            continue;
        }
        let begun = [("<script", "</script>"), ("<style", "</style>")]
            .into_iter()
            .find(|(begin, _)| line.starts_with(begin))
            .map(|(_, end)| end);
        match end.or(begun) {
            Some(wanted) => end = (!line.contains(wanted)).then_some(wanted),
            None => out.push(components(doc, line)),
        }
    }
    out
}

/// A line without the tags of components, and without comments in braces.
fn components(doc: &mut Doc, line: &str) -> String {
    let mut text = line.to_owned();
    while let Some(start) = text.find("{/*") {
        let end = text[start..]
            .find("*/}")
            .map_or(text.len(), |end| start + end + 3);
        text.replace_range(start..end, "");
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let name = rest[1..].trim_start_matches('/');
        let is_component = name.starts_with(|c: char| c.is_ascii_uppercase())
            || rest.starts_with("<>")
            || rest.starts_with("</>");
        let end = rest.find('>').map(|end| end + 1);
        match (is_component, end) {
            (true, Some(end)) => {
                let tag = &rest[..end];
                let name: String = name
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '.')
                    .collect();
                if !tag.starts_with("</") && !name.is_empty() {
                    doc.leave(&format!("component `{name}`"), tag);
                    if tag.ends_with("/>") {
                        out.push_str(&comment(tag.trim_matches(['<', '>', '/'])));
                    }
                }
                rest = &rest[end..];
            }
            _ => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}
