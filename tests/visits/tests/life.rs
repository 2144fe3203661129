//! The life of a consent: withdrawn so that tracking stops, followed in other tabs and on other hosts, answered by a
//! signal, shown and receipted.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, full_configuration, site_json};
use visits::visit::Visit;
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";
const NEXT: &str = "https://rasco.kz/rust";

/// What belongs to the site itself, and has to outlive every purge.
const NECESSARY: &str = "for (const name of ['PHPSESSID', 'csrftoken', 'XSRF-TOKEN', 'cart', 'BITRIX_SM_SALE_UID']) \
    document.cookie = name + '=1; path=/'; \
    for (const name of ['cart', 'theme']) { localStorage.setItem(name, '1'); sessionStorage.setItem(name, '1') }";

/// Identifiers of vendors, in every way in which a cookie can have been set.
const LEFTOVERS: &str = "document.cookie = '_ga=host-only; path=/'; document.cookie = '_ga=parent; path=/; domain=rasco.kz'; \
    document.cookie = '_ym_uid=path; path=' + location.pathname; document.cookie = '_ga_OLD=secure; path=/; secure'; \
    document.cookie = 'tmr_lvid=partitioned; path=/; secure; samesite=none; partitioned'; \
    for (const name of ['_ym_uid', '_ym_retryReqs', '_ym10000003:0_reqNum', 'tmr_lvid']) localStorage.setItem(name, '1'); \
    sessionStorage.setItem('__ym_tab_guid', '1')";

/// What the status line says when Kelisim has started.
const SAID_FIRST: &str = "<script>addEventListener('kelisim:ready', () => \
    window.saidFirst = document.querySelector('[data-kelisim=status]')?.textContent)</script>";

/// What a page of somebody who does not know of Kelisim does: it calls its vendors.
const CALLS: &str = "ym(10000003, 'reachGoal', arguments[0]); gtag('event', arguments[0]); \
    (window._tmr = window._tmr || []).push({id: 1000003, type: 'reachGoal', goal: arguments[0]})";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        w_03_a_withdrawal_stops_purges_and_reloads,
        a_09_after_a_reload_nobody_loses_the_focus,
        w_03_a_page_that_stays_is_stopped_all_the_same,
        w_03_what_was_there_before_a_grant_goes_and_is_never_replayed,
        v_05_vendors_cookies_end_with_the_consent,
        w_04_another_tab_follows_within_a_second,
        w_04_a_page_restored_by_the_back_button_looks_again,
        w_04_a_grant_that_another_page_took_back_before_the_next_frame_starts_nothing,
        w_04_g_01_a_page_that_is_rendered_in_advance_starts_nothing,
        b_04_the_choice_holds_on_the_subdomains,
        w_04_a_refusal_elsewhere_overtakes_a_grant_that_waits,
        v_03_v_04_only_what_changed_is_asked,
        r_04_the_record_is_shown_copied_and_downloaded,
        r_06_receipts_are_sent_and_sent_again,
        s_01_s_02_the_signal_is_honoured,
    ]
}

fn internet_with(configuration: &Value, page: &Page) -> Arc<Internet> {
    Internet::with([Site::of("rasco.kz")
        .configuration(configuration)
        .page("/", page)
        .page("/rust", page)
        .answers("/course-counter.js", Answer::script("ran('course-counter')"))])
}

fn with(mut configuration: Value, key: &str, value: Value) -> Value {
    configuration[key] = value;
    configuration
}

/// Grants everything and waits until the vendors have begun.
async fn grant(visit: &Visit) {
    visit.answer("accept").await;
    begun(visit).await;
}

async fn begun(visit: &Visit) {
    visit
        .until_true(
            "the vendors' identifiers",
            "return /_ym_uid=/.test(document.cookie) && /_ga=/.test(document.cookie) && /tmr_lvid=/.test(document.cookie)",
        )
        .await;
}

/// The names of everything that is stored, without those of Kelisim.
async fn names(visit: &Visit) -> BTreeSet<String> {
    let stores = visit.stores().await;
    let mut names = BTreeSet::new();
    for store in ["cookies", "local", "session"] {
        for entry in stores[store].as_array().unwrap() {
            let name = entry.as_str().unwrap().split('=').next().unwrap();
            names.insert(format!("{store}:{name}"));
        }
    }
    names.retain(|name| !name.ends_with(":kelisim"));
    names
}

fn necessary() -> BTreeSet<String> {
    let cookies =
        ["PHPSESSID", "csrftoken", "XSRF-TOKEN", "cart", "BITRIX_SM_SALE_UID"].map(|name| format!("cookies:{name}"));
    let stored = ["cart", "theme"].map(|name| [format!("local:{name}"), format!("session:{name}")]);
    cookies.into_iter().chain(stored.into_iter().flatten()).collect()
}

