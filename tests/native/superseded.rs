//! Between a decision and the next frame the page can be left, come back, and hear of other decisions. What was superseded
//! meanwhile is told to the page and starts nothing.

use kelisim::consent::Timestamp;
use kelisim::visit::{Answer, Call, Control, Effect};
use proptest::prelude::*;

use crate::site::{
    Browser, DAY, Visit, after, any_control, count, decisions, end, is_decision, is_stored, rasco, starts,
};

fn waits_for_paint() -> Visit {
    let mut visit = Visit::first(&rasco()).shown();
    visit.never_paints = true;
    visit
}

/// What another tab makes of this browser.
fn elsewhere(browser: &Browser, control: Control, now: Timestamp) -> Browser {
    let mut other = Visit::at(&rasco(), browser.clone(), now).shown();
    other.press(control);
    other.browser
}

/// The contract: the task of the click ends with the record and the layers; the rest comes when the page has painted.
#[test]
fn t_05_the_task_of_the_click_starts_nothing() {
    let mut visit = waits_for_paint();
    let effects = visit.press(Control::Accept);
    let kinds = (
        effects.iter().any(is_stored),
        effects.iter().any(starts),
        effects.iter().any(is_decision),
    );
    assert_eq!(kinds, (true, false, false));
    assert_eq!(effects.last(), Some(&Effect::Yield));
    assert!(effects.len() <= 4, "{effects:#?}");
    let effects = visit.paint();
    assert_eq!((visit.loaded(&effects).len(), count(&effects, is_decision)), (2, 1));
    assert_eq!(visit.paint(), [], "once");
}

/// W-04: a page that was left in the middle of a grant and comes back from the browser's cache after a withdrawal starts
/// nothing.
#[test]
fn w_04_a_grant_that_was_superseded_while_it_waited_starts_nothing() {
    for control in [Control::Reject, Control::Withdraw] {
        for looks in [true, false] {
            let mut visit = waits_for_paint();
            visit.press(Control::Accept);
            visit.browser = elsewhere(&visit.browser, control, after(60));
            visit.now = after(61);
            let mut effects = if looks { visit.look(false) } else { Vec::new() };
            effects.extend(visit.paint());
            assert!(!effects.iter().any(starts), "{effects:#?}");
            assert!(visit.allowed().is_empty());
            assert!(!effects.contains(&Effect::Reload), "nothing ran here");
            let heard = decisions(&visit.site, &effects);
            let sources: Vec<_> = heard.iter().map(|detail| detail["source"].as_str().unwrap()).collect();
            assert_eq!(sources, ["here", "tab"], "each act once, in their order");
        }
    }
}

/// W-04: the same through the cookie alone, where the store is another host's.
#[test]
fn w_04_another_host_supersedes_a_grant_that_waits() {
    let mut visit = waits_for_paint();
    visit.press(Control::Accept);
    let mirrors = elsewhere(&visit.browser, Control::Withdraw, after(60)).mirrors;
    visit.browser.mirrors = mirrors;
    visit.now = after(61);
    let effects = visit.paint();
    assert!(!effects.iter().any(starts) && visit.allowed().is_empty());
}

/// V-01: a page that lay in the cache until the consent had ended starts nothing.
#[test]
fn v_01_a_grant_that_ended_while_it_waited_starts_nothing() {
    let mut visit = waits_for_paint();
    visit.press(Control::Accept);
    visit.now = end();
    let effects = visit.paint();
    assert!(!effects.iter().any(starts) && visit.allowed().is_empty() && visit.state.asks());
}

/// The contract: a page that decides twice in one task hears of both, and what the first one granted never starts.
#[test]
fn w_03_of_two_decisions_in_one_task_the_last_one_starts() {
    let mut visit = waits_for_paint();
    let mut effects = visit.call(Call::Accept, 1);
    effects.extend(visit.call(Call::Reject, 2));
    assert_eq!(count(&effects, is_stored), 2);
    let effects = visit.paint();
    assert!(
        !effects.iter().any(starts) && !effects.contains(&Effect::Reload),
        "{effects:#?}"
    );
    let heard = decisions(&visit.site, &effects);
    assert_eq!((heard.len(), heard[0]["granted"].as_array().unwrap().len()), (2, 5));
    assert_eq!(heard[1]["withdrawn"], heard[0]["granted"]);
    for reply in [1, 2] {
        assert!(effects.contains(&Effect::Reply(reply, Answer::Record)));
    }
    assert_eq!(
        count(&effects, |effect| matches!(effect, Effect::SendReceipt(_))),
        2,
        "R-06: each has its receipt"
    );
}

/// W-03: what ran and was withdrawn by the first of two decisions needs its reload also when the second grants it again.
#[test]
fn w_03_a_reload_is_not_forgotten() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Accept);
    visit.never_paints = true;
    visit.press(Control::Withdraw);
    visit.press(Control::Accept);
    let effects = visit.paint();
    assert!(effects.contains(&Effect::Reload) && !effects.iter().any(starts));
}

proptest! {
    /// W-04, G-05: whatever is decided here and elsewhere while the page does not paint, what starts then is allowed by the
    /// decision that holds, and each act is told once.
    #[test]
    fn w_04_only_what_holds_starts(
        acts in prop::collection::vec((any_control(), any::<bool>(), 0_i64..DAY), 1..6),
        looks: bool,
    ) {
        let mut visit = waits_for_paint();
        let (mut seconds, mut here, mut effects) = (0, 0, Vec::new());
        for (control, is_here, later) in acts {
            seconds += later;
            visit.now = after(seconds);
            if is_here {
                here += 1;
                effects.extend(visit.press(control));
            } else {
                visit.browser = elsewhere(&visit.browser, control, visit.now);
                if looks {
                    effects.extend(visit.look(false));
                }
            }
        }
        effects.extend(visit.paint());
        effects.extend(visit.look(false));
        let told = decisions(&visit.site, &effects);
        prop_assert_eq!(told.iter().filter(|detail| detail["source"] == "here").count(), here);
        if visit.allowed().is_empty() {
            let last_start = effects.iter().rposition(starts);
            let last_stop = effects.iter().rposition(|effect| matches!(effect, Effect::Stop(..)));
            prop_assert!(last_start <= last_stop);
        }
        let next = Visit::at(&rasco(), visit.browser.clone(), visit.now);
        prop_assert_eq!(next.allowed(), visit.allowed());
    }
}
