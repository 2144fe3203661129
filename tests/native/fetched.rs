//! The words of the settings come in a file of their own. What needs them waits, in its order, and without them nothing is
//! granted.

use kelisim::core::catalogue::Kind;
use kelisim::core::notice::hash::sha256;
use kelisim::core::notice::texts::{Text, Texts};
use kelisim::core::update::{Act, Effect, Event};
use kelisim::core::value::{Value, Words};
use kelisim::core::view::notice_text;
use proptest::prelude::*;

use crate::markup::Markup;
use crate::site::{Visit, alone, in_browser, rasco, texts};

/// A language of which the script has the name.
fn named(language: &str) -> &'static Texts {
    Box::leak(Box::new(texts(language).first(Text::NAMED)))
}

/// A first visit before the words of the settings have come.
fn arrives() -> Visit {
    Visit::opening(&rasco(), |opening| opening.texts = alone("ru")).shown()
}

fn come(language: &str) -> Event {
    Event::Fetched {
        language: texts(language).language(),
        texts: Some(texts(language)),
    }
}

fn fail(language: &str) -> Event {
    Event::Fetched {
        language: texts(language).language(),
        texts: None,
    }
}

fn stores(effects: &[Effect]) -> usize {
    let stores = |effect: &&Effect| matches!(effect, Effect::Store(_));
    effects.iter().filter(stores).count()
}

fn unavailable(effects: &[Effect]) -> bool {
    effects.contains(&Effect::Complain("noticeUnavailable".into(), Words::NONE))
}

/// The first layer needs nothing of the file: it is drawn with the script's own words exactly as with all of them.
#[test]
fn f_13_the_first_layer_is_whole_before_the_file_comes() {
    for language in ["kk", "ru", "en"] {
        let before = Visit::opening(&rasco(), |opening| opening.texts = alone(language));
        let after = Visit::opening(&rasco(), |opening| opening.texts = texts(language));
        let drawn = |visit: &Visit| Markup::of(&visit.config, &visit.state, &[]);
        assert_eq!(drawn(&before), drawn(&after), "{language}");
        assert!(before.opened.contains(&Effect::Fetch(language.into())));
        assert!(!after.opened.contains(&Effect::Fetch(language.into())));
    }
}

/// Who is not asked anything fetches nothing until the settings are opened.
#[test]
fn nothing_is_fetched_where_nothing_is_asked() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.act(Act::Reject);
    let record = visit.state.record.unwrap().json();
    let mut next = Visit::opening(&rasco(), |opening| {
        opening.texts = alone("ru");
        opening.stored = in_browser(Some(record.text()), &[]);
    });
    assert!(!next.opened.iter().any(|effect| matches!(effect, Effect::Fetch(_))));
    assert!(
        next.send(Event::Settings(true))
            .contains(&Effect::Fetch(Words::at(&"ru")))
    );
    assert!(next.state.draft.is_none(), "not without their words");
    next.send(come("ru"));
    assert!(next.state.draft.is_some());
}

/// a decision is bound to the whole notice; one that comes before it is kept and acted on once.
#[test]
fn r_02_a_decision_waits_for_the_notice_that_it_is_bound_to() {
    let mut visit = arrives();
    let effects = visit.act(Act::Accept);
    assert_eq!(stores(&effects), 0);
    assert!(visit.allowed().is_empty(), "nothing before the record");
    let effects = visit.send(come("ru"));
    assert_eq!(stores(&effects), 1);
    assert_eq!(visit.allowed().len(), visit.config.len());
    assert_eq!(
        visit.record().text("notice"),
        sha256(&notice_text(&visit.config, texts("ru")))
    );
    assert_eq!(stores(&visit.send(come("ru"))), 0, "acted on once");
}

proptest! {
    /// the notice is hashed before it is decided on, and in whatever order words come and languages are spoken, a
    /// record names the notice in the language that was spoken.
    #[test]
    fn r_02_a_record_names_the_notice_that_was_spoken(steps in prop::collection::vec((0..3_usize, 0..3_usize), 1..12)) {
        const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];
        let mut visit = arrives();
        visit.send(come("ru"));
        for (step, language) in steps {
            let language = LANGUAGES[language];
            match step {
                0 => visit.send(come(language)),
                1 => visit.send(Event::Language(texts(language))),
                _ => {
                    let effects = visit.act(Act::Accept);
                    let spoken = visit.state.texts;
                    prop_assert_eq!(visit.record().text("language"), spoken.language());
                    prop_assert_eq!(visit.record().text("notice"), sha256(&notice_text(&visit.config, spoken)));
                    effects
                }
            };
        }
    }
}

