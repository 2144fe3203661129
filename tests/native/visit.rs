//! A visit: what is allowed, what is stored and what is set off, for any sequence of events.

use kelisim::consent::{Id, Misnaming, NECESSARY, Record, Verdict, verdict};
use kelisim::visit::{Answer, Call, Complaint, Control, Effect, Event, Notification, Outcome};
use kelisim_site::{OnWithdraw, Site};
use proptest::prelude::*;

use crate::site::{
    DAY, Happening, Visit, after, anything, anything_but_shown, count, end, id, ids, is_decision, is_stored, noon,
    own_category, own_service, own_services, place, rasco, starts, three_vendors,
};

fn is_consent(effect: &Effect) -> bool {
    matches!(effect, Effect::UpdateConsent(_))
}

/// The switches of open settings, in the order of the ids.
fn shown_switches(visit: &Visit) -> Vec<bool> {
    let draft = visit.state.draft().unwrap();
    ids(&visit.site).into_iter().map(|id| draft.is_on(id)).collect()
}

/// The answers of a record, in the order of the ids.
fn answers(site: &Site, record: &Record) -> Vec<bool> {
    ids(site)
        .into_iter()
        .map(|id| record.answer(site, id).unwrap())
        .collect()
}

fn permitted(visit: &Visit) -> Vec<bool> {
    ids(&visit.site)
        .into_iter()
        .map(|id| visit.state.permissions().allow(id))
        .collect()
}

fn only_draws(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::OpenSettings | Effect::ShowFirstLayer { .. } | Effect::Speak(_) | Effect::FillPlaces
    )
}

