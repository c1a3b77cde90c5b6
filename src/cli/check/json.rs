//! A check for programs: one object with the messages, described in `docs/authors.md`.

use gen_site::check::Checked;
use gen_site::diagnostic::Diagnostic;
use gen_site::output::json::{self, Value, json};

use super::word;

/// Counts up where a key goes or means something else; new keys may come without.
const VERSION: u32 = 1;

pub(super) fn of(checked: &Checked) -> String {
    let messages: Vec<Value> = checked.diagnostics.iter().map(one).collect();
    let mut told = json!({ "version": VERSION, "messages": messages });
    if checked.left_out > 0 {
        told["left_out"] = json!(checked.left_out);
    }
    json::pretty(&told)
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
