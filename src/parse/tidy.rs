//! What stands in a front matter and means nothing: white space at the ends of lines, empty lines at its edges, a
//! line `...` at its end. Only what can go without changing a value.

use std::ops::Range;

use super::front_matter::{Format, split};
use super::yaml::{self, Value};

/// The bytes that can go, in order.
pub fn junk(text: &str) -> Vec<Range<usize>> {
    let Ok(split) = split("", text) else {
        return Vec::new();
    };
    if !split.has_front_matter() || Format::of(text) != Format::Yaml {
        return Vec::new();
    }
    let yaml = split.yaml.clone();
    let mut junk = candidates(text, &yaml);
    if junk.is_empty() {
        return junk;
    }
    let Some(meaning) = value(&text[yaml.clone()]) else {
        return Vec::new();
    };
    let keeps = |junk: &[Range<usize>]| value(&without(text, &yaml, junk)) == Some(meaning.clone());
    if !keeps(&junk) {
        // White space in a text of several lines may belong to it.
        let mut kept: Vec<Range<usize>> = Vec::new();
        for bytes in junk {
            kept.push(bytes);
            if !keeps(&kept) {
                kept.pop();
            }
        }
        junk = kept;
    }
    let fences = [
        text.find("---").unwrap_or(0)..yaml.start,
        yaml.end..split.body,
    ];
    junk.extend(fences.into_iter().filter_map(|line| ending(text, line)));
    junk.sort_by_key(|bytes| bytes.start);
    junk
}

fn value(source: &str) -> Option<Value> {
    yaml::typed::<Value>(source)
}

/// The YAML without these bytes.
fn without(text: &str, yaml: &Range<usize>, junk: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(yaml.len());
    let mut at = yaml.start;
    for bytes in junk {
        out.push_str(&text[at..bytes.start]);
        at = bytes.end;
    }
    out.push_str(&text[at..yaml.end]);
    out
}

fn candidates(text: &str, yaml: &Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = yaml.start;
    for line in text[yaml.clone()].split_inclusive('\n') {
        lines.push(at..at + line.len());
        at += line.len();
    }
    let is_blank = |line: &&Range<usize>| text[(*line).clone()].trim().is_empty();
    let above = lines.iter().take_while(is_blank).count();
    let is_end = |line: &&Range<usize>| is_blank(line) || text[(*line).clone()].trim_end() == "...";
    let below = match above == lines.len() {
        true => 0,
        false => lines.iter().rev().take_while(is_end).count(),
    };
    let last = lines.len() - below;
    let edges = lines[..above].iter().chain(&lines[last..]).cloned();
    let ends = lines[above..last].iter();
    let mut junk: Vec<Range<usize>> = edges
        .chain(ends.filter_map(|line| ending(text, line.clone())))
        .collect();
    junk.sort_by_key(|bytes| bytes.start);
    junk
}

/// The spaces and tabs before a line's end.
fn ending(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let written = text[line.clone()].trim_end_matches(['\r', '\n']);
    let kept = written.trim_end_matches([' ', '\t']);
    (kept.len() < written.len()).then(|| line.start + kept.len()..line.start + written.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(text: &str) -> String {
        without(text, &(0..text.len()), &junk(text))
    }

    #[test]
    fn what_means_nothing_goes() {
        for (text, wanted) in [
            (
                "--- \n\ntitle: a \t\n\n...\n\n---\t\nbody ",
                "---\ntitle: a\n---\nbody ",
            ),
            ("---\r\ntitle: a \r\n---\r\n", "---\r\ntitle: a\r\n---\r\n"),
            (
                "---\n# why \ntags: [a, \n  b]\n---\n",
                "---\n# why\ntags: [a,\n  b]\n---\n",
            ),
        ] {
            assert_eq!(tidied(text), wanted);
            assert_eq!(tidied(wanted), wanted);
        }
    }

    #[test]
    fn what_belongs_to_a_value_stays() {
        for text in [
            "---\nextra:\n  a: |\n    x  \n    y\n---\n",
            "---\nextra:\n  a: |+\n    x\n\n---\n",
            "no front matter ",
            "---\ntitle: [a \n---\n",
            "---\nnever closed ",
            "---\n---\n",
            "",
        ] {
            assert_eq!(tidied(text), text);
        }
        assert_eq!(
            tidied("---\nextra: \n  a: |\n    x  \n    y\n---\n"),
            "---\nextra:\n  a: |\n    x  \n    y\n---\n"
        );
    }
}
