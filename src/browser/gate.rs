//! The page's own elements that wait for a permission: finds them, asks the core for a verdict on each, and starts those
//! that are allowed, every one once, scripts in document order. It decides nothing.
//!
//! A script waits until the one before it has loaded, failed or taken five seconds, so that a page's scripts find what
//! they build on and one that fails stops nobody (requirement G-10).

use super::document::Page;
use super::host::Host;
use super::to_js::set;
use crate::core::gate::Verdict;
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DocumentFragment, Element, HtmlTemplateElement, Node};

/// Marks what was started, or what is misnamed and was reported.
const STATE: &str = "data-kelisim-state";
/// Gated elements that were neither started nor reported.
const WAITING: &str = "[data-category]:not([data-kelisim-state])";
/// The longest that one script holds up the next, in ms.
const PATIENCE: i32 = 5000;
/// Attributes that carry a URL, which wait under `data-…`.
const URLS: [&str; 4] = ["src", "srcset", "href", "poster"];

/// What the core says of an element with this category and service.
pub type Judge<'a> = &'a dyn Fn(&str, Option<&str>) -> Verdict;

/// The gate of a page, with the scripts that wait for their turn.
#[derive(Clone)]
pub struct Gate {
    page: Page,
    host: Host,
    line: Rc<Line>,
}

/// Scripts in the order in which they start.
#[derive(Default)]
struct Line {
    waiting: RefCell<VecDeque<Element>>,
    busy: Cell<bool>,
}

impl Gate {
    /// The gate of this page.
    pub fn new(page: Page, host: Host) -> Gate {
        Gate {
            page,
            host,
            line: Rc::default(),
        }
    }

    /// Looks at every element that waits and starts what is allowed. Returns the ids of what was started.
    pub fn open(&self, judge: Judge) -> Vec<String> {
        let mut started = Vec::new();
        for element in self
            .page
            .root()
            .map(|root| elements(&root, WAITING))
            .unwrap_or_default()
        {
            self.consider(&element, judge, &mut started);
        }
        self.advance();
        started
    }

    /// Starts one element, leaves it, or reports it.
    fn consider(&self, element: &Element, judge: Judge, started: &mut Vec<String>) {
        let category = element.get_attribute("data-category").unwrap_or_default();
        let service = element.get_attribute("data-service");
        match judge(&category, service.as_deref()) {
            Verdict::Closed => {}
            Verdict::Misnamed(code) => self.report(element, code, service.as_deref().unwrap_or(&category)),
            Verdict::Open => match self.hindrance(element) {
                Some(code) => self.report(element, code, &category),
                None => {
                    mark(element, "started");
                    self.start(element);
                    started.extend([category].into_iter().chain(service));
                }
            },
        }
    }

    /// Says once on the console why an element stays closed.
    fn report(&self, element: &Element, code: &str, about: &str) {
        mark(element, code);
        self.host.complain(code, about);
    }

