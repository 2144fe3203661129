//! Reads derived types out of values of the page: the compiled site. A `Deserializer` with an error that says nothing, because
//! the words of errors weigh more than all of this, and whoever built the site has been told by the compiler.
//!
//! Of an object it visits own enumerable members only, so nothing that a page puts on `Object.prototype` is read. It is as
//! strict as the derived types are: `deny_unknown_fields` refuses what is not known.

use std::fmt;

use js_sys::{Array, Reflect};
use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{self, Deserialize, IntoDeserializer, Visitor};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

/// Values may lie this deep in each other. A page's own value may hold itself.
const DEEPEST: u8 = 64;
/// Up to this every whole number can be told from the next.
const GREATEST_SAFE: f64 = 9_007_199_254_740_991.0;

/// It is not what the type asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unreadable
    }
}

/// Reads a value of the page. A getter of the page that throws is unreadable.
pub fn read<T: for<'de> Deserialize<'de>>(value: &JsValue) -> Result<T, Unreadable> {
    T::deserialize(reader(value.clone()))
}

/// Reads a value of the page as whatever type asks for it.
pub fn reader(value: JsValue) -> impl for<'de> de::Deserializer<'de, Error = Unreadable> {
    Reader { value, depth: DEEPEST }
}

#[wasm_bindgen]
extern "C" {
    // That of js-sys would not catch what a getter of the page throws.
    #[wasm_bindgen(catch, js_namespace = Object)]
    fn entries(object: &JsValue) -> Result<Array, JsValue>;
}

/// A value that is read.
struct Reader {
    value: JsValue,
    /// How many others it may still hold in each other.
    depth: u8,
}

impl Reader {
    /// A value that this one holds.
    fn inner(&self, value: Result<JsValue, JsValue>) -> Result<Reader, Unreadable> {
        let value = value.map_err(|_| Unreadable)?;
        let depth = self.depth.checked_sub(1).ok_or(Unreadable)?;
        Ok(Reader { value, depth })
    }

    /// The items of a list.
    fn items(&self) -> Result<Vec<Reader>, Unreadable> {
        if !Array::is_array(&self.value) {
            return Err(Unreadable);
        }
        let list: &Array = self.value.unchecked_ref();
        let places = 0..list.length();
        places.map(|place| self.inner(Reflect::get_u32(list, place))).collect()
    }

    /// The members of an object that is no list, by their names.
    fn members(&self) -> Result<Vec<(String, Reader)>, Unreadable> {
        if !self.value.is_object() || Array::is_array(&self.value) {
            return Err(Unreadable);
        }
        let members = entries(&self.value).map_err(|_| Unreadable)?;
        let read = |pair: JsValue| {
            let pair: Array = pair.unchecked_into();
            let name = pair.get(0).as_string().ok_or(Unreadable)?;
            Ok((name, self.inner(Ok(pair.get(1)))?))
        };
        members.iter().map(read).collect()
    }

    /// A number without a fraction, from 0 up.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is whole, and small enough"
    )]
    fn whole(&self) -> Option<u64> {
        let number = self.value.as_f64()?;
        let is_whole = number.trunc().total_cmp(&number).is_eq() && (0.0..=GREATEST_SAFE).contains(&number);
        is_whole.then_some(number as u64)
    }
}

impl<'de> de::Deserializer<'de> for Reader {
    type Error = Unreadable;

    /// The derived types say what they want.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.value.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_u64(self.whole().ok_or(Unreadable)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_f64(self.value.as_f64().ok_or(Unreadable)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.value.as_string().ok_or(Unreadable)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.value.is_null() || self.value.is_undefined() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(SeqDeserializer::new(self.items()?.into_iter()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Unreadable> {
        let items = self.items()?;
        if items.len() != length {
            return Err(Unreadable);
        }
        visitor.visit_seq(SeqDeserializer::new(items.into_iter()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(MapDeserializer::new(self.members()?.into_iter()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    /// A string for what carries nothing, otherwise an object with one member.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if let Some(name) = self.value.as_string() {
            let name: StringDeserializer<Unreadable> = name.into_deserializer();
            return visitor.visit_enum(name);
        }
        let members = self.members()?;
        if members.len() != 1 {
            return Err(Unreadable);
        }
        visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(members.into_iter())))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u16 u128 f32 char bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

impl IntoDeserializer<'_, Unreadable> for Reader {
    type Deserializer = Reader;

    fn into_deserializer(self) -> Reader {
        self
    }
}
