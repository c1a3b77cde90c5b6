//! The syllables of English words: groups of vowels, less what is written and not spoken, more where two vowels part.

use super::ends;

pub(super) fn syllables(word: &[char]) -> usize {
    let vowel = |at: usize| match word[at] {
        'a' | 'e' | 'i' | 'o' | 'u' => true,
        // In `yes` and `beyond` a consonant, in `my`, `style` and `trying` none.
        'y' => {
            let between = at == 0 || "aeiou".contains(word[at - 1]);
            !(between && at + 1 < word.len() && "aeiou".contains(word[at + 1]))
        }
        _ => false,
    };
    let mut count = 0usize;
    let mut before = false;
    for at in 0..word.len() {
        let is = vowel(at) && !(word[at] == 'u' && at > 0 && word[at - 1] == 'q');
        if is && (!before || parts_english(word, at)) {
            count += 1;
        }
        before = is;
    }
    // Not spoken: take, takes, asked; but table, wanted, changes.
    let consonant = |at: usize| at < word.len() && !"aeiouy".contains(word[at]);
    let length = word.len();
    if length > 2 && ends(word, "e") && consonant(length - 2) && count > 1 {
        let spoken = word[length - 2] == 'l' && consonant(length - 3);
        count -= usize::from(!spoken);
    } else if length > 3 && ends(word, "es") && consonant(length - 3) && count > 1 {
        let hisses = "szxcg".contains(word[length - 3]) || ends(word, "ches") || ends(word, "shes");
        let spoken = hisses || word[length - 3] == 'l' && consonant(length - 4);
        count -= usize::from(!spoken);
    } else if length > 3 && ends(word, "ed") && consonant(length - 3) && count > 1 {
        let spoken = "td".contains(word[length - 3]) || ends(word, "bled") || ends(word, "tled");
        count -= usize::from(!spoken);
    }
    // Spoken without a vowel: didn't, isn't; prism, rhythm.
    let whispered = ends(word, "n't") && length > 3 && "dsz".contains(word[length - 4])
        || ends(word, "sm")
        || ends(word, "thm");
    let silent_in_compound = [
        "some", "there", "where", "here", "home", "care", "hope", "life", "love", "side",
    ]
    .iter()
    .any(|first| begins(word, first) && compound(&word[first.len()..]));
    let swallowed = silent_in_compound || begins(word, "every");
    (count + usize::from(whispered) - usize::from(swallowed && count > 1)).max(1)
}

fn begins(word: &[char], beginning: &str) -> bool {
    let mut letters = word.iter().copied();
    beginning.chars().all(|c| letters.next() == Some(c))
}

/// What makes a compound of a word that ends in a silent e: somebody, everything, careful, hopeless.
fn compound(rest: &[char]) -> bool {
    const SECONDS: &[&str] = &[
        "body", "thing", "times", "time", "where", "what", "how", "day", "fore", "ful", "fully",
        "less", "ly", "style", "work", "sick",
    ];
    SECONDS
        .iter()
        .any(|second| rest.iter().copied().eq(second.chars()))
}

/// Whether the vowel at `at` begins a syllable though one stands before it: being, idea, create, lion, science.
fn parts_english(word: &[char], at: usize) -> bool {
    let (before, this) = (word[at - 1], word[at]);
    let rest: &[char] = &word[at..];
    let is = |text: &str| rest.iter().copied().eq(text.chars());
    let head: &[char] = &word[..at];
    match (before, this) {
        ('a' | 'e' | 'i' | 'o' | 'u' | 'y', 'i') if is("ing") || is("ings") => true,
        ('i', 'a') => {
            !(begins(rest, "age") || ends(head, "ci") || ends(head, "ti") || ends(head, "gi"))
                || begins(rest, "ate")
                || begins(rest, "ati")
        }
        ('i', 'o') => !["ti", "si", "ci", "xi", "gi", "shi", "chi", "ni"]
            .iter()
            .any(|start| ends(head, start)),
        ('i', 'e') => {
            begins(rest, "et") && !begins(rest, "ets")
                || begins(rest, "ence")
                || begins(rest, "enc")
                || begins(rest, "ent") && !ends(head, "ti") && !ends(head, "fri")
                || (is("er") || is("est")) && head.len() > 3 && !ends(head, "ldi")
        }
        ('i', 'u') | ('u', 'a') => !matches!(head, [.., 'q' | 'g', 'u']) && !begins(rest, "ality"),
        ('e', 'o') => {
            !(begins(rest, "ople")
                || begins(rest, "on")
                || begins(rest, "ou")
                || begins(rest, "op"))
        }
        ('e', 'a') => {
            is("a")
                || is("as")
                || is("al")
                || is("ally")
                || is("ality")
                || begins(rest, "ate") && ends(head, "cre")
                || begins(rest, "ati") && ends(head, "cre")
                || begins(rest, "act") && ends(head, "re")
        }
        ('u', 'e') => begins(rest, "el") && !ends(head, "gu") || begins(rest, "ent"),
        ('u', 'i') => begins(rest, "in") && head.len() == 2 || begins(rest, "ity"),
        ('o', 'e') => begins(rest, "et") || begins(rest, "em"),
        ('y', 'a' | 'o') => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Speech, check};

    #[test]
    fn english_words_are_counted() {
        check(
            Speech::English,
            "the cat a I you your ease make makes mak·ing made take tak·en ta·ble ta·bles lit·tle peo·ple wan·ted \
             asked walked nee·ded start·ed chan·ges box·es watch·es wish·es pla·ces i·de·a i·de·as be·ing do·ing see·ing \
             try·ing cre·ate cre·a·ted cre·a·tive re·ac·tion na·tion spe·cial pa·tient friend sci·ence qui·et di·et \
             ex·pe·ri·ence au·di·ence me·di·a ra·di·o li·on vi·o·lence se·ri·ous pre·vi·ous re·li·gion o·pin·ion \
             quick ques·tion queen ac·tu·al sit·u·a·tion cru·el fu·el ru·in po·et po·em re·al re·al·ly \
             hap·py hap·pi·er hap·pi·est pier priest my type style be·yond yes rhy·thm did·n't is·n't don't can't won't could·n't \
             some·thing some·bod·y some·times eve·ry·thing hope·less care·ful care·ful·ly heart·break break·up \
             re·la·tion·ship Aus·tra·li·an plat·y·pus seem·ing·ly hy·brid mam·mal rep·til·i·an crea·ture \
             they're we'll it's mes·sage mes·sa·ges phone si·lence some·one eve·ry·one eve·ry e·nough through thought \
             well-·known moth·er-·in-·law",
        );
    }
}
