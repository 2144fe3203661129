//! Waits for the browser to paint, so that a press shows before the work that follows it. It must not know what waits.

use gloo_timers::callback::Timeout;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How long a frame is waited for, in milliseconds: a page in the background has none, and some pages have taken them away.
const LONGEST_WAIT: u32 = 100;

/// Goes on after the next frame.
pub async fn painted() {
    let next = Promise::new(&mut |resolve: Function, _: Function| {
        call_after(LONGEST_WAIT, resolve.clone());
        // A frame is painted after its callbacks.
        let in_frame = Closure::once_into_js(move || call_after(0, resolve));
        if let Some(window) = web_sys::window() {
            window.request_animation_frame(in_frame.unchecked_ref()).ok();
        }
    });
    JsFuture::from(next).await.ok();
}

fn call_after(milliseconds: u32, call: Function) {
    // To call it twice changes nothing: what was resolved stays so.
    let timeout = Timeout::new(milliseconds, move || {
        call.call0(&JsValue::UNDEFINED).ok();
    });
    timeout.forget();
}

/// Calls when the next frame is made, before it is laid out; a page in the background has none.
pub(crate) fn in_next(call: impl FnOnce() + 'static) {
    let in_frame = Closure::once_into_js(call);
    if let Some(window) = web_sys::window() {
        window.request_animation_frame(in_frame.unchecked_ref()).ok();
    }
}
