//! The colours of a diagram: which the theme decides, and whether the author chose some.

use std::borrow::Cow;

use mermaid_svg::Theme;

const INK: &str = "#2b2431";
const QUIET: &str = "#6b6372";
const GROUND: &str = "#fffefb";
const BOX: &str = "#f3eee6";
const LINE: &str = "#857a8c";
const GROUP: &str = "#f9f6f0";
const NOTE: &str = "#fbf1d5";
/// The colours that the theme decides, and what they are to it. Behind ours stand those that the library has no field for.
const THEMED: &[(&str, &str)] = &[
    (INK, "currentColor"),
    ("#222", "currentColor"),
    ("#333", "currentColor"),
    ("#000", "currentColor"),
    ("black", "currentColor"),
    (QUIET, "var(--diagram-quiet,currentColor)"),
    (GROUND, "var(--diagram-ground,Canvas)"),
    ("#fff", "var(--diagram-ground,Canvas)"),
    ("#e8e8e8", "var(--diagram-ground,Canvas)"),
    (BOX, "var(--diagram-box,none)"),
    ("#efefef", "var(--diagram-box,none)"),
    (LINE, "var(--diagram-line,currentColor)"),
    ("#666", "var(--diagram-line,currentColor)"),
    ("#999", "var(--diagram-line,currentColor)"),
    ("#d3d3d3", "var(--diagram-line,currentColor)"),
    ("#aaaa33", "var(--diagram-line,currentColor)"),
    (GROUP, "var(--diagram-group,none)"),
    (NOTE, "var(--diagram-note,none)"),
    ("#fff5ad", "var(--diagram-note,none)"),
    // Bars of a chart of time: at work, done or still to be; days that are marked; what may not be late.
    ("#8a90dd", "var(--diagram-bar,#5a6fb0)"),
    ("#bfc7ff", "var(--diagram-note,none)"),
    ("#534fbc", "var(--diagram-line,currentColor)"),
    ("#6666ff", "var(--diagram-line,currentColor)"),
    ("#fff400", "var(--diagram-note,none)"),
    ("#000080", "currentColor"),
    ("#808080", "var(--diagram-line,currentColor)"),
    ("#ff8888", "var(--diagram-alarm,#d33)"),
    ("#d33", "var(--diagram-alarm,#d33)"),
    // Fills of series, and the same as the library darkens them for a timeline; the letters on them.
    ("#333333", "currentColor"),
    ("#b9d3ee", "var(--diagram-1,#b9d3ee)"),
    ("#90B9E4", "var(--diagram-1,#b9d3ee)"),
    ("#f3c9a5", "var(--diagram-2,#f3c9a5)"),
    ("#EDAE78", "var(--diagram-2,#f3c9a5)"),
    ("#bfe0c5", "var(--diagram-3,#bfe0c5)"),
    ("#9DCFA6", "var(--diagram-3,#bfe0c5)"),
    ("#e3c6ea", "var(--diagram-4,#e3c6ea)"),
    ("#D1A1DC", "var(--diagram-4,#e3c6ea)"),
    ("#f2dd9b", "var(--diagram-5,#f2dd9b)"),
    ("#ECCE6E", "var(--diagram-5,#f2dd9b)"),
    ("#f2bfc0", "var(--diagram-6,#f2bfc0)"),
    ("#E99596", "var(--diagram-6,#f2bfc0)"),
    ("#b7e0de", "var(--diagram-7,#b7e0de)"),
    ("#93D1CE", "var(--diagram-7,#b7e0de)"),
    ("#d6d0c4", "var(--diagram-8,#d6d0c4)"),
    ("#C1B8A6", "var(--diagram-8,#d6d0c4)"),
];
/// Fills of slices, lanes and series, light enough that the library puts dark letters on them.
const SERIES: [Cow<'static, str>; 8] = [
    Cow::Borrowed("#b9d3ee"),
    Cow::Borrowed("#f3c9a5"),
    Cow::Borrowed("#bfe0c5"),
    Cow::Borrowed("#e3c6ea"),
    Cow::Borrowed("#f2dd9b"),
    Cow::Borrowed("#f2bfc0"),
    Cow::Borrowed("#b7e0de"),
    Cow::Borrowed("#d6d0c4"),
];
/// What a line begins with that gives a diagram colours of the author's own.
const COLOURING: &[&str] = &[
    "UpdateElementStyle",
    "UpdateRelStyle",
    "box ",
    "classDef ",
    "linkStyle ",
    "rect ",
    "style ",
];

/// The theme that the library draws with.
pub(super) fn theme() -> Theme {
    let series = || Cow::Borrowed(&SERIES[..]);
    let plain = Theme::default_theme();
    Theme {
        fg: INK.into(),
        fg_muted: QUIET.into(),
        bg: GROUND.into(),
        actor_fill: BOX.into(),
        actor_stroke: LINE.into(),
        lifeline: LINE.into(),
        arrow_stroke: INK.into(),
        note_fill: NOTE.into(),
        note_stroke: LINE.into(),
        activation_fill: GROUP.into(),
        activation_stroke: LINE.into(),
        frame_label_fill: BOX.into(),
        flow_node_fill: BOX.into(),
        flow_node_stroke: LINE.into(),
        flow_edge_stroke: INK.into(),
        flow_label_bg: GROUND.into(),
        flow_cluster_fill: GROUP.into(),
        flow_cluster_stroke: LINE.into(),
        cscale_palette: series(),
        pie_palette: series(),
        git_palette: series(),
        xychart_palette: series(),
        pie_stroke: Some(GROUND.into()),
        quadrant_default_fills: [BOX.into(), GROUP.into(), BOX.into(), GROUP.into()],
        // The letters of the page.
        font_family: "inherit".into(),
        responsive: false,
        ..plain
    }
}

/// What the theme calls a colour that the library drew with; the colour itself where it is the author's.
pub(super) fn themed(colour: &str) -> &str {
    let themed = THEMED
        .iter()
        .find(|(own, _)| own.eq_ignore_ascii_case(colour));
    themed.map_or(colour, |(_, property)| property)
}

/// Whether a diagram has colours of the author's own.
pub(super) fn are_own(source: &str) -> bool {
    source.lines().any(|line| {
        let line = line.trim_start();
        line.contains("<span style") || COLOURING.iter().any(|word| line.starts_with(word))
    })
}
