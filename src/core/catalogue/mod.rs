//! Vendors as data: one JSON manifest each, and the closed set of steps that start and stop them.
//!
//! A manifest's steps are JSON with placeholders; [`Filling::steps`] fills them in and hands over [`Step`]s, which the
//! browser carries out one by one. A step that is not in the closed set is left out: it starts nothing.

use super::config::{Config, Service, asks_for};
use super::gate::Permissions;
use super::notice::dates::{Moment, SECOND};
use super::placeholders::fill;
use super::purge::LONGEST;
use super::value::{Members, Value, Words, Writer};
use crate::core::letters::{after, halves, last, same, split};
use crate::core::pile::Pile;

/// One thing to do in the page for a vendor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// What to do.
    pub kind: Kind,
    /// Where: the URL to load, the name of a kill flag, or a dotted path from `window`.
    pub target: Words,
    /// With what: the value to assign, the list of arguments, the name of a queue's list; else `Value::Null`. A moment
    /// stands in it as `{"$date": ms}`.
    pub operand: Value,
}

/// The closed set of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Insert an asynchronous script.
    Load,
    /// Make a function that keeps each call's `arguments` in a list of its own. What the page had there goes, with every
    /// call that it made before the grant; what Kelisim made in this document stays, also for a second service.
    Queue,
    /// Make the function that puts each call's `arguments` into Google's data layer, in the same way.
    Gtag,
    /// Make an empty list, in the same way.
    List,
    /// Assign a value.
    Set,
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
    ("list", Kind::List, ""),
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
    pub permissions: Permissions,
    /// The service, for its parameters.
    pub service: &'a Service,
    /// `{now}` and `{nowMs}`.
    pub now: Moment,
    /// `{secondsLeft}` counts to this moment.
    pub expires: Moment,
}

impl Filling<'_> {
    /// The steps that start the service, or those that stop it. An own service with a script of the owner's loads it.
    /// Nothing is silenced or emptied that another service, which is granted, needs as well.
    pub fn steps(&self, key: &str, steps: &mut dyn FnMut(Step)) {
        let said = self.service.description;
        for written in *said.list(key) {
            if let Some((name, target)) = written.entries().first()
                && let Some((_, kind, member)) = STEPS.iter().find(|(known, ..)| same(known, name))
                && (!matches!(kind, Kind::Silence | Kind::Clear) || !self.is_shared(&target.words()))
            {
                steps(Step {
                    kind: *kind,
                    target: self.text(target),
                    operand: self.filled(written.get(member)),
                });
            }
        }
        let own = said.text("src");
        if same(key, "start") && !own.are_none() {
            steps(step(Kind::Load, own));
        }
    }

    /// Whether a service that is granted would silence or empty the same thing.
    fn is_shared(&self, target: &str) -> bool {
        self.config.services.iter().any(|other| {
            other.id != self.service.id
                && self.permissions.allow(self.config, &other.id)
                && asks_for(other.description.get("stop"), target)
        })
    }

    /// The service's kill flags: set while it is not granted, removed while it is (requirement M-03).
    pub fn flags(&self, kind: Kind, steps: &mut dyn FnMut(Step)) {
        for written in *self.service.description.list("start") {
            let name = written.get("flag");
            if !name.is_null() {
                steps(step(kind, self.text(name)));
            }
        }
    }

    /// A value with every placeholder in it filled in; a string that is only a placeholder takes the type of what it
    /// stands for.
    fn filled(&self, written: &'static Value) -> Value {
        match written {
            Value::Text(text) => match split(text, b'{') {
                Some(("", name)) if last(name) == b'}' => self.named(halves(name, b'}').0),
                _ => Value::Text(self.text(written).text()),
            },
            Value::List(items) => {
                let mut filled = Pile::new();
                for item in *items {
                    filled.push(self.filled(item));
                }
                Value::List(filled.done())
            }
            Value::Map(entries) => {
                let mut filled = Members::default();
                for (key, value) in *entries {
                    filled = filled.value(key, &self.filled(value));
                }
                *filled.done()
            }
            other => *other,
        }
    }

    /// A text with every placeholder in it filled in.
    #[inline(never)]
    fn text(&self, written: &'static Value) -> Words {
        let mut filled = Writer::default();
        fill(
            written.words().text(),
            &mut filled,
            &|name, filled| match self.named(name) {
                #[allow(
                    clippy::cast_possible_truncation,
                    reason = "a parameter that is a number is a whole one: the counter of a vendor"
                )]
                Value::Number(number) => filled.number(number as i64, 1),
                Value::Text(words) => filled.push(words),
                _ => {}
            },
        );
        filled.done()
    }

    /// What a placeholder stands for.
    #[inline(never)]
    fn named(&self, name: &str) -> Value {
        if let Some(id) = after(name, "granted:") {
            return Value::Bool(self.permissions.allow(self.config, id));
        }
        #[allow(
            clippy::cast_precision_loss,
            reason = "counts of milliseconds and seconds are exact far beyond any date"
        )]
        let number = |moment: Moment| Value::Number(moment as f64);
        match name {
            "now" => *Members::default().value("$date", &number(self.now)).done(),
            "nowMs" => number(self.now),
            "secondsLeft" => number(((self.expires - self.now) / SECOND).min(LONGEST)),
            _ => *self.service.description.get(name),
        }
    }
}

/// A step without an operand.
fn step(kind: Kind, target: Words) -> Step {
    Step {
        kind,
        target,
        operand: Value::Null,
    }
}
