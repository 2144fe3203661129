//! A [`Value`] as a `JsValue`: how arguments reach a vendor.

use crate::core::value::Value;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

/// Makes plain data of the page's own kind.
pub fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Number(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
        Value::List(items) => items.iter().map(to_js).collect::<Array>().into(),
        Value::Map(entries) => {
            let object = Object::new();
            for (key, value) in entries {
                set(&object, key, &to_js(value));
            }
            object.into()
        }
    }
}

/// Sets a property; a page that forbids it keeps its own.
pub fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(key), value);
}