/// Clicks about and calls the vendors as the page would; nothing may throw. The vendors' requests since then.
async fn uses_the_page(visit: &Visit, goal: &str) -> Vec<String> {
    let before = visit.internet.requests_to_vendors().len();
    for _ in 0..10 {
        visit.script_with(CALLS, vec![json!(goal)]).await;
        visit
            .script("document.querySelector('h1').click(); window.scrollBy(0, 20)")
            .await;
    }
    visit.settles().await;
    visit.internet.requests_to_vendors()[before..]
        .iter()
        .map(ToString::to_string)
        .collect()
}

async fn flags(visit: &Visit) -> Value {
    visit
        .script("return [window.disableYaCounter10000003 ?? null, window['ga-disable-G-RASCOKZ000'] ?? null]")
        .await
}

async fn w_03_a_withdrawal_stops_purges_and_reloads(visitor: Visitor) {
    let internet = internet_with(&full_configuration(), &Page::new("ru").before_tag(SAID_FIRST));
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.script(NECESSARY).await;
    grant(&visit).await;
    let code = visit.record().await.unwrap()["code"].clone();
    let requests = uses_the_page(&visit, "granted").await;
    assert!(!requests.is_empty(), "the stand-ins send what they see");
    shows_equal!(
        "M-03",
        flags(&visit).await,
        json!([null, null]),
        "no kill flag while it is granted"
    );

    visit.withdraw().await;
    visit.settles().await;
    shows_equal!(
        "W-03",
        names(&visit).await,
        necessary(),
        "what the vendors stored is gone, and nothing else"
    );
    shows_equal!(
        "M-03",
        flags(&visit).await,
        json!([true, true]),
        "the kill flags are set"
    );
    shows_equal!(
        "W-03",
        uses_the_page(&visit, "withdrawn").await,
        Vec::<String>::new(),
        "nothing is sent any more"
    );
    let said = visit
        .script("return [document.querySelector('[data-kelisim=status]').textContent, document.activeElement.dataset.kelisim, window.saidFirst]")
        .await;
    shows_equal!(
        "A-10",
        said[0],
        "Согласие отозвано.",
        "the result is told after the reload"
    );
    shows_equal!("A-09", said[1], "reopen", "and the focus is on the control that stays");
    shows_equal!("A-10", said[2], "", "on a line that was there, empty, before it spoke");

    let record = visit.record().await.unwrap();
    shows_equal!("W-05", record["method"], "withdraw", "the withdrawal is recorded");
    shows_equal!(
        "W-05",
        record["history"][0]["code"],
        code,
        "with the proof of the grant"
    );
    shows!("R-03", record.get("code").is_none(), "and no code of its own: {record}");
    let decisions = visit.events_since_arrival("kelisim:decision").await;
    shows_equal!("W-06", decisions.len(), 2, "one event for each act: {decisions:?}");
    let loads = internet
        .requests_for("rasco.kz", "/")
        .iter()
        .filter(|request| request.path == "/")
        .count();
    shows_equal!("W-03", loads, 2, "one reload");

    visit.open_and_start(NEXT).await;
    shows_equal!("W-03", names(&visit).await, necessary(), "the same on the next page");
    shows_equal!(
        "W-03",
        uses_the_page(&visit, "later").await,
        Vec::<String>::new(),
        "and nothing is sent there"
    );
    shows_equal!(
        "W-03",
        visit.errors().await,
        Vec::<String>::new(),
        "what the page calls never throws"
    );
    shows!(
        "W-01",
        visit.has("[data-kelisim=reopen]").await,
        "the way back in is on every page"
    );
}

/// The result of a decision is told a frame after the page began anew; somebody may be in a field by then.
async fn a_09_after_a_reload_nobody_loses_the_focus(visitor: Visitor) {
    let page = Page::new("ru")
        .body("<input id=\"field\" aria-label=\"Имя\">")
        .after_tag(
            "<script>addEventListener('kelisim:ready', () => document.querySelector('#field').focus())</script>",
        );
    let internet = internet_with(&full_configuration(), &page);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    grant(&visit).await;
    visit.withdraw().await;
    visit
        .until_true(
            "the result of the decision",
            "return document.querySelector('[data-kelisim=status]')?.textContent === 'Согласие отозвано.'",
        )
        .await;
    let focused = visit.script("return document.activeElement.id").await;
    shows_equal!("A-09", focused, "field", "the focus stays where it was");
}

