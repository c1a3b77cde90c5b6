//! Text as English printers set it: quotes that open and close, dashes, and three dots as one sign. Titles and names take
//! this way; a text in Markdown asks [`Quotes`] for its quotes.

use std::borrow::Cow;

/// Sets a text that is no Markdown, where the site wants it so.
pub fn set(text: &str, smart: bool) -> Cow<'_, str> {
    let changes = || text.contains(['"', '\'']) || text.contains("--") || text.contains("...");
    if !smart || !changes() {
        return text.into();
    }
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    let mut quotes = Quotes::default();
    // A single quote that may have opened: what closes it decides.
    let mut open = None;
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        let run = text[at..].chars().take_while(|c| *c == sign).count();
        let around = Around::new(text, at..at + sign.len_utf8());
        let taken = match sign {
            '-' => {
                out.extend(dashes(run));
                run
            }
            '.' if run == 3 => {
                out.push('…');
                run
            }
            '.' => {
                out.extend(std::iter::repeat_n('.', run));
                run
            }
            '"' => {
                out.push(quotes.double(&around));
                1
            }
            '\'' => {
                match open {
                    Some(place) if around.may_close() => {
                        out[place] = '‘';
                        open = None;
                    }
                    _ if around.may_open() && !around.is_apostrophe() => open = Some(out.len()),
                    _ => {}
                }
                out.push('’');
                1
            }
            other => {
                out.push(other);
                1
            }
        };
        at += taken * sign.len_utf8();
    }
    out.into_iter().collect::<String>().into()
}

/// Hyphens in a row: two are a dash, three a long one.
fn dashes(run: usize) -> impl Iterator<Item = char> {
    let (long, short) = match (run, run % 3) {
        (1, _) => (0, 0),
        (_, 0) => (run / 3, 0),
        (_, 2) => (run / 3, 1),
        (_, _) => (run / 3 - 1, 2),
    };
    let single = (run == 1).then_some('-');
    let long = std::iter::repeat_n('—', long);
    long.chain(std::iter::repeat_n('–', short)).chain(single)
}

/// What stands before and behind a quote.
pub struct Around<'t> {
    before: Option<char>,
    behind: &'t str,
}

impl<'t> Around<'t> {
    /// Of the quote at these bytes of a text.
    pub fn new(text: &'t str, quote: std::ops::Range<usize>) -> Around<'t> {
        Around {
            before: text[..quote.start].chars().next_back(),
            behind: &text[quote.end..],
        }
    }

    fn follows_digit(&self) -> bool {
        self.before.is_some_and(|c| c.is_ascii_digit())
    }

    /// Behind a space, a bracket or another sign, before what is no space. Behind a digit stand feet and inches.
    fn may_open(&self) -> bool {
        let next = self.behind.chars().next();
        next.is_some_and(|c| !c.is_whitespace()) && !self.before.is_some_and(char::is_alphanumeric)
    }

    fn may_close(&self) -> bool {
        let opens = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '–' | '—');
        !self.before.is_none_or(opens)
    }

    /// Whether a single quote here stands for letters left out, whatever it could open: `'n'`, `'90s`.
    pub fn is_apostrophe(&self) -> bool {
        let after = |count: usize| self.behind.chars().nth(count);
        let ends = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        let n = |c: char| matches!(c, 'n' | 'N');
        let left_out = after(0).is_some_and(n) && after(1).is_some_and(|c| matches!(c, '\'' | '’'));
        let digits = self.behind.chars().take_while(char::is_ascii_digit).count();
        let decade = digits == 2 && after(2) == Some('s') && ends(after(3));
        left_out && ends(after(2)) || decade || self.follows_digit()
    }
}

/// The double quotes of a paragraph, from its first to its last.
#[derive(Default)]
pub struct Quotes {
    open: bool,
}

impl Quotes {
    /// The sign for a straight double quote.
    pub fn double(&mut self, around: &Around<'_>) -> char {
        if self.open && around.may_close() {
            self.open = false;
            return '”';
        }
        match around.may_open() {
            true => {
                self.open = true;
                '“'
            }
            false => '”',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_set() {
        for (typed, shown) in [
            ("Isn't it \"fine\"?", "Isn’t it “fine”?"),
            ("He is 5'10\" tall", "He is 5’10” tall"),
            (
                "A 27\" screen, a 27\"-wide one",
                "A 27” screen, a 27”-wide one",
            ),
            ("\"It is 27\".\" (27\")", "“It is 27”.” (27”)"),
            ("27\"x30\" and \"27\" inch\"", "27”x30” and “27” inch”"),
            ("rock 'n' roll", "rock ’n’ roll"),
            ("the '90s' 'best'", "the ’90s’ ‘best’"),
            ("'Tis the season", "’Tis the season"),
            ("\"'Yes,' she said\"", "“‘Yes,’ she said”"),
            ("(\"a\") [\"b\"]", "(“a”) [“b”]"),
            ("a -- b --- c - d ---- e", "a – b — c - d –– e"),
            ("so... 1.. 2....", "so… 1.. 2...."),
            ("\"", "”"),
            ("«été»", "«été»"),
        ] {
            assert_eq!(set(typed, true), shown);
            assert_eq!(set(typed, false), typed);
        }
    }
}