/// What the contract promises of the order of everything that one event sets off (M-02; record before start). Only a file that
/// several acts have waited for brings more than one decision, and what the last of them says is carried out.
fn assert_order(effects: &[Effect], acts: usize) {
    let find = |of: fn(&Effect) -> bool| effects.iter().position(of);
    let decided = count(effects, is_stored);
    let consent = find(is_consent);
    let first_start = find(|effect| starts(effect) || *effect == Effect::ActivateElements);
    assert!(decided <= acts, "{effects:#?}");
    assert_eq!(
        count(effects, is_consent),
        decided.min(1),
        "one consent update: {effects:#?}"
    );
    assert_eq!(count(effects, is_decision), decided, "one event per act: {effects:#?}");
    let Some(last_record) = effects.iter().rposition(is_stored) else {
        assert_eq!(first_start, None, "started without a decision: {effects:#?}");
        return;
    };
    // What waited for the same file before it only draws.
    let before = &effects[..find(is_stored).unwrap()];
    assert!(before.iter().all(only_draws), "the record comes first: {effects:#?}");
    assert!(before.is_empty() || acts > 1, "the record comes first: {effects:#?}");
    assert!(consent.is_some_and(|consent| last_record < consent), "{effects:#?}");
    let painted = effects.iter().rposition(|effect| *effect == Effect::Yield).unwrap();
    assert!(last_record < painted && place(effects, |effect| *effect == Effect::RemoveLayers) < painted);
    assert!(first_start.is_none_or(|start| painted < start), "{effects:#?}");
    let stops = effects
        .iter()
        .rposition(|effect| matches!(effect, Effect::Stop(..) | Effect::SetFlags(_)));
    assert!(
        stops.is_none_or(|stop| painted < stop && stop < consent.unwrap()),
        "{effects:#?}"
    );
    let purge = place(effects, |effect| *effect == Effect::Purge);
    assert!(consent.unwrap() < purge, "{effects:#?}");
    assert!(
        first_start.is_none_or(|start| purge < start),
        "withdrawals before grants: {effects:#?}"
    );
    let own = find(|effect| *effect == Effect::ActivateElements);
    if let (Some(own), Some(last_vendor)) = (own, effects.iter().rposition(starts)) {
        assert!(
            last_vendor < own,
            "vendors precede the page's own scripts: {effects:#?}"
        );
    }
    for after in &effects[place(effects, is_decision) + 1..] {
        let may_follow =
            is_decision(after) || matches!(after, Effect::SendReceipt(_) | Effect::Reload | Effect::Reply(..));
        assert!(may_follow, "after the event: {after:?}");
    }
    if effects.contains(&Effect::Reload) {
        assert_eq!(
            first_start, None,
            "what a decision grants starts after the reload: {effects:#?}"
        );
        assert_eq!(effects.last(), Some(&Effect::Reload));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// G-05, F-10: whatever happens on a page that shows no notice, nothing is granted, and nothing starts.
    #[test]
    fn g_05_f_10_nothing_is_granted_before_a_notice_was_shown(
        happenings in prop::collection::vec(anything_but_shown(), 0..12),
    ) {
        let mut visit = Visit::first(&three_vendors());
        prop_assert!(!visit.opened.iter().any(starts));
        for (happening, later, random) in happenings {
            let effects = visit.happen(happening, later, random);
            prop_assert!(!effects.iter().any(starts), "{:#?}", effects);
            prop_assert!(!visit.state.permissions().any());
            prop_assert!(visit.state.record().is_none_or(|record| record.code().is_none() && !record.grants()));
        }
    }

    /// C-05: whatever happens, what is allowed is what the last record says, and it says nothing half: a service that is
    /// on has its category on, and a category with services that is on has one of them on.
    #[test]
    fn c_05_what_is_allowed_is_what_is_stored(happenings in prop::collection::vec(anything(), 0..16)) {
        let mut visit = Visit::first(&three_vendors());
        let mut stored: Option<Record> = None;
        for (happening, later, random) in happenings {
            let acts = if matches!(happening, Happening::Arrived(_)) { usize::MAX } else { 1 };
            let effects = visit.happen(happening, later, random);
            assert_order(&effects, acts);
            for effect in &effects {
                if let Effect::StoreRecord(record) = effect {
                    stored = crate::site::read(&record.to_text(), visit.now);
                    prop_assert_eq!(stored.as_ref(), Some(&**record));
                }
            }
            prop_assert_eq!(stored.as_ref(), visit.state.record());
            let site = visit.site.clone();
            let expected = stored.as_ref().map_or(vec![false; 6], |record| answers(&site, record));
            prop_assert_eq!(permitted(&visit), expected);
            for category in &site.categories {
                let services = site.services.iter().filter(|service| service.category == category.id);
                let inside: Vec<bool> = services.map(|service| visit.allows(&service.id)).collect();
                prop_assert!(inside.is_empty() || inside.contains(&true) == visit.allows(&category.id));
            }
        }
    }

    /// G-02, G-04, R-03: a visitor who never granted has no identifier anywhere, and nothing ever starts.
    #[test]
    fn g_04_r_03_who_never_granted_has_no_identifier(happenings in prop::collection::vec(anything(), 0..16)) {
        let mut visit = Visit::first(&three_vendors());
        let mut granted = false;
        for (happening, later, random) in happenings {
            let effects = visit.happen(happening, later, random);
            granted |= visit.state.permissions().any();
            if !granted {
                prop_assert!(!effects.iter().any(starts));
                let text = visit.browser.record.clone().unwrap_or_default();
                prop_assert!(!text.contains("\"code\""), "{}", text);
            }
        }
    }

    /// C-05: any order of turning switches; what the settings showed is what is stored and what runs.
    #[test]
    fn c_05_save_stores_what_the_switches_showed(turns in prop::collection::vec((0_usize..6, any::<bool>()), 0..12)) {
        let mut visit = Visit::first(&three_vendors()).shown();
        visit.send(Event::OpenSettings);
        prop_assert!(!shown_switches(&visit).contains(&true), "C-02: off at first");
        for (place, on) in turns {
            let id = ids(&visit.site)[place];
            visit.send(Event::Switched { id, on });
        }
        let shown = shown_switches(&visit);
        visit.press(Control::Save);
        prop_assert_eq!(answers(&visit.site, visit.record()), shown.clone());
        prop_assert_eq!(permitted(&visit), shown);
    }

    /// G-03: an id that the site does not know is never allowed.
    #[test]
    fn g_03_an_unknown_id_is_never_allowed(
        name in "[a-z-]{0,12}",
        happenings in prop::collection::vec(anything(), 0..8),
    ) {
        let mut visit = Visit::first(&three_vendors()).shown();
        prop_assume!(Id::named(&visit.site, &name).is_none() && name != NECESSARY);
        for (happening, later, random) in happenings {
            visit.happen(happening, later, random);
            prop_assert!(!visit.allows(&name));
        }
    }
}

/// C-05: all combinations that a visitor can save.
#[test]
fn c_05_every_combination_of_switches_is_stored_as_shown() {
    for combination in 0_u32..32 {
        let switches: Vec<bool> = (0..5).map(|place| combination >> place & 1 == 1).collect();
        let mut visit = Visit::first(&rasco()).shown();
        visit.send(Event::OpenSettings);
        for (id, on) in ids(&visit.site).into_iter().zip(&switches) {
            visit.send(Event::Switched { id, on: *on });
        }
        let shown = shown_switches(&visit);
        assert_eq!(
            shown[1..],
            switches[1..],
            "the last word of every switch but the first, which follows its services"
        );
        assert_eq!(shown[0], shown[3] || shown[4]);
        let effects = visit.press(Control::Save);
        assert_eq!(answers(&visit.site, visit.record()), shown);
        assert_eq!(permitted(&visit), shown);
        let loaded = visit.loaded(&effects);
        assert_eq!(loaded.iter().any(|url| url.contains("mc.yandex.ru")), shown[3]);
        assert_eq!(loaded.iter().any(|url| url.contains("googletagmanager")), shown[4]);
    }
}

/// C-01: a category takes its services along, a service brings its category, the last one that goes off takes it off.
#[test]
fn c_01_a_category_and_its_services_agree() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.send(Event::OpenSettings);
    let mut turn = |name: &str, on: bool| {
        let id = id(&visit.site, name);
        visit.send(Event::Switched { id, on });
        shown_switches(&visit)
    };
    assert_eq!(turn("google-analytics", true), [true, false, false, false, true]);
    assert_eq!(turn("analytics", true), [true, false, false, true, true]);
    assert_eq!(turn("yandex-metrika", false), [true, false, false, false, true]);
    assert_eq!(
        turn("google-analytics", false),
        [false; 5],
        "the last service turns its category off"
    );
    assert_eq!(
        turn("replay", true),
        [false, true, false, false, false],
        "a category without services is its own"
    );
}

