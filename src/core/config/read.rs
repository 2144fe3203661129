//! Reads a document into the types of [`super::written`], and never stops at the first fault.
//!
//! This is a serde `Deserializer` over a [`Value`]: the types say what is expected, this says what was found instead, by
//! its path, and goes on with an empty value. It formats nothing, because formatting is what makes serde heavy in a
//! module that every visitor loads.

use core::fmt;

use serde::de::value::U64Deserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, SeqAccess, Unexpected, VariantAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::walk::Walk;
use super::words::nearest;
use crate::core::value::Value;

/// Keys that would weaken the choice, by a part of their name, and the problem that each one is (requirements C-04,
/// O-03). They are unknown keys like any other; the owner is only told why there is no such thing.
const REFUSED_KEYS: &[(&str, &str)] = &[
    ("defaulton", "defaultOn"),
    ("bydefault", "defaultOn"),
    ("defaultstate", "defaultOn"),
    ("defaultvalue", "defaultOn"),
    ("enabled", "defaultOn"),
    ("checked", "defaultOn"),
    ("preselect", "defaultOn"),
    ("optout", "defaultOn"),
    ("basis", "legitimateInterest"),
    ("legit", "legitimateInterest"),
    ("legint", "legitimateInterest"),
    ("reject", "weakensRefusal"),
    ("decline", "weakensRefusal"),
    ("refus", "weakensRefusal"),
    ("deny", "weakensRefusal"),
    ("hide", "weakensRefusal"),
    ("acceptall", "weakensRefusal"),
    ("equalweight", "weakensRefusal"),
];

/// Reads `document` as a `T`; every fault is reported to `walk`.
pub(super) fn read<'de, T: Deserialize<'de>>(document: &'de Value, walk: &mut Walk) -> T {
    let Ok(value) = T::deserialize(Reader { value: document, walk });
    value
}

/// The code of a key that Kelisim does not know: most are slips, some ask for what is refused.
pub(super) fn unknown_key_code(key: &str) -> &'static str {
    let has = |part: &str| {
        key.as_bytes()
            .windows(part.len())
            .any(|piece| piece.eq_ignore_ascii_case(part.as_bytes()))
    };
    match REFUSED_KEYS.iter().find(|(part, _)| has(part)) {
        _ if key == "default" => "defaultOn",
        Some((_, code)) => code,
        None => "unknownKey",
    }
}

/// One value on its way into a type.
struct Reader<'de, 'w> {
    value: &'de Value,
    walk: &'w mut Walk,
}

impl<'de> Reader<'de, '_> {
    /// Something else was expected here. An absent value is not of a wrong type: the check says where it is missing.
    fn mistyped(&mut self, expected: &str) {
        if !matches!(self.value, Value::Null) {
            self.walk.mistyped("", expected);
        }
    }

    fn number(&mut self) -> f64 {
        if let Value::Number(value) = self.value {
            return *value;
        }
        self.mistyped("a number");
        0.0
    }

    fn text(&mut self) -> &'de str {
        if let Value::Text(value) = self.value {
            return value;
        }
        self.mistyped("a string");
        ""
    }

    fn items(&mut self) -> &'de [Value] {
        if !matches!(self.value, Value::List(_)) {
            self.mistyped("a list");
        }
        self.value.items()
    }

    /// Names every key of an object that is not among `fields`.
    fn object(&mut self, fields: &[&str]) {
        if !matches!(self.value, Value::Map(_)) {
            self.mistyped("an object");
        }
        for (key, _) in self.value.entries() {
            // `$schema` and its like are for the owner's editor.
            let aside = self.walk.path.is_empty() && key.starts_with('$');
            if !aside && !fields.contains(&key.as_str()) {
                self.walk.report(key, unknown_key_code(key), nearest(key, fields));
            }
        }
    }

    /// The place of a variant among `variants`; of a word that is none of them, the first.
    fn variant(&mut self, variants: &[&str]) -> u64 {
        let word = self.value.as_text();
        if let Some(place) = variants.iter().position(|variant| Some(*variant) == word) {
            return place as u64;
        }
        match word {
            Some(word) => self.walk.report("", "unknownValue", nearest(word, variants)),
            None => self.mistyped("a string"),
        }
        0
    }
}

impl<'de> Deserializer<'de> for Reader<'de, '_> {
    type Error = Never;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Never> {
        never()
    }

