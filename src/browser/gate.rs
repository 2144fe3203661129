//! The page's own elements that wait for a permission: finds them, asks the core for a verdict on each, and starts those
//! that are allowed, every one once, scripts in document order. It decides nothing.
//!
//! A script waits until the one before it has loaded, failed or taken five seconds, so that a page's scripts find what
//! they build on and one that fails stops nobody (requirement G-10).

use super::document::{element, root};
use super::host;
use super::object::Object;
use crate::core::gate::Verdict;
use std::cell::{Cell, RefCell};

/// Marks what was started, or what is misnamed and was reported.
const STATE: &str = "data-kelisim-state";
/// Gated elements that were neither started nor reported.
const WAITING: &str = "[data-category]:not([data-kelisim-state])";
/// Attributes that carry a URL, each after the `data-…` under which it waits.
static URLS: [(&str, &str); 4] = [
    ("data-src", "src"),
    ("data-srcset", "srcset"),
    ("data-href", "href"),
    ("data-poster", "poster"),
];

/// What the core says of an element with this category and service.
pub type Judge<'a> = &'a dyn Fn(&str, Option<&str>) -> Verdict;

/// The gate of a page: the scripts that wait for their turn, in the order in which they start.
#[derive(Default)]
pub struct Gate {
    waiting: RefCell<Vec<Object>>,
    busy: Cell<bool>,
}

impl Gate {
    /// Looks at every element that waits and starts what is allowed. Returns the ids of what was started.
    pub fn open(&self, judge: Judge) -> Vec<String> {
        let mut started = Vec::new();
        for element in root().tell_with("querySelectorAll", WAITING).items() {
            self.consider(&element, judge, &mut started);
        }
        self.advance();
        started
    }

    /// The script that the line waited for has loaded, failed or taken too long.
    pub fn proceed(&self) {
        self.busy.set(false);
        self.advance();
    }

    /// Starts one element, leaves it, or reports it.
    fn consider(&self, element: &Object, judge: Judge, started: &mut Vec<String>) {
        let category = element.attribute("data-category").unwrap_or_default();
        let service = element.attribute("data-service");
        match judge(&category, service.as_deref()) {
            Verdict::Closed => {}
            Verdict::Misnamed(code) => report(element, code, service.as_deref().unwrap_or(&category)),
            Verdict::Open => {
                if let Some(code) = hindrance(element) {
                    return report(element, code, &category);
                }
                mark(element, "started");
                self.start(element);
                started.push(category);
                started.extend(service);
            }
        }
    }

    fn start(&self, element: &Object) {
        if element.is("script") {
            self.waiting.borrow_mut().push(element.clone());
        } else if element.is("template") {
            self.unfold(element);
        } else {
            reveal(element);
        }
    }

    /// Puts what a template holds in its place. Its scripts take their turn in the line.
    fn unfold(&self, template: &Object) {
        let inside = template.get("content").call("cloneNode", &Object::flag(true));
        for element in inside.tell_with("querySelectorAll", "*").items() {
            if element.is("script") {
                if let Some(kind) = element.attribute("type") {
                    element.set_attribute("data-type", &kind);
                }
                element.set_attribute("type", "text/plain");
                mark(&element, "started");
                self.waiting.borrow_mut().push(element);
            } else {
                reveal(&element);
            }
        }
        replace(template, &inside);
    }

    /// Starts the next script of the line, and goes on with those that nobody has to wait for.
    fn advance(&self) {
        while !self.busy.get() {
            let next = {
                let mut waiting = self.waiting.borrow_mut();
                if waiting.is_empty() {
                    return;
                }
                waiting.remove(0)
            };
            self.run(&next);
        }
    }

    /// Puts a script that runs in the place of one that waits.
    fn run(&self, waiting: &Object) {
        let script = element("script");
        copy_attributes(waiting, &script);
        script.set("nonce", &waiting.get("nonce"));
        let source = waiting.attribute("data-src").or_else(|| waiting.attribute("src"));
        if let Some(url) = &source {
            let deferred = script.attribute("defer").is_some();
            let alone = deferred
                || script.attribute("async").is_some()
                || script.attribute("type").as_deref() == Some("module");
            script.set("async", &Object::flag(alone && !deferred));
            script.set("src", &host::url(url));
            if !alone {
                self.busy.set(true);
                host::wait(&script);
            }
        } else {
            script.set("text", &host::code(&waiting.text("textContent")));
        }
        replace(waiting, &script);
    }
}

/// Says once on the console why an element stays closed.
fn report(element: &Object, code: &str, about: &str) {
    mark(element, code);
    host::complain(code, about);
}

/// Why an element that is allowed must not be started: it is not the page author's, or it never waited. The nonce is
/// read from the property: the attribute reads as empty once the element is in a page with a policy.
fn hindrance(element: &Object) -> Option<&'static str> {
    if !element.is("script") {
        return None;
    }
    if element.attribute("type").as_deref() != Some("text/plain") {
        return Some("notGated");
    }
    let nonce = host::nonce();
    (nonce.exists() && nonce.as_words() != element.get("nonce").as_words()).then_some("foreignNonce")
}

/// Gives an element the URLs that waited under `data-…`.
fn reveal(element: &Object) {
    for (waiting, name) in &URLS {
        if let Some(url) = element.attribute(waiting) {
            element.set_attribute(name, &url);
            element.remove_attribute(waiting);
        }
    }
}

/// Copies every attribute but those that made the script wait.
fn copy_attributes(from: &Object, to: &Object) {
    for name in from.tell("getAttributeNames").items() {
        let name = name.as_words().unwrap_or_default();
        let value = from.attribute(&name).unwrap_or_default();
        match &*name {
            "type" | "data-src" | "src" => {}
            "data-type" => to.set_attribute("type", &value),
            _ => to.set_attribute(&name, &value),
        }
    }
}

fn mark(element: &Object, state: &str) {
    element.set_attribute(STATE, state);
}

/// Puts a node in the place of another.
fn replace(old: &Object, new: &Object) {
    old.get("parentNode").call_both("replaceChild", new, old);
}
