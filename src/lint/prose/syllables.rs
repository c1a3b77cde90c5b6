//! Counts the syllables of a word by its vowels, with rules for each language. An estimate, as in every program that
//! has no dictionary of sounds: right for nearly all common words, and near enough for a mean over a page.

/// A language whose syllables can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "languages by their names")]
pub enum Speech {
    English,
    German,
    French,
    Spanish,
    Dutch,
    Portuguese,
    Russian,
}

/// How many syllables a word has. At least one, but for Russian, where prepositions such as `в` have none.
///
/// `letters` is space to work in.
pub fn count(speech: Speech, word: &str, letters: &mut Vec<char>) -> usize {
    letters.clear();
    letters.extend(
        word.chars()
            .map(|c| if c == '’' { '\'' } else { c })
            .flat_map(char::to_lowercase),
    );
    // A hyphen, a digit or a quote parts a word in two, each with its own beginning and end.
    let parts = letters.split(|c| !c.is_alphabetic() && *c != '\'');
    let of_part = |part: &[char]| match speech {
        Speech::English => english(part),
        Speech::French => french(part),
        Speech::Russian => part.iter().filter(|c| "аеёиоуыэюя".contains(**c)).count(),
        Speech::German => {
            by_pairs(part, "aeiouyäöü", GERMAN)
                + usize::from(ends(part, "eum") || ends(part, "äum"))
        }
        Speech::Dutch => by_pairs(part, "aeiouyáéèëïöü", DUTCH),
        Speech::Spanish => latin(part, "aeoáéó", "iuü", "íú"),
        Speech::Portuguese => portuguese(part),
    };
    let total: usize = parts
        .map(|part| trimmed(part, '\''))
        .filter(|part| !part.is_empty())
        .map(of_part)
        .sum();
    match speech {
        Speech::Russian => total,
        _ => total.max(1),
    }
}

fn trimmed(mut part: &[char], edge: char) -> &[char] {
    while let [first, rest @ ..] = part {
        if *first != edge {
            break;
        }
        part = rest;
    }
    while let [rest @ .., last] = part {
        if *last != edge {
            break;
        }
        part = rest;
    }
    part
}

fn ends(word: &[char], ending: &str) -> bool {
    let length = ending.chars().count();
    word.len() >= length
        && word[word.len() - length..]
            .iter()
            .copied()
            .eq(ending.chars())
}

/// Vowels that are one syllable together, longest first; each other vowel is one of its own.
const GERMAN: &[&str] = &[
    "aa", "ai", "au", "ay", "ee", "ei", "eu", "ey", "ie", "oo", "äu",
];
const DUTCH: &[&str] = &[
    "aai", "eau", "eeu", "ieu", "ieë", "oei", "ooi", "aa", "ai", "au", "ee", "ei", "eu", "ie",
    "oe", "oo", "ou", "ui", "uu", "ëi",
];

fn by_pairs(word: &[char], vowels: &str, together: &[&str]) -> usize {
    let is_vowel = |c: char| vowels.contains(c);
    let (mut at, mut count) = (0, 0);
    while at < word.len() {
        let c = word[at];
        let next = word.get(at + 1).copied();
        // Quelle, jaar, you: no vowels of their own here.
        let silent = c == 'u' && at > 0 && word[at - 1] == 'q'
            || c == 'y' && next.is_some_and(is_vowel) && (at == 0 || !is_vowel(word[at - 1]));
        if silent || !is_vowel(c) {
            at += 1;
            continue;
        }
        let starts = |group: &&&str| {
            let length = group.chars().count();
            word[at..].iter().copied().take(length).eq(group.chars())
        };
        let group = together.iter().find(starts);
        at += group.map_or(1, |group| group.chars().count());
        // In Dutch, `ij` is written with a j.
        if word.get(at) == Some(&'j') && word[at - 1] == 'i' && vowels.contains('ë') {
            at += 1;
        }
        count += 1;
    }
    count.max(1)
}

