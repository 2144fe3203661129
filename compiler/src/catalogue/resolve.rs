//! Fills a manifest in with what the owner gave, and makes of it what the runtime carries out.
//!
//! What only the visit knows is left as a value of the compiled site. Nothing can fail here: a manifest was checked when
//! it was read, and the owner's parameters when the configuration was.

use std::collections::BTreeMap;

use kelisim_site::{Step, Value};
use serde::Serialize;

use super::manifest::{Csp, HostPattern, Manifest, ParameterKind};
use super::steps::{ManifestStep, ManifestValue, Piece, Template};
use crate::config::parameter::{ParameterNumber, ParameterText};

/// The greatest whole number up to which a page tells every one from the next: 2^53 - 1. A greater one, as Meta has them,
/// is handed over as a text.
const GREATEST_WHOLE: u64 = (1 << 53) - 1;

/// What an owner gave for a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ParameterValue {
    /// A whole number.
    Number(ParameterNumber),
    /// A text.
    Text(ParameterText),
}

impl ParameterValue {
    /// As it stands in an address.
    fn text(&self) -> String {
        match self {
            ParameterValue::Number(number) => number.to_string(),
            ParameterValue::Text(text) => text.to_string(),
        }
    }
}

/// What the runtime does for one service, and what its site's server has to allow for that.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The kill flags: properties of `window` that are true while the service is not granted, and absent while it is
    /// (requirement M-03).
    pub flags: Vec<String>,
    /// What starts it.
    pub start: Vec<Step>,
    /// What stops it.
    pub stop: Vec<Step>,
    /// The hosts that it is reached on.
    pub hosts: Vec<String>,
    /// By which kinds of requests. Hosts have no scheme where it is `https`.
    pub csp: Csp<String>,
}

impl Manifest {
    /// What is done for a service of this vendor. Where a parameter is missing, nothing is.
    pub fn resolve(&self, parameters: &BTreeMap<String, ParameterValue>) -> Resolved {
        if self.parameters.keys().any(|name| !parameters.contains_key(name)) {
            return Resolved::default();
        }
        let filling = Filling {
            manifest: self,
            parameters,
        };
        let hosts = filling.hosts(&self.hosts);
        Resolved {
            flags: self.start.iter().filter_map(|step| filling.flag(step)).collect(),
            start: self.start.iter().filter_map(|step| filling.step(step)).collect(),
            stop: self.stop.iter().filter_map(|step| filling.step(step)).collect(),
            csp: match &self.csp {
                Some(csp) => Csp {
                    script: filling.hosts(&csp.script),
                    connect: filling.hosts(&csp.connect),
                    img: filling.hosts(&csp.img),
                    frame: filling.hosts(&csp.frame),
                },
                None => Csp {
                    script: hosts.clone(),
                    connect: hosts.clone(),
                    img: hosts.clone(),
                    frame: Vec::new(),
                },
            },
            hosts,
        }
    }

    /// Whether the vendor is told that a category is granted, and does more then (requirement M-01).
    pub fn widened_by(&self, category: &str) -> bool {
        self.is_told(&|value| matches!(value, ManifestValue::Granted(id) if id == category))
    }

    /// Whether the vendor listens to Google's consent mode (requirement M-02).
    pub fn speaks_gtag(&self) -> bool {
        self.start.iter().any(|step| matches!(step, ManifestStep::Gtag { .. }))
    }

    /// Whether the vendor holds its cookies to the consent by itself, because it is told how much is left of it
    /// (requirement V-05).
    pub fn is_told_the_term(&self) -> bool {
        self.is_told(&|value| *value == ManifestValue::SecondsLeft)
    }

    fn is_told(&self, is_wanted: &dyn Fn(&ManifestValue) -> bool) -> bool {
        self.start.iter().any(|step| step.hands_over(is_wanted))
    }
}

