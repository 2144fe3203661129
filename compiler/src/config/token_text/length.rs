//! Tokens that are measures: the size of the words, distances, the width of the bar, and the place in the pile.
//!
//! What nobody could read or find is refused: words of one pixel, a bar without a width, a layer below the page. A sum
//! of CSS is taken as it is, if it is closed: what comes of it, only a page knows.

use super::token;
use crate::config::problem::{Code, Fault};

/// Names of the sums that CSS has.
const SUMS: [&str; 4] = ["calc", "clamp", "min", "max"];
/// How deep brackets stand in a sum, the sum's own counted.
const DEEPEST: usize = 3;
/// How many digits stand before the point of a number, and behind it.
const MOST_DIGITS: usize = 6;
/// The units of a distance.
const UNITS: [&str; 12] = [
    "px", "rem", "em", "ch", "ex", "pt", "%", "vw", "vh", "vmin", "vmax", "lh",
];
/// The greatest `z-index` of every browser.
const HIGHEST: u32 = 2_147_483_647;

/// The part of a number behind its point.
const FRACTION: &str = r"(\.[0-9]{1,6})?";

token! {
    /// A size of words that can be read: at least `12px`, `0.75rem`, `0.75em` or `75%`, or a sum.
    FontSize: font_size_pattern(), font_size;
    /// A distance that is not negative: `0.75em`, `8px`, `0`, or a sum.
    Length: length_pattern(), length;
    /// A width that words fit into: at least `16em`, `16rem`, `256px`, `50%` or `50vw`, or a sum.
    MaxWidth: max_width_pattern(), max_width;
    /// A whole number from 1 to 2147483647.
    ZIndex: z_index_pattern(), z_index;
}

fn font_size(text: &str) -> Result<(), Fault> {
    let is_readable = |number: f64, unit: &str| match unit {
        "px" => number >= 12.0,
        "rem" | "em" => number >= 0.75,
        "%" => number >= 75.0,
        _ => false,
    };
    judged(is_sum(text) || measure(text).is_some_and(|(number, unit)| is_readable(number, unit)))
}

fn font_size_pattern() -> String {
    let pixels = format!("(1[2-9]|[2-9][0-9]|[1-9][0-9]{{2,5}}){FRACTION}px");
    let ems = format!(r"([1-9][0-9]{{0,5}}{FRACTION}|0?\.(7[5-9][0-9]{{0,4}}|[89][0-9]{{0,5}}))r?em");
    let percents = format!("(7[5-9]|[89][0-9]|[1-9][0-9]{{2,5}}){FRACTION}%");
    format!("^({pixels}|{ems}|{percents}|{})$", sum_pattern())
}

fn length(text: &str) -> Result<(), Fault> {
    judged(text == "0" || is_sum(text) || measure(text).is_some_and(|(_, unit)| UNITS.contains(&unit)))
}

fn length_pattern() -> String {
    format!("^(0|{}({})|{})$", number_pattern(), UNITS.join("|"), sum_pattern())
}

fn max_width(text: &str) -> Result<(), Fault> {
    let is_wide = |number: f64, unit: &str| match unit {
        "px" => number >= 256.0,
        "rem" | "em" => number >= 16.0,
        "%" | "vw" => number >= 50.0,
        _ => false,
    };
    judged(is_sum(text) || measure(text).is_some_and(|(number, unit)| is_wide(number, unit)))
}

fn max_width_pattern() -> String {
    let pixels = format!("(25[6-9]|2[6-9][0-9]|[3-9][0-9]{{2}}|[1-9][0-9]{{3,5}}){FRACTION}px");
    let ems = format!("(1[6-9]|[2-9][0-9]|[1-9][0-9]{{2,5}}){FRACTION}r?em");
    let percents = format!("([5-9][0-9]|[1-9][0-9]{{2,5}}){FRACTION}(%|vw)");
    format!("^({pixels}|{ems}|{percents}|{})$", sum_pattern())
}

fn z_index(text: &str) -> Result<(), Fault> {
    let is_plain = text.starts_with(|first: char| matches!(first, '1'..='9'));
    let number = text.parse::<u32>().ok().filter(|_| is_plain);
    judged(number.is_some_and(|number| number <= HIGHEST))
}

/// The numbers up to [`HIGHEST`], digit by digit.
fn z_index_pattern() -> String {
    let digits = HIGHEST.to_string();
    let mut forms = vec!["[1-9][0-9]{0,8}".to_owned(), digits.clone()];
    for (index, digit) in digits.char_indices() {
        let least = u8::from(index == 0);
        let below = digit.to_digit(10).and_then(|digit| digit.checked_sub(1));
        if let (Some(below), Some((before, after))) = (below, digits.split_at_checked(index))
            && below >= u32::from(least)
        {
            forms.push(format!("{before}[{least}-{below}][0-9]{{{}}}", after.len() - 1));
        }
    }
    format!("^({})$", forms.join("|"))
}

fn judged(is_right: bool) -> Result<(), Fault> {
    if is_right {
        Ok(())
    } else {
        Err(Code::UnsafeToken.into())
    }
}

/// A number without a sign, and its unit.
pub(super) fn measure(text: &str) -> Option<(f64, &str)> {
    let unit = text.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let number = text.strip_suffix(unit)?;
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let is_whole = whole == "0" || (!whole.starts_with('0') && whole.len() <= MOST_DIGITS);
    let is_there = !whole.is_empty() || fraction.is_some();
    let is_fraction = |fraction: &str| {
        (1..=MOST_DIGITS).contains(&fraction.len()) && fraction.chars().all(|digit| digit.is_ascii_digit())
    };
    if is_whole && is_there && fraction.is_none_or(is_fraction) {
        Some((number.parse().ok()?, unit))
    } else {
        None
    }
}

