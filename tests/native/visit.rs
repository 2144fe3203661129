//! A visit as the core sees it: what is allowed, what is stored and what is set off, for any sequence of events.

use kelisim::core::catalogue::Kind;
use kelisim::core::gate::{NECESSARY, Verdict, verdict};
use kelisim::core::json;
use kelisim::core::notice::dates::{DAY, SECOND};
use kelisim::core::record::Record;
use kelisim::core::update::{Act, Effect, Event};
use kelisim::core::value::{Value, Words};
use proptest::prelude::*;
use serde_json::json;

use crate::markup::{Child, Markup};
use crate::site::{Visit, any_event, any_event_but_shown, ids, noon, own_services, rasco, texts, three_vendors};

/// Whether a step does anything but stop a vendor and say what must not run.
fn starts(effect: &Effect) -> bool {
    let Effect::Step(step) = effect else { return false };
    match step.kind {
        Kind::Flag | Kind::Unflag | Kind::Silence | Kind::Clear => false,
        Kind::Call => step.operand.keep().items().get(1) != Some(&Value::Text("destruct")),
        _ => true,
    }
}

fn is_stored(effect: &Effect) -> bool {
    matches!(effect, Effect::Store(_))
}

fn is_consent(effect: &Effect) -> bool {
    matches!(effect, Effect::Consent(_))
}

fn place(effects: &[Effect], of: impl Fn(&Effect) -> bool) -> Option<usize> {
    effects.iter().position(of)
}

/// The state of every switch that a layer shows, in the order of the ids.
fn shown_switches(visit: &Visit) -> Vec<bool> {
    fn collect(markup: &Markup, switches: &mut Vec<(String, bool)>) {
        let attribute = |wanted: &str| markup.attributes.iter().find(|(name, _)| *name == wanted);
        for name in ["data-kelisim-category", "data-kelisim-service"] {
            if let Some((_, id)) = attribute(name)
                && markup.tag == "input"
            {
                switches.push((id.clone(), attribute("checked").is_some()));
            }
        }
        for child in &markup.children {
            if let Child::Element(element) = child {
                collect(element, switches);
            }
        }
    }
    let mut switches = Vec::new();
    let page = Markup::of(&visit.config, &visit.state, &[texts("ru")]);
    collect(&page, &mut switches);
    let on = |id: &Words| {
        switches
            .iter()
            .find(|(known, _)| id.are(known))
            .unwrap_or_else(|| panic!("no switch {id}"))
            .1
    };
    ids(&visit.config).iter().map(on).collect()
}

/// The answers of a record, in the order of the ids.
fn answers(visit: &Visit, record: Record) -> Vec<bool> {
    ids(&visit.config)
        .iter()
        .map(|id| record.answer(*id).unwrap())
        .collect()
}

fn permitted(visit: &Visit) -> Vec<bool> {
    ids(&visit.config)
        .iter()
        .map(|id| visit.state.permissions.allow(&visit.config, id))
        .collect()
}

