//! The owner's own words: what they must not say to a visitor who is about to choose (requirements F-05, F-06, F-11).
//!
//! Whole words are compared with the lexicons of all languages at once, whatever language the text is in: a Russian
//! sentence in a Kazakh text presses as much. A word is read as a visitor sees it: letters that nobody sees, accents, and
//! letters of the other alphabet that look the same make no other word of it. It must not take long for any text (requirement T-06): the lexicons are
//! read once, each word of a text is looked up once, a pattern is held only against the places where its first word
//! stands, and its gaps are at most eight words wide.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexicon;
use crate::config::hidden::is_unseen;
use crate::config::problem::{Code, Fault};

/// What words are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A name: only what is no word at all is found in it.
    Name,
    /// What a category, a service or something stored is for.
    Purpose,
    /// What is necessary is for: nobody chooses it, so what a site cannot do without it is no threat.
    Necessary,
    /// What stands around the choice.
    Text,
    /// The label of the refusal, in a language of the lexicons.
    Refusal,
    /// The label of the acceptance, in a language of the lexicons.
    Acceptance,
}

/// Everything that a text must not say in its role, each code once; the words that say it are the hint.
pub fn faults(text: &str, role: Role) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    if let Some(picture) = picture(text) {
        faults.push(Fault::with(Code::Emoji, picture));
    }
    if role == Role::Name {
        return faults;
    }
    let lexicons = &*LEXICONS;
    let words = lexicons.read(text);
    if role == Role::Refusal
        && (find(&words, &lexicons.refusals).is_none() || find(&words, &lexicons.evasions).is_some())
    {
        // It has to be written anew, whatever else it says.
        faults.push(Code::NotARefusal.into());
        return faults;
    }
    if role == Role::Acceptance && find(&words, &lexicons.refusals).is_some() {
        faults.push(Code::NotAnAcceptance.into());
    }
    let is_purpose = matches!(role, Role::Purpose | Role::Necessary);
    if is_purpose && lexicons.is_vague(&words) {
        faults.push(Code::VaguePurpose.into());
    }
    let around = if is_purpose {
        &[][..]
    } else {
        &lexicons.beside_the_choice
    };
    for (code, patterns) in lexicons.anywhere.iter().chain(around) {
        let is_said = faults.iter().any(|fault| fault.code == *code);
        let is_allowed = role == Role::Necessary && *code == Code::Guilt;
        // One code once: the owner reads the whole sentence anyway.
        if !is_said
            && !is_allowed
            && let Some(found) = find(&words, patterns)
        {
            faults.push(Fault::with(*code, found));
        }
    }
    faults
}

/// A picture or a face in a text: what draws the eye and says nothing (requirement F-06).
fn picture(text: &str) -> Option<String> {
    let faces = [":-)", ";-)", " :)", " ;)", ")))", "^_^"];
    if let Some(face) = faces.into_iter().find(|face| text.contains(face)) {
        return Some(face.to_owned());
    }
    let is_drawn = |letter: &char| {
        matches!(
            u32::from(*letter),
            0x231a..=0x231b | 0x23e9..=0x23fa | 0x2600..=0x27bf | 0x2b05..=0x2b55 | 0xfe0f | 0x1_f000..
        )
    };
    text.chars().find(is_drawn).map(String::from)
}

/// The number of a group of words, as `agree|agre*` in a pattern.
type Group = usize;

/// A step of a pattern along the words of a text.
enum Step {
    /// A word of this group.
    OneOf(Group),
    /// No word of this group among the next three.
    NoneOf(Group),
    /// Up to so many words.
    Gap(usize),
}

/// A pattern: it begins with a word of a group.
struct Pattern {
    first: Group,
    steps: Vec<Step>,
}

/// A word of a text.
struct Word {
    /// In small letters; `.` for whatever ends a sentence.
    text: String,
    /// The groups that it is of.
    groups: Vec<Group>,
    /// Whether it denies what follows, or what it stands in.
    is_denial: bool,
}

