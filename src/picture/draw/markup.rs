//! Bounds of a drawing's elements, before they become shapes: how many there are when every reference is followed,
//! and how deep they lie. What painting the shapes takes, `work` says.

use std::collections::{BTreeMap, BTreeSet};

use resvg::usvg::roxmltree::{Document, Node};

/// Elements, when all that is referred to is put in its place.
const ELEMENTS: u64 = 500_000;
/// How deep elements lie in each other, what they refer to included: every level takes a picture's memory.
const DEPTH: u32 = 100;
/// Bytes of style sheets times elements: each rule is tried on each element.
const STYLED: u64 = 200_000_000;

/// Elements whose `href` brings something into the drawing.
const REFERRING: [&str; 8] = [
    "use",
    "pattern",
    "linearGradient",
    "radialGradient",
    "filter",
    "feImage",
    "textPath",
    "tref",
];
/// Properties that lead to elements, but for the markers.
const PROPERTIES: [&str; 5] = ["clip-path", "mask", "filter", "fill", "stroke"];

/// Refuses a drawing of too many elements, or too deep ones.
///
/// # Errors
/// In words, what there is too much of.
pub(super) fn check(document: &Document<'_>) -> Result<(), String> {
    let mut count = Count::new(document);
    let style: u64 = count.style;
    let too_styled = |elements: u64| elements.saturating_mul(style) > STYLED;
    // Before the rules are tried on the elements that are written, and with those that are used again.
    if too_styled(document.descendants().count() as u64)
        || too_styled(count.visit(document.root_element(), 1)?.size)
    {
        return Err("its style sheets are too long for its many elements".to_owned());
    }
    let root = count.visit(document.root_element(), 1)?;
    if root.cost > ELEMENTS {
        return Err(format!(
            "it has more than {ELEMENTS} elements where all that is used again is counted"
        ));
    }
    Ok(())
}

/// What stands below an element, with all that it refers to.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Elements.
    size: u64,
    /// Corners of its paths, where markers stand.
    corners: u64,
    /// Elements, those that masks, patterns and markers bring again and again included.
    cost: u64,
    /// Levels.
    depth: u32,
}

/// How often an element brings what it refers to.
enum Times {
    Once,
    /// It becomes a part of the element.
    Used,
    /// Each element below inherits the property.
    Inherited,
    /// So does each corner below.
    Corners,
}

struct Rule<'a> {
    words: BTreeSet<&'a str>,
    /// It may be for any element.
    any: bool,
    declarations: &'a str,
}

struct Count<'a, 'i> {
    ids: BTreeMap<&'a str, Vec<Node<'a, 'i>>>,
    rules: Vec<Rule<'a>>,
    style: u64,
    /// Nothing while it is being counted.
    sums: BTreeMap<u32, Option<Sum>>,
}

impl<'a, 'i> Count<'a, 'i> {
    fn new(document: &'a Document<'i>) -> Count<'a, 'i> {
        let mut count = Count {
            ids: BTreeMap::new(),
            rules: Vec::new(),
            style: 0,
            sums: BTreeMap::new(),
        };
        for node in document.descendants() {
            if let Some(id) = node.attribute("id") {
                count.ids.entry(id).or_default().push(node);
            }
            if let Some(sheet) = node.text().filter(|_| node.has_tag_name("style")) {
                count.style += sheet.len() as u64;
                count.rules.extend(sheet.split('}').filter_map(rule));
            }
        }
        count
    }

    fn visit(&mut self, node: Node<'a, 'i>, level: u32) -> Result<Sum, String> {
        let too_deep = || format!("its elements lie more than {DEPTH} deep in each other");
        match self.sums.get(&node.id().get()) {
            Some(Some(sum)) if level + sum.depth > DEPTH => return Err(too_deep()),
            Some(Some(sum)) => return Ok(*sum),
            Some(None) => return Err("an element in it refers to itself".to_owned()),
            None if level > DEPTH => return Err(too_deep()),
            None => {}
        }
        self.sums.insert(node.id().get(), None);
        let letters: usize = node.attributes().map(|a| a.value().len()).sum();
        let mut sum = Sum {
            size: 1,
            corners: corners(node),
            // A long value takes time, too.
            cost: 1 + letters as u64 / 1000,
            depth: 0,
        };
        for child in node.children() {
            if child.is_text() {
                sum.cost += child.text().map_or(0, |text| text.len() as u64);
            } else if child.is_element() {
                sum.add(self.visit(child, level + 1)?);
            }
        }
        for (id, times) in self.references(node) {
            for target in self.ids.get(id).cloned().unwrap_or_default() {
                let target = self.visit(target, level + 1)?;
                match times {
                    Times::Used => sum.add(target),
                    Times::Once => sum.bring(target, 1),
                    Times::Inherited => sum.bring(target, sum.size),
                    Times::Corners => sum.bring(target, sum.corners),
                }
            }
        }
        self.sums.insert(node.id().get(), Some(sum));
        Ok(sum)
    }

    /// The ids that an element refers to. Those that become a part of it come first.
    fn references(&self, node: Node<'a, 'i>) -> Vec<(&'a str, Times)> {
        let name = node.tag_name().name();
        let mut found = Vec::new();
        if REFERRING.contains(&name) {
            let links = node.attributes().filter(|a| a.name() == "href");
            let ids = links.filter_map(|a| a.value().trim().strip_prefix('#'));
            found.extend(ids.map(|id| match name {
                "use" => (id, Times::Used),
                _ => (id, Times::Once),
            }));
        }
        for attribute in node.attributes() {
            property(attribute.name(), attribute.value(), &mut found);
        }
        let own = node.attribute("style");
        let rules = self.rules.iter().filter(|rule| rule.may_be_for(node));
        for declarations in own.into_iter().chain(rules.map(|rule| rule.declarations)) {
            for declaration in declarations.split(';') {
                if let Some((name, value)) = declaration.split_once(':') {
                    property(name.trim(), value, &mut found);
                }
            }
        }
        found
    }
}

