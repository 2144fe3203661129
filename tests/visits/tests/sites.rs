//! The five sites, each under its own scheme and name and with its own configuration: what a visitor of every one of
//! them goes through.

use std::time::Duration;

use serde_json::{Value, json};
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{ASKING_SITES, Page, SITES, Site, address, site_json};
use visits::visit::{ESCAPE, Visit, banner};
use visits::{shows, shows_equal};

/// The page's own gated scripts: inline and external, slow and quick, and one that fails.
const GATED: &str = r#"
<script type="text/plain" data-category="analytics">ran("inline")</script>
<script type="text/plain" data-category="analytics" data-src="/slow.js" data-mark="kept"></script>
<script type="text/plain" data-category="analytics">ran("after slow")</script>
<script type="text/plain" data-category="analytics" data-src="/missing.js"></script>
<script type="text/plain" data-category="analytics" data-src="/quick.js"></script>
<script type="text/plain" data-category="marketing">ran("marketing")</script>
"#;

/// The order in which they have to run once everything is granted.
const IN_ORDER: [&str; 5] = ["inline", "slow kept", "after slow", "quick", "marketing"];

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = visits::visits_to![
        ASKING_SITES;
        g_01_g_02_g_05_f_01_nothing_before_a_choice,
        g_10_m_01_m_02_accept_starts_everything_once,
        g_04_r_03_a_refusal_stays_a_refusal,
        c_01_c_02_c_03_c_05_settings_do_what_they_show,
    ];
    cases.extend(visits::visits![
        g_02_i_01_a_site_with_nothing_optional_asks_nothing,
        g_01_g_10_the_demo_pages_hold_back_what_they_name,
    ]);
    cases
}

fn internet(domain: &str) -> std::sync::Arc<Internet> {
    let page = Page::new("ru").body(GATED);
    Internet::with([Site::of(domain)
        .page("/", &page)
        .page("/rust", &page)
        .answers(
            "/slow.js",
            Answer::script("ran('slow ' + document.currentScript.dataset.mark)").after(Duration::from_millis(400)),
        )
        .answers("/quick.js", Answer::script("ran('quick')"))])
}