/// C-05: whoever answers again before the words have come has changed their mind. Only the last answer is stored, and only
/// what it grants starts.
#[test]
fn c_05_of_several_answers_that_wait_the_last_one_counts() {
    let mut visit = arrives();
    visit.act(Act::Accept);
    visit.act(Act::Accept);
    let effects = visit.send(come("ru"));
    assert_eq!(stores(&effects), 1, "a control that is pressed twice decides once");
    assert!(visit.record().value().list("history").is_empty());

    let mut visit = arrives();
    visit.act(Act::Accept);
    visit.act(Act::Only(&[Value::Text("analytics")]));
    visit.send(come("ru"));
    assert!(visit.record().value().list("history").is_empty());
    assert!(!visit.allowed().contains(&Words::at(&"marketing")));

    // What is allowed besides is no change of mind.
    let mut visit = arrives();
    visit.act(Act::Also(Words::at(&"yandex-metrika")));
    visit.act(Act::Also(Words::at(&"marketing")));
    visit.send(come("ru"));
    for allowed in ["yandex-metrika", "marketing"] {
        assert!(visit.allowed().contains(&Words::of(allowed)), "{allowed}");
    }
    visit.act(Act::Reject);
    assert!(visit.allowed().is_empty());
}

/// G-05: what a page asks for before anything was shown is refused at once, and not when something is.
#[test]
fn g_05_a_grant_of_the_page_does_not_wait_for_a_notice() {
    let mut visit = Visit::opening(&rasco(), |opening| opening.texts = alone("ru"));
    let effects = visit.call(Act::Accept, 1);
    assert!(effects.contains(&Effect::Reply(1, false)), "{effects:?}");
    visit.send(Event::Shown);
    assert_eq!(stores(&visit.send(come("ru"))), 0);
    assert!(visit.allowed().is_empty() && visit.state.record.is_none());
}

/// C-05: who has answered is done, also where the settings were wanted before and come after.
#[test]
fn c_05_nothing_opens_after_the_answer() {
    let mut visit = arrives();
    visit.send(Event::Settings(true));
    visit.act(Act::Reject);
    visit.send(come("ru"));
    assert!(visit.state.draft.is_none());
}

/// C-05: who asks for the settings that are open loses no switch.
#[test]
fn c_05_open_settings_keep_what_was_chosen() {
    let mut visit = arrives();
    visit.send(come("ru"));
    visit.act(Act::Accept);
    visit.send(Event::Settings(true));
    visit.send(Event::Switched {
        id: Words::at(&"analytics"),
        on: false,
    });
    visit.send(Event::Settings(true));
    visit.act(Act::Save);
    assert!(
        !visit.allowed().contains(&Words::at(&"analytics")),
        "{:?}",
        visit.allowed()
    );
}

/// W-01, W-02: whoever granted and comes back while the settings cannot be had gets the first layer, which takes it back.
#[test]
fn w_01_w_02_without_the_settings_a_grant_can_be_taken_back() {
    let mut before = arrives();
    before.send(come("ru"));
    before.act(Act::Accept);
    let record = before.state.json;
    let mut visit = Visit::opening(&rasco(), |opening| {
        opening.texts = alone("ru");
        opening.stored = in_browser(Some(record.text()), &[]);
    });
    assert!(!visit.state.asks() && !visit.allowed().is_empty());
    visit.send(Event::Settings(true));
    let effects = visit.send(fail("ru"));
    assert!(unavailable(&effects) && effects.contains(&Effect::Draw), "{effects:?}");
    assert!(visit.state.asks() && visit.state.draft.is_none());
    visit.act(Act::Reject);
    assert!(visit.allowed().is_empty() && !visit.state.asks());
}

/// W-03: to refuse waits for nothing, and what was granted and waits is never stored or started.
#[test]
fn w_03_a_refusal_waits_for_nothing() {
    for refusal in [Act::Reject, Act::Withdraw] {
        let mut visit = arrives();
        visit.act(Act::Accept);
        let effects = visit.act(refusal);
        assert_eq!(stores(&effects), 1, "in the task of the click");
        assert!(effects.contains(&Effect::Close) && !visit.state.asks());
        let record = *visit.record();
        assert_eq!(stores(&visit.send(come("ru"))), 0);
        assert_eq!(*visit.record(), record);
        assert!(visit.allowed().is_empty());
    }
}

