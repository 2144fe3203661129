//! Names in a row, each once: recipients, countries, kinds of data (requirements I-04, I-05, I-07).

use std::collections::HashSet;

/// An enumeration: "Ireland, USA".
#[derive(Clone, Debug, Default)]
pub(super) struct Enumeration {
    words: String,
    /// What is named, whole and by its parts: "VK LLC" does not name "VK", and "a, b" names "b".
    named: HashSet<String>,
}

impl Enumeration {
    /// Adds words, unless they are there.
    pub(super) fn add(&mut self, words: &str) {
        if words.is_empty() || !self.named.insert(words.to_owned()) {
            return;
        }
        self.named.extend(words.split(", ").map(str::to_owned));
        if !self.words.is_empty() {
            self.words.push_str(", ");
        }
        self.words.push_str(words);
    }

    /// The row; empty where nothing was added.
    pub(super) fn into_words(self) -> String {
        self.words
    }
}

impl<'w> FromIterator<&'w str> for Enumeration {
    fn from_iter<I: IntoIterator<Item = &'w str>>(words: I) -> Enumeration {
        let mut enumeration = Enumeration::default();
        for words in words {
            enumeration.add(words);
        }
        enumeration
    }
}

#[cfg(test)]
mod tests {
    use super::Enumeration;

    fn enumeration(words: &[&str]) -> String {
        words.iter().copied().collect::<Enumeration>().into_words()
    }

    /// I-04, I-05: each recipient and country is named, once, also one whose name is part of another's.
    #[test]
    fn i_04_i_05_every_name_stands_once() {
        assert_eq!(enumeration(&["VK LLC", "VK", "VK", "LLC"]), "VK LLC, VK, LLC");
        assert_eq!(enumeration(&["Нигерия", "Нигер", "Нигерия"]), "Нигерия, Нигер");
        assert_eq!(
            enumeration(&["Google LLC, Google Ireland Ltd", "VK", "Google LLC, Google Ireland Ltd"]),
            "Google LLC, Google Ireland Ltd, VK"
        );
        assert_eq!(enumeration(&["", "a,b", "b", ""]), "a,b, b");
    }
}