/// Ids of the services that a site's configuration names.
fn services(domain: &str) -> Vec<String> {
    let text = |service: &Value| service["use"].as_str().unwrap().to_owned();
    site_json(domain)["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(text)
        .collect()
}

/// Those that start something; an embed stands in a page of its own.
fn starting(domain: &str) -> Vec<String> {
    let mut services = services(domain);
    services.retain(|service| service != "yandex-maps");
    services
}

/// The host of a service, and the name under which its stand-in writes down its calls.
fn vendor(service: &str) -> (&'static str, &'static str) {
    match service {
        "yandex-metrika" => ("mc.yandex.ru", "metrika"),
        "google-analytics" => ("www.googletagmanager.com", "google"),
        "top-mail-ru" => ("top-fwz1.mail.ru", "top-mail-ru"),
        unknown => panic!("{unknown} has no stand-in"),
    }
}

async fn nothing_happened(visit: &Visit, when: &str) {
    let vendors = visit.internet.requests_to_vendors();
    shows!("G-01", vendors.is_empty(), "no vendor is asked {when}: {vendors:?}");
    let runs = visit.runs().await;
    shows!("G-01", runs.is_empty(), "no gated script runs {when}: {runs:?}");
}

async fn nothing_stored(visit: &Visit, when: &str) {
    let nothing = json!({"cookies": [], "local": [], "session": [], "caches": [], "databases": []});
    shows_equal!("G-02", visit.stores().await, nothing, "nothing is stored {when}");
}

async fn g_01_g_02_g_05_f_01_nothing_before_a_choice(visitor: Visitor, domain: &'static str) {
    let internet = internet(domain);
    let visit = visitor.comes_to(&internet).await;
    visit.open(&address(domain)).await;
    visit.first_layer().await;
    assert_eq!(
        visit.events("kelisim:shown").await.len(),
        1,
        "kelisim:shown tells the page once"
    );

    let layer = visit
        .script(
            r"
            const layer = document.querySelector('[data-kelisim=banner]');
            const root = document.getElementById('kelisim-root');
            const accept = layer.querySelector('[data-kelisim-action=accept]');
            const before = [...layer.querySelectorAll('*')].filter(e => !e.children.length && e.textContent.trim() &&
                e.compareDocumentPosition(accept) & Node.DOCUMENT_POSITION_FOLLOWING).map(e => e.textContent).join(' ');
            return {
                language: root.lang, first: document.body.previousElementSibling === root,
                role: layer.getAttribute('role'), label: layer.getAttribute('aria-label'),
                buttons: [...layer.querySelectorAll('button')].map(b => b.dataset.kelisimAction).filter(a => a !== 'language'),
                typed: [...layer.querySelectorAll('button')].every(b => b.type === 'button'),
                inputs: layer.querySelectorAll('input').length, before,
                status: document.querySelector('[data-kelisim=status][role=status]')?.textContent,
                focus: document.activeElement === document.body, text: layer.textContent };
            ",
        )
        .await;
    shows_equal!("L-02", layer["language"], "ru", "the layer speaks the page's language");
    shows!(
        "F-08",
        layer["first"] == true,
        "the root is first in the body while it asks"
    );
    shows_equal!("A-01", layer["role"], "region", "the first layer is a region");
    shows!(
        "A-01",
        !layer["label"].as_str().unwrap_or_default().is_empty(),
        "the region has a name"
    );
    shows_equal!(
        "F-01",
        layer["buttons"],
        json!(["reject", "accept", "settings"]),
        "three native buttons"
    );
    shows!("F-01", layer["typed"] == true, "none of them submits a form");
    shows_equal!("F-11", layer["inputs"], 0, "no checkbox on the first layer");
    shows_equal!("A-10", layer["status"], "", "the status line is there and empty");
    shows!("A-04", layer["focus"] == true, "the focus stays where it was");
    let before = layer["before"].as_str().unwrap();
    for service in services(domain) {
        let words: &[&str] = match service.as_str() {
            "yandex-metrika" => &["Yandex Metrika", "ЯНДЕКС", "Россия"],
            "google-analytics" => &["Google Analytics", "Google LLC", "США", "Ирландия"],
            _ => &["Top.Mail.Ru", "«ВК»", "Россия"],
        };
        for word in words {
            shows!(
                "F-07",
                before.contains(word),
                "{word} is named before the grant: {before}"
            );
        }
    }
    let text = layer["text"].as_str().unwrap().to_lowercase();
    for forbidden in ["принимаю политику", "используя сайт", "продолжая", "безоговорочн"]
    {
        shows!("F-11", !text.contains(forbidden), "the first layer says {forbidden}");
    }

    nothing_is_a_choice(&visit, domain).await;
}

/// Scrolling, clicking, Escape, a reload and another page leave everything closed and the question open.
async fn nothing_is_a_choice(visit: &Visit, domain: &str) {
    visit
        .script("scrollTo(0, 900); dispatchEvent(new Event('scroll'))")
        .await;
    visit.click("h1").await;
    visit.press(&[ESCAPE]).await;
    visit.click("#send").await;
    visit.settles().await;
    shows!(
        "G-05",
        visit.asks().await,
        "scrolling, clicking and Escape leave the question"
    );
    shows!(
        "G-05",
        visit.record().await.is_none(),
        "scrolling, clicking and Escape decide nothing"
    );
    nothing_happened(visit, "before a choice").await;
    nothing_stored(visit, "before a choice").await;
    visit.reload().await;
    visit.first_layer().await;
    visit.open(&format!("{}rust", address(domain))).await;
    visit.first_layer().await;
    visit.settles().await;
    shows!(
        "F-13",
        visit.asks().await,
        "the question stands on every page until it is answered"
    );
    nothing_happened(visit, "on the next page").await;
    nothing_stored(visit, "on the next page").await;
    shows!(
        "G-06",
        visit.internet.requests_to_vendors().is_empty(),
        "everything of the banner is first-party"
    );
    let hints = "link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=preload][href^=http]";
    shows!("G-07", !visit.has(hints).await, "no hint leads to a vendor");
    assert_eq!(visit.errors().await, Vec::<String>::new());
}

/// The `init` call of Metrika's stand-in.
async fn metrika_options(visit: &Visit) -> Value {
    let calls = visit.calls("metrika").await;
    let inits: Vec<&Value> = calls.iter().filter(|call| call["with"][1] == "init").collect();
    shows_equal!("M-01", inits.len(), 1, "Metrika is started once: {calls:?}");
    shows!(
        "M-01",
        inits[0]["realArguments"] == true,
        "with a real arguments object"
    );
    inits[0]["with"][2].clone()
}

async fn g_10_m_01_m_02_accept_starts_everything_once(visitor: Visitor, domain: &'static str) {
    let internet = internet(domain);
    let visit = visitor.comes_to(&internet).await;
    visit.open(&address(domain)).await;
    visit.first_layer().await;
    // An answer waits for the whole notice; what is measured here is what it does then.
    visit.reads_the_notice().await;
    visit.settles().await;
    let click = visit
        .script_until_done(
            r"
            const vendorsAsked = () => performance.getEntriesByType('resource').filter(e => !e.name.startsWith(location.origin)).length;
            document.querySelector('[data-kelisim=banner] [data-kelisim-action=accept]').click();
            Promise.resolve().then(() => {
                const inTask = {layer: !!document.querySelector('[data-kelisim=banner]'), record: localStorage.getItem('kelisim'),
                    vendors: vendorsAsked(), calls: window.ym?.a?.length ?? 0};
                requestAnimationFrame(() => done({...inTask, painted: !!document.querySelector('[data-kelisim=banner]')}));
            });
            ",
        )
        .await;
    assert_eq!(click["painted"], false, "the layer is gone before the next frame");
    assert_eq!(click["layer"], false, "the layer is gone in the click's own task");
    shows!(
        "G-01",
        click["record"].is_string(),
        "the record is written in the click's own task"
    );
    shows!(
        "G-01",
        click["calls"] == 0 && click["vendors"] == 0,
        "nothing starts before the click was painted"
    );

    visit
        .until("the page's scripts", async || {
            (visit.runs().await.len() >= IN_ORDER.len()).then_some(())
        })
        .await;
    for service in starting(domain) {
        let (host, name) = vendor(&service);
        visit.until_requested(host, "/").await;
        visit
            .until(&format!("a call of {name}"), async || {
                (!visit.calls(name).await.is_empty()).then_some(())
            })
            .await;
    }
    visit.settles().await;
    shows_equal!(
        "G-10",
        visit.runs().await,
        IN_ORDER,
        "each gated script once, in document order"
    );
    let record = visit.record().await.unwrap();
    assert_eq!(record["method"], "api", "what a script clicks is the page's act");
    for group in ["categories", "services"] {
        let all = record[group].as_object().unwrap().values().all(|on| on == true);
        shows!("C-05", all, "everything is granted: {record}");
    }

    let replay = record["categories"].get("replay").is_some();
    let options = metrika_options(&visit).await;
    for option in ["webvisor", "clickmap"] {
        shows_equal!(
            "M-01",
            options[option],
            replay,
            "{option} follows the replay purpose: {options}"
        );
    }
    if services(domain).contains(&"google-analytics".to_owned()) {
        google_was_told_in_order(&visit).await;
    }
    let decisions = visit.events("kelisim:decision").await;
    assert_eq!(decisions.len(), 1, "one event per act");
    assert_eq!(decisions[0]["source"], "here");
    assert_eq!(decisions[0]["record"], record);
    shows!(
        "A-10",
        visit
            .script("return document.querySelector('[data-kelisim=status]').textContent")
            .await
            != "",
        "the result is announced"
    );
    let foreign: Vec<String> = strangers(&internet, domain);
    assert!(foreign.is_empty(), "only the configured vendors are asked: {foreign:?}");

    the_next_visit_is_not_asked(&visit, domain).await;
}

/// Restored, not asked, running.
async fn the_next_visit_is_not_asked(visit: &Visit, domain: &str) {
    let record = visit.record().await.unwrap();
    let requests = visit.internet.requests_to_vendors().len();
    visit.open_and_start(&format!("{}rust", address(domain))).await;
    visit
        .until("the page's scripts", async || {
            (visit.runs().await.len() >= IN_ORDER.len()).then_some(())
        })
        .await;
    visit
        .until("a call of Metrika", async || {
            (!visit.calls("metrika").await.is_empty()).then_some(())
        })
        .await;
    assert!(!visit.asks().await, "a decision is not asked again");
    let status = visit
        .script("return document.querySelector('[data-kelisim=status]').textContent")
        .await;
    shows_equal!("A-10", status, "", "nothing is announced that did not happen here");
    shows_equal!("G-10", visit.runs().await, IN_ORDER, "the same on the next page");
    assert_eq!(visit.record().await.unwrap(), record, "the record stays as it is");
    assert!(
        visit.internet.requests_to_vendors().len() > requests,
        "what was granted runs"
    );
    assert_eq!(visit.events("kelisim:decision").await.len(), 0, "no event on a load");
    assert_eq!(visit.errors().await, Vec::<String>::new());
}

fn strangers(internet: &Internet, domain: &str) -> Vec<String> {
    let mut known: Vec<&str> = starting(domain).iter().map(|service| vendor(service).0).collect();
    known.push("www.google-analytics.com");
    let requests = internet.requests_to_vendors();
    requests
        .iter()
        .filter(|request| !known.contains(&request.host.as_str()))
        .map(ToString::to_string)
        .collect()
}

/// Consent default, then one update, then `js` and `config`, all as real `arguments` objects.
async fn google_was_told_in_order(visit: &Visit) {
    let (events, calls): (Vec<Value>, Vec<Value>) = visit
        .calls("google")
        .await
        .into_iter()
        .partition(|call| call["with"][0].is_object());
    shows!(
        "M-02",
        events.len() == 1 && events[0]["with"][0]["event"] == "kelisim:decision",
        "a tag manager hears of the decision: {events:?}"
    );
    shows!(
        "R-03",
        events[0]["with"][0].get("record").is_none(),
        "and nothing of the record: {events:?}"
    );
    let last = visit.script("return dataLayer.findLastIndex(e => e[1] === 'update') < dataLayer.findIndex(e => e.event === 'kelisim:decision')").await;
    shows!("M-02", last == true, "after the consent update");
    for (name, value) in [("ads_data_redaction", true), ("url_passthrough", false)] {
        let set = |call: &&Value| call["with"][0] == "set" && call["with"][1] == name && call["with"][2] == value;
        shows_equal!(
            "M-02",
            calls.iter().filter(set).count(),
            1,
            "{name} is {value}: {calls:?}"
        );
    }
    shows!(
        "M-02",
        calls.iter().all(|call| call["realArguments"] == true),
        "gtag pushes arguments objects: {calls:?}"
    );
    let names: Vec<String> = calls
        .iter()
        .map(|call| {
            [
                call["with"][0].as_str().unwrap_or_default(),
                call["with"][1].as_str().unwrap_or_default(),
            ]
            .join(" ")
        })
        .collect();
    let place = |name: &str| {
        let places: Vec<usize> = names
            .iter()
            .enumerate()
            .filter(|(_, known)| known.starts_with(name))
            .map(|(place, _)| place)
            .collect();
        shows_equal!("M-02", places.len(), 1, "exactly one `{name}`: {names:?}");
        places[0]
    };
    let order = [
        place("consent default"),
        place("consent update"),
        place("js"),
        place("config G-"),
    ];
    shows!("M-02", order.is_sorted(), "default, update, js, config: {names:?}");
    let signals = |place: usize| calls[place]["with"][2].clone();
    for signal in ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"] {
        shows_equal!("M-02", signals(order[0])[signal], "denied", "{signal} by default");
        shows_equal!(
            "M-02",
            signals(order[1])[signal],
            "granted",
            "{signal} after everything was granted"
        );
    }
}

