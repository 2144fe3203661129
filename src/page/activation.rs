//! How an element that waits becomes one that runs, and how it is stopped: attributes and nothing else. It must not decide
//! which element that is, or when.

use wasm_bindgen::JsValue;

use crate::page::document;
use crate::page::element::Element;
use crate::page::script;

/// The category for which an element waits.
pub(crate) const CATEGORY: &str = "data-category";
/// The service for which it waits as well.
pub(crate) const SERVICE: &str = "data-service";
/// The address that waits.
pub(crate) const SOURCE: &str = "data-src";
/// What a script is, while `type` keeps it from running.
pub(crate) const KIND: &str = "data-type";

/// Attributes that carry an address, each after the one under which it waits.
const ADDRESSES: [(&str, &str); 4] = [
    (SOURCE, "src"),
    ("data-srcset", "srcset"),
    ("data-href", "href"),
    ("data-poster", "poster"),
];

/// Gives an element the addresses that waited.
pub(crate) fn reveal(element: &Element) {
    for (waiting, name) in ADDRESSES {
        if let Some(address) = element.attribute(waiting) {
            element.set_attribute(name, &address);
            element.remove_attribute(waiting);
        }
    }
}

/// Has the addresses of an element wait again. What runs in it ends, because it leaves the page for a moment: a frame whose
/// address goes keeps what it shows otherwise. An address that a page has put there to wait since is the later one.
pub(crate) fn conceal(element: &Element) {
    let mut is_running = false;
    for (waiting, name) in ADDRESSES {
        if let Some(address) = element.attribute(name) {
            if !element.has(waiting) {
                element.set_attribute(waiting, &address);
            }
            element.remove_attribute(name);
            is_running = true;
        }
    }
    if is_running {
        element.reinsert();
    }
}

/// The script that runs for one that waits, with all its attributes but those that made it wait. A copy of the
/// element would not run where `innerHTML` has put it into the page. An error where Trusted Types forbid it.
pub(crate) fn revived(waiting: &Element) -> Result<Element, JsValue> {
    let script = document::create_element(script::TAG).ok_or(JsValue::UNDEFINED)?;
    for name in waiting.attribute_names() {
        copy(waiting, &script, &name);
    }
    let source = waiting.attribute(SOURCE).or_else(|| waiting.attribute("src"));
    script.set_attribute(script::STATE, script::RAN);
    script::prepare(&script, &waiting.nonce(), source.is_some() && script.has("async"));
    match source {
        Some(address) => script::address(&script, &address)?,
        None => script::text(&script, &waiting.text())?,
    }
    Ok(script)
}

fn copy(waiting: &Element, script: &Element, name: &str) {
    let name_of_copy = match name {
        "type" | SOURCE | "src" => return,
        KIND => "type",
        _ => name,
    };
    script.set_attribute(name_of_copy, &waiting.attribute(name).unwrap_or_default());
}

/// A script that comes from an address and tells when it has come: the next one waits for it. One that a browser does not run,
/// because of its `type` or `nomodule`, never tells (requirement P-11).
const HOLDS: &str = concat!(
    "[src]:not([defer],[async],[nomodule])",
    ":is(:not([type]),[type=''],[type*=javascript i],[type*=ecmascript i])"
);

/// Whether the next script waits until this one has loaded.
pub(crate) fn holds(script: &Element) -> bool {
    script.matches(HOLDS)
}
