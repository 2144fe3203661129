//! Carries out the steps that start and stop vendors in the page. A page or a vendor that throws is left alone, and the next
//! step follows. It knows no vendor by name and must not decide which step is to be carried out.

use js_sys::{Array, Date, Function, Object, Reflect};
use kelisim_site::{Step, Value};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

use crate::page::consent_mode::ConsentMode;
use crate::page::script;
use crate::page::{document, javascript};

/// What only the visit knows, at the moment in which a step is carried out.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// Now, in milliseconds since 1970.
    pub now: f64,
    /// The seconds that are left of the consent, 13 months at most (requirement V-05).
    pub seconds_left: u32,
    /// Whether a category or service is granted.
    pub is_granted: &'a dyn Fn(&str) -> bool,
}

/// What was made for vendors in this document.
#[derive(Debug)]
pub struct Vendors {
    /// The nonce of Kelisim's own tag, which the scripts carry on; empty where it has none.
    nonce: String,
    /// Google's data layer.
    google: Rc<ConsentMode>,
    /// The names that were made, so that a second service of a vendor finds what the first has made.
    made: RefCell<Vec<String>>,
}

impl Vendors {
    /// Nothing was made yet.
    pub fn new(nonce: &str, google: Rc<ConsentMode>) -> Vendors {
        Vendors {
            nonce: nonce.to_owned(),
            google,
            made: RefCell::default(),
        }
    }

    /// Carries out one step. Where something on the path to its name is missing, it does nothing.
    pub fn perform(&self, step: &Step, moment: Moment) {
        // What a page or a vendor throws is its own affair.
        self.attempt(step, moment).ok();
    }

    fn attempt(&self, step: &Step, moment: Moment) -> Result<(), JsValue> {
        match step {
            Step::Load { url, attributes } => self.load(url, attributes),
            Step::Queue { name, list } => self.make(name, || Ok(javascript::queue(list).into())),
            Step::Gtag { name } => self.make(name, || Ok(self.google.gtag().into())),
            Step::List { name } => self.make(name, || Ok(Array::new().into())),
            Step::Stub { name, methods, members } => self.make(name, || stub(methods, members, moment)),
            Step::Set { name, to } => Place::of(name)?.set(&to_js(to, moment)),
            Step::Call { name, with } => Place::of(name)?.call(with, moment),
            Step::Silence { name } => silence(&Place::of(name)?),
            Step::Clear { name } => clear(&Place::of(name)?),
        }
    }

    /// Makes something under a name, once in a document.
    fn make(&self, name: &str, make: impl FnOnce() -> Result<JsValue, JsValue>) -> Result<(), JsValue> {
        let place = Place::of(name)?;
        if self.made.borrow().iter().any(|made| made == name) {
            return Ok(());
        }
        self.made.borrow_mut().push(name.to_owned());
        // Code of the page can run in it: nothing is borrowed.
        place.set(&make()?)
    }

    /// Inserts an asynchronous script.
    fn load(&self, url: &str, attributes: &[(String, String)]) -> Result<(), JsValue> {
        let script = document::create_element(script::TAG).ok_or(JsValue::UNDEFINED)?;
        for (name, value) in attributes {
            script.set_attribute(name, value);
        }
        script::prepare(&script, &self.nonce, true);
        script::address(&script, url)?;
        script.set_attribute(script::STATE, script::STARTED);
        if let Some(head) = document::head() {
            head.append(&script);
        }
        Ok(())
    }
}

/// Sets a flag on `window`: while it is `true` there, a vendor's script does nothing (requirement M-03). Its name is no
/// path: it may have dots and dashes in it.
pub fn set_flag(name: &str) {
    if let Some(window) = web_sys::window() {
        Reflect::set(&window, &JsValue::from_str(name), &JsValue::TRUE).ok();
    }
}

/// Clears a flag.
pub fn clear_flag(name: &str) {
    if let Some(window) = web_sys::window() {
        Reflect::delete_property(&window, &JsValue::from_str(name)).ok();
    }
}

/// A property of something below `window`, which need not be there.
struct Place<'a> {
    owner: JsValue,
    name: &'a str,
}

impl Place<'_> {
    /// The place at a dotted path from `window`.
    fn of(path: &str) -> Result<Place<'_>, JsValue> {
        let mut owner = web_sys::window().map_or(JsValue::UNDEFINED, JsValue::from);
        let (owners, name) = path.rsplit_once('.').unwrap_or(("", path));
        for member in owners.split('.').filter(|member| !member.is_empty()) {
            owner = Reflect::get(&owner, &JsValue::from_str(member))?;
        }
        Ok(Place { owner, name })
    }

    fn get(&self) -> Result<JsValue, JsValue> {
        Reflect::get(&self.owner, &JsValue::from_str(self.name))
    }

    fn set(&self, value: &JsValue) -> Result<(), JsValue> {
        // A page that forbids it keeps its own.
        Reflect::set(&self.owner, &JsValue::from_str(self.name), value).map(drop)
    }

    /// Calls the function that stands there, as a method of what it is a property of.
    fn call(&self, with: &[Value], moment: Moment) -> Result<(), JsValue> {
        let function = self.get()?;
        let given: Array = with.iter().map(|value| to_js(value, moment)).collect();
        Reflect::apply(function.unchecked_ref::<Function>(), &self.owner, &given).map(drop)
    }
}

/// A list with methods, each of which puts its name and arguments at the end of the list.
fn stub(methods: &[String], members: &[(String, Value)], moment: Moment) -> Result<JsValue, JsValue> {
    let list = Array::new();
    for method in methods {
        let pushed = javascript::pushed(&list, method);
        Reflect::set(&list, &JsValue::from_str(method), &pushed)?;
    }
    for (name, value) in members {
        Reflect::set(&list, &JsValue::from_str(name), &to_js(value, moment))?;
    }
    Ok(list.into())
}

/// Puts a function that does nothing in the place of another.
fn silence(place: &Place) -> Result<(), JsValue> {
    let silent = javascript::silent(&place.get()?)?;
    place.set(&silent)
}

/// Takes every item out of a list.
fn clear(place: &Place) -> Result<(), JsValue> {
    Reflect::set(&place.get()?, &JsValue::from_str("length"), &JsValue::from_f64(0.0)).map(drop)
}

/// A value as plain data of the page.
fn to_js(value: &Value, moment: Moment) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Number(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
        Value::List(values) => values
            .iter()
            .map(|value| to_js(value, moment))
            .collect::<Array>()
            .into(),
        Value::Object(members) => object(members, moment),
        Value::Now => Date::new(&JsValue::from_f64(moment.now)).into(),
        Value::NowMilliseconds => JsValue::from_f64(moment.now),
        Value::SecondsLeft => JsValue::from_f64(f64::from(moment.seconds_left)),
        Value::Granted(id) => JsValue::from_bool((moment.is_granted)(id)),
    }
}

fn object(members: &[(String, Value)], moment: Moment) -> JsValue {
    let pair = |(name, value): &(String, Value)| Array::of2(&JsValue::from_str(name), &to_js(value, moment));
    let pairs: Array = members.iter().map(pair).collect();
    Object::from_entries(&pairs).map_or(JsValue::UNDEFINED, JsValue::from)
}