/// M-01: Metrika records no visit and draws no click map unless the visitor granted that.
#[test]
fn m_01_webvisor_only_with_replay() {
    for combination in 0_u32..32 {
        let switches: Vec<bool> = (0..5).map(|place| combination >> place & 1 == 1).collect();
        let mut visit = Visit::first(&rasco()).shown();
        let effects = visit.save(&switches);
        let (replay, metrika) = (visit.answer("replay"), visit.answer("yandex-metrika"));
        let steps = visit.start_of(&effects, "yandex-metrika");
        let init: Vec<_> = steps
            .iter()
            .filter(|step| step["call"] == "ym")
            .map(|step| &step["with"][2])
            .collect();
        assert_eq!(init.len(), usize::from(metrika));
        for options in init {
            assert_eq!(
                (options["webvisor"].as_bool(), options["clickmap"].as_bool()),
                (Some(replay), Some(replay))
            );
        }
    }
}

/// M-01: a recording that runs does not outlive its withdrawal, although Metrika itself stays granted.
#[test]
fn m_01_withdrawing_replay_alone_ends_the_recording() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Accept);
    let effects = visit.save(&[true, false, true, true, true]);
    assert!(!visit.answer("replay") && visit.answer("yandex-metrika"));
    assert!(effects.contains(&Effect::Reload), "{effects:#?}");
}

/// M-02: one consent update per decision, with everything that is mapped; ads denied without marketing.
#[test]
fn m_02_google_is_told_once_and_exactly() {
    for (switches, expected) in [
        ([true, true, true, true, true], [true; 4]),
        ([true, false, false, true, true], [true, false, false, false]),
        // Google Analytics itself refused: nothing is granted to Google.
        ([true, false, true, true, false], [false; 4]),
        ([false; 5], [false; 4]),
    ] {
        let mut visit = Visit::first(&rasco()).shown();
        let effects = visit.save(&switches);
        let told: Vec<_> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::UpdateConsent(types) => Some(types),
                _ => None,
            })
            .collect();
        assert_eq!(told.len(), 1);
        let types = ["analytics_storage", "ad_storage", "ad_user_data", "ad_personalization"];
        let expected: Vec<_> = types
            .iter()
            .zip(expected)
            .map(|(name, on)| ((*name).to_owned(), on))
            .collect();
        assert_eq!(*told[0], expected, "{switches:?}");
    }
}

