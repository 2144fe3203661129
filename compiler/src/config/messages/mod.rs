//! The sentences of the check: one JSON file a language in this folder, named by the language's BCP 47 tag, and how a
//! problem is said in one of them.
//!
//! Adding a language is adding its file and nothing else. What the parameter of a vendor is stands in the vendor's
//! manifest. Nothing here decides what is wrong.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

use super::phrase::{Phrase, Saying};
use super::problem::{Code, Hint, Path, Problem, Told};
use super::unreadable::Unreadable;
use super::words::ENGLISH;
use crate::languages::Languages;

/// This folder, as it was when Kelisim was built.
static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/config/messages");

/// The languages of the check by their tags. A file that cannot be read is none, which a test does not let happen.
static MESSAGES: LazyLock<BTreeMap<String, Messages>> = LazyLock::new(|| {
    let languages = FOLDER.files().filter_map(|file| {
        let language = file.path().file_stem()?.to_string_lossy().into_owned();
        let messages: Messages = serde_json::from_slice(file.contents()).ok()?;
        Some((language.clone(), Messages { language, ..messages }))
    });
    languages.collect()
});

/// Where there is not even English.
static NONE: Messages = Messages {
    language: String::new(),
    problems: BTreeMap::new(),
    unreadable: BTreeMap::new(),
    phrases: BTreeMap::new(),
};

/// The sentences in a language of the check; in any other language the English ones.
pub fn messages(language: &str) -> &'static Messages {
    let found = MESSAGES.get(language).or_else(|| MESSAGES.get(ENGLISH));
    found.unwrap_or(&NONE)
}

/// The tags of the languages of the check.
pub fn languages() -> impl Iterator<Item = &'static str> {
    MESSAGES.keys().map(String::as_str)
}

/// The sentences of the check in one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Messages {
    /// BCP 47 tag: the name of the file.
    #[serde(skip)]
    language: String,
    /// The sentences of every code.
    pub problems: BTreeMap<Code, Message>,
    /// The sentences of whatever cannot be read as JSON.
    pub unreadable: BTreeMap<Unreadable, Message>,
    /// Everything else that is said.
    pub phrases: BTreeMap<Phrase, String>,
}

/// The sentences of one code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// What it is.
    pub problem: String,
    /// How to mend it.
    pub mend: String,
    /// What to add to the mend when there is a hint, with `{hint}` in its place.
    pub hint: Option<String>,
    /// The mend at one place of the configuration (`services[].country`), where it is another than the general one.
    #[serde(default)]
    pub at: BTreeMap<String, String>,
}

/// A problem as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Where.
    pub path: Path,
    /// What.
    pub code: Code,
    /// What helps to mend it, where there is such a thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What it is, in a sentence.
    pub problem: String,
    /// How to mend it, in a sentence.
    pub mend: String,
}

impl Messages {
    /// A problem with its sentences. Some name every one of Kelisim's own `languages`, or every code that these have.
    pub fn explain(&self, problem: &Problem, languages: &Languages) -> Explained {
        let hint = problem.hint.as_ref().map(|hint| self.hint(hint));
        Explained {
            path: problem.path.clone(),
            code: problem.code,
            problem: self.what(problem),
            mend: self.mend(problem, hint.as_deref(), languages),
            hint,
        }
    }

    /// The words of a phrase.
    pub fn phrase(&self, phrase: Phrase) -> &str {
        self.phrases.get(&phrase).map(String::as_str).unwrap_or_default()
    }

    /// A phrase with what fills it.
    pub(crate) fn say(&self, Saying { phrase, values }: &Saying) -> String {
        values
            .iter()
            .fold(self.phrase(*phrase).to_owned(), |said, (name, value)| {
                said.replace(&format!("{{{name}}}"), value)
            })
    }

    fn message(&self, problem: &Problem) -> Option<&Message> {
        match &problem.told {
            Told::Unreadable { why, .. } => self.unreadable.get(why),
            _ => self.problems.get(&problem.code),
        }
    }

    fn hint(&self, hint: &Hint) -> String {
        match hint {
            Hint::Verbatim(hint) => hint.clone(),
            // The sentence has the outer marks already.
            Hint::Either(words) => words.join(&format!("` {} `", self.phrase(Phrase::Or))),
            Hint::Said(saying) => self.say(saying),
        }
    }

