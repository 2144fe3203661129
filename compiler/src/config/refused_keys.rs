//! Keys that would weaken the choice (requirements C-04, O-03).
//!
//! They are unknown keys like any other; the owner is only told why there is no such thing. Texts may have any name, so
//! nothing here is for them.

use super::problem::Code;

/// Why a key is refused, by a part of its name in letters of any case.
const REFUSED_KEYS: [(Code, &[&str]); 3] = [
    (
        Code::DefaultOn,
        &[
            "defaulton",
            "bydefault",
            "defaultstate",
            "defaultvalue",
            "enabled",
            "checked",
            "preselect",
            "optout",
        ],
    ),
    (Code::LegitimateInterest, &["basis", "legit", "legint"]),
    (
        Code::WeakensRefusal,
        &["reject", "decline", "refus", "deny", "hide", "acceptall", "equalweight"],
    ),
];

/// The code of a key that Kelisim does not know: most are slips, some ask for what is refused.
pub(crate) fn code_of_unknown_key(key: &str) -> Code {
    if key == "default" {
        return Code::DefaultOn;
    }
    let key = key.to_ascii_lowercase();
    REFUSED_KEYS
        .into_iter()
        .find(|(_, parts)| parts.iter().any(|part| key.contains(part)))
        .map_or(Code::UnknownKey, |(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::code_of_unknown_key;
    use crate::config::problem::Code;

    #[test]
    fn o_03_c_04_keys_that_weaken_the_choice_are_named() {
        for (code, keys) in [
            (
                Code::DefaultOn,
                &["default", "enabled", "preselected", "optOut", "defaultOn"][..],
            ),
            (
                Code::LegitimateInterest,
                &["basis", "legitimateInterest", "legIntPurposes"],
            ),
            (
                Code::WeakensRefusal,
                &[
                    "rejectStyle",
                    "hideDeclineAll",
                    "equalWeightButtons",
                    "hideReject",
                    "acceptAllOnly",
                    "reject-background",
                    "reject",
                ],
            ),
            (
                Code::UnknownKey,
                &["servises", "rej", "defaults", "Default", "", "ключ"],
            ),
        ] {
            for key in keys {
                assert_eq!(code_of_unknown_key(key), code, "{key}");
            }
        }
    }
}