/// What the contract promises of the order of everything that one event sets off (M-02; record before start).
fn assert_order(effects: &[Effect]) {
    let stored = place(effects, is_stored);
    let consent = place(effects, is_consent);
    let first_start = place(effects, |effect| starts(effect) || *effect == Effect::Activate);
    let vendor = place(effects, starts);
    let own = place(effects, |effect| *effect == Effect::Activate);
    let count = |of: fn(&Effect) -> bool| effects.iter().filter(|effect| of(effect)).count();
    assert_eq!(
        count(is_stored),
        count(is_consent),
        "one consent update per decision: {effects:#?}"
    );
    assert!(count(is_stored) <= 1, "{effects:#?}");
    let Some(stored) = stored else {
        assert_eq!(first_start, None, "started without a decision: {effects:#?}");
        return;
    };
    assert_eq!(stored, 0, "the record comes first: {effects:#?}");
    assert!(first_start.is_none_or(|start| stored < start), "{effects:#?}");
    assert!(
        vendor.is_none_or(|vendor| consent.unwrap() < vendor),
        "the consent update precedes vendors: {effects:#?}"
    );
    if let (Some(own), Some(last_vendor)) = (own, effects.iter().rposition(starts)) {
        assert!(
            last_vendor < own,
            "vendors precede the page's own scripts: {effects:#?}"
        );
    }
    let event = place(
        effects,
        |effect| matches!(effect, Effect::Emit(name, _) if *name == "decision"),
    )
    .unwrap();
    for after in &effects[event + 1..] {
        assert!(
            matches!(after, Effect::Send(_) | Effect::Reload | Effect::Reply(..)),
            "after the event: {after:?}"
        );
    }
    if effects.contains(&Effect::Reload) {
        assert_eq!(
            first_start, None,
            "what a decision grants starts after the reload: {effects:#?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// G-05: whatever happens on a page that shows no notice, nothing is granted, and nothing starts.
    #[test]
    fn g_05_nothing_is_granted_before_a_notice_was_shown(events in prop::collection::vec(any_event_but_shown(), 0..12)) {
        let mut visit = Visit::first(&three_vendors());
        prop_assert!(!visit.opened.iter().any(starts));
        for event in events {
            let effects = visit.send(event);
            prop_assert!(!effects.iter().any(starts), "{:#?}", effects);
            prop_assert!(!visit.state.permissions.choices().any());
            prop_assert!(visit.state.record.as_ref().is_none_or(|record| record.text("code").is_empty()));
        }
    }

    /// C-05: whatever happens, what is allowed is what the last record says, and it says nothing half: a service that is
    /// on has its category on, and a category with services that is on has one of them on.
    #[test]
    fn c_05_what_is_allowed_is_what_is_stored(events in prop::collection::vec(any_event(), 0..16)) {
        let mut visit = Visit::first(&three_vendors());
        let mut stored = None;
        for event in events {
            let effects = visit.send(event);
            assert_order(&effects);
            for effect in &effects {
                if let Effect::Store(text) = effect {
                    stored = Some(Record::read(json::parse(text).unwrap(), visit.state.now).unwrap());
                }
            }
            prop_assert_eq!(stored, visit.state.record);
            let expected = stored.map_or(vec![false; visit.config.len()], |record| answers(&visit, record));
            prop_assert_eq!(permitted(&visit), expected.clone());
            for (index, category) in visit.config.categories.iter().enumerate() {
                let inside: Vec<bool> = visit.config.services.iter().enumerate()
                    .filter(|(_, service)| service.category == index)
                    .map(|(number, _)| expected[visit.config.categories.len() + number])
                    .collect();
                prop_assert!(inside.is_empty() || inside.contains(&true) == expected[index], "{}", category);
            }
        }
    }

    /// C-05: any order of turning switches; what the settings showed is what is stored and what runs.
    #[test]
    fn c_05_save_stores_what_the_switches_showed(turns in prop::collection::vec((0_usize..6, any::<bool>()), 0..12)) {
        let mut visit = Visit::first(&three_vendors()).shown();
        visit.send(Event::Settings(true));
        prop_assert!(!shown_switches(&visit).contains(&true), "C-02: off at first");
        for (index, on) in turns {
            let id = visit.config.id(index);
            visit.send(Event::Switched { id, on });
        }
        let shown = shown_switches(&visit);
        let draft = visit.state.draft.unwrap();
        visit.act(Act::Save);
        prop_assert_eq!(answers(&visit, *visit.record()), shown.clone());
        prop_assert_eq!(visit.state.permissions.choices(), draft);
        prop_assert_eq!(permitted(&visit), shown);
    }

    /// G-03: an id that the configuration does not know is never allowed.
    #[test]
    fn g_03_an_unknown_id_is_never_allowed(id in "[a-z-]{0,12}", events in prop::collection::vec(any_event(), 0..8)) {
        let mut visit = Visit::first(&rasco()).shown();
        prop_assume!(visit.config.index_of(&id).is_none() && id != NECESSARY);
        for event in events {
            visit.send(event);
            prop_assert!(!visit.state.permissions.allow(&visit.config, &id));
        }
    }
}

/// C-05: all combinations that a visitor can save.
#[test]
fn c_05_every_combination_of_switches_is_stored_as_shown() {
    for combination in 0_u32..32 {
        let switches: Vec<bool> = (0..5).map(|place| combination >> place & 1 == 1).collect();
        let mut visit = Visit::first(&rasco()).shown();
        visit.send(Event::Settings(true));
        for (id, on) in ids(&visit.config).into_iter().zip(&switches) {
            visit.send(Event::Switched { id, on: *on });
        }
        let shown = shown_switches(&visit);
        assert_eq!(
            shown[1..],
            switches[1..],
            "the last word of every switch but the first, which follows its services"
        );
        assert_eq!(shown[0], shown[3] || shown[4]);
        let effects = visit.act(Act::Save);
        assert_eq!(answers(&visit, *visit.record()), shown);
        assert_eq!(permitted(&visit), shown);
        let started = loaded(&effects);
        assert_eq!(started.iter().any(|url| url.contains("mc.yandex.ru")), shown[3]);
        assert_eq!(started.iter().any(|url| url.contains("googletagmanager")), shown[4]);
    }
}

/// The URLs of vendors that effects load.
fn loaded(effects: &[Effect]) -> Vec<Words> {
    let mut urls = Vec::new();
    for effect in effects {
        if let Effect::Step(step) = effect
            && step.kind == Kind::Load
        {
            urls.push(step.target);
        }
    }
    urls
}

/// M-01: Metrika records no visit and draws no click map unless the visitor granted that.
#[test]
fn m_01_webvisor_only_with_replay() {
    for combination in 0_u32..32 {
        let switches: Vec<bool> = (0..5).map(|place| combination >> place & 1 == 1).collect();
        let mut visit = Visit::first(&rasco()).shown();
        let effects = visit.save(&switches);
        let replay = visit.record().answer("replay".into()).unwrap();
        let metrika = visit.record().answer("yandex-metrika".into()).unwrap();
        let init: Vec<&Value> = effects
            .iter()
            .filter_map(|effect| {
                if let Effect::Step(step) = effect {
                    Some(step)
                } else {
                    None
                }
            })
            .filter(|step| step.kind == Kind::Call && step.target == "ym")
            .filter_map(|step| step.operand.keep().items().get(2))
            .collect();
        assert_eq!(init.len(), usize::from(metrika));
        for options in init {
            assert_eq!(*options.get("webvisor"), Value::Bool(replay));
            assert_eq!(*options.get("clickmap"), Value::Bool(replay));
        }
    }
}

/// M-01: a recording that runs does not outlive its withdrawal, although Metrika itself stays granted.
#[test]
fn m_01_withdrawing_replay_alone_ends_the_recording() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.act(Act::Accept);
    let effects = visit.save(&[true, false, true, true, true]);
    assert_eq!(visit.record().answer("replay".into()), Some(false));
    assert_eq!(visit.record().answer("yandex-metrika".into()), Some(true));
    assert!(effects.contains(&Effect::Reload), "{effects:#?}");
}

/// M-02: one consent update per decision, with everything that is mapped; ads denied without marketing.
#[test]
fn m_02_google_is_told_once_and_exactly() {
    for (switches, expected) in [
        ([true, true, true, true, true], ["granted"; 4]),
        (
            [true, false, false, true, true],
            ["granted", "denied", "denied", "denied"],
        ),
        // Google Analytics itself refused: nothing is granted to Google.
        ([true, false, true, true, false], ["denied"; 4]),
        ([false; 5], ["denied"; 4]),
    ] {
        let mut visit = Visit::first(&rasco()).shown();
        let effects = visit.save(&switches);
        let told: Vec<&Value> = effects
            .iter()
            .filter_map(|effect| {
                if let Effect::Consent(signals) = effect {
                    Some(*signals)
                } else {
                    None
                }
            })
            .collect();
        assert_eq!(told.len(), 1);
        let types = ["analytics_storage", "ad_storage", "ad_user_data", "ad_personalization"];
        assert_eq!(types.map(|kind| told[0].text(kind)), expected, "{switches:?}");
        assert_eq!(told[0].entries().len(), types.len());
    }
}

/// G-01, G-04: undecided and refused are the same: nothing starts, on this page and on the next.
#[test]
fn g_04_refused_is_as_quiet_as_undecided() {
    let mut visit = Visit::first(&three_vendors()).shown();
    for act in [Act::Reject, Act::Save, Act::Withdraw] {
        let effects = visit.act(act);
        assert!(!effects.iter().any(starts));
        assert!(!effects.contains(&Effect::Reload), "nothing ran");
        let next = visit.next(&three_vendors(), noon() + DAY);
        assert!(!next.opened.iter().any(starts));
        assert!(!next.state.asks());
    }
}

/// G-05: leaving the settings, another language and the return of the first layer decide nothing.
#[test]
fn g_05_closing_decides_nothing() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.send(Event::Settings(true));
    visit.send(Event::Switched {
        id: Words::at(&"analytics"),
        on: true,
    });
    for event in [Event::Settings(false), Event::Language(texts("kk")), Event::Recalled] {
        let effects = visit.send(event);
        assert_eq!(effects, [Effect::Draw]);
    }
    assert_eq!(visit.state.record, None);
    assert!(visit.state.asks());
    visit.send(Event::Settings(true));
    assert!(!shown_switches(&visit).contains(&true), "the draft was discarded");
}

