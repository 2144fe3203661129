//! Vendors as data: one JSON manifest each, and the closed set of steps that start and stop them.
//!
//! A manifest's steps are JSON with placeholders; [`Filling::steps`] fills them in and makes a list of [`Step`]s that the browser
//! carries out one by one. A step that is not in the closed set is left out: it starts nothing.

use super::config::{Config, Service};
use super::gate::Permissions;
use super::notice::dates::{Moment, push_number};
use super::placeholders::fill;
use super::value::Value;

/// One thing to do in the page for a vendor.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What to do.
    pub kind: Kind,
    /// Where: the URL to load, the name of a kill flag, or a dotted path from `window`.
    pub target: String,
    /// With what: the value to assign, the list of arguments, the name of a queue's list; else `Value::Null`. A moment
    /// stands in it as `{"$date": ms}`.
    pub operand: Value,
}

/// The closed set of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Insert an asynchronous script.
    Load,
    /// Unless it exists, make a function that keeps each call's `arguments` in a list of its own.
    Queue,
    /// Unless it exists, make the function that puts each call's `arguments` into Google's data layer.
    Gtag,
    /// Assign a value.
    Set,
    /// Assign a value where there is none.
    Default,
    /// Call a function with real arguments; nothing where there is none.
    Call,
    /// Put a function that does nothing in the place of another, keeping its properties.
    Silence,
    /// Empty a list.
    Clear,
    /// Set a kill flag on `window`.
    Flag,
    /// Remove a kill flag from `window`.
    Unflag,
}

/// The name of each step in a manifest, and of the member that holds its operand.
const STEPS: &[(&str, Kind, &str)] = &[
    ("load", Kind::Load, ""),
    ("queue", Kind::Queue, "list"),
    ("gtag", Kind::Gtag, ""),
    ("set", Kind::Set, "to"),
    ("default", Kind::Default, "to"),
    ("call", Kind::Call, "with"),
    ("callIfPresent", Kind::Call, "with"),
    ("silence", Kind::Silence, ""),
    ("clear", Kind::Clear, ""),
];

/// What the placeholders of one service stand for.
pub struct Filling<'a> {
    /// The configuration, for `{granted:id}`.
    pub config: &'a Config,
    /// What is granted.
    pub permissions: &'a Permissions,
    /// The service, for its parameters.
    pub service: &'a Service,
    /// `{now}` and `{nowMs}`.
    pub now: Moment,
    /// `{secondsLeft}` counts to this moment.
    pub expires: Moment,
}

impl Filling<'_> {
    /// The steps that start the service, or those that stop it. An own service with a script of the owner's loads it.
    pub fn steps(&self, key: &str) -> Vec<Step> {
        let mut steps = Vec::new();
        for written in self.service.get(key).items() {
            if let Some((name, target)) = written.entries().first()
                && let Some((_, kind, member)) = STEPS.iter().find(|(known, ..)| known == name)
            {
                let operand = written.get(member).map_or(Value::Null, |operand| self.filled(operand));
                steps.push(Step {
                    kind: *kind,
                    target: self.text(target),
                    operand,
                });
            }
        }
        if let ("start", Some(own)) = (key, self.service.get("src").as_text()) {
            steps.push(Step {
                kind: Kind::Load,
                target: String::from(own),
                operand: Value::Null,
            });
        }
        steps
    }

    /// The service's kill flags: set while it is not granted, removed while it is (requirement M-03).
    pub fn flags(&self, kind: Kind, into: &mut Vec<Step>) {
        for step in self.service.get("start").items() {
            if let Some(name) = step.get("flag") {
                into.push(Step {
                    kind,
                    target: self.text(name),
                    operand: Value::Null,
                });
            }
        }
    }

    /// A value with every placeholder in it filled in; a string that is only a placeholder takes the type of what it
    /// stands for.
    fn filled(&self, written: &Value) -> Value {
        match written {
            Value::Text(text) => match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(name) => self.named(name),
                None => Value::Text(self.text(written)),
            },
            Value::List(items) => {
                let mut filled = Vec::new();
                for item in items {
                    filled.push(self.filled(item));
                }
                Value::List(filled)
            }
            Value::Map(entries) => {
                let mut filled = Vec::new();
                for (key, value) in entries {
                    filled.push((key.clone(), self.filled(value)));
                }
                Value::Map(filled)
            }
            other => other.clone(),
        }
    }

    /// A text with every placeholder in it filled in.
    fn text(&self, written: &Value) -> String {
        let mut filled = String::new();
        fill(
            written.as_text().unwrap_or_default(),
            &mut filled,
            &|name, filled| match self.named(name) {
                Value::Text(words) => filled.push_str(&words),
                // A parameter that is a number is a whole one: the counter of a vendor.
                #[allow(clippy::cast_possible_truncation)]
                Value::Number(number) => push_number(filled, number as i64),
                _ => {}
            },
        );
        filled
    }

    /// What a placeholder stands for.
    fn named(&self, name: &str) -> Value {
        if let Some(id) = name.strip_prefix("granted:") {
            return Value::Bool(self.permissions.allow(self.config, id));
        }
        // Counts of milliseconds and seconds are exact far beyond any date.
        #[allow(clippy::cast_precision_loss)]
        let number = |moment: Moment| Value::Number(moment as f64);
        match name {
            "now" => Value::Map(vec![(String::from("$date"), number(self.now))]),
            "nowMs" => number(self.now),
            "secondsLeft" => number((self.expires - self.now) / 1000),
            _ => self.service.get(name).clone(),
        }
    }
}
