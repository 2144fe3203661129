//! Where the first layer stands and how it looks. A look that nobody can use is a problem, never silently another one
//! (requirement K-02).

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use strum::{EnumString, VariantNames};

use super::choice::read_as_choice;
use super::colour::Colour;
use super::palette::{Palette, pale_pairs};
use super::problem::{Code, Fault, Hint};
use super::reading::{Read, Reading};
use super::token_text::{Font, FontSize, Length, MaxWidth, Shadow, ZIndex};

/// Where the first layer stands and how it looks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Appearance {
    /// The form of the first layer.
    #[schemars(extend("default" = "bar"))]
    pub layout: Option<Layout>,
    /// The edge or corner where it stands: an edge for a bar, a corner for a box; a card has none.
    #[schemars(extend("default" = "bottom"))]
    pub position: Option<Position>,
    /// Light or dark.
    #[schemars(extend("default" = "auto"))]
    pub theme: Option<Theme>,
    /// What leads back to the choice once it was made.
    #[schemars(extend("default" = "button"))]
    pub reopen: Option<Reopen>,
    /// Values of the custom properties `--kelisim-…`, by their names without that. What is dark by itself is light here
    /// too: where light and dark differ, write your own style sheet.
    pub tokens: Option<Tokens>,
}

/// The form of the first layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, EnumString, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Layout {
    /// A bar over the whole width.
    #[default]
    Bar,
    /// A box in a corner.
    Box,
    /// A card in the middle of the window, around which the page stays in use.
    Card,
}

/// The edge or corner where the first layer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, EnumString, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Position {
    /// The lower edge.
    Bottom,
    /// The upper edge.
    Top,
    /// The lower corner where lines begin: on the left, in Arabic script on the right.
    BottomStart,
    /// The lower corner where lines end: on the right, in Arabic script on the left.
    BottomEnd,
    /// The upper corner where lines begin.
    TopStart,
    /// The upper corner where lines end.
    TopEnd,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, EnumString, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Theme {
    /// As the page says that it is, by its `color-scheme`.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// What leads back to the choice once it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, EnumString, VariantNames)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Reopen {
    /// A floating button.
    #[default]
    Button,
    /// A plain link at the end of the page.
    Link,
}

read_as_choice!(Layout, Position, Theme, Reopen);

impl Layout {
    /// Every layout.
    pub fn all() -> impl Iterator<Item = Layout> {
        Layout::VARIANTS.iter().filter_map(|layout| layout.parse().ok())
    }

    /// The positions in which this layout has a look; the first is where it stands by itself.
    pub fn positions(self) -> &'static [Position] {
        match self {
            Layout::Bar => &[Position::Bottom, Position::Top],
            Layout::Box => &[
                Position::BottomStart,
                Position::BottomEnd,
                Position::TopStart,
                Position::TopEnd,
            ],
            Layout::Card => &[],
        }
    }

    /// As the style sheets call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Layout::Bar => "bar",
            Layout::Box => "box",
            Layout::Card => "card",
        }
    }
}

impl Position {
    /// As the style sheets call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Position::Bottom => "bottom",
            Position::Top => "top",
            Position::BottomStart => "bottom-start",
            Position::BottomEnd => "bottom-end",
            Position::TopStart => "top-start",
            Position::TopEnd => "top-end",
        }
    }
}

impl Theme {
    /// Every theme.
    pub fn all() -> impl Iterator<Item = Theme> {
        Theme::VARIANTS.iter().filter_map(|theme| theme.parse().ok())
    }

    /// As the style sheets call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

impl Reopen {
    /// Everything that may lead back.
    pub fn all() -> impl Iterator<Item = Reopen> {
        Reopen::VARIANTS.iter().filter_map(|reopen| reopen.parse().ok())
    }

    /// As the style sheets call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Reopen::Button => "button",
            Reopen::Link => "link",
        }
    }
}

impl Appearance {
    /// Where the first layer stands: where its owner says, if the layout has a look there. A card stands nowhere else.
    pub fn position(&self) -> Option<Position> {
        let positions = self.layout.unwrap_or_default().positions();
        let written = self.position.filter(|position| positions.contains(position));
        written.or(positions.first().copied())
    }
}

impl Read for Appearance {
    const IS_OBJECT: bool = true;

    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Appearance> {
        let mut object = reading.object(value);
        let [has_layout, has_theme] = ["layout", "theme"].map(|key| object.written(key).is_some());
        let layout = object.optional::<Layout>("layout");
        let position = object.optional::<Position>("position");
        let theme = object.optional::<Theme>("theme");
        let reopen = object.optional("reopen");
        let tokens = object.optional("tokens");
        let is_layout_known = layout.is_some() || !has_layout;
        if let Some(position) = position
            && is_layout_known
            && !layout.unwrap_or_default().positions().contains(&position)
        {
            object.report_at("position", no_such_look(layout.unwrap_or_default()));
        }
        let is_theme_known = theme.is_some() || !has_theme;
        if let Some(tokens) = &tokens
            && is_theme_known
        {
            object.reading.within("tokens", |reading| {
                look_at_colours(tokens, theme.unwrap_or_default(), reading);
            });
        }
        object.end();
        Some(Appearance {
            layout,
            position,
            theme,
            reopen,
            tokens,
        })
    }
}

