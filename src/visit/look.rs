//! A look at what lies in the browser: another tab decided, or another host of the scope; the page comes back into view or
//! out of the back-forward cache; a consent ended while its page was open (requirements W-04, V-03).

use kelisim_site::Site;

use super::decide::mirror;
use super::effect::Effect;
use super::event::Look;
use super::follow::{Told, adopt, follow};
use super::notification::Source;
use super::state::State;
use super::update::ask;
use crate::consent::{Found, Record, Timestamp};

/// Whether what was found has taken the place of what held here. Then everything that followed from it was carried out, and
/// what was put off has started nothing.
pub(super) fn look(site: &Site, state: &mut State, look: Look, effects: &mut Vec<Effect>) -> bool {
    let found = Found::of(site, look.stored);
    let news = found.latest.clone().filter(|record| is_news(state, record, look.now));
    let source = if news.is_some() { Source::Tab } else { Source::Here };
    let is_over = |own: &&Record| own.expires() <= look.now && state.permissions().any();
    let over = state.record.as_ref().filter(is_over).cloned();
    let Some(record) = news.or(over) else { return false };
    if let Some(own) = &state.record
        && own.overrides(&record)
        && !own.is_ahead_of(look.now)
    {
        // Both tabs decided at once; the other one reads this and follows.
        if !own.is_mirrored() {
            effects.push(Effect::StoreRecord(Box::new(own.clone())));
        }
        return false;
    }
    let change = adopt(site, state, record.clone(), look.now, effects);
    // What the status line said was of another decision.
    state.status = None;
    agree(site, state, &found, effects);
    if !state.asks() {
        effects.push(Effect::RemoveFirstLayer);
    }
    ask(site, state, effects);
    effects.push(Effect::FillPlaces);
    state.put_off.push(Told {
        notification: change.notification(record, source),
        receipt: None,
        reply: None,
    });
    follow(site, state, look.edited, effects);
    true
}

/// Whether a record says something else than what holds here. The mirror of this very decision says less and nothing new,
/// also where the store that had the whole of it is gone.
fn is_news(state: &State, found: &Record, now: Timestamp) -> bool {
    let Some(own) = &state.record else { return true };
    let is_own_mirror = found.is_mirrored() && !found.overrides(own) && !own.is_ahead_of(now);
    found != own && !is_own_mirror
}

/// Brings what lies in the browser in line with the latest decision: the record of this host, and the cookie of the scope.
pub(super) fn agree(site: &Site, state: &State, found: &Found, effects: &mut Vec<Effect>) {
    let Some(latest) = &found.latest else { return };
    if let Some(own) = &found.own
        && latest.is_mirrored()
        && own.expires() > latest.decided()
    {
        // Should the cookie be lost, what was decided here before must not hold again.
        effects.push(Effect::StoreRecord(Box::new(own.ended(latest.decided()))));
    }
    if !found.is_shared {
        mirror(site, state, effects);
    }
}
