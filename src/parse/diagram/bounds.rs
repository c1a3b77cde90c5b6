//! What a diagram may be: its kind, its size, and what the library would come to no end of.

use std::collections::BTreeMap;

use mermaid_svg::Diagram;
use mermaid_svg::ast::{CompositeState, GanttDiagram, StateDiagram, TaskEnd, TaskStart};

use super::Mistake;
use crate::diagnostic::nearest;
use crate::list::words;

/// Bytes of a diagram.
const LONGEST: usize = 16 << 10;
/// Lines of a diagram: what is between them grows with their square.
const MOST_LINES: usize = 400;
/// States within one state, counted each time one of them is named there.
const MOST_STATES: usize = 2_000;
/// Brackets in brackets: the library goes down by recursion.
const DEEPEST: usize = 40;
/// Days of a task.
const LONGEST_TASK: f64 = 3_660.0;
/// Years between the first day and the last.
const MOST_YEARS: u16 = 100;

/// What a diagram can begin with. The library knows more; these are what people use, and what no text was found to stop.
pub(super) const KINDS: &[&str] = &words::<14>(
    "classDiagram erDiagram flowchart gantt gitGraph graph journey mindmap pie quadrantChart \
    sequenceDiagram stateDiagram timeline xychart-beta",
);

/// Refuses what the library does not know, or would not come back from in time.
pub(super) fn bounded(source: &str) -> Result<(), Mistake> {
    let refuse = |message: &str, line| {
        Err(Mistake {
            message: message.to_owned(),
            line,
        })
    };
    if source.len() > LONGEST {
        return refuse("it is longer than 16 KiB", None);
    }
    let (line, word) = first_word(source);
    if !KINDS.iter().any(|kind| word.starts_with(kind)) {
        let near = nearest(word, KINDS.iter().copied());
        let guess = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return match word {
            "" => refuse("it is empty", None),
            _ => refuse(
                &format!("diagrams that begin with `{word}` are not drawn{guess}"),
                Some(line),
            ),
        };
    }
    let mut depth = 0usize;
    for (number, line) in (1..).zip(source.lines()) {
        if number > MOST_LINES {
            return refuse("it has more than 400 lines", Some(number));
        }
        let mut in_line = 0usize;
        for c in line.chars() {
            match c {
                '(' | '[' | '{' | '<' => in_line += 1,
                ')' | ']' | '}' | '>' => in_line = in_line.saturating_sub(1),
                _ => {}
            }
            if in_line > DEEPEST {
                return refuse("its brackets stand too deep in each other", Some(number));
            }
        }
        let line = line.trim();
        match line.ends_with('{') || line.starts_with("subgraph") {
            true => depth += 1,
            false if matches!(line, "}" | "end") => depth = depth.saturating_sub(1),
            false => {}
        }
        if depth > DEEPEST {
            return refuse("its parts stand too deep in each other", Some(number));
        }
    }
    Ok(())
}

/// The word that a diagram begins with, behind comments and what stands between lines of hyphens, and its line.
fn first_word(source: &str) -> (usize, &str) {
    let mut is_front = false;
    for (number, line) in (1..).zip(source.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line == "---" {
            is_front = !is_front;
        } else if !is_front && !line.is_empty() && !line.starts_with("%%") {
            let end = line.find(|c: char| c.is_whitespace() || matches!(c, ';' | ':'));
            return (number, &line[..end.unwrap_or(line.len())]);
        }
    }
    (1, "")
}

/// What the library would not come to the end of, and words of the line where it stands.
pub(super) fn endless(diagram: &Diagram) -> Option<(&'static str, String)> {
    match diagram {
        Diagram::Gantt(chart) => days(chart),
        Diagram::State(states) => deep(states).map(|id| ("a state in it would hold itself", id)),
        _ => None,
    }
}

/// What is wrong with the days of a chart of time: the library looks at each, from the first to the last.
fn days(chart: &GanttDiagram) -> Option<(&'static str, String)> {
    let format = chart.date_format.as_deref().unwrap_or("YYYY-MM-DD");
    let is_whole = format.contains("YYYY");
    let weekdays = chart
        .excludes
        .iter()
        .filter(|day| day.to_lowercase().ends_with("day"));
    if weekdays.count() > 4 {
        return Some(("hardly a day of the week is left", "excludes".to_owned()));
    }
    let mut first = None;
    for task in chart.sections.iter().flat_map(|section| &section.tasks) {
        let start = match &task.start {
            TaskStart::Date(day) => Some(day),
            _ => None,
        };
        let end = match &task.end {
            TaskEnd::Date(day) => Some(day),
            TaskEnd::Duration(days) if !(0.0..=LONGEST_TASK).contains(days) => {
                return Some(("a task in it takes more than ten years", task.name.clone()));
            }
            _ => None,
        };
        for day in [start, end].into_iter().flatten() {
            let numbers = day
                .split(|c: char| !c.is_ascii_digit())
                .filter(|digits| !digits.is_empty());
            let (long, short): (Vec<&str>, Vec<&str>) =
                numbers.partition(|digits| digits.len() > 3);
            let fits = match is_whole {
                true => long.len() == 1 && long[0].len() == 4 && short.len() > 1,
                false => long.is_empty(),
            };
            if !fits {
                return Some((
                    "a day in it is not written as its `dateFormat` says",
                    day.clone(),
                ));
            }
            for year in long.iter().filter_map(|digits| digits.parse::<u16>().ok()) {
                if year.abs_diff(*first.get_or_insert(year)) > MOST_YEARS {
                    return Some(("its days lie more than a hundred years apart", day.clone()));
                }
            }
        }
    }
    None
}

/// A state that stands within itself, be it by way of others, or with so many others that nobody would see one: the library
/// goes down into each.
fn deep(states: &StateDiagram) -> Option<String> {
    let inner: BTreeMap<&str, &CompositeState> = states
        .composites
        .iter()
        .map(|state| (state.id.as_str(), state))
        .collect();
    let mut sizes = BTreeMap::new();
    let too_many = |size: Option<usize>| size.is_none_or(|size| size > MOST_STATES);
    let mut all = states.composites.iter().map(|state| state.id.as_str());
    all.find(|id| too_many(size(id, &inner, &mut sizes)))
        .map(str::to_owned)
}

/// How many states stand within one and itself; none where they have no end.
fn size<'d>(
    id: &'d str,
    inner: &BTreeMap<&str, &'d CompositeState>,
    sizes: &mut BTreeMap<&'d str, Option<usize>>,
) -> Option<usize> {
    let Some(state) = inner.get(id) else {
        return Some(1);
    };
    if let Some(size) = sizes.get(id) {
        return *size;
    }
    // What is asked again while it is counted stands within itself.
    sizes.insert(id, None);
    let mut count = 1usize;
    for child in state.regions.iter().flatten() {
        count = count.saturating_add(size(child, inner, sizes)?);
    }
    sizes.insert(id, Some(count));
    Some(count)
}
