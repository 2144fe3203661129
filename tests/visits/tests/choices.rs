//! The settings: what is shown is what is stored is what runs, and the dialog is a true modal one.

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::{Value, json};
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, full_configuration};
use visits::visit::{ENTER, ESCAPE, TAB, Visit, banner};
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

/// What is switched on, one visit each: enough to see every switch with and without its neighbours.
const COMBINATIONS: &[&[&str]] = &[
    &[],
    &["service:google-analytics"],
    &["service:yandex-metrika", "category:replay"],
    &["category:analytics", "service:top-mail-ru"],
    &["category:marketing", "category:functional"],
    &["service:course-counter", "category:media"],
    &["category:replay"],
];

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        c_05_what_is_shown_is_stored_and_runs,
        c_01_c_06_switches_follow_each_other,
        a_08_a_02_a_09_the_settings_are_a_true_modal,
        a_08_open_settings_stay_a_modal_whatever_the_page_does,
        f_10_a_press_beside_the_settings_closes_them,
        f_01_one_control_takes_back_and_one_refuses,
        c_02_many_services_are_folded,
        m_02_one_update_per_decision_and_ads_stay_denied,
    ]
}

fn internet() -> std::sync::Arc<Internet> {
    let scripts: String = ["functional", "analytics", "replay", "marketing", "media"]
        .map(|id| format!("<script type=\"text/plain\" data-category=\"{id}\">ran(\"category:{id}\")</script>"))
        .concat();
    Internet::with([Site::of("rasco.kz")
        .configuration(&full_configuration())
        .page("/", &Page::new("ru").body(&scripts))
        .answers(
            "/course-counter.js",
            visits::internet::Answer::script("ran('service:course-counter')"),
        )])
}

/// What runs in the page, in the names of the switches.
async fn running(visit: &Visit) -> Vec<String> {
    let mut running = visit.runs().await;
    for (name, switch) in [
        ("metrika", "yandex-metrika"),
        ("google", "google-analytics"),
        ("top-mail-ru", "top-mail-ru"),
    ] {
        if !visit.calls(name).await.is_empty() {
            running.push(format!("service:{switch}"));
        }
    }
    running.sort();
    running
}

async fn c_05_what_is_shown_is_stored_and_runs(visitor: Visitor) {
    let internet = internet();
    let visit = visitor.comes_to(&internet).await;
    for wanted in COMBINATIONS {
        visit.open(ADDRESS).await;
        visit.script("localStorage.clear()").await;
        visit.reload().await;
        visit.open_settings().await;
        for name in *wanted {
            visit.switch(name, true).await;
        }
        let shown = visit.switches().await;
        visit.choose("save").await;
        let record = visit.recorded().await;
        let mut on = Vec::new();
        for (name, state) in &shown {
            let (kind, id) = name.split_once(':').unwrap();
            let stored = &record[if kind == "service" { "services" } else { "categories" }][id];
            shows_equal!("C-05", stored, state, "{name} is stored as shown after {wanted:?}");
            let allowed = visit
                .script_with("return kelisim.allows(arguments[0])", vec![json!(id)])
                .await;
            shows_equal!("C-05", allowed, *state, "{id} is allowed as shown after {wanted:?}");
            // A service that the page only names in its markup has nothing that could be seen to run.
            if *state && name != "service:youtube" {
                on.push(name.clone());
            }
        }
        on.sort();
        visit
            .until(&format!("{on:?} to run"), async || {
                (running(&visit).await.len() >= on.len()).then_some(())
            })
            .await;
        visit.settles().await;
        shows_equal!(
            "C-05",
            running(&visit).await,
            on,
            "what is shown is what runs after {wanted:?}"
        );
        shows_equal!(
            "I-02",
            record.get("code").is_some(),
            !on.is_empty(),
            "a code where something is granted: {record}"
        );
    }
}

