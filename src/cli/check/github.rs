//! A check as workflow commands of GitHub Actions, which show each message beside its line in a pull request:
//! docs.github.com, "Workflow commands".

use gen_site::diagnostic::Diagnostic;

use super::word;

pub(super) fn of(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(one).collect()
}

fn one(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.excerpt.as_ref().map_or(String::new(), |e| {
        format!(",line={},col={}", e.line, e.column)
    });
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        message.push('\n');
        message.push_str(help);
    }
    format!(
        "::{} file={}{place},title={}::{}\n",
        match word(diagnostic.severity) {
            "note" => "notice",
            word => word,
        },
        property(&diagnostic.path),
        diagnostic.code,
        data(&message),
    )
}

/// Text after the `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text in a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
