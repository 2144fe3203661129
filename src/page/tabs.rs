//! Tells when another tab may have decided, or when this page comes into view or goes out of it. It must not look at a record
//! itself.

use gloo_events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, PageTransitionEvent, StorageEvent, Window};

use crate::page::{document, storage};

/// Something after which a look at the record is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Another tab has stored something under Kelisim's key, or emptied the store.
    Stored,
    /// The page came back as it was left, from the back-forward cache.
    Restored,
    /// The page came into view.
    Shown,
    /// The page went out of view.
    Hidden,
}

/// The listeners; who drops them hears no more.
#[must_use = "what is dropped hears nothing"]
#[derive(Debug)]
pub struct Tabs {
    _listeners: Vec<EventListener>,
}

/// What the window is listened to for.
const EVENTS: [&str; 3] = ["storage", "pageshow", VISIBILITY];
const VISIBILITY: &str = "visibilitychange";

/// Calls back with every piece of news from now on.
pub fn listen(call: impl Fn(News) + 'static) -> Tabs {
    let call: Rc<dyn Fn(News)> = Rc::new(call);
    let hear = |window: Window| EVENTS.map(|name| listener(&window, name, Rc::clone(&call)));
    Tabs {
        _listeners: web_sys::window().map(hear).into_iter().flatten().collect(),
    }
}

fn listener(window: &Window, name: &'static str, call: Rc<dyn Fn(News)>) -> EventListener {
    EventListener::new(window, name, move |event| {
        if let Some(news) = news_in(event) {
            call(news);
        }
    })
}

/// What an event says. What other keys of the page hold is its own business; a store that is emptied names no key.
fn news_in(event: &Event) -> Option<News> {
    if let Some(event) = event.dyn_ref::<StorageEvent>() {
        event
            .key()
            .is_none_or(|key| key == storage::RECORD)
            .then_some(News::Stored)
    } else if let Some(event) = event.dyn_ref::<PageTransitionEvent>() {
        event.persisted().then_some(News::Restored)
    } else if event.type_() != VISIBILITY {
        None
    } else if document::is_visible() {
        Some(News::Shown)
    } else {
        Some(News::Hidden)
    }
}
