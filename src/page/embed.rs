//! Embeds that run: what templates held, and frames, videos and pictures with an address, each known so that it can be
//! stopped (requirement P-04). It must not decide when.
//!
//! A template stays where it is, because a framework may know it and take it out later (requirement P-06); what it held
//! stands before it, and goes with it. What stands there is marked, so that it is known where a page library puts an earlier
//! copy of the document back (requirement P-03).

use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::DocumentFragment;

use crate::page::activation::{self, CATEGORY, KIND, SERVICE};
use crate::page::document;
use crate::page::element::{Element, Node, listed};
use crate::page::script::{INERT, STARTED, STATE};

/// What may have been started in its own place and can be stopped.
const STARTED_EMBEDS: &str = ":root [data-category][data-kelisim-state=started]:not(script,template)";
/// Marks what came out of a template.
const UNFOLDED: &str = "data-kelisim-unfolded";

/// The embeds of a page that came out of templates. The others are marked in the page itself.
#[derive(Debug, Default)]
pub(crate) struct Embeds(RefCell<Vec<Unfolded>>);

/// A template that was opened.
#[derive(Debug)]
struct Unfolded {
    template: Element,
    /// What stands before it.
    nodes: Vec<Node>,
}

impl Unfolded {
    /// Takes away what it held. It waits again.
    fn fold(&self) {
        for node in &self.nodes {
            node.take_out();
        }
        self.template.remove_attribute(STATE);
    }
}

impl Embeds {
    /// Puts what a template holds before it, with the addresses that waited. Returns its scripts, which take their turn.
    pub(crate) fn unfold(&self, template: &Element) -> Vec<Element> {
        let Some(inside) = copy_of_content(template) else {
            return Vec::new();
        };
        let scripts = prepare(template, &inside);
        let nodes = nodes_of(&inside);
        self.0.borrow_mut().push(Unfolded {
            template: template.clone(),
            nodes,
        });
        template.precede(&inside);
        scripts
    }

    /// Folds the templates of which this is true, and returns them.
    pub(crate) fn fold(&self, is_folded: impl Fn(&Element) -> bool) -> Vec<Element> {
        let (folded, kept): (Vec<_>, Vec<_>) = self.0.take().into_iter().partition(|one| is_folded(&one.template));
        self.0.replace(kept);
        for unfolded in &folded {
            unfolded.fold();
        }
        folded.into_iter().map(|unfolded| unfolded.template).collect()
    }

    /// Stops what is not allowed any more. Returns what waits now.
    pub(crate) fn stop(&self, is_allowed: &dyn Fn(&Element) -> bool) -> Vec<Element> {
        let mut stopped = self.fold(|template| !is_allowed(template));
        for element in document::query_selector_all(STARTED_EMBEDS) {
            if !is_allowed(&element) {
                halt(&element);
                stopped.push(element);
            }
        }
        stopped
    }

    /// Whether an element is a template that was opened here, or what came out of one.
    pub(crate) fn knows(&self, element: &Element) -> bool {
        let is_one = |one: &Unfolded| one.template == *element || one.nodes.iter().any(|node| *node == **element);
        self.0.borrow().iter().any(is_one)
    }
}

/// Has an embed wait again that was started in its own place.
pub(crate) fn halt(element: &Element) {
    activation::conceal(element);
    element.remove_attribute(STATE);
}

/// Whether it came out of a template, here or in the document of which this is a copy.
pub(crate) fn is_unfolded(element: &Element) -> bool {
    element.has(UNFOLDED)
}

/// What a template holds, once more: it stays as it is, to be put back.
fn copy_of_content(template: &Element) -> Option<DocumentFragment> {
    let copy = template.content()?.clone_node_with_deep(true).ok()?;
    Some(copy.unchecked_into())
}

/// All that is to stand in the page, marked as far as it is elements.
fn nodes_of(inside: &DocumentFragment) -> Vec<Node> {
    let list = inside.child_nodes();
    let mut nodes = Vec::new();
    for node in (0..list.length()).filter_map(|place| list.item(place)) {
        let node: Element = node.unchecked_into();
        // What is no element has no attributes, and is left alone.
        node.set_attribute(UNFOLDED, "");
        nodes.push(node.into());
    }
    nodes
}

/// Makes what a template holds ready to stand in the page. What waits for something of its own is looked at once it stands
/// there, like anything else; only a script must not run on the way.
fn prepare(template: &Element, inside: &DocumentFragment) -> Vec<Element> {
    let mut scripts = Vec::new();
    let all = inside
        .query_selector_all("*")
        .map(|list| listed(&list))
        .unwrap_or_default();
    for element in all {
        let waits_for_itself = element.has(CATEGORY);
        if element.matches("script:not([type='text/plain'])") {
            hold_back(&element);
            if !waits_for_itself {
                inherit(template, &element);
                scripts.push(element);
            }
        } else if !waits_for_itself {
            activation::reveal(&element);
        }
    }
    scripts
}

/// Keeps a script from running when it comes into the page.
fn hold_back(script: &Element) {
    if let Some(kind) = script.attribute("type") {
        script.set_attribute(KIND, &kind);
    }
    script.set_attribute("type", INERT);
}

/// A script in a template waits for what its template waits for.
fn inherit(template: &Element, script: &Element) {
    for name in [CATEGORY, SERVICE] {
        if let Some(id) = template.attribute(name) {
            script.set_attribute(name, &id);
        }
    }
    script.set_attribute(STATE, STARTED);
}