async fn w_03_a_page_that_stays_is_stopped_all_the_same(visitor: Visitor) {
    let configuration = with(full_configuration(), "onWithdraw", json!("stay"));
    let internet = internet_with(&configuration, &Page::new("ru"));
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    grant(&visit).await;
    visit.mark_document().await;
    visit.script("kelisim.withdraw()").await;
    visit.settled_decisions(2).await;
    assert!(visit.is_marked_document().await, "nothing is loaded anew");
    shows_equal!(
        "W-03",
        names(&visit).await,
        BTreeSet::new(),
        "everything of theirs is gone"
    );
    let destructed = visit.calls("metrika").await;
    shows!(
        "W-03",
        destructed
            .iter()
            .any(|call| call["with"] == json!([10_000_003, "destruct"])),
        "Metrika's own end was called: {destructed:?}"
    );
    shows_equal!(
        "W-03",
        uses_the_page(&visit, "withdrawn").await,
        Vec::<String>::new(),
        "nothing is sent"
    );
    shows_equal!("W-03", names(&visit).await, BTreeSet::new(), "and nothing comes back");

    let loaded = internet.requests_for("mc.yandex.ru", "/metrika/tag.js").len();
    visit.reopen().await;
    visit.choose("accept").await;
    visit.settled_decisions(3).await;
    shows_equal!(
        "W-03",
        internet.requests_for("mc.yandex.ru", "/metrika/tag.js").len(),
        loaded,
        "what was withdrawn does not begin again in this document"
    );
    visit.open_and_start(NEXT).await;
    begun(&visit).await;
    shows_equal!(
        "W-03",
        visit
            .calls("metrika")
            .await
            .iter()
            .filter(|call| call["with"][1] == "reachGoal")
            .count(),
        0,
        "what was called meanwhile is not replayed"
    );
}

async fn w_03_what_was_there_before_a_grant_goes_and_is_never_replayed(visitor: Visitor) {
    // The usual snippets of the vendors without their scripts: functions that queue, and calls.
    let snippets = "<script>(function (m, i) { m[i] = m[i] || function () { (m[i].a = m[i].a || []).push(arguments) } })(window, 'ym'); \
        function gtag() { (window.dataLayer = window.dataLayer || []).push(arguments) } \
        window._tmr = window._tmr || []; dataLayer = window.dataLayer || []; dataLayer.push({page: 'course'}); \
        ym(10000003, 'reachGoal', 'before'); gtag('event', 'before'); _tmr.push({id: 1000003, goal: 'before'})</script>";
    let page = Page::new("ru")
        .before_tag(&format!("<script>{NECESSARY};{LEFTOVERS}</script>"))
        .body(snippets);
    let internet = internet_with(&full_configuration(), &page);
    let visit = visitor.comes_to(&internet).await;
    visit.open_and_start(NEXT).await;
    shows_equal!(
        "W-03",
        names(&visit).await,
        necessary(),
        "identifiers from before Kelisim are purged at the start"
    );
    visit.script_with(CALLS, vec![json!("undecided")]).await;
    // A page that defines its function again, as Google's snippet does.
    visit
        .script("window.gtag = function () { dataLayer.push(arguments) }; gtag('event', 'again')")
        .await;
    grant(&visit).await;
    visit.script_with(CALLS, vec![json!("granted")]).await;
    visit
        .until("the calls after the grant", async || {
            let calls = json!([
                visit.calls("metrika").await,
                visit.calls("google").await,
                visit.calls("top-mail-ru").await
            ]);
            (calls.to_string().matches("\"granted\"").count() >= 3).then_some(())
        })
        .await;
    let calls = json!([
        visit.calls("metrika").await,
        visit.calls("google").await,
        visit.calls("top-mail-ru").await
    ])
    .to_string();
    for never in ["\"before\"", "\"undecided\"", "\"again\""] {
        shows!("W-03", !calls.contains(never), "{never} was dropped: {calls}");
    }
    shows!(
        "M-02",
        visit
            .script("return dataLayer.some(entry => entry.page === 'course')")
            .await
            == true,
        "what the page says of itself stays in the layer"
    );
    shows_equal!("W-03", visit.errors().await, Vec::<String>::new(), "and nothing throws");
}

/// Opens a second tab of the same browser; its handle and that of the first.
async fn second_tab(visit: &Visit, address: &str) -> (fantoccini::wd::WindowHandle, fantoccini::wd::WindowHandle) {
    let first = visit.client().window().await.unwrap();
    let second = visit.client().new_window(true).await.unwrap().handle;
    visit.client().switch_to_window(second.clone()).await.unwrap();
    visit.open_and_start(address).await;
    (first, second)
}

