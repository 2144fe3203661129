//! The five sites as the compiler makes them, each driven through a whole visit; and what their layers are filled with.

use kelisim::consent::{CategoryId, Id, ServiceId};
use kelisim::visit::{Control, Effect, Embed, Event, is_there, text_of};
use kelisim_site::{Place, When};

use crate::site::{DAY, Visit, after, compiled, id, own_services, rasco, starts};

const SITES: [&str; 4] = ["cap.kz", "elesses.pro", "proeducation.kz", "rasco.kz"];

/// G-01, G-04, W-03: on each site: nothing before, everything after yes, nothing after the withdrawal.
#[test]
fn g_01_g_04_w_03_a_visit_to_each_site() {
    for name in SITES {
        let site = compiled(name);
        let mut visit = Visit::first(&site).shown();
        assert!(visit.state.asks() && !visit.opened.iter().any(starts), "{name}");
        let effects = visit.press(Control::Accept);
        assert_eq!(
            visit.allowed().len(),
            site.categories.len() + site.services.len(),
            "{name}"
        );
        for service in &site.services {
            let loads = effects
                .iter()
                .any(|effect| matches!(effect, Effect::Start(id, _) if id.of(&site) == Some(service)));
            assert!(loads, "{name}: {}", service.id);
        }
        let next = visit.next(&site, after(DAY));
        assert!(!next.state.asks());
        assert_eq!(
            next.opened.iter().filter(|effect| starts(effect)).count(),
            site.services.len()
        );
        let effects = visit.press(Control::Withdraw);
        assert!(effects.contains(&Effect::Reload) || site.services.is_empty());
        let next = visit.next(&site, after(DAY));
        assert!(!next.state.asks() && !next.opened.iter().any(starts), "{name}");
    }
}

/// C-01, I-02: every place and condition of a first layer, before and after an answer.
#[test]
fn i_02_s_02_the_layers_are_filled() {
    let site = rasco();
    let mut visit = Visit::first(&site).shown();
    let there = |visit: &Visit, when: When| is_there(&visit.site, &visit.state, &when, None);
    let text = |visit: &Visit, place: Place| text_of(&visit.site, &visit.state, place, None);
    for when in [When::Granted, When::Coded, When::Recorded, When::Signal, When::Again] {
        assert!(!there(&visit, when.clone()), "{when}");
    }
    for name in ["analytics", "replay", "marketing", "yandex-metrika"] {
        assert!(there(&visit, When::Asked(name.to_owned())), "{name}");
    }
    assert!(!there(&visit, When::Asked("analitics".to_owned())));
    assert_eq!(text(&visit, Place::Host), "rasco.kz");
    for place in [Place::Code, Place::Names, Place::Status, Place::Record, Place::Embed] {
        let expected = if place == Place::Names {
            text(&visit, Place::Names)
        } else {
            String::new()
        };
        assert_eq!(text(&visit, place), expected, "{place}");
    }
    visit.press(Control::Accept);
    for when in [When::Granted, When::Coded, When::Recorded] {
        assert!(there(&visit, when.clone()), "{when}");
    }
    assert_eq!(text(&visit, Place::Code), visit.record().code().unwrap());
    assert_eq!(
        text(&visit, Place::Record),
        visit.record().to_text(),
        "R-04: what is shown is what is stored"
    );
    assert_eq!(text(&visit, Place::Status), "Всё принято.");
    visit.arrived("en");
    visit.speak("en");
    assert_eq!(text(&visit, Place::Status), "All accepted.");
    visit.press(Control::Reject);
    assert!(there(&visit, When::Recorded) && !there(&visit, When::Coded) && !there(&visit, When::Granted));
    visit.send(Event::OpenSettings);
    assert_eq!(text(&visit, Place::Status), "", "it was of another moment");
}

/// V-03: a first layer that asks anew names and lists only what lapsed, and a category is listed with any of its services.
#[test]
fn v_03_what_lapsed_is_named_and_listed() {
    let mut visit = Visit::first(&own_services()).shown();
    visit.press(Control::Accept);
    let mut site = own_services();
    site.services[1].terms = "1".to_owned();
    site.categories[1].terms = "1".to_owned();
    for language in &mut site.languages {
        language.names = ["Статистика", "Запись", "Реклама", "Счётчик", "Запись", "Баннер"]
            .map(str::to_owned)
            .into();
    }
    let next = visit.next(&site, after(DAY));
    assert_eq!(
        text_of(&site, &next.state, Place::Names, None),
        "Запись",
        "each name once"
    );
    assert!(is_there(&site, &next.state, &When::Again, None));
    let listed = |name: &str| is_there(&site, &next.state, &When::Asked(name.to_owned()), None);
    assert!(listed("replay") && listed("marketing") && listed("pixel"));
    assert!(!listed("analytics") && !listed("banner") && !listed("counter"));
}

/// P-01, I-04: a placeholder tells of its category and its service, or of all services of its category.
#[test]
fn i_04_a_placeholder_tells_whom_it_waits_for() {
    let site = own_services();
    let visit = Visit::first(&site);
    let embed = |category: &str, service: Option<&str>| Embed {
        category: CategoryId::named(&site, category).unwrap(),
        service: service.map(|service| ServiceId::named(&site, service).unwrap()),
    };
    let told = |embed: Embed| -> Vec<&str> {
        let is_told = |id: &Id| {
            is_there(
                &site,
                &visit.state,
                &When::Embed(id.name(&site).to_owned()),
                Some(embed),
            )
        };
        Id::all(&site).filter(is_told).map(|id| id.name(&site)).collect()
    };
    assert_eq!(told(embed("marketing", None)), ["marketing", "pixel", "banner"]);
    assert_eq!(told(embed("marketing", Some("pixel"))), ["marketing", "pixel"]);
    assert_eq!(told(embed("replay", None)), ["replay"]);
    assert!(!is_there(&site, &visit.state, &When::Embed("pixel".to_owned()), None));
    assert_eq!(
        text_of(
            &site,
            &visit.state,
            Place::Embed,
            Some(embed("marketing", Some("pixel")))
        ),
        "pixel"
    );
}

/// The contract: an embed's control grants its service on top of what holds, by a notice that was shown.
#[test]
fn c_01_an_embed_is_granted_alone() {
    let site = compiled("cap.kz");
    let mut visit = Visit::first(&site).shown();
    visit.save(&[true, false, false, true, false, false]);
    let maps = id(&site, "yandex-maps");
    let mut next = visit.next(&site, after(DAY));
    assert!(
        !next.press(Control::Also(maps)).iter().any(starts),
        "no placeholder stood there"
    );
    next.send(Event::Shown);
    next.press(Control::Also(maps));
    assert_eq!(next.allowed(), ["analytics", "media", "yandex-metrika", "yandex-maps"]);
    assert!(next.record().to_text().contains("\"method\":\"save\""));
}