async fn c_01_c_06_switches_follow_each_other(visitor: Visitor) {
    let internet = internet();
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.open_settings().await;
    let on = async || {
        let switches = visit.switches().await;
        let on: Vec<String> = switches
            .into_iter()
            .filter(|(_, on)| *on)
            .map(|(name, _)| name)
            .collect();
        on
    };
    assert!(on().await.is_empty());
    visit.switch("service:google-analytics", true).await;
    shows_equal!(
        "C-01",
        on().await,
        ["category:analytics", "service:google-analytics"],
        "a service brings its category only"
    );
    visit.switch("service:google-analytics", false).await;
    shows_equal!(
        "C-01",
        on().await,
        Vec::<String>::new(),
        "the last service takes its category along"
    );
    visit.switch("category:analytics", true).await;
    let whole = [
        "category:analytics",
        "service:yandex-metrika",
        "service:google-analytics",
        "service:course-counter",
    ];
    shows_equal!("C-01", on().await, whole, "a category brings its services");

    // Another language does not touch the switches.
    visit
        .click("dialog[data-kelisim=settings] [data-kelisim-action=language][data-kelisim-language=kk]")
        .await;
    visit
        .until_true("Kazakh", "return document.getElementById('kelisim-root').lang === 'kk'")
        .await;
    shows_equal!(
        "L-03",
        on().await,
        whole,
        "the switches keep their state in another language"
    );

    let necessary = visit
        .script(
            "const n = document.querySelector('dialog[data-kelisim=settings] [data-kelisim-item=necessary]'); return {text: \
             n.textContent.length, controls: n.querySelectorAll('input, button, select, [tabindex]').length, named: \
             !!document.querySelector('[data-kelisim-category=necessary]')}",
        )
        .await;
    shows!(
        "C-06",
        necessary["text"].as_u64().unwrap() > 20,
        "what is necessary is explained"
    );
    shows_equal!("C-06", necessary["controls"], 0, "and has no control");
    shows!("C-06", necessary["named"] == false, "nor a switch");
}

/// Where the focus is: in the dialog, nowhere, or on something of the page.
async fn focus(visit: &Visit) -> String {
    let body = "const f = document.activeElement; const d = document.querySelector('dialog[data-kelisim=settings]'); \
        return d && d.contains(f) ? 'dialog' : !f || f === document.body || f === document.documentElement ? 'nowhere' : \
        f.dataset.kelisim || f.dataset.kelisimAction || f.id || f.tagName";
    visit.script(body).await.as_str().unwrap().to_owned()
}

async fn a_08_a_02_a_09_the_settings_are_a_true_modal(visitor: Visitor) {
    let internet = internet();
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    let opener = visit.find(&banner("settings")).await;
    opener.send_keys(&ENTER.to_string()).await.unwrap();
    visit.settings_open().await;
    shows_equal!("A-08", focus(&visit).await, "dialog", "the focus goes into the dialog");
    let dialog = visit
        .script(
            r"
            const dialog = document.querySelector('dialog[data-kelisim=settings]');
            const link = document.querySelector('#course');
            const box = link.getBoundingClientRect();
            const name = dialog.getAttribute('aria-label') ||
                document.getElementById(dialog.getAttribute('aria-labelledby'))?.textContent;
            link.focus();
            return {name, modal: dialog.matches(':modal'), held: document.activeElement !== link,
                hit: document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === link};
            ",
        )
        .await;
    shows!(
        "A-08",
        dialog["modal"] == true && dialog["name"].as_str().is_some_and(|name| !name.is_empty()),
        "{dialog}"
    );
    shows!(
        "A-02",
        dialog["hit"] == false && dialog["held"] == true,
        "the rest is inert for everyone: {dialog}"
    );
    for _ in 0..25 {
        visit.press(&[TAB]).await;
        let place = focus(&visit).await;
        shows!(
            "A-08",
            place == "dialog" || place == "nowhere",
            "Tab went to {place} behind the dialog"
        );
    }
    visit.press(&[ESCAPE]).await;
    visit.settings_closed().await;
    shows!("A-08", visit.record().await.is_none(), "Escape saves nothing");
    shows_equal!(
        "A-08",
        focus(&visit).await,
        "settings",
        "the focus goes back to the opener"
    );
    shows!(
        "A-08",
        visit.has(&format!("{}:focus", banner("settings"))).await,
        "which is the first layer's button"
    );

    focus_returns_to_whatever_opened(&visit).await;
}

