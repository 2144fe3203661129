//! Turns what the visitor does into events for the core. `host.js` listens on `window`, in the capture phase, so that no
//! script of the page can swallow a refusal on its way, and hands every click and change over.
//!
//! Outside Kelisim's root only the ways to the settings and out of a consent are honoured: no attribute of a page can
//! grant anything (design, "what never bends").

use super::draw::root;
use crate::app::App;
use crate::browser::host::{self, circumstances};
use crate::browser::names::name;
use crate::browser::object::Object;
use crate::core::update::{Act, Event, Origin};

/// Whether an element is Kelisim's own.
#[inline(never)]
fn is_inside(target: Object) -> bool {
    root().call(name!("contains"), target).exists()
}

/// A control was pressed, or something else. Returns whether it was meant for Kelisim, so that the browser need not do
/// anything of its own.
pub fn press(app: &App, target: Object) -> bool {
    let inside = is_inside(target);
    let control = target.call(name!("closest"), name!("[data-kelisim-action]"));
    let act = match &*control.attribute(name!("data-kelisim-action")).unwrap_or_default() {
        "reject" => Act::Reject,
        "withdraw" => Act::Withdraw,
        "settings" => {
            app.send(Event::Settings(true));
            return true;
        }
        "accept" if !inside => {
            let waiting = host::placed(control.call(name!("closest"), name!("[data-kelisim=placeholder]")));
            let service = waiting.attribute(name!("data-service"));
            Act::Also(
                service
                    .or_else(|| waiting.attribute(name!("data-category")))
                    .unwrap_or_default(),
            )
        }
        _ if !inside => return false,
        "accept" => Act::Accept,
        "save" => Act::Save,
        "close" => {
            app.send(Event::Settings(false));
            return false;
        }
        "copy" => {
            host::copy_words(root().find(name!("textarea")));
            return false;
        }
        "language" => {
            app.speak(control.attribute(name!("data-kelisim-language")).unwrap_or_default());
            return false;
        }
        _ => return false,
    };
    // What a script clicks is the page's act (requirement S-01). A refusal is taken for what it says: tools refuse like this
    // for their visitors.
    let origin = if act != Act::Reject && host::is_scripted() {
        Origin::Page
    } else {
        Origin::Control
    };
    app.decide(act, origin, circumstances(), None);
    true
}

/// A switch was turned, or something else changed.
pub fn turn(app: &App, input: Object) {
    let id = input
        .attribute(name!("data-kelisim-category"))
        .or_else(|| input.attribute(name!("data-kelisim-service")));
    if let Some(id) = id
        && is_inside(input)
    {
        let on = input.get(name!("checked")).exists();
        app.send(Event::Switched { id, on });
    }
}

/// Something was closed: the settings by the Escape key, or something of the page's.
pub fn close(app: &App, target: Object) {
    if is_inside(target) && app.has_open_settings() {
        app.send(Event::Settings(false));
    }
}
