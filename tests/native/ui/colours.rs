//! The colours that Kelisim takes when an owner says nothing, measured (WCAG 1.4.3 and 1.4.11).

use super::look::styles;

/// A set of colours by the name of their token.
type Palette = Vec<(String, [u8; 3])>;

/// The palettes in the style sheet, in the order in which they stand there: light, dark, dark by the system's wish.
fn palettes() -> Vec<Palette> {
    let mut palettes: Vec<Palette> = Vec::new();
    for line in styles().lines() {
        let Some((name, value)) = line
            .trim()
            .strip_prefix("--k-")
            .and_then(|line| line.split_once(": var("))
        else {
            continue;
        };
        let Some(colour) = value
            .split_once(", #")
            .and_then(|(_, rest)| rest.split_once(')'))
            .map(|(colour, _)| colour)
        else {
            continue;
        };
        if name == "accent" {
            palettes.push(Vec::new());
        }
        if let Some(colour) = parse(colour) {
            palettes.last_mut().unwrap().push((name.to_owned(), colour));
        }
    }
    palettes
}

fn parse(hexadecimal: &str) -> Option<[u8; 3]> {
    let whole = match hexadecimal.len() {
        3 => hexadecimal.chars().flat_map(|digit| [digit, digit]).collect(),
        _ => hexadecimal.to_owned(),
    };
    let channel = |start: usize| u8::from_str_radix(whole.get(start..start + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// Relative luminance (WCAG 2.2, "relative luminance").
fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|channel| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn colour(palette: &Palette, name: &str) -> [u8; 3] {
    palette
        .iter()
        .find(|(known, _)| known == name)
        .unwrap_or_else(|| panic!("no colour {name}"))
        .1
}

/// F-04, A-12: words keep 4.5:1; switches, their outlines and the ring of the focus keep 3:1; on every ground they
/// stand on, light and dark.
#[test]
fn f_04_and_a_12_colours_keep_their_distance() {
    for palette in palettes() {
        for (above, ground, least) in [
            ("accent-text", "accent", 4.5),
            ("text", "background", 4.5),
            ("text", "surface", 4.5),
            ("muted", "background", 4.5),
            ("muted", "surface", 4.5),
            ("control", "background", 3.0),
            ("control", "surface", 3.0),
            ("focus", "background", 3.0),
            ("focus", "surface", 3.0),
            ("accent", "background", 3.0),
            ("accent", "surface", 3.0),
        ] {
            let ratio = contrast(colour(&palette, above), colour(&palette, ground));
            assert!(ratio >= least, "{above} on {ground}: {ratio:.2}, at least {least}");
        }
    }
}

/// Dark is the same dark, whoever asked for it.
#[test]
fn a_12_both_ways_to_dark_are_one() {
    let [light, dark, by_wish] = &palettes()[..] else {
        panic!("three palettes")
    };
    assert_eq!(dark, by_wish);
    assert_ne!(light, dark);
    assert_eq!(light.len(), dark.len());
}
