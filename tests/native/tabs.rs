//! Several tabs of one browser: each follows what another decided (requirement W-04), and they end in one state.

use kelisim::consent::Record;
use kelisim::visit::{Control, Effect};
use kelisim_site::OnWithdraw;
use proptest::prelude::*;

use crate::site::{Browser, DAY, Visit, after, decisions, end, id, is_stored, noon, rasco, starts};

/// W-04: what another tab decided is followed here: the first layer goes, what was granted starts, with one event.
#[test]
fn w_04_a_grant_in_another_tab_starts_here() {
    let mut there = Visit::first(&rasco()).shown();
    there.press(Control::Accept);
    let mut here = Visit::first(&rasco()).shown();
    assert!(here.state.asks());
    here.browser = there.browser;
    let effects = here.look(false);
    assert!(!here.state.asks() && effects.contains(&Effect::RemoveFirstLayer));
    assert_eq!(here.loaded(&effects).len(), 2);
    assert!(!effects.contains(&Effect::Reload));
    let heard = decisions(&here.site, &effects);
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0]["source"], "tab");
    assert_eq!(heard[0]["granted"].as_array().unwrap().len(), 5);
    assert_eq!(here.look(false), [], "once");
    here.browser = Browser::default();
    assert_eq!(here.look(false), [], "a store that was emptied decides nothing");
}

/// G-09: where the store is gone, the mirror of this very decision takes nothing from it.
#[test]
fn g_09_the_mirror_of_a_decision_is_no_news() {
    let mut here = Visit::first(&rasco()).shown();
    here.press(Control::Accept);
    here.browser.record = None;
    assert_eq!(here.look(false), []);
    assert!(here.state.record().and_then(Record::code).is_some());
    let mut there = Visit::at(&rasco(), here.browser.clone(), after(1));
    there.press(Control::Reject);
    here.now = after(1);
    here.browser = there.browser;
    here.browser.record = None;
    assert!(!here.look(false).is_empty(), "a later one is");
    assert!(here.allowed().is_empty());
}

/// W-04: what another tab withdrew stops here at once; the page loads anew unless somebody was writing in it.
#[test]
fn w_04_a_withdrawal_in_another_tab_stops_here() {
    for edited in [false, true] {
        let mut here = Visit::first(&rasco()).shown();
        here.press(Control::Accept);
        let mut there = Visit::at(&rasco(), here.browser.clone(), after(1));
        there.press(Control::Withdraw);
        here.now = after(1);
        here.browser = there.browser;
        let effects = here.look(edited);
        assert!(here.allowed().is_empty());
        assert!(effects.contains(&Effect::Purge));
        assert!(!here.stop_of(&effects, "yandex-metrika").is_empty());
        assert_eq!(effects.contains(&Effect::Reload), !edited);
        assert_eq!(
            decisions(&here.site, &effects)[0]["withdrawn"]
                .as_array()
                .unwrap()
                .len(),
            5
        );
        assert!(!effects.iter().any(starts));
    }
}

/// W-04: grants of a decision that withdraws start after the reload; where somebody was writing, at the next navigation.
#[test]
fn w_04_what_a_decision_grants_besides_waits_for_the_reload() {
    for edited in [false, true] {
        let mut here = Visit::first(&rasco()).shown();
        here.save(&[true, false, false, true, false]);
        let mut there = Visit::at(&rasco(), here.browser.clone(), after(1)).shown();
        there.save(&[true, false, false, false, true]);
        here.now = after(1);
        here.browser = there.browser;
        let effects = here.look(edited);
        assert!(here.allows("google-analytics") && !effects.iter().any(starts));
        assert_eq!(effects.contains(&Effect::Reload), !edited);
    }
}

