//! Marks in the lines of a block, as Shiki and VitePress read them: `// [!code ++]`, `# [!code highlight:3]`.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::fence::{Fence, Wrong, WrongKind};

const MARK: &str = "[!code ";

/// What a comment begins with.
const OPENS: &[&str] = &["{/*", "<!--", "//", "/*", "--", "#", ";", "%", "'"];
/// What a comment ends with.
const CLOSES: &[&str] = &["*/}", "-->", "*/"];

/// The marks, in Shiki's names and shorter ones.
const MARKS: &[(&str, List)] = &[
    ("++", |fence| &mut fence.added),
    ("--", |fence| &mut fence.removed),
    ("highlight", |fence| &mut fence.marked),
    ("hl", |fence| &mut fence.marked),
    ("mark", |fence| &mut fence.marked),
    ("focus", |fence| &mut fence.marked),
    ("warning", |fence| &mut fence.marked),
    ("error", |fence| &mut fence.removed),
];

type List = fn(&mut Fence) -> &mut Vec<RangeInclusive<u32>>;

/// The text without its marks, which become lines of the fence.
pub(in crate::parse) fn without_marks<'t>(text: &'t str, fence: &mut Fence) -> Cow<'t, str> {
    if !text.contains(MARK) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut number = 1;
    for line in text.split_inclusive('\n') {
        let Some((rest, mark)) = marked(line) else {
            out.push_str(line);
            number += 1;
            continue;
        };
        // A comment of its own is about the lines below it.
        let is_own = rest.trim().is_empty();
        let (name, count) = mark.split_once(':').unwrap_or((mark, "1"));
        let list = MARKS.iter().find(|(known, _)| *known == name.trim());
        match (list, count.trim().parse::<u32>()) {
            (Some((_, list)), Ok(count @ 1..=100_000)) => {
                list(fence).push(number..=number.saturating_add(count - 1));
            }
            _ => fence.wrong.push(Wrong {
                written: format!("{MARK}{mark}]"),
                kind: WrongKind::Mark,
            }),
        }
        if !is_own {
            out.push_str(rest.trim_end());
            out.push_str(if line.ends_with('\n') { "\n" } else { "" });
            number += 1;
        }
    }
    out.into()
}

/// A line without the comment at its end that holds a mark, and the mark.
fn marked(line: &str) -> Option<(&str, &str)> {
    let at = line.find(MARK)?;
    let inner = &line[at + MARK.len()..];
    let end = inner.find(']')?;
    let behind = inner[end + 1..].trim();
    let is_end = behind.is_empty() || CLOSES.contains(&behind);
    let before = line[..at].trim_end();
    let open = OPENS.iter().find(|open| before.ends_with(*open))?;
    is_end.then(|| (&before[..before.len() - open.len()], inner[..end].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_lines() {
        let text = "a // [!code ++]\nb\nc # [!code --]\n<!-- [!code highlight:2] -->\nd\ne\nf [!code ++]\ng /* [!code hihglight] */\n";
        let mut fence = Fence::default();
        assert_eq!(
            without_marks(text, &mut fence),
            "a\nb\nc\nd\ne\nf [!code ++]\ng\n"
        );
        assert_eq!(
            (fence.added, fence.removed, fence.marked),
            (vec![1..=1], vec![3..=3], vec![4..=5])
        );
        assert_eq!(fence.wrong[0].written, "[!code hihglight]");
    }
}
