//! Tells of elements that wait and came into the page later, and of those whose ids or addresses were set or changed later
//! (requirements G-10, P-10). It looks at what has changed and not at the whole page, and must not start anything.

use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MutationObserver, MutationObserverInit, MutationRecord};

use crate::page::activation::{CATEGORY, SERVICE, SOURCE};
use crate::page::aliases::Aliases;
use crate::page::element::Element;
use crate::page::gate::{BEGUN, WAITING};
use crate::page::script::STATE;

/// The attributes whose change matters.
const ATTRIBUTES: [&str; 7] = [
    CATEGORY,
    SERVICE,
    SOURCE,
    "data-srcset",
    "data-href",
    "data-poster",
    "src",
];

/// What has an address that nobody has started.
const HELD_BACK: &str = ":root [data-category][data-src][src]:not([data-kelisim-state])";

/// What a batch of changes brings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Elements that wait now. One may be in it twice.
    pub waiting: Vec<Element>,
    /// Elements that were looked at before and have got other ids.
    pub renamed: Vec<Element>,
    /// Elements that wait and got their address from somebody else (requirement P-13).
    pub fetched: Vec<Element>,
    /// Elements that were started, here or in a document of which they are copies.
    pub begun: Vec<Element>,
    /// Elements of the kind that was asked for and came into the page.
    pub added: Vec<Element>,
}

/// Who drops it hears no more.
#[must_use = "what is dropped hears nothing"]
#[derive(Debug)]
pub struct Late {
    observer: MutationObserver,
    _call: Closure<dyn FnMut(Array, MutationObserver)>,
}

impl Drop for Late {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls back after every batch of changes of the page, also where none of them matters to the gate: whoever looks after the
/// root hears of its loss by that. Whatever is added and `looked_for` names is told as well. What waits in the manner of
/// another manager is adopted first.
pub fn observe(looked_for: &'static str, aliases: &Aliases, mut call: impl FnMut(Changes) + 'static) -> Option<Late> {
    let names: Array = ATTRIBUTES
        .into_iter()
        .chain(aliases.attributes())
        .map(JsValue::from_str)
        .collect();
    let aliases = aliases.clone();
    let heard =
        Closure::<dyn FnMut(Array, MutationObserver)>::new(move |records: Array, observer: MutationObserver| {
            let changes = changes(&records, looked_for, &aliases);
            // What was adopted is among them already.
            observer.take_records();
            call(changes);
        });
    let observer = MutationObserver::new(heard.as_ref().unchecked_ref()).ok()?;
    let wanted = MutationObserverInit::new();
    wanted.set_child_list(true);
    wanted.set_subtree(true);
    wanted.set_attribute_filter(&names);
    let document = web_sys::window()?.document()?;
    observer.observe_with_options(&document, &wanted).ok()?;
    Some(Late { observer, _call: heard })
}

fn changes(records: &Array, looked_for: &str, aliases: &Aliases) -> Changes {
    let mut changes = Changes::default();
    for record in records.iter() {
        let record: MutationRecord = record.unchecked_into();
        match record.attribute_name() {
            Some(name) => changed(&record, &name, aliases, &mut changes),
            None => added(&record, looked_for, aliases, &mut changes),
        }
    }
    changes
}

/// An attribute was set, changed or removed.
fn changed(record: &MutationRecord, name: &str, aliases: &Aliases, changes: &mut Changes) {
    let Some(target) = record.target() else { return };
    let element: Element = target.unchecked_into();
    let is_alias = aliases.attributes().any(|known| known == name);
    if is_alias {
        aliases.adopt(|selector| element.matches(selector).then(|| element.clone()).into_iter().collect());
    }
    if name == "src" {
        if element.matches(HELD_BACK) && element.attribute("src") == element.attribute("data-src") {
            changes.fetched.push(element);
        }
    } else if element.matches(WAITING) {
        changes.waiting.push(element);
    } else if (is_alias || name == CATEGORY || name == SERVICE) && element.has(STATE) {
        changes.renamed.push(element);
    }
}

/// Nodes were added, or taken out. What is no element matches nothing.
fn added(record: &MutationRecord, looked_for: &str, aliases: &Aliases, changes: &mut Changes) {
    let nodes = record.added_nodes();
    for node in (0..nodes.length()).filter_map(|place| nodes.item(place)) {
        let element: Element = node.unchecked_into();
        aliases.adopt(|selector| named(&element, selector));
        changes.waiting.extend(named(&element, WAITING));
        changes.begun.extend(named(&element, BEGUN));
        changes.added.extend(named(&element, looked_for));
    }
}

/// What a selector names of an element and all that is in it.
fn named(element: &Element, selector: &str) -> Vec<Element> {
    let mut all = element.query_selector_all(selector);
    if element.matches(selector) {
        all.insert(0, element.clone());
    }
    all
}