/// M-02: a type of two categories is granted with either, and is told once; a site without any tells Google nothing.
#[test]
fn m_02_a_type_of_two_categories_is_told_once() {
    let mut site = rasco();
    site.categories[2].google_consent.push("analytics_storage".to_owned());
    let mut visit = Visit::first(&site).shown();
    let effects = visit.save(&[true, false, false, true, true]);
    let Some(Effect::UpdateConsent(types)) = effects.iter().find(|effect| is_consent(effect)) else {
        panic!()
    };
    assert_eq!(
        types
            .iter()
            .filter(|(name, _)| name == "analytics_storage")
            .collect::<Vec<_>>()
            .len(),
        1
    );
    assert!(types.contains(&("analytics_storage".to_owned(), true)));
    let mut visit = Visit::first(&own_services()).shown();
    assert_eq!(count(&visit.press(Control::Accept), is_consent), 0);
}

/// G-01, G-04: undecided and refused are the same: nothing starts, on this page and on the next.
#[test]
fn g_04_refused_is_as_quiet_as_undecided() {
    let mut visit = Visit::first(&three_vendors()).shown();
    for control in [Control::Reject, Control::Save, Control::Withdraw] {
        let effects = visit.press(control);
        assert!(!effects.iter().any(starts));
        assert!(!effects.contains(&Effect::Reload), "nothing ran");
        let next = visit.next(&three_vendors(), after(DAY));
        assert!(!next.opened.iter().any(starts));
        assert!(!next.state.asks());
    }
}

/// G-05, F-10: leaving the settings, another language and the return of the first layer decide nothing.
#[test]
fn g_05_f_10_closing_decides_nothing() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.arrived("kk");
    visit.send(Event::OpenSettings);
    let analytics = id(&visit.site, "analytics");
    visit.send(Event::Switched {
        id: analytics,
        on: true,
    });
    let kk = crate::site::language(&visit.site, "kk");
    for event in [Event::CloseSettings, Event::Speak(kk), Event::Recalled] {
        let effects = visit.send(event);
        assert!(
            !effects
                .iter()
                .any(|effect| is_stored(effect) || starts(effect) || is_decision(effect)),
            "{effects:#?}"
        );
    }
    assert_eq!(visit.state.record(), None);
    assert!(visit.state.asks());
    visit.send(Event::OpenSettings);
    assert!(!shown_switches(&visit).contains(&true), "the draft was discarded");
}

/// C-05: settings that are open and asked for once more keep what was chosen.
#[test]
fn c_05_open_settings_keep_what_was_chosen() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Accept);
    visit.send(Event::OpenSettings);
    assert!(
        shown_switches(&visit).iter().all(|on| *on),
        "W-06: they open with what holds"
    );
    let analytics = id(&visit.site, "analytics");
    visit.send(Event::Switched {
        id: analytics,
        on: false,
    });
    visit.send(Event::OpenSettings);
    visit.press(Control::Save);
    assert!(!visit.allows("analytics"), "{:?}", visit.allowed());
}

/// G-03: an act that names an unknown id decides nothing, and says so.
#[test]
fn g_03_an_act_with_an_unknown_id_decides_nothing() {
    let mut visit = Visit::first(&rasco()).shown();
    for unknown in ["analitics", "", NECESSARY] {
        let effects = visit.only(&["analytics", unknown], 7);
        let complaint = Complaint::UnknownId(unknown.to_owned());
        assert_eq!(effects, [Effect::Complain(complaint), Effect::Reply(7, Answer::Null)]);
        assert_eq!(visit.state.record(), None);
    }
}