/// G-03: an act that names an unknown id decides nothing, and says so.
#[test]
fn g_03_an_act_with_an_unknown_id_decides_nothing() {
    let mut visit = Visit::first(&rasco()).shown();
    let effects = visit.act(Act::Only(&[Value::Text("analytics"), Value::Text("analitics")]));
    assert_eq!(effects, [Effect::Complain("unknownId".into(), "analitics".into())]);
    assert_eq!(visit.state.record, None);
}

/// G-05: before the notice an acceptance is refused aloud, a refusal holds.
#[test]
fn g_05_an_acceptance_before_the_notice_is_refused_aloud() {
    let mut visit = Visit::first(&rasco());
    assert_eq!(
        visit.act(Act::Accept),
        [Effect::Complain("noticeNotShown".into(), Words::NONE)]
    );
    assert_eq!(
        visit.act(Act::Only(&[Value::Text("analytics")])),
        [Effect::Complain("noticeNotShown".into(), Words::NONE)]
    );
    assert_eq!(visit.state.record, None);
    visit.act(Act::Reject);
    assert_eq!(visit.record().text("method"), "reject");
}

/// G-03: the verdict on an element: both names known, agreeing and granted, or it stays closed.
#[test]
fn g_03_the_verdict_on_an_element() {
    let mut visit = Visit::first(&rasco()).shown();
    let judge = |visit: &Visit, category: &'static str, service: Option<&'static str>| {
        verdict(
            &visit.config,
            visit.state.permissions,
            category.into(),
            service.map(Words::of),
        )
    };
    assert_eq!(judge(&visit, "analytics", None), Verdict::Closed);
    visit.save(&[true, false, false, true, false]);
    for (category, service, expected) in [
        ("analytics", None, Verdict::Open),
        ("analytics", Some("yandex-metrika"), Verdict::Open),
        ("analytics", Some("google-analytics"), Verdict::Closed),
        ("marketing", None, Verdict::Closed),
        ("necessary", None, Verdict::Misnamed("necessaryIsNotGated".into())),
        ("analitics", None, Verdict::Misnamed("unknownCategory".into())),
        ("yandex-metrika", None, Verdict::Misnamed("unknownCategory".into())),
        ("", None, Verdict::Misnamed("unknownCategory".into())),
        (
            "analytics",
            Some("analytics"),
            Verdict::Misnamed("unknownService".into()),
        ),
        ("analytics", Some(""), Verdict::Misnamed("unknownService".into())),
        (
            "marketing",
            Some("yandex-metrika"),
            Verdict::Misnamed("serviceOfAnotherCategory".into()),
        ),
    ] {
        assert_eq!(judge(&visit, category, service), expected, "{category} {service:?}");
    }
}