async fn w_04_another_tab_follows_within_a_second(visitor: Visitor) {
    let internet = internet_with(&full_configuration(), &Page::new("ru"));
    let visit = visitor.comes_to(&internet).await;
    let client = visit.client().clone();
    visit.open_and_start(ADDRESS).await;
    let (first, second) = second_tab(&visit, NEXT).await;
    assert!(visit.asks().await);

    client.switch_to_window(first.clone()).await.unwrap();
    visit
        .script("kelisim.on('decision', detail => window.__decided = Date.now())")
        .await;
    client.switch_to_window(second.clone()).await.unwrap();
    visit
        .script("window.__acted = 0; addEventListener('click', () => window.__acted ||= Date.now(), true)")
        .await;
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    let acted = visit.script("return window.__acted").await.as_i64().unwrap();
    client.switch_to_window(first.clone()).await.unwrap();
    visit.settled_decisions(1).await;
    let heard = visit.events("kelisim:decision").await;
    shows_equal!("W-04", heard.len(), 1, "once per act: {heard:?}");
    shows_equal!(
        "W-04",
        heard[0]["source"],
        "tab",
        "the other tab is named as the source"
    );
    shows!("W-04", !visit.asks().await, "its first layer is gone");
    let decided = visit.script("return window.__decided").await.as_i64().unwrap();
    shows!(
        "W-04",
        decided - acted < 1000,
        "within a second: {} ms",
        decided - acted
    );
    visit
        .until("Metrika in the first tab", async || {
            (!visit.calls("metrika").await.is_empty()).then_some(())
        })
        .await;

    // A tab in which somebody writes is stopped and left as it is; another one loads anew.
    visit.mark_document().await;
    visit
        .find("#sign-up input[name=name]")
        .await
        .send_keys("Айгүл")
        .await
        .unwrap();
    client.switch_to_window(second.clone()).await.unwrap();
    let third = {
        let (_, third) = second_tab(&visit, ADDRESS).await;
        begun(&visit).await;
        visit.mark_document().await;
        third
    };
    client.switch_to_window(second.clone()).await.unwrap();
    visit.mark_document().await;
    visit.script("kelisim.withdraw()").await;
    visit.reloaded().await;
    client.switch_to_window(third).await.unwrap();
    visit.reloaded().await;
    shows!("W-04", !visit.asks().await, "the withdrawal is an answer in every tab");

    client.switch_to_window(first).await.unwrap();
    visit.settled_decisions(2).await;
    assert!(visit.is_marked_document().await, "nobody loses what they were writing");
    let written = visit.script("return document.querySelector('[name=name]').value").await;
    assert_eq!(written, "Айгүл");
    shows_equal!(
        "W-04",
        uses_the_page(&visit, "withdrawn").await,
        Vec::<String>::new(),
        "but nothing is sent"
    );
    shows_equal!(
        "W-03",
        names(&visit).await,
        BTreeSet::new(),
        "and nothing of the vendors is stored"
    );
}