fn english(word: &[char]) -> usize {
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

fn french(word: &[char]) -> usize {
    // l'homme, qu'il: what stands before the apostrophe has no sound of its own.
    if let Some(at) = word.iter().rposition(|c| *c == '\'') {
        let (first, second) = (&word[..at], &word[at + 1..]);
        let own = if first.len() > 2 && first != ['q', 'u'] {
            french(first)
        } else {
            0
        };
        return own + french(second);
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

/// Vowels that stand together: two strong ones part, and so does a weak one with an accent.
fn latin(word: &[char], strong: &str, weak: &str, accented: &str) -> usize {
    let mut count = 0usize;
    let mut before: Option<char> = None;
    for (at, &c) in word.iter().enumerate() {
        let silent = c == 'u'
            && at > 0
            && matches!(word[at - 1], 'q' | 'g')
            && word.get(at + 1).is_some_and(|c| "eiéíê".contains(*c));
        let is_vowel = !silent && (strong.contains(c) || weak.contains(c) || accented.contains(c));
        if is_vowel {
            let parts = before.is_none_or(|before| {
                accented.contains(c)
                    || accented.contains(before)
                    || strong.contains(c) && strong.contains(before)
            });
            count += usize::from(parts);
        }
        before = is_vowel.then_some(c);
    }
    count.max(1)
}

fn portuguese(word: &[char]) -> usize {
    let glides = ["ão", "ãe", "õe", "ãos", "ães", "ões"];
    let nasal = glides.iter().any(|ending| ends(word, ending));
    let strong = "aeoáéóâêôàãõ";
    let count = latin(word, strong, "iuü", "íú");
    // Without an accent before it, the weak vowel of -ia, -io, -ua, -uo is the loud one: alegria, but família.
    let plain = !word.iter().any(|c| "áéíóúâêôãõ".contains(*c));
    let bare = if ends(word, "s") {
        &word[..word.len() - 1]
    } else {
        word
    };
    let parts = ["ia", "io", "ua", "uo"].iter().any(|ending| {
        ends(bare, ending)
            && bare.len() > 2
            && !matches!(bare[bare.len() - 3], 'q' | 'g')
            && !"aeo".contains(bare[bare.len() - 3])
    });
    (count + usize::from(parts && plain) - usize::from(nasal && count > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with their syllables parted by dots, as dictionaries have them.
    fn check(speech: Speech, words: &str) {
        let mut wrong = Vec::new();
        for parted in words.split_whitespace() {
            let word = parted.replace('·', "");
            let (wanted, found) = (
                parted.split('·').count(),
                count(speech, &word, &mut Vec::new()),
            );
            if wanted != found {
                wrong.push(format!("{parted} {found}"));
            }
        }
        assert!(wrong.is_empty(), "{speech:?}: {wrong:?}");
    }

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

    #[test]
    fn german_words_are_counted() {
        check(
            Speech::German,
            "die Lie·be mei·ne Ent·chen schwim·men Köpf·chen Tren·nung Be·zie·hung neu neu·e Bau·er schau·en Häu·ser Müt·ter \
             The·a·ter Na·ti·on Quel·le Qual Typ Mu·se·um See Schnee Haar Boot be·ob·ach·ten Freun·din zu·erst E·he \
             Kon·takt·sper·re Brief·kas·ten ich Ei ru·hig Ra·di·o",
        );
    }

    #[test]
    fn french_words_are_counted() {
        check(
            Speech::French,
            "le chat porte portes mai·son mu·sique qui que l'homme qu'il a·mour rup·ture vie an·née ré·el cré·er thé·âtre \
             o·cé·an na·tion na·ïf No·ël au·jourd'·hui jour jour·née langue fa·tigue beau·coup heu·reux vous",
        );
    }

    #[test]
    fn spanish_words_are_counted() {
        check(
            Speech::Spanish,
            "el ca·sa dia·rio dí·a ca·mión a·ho·ra te·a·tro pa·ís muy rey y que gue·rra a·gua pin·güi·no ciu·dad cau·sa \
             le·er rup·tu·ra co·ra·zón can·ción mie·do",
        );
    }

    #[test]
    fn dutch_words_are_counted() {
        check(
            Speech::Dutch,
            "de jaar huis tijd mooi sneeuw nieuws lief·de be·ant·woor·den bij blij·ven ge·zien i·dee be·ëin·digd zo·ë·ven \
             koei·en thuis boek re·la·tie ik",
        );
    }

    #[test]
    fn portuguese_words_are_counted() {
        check(
            Speech::Portuguese,
            "o ca·sa não mãe co·ra·ção co·ra·ções di·a a·le·gri·a fa·mí·lia his·tó·ria sa·ú·de pa·ís á·gua quem guer·ra \
             a·mor meu mui·to",
        );
    }

    #[test]
    fn russian_words_are_counted() {
        check(Speech::Russian, "лю·бовь раз·лу·ка ёж е·ё и·ди·те");
        assert_eq!(count(Speech::Russian, "в", &mut Vec::new()), 0);
    }
}