/// V-01, V-02: consent and refusal hold to the second, and are not asked for earlier.
#[test]
fn v_01_v_02_a_decision_holds_to_the_second() {
    for (act, grants) in [(Act::Accept, true), (Act::Reject, false)] {
        let mut visit = Visit::first(&rasco()).shown();
        visit.act(act);
        let end = noon() + 180 * DAY;
        assert_eq!(visit.record().expires(), end);
        for (now, holds) in [
            (end - DAY, true),
            (end - SECOND, true),
            (end, false),
            (end + SECOND, false),
            (end + DAY, false),
        ] {
            let next = visit.next(&rasco(), now);
            assert_eq!(next.state.asks(), !holds, "{}", now - end);
            assert_eq!(next.state.permissions.choices().any(), holds && grants);
            assert_eq!(next.opened.iter().any(starts), holds && grants);
            assert_eq!(next.state.holding().is_some(), holds);
        }
    }
}

/// A change of a document.
type Change = fn(&mut serde_json::Value);

const EVERYTHING: &[&str] = &["analytics", "replay", "marketing", "counter", "pixel", "banner"];
const WITHOUT_PIXEL: &[&str] = &["analytics", "replay", "marketing", "counter", "banner"];

/// What each change of a configuration makes of a visitor who granted everything: what is asked, what still runs.
const MATERIAL: &[(&str, Change, &[&str], &[&str])] = &[
    ("nothing", |_| {}, &[], EVERYTHING),
    (
        "a colour",
        |site| site["appearance"]["tokens"] = json!({"accent": "#0a5"}),
        &[],
        EVERYTHING,
    ),
    (
        "a layout",
        |site| site["appearance"]["layout"] = json!("bar"),
        &[],
        EVERYTHING,
    ),
    (
        "a text",
        |site| site["texts"] = json!({"ru": {"title": "Cookie"}}),
        &[],
        EVERYTHING,
    ),
    (
        "the languages",
        |site| site["languages"] = json!(["kk", "ru"]),
        &[],
        EVERYTHING,
    ),
    (
        "a translation",
        |site| site["services"][1]["purpose"]["en"] = json!("Counting"),
        &[],
        EVERYTHING,
    ),
    (
        "the order",
        |site| site["services"].as_array_mut().unwrap().swap(0, 1),
        &[],
        EVERYTHING,
    ),
    (
        "the country",
        |site| site["services"][1]["country"] = json!("RU"),
        &["pixel"],
        WITHOUT_PIXEL,
    ),
    (
        "the recipient",
        |site| site["services"][1]["recipient"] = json!("АО"),
        &["pixel"],
        WITHOUT_PIXEL,
    ),
    (
        "the data",
        |site| site["services"][1]["data"] = json!(["ip", "forms"]),
        &["pixel"],
        WITHOUT_PIXEL,
    ),
    (
        "a lifetime",
        |site| site["services"][1]["storage"][0]["lifetime"] = json!("1d"),
        &["pixel"],
        WITHOUT_PIXEL,
    ),
    // The last service of a category takes the category along.
    (
        "the country of an only service",
        |site| site["services"][0]["country"] = json!("RU"),
        &["counter"],
        &["replay", "marketing", "pixel", "banner"],
    ),
    (
        "a purpose of a category",
        |site| site["categories"][2]["purpose"] = json!({"kk": "Жарнама", "ru": "Реклама", "en": "Ads"}),
        &["marketing"],
        &["analytics", "replay", "counter"],
    ),
    (
        "another service joined",
        |site| {
            site["services"]
                .as_array_mut()
                .unwrap()
                .push(crate::site::own_service("new", "analytics"));
        },
        &["new"],
        EVERYTHING,
    ),
    (
        "the policy's version",
        |site| site["policy"]["version"] = json!("2026-12-01"),
        &["analytics", "replay", "marketing", "counter", "pixel", "banner"],
        &[],
    ),
];

