//! A colour of the owner, and how much it stands out from its ground (requirement K-02).
//!
//! It must not take what only a page could know: `currentcolor`, `inherit` and `var(…)` are no colours here. What a colour
//! is for, and how much it has to stand out, is for the configuration.

use std::fmt;
use std::str::FromStr;

use csscolorparser::Color;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::problem::{Code, Fault};
use super::token_text::TokenText;

/// The functions of CSS that write a colour out. The parser also reads some that no browser does.
const FUNCTIONS: [&str; 10] = [
    "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color",
];

/// How many steps there are from black to white.
const STEPS: u16 = 2 * 255;

/// A colour as CSS writes it: `#rrggbb`, `rgb(…)`, `hsl(…)`, a name; no `var(…)` and no `currentcolor`, which say nothing of
/// how it looks (requirement K-02).
#[derive(Clone, Debug, PartialEq, Eq, Hash, JsonSchema)]
#[schemars(transparent)]
pub struct Colour {
    #[schemars(regex(pattern = r"^(?![\s\S]*([Uu][Rr][Ll]|[Ii][Mm][Aa][Gg][Ee]))[^;{}\\@\x00-\x1f\x7f]+$"))]
    written: String,
    /// Red, green and blue, in the eight bits that a screen shows.
    #[schemars(skip)]
    channels: [u8; 3],
    #[schemars(skip)]
    alpha: u8,
}

impl Colour {
    /// The colour as it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The colour as every supported browser reads it: `#rrggbb`, or `#rrggbbaa` where something shows through.
    pub fn hex(&self) -> String {
        let [red, green, blue] = self.channels;
        match self.alpha {
            u8::MAX => format!("#{red:02x}{green:02x}{blue:02x}"),
            alpha => format!("#{red:02x}{green:02x}{blue:02x}{alpha:02x}"),
        }
    }

    /// Whether nothing shows through.
    pub fn is_opaque(&self) -> bool {
        self.alpha == u8::MAX
    }

    /// The colour without what shows through: `#ffffff` for `#fff8`.
    #[must_use]
    pub fn made_opaque(&self) -> Colour {
        Colour::opaque(self.channels)
    }

