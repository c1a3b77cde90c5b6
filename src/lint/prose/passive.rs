//! Finds the passive voice in an English sentence: a form of `be` or `get`, and a past participle after it. A grammar
//! would know more; this knows the common forms, and leaves out the participles that say how one feels.

use std::ops::Range;

use super::words;

const BE: &str = "am are be been being is was were";
const GET: &str = "get gets getting got gotten";

/// These may stand between: "was never told".
const BETWEEN: &str = "all almost already also always being both even ever far first just more never not now often once \
    only quite rather seldom so sometimes soon still then too very well you they we he she it i";

/// Past participles that do not end in -ed. Those that are adjectives or tell of a move are left out: `gone`, `become`,
/// `lost`, `done`.
const IRREGULAR: &str = "arisen beaten begun bent bitten blown born borne bought bound broken brought built burnt burst cast \
    caught chosen cut dealt drawn driven drunk eaten fed felt flung forbidden forgiven forgotten fought \
    found frozen given ground grown heard held hidden hit hung hurt kept knit known laid led left lent \
    let lit made meant met mistaken overcome overheard overthrown paid put quoted read rewritten ridden \
    rung said seen sent set sewn shaken shot shown shut slain sold sought spent split spoken spread spun \
    stolen struck stuck stung sung swept sworn taken taught thrown told torn understood undone upheld \
    withdrawn withheld won worn wound woven written wrung";

/// Words in -ed that are no participles, or that say how somebody is rather than what is done.
const STATES: &str = "aged agreed annoyed ashamed bed bleed bored breed concerned confused convinced crooked dated \
    dedicated delighted depressed detached determined devoted disappointed divorced dressed embarrassed \
    engaged excited exhausted feed freed frightened frustrated gifted greed hundred hurried indeed \
    interested involved isolated kindred limited married mixed naked need old-fashioned overwhelmed \
    pleased prepared puzzled qualified ragged red related relaxed relieved retired rugged sacred \
    satisfied scared seed shed shocked sled speed started stressed supposed surprised tired used weed \
    wicked worried wretched";

/// The first passive form in a sentence: its bytes.
pub fn find(sentence: &str) -> Option<Range<usize>> {
    let base = sentence.as_ptr() as usize;
    let mut open: Option<usize> = None;
    for written in words(sentence) {
        let start = written.as_ptr() as usize - base;
        let word = written.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = word.to_lowercase();
        let lower = lower.as_str();
        if let Some(from) = open
            && is_participle(lower)
        {
            let end = start + written.find(word).unwrap_or(0) + word.len();
            return Some(from..end);
        }
        if opens(lower) {
            open.get_or_insert(start + written.find(word).unwrap_or(0));
        } else if !(is_in(BETWEEN, lower) || lower.ends_with("ly") && lower.len() > 3) {
            open = None;
        }
        // A comma ends what could have been one form.
        if written.ends_with([',', ';', ':', ')', '"', '”']) {
            open = None;
        }
    }
    None
}

fn opens(word: &str) -> bool {
    let short = word
        .strip_suffix("n't")
        .or_else(|| word.strip_suffix("n’t"))
        .unwrap_or(word);
    is_in(BE, short) || is_in(GET, word) || word.ends_with("'re") || word.ends_with("’re")
}

fn is_participle(word: &str) -> bool {
    let word = word.rsplit('-').next().unwrap_or(word);
    is_in(IRREGULAR, word) || word.len() > 3 && word.ends_with("ed") && !is_in(STATES, word)
}

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passive_forms_are_found() {
        for (sentence, form) in [
            ("The letter was written by them.", "was written"),
            (
                "It has never been fully explained, they say.",
                "been fully explained",
            ),
            ("You're told that it ends.", "You're told"),
            ("He got fired.", "got fired"),
            ("That isn’t said aloud.", "isn’t said"),
            ("Were you followed?", "Were you followed"),
            ("The keys are being held \"for now\".", "are being held"),
        ] {
            let found = find(sentence).map(|at| &sentence[at]);
            assert_eq!(found, Some(form), "{sentence}");
        }
    }

    #[test]
    fn other_forms_are_not() {
        for sentence in [
            "They wrote the letter.",
            "You are tired, and that is fine.",
            "She is writing and has written.",
            "We used to be married.",
            "It is, said the doctor, a cold.",
            "There are hundred reasons.",
            "Get dressed. Be kind.",
            "This is the plan we followed.",
        ] {
            assert_eq!(find(sentence).map(|at| &sentence[at]), None, "{sentence}");
        }
    }
}
