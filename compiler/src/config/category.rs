//! What a visitor can agree to.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::id::Id;
use super::nearest::nearest;
use super::phrase::Phrase;
use super::problem::{Code, Fault, Hint};
use super::reading::{Read, Reading};
use super::words::{CategoryName, Name, Purpose};
use crate::languages::BUILT_IN_CATEGORIES;

/// Something that a visitor can agree to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Category {
    /// The name of the category in the page, the record and the API. The built-in ones need nothing else; any other needs
    /// a purpose.
    #[schemars(extend("examples" = ["functional", "analytics", "replay", "marketing", "media"], "not" = { "const": "necessary" }))]
    pub id: Id,
    /// What visitors read; built-in categories have a name.
    #[schemars(extend("examples" = [{ "kk": "Сынақтар", "ru": "Испытания" }]))]
    pub name: Option<Name>,
    /// What it is for, in each offered language; built-in categories have a purpose.
    #[schemars(extend("examples" = [{ "kk": "Беттің екі нұсқасын салыстыру", "ru": "Сравниваем два вида страницы" }]))]
    pub purpose: Option<Purpose>,
}

impl Read for Category {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Category> {
        let mut object = reading.object(value);
        let written = object.written("id").and_then(Value::as_str).unwrap_or_default();
        if written == "necessary" {
            object.report_at("id", Code::NecessaryIsImplied);
            return None;
        }
        let id = object.needed::<NewId>("id");
        let name = object.optional::<CategoryName>("name").map(|CategoryName(name)| name);
        let has_purpose = object.written("purpose").is_some() || BUILT_IN_CATEGORIES.contains(&written);
        let purpose = object.optional("purpose");
        if !has_purpose {
            object.missing("purpose");
        }
        object.end();
        reading.categories.insert(written.to_owned());
        Some(Category {
            id: id?.0,
            name,
            purpose,
        })
    }
}

/// An id that no category and no service has yet.
pub(crate) struct NewId(pub(crate) Id);

impl NewId {
    /// Takes an id, if it is not taken.
    pub(crate) fn take(id: Id, reading: &mut Reading<'_>) -> Option<Id> {
        if reading.ids.insert(id.as_str().to_owned()) {
            return Some(id);
        }
        reading.report(Code::Duplicate);
        None
    }
}

impl Read for NewId {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<NewId> {
        let id = reading.text(value)?;
        NewId::take(id, reading).map(NewId)
    }
}

/// The id of a category that is there, in which a service may be.
pub(crate) struct CategoryOfService(pub(crate) Id);

impl CategoryOfService {
    /// Holds the id of a category against those that are there.
    pub(crate) fn of(id: &str, reading: &mut Reading<'_>) -> Option<Id> {
        if id == "necessary" {
            reading.report(Code::VendorInNecessary);
            return None;
        }
        if reading.categories.contains(id) {
            return id.parse().ok();
        }
        let hint = nearest(id, reading.categories.iter().map(String::as_str)).map(Hint::from);
        let code = Code::UnknownCategory;
        reading.report(Fault { code, hint });
        None
    }
}

impl Read for CategoryOfService {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<CategoryOfService> {
        let Some(id) = value.as_str() else {
            reading.wrong_type(Phrase::AString);
            return None;
        };
        CategoryOfService::of(id, reading).map(CategoryOfService)
    }
}
