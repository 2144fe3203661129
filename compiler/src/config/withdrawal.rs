//! How consent is withdrawn by letter (Law 94-V, art. 8(7)).

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::email::Email;
use super::placeholder::brace;
use super::reading::{Read, Reading};
use super::text::Text;

/// How consent is withdrawn by letter. Needed under the law of Kazakhstan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Withdrawal {
    /// Where the letter of withdrawal goes.
    #[schemars(extend("examples" = ["privacy@example.kz"]))]
    pub email: Email,
    /// The exact subject that your policy gives for it.
    #[schemars(extend("examples" = ["Отзыв согласия"]))]
    pub subject: Text,
    /// The subject of a letter that asks for a correction.
    #[schemars(extend("examples" = ["Уточнение данных"]))]
    pub correction_subject: Option<Text>,
}

impl Read for Withdrawal {
    const IS_OBJECT: bool = true;

    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Withdrawal> {
        let mut object = reading.object(value);
        let email = object.needed("email");
        let subject: Option<Text> = object.needed("subject");
        let correction_subject: Option<Text> = object.optional("correctionSubject");
        // In the address of a letter a brace would read like a place that the visit fills.
        for (key, subject) in [("subject", &subject), ("correctionSubject", &correction_subject)] {
            if let Some(fault) = subject.as_ref().and_then(|subject| brace(subject.as_str())) {
                object.report_at(key, fault);
            }
        }
        object.end();
        Some(Withdrawal {
            email: email?,
            subject: subject?,
            correction_subject,
        })
    }
}
