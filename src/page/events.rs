//! Dispatches Kelisim's own events on `window`, with details that no listener can change for the next. Listeners of the page
//! run in it: whoever calls it must hold no borrow. It must not know what an event means.

use web_sys::{CustomEvent, CustomEventInit};

use crate::page::javascript::frozen;

/// Dispatches an event with its detail, given as JSON. What a listener throws is the page's affair.
pub fn dispatch(name: &str, detail: &str) {
    let init = CustomEventInit::new();
    if let Ok(detail) = frozen(detail) {
        init.set_detail(&detail);
    }
    let event = CustomEvent::new_with_event_init_dict(name, &init);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        window.dispatch_event(&event).ok();
    }
}