async fn g_04_r_03_a_refusal_stays_a_refusal(visitor: Visitor, domain: &'static str) {
    let internet = internet(domain);
    let visit = visitor.comes_to(&internet).await;
    visit.open(&address(domain)).await;
    visit.answer("reject").await;
    let record = visit.recorded().await;
    assert_eq!(record["method"], "reject");
    for group in ["categories", "services"] {
        let none = record[group].as_object().unwrap().values().all(|on| on == false);
        shows!("G-04", none, "everything is refused: {record}");
    }
    shows!("R-03", record.get("code").is_none(), "a refusal has no code: {record}");
    visit.settles().await;
    nothing_happened(&visit, "after a refusal").await;
    let own = |stores: &Value| {
        let cookies = stores["cookies"]
            .as_array()
            .unwrap()
            .iter()
            .all(|c| c.as_str().unwrap().starts_with("kelisim="));
        cookies && stores["local"] == json!(["kelisim"]) && stores["session"] == json!([])
    };
    let stores = visit.stores().await;
    shows!("G-04", own(&stores), "only the record is stored: {stores}");
    assert_eq!(visit.events("kelisim:decision").await.len(), 1);
    visit.reload().await;
    visit.settles().await;
    shows!("G-04", !visit.asks().await, "a refusal is not asked again");
    nothing_happened(&visit, "after a refusal and a reload").await;
    assert_eq!(visit.record().await.unwrap(), record);

    // Save with nothing on is the same refusal.
    visit
        .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=' + location.hostname")
        .await;
    visit.reload().await;
    visit.open_settings().await;
    visit.choose("save").await;
    let saved = visit.recorded().await;
    shows_equal!(
        "C-05",
        saved["categories"],
        record["categories"],
        "saving with nothing on refuses everything"
    );
    shows!("R-03", saved.get("code").is_none(), "and has no code: {saved}");
    visit.reload().await;
    visit.settles().await;
    assert!(!visit.asks().await, "nor is it asked again");
    nothing_happened(&visit, "after saving nothing").await;
}

