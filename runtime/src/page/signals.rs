//! What the browser says of its reader and of this visit to a page: signals, languages, whether somebody looks, and whether
//! the page was loaded anew. It must not know what follows from any of it.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use crate::page::document;

/// Whether Global Privacy Control is set (requirement S-01).
pub fn global_privacy_control() -> bool {
    of_navigator("globalPrivacyControl").is_truthy()
}

/// Whether Do Not Track is set.
pub fn do_not_track() -> bool {
    of_navigator("doNotTrack")
        .as_string()
        .is_some_and(|signal| signal == "1")
}

/// Whether the page is in view.
pub fn is_visible() -> bool {
    document::is_visible()
}

/// Whether the page is rendered in advance, before anybody looks at it.
pub fn is_prerendering() -> bool {
    document::is_prerendering()
}

/// Calls back once, when a page that was rendered in advance is opened. The listener is the caller's to keep.
pub fn when_opened(call: impl FnOnce() + 'static) -> Option<EventListener> {
    // The document's own event, which bubbles no further: the window hears it on the way down. A page can shadow the
    // document's `addEventListener`.
    let down = EventListenerOptions::run_in_capture_phase();
    let window = web_sys::window()?;
    Some(EventListener::once_with_options(
        &window,
        "prerenderingchange",
        down,
        move |_| call(),
    ))
}

/// Whether the page was loaded anew, as opposed to opened.
pub fn is_reloaded() -> bool {
    let kind = navigation().and_then(|entry| Reflect::get(&entry, &JsValue::from_str("type")).ok());
    kind.and_then(|kind| kind.as_string())
        .is_some_and(|kind| kind == "reload")
}

/// The languages that the page and then its reader ask for, as BCP 47 tags.
pub fn wanted_languages() -> Vec<String> {
    let page = document::root().and_then(|root| root.attribute("lang"));
    let languages = of_navigator("languages");
    let reader = if Array::is_array(&languages) {
        Array::from(&languages)
    } else {
        Array::new()
    };
    page.into_iter()
        .chain(reader.iter().filter_map(|tag| tag.as_string()))
        .collect()
}

/// How the browser came to this page.
fn navigation() -> Option<JsValue> {
    let entries = web_sys::window()?.performance()?.get_entries_by_type("navigation");
    Some(entries.get(0))
}

/// A property of `navigator`, which not every browser has.
fn of_navigator(name: &str) -> JsValue {
    let navigator = web_sys::window().map(|window| window.navigator());
    let property = navigator.and_then(|navigator| Reflect::get(&navigator, &JsValue::from_str(name)).ok());
    property.unwrap_or(JsValue::UNDEFINED)
}
