//! Which name an author meant who wrote another.

/// The one of `known` that `written` most probably means, if any is near enough.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = written.to_lowercase();
    // Two letters of which one is wrong could mean anything.
    let limit = match folded.chars().count() {
        0..=2 => 0,
        length => (length / 3).max(1),
    };
    // A name that is longer or shorter by more letters than may be wrong need not be compared: in a list
    // of thousands that is most of them.
    let length = folded.chars().count();
    known
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(length) <= limit)
        .map(|name| (strsim::osa_distance(&folded, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Whether two words differ by one letter: too many, too few, wrong, or changed with its neighbour.
pub fn is_one_slip(one: &str, other: &str) -> bool {
    strsim::osa_distance(one, other) == 1
}

/// "did you mean `x`?" for the nearest of `known`, or the whole list where it is short.
pub fn did_you_mean(written: &str, known: &[&str]) -> Option<String> {
    match nearest(written, known.iter().copied()) {
        Some(name) => Some(format!("did you mean `{name}`?")),
        None if known.is_empty() => None,
        None if known.len() <= 30 => Some(format!("what can stand here: {}", known.join(", "))),
        None => None,
    }
}

/// Serde's message for an unknown key, with the names it knows: `(key, known)`.
pub fn unknown_key(message: &str) -> Option<(String, Vec<String>)> {
    let start = message.find("unknown field `")?;
    let mut names = message[start..]
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned);
    let key = names.next()?;
    Some((key, names.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_proposed() {
        assert_eq!(nearest("titel", ["title", "tags"]), Some("title"));
        assert_eq!(nearest("zebra", ["title", "tags"]), None);
    }
}