/// C-05: an answer was to the words that were read. In another language it has to be given again.
#[test]
fn c_05_another_language_forgets_what_waits() {
    let mut visit = arrives();
    visit.act(Act::Accept);
    visit.send(Event::Language(alone("kk")));
    visit.send(come("ru"));
    visit.send(come("kk"));
    assert!(visit.state.record.is_none() && visit.state.asks());
}

/// W-04: what was decided in another tab meanwhile is the later decision.
#[test]
fn w_04_another_tab_overtakes_what_waits() {
    let mut visit = arrives();
    visit.act(Act::Accept);
    let mut other = Visit::first(&rasco()).shown();
    other.act(Act::Reject);
    let record = other.state.json;
    visit.look(in_browser(Some(record.text()), &[]), false);
    assert_eq!(stores(&visit.send(come("ru"))), 0);
    assert!(visit.allowed().is_empty() && visit.state.json == record);
}

/// A page that waits for the outcome of its call is answered, also where a later answer took its place.
#[test]
fn every_call_of_the_page_is_answered_once() {
    let mut visit = arrives();
    visit.call(Act::Accept, 1);
    assert!(visit.call(Act::Accept, 2).contains(&Effect::Reply(1, false)));
    let effects = visit.send(come("ru"));
    assert!(effects.contains(&Effect::Reply(2, true)) && !effects.contains(&Effect::Reply(1, true)));

    let mut visit = arrives();
    visit.call(Act::Accept, 1);
    assert!(visit.act(Act::Reject).contains(&Effect::Reply(1, false)));

    let mut visit = arrives();
    visit.call(Act::Accept, 1);
    assert!(visit.send(fail("ru")).contains(&Effect::Reply(1, false)));
}

/// Without the file nothing is granted, which one line says; a refusal holds all the same, and the next try asks again.
#[test]
fn g_09_without_the_file_only_a_refusal_holds() {
    let mut visit = arrives();
    visit.act(Act::Accept);
    let effects = visit.send(fail("ru"));
    assert!(unavailable(&effects), "{effects:?}");
    assert!(visit.allowed().is_empty() && visit.state.record.is_none() && visit.state.asks());

    visit.send(Event::Settings(true));
    let effects = visit.send(fail("ru"));
    assert!(unavailable(&effects) && visit.state.draft.is_none(), "{effects:?}");

    let effects = visit.act(Act::Reject);
    assert_eq!(stores(&effects), 1);
    assert!(!visit.state.asks());

    assert!(
        visit
            .send(Event::Settings(true))
            .contains(&Effect::Fetch(Words::at(&"ru")))
    );
    visit.send(come("ru"));
    assert!(visit.state.draft.is_some(), "asked for again, and it came");
}

/// L-03: another language of the first layer is there at once, and its notice is fetched; open settings change when its
/// words have come and keep their switches.
#[test]
fn l_03_a_language_is_switched_without_losing_words_or_switches() {
    let mut visit = arrives();
    let effects = visit.send(Event::Language(alone("en")));
    assert_eq!(visit.state.texts.language(), "en");
    assert!(effects.contains(&Effect::Fetch(Words::at(&"en"))));
    visit.act(Act::Accept);
    visit.send(come("ru"));
    assert!(
        visit.state.record.is_none(),
        "the notice that is read is the English one"
    );
    visit.send(come("en"));
    assert_eq!(visit.record().text("language"), "en");

    let mut visit = arrives();
    visit.send(Event::Settings(true));
    visit.send(come("ru"));
    visit.send(Event::Switched {
        id: Words::at(&"analytics"),
        on: true,
    });
    let draft = visit.state.draft;
    visit.send(Event::Language(alone("kk")));
    assert_eq!(visit.state.texts.language(), "ru", "until the words are here");
    visit.send(fail("kk"));
    assert_eq!(visit.state.texts.language(), "ru");
    visit.send(Event::Language(alone("kk")));
    visit.send(come("kk"));
    assert_eq!((visit.state.texts.language(), visit.state.draft), ("kk".into(), draft));
}

