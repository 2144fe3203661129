//! Which colours are read together, and how far they have to stand apart (WCAG 1.4.3 and 1.4.11; requirements F-04,
//! A-12, K-02).
//!
//! The colours that Kelisim takes where an owner says nothing stand in `styles/tokens.css` and `styles/themes.css`; a
//! test holds the ones here against them.

use super::appearance::Tokens;
use super::colour::Colour;
use super::phrase::{Phrase, Saying};

/// The colours of a theme, as they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Palette {
    /// What the theme is called.
    pub(crate) theme: &'static str,
    accent: &'static str,
    accent_text: &'static str,
    background: &'static str,
    surface: &'static str,
    text: &'static str,
    muted: &'static str,
    control: &'static str,
    focus: &'static str,
}

impl Palette {
    /// Kelisim's own colours on a light page.
    pub(crate) const LIGHT: Palette = Palette {
        theme: "light",
        accent: "#1d4468",
        accent_text: "#fff",
        background: "#fff",
        surface: "#f4f6f8",
        text: "#18212b",
        muted: "#525e6b",
        control: "#6c7885",
        focus: "#1668dc",
    };
    /// Kelisim's own colours in the dark.
    pub(crate) const DARK: Palette = Palette {
        theme: "dark",
        accent: "#b9d4ee",
        accent_text: "#0f1a26",
        background: "#161b21",
        surface: "#1e252d",
        text: "#eef2f6",
        muted: "#aeb9c5",
        control: "#8795a4",
        focus: "#7db8ff",
    };

    /// Kelisim's own colour for a token.
    pub(crate) fn own(&self, token: &str) -> &'static str {
        match token {
            "accent" => self.accent,
            "accent-text" => self.accent_text,
            "background" => self.background,
            "surface" => self.surface,
            "muted" => self.muted,
            "control" => self.control,
            "focus" => self.focus,
            _ => self.text,
        }
    }
}

/// The least contrast of words, and of controls.
const WORDS: f64 = 4.5;
const CONTROLS: f64 = 3.0;

/// The owner's colours as they are in one theme, with what follows from them.
///
/// Whoever sets `accent` alone gets words on it that can be read, and in a theme that follows the visitor's system the
/// accent is lifted off the dark ground; with `accent-text`, or in one theme alone, both stay what they are.
pub(crate) fn in_theme(tokens: &Tokens, palette: &Palette, follows_the_system: bool) -> Tokens {
    let mut tokens = tokens.clone();
    let (Some(accent), None) = (tokens.accent.clone(), &tokens.accent_text) else {
        return tokens;
    };
    let grounds: Vec<Colour> = ["background", "surface"]
        .into_iter()
        .filter_map(|ground| colour(&tokens, palette, ground))
        .collect();
    let is_lifted = follows_the_system && *palette == Palette::DARK;
    let accent = if is_lifted {
        accent.nearest_with_contrast(&grounds, CONTROLS).unwrap_or(accent)
    } else {
        accent
    };
    let words = [Palette::LIGHT.accent_text, Palette::DARK.accent_text].into_iter();
    tokens.accent_text = words
        .filter_map(|words| words.parse::<Colour>().ok())
        .max_by(|one, other| one.contrast(&accent).total_cmp(&other.contrast(&accent)));
    tokens.accent = Some(accent);
    tokens
}

/// A token in a theme: the owner's colour, or Kelisim's own. Of the ground of the groups, what a visitor sees of it over
/// the ground of the layer.
fn colour(tokens: &Tokens, palette: &Palette, token: &str) -> Option<Colour> {
    let colour = chosen(tokens, token).or_else(|| palette.own(token).parse().ok())?;
    if token == "surface" && !colour.is_opaque() {
        return Some(colour.over(&self::colour(tokens, palette, "background")?));
    }
    Some(colour)
}

/// What lies on the page itself, or under words: the page would show through, and what it looks like is not known here.
const GROUNDS: [&str; 2] = ["background", "accent"];

/// Every pair that is read together: what stands on which ground, and how far apart.
pub(crate) const PAIRS: [(&str, &str, f64); 11] = [
    ("accent-text", "accent", WORDS),
    ("text", "background", WORDS),
    ("text", "surface", WORDS),
    ("muted", "background", WORDS),
    ("muted", "surface", WORDS),
    ("control", "background", CONTROLS),
    ("control", "surface", CONTROLS),
    ("focus", "background", CONTROLS),
    ("focus", "surface", CONTROLS),
    ("accent", "background", CONTROLS),
    ("accent", "surface", CONTROLS),
];

/// A colour that keeps something from being read.
pub(crate) struct Pale {
    /// The token that the owner chose.
    pub(crate) token: &'static str,
    why: Why,
}

