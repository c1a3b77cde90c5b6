//! Formulas as LaTeX writes them, to MathML. The only module that knows pulldown-latex.

use std::convert::Infallible;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Event, Parser, Storage, push_mathml};

use crate::escape;
use crate::list::words;

/// Bytes of a formula.
const LONGEST: usize = 8 << 10;
/// Groups in groups: the parser goes down by recursion, and so would browsers.
const DEEPEST: usize = 60;
/// Commands one behind the other, of which each may be the argument of the one before.
const COMMANDS: usize = 40;

/// Commands that define others: what they say could grow without bounds.
const DEFINITIONS: &[&str] = &[
    "def",
    "edef",
    "gdef",
    "xdef",
    "let",
    "futurelet",
    "newcommand",
    "renewcommand",
    "providecommand",
];

/// Commands behind which the parser reads numbers byte by byte: it stops the program at a character of several.
const NUMBERED: &[&str] = &words::<19>(
    "above char genfrac hskip hspace kern lower mathchar mkern mskip raise raisebox rule \
    abovewithdelims mspace cr hphantom vskip vspace",
);

/// The elements that a formula is made of.
const ELEMENTS: &[&str] = &words::<27>(
    "math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms \
    mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none",
);

/// Why a formula is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// In words that end a sentence.
    pub(super) message: String,
    /// A byte of the formula near it.
    pub(super) at: usize,
}

/// Makes MathML of a formula; `block` where it stands in lines of its own. Its words for programs without MathML are
/// the formula as it is written.
///
/// # Errors
/// The first mistake in it.
pub(super) fn mathml(tex: &str, block: bool) -> Result<String, Mistake> {
    bounded(tex)?;
    let storage = Storage::new();
    let events: Result<Vec<Event<'_>>, _> = Parser::new(tex, &storage).collect();
    let events = events.map_err(|error| mistake(tex, &error.to_string()))?;
    let config = RenderConfig {
        display_mode: match block {
            true => DisplayMode::Block,
            false => DisplayMode::Inline,
        },
        ..RenderConfig::default()
    };
    let mut html = String::new();
    let events = events.into_iter().map(Ok::<_, Infallible>);
    let written = push_mathml(&mut html, events, config);
    match written.ok().and_then(|()| cleaned(&html, tex)) {
        Some(html) => Ok(html),
        None => Err(Mistake {
            message: "it cannot be written as MathML".to_owned(),
            at: 0,
        }),
    }
}

/// Refuses what the parser would not come back from.
fn bounded(tex: &str) -> Result<(), Mistake> {
    let refuse = |message: &str, at: usize| {
        Err(Mistake {
            message: message.to_owned(),
            at,
        })
    };
    if tex.len() > LONGEST {
        return refuse("it is longer than 8 KiB", 0);
    }
    let bytes = tex.as_bytes();
    // What one kind closes, another has not opened.
    let (mut braces, mut brackets, mut fences, mut environments) = (0usize, 0usize, 0usize, 0usize);
    let (mut run, mut at) = (0usize, 0usize);
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'{' => braces += 1,
            b'}' => braces = braces.saturating_sub(1),
            // Elsewhere it is the end of an interval.
            b'[' if run > 0 => brackets += 1,
            b']' => brackets = brackets.saturating_sub(1),
            b'\\' => {
                let name = &tex[at..];
                let end = name.find(|c: char| !c.is_ascii_alphabetic());
                let name = &name[..end.unwrap_or(name.len())];
                at += name.len();
                run += 1;
                match name {
                    "left" => fences += 1,
                    "right" => fences = fences.saturating_sub(1),
                    "begin" => environments += 1,
                    "end" => environments = environments.saturating_sub(1),
                    "begingroup" | "bgroup" => braces += 1,
                    _ if DEFINITIONS.contains(&name) => {
                        return refuse(&format!("`\\{name}` is not read here"), start);
                    }
                    _ if !tex.is_ascii() && NUMBERED.contains(&name) => {
                        return refuse(
                            &format!("`\\{name}` does not go with letters that are not ASCII"),
                            start,
                        );
                    }
                    "" if !tex.is_ascii() && tex[at..].starts_with("\\[") => {
                        return refuse(
                            "a line end with a height does not go with letters that are not ASCII",
                            start,
                        );
                    }
                    // The character behind it is its name.
                    "" => at += tex[at..].chars().next().map_or(0, char::len_utf8),
                    _ => {}
                }
            }
            b' ' | b'\n' | b'\t' => {}
            // What stands between two commands may be no more than a script's sign.
            b'^' | b'_' | b'\'' => run += 1,
            _ => run = 0,
        }
        if [braces, brackets, fences, environments]
            .iter()
            .any(|depth| *depth > DEEPEST)
        {
            return refuse("its groups are nested more than 60 deep", start);
        }
        if run > COMMANDS {
            return refuse("more than 40 commands follow each other", start);
        }
    }
    Ok(())
}

/// The parser's words, and where they point: it tells no place, but a piece of the formula around it.
fn mistake(tex: &str, told: &str) -> Mistake {
    let mut lines = told.lines();
    let first = lines.next().unwrap_or_default();
    let message = first.trim_start_matches("parsing error: ");
    let message = message.replace("unkown", "unknown").replace("{{}}", "{}");
    let piece = lines
        .filter_map(|line| line.strip_prefix('│'))
        .find(|line| !line.is_empty());
    // The piece begins twelve bytes before the place, or where the formula does.
    let at = piece.and_then(|piece| {
        let cut = piece.starts_with('…');
        let start = tex.find(piece.trim_start_matches(['…', ' ']))?;
        Some(if cut { start + 12 } else { start })
    });
    let mut at = at.unwrap_or(0).min(tex.len());
    while !tex.is_char_boundary(at) {
        at -= 1;
    }
    Mistake { message, at }
}