    /// What a visitor sees of it over an opaque ground.
    #[must_use]
    pub fn over(&self, ground: &Colour) -> Colour {
        let alpha = u32::from(self.alpha);
        let mix = |own: u8, below: u8| {
            let sum = u32::from(own) * alpha + u32::from(below) * (255 - alpha);
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        let ([red, green, blue], [below_red, below_green, below_blue]) = (self.channels, ground.channels);
        Colour::opaque([mix(red, below_red), mix(green, below_green), mix(blue, below_blue)])
    }

    /// The contrast ratio of the colour, laid over its ground, to that ground: 1 to 21 (WCAG 2.2, "contrast ratio"). Of
    /// the ground the alpha does not count: lay it over what lies behind it first.
    pub fn contrast(&self, ground: &Colour) -> f64 {
        let (own, other) = (self.over(ground).luminance(), ground.luminance());
        (own.max(other) + 0.05) / (own.min(other) + 0.05)
    }

    /// The colour of the same hue that is nearest to this one and reaches a contrast ratio on every ground, in words
    /// `#rrggbb`; none where neither black nor white would.
    pub fn nearest_with_contrast(&self, grounds: &[Colour], least: f64) -> Option<Colour> {
        let start = grounds
            .first()
            .map_or_else(|| self.over(self), |ground| self.over(ground));
        let [red, green, blue] = start.channels;
        let [hue, saturation, lightness, _] = Color::from_rgba8(red, green, blue, u8::MAX).to_hsla();
        let reaches = |colour: &Colour| grounds.iter().all(|ground| colour.contrast(ground) >= least);
        let moved = |step: f32| {
            let lightness = (lightness + step).clamp(0.0, 1.0);
            let [red, green, blue, _] = Color::from_hsla(hue, saturation, lightness, 1.0).to_rgba8();
            Colour::opaque([red, green, blue])
        };
        if reaches(&start) {
            return Some(start);
        }
        // Half the steps of eight bits: none between them would show.
        (1..=STEPS)
            .map(|step| f32::from(step) / f32::from(STEPS))
            .flat_map(|step| [moved(-step), moved(step)])
            .find(reaches)
    }

    fn opaque(channels: [u8; 3]) -> Colour {
        let mut colour = Colour {
            written: String::new(),
            channels,
            alpha: u8::MAX,
        };
        colour.written = colour.hex();
        colour
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(&self) -> f64 {
        let [red, green, blue] = self.channels.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 {
                channel / 12.92
            } else {
                ((channel + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// As every supported browser reads it, whatever the owner wrote: Chrome 99 knows no `oklch()`.
impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.hex())
    }
}

impl FromStr for Colour {
    type Err = Fault;

    /// What loads something or is more than one value is named as that, because it is no mere slip.
    fn from_str(text: &str) -> Result<Colour, Fault> {
        TokenText::from_str(text)?;
        match csscolorparser::parse(text) {
            Ok(colour) if is_css(text) => {
                let [red, green, blue, alpha] = colour.to_rgba8();
                Ok(Colour {
                    written: text.to_owned(),
                    channels: [red, green, blue],
                    alpha,
                })
            }
            _ => Err(Code::UnknownColour.into()),
        }
    }
}

/// Whether a browser reads as well what the parser read: not `fff`, `hsv(…)`, `rgb (…)`.
fn is_css(text: &str) -> bool {
    let text = text.trim();
    match text.split_once('(') {
        Some((function, _)) => FUNCTIONS.iter().any(|known| known.eq_ignore_ascii_case(function)),
        None => text.starts_with('#') || !text.chars().all(|letter| letter.is_ascii_hexdigit()),
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;
    use crate::config::problem::Code;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn a_colour_is_read_as_css_writes_it() {
        for (text, hex) in [
            ("#fff", "#ffffff"),
            ("#FFFFFF", "#ffffff"),
            ("#0008", "#00000088"),
            ("rebeccapurple", "#663399"),
            ("RebeccaPurple", "#663399"),
            ("transparent", "#00000000"),
            ("rgb(1, 2, 3)", "#010203"),
            ("rgb(1 2 3 / 50%)", "#01020380"),
            ("rgba(1, 2, 3, .5)", "#01020380"),
            ("hsl(120deg 100% 50%)", "#00ff00"),
            ("hwb(0 0% 0%)", "#ff0000"),
            ("oklch(100% 0 0)", "#ffffff"),
            ("color(srgb 1 0 0)", "#ff0000"),
            (" #fff ", "#ffffff"),
        ] {
            let colour = colour(text);
            assert_eq!((colour.as_str(), colour.hex().as_str()), (text, hex));
            assert_eq!(serde_json::to_value(&colour).unwrap(), text);
        }
    }

    #[test]
    fn k_02_what_is_no_colour_is_refused() {
        for text in [
            "currentcolor",
            "currentColor",
            "inherit",
            "initial",
            "var(--text)",
            "fff",
            "ffffff",
            "#ff",
            "#fffff",
            "#ggg",
            "hsv(0 0% 100%)",
            "hwba(0 0% 0%)",
            "rgb (1, 2, 3)",
            "rgb(1, 2)",
            "light-dark(#000, #fff)",
            "12px",
            "blu",
            "қызыл",
            " ",
            "rgb(",
            "(",
            "#",
            "rgb(қ 2 3)",
        ] {
            assert_eq!(text.parse::<Colour>(), Err(Code::UnknownColour.into()), "{text}");
        }
    }

    #[test]
    fn g_06_what_loads_something_is_named_as_that() {
        for text in [
            "",
            "url(//evil.example)",
            "#fff;color:red",
            "#fff}",
            "image(red)",
            "#fff\n",
            "\u{1b}#fff",
        ] {
            assert_eq!(text.parse::<Colour>(), Err(Code::UnsafeToken.into()), "{text}");
        }
    }

    #[test]
    fn k_02_the_contrast_is_that_of_wcag() {
        for (own, ground, ratio) in [
            ("#fff", "#000", 21.0),
            ("#000", "#fff", 21.0),
            ("#fff", "#fff", 1.0),
            ("#767676", "#fff", 4.54),
            ("#777", "#fff", 4.48),
            ("#f00", "#fff", 4.0),
            ("#00f", "#fff", 8.59),
            ("#595959", "#fff", 7.0),
            // Half of black on white is a grey.
            ("#00000080", "#fff", 4.0),
            ("#7f7f7f", "#fff", 4.0),
            ("transparent", "#abc", 1.0),
        ] {
            let found = colour(own).contrast(&colour(ground));
            assert!((found - ratio).abs() < 0.005, "{own} on {ground}: {found}");
        }
    }

    #[test]
    fn a_colour_that_shows_through_is_mixed_with_its_ground() {
        for (own, ground, seen) in [
            ("#00000080", "#fff", "#7f7f7f"),
            ("#ff000080", "#00f", "#80007f"),
            ("transparent", "#abcdef", "#abcdef"),
            ("#123456", "#abcdef", "#123456"),
        ] {
            assert_eq!(colour(own).over(&colour(ground)).as_str(), seen);
        }
        for (own, is_opaque, made_opaque) in [
            ("#fff8", false, "#ffffff"),
            ("#12345600", false, "#123456"),
            ("rgb(1 2 3)", true, "#010203"),
        ] {
            let own = colour(own);
            assert_eq!((own.is_opaque(), own.made_opaque().as_str()), (is_opaque, made_opaque));
        }
    }

    #[test]
    fn k_02_the_mend_is_the_nearest_colour_that_stands_out() {
        for (own, grounds, least, expected) in [
            // Grey has no hue, and one step makes it darker.
            ("#777", &["#fff"][..], 4.5, Some("#767676")),
            ("#000", &["#fff"], 4.5, Some("#000000")),
            ("#777", &["#000"], 4.5, Some("#777777")),
            ("#00000080", &["#fff"], 4.5, Some("#767676")),
            ("#fff", &["#fff"], 21.0, Some("#000000")),
            ("#777", &["#fff", "#000"], 4.5, Some("#767676")),
            ("#777", &["#fff", "#000"], 7.0, None),
            ("#777", &[], 4.5, Some("#777777")),
        ] {
            let grounds: Vec<Colour> = grounds.iter().map(|ground| colour(ground)).collect();
            let found = colour(own).nearest_with_contrast(&grounds, least);
            assert_eq!(found.as_ref().map(Colour::as_str), expected, "{own} {least}");
        }
    }

    #[test]
    fn k_02_the_mend_keeps_the_hue() {
        let (orange, white) = (colour("#ff8800"), colour("#ffffff"));
        let found = orange.nearest_with_contrast(std::slice::from_ref(&white), 4.5).unwrap();
        assert!(found.contrast(&white) >= 4.5 && found.contrast(&white) < 4.6);
        let [red, green, blue] = found.channels;
        assert!(red > green && green > blue && blue == 0, "{found}");
    }
}
