//! The page's own elements that wait for a permission: asks for a verdict on each, and starts those that are allowed, every
//! one once, scripts in document order (requirement G-10). It must not decide what is allowed.
//!
//! A script waits until the one before it has loaded, failed or taken five seconds, so that a page's scripts find what they
//! build on, and one that fails stops nobody.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::WeakSet;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use crate::consent::{Verdict, categories_of};
use crate::page::activation;
use crate::page::aliases::Aliases;
use crate::page::console;
use crate::page::document;
use crate::page::element::{Element, listed};
use crate::page::embed::{self, Embeds};
use crate::page::javascript;
use crate::page::script::{INERT, RAN, STARTED, STATE, TAG};

/// What waits: neither started nor reported, or started and given another address since (requirement P-10).
pub(crate) const WAITING: &str = concat!(
    ":root [data-category]:is(:not([data-kelisim-state]),",
    "[data-kelisim-state=started]:is([data-src],[data-srcset],[data-href],[data-poster]):not(script))"
);

/// What was started, here or in an earlier document of which a page library puts a copy back (requirement P-03).
pub(crate) const BEGUN: &str =
    ":root :is([data-kelisim-unfolded],[data-category][data-kelisim-state=started],script[data-kelisim-state=ran])";

/// What would wait, were it not in a shadow root.
const IN_SHADOW_ROOT: &str = "[data-category]:is([data-src],[data-srcset],[data-href],template,[type='text/plain'])";

/// How long a script holds the next one up, in milliseconds.
const LONGEST_HOLD: u32 = 5000;

/// A page whose Trusted Types let no script of Kelisim's through.
const UNTRUSTED: &str = "untrusted";

/// What the core says of an element with this `data-category` and `data-service`.
pub type Judge = dyn Fn(&str, Option<&str>) -> Verdict;

/// An element that is reported, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The code of a line on the console.
    pub code: &'static str,
    /// The id that it is about.
    pub about: String,
}

/// What came of a look at elements that wait.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    /// The ids of what was started, each once.
    pub ids: Vec<String>,
    /// The elements that were started: what stood in for them in the page goes.
    pub started: Vec<Element>,
    /// The elements that go on waiting: something may stand in for them.
    pub closed: Vec<Element>,
    /// What is wrong with others.
    pub faults: Vec<Fault>,
}

/// The gate of a page.
pub struct Gate {
    judge: Box<Judge>,
    /// Markup of other managers that waits as well.
    aliases: Aliases,
    /// The nonce of Kelisim's own tag; empty where it has none.
    nonce: String,
    /// Scripts that were allowed and wait for their turn.
    line: RefCell<VecDeque<Element>>,
    /// What the line waits for.
    hold: RefCell<Option<Hold>>,
    /// Embeds that run.
    embeds: Embeds,
    /// Scripts that were started in this document, as they stand in the page.
    scripts: WeakSet,
    /// A copy of the document is being made.
    rests: Cell<bool>,
}

/// A script that holds up the next one. Who drops it hears no more of it.
struct Hold {
    _loaded: EventListener,
    _failed: EventListener,
    _over: Timeout,
}

/// What waits in the page now, in document order.
pub fn waiting() -> Vec<Element> {
    document::query_selector_all(WAITING)
}

impl Gate {
    /// A gate that asks `judge`, whenever an element could start. It must not run code of the page.
    pub fn new(nonce: &str, aliases: Aliases, judge: impl Fn(&str, Option<&str>) -> Verdict + 'static) -> Rc<Gate> {
        Rc::new(Gate {
            judge: Box::new(judge),
            aliases,
            nonce: nonce.to_owned(),
            line: RefCell::default(),
            hold: RefCell::default(),
            embeds: Embeds::default(),
            scripts: WeakSet::new(),
            rests: Cell::default(),
        })
    }

    /// Looks at each of these elements and starts what is allowed, scripts when their turn comes.
    pub fn open(self: &Rc<Self>, elements: Vec<Element>) -> Looked {
        let mut looked = Looked::default();
        if self.rests.get() {
            return looked;
        }
        for element in elements {
            // It may be named twice.
            if element.matches(WAITING) {
                self.consider(element, &mut looked);
            }
        }
        self.advance();
        looked
    }

    /// Stops every embed that runs and is not allowed any more: its address waits again (requirement P-04). Returns what waits
    /// now. A script that has run cannot be taken back.
    pub fn stop(&self) -> Vec<Element> {
        self.embeds.stop(&|element| self.verdict_on(element) == Verdict::Open)
    }

    /// Stops every embed that runs, allowed or not, and starts nothing until it goes on.
    pub fn come_to_rest(&self) {
        self.rests.set(true);
        self.embeds.stop(&|_| false);
    }

    /// Starts what is allowed again, after a rest.
    pub fn go_on(self: &Rc<Self>) -> Looked {
        self.rests.set(false);
        self.open(waiting())
    }

    /// Looks anew at elements that have got another `data-category` or `data-service`: what ran under the old one stops first.
    /// A script that was started goes on.
    pub fn renew(self: &Rc<Self>, elements: Vec<Element>) -> Looked {
        for element in elements.iter().filter(|element| !self.scripts.has(element)) {
            if element.matches(TAG) {
                element.remove_attribute(STATE);
            } else if self.embeds.fold(|template| template == element).is_empty() {
                embed::halt(element);
            }
        }
        self.open(elements)
    }

    /// Puts back to waiting what came into the page as if it had been started there, and takes out what came out of it: a copy
    /// of an earlier document, of before a withdrawal perhaps. Also what a template held goes with it. Returns what waits now.
    pub fn reconsider(&self, begun: Vec<Element>) -> Vec<Element> {
        self.embeds.fold(|template| !template.is_connected());
        begun.into_iter().filter(|element| self.waits_again(element)).collect()
    }

