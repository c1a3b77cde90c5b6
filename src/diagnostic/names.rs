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
        .map(|name| (name.to_lowercase(), name))
        .filter(|(small, _)| strangers(&folded, small) <= limit)
        .map(|(small, name)| {
            let (one, other) = cores(&folded, &small);
            (strsim::osa_distance(one, other), name)
        })
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Letters of one text that the other has no equal of, at least; never more than the distance.
fn strangers(one: &str, other: &str) -> usize {
    let mut counts = [0i32; 64];
    one.bytes().for_each(|b| counts[usize::from(b) % 64] += 1);
    other.bytes().for_each(|b| counts[usize::from(b) % 64] -= 1);
    let sum = |sign: i32| -> i32 { counts.iter().map(|count| (count * sign).max(0)).sum() };
    // A letter has up to four bytes.
    let most = sum(1).max(sum(-1));
    let bytes = if one.is_ascii() && other.is_ascii() {
        1
    } else {
        4
    };
    usize::try_from(most / bytes).unwrap_or(0)
}

/// Two texts without what they share at their ends, which changes no distance.
fn cores<'t>(one: &'t str, other: &'t str) -> (&'t str, &'t str) {
    let shared = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
        let pairs = a.zip(b).take_while(|(a, b)| a == b);
        pairs.map(|(a, _)| a.len_utf8()).sum()
    };
    let start = shared(&mut one.chars(), &mut other.chars());
    let (one, other) = (&one[start..], &other[start..]);
    let end = shared(&mut one.chars().rev(), &mut other.chars().rev());
    (&one[..one.len() - end], &other[..other.len() - end])
}

/// Many names, of which the nearest to a wrong one is looked for often.
pub struct Names {
    /// In small letters, and as they are; sorted.
    forward: Vec<(String, String)>,
    /// From their ends; sorted.
    backward: Vec<(String, String)>,
}

impl Names {
    /// So many names are all compared.
    const FEW: usize = 200;
    /// Of more names, so many on each side of where the wrong one would stand, sorted by beginnings and by ends: a slip
    /// leaves one of both as it was.
    const SIDE: usize = 12;
    /// Of these, so many that share the longest ends with the wrong one are compared letter by letter.
    const COMPARED: usize = 8;

    /// Sorts them.
    pub fn new<'n>(names: impl Iterator<Item = &'n str>) -> Names {
        let sorted = |mut pairs: Vec<(String, String)>| {
            pairs.sort_unstable();
            pairs.dedup();
            pairs
        };
        let forward: Vec<_> = names
            .map(|name| (name.to_lowercase(), name.to_owned()))
            .collect();
        let forward = sorted(forward);
        let backward = match forward.len() {
            0..=Names::FEW => Vec::new(),
            _ => {
                let turned = |(small, name): &(String, String)| {
                    (small.chars().rev().collect(), name.clone())
                };
                sorted(forward.iter().map(turned).collect())
            }
        };
        Names { forward, backward }
    }

    /// The one that `written` most probably means.
    pub fn nearest(&self, written: &str) -> Option<&str> {
        if self.forward.len() <= Names::FEW {
            return nearest(written, self.forward.iter().map(|(_, name)| name.as_str()));
        }
        let small = written.to_lowercase();
        let turned: String = small.chars().rev().collect();
        let around = |names: &'_ [(String, String)], wanted: &str| {
            let at = names.partition_point(|(name, _)| name.as_str() < wanted);
            at.saturating_sub(Names::SIDE)..names.len().min(at + Names::SIDE)
        };
        let forward = &self.forward[around(&self.forward, &small)];
        let backward = &self.backward[around(&self.backward, &turned)];
        let shared = |wanted: &str, name: &str| wanted.len() - cores(wanted, name).0.len();
        let ahead = forward
            .iter()
            .map(|(name, own)| (shared(&small, name), own));
        let behind = backward
            .iter()
            .map(|(name, own)| (shared(&turned, name), own));
        let mut near: Vec<_> = ahead.chain(behind).collect();
        near.sort_unstable_by(|one, other| other.cmp(one));
        near.dedup();
        near.truncate(Names::COMPARED);
        nearest(written, near.into_iter().map(|(_, name)| name.as_str()))
    }
}

/// Whether two words differ by one letter: too many, too few, wrong, or changed with its neighbour.
pub fn is_one_slip(one: &str, other: &str) -> bool {
    strsim::osa_distance(one, other) == 1
}

/// Whether `written` is most probably a slip for `known`: one letter of a short name, or two of a longer one, are wrong.
pub fn is_slip(written: &str, known: &str) -> bool {
    let limit = match written.chars().count().min(known.chars().count()) {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    strsim::osa_distance(&written.to_lowercase(), known) <= limit
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
        assert_eq!(nearest("köfnig", ["könig", "kegel"]), Some("könig"));
    }

    #[test]
    fn among_many_names_a_slip_is_found_wherever_it_is() {
        let words = [
            "apple", "river", "stone", "cloud", "grass", "night", "paper", "glass", "money",
            "bread",
        ];
        let pairs = words.iter().flat_map(|a| words.iter().map(move |b| (a, b)));
        let names: Vec<String> = pairs
            .flat_map(|(a, b)| words.iter().map(move |c| format!("{a}-{b}-{c}.md")))
            .collect();
        let known = Names::new(names.iter().map(String::as_str));
        for wrong in [
            "rivver-stone-glass.md",
            "river-stine-glass.md",
            "river-stone-glss.md",
            "River-Stone-glass.md",
            "irver-stone-glass.md",
        ] {
            assert_eq!(
                known.nearest(wrong),
                Some("river-stone-glass.md"),
                "{wrong}"
            );
        }
        assert_eq!(known.nearest("quite-another-thing"), None);
    }
}
