//! The page as assistive technology and the keyboard find it, beyond what the other visits press.

use serde_json::json;
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site};
use visits::{shows, shows_equal};

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![a_01_b_05_roles_and_names_are_there_for_people_and_machines]
}

async fn a_01_b_05_roles_and_names_are_there_for_people_and_machines(visitor: Visitor) {
    let watch = "<script>window.looked = 0; const real = Object.getOwnPropertyDescriptor(Navigator.prototype, 'webdriver'); \
        Object.defineProperty(Navigator.prototype, 'webdriver', {configurable: true, get() { window.looked++; \
        return real ? real.get.call(this) : true } })</script>";
    let internet = Internet::with([Site::of("cap.kz").page("/", &Page::new("ru").before_tag(watch))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://cap.kz/").await;
    visit.first_layer().await;
    for (selector, role) in [
        ("[data-kelisim=banner]", "region"),
        ("[data-kelisim=banner] [data-kelisim-action=accept]", "button"),
        ("[data-kelisim=banner] [data-kelisim-action=reject]", "button"),
        ("[data-kelisim=banner] [data-kelisim-action=settings]", "button"),
    ] {
        let element = visit.find(selector).await;
        let (name, computed) = (
            visit.accessible_name(&element).await,
            visit.accessible_role(&element).await,
        );
        shows_equal!("A-01", computed, role, "role of {selector}");
        shows!("A-01", !name.is_empty(), "name of {selector}");
    }
    let root = visit
        .script(
            "const r = document.getElementById('kelisim-root'); const s = r.querySelector('[data-kelisim=status]'); \
             return {nosnippet: r.hasAttribute('data-nosnippet'), inline: r.querySelectorAll('[style]').length, \
             own: !s.closest('[data-kelisim=banner], dialog'), closed: !r.querySelector('dialog[open]')}",
        )
        .await;
    let expected = json!({"nosnippet": true, "inline": 0, "own": true, "closed": true});
    assert_eq!(root, expected, "the root as the contract has it");
    visit.open_settings().await;
    for (name, _) in visit.switches().await {
        let (kind, id) = name.split_once(':').unwrap();
        let element = visit
            .find(&format!("dialog input[role=switch][data-kelisim-{kind}=\"{id}\"]"))
            .await;
        let label = visit.accessible_name(&element).await;
        shows!("A-16", !label.is_empty(), "{name} has a name");
        visit.switch(&name, true).await;
        shows_equal!(
            "A-16",
            visit.accessible_name(&element).await,
            label,
            "the name stays when {name} is on"
        );
        shows_equal!(
            "A-16",
            visit.accessible_role(&element).await,
            "switch",
            "{name} is a switch"
        );
    }
    visit.choose("reject").await;
    visit.recorded().await;
    let seen = visit.script("return [navigator.webdriver, window.looked]").await;
    shows_equal!(
        "B-05",
        seen,
        json!([true, 1]),
        "the browser is driven, and nobody but this test has looked"
    );
}
