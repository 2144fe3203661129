//! The settings come in a file of their own. Nobody is asked and nothing granted by a notice that cannot be read; a refusal
//! waits for nothing (design, section 2).

use kelisim::consent::Id;
use kelisim::visit::{Answer, Call, Complaint, Control, Effect, Event, Press, SettingsFile};
use kelisim_site::Site;
use proptest::prelude::*;

use crate::site::{
    Browser, DAY, Happening, Visit, after, anything, count, id, is_stored, language, noon, rasco, starts, stored,
    three_vendors,
};

fn arrives_at(site: &Site, browser: Browser) -> Visit {
    Visit::opening(site, browser, noon(), |opening| opening.settings = SettingsFile::Absent)
}

/// A first visit before the settings have come, on a page where a placeholder stands.
fn arrives() -> Visit {
    arrives_at(&rasco(), Browser::default()).shown()
}

fn fetches(effects: &[Effect], tag: &str) -> bool {
    effects.contains(&Effect::FetchSettings(language(&rasco(), tag)))
}

fn is_unavailable(effect: &Effect) -> bool {
    matches!(effect, Effect::Complain(Complaint::SettingsUnavailable(_)))
}

fn shows(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::ShowFirstLayer { .. }))
}

/// The contract: the runtime asks only when the settings' file of that language is there.
#[test]
fn g_05_nobody_is_asked_before_the_settings_are_there() {
    let mut visit = arrives_at(&rasco(), Browser::default());
    assert!(!visit.state.asks() && !shows(&visit.opened) && fetches(&visit.opened, "ru"));
    let effects = visit.arrived("ru");
    assert!(visit.state.asks() && shows(&effects));
    let here = Visit::first(&rasco());
    assert!(here.state.asks() && shows(&here.opened) && !fetches(&here.opened, "ru"));
    let fetching = Visit::opening(&rasco(), Browser::default(), noon(), |opening| {
        opening.settings = SettingsFile::Fetching;
    });
    assert!(
        !fetching.state.asks() && !fetches(&fetching.opened, "ru"),
        "the loader has asked for it"
    );
}

/// The contract: who is not asked anything fetches nothing until the settings are opened, and then once.
#[test]
fn nothing_is_fetched_where_nothing_is_asked() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Reject);
    let mut next = arrives_at(&rasco(), visit.browser);
    assert!(
        !next
            .opened
            .iter()
            .any(|effect| matches!(effect, Effect::FetchSettings(_)))
    );
    assert!(fetches(&next.send(Event::OpenSettings), "ru"));
    assert!(!fetches(&next.send(Event::OpenSettings), "ru"), "it is on its way");
    assert!(next.state.draft().is_none(), "not without their words");
    let effects = next.arrived("ru");
    assert!(next.state.draft().is_some() && effects.contains(&Effect::OpenSettings));
}

/// a grant that comes before the settings waits for them and is acted on once, by what the notice is then.
#[test]
fn r_02_a_grant_waits_for_the_notice_that_it_is_bound_to() {
    let mut visit = arrives();
    let effects = visit.press(Control::Accept);
    assert_eq!(count(&effects, is_stored), 0);
    assert!(visit.allowed().is_empty(), "nothing before the record");
    let effects = visit.arrived("ru");
    assert_eq!(count(&effects, is_stored), 1);
    assert_eq!(visit.allowed().len(), 5);
    assert_eq!(count(&visit.arrived("ru"), is_stored), 0, "acted on once");
}