impl Sum {
    fn add(&mut self, part: Sum) {
        self.size = self.size.saturating_add(part.size);
        self.corners = self.corners.saturating_add(part.corners);
        self.bring(part, 1);
    }

    fn bring(&mut self, target: Sum, times: u64) {
        self.cost = self.cost.saturating_add(target.cost.saturating_mul(times));
        self.depth = self.depth.max(target.depth + 1);
    }
}

/// A property's references: `url(#a)`, several of them in a filter.
fn property<'a>(name: &str, value: &'a str, found: &mut Vec<(&'a str, Times)>) {
    if !PROPERTIES.contains(&name) && !name.starts_with("marker") {
        return;
    }
    for part in value.split("url(").skip(1) {
        let part = part.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let Some(id) = part.strip_prefix('#') else {
            continue;
        };
        let end = id.find(|c: char| matches!(c, ')' | '"' | '\'') || c.is_whitespace());
        let id = &id[..end.unwrap_or(id.len())];
        found.push(match name {
            "fill" | "stroke" => (id, Times::Inherited),
            "clip-path" | "mask" | "filter" => (id, Times::Once),
            _ => (id, Times::Corners),
        });
    }
}

/// A rule of a style sheet that leads to elements: which words its selector has. Too many elements may be counted as
/// its own, never too few.
fn rule(text: &str) -> Option<Rule<'_>> {
    let (selector, declarations) = text.rsplit_once('{')?;
    if !declarations.contains("url(") {
        return None;
    }
    let word = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'));
    Some(Rule {
        words: selector.split(word).filter(|w| !w.is_empty()).collect(),
        any: selector.contains(['*', '[', ':', '\\']),
        declarations,
    })
}

impl Rule<'_> {
    fn may_be_for(&self, node: Node<'_, '_>) -> bool {
        let classes = node.attribute("class").unwrap_or_default();
        self.any
            || self.words.contains(node.tag_name().name())
            || node
                .attribute("id")
                .is_some_and(|id| self.words.contains(id))
            || classes.split_whitespace().any(|c| self.words.contains(c))
    }
}

/// Corners of a shape, at most: no fewer than two bytes tell of one.
fn corners(node: Node<'_, '_>) -> u64 {
    let path = node.attribute("d").or_else(|| node.attribute("points"));
    path.map_or(4, |path| path.len() as u64 / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(inner: &str) -> Result<(), String> {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inner}</svg>");
        check(&Document::parse(&text).unwrap())
    }

    /// Twenty elements, each twice in the next.
    fn doubled(with: impl Fn(usize) -> String) -> String {
        (0..20).map(with).collect()
    }

    #[test]
    fn what_is_too_much_is_refused() {
        let deep = format!("{}{}", "<g>".repeat(120), "</g>".repeat(120));
        let chain = |name: &str| -> String {
            let one = |n| format!("<{name} id='a{n}' {name}='url(#a{})'/>", n + 1);
            (0..120).map(one).collect::<String>() + &format!("<rect {name}='url(#a0)'/>")
        };
        let used = doubled(|n| {
            let inner = n + 1;
            format!("<g id='a{n}'><use href='#a{inner}'/><use href='#a{inner}'/></g>")
        });
        let patterns = doubled(|n| {
            let inner = n + 1;
            let rect = format!("<rect fill='url(#a{inner})'/>").repeat(2);
            format!("<pattern id='a{n}'>{rect}</pattern>")
        });
        let styled = doubled(|n| {
            let inner = n + 1;
            let rect = format!("<rect class='c{inner}'/>").repeat(2);
            format!("<style>.c{n} {{ mask: url(#a{n}) }}</style><mask id='a{n}'>{rect}</mask>")
        });
        let markers = format!(
            "<marker id='m'>{}</marker><path marker-mid='url(#m)' d='{}'/>",
            "<rect/>".repeat(100),
            "l1 1".repeat(5000)
        );
        let sheet = format!(
            "<style>{}</style>{}",
            ".a{fill:red}".repeat(2000),
            "<rect/>".repeat(10_000)
        );
        let many = "it has more than 500000 elements where all that is used again is counted";
        let depth = "its elements lie more than 100 deep in each other";
        let refused = [
            (deep, depth),
            (chain("clip-path"), depth),
            (chain("mask"), depth),
            (used + "<use href='#a0'/>", many),
            (patterns + "<rect fill='url(#a0)'/>", many),
            (styled + "<rect class='c0'/>", many),
            (markers, many),
            (sheet, "its style sheets are too long for its many elements"),
            (
                "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>".to_owned(),
                "an element in it refers to itself",
            ),
        ];
        for (inner, why) in refused {
            assert_eq!(checked(&inner), Err(why.to_owned()), "{}", &inner[..60]);
        }
    }

    #[test]
    fn a_large_map_is_fine() {
        let paths = "<path style='clip-path:url(#c)' d='M0 0l1 1l3 4z'/>".repeat(20_000);
        let map = format!("<clipPath id='c'><rect/></clipPath><g fill='red'>{paths}</g>");
        assert_eq!(checked(&map), Ok(()));
        assert_eq!(checked("<a href='#b'><g id='b'/></a>"), Ok(()));
    }
}