async fn focus_returns_to_whatever_opened(visit: &Visit) {
    // From the page's own link: closed by the button, the focus returns to the link.
    visit
        .find("#cookie-settings")
        .await
        .send_keys(&ENTER.to_string())
        .await
        .unwrap();
    visit.settings_open().await;
    visit.choose("close").await;
    visit.settings_closed().await;
    shows_equal!(
        "A-08",
        focus(visit).await,
        "settings",
        "the focus goes back to the page's own link"
    );
    shows!(
        "A-08",
        visit.has("#cookie-settings:focus").await,
        "the link that opened it"
    );

    // Saving from the first layer: the opener is gone, the focus is on what stays.
    visit
        .find(&banner("settings"))
        .await
        .send_keys(&ENTER.to_string())
        .await
        .unwrap();
    visit.settings_open().await;
    visit
        .find("dialog[data-kelisim=settings] [data-kelisim-action=save]")
        .await
        .send_keys(&ENTER.to_string())
        .await
        .unwrap();
    visit.recorded().await;
    visit.settings_closed().await;
    visit.settles().await;
    shows_equal!(
        "A-09",
        focus(visit).await,
        "reopen",
        "the focus is on the control that stays"
    );
    // And from there once more, closed without a change.
    visit.press(&[ENTER]).await;
    visit.settings_open().await;
    visit.press(&[ESCAPE]).await;
    visit.settings_closed().await;
    shows_equal!(
        "A-08",
        focus(visit).await,
        "reopen",
        "the focus is back on the control that stays"
    );
}

/// The signals of each consent update that Google's stand-in was given.
async fn updates(visit: &Visit) -> Vec<Value> {
    let body = "return (window.dataLayer || []).filter(e => e[0] === 'consent' && e[1] === 'update').map(e => e[2])";
    visit.script(body).await.as_array().unwrap().clone()
}

/// Turns the first switch by its key, which leaves the focus on it.
async fn turn_a_switch(visit: &Visit) {
    let switch = visit.find("#kelisim-root dialog input").await;
    switch.send_keys(" ").await.unwrap();
}

async fn a_08_open_settings_stay_a_modal_whatever_the_page_does(visitor: Visitor) {
    let internet = internet();
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.open_settings().await;
    turn_a_switch(&visit).await;
    let modal = "const dialog = document.querySelector('#kelisim-root dialog'); \
        return dialog?.matches(':modal') && dialog.contains(document.activeElement)";
    shows!("A-08", visit.script(modal).await == true, "to begin with");
    visit
        .script("document.body.append(document.createElement('p')); document.body.prepend(document.createElement('p'))")
        .await;
    turn_a_switch(&visit).await;
    shows!(
        "A-08",
        visit.script(modal).await == true,
        "after the page has grown and a switch was turned"
    );
    visit.script("document.querySelector('#kelisim-root').remove()").await;
    visit
        .until_true(
            "a modal again, with the focus in it, after the root was taken out",
            modal,
        )
        .await;
}

/// Presses a point of the window.
async fn press_at(visit: &Visit, x: f64, y: f64) {
    let press = MouseActions::new("mouse".to_owned())
        .then(PointerAction::MoveTo { duration: None, x, y })
        .then(PointerAction::Down {
            button: MOUSE_BUTTON_LEFT,
        })
        .then(PointerAction::Up {
            button: MOUSE_BUTTON_LEFT,
        });
    visit.client().perform_actions(press).await.unwrap();
}

async fn f_10_a_press_beside_the_settings_closes_them(visitor: Visitor) {
    let internet = internet();
    let visit = visitor.comes_to(&internet).await;
    visit.client().set_window_size(1200, 800).await.unwrap();
    visit.open(ADDRESS).await;
    visit.open_settings().await;
    turn_a_switch(&visit).await;
    // The page behind them stays where it is.
    let stays = visit
        .script("return getComputedStyle(document.documentElement).overflowY")
        .await;
    shows_equal!("F-10", stays, "hidden", "the page behind does not scroll");
    // Within them nothing closes them.
    let inside = visit
        .script("const box = document.querySelector('dialog header').getBoundingClientRect(); return [box.left + 30, box.top + 4]")
        .await;
    press_at(&visit, inside[0].as_f64().unwrap(), inside[1].as_f64().unwrap()).await;
    visit.settles().await;
    shows!("F-10", visit.has("dialog[open]").await, "they stay");
    press_at(&visit, 20.0, 300.0).await;
    visit.settings_closed().await;
    shows!("F-10", visit.record().await.is_none(), "nothing is decided by that");
    shows!("F-10", visit.asks().await, "and the question stands");
    let scrolls = visit
        .script("return getComputedStyle(document.documentElement).overflowY")
        .await;
    shows!("F-10", scrolls != "hidden", "the page scrolls again");
}

/// What stands in the footer of the settings, as far as it can be seen.
const FOOTER: &str = "return [...document.querySelectorAll('dialog footer button')].filter((one) => one.getClientRects().length) \
    .map((one) => one.dataset.kelisimAction)";

