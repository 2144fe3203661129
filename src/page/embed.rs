//! Embeds that run: what templates held, and frames, videos and pictures with an address, each known so that it can be
//! stopped (requirement P-04). It must not decide when.

use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::DocumentFragment;

use crate::page::activation::{self, CATEGORY, KIND, SERVICE};
use crate::page::document;
use crate::page::element::{Element, Node, listed};
use crate::page::script::{STARTED, STATE};

/// What may have been started and can be stopped.
const STARTED_EMBEDS: &str = ":root [data-category][data-kelisim-state=started]:not(script)";

/// The embeds of a page that came out of templates. The others are marked in the page itself.
#[derive(Debug, Default)]
pub(crate) struct Embeds(RefCell<Vec<Unfolded>>);

/// A template that was opened.
#[derive(Debug)]
struct Unfolded {
    template: Element,
    /// What stands in its place.
    nodes: Vec<Node>,
}

impl Unfolded {
    /// Where it stands, if it is in the page.
    fn place(&self) -> Option<&Node> {
        self.nodes.iter().find(|node| node.is_connected())
    }

    /// Puts the template back, in the place of what it held.
    fn fold(&self) {
        if let Some(place) = self.place() {
            place.precede(self.template.as_ref());
        }
        for node in &self.nodes {
            node.take_out();
        }
        self.template.remove_attribute(STATE);
    }
}

impl Embeds {
    /// Puts what a template holds in its place, with the addresses that waited. Returns its scripts, which take their turn.
    pub(crate) fn unfold(&self, template: &Element) -> Vec<Element> {
        let Some(inside) = copy_of_content(template) else {
            return Vec::new();
        };
        let scripts = prepare(template, &inside);
        let unfolded = Unfolded {
            template: template.clone(),
            nodes: nodes_of(&inside),
        };
        template.give_way(&inside);
        // What a page has taken out since needs no stopping.
        let left = self.0.take().into_iter().filter(|unfolded| unfolded.place().is_some());
        let all = left.chain(std::iter::once(unfolded)).collect();
        self.0.replace(all);
        scripts
    }

    /// Stops what is not allowed any more. Returns what waits now.
    pub(crate) fn stop(&self, is_allowed: &dyn Fn(&Element) -> bool) -> Vec<Element> {
        let (kept, folded): (Vec<_>, Vec<_>) = self.0.take().into_iter().partition(|one| is_allowed(&one.template));
        self.0.replace(kept);
        let mut stopped = Vec::new();
        for unfolded in folded {
            unfolded.fold();
            stopped.push(unfolded.template);
        }
        for element in document::query_selector_all(STARTED_EMBEDS) {
            if !is_allowed(&element) {
                activation::conceal(&element);
                element.remove_attribute(STATE);
                stopped.push(element);
            }
        }
        stopped
    }
}

/// What a template holds, once more: it stays as it is, to be put back.
fn copy_of_content(template: &Element) -> Option<DocumentFragment> {
    let copy = template.content()?.clone_node_with_deep(true).ok()?;
    Some(copy.unchecked_into())
}

fn nodes_of(inside: &DocumentFragment) -> Vec<Node> {
    let list = inside.child_nodes();
    (0..list.length())
        .filter_map(|place| list.item(place))
        .map(JsCast::unchecked_into)
        .collect()
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
    script.set_attribute("type", "text/plain");
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
