//! Diagrams as Mermaid writes them, to SVG that stands in the page. The only module that knows mermaid-svg.
//!
//! The library draws with colours of its own and with those that the author wrote. Its own become properties of the theme, so
//! that one drawing serves light and dark; where there are others, the drawing says so, and stands on light ground.

mod bounds;
mod colours;
mod svg;

use mermaid_svg::{Diagram, ParseError};

use crate::escape;
pub use svg::in_words;

/// A diagram as it stands in a page.
#[derive(Debug)]
pub(super) struct Drawing {
    pub(super) svg: String,
    /// Whether it has colours of the author's own.
    pub(super) is_coloured: bool,
    /// Whether its letters could not be read in the width of a text.
    pub(super) is_wide: bool,
}

/// Pixels that a drawing can have and be shown in the width of a text.
const WIDE: f64 = 900.0;

/// Why a diagram is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// In words that end a sentence.
    pub(super) message: String,
    /// The line of the diagram, the first is 1; none where it is the whole.
    pub(super) line: Option<usize>,
}

/// Draws a diagram. `number`: which it is in its text, so that no two of a page share an id.
///
/// # Errors
/// The first mistake in it.
pub(super) fn draw(source: &str, number: usize) -> Result<Drawing, Mistake> {
    bounds::bounded(source)?;
    let (mut diagram, meta) =
        mermaid_svg::parse_with_meta(source).map_err(|error| mistake(&error))?;
    if let Some((message, words)) = bounds::endless(&diagram) {
        return Err(Mistake {
            line: (1..)
                .zip(source.lines())
                .find_map(|(n, line)| line.contains(&words).then_some(n)),
            message: message.to_owned(),
        });
    }
    // The library would mark the day on which it draws: no two builds would be the same.
    if let Diagram::Gantt(chart) = &mut diagram {
        chart.today_marker = Some("off".to_owned());
    }
    let drawn =
        mermaid_svg::render_diagram_with(&diagram, &colours::theme()).map_err(|error| Mistake {
            message: error.to_string(),
            line: None,
        })?;
    let svg = svg::cleaned(&drawn, number).filter(|svg| svg.len() <= svg::LARGEST);
    let svg = svg.ok_or_else(|| Mistake {
        message: "a style or a label in it is nothing that SVG can hold".to_owned(),
        line: None,
    })?;
    let width = svg.split('"').nth(1).and_then(|width| width.parse().ok());
    let title = meta.acc_title.unwrap_or_default();
    let description = meta.acc_descr.unwrap_or_default();
    Ok(Drawing {
        svg: named(&svg, &title, &description, number),
        is_coloured: colours::are_own(source),
        is_wide: width.is_some_and(|width: f64| width > WIDE),
    })
}

/// Says to those who do not see a drawing what it is. Without a title its words are read.
fn named(svg: &str, title: &str, description: &str, number: usize) -> String {
    let Some((start, rest)) = svg.split_once('>').filter(|_| !title.is_empty()) else {
        return svg.to_owned();
    };
    let mut out = format!("{start} role=\"img\" aria-labelledby=\"diagram-{number}-title\"");
    if !description.is_empty() {
        out.push_str(&format!(
            " aria-describedby=\"diagram-{number}-description\""
        ));
    }
    out.push_str(&format!("><title id=\"diagram-{number}-title\">"));
    escape::push_text(&mut out, title);
    out.push_str("</title>");
    if !description.is_empty() {
        out.push_str(&format!("<desc id=\"diagram-{number}-description\">"));
        escape::push_text(&mut out, description);
        out.push_str("</desc>");
    }
    out.push_str(rest);
    out
}