async fn c_01_c_02_c_03_c_05_settings_do_what_they_show(visitor: Visitor, domain: &'static str) {
    let internet = internet(domain);
    let visit = visitor.comes_to(&internet).await;
    visit.open(&address(domain)).await;
    visit.open_settings().await;
    let configuration = site_json(domain);
    let mut wanted: Vec<String> = services(domain).iter().map(|id| format!("service:{id}")).collect();
    let category = |category: &Value| format!("category:{}", category["id"].as_str().unwrap());
    wanted.extend(configuration["categories"].as_array().unwrap().iter().map(category));
    let switches = visit.switches().await;
    shows!(
        "C-02",
        switches.iter().all(|(_, on)| !on),
        "every switch is off at first: {switches:?}"
    );
    let mut names: Vec<String> = switches.into_iter().map(|(name, _)| name).collect();
    names.sort();
    wanted.sort();
    shows_equal!("C-01", names, wanted, "one switch per category and per service");
    let dialog = visit
        .script(
            "const d = document.querySelector('dialog[data-kelisim=settings]'); const count = a => \
             d.querySelectorAll('button[data-kelisim-action=' + a + ']').length; return {modal: d.matches(':modal'), \
             accept: count('accept'), reject: count('reject'), save: count('save')}",
        )
        .await;
    shows!("A-08", dialog["modal"] == true, "the settings are a true modal dialog");
    shows_equal!(
        "F-01",
        [&dialog["accept"], &dialog["reject"], &dialog["save"]],
        [1, 1, 1],
        "as many refusals as grants"
    );

    // Escape leaves without saving.
    visit.switch("service:yandex-metrika", true).await;
    visit.press(&[ESCAPE]).await;
    visit.settings_closed().await;
    shows!("A-08", visit.record().await.is_none(), "Escape decides nothing");
    shows!("F-10", visit.asks().await, "and leaves the question");

    one_service_without_the_others(&visit, domain).await;
    more_is_started_and_less_reloads(&visit, domain).await;
}

