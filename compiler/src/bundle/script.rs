//! The runtime's script: the places in it, and whether a page can have it inline.
//!
//! It must not know what is put into the places.

use super::BundleError;

/// What a page would not take as it is between `<script>` and `</script>`: the element's end, the beginning of a comment,
/// and the line ends that a page changes, so that no hash would hold.
const NOT_INLINE: [&str; 3] = ["</script", "<!--", "\r"];

/// The script with a literal in each place. What is put in is not looked at again: an owner's words may be the name of a
/// place.
pub(super) fn filled<const COUNT: usize>(
    script: &str,
    literals: &[(&'static str, String); COUNT],
) -> Result<String, BundleError> {
    let mut places = Vec::new();
    for (place, literal) in literals {
        places.push((position(script, place)?, *place, literal.as_str()));
    }
    places.sort_unstable();
    let (mut filled, mut rest) = (String::new(), script);
    for (_, place, literal) in places {
        if let Some((before, after)) = rest.split_once(place) {
            filled.push_str(before);
            filled.push_str(literal);
            rest = after;
        }
    }
    filled.push_str(rest);
    Ok(filled)
}

fn position(script: &str, place: &'static str) -> Result<usize, BundleError> {
    let mut found = script.match_indices(place);
    match (found.next(), found.count()) {
        (Some((at, _)), 0) => Ok(at),
        (first, others) => Err(BundleError::Place {
            place,
            times: usize::from(first.is_some()) + others,
        }),
    }
}

/// What keeps a script from being inlined.
pub(super) fn not_inline(script: &str) -> Option<&'static str> {
    let small = script.to_ascii_lowercase();
    NOT_INLINE.into_iter().find(|what| small.contains(what))
}
