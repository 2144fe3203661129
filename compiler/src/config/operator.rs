//! Who asks for consent.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::email::Email;
use super::problem::{Code, Fault};
use super::reading::{Read, Reading};
use super::registration_number::{Bin, Iin};
use super::text::Text;
use crate::law::Demand;

/// Who asks for consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Operator {
    /// The name of the company or person.
    #[schemars(extend("examples" = ["ТОО «Пример»"]))]
    pub name: Text,
    /// Where visitors can write to about their data. Needed under the GDPR.
    #[schemars(extend("examples" = ["privacy@example.kz"]))]
    pub email: Option<Email>,
    /// The postal address. Needed under the GDPR.
    #[schemars(extend("examples" = ["г. Алматы, улица Примерная, дом 1"]))]
    pub address: Option<Text>,
    /// The BIN of a company: twelve digits. Under the law of Kazakhstan either this or `iin` is needed.
    #[schemars(extend("examples" = ["991240000003"]))]
    pub bin: Option<Bin>,
    /// The IIN of a person: twelve digits. Either this or `bin`.
    #[schemars(extend("examples" = ["920212302506"]))]
    pub iin: Option<Iin>,
    /// A telephone number.
    #[schemars(extend("examples" = ["+7 700 000 00 00"]))]
    pub phone: Option<Text>,
}

impl Operator {
    /// The number under which Kazakhstan knows the operator: BIN or IIN.
    pub fn number(&self) -> Option<&str> {
        let bin = self.bin.as_ref().map(Bin::as_str);
        bin.or_else(|| self.iin.as_ref().map(Iin::as_str))
    }
}

impl Read for Operator {
    const IS_OBJECT: bool = true;

    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Operator> {
        let mut object = reading.object(value);
        let name = object.needed("name");
        let email = object.needed_under(Demand::OperatorEmail, "email");
        let address = object.needed_under(Demand::OperatorAddress, "address");
        let numbers = ["bin", "iin"].map(|key| object.written(key));
        let written = numbers
            .into_iter()
            .flatten()
            .filter(|number| number.as_str() != Some(""));
        let written = written.count();
        let bin = object.optional("bin");
        let iin = object.optional("iin");
        match written {
            0 if object.reading.demands(Demand::OperatorNumber) => {
                object.report_at("bin", Fault::with(Code::Missing, "operator.iin"));
            }
            2 => object.report_at("iin", Code::TwoIdentifiers),
            _ => {}
        }
        let phone = object.optional("phone");
        object.end();
        Some(Operator {
            name: name?,
            email,
            address,
            bin,
            iin,
            phone,
        })
    }
}
