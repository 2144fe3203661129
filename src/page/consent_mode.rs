//! What Google's consent mode is told: real `arguments` in the data layer, whose name an owner may have changed. It must not
//! decide what is granted.

use js_sys::{Array, Function, Object, Reflect};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};

use crate::page::javascript::layered;

/// The data layer of a page.
#[derive(Debug)]
pub struct ConsentMode {
    /// Its name on `window`, mostly `dataLayer`.
    layer: String,
    /// Puts its `arguments` into the layer.
    gtag: Function,
    /// Whether it was told of a decision in this document.
    is_updated: Cell<bool>,
}

impl ConsentMode {
    /// The data layer of this name. A page that switched consent mode off has none of these.
    pub fn new(layer: &str) -> ConsentMode {
        ConsentMode {
            layer: layer.to_owned(),
            gtag: layered(layer),
            is_updated: Cell::new(false),
        }
    }

    /// Says what is granted now, by consent type: `analytics_storage`. Nothing where a site has no types.
    pub fn update(&self, signals: &[(String, bool)]) {
        if signals.is_empty() {
            return;
        }
        if !self.is_updated.replace(true) {
            self.say("set", "ads_data_redaction", &JsValue::TRUE);
            self.say("set", "url_passthrough", &JsValue::FALSE);
        }
        self.say("consent", "update", &signals_of(signals));
    }

    /// Tells a tag manager of a decision, after the update, and of the record nothing; by the ids that it grants and takes
    /// back.
    pub fn announce(&self, granted: &[String], withdrawn: &[String]) {
        if !self.is_updated.get() {
            return;
        }
        let members = Array::of3(
            &pair("event", &JsValue::from_str("kelisim:decision")),
            &pair("granted", &ids(granted)),
            &pair("withdrawn", &ids(withdrawn)),
        );
        // A tag manager has put a method of its own in the place of `push`, and hears of it by that.
        if let (Some(layer), Ok(entry)) = (self.layer(), Object::from_entries(&members)) {
            push(&layer, &entry).ok();
        }
    }

    /// The function that puts its `arguments` into the layer. What the page called before is taken out of it; what it said of
    /// consent stays.
    pub(crate) fn gtag(&self) -> &Function {
        if let Some(layer) = self.layer() {
            let kept: Vec<JsValue> = layer.iter().filter(|call| !is_dropped(call)).collect();
            // By their places: a tag manager may have a method of its own instead of `push`.
            for (place, call) in (0..).zip(&kept) {
                Reflect::set_u32(&layer, place, call).ok();
            }
            let length = JsValue::from(u32::try_from(kept.len()).unwrap_or_default());
            Reflect::set(&layer, &JsValue::from_str("length"), &length).ok();
        }
        &self.gtag
    }

    fn say(&self, command: &str, what: &str, value: &JsValue) {
        let given = (JsValue::from_str(command), JsValue::from_str(what));
        // A page that has broken its layer hears nothing.
        self.gtag.call3(&JsValue::UNDEFINED, &given.0, &given.1, value).ok();
    }

    fn layer(&self) -> Option<Array> {
        let window = web_sys::window()?;
        let layer = Reflect::get(&window, &JsValue::from_str(&self.layer)).ok()?;
        Array::is_array(&layer).then(|| layer.unchecked_into())
    }
}

/// Whether something in the layer is a call that a page made before the grant.
fn is_dropped(call: &JsValue) -> bool {
    let command = Reflect::get_u32(call, 0).ok().and_then(|command| command.as_string());
    command.is_some_and(|command| command != "consent" && command != "set")
}

/// Consent types as Google's words for them.
fn signals_of(signals: &[(String, bool)]) -> JsValue {
    let pairs = Array::new();
    for (kind, is_granted) in signals {
        let word = if *is_granted { "granted" } else { "denied" };
        pairs.push(&pair(kind, &JsValue::from_str(word)));
    }
    Object::from_entries(&pairs).map_or(JsValue::UNDEFINED, JsValue::from)
}

fn ids(ids: &[String]) -> JsValue {
    ids.iter().map(|id| JsValue::from_str(id)).collect::<Array>().into()
}

fn pair(name: &str, value: &JsValue) -> Array {
    Array::of2(&JsValue::from_str(name), value)
}

/// Calls the method `push` that a list has.
fn push(list: &Array, entry: &JsValue) -> Result<(), JsValue> {
    let push = Reflect::get(list, &JsValue::from_str("push"))?;
    Reflect::apply(push.unchecked_ref::<Function>(), list, &Array::of1(entry))?;
    Ok(())
}
