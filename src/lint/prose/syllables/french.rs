//! The syllables of French words: groups of vowels, without what stands before an apostrophe and without a last e.

use super::ends;

pub(super) fn syllables(word: &[char]) -> usize {
    // l'homme, qu'il: what stands before the apostrophe has no sound of its own.
    if let Some(at) = word.iter().rposition(|c| *c == '\'') {
        let (first, second) = (&word[..at], &word[at + 1..]);
        let own = if first.len() > 2 && first != ['q', 'u'] {
            syllables(first)
        } else {
            0
        };
        return own + syllables(second);
    }
    let is_vowel = |c: char| "aeiouyàâäéèêëîïôöùûüœæ".contains(c);
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for at in 0..word.len() {
        if !is_vowel(word[at]) || word[at] == 'u' && at > 0 && word[at - 1] == 'q' {
            continue;
        }
        let apart = at > 0
            && (matches!(word[at], 'ï' | 'ë')
                || word[at - 1] == 'é' && !matches!(word[at..], ['e'] | ['e', 's'])
                || word[at] == 'é' && "aéou".contains(word[at - 1]));
        match groups.last_mut().filter(|(_, end)| *end == at && !apart) {
            Some((_, end)) => *end = at + 1,
            None => groups.push((at, at + 1)),
        }
    }
    // A last e is not spoken, nor is it in -es: porte, portes.
    let bare = if ends(word, "es") {
        &word[..word.len() - 1]
    } else {
        word
    };
    let mute = ends(bare, "e")
        && groups.last().is_some_and(|(start, end)| {
            *end == bare.len()
                && (end - start == 1
                    || end - start == 2
                        && word[*start] == 'u'
                        && *start > 0
                        && word[start - 1] == 'g')
        });
    (groups.len() - usize::from(mute && groups.len() > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::super::{Speech, check};

    #[test]
    fn french_words_are_counted() {
        check(
            Speech::French,
            "le chat porte portes mai·son mu·sique qui que l'homme qu'il a·mour rup·ture vie an·née ré·el cré·er thé·âtre \
             o·cé·an na·tion na·ïf No·ël au·jourd'·hui jour jour·née langue fa·tigue beau·coup heu·reux vous",
        );
    }
}
