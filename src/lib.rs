//! Kelisim's runtime: what every page gets. It knows the compiled site and no configuration.
//!
//! How a visit flows through it:
//!
//! 1. The loader (`loader/`) stands in the page before this module. It fetches it, shows the compiled first layer where
//!    nobody was ever asked, and hands both over: [`Kelisim::open`], then [`Kelisim::begin`].
//! 2. [`visit`] holds what is true in the document. `open` and `update` answer each event with effects. [`consent`] knows
//!    decisions, records and what they permit. Both are pure: no browser, no clock, no chance.
//! 3. `app.rs` queues events, asks `visit`, and carries the effects out, one after the other: by [`page`], which is what a
//!    page can do, and by `ui`, which takes the compiled HTML into the page and decides nothing.
//! 4. What the visitor does there comes back as an event: `hearing.rs`. What the page calls, through [`Kelisim`].

pub mod consent;
pub mod page;
pub mod ui;
pub mod visit;

mod app;
mod hearing;
mod purging;
mod surroundings;

use std::rc::Rc;

use js_sys::Promise;
use kelisim_site::{FORMAT, Site};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

pub use surroundings::Surroundings;

use app::App;
use consent::LanguageId;
use visit::{Call, Event, Press};

/// Kelisim in one document, as the loader calls it. None of its calls can grant anything by itself.
#[wasm_bindgen]
pub struct Kelisim {
    app: Rc<App>,
}

#[wasm_bindgen]
impl Kelisim {
    /// Reads the site and what lies in the browser. Nothing is started.
    ///
    /// # Errors
    ///
    /// A code: `otherFormat` for a site of another build, `scopeElsewhere` where the site's scope does not cover this host.
    pub fn open(surroundings: Surroundings) -> Result<Kelisim, JsValue> {
        let other_format = || JsValue::from_str("otherFormat");
        let site: Site = page::reading::read(&surroundings.site()).map_err(|_| other_format())?;
        if site.format != FORMAT {
            return Err(other_format());
        }
        if !covers(site.scope.as_deref(), &page::address::host()) {
            return Err(JsValue::from_str("scopeElsewhere"));
        }
        let app = App::new(site, surroundings).ok_or_else(other_format)?;
        Ok(Kelisim { app })
    }

    /// Carries out what follows from the start of the document: what was granted before starts, and the visitor is asked.
    pub fn begin(&self) {
        self.app.begin();
    }

    /// The visitor's last press on the first layer before the module was there, once: `accept`, `reject`, `settings`, or
    /// `language` with its tag.
    pub fn press(&self, action: &str, language: Option<String>) {
        let press = match action {
            "accept" => Some(Press::Accept),
            "reject" => Some(Press::Reject),
            "settings" => Some(Press::Settings),
            _ => language.and_then(|tag| self.pressed_language(&tag)),
        };
        if let Some(press) = press {
            self.app.press(press);
        }
    }

    /// Whether a category or service is allowed now; `necessary` always.
    pub fn allows(&self, id: &str) -> bool {
        self.app.allows(id)
    }

    /// The visitor's record while it holds, frozen; else `null`.
    pub fn record(&self) -> JsValue {
        self.app.record()
    }

    /// Grants exactly these ids, or everything: a promise of the record, of `null` where that is not allowed.
    pub fn accept(&self, ids: Option<Vec<String>>) -> Promise {
        self.app.call(ids.map_or(Call::Accept, Call::Only))
    }

    /// Refuses everything.
    pub fn reject(&self) -> Promise {
        self.app.call(Call::Reject)
    }

    /// Takes back what was granted.
    pub fn withdraw(&self) -> Promise {
        self.app.call(Call::Withdraw)
    }

    /// Shows the first layer once more.
    pub fn show(&self) {
        self.app.send(Event::Recalled);
    }

    /// Opens the settings.
    pub fn settings(&self) {
        self.app.send(Event::OpenSettings);
    }

    /// Speaks another of the site's languages, by its tag.
    pub fn language(&self, tag: &str) {
        self.app.speak(tag);
    }
}

impl Kelisim {
    /// The visitor's own press is kept for the next pages (requirement P-17).
    fn pressed_language(&self, tag: &str) -> Option<Press> {
        let language = LanguageId::tagged(self.app.site(), tag)?;
        page::storage::keep_language(tag);
        Some(Press::Language(language))
    }
}

/// Whether a scope is this host or a domain above it. One that is not could share nothing.
fn covers(scope: Option<&str>, host: &str) -> bool {
    scope.is_none_or(|scope| {
        let rest = host.strip_suffix(scope);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}