    /// Whether it waits now, and did not before.
    fn waits_again(&self, element: &Element) -> bool {
        if !element.is_connected() || self.scripts.has(element) || self.embeds.knows(element) {
            return false;
        }
        if embed::is_unfolded(element) || element.attribute(STATE).is_some_and(|state| state == RAN) {
            element.take_out();
            return false;
        }
        if element.matches("script,template") {
            element.remove_attribute(STATE);
        } else if self.verdict_on(element) == Verdict::Open {
            // It is allowed, and runs.
            return false;
        } else {
            embed::halt(element);
        }
        true
    }

    fn verdict_on(&self, element: &Element) -> Verdict {
        let category = element.attribute(activation::CATEGORY).unwrap_or_default();
        (self.judge)(&category, element.attribute(activation::SERVICE).as_deref())
    }

    fn consider(&self, element: Element, looked: &mut Looked) {
        let category = element.attribute(activation::CATEGORY).unwrap_or_default();
        let service = element.attribute(activation::SERVICE);
        let fault = match (self.judge)(&category, service.as_deref()) {
            Verdict::Closed => {
                looked.closed.push(element);
                return;
            }
            Verdict::Misnamed(misnaming) => Some(misnaming.code()),
            Verdict::Open => self.hindrance(&element),
        };
        if let Some(code) = fault {
            element.set_attribute(STATE, code);
            let about = service.unwrap_or(category);
            looked.faults.push(Fault { code, about });
            return;
        }
        for id in categories_of(&category).chain(service.as_deref()) {
            if !looked.ids.iter().any(|known| known == id) {
                looked.ids.push(id.to_owned());
            }
        }
        self.start(&element);
        looked.started.push(element);
    }

    /// Why an element that is allowed must not be started, as the code of a message: it is not the page author's, or it never
    /// waited (requirement B-01).
    fn hindrance(&self, element: &Element) -> Option<&'static str> {
        if !element.matches(TAG) {
            None
        } else if !element.matches("[type='text/plain']") {
            Some("notGated")
        } else if !self.nonce.is_empty() && element.nonce() != self.nonce {
            Some("foreignNonce")
        } else {
            None
        }
    }

    fn start(&self, element: &Element) {
        element.set_attribute(STATE, STARTED);
        if element.matches(TAG) {
            self.queue(element.clone());
        } else if element.matches("template") {
            self.aliases.adopt(|selector| held_by(element, selector));
            for script in self.embeds.unfold(element) {
                self.queue(script);
            }
        } else {
            activation::reveal(element);
        }
    }

    fn queue(&self, script: Element) {
        self.scripts.add(&script);
        self.line.borrow_mut().push_back(script);
    }

    /// Starts the scripts of the line, up to one that the next has to wait for. One that was taken back, or out of the page,
    /// while it stood in the line waits again.
    fn advance(self: &Rc<Self>) {
        while self.hold.borrow().is_none() {
            let Some(next) = self.next() else { return };
            if next.is_connected() && self.verdict_on(&next) == Verdict::Open {
                self.run(&next);
            } else {
                self.scripts.delete(&next);
                next.remove_attribute(STATE);
            }
        }
    }

    fn next(&self) -> Option<Element> {
        self.line.borrow_mut().pop_front()
    }

    /// Puts a script that runs before one that waits, which stays: a framework may know it. Code of the page runs in it:
    /// nothing is borrowed.
    fn run(self: &Rc<Self>, waiting: &Element) {
        let Ok(script) = activation::revived(waiting) else {
            waiting.set_attribute(STATE, UNTRUSTED);
            console::complain(UNTRUSTED, &category_of(waiting));
            return;
        };
        if activation::holds(&script) {
            self.hold.replace(Some(self.hold_of(&script)));
        }
        self.scripts.add(&script);
        let wrote = javascript::without_writing(&mut || waiting.precede(script.as_ref()));
        if wrote.unwrap_or(false) {
            console::complain("documentWrite", &category_of(waiting));
        }
        script.set_attribute("type", INERT);
    }

    fn hold_of(self: &Rc<Self>, script: &Element) -> Hold {
        let (loaded, failed, over) = (Rc::clone(self), Rc::clone(self), Rc::clone(self));
        Hold {
            _loaded: EventListener::once(script.as_ref(), "load", move |_| loaded.proceed()),
            _failed: EventListener::once(script.as_ref(), "error", move |_| failed.proceed()),
            _over: Timeout::new(LONGEST_HOLD, move || over.proceed()),
        }
    }

    /// The script that the line waited for has loaded, failed or taken too long.
    fn proceed(self: &Rc<Self>) {
        // Outside of the borrow: listeners are taken off by a method that a page may have made its own.
        drop(self.hold.take());
        self.advance();
    }
}

/// What a selector names of what a template holds.
fn held_by(template: &Element, selector: &str) -> Vec<Element> {
    let list = template
        .content()
        .and_then(|content| content.query_selector_all(selector).ok());
    list.map(|list| listed(&list)).unwrap_or_default()
}

/// A gated element out of reach, in an open shadow root: nobody hears of what changes there (requirement P-09).
pub fn out_of_reach() -> Option<Fault> {
    let element = javascript::in_shadow_root(IN_SHADOW_ROOT).ok()??;
    let about = category_of(&element);
    Some(Fault {
        code: "inShadowRoot",
        about,
    })
}

fn category_of(element: &Element) -> String {
    element.attribute(activation::CATEGORY).unwrap_or_default()
}