    /// Why an element that is allowed must not be started: it is not the page author's, or it never waited.
    fn hindrance(&self, element: &Element) -> Option<&'static str> {
        if element.local_name() != "script" {
            return None;
        }
        if element.get_attribute("type").as_deref() != Some("text/plain") {
            return Some("notGated");
        }
        (self
            .host
            .nonce()
            .is_some_and(|nonce| !nonce.is_empty() && nonce != self::nonce(element)))
        .then_some("foreignNonce")
    }

    fn start(&self, element: &Element) {
        match element.dyn_ref::<HtmlTemplateElement>() {
            Some(template) => self.unfold(template),
            None if element.local_name() == "script" => self.line.waiting.borrow_mut().push_back(element.clone()),
            None => reveal(element),
        }
    }

    /// Puts what a template holds in its place. Its scripts take their turn in the line.
    fn unfold(&self, template: &HtmlTemplateElement) {
        let content: DocumentFragment = template.content();
        let Ok(copy) = content.clone_node_with_deep(true) else {
            return;
        };
        let inside: DocumentFragment = copy.unchecked_into();
        for element in elements(&inside, "*") {
            if element.local_name() == "script" {
                if let Some(kind) = element.get_attribute("type") {
                    let _ = element.set_attribute("data-type", &kind);
                }
                let _ = element.set_attribute("type", "text/plain");
                mark(&element, "started");
                self.line.waiting.borrow_mut().push_back(element);
            } else {
                reveal(&element);
            }
        }
        if let Some(parent) = template.parent_node() {
            let _ = parent.replace_child(&inside, template);
        }
    }

    /// Starts the next script of the line, and goes on with those that nobody has to wait for.
    fn advance(&self) {
        while !self.line.busy.get() {
            let Some(waiting) = self.line.waiting.borrow_mut().pop_front() else {
                return;
            };
            self.run(&waiting);
        }
    }

    /// Puts a script that runs in the place of one that waits.
    fn run(&self, waiting: &Element) {
        let (Some(script), Some(parent)) = (self.page.element("script"), waiting.parent_node()) else {
            return;
        };
        copy_attributes(waiting, &script);
        set(&script, "nonce", &JsValue::from_str(&nonce(waiting)));
        let source = waiting
            .get_attribute("data-src")
            .or_else(|| waiting.get_attribute("src"));
        let alone = script.has_attribute("async")
            || script.has_attribute("defer")
            || script.get_attribute("type").as_deref() == Some("module");
        match &source {
            Some(url) => {
                set(
                    &script,
                    "async",
                    &JsValue::from_bool(alone && !script.has_attribute("defer")),
                );
                set(&script, "src", &self.host.url(url));
                if !alone {
                    self.wait_for(&script);
                }
            }
            None => set(
                &script,
                "text",
                &self.host.code(&waiting.text_content().unwrap_or_default()),
            ),
        }
        let _ = parent.replace_child(&script, waiting);
    }

    /// Holds the line until a script has loaded, failed or taken too long.
    fn wait_for(&self, script: &Element) {
        self.line.busy.set(true);
        let gate = self.clone();
        let waited = Cell::new(true);
        let go_on = Closure::<dyn Fn()>::new(move || {
            if waited.replace(false) {
                gate.line.busy.set(false);
                gate.advance();
            }
        });
        let function = go_on.as_ref().unchecked_ref();
        for event in ["load", "error"] {
            let _ = script.add_event_listener_with_callback(event, function);
        }
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(function, PATIENCE);
        }
        // One small function per waiting script stays alive with the script that holds it.
        go_on.forget();
    }
}

/// Gives an element the URLs that waited under `data-…`.
fn reveal(element: &Element) {
    for name in URLS {
        let waiting = waiting_name(name);
        if let Some(url) = element.get_attribute(&waiting) {
            let _ = element.set_attribute(name, &url);
            let _ = element.remove_attribute(&waiting);
        }
    }
}

fn waiting_name(name: &str) -> String {
    let mut waiting = String::from("data-");
    waiting.push_str(name);
    waiting
}

/// Copies every attribute but those that made the script wait.
fn copy_attributes(from: &Element, to: &Element) {
    for name in from.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        let value = from.get_attribute(&name).unwrap_or_default();
        match &*name {
            "type" | "data-src" | "src" => {}
            "data-type" => drop(to.set_attribute("type", &value)),
            _ => drop(to.set_attribute(&name, &value)),
        }
    }
}

/// The nonce of an element, from the property: the attribute reads as empty once the element is in a page with a policy.
fn nonce(element: &Element) -> String {
    js_sys::Reflect::get(element, &JsValue::from_str("nonce"))
        .ok()
        .and_then(|nonce| nonce.as_string())
        .unwrap_or_default()
}

fn mark(element: &Element, state: &str) {
    let _ = element.set_attribute(STATE, state);
}

/// What a selector finds below a node, in document order.
fn elements(below: &Node, selector: &str) -> Vec<Element> {
    let list = match below.dyn_ref::<Element>() {
        Some(element) => element.query_selector_all(selector),
        None => below.unchecked_ref::<DocumentFragment>().query_selector_all(selector),
    };
    list.map(|list| {
        Array::from(&list)
            .iter()
            .filter_map(|element| element.dyn_into().ok())
            .collect()
    })
    .unwrap_or_default()
}
