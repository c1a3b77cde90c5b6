//! A check for programs: a list, one object a message.

use gen_site::diagnostic::Diagnostic;
use gen_site::output::json::{self, Value, json};

use super::word;

pub(super) fn of(diagnostics: &[Diagnostic]) -> String {
    json::pretty(&diagnostics.iter().map(one).collect::<Vec<_>>())
}

fn one(diagnostic: &Diagnostic) -> Value {
    let excerpt = diagnostic.excerpt.as_ref();
    json!({
        "code": diagnostic.code,
        "severity": word(diagnostic.severity),
        "path": diagnostic.path,
        "line": excerpt.map(|e| e.line),
        "column": excerpt.map(|e| e.column),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "mendable": !diagnostic.fixes.is_empty(),
    })
}
