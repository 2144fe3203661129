//! The page's own elements that wait for a permission: finds them, asks the core for a verdict on each, and starts those
//! that are allowed, every one once, scripts in document order. It decides nothing.
//!
//! A script waits until the one before it has loaded, failed or taken five seconds, so that a page's scripts find what
//! they build on and one that fails stops nobody (requirement G-10).

use super::document::element;
use super::host;
use super::names::name;
use super::object::Object;
use crate::core::gate::Verdict;
use crate::core::pile::Pile;
use crate::core::value::Words;
use std::cell::Cell;

/// Marks what was started, or what is misnamed and was reported.
const STATE: Object = name!("data-kelisim-state");
/// Attributes that carry a URL, each after the `data-…` under which it waits.
static URLS: [(Object, Object); 4] = [
    (name!("data-src"), name!("src")),
    (name!("data-srcset"), name!("srcset")),
    (name!("data-href"), name!("href")),
    (name!("data-poster"), name!("poster")),
];

/// What the core says of an element with this category and service.
pub type Judge<'a> = &'a dyn Fn(Words, Option<Words>) -> Verdict;

/// The gate of a page: its scripts start one after the other. Those that wait for their turn are kept by the host.
#[derive(Default)]
pub struct Gate {
    busy: Cell<bool>,
}

impl Gate {
    /// Looks at each of these elements, starts what is allowed and hands over what is closed. Returns the ids of what was
    /// started, each once.
    pub fn open(&self, elements: Object, judge: Judge, closed: &dyn Fn(Object)) -> Pile<Words> {
        let mut started = Pile::new();
        elements.each(&mut |element| consider(element, judge, closed, &mut started));
        self.advance(judge);
        started
    }

    /// The script that the line waited for has loaded, failed or taken too long.
    pub fn proceed(&self, judge: Judge) {
        self.busy.set(false);
        self.advance(judge);
    }

    /// Starts the next script of the line, and goes on with those that nobody has to wait for. One that was taken back, or
    /// out of the page, while it stood in the line waits again.
    #[inline(never)]
    fn advance(&self, judge: Judge) {
        while !self.busy.get() {
            let next = host::dequeue();
            if !next.exists() {
                return;
            }
            if next.get(name!("isConnected")).exists() && verdict_on(next, judge) == Verdict::Open {
                self.busy.set(run(next));
            } else {
                next.remove_attribute(STATE);
            }
            next.release();
        }
    }
}

/// The verdict on an element by what it waits for.
#[inline(never)]
fn verdict_on(element: Object, judge: Judge) -> Verdict {
    judge(
        element.attribute(name!("data-category")).unwrap_or_default(),
        element.attribute(name!("data-service")),
    )
}

/// Starts one element, leaves it, or reports it.
#[allow(clippy::manual_contains, reason = "`contains` would be compiled for this alone")]
fn consider(element: Object, judge: Judge, closed: &dyn Fn(Object), started: &mut Pile<Words>) {
    let category = element.attribute(name!("data-category")).unwrap_or_default();
    let service = element.attribute(name!("data-service"));
    let (fault, about) = match judge(category, service) {
        Verdict::Closed => return closed(element),
        Verdict::Misnamed(code) => (code, service.unwrap_or(category)),
        Verdict::Open => (hindrance(element), category),
    };
    if fault.are_none() {
        mark(element, Words::at(&"started"));
        start(element);
        host::displace(element);
        for id in [Some(category), service].into_iter().flatten() {
            if !started.iter().any(|known| *known == id) {
                started.push(id);
            }
        }
    } else {
        mark(element, fault);
        host::complain(fault, about);
    }
}

fn start(element: Object) {
    if element.is(name!("script")) {
        host::enqueue(element);
    } else if element.is(name!("template")) {
        unfold(element);
    } else {
        reveal(element);
    }
}

/// Puts what a template holds in its place. Its scripts take their turn in the line. What waits for something of its own is
/// considered once it stands in the page, like anything else there; only a script must not run on the way.
fn unfold(template: Object) {
    let inside = template
        .get(name!("content"))
        .call(name!("cloneNode"), Object::flag(true));
    inside.call(name!("querySelectorAll"), name!("*")).each(&mut |element| {
        let waits = element.attribute(name!("data-category")).is_some();
        if element.is(name!("script:not([type='text/plain'])")) {
            if let Some(kind) = element.attribute(name!("type")) {
                element.set_attribute(name!("data-type"), kind);
            }
            element.set_attribute(name!("type"), Words::at(&"text/plain"));
            if !waits {
                // It waits for what its template waits for.
                for name in [name!("data-category"), name!("data-service")] {
                    if let Some(id) = template.attribute(name) {
                        element.set_attribute(name, id);
                    }
                }
                mark(element, Words::at(&"started"));
                host::enqueue(element);
            }
        } else if !waits {
            reveal(element);
        }
    });
    replace(template, inside);
}

/// Puts a script that runs in the place of one that waits. Whether the line has to wait for it.
fn run(waiting: Object) -> bool {
    // A copy of the element would not run where `innerHTML` has put it into the page.
    let script = element(name!("script"));
    copy_attributes(waiting, script);
    script.set(name!("nonce"), waiting.get(name!("nonce")));
    let source = waiting
        .attribute(name!("data-src"))
        .or_else(|| waiting.attribute(name!("src")));
    let mut waits = false;
    if let Some(url) = source {
        let deferred = script.is(name!("[defer]"));
        waits = !script.is(name!("[defer],[async],[type=module]"));
        script.set(name!("async"), Object::flag(!waits && !deferred));
        script.set(name!("src"), host::url(url));
        if waits {
            host::wait(script);
        }
    } else {
        script.set(name!("text"), host::code(waiting.get(name!("textContent"))));
    }
    replace(waiting, script);
    waits
}

/// Why an element that is allowed must not be started, as the code of a message: it is not the page author's, or it never
/// waited; empty when nothing is wrong. The nonce is read from the property: the attribute reads as empty once the
/// element is in a page with a policy.
fn hindrance(element: Object) -> Words {
    let nonce = host::nonce().words().unwrap_or_default();
    if element.is(name!("script:not([type='text/plain'])")) {
        Words::at(&"notGated")
    } else if !nonce.are_none() && element.is(name!("script")) && nonce != element.text(name!("nonce")) {
        Words::at(&"foreignNonce")
    } else {
        Words::NONE
    }
}

/// Gives an element the URLs that waited under `data-…`.
fn reveal(element: Object) {
    for (waiting, name) in URLS {
        if let Some(url) = element.attribute(waiting) {
            element.set_attribute(name, url);
            element.remove_attribute(waiting);
        }
    }
}

/// Copies every attribute but those that made the script wait.
fn copy_attributes(from: Object, to: Object) {
    from.tell(name!("getAttributeNames")).each(&mut |name| {
        let value = from.attribute(name).unwrap_or_default();
        match &*name.words().unwrap_or_default() {
            "type" | "data-src" | "src" => {}
            "data-type" => to.set_attribute(name!("type"), value),
            _ => to.set_attribute(name, value),
        }
    });
}

/// Puts a node in the place of another.
#[inline(never)]
fn replace(old: Object, new: Object) {
    old.get(name!("parentNode")).call_both(name!("replaceChild"), new, old);
}

/// Marks an element by what became of it: `started`, or the code of a message.
#[inline(never)]
pub(super) fn mark(element: Object, state: Words) {
    element.set_attribute(STATE, state);
}
