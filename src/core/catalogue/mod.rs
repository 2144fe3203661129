//! Vendors as data: one JSON manifest each, and the closed set of steps that start and stop them.
//!
//! A manifest's steps are JSON with placeholders; [`steps`] fills them in and makes a list of [`Step`]s that the browser
//! carries out one by one. A step that is not in the closed set is left out: it starts nothing.

use super::config::{Config, Service};
use super::gate::Permissions;
use super::notice::dates::Moment;
use super::value::Value;

/// One thing to do in the page for a vendor.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Insert an asynchronous script with this URL.
    Load(String),
    /// Unless it exists, make a function at this path that keeps each call's `arguments` in its list.
    Queue {
        /// Path from `window`, dotted.
        path: String,
        /// Name of the list on the function.
        list: String,
    },
    /// Unless it exists, make the function that puts each call's `arguments` into Google's data layer.
    Gtag(String),
    /// Assign a value to a path.
    Set(String, Value),
    /// Assign a value to a path where there is none.
    Default(String, Value),
    /// Call the function at a path with these arguments.
    Call(String, Vec<Argument>),
    /// The same, when the function is there.
    CallIfPresent(String, Vec<Argument>),
    /// Put a function that does nothing in the place of the one at this path, keeping its properties.
    Silence(String),
    /// Empty the list at this path.
    Clear(String),
    /// Set a kill flag on `window`.
    Flag(String),
    /// Remove a kill flag from `window`.
    Unflag(String),
}

/// An argument of a call: a value, or the moment as a `Date`.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// Plain data.
    Plain(Value),
    /// `new Date()` of this moment.
    Date(Moment),
}

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

/// The steps of a service's start or stop, with their placeholders filled in.
pub fn steps(written: &[Value], filling: &Filling) -> Vec<Step> {
    written.iter().filter_map(|step| filling.step(step)).collect()
}

/// The names of a service's kill flags, which are set while it is not granted (requirement M-03).
pub fn flags(filling: &Filling) -> Vec<String> {
    filling
        .service
        .start
        .iter()
        .filter_map(|step| step.get("flag"))
        .filter_map(|name| filling.text(name))
        .collect()
}

impl Filling<'_> {
    /// One step; `None` when it is not in the closed set.
    fn step(&self, written: &Value) -> Option<Step> {
        let (name, operand) = written.entries().first()?;
        let path = self.text(operand)?;
        let to = || written.get("to").map_or(Value::Null, |value| self.plain(value));
        let arguments = || {
            written
                .get("with")
                .map(Value::items)
                .unwrap_or_default()
                .iter()
                .map(|value| self.argument(value))
                .collect()
        };
        Some(match &**name {
            "load" => Step::Load(path),
            "queue" => Step::Queue {
                path,
                list: self.text(written.get("list")?)?,
            },
            "gtag" => Step::Gtag(path),
            "set" => Step::Set(path, to()),
            "default" => Step::Default(path, to()),
            "call" => Step::Call(path, arguments()),
            "callIfPresent" => Step::CallIfPresent(path, arguments()),
            "silence" => Step::Silence(path),
            "clear" => Step::Clear(path),
            "flag" => Step::Unflag(path),
            _ => return None,
        })
    }

    fn argument(&self, written: &Value) -> Argument {
        match written.as_text() {
            Some("{now}") => Argument::Date(self.now),
            _ => Argument::Plain(self.plain(written)),
        }
    }

    /// A value with every placeholder in it filled in; a string that is only a placeholder takes the type of what it
    /// stands for.
    fn plain(&self, written: &Value) -> Value {
        match written {
            Value::Text(text) => match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(name) if !name.contains('{') => self.named(name),
                _ => Value::Text(self.filled(text)),
            },
            Value::List(items) => Value::List(items.iter().map(|item| self.plain(item)).collect()),
            Value::Map(entries) => Value::Map(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), self.plain(value)))
                    .collect(),
            ),
            other => other.clone(),
        }
    }

    fn text(&self, written: &Value) -> Option<String> {
        written.as_text().map(|text| self.filled(text))
    }

    /// A text with every placeholder in it filled in.
    fn filled(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (name, tail) = after.split_once('}').unwrap_or((after, ""));
            match self.named(name) {
                Value::Text(words) => filled.push_str(&words),
                Value::Number(number) => super::notice::dates::push_number(&mut filled, whole(number)),
                _ => {}
            }
            rest = tail;
        }
        filled.push_str(rest);
        filled
    }

    /// What a placeholder stands for.
    fn named(&self, name: &str) -> Value {
        if let Some(id) = name.strip_prefix("granted:") {
            return Value::Bool(self.permissions.allow(self.config, id));
        }
        match name {
            "nowMs" => milliseconds(self.now),
            "secondsLeft" => milliseconds((self.expires - self.now) / 1000),
            _ => self
                .service
                .parameters
                .iter()
                .find(|(known, _)| known == name)
                .map_or(Value::Null, |(_, value)| value.clone()),
        }
    }
}

/// A count of milliseconds or seconds as JSON has it: exact far beyond any date.
#[allow(clippy::cast_precision_loss)]
fn milliseconds(moment: Moment) -> Value {
    Value::Number(moment as f64)
}

/// A parameter that is a number is a whole one: the counter of a vendor.
#[allow(clippy::cast_possible_truncation)]
fn whole(number: f64) -> i64 {
    number as i64
}