/// C-05: whoever answers again before the settings have come has changed their mind. Only the last answer is stored, and only
/// what it grants starts.
#[test]
fn c_05_of_several_answers_that_wait_the_last_one_counts() {
    let mut visit = arrives();
    visit.press(Control::Accept);
    visit.press(Control::Accept);
    let effects = visit.arrived("ru");
    assert_eq!(
        count(&effects, is_stored),
        1,
        "a control that is pressed twice decides once"
    );
    assert!(visit.record().history().is_empty());

    let mut visit = arrives();
    visit.press(Control::Accept);
    visit.only(&["analytics"], 1);
    visit.arrived("ru");
    assert!(visit.record().history().is_empty());
    assert!(!visit.allows("marketing"));

    // What is allowed besides is no change of mind.
    let mut visit = arrives();
    for name in ["yandex-metrika", "marketing"] {
        visit.press(Control::Also(id(&rasco(), name)));
    }
    visit.arrived("ru");
    assert_eq!(visit.allowed(), ["analytics", "marketing", "yandex-metrika"]);
    visit.press(Control::Reject);
    assert!(visit.allowed().is_empty());
}

/// G-05: what a page asks for before anything was shown is refused at once, and not when something is.
#[test]
fn g_05_a_grant_of_the_page_does_not_wait_for_a_notice() {
    let mut visit = arrives_at(&rasco(), Browser::default());
    let effects = visit.call(Call::Accept, 1);
    assert!(effects.contains(&Effect::Reply(1, Answer::Null)), "{effects:?}");
    visit.send(Event::Shown);
    assert_eq!(count(&visit.arrived("ru"), is_stored), 0);
    assert!(visit.allowed().is_empty() && visit.state.record().is_none());
}

/// C-05: who has answered is done, also where the settings were wanted before and come after.
#[test]
fn c_05_nothing_opens_after_the_answer() {
    let mut visit = arrives();
    visit.send(Event::OpenSettings);
    visit.press(Control::Reject);
    visit.arrived("ru");
    assert!(visit.state.draft().is_none());
}

/// W-01, W-02: whoever granted and comes back while the settings cannot be had gets the first layer, which takes it back.
#[test]
fn w_01_w_02_without_the_settings_a_grant_can_be_taken_back() {
    let mut before = Visit::first(&rasco()).shown();
    before.press(Control::Accept);
    let mut visit = arrives_at(&rasco(), before.browser);
    assert!(!visit.state.asks() && !visit.allowed().is_empty());
    visit.send(Event::OpenSettings);
    let effects = visit.failed("ru");
    assert!(effects.iter().any(is_unavailable) && shows(&effects), "{effects:?}");
    assert!(visit.state.asks() && visit.state.draft().is_none());
    visit.press(Control::Reject);
    assert!(visit.allowed().is_empty() && !visit.state.asks());
}

/// W-03: to refuse waits for nothing, and what was granted and waits is never stored or started.
#[test]
fn w_03_a_refusal_waits_for_nothing() {
    for refusal in [Control::Reject, Control::Withdraw] {
        let mut visit = arrives();
        visit.press(Control::Accept);
        let effects = visit.press(refusal);
        assert_eq!(count(&effects, is_stored), 1, "in the task of the click");
        assert!(effects.contains(&Effect::RemoveLayers) && !visit.state.asks());
        let record = visit.record().clone();
        assert_eq!(
            record.notice(),
            language(&rasco(), "ru").of(&rasco()).unwrap().notice,
            "R-02: one notice a language"
        );
        assert_eq!(count(&visit.arrived("ru"), is_stored), 0);
        assert_eq!(*visit.record(), record);
        assert!(visit.allowed().is_empty());
    }
    let mut visit = arrives();
    let effects = visit.only(&[], 1);
    assert_eq!(count(&effects, is_stored), 1, "a page that names nothing refuses");
}

/// C-05: an answer was to the words that were read. In another language it has to be given again.
#[test]
fn c_05_another_language_forgets_what_waits() {
    let mut visit = arrives();
    visit.press(Control::Accept);
    visit.speak("kk");
    visit.arrived("ru");
    visit.arrived("kk");
    assert!(visit.state.record().is_none() && visit.state.asks());
    assert_eq!(visit.state.language(), language(&rasco(), "kk"));
}

