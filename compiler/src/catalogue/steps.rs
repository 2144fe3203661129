//! The steps of a manifest: what is done for a vendor, with places for what the owner gives and for what only the visit
//! knows.
//!
//! Reading them refuses whatever is not in the closed set. They are filled in by `resolve.rs`.

use std::fmt;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::manifest::{Parameter, Wrong, each};
use crate::config::id::Id;
use crate::config::problem::Path;

/// The placeholders that only the visit can fill, beside `{granted:…}`.
pub(super) const RUNTIME_PLACEHOLDERS: [&str; 3] = ["now", "nowMs", "secondsLeft"];

/// What stands before the id of a category in a placeholder.
const GRANTED: &str = "granted:";

/// Attributes that a script gets from Kelisim itself.
const OWN_ATTRIBUTES: [&str; 3] = ["src", "nonce", "async"];

/// One step of a manifest: the steps of [`kelisim_site::Step`], and the kill flags.
#[derive(Clone, Debug, PartialEq)]
pub enum ManifestStep {
    /// Names a property of `window` that keeps the vendor from doing anything: true while the service is not granted,
    /// absent while it is (requirement M-03). `flag`.
    Flag {
        /// The property.
        name: Template,
    },
    /// Inserts an asynchronous script. `load`, `attributes`.
    Load {
        /// The address.
        url: Template,
        /// Further attributes.
        attributes: Vec<(String, Template)>,
    },
    /// Makes a function that keeps the arguments of its calls. `queue`, `list`.
    Queue {
        /// The function.
        name: Template,
        /// The property of the function with the list.
        list: String,
    },
    /// Makes the function of Google's data layer. `gtag`.
    Gtag {
        /// The function.
        name: Template,
    },
    /// Makes an empty list. `list`.
    List {
        /// The list.
        name: Template,
    },
    /// Makes a list with methods that put their calls into it. `stub`, `methods`, `members`.
    Stub {
        /// The list.
        name: Template,
        /// The methods by name.
        methods: Vec<String>,
        /// What the list has beside its items and methods.
        members: Vec<(String, ManifestValue)>,
    },
    /// Assigns a value. `set`, `to`.
    Set {
        /// What it is assigned to.
        name: Template,
        /// The value.
        to: ManifestValue,
    },
    /// Calls a function where there is one. `call`, `with`; or `callIfPresent`, which tells the reader of the manifest
    /// that there often is none.
    Call {
        /// The function.
        name: Template,
        /// The arguments.
        with: Vec<ManifestValue>,
    },
    /// Puts a function that does nothing in the place of another. `silence`.
    Silence {
        /// The function.
        name: Template,
    },
    /// Empties a list. `clear`.
    Clear {
        /// The list.
        name: Template,
    },
}

/// A value in a step: plain data, or a place for one value.
#[derive(Clone, Debug, PartialEq)]
pub enum ManifestValue {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text, with places for parameters.
    Text(Template),
    /// An array.
    List(Vec<ManifestValue>),
    /// An object; its members in their order.
    Object(Vec<(String, ManifestValue)>),
    /// `{counter}` and nothing else: the parameter as a value, which may be a number.
    Parameter(String),
    /// `{now}`.
    Now,
    /// `{nowMs}`.
    NowMilliseconds,
    /// `{secondsLeft}`.
    SecondsLeft,
    /// `{granted:replay}`.
    Granted(String),
}

/// A text with places for parameters: `https://mc.yandex.ru/metrika/tag.js?id={counter}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

/// A piece of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Stands as it is.
    Text(String),
    /// The place of a parameter.
    Parameter(String),
}

impl Template {
    /// The pieces in their order.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The text, where no parameter has a place in it.
    pub fn as_fixed(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether it is the place of a parameter and nothing else.
    pub(super) fn is_one_parameter(&self) -> bool {
        matches!(self.0.as_slice(), [Piece::Parameter(_)])
    }
}

impl fmt::Display for Template {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => formatter.write_str(text),
            Piece::Parameter(name) => write!(formatter, "{{{name}}}"),
        })
    }
}

impl ManifestStep {
    /// Whether it begins or makes something, so that it has no place among the steps that stop a vendor.
    pub(super) fn starts_something(&self) -> bool {
        match self {
            ManifestStep::Flag { .. }
            | ManifestStep::Load { .. }
            | ManifestStep::Queue { .. }
            | ManifestStep::Gtag { .. }
            | ManifestStep::List { .. }
            | ManifestStep::Stub { .. } => true,
            ManifestStep::Set { .. }
            | ManifestStep::Call { .. }
            | ManifestStep::Silence { .. }
            | ManifestStep::Clear { .. } => false,
        }
    }

    /// Whether a value of the step is what `is_wanted` looks for, however deep.
    pub(super) fn hands_over(&self, is_wanted: &dyn Fn(&ManifestValue) -> bool) -> bool {
        match self {
            ManifestStep::Set { to, .. } => to.contains(is_wanted),
            ManifestStep::Call { with, .. } => with.iter().any(|value| value.contains(is_wanted)),
            ManifestStep::Stub { members, .. } => members.iter().any(|(_, value)| value.contains(is_wanted)),
            _ => false,
        }
    }
}

