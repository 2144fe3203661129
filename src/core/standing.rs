//! Where a visitor stands: what a stored record still says about today's configuration, and what has to be asked.
//!
//! A consent covers what it was given for. What changed since then is closed and asked anew, alone; what did not change
//! keeps its answer. It must not guess: an id that the record does not know was never answered.

use super::config::Config;
use super::decision::{Choices, Method};
use super::notice::dates::Moment;
use super::pile::Pile;
use super::record::{Record, current_terms, operator};
use super::value::Words;

/// A visitor's answers as they hold now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// What holds: granted then, and nothing of it changed.
    choices: Choices,
    /// What has to be asked: ids. Empty when the visitor has answered everything.
    pub asked: &'static [Words],
    /// Whether something that was answered before has lapsed or joined, as opposed to a first visit.
    pub again: bool,
    /// Whether a signal of the browser answered in the visitor's place.
    pub by_signal: bool,
}

impl Standing {
    /// What holds. Only [`standing`] fills it in, so that no answers but a record's become permissions.
    pub fn choices(&self) -> Choices {
        self.choices
    }
}

/// What today's configuration makes of a record, in a browser that sends a signal against tracking or none. Until the
/// visitor has used a control of Kelisim, the signal refuses what it covers, and nobody is asked (requirement S-01).
#[inline(never)]
pub fn standing(config: &Config, record: Option<Record>, now: Moment, signal: bool) -> Standing {
    let record = record.filter(|record| {
        record.expires() > now && record.text("operator") == operator(config) && record.text("scope") == config.scope()
    });
    let by_signal = signal && record.is_none_or(|record| record.text("method") == Method::API.name());
    let mut choices = Choices::every(config, true);
    let mut asked = Pile::new();
    // The services come first and bring their category, so the categories are closed after them.
    for index in (0..config.len()).rev() {
        let answer = if by_signal && is_covered(config, index) {
            Some(false)
        } else {
            lasting_answer(config, record, index)
        };
        if answer.is_none() {
            asked.push(config.id(index));
        }
        if answer != Some(true) {
            choices = choices.with(config, index, false);
        }
    }
    Standing {
        choices,
        again: record.is_some() && !asked.is_empty(),
        by_signal,
        asked: asked.done(),
    }
}

/// Whether a signal refuses this id: marketing and its services, or whatever is optional.
pub(super) fn is_covered(config: &Config, index: usize) -> bool {
    let category = config.service(index).map_or(index, |service| service.category);
    config.id(category).are("marketing") || !config.text("signals", "gpc").are("marketing")
}

/// The answer of a record for one id, unless it lapsed: what it covers changed, or a grant was given under another
/// version of the policy.
#[inline(never)]
fn lasting_answer(config: &Config, record: Option<Record>, index: usize) -> Option<bool> {
    let record = record?;
    let id = config.id(index);
    let answer = record.answer(id)?;
    let same_policy = record.text("policy") == config.text("policy", "version");
    (record.terms(id) == current_terms(config, index) && (same_policy || !answer)).then_some(answer)
}