/// The contract: `accept(ids)` grants exactly these; a service brings its category, a category alone its services.
#[test]
fn g_03_a_page_grants_exactly_what_it_names() {
    for (named, expected) in [
        (&["google-analytics"][..], &["analytics", "google-analytics"][..]),
        (&["analytics"], &["analytics", "yandex-metrika", "google-analytics"]),
        (&["analytics", "yandex-metrika"], &["analytics", "yandex-metrika"]),
        (
            &["yandex-metrika", "analytics", "replay"],
            &["analytics", "replay", "yandex-metrika"],
        ),
        (&[], &[]),
    ] {
        let mut visit = Visit::first(&rasco()).shown();
        let effects = visit.only(named, 1);
        assert_eq!(visit.allowed(), expected, "{named:?}");
        assert_eq!(effects.last(), Some(&Effect::Reply(1, Answer::Record)));
        assert!(visit.record().to_text().contains("\"method\":\"api\""));
    }
}

/// G-05: before the notice an acceptance is refused aloud, a refusal holds.
#[test]
fn g_05_an_acceptance_before_the_notice_is_refused_aloud() {
    let mut visit = Visit::first(&rasco());
    let aloud = Effect::Complain(Complaint::NoticeNotShown);
    assert_eq!(visit.press(Control::Accept), std::slice::from_ref(&aloud));
    assert_eq!(
        visit.call(Call::Accept, 1),
        [aloud.clone(), Effect::Reply(1, Answer::Null)]
    );
    assert_eq!(visit.only(&["analytics"], 2), [aloud, Effect::Reply(2, Answer::Null)]);
    assert_eq!(visit.state.record(), None);
    visit.press(Control::Reject);
    assert!(visit.record().to_text().contains("\"method\":\"reject\""));
}

/// The contract: one first layer is reported to the page once, also where it comes back.
#[test]
fn the_page_hears_of_the_first_layer_once() {
    let is_shown = |effect: &Effect| *effect == Effect::Dispatch(Notification::Shown);
    let mut visit = Visit::first(&rasco());
    assert_eq!(count(&visit.send(Event::Shown), is_shown), 1);
    visit.send(Event::OpenSettings);
    assert_eq!(count(&visit.send(Event::Shown), is_shown), 0);
    visit.press(Control::Reject);
    visit.send(Event::Recalled);
    assert_eq!(count(&visit.send(Event::Shown), is_shown), 0);
    let mut granted = Visit::first(&rasco()).shown();
    granted.press(Control::Accept);
    let mut next = granted.next(&rasco(), after(DAY));
    assert_eq!(
        count(&next.send(Event::Shown), is_shown),
        0,
        "a placeholder or open settings are no first layer"
    );
    next.send(Event::Recalled);
    assert_eq!(count(&next.send(Event::Shown), is_shown), 1);
}

/// G-03: the verdict on an element: both names known, agreeing and granted, or it stays closed.
#[test]
fn g_03_the_verdict_on_an_element() {
    let mut visit = Visit::first(&rasco()).shown();
    let judge = |visit: &Visit, category: &str, service: Option<&str>| {
        verdict(&visit.site, visit.state.permissions(), category, service)
    };
    assert_eq!(judge(&visit, "analytics", None), Verdict::Closed);
    visit.save(&[true, false, false, true, false]);
    for (category, service, expected) in [
        ("analytics", None, Verdict::Open),
        ("analytics", Some("yandex-metrika"), Verdict::Open),
        ("analytics", Some("google-analytics"), Verdict::Closed),
        ("marketing", None, Verdict::Closed),
        ("necessary", None, Verdict::Misnamed(Misnaming::NecessaryIsNotGated)),
        ("analitics", None, Verdict::Misnamed(Misnaming::UnknownCategory)),
        ("yandex-metrika", None, Verdict::Misnamed(Misnaming::UnknownCategory)),
        ("", None, Verdict::Misnamed(Misnaming::UnknownCategory)),
        ("analytics, marketing", None, Verdict::Closed),
        ("marketing,analytics", None, Verdict::Closed),
        ("analytics,analytics", None, Verdict::Open),
        ("analytics,", None, Verdict::Misnamed(Misnaming::UnknownCategory)),
        (
            "marketing,necessary",
            None,
            Verdict::Misnamed(Misnaming::NecessaryIsNotGated),
        ),
        (
            "analytics,marketing",
            Some("yandex-metrika"),
            Verdict::Misnamed(Misnaming::ServiceOfAnotherCategory),
        ),
        (
            "analytics",
            Some("analytics"),
            Verdict::Misnamed(Misnaming::UnknownService),
        ),
        ("analytics", Some(""), Verdict::Misnamed(Misnaming::UnknownService)),
        (
            "marketing",
            Some("yandex-metrika"),
            Verdict::Misnamed(Misnaming::ServiceOfAnotherCategory),
        ),
    ] {
        assert_eq!(judge(&visit, category, service), expected, "{category} {service:?}");
    }
}

