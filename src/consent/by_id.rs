//! Members of a JSON object by id, in their order: a record lists ids as the configuration does, and its bytes say so.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// A value for each id, in an order that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ById<T>(Vec<(String, T)>);

impl<T> ById<T> {
    /// The value of an id, which has this place in the configuration: it has it here as well, unless the configuration changed
    /// since.
    pub fn get(&self, id: &str, place: usize) -> Option<&T> {
        let is_meant = |(known, _): &&(String, T)| known == id;
        let here = self.0.get(place).filter(is_meant);
        let member = here.or_else(|| self.0.iter().find(is_meant));
        member.map(|(_, value)| value)
    }

    /// Every id with its value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }
}

impl<T> FromIterator<(String, T)> for ById<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(members: I) -> ById<T> {
        ById(members.into_iter().collect())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ById<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ById<T>, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = ById<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ById<T>, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(ById(members))
    }
}
