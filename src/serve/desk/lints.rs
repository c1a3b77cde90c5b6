//! The manual of what messages say: each code, what it means, why it matters, and what to do. `docs/lints.md` has the same
//! words.

use super::Page;
use crate::escape;
use crate::lint::{self, Lint};
use crate::serve::messages::push_words;

pub(super) const PAGE: Page = Page {
    name: "lints",
    title: "Lints",
    count: |_| None,
    body: |_| body(),
};

fn body() -> String {
    let mut out = String::from(
        "<p class=\"lead\">What messages say, by their codes. <code>[check.lints]</code> in <code>site.toml</code> says how \
         bad each is on this site.</p>",
    );
    let all = lint::in_order();
    for group in all.chunk_by(|a, b| a.group == b.group) {
        out.push_str(&format!("<h2>{}</h2>", group[0].group.title()));
        for lint in group {
            out.push_str(&told(lint));
        }
    }
    out
}

fn told(lint: &Lint) -> String {
    let code = escape::html(lint.code);
    let mut out = format!("<section class=\"lint\" id=\"{code}\" tabindex=\"-1\"><h3>{code}</h3>");
    for paragraph in lint.manual().split("\n\n") {
        match paragraph.starts_with('|') {
            true => out.push_str(&table(paragraph)),
            false => {
                out.push_str("<p>");
                push_words(&mut out, paragraph);
                out.push_str("</p>");
            }
        }
    }
    out.push_str("</section>");
    out
}

/// A table of Markdown: its first line is the head.
fn table(text: &str) -> String {
    let row = |line: &str, tag: &str| {
        let cells = line.trim_matches('|').split('|');
        let cells = cells.map(|cell| format!("<{tag}>{}</{tag}>", escape::html(cell.trim())));
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let mut lines = text.lines();
    let head = row(lines.next().unwrap_or_default(), "th");
    let rows: String = lines.skip(1).map(|line| row(line, "td")).collect();
    format!(
        "<div class=\"wide\" tabindex=\"0\"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>"
    )
}
