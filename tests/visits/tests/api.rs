//! `window.kelisim`, the DOM events and the queue, as a page uses them.

use serde_json::json;
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, full_configuration, site_json};
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        g_05_nobody_but_the_visitor_says_yes,
        the_queue_the_events_and_the_calls_work,
        w_06_a_page_may_answer_inside_the_event,
    ]
}

async fn g_05_nobody_but_the_visitor_says_yes(visitor: Visitor) {
    let page = Page::new("ru").body(
        "<button id=\"trap\" data-kelisim-action=\"accept\">Далее</button><button id=\"save\" data-kelisim-action=\"save\">Ещё</button>\
         <button id=\"no\" data-kelisim-action=\"reject\">Нет</button>",
    );
    // Called as early as a page can: before the configuration has come, so before any notice.
    let early = "<script>(window.kelisimQueue = window.kelisimQueue || []).push(function (kelisim) { \
        kelisim.accept().then(function (record) { window.early = record; }); \
        kelisim.accept(['analytics']).then(function (record) { window.earlier = record; }); });</script>";
    let internet = Internet::with([Site::of("rasco.kz").page("/", &page.before_tag(early))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit
        .until_true(
            "both answers",
            "return window.early !== undefined && window.earlier !== undefined",
        )
        .await;
    let early = visit.script("return [window.early, window.earlier]").await;
    shows_equal!(
        "G-01",
        early,
        json!([null, null]),
        "a call before the notice grants nothing"
    );
    let console = visit.console().await;
    assert!(!console.is_empty(), "and says so in the console");
    for trap in ["#trap", "#save"] {
        visit
            .script_with(
                "const t = document.querySelector(arguments[0]); t.scrollIntoView({block: 'center'}); t.click()",
                vec![json!(trap)],
            )
            .await;
    }
    visit.script("const t = document.querySelector('#trap'); t.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))").await;
    visit.settles().await;
    shows!(
        "G-05",
        visit.record().await.is_none() && visit.asks().await,
        "the page's own accept control grants nothing"
    );
    shows!("G-01", internet.requests_to_vendors().is_empty(), "and nobody is asked");

    // Its own reject control is honoured.
    visit.script("document.querySelector('#no').click()").await;
    shows_equal!(
        "F-03",
        visit.recorded().await["method"],
        "reject",
        "the page's own reject control refuses"
    );

    // In a document where no notice was rendered, a call cannot grant.
    visit.reload().await;
    let record = visit.record().await.unwrap();
    let said = visit.console().await.len();
    let answer = visit
        .script_until_done("kelisim.accept().then(done, () => done('rejected'))")
        .await;
    shows!(
        "G-05",
        answer.is_null(),
        "without a notice accept() is refused: {answer}"
    );
    shows_equal!("G-05", visit.record().await.unwrap(), record, "and the record stays");
    shows_equal!(
        "G-05",
        visit.console().await.len(),
        said + 1,
        "and one line in the console says so"
    );
    visit.settles().await;
    shows!(
        "G-01",
        internet.requests_to_vendors().is_empty(),
        "still nobody is asked"
    );
}

async fn the_queue_the_events_and_the_calls_work(visitor: Visitor) {
    let queue = "<script>(window.kelisimQueue = window.kelisimQueue || []).push(function (kelisim) { window.queued = \
        kelisim.version; kelisim.on('decision', function (detail) { (window.heard = window.heard || []).push(detail.granted); }); });</script>";
    let internet = Internet::with([Site::of("rasco.kz")
        .configuration(&full_configuration())
        .page("/", &Page::new("ru").before_tag(queue))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    let start = visit
        .script_until_done(
            "kelisim.ready.then(api => done({same: api === window.kelisim, version: window.queued === api.version && !!api.version, \
             record: api.record(), allows: api.allows('analytics'), necessary: api.allows('necessary'), unknown: api.allows('x')}))",
        )
        .await;
    let expected =
        json!({"same": true, "version": true, "record": null, "allows": false, "necessary": true, "unknown": false});
    assert_eq!(start, expected, "ready gives the API, undecided");
    visit
        .script("kelisimQueue.push(function (kelisim) { window.late = kelisim === window.kelisim; })")
        .await;
    visit.until_true("the late call", "return window.late === true").await;

    // The notice stands in this document, so the page's own dialog may pass the visitor's answer on.
    let granted = visit
        .script_until_done("kelisim.accept(['analytics', 'youtube']).then(done, e => done(String(e)))")
        .await;
    assert_eq!(granted["method"], "api");
    let wanted = json!({"functional": false, "analytics": true, "replay": false, "marketing": false, "media": true});
    assert_eq!(granted["categories"], wanted, "exactly these ids");
    shows_equal!(
        "R-01",
        visit.record().await.unwrap(),
        granted,
        "the promise gives the record"
    );
    visit.settled_decisions(1).await;
    let event = &visit.events("kelisim:decision").await[0];
    assert_eq!(event["record"], granted);
    assert_eq!(event["withdrawn"], json!([]));
    assert!(
        event["granted"].as_array().unwrap().contains(&json!("analytics")),
        "{event}"
    );
    assert_eq!(visit.script("return window.heard.length").await, 1, "on() hears it");
    assert!(!visit.asks().await);
    visit
        .script(
            "const forgotten = () => { window.remembered = true }; kelisim.on('decision', forgotten); \
             kelisim.off('decision', forgotten)",
        )
        .await;
    visit
        .script("const off = kelisim.on('decision', () => { window.unheard = true }); off()")
        .await;
    let unknown = visit
        .script_until_done("kelisim.accept(['analitics']).then(done, e => done(String(e)))")
        .await;
    shows!("G-03", unknown.is_null(), "an unknown id grants nothing: {unknown}");

    visit.script("kelisim.settings()").await;
    visit.settings_open().await;
    visit.choose("close").await;
    visit.settings_closed().await;
    visit.script("kelisim.show()").await;
    visit.first_layer().await;

    visit
        .script_until_done("kelisim.accept(['analytics', 'youtube']).then(done)")
        .await;
    visit.settled_decisions(2).await;
    assert_eq!(
        visit
            .script("return [window.remembered === undefined, window.unheard === undefined]")
            .await,
        json!([true, true]),
        "off() is heard of no more, nor what took itself off"
    );

    // Withdrawing reloads; the second visit knows nothing but the refusal.
    visit.mark_document().await;
    visit.script("kelisim.withdraw()").await;
    visit.reloaded().await;
    let record = visit.record().await.unwrap();
    assert_eq!(record["method"], "withdraw");
    shows!("R-03", record.get("code").is_none(), "{record}");
    let before = internet.requests_to_vendors().len();
    visit.settles().await;
    assert_eq!(
        internet.requests_to_vendors().len(),
        before,
        "nothing runs after a withdrawal"
    );
    let ready = visit.events("kelisim:ready").await;
    assert_eq!(ready[0]["record"], record, "ready tells the record");
}

async fn w_06_a_page_may_answer_inside_the_event(visitor: Visitor) {
    let internet = Internet::with([Site::of("cap.kz").configuration(&site_json("cap.kz"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://cap.kz/").await;
    visit.first_layer().await;
    visit.mark_document().await;
    visit
        .script(
            "let once = true; window.addEventListener('kelisim:decision', () => { if (once) { once = false; \
             window.nested = kelisim.reject(); } }); window.addEventListener('kelisim:decision', () => { throw new Error('of the page') })",
        )
        .await;
    visit.answer("accept").await;
    visit
        .until("a refusal", async || {
            visit
                .record()
                .await
                .filter(|record| record["categories"]["analytics"] == false)
        })
        .await;
    visit.reloaded().await;
    let decisions = visit.events_since_arrival("kelisim:decision").await;
    shows_equal!("W-06", decisions.len(), 2, "one event per act: {decisions:?}");
    visit.settles().await;
    shows!(
        "G-04",
        visit.script("return kelisim.allows('analytics')").await == false,
        "the last word counts"
    );
}