/// W-04: what was decided in another tab or on another host meanwhile is the later decision: also where nothing but the
/// arrival of the file tells this page.
#[test]
fn w_04_another_tab_overtakes_what_waits() {
    let mut other = Visit::first(&rasco()).shown();
    other.press(Control::Reject);
    for (record, mirrors) in [
        (other.browser.record.clone(), Vec::new()),
        (None, other.browser.mirrors.clone()),
    ] {
        for looks in [true, false] {
            let mut visit = arrives();
            visit.press(Control::Accept);
            visit.browser.record.clone_from(&record);
            visit.browser.mirrors.clone_from(&mirrors);
            if looks {
                visit.look(false);
            }
            let effects = visit.arrived("ru");
            assert_eq!(count(&effects, is_stored), 0, "{effects:#?}");
            assert!(!effects.iter().any(starts));
            assert!(visit.allowed().is_empty() && !visit.state.asks());
        }
    }
}

/// The contract: a page that waits for the outcome of its call is answered once, also where a later answer took its place.
#[test]
fn every_call_of_the_page_is_answered_once() {
    let null = |reply| Effect::Reply(reply, Answer::Null);
    let record = |reply| Effect::Reply(reply, Answer::Record);
    let mut visit = arrives();
    visit.call(Call::Accept, 1);
    assert!(visit.call(Call::Accept, 2).contains(&null(1)));
    let effects = visit.arrived("ru");
    assert!(effects.contains(&record(2)) && !effects.contains(&record(1)));

    let mut visit = arrives();
    visit.call(Call::Accept, 1);
    assert!(visit.press(Control::Reject).contains(&null(1)));

    let mut visit = arrives();
    visit.call(Call::Accept, 1);
    assert!(visit.failed("ru").contains(&null(1)));
}

/// G-09: without the file nobody is asked and nothing granted, which one line says; a refusal holds all the same, and the
/// next try asks for the file again.
#[test]
fn g_09_without_the_file_only_a_refusal_holds() {
    let mut visit = arrives();
    visit.press(Control::Accept);
    let effects = visit.failed("ru");
    assert_eq!(count(&effects, is_unavailable), 1, "{effects:?}");
    assert!(
        effects.contains(&Effect::RemoveFirstLayer),
        "the layer that the loader shows goes"
    );
    assert!(visit.allowed().is_empty() && visit.state.record().is_none() && !visit.state.asks());

    assert!(fetches(&visit.send(Event::OpenSettings), "ru"));
    let effects = visit.failed("ru");
    assert!(
        effects.iter().any(is_unavailable) && visit.state.draft().is_none(),
        "{effects:?}"
    );
    assert!(!visit.state.asks(), "there is nothing to take back");

    let effects = visit.press(Control::Reject);
    assert_eq!(count(&effects, is_stored), 1);
    assert!(!visit.state.asks());

    assert!(fetches(&visit.send(Event::OpenSettings), "ru"));
    visit.arrived("ru");
    assert!(visit.state.draft().is_some(), "asked for again, and it came");
    visit.failed("ru");
    visit.send(Event::OpenSettings);
    assert!(visit.state.draft().is_some(), "what is there cannot fail");
}

/// L-03, P-17: a language is switched when its file has come; open settings change then and keep their switches.
#[test]
fn l_03_a_language_is_switched_without_losing_words_or_switches() {
    let mut visit = arrives();
    visit.arrived("ru");
    let effects = visit.speak("en");
    assert!(
        fetches(&effects, "en") && visit.state.language() == language(&rasco(), "ru"),
        "until the file is here"
    );
    let effects = visit.arrived("en");
    assert_eq!(visit.state.language(), language(&rasco(), "en"));
    assert!(effects.contains(&Effect::Speak(visit.state.language())) && shows(&effects));
    visit.press(Control::Accept);
    assert_eq!(visit.record().language(), Some("en"));

    let mut visit = arrives();
    visit.arrived("ru");
    visit.send(Event::OpenSettings);
    let analytics = id(&rasco(), "analytics");
    visit.send(Event::Switched {
        id: analytics,
        on: true,
    });
    let draft = visit.state.draft().cloned();
    visit.speak("kk");
    let effects = visit.failed("kk");
    assert!(visit.state.language() == language(&rasco(), "ru") && effects.iter().any(is_unavailable));
    assert!(
        visit.state.asks() && !effects.contains(&Effect::RemoveFirstLayer),
        "what is read stays"
    );
    assert!(fetches(&visit.speak("kk"), "kk"));
    let effects = visit.arrived("kk");
    assert_eq!(
        (visit.state.language(), visit.state.draft()),
        (language(&rasco(), "kk"), draft.as_ref())
    );
    assert!(effects.contains(&Effect::OpenSettings));
}

