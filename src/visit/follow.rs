//! What follows from a record that holds since now: withdrawals, grants, the page's event, receipts, a reload.

use std::rc::Rc;

use kelisim_site::{OnWithdraw, Site};

use super::act::Reply;
use super::effect::{Answer, Effect};
use super::google::consent_types;
use super::notification::{Notification, Source};
use super::settings::forget_waiting;
use super::state::State;
use super::vendors::{VendorContext, widening};
use crate::consent::{Choices, Id, Receipt, Record, ServiceId, Timestamp, standing};

/// What follows from decisions and was not carried out yet. More than one is told where a later one came before the page had
/// painted; what is started and stopped is what the last one says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PutOff {
    /// What the page is told, of each act once.
    told: Vec<Told>,
    /// Something that was withdrawn runs here, and only loading the page anew ends it.
    reloads: bool,
}

/// What is told of one decision.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub(super) notification: Notification,
    pub(super) receipt: Option<Receipt>,
    pub(super) reply: Option<Reply>,
}

impl PutOff {
    pub(super) fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    pub(super) fn push(&mut self, told: Told) {
        self.told.push(told);
    }
}

/// What a record changed in this document.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) granted: Vec<Id>,
    pub(super) withdrawn: Vec<Id>,
}

impl Change {
    pub(super) fn notification(self, record: Record, source: Source) -> Notification {
        Notification::Decision {
            record: Box::new(record),
            granted: self.granted,
            withdrawn: self.withdrawn,
            source,
        }
    }
}

/// Lets a record hold in this document. What still waits was superseded by it.
pub(super) fn adopt(
    site: &Site,
    state: &mut State,
    record: Record,
    now: Timestamp,
    effects: &mut Vec<Effect>,
) -> Change {
    forget_waiting(state, effects);
    let before = state.permissions().choices().clone();
    state.now = now;
    state.standing = standing(site, Some(&record), now, state.signal);
    state.recalled = false;
    state.record = Some(record);
    let change = change(site, &before, state.permissions().choices());
    let runs = change.withdrawn.iter().any(|id| state.runs(*id));
    state.put_off.reloads |= runs && site.on_withdraw == OnWithdraw::Reload;
    change
}

fn change(site: &Site, before: &Choices, after: &Choices) -> Change {
    let turned = |on: bool| {
        let has_turned = move |id: &Id| after.is_on(*id) == on && before.is_on(*id) != on;
        Id::all(site).filter(has_turned).collect()
    };
    Change {
        granted: turned(true),
        withdrawn: turned(false),
    }
}

/// Carries out what follows from the decisions that were put off. Nobody loses what they were writing: where a form was
/// `edited`, what was stopped stays stopped until they go on.
pub(super) fn follow(site: &Site, state: &mut State, edited: bool, effects: &mut Vec<Effect>) {
    let PutOff { told, reloads } = core::mem::take(&mut state.put_off);
    stop(site, state, effects);
    effects.push(Effect::DeactivateElements);
    update_consent(site, state, effects);
    effects.push(Effect::Purge);
    if !reloads {
        // Else it starts after the reload, in a document where nothing withdrawn was ever loaded.
        start(site, state, effects);
    }
    tell(told, effects);
    if reloads && !edited {
        effects.push(Effect::Reload);
    }
}

fn tell(told: Vec<Told>, effects: &mut Vec<Effect>) {
    let mut later = Vec::new();
    for Told {
        notification,
        receipt,
        reply,
    } in told
    {
        effects.push(Effect::Dispatch(notification));
        later.extend(receipt.map(Box::new).map(Effect::SendReceipt));
        later.extend(reply.map(|reply| Effect::Reply(reply, Answer::Record)));
    }
    effects.append(&mut later);
}

/// Stops every service that is not granted, and sets its kill flags; those of the others are removed (requirements W-03,
/// M-03). A page may have called it, or loaded it, before Kelisim: what it calls is dropped from now on.
pub(super) fn stop(site: &Site, state: &State, effects: &mut Vec<Effect>) {
    let context = Rc::new(VendorContext::of(state));
    for id in ServiceId::all(site) {
        if state.permissions().allow(Id::Service(id)) && !is_narrowed(site, state, id) {
            effects.push(Effect::ClearFlags(id));
        } else {
            effects.push(Effect::Stop(id, Rc::clone(&context)));
            effects.push(Effect::SetFlags(id));
        }
    }
}

/// Whether something that another id added to a service's start was withdrawn: nothing else can take that back in this
/// document (requirement M-01).
fn is_narrowed(site: &Site, state: &State, service: ServiceId) -> bool {
    let is_withdrawn = |id: Id| state.runs(id) && !state.permissions().allow(id);
    let widening = service.of(site).map(|service| widening(site, service));
    widening.into_iter().flatten().any(is_withdrawn)
}

/// Tells Google, where the site has something to tell.
pub(super) fn update_consent(site: &Site, state: &State, effects: &mut Vec<Effect>) {
    let types = consent_types(site, state.permissions());
    if !types.is_empty() {
        effects.push(Effect::UpdateConsent(types));
    }
}

/// Starts what is allowed and has not run in this document: the vendors, then the page's own elements.
pub(super) fn start(site: &Site, state: &mut State, effects: &mut Vec<Effect>) {
    let context = Rc::new(VendorContext::of(state));
    for service in ServiceId::all(site) {
        let id = Id::Service(service);
        if state.permissions().allow(id) && !state.runs(id) {
            effects.push(Effect::Start(service, Rc::clone(&context)));
            state.started(id);
            // What another id adds to its start runs as well.
            let widening = service.of(site).map(|service| widening(site, service));
            for added in widening.into_iter().flatten() {
                if state.permissions().allow(added) {
                    state.started(added);
                }
            }
        }
    }
    effects.push(Effect::ActivateElements);
}
