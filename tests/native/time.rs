//! Nothing takes longer than there is to do (requirement T-06): not with any number of services, not with any text that a
//! stranger left.

use std::time::{Duration, Instant};

use kelisim::consent::purge::{Fate, fate, matches, scopes};
use kelisim::visit::Control;
use kelisim_site::{Site, Step, Storage, Value};

use crate::site::{Browser, DAY, Visit, after, id, named, noon, own_service, own_services};

/// A site with so many services, each of which asks whether another id is granted.
fn with_services(number: usize) -> Site {
    let mut site = own_services();
    site.services = (0..number)
        .map(|place| {
            let mut service = own_service(&format!("service-{place}"), "analytics");
            service.start.push(Step::Set {
                name: "asked".to_owned(),
                to: Value::Granted("replay".to_owned()),
            });
            service
        })
        .collect();
    site.scope = None;
    named(site)
}

/// A whole visit: opened, asked, answered in each way, opened again.
fn visit(number: usize) -> Duration {
    let site = with_services(number);
    let names: Vec<String> = site.services.iter().map(|service| service.id.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let began = Instant::now();
    let mut visit = Visit::first(&site).shown();
    visit.press(Control::Accept);
    let next = visit.next(&site, after(DAY));
    assert_eq!(next.allowed().len(), 3 + number);
    visit.press(Control::Withdraw);
    visit.only(&names, 1);
    visit.press(Control::Also(id(&site, "replay")));
    began.elapsed()
}

/// The quickest of some visits: what else a busy machine does is not measured.
fn quickest(number: usize) -> Duration {
    (0..4).map(|_| visit(number)).min().unwrap()
}

/// Ten times as many services may take ten times as long, and as much again for the ids that a page names one by one.
#[test]
fn t_06_a_visit_takes_time_with_the_services_that_there_are() {
    let (few, many) = (quickest(200), quickest(2000));
    assert!(many < few * 50 + Duration::from_secs(1), "{few:?} became {many:?}");
}

#[test]
fn t_06_a_pattern_ends_in_time() {
    let name = "a".repeat(1_000_000);
    let began = Instant::now();
    assert!(!matches(&format!("{}b", "*a".repeat(1000)), &name));
    assert!(matches(&format!("{}*", "*a".repeat(1000)), &name));
    assert!(!matches(&format!("*{}b*", "a".repeat(1000)), &name));
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[test]
fn t_06_what_a_stranger_left_is_read_in_time() {
    let began = Instant::now();
    let long = "x,".repeat(1_000_000);
    let members = (0..50_000)
        .map(|place| format!(r#""id-{place}":true"#))
        .collect::<Vec<_>>()
        .join(",");
    for text in [
        long.clone(),
        format!(r#"{{"schema":1,"decided":"{long}"}}"#),
        format!(
            r#"{{"schema":1,"decided":"2026-11-20T12:00:00Z","expires":"2026-11-20T12:00:00Z","method":"save","categories":{{{members}}}}}"#
        ),
    ] {
        assert!(
            Visit::at(&own_services(), Browser::with_record(&text), noon())
                .allowed()
                .is_empty()
        );
        let visit = Visit::at(&own_services(), Browser::with_mirror(&text), noon());
        assert_eq!(
            fate(&visit.site, visit.state.permissions(), 0, Storage::Cookie, &text),
            Fate::Stays
        );
    }
    assert!(scopes("a.b.c.example.kz", &"/x".repeat(100)).len() > 1000);
    assert!(began.elapsed() < Duration::from_secs(20));
}
