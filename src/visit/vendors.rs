//! Which steps of the compiled site start and stop a service, and what the places in them stand for at a moment.
//!
//! The steps stay where they are, in the site; an effect names the service and brings what only the visit knows. It must
//! not carry anything out, and knows no vendor by name.

use kelisim_site::{Service, Site, Step, Value};

use super::state::State;
use crate::consent::{Id, Permissions, ServiceId, Timestamp, purge};

/// What the places in a service's steps stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorContext {
    now: Timestamp,
    seconds_left: u64,
    permissions: Permissions,
}

/// A value whose place was filled: plain data of the page. What lies in a list or an object is resolved in its turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(&'a str),
    /// An array.
    List(&'a [Value]),
    /// An object; its members in their order.
    Object(&'a [(String, Value)]),
    /// A `Date`.
    Date(Timestamp),
}

impl VendorContext {
    pub(super) fn of(state: &State) -> VendorContext {
        let longest = u64::try_from(purge::LONGEST.seconds()).unwrap_or_default();
        VendorContext {
            now: state.now,
            seconds_left: state.seconds_left().min(longest),
            permissions: state.permissions().clone(),
        }
    }

    /// What a value is now.
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds and seconds are exact far beyond any date"
    )]
    pub fn resolve<'a>(&self, site: &Site, value: &'a Value) -> Resolved<'a> {
        match value {
            Value::Null => Resolved::Null,
            Value::Bool(value) => Resolved::Bool(*value),
            Value::Number(value) => Resolved::Number(*value),
            Value::Text(value) => Resolved::Text(value),
            Value::List(items) => Resolved::List(items),
            Value::Object(members) => Resolved::Object(members),
            Value::Now => Resolved::Date(self.now),
            Value::NowMilliseconds => Resolved::Number(self.now.milliseconds() as f64),
            Value::SecondsLeft => Resolved::Number(self.seconds_left as f64),
            Value::Granted(id) => Resolved::Bool(self.permissions.allow_named(site, id)),
        }
    }
}

/// What starts a service.
pub fn steps_to_start(site: &Site, id: ServiceId) -> &[Step] {
    id.of(site).map_or(&[], |service| &service.start)
}

/// What stops a service. Nothing is silenced or emptied that another service, which is granted, needs as well.
pub fn steps_to_stop<'a>(site: &'a Site, id: ServiceId, context: &'a VendorContext) -> impl Iterator<Item = &'a Step> {
    let steps = id.of(site).map_or(&[][..], |service| &service.stop);
    steps.iter().filter(move |step| {
        let is_needed_by = |other: ServiceId| {
            let needs = other.of(site).is_some_and(|other| other.stop.contains(step));
            other != id && needs && context.permissions.allow(Id::Service(other))
        };
        let takes_away = matches!(step, Step::Silence { .. } | Step::Clear { .. });
        !takes_away || !ServiceId::all(site).any(is_needed_by)
    })
}

/// Whether a service listens to Google's consent mode: one of its steps makes `gtag`.
pub(super) fn speaks_gtag(service: &Service) -> bool {
    service.start.iter().any(|step| matches!(step, Step::Gtag { .. }))
}

/// The ids that widen what a service does where they are granted as well: Webvisor under `replay` (requirement M-01).
pub(super) fn widening(site: &Site, service: &Service) -> Vec<Id> {
    let mut names = Vec::new();
    for step in &service.start {
        match step {
            Step::Stub { members, .. } => members.iter().for_each(|(_, value)| collect(value, &mut names)),
            Step::Set { to, .. } => collect(to, &mut names),
            Step::Call { with, .. } => with.iter().for_each(|value| collect(value, &mut names)),
            Step::Load { .. }
            | Step::Queue { .. }
            | Step::Gtag { .. }
            | Step::List { .. }
            | Step::Silence { .. }
            | Step::Clear { .. } => {}
        }
    }
    names.into_iter().filter_map(|name| Id::named(site, name)).collect()
}

/// The names of the ids that a value asks for.
fn collect<'a>(value: &'a Value, names: &mut Vec<&'a str>) {
    match value {
        Value::Granted(name) => names.push(name),
        Value::List(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Object(members) => members.iter().for_each(|(_, member)| collect(member, names)),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Now
        | Value::NowMilliseconds
        | Value::SecondsLeft => {}
    }
}