async fn f_01_one_control_takes_back_and_one_refuses(visitor: Visitor) {
    let internet = internet();
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.open_settings().await;
    shows_equal!(
        "F-01",
        visit.script(FOOTER).await,
        json!(["reject", "accept", "save"]),
        "before an answer"
    );
    visit.choose("accept").await;
    visit.settled_decisions(1).await;
    visit.reopen().await;
    shows_equal!(
        "F-01",
        visit.script(FOOTER).await,
        json!(["withdraw", "accept", "save"]),
        "once something is granted"
    );
    visit.choose("close").await;
    visit.settings_closed().await;
    visit.withdraw().await;
    visit.ready().await;
    visit.reopen().await;
    shows_equal!(
        "F-01",
        visit.script(FOOTER).await,
        json!(["reject", "accept", "save"]),
        "after a withdrawal"
    );
}

async fn c_02_many_services_are_folded(visitor: Visitor) {
    let mut configuration = full_configuration();
    for number in 0..6 {
        configuration["services"].as_array_mut().unwrap().push(json!({
            "id": format!("counter-{number}"), "name": format!("Счётчик {number}"), "category": "functional",
            "src": format!("https://counter-{number}.example/counter.js"), "recipient": "ТОО «Получатель»", "country": "KZ",
            "purpose": {"ru": "Помнить, что выбрано", "kk": "Таңдауды есте сақтау", "en": "Remember what was chosen"}, "data": ["ip"],
            "storage": [{"name": format!("_counter_{number}"), "in": "cookie", "lifetime": "30d"}],
        }));
    }
    let internet = Internet::with([Site::of("rasco.kz").configuration(&configuration)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.open_settings().await;
    let folded = "return [...document.querySelectorAll('dialog details.kelisim-services')].map((one) => [one.open, \
        one.querySelectorAll('[data-kelisim-service]').length, one.querySelector('summary').textContent])";
    shows_equal!(
        "C-02",
        visit.script(folded).await,
        json!([[false, 6, "Подробнее (6)"]]),
        "one category has many"
    );
    // The switch of the category stands above them, and they follow it folded.
    visit.switch("category:functional", true).await;
    visit.click("dialog details.kelisim-services > summary").await;
    visit.switch("service:counter-3", false).await;
    visit.choose("save").await;
    visit.settled_decisions(1).await;
    let services = visit.recorded().await["services"].clone();
    shows_equal!("C-02", services["counter-3"], false, "{services}");
    shows_equal!("C-02", services["counter-4"], true, "{services}");
}

async fn m_02_one_update_per_decision_and_ads_stay_denied(visitor: Visitor) {
    let internet = internet();
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    let default = visit.script("return [...dataLayer].map(e => [...e])").await;
    shows_equal!(
        "M-02",
        default.as_array().unwrap().len(),
        1,
        "one consent default before anything: {default}"
    );
    shows_equal!(
        "M-02",
        default[0][2]["analytics_storage"],
        "denied",
        "everything denied"
    );
    shows_equal!(
        "M-02",
        default[0][2]["security_storage"],
        "granted",
        "but what protects the site"
    );
    shows!(
        "G-01",
        internet.requests_for("www.googletagmanager.com", "/").is_empty(),
        "the script waits for the grant"
    );
    visit.open_settings().await;
    visit.switch("service:google-analytics", true).await;
    visit.choose("save").await;
    visit.settled_decisions(1).await;
    let given = updates(&visit).await;
    shows_equal!("M-02", given.len(), 1, "one update per decision: {given:?}");
    shows_equal!(
        "M-02",
        given[0]["analytics_storage"],
        "granted",
        "statistics are granted"
    );
    for signal in ["ad_storage", "ad_user_data", "ad_personalization"] {
        shows!(
            "M-02",
            given[0][signal] != "granted",
            "{signal} stays denied without marketing: {given:?}"
        );
    }
    visit
        .until("Google's calls", async || {
            (visit.calls("google").await.len() >= 4).then_some(())
        })
        .await;
    let calls = visit.calls("google").await;
    let config = calls.iter().find(|call| call["with"][0] == "config").unwrap();
    let days = config["with"][2]["cookie_expires"].as_f64().unwrap_or_default() / 86_400.0;
    shows!(
        "V-05",
        (179.9..=180.0).contains(&days),
        "its cookies live as long as the consent: {days} days"
    );

    visit.reopen().await;
    visit.choose("accept").await;
    visit.settled_decisions(2).await;
    let given = updates(&visit).await;
    shows_equal!(
        "M-02",
        given.len(),
        2,
        "one more update for one more decision: {given:?}"
    );
    shows_equal!("M-02", given[1]["ad_storage"], "granted", "ads with marketing");
}