/// One service of one country runs, the others do not, and the settings show so.
async fn one_service_without_the_others(visit: &Visit, domain: &str) {
    visit.open_settings().await;
    let switches = visit.switches().await;
    shows!(
        "C-02",
        switches.iter().all(|(_, on)| !on),
        "Escape discards the draft: {switches:?}"
    );
    visit.switch("service:yandex-metrika", true).await;
    let shown = visit.switches().await;
    visit.choose("save").await;
    let record = visit.recorded().await;
    assert_eq!(record["method"], "save");
    for (name, on) in &shown {
        let (kind, id) = name.split_once(':').unwrap();
        let stored = &record[if kind == "service" { "services" } else { "categories" }][id];
        shows_equal!("C-05", stored, on, "{name} is stored as it was shown");
    }
    visit
        .until("Metrika", async || {
            (!visit.calls("metrika").await.is_empty()).then_some(())
        })
        .await;
    visit.settles().await;
    for service in starting(domain) {
        let (host, _) = vendor(&service);
        let asked = !visit.internet.requests_for(host, "/").is_empty();
        shows_equal!(
            "C-01",
            asked,
            service == "yandex-metrika",
            "only Metrika loads, and {service} is asked: {asked}"
        );
    }
    let options = metrika_options(visit).await;
    shows!(
        "M-01",
        options["webvisor"] == false && options["clickmap"] == false,
        "no replay: {options}"
    );
    shows!(
        "C-03",
        shown.iter().filter(|(name, _)| name.starts_with("category:")).count() >= 2
            && shown.contains(&("category:marketing".to_owned(), false)),
        "statistics, recording and advertising are purposes of their own: {shown:?}"
    );

    // The footer's link and the control that stays show the true state.
    visit.click("#cookie-settings").await;
    visit.settings_open().await;
    assert_eq!(visit.switches().await, shown, "the settings show what is stored");
    let code = visit.notice("code").await;
    shows!(
        "I-02",
        code.contains(record["code"].as_str().unwrap()),
        "the code of the grant is shown: {code}"
    );
    visit.choose("close").await;
    visit.settings_closed().await;
    visit.reopen().await;
    assert_eq!(visit.switches().await, shown);
}