    fn deserialize_f64<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_f64(self.number())
    }

    fn deserialize_str<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_borrowed_str(self.text())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Items {
            list: self.items(),
            next: 0,
            walk: self.walk,
        })
    }

    /// Hands over the members in the order in which the type declares them, `null` for an absent one. Derived types
    /// take a sequence as well as a map, and from a sequence without comparing keys and without remembering which they
    /// have seen: it makes them half as heavy.
    fn deserialize_struct<V: Visitor<'de>>(
        mut self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        self.object(fields);
        visitor.visit_seq(Fields {
            value: self.value,
            names: fields.iter(),
            walk: self.walk,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_enum(Variant(self.variant(variants)))
    }

    /// What is [`super::written::Free`] stays in the document.
    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char string bytes byte_buf unit newtype_struct tuple
        tuple_struct map identifier ignored_any
    }
}

/// The items of a list.
struct Items<'de, 'w> {
    list: &'de [Value],
    next: usize,
    walk: &'w mut Walk,
}

impl<'de> SeqAccess<'de> for Items<'de, '_> {
    type Error = Never;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        let Some(value) = self.list.get(self.next) else {
            return Ok(None);
        };
        let back = self.walk.enter_item("", self.next);
        self.next += 1;
        let read = seed.deserialize(Reader { value, walk: self.walk })?;
        self.walk.leave(back);
        Ok(Some(read))
    }
}

/// The members of an object that a type declares.
struct Fields<'de, 'w> {
    value: &'de Value,
    names: core::slice::Iter<'static, &'static str>,
    walk: &'w mut Walk,
}

impl<'de> Fields<'de, '_> {
    /// Goes to the next member. A type asks for each of its fields once, so there always is one. Not inlined, because
    /// every field of every type comes here.
    #[inline(never)]
    fn next(&mut self) -> (usize, &'de Value) {
        let field = self.names.next().copied().unwrap_or_default();
        (self.walk.enter(field), self.value.get(field).unwrap_or(&Value::Null))
    }
}

impl<'de> SeqAccess<'de> for Fields<'de, '_> {
    type Error = Never;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        let (back, value) = self.next();
        let read = seed.deserialize(Reader { value, walk: self.walk })?;
        self.walk.leave(back);
        Ok(Some(read))
    }
}

/// A variant by its place among those that a type has.
struct Variant(u64);

impl<'de> EnumAccess<'de> for Variant {
    type Error = Never;
    type Variant = Nothing;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Nothing), Never> {
        Ok((seed.deserialize(U64Deserializer::new(self.0))?, Nothing))
    }
}

/// What a variant carries: the types of a configuration have none that carries something.
struct Nothing;

impl<'de> VariantAccess<'de> for Nothing {
    type Error = Never;

    fn unit_variant(self) -> Result<(), Never> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _seed: T) -> Result<T::Value, Never> {
        never()
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, Never> {
        never()
    }

    fn struct_variant<V: Visitor<'de>>(self, _fields: &'static [&'static str], _visitor: V) -> Result<V::Value, Never> {
        never()
    }
}

/// The error that cannot be: what is wrong goes into the list of problems, and the reading goes on. Because no value of
/// this type exists, every way back from an error falls out of the module, which halves what serde adds to it.
#[derive(Debug)]
enum Never {}

/// Where serde would make an error. The reader hands every visitor what it asked for, so no derived type ever comes
/// here.
fn never() -> ! {
    unreachable!("the reader gives a visitor what it expects")
}

impl fmt::Display for Never {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl core::error::Error for Never {}

impl serde::de::Error for Never {
    fn custom<T: fmt::Display>(_message: T) -> Never {
        never()
    }

    fn invalid_type(_found: Unexpected<'_>, _expected: &dyn serde::de::Expected) -> Never {
        never()
    }

    fn invalid_value(_found: Unexpected<'_>, _expected: &dyn serde::de::Expected) -> Never {
        never()
    }

    fn invalid_length(_length: usize, _expected: &dyn serde::de::Expected) -> Never {
        never()
    }

    fn unknown_variant(_variant: &str, _expected: &'static [&'static str]) -> Never {
        never()
    }

    fn unknown_field(_field: &str, _expected: &'static [&'static str]) -> Never {
        never()
    }

    fn missing_field(_field: &'static str) -> Never {
        never()
    }

    fn duplicate_field(_field: &'static str) -> Never {
        never()
    }
}