/// What the library says, in our words where it has none for authors.
fn mistake(error: &ParseError) -> Mistake {
    match error {
        ParseError::Syntax { message, line, .. } => Mistake {
            message: message.clone(),
            line: Some(*line),
        },
        // An unknown kind or an empty text, which were refused before.
        other => Mistake {
            message: other.to_string(),
            line: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::bounds::KINDS;
    use super::*;

    #[test]
    fn each_kind_is_drawn() {
        for source in [
            "flowchart TD\n  A[Start] --> B{Valid?}\n  B -->|yes| C[(Log)]\n  subgraph S [Part]\n  C --> D\n  end",
            "graph LR; A-->B; B-.->C; C==>A",
            "sequenceDiagram\n  actor u as User\n  u->>api: GET\n  alt cached\n  api-->>u: 200\n  else\n  Note over api: warm\n  end",
            "classDiagram\n  class Animal {\n    +String name\n    +eat()\n  }\n  Animal <|-- Dog",
            "stateDiagram-v2\n  [*] --> Idle\n  Idle --> Busy : start\n  note right of Idle: waiting",
            "erDiagram\n  A ||--o{ B : has\n  A {\n    int id PK\n  }",
            "gantt\n  title Plan\n  dateFormat YYYY-MM-DD\n  section One\n  Spec : crit, a1, 2026-01-01, 5d\n  Review : after a1, 2d",
            "pie title Days\n  \"Good\" : 3\n  \"Bad\" : 1",
            "timeline\n  2024 : one\n  2025 : two",
            "mindmap\n  root\n    a\n    b",
            "gitGraph\n  commit\n  branch x\n  commit",
        ] {
            let drawing = draw(source, 1).unwrap();
            assert!(drawing.svg.starts_with("<svg width=\""), "{}", drawing.svg);
            assert!(!drawing.is_coloured, "{source}: {}", drawing.svg);
        }
    }

    #[test]
    fn a_state_holds_others() {
        let source = "stateDiagram-v2\n  state \"A in A\" as A {\n    [*] --> B : to A\n    state B {\n      C --> [*]\n    }\n  }\n  A --> D";
        assert!(draw(source, 1).is_ok());
    }

    #[test]
    fn authors_colours_stay() {
        let drawing = draw("graph LR\n  A --> B\n  style A fill:#f9f,stroke:#333", 1).unwrap();
        assert!(drawing.is_coloured);
        assert!(drawing.svg.contains("fill=\"#f9f\""));
    }

    #[test]
    fn wide_ones_are_known() {
        let wide = format!(
            "graph LR\n  {}",
            ["Word"; 12]
                .iter()
                .zip(0..)
                .map(|(word, n)| format!("A{n}[{word}]"))
                .collect::<Vec<_>>()
                .join(" --> ")
        );
        assert!(draw(&wide, 1).unwrap().is_wide);
        assert!(!draw("graph LR\n  A --> B", 1).unwrap().is_wide);
    }

    #[test]
    fn nothing_runs_or_loads() {
        for source in [
            "graph LR\n  A[<script>alert(1)</script>] --> B",
            "graph LR\n  A[\"<img src=x onerror=alert(1)>\"] --> B",
            "graph LR\n  A --> B\n  click A \"javascript:alert(1)\"",
            "graph LR\n  A --> B\n  click A call run()",
            "graph LR\n  A --> B\n  style A fill:url(https://example.org/x.svg)",
            "graph LR\n  A --> B\n  style A fill:red\" onload=\"alert(1)",
            "graph LR\n  A --> B\n  style A fill:red\"/><script>alert(1)</script>",
            "graph LR\n  A[\"<a href='javascript:alert(1)'>x</a>\"] --> B",
            "---\ntitle: <script>\n---\ngraph LR\n  A --> B",
        ] {
            let Ok(drawing) = draw(source, 1) else {
                continue;
            };
            for bad in [
                "<script",
                "<img",
                "<a ",
                "href",
                "onclick",
                " onload=",
                "example.org/x",
            ] {
                assert!(!drawing.svg.contains(bad), "{source}: {}", drawing.svg);
            }
        }
    }

    #[test]
    fn no_two_of_a_page_share_an_id() {
        let source = "graph LR\n  accTitle: Way\n  A --> B";
        let (one, two) = (draw(source, 1).unwrap().svg, draw(source, 2).unwrap().svg);
        assert!(
            one.contains("id=\"diagram-1-") && !two.contains("diagram-1-"),
            "{two}"
        );
        for id in one
            .split("url(#")
            .skip(1)
            .filter_map(|part| part.split(')').next())
        {
            assert!(one.contains(&format!("id=\"{id}\"")), "{id}: {one}");
        }
    }

    #[test]
    fn mistakes_have_their_line() {
        for (source, line, words) in [
            ("", None, "empty"),
            (
                "flowchat LR\n  A --> B",
                Some(1),
                "did you mean `flowchart`?",
            ),
            ("pie\n  \"A\" : 1\n  \"B\" : many", Some(3), ""),
        ] {
            let mistake = draw(source, 1).unwrap_err();
            assert_eq!(mistake.line, line, "{mistake:?}");
            assert!(mistake.message.contains(words), "{mistake:?}");
        }
    }

    #[test]
    fn a_diagram_has_bounds() {
        for source in [
            format!("graph LR\n{}", "A --> B\n".repeat(500)),
            format!("graph LR\n  A[{}]", "x".repeat(20_000)),
            format!("graph LR\n  A{}x{}", "[".repeat(200), "]".repeat(200)),
            format!("flowchart LR\n{}", "subgraph a\n".repeat(100)),
        ] {
            assert!(draw(&source, 1).is_err(), "{}", &source[..40]);
        }
    }

    #[test]
    fn feeds_get_the_words() {
        let svg = draw("graph LR\n  A[One] -->|then & now| B[Two]", 1)
            .unwrap()
            .svg;
        let html = format!(
            "<p>a</p>\n<figure class=\"diagram\"><div>{svg}</div><figcaption>C</figcaption></figure>\nb"
        );
        let words = in_words(&html);
        assert!(
            words.starts_with("<p>a</p>\n<figure><p>")
                && words.ends_with("</p><figcaption>C</figcaption></figure>\nb")
        );
        for word in ["One", "Two", "then &amp; now"] {
            assert!(words.contains(word), "{words}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_stops_a_build(
            kind in prop::sample::select(KINDS),
            body in r#"(\n| {0,4}|[A-Zé]|-->|---|->>|<\|--|:|;|\||\[|\]|\{|\}|\(|\)|"|end|subgraph|state|note right of|title|section|class|loop|alt|else|[0-9]{1,3}|%%|style|fill:#f00|,|\*|<br>|<b>|😀|2026-01-0[1-9]|1d|after a){0,40}"#,
        ) {
            let _ = draw(&format!("{kind}\n{body}"), 1);
        }
    }
}