/// Granting more starts it in the same document; taking something back loads the page anew without it.
async fn more_is_started_and_less_reloads(visit: &Visit, domain: &str) {
    // Granting more starts it at once.
    let others: Vec<String> = starting(domain)
        .into_iter()
        .filter(|id| id != "yandex-metrika")
        .collect();
    visit.mark_document().await;
    for service in &others {
        visit.switch(&format!("service:{service}"), true).await;
    }
    visit.choose("save").await;
    for service in &others {
        visit.until_requested(vendor(service).0, "/").await;
    }
    assert!(visit.is_marked_document().await, "granting more does not reload");

    // Taking something back stores it and loads the page anew without it.
    visit.reopen().await;
    let before = visit.internet.requests_for("mc.yandex.ru", "/metrika").len();
    visit.switch("service:yandex-metrika", false).await;
    let shown = visit.switches().await;
    visit.choose("save").await;
    visit.reloaded().await;
    visit.settles().await;
    assert_eq!(
        visit.internet.requests_for("mc.yandex.ru", "/metrika").len(),
        before,
        "what was taken back does not run"
    );
    let record = visit.record().await.unwrap();
    for (name, on) in &shown {
        let (kind, id) = name.split_once(':').unwrap();
        let stored = &record[if kind == "service" { "services" } else { "categories" }][id];
        shows_equal!("C-05", stored, on, "{name} is stored as it was shown");
    }
    let after = visit
        .script("return [document.querySelector('[data-kelisim=status]').textContent, document.activeElement.dataset.kelisim]")
        .await;
    shows!(
        "A-10",
        after[0] != "",
        "the status line tells the result after the reload"
    );
    shows_equal!("A-09", after[1], "reopen", "the focus is on the control that stays");
    let decisions = visit.events_since_arrival("kelisim:decision").await;
    assert_eq!(decisions.len(), 3, "one event per act, none on a load: {decisions:?}");
    assert_eq!(decisions[2]["source"], "here");
    let withdrawn = decisions[2]["withdrawn"].as_array().unwrap();
    assert!(withdrawn.contains(&json!("yandex-metrika")), "{withdrawn:?}");
}

