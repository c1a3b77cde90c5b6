//! A check for programs: one object with the messages, described in `docs/authors.md`.

use gen_site::diagnostic::Diagnostic;
use gen_site::output::json::{self, Value, json};

use super::word;

/// Counts up where a key goes or means something else; new keys may come without.
const VERSION: u32 = 1;

pub(super) fn of(diagnostics: &[Diagnostic]) -> String {
    let messages: Vec<Value> = diagnostics.iter().map(one).collect();
    json::pretty(&json!({ "version": VERSION, "messages": messages }))
}

fn one(diagnostic: &Diagnostic) -> Value {
    let excerpt = diagnostic.excerpt.as_ref();
    let mut message = json!({
        "code": diagnostic.code,
        "severity": word(diagnostic.severity),
        "path": diagnostic.path,
        "line": excerpt.map(|e| e.line),
        "column": excerpt.map(|e| e.column),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "mendable": !diagnostic.fixes.is_empty(),
    });
    if let Some(suggested) = &diagnostic.suggested {
        message["worth"] = json!(suggested.worth);
    }
    message
}
