//! Signals of the browser against tracking: they refuse until the visitor chooses.

use kelisim::visit::{Answer, Call, Complaint, Control, Effect, Event, is_there, text_of};
use kelisim_site::{Place, Refuses, Signals, Site, When};

use crate::site::{Browser, DAY, Visit, after, is_stored, noon, rasco, starts, three_vendors};

fn with_signal(site: &Site) -> Visit {
    Visit::opening(site, Browser::default(), noon(), |opening| opening.signals.gpc = true)
}

fn marketing_only() -> Site {
    let mut site = three_vendors();
    site.signals.refuses = Refuses::Marketing;
    site
}

fn says_so(visit: &Visit) -> bool {
    is_there(&visit.site, &visit.state, &When::Signal, None)
}

/// S-01, S-02: with the signal nobody is asked, nothing is recorded or started, and the page says so; a choice wins.
#[test]
fn s_01_s_02_the_signal_refuses_until_the_visitor_chooses() {
    let mut visit = with_signal(&rasco());
    assert!(!visit.state.asks());
    assert!(visit.allowed().is_empty());
    assert!(!visit.opened.iter().any(|effect| is_stored(effect) || starts(effect)));
    assert!(
        !visit
            .opened
            .iter()
            .any(|effect| matches!(effect, Effect::ShowFirstLayer { .. }))
    );
    assert!(says_so(&visit), "on the control that stays");
    visit.send(Event::OpenSettings);
    visit.send(Event::Shown);
    assert!(says_so(&visit), "and in the settings");
    assert!(!is_there(&visit.site, &visit.state, &When::Recorded, None));

    let effects = visit.save(&[true, false, false, true, false]);
    assert_eq!(visit.loaded(&effects).len(), 1);
    let next = Visit::opening(&rasco(), visit.browser, after(DAY), |opening| {
        opening.signals.gpc = true;
    });
    assert_eq!(
        next.allowed(),
        ["analytics", "yandex-metrika"],
        "an explicit choice wins"
    );
    assert!(!says_so(&next));
    assert!(text_of(&next.site, &next.state, Place::Record, None).contains("\"method\":\"save\""));
}

/// S-01: a call of the page is no choice of the visitor's, so it does not override the signal.
#[test]
fn s_01_only_a_control_overrides_the_signal() {
    let mut visit = Visit::first(&rasco()).shown();
    let effects = visit.only(&["analytics"], 0);
    assert_eq!(visit.loaded(&effects).len(), 2);
    let next = Visit::opening(&rasco(), visit.browser, after(DAY), |opening| {
        opening.signals.gpc = true;
    });
    assert!(next.allowed().is_empty());
    assert!(!next.state.asks());
}

/// S-01: where the signal answers, a call of the page grants nothing, and nothing is recorded; what it does not cover, a page
/// may ask for as ever.
#[test]
fn s_01_a_page_grants_nothing_against_the_signal() {
    let refused = [
        Effect::Complain(Complaint::NoticeNotShown),
        Effect::Reply(0, Answer::Null),
    ];
    let mut visit = with_signal(&rasco()).shown();
    assert_eq!(visit.call(Call::Accept, 0), refused);
    assert_eq!(visit.only(&["analytics"], 0), refused);
    assert!(visit.state.record().is_none() && visit.allowed().is_empty());
    visit.press(Control::Accept);
    assert!(!visit.allowed().is_empty(), "the visitor may");

    let mut visit = with_signal(&marketing_only()).shown();
    assert_eq!(visit.call(Call::Accept, 0), refused);
    visit.only(&["analytics"], 0);
    assert!(visit.allows("analytics"));
}

/// S-01: `marketing` refuses that alone; Do Not Track counts where the owner says so.
#[test]
fn s_01_the_owner_says_what_a_signal_covers() {
    let visit = with_signal(&marketing_only());
    assert!(visit.state.asks());
    let asked = visit.names(&visit.state.standing().asked);
    assert_eq!(asked, ["analytics", "replay", "yandex-metrika", "google-analytics"]);

    for (dnt, heeded, asks) in [(true, true, false), (true, false, true), (false, true, true)] {
        let mut site = rasco();
        site.signals = Signals {
            refuses: Refuses::All,
            do_not_track: heeded,
        };
        let visit = Visit::opening(&site, Browser::default(), noon(), |opening| opening.signals.dnt = dnt);
        assert_eq!(visit.state.asks(), asks, "{dnt} {heeded}");
    }
}