/// V-01, V-02: consent and refusal hold to the second, and are not asked for earlier.
#[test]
fn v_01_v_02_a_decision_holds_to_the_second() {
    for (control, grants) in [(Control::Accept, true), (Control::Reject, false)] {
        let mut visit = Visit::first(&rasco()).shown();
        visit.press(control);
        assert_eq!(visit.record().expires(), end());
        for (seconds, holds) in [(-DAY, true), (-1, true), (0, false), (1, false), (DAY, false)] {
            let next = visit.next(&rasco(), end().plus_seconds(seconds));
            assert_eq!(next.state.asks(), !holds, "{seconds}");
            assert_eq!(next.state.permissions().any(), holds && grants);
            assert_eq!(next.opened.iter().any(starts), holds && grants);
            assert_eq!(next.state.holding().is_some(), holds);
        }
    }
}

/// A change of a compiled site.
type Change = fn(&mut Site);

const EVERYTHING: &[&str] = &["analytics", "replay", "marketing", "counter", "pixel", "banner"];
const WITHOUT_PIXEL: &[&str] = &["analytics", "replay", "marketing", "counter", "banner"];

/// What each change of a site makes of a visitor who granted everything: what is asked, what still runs.
const MATERIAL: &[(&str, Change, &[&str], &[&str])] = &[
    ("nothing", |_| {}, &[], EVERYTHING),
    (
        "a colour",
        |site| site.light.push(("accent".to_owned(), "#0a5".to_owned())),
        &[],
        EVERYTHING,
    ),
    (
        "a layout",
        |site| "<div></div>".clone_into(&mut site.languages[0].first_layer),
        &[],
        EVERYTHING,
    ),
    (
        "a text",
        |site| site.languages[0].notice = "0".repeat(64),
        &[],
        EVERYTHING,
    ),
    ("the languages", |site| site.languages.reverse(), &[], EVERYTHING),
    ("the term", |site| site.expires_days = 365, &[], EVERYTHING),
    (
        "the order of services",
        |site| site.services.swap(0, 1),
        &[],
        EVERYTHING,
    ),
    (
        "the order of categories",
        |site| site.categories.reverse(),
        &[],
        EVERYTHING,
    ),
    (
        "the terms of a service",
        |site| "1".clone_into(&mut site.services[1].terms),
        &["pixel"],
        WITHOUT_PIXEL,
    ),
    // The last service of a category takes the category along.
    (
        "the terms of an only service",
        |site| "1".clone_into(&mut site.services[0].terms),
        &["counter"],
        &["replay", "marketing", "pixel", "banner"],
    ),
    (
        "the terms of a category",
        |site| "1".clone_into(&mut site.categories[2].terms),
        &["marketing"],
        &["analytics", "replay", "counter"],
    ),
    (
        "another service joined",
        |site| site.services.push(own_service("new", "analytics")),
        &["new"],
        EVERYTHING,
    ),
    (
        "another category joined",
        |site| site.categories.push(own_category("media")),
        &["media"],
        EVERYTHING,
    ),
    (
        "a service left",
        |site| drop(site.services.pop()),
        &[],
        &["analytics", "replay", "marketing", "counter", "pixel"],
    ),
    (
        "the policy's version",
        |site| "2026-12-01".clone_into(&mut site.policy),
        &["analytics", "replay", "marketing", "counter", "pixel", "banner"],
        &[],
    ),
];

fn sorted<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    names
}

