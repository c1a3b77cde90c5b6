//! The SVG of a diagram as it stands in a page, made of what the library wrote.

use std::borrow::Cow;

use super::colours;
use crate::list::words;

/// Bytes of its SVG.
pub(super) const LARGEST: usize = 512 << 10;
/// Decimal places of a length, in pixels.
const PLACES: usize = 1;
/// The elements that a drawing is made of.
const ELEMENTS: &[&str] = &words::<20>(
    "circle clipPath defs desc ellipse feDropShadow filter g line linearGradient marker path \
    polygon polyline rect stop svg text title tspan",
);
/// The attributes that an author's words cannot do harm in, or that are looked at one by one.
const ATTRIBUTES: &[&str] = &words::<53>(
    "clip-path cx cy d dominant-baseline dx dy fill fill-opacity filter flood-color flood-opacity \
    font-size font-style font-weight gradientUnits height id marker-end marker-start markerHeight \
    markerUnits markerWidth offset opacity orient points r refX refY rx ry stdDeviation \
    stop-color stop-opacity stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity \
    stroke-width text-anchor text-decoration textLength transform viewBox width x x1 x2 y y1 y2",
);

/// What is left of the library's SVG: known elements and attributes, all of them closed, nothing that runs, loads or leads
/// elsewhere. None where it is not closed, as an author's quotes can leave it.
pub(super) fn cleaned(svg: &str, number: usize) -> Option<String> {
    let mut out = String::with_capacity(svg.len());
    let mut open = Vec::new();
    let mut parts = svg.split('<');
    parts.next().filter(|before| before.is_empty())?;
    for part in parts {
        let (tag, text) = part.split_once('>')?;
        if let Some(name) = tag.strip_prefix('/') {
            (open.pop()? == name).then_some(())?;
            out.push_str("</");
            out.push_str(element(name)?);
            out.push('>');
        } else {
            let is_empty = tag.ends_with('/');
            let tag = tag.strip_suffix('/').unwrap_or(tag);
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            out.push('<');
            out.push_str(element(name)?);
            push_attributes(attributes, number, &mut out)?;
            out.push_str(if is_empty { "/>" } else { ">" });
            if !is_empty {
                open.push(name);
            }
        }
        out.push_str(text);
    }
    open.is_empty().then_some(out)
}

/// The element that is written for one of the library's. Links lead nowhere: nobody could check them.
fn element(name: &str) -> Option<&str> {
    let name = if name == "a" { "g" } else { name };
    ELEMENTS.contains(&name).then_some(name)
}

fn push_attributes(attributes: &str, number: usize, out: &mut String) -> Option<()> {
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (key, from) = rest.split_once("=\"")?;
        let (value, from) = from.split_once('"')?;
        let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':');
        key.bytes().all(is_name).then_some(())?;
        (from.is_empty() || from.starts_with(' ')).then_some(())?;
        push_attribute(key, value, number, out);
        rest = from.trim_start();
    }
    Some(())
}

fn push_attribute(key: &str, value: &str, number: usize, out: &mut String) {
    if !ATTRIBUTES.contains(&key) {
        return;
    }
    let reference = value
        .strip_prefix("url(#")
        .and_then(|id| id.strip_suffix(')'));
    let value: Cow<'_, str> = match (key, reference) {
        (_, Some(id)) => format!("url(#diagram-{number}-{id})").into(),
        (_, None) if key == "id" => format!("diagram-{number}-{value}").into(),
        // Of another file or site.
        (_, None) if value.contains('(') && key != "transform" => return,
        ("fill" | "stroke" | "stop-color" | "flood-color", None) => colours::themed(value).into(),
        _ if key.ends_with("opacity") => value.into(),
        _ => rounded(value),
    };
    out.push(' ');
    out.push_str(key);
    out.push_str("=\"");
    out.push_str(&value);
    out.push('"');
}

/// The HTML with the words of each diagram in its place, for programs that show no SVG in a text.
pub fn in_words(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.split_once("<figure class=\"diagram") {
        let (figure, from) = from.split_once("</figure>").unwrap_or((from, ""));
        let (svg, caption) = figure.split_once("</svg></div>").unwrap_or((figure, ""));
        out.push_str(before);
        out.push_str("<figure><p>");
        // A tag ends where the letters of a label begin; a label of several lines is several elements.
        let labels = svg.split("<text").skip(1).map(|label| {
            let label = label.split("</text>").next().unwrap_or_default();
            let pieces = label.split('>').skip(1);
            let pieces = pieces.map(|piece| piece.split('<').next().unwrap_or_default().trim());
            pieces
                .filter(|piece| !piece.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        });
        let labels: Vec<String> = labels.filter(|label| !label.is_empty()).collect();
        out.push_str(&labels.join(" · "));
        out.push_str("</p>");
        out.push_str(caption);
        out.push_str("</figure>");
        rest = from;
    }
    out.push_str(rest);
    out
}

/// The numbers of a value with as many places as one can see.
fn rounded(value: &str) -> Cow<'_, str> {
    if !value.contains('.') || !value.is_ascii() {
        return value.into();
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(dot) = rest.find('.') {
        let digits = rest[dot + 1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        out.push_str(&rest[..dot]);
        let kept = rest[dot + 1..][..digits.min(PLACES)].trim_end_matches('0');
        if !kept.is_empty() {
            out.push('.');
            out.push_str(kept);
        }
        rest = &rest[dot + 1 + digits..];
    }
    out.push_str(rest);
    out.into()
}
