//! The sentences of every problem, from `messages.json`: what it is, and how to mend it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::problem::{Code, Fault, Path, Problem};
use super::reading::Found;
use crate::languages::Languages;

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

/// The sentences of every code. A file that cannot be read has none, which a test does not let happen.
static MESSAGES: LazyLock<BTreeMap<Code, Message>> =
    LazyLock::new(|| serde_json::from_str(include_str!("messages.json")).unwrap_or_default());

/// The sentences of every code.
pub fn messages() -> &'static BTreeMap<Code, Message> {
    &MESSAGES
}

/// What was found, with its sentences.
pub(crate) fn problems(found: Vec<Found>, languages: &Languages) -> Vec<Problem> {
    found.into_iter().map(|found| explained(found, languages)).collect()
}

/// A problem that was found elsewhere than in a reading: its sentences are looked up by its code and place.
pub(crate) fn problem(path: Path, fault: Fault, languages: &Languages) -> Problem {
    let found = Found {
        path,
        fault,
        mend: None,
        more: None,
    };
    explained(found, languages)
}

fn explained(found: Found, languages: &Languages) -> Problem {
    let Found {
        path,
        fault: Fault { code, hint },
        mend,
        more,
    } = found;
    let message = messages().get(&code);
    let at = message.and_then(|message| message.at.get(&path.without_indices()));
    let is_general = mend.is_none() && at.is_none();
    let general = message.map(|message| at.unwrap_or(&message.mend).clone());
    let has_own_mend = mend.is_some();
    let mut mend = mend.or(general).unwrap_or_default();
    for (place, codes) in [
        ("{languages}", enumeration(languages.tags(), "and")),
        ("{data}", enumeration(languages.data_codes(), "or")),
        (
            "{storagePurposes}",
            enumeration(languages.storage_purpose_codes(), "or"),
        ),
    ] {
        mend = mend.replace(place, &codes);
    }
    if let (Some(hint), Some(sentence)) = (&hint, message.and_then(|message| message.hint.as_ref()))
        && !has_own_mend
    {
        mend = format!("{mend} {}", sentence.replace("{hint}", hint));
    }
    if let Some(more) = more.filter(|_| is_general) {
        mend = format!("{mend} {more}");
    }
    Problem {
        path,
        code,
        problem: message.map(|message| message.problem.clone()).unwrap_or_default(),
        hint,
        mend,
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
    use super::messages;
    use crate::config::problem::Code;

    #[test]
    fn every_message_is_two_plain_sentences() {
        assert!(!messages().is_empty());
        for (code, message) in messages() {
            for sentence in [&message.problem, &message.mend].into_iter().chain(message.at.values()) {
                assert!(sentence.ends_with('.') && sentence.len() > 15, "{code:?}: {sentence}");
            }
            let hint = message.hint.as_deref().unwrap_or("{hint}");
            assert!(hint.contains("{hint}"), "{code:?}");
        }
    }

    /// Every code that can be reported is explained, so that none waits for an owner who meets it first: the match fails
    /// to compile where a code is not listed.
    #[test]
    fn every_code_has_a_message() {
        let source = include_str!("problem.rs");
        let (_, codes) = source.split_once("pub enum Code {").unwrap();
        let (codes, _) = codes.split_once("\n}").unwrap();
        let names: Vec<&str> = codes.lines().filter_map(|line| line.trim().strip_suffix(',')).collect();
        assert_eq!(names.len(), messages().len());
        for name in names {
            let mut written = name.to_owned();
            written[..1].make_ascii_lowercase();
            let code: Code = serde_json::from_value(written.into()).unwrap();
            assert!(messages().contains_key(&code), "{name} has no message");
        }
    }
}
