//! What a page can have more of than usual, and what of its cost is looked at. Only Kelisim's growth is measured.

use super::conditions::Conditions;
use super::pages::Variant;

/// What there is more of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Growth {
    /// Gated scripts whose code stands in the page.
    Elements(u32),
    /// Services in the configuration, each with two stored names.
    Services(u32),
    /// Cookies that lie in the browser when the page starts.
    Cookies(u32),
}

/// What of it is measured, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aspect {
    /// To the first layer.
    Layer,
    /// Script time to the first layer.
    Script,
    /// Task time to the first layer.
    Task,
    /// From Accept until the last gated element has run.
    Accept,
}

impl Aspect {
    /// How a report names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Aspect::Layer => "first layer",
            Aspect::Script => "script to first layer",
            Aspect::Task => "tasks to first layer",
            Aspect::Accept => "Accept to the last element",
        }
    }
}

impl Growth {
    /// All that is measured.
    pub(super) const ALL: [Growth; 9] = [
        Growth::Elements(10),
        Growth::Elements(100),
        Growth::Elements(1000),
        Growth::Services(5),
        Growth::Services(50),
        Growth::Services(200),
        Growth::Cookies(10),
        Growth::Cookies(100),
        Growth::Cookies(1000),
    ];

    /// The network plays no part in it, and a slow processor shows it larger.
    pub(super) const CONDITIONS: Conditions = Conditions::SlowProcessor;

    /// How a table names it.
    pub(super) fn name(self) -> String {
        match self {
            Growth::Elements(count) => format!("{count} gated elements"),
            Growth::Services(count) => format!("{count} services"),
            Growth::Cookies(count) => format!("{count} cookies"),
        }
    }

    /// The page that has it.
    pub(super) fn variant(self) -> Variant {
        match self {
            Growth::Elements(inline) => Variant {
                scripts: 0,
                inline,
                ..Variant::USUAL
            },
            Growth::Services(services) => Variant {
                services,
                ..Variant::USUAL
            },
            Growth::Cookies(_) => Variant::USUAL,
        }
    }

    /// What runs before the page's own scripts. Browsers keep at most 180 cookies of a site, so more of them can only be
    /// played: `document.cookie` reads as if they were there. Writing goes on as ever.
    pub(super) fn script(self) -> String {
        let Growth::Cookies(count) = self else {
            return String::new();
        };
        format!(
            "{{
                const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
                const played = Array.from({{ length: {count} }}, (_, n) => `some_cookie_${{n}}=value${{n}}`).join('; ');
                Object.defineProperty(Document.prototype, 'cookie', {{
                    ...cookie,
                    get() {{
                        const own = cookie.get.call(this);
                        return own ? `${{own}}; ${{played}}` : played;
                    }},
                }});
            }}"
        )
    }
}