impl Word {
    fn ends_a_sentence(&self) -> bool {
        self.text == "."
    }
}

/// A text as it is matched.
struct Text {
    words: Vec<Word>,
    /// Where the words of a group stand.
    places: HashMap<Group, Vec<usize>>,
}

/// The lexicons as they are matched.
struct Lexicons {
    groups: Groups,
    hollow: Vec<Group>,
    filling: Vec<Group>,
    denials: Group,
    refusals: Vec<Pattern>,
    evasions: Vec<Pattern>,
    /// What no words may say.
    anywhere: [(Code, Vec<Pattern>); 5],
    /// What the words around the choice may not say either.
    beside_the_choice: [(Code, Vec<Pattern>); 2],
}

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| {
    let mut groups = Groups::default();
    Lexicons {
        hollow: lexicon::HOLLOW.iter().map(|line| groups.add(line)).collect(),
        filling: lexicon::FILLING.iter().map(|line| groups.add(line)).collect(),
        denials: groups.add(lexicon::DENIALS),
        refusals: groups.patterns(lexicon::REFUSALS),
        evasions: groups.patterns(lexicon::EVASIONS),
        anywhere: [
            (Code::Guilt, groups.patterns(lexicon::GUILT)),
            (Code::Urgency, groups.patterns(lexicon::URGENCY)),
            (Code::Reward, groups.patterns(lexicon::REWARD)),
            (Code::ImpliedConsent, groups.patterns(lexicon::IMPLIED)),
            (Code::BundledConsent, groups.patterns(lexicon::BUNDLED)),
        ],
        beside_the_choice: [
            (Code::Guilt, groups.patterns(lexicon::GUILT_BESIDE_THE_CHOICE)),
            (Code::Reward, groups.patterns(lexicon::REWARD_BESIDE_THE_CHOICE)),
        ],
        groups,
    }
});

impl Lexicons {
    /// A text as its words in small letters; a mark that ends a sentence is a word of its own.
    fn read(&self, text: &str) -> Text {
        let mut read = Text {
            words: Vec::new(),
            places: HashMap::new(),
        };
        let mut word = String::new();
        for letter in seen(text).chain([' ']) {
            match letter {
                // Inside a word they are no end of it: "don't".
                '\'' | '’' => {}
                letter if is_letter(letter) => {
                    word.extend(
                        letter
                            .to_lowercase()
                            .map(|letter| if letter == 'ё' { 'е' } else { letter }),
                    );
                }
                _ => {
                    if !word.is_empty() {
                        self.add(&mut read, &word);
                        word.clear();
                    }
                    if matches!(letter, '.' | '!' | '?' | '…' | '\n') {
                        self.add(&mut read, ".");
                    }
                }
            }
        }
        read
    }

    /// Adds a word to a text. One that mixes the alphabets is of the groups of whatever it looks like.
    fn add(&self, read: &mut Text, word: &str) {
        let (cyrillic, latin) = (alike(word, is_latin, 0), alike(word, is_cyrillic, 1));
        let mut groups = self.groups.of(&cyrillic);
        let mut word = cyrillic;
        if latin != word {
            groups.extend(self.groups.of(&latin));
            if word.contains(is_latin) {
                word = latin;
            }
        }
        for group in &groups {
            read.places.entry(*group).or_default().push(read.words.len());
        }
        read.words.push(Word {
            is_denial: groups.contains(&self.denials),
            text: word,
            groups,
        });
    }

    /// Whether a purpose consists of hollow words and what fills them up.
    fn is_vague(&self, Text { words, .. }: &Text) -> bool {
        let is = |lexicon: &[Group], word: &Word| word.groups.iter().any(|group| lexicon.contains(group));
        words.iter().any(|word| is(&self.hollow, word))
            && words
                .iter()
                .all(|word| is(&self.hollow, word) || is(&self.filling, word))
    }
}

