//! What needs consent: vendors of the catalogue, and the owner's own services.
//!
//! A service is read in two steps: `use` says whether a manifest describes it, and only then is it known which keys
//! there are.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::category::{CategoryOfService, NewId};
use super::country::Country;
use super::id::Id;
use super::nearest::nearest;
use super::parameter::{ParameterNumber, ParameterText};
use super::phrase::Phrase;
use super::problem::{Code, Fault, Hint};
use super::reading::{Object, Read, Reading, is_blank, is_blank_text};
use super::storage::Stored;
use super::url::Url;
use super::words::{Data, Name, ProductName, Purpose};
use crate::catalogue::{Manifest, Parameter, ParameterKind, ParameterValue};
use crate::law::Demand;

/// A service that runs only when it and its category are granted.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Service {
    /// A vendor of the catalogue.
    Vendor(VendorService),
    /// The owner's own.
    Own(OwnService),
}

/// A vendor of the catalogue, whose manifest says what the owner need not.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VendorService {
    /// A vendor of the catalogue, which says everything else. Absent: the service is your own.
    #[serde(rename = "use")]
    pub vendor: String,
    /// The vendor's parameters: `counter`, `measurementId`.
    #[serde(flatten)]
    #[schemars(skip)]
    pub parameters: BTreeMap<String, ParameterValue>,
    /// The name of the service in the page, the record and the API. For a vendor, its name in the catalogue unless you give
    /// another.
    #[schemars(extend("examples" = ["course-counter"]))]
    pub id: Option<Id>,
    /// The category it belongs to, one of `categories`. For a vendor, the catalogue's unless you give another.
    #[schemars(extend("examples" = ["functional", "analytics", "replay", "marketing", "media"], "not" = { "const": "necessary" }))]
    pub category: Option<Id>,
    /// What visitors read; absent: the name in the catalogue.
    #[schemars(extend("examples" = ["Счётчик курсов"]))]
    pub name: Option<Name>,
    /// What the service does with the data, in each offered language.
    #[schemars(extend("examples" = [{ "kk": "Қай курстардың беттері ашылғанын санау", "ru": "Подсчёт открытых страниц курсов" }]))]
    pub purpose: Option<Purpose>,
    /// Which data it collects: codes of Kelisim's table, or words.
    #[schemars(extend("examples" = [["ip", "pages", "time"]]))]
    pub data: Option<Vec<Data>>,
}

/// A service that the owner describes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OwnService {
    /// The name of the service in the page, the record and the API. For a vendor, its name in the catalogue unless you give
    /// another.
    #[schemars(extend("examples" = ["course-counter"]))]
    pub id: Id,
    /// The category it belongs to, one of `categories`. For a vendor, the catalogue's unless you give another.
    #[schemars(extend("examples" = ["functional", "analytics", "replay", "marketing", "media"], "not" = { "const": "necessary" }))]
    pub category: Id,
    /// What visitors read; absent: the id.
    #[schemars(extend("examples" = ["Счётчик курсов"]))]
    pub name: Option<Name>,
    /// A script that is loaded when the service is granted. Absent: the page gates its own markup by the id.
    #[schemars(extend("examples" = ["/course-counter.js"]))]
    pub src: Option<Url>,
    /// Who gets the data.
    #[schemars(extend("examples" = ["ТОО «Пример»"]))]
    pub recipient: Name,
    /// Where the data goes: ISO 3166-1 alpha-2 codes.
    #[schemars(extend("examples" = ["KZ", ["US", "IE"]]))]
    pub country: Countries,
    /// What the service does with the data, in each offered language.
    #[schemars(extend("examples" = [{ "kk": "Қай курстардың беттері ашылғанын санау", "ru": "Подсчёт открытых страниц курсов" }]))]
    pub purpose: Purpose,
    /// Which data it collects: codes of Kelisim's table, or words. Needed under the law of Kazakhstan.
    #[schemars(extend("examples" = [["ip", "pages", "time"]]))]
    pub data: Option<Vec<Data>>,
    /// What it stores in the browser; an empty list when it stores nothing.
    #[schemars(extend("examples" = [[], [{ "name": "course_seen", "in": "cookie", "lifetime": "30d", "purpose": "technical" }]]))]
    pub storage: Vec<Stored>,
    /// The address of the recipient's own policy.
    #[schemars(extend("examples" = ["https://example.kz/privacy"]))]
    pub policy: Option<Url>,
}

/// The countries where the data of a service goes (Law 94-V, art. 8(4)(5)): a code, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Countries {
    /// One country.
    One(Country),
    /// Several.
    Several(#[schemars(length(min = 1))] Vec<Country>),
}

impl Countries {
    /// Each of them, as it was written.
    pub fn as_slice(&self) -> &[Country] {
        match self {
            Countries::One(country) => std::slice::from_ref(country),
            Countries::Several(countries) => countries,
        }
    }
}

impl Read for Countries {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Countries> {
        match value {
            Value::String(_) => reading.text(value).map(Countries::One),
            Value::Array(items) => reading.items(items, Reading::text).map(Countries::Several),
            _ => {
                reading.wrong_type(Phrase::ACountry);
                None
            }
        }
    }
}

/// What the manifest of a vendor says and an owner may not.
pub(crate) const FIXED_BY_VENDOR: [&str; 5] = ["src", "recipient", "country", "storage", "policy"];

