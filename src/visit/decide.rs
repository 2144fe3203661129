//! From an act to a decision, and from a decision to what it sets off in the task of the click.

use kelisim_site::Site;

use super::act::{Act, Call, Control};
use super::effect::{Answer, Complaint, Effect, Outcome};
use super::follow::{Change, Told, adopt};
use super::notification::Source;
use super::settings::{Wish, wait};
use super::state::State;
use crate::consent::{Choices, Circumstances, Decision, Id, Receipt, Record, is_covered_by_signal};

/// What an act leads to.
enum Verdict {
    /// It decides.
    Decides(Decision),
    /// It grants something, and the notice cannot be read as a whole yet.
    Waits,
}

/// Turns an act into a decision, a record and what follows; into a complaint where it is not allowed. A site that asks for
/// nothing has nothing to decide.
pub(super) fn act_on(site: &Site, state: &mut State, act: Act, at: Circumstances, effects: &mut Vec<Effect>) {
    let verdict = if site.categories.is_empty() {
        Err(None)
    } else {
        verdict(site, state, &act).map_err(Some)
    };
    match verdict {
        Ok(Verdict::Decides(decision)) => enact(site, state, &decision, &act, at, effects),
        Ok(Verdict::Waits) => wait(state, Wish::Act(act, at), effects),
        Err(complaint) => {
            effects.extend(complaint.map(Effect::Complain));
            effects.extend(act.reply().map(|reply| Effect::Reply(reply, Answer::Null)));
        }
    }
}

/// What an act decides. A grant needs the notice to have been shown in this document; a refusal needs nothing.
fn verdict(site: &Site, state: &State, act: &Act) -> Result<Verdict, Complaint> {
    let choices = proposal(site, state, act)?;
    if !choices.any() {
        return Ok(Verdict::Decides(Decision::refusal(site, act.refusal())));
    }
    if !state.is_shown() || overrules_signal(site, state, act, &choices) {
        return Err(Complaint::NoticeNotShown);
    }
    let Some(notice) = state.informed() else {
        return Ok(Verdict::Waits);
    };
    let decision = match act {
        Act::Control(Control::Accept) => Decision::accept(site, notice),
        Act::Control(_) => Some(Decision::save(notice, choices)),
        Act::Script(_) | Act::Page(..) => Some(Decision::api(notice, choices)),
    };
    decision.map(Verdict::Decides).ok_or(Complaint::NoticeNotShown)
}

/// The answers that an act gives.
fn proposal(site: &Site, state: &State, act: &Act) -> Result<Choices, Complaint> {
    Ok(match act {
        Act::Control(control) | Act::Script(control) => answers_of(site, state, *control),
        Act::Page(Call::Accept, _) => Choices::all(site),
        Act::Page(Call::Reject | Call::Withdraw, _) => Choices::none(site),
        Act::Page(Call::Only(names), _) => Choices::only(site, &ids(site, names)?),
    })
}

/// The answers that a control gives.
fn answers_of(site: &Site, state: &State, control: Control) -> Choices {
    let held = state.permissions().choices();
    match control {
        Control::Accept => Choices::all(site),
        Control::Reject | Control::Withdraw => Choices::none(site),
        Control::Save => state.draft.as_ref().unwrap_or(held).clone(),
        Control::Also(id) => held.clone().with(site, id, true),
    }
}

fn ids(site: &Site, names: &[String]) -> Result<Vec<Id>, Complaint> {
    let known = |name: &String| Id::named(site, name).ok_or_else(|| Complaint::UnknownId(name.clone()));
    names.iter().map(known).collect()
}

/// While a signal answers, only the visitor says otherwise (requirement S-01).
fn overrules_signal(site: &Site, state: &State, act: &Act, choices: &Choices) -> bool {
    let is_overruled = |id: Id| choices.is_on(id) && is_covered_by_signal(site, id);
    !matches!(act, Act::Control(_)) && state.standing.by_signal && Id::all(site).any(is_overruled)
}

/// In the task of the click: the record, its mirror, the layers away. What follows is put off until the page has painted:
/// the next frame is the visitor's answer.
fn enact(site: &Site, state: &mut State, decision: &Decision, act: &Act, at: Circumstances, effects: &mut Vec<Effect>) {
    let before = state.record.take();
    let record = Record::new(decision, site, state.language, before.as_ref(), at);
    effects.push(Effect::StoreRecord(Box::new(record.clone())));
    let change = adopt(site, state, record.clone(), at.now, effects);
    mirror(site, state, effects);
    state.draft = None;
    state.status = Some(Outcome::of(decision.method(), state.permissions()));
    let receipt = site
        .receipts
        .is_some()
        .then(|| receipt(&record, before.as_ref(), &change));
    state.put_off.push(Told {
        notification: change.notification(record, Source::Here),
        receipt,
        reply: act.reply(),
    });
    effects.push(Effect::RemoveLayers);
    effects.push(Effect::Yield);
}

fn receipt(record: &Record, before: Option<&Record>, change: &Change) -> Receipt {
    let withdraws = before.and_then(Record::code).filter(|_| !change.withdrawn.is_empty());
    Receipt::of(record, withdraws)
}

/// Shares the record with the other hosts of the scope. What was decided for one host alone is not for the others.
pub(super) fn mirror(site: &Site, state: &State, effects: &mut Vec<Effect>) {
    if let Some(record) = state.holding()
        && let Some(scope) = &site.scope
        && record.is_of_scope(scope)
    {
        effects.push(Effect::Mirror(record.cookie(scope, state.now, state.page.secure)));
    }
}
