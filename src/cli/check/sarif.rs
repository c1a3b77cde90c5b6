//! A check in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS), which code hosts and editors read.

use gen_site::diagnostic::Diagnostic;
use gen_site::escape;
use gen_site::lint::LINTS;
use gen_site::output::json::{self, Value, json};

use super::word;

pub(super) fn of(diagnostics: &[Diagnostic]) -> String {
    let mut codes: Vec<&str> = diagnostics.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = diagnostics.iter().map(|d| result(d, &codes)).collect();
    json::pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "gen",
                "version": env!("CARGO_PKG_VERSION"),
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
                "shortDescription": { "text": lint.summary() },
                "help": { "text": manual, "markdown": manual },
            })
        }
    }
}

fn result(diagnostic: &Diagnostic, codes: &[&str]) -> Value {
    let mut text = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        text.push('\n');
        text.push_str(help);
    }
    let mut place = json!({ "artifactLocation": { "uri": escape::url_path(&diagnostic.path) } });
    if let Some(excerpt) = &diagnostic.excerpt {
        place["region"] = json!({ "startLine": excerpt.line, "startColumn": excerpt.column });
    }
    json!({
        "ruleId": diagnostic.code,
        "ruleIndex": codes.binary_search(&diagnostic.code).unwrap_or(0),
        "level": word(diagnostic.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": place }],
    })
}
