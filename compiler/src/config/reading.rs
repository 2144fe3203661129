//! Reads a document into types, and finds every problem of it on the way.
//!
//! A type that an owner may write says by [`Read`] how it is read. It asks an [`Object`] for its keys one by one; that
//! is the only place where a key is named. What cannot be read is `None` and a problem, and the reading goes on, so
//! that an owner sees everything at once. `serde` stops at the first error, and `deserr` gives either a value or its
//! errors, so what hangs on two keys would be seen only after each key is right: that is why this file is here.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::str::FromStr;

use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::nearest::nearest;
use super::phrase::{Phrase, Saying};
use super::problem::{Code, Fault, Hint, Path, Problem, Told};
use super::refused_keys::code_of_unknown_key;
use super::words::Words;
use crate::catalogue::Catalogue;
use crate::languages::Languages;
use crate::law::{Demand, Laws};

/// A step down to what is being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To a member, by its key as a path names it.
    Member(String),
    /// To an item.
    Item(usize),
}

impl Step {
    /// To a member, by its key.
    pub(crate) fn member(key: &str) -> Step {
        Step::Member(as_named(key).into_owned())
    }
}

/// The path to which these steps lead. It is made only of what is reported: made of everything, one long key would be
/// copied for everything below it (requirement T-06).
pub(crate) fn path_of(steps: &[Step]) -> Path {
    steps.iter().fold(Path::default(), |path, step| match step {
        Step::Member(key) => path.member(key),
        Step::Item(index) => path.item(*index),
    })
}

/// A path names so many characters of a key.
const NAMED: usize = 100;

/// A key as a path names it: without the end of a long one, which every problem below it would repeat.
pub(crate) fn as_named(key: &str) -> Cow<'_, str> {
    let beginning = key.char_indices().nth(NAMED).and_then(|(end, _)| key.get(..end));
    beginning.map_or(Cow::Borrowed(key), |beginning| Cow::Owned(format!("{beginning}…")))
}

/// Where in the document the reading is, what it has found, and what it knows by now of what stands before.
pub(crate) struct Reading<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) languages: &'a Languages,
    steps: Vec<Step>,
    found: Vec<Problem>,
    /// The regimes that the document has to satisfy.
    pub(crate) laws: Laws,
    /// The offered languages, those that there are.
    pub(crate) offered: Vec<String>,
    /// The ids of the categories as they were written.
    pub(crate) categories: IndexSet<String>,
    /// Every id of a category or service so far.
    pub(crate) ids: BTreeSet<String>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, languages: &'a Languages) -> Reading<'a> {
        Reading {
            catalogue,
            languages,
            steps: Vec::new(),
            found: Vec::new(),
            laws: Laws::default(),
            offered: Vec::new(),
            categories: IndexSet::new(),
            ids: BTreeSet::new(),
        }
    }

    /// Everything that was found.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.found
    }

    /// Whether a law that holds here asks for this.
    pub(crate) fn demands(&self, demand: Demand) -> bool {
        self.laws.demand(demand)
    }

    /// Something is wrong with what is being read.
    pub(crate) fn report(&mut self, fault: impl Into<Fault>) {
        self.found.push(Problem::new(path_of(&self.steps), fault));
    }

    /// The same, with a mend for this place alone.
    pub(crate) fn report_with_mend(&mut self, fault: impl Into<Fault>, mend: impl Into<Saying>) {
        self.report(fault);
        if let Some(found) = self.found.last_mut() {
            found.told = Told::Mend(mend.into());
        }
    }

    /// A value is of another kind than what is `expected`.
    pub(crate) fn wrong_type(&mut self, expected: Phrase) {
        self.report(Fault::with(Code::WrongType, expected));
    }

    /// Adds a sentence to the mends of what is found while `read` runs.
    pub(crate) fn explaining<T>(&mut self, sentence: &Words, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.found.len();
        let result = read(self);
        for found in self.found.iter_mut().skip(before) {
            found.told = Told::More(sentence.clone());
        }
        result
    }

    /// Reads at the path of a member.
    pub(crate) fn within<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.at(Step::member(key), read)
    }

    fn at<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> T) -> T {
        self.steps.push(step);
        let result = read(self);
        self.steps.pop();
        result
    }

    /// The keys of an object; of anything else none, and that is a problem.
    pub(crate) fn object<'r, 'd>(&'r mut self, value: &'d Value) -> Object<'r, 'a, 'd> {
        if !value.is_object() && !value.is_null() {
            self.wrong_type(Phrase::AnObject);
        }
        Object {
            reading: self,
            members: value.as_object(),
            is_readable: value.is_object() || value.is_null(),
            known: IndexSet::new(),
        }
    }

    /// Each item of a list; `None` where one of them is wrong.
    pub(crate) fn items<T>(
        &mut self,
        items: &[Value],
        mut read: impl FnMut(&mut Self, &Value) -> Option<T>,
    ) -> Option<Vec<T>> {
        let read_items: Vec<Option<T>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| self.at(Step::Item(index), |reading| read(reading, item)))
            .collect();
        read_items.into_iter().collect()
    }

    /// A text with a rule of its own.
    pub(crate) fn text<T: FromStr<Err = Fault>>(&mut self, value: &Value) -> Option<T> {
        let Some(text) = value.as_str() else {
            self.wrong_type(Phrase::AString);
            return None;
        };
        self.parsed(text)
    }

    /// The value of a text, or its fault as a problem.
    pub(crate) fn parsed<T: FromStr<Err = Fault>>(&mut self, text: &str) -> Option<T> {
        match text.parse() {
            Ok(read) => Some(read),
            Err(fault) => {
                self.report(fault);
                None
            }
        }
    }

    /// A word that is in a list; another one is a problem, with the nearest as the hint.
    pub(crate) fn knows<'l>(
        &mut self,
        word: &str,
        list: impl IntoIterator<Item = &'l str> + Clone,
        otherwise: Code,
    ) -> bool {
        let is_known = list.clone().into_iter().any(|known| known == word);
        if !is_known {
            let hint = nearest(word, list).map(Hint::from);
            self.report(Fault { code: otherwise, hint });
        }
        is_known
    }
}