/// P-17: where nothing is read, another language needs no file.
#[test]
fn p_17_where_nothing_is_shown_a_language_is_spoken_at_once() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Reject);
    let mut next = arrives_at(&rasco(), visit.browser);
    let effects = next.speak("kk");
    assert_eq!(next.state.language(), language(&rasco(), "kk"));
    assert!(!fetches(&effects, "kk"));
    assert!(fetches(&next.send(Event::OpenSettings), "kk"), "the settings do");
}

/// C-05: to read in another language takes back what was not answered yet; and of two languages the one that was wanted last
/// is spoken, whichever comes first.
#[test]
fn c_05_the_language_that_was_wanted_last_is_spoken() {
    let mut visit = arrives();
    visit.press(Control::Accept);
    visit.speak("en");
    assert_eq!(count(&visit.arrived("ru"), is_stored), 0);
    visit.speak("kk");
    visit.arrived("en");
    assert_eq!(visit.state.language(), language(&rasco(), "ru"));
    visit.arrived("kk");
    assert_eq!(visit.state.language(), language(&rasco(), "kk"));
    visit.speak("ru");
    assert_eq!(visit.state.language(), language(&rasco(), "ru"), "it is there");
    assert!(visit.state.record().is_none() && visit.state.asks());

    let mut visit = arrives();
    visit.arrived("ru");
    visit.speak("en");
    visit.speak("ru");
    visit.arrived("en");
    assert_eq!(
        visit.state.language(),
        language(&rasco(), "ru"),
        "back to the one that is spoken"
    );
}

/// The page may ask for the first layer, also where nothing is to be asked; it lists everything then.
#[test]
fn f_13_the_first_layer_can_be_recalled() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Reject);
    let mut next = arrives_at(&rasco(), visit.browser);
    assert!(fetches(&next.send(Event::Recalled), "ru") && !next.state.asks());
    let effects = next.arrived("ru");
    let asked: Vec<Id> = Id::all(&rasco()).collect();
    assert!(effects.contains(&Effect::ShowFirstLayer { asked }) && next.state.asks());
    next.send(Event::Shown);
    next.press(Control::Accept);
    assert!(!next.state.asks() && next.allowed().len() == 5);
}

/// The contract: the press that the loader kept is handed over once, and counts only while its question is open.
#[test]
fn g_05_a_kept_press_is_handed_over_once() {
    let mut visit = Visit::first(&rasco()).shown();
    assert_eq!(count(&visit.kept(Press::Accept), is_stored), 1);
    visit.now = after(1);
    assert_eq!(visit.kept(Press::Reject), []);
    assert!(!visit.allowed().is_empty());

    let mut unseen = Visit::first(&rasco());
    assert_eq!(
        count(&unseen.kept(Press::Accept), is_stored),
        0,
        "not before the layer was taken over"
    );
    assert!(unseen.allowed().is_empty());

    let mut early = arrives_at(&rasco(), Browser::default());
    assert_eq!(
        count(&early.kept(Press::Reject), is_stored),
        1,
        "a refusal waits for nothing"
    );
    assert!(!early.state.asks() && !shows(&early.arrived("ru")));

    let mut other = Visit::first(&rasco()).shown();
    other.press(Control::Reject);
    let mut overtaken = Visit::first(&rasco()).shown();
    overtaken.browser = other.browser;
    overtaken.look(false);
    assert_eq!(overtaken.kept(Press::Accept), [], "another tab has answered");
    assert!(overtaken.allowed().is_empty());

    let mut settings = arrives_at(&rasco(), Browser::default());
    settings.kept(Press::Settings);
    settings.arrived("ru");
    assert!(settings.state.draft().is_some() && settings.state.asks());

    let mut spoken = arrives_at(&rasco(), Browser::default());
    spoken.kept(Press::Language(language(&rasco(), "kk")));
    assert!(!shows(&spoken.failed("ru")));
    assert!(shows(&spoken.arrived("kk")) && spoken.state.language() == language(&rasco(), "kk"));
}