/// The MathML with the formula in words, and with attributes in the place of inline styles, which a strict policy
/// forbids; none where it holds anything but a formula.
fn cleaned(html: &str, tex: &str) -> Option<String> {
    let rest = html.strip_prefix("<math")?;
    let mut out = String::with_capacity(html.len() + tex.len());
    out.push_str("<math alttext=\"");
    escape::push_html(&mut out, tex.trim());
    out.push('"');
    let mut first = true;
    for part in rest.split('<') {
        // The library writes the sign in `a < b` as it is.
        if !first && !part.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) {
            out.push_str("&lt;");
            escape::push_text(&mut out, part);
            continue;
        }
        let (tag, text) = part.split_once('>')?;
        if !first {
            out.push('<');
            let name = tag.trim_start_matches('/');
            let end = name.find([' ', '/']).unwrap_or(name.len());
            ELEMENTS.contains(&&name[..end]).then_some(())?;
        }
        first = false;
        match tag.split_once(" style=\"") {
            None => out.push_str(tag),
            Some((before, style)) => {
                let (style, after) = style.split_once('"')?;
                out.push_str(before);
                attributes(style, &mut out);
                out.push_str(after);
            }
        }
        out.push('>');
        out.push_str(text);
    }
    Some(out)
}

/// The declarations of a style for which MathML has attributes.
fn attributes(style: &str, out: &mut String) {
    for declaration in style.split("; ") {
        let Some((name, value)) = declaration.split_once(": ") else {
            continue;
        };
        let attribute = match name {
            "color" => "mathcolor",
            "background-color" => "mathbackground",
            _ => continue,
        };
        out.push_str(&format!(" {attribute}=\"{value}\""));
    }
}

/// The HTML with each formula as it was written, for programs that know no MathML.
pub fn in_words(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.split_once("<math alttext=\"") {
        out.push_str(before);
        let (words, from) = from.split_once('"').unwrap_or((from, ""));
        out.push_str("<code>");
        out.push_str(words);
        out.push_str("</code>");
        rest = from.split_once("</math>").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_become_mathml() {
        for tex in [
            "E = mc^2",
            r"\frac{a}{b}",
            r"\sqrt[3]{x}",
            r"\sum_{i=1}^n i",
            r"\int_0^\infty e^{-x}\,dx",
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            r"\begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
            r"\begin{aligned} a &= b \\ &= c \end{aligned}",
            r"\mathbb{R} \subset \mathcal{C}",
            r"\left( \frac{1}{2} \right)",
            r"\text{if } x < y",
            r"\hat{x} \cdot \vec{v}",
            r"\color{red} x",
            r"a \not= b",
            r"\lim_{x \to 0} f(x)",
            r"\overbrace{a+b}^{n}",
            r"\operatorname{argmax}_x",
            r"α + β",
            r"a < b > c \& d",
            "",
        ] {
            let html = mathml(tex, true);
            let html = html.as_ref().unwrap();
            assert!(
                html.starts_with("<math alttext=") && html.ends_with("</math>"),
                "{html}"
            );
            assert!(!html.contains("style=\""), "{html}");
        }
    }

    #[test]
    fn text_in_a_formula_is_text() {
        let html = mathml(r#"\text{<script>"&} a < b"#, false).unwrap();
        assert!(!html.contains("<script"), "{html}");
        // The library does not escape these.
        assert!(mathml(r"\operatorname{<b>}", false).is_err());
        assert_eq!(
            in_words(&format!("a {html} b")),
            "a <code>\\text{&lt;script&gt;&quot;&amp;} a &lt; b</code> b"
        );
    }

    #[test]
    fn mistakes_are_near_their_place() {
        let at = |tex: &str| mathml(tex, true).unwrap_err().at;
        assert!(at("a = b\n+ c + d + e\n+ \\foo") > 12);
        let deep = r"\left(\frac{1}{".repeat(DEEPEST - 1) + "x" + &r"}\right)".repeat(DEEPEST - 1);
        assert!(mathml(&deep, true).is_ok());
        for tex in [
            "{]".repeat(2_000),
            "{".repeat(100_000),
            "{".repeat(5_000),
            r"\sqrt".repeat(1_000),
            r"\left(".repeat(1_000),
            r"\def\a{\a\a}\a".into(),
            r"\begin{matrix}".repeat(500),
            "}".into(),
            "x^".into(),
            r"\frac".into(),
            "a & b".into(),
            "$".into(),
            r"\".into(),
            "x^".repeat(2_000),
            r"\not".repeat(2_000),
        ] {
            assert!(mathml(&tex, true).is_err(), "{}", &tex[..tex.len().min(20)]);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_stops_a_build(tex in r"(\\(frac|sqrt|left|right|begin\{(matrix|array|aligned|cases)\}|end\{(matrix|array|aligned|cases)\}|text|hat|color|over|not|mathbb|rm|kern|hspace|,|\\|\{|middle|big|limits|substack|overset|tag|cr|hline|operatorname|char|mathrm)|[a-zé<>&%#~^_{}()\[\]|0-9'. \n=+$é∑]|cm|red){0,24}") {
            let _ = mathml(&tex, true);
        }
    }
}
