//! Sentences with `{names}` in them: some are filled by the compiler, some are places that only a visit can fill.

use kelisim_site::Place;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words as they are read.
    Words(String),
    /// A place that the runtime fills.
    Place(Place),
}

/// What a name in a sentence stands for.
pub(super) enum Named<'w> {
    /// Words.
    Words(&'w str),
    /// A place that the runtime fills.
    Place(Place),
    /// Nothing of this name.
    Nothing,
}

/// A sentence with its names filled.
pub(super) fn parts<'w>(sentence: &str, named: impl Fn(&str) -> Named<'w>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        words.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        match named(name) {
            Named::Words(named) => words.push_str(named),
            Named::Place(place) => {
                parts.push(Part::Words(std::mem::take(&mut words)));
                parts.push(Part::Place(place));
            }
            Named::Nothing => {}
        }
        rest = behind;
    }
    words.push_str(rest);
    parts.push(Part::Words(words));
    parts.retain(|part| *part != Part::Words(String::new()));
    parts
}

/// A sentence whose names are all words.
pub(super) fn filled(sentence: &str, names: &[(&str, &str)]) -> String {
    let meaning = |name: &str| match names.iter().find(|(known, _)| *known == name) {
        Some((_, words)) => Named::Words(words),
        None => Named::Nothing,
    };
    let words = parts(sentence, meaning).into_iter().map(|part| match part {
        Part::Words(words) => words,
        Part::Place(_) => String::new(),
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use kelisim_site::Place;

    use super::{Named, Part, filled, parts};

    #[test]
    fn names_become_words_or_places() {
        let named = |name: &str| match name {
            "days" => Named::Words("180 days"),
            "date" => Named::Place(Place::Ends),
            _ => Named::Nothing,
        };
        let expected = [
            Part::Words("180 days, until ".to_owned()),
            Part::Place(Place::Ends),
            Part::Words(".".to_owned()),
        ];
        assert_eq!(parts("{days}, until {date}.{nobody}", named), expected);
    }

    #[test]
    fn a_brace_without_an_end_takes_the_rest() {
        assert_eq!(filled("a {b} c {d", &[("b", "B"), ("d", "D")]), "a B c D");
    }
}