/// Latin and Cyrillic letters, and digits.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_digit() || is_latin(letter) || is_cyrillic(letter)
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(u32::from(letter), 0xc0..=0x24f)
}

fn is_cyrillic(letter: char) -> bool {
    matches!(u32::from(letter), 0x400..=0x52f)
}

/// A text without what nobody sees of it, and each letter in its plainest form: without accents, and not bold or wide by
/// itself. `й` is a letter of its own.
fn seen(text: &str) -> impl Iterator<Item = char> {
    let seen = text
        .chars()
        .filter(|letter| matches!(letter, '\n' | '\t' | '\r') || !is_unseen(*letter));
    let plain = seen.nfc().flat_map(|letter| {
        let is_whole = is_cyrillic(letter) || !letter.is_alphabetic();
        let whole = is_whole.then_some(letter);
        let parts = (!is_whole).then(|| std::iter::once(letter).nfkd());
        whole.into_iter().chain(parts.into_iter().flatten())
    });
    plain.filter(|letter| !is_combining_mark(*letter))
}

/// Small letters that look alike, or whose capitals do: Cyrillic, and Latin.
const ALIKE: [[char; 2]; 16] = [
    ['а', 'a'],
    ['в', 'b'],
    ['с', 'c'],
    ['е', 'e'],
    ['н', 'h'],
    ['і', 'i'],
    ['ј', 'j'],
    ['к', 'k'],
    ['м', 'm'],
    ['о', 'o'],
    ['р', 'p'],
    ['ѕ', 's'],
    ['т', 't'],
    ['у', 'y'],
    ['ү', 'y'],
    ['х', 'x'],
];

/// A word that mixes the alphabets, with each letter of the `foreign` one that looks like one of the other in its place;
/// `wanted` is the other's place in [`ALIKE`]. Any other word stays as it is.
fn alike(word: &str, foreign: fn(char) -> bool, wanted: usize) -> String {
    if !(word.contains(is_latin) && word.contains(is_cyrillic)) {
        return word.to_owned();
    }
    let twin = |letter: char| {
        let pair = ALIKE.iter().find(|pair| foreign(letter) && pair.contains(&letter));
        pair.and_then(|pair| pair.get(wanted)).copied().unwrap_or(letter)
    };
    word.chars().map(twin).collect()
}

/// Every group of words in the lexicons, by its words, so that a word of a text is looked up once.
#[derive(Default)]
struct Groups {
    count: usize,
    /// Whole words.
    words: HashMap<&'static str, Vec<Group>>,
    /// Beginnings of words.
    beginnings: HashMap<&'static str, Vec<Group>>,
    /// The length of the longest beginning in bytes.
    longest: usize,
}

impl Groups {
    /// Adds the group of these words: `agree|agre*`.
    fn add(&mut self, words: &'static str) -> Group {
        let group = self.count;
        self.count += 1;
        for word in words.split('|') {
            match word.strip_suffix('*') {
                Some(beginning) => {
                    self.longest = self.longest.max(beginning.len());
                    self.beginnings.entry(beginning).or_default().push(group);
                }
                None => self.words.entry(word).or_default().push(group),
            }
        }
        group
    }

    fn patterns(&mut self, lexicon: &'static [&'static str]) -> Vec<Pattern> {
        lexicon.iter().map(|pattern| self.pattern(pattern)).collect()
    }

    fn pattern(&mut self, pattern: &'static str) -> Pattern {
        let (first, steps) = pattern.split_once(' ').unwrap_or((pattern, ""));
        Pattern {
            first: self.add(first),
            steps: steps.split_whitespace().map(|step| self.step(step)).collect(),
        }
    }

    fn step(&mut self, step: &'static str) -> Step {
        match step {
            "_" => Step::Gap(3),
            "__" => Step::Gap(8),
            _ => match step.strip_prefix('^') {
                Some(unwanted) => Step::NoneOf(self.add(unwanted)),
                None => Step::OneOf(self.add(step)),
            },
        }
    }

    /// The groups that a word is of.
    fn of(&self, word: &str) -> Vec<Group> {
        let ends = word.char_indices().map(|(place, letter)| place + letter.len_utf8());
        let beginnings = ends
            .take_while(|end| *end <= self.longest)
            .filter_map(|end| self.beginnings.get(word.get(..end)?));
        self.words
            .get(word)
            .into_iter()
            .chain(beginnings)
            .flatten()
            .copied()
            .collect()
    }
}

