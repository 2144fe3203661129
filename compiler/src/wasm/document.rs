//! Reads what a page hands in as a JSON document, or says what of it JSON does not have.
//!
//! `serde-wasm-bindgen` reads the texts, numbers and truths. Objects and lists are taken apart here, because it follows
//! an object that holds itself for ever, takes a `Date` for an empty object, and lets what a getter throws pass through
//! frames of WebAssembly that are then never cleared away. Every call that may run code of the page is one that catches.
//! Nothing here knows what a configuration is.

use js_sys::{Array, JsString, Object, Reflect};
use serde_json::{Map, Value};
use wasm_bindgen::{JsCast, JsValue};

use crate::config::problem::{Path, Problem};
use crate::config::unreadable::Unreadable;

/// As deep as `serde_json` goes in a file, so that a page and the program read the same documents.
const DEEPEST: usize = 127;

/// How many values, and characters of text, a document may have. No configuration comes near; a few objects that each
/// hold the next one twice do.
const MOST: usize = 500_000;

/// The document that a page handed in.
pub(super) fn read(given: &JsValue) -> Result<Value, Problem> {
    let mut reading = Reading {
        left: MOST,
        around: Vec::new(),
    };
    reading.value(given, &Path::default())
}

/// How much may still come, and the objects and lists around what is being read.
struct Reading {
    left: usize,
    around: Vec<JsValue>,
}

impl Reading {
    fn value(&mut self, given: &JsValue, path: &Path) -> Result<Value, Problem> {
        self.count(1)?;
        if given.is_null() {
            Ok(Value::Null)
        } else if given.is_object() {
            self.within(given, path)
        } else {
            self.leaf(given, path)
        }
    }

    /// A text, a number, or true or false.
    fn leaf(&mut self, given: &JsValue, path: &Path) -> Result<Value, Problem> {
        if let Some(text) = given.dyn_ref::<JsString>() {
            self.text(text, path)?;
        } else if let Some(number) = given.as_f64() {
            if !number.is_finite() {
                return Err(refused(path, Unreadable::NotFinite));
            }
        } else if given.as_bool().is_none() {
            return Err(refused(path, kind(given)));
        }
        serde_wasm_bindgen::from_value(given.clone()).map_err(|_| refused(path, Unreadable::NothingOfJson))
    }

    /// Whether a text or a key is one that a file could hold.
    fn text(&mut self, text: &JsString, path: &Path) -> Result<(), Problem> {
        self.count(text.length() as usize)?;
        if text.is_valid_utf16() {
            Ok(())
        } else {
            Err(refused(path, Unreadable::HalfACharacter))
        }
    }

    /// An object or a list, unless it is around itself.
    fn within(&mut self, given: &JsValue, path: &Path) -> Result<Value, Problem> {
        if self.around.contains(given) {
            return Err(refused(path, Unreadable::HoldsItself));
        }
        if self.around.len() == DEEPEST {
            return Err(refused(path, Unreadable::TooDeep));
        }
        self.around.push(given.clone());
        let read = if is_plain(given).map_err(|error| threw(path, &error))? {
            self.object(given, path)
        } else if Array::is_array(given) {
            self.list(given, path)
        } else {
            Err(refused(path, Unreadable::OfAClass))
        };
        self.around.pop();
        read
    }

    fn object(&mut self, given: &JsValue, path: &Path) -> Result<Value, Problem> {
        let entries = Object::entries_typed(given.unchecked_ref::<Object>()).map_err(|error| threw(path, &error))?;
        let mut members = Map::new();
        for entry in entries.iter() {
            let entry = entry.unchecked_into::<Array>();
            let key = entry.get(0).unchecked_into::<JsString>();
            self.text(&key, path)?;
            let key = String::from(key);
            let member = self.value(&entry.get(1), &path.member(&key))?;
            members.insert(key, member);
        }
        Ok(Value::Object(members))
    }

    fn list(&mut self, given: &JsValue, path: &Path) -> Result<Value, Problem> {
        let length = Reflect::get(given, &"length".into()).map_err(|error| threw(path, &error))?;
        let length = length.as_f64().unwrap_or_default();
        let mut items = Vec::new();
        for index in (0..u32::MAX).take_while(|index| f64::from(*index) < length) {
            let path = path.item(items.len());
            let item = Reflect::get_u32(given, index).map_err(|error| threw(&path, &error))?;
            items.push(self.value(&item, &path)?);
        }
        Ok(Value::Array(items))
    }

    fn count(&mut self, number: usize) -> Result<(), Problem> {
        let left = self.left.checked_sub(number);
        self.left = left.ok_or_else(|| refused(&Path::default(), Unreadable::TooLarge))?;
        Ok(())
    }
}

/// Whether an object is one as JSON has it, of this page or of a frame: its prototype is the last one, or it has none.
fn is_plain(given: &JsValue) -> Result<bool, JsValue> {
    let prototype: JsValue = Reflect::get_prototype_of(given)?.into();
    if prototype.is_null() {
        return Ok(true);
    }
    let last: JsValue = Reflect::get_prototype_of(&prototype)?.into();
    Ok(last.is_null())
}

fn kind(given: &JsValue) -> Unreadable {
    if given.is_undefined() {
        Unreadable::Undefined
    } else if given.is_function() {
        Unreadable::Function
    } else if given.is_bigint() {
        Unreadable::BigInt
    } else if given.is_symbol() {
        Unreadable::Symbol
    } else {
        Unreadable::NothingOfJson
    }
}

fn refused(path: &Path, why: Unreadable) -> Problem {
    Problem::unreadable(path.clone(), why, None)
}

/// Reading ran code of the page, which threw `error`.
fn threw(path: &Path, error: &JsValue) -> Problem {
    let message = Reflect::get(error, &"message".into()).ok();
    match message.and_then(|message| message.as_string()) {
        Some(message) => Problem::unreadable(path.clone(), Unreadable::Threw, Some(message)),
        None => refused(path, Unreadable::ThrewUnnamed),
    }
}