/// V-03, V-04: what changed lapses alone, and is off until it was asked.
#[test]
fn v_03_v_04_what_changed_lapses_alone() {
    let mut visit = Visit::first(&own_services()).shown();
    visit.press(Control::Accept);
    for (name, change, asked, allowed) in MATERIAL {
        let mut site = own_services();
        change(&mut site);
        let next = visit.next(&site, after(DAY));
        let found = next.names(&next.state.standing().asked);
        assert_eq!(sorted(found), sorted(asked.iter().copied()), "{name}: asked");
        assert_eq!(
            sorted(next.allowed()),
            sorted(allowed.iter().copied()),
            "{name}: allowed"
        );
        assert_eq!(next.state.asks(), !asked.is_empty(), "{name}");
        assert_eq!(next.state.standing().again, !asked.is_empty(), "{name}");
    }
}

/// V-03: another version of the policy lapses grants, not refusals.
#[test]
fn v_03_a_refusal_outlives_a_new_policy() {
    let mut site = own_services();
    site.policy = "2026-12-01".to_owned();
    let mut visit = Visit::first(&own_services()).shown();
    visit.press(Control::Reject);
    assert!(!visit.next(&site, after(DAY)).state.asks());
    visit.save(&[true, false, false, true, false, false]);
    let next = visit.next(&site, after(DAY));
    let asked = next.names(&next.state.standing().asked);
    assert_eq!(asked, ["analytics", "counter"], "what was refused is not asked again");
    assert!(next.allowed().is_empty());
}

/// V-03, V-01: somebody else's record, or one of another scope, is none.
#[test]
fn v_03_a_record_of_another_operator_or_scope_is_asked_anew() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Accept);
    let changes: [Change; 4] = [
        |site| site.operator = Some("991240000003".to_owned()),
        |site| site.operator = None,
        |site| site.scope = None,
        |site| site.scope = Some("cap.kz".to_owned()),
    ];
    for change in changes {
        let mut site = rasco();
        change(&mut site);
        let next = visit.next(&site, after(DAY));
        assert!(next.state.asks());
        assert!(next.allowed().is_empty());
    }
}

/// V-01: on the next page what was granted runs, without a question and without a new record.
#[test]
fn v_01_the_next_visit_restores_the_decision() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Accept);
    let next = visit.next(&rasco(), after(DAY));
    let opened = &next.opened;
    assert!(!next.state.asks());
    assert_eq!(next.loaded(opened).len(), 2);
    assert!(!opened.iter().any(is_stored));
    assert_eq!(count(opened, is_consent), 1);
    assert!(place(opened, is_consent) < place(opened, starts), "M-02");
    assert!(!opened.iter().any(is_decision), "never on load");
    let ready = place(opened, |effect| {
        matches!(effect, Effect::Dispatch(Notification::Ready { .. }))
    });
    let activated = place(opened, |effect| *effect == Effect::ActivateElements);
    assert!(activated < ready, "after everything has begun");
}

/// The contract: `kelisim:ready` says where the visitor stands.
#[test]
fn ready_says_where_the_visitor_stands() {
    let told = |visit: &Visit| -> serde_json::Value {
        let ready = |effect: &Effect| match effect {
            Effect::Dispatch(told @ Notification::Ready { .. }) => Some(told.detail(&visit.site)),
            _ => None,
        };
        serde_json::from_str(&visit.opened.iter().find_map(ready).unwrap()).unwrap()
    };
    let mut visit = Visit::first(&own_services()).shown();
    assert_eq!(
        told(&visit),
        serde_json::json!({"record": null, "standing": "undecided"})
    );
    visit.press(Control::Accept);
    let record: serde_json::Value = serde_json::from_str(&visit.record().to_text()).unwrap();
    let next = visit.next(&own_services(), after(DAY));
    assert_eq!(
        told(&next),
        serde_json::json!({"record": record, "standing": "decided"})
    );
    let mut changed = own_services();
    changed.services[1].terms = "1".to_owned();
    assert_eq!(told(&visit.next(&changed, after(DAY)))["standing"], "lapsed");
    let over = told(&visit.next(&own_services(), end()));
    assert_eq!(over, serde_json::json!({"record": null, "standing": "undecided"}));
}