/// The first words that one of the patterns fits, unless what stands before them denies them.
fn find(text: &Text, patterns: &[Pattern]) -> Option<String> {
    patterns.iter().find_map(|Pattern { first, steps }| {
        text.places.get(first)?.iter().find_map(|place| {
            let (before, here) = text.words.split_at_checked(*place)?;
            if before.last().is_some_and(|word| word.is_denial) {
                return None;
            }
            let length = 1 + reach(here.get(1..)?, steps)?;
            let found = here.iter().take(length).map(|word| word.text.as_str());
            Some(found.collect::<Vec<_>>().join(" "))
        })
    })
}

/// How many of the words the steps of a pattern take that fit their beginning.
fn reach(words: &[Word], steps: &[Step]) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(0);
    };
    match step {
        Step::OneOf(group) => {
            let (word, others) = words.split_first()?;
            let fits = word.groups.contains(group);
            if fits { Some(reach(others, rest)? + 1) } else { None }
        }
        Step::NoneOf(group) => {
            let is_there = words.iter().take(3).any(|word| word.groups.contains(group));
            if is_there { None } else { reach(words, rest) }
        }
        Step::Gap(most) => {
            let bridged = words.iter().take(*most);
            let width = bridged
                .take_while(|word| !word.is_denial && !word.ends_a_sentence())
                .count();
            (0..=width).find_map(|skipped| Some(skipped + reach(words.get(skipped..)?, rest)?))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use serde::Deserialize;

    use super::{Role, faults};
    use crate::config::problem::{Code, Fault, Hint};
    use crate::law::lexicon;

    #[derive(Deserialize)]
    struct Sentence {
        place: String,
        language: String,
        words: String,
        code: Option<Code>,
    }

    #[test]
    fn f_06_words_that_press_are_found_and_others_are_not() {
        let sentences: Vec<Sentence> = serde_json::from_str(include_str!("../../tests/wording.json")).unwrap();
        let mut wrong = Vec::new();
        for Sentence {
            place,
            language,
            words,
            code,
        } in &sentences
        {
            let role = match place.as_str() {
                "purpose" => Role::Purpose,
                "reject" if lexicon::LANGUAGES.contains(&language.as_str()) => Role::Refusal,
                "text" | "reject" => Role::Text,
                "necessary" => Role::Necessary,
                other => panic!("{other}"),
            };
            let found: Vec<Code> = faults(words, role).into_iter().map(|fault| fault.code).collect();
            if found != code.iter().copied().collect::<Vec<_>>() {
                wrong.push(format!("{language} {place} “{words}”: {found:?} instead of {code:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        for language in ["kk", "ru", "en"] {
            for is_wrong in [true, false] {
                let alike = |sentence: &&Sentence| sentence.language == language && sentence.code.is_some() == is_wrong;
                assert!(sentences.iter().filter(alike).count() >= 9, "{language} {is_wrong}");
            }
        }
    }

    #[test]
    fn the_words_that_were_found_are_the_hint() {
        for (text, role, code, hint) in [
            ("Поторопитесь", Role::Text, Code::Urgency, Some("поторопитесь")),
            (
                "Скорее! Всё ещё не поздно? УСПЕЙТЕ",
                Role::Text,
                Code::Urgency,
                Some("успейте"),
            ),
            ("Don't miss it", Role::Text, Code::Guilt, Some("dont miss")),
            (
                "You will certainly regret it",
                Role::Text,
                Code::Guilt,
                Some("you will certainly regret"),
            ),
            ("Позже", Role::Refusal, Code::NotARefusal, None),
            ("To improve our site", Role::Purpose, Code::VaguePurpose, None),
            ("Метрика 🙂", Role::Name, Code::Emoji, Some("🙂")),
            ("Спасибо :)", Role::Name, Code::Emoji, Some(" :)")),
        ] {
            let fault = Fault {
                code,
                hint: hint.map(Hint::from),
            };
            assert_eq!(faults(text, role), [fault], "{text}");
        }
    }

    /// A word that a visitor reads as one that presses is one, whatever it is written with.
    #[test]
    fn f_06_a_word_is_read_as_it_is_seen() {
        for (text, hint) in [
            ("Пото\u{200b}ропитесь", "поторопитесь"),
            ("Пото\u{200d}ропитесь", "поторопитесь"),
            ("Пото\u{ad}ропитесь", "поторопитесь"),
            ("Поторо\u{301}питесь", "поторопитесь"),
            ("Пoтopoпитecь", "поторопитесь"),
            ("поcпешите", "поспешите"),
            ("то\u{31b}лько сеи\u{306}час", "только сейчас"),
            ("ACЫҒЫҢЫЗ", "асығыңыз"),
            ("Hurrу", "hurry"),
            ("hu\u{308}rry", "hurry"),
            ("h\u{fc}rry", "hurry"),
            ("ｈｕｒｒｙ", "hurry"),
            ("𝐡𝐮𝐫𝐫𝐲", "hurry"),
        ] {
            let fault = Fault::with(Code::Urgency, hint);
            assert_eq!(faults(text, Role::Text), [fault], "{text:?}");
        }
        // Each alphabet's own letters could be of either.
        let found: Vec<Code> = faults("aссeрt now", Role::Text)
            .into_iter()
            .map(|fault| fault.code)
            .collect();
        assert_eq!(found, [Code::Urgency]);
    }

    #[test]
    fn f_05_the_label_of_the_acceptance_does_not_refuse() {
        for label in ["Отклонить все", "Бас тарту", "Reject all", "Только необходимые"]
        {
            assert_eq!(
                faults(label, Role::Acceptance),
                [Code::NotAnAcceptance.into()],
                "{label}"
            );
        }
        for label in ["Принять все", "Бәрін қабылдау", "Accept all", "Разрешить", "Agree"]
        {
            assert_eq!(faults(label, Role::Acceptance), [], "{label}");
        }
    }

    #[test]
    fn one_code_is_named_once() {
        let codes: Vec<Code> = faults("Unfortunately, hurry: we recommend this", Role::Text)
            .into_iter()
            .map(|fault| fault.code)
            .collect();
        assert_eq!(codes, [Code::Guilt, Code::Urgency]);
    }

    /// Words that go as far as they can into the patterns with gaps, and never to their end.
    #[test]
    fn t_06_a_long_text_takes_no_long_time() {
        // Without an optimiser, and beside other tests, a tenth of the words has to do.
        let (count, most) = if cfg!(debug_assertions) {
            (10_000, 20)
        } else {
            (100_000, 1)
        };
        for words in [
            "слово",
            "если",
            "если продолжите",
            "agree by using",
            "by using consent",
            "чтобы",
            "to continue",
            "using means",
            "соглашаетесь",
            "parts may not",
            "улучшаем",
        ] {
            let text = format!("{words} ").repeat(count / words.split(' ').count());
            for role in [Role::Text, Role::Purpose, Role::Refusal] {
                let start = Instant::now();
                faults(&text, role);
                assert!(
                    start.elapsed() < Duration::from_secs(most),
                    "{words} {role:?}: {:?}",
                    start.elapsed()
                );
            }
        }
    }
}