/// How a type is read from what the owner wrote.
pub(crate) trait Read: Sized {
    /// Whether it is an object: of one that is missing, its members are what is missing.
    const IS_OBJECT: bool = false;
    /// Whether an empty text is as good as none where it may be missing: a form leaves its fields empty.
    const EMPTY_IS_NONE: bool = false;

    /// Reads a value. `None` means that a problem was reported.
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self>;
}

/// Types that are read from one text by their [`FromStr`].
macro_rules! read_as_text {
    ($($type:ty $(, $empty_is_none:literal)?;)+) => { $(
        impl $crate::config::reading::Read for $type {
            $(const EMPTY_IS_NONE: bool = $empty_is_none;)?

            fn read(value: &serde_json::Value, reading: &mut $crate::config::reading::Reading<'_>) -> Option<Self> {
                reading.text(value)
            }
        }
    )+ };
}
pub(crate) use read_as_text;

impl Read for bool {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<bool> {
        let read = value.as_bool();
        if read.is_none() {
            reading.wrong_type(Phrase::TrueOrFalse);
        }
        read
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Vec<T>> {
        let Some(items) = value.as_array() else {
            reading.wrong_type(Phrase::AList);
            return None;
        };
        reading.items(items, |reading, item| T::read(item, reading))
    }
}

/// Whether nothing was written here: what an owner leaves empty is missing.
pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => is_blank_text(text),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Whether a text has no letter in it.
pub(crate) fn is_blank_text(text: &str) -> bool {
    text.bytes().all(|byte| byte <= b' ')
}

/// An object that is being read. Every key that is asked for is known; [`Object::end`] names the others.
pub(crate) struct Object<'r, 'a, 'd> {
    pub(crate) reading: &'r mut Reading<'a>,
    members: Option<&'d Map<String, Value>>,
    /// Whether it is an object at all: of what is none, no member is missing.
    is_readable: bool,
    known: IndexSet<String>,
}

impl<'d> Object<'_, '_, 'd> {
    /// What the owner wrote under a key; `None` where it is absent or `null`.
    pub(crate) fn written(&mut self, key: &str) -> Option<&'d Value> {
        self.known.insert(key.to_owned());
        self.members?.get(key).filter(|value| !value.is_null())
    }

    /// A key that may be missing.
    pub(crate) fn optional<T: Read>(&mut self, key: &str) -> Option<T> {
        let value = self.written(key)?;
        let is_empty = T::EMPTY_IS_NONE && value.as_str().is_some_and(str::is_empty);
        if is_empty {
            return None;
        }
        self.reading.within(key, |reading| T::read(value, reading))
    }

    /// A key that has to be there and say something.
    pub(crate) fn needed<T: Read>(&mut self, key: &str) -> Option<T> {
        let value = self.written(key);
        if !self.is_readable {
            return None;
        }
        if value.is_none_or(is_blank) && !T::IS_OBJECT {
            self.missing(key);
            return None;
        }
        self.reading
            .within(key, |reading| T::read(value.unwrap_or(&Value::Null), reading))
    }

    /// A key that a law may ask for.
    pub(crate) fn needed_under<T: Read>(&mut self, demand: Demand, key: &str) -> Option<T> {
        if self.reading.demands(demand) {
            self.needed(key)
        } else {
            self.optional(key)
        }
    }

    /// A key that may be missing, but not be empty.
    pub(crate) fn not_empty<T: Read>(&mut self, key: &str) -> Option<T> {
        if self.written(key).is_some() {
            self.needed(key)
        } else {
            None
        }
    }

    /// A list that has to be there, and may be empty.
    pub(crate) fn needed_list<T: Read>(&mut self, key: &str) -> Option<Vec<T>> {
        match self.written(key) {
            Some(Value::Array(items)) if items.is_empty() => Some(Vec::new()),
            _ => self.needed(key),
        }
    }

    /// A key has to be here, and is not.
    pub(crate) fn missing(&mut self, key: &str) {
        self.report_at(key, Code::Missing);
    }

    /// Something is wrong with a member.
    pub(crate) fn report_at(&mut self, key: &str, fault: impl Into<Fault>) {
        if self.is_readable {
            self.reading.within(key, |reading| reading.report(fault));
        }
    }

    /// The keys that are written, in their order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'d String, &'d Value)> + use<'d> {
        self.members.into_iter().flatten()
    }

    /// A key whose kind another part of the reading looks after.
    pub(crate) fn knows(&mut self, key: &str) {
        self.known.insert(key.to_owned());
    }

    /// Names every key that was not asked for.
    pub(crate) fn end(self) {
        self.end_with(|key| (code_of_unknown_key(key), key));
    }

    /// The same; `unknown` gives the code of such a key, and the word that the known keys are held against.
    pub(crate) fn end_with<'k>(self, unknown: impl Fn(&'d str) -> (Code, &'k str))
    where
        'd: 'k,
    {
        let Object {
            reading,
            members,
            known,
            ..
        } = self;
        for key in members.into_iter().flatten().map(|(key, _)| key.as_str()) {
            if !known.contains(key) {
                let (code, word) = unknown(key);
                let hint = nearest(word, known.iter().map(String::as_str)).map(Hint::from);
                reading.within(key, |reading| reading.report(Fault { code, hint }));
            }
        }
    }
}