/// The pattern of the number of [`measure`].
pub(super) fn number_pattern() -> String {
    format!(r"((0|[1-9][0-9]{{0,5}}){FRACTION}|\.[0-9]{{1,6}})")
}

/// Whether it is one sum, closed: `calc(0.5em + 2px)`.
fn is_sum(text: &str) -> bool {
    !text.starts_with('(') && block(text, DEEPEST) == Some("")
}

/// What is left behind a bracket and what stands in it, with the name of a sum before it or without.
fn block(text: &str, deepest: usize) -> Option<&str> {
    let named = SUMS.iter().find_map(|name| text.strip_prefix(name));
    let mut rest = named.unwrap_or(text).strip_prefix('(')?;
    let inside = deepest.checked_sub(1)?;
    let full = rest.len();
    while let Some(left) = piece(rest).or_else(|| block(rest, inside)) {
        rest = left;
    }
    rest.strip_prefix(')').filter(|_| rest.len() < full)
}

/// What is left behind a sign or a digit; letters stand only as the unit of a number.
fn piece(text: &str) -> Option<&str> {
    let mut letters = text.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    match first {
        '-' | '+' | '*' | ',' | ' ' => Some(rest),
        '/' if !rest.starts_with('*') => Some(rest),
        '0'..='9' | '.' => {
            let unit = rest.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
            Some(rest.strip_prefix('%').unwrap_or(unit))
        }
        _ => None,
    }
}

/// The pattern of [`is_sum`].
fn sum_pattern() -> String {
    const PIECE: &str = r"[\-+*, ]|/(?!\*)|[0-9.]([A-Za-z]+|%)?";
    let names = SUMS.join("|");
    let mut inside = format!("({PIECE})+");
    for _ in 1..DEEPEST {
        inside = format!(r"({PIECE}|({names})?\({inside}\))+");
    }
    format!(r"({names})\({inside}\)")
}

#[cfg(test)]
mod tests {
    use super::{FontSize, Length, MaxWidth, ZIndex};
    use crate::config::problem::Code;
    use crate::config::text::tests::holds;

    const SUMS: [&str; 5] = [
        "calc(0.5em + 2px)",
        "clamp(12px, 1vw + (2px * 3), 20px)",
        "min(72em, 100%)",
        "max(calc(1em / 2), 8px)",
        "calc(1em - 2px)",
    ];

    /// What no token is that is a measure.
    const NONE: [&str; 33] = [
        "",
        " ",
        "-1px",
        "-99em",
        "+1px",
        "1e3px",
        "1px ",
        " 1px",
        "1px\n",
        "1em/*",
        "calc(1px",
        "calc()",
        "calc(1px))",
        "calc(1px) ",
        "(1px)",
        "calc(1px/*2)",
        "calc((((1px))))",
        "calc(var(--x))",
        "attr(x)",
        "calc(attr(x))",
        "calc(x)",
        "xcalc(1px)",
        "env(x)",
        "var(--x)",
        "1px !important",
        "1px 2px",
        "99999999px",
        "01px",
        "1.px",
        ".px",
        "px",
        "1.2.3px",
        "none",
    ];

    #[test]
    fn k_02_words_can_be_read() {
        let good = [
            "12px", "16px", "100px", "12.5px", "0.75rem", ".8em", "1em", "1.25rem", "75%", "112.5%",
        ];
        let bad = [
            "0", "1px", "11.999px", "0.7499em", ".1rem", "74%", "0px", "16pt", "1", "12PX", "100vw",
        ];
        holds::<FontSize>(
            &[&good[..], &SUMS].concat(),
            &[&bad[..], &NONE].concat(),
            Code::UnsafeToken,
        );
    }

    #[test]
    fn k_02_a_distance_is_not_negative() {
        let good = [
            "0",
            "1em",
            "0.75em",
            "8px",
            "50%",
            "0px",
            "1vmin",
            ".5ch",
            "123456.123456px",
        ];
        let bad = ["1", "0.0", "8", "8xx", "8PX", "auto"];
        holds::<Length>(
            &[&good[..], &SUMS].concat(),
            &[&bad[..], &NONE].concat(),
            Code::UnsafeToken,
        );
    }

    #[test]
    fn k_02_a_bar_is_as_wide_as_its_words() {
        let good = [
            "16em", "76em", "256px", "300px", "1200px", "20.5rem", "50%", "100%", "90vw",
        ];
        let bad = ["0", "1em", "15.9em", "255px", "255.9px", "49%", "0%", "16ch", "16"];
        holds::<MaxWidth>(
            &[&good[..], &SUMS].concat(),
            &[&bad[..], &NONE].concat(),
            Code::UnsafeToken,
        );
    }

    #[test]
    fn k_02_a_layer_lies_above_the_page() {
        let good = ["1", "9", "1000", "2147483000", "2147483647", "2099999999", "1999999999"];
        let bad = [
            "0",
            "-1",
            "2147483648",
            "2147483650",
            "2200000000",
            "3000000000",
            "99999999999",
            "01",
            "1.5",
            "auto",
        ];
        holds::<ZIndex>(
            &good,
            &[&bad[..], &NONE, &SUMS, &["+1", "1 ", "१"]].concat(),
            Code::UnsafeToken,
        );
    }

    #[test]
    fn a_long_value_takes_no_longer_than_it_is() {
        for long in ["(".repeat(1_000_000), format!("calc({}", "1".repeat(1_000_000))] {
            assert_eq!(long.parse::<Length>(), Err(Code::UnsafeToken.into()));
        }
    }
}
