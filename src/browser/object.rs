//! An object of the page: a node, a list, a function, `window`. Whatever does not exist, is no object or throws is
//! nothing, and what is done with nothing is nothing: so a page can break any of it and no caller has to ask first.

use super::host;
use wasm_bindgen::JsValue;

/// Something of the page's, or nothing.
#[derive(Clone)]
pub struct Object(JsValue);

impl From<JsValue> for Object {
    fn from(value: JsValue) -> Object {
        Object(value)
    }
}

impl AsRef<JsValue> for Object {
    fn as_ref(&self) -> &JsValue {
        &self.0
    }
}

/// A method of the page's is called for what it does as often as for what it returns.
#[allow(clippy::return_self_not_must_use)]
impl Object {
    /// Nothing.
    pub fn nothing() -> Object {
        Object(JsValue::NULL)
    }

    /// Words as the page has them.
    pub fn words(words: &str) -> Object {
        Object(JsValue::from_str(words))
    }

    /// `true` or `false`.
    pub fn flag(flag: bool) -> Object {
        Object(JsValue::from_bool(flag))
    }

    /// Whether it is something: neither missing nor empty nor false.
    pub fn exists(&self) -> bool {
        !self.0.is_falsy()
    }

    /// The words, if it is words.
    pub fn as_words(&self) -> Option<String> {
        self.0.as_string()
    }

    /// The whole number, if it is a number; else 0.
    #[allow(clippy::cast_possible_truncation)]
    pub fn whole(&self) -> i64 {
        self.0.as_f64().unwrap_or(0.0) as i64
    }

    /// A property.
    pub fn get(&self, name: &str) -> Object {
        Object(host::get(&self.0, name))
    }

    /// A property that is words; of anything else, no words.
    #[inline(never)]
    pub fn text(&self, name: &str) -> String {
        self.get(name).as_words().unwrap_or_default()
    }

    /// Sets a property.
    pub fn set(&self, name: &str, value: &Object) {
        host::set(&self.0, name, &value.0);
    }

    /// Calls a method.
    pub fn tell(&self, method: &str) -> Object {
        Object(host::tell(&self.0, method, None, None))
    }

    /// Calls a method with a word.
    pub fn tell_with(&self, method: &str, word: &str) -> Object {
        Object(host::tell(&self.0, method, Some(word), None))
    }

    /// Calls a method with two words.
    pub fn tell_both(&self, method: &str, first: &str, second: &str) -> Object {
        Object(host::tell(&self.0, method, Some(first), Some(second)))
    }

    /// Calls a method with an object.
    pub fn call(&self, method: &str, object: &Object) -> Object {
        Object(host::call(&self.0, method, &object.0, &JsValue::UNDEFINED))
    }

    /// Calls a method with two objects.
    pub fn call_both(&self, method: &str, first: &Object, second: &Object) -> Object {
        Object(host::call(&self.0, method, &first.0, &second.0))
    }

    /// The items of a list of the page's, a `NodeList` or an array, as it is now.
    #[inline(never)]
    pub fn items(&self) -> Vec<Object> {
        let mut items = Vec::new();
        loop {
            let mut index = String::new();
            crate::core::notice::dates::push_number(&mut index, i64::try_from(items.len()).unwrap_or(0));
            let item = self.get(&index);
            if !item.exists() {
                return items;
            }
            items.push(item);
        }
    }

    /// An attribute of an element.
    #[inline(never)]
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.tell_with("getAttribute", name).as_words()
    }

    /// Sets an attribute of an element.
    #[inline(never)]
    pub fn set_attribute(&self, name: &str, value: &str) {
        self.tell_both("setAttribute", name, value);
    }

    /// Takes an attribute from an element.
    #[inline(never)]
    pub fn remove_attribute(&self, name: &str) {
        self.tell_with("removeAttribute", name);
    }

    /// Whether an element is of this kind.
    #[inline(never)]
    pub fn is(&self, kind: &str) -> bool {
        self.text("localName") == kind
    }
}
