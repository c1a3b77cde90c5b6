//! Pieces of Markdown as we write it: callouts, quotes, comments, and what stands between brackets.

/// A comment that nothing in it can end.
pub(super) fn comment(text: &str) -> String {
    let safe = text.replace("--", "- -").replace('>', "&gt;");
    let safe = safe.split_whitespace().collect::<Vec<_>>().join(" ");
    let safe = safe.trim_end_matches('-');
    format!("<!-- import: {safe} -->")
}

/// The kind of ours that a callout of another system is.
pub(super) fn kind_of_callout(name: &str) -> Option<&'static str> {
    Some(
        match name.trim().trim_matches('"').to_lowercase().as_str() {
            "note" | "info" | "notice--info" | "abstract" | "summary" | "seealso" | "example"
            | "blue" | "primary" | "todo" | "secondary" | "notice" | "details" | "grey"
            | "gray" | "sidebar" | "notice--primary" => "note",
            "tip" | "hint" | "success" | "check" | "notice--success" | "green" | "done"
            | "gift" => "tip",
            "important" | "notice--important" | "purple" => "important",
            "warning" | "warn" | "attention" | "notice--warning" | "yellow" | "accent" => "warning",
            "danger" | "caution" | "error" | "bug" | "failure" | "fail" | "notice--danger"
            | "red" | "critical" => "caution",
            "question" | "faq" | "help" => "faq",
            "quote" => "quote",
            _ => return None,
        },
    )
}

/// A callout of ours.
pub(super) fn callout(kind: &str, folded: bool, title: &str, inner: &str) -> String {
    let kind = kind_of_callout(kind).unwrap_or("note");
    let fold = if folded { "-" } else { "" };
    let first = format!("[!{}]{fold} {}", kind.to_uppercase(), title.trim());
    quoted(&format!(
        "{}\n{}",
        first.trim_end(),
        inner.trim_matches('\n').trim_end()
    ))
}

/// A text as a quote, a block of its own.
pub(super) fn quoted(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            if line.trim().is_empty() {
                ">".to_owned()
            } else {
                format!("> {line}")
            }
        })
        .collect();
    format!("\n\n{}\n\n", lines.join("\n"))
}

/// A text between square brackets.
pub(super) fn bracketed(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}

/// A destination between round brackets.
pub(super) fn destination(text: &str) -> String {
    text.trim()
        .replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29")
        .replace('<', "%3C")
        .replace('>', "%3E")
}