/// G-10: saving twice starts nothing twice.
#[test]
fn g_10_a_vendor_starts_once() {
    let mut visit = Visit::first(&rasco()).shown();
    let effects = visit.press(Control::Accept);
    assert_eq!(visit.loaded(&effects).len(), 2);
    for control in [Control::Accept, Control::Save] {
        let effects = visit.press(control);
        assert_eq!(visit.loaded(&effects).len(), 0);
    }
}

/// The contract: a withdrawal of what runs loads the page anew; of what never ran here, it does not.
#[test]
fn w_03_only_what_ran_here_needs_a_reload() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.save(&[true, false, false, true, false]);
    assert!(!visit.save(&[true, false, true, true, false]).contains(&Effect::Reload));
    let effects = visit.save(&[true, false, false, true, false]);
    assert!(!effects.contains(&Effect::Reload), "nothing of marketing ran");
    assert!(visit.press(Control::Withdraw).contains(&Effect::Reload));
    assert!(visit.record().to_text().contains("\"method\":\"withdraw\""));
}

/// The contract: an element of the page that was started runs as well.
#[test]
fn w_03_an_element_that_ran_here_needs_a_reload() {
    for (stays, reloads) in [(OnWithdraw::Reload, true), (OnWithdraw::Stay, false)] {
        let mut site = rasco();
        site.on_withdraw = stays;
        let mut visit = Visit::first(&site).shown();
        visit.save(&[false, false, true, false, false]);
        let marketing = id(&site, "marketing");
        visit.send(Event::Ran(marketing));
        let effects = visit.press(Control::Withdraw);
        assert_eq!(effects.contains(&Effect::Reload), reloads);
        assert!(
            effects.contains(&Effect::DeactivateElements),
            "P-04: also where the page stays"
        );
    }
}

/// WCAG 4.1.3, A-09: the result is in the status line, after the decision or after the reload that it led to, and the focus
/// goes to the control that stays.
#[test]
fn a_09_a_10_the_result_is_told() {
    let announced = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Announce(outcome) => Some(*outcome),
            _ => None,
        })
    };
    let mut visit = Visit::first(&rasco()).shown();
    for (control, expected) in [
        (Control::Accept, Outcome::Accepted),
        (Control::Reject, Outcome::Rejected),
        (Control::Withdraw, Outcome::Withdrawn),
    ] {
        let effects = visit.press(control);
        assert_eq!(announced(&effects), Some(expected));
        let painted = place(&effects, |effect| *effect == Effect::Yield);
        assert!(painted < place(&effects, |effect| *effect == Effect::FocusReopen));
        let reloaded = |later: i64, reloaded: bool| {
            let now = visit.record().decided().plus_seconds(later);
            let next = Visit::opening(&rasco(), visit.browser.clone(), now, |opening| {
                opening.reloaded = reloaded;
            });
            (announced(&next.opened), next.opened.contains(&Effect::FocusReopen))
        };
        assert_eq!(reloaded(1, true), (Some(expected), true));
        assert_eq!(reloaded(14, true), (Some(expected), true));
        assert_eq!(reloaded(15, true), (None, false), "loaded anew for another reason");
        assert_eq!(reloaded(1, false), (None, false));
    }
    let effects = visit.save(&[true, false, false, true, false]);
    assert_eq!(announced(&effects), Some(Outcome::Saved));
    assert_eq!(
        announced(&Visit::at(&rasco(), crate::site::Browser::default(), noon()).opened),
        None
    );
}

/// V-03: a category that joined is asked, and what was granted before keeps running meanwhile.
#[test]
fn v_03_a_new_category_is_asked_and_its_siblings_run() {
    let mut visit = Visit::first(&own_services()).shown();
    visit.press(Control::Accept);
    let mut site = own_services();
    site.categories.push(own_category("media"));
    let next = visit.next(&site, after(DAY));
    let media = id(&site, "media");
    assert_eq!(next.state.standing().asked, [media]);
    assert!(
        next.opened.contains(&Effect::ShowFirstLayer { asked: vec![media] }),
        "it lists only what lapsed"
    );
    assert_eq!(next.allowed().len(), ids(&site).len() - 1);
    assert_eq!(next.loaded(&next.opened).len(), 3);
}
