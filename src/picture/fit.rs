//! Sets a title in a box: as large as it can be, in lines of about the same length.

use crate::model::script::is_ideographic;

/// A box to set a text in. Sizes are pixels.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// As wide as a line may be.
    pub width: f32,
    /// As many lines as there may be, at least one.
    pub lines: usize,
    /// The size of the letters that is tried first.
    pub largest: f32,
    /// The smallest that can be read.
    pub smallest: f32,
}

/// A text that was set.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The lines.
    pub lines: Vec<String>,
    /// The size of the letters.
    pub size: f32,
}

/// Sizes are tried in steps of this.
const STEP: f32 = 2.0;
/// A line fewer is worth letters that are this much smaller.
const FEWER_LINES: f32 = 0.86;

/// Sets `text` in the frame. `width` gives the width of a text at a size of 1. What does not fit at the
/// smallest size is cut, and ends in an ellipsis.
pub fn fit(text: &str, frame: Frame, width: &dyn Fn(&str) -> f32) -> Setting {
    let words = words(text);
    let longest = words
        .iter()
        .map(|word| width(word.trim_end()))
        .fold(0.0, f32::max);
    let lines_at = |size: f32| broken(&words, frame.width / size, width);
    let smaller = |size: f32| (size - STEP).max(frame.smallest);
    let mut size = frame.largest;
    // A word that must be cut in two wants smaller letters first.
    while size > frame.smallest
        && (longest * size > frame.width || lines_at(size).len() > frame.lines)
    {
        size = smaller(size);
    }
    let mut lines = lines_at(size);
    if lines.len() > frame.lines {
        lines.truncate(frame.lines.max(1));
        if let Some(last) = lines.last_mut() {
            *last = cut(last, frame.width / size, width);
        }
        return Setting { lines, size };
    }
    let mut candidate = smaller(size);
    while candidate > frame.smallest && candidate >= size * FEWER_LINES {
        if lines_at(candidate).len() < lines.len() {
            size = candidate;
            break;
        }
        candidate = smaller(candidate);
    }
    balanced(&words, longest, frame.width / size, width, size)
}

/// The same number of lines, each about as long as the others.
fn balanced(
    words: &[String],
    longest: f32,
    limit: f32,
    width: &dyn Fn(&str) -> f32,
    size: f32,
) -> Setting {
    let mut best = broken(words, limit, width);
    // Lines as narrow as this would cut the longest word.
    let (mut low, mut high) = (longest.min(limit), limit);
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        let lines = broken(words, middle, width);
        let fits = lines.len() == best.len() && lines.iter().all(|line| width(line) <= middle);
        match fits {
            true => (high, best) = (middle, lines),
            false => low = middle,
        }
    }
    Setting { lines: best, size }
}

/// The pieces between which a line may end, each with the spaces that follow it: words, and single signs
/// in scripts that are written without spaces.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_space = false;
    let mut after_whole = false;
    for sign in text.chars() {
        let whole = is_ideographic(sign) || matches!(sign, '\u{ff00}'..='\u{ffef}');
        let hangs = "、。，．）」』】！？：；…—,.!?:;)]”’".contains(sign);
        let starts = after_space || ((whole || after_whole) && !hangs);
        if starts && !sign.is_whitespace() && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        after_space = sign.is_whitespace();
        after_whole = whole;
        if let Some(word) = words.last_mut() {
            word.push(sign);
        }
    }
    words
}

/// Letters of the scripts that put a hyphen where a word is cut: Latin, Greek, Cyrillic.
fn is_hyphenated(sign: char) -> bool {
    sign.is_alphabetic() && sign < '\u{530}'
}

