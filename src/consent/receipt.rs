//! What the owner is sent after a decision, where they ask for it (requirement R-06): the decision, and the code of the
//! grant that it takes back; nothing of what came before it, and nothing of the browser's.

use super::record::Record;

/// A receipt of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    record: Record,
    withdraws: Option<String>,
}

impl Receipt {
    /// The receipt of a decision, which takes back the grant with the code `withdraws`, or none.
    pub fn of(record: &Record, withdraws: Option<&str>) -> Receipt {
        Receipt {
            record: record.clone(),
            withdraws: withdraws.map(str::to_owned),
        }
    }

    /// The bytes that are sent.
    pub fn to_text(&self) -> String {
        let form = &self.record.0;
        form.beginning()
            .maybe("language", form.language.as_deref())
            .text("policy", &form.policy)
            .text("notice", &form.notice)
            .maybe("scope", form.scope.as_deref())
            .maybe("operator", form.operator.as_deref())
            .maybe("code", form.code.as_deref())
            .maybe("withdraws", self.withdraws.as_deref())
            .end()
    }
}