proptest! {
    /// C-05, W-03: whatever comes, fails and is read in between, after a refusal that was the last answer nothing is allowed.
    #[test]
    fn c_05_the_last_answer_holds(events in prop::collection::vec(0_u8..12, 0..14)) {
        let mut visit = arrives();
        let mut refused = true;
        for event in events {
            match event {
                0 | 2 => { visit.press(Control::Accept); refused = false },
                1 => { visit.press(Control::Reject); refused = true },
                3 => { visit.press(Control::Withdraw); refused = true },
                4 => { visit.send(Event::OpenSettings); },
                5 => { visit.send(Event::CloseSettings); },
                6 => { visit.speak("en"); },
                7 => { visit.failed("ru"); },
                8 => { visit.arrived("ru"); },
                9 => { visit.speak("kk"); },
                10 => { visit.failed("kk"); },
                _ => { visit.arrived("en"); },
            }
        }
        for tag in ["ru", "kk", "en"] {
            visit.arrived(tag);
        }
        prop_assert!(!refused || visit.allowed().is_empty());
    }

    /// G-05, R-02: whatever comes, fails and is pressed in whatever order: nothing is granted, and nobody asked, but by a
    /// notice whose file is there, and the record names the notice in the language that is spoken.
    #[test]
    fn g_05_nothing_is_granted_without_a_whole_notice(happenings in prop::collection::vec(anything(), 0..16)) {
        let site = three_vendors();
        let mut visit = arrives_at(&site, Browser::default());
        let mut here: Vec<&str> = Vec::new();
        for (happening, later, random) in happenings {
            if let Happening::Arrived(tag) = happening {
                here.push(tag);
            }
            let effects = visit.happen(happening, later, random);
            let spoken = visit.state.language().of(&site).unwrap();
            let is_whole = here.contains(&spoken.tag.as_str());
            let grants = effects.iter().any(|effect| matches!(effect, Effect::StoreRecord(record) if record.grants()));
            prop_assert!(is_whole || !grants && !effects.iter().any(starts), "granted without the notice");
            prop_assert!(is_whole || !shows(&effects) || visit.state.permissions().any(), "asked without the notice");
            prop_assert!(is_whole || visit.state.draft().is_none());
            if stored(&effects).is_some() {
                prop_assert_eq!(visit.record().language(), Some(spoken.tag.as_str()));
                prop_assert_eq!(visit.record().notice(), spoken.notice.as_str());
            }
        }
    }
}

/// V-03: something that lapsed is asked only when the settings are there, and what was granted runs meanwhile.
#[test]
fn v_03_what_lapsed_is_asked_when_the_settings_are_there() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Accept);
    let mut site = rasco();
    site.services[1].terms = "1".to_owned();
    let mut next = Visit::opening(&site, visit.browser, after(DAY), |opening| {
        opening.settings = SettingsFile::Absent;
    });
    assert!(!next.state.asks() && fetches(&next.opened, "ru"));
    assert_eq!(next.loaded(&next.opened).len(), 1);
    let asked = vec![id(&site, "google-analytics")];
    assert!(next.arrived("ru").contains(&Effect::ShowFirstLayer { asked }));
}
