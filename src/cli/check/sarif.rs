//! A check in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS), which code hosts and editors read.

use std::collections::BTreeMap;

use gen_site::diagnostic::Diagnostic;
use gen_site::escape;
use gen_site::fingerprint::Fingerprint;
use gen_site::lint::LINTS;
use gen_site::output::json::{self, Value, json};

use super::word;

/// Where this version is described.
const HOME: &str = concat!("https://docs.rs/crate/gen-site/", env!("CARGO_PKG_VERSION"));

pub(super) fn of(diagnostics: &[Diagnostic]) -> String {
    let mut codes: Vec<&str> = diagnostics.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let mut known = BTreeMap::new();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|d| result(d, &codes, &mut known))
        .collect();
    json::pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "gen",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": HOME,
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(code: &str) -> Value {
    match LINTS.iter().find(|lint| lint.code == code) {
        None => json!({ "id": code }),
        Some(lint) => {
            let manual = lint.manual();
            json!({
                "id": code,
                "helpUri": format!("{HOME}/source/docs/lints.md#{code}"),
                "shortDescription": { "text": lint.summary() },
                "help": { "text": manual, "markdown": manual },
            })
        }
    }
}

/// A message as a result. `known` counts the fingerprints so far.
fn result(
    diagnostic: &Diagnostic,
    codes: &[&str],
    known: &mut BTreeMap<Fingerprint, usize>,
) -> Value {
    let mut text = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        text.push('\n');
        text.push_str(help);
    }
    let mut place = json!({ "artifactLocation": { "uri": escape::url_path(&diagnostic.path) } });
    if let Some(excerpt) = &diagnostic.excerpt {
        place["region"] = json!({ "startLine": excerpt.line, "startColumn": excerpt.column });
    }
    let fingerprint = fingerprint(diagnostic);
    let times = known.entry(fingerprint).or_default();
    *times += 1;
    json!({
        "partialFingerprints": { "primaryLocationLineHash": format!("{fingerprint}:{times}") },
        "ruleId": diagnostic.code,
        "ruleIndex": codes.binary_search(&diagnostic.code).unwrap_or(0),
        "level": word(diagnostic.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": place }],
    })
}

/// Knows the same message again in another run, where other lines came before it: of its kind, its file, its line's
/// text and its words.
fn fingerprint(diagnostic: &Diagnostic) -> Fingerprint {
    let line = diagnostic.excerpt.as_ref().map_or("", |e| e.text.trim());
    let parts = [diagnostic.code, &diagnostic.path, line, &diagnostic.message];
    Fingerprint::of(parts.join("\0").as_bytes())
}