fn sorted(ids: impl IntoIterator<Item = Words>) -> Vec<Words> {
    let mut ids: Vec<Words> = ids.into_iter().collect();
    ids.sort_unstable();
    ids
}

#[test]
fn v_03_what_changed_lapses_alone() {
    let mut visit = Visit::first(&own_services()).shown();
    visit.act(Act::Accept);
    for (name, change, asked, allowed) in MATERIAL {
        let mut site = own_services();
        change(&mut site);
        let next = visit.next(&site, noon() + DAY);
        let found = sorted(next.state.standing.asked.iter().copied());
        assert_eq!(found, sorted(asked.iter().map(|id| Words::of(id))), "{name}: asked");
        let running = sorted(next.allowed());
        assert_eq!(
            running,
            sorted(allowed.iter().map(|id| Words::of(id))),
            "{name}: allowed"
        );
        assert_eq!(next.state.asks(), !asked.is_empty(), "{name}");
    }
}

/// V-03: another version of the policy lapses grants, not refusals.
#[test]
fn v_03_a_refusal_outlives_a_new_policy() {
    let mut site = own_services();
    site["policy"]["version"] = json!("2026-12-01");
    let mut visit = Visit::first(&own_services()).shown();
    visit.act(Act::Reject);
    assert!(!visit.next(&site, noon() + DAY).state.asks());
    visit.save(&[true, false, false, true, false, false]);
    let next = visit.next(&site, noon() + DAY);
    let mut asked = next.state.standing.asked.to_vec();
    asked.sort_unstable();
    assert_eq!(asked, ["analytics", "counter"], "what was refused is not asked again");
    assert_eq!(next.allowed(), Vec::<Words>::new());
}

