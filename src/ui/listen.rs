//! Turns what the visitor does into events for the core. `host.js` listens on `window`, in the capture phase, so that no
//! script of the page can swallow a refusal on its way, and hands every click and change over.
//!
//! Outside Kelisim's root only the ways to the settings and out of a consent are honoured: no attribute of a page can
//! grant anything (design, "what never bends").

use crate::app::App;
use crate::browser::object::Object;
use crate::core::record::Circumstances;
use crate::core::update::{Act, Event, Origin};

/// Hears that an event of this kind happened at an element. Returns whether it was meant for Kelisim, so that the
/// browser need not do anything of its own.
pub fn hear(app: &App, kind: &str, target: &Object, at: Circumstances) -> bool {
    let inside = app.root().call("contains", target).exists();
    match kind {
        "click" => return press(app, target, inside, at),
        "change" if inside => turn(app, target),
        "close" if inside && app.has_open_settings() => app.send(Event::Settings(false)),
        _ => {}
    }
    false
}

/// A control was pressed, or something else.
fn press(app: &App, target: &Object, inside: bool, at: Circumstances) -> bool {
    let control = target.tell_with("closest", "[data-kelisim-action]");
    let act = match &*control.attribute("data-kelisim-action").unwrap_or_default() {
        "reject" => Act::Reject,
        "withdraw" => Act::Withdraw,
        "accept" if inside => Act::Accept,
        "save" if inside => Act::Save,
        "settings" => {
            app.send(Event::Settings(true));
            return true;
        }
        "close" if inside => {
            app.send(Event::Settings(false));
            return false;
        }
        "language" if inside => {
            app.speak(&control.attribute("data-kelisim-language").unwrap_or_default());
            return false;
        }
        _ => return false,
    };
    app.decide(act, Origin::Control, at, None);
    true
}

/// A switch was turned.
fn turn(app: &App, input: &Object) {
    let id = input
        .attribute("data-kelisim-category")
        .or_else(|| input.attribute("data-kelisim-service"));
    if let Some(id) = id {
        let on = input.get("checked").exists();
        app.send(Event::Switched { id, on });
    }
}