async fn g_02_i_01_a_site_with_nothing_optional_asks_nothing(visitor: Visitor) {
    let domain = "course-planet.net";
    let internet = Internet::with([Site::of(domain)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open_and_start(&address(domain)).await;
    visit.settles().await;
    shows!("G-02", !visit.asks().await, "there is nothing to ask");
    nothing_happened(&visit, "where nothing is optional").await;
    nothing_stored(&visit, "where nothing is optional").await;
    visit.reopen().await;
    let notice = visit
        .script("return document.querySelector('dialog[data-kelisim=settings]').textContent")
        .await;
    let notice = notice.as_str().unwrap();
    for words in [
        "ИП МоноХаб",
        "021121550955",
        "support@course-planet.net",
        "Отзыв согласия на обработку персональных данных",
    ] {
        shows!("I-01", notice.contains(words), "the notice says {words}: {notice}");
    }
    assert_eq!(visit.switches().await, vec![]);
    shows!(
        "F-01",
        !visit
            .has("dialog[data-kelisim=settings] [data-kelisim-action=accept]")
            .await,
        "nothing to accept"
    );
    visit.press(&[ESCAPE]).await;
    visit.settings_closed().await;
    let granted = visit.script_until_done("kelisim.accept().then(done, done)").await;
    shows!("G-01", granted.is_null(), "and nothing to accept by a call: {granted}");
    nothing_stored(&visit, "after looking at the notice").await;
    assert!(!visit.has(&banner("accept")).await);
    assert_eq!(visit.errors().await, Vec::<String>::new());
}

async fn g_01_g_10_the_demo_pages_hold_back_what_they_name(visitor: Visitor) {
    let internet = Internet::with(SITES.map(Site::demo));
    let visit = visitor.comes_to(&internet).await;
    let runs = "return (window.demoRuns || []).length";
    for domain in SITES {
        visit.open_and_start(&address(domain)).await;
        visit.settles().await;
        assert_eq!(visit.script(runs).await, 0, "{domain}: the page's own scripts wait");
        if domain == "course-planet.net" {
            assert!(!visit.asks().await, "{domain}: nothing to ask");
            continue;
        }
        let before = internet.requests_to_vendors().len();
        visit.answer("accept").await;
        visit
            .until_true(
                &format!("the scripts of {domain}"),
                "return (window.demoRuns || []).length === 3",
            )
            .await;
        let more = async || (internet.requests_to_vendors().len() > before).then_some(());
        visit.until(&format!("a vendor of {domain}"), more).await;
        assert_eq!(visit.errors().await, Vec::<String>::new(), "{domain}");
        // The footer's link opens the settings instead of following its address.
        // The demo scrolls smoothly, so a driver's pointer would miss it.
        visit
            .script("document.querySelector('footer [data-kelisim-action=settings]').click()")
            .await;
        visit.settings_open().await;
    }
}
