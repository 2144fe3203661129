//! Reads a document into the types of [`super::written`], and never stops at the first fault.
//!
//! This is a serde `Deserializer` over a [`Value`]: the types say what is expected, this says what was found instead, by
//! its path, and goes on with an empty value. Its error formats nothing, because formatting is what makes serde heavy
//! in a module that every visitor loads.

use core::cell::RefCell;
use core::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::Problem;
use super::words::{digits, nearest};
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

/// Reads `document` as a `T`; every fault is added to `problems` by its path, which begins with `root`.
pub(super) fn read<'de, T: Deserialize<'de> + Default>(document: &Value, problems: &mut Vec<Problem>) -> T {
    let found = RefCell::new(core::mem::take(problems));
    let reader = Reader {
        value: document,
        path: &Path::Root,
        siblings: &[],
        problems: &found,
    };
    let value = T::deserialize(reader).unwrap_or_default();
    *problems = found.into_inner();
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

/// Where a value stands in the document.
enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    /// The path in words: `services[1].country`.
    fn write(&self, words: &mut String) {
        match self {
            Path::Root => {}
            Path::Member(owner, key) => {
                owner.write(words);
                if !words.is_empty() {
                    words.push('.');
                }
                words.push_str(key);
            }
            Path::Item(owner, index) => {
                owner.write(words);
                words.push('[');
                digits(*index, words);
                words.push(']');
            }
        }
    }
}

/// One value on its way into a type.
#[derive(Clone, Copy)]
struct Reader<'a> {
    value: &'a Value,
    path: &'a Path<'a>,
    /// The keys that the surrounding object knows.
    siblings: &'static [&'static str],
    problems: &'a RefCell<Vec<Problem>>,
}

impl Reader<'_> {
    fn report(&self, code: &'static str, hint: &str) {
        let mut path = String::new();
        self.path.write(&mut path);
        self.problems.borrow_mut().push(Problem {
            path,
            code,
            hint: String::from(hint),
        });
    }

    /// Something else was expected here. An absent value is not of a wrong type: the check says where it is missing.
    fn mistyped(&self, expected: &str) {
        if *self.value != Value::Null {
            self.report("wrongType", expected);
        }
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(value) => visitor.visit_f64(*value),
            Value::Text(value) => visitor.visit_str(value),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Map(_) => self.deserialize_struct("", &[], visitor),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Value::Number(value) = self.value {
            return visitor.visit_f64(*value);
        }
        self.mistyped("a number");
        visitor.visit_f64(0.0)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Value::Text(value) = self.value {
            return visitor.visit_str(value);
        }
        self.mistyped("a string");
        visitor.visit_str("")
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if !matches!(self.value, Value::List(_)) {
            self.mistyped("a list");
        }
        visitor.visit_seq(Items {
            owner: self,
            items: self.value.items().iter().enumerate(),
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if !matches!(self.value, Value::Map(_)) {
            self.mistyped("an object");
        }
        visitor.visit_map(Members {
            owner: self,
            fields,
            entries: self.value.entries().iter(),
            current: None,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let found = self.value.as_text();
        if let Some(variant) = variants.iter().find(|variant| Some(**variant) == found) {
            return visitor.visit_enum(Variant(variant));
        }
        match found {
            Some(word) => self.report("unknownValue", nearest(word, variants.iter().copied())),
            None => self.mistyped("a string"),
        }
        visitor.visit_enum(Variant(variants.first().copied().unwrap_or_default()))
    }

    /// The derived types ask for this where they find a key that they do not know.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Path::Member(owner, key) = self.path {
            // `$schema` and its like are for the owner's editor.
            if !(key.starts_with('$') && matches!(owner, Path::Root)) {
                self.report(unknown_key_code(key), nearest(key, self.siblings.iter().copied()));
            }
        }
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char str bytes byte_buf unit unit_struct newtype_struct tuple
        tuple_struct map identifier
    }
}

/// The items of a list.
struct Items<'a> {
    owner: Reader<'a>,
    items: core::iter::Enumerate<core::slice::Iter<'a, Value>>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((index, value)) = self.items.next() else {
            return Ok(None);
        };
        let path = Path::Item(self.owner.path, index);
        seed.deserialize(Reader {
            value,
            path: &path,
            siblings: &[],
            problems: self.owner.problems,
        })
        .map(Some)
    }
}

/// The members of an object.
struct Members<'a> {
    owner: Reader<'a>,
    fields: &'static [&'static str],
    entries: core::slice::Iter<'a, (String, Value)>,
    current: Option<&'a (String, Value)>,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.current = self.entries.next();
        match self.current {
            Some((key, _)) => seed.deserialize(StrDeserializer::new(key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let (key, value) = self.current.ok_or(Fault)?;
        let path = Path::Member(self.owner.path, key);
        seed.deserialize(Reader {
            value,
            path: &path,
            siblings: self.fields,
            problems: self.owner.problems,
        })
    }
}

/// The name of a variant that carries nothing.
struct Variant(&'static str);

impl<'de> EnumAccess<'de> for Variant {
    type Error = Fault;
    type Variant = Variant;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Variant), Fault> {
        Ok((seed.deserialize(StrDeserializer::new(self.0))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _seed: T) -> Result<T::Value, Fault> {
        Err(Fault)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, Fault> {
        Err(Fault)
    }

    fn struct_variant<V: Visitor<'de>>(self, _fields: &'static [&'static str], _visitor: V) -> Result<V::Value, Fault> {
        Err(Fault)
    }
}

/// What serde wants for an error. It says nothing, because what was wrong is in the list of problems already; it stops
/// the reading of a document only where an object has the same key twice, which no JSON parser hands over.
#[derive(Debug)]
struct Fault;

impl fmt::Display for Fault {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl core::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(_message: T) -> Fault {
        Fault
    }

    fn invalid_type(_found: Unexpected<'_>, _expected: &dyn serde::de::Expected) -> Fault {
        Fault
    }

    fn invalid_value(_found: Unexpected<'_>, _expected: &dyn serde::de::Expected) -> Fault {
        Fault
    }

    fn invalid_length(_length: usize, _expected: &dyn serde::de::Expected) -> Fault {
        Fault
    }

    fn unknown_variant(_variant: &str, _expected: &'static [&'static str]) -> Fault {
        Fault
    }

    fn unknown_field(_field: &str, _expected: &'static [&'static str]) -> Fault {
        Fault
    }

    fn missing_field(_field: &'static str) -> Fault {
        Fault
    }

    fn duplicate_field(_field: &'static str) -> Fault {
        Fault
    }
}
