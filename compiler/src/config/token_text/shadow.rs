//! The token for the shadow of the layers: none, or lengths and a colour, several of them with commas between.

use super::length::{measure, number_pattern};
use super::{LOADS_NOTHING, TokenText, token};
use crate::config::colour::Colour;
use crate::config::problem::{Code, Fault};

/// How many lengths a shadow has: two of its place, its blur, its spread.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=4;
/// The units of a length.
const UNITS: [&str; 3] = ["px", "rem", "em"];
/// The functions that write a colour out.
const FUNCTIONS: [&str; 8] = ["rgb", "rgba", "hsl", "hsla", "hwb", "oklch", "oklab", "lab"];
/// The digits that a colour may have behind its `#`.
const DIGITS: [usize; 4] = [3, 4, 6, 8];
/// The longest name of a colour has so many letters.
const LONGEST_NAME: usize = 20;

token! {
    /// `none`, or shadows with commas between them: two to four lengths, and a colour before or behind them.
    Shadow: pattern(), check;
}

fn check(text: &str) -> Result<(), Fault> {
    text.parse::<TokenText>()?;
    if text == "none" {
        return Ok(());
    }
    let mut colours = Vec::new();
    let mut rest = text;
    loop {
        let (colour, behind) = shadow(rest)?;
        colours.extend(colour);
        if behind.is_empty() {
            break;
        }
        let next = behind.strip_prefix(',').ok_or(Code::UnsafeToken)?;
        rest = next.strip_prefix(' ').unwrap_or(next);
    }
    // Last, when everything else is right: an editor marks the rest, and knows no colours.
    colours
        .into_iter()
        .try_for_each(|colour| colour.parse::<Colour>().map(drop))
}

/// The colour of one shadow as it is written, and what is left behind the shadow.
fn shadow(text: &str) -> Result<(Option<&str>, &str), Fault> {
    let before = colour(text);
    let mut rest = match before {
        Some((_, rest)) => rest.strip_prefix(' ').ok_or(Code::UnsafeToken)?,
        None => text,
    };
    let mut count = 0;
    while let Some(left) = length(rest) {
        count += 1;
        rest = left;
        match rest.strip_prefix(' ').filter(|rest| length(rest).is_some()) {
            Some(next) => rest = next,
            None => break,
        }
    }
    if !LENGTHS.contains(&count) {
        return Err(Code::UnsafeToken.into());
    }
    let behind = rest.strip_prefix(' ').and_then(colour).filter(|_| before.is_none());
    if let Some((_, left)) = behind {
        rest = left;
    }
    Ok((before.or(behind).map(|(colour, _)| colour), rest))
}

/// What is left behind a length: up to a space, a comma or the end.
fn length(text: &str) -> Option<&str> {
    let end = text.find([' ', ',']).unwrap_or(text.len());
    let (written, rest) = text.split_at_checked(end)?;
    let written = written.strip_prefix('-').unwrap_or(written);
    let is_length = written == "0" || measure(written).is_some_and(|(_, unit)| UNITS.contains(&unit));
    is_length.then_some(rest)
}

/// A colour in the form of one, and what is left behind it.
fn colour(text: &str) -> Option<(&str, &str)> {
    let name = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let length = if let Some(digits) = text.strip_prefix('#') {
        let behind = digits.trim_start_matches(|letter: char| letter.is_ascii_hexdigit());
        let count = digits.len() - behind.len();
        DIGITS.contains(&count).then_some(count + 1)?
    } else if let Some(inside) = name.strip_prefix('(') {
        let function = text.strip_suffix(name)?;
        let is_inside = |letter: char| letter.is_ascii_alphanumeric() || "-+.%/, ".contains(letter);
        let behind = inside.trim_start_matches(is_inside);
        let is_closed = behind.starts_with(')') && behind.len() < inside.len();
        (FUNCTIONS.contains(&function) && is_closed).then_some(text.len() - behind.len() + 1)?
    } else {
        let count = text.len() - name.len();
        (3..=LONGEST_NAME).contains(&count).then_some(count)?
    };
    text.split_at_checked(length)
}

fn pattern() -> String {
    let colour = format!(
        r"(#([0-9A-Fa-f]{{3,4}}|[0-9A-Fa-f]{{6}}|[0-9A-Fa-f]{{8}})|[A-Za-z]{{3,20}}|({})\([0-9A-Za-z\-+.%/, ]+\))",
        FUNCTIONS.join("|")
    );
    let length = format!("-?(0|{}({}))", number_pattern(), UNITS.join("|"));
    let lengths = format!("{length}( {length}){{1,3}}");
    let shadow = format!("({colour} {lengths}|{lengths}( {colour})?)");
    format!("^{LOADS_NOTHING}(none|{shadow}(, ?{shadow})*)$")
}

#[cfg(test)]
mod tests {
    use super::Shadow;
    use crate::config::problem::Code;
    use crate::config::text::tests::holds;

    #[test]
    fn g_06_a_shadow_is_of_lengths_and_a_colour() {
        let good = [
            "none",
            "0 2px",
            "0 4px 12px #0006, 0 16px 48px #0009",
            "0 4px 12px #18212b14",
            "0 2px 8px rgb(0 0 0 / 20%)",
            "0 -1px 0 -1px rgba(0,0,0,.5),1px 1px red",
            "rebeccapurple 0 0 1em",
        ];
        let bad = [
            "",
            " ",
            "0",
            "0 0 0 0 0",
            "0 2px\n",
            "0 2px ",
            "0  2px",
            "0 2px,",
            "0 2px, none",
            "red 0 2px red",
            "0 2px red red",
            "0 2px 8px rgb(0 0 0",
            "0 2px 8px #00",
            "0 2px 8px #000000000",
            "0 2px/*",
            "0 2px red !important",
            "0 2px var(--x)",
            "0 2px attr(x)",
            "0 2px color-mix(in srgb, red, blue)",
            "src(\"//evil\")",
            "element(#a)",
            "0 2px url",
            "0 2px 1",
            "0 2px rgb(\u{202e})",
        ];
        holds::<Shadow>(&good, &bad, Code::UnsafeToken);
        // No pattern knows the colours.
        for text in ["0 2px currentcolor", "0 2px nonsense", "0 2px rgb(1)"] {
            assert_eq!(text.parse::<Shadow>(), Err(Code::UnknownColour.into()), "{text}");
        }
    }
}