/// V-03, V-01: somebody else's record, or one of another scope, is none.
#[test]
fn v_03_a_record_of_another_operator_or_scope_is_asked_anew() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.act(Act::Accept);
    let mut other = rasco();
    other["operator"]["bin"] = json!("991240000003");
    let mut elsewhere = rasco();
    elsewhere.as_object_mut().unwrap().remove("scope");
    for site in [other, elsewhere] {
        let next = visit.next(&site, noon() + DAY);
        assert!(next.state.asks());
        assert!(next.allowed().is_empty());
    }
}

/// V-01: on the next page what was granted runs, without a question and without a new record.
#[test]
fn v_01_the_next_visit_restores_the_decision() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.act(Act::Accept);
    let next = visit.next(&rasco(), noon() + DAY);
    assert!(!next.state.asks());
    assert_eq!(loaded(&next.opened).len(), 2);
    assert!(!next.opened.iter().any(is_stored));
    assert_eq!(next.opened.iter().filter(|effect| is_consent(effect)).count(), 1);
    assert!(place(&next.opened, is_consent) < place(&next.opened, starts), "M-02");
    assert!(
        !next
            .opened
            .iter()
            .any(|effect| matches!(effect, Effect::Emit(name, _) if *name == "decision")),
        "never on load"
    );
    let ready = place(
        &next.opened,
        |effect| matches!(effect, Effect::Emit(name, _) if *name == "ready"),
    );
    assert!(
        place(&next.opened, |effect| *effect == Effect::Activate) < ready,
        "after everything has begun"
    );
}

/// G-10: saving twice starts nothing twice.
#[test]
fn g_10_a_vendor_starts_once() {
    let mut visit = Visit::first(&rasco()).shown();
    assert_eq!(loaded(&visit.act(Act::Accept)).len(), 2);
    assert_eq!(loaded(&visit.act(Act::Accept)).len(), 0);
    assert_eq!(loaded(&visit.act(Act::Save)).len(), 0);
}

/// A withdrawal of what runs loads the page anew; of what never ran here, it does not.
#[test]
fn w_02_only_what_ran_here_needs_a_reload() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.save(&[true, false, false, true, false]);
    assert!(!visit.save(&[true, false, true, true, false]).contains(&Effect::Reload));
    assert!(
        !visit.save(&[true, false, false, true, false]).contains(&Effect::Reload),
        "nothing of marketing ran"
    );
    assert!(visit.act(Act::Withdraw).contains(&Effect::Reload));
    assert_eq!(visit.record().text("method"), "withdraw");
}