/// L-01: of a language that the script has only the name of, the words are fetched when somebody wants to read it. Until they
/// are here the layer stays as it was, and it stays so where they cannot be had.
#[test]
fn l_01_a_language_known_by_its_name_is_fetched_when_it_is_read() {
    let mut visit = arrives();
    let effects = visit.send(Event::Language(named("uz")));
    assert_eq!(effects, [Effect::Fetch(Words::at(&"uz"))]);
    assert_eq!(visit.state.texts.language(), "ru");
    assert!(unavailable(&visit.send(fail("uz"))));
    assert_eq!(visit.state.texts.language(), "ru");
    visit.send(Event::Language(named("uz")));
    visit.send(come("uz"));
    assert_eq!(visit.state.texts.language(), "uz");
    assert_eq!(stores(&visit.act(Act::Accept)), 1, "the notice has come with the words");
    assert_eq!(visit.record().text("language"), "uz");
}

/// C-05: to read in another language takes back what was not answered yet, also while its words are on their way; and of two
/// languages the one that was wanted last is spoken, whichever comes first.
#[test]
fn c_05_the_language_that_was_wanted_last_is_spoken() {
    let mut visit = arrives();
    visit.act(Act::Accept);
    visit.send(Event::Language(named("uz")));
    assert_eq!(stores(&visit.send(come("ru"))), 0);
    visit.send(Event::Language(alone("kk")));
    visit.send(come("uz"));
    assert_eq!(visit.state.texts.language(), "kk");
    visit.send(Event::Language(named("de")));
    visit.send(Event::Language(named("tr")));
    visit.send(come("tr"));
    visit.send(come("de"));
    assert_eq!(visit.state.texts.language(), "tr");
    assert!(visit.state.record.is_none() && visit.state.asks());
}

fn events() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0_u8..13, 0..14)
}

proptest! {
    /// C-05, W-03: whatever comes, fails and is read in between, after a refusal that was the last answer nothing is allowed.
    #[test]
    fn c_05_the_last_answer_holds(events in events()) {
        let mut visit = arrives();
        let mut refused = true;
        for event in events {
            match event {
                0 | 2 => { visit.act(Act::Accept); refused = false },
                1 => { visit.act(Act::Reject); refused = true },
                3 => { visit.act(Act::Withdraw); refused = true },
                4 => { visit.send(Event::Settings(true)); },
                5 => { visit.send(Event::Settings(false)); },
                6 => { visit.send(Event::Language(alone("en"))); },
                7 => { visit.send(fail("ru")); },
                8 => { visit.send(come("ru")); },
                9 => { visit.send(Event::Language(named("de"))); },
                10 => { visit.send(come("de")); },
                11 => { visit.send(fail("de")); },
                _ => { visit.send(come("en")); },
            }
        }
        visit.send(come("ru"));
        visit.send(come("en"));
        prop_assert!(!refused || visit.allowed().is_empty());
    }

    /// G-09: whatever comes, fails and is pressed in whatever order: nothing is granted but with a notice that was whole.
    #[test]
    fn g_09_nothing_is_granted_without_a_whole_notice(events in events()) {
        let mut visit = arrives();
        for event in events {
            let before = visit.state.texts.are_whole();
            let effects = match event {
                0 => visit.act(Act::Accept),
                1 => visit.act(Act::Reject),
                2 => visit.act(Act::Save),
                3 => visit.act(Act::Withdraw),
                4 => visit.send(Event::Settings(true)),
                5 => visit.send(Event::Settings(false)),
                6 => visit.send(Event::Language(alone("en"))),
                7 => visit.send(fail("ru")),
                8 => visit.send(come("ru")),
                9 => visit.send(Event::Language(named("de"))),
                10 => visit.send(come("de")),
                11 => visit.send(fail("de")),
                _ => visit.send(come("en")),
            };
            prop_assert!(visit.state.texts.speak(), "words that are not there are not shown");
            let grants = visit.state.record.is_some_and(kelisim::core::record::Record::grants);
            prop_assert!(!grants || visit.state.record.unwrap().text("notice").len() == 64);
            if !before && !visit.state.texts.are_whole() {
                let starts = effects.iter().any(|effect| matches!(effect, Effect::Step(step) if step.kind == Kind::Load));
                prop_assert!(!starts, "granted without the notice");
            }
            prop_assert!(visit.state.draft.is_none() || visit.state.texts.are_whole());
        }
    }
}