impl ManifestValue {
    fn contains(&self, is_wanted: &dyn Fn(&ManifestValue) -> bool) -> bool {
        is_wanted(self)
            || match self {
                ManifestValue::List(items) => items.iter().any(|item| item.contains(is_wanted)),
                ManifestValue::Object(members) => members.iter().any(|(_, member)| member.contains(is_wanted)),
                _ => false,
            }
    }
}

/// Reads the steps of one manifest, of which it knows the parameters.
pub(super) struct StepReader<'a> {
    pub(super) parameters: &'a IndexMap<String, Parameter>,
}

/// A step as it is written: its first key says what it does, the others with what.
struct WrittenStep<'w> {
    kind: &'w str,
    members: &'w Map<String, Value>,
    place: &'w Path,
}

impl<'w> WrittenStep<'w> {
    /// The member that the step is named after.
    fn own(&self) -> Result<&'w str, Wrong> {
        match self.members.get(self.kind).and_then(Value::as_str) {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(self.wrong(self.kind, "a text is needed here")),
        }
    }

    fn optional(&self, member: &str) -> Option<&'w Value> {
        self.members.get(member)
    }

    fn needed(&self, member: &str) -> Result<&'w Value, Wrong> {
        self.optional(member)
            .ok_or_else(|| self.wrong(member, "this is missing"))
    }

    fn list(&self, member: &str) -> Result<&'w [Value], Wrong> {
        match self.needed(member)? {
            Value::Array(items) => Ok(items),
            _ => Err(self.wrong(member, "a list is needed here")),
        }
    }

    fn text(&self, member: &str) -> Result<&'w str, Wrong> {
        self.needed(member)?
            .as_str()
            .ok_or_else(|| self.wrong(member, "a text is needed here"))
    }

    /// The members of an object that may be missing.
    fn object(&self, member: &str) -> Result<impl Iterator<Item = (&'w String, &'w Value)> + use<'w>, Wrong> {
        match self.optional(member) {
            None => Ok(None),
            Some(Value::Object(members)) => Ok(Some(members)),
            Some(_) => Err(self.wrong(member, "an object is needed here")),
        }
        .map(|members| members.into_iter().flatten())
    }

    fn wrong(&self, member: &str, cause: impl Into<String>) -> Wrong {
        Wrong::new(self.place.member(member), cause)
    }

    /// Refuses every member that the step does not have.
    fn has_only(&self, known: &[&str]) -> Result<(), Wrong> {
        let unknown = self.members.keys().skip(1).find(|key| !known.contains(&key.as_str()));
        match unknown {
            Some(key) => Err(self.wrong(key, format!("a step `{}` has no such member", self.kind))),
            None => Ok(()),
        }
    }
}