    fn what(&self, problem: &Problem) -> String {
        let what = self.message(problem).map(|message| message.problem.as_str());
        let what = what.unwrap_or_default();
        match &problem.told {
            Told::Unreadable { error: Some(error), .. } => what.replace("{error}", error),
            _ => what.to_owned(),
        }
    }

    fn mend(&self, problem: &Problem, hint: Option<&str>, languages: &Languages) -> String {
        if let Told::Mend(mend) = &problem.told {
            return self.say(mend);
        }
        let Some(message) = self.message(problem) else {
            return String::new();
        };
        let at = message.at.get(&problem.path.without_indices());
        let mut mend = self.with_codes(at.unwrap_or(&message.mend), languages);
        if let (Some(hint), Some(sentence)) = (hint, &message.hint) {
            mend = format!("{mend} {}", sentence.replace("{hint}", hint));
        }
        if let (Told::More(more), None) = (&problem.told, at) {
            mend = format!("{mend} {}", more.in_language(&self.language));
        }
        mend
    }

    /// A mend that names every language, or every code of a table, with these in their places.
    fn with_codes(&self, mend: &str, languages: &Languages) -> String {
        let (and, or) = (self.phrase(Phrase::And), self.phrase(Phrase::Or));
        mend.replace("{languages}", &enumeration(languages.tags(), and))
            .replace("{data}", &enumeration(languages.data_codes(), or))
            .replace("{storagePurposes}", &enumeration(languages.storage_purpose_codes(), or))
    }
}

/// Words for a sentence: `` `kk`, `ru` or `en` ``.
fn enumeration<'w>(words: impl Iterator<Item = &'w str>, before_the_last: &str) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} {before_the_last} {last}", others.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray as _;

    use super::{languages, messages};
    use crate::config::phrase::Phrase;
    use crate::config::problem::Code;
    use crate::config::unreadable::Unreadable;

    #[test]
    fn every_message_is_two_plain_sentences() {
        for language in languages() {
            for (code, message) in &messages(language).problems {
                for sentence in [&message.problem, &message.mend].into_iter().chain(message.at.values()) {
                    assert!(
                        sentence.ends_with('.') && sentence.len() > 15,
                        "{language}: {code}: {sentence}"
                    );
                }
                let hint = message.hint.as_deref().unwrap_or("{hint}");
                assert!(hint.contains("{hint}"), "{language}: {code}");
            }
        }
    }

    /// Every code that can be reported is explained, so that none waits for an owner who meets it first.
    #[test]
    fn every_code_has_a_message() {
        let source = include_str!("../problem.rs");
        let (_, codes) = source.split_once("pub enum Code {").unwrap();
        let (codes, _) = codes.split_once("\n}").unwrap();
        let names: Vec<&str> = codes.lines().filter_map(|line| line.trim().strip_suffix(',')).collect();
        for language in languages() {
            let messages = messages(language);
            assert_eq!(names.len(), messages.problems.len(), "{language}");
            for name in &names {
                let mut written = (*name).to_owned();
                written[..1].make_ascii_lowercase();
                let code: Code = serde_json::from_value(written.into()).unwrap();
                assert!(messages.problems.contains_key(&code), "{language}: {name}");
            }
            for why in Unreadable::VARIANTS {
                assert!(messages.unreadable.contains_key(why), "{language}: {why:?}");
            }
            for phrase in Phrase::VARIANTS {
                assert!(!messages.phrase(*phrase).is_empty(), "{language}: {phrase:?}");
            }
        }
    }

    #[test]
    fn what_is_no_language_of_the_check_is_english() {
        let english = &messages("en").problems[&Code::NotJson].problem;
        assert_eq!(english, "This is not JSON, so nothing in it could be read.");
        for language in ["", "fr", "RU", "ru-RU", "../ru"] {
            assert_eq!(
                &messages(language).problems[&Code::NotJson].problem,
                english,
                "{language}"
            );
        }
        assert_ne!(&messages("ru").problems[&Code::NotJson].problem, english);
    }
}