/// A position that a layout does not have; those that it has are the hint.
fn no_such_look(layout: Layout) -> Fault {
    let positions: Vec<&'static str> = layout.positions().iter().map(|position| position.as_str()).collect();
    if positions.is_empty() {
        return Fault::from(Code::NoSuchLook);
    }
    Fault::with(Code::NoSuchLook, Hint::Either(positions))
}

/// Holds every pair of colours that are read together, of which the owner chose one, to its contrast, in light and dark.
fn look_at_colours(tokens: &Tokens, theme: Theme, reading: &mut Reading<'_>) {
    let grounds: &[Palette] = match theme {
        Theme::Auto => &[Palette::LIGHT, Palette::DARK],
        Theme::Light => &[Palette::LIGHT],
        Theme::Dark => &[Palette::DARK],
    };
    for pale in pale_pairs(tokens, grounds) {
        reading.within(pale.token, |reading| {
            reading.report(Fault::with(Code::LowContrast, pale.said()));
        });
    }
}

/// Declares the tokens: the field, its name in a configuration and its type.
macro_rules! tokens {
    ($($(#[$meta:meta])* $field:ident: $name:literal, $type:ty;)+) => {
        /// Values of the custom properties `--kelisim-…`, by their names without that.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct Tokens {
            $($(#[$meta])* #[serde(rename = $name)] pub $field: Option<$type>,)+
        }

        impl Read for Tokens {
            const IS_OBJECT: bool = true;

            fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Tokens> {
                let mut object = reading.object(value);
                let tokens = Tokens { $($field: object.optional($name),)+ };
                object.end_with(|key| {
                    let refused = super::refused_keys::code_of_unknown_key(key);
                    let code = if refused == Code::UnknownKey { Code::UnknownToken } else { refused };
                    (code, key.strip_prefix("--kelisim-").unwrap_or(key))
                });
                Some(tokens)
            }
        }

        impl Tokens {
            /// Every token that the owner set, by its name.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, String)> {
                [$(($name, self.$field.as_ref().map(ToString::to_string)),)+]
                    .into_iter()
                    .filter_map(|(name, value)| Some((name, value?)))
            }
        }
    };
}

tokens! {
    /// `--kelisim-accent`: ground of the buttons, track of a switch that is on.
    #[schemars(extend("default" = "#1d4468", "examples" = ["#00875a"]))]
    accent: "accent", Colour;
    /// `--kelisim-accent-text`: words on the buttons.
    #[schemars(extend("default" = "#fff"))]
    accent_text: "accent-text", Colour;
    /// `--kelisim-background`: ground of both layers.
    #[schemars(extend("default" = "#fff"))]
    background: "background", Colour;
    /// `--kelisim-surface`: ground of the groups in the settings.
    #[schemars(extend("default" = "#f4f6f8"))]
    surface: "surface", Colour;
    /// `--kelisim-text`: words, links.
    #[schemars(extend("default" = "#18212b"))]
    text: "text", Colour;
    /// `--kelisim-muted`: second words, such as recipients and descriptions.
    #[schemars(extend("default" = "#525e6b"))]
    muted: "muted", Colour;
    /// `--kelisim-border`: hairlines.
    #[schemars(extend("default" = "#dde2e8"))]
    border: "border", Colour;
    /// `--kelisim-control`: outline of a switch that is off; keep 3:1 to its ground.
    #[schemars(extend("default" = "#6c7885"))]
    control: "control", Colour;
    /// `--kelisim-focus`: ring around what has the keyboard; keep 3:1 to its ground.
    #[schemars(extend("default" = "#1668dc"))]
    focus: "focus", Colour;
    /// `--kelisim-shadow`: elevation of the layers.
    #[schemars(extend("examples" = ["none", "0 4px 12px #18212b14"]))]
    shadow: "shadow", Shadow;
    /// `--kelisim-radius`: corners of the layers; the buttons take half of it.
    #[schemars(extend("default" = "1em"))]
    radius: "radius", Length;
    /// `--kelisim-font`: typeface.
    #[schemars(extend("examples" = ["\"PT Sans\", sans-serif"]))]
    font: "font", Font;
    /// `--kelisim-font-size`: size that everything else is measured by; without it, the visitor's own.
    #[schemars(extend("examples" = ["1rem"]))]
    font_size: "font-size", FontSize;
    /// `--kelisim-gap`: distance between things.
    #[schemars(extend("default" = "0.75em"))]
    gap: "gap", Length;
    /// `--kelisim-max-width`: width of the bar.
    #[schemars(extend("default" = "76em"))]
    max_width: "max-width", MaxWidth;
    /// `--kelisim-z-index`: above what of the page the first layer stands.
    #[schemars(extend("default" = "2147483000"))]
    z_index: "z-index", ZIndex;
}
