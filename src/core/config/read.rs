//! Reads a document into the types of [`super::written`], and never stops at the first fault.
//!
//! This is a serde `Deserializer` over a [`Value`]: the types say what is expected, this says what was found instead, by
//! its path, and goes on with an empty value. It formats nothing, because formatting is what makes serde heavy in a
//! module that every visitor loads.

use core::cell::RefCell;
use core::fmt;

use serde::de::value::U64Deserializer;
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

/// Reads `document` as a `T`; every fault is added to `problems` by its path.
pub(super) fn read<'de, T: Deserialize<'de>>(document: &Value, problems: &mut Vec<Problem>) -> T {
    let found = RefCell::new(core::mem::take(problems));
    let reader = Reader {
        value: document,
        path: &Path::Root,
        problems: &found,
    };
    let Ok(value) = T::deserialize(reader);
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
    problems: &'a RefCell<Vec<Problem>>,
}

impl<'a> Reader<'a> {
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

    fn number(&self) -> f64 {
        if let Value::Number(value) = self.value {
            return *value;
        }
        self.mistyped("a number");
        0.0
    }

    fn string(&self) -> String {
        if let Value::Text(value) = self.value {
            return value.clone();
        }
        self.mistyped("a string");
        String::new()
    }

    fn items(&self) -> &'a [Value] {
        if !matches!(self.value, Value::List(_)) {
            self.mistyped("a list");
        }
        self.value.items()
    }

    /// Names every key of an object that is not among `fields`.
    fn object(&self, fields: &[&str]) {
        if !matches!(self.value, Value::Map(_)) {
            self.mistyped("an object");
        }
        for (key, _) in self.value.entries() {
            // `$schema` and its like are for the owner's editor.
            let aside = key.starts_with('$') && matches!(self.path, Path::Root);
            if !aside && !fields.contains(&key.as_str()) {
                let path = Path::Member(self.path, key);
                let hint = nearest(key, fields);
                Reader { path: &path, ..*self }.report(unknown_key_code(key), hint);
            }
        }
    }

    /// The place of a variant among `variants`; of a word that is none of them, the first.
    fn variant(&self, variants: &[&str]) -> u64 {
        let word = self.value.as_text();
        if let Some(place) = variants.iter().position(|variant| Some(*variant) == word) {
            return place as u64;
        }
        match word {
            Some(word) => self.report("unknownValue", nearest(word, variants)),
            None => self.mistyped("a string"),
        }
        0
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Never;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(value) => visitor.visit_f64(*value),
            Value::Text(value) => visitor.visit_str(value),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Map(entries) => visitor.visit_map(Members {
                owner: self,
                entries: entries.iter(),
                value: self.value,
            }),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_f64(self.number())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_string(self.string())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Items {
            owner: self,
            items: self.items(),
            next: 0,
        })
    }

    /// Hands over the members in the order in which the type declares them, `null` for an absent one. Derived types
    /// take a sequence as well as a map, and from a sequence without comparing keys and without remembering which they
    /// have seen: it makes them half as heavy.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        self.object(fields);
        visitor.visit_seq(Fields {
            owner: self,
            fields: fields.iter(),
            path: Path::Root,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_enum(Variant(self.variant(variants)))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char str bytes byte_buf unit unit_struct newtype_struct tuple
        tuple_struct map identifier ignored_any
    }
}

/// The items of a list.
struct Items<'a> {
    owner: Reader<'a>,
    items: &'a [Value],
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Never;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        let Some(value) = self.items.get(self.next) else {
            return Ok(None);
        };
        let path = Path::Item(self.owner.path, self.next);
        self.next += 1;
        seed.deserialize(Reader {
            value,
            path: &path,
            ..self.owner
        })
        .map(Some)
    }
}

/// The members of an object that a type declares.
struct Fields<'a> {
    owner: Reader<'a>,
    fields: core::slice::Iter<'static, &'static str>,
    path: Path<'a>,
}

impl Fields<'_> {
    /// The next member. A type asks for each of its fields once, so there always is one. Not inlined, because every
    /// field of every type comes here.
    #[inline(never)]
    fn next(&mut self) -> Reader<'_> {
        let field = self.fields.next().copied().unwrap_or_default();
        self.path = Path::Member(self.owner.path, field);
        let value = self.owner.value.get(field).unwrap_or(&Value::Null);
        Reader {
            value,
            path: &self.path,
            problems: self.owner.problems,
        }
    }
}

impl<'de> SeqAccess<'de> for Fields<'_> {
    type Error = Never;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        seed.deserialize(self.next()).map(Some)
    }
}

/// The members of an object that has no type.
struct Members<'a> {
    owner: Reader<'a>,
    entries: core::slice::Iter<'a, (String, Value)>,
    value: &'a Value,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Never;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Never> {
        let Some((key, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = value;
        seed.deserialize(Name(key)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Never> {
        seed.deserialize(Reader {
            value: self.value,
            ..self.owner
        })
    }
}

/// The key of an object that has no type.
struct Name<'a>(&'a str);

impl<'de> Deserializer<'de> for Name<'_> {
    type Error = Never;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_str(self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
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