impl StepReader<'_> {
    /// Reads a list of steps.
    pub(super) fn read(&self, written: &[Map<String, Value>], place: &Path) -> Result<Vec<ManifestStep>, Wrong> {
        each(written, place, |members, place| {
            let Some(kind) = members.keys().next() else {
                return Err(Wrong::new(place, "a step does something"));
            };
            self.step(&WrittenStep {
                kind,
                members,
                place: &place,
            })
        })
    }

    fn step(&self, written: &WrittenStep<'_>) -> Result<ManifestStep, Wrong> {
        let (step, members): (_, &[&str]) = match written.kind {
            "flag" => (
                ManifestStep::Flag {
                    name: self.own(written)?,
                },
                &[],
            ),
            "load" => (self.load(written)?, &["attributes"]),
            "queue" => {
                let list = written.text("list")?.to_owned();
                let name = self.own(written)?;
                (ManifestStep::Queue { name, list }, &["list"])
            }
            "gtag" => (
                ManifestStep::Gtag {
                    name: self.own(written)?,
                },
                &[],
            ),
            "list" => (
                ManifestStep::List {
                    name: self.own(written)?,
                },
                &[],
            ),
            "stub" => (self.stub(written)?, &["methods", "members"]),
            "set" => {
                let to = self.value(written.needed("to")?, &written.place.member("to"))?;
                let name = self.own(written)?;
                (ManifestStep::Set { name, to }, &["to"])
            }
            "call" | "callIfPresent" => {
                let place = written.place.member("with");
                let with = each(written.list("with")?, &place, |value, place| self.value(value, &place))?;
                let name = self.own(written)?;
                (ManifestStep::Call { name, with }, &["with"])
            }
            "silence" => (
                ManifestStep::Silence {
                    name: self.own(written)?,
                },
                &[],
            ),
            "clear" => (
                ManifestStep::Clear {
                    name: self.own(written)?,
                },
                &[],
            ),
            unknown => {
                return Err(Wrong::new(
                    written.place.clone(),
                    format!("there is no step `{unknown}`"),
                ));
            }
        };
        written.has_only(members)?;
        Ok(step)
    }

    fn own(&self, written: &WrittenStep<'_>) -> Result<Template, Wrong> {
        self.template(written.own()?, &written.place.member(written.kind))
    }

    fn load(&self, written: &WrittenStep<'_>) -> Result<ManifestStep, Wrong> {
        if !written.own()?.starts_with("https://") {
            return Err(written.wrong(written.kind, "a script is loaded over https"));
        }
        let mut attributes = Vec::new();
        for (name, value) in written.object("attributes")? {
            let place = written.place.member("attributes").member(name);
            let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            // A name that begins with `on` is a handler: script in an attribute.
            if !is_name || name.starts_with("on") || OWN_ATTRIBUTES.contains(&name.as_str()) {
                return Err(Wrong::new(place, "a script gets no such attribute from a manifest"));
            }
            let Some(text) = value.as_str() else {
                return Err(Wrong::new(place, "a text is needed here"));
            };
            attributes.push((name.clone(), self.template(text, &place)?));
        }
        Ok(ManifestStep::Load {
            url: self.own(written)?,
            attributes,
        })
    }

    fn stub(&self, written: &WrittenStep<'_>) -> Result<ManifestStep, Wrong> {
        let methods = each(
            written.list("methods")?,
            &written.place.member("methods"),
            |method, place| match method.as_str() {
                Some(name) if !name.is_empty() => Ok(name.to_owned()),
                _ => Err(Wrong::new(place, "the name of a method is needed here")),
            },
        )?;
        let members = self.members(written.object("members")?, &written.place.member("members"))?;
        let name = self.own(written)?;
        Ok(ManifestStep::Stub { name, methods, members })
    }

    /// Reads a value with its placeholders.
    fn value(&self, written: &Value, place: &Path) -> Result<ManifestValue, Wrong> {
        Ok(match written {
            Value::Null => ManifestValue::Null,
            Value::Bool(is_true) => ManifestValue::Bool(*is_true),
            Value::Number(number) => match number.as_f64() {
                Some(number) => ManifestValue::Number(number),
                None => return Err(Wrong::new(place.clone(), "there is no such number in a page")),
            },
            Value::String(text) => match only_placeholder(text) {
                Some(name) => self.placeholder(name, place)?,
                None => ManifestValue::Text(self.template(text, place)?),
            },
            Value::Array(items) => ManifestValue::List(each(items, place, |item, place| self.value(item, &place))?),
            Value::Object(members) => ManifestValue::Object(self.members(members, place)?),
        })
    }

    fn members<'w>(
        &self,
        members: impl IntoIterator<Item = (&'w String, &'w Value)>,
        place: &Path,
    ) -> Result<Vec<(String, ManifestValue)>, Wrong> {
        members
            .into_iter()
            .map(|(name, value)| {
                let place = place.member(name);
                if name.contains('{') {
                    return Err(Wrong::new(place, "the name of a member has no placeholder in it"));
                }
                Ok((name.clone(), self.value(value, &place)?))
            })
            .collect()
    }

    /// What a placeholder stands for that is a whole value.
    fn placeholder(&self, name: &str, place: &Path) -> Result<ManifestValue, Wrong> {
        if let Some(category) = name.strip_prefix(GRANTED) {
            return match category.parse::<Id>() {
                Ok(_) => Ok(ManifestValue::Granted(category.to_owned())),
                Err(_) => Err(Wrong::new(place.clone(), format!("`{category}` is no category"))),
            };
        }
        match name {
            "now" => Ok(ManifestValue::Now),
            "nowMs" => Ok(ManifestValue::NowMilliseconds),
            "secondsLeft" => Ok(ManifestValue::SecondsLeft),
            _ => Ok(ManifestValue::Parameter(self.parameter(name, place)?)),
        }
    }

    /// Reads a text in which parameters have places.
    pub(super) fn template(&self, written: &str, place: &Path) -> Result<Template, Wrong> {
        let mut pieces = Vec::new();
        let mut rest = written;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else {
                return Err(Wrong::new(place.clone(), "a placeholder is not closed"));
            };
            if RUNTIME_PLACEHOLDERS.contains(&name) || name.starts_with(GRANTED) {
                let cause = format!("`{{{name}}}` is a value by itself, and no part of a text or a name");
                return Err(Wrong::new(place.clone(), cause));
            }
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Parameter(self.parameter(name, place)?));
            rest = behind;
        }
        if !rest.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Template(pieces))
    }

    fn parameter(&self, name: &str, place: &Path) -> Result<String, Wrong> {
        if self.parameters.contains_key(name) {
            Ok(name.to_owned())
        } else {
            Err(Wrong::new(place.clone(), format!("there is no parameter `{name}`")))
        }
    }
}

/// The name of a placeholder, where a text is that placeholder and nothing else.
fn only_placeholder(text: &str) -> Option<&str> {
    text.strip_prefix('{')?
        .strip_suffix('}')
        .filter(|name| !name.contains(['{', '}']))
}