/// C-05: settings that are open while another tab decides stay open, with the switches as the visitor has left them.
#[test]
fn c_05_open_settings_survive_a_decision_elsewhere() {
    let mut here = Visit::first(&rasco()).shown();
    here.send(kelisim::visit::Event::OpenSettings);
    let marketing = id(&here.site, "marketing");
    here.send(kelisim::visit::Event::Switched {
        id: marketing,
        on: true,
    });
    let mut there = Visit::first(&rasco()).shown();
    there.press(Control::Reject);
    here.browser = there.browser;
    let effects = here.look(false);
    assert!(!effects.contains(&Effect::CloseSettings) && !effects.contains(&Effect::RemoveLayers));
    assert!(here.state.draft().unwrap().is_on(marketing));
    here.press(Control::Save);
    assert_eq!(here.allowed(), ["marketing"], "the visitor's last word");
}

/// V-03: a page that stays open longer than the consent closes when it is looked at, and asks.
#[test]
fn v_03_a_consent_ends_in_a_page_that_is_still_open() {
    let mut staying = rasco();
    staying.on_withdraw = OnWithdraw::Stay;
    for site in [rasco(), staying] {
        let mut here = Visit::first(&site).shown();
        here.press(Control::Accept);
        here.now = end().plus_seconds(-1);
        assert_eq!(here.look(false), [], "a second before");
        here.now = end();
        let effects = here.look(false);
        assert!(here.allowed().is_empty() && effects.contains(&Effect::Purge));
        assert_eq!(
            effects.contains(&Effect::Reload),
            site.on_withdraw == OnWithdraw::Reload
        );
        let heard = decisions(&site, &effects);
        assert_eq!(heard[0]["source"], "here");
        assert_eq!(heard[0]["withdrawn"].as_array().unwrap().len(), 5);
        assert!(here.state.asks());
        assert!(
            effects
                .iter()
                .any(|effect| matches!(effect, Effect::ShowFirstLayer { .. }))
        );
        assert_eq!(here.look(false), [], "once");
    }
}

/// W-04: a clock that was put back gives no earlier decision the last word.
#[test]
fn w_04_a_withdrawal_is_later_than_the_grant_whatever_the_clock_says() {
    let mut here = Visit::first(&rasco()).shown();
    here.press(Control::Accept);
    let mut there = Visit::at(&rasco(), here.browser.clone(), noon());
    there.now = after(-DAY / 4);
    there.press(Control::Withdraw);
    here.now = there.now;
    here.browser = there.browser;
    let effects = here.look(false);
    assert!(
        here.allowed().is_empty() && effects.contains(&Effect::Reload),
        "{effects:#?}"
    );
    assert!(!effects.iter().any(is_stored));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// W-04, B-04: whatever two tabs decide, in whatever order they hear of it and paint, they end in one state, which is the
    /// latest decision or, of decisions in the same second, one that grants no more than any of them; and a new page agrees.
    #[test]
    fn w_04_two_tabs_end_in_one_state(
        turns in prop::collection::vec((0_usize..2, 0_u8..6, -2_i64..3, any::<bool>()), 1..10),
    ) {
        let mut browser = Browser::default();
        let mut tabs = [Visit::first(&rasco()).shown(), Visit::first(&rasco()).shown()];
        let mut seconds = 0;
        for (number, act, later, never_paints) in turns {
            seconds += later;
            let tab = &mut tabs[number];
            tab.now = after(seconds);
            tab.random += 1;
            tab.never_paints = never_paints;
            tab.browser = browser;
            match act {
                0 => tab.press(Control::Accept),
                1 => tab.press(Control::Reject),
                2 => tab.press(Control::Withdraw),
                3 => tab.save(&[true, false, false, true, false]),
                4 => tab.paint(),
                _ => tab.look(false),
            };
            browser = tab.browser.clone();
        }
        for _ in 0..2 {
            for tab in &mut tabs {
                tab.now = after(seconds);
                tab.browser = browser;
                tab.look(false);
                tab.paint();
                browser = tab.browser.clone();
            }
        }
        prop_assert_eq!(tabs[0].allowed(), tabs[1].allowed());
        let decided = |tab: &Visit| tab.state.record().map(Record::decided);
        prop_assert_eq!(decided(&tabs[0]), decided(&tabs[1]));
        let next = Visit::at(&rasco(), browser, after(seconds));
        prop_assert_eq!(next.allowed(), tabs[0].allowed());
    }
}