enum Why {
    /// Something shows through a ground; the colour without that.
    ShowsThrough(Colour),
    TooClose(Pair),
}

/// Two colours that stand too close to each other.
struct Pair {
    above: &'static str,
    ground: &'static str,
    theme: &'static str,
    ratio: f64,
    least: f64,
    /// The token to set, and a value with which it would do.
    mend: Option<(&'static str, Colour)>,
}

impl Pale {
    /// What is said of it, with a colour that would do where there is one.
    pub(crate) fn said(&self) -> Saying {
        match &self.why {
            Why::ShowsThrough(opaque) => Phrase::ShowsThrough.with(would_do(self.token, opaque)),
            Why::TooClose(pair) => pair.said(),
        }
    }
}

impl Pair {
    fn said(&self) -> Saying {
        // Rounded down: what is too little by a hair is not to read as enough.
        let ratio = (self.ratio * 100.0).floor() / 100.0;
        let pair = [
            ("above", self.above.to_owned()),
            ("ground", self.ground.to_owned()),
            ("theme", self.theme.to_owned()),
            ("ratio", format!("{ratio:.2}")),
            ("least", self.least.to_string()),
        ];
        match &self.mend {
            Some((token, colour)) => Phrase::TooClose.with(pair.into_iter().chain(would_do(token, colour))),
            None => Phrase::TooCloseToMend.with(pair),
        }
    }
}

fn would_do(token: &str, colour: &Colour) -> [(&'static str, String); 2] {
    [("token", token.to_owned()), ("colour", colour.to_string())]
}

/// The grounds through which something shows, and the pairs that stand too close to each other and of which the owner
/// chose at least one colour; each token once.
pub(crate) fn pale_pairs(tokens: &Tokens, palettes: &[Palette]) -> Vec<Pale> {
    let translucent = GROUNDS.into_iter().filter_map(|token| {
        let colour = chosen(tokens, token).filter(|colour| !colour.is_opaque())?;
        let why = Why::ShowsThrough(colour.made_opaque());
        Some(Pale { token, why })
    });
    let mut pale: Vec<Pale> = translucent.collect();
    for palette in palettes {
        let shown = in_theme(tokens, palette, palettes.len() > 1);
        for (above, ground, least) in PAIRS {
            let token = match (chosen(tokens, above), chosen(tokens, ground)) {
                (Some(_), _) => above,
                (None, Some(_)) => ground,
                (None, None) => continue,
            };
            let (Some(over), Some(under)) = (colour(&shown, palette, above), colour(&shown, palette, ground)) else {
                continue;
            };
            let ratio = over.contrast(&under);
            let is_new = !pale.iter().any(|pale| pale.token == token);
            if ratio < least && is_new {
                let pair = Pair {
                    above,
                    ground,
                    theme: palette.theme,
                    ratio,
                    least,
                    mend: mend(tokens, palettes, above),
                };
                let why = Why::TooClose(pair);
                pale.push(Pale { token, why });
            }
        }
    }
    pale
}

/// The colour nearest to what stands above that keeps its distance from every ground that it is read on, in every theme
/// that holds.
fn mend(tokens: &Tokens, palettes: &[Palette], above: &'static str) -> Option<(&'static str, Colour)> {
    let pairs = PAIRS.iter().filter(|(over, ..)| *over == above);
    let least = pairs.clone().map(|(.., least)| *least).fold(0.0, f64::max);
    let grounds: Vec<Colour> = pairs
        .flat_map(|(_, ground, _)| palettes.iter().filter_map(|palette| colour(tokens, palette, ground)))
        .collect();
    let nearest = colour(tokens, palettes.first()?, above)?.nearest_with_contrast(&grounds, least)?;
    Some((above, nearest))
}

/// The owner's colour for a token.
fn chosen(tokens: &Tokens, token: &str) -> Option<Colour> {
    match token {
        "accent" => tokens.accent.clone(),
        "accent-text" => tokens.accent_text.clone(),
        "background" => tokens.background.clone(),
        "surface" => tokens.surface.clone(),
        "text" => tokens.text.clone(),
        "muted" => tokens.muted.clone(),
        "control" => tokens.control.clone(),
        "focus" => tokens.focus.clone(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{PAIRS, Pale, Palette, pale_pairs};
    use crate::config::appearance::Tokens;
    use crate::config::messages::messages;

    const TOKENS: &str = include_str!("../../../styles/tokens.css");
    const DARK: &str = include_str!("../../../styles/themes/dark.css");
    const AUTO: &str = include_str!("../../../styles/themes/auto.css");

    fn told(pale: &Pale) -> String {
        messages("en").say(&pale.said())
    }

    /// The colours here are those of the style sheets.
    #[test]
    fn the_palettes_are_those_of_the_style_sheets() {
        let told = |token: &str, value: &str| format!("--kelisim-{token}, {value})");
        for token in PAIRS.iter().flat_map(|(above, ground, _)| [above, ground]) {
            let (light, dark) = (Palette::LIGHT.own(token), Palette::DARK.own(token));
            let either = format!("light-dark({light}, {dark})");
            for (styles, written) in [
                (TOKENS, told(token, light)),
                (DARK, told(token, dark)),
                (AUTO, told(token, &either)),
            ] {
                assert!(styles.contains(&written), "{written}");
            }
        }
    }

    /// K-02: an accent alone is enough: whatever it is, words on it can be read, and in the dark it can be seen.
    #[test]
    fn k_02_an_accent_alone_is_enough() {
        for accent in ["#00875a", "#1d4468", "#7b1fa2", "#b00020", "#00695c", "#333", "#0a2540"] {
            let tokens = Tokens {
                accent: Some(accent.parse().unwrap()),
                ..Tokens::default()
            };
            let pale = pale_pairs(&tokens, &[Palette::LIGHT, Palette::DARK]);
            assert!(pale.is_empty(), "{accent}: {}", told(&pale[0]));
        }
        let yellow = Tokens {
            accent: Some("#ffe082".parse().unwrap()),
            ..Tokens::default()
        };
        let pale = pale_pairs(&yellow, &[Palette::LIGHT, Palette::DARK]);
        assert_eq!((pale.len(), pale[0].token), (1, "accent"));
        assert!(told(&pale[0]).contains("(light)"), "{}", told(&pale[0]));
    }

    fn tokens(written: &[(&str, &str)]) -> Tokens {
        let mut tokens = Tokens::default();
        for (token, colour) in written {
            let colour = Some(colour.parse().unwrap());
            match *token {
                "accent" => tokens.accent = colour,
                "background" => tokens.background = colour,
                "surface" => tokens.surface = colour,
                _ => tokens.text = colour,
            }
        }
        tokens
    }

    /// K-02: what the page looks like is not known, so nothing of it shows through a ground.
    #[test]
    fn k_02_a_ground_is_opaque() {
        for (token, written, opaque) in [
            ("background", "#ffffff00", "#ffffff"),
            ("background", "#fff8", "#ffffff"),
            ("background", "transparent", "#000000"),
            ("accent", "rgb(29 68 104 / 99%)", "#1d4468"),
        ] {
            let pale = pale_pairs(&tokens(&[(token, written)]), &[Palette::LIGHT]);
            let hint = format!(
                "The page shows through `{token}`, and a ground has to be opaque. `\"{token}\": \"{opaque}\"` would do"
            );
            let hints: Vec<String> = pale.iter().filter(|pale| pale.token == token).map(told).collect();
            assert_eq!(hints, [hint], "{written}");
        }
        assert!(pale_pairs(&tokens(&[("background", "#ffff")]), &[Palette::LIGHT]).is_empty());
    }

    /// K-02: a group in the settings may let its layer through, and is then as dark as that.
    #[test]
    fn k_02_a_group_is_seen_over_its_layer() {
        let light = |surface| pale_pairs(&tokens(&[("surface", surface)]), &[Palette::LIGHT]);
        assert!(light("#0001").is_empty() && light("transparent").is_empty());
        assert_eq!(light("#000c")[0].token, "surface");
        let dark = tokens(&[("background", "#161b21"), ("surface", "#ffffff08"), ("text", "#eef2f6")]);
        let seen: Vec<&str> = pale_pairs(&dark, &[Palette::DARK])
            .iter()
            .map(|pale| pale.token)
            .collect();
        assert!(seen.is_empty(), "{seen:?}");
        let white = tokens(&[("background", "#161b21"), ("surface", "#fff8")]);
        assert_eq!(pale_pairs(&white, &[Palette::DARK])[0].token, "surface");
    }

    /// F-04, A-12: Kelisim's own colours keep their distance, light and dark.
    #[test]
    fn f_04_a_12_own_colours_keep_their_distance() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            let own = |token: &str| Some(palette.own(token).parse().unwrap());
            let tokens = Tokens {
                accent: own("accent"),
                accent_text: own("accent-text"),
                background: own("background"),
                surface: own("surface"),
                text: own("text"),
                muted: own("muted"),
                control: own("control"),
                focus: own("focus"),
                ..Tokens::default()
            };
            assert!(pale_pairs(&tokens, &[palette]).is_empty());
        }
    }
}