async fn w_04_a_page_restored_by_the_back_button_looks_again(visitor: Visitor) {
    let internet = internet_with(&full_configuration(), &Page::new("ru"));
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    grant(&visit).await;
    visit.open_and_start(NEXT).await;
    begun(&visit).await;
    visit.withdraw().await;
    visit.client().back().await.unwrap();
    visit
        .until_true(
            "the first page, closed",
            "return location.pathname === '/' && !!window.kelisim && kelisim.record()?.method === 'withdraw' && !kelisim.allows('analytics')",
        )
        .await;
    visit.settles().await;
    shows_equal!(
        "W-04",
        names(&visit).await,
        BTreeSet::new(),
        "nothing of the vendors is stored"
    );
    shows_equal!(
        "W-04",
        uses_the_page(&visit, "back").await,
        Vec::<String>::new(),
        "and nothing is sent"
    );

    // The same without a browser that keeps pages: the page is told that it was restored.
    visit.open_and_start(ADDRESS).await;
    visit
        .script("const old = localStorage.getItem('kelisim'); localStorage.clear(); window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        .await;
    visit.settles().await;
    shows!(
        "B-07",
        !visit.asks().await,
        "a store that was emptied takes nothing back on this page"
    );
    visit.reload().await;
    shows!("B-07", visit.asks().await, "on the next the visitor is asked again");
}

/// As if the visitor had gone on at once, taken the grant back on the next page, and come back to this one, which the browser
/// had kept in the middle of it.
async fn w_04_a_grant_that_another_page_took_back_before_the_next_frame_starts_nothing(visitor: Visitor) {
    let mut configuration = full_configuration();
    configuration.as_object_mut().unwrap().remove("scope");
    // The refusal is made a minute after the grant. The page's own script says so: in Firefox one of the driver's has a `Date`
    // of its own.
    let page = Page::new("ru").before_tag(
        "<script>if (!sessionStorage.getItem('refused')) { const { now } = Date; Date.now = () => now.call(Date) + 60000 }</script>",
    );
    let internet = internet_with(&configuration, &page);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("reject").await;
    visit.recorded().await;
    visit
        .script(
            "sessionStorage.setItem('refused', localStorage.getItem('kelisim')); localStorage.removeItem('kelisim')",
        )
        .await;
    visit.reload().await;
    visit.reads_the_notice().await;
    visit.mark_document().await;
    visit
        .script(
            "document.querySelector('[data-kelisim=banner] [data-kelisim-action=accept]').click(); \
             localStorage.setItem('kelisim', sessionStorage.getItem('refused'))",
        )
        .await;
    // Nothing has started here, so there is nothing to load anew.
    visit
        .until_true("the refusal", "return kelisim.record()?.method === 'reject'")
        .await;
    visit.settles().await;
    shows_equal!(
        "W-04",
        visit.recorded().await["method"],
        "reject",
        "what was decided last holds"
    );
    let vendors = visit.internet.requests_to_vendors();
    shows!("W-04", vendors.is_empty(), "and no vendor has started: {vendors:?}");
}

async fn w_04_g_01_a_page_that_is_rendered_in_advance_starts_nothing(visitor: Visitor) {
    let page = Page::new("ru").before_tag(
        "<script>if (location.hash === '#advance') Object.defineProperty(Document.prototype, 'prerendering', {configurable: true, get: () => true})</script>",
    );
    let internet = internet_with(&full_configuration(), &page);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    grant(&visit).await;
    visit.open("about:blank").await;
    let before = internet.requests_to_vendors().len();
    visit.open(&format!("{ADDRESS}#advance")).await;
    visit.until_true("the script", "return !!window.kelisim").await;
    visit.settles().await;
    let shown = visit
        .script("return [!!document.getElementById('kelisim-root'), __visit.events.length]")
        .await;
    shows_equal!(
        "W-04",
        shown,
        json!([false, 0]),
        "nothing happens before somebody looks"
    );
    shows_equal!(
        "G-01",
        internet.requests_to_vendors().len(),
        before,
        "and no vendor is asked"
    );
    visit
        .script("delete Document.prototype.prerendering; document.dispatchEvent(new Event('prerenderingchange'))")
        .await;
    visit.ready().await;
    begun(&visit).await;
}

/// A grant waits for the words of the settings. What is refused meanwhile on another host of the scope, of which no event
/// tells this page, is the later decision.
async fn w_04_a_refusal_elsewhere_overtakes_a_grant_that_waits(visitor: Visitor) {
    // The words come to a page that nobody looks at, once there is a choice.
    let held_back = r"<script>{
        const real = fetch;
        const chosen = () => new Promise((go) => {
            const look = () => /kelisim=/.test(document.cookie) ? go() : setTimeout(look);
            look();
        });
        const came = (answer) => (document.cookie = 'came=1; domain=cap.kz; path=/', answer);
        window.fetch = (...what) => location.host === 'shop.cap.kz' && /locales|settings\./.test(what[0])
            ? chosen().then(() => real(...what)).then(came) : real(...what);
    }</script>";
    let internet = Internet::with([Site::of("cap.kz")
        .configuration(&site_json("cap.kz"))
        .page("/", &Page::new("ru").before_tag(held_back))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://shop.cap.kz/").await;
    visit.answer("accept").await;
    shows_equal!("W-04", visit.record().await, None, "the grant waits");
    let (shop, _) = second_tab(&visit, "https://cap.kz/").await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    visit
        .until_true("the words in the other tab", "return /came=1/.test(document.cookie)")
        .await;
    visit.settles().await;
    visit.client().switch_to_window(shop).await.unwrap();
    visit
        .until_true("the refusal", "return kelisim.record()?.method === 'reject'")
        .await;
    visit.settles().await;
    let standing = visit
        .script("return [kelisim.record().method, kelisim.allows('yandex-metrika'), /kelisim=[^;]*reject/.test(document.cookie)]")
        .await;
    shows_equal!(
        "W-04",
        standing,
        json!(["reject", false, true]),
        "the later decision holds"
    );
    let vendors = internet.requests_to_vendors();
    shows!("W-04", vendors.is_empty(), "nothing was started: {vendors:?}");
}

async fn b_04_the_choice_holds_on_the_subdomains(visitor: Visitor) {
    let configuration = site_json("cap.kz");
    let internet = Internet::with([Site::of("cap.kz")
        .configuration(&configuration)
        .page("/", &Page::new("ru"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://cap.kz/").await;
    visit.first_layer().await;
    shows_equal!(
        "G-02",
        visit.script("return document.cookie").await,
        "",
        "no cookie before a choice"
    );
    visit.open_settings().await;
    shows!(
        "B-04",
        visit.notice("scope").await.contains("cap.kz и поддомены"),
        "the notice says where the choice holds: {}",
        visit.notice("scope").await
    );
    visit.switch("service:yandex-metrika", true).await;
    visit.choose("save").await;
    visit.until_requested("mc.yandex.ru", "/watch").await;
    let cookie = visit.client().get_named_cookie("kelisim").await.unwrap();
    let size = cookie.name().len() + cookie.value().len() + 1;
    shows!("B-04", size <= 1500, "the cookie is small: {size}");
    shows!(
        "B-04",
        cookie.secure() == Some(true) && cookie.path() == Some("/"),
        "secure on https, for the whole site: {cookie}"
    );
    shows!(
        "B-04",
        cookie
            .domain()
            .is_some_and(|domain| domain.trim_start_matches('.') == "cap.kz"),
        "on the domain: {cookie}"
    );

    visit.open_and_start("https://shop.cap.kz/").await;
    shows!("B-04", !visit.asks().await, "the choice holds on the subdomain");
    visit
        .until("Metrika on the subdomain", async || {
            (!visit.calls("metrika").await.is_empty()).then_some(())
        })
        .await;
    let allowed = visit
        .script("return ['yandex-metrika', 'top-mail-ru'].map(id => kelisim.allows(id))")
        .await;
    shows_equal!("B-04", allowed, json!([true, false]), "as it was made");

    // Another tab on the parent domain follows when somebody looks at it again.
    let (shop, parent) = second_tab(&visit, "https://cap.kz/").await;
    visit.mark_document().await;
    visit.client().switch_to_window(shop).await.unwrap();
    visit.withdraw().await;
    visit.client().switch_to_window(parent).await.unwrap();
    visit
        .script("document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
        .await;
    visit.reloaded().await;
    let method = visit
        .script("return [kelisim.record().method, kelisim.allows('yandex-metrika')]")
        .await;
    shows_equal!(
        "W-04",
        method,
        json!(["withdraw", false]),
        "the withdrawal reached the parent domain"
    );
    shows_equal!(
        "W-03",
        visit
            .script("return document.cookie.replace(/kelisim=[^;]*/, '')")
            .await,
        "",
        "only the choice is left"
    );

    // The cookie is lost, as some browsers lose it after days: nothing that held before holds again.
    visit
        .script("document.cookie = 'kelisim=; path=/; domain=cap.kz; max-age=0'")
        .await;
    visit.reload().await;
    shows_equal!(
        "B-07",
        visit.script("return kelisim.allows('yandex-metrika')").await,
        false,
        "the grant stays taken back"
    );

    // Cookies are denied: one line says it, and the choice holds here.
    let page = Page::new("ru").before_tag(
        "<script>Object.defineProperty(Document.prototype, 'cookie', {configurable: true, get: () => '', set: () => {}})</script>",
    );
    internet.change(|site| site.page("/denied", &page));
    visit.script("localStorage.clear()").await;
    visit.open_and_start("https://cap.kz/denied").await;
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    let console = visit.console().await;
    shows_equal!("B-04", console, ["kelisim: cap.kz: mirrorDenied"], "said once");
}

async fn v_03_v_04_only_what_changed_is_asked(visitor: Visitor) {
    let internet = internet_with(&full_configuration(), &Page::new("ru"));
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    grant(&visit).await;
    let mut changed = full_configuration();
    changed["services"][3]["country"] = json!("DE");
    internet.change(|site| site.configuration(&changed));
    for address in [NEXT, ADDRESS, NEXT] {
        visit.open_and_start(address).await;
        visit.first_layer().await;
        begun(&visit).await;
        visit.settles().await;
        let words = visit
            .script("return document.querySelector('.kelisim-changed').textContent")
            .await;
        shows_equal!(
            "V-03",
            words,
            "Изменилось: Счётчик курсов",
            "the first layer says what changed"
        );
        shows_equal!(
            "V-04",
            visit.runs().await,
            Vec::<String>::new(),
            "and browsing on agrees to nothing"
        );
    }
    shows!(
        "V-03",
        !visit.calls("metrika").await.is_empty(),
        "its siblings keep running"
    );
    visit.answer("accept").await;
    visit
        .until("the changed service", async || {
            (visit.runs().await == ["course-counter"]).then_some(())
        })
        .await;
    visit.open_and_start(ADDRESS).await;
    shows!("V-02", !visit.asks().await, "an answer is not asked again");

    // Another colour, another typo, another translation: nobody is asked.
    changed["appearance"] = json!({"layout": "box", "tokens": {"accent": "#0a5c36"}});
    changed["texts"] = json!({"ru": {"title": "Файлы cookie"}});
    changed["services"][3]["purpose"]["en"] = json!("Counting opened course pages");
    internet.change(|site| site.configuration(&changed));
    visit.open_and_start(ADDRESS).await;
    shows!("V-03", !visit.asks().await, "what is no matter of consent asks nothing");
}

async fn r_04_the_record_is_shown_copied_and_downloaded(visitor: Visitor) {
    let internet = internet_with(&full_configuration(), &Page::new("ru"));
    let visit = visitor.comes_to(&internet).await;
    visit.open_and_start(ADDRESS).await;
    visit.open_settings().await;
    shows!(
        "R-04",
        !visit.sees("dialog [data-kelisim-item=record]").await,
        "no record, nothing to show"
    );
    visit.switch("service:course-counter", true).await;
    visit.choose("save").await;
    let record = visit.recorded().await;
    visit.reopen().await;
    visit.click("dialog [data-kelisim-item=record] summary").await;
    let shown = visit
        .script("const [field, link] = document.querySelectorAll('dialog textarea, dialog [data-kelisim-action=download]'); \
            return [field.value, field.readOnly, decodeURIComponent(link.href.split(',').slice(1).join(',')), link.download]")
        .await;
    let parsed = |text: &Value| serde_json::from_str::<Value>(text.as_str().unwrap()).unwrap();
    shows_equal!("R-04", parsed(&shown[0]), record, "the record as it is stored");
    shows_equal!("R-04", shown[1], true, "to be read only");
    shows_equal!("R-04", parsed(&shown[2]), record, "the file that is downloaded");
    shows_equal!("R-04", shown[3], "kelisim.json", "under a name");
    shows!(
        "I-02",
        visit.notice("code").await.contains(record["code"].as_str().unwrap()),
        "with the code of the grant"
    );
    // Where a page may not write to the clipboard, the words stay selected.
    visit
        .script("Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: text => { window.__copied = text; return Promise.reject() }}})")
        .await;
    visit.click("dialog [data-kelisim-action=copy]").await;
    let copied = visit
        .script("const field = document.querySelector('dialog textarea'); return [window.__copied, field.value.slice(field.selectionStart, field.selectionEnd)]")
        .await;
    shows_equal!("R-04", copied[0], shown[0], "copied");
    shows_equal!("R-04", copied[1], shown[0], "and selected");
    shows_equal!(
        "R-04",
        visit.errors().await,
        Vec::<String>::new(),
        "a refusal of the clipboard is no error"
    );
    visit
        .script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        .await;
    visit.click("dialog [data-kelisim-action=copy]").await;
    shows_equal!(
        "R-04",
        visit.errors().await,
        Vec::<String>::new(),
        "nor is a browser without one"
    );
}

async fn r_06_receipts_are_sent_and_sent_again(visitor: Visitor) {
    let configuration = with(full_configuration(), "receipts", json!("/kelisim/receipts"));
    let internet = internet_with(&configuration, &Page::new("ru"));
    internet.change(|site| site.answers("/kelisim/receipts", Answer::failure()));
    let receipts = || internet.requests_for("rasco.kz", "/kelisim/receipts");
    let visit = visitor.comes_to(&internet).await;
    visit.open_and_start(ADDRESS).await;
    visit.script("document.cookie = 'session=1; path=/'").await;
    visit.settles().await;
    shows_equal!("R-06", receipts().len(), 0, "nothing before a decision");
    grant(&visit).await;
    visit.until_requested("rasco.kz", "/kelisim/receipts").await;
    let sent = receipts().remove(0);
    shows_equal!("R-06", sent.method, "POST", "");
    shows_equal!("R-06", sent.media_type, "application/json", "");
    shows_equal!(
        "R-06",
        (sent.cookies.as_str(), sent.referrer.as_str(), sent.query.as_str()),
        ("", "", ""),
        "no cookie, no referrer, no query"
    );
    let receipt: Value = serde_json::from_str(&sent.body).unwrap();
    let record = visit.record().await.unwrap();
    let keys: Vec<&String> = receipt.as_object().unwrap().keys().collect();
    let expected = [
        "schema",
        "decided",
        "expires",
        "method",
        "categories",
        "services",
        "language",
        "policy",
        "notice",
        "operator",
        "code",
    ];
    shows_equal!("R-06", keys, expected, "and nothing else in it: {receipt}");
    for key in expected {
        shows_equal!("R-06", receipt[key], record[key], "{key} as it is recorded");
    }
    shows!("R-06", sent.body.len() < 2000, "small: {} bytes", sent.body.len());

    // The server failed: the same receipt goes again with the next page, until it is taken.
    visit.open_and_start(NEXT).await;
    visit
        .until("a second try", async || (receipts().len() >= 2).then_some(()))
        .await;
    shows_equal!("R-06", receipts()[1].body, sent.body, "the same again");
    visit.settles().await;
    internet.change(|site| site.answers("/kelisim/receipts", Answer::taken()));
    visit.open_and_start(ADDRESS).await;
    visit
        .until("a third try", async || (receipts().len() >= 3).then_some(()))
        .await;
    visit
        .until_true(
            "nothing waiting",
            "return localStorage.getItem('kelisim-receipts') === null",
        )
        .await;
    visit.open_and_start(NEXT).await;
    visit.settles().await;
    shows_equal!("R-06", receipts().len(), 3, "what was taken is not sent again");

    visit.mark_document().await;
    visit.script("kelisim.withdraw()").await;
    visit.reloaded().await;
    visit
        .until("the withdrawal's receipt", async || {
            (receipts().len() >= 4).then_some(())
        })
        .await;
    let withdrawn: Value = serde_json::from_str(&receipts()[3].body).unwrap();
    shows_equal!(
        "R-06",
        withdrawn["withdraws"],
        record["code"],
        "it names the grant that it takes back"
    );
    shows!("R-03", withdrawn.get("code").is_none(), "and has no code of its own");
    let mut failures = visit.console().await;
    failures.retain(|line| line.contains("kelisim"));
    shows_equal!(
        "R-06",
        failures,
        Vec::<String>::new(),
        "a visitor's console is not filled with it"
    );

    a_bounded_number_waits(&visit).await;
}

/// However often the server fails.
async fn a_bounded_number_waits(visit: &Visit) {
    visit
        .internet
        .change(|site| site.answers("/kelisim/receipts", Answer::failure()));
    for number in 0..14 {
        visit
            .script(if number % 2 == 0 {
                "return kelisim.reject()"
            } else {
                "return kelisim.withdraw()"
            })
            .await;
    }
    visit.settles().await;
    let waiting = visit
        .script("return localStorage.getItem('kelisim-receipts').trim().split('\\n').length")
        .await;
    shows_equal!("R-06", waiting, 10, "the oldest give way");
}

async fn s_01_s_02_the_signal_is_honoured(visitor: Visitor) {
    let signal =
        "<script>Object.defineProperty(navigator, 'globalPrivacyControl', {configurable: true, value: true})</script>";
    let internet = internet_with(&full_configuration(), &Page::new("ru").before_tag(signal));
    let visit = visitor.comes_to(&internet).await;
    visit.open_and_start(ADDRESS).await;
    visit.settles().await;
    shows!("S-01", !visit.asks().await, "nobody is asked");
    shows_equal!("S-01", visit.record().await, None, "nothing is recorded");
    shows_equal!("S-01", internet.requests_to_vendors().len(), 0, "nothing is loaded");
    let ready = visit.events("kelisim:ready").await;
    shows_equal!(
        "S-01",
        ready[0],
        json!({"record": null, "standing": "undecided"}),
        "the page hears how it stands"
    );
    let words = "Запрет отслеживания учтён";
    let control = visit.find("[data-kelisim=reopen]").await;
    let name = visit.accessible_name(&control).await;
    shows!("S-02", name.contains(words), "the control that stays says so: {name}");
    shows!(
        "S-02",
        visit
            .script("return document.querySelector('[data-kelisim=reopen] small').getBoundingClientRect().width > 50")
            .await
            == true,
        "to the eye too"
    );
    visit.reopen().await;
    shows_equal!("S-02", visit.notice("signal").await, words, "and the settings");
    visit
        .script("document.querySelector('dialog [data-kelisim-action=accept]').click()")
        .await;
    visit.until_said("noticeNotShown").await;
    shows_equal!(
        "S-01",
        visit.record().await,
        None,
        "what a script clicks is the page's act, and overrides no signal"
    );
    visit.open_and_start(NEXT).await;
    visit.settles().await;
    shows!("S-01", visit.runs().await.is_empty(), "nor later");
    visit.reopen().await;
    visit.switch("service:course-counter", true).await;
    visit.choose("save").await;
    visit
        .until("the chosen service", async || {
            (visit.runs().await == ["course-counter"]).then_some(())
        })
        .await;
    visit.open_and_start(NEXT).await;
    visit
        .until("the chosen service", async || {
            (visit.runs().await == ["course-counter"]).then_some(())
        })
        .await;
    shows!(
        "S-01",
        !visit.sees("[data-kelisim=reopen] small").await,
        "the visitor's own choice wins"
    );
    assert_eq!(internet.requests_to_vendors().len(), 0);
}

/// How long the cookies of a name still live, in days, each with its domain.
async fn lives(visit: &Visit, name: &str) -> Vec<(String, f64)> {
    let now = std::time::SystemTime::now();
    let cookies = visit.client().get_all_cookies().await.unwrap();
    let mut lives = Vec::new();
    for cookie in cookies.iter().filter(|cookie| cookie.name() == name) {
        let end = cookie.expires_datetime().map_or(now, std::time::SystemTime::from);
        let left = end.duration_since(now).unwrap_or_default();
        let days = left.as_secs_f64() / 86_400.0;
        lives.push((
            cookie.domain().unwrap_or_default().trim_start_matches('.').to_owned(),
            days,
        ));
    }
    lives.sort_by(|one, other| one.0.cmp(&other.0));
    lives
}

async fn v_05_vendors_cookies_end_with_the_consent(visitor: Visitor) {
    let internet = internet_with(&full_configuration(), &Page::new("ru"));
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    grant(&visit).await;
    // As the vendor sets it, on the domain; another of the same name for this host; one of the site's own; one of a session.
    visit
        .script(
            "document.cookie = '_ym_uid=on-domain; path=/; domain=rasco.kz; max-age=31536000'; \
             document.cookie = '_ym_own=on-host; path=/; max-age=31536000'; \
             document.cookie = 'remember=own; path=/; max-age=31536000'",
        )
        .await;
    shows!(
        "V-05",
        lives(&visit, "_ym_uid").await.iter().any(|(_, days)| *days > 360.0),
        "a year, as the vendor asks"
    );
    // The vendor sets its own anew with every page, so they are shortened when the visitor leaves it, too.
    internet.change(|site| site.page("/without", &Page::new("ru").tag("")));
    visit.open("https://rasco.kz/without").await;
    for name in ["_ym_uid", "_ym_own"] {
        visit
            .until(&format!("a shorter {name}"), async || {
                let lives = lives(&visit, name).await;
                let shorter = |(_, days): &(String, f64)| (175.0..=180.1).contains(days);
                (!lives.is_empty() && lives.iter().all(shorter)).then_some(())
            })
            .await;
    }
    let on_domain = lives(&visit, "_ym_uid").await;
    shows!(
        "V-05",
        on_domain.iter().all(|(domain, _)| domain == "rasco.kz"),
        "where it was: {on_domain:?}"
    );
    shows!(
        "V-05",
        lives(&visit, "remember").await.iter().all(|(_, days)| *days > 360.0),
        "the site's own stays as it is"
    );
    let value = visit
        .script("return document.cookie.split('; ').filter(cookie => cookie.startsWith('_ym_own='))")
        .await;
    shows_equal!("V-05", value, json!(["_ym_own=on-host"]), "once, and with its value");
}
