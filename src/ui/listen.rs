//! Turns what the visitor does into events for the core. One listener on `window`, in the capture phase, so that no
//! script of the page can swallow a refusal on its way.
//!
//! Outside Kelisim's root only the ways to the settings and out of a consent are honoured: no attribute of a page can
//! grant anything (design, "what never bends").

use crate::app::App;
use crate::core::update::{Act, Event, Origin};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MutationObserver, MutationObserverInit};

/// The attribute that makes something a control.
const ACTION: &str = "data-kelisim-action";

/// Listens to the visitor and to the page for as long as the document lives.
pub fn listen(app: &Rc<App>, document: Option<&Element>) {
    let Some(window) = web_sys::window() else { return };
    let listener = {
        let app = app.clone();
        Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| hear(&app, &event))
    };
    for event in ["click", "change", "close", "load"] {
        let _ = window.add_event_listener_with_callback_and_bool(event, listener.as_ref().unchecked_ref(), true);
    }
    listener.forget();
    let watcher = {
        let app = app.clone();
        Closure::<dyn Fn()>::new(move || app.changed())
    };
    if let (Ok(observer), Some(document)) = (MutationObserver::new(watcher.as_ref().unchecked_ref()), document) {
        let everything = MutationObserverInit::new();
        everything.set_child_list(true);
        everything.set_subtree(true);
        let _ = observer.observe_with_options(document, &everything);
    }
    watcher.forget();
}

fn hear(app: &App, event: &web_sys::Event) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let inside = app.root().is_some_and(|root| root.contains(Some(&target)));
    match &*event.type_() {
        "click" => press(app, event, &target, inside),
        "change" if inside => turn(app, &target),
        "close" if inside && app.has_open_settings() => app.send(Event::Settings(false)),
        _ => {}
    }
}

/// A control was pressed.
fn press(app: &App, event: &web_sys::Event, target: &Element, inside: bool) {
    let Ok(Some(control)) = target.closest("[data-kelisim-action]") else {
        return;
    };
    let action = control.get_attribute(ACTION).unwrap_or_default();
    let act = match &*action {
        "reject" => Act::Reject,
        "withdraw" => Act::Withdraw,
        "accept" if inside => Act::Accept,
        "save" if inside => Act::Save,
        "settings" => {
            event.prevent_default();
            return app.send(Event::Settings(true));
        }
        "close" if inside => return app.send(Event::Settings(false)),
        "language" if inside => return app.speak(&control.get_attribute("data-kelisim-language").unwrap_or_default()),
        _ => return,
    };
    event.prevent_default();
    app.decide(act, Origin::Control, None);
}

/// A switch was turned.
fn turn(app: &App, input: &Element) {
    let id = input
        .get_attribute("data-kelisim-category")
        .or_else(|| input.get_attribute("data-kelisim-service"));
    let on = js_sys::Reflect::get(input, &JsValue::from_str("checked")).is_ok_and(|checked| checked.is_truthy());
    if let Some(id) = id {
        app.send(Event::Switched { id, on });
    }
}
