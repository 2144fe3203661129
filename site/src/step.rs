//! What the runtime does in the page for a vendor: the closed set of steps, and the values that are handed over.
//!
//! The compiler fills in whatever the owner wrote; what only the visit knows is a [`Value`] of its own. Nothing here
//! does anything, decides about consent, or knows a vendor by name.
//!
//! A name is a dotted path from `window`: `ym`, `dataLayer.push`, `ttq._i`. Where something on the path is missing, the
//! step does nothing. A page or a vendor that throws is left alone, and the next step follows.

use serde::{Deserialize, Serialize, Serializer};

/// One thing to do in the page for a vendor.
///
/// A step that makes something ([`Queue`](Step::Queue), [`Gtag`](Step::Gtag), [`List`](Step::List),
/// [`Stub`](Step::Stub)) does so once in a document: a second service of the same vendor finds what the first one has
/// made. What the page had there before goes, with every call that it made before the grant.
///
/// What silences or empties ([`Silence`](Step::Silence), [`Clear`](Step::Clear)) is left out while another service that
/// is granted has the very same step among those that stop it: it needs the thing as well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Step {
    /// Inserts an asynchronous script, with the nonce of Kelisim's own tag.
    Load {
        /// The address, whole.
        url: String,
        /// Further attributes of the script, in their order; neither `src`, `nonce` or `async` nor a handler is among
        /// them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attributes: Vec<(String, String)>,
    },
    /// Makes a function that keeps the `arguments` of each call in a list that is a property of the function. Once the
    /// vendor has put a method `callMethod` on the function, it is called instead.
    Queue {
        /// The function.
        name: String,
        /// The property with the list.
        list: String,
    },
    /// Makes the function that puts the `arguments` of each call into Google's data layer.
    Gtag {
        /// The function.
        name: String,
    },
    /// Makes an empty list.
    List {
        /// The list.
        name: String,
    },
    /// Makes a list with methods, each of which puts a list of its own name and its arguments at the end of it:
    /// `ttq.track("Buy")` puts `["track", "Buy"]`.
    Stub {
        /// The list.
        name: String,
        /// The methods by name.
        methods: Vec<String>,
        /// What the list has beside its items and methods.
        members: Vec<(String, Value)>,
    },
    /// Assigns a value.
    Set {
        /// What it is assigned to.
        name: String,
        /// The value.
        to: Value,
    },
    /// Calls a function, with what it is a property of as `this`; does nothing where there is none.
    Call {
        /// The function.
        name: String,
        /// The arguments.
        with: Vec<Value>,
    },
    /// Puts a function that does nothing in the place of another, and keeps the properties of that one.
    Silence {
        /// The function.
        name: String,
    },
    /// Takes every item out of a list.
    Clear {
        /// The list.
        name: String,
    },
}

/// What is handed to a vendor: plain data of the page, or a place for what only the visit knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, which is written as JavaScript writes it: a compiled site has the same bytes wherever it was compiled.
    Number(#[serde(serialize_with = "without_needless_fraction")] f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object; its members in their order.
    Object(Vec<(String, Value)>),
    /// Now, as a `Date`.
    Now,
    /// Now, in milliseconds since 1970.
    NowMilliseconds,
    /// How many seconds are left of the consent, 13 months at most (requirement V-05).
    SecondsLeft,
    /// Whether a category or service is granted, as `true` or `false`.
    Granted(String),
}

/// The greatest whole number up to which every one can be told from the next.
const GREATEST_SAFE: f64 = 9_007_199_254_740_991.0;

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over references; not so trivial on wasm32"
)]
#[expect(clippy::cast_possible_truncation, reason = "it is whole, and small enough")]
fn without_needless_fraction<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if number.fract() == 0.0 && number.abs() <= GREATEST_SAFE {
        serializer.serialize_i64(*number as i64)
    } else {
        serializer.serialize_f64(*number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, Value};

    #[test]
    fn a_step_is_what_was_written() -> Result<(), serde_json::Error> {
        let steps = vec![
            Step::Load {
                url: "https://vendor.example/a.js".to_owned(),
                attributes: Vec::new(),
            },
            Step::Load {
                url: "https://vendor.example/a.js".to_owned(),
                attributes: vec![("data-domain".to_owned(), "example.kz".to_owned())],
            },
            Step::Call {
                name: "vendor".to_owned(),
                with: vec![
                    Value::Null,
                    Value::Number(1.0),
                    Value::Now,
                    Value::Object(vec![("replay".to_owned(), Value::Granted("replay".to_owned()))]),
                ],
            },
        ];
        let json = serde_json::to_string(&steps)?;
        assert_eq!(
            json,
            concat!(
                r#"[{"load":{"url":"https://vendor.example/a.js"}},"#,
                r#"{"load":{"url":"https://vendor.example/a.js","attributes":[["data-domain","example.kz"]]}},"#,
                r#"{"call":{"name":"vendor","with":["null",{"number":1},"now",{"object":[["replay",{"granted":"replay"}]]}]}}]"#
            )
        );
        assert_eq!(serde_json::from_str::<Vec<Step>>(&json)?, steps);
        Ok(())
    }

    #[test]
    fn a_number_is_written_as_javascript_writes_it() -> Result<(), serde_json::Error> {
        for (number, text) in [
            (12_345_678.0, "12345678"),
            (-3.0, "-3"),
            (0.5, "0.5"),
            (1e15, "1000000000000000"),
        ] {
            let json = serde_json::to_string(&Value::Number(number))?;
            assert_eq!(json, format!("{{\"number\":{text}}}"));
            assert_eq!(serde_json::from_str::<Value>(&json)?, Value::Number(number));
        }
        Ok(())
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for unknown in [
            r#"{"lode":{"url":"https://vendor.example/a.js"}}"#,
            r#"{"load":{"url":"https://vendor.example/a.js","then":[]}}"#,
            r#"{"set":{"name":"a","to":"moment"}}"#,
            r#"{"set":{"name":"a"}}"#,
        ] {
            assert!(serde_json::from_str::<Step>(unknown).is_err(), "{unknown}");
        }
    }
}
