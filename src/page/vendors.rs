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
use crate::visit::Resolved;

/// What a value of a step is at the moment in which the step is carried out: only the visit knows.
pub type Resolver<'a> = &'a dyn for<'v> Fn(&'v Value) -> Resolved<'v>;

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
    pub fn perform(&self, step: &Step, resolve: Resolver) {
        // What a page or a vendor throws is its own affair.
        self.attempt(step, resolve).ok();
    }

    fn attempt(&self, step: &Step, resolve: Resolver) -> Result<(), JsValue> {
        match step {
            Step::Load { url, attributes } => self.load(url, attributes),
            Step::Queue { name, list } => self.make(name, || Ok(javascript::queue(list).into())),
            Step::Gtag { name } => self.make(name, || Ok(self.google.gtag().into())),
            Step::List { name } => self.make(name, || Ok(Array::new().into())),
            Step::Stub { name, methods, members } => self.make(name, || stub(methods, members, resolve)),
            Step::Set { name, to } => Place::of(name)?.set(&to_js(to, resolve)),
            Step::Call { name, with } => Place::of(name)?.call(with, resolve),
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
    fn call(&self, with: &[Value], resolve: Resolver) -> Result<(), JsValue> {
        let function = self.get()?;
        let given: Array = with.iter().map(|value| to_js(value, resolve)).collect();
        Reflect::apply(function.unchecked_ref::<Function>(), &self.owner, &given).map(drop)
    }
}

/// A list with methods, each of which puts its name and arguments at the end of the list.
fn stub(methods: &[String], members: &[(String, Value)], resolve: Resolver) -> Result<JsValue, JsValue> {
    let list = Array::new();
    for method in methods {
        let pushed = javascript::pushed(&list, method);
        Reflect::set(&list, &JsValue::from_str(method), &pushed)?;
    }
    for (name, value) in members {
        Reflect::set(&list, &JsValue::from_str(name), &to_js(value, resolve))?;
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
#[expect(clippy::cast_precision_loss, reason = "milliseconds are exact far beyond any date")]
fn to_js(value: &Value, resolve: Resolver) -> JsValue {
    match resolve(value) {
        Resolved::Null => JsValue::NULL,
        Resolved::Bool(flag) => JsValue::from_bool(flag),
        Resolved::Number(number) => JsValue::from_f64(number),
        Resolved::Text(text) => JsValue::from_str(text),
        Resolved::List(values) => {
            let items = values.iter().map(|value| to_js(value, resolve));
            items.collect::<Array>().into()
        }
        Resolved::Object(members) => object(members, resolve),
        Resolved::Date(moment) => Date::new(&JsValue::from_f64(moment.milliseconds() as f64)).into(),
    }
}

fn object(members: &[(String, Value)], resolve: Resolver) -> JsValue {
    let pair = |(name, value): &(String, Value)| Array::of2(&JsValue::from_str(name), &to_js(value, resolve));
    let pairs: Array = members.iter().map(pair).collect();
    Object::from_entries(&pairs).map_or(JsValue::UNDEFINED, JsValue::from)
}