/// The words in lines, each as full as it can be. A word that is too long for a line is cut where the line
/// ends.
fn broken(words: &[String], limit: f32, width: &dyn Fn(&str) -> f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words {
        let longer = format!("{line}{word}");
        if line.is_empty() || width(longer.trim_end()) <= limit {
            line = longer;
        } else {
            lines.push(line.trim_end().to_owned());
            line = word.clone();
        }
        while width(line.trim_end()) > limit && line.trim_end().chars().count() > 1 {
            let rest = line.split_off(end_within(&line, limit, width));
            let hyphen = match line.ends_with(is_hyphenated) && rest.starts_with(is_hyphenated) {
                true => "-",
                false => "",
            };
            lines.push(line.trim_end().to_owned() + hyphen);
            line = rest;
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The bytes of the longest beginning that is no wider than `limit`; at least one sign.
fn end_within(text: &str, limit: f32, width: &dyn Fn(&str) -> f32) -> usize {
    let ends = text.char_indices().map(|(at, sign)| at + sign.len_utf8());
    let mut end = 0;
    for next in ends {
        // With room for a hyphen.
        if end > 0 && width(&text[..next]) + width("-") > limit {
            break;
        }
        end = next;
    }
    end
}

/// A line that ends in an ellipsis, after a whole word if there is one.
fn cut(line: &str, limit: f32, width: &dyn Fn(&str) -> f32) -> String {
    let mut kept = line.to_owned();
    loop {
        let cut = format!(
            "{}…",
            kept.trim_end_matches([' ', ',', '.', ':', ';', '–', '-'])
        );
        if width(&cut) <= limit || kept.is_empty() {
            return cut;
        }
        match kept.rfind(' ') {
            Some(space) => kept.truncate(space),
            None => {
                kept.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sign is as wide as half its size.
    fn set(text: &str, width: f32, lines: usize) -> Setting {
        let frame = Frame {
            width,
            lines,
            largest: 20.0,
            smallest: 10.0,
        };
        fit(text, frame, &|text| text.chars().count() as f32 / 2.0)
    }

    #[test]
    fn short_titles_are_large_and_long_ones_small() {
        assert_eq!(
            set("Let go", 200.0, 2),
            Setting {
                lines: vec!["Let go".into()],
                size: 20.0
            }
        );
        let long = set("What to write in a first message, and what not", 200.0, 2);
        assert_eq!(
            long.lines,
            ["What to write in a first", "message, and what not"]
        );
        assert!(long.size < 20.0);
    }

    #[test]
    fn lines_are_about_as_long_as_each_other() {
        let set = set("Holding on when they no longer love you", 320.0, 2);
        assert_eq!(set.lines, ["Holding on when they", "no longer love you"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let set = set(&"many words ".repeat(20), 200.0, 3);
        assert_eq!(set.lines.len(), 3);
        assert!(set.lines[2].ends_with('…') && set.lines[2].chars().count() <= 40);
    }

    #[test]
    fn a_word_that_is_too_long_is_cut() {
        let set = set(
            "Beziehungsratgeberveröffentlichungsplattformbetreiber",
            200.0,
            3,
        );
        let text = set.lines.concat().replace('-', "");
        assert_eq!(
            text,
            "Beziehungsratgeberveröffentlichungsplattformbetreiber"
        );
        assert!(set.lines[0].ends_with('-') && set.lines[0].chars().count() <= 40);
        assert_eq!(set.size, 10.0);
    }

    #[test]
    fn a_long_word_is_not_cut_to_balance_lines() {
        for width in 60..200u16 {
            let lines = set("After separation: what to do", f32::from(width), 3).lines;
            assert_eq!(lines.join(" "), "After separation: what to do", "{width}");
        }
    }

    #[test]
    fn lines_end_between_signs_that_have_no_spaces() {
        let set = set("分手之后怎样好好生活，一步一步来。", 100.0, 3);
        assert_eq!(set.lines.len(), 2);
        assert!(!set.lines[1].starts_with(['，', '。']));
    }

    #[test]
    fn nothing_is_one_empty_setting() {
        assert_eq!(set("", 100.0, 2).lines, Vec::<String>::new());
    }
}