impl Read for Service {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Service> {
        let mut object = reading.object(value);
        let vendor = object.written("use").filter(|vendor| vendor.as_str() != Some(""));
        let Some(vendor) = vendor else {
            return own(object).map(Service::Own);
        };
        let Some(vendor) = vendor.as_str() else {
            object
                .reading
                .within("use", |reading| reading.wrong_type(Phrase::AString));
            return None;
        };
        let catalogue = object.reading.catalogue;
        let Some(manifest) = catalogue.get(vendor) else {
            let hint = nearest(vendor, catalogue.ids()).map(Hint::from);
            let code = Code::UnknownVendor;
            object.report_at("use", Fault { code, hint });
            return None;
        };
        of_vendor(object, manifest).map(Service::Vendor)
    }
}

fn own(mut object: Object<'_, '_, '_>) -> Option<OwnService> {
    let id = object.needed::<NewId>("id");
    let category = object.needed::<CategoryOfService>("category");
    let name = object.optional::<ProductName>("name").map(|ProductName(name)| name);
    let src = object.optional("src");
    let recipient = object.needed("recipient");
    let country = object.needed("country");
    let purpose = object.needed("purpose");
    let data = object.needed_under(Demand::CollectedData, "data");
    let storage = object.needed_list("storage");
    let policy = object.optional("policy");
    object.end();
    Some(OwnService {
        id: id?.0,
        category: category?.0,
        name,
        src,
        recipient: recipient?,
        country: country?,
        purpose: purpose?,
        data,
        storage: storage?,
        policy,
    })
}

fn of_vendor(mut object: Object<'_, '_, '_>, manifest: &Manifest) -> Option<VendorService> {
    let parameters = parameters(&mut object, manifest);
    let id = unless_blank(&mut object, "id", |reading, written| match written {
        Some(value) => NewId::read(value, reading).map(|NewId(id)| id),
        // A vendor stands there once, or its services have names of their own.
        None => NewId::take(manifest.id.parse().ok()?, reading),
    });
    let has_category = object.written("category").is_some_and(|category| !is_blank(category));
    let category = if has_category {
        let category = object.optional::<CategoryOfService>("category");
        category.map(|CategoryOfService(category)| category)
    } else {
        category_of_catalogue(&mut object, manifest);
        None
    };
    let name = unless_blank(&mut object, "name", |reading, written| {
        ProductName::read(written?, reading).map(|ProductName(name)| name)
    });
    for key in FIXED_BY_VENDOR {
        if object.written(key).is_some() {
            object.report_at(key, Code::FixedByVendor);
        }
    }
    let purpose = unless_blank(&mut object, "purpose", |reading, written| {
        Purpose::read(written?, reading)
    });
    let data = unless_blank(&mut object, "data", |reading, written| {
        Vec::<Data>::read(written?, reading)
    });
    object.end();
    let has_own_id = id.as_ref().is_some_and(|id| id.as_str() != manifest.id);
    Some(VendorService {
        vendor: manifest.id.clone(),
        parameters: parameters?,
        id: id.filter(|_| has_own_id),
        category,
        name,
        purpose,
        data,
    })
}

/// Reads what an owner says otherwise than the manifest of a vendor; what is left blank is as the manifest has it.
fn unless_blank<T>(
    object: &mut Object<'_, '_, '_>,
    key: &str,
    read: impl FnOnce(&mut Reading<'_>, Option<&Value>) -> Option<T>,
) -> Option<T> {
    let written = object.written(key).filter(|value| !is_blank(value));
    object.reading.within(key, |reading| read(reading, written))
}

/// The category that the catalogue gives a vendor has to be there, and its owner wrote none that could be misspelt.
fn category_of_catalogue(object: &mut Object<'_, '_, '_>, manifest: &Manifest) {
    let (vendor, category) = (&manifest.id, &manifest.category);
    let is_there = object.reading.categories.contains(category);
    if !is_there {
        let mend = Phrase::CategoryOfVendor.with([("vendor", vendor.clone()), ("category", category.clone())]);
        object.reading.within("category", |reading| {
            reading.report_with_mend(Code::UnknownCategory, mend);
        });
    }
}

/// The parameters of a vendor, each of which is needed: they become parts of addresses.
fn parameters(object: &mut Object<'_, '_, '_>, manifest: &Manifest) -> Option<BTreeMap<String, ParameterValue>> {
    let mut values = BTreeMap::new();
    let mut is_whole = true;
    for (name, parameter) in &manifest.parameters {
        match parameter_value(object, name, parameter) {
            Some(value) => {
                values.insert(name.clone(), value);
            }
            None => is_whole = false,
        }
    }
    is_whole.then_some(values)
}

fn parameter_value(object: &mut Object<'_, '_, '_>, name: &str, parameter: &Parameter) -> Option<ParameterValue> {
    let written = object.written(name);
    object.reading.within(name, |reading| {
        reading.explaining(&parameter.description, |reading| match (parameter.kind, written) {
            (_, None) => {
                reading.report(Code::Missing);
                None
            }
            (_, Some(Value::String(text))) if is_blank_text(text) => {
                reading.report(Code::Missing);
                None
            }
            (ParameterKind::Number, Some(value)) => ParameterNumber::read(value, reading).map(ParameterValue::Number),
            (ParameterKind::Text, Some(value)) => reading.text::<ParameterText>(value).map(ParameterValue::Text),
        })
    })
}

impl Read for ParameterNumber {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<ParameterNumber> {
        match value {
            Value::String(digits) => reading.parsed(digits),
            Value::Number(number) => match ParameterNumber::try_from(number) {
                Ok(number) => Some(number),
                Err(fault) => {
                    reading.report(fault);
                    None
                }
            },
            _ => {
                reading.wrong_type(Phrase::ANumber);
                None
            }
        }
    }
}