/// What the placeholders of one service stand for.
struct Filling<'a> {
    manifest: &'a Manifest,
    parameters: &'a BTreeMap<String, ParameterValue>,
}

impl Filling<'_> {
    fn flag(&self, step: &ManifestStep) -> Option<String> {
        match step {
            ManifestStep::Flag { name } => Some(self.text(name)),
            _ => None,
        }
    }

    /// The step of the runtime; a flag is none.
    fn step(&self, step: &ManifestStep) -> Option<Step> {
        Some(match step {
            ManifestStep::Flag { .. } => return None,
            ManifestStep::Load { url, attributes } => Step::Load {
                url: self.text(url),
                attributes: attributes
                    .iter()
                    .map(|(name, value)| (name.clone(), self.text(value)))
                    .collect(),
            },
            ManifestStep::Queue { name, list } => Step::Queue {
                name: self.text(name),
                list: list.clone(),
            },
            ManifestStep::Gtag { name } => Step::Gtag { name: self.text(name) },
            ManifestStep::List { name } => Step::List { name: self.text(name) },
            ManifestStep::Stub { name, methods, members } => Step::Stub {
                name: self.text(name),
                methods: methods.clone(),
                members: self.members(members),
            },
            ManifestStep::Set { name, to } => Step::Set {
                name: self.text(name),
                to: self.value(to),
            },
            ManifestStep::Call { name, with } => Step::Call {
                name: self.text(name),
                with: self.values(with),
            },
            ManifestStep::Silence { name } => Step::Silence { name: self.text(name) },
            ManifestStep::Clear { name } => Step::Clear { name: self.text(name) },
        })
    }

    fn value(&self, value: &ManifestValue) -> Value {
        match value {
            ManifestValue::Null => Value::Null,
            ManifestValue::Bool(is_true) => Value::Bool(*is_true),
            ManifestValue::Number(number) => Value::Number(*number),
            ManifestValue::Text(text) => Value::Text(self.text(text)),
            ManifestValue::List(items) => Value::List(self.values(items)),
            ManifestValue::Object(members) => Value::Object(self.members(members)),
            ManifestValue::Parameter(name) => self.parameter(name),
            ManifestValue::Now => Value::Now,
            ManifestValue::NowMilliseconds => Value::NowMilliseconds,
            ManifestValue::SecondsLeft => Value::SecondsLeft,
            ManifestValue::Granted(category) => Value::Granted(category.clone()),
        }
    }

    fn values(&self, values: &[ManifestValue]) -> Vec<Value> {
        values.iter().map(|value| self.value(value)).collect()
    }

    fn members(&self, members: &[(String, ManifestValue)]) -> Vec<(String, Value)> {
        members
            .iter()
            .map(|(name, value)| (name.clone(), self.value(value)))
            .collect()
    }

    /// A parameter as a value: a number where the vendor asks for one and a page can hold it, else a text.
    fn parameter(&self, name: &str) -> Value {
        let text = self.text_of(name);
        let is_number = self
            .manifest
            .parameters
            .get(name)
            .is_some_and(|parameter| parameter.kind == ParameterKind::Number);
        match text.parse::<u64>() {
            #[expect(clippy::cast_precision_loss, reason = "every whole number up to 2^53 - 1 is exact")]
            Ok(number) if is_number && number <= GREATEST_WHOLE => Value::Number(number as f64),
            _ => Value::Text(text),
        }
    }

    fn text(&self, template: &Template) -> String {
        template
            .pieces()
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Parameter(name) => self.text_of(name),
            })
            .collect()
    }

    /// A parameter as a text; `resolve` has seen that none is missing.
    fn text_of(&self, name: &str) -> String {
        self.parameters.get(name).map(ParameterValue::text).unwrap_or_default()
    }

    fn hosts(&self, hosts: &[HostPattern]) -> Vec<String> {
        hosts.iter().map(|HostPattern(host)| self.text(host)).collect()
    }
}
