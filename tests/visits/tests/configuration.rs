//! Where a configuration may come from, and that a wrong one closes everything and says why.

use serde_json::{Value, json};
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, site_json};
use visits::visit::Visit;
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

/// Right after a synchronous tag: what the next script of the page finds.
const AT_ONCE: &str = "<script>window.atOnce = window.kelisim ? kelisim.allows('analytics') : 'no api'; \
    window.layerAtOnce = (window.dataLayer || []).length</script>";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        a_configuration_in_the_page_is_known_at_once,
        a_configuration_may_be_handed_over_by_a_call,
        o_02_a_wrong_configuration_closes_everything,
        o_02_where_nothing_can_name_what_is_wrong_one_line_says_so,
        b_02_strings_of_the_owner_are_text,
        g_08_a_configuration_that_does_not_come_closes_everything,
    ]
}

fn inline(configuration: &Value, tag: &str) -> String {
    let text = configuration.to_string().replace("</", "<\\/");
    format!("<script type=\"application/json\" id=\"kelisim-config\">{text}</script>{tag}")
}

async fn a_configuration_in_the_page_is_known_at_once(visitor: Visitor) {
    let tag = "<script src=\"/kelisim/kelisim.js\" data-config=\"#kelisim-config\"></script>";
    let page = Page::new("ru")
        .tag(&inline(&site_json("rasco.kz"), tag))
        .after_tag(AT_ONCE);
    let internet = Internet::with([Site::of("rasco.kz").page("/", &page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    assert_eq!(
        visit.script("return [window.atOnce, window.layerAtOnce]").await,
        json!([false, 1])
    );
    shows!("G-01", internet.requests_to_vendors().is_empty(), "nobody is asked");
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    visit.reload().await;
    assert_eq!(
        visit.script("return window.atOnce").await,
        true,
        "a decision is restored synchronously"
    );
    visit.until_requested("www.googletagmanager.com", "/gtag/js").await;
    let fetched = internet.requests_for("rasco.kz", "/kelisim/site.json");
    assert!(fetched.is_empty(), "nothing had to be fetched: {fetched:?}");

    // A site that names nothing of Google's does not get a layer.
    let page = Page::new("ru")
        .tag(&inline(&site_json("cap.kz"), tag))
        .after_tag(AT_ONCE);
    internet.change(|site| site.page("/", &page));
    visit
        .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'")
        .await;
    visit.open("about:blank").await;
    visit.open(ADDRESS).await;
    // Another domain's scope is refused or ignored; what counts here is the layer.
    assert_eq!(visit.script("return window.layerAtOnce").await, 0);

    // `data-google="off"` and `data-layer` on the tag.
    for (attributes, expected) in [
        ("data-google=\"off\"", json!([null, null])),
        ("data-layer=\"ownLayer\"", json!([null, 1])),
    ] {
        let tag =
            format!("<script src=\"/kelisim/kelisim.js\" {attributes} data-config=\"/kelisim/site.json\"></script>");
        internet.change(|site| site.page("/", &Page::new("ru").tag(&tag)));
        visit.open(ADDRESS).await;
        visit.first_layer().await;
        let layers = visit
            .script("return [window.dataLayer?.length, window.ownLayer?.length]")
            .await;
        assert_eq!(layers, expected, "{attributes}");
    }
}

async fn a_configuration_may_be_handed_over_by_a_call(visitor: Visitor) {
    let page = Page::new("ru")
        .before_tag("<script type=\"application/json\" id=\"stray\">{\"operator\": {\"name\": \"stray\"}}</script>")
        .tag("<script async src=\"/kelisim/kelisim.js\"></script>");
    let internet = Internet::with([Site::of("rasco.kz").page("/", &page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.until_true("the API", "return !!window.kelisim?.start").await;
    visit.settles().await;
    assert!(!visit.asks().await, "without a configuration nothing is asked");
    let requests = internet.requests_for("rasco.kz", "/kelisim/");
    assert!(
        requests.iter().all(|request| request.path == "/kelisim/kelisim.js"),
        "nor fetched: {requests:?}"
    );
    visit
        .script_with("kelisim.start(arguments[0])", vec![site_json("rasco.kz")])
        .await;
    visit.first_layer().await;
    visit.answer("accept").await;
    visit.until_requested("mc.yandex.ru", "/metrika/tag.js").await;
    // A second configuration changes nothing.
    visit
        .script_with("kelisim.start(arguments[0])", vec![site_json("cap.kz")])
        .await;
    visit.settles().await;
    assert_eq!(visit.record().await.unwrap()["scope"], "rasco.kz");
}

/// Everything is closed: no layer, no vendor, no record, and a call grants nothing.
async fn closed(visit: &Visit, why: &str) {
    visit.settles().await;
    shows!("G-08", !visit.asks().await, "nothing is asked: {why}");
    let called = visit
        .script_until_done(
            "window.kelisim?.accept ? Promise.resolve(kelisim.accept()).then(done, () => done(null)) : done(null)",
        )
        .await;
    shows!("G-08", called.is_null(), "a call grants nothing: {why}");
    shows!("G-08", visit.record().await.is_none(), "nothing is recorded: {why}");
    let vendors = visit.internet.requests_to_vendors();
    shows!("G-08", vendors.is_empty(), "nobody is asked: {why}: {vendors:?}");
    shows_equal!(
        "G-08",
        visit.runs().await,
        Vec::<String>::new(),
        "no gated script runs: {why}"
    );
    // The page works, and its link to the settings is a link.
    visit.click("#send").await;
    visit.click("#cookie-settings").await;
    visit
        .until_true("the policy", "return location.pathname === '/privacy'")
        .await;
    let errors: Vec<String> = visit.errors().await;
    shows_equal!("G-08", errors, Vec::<String>::new(), "nothing throws: {why}");
}

const GATED: &str = "<script type=\"text/plain\" data-category=\"analytics\">ran('analytics')</script>";

/// What is done to a configuration that was right.
type Spoil = fn(&mut Value);

async fn o_02_a_wrong_configuration_closes_everything(visitor: Visitor) {
    let page = Page::new("ru").body(GATED);
    let site = Site::of("rasco.kz")
        .page("/", &page)
        .page("/privacy", &Page::new("ru").tag(""));
    let internet = Internet::with([site]);
    let visit = visitor.comes_to(&internet).await;
    let wrong: [(&str, Spoil, &[&str]); 4] = [
        (
            "several problems at once",
            |c| {
                c["operator"]["bin"] = json!("140340014653");
                c["expiresDays"] = json!(90);
                c["categries"] = json!([]);
            },
            &["operator.bin", "expiresDays", "categries"],
        ),
        (
            "a category that is on by default",
            |c| c["categories"][0]["default"] = json!(true),
            &["categories[0].default"],
        ),
        (
            "a vendor under necessary",
            |c| c["services"][0]["category"] = json!("necessary"),
            &["services[0].category"],
        ),
        (
            "a link that is a script",
            |c| c["policy"]["url"] = json!("javascript:alert(1)"),
            &["policy.url"],
        ),
    ];
    for (why, spoil, paths) in wrong {
        let mut configuration = site_json("rasco.kz");
        spoil(&mut configuration);
        internet.change(|site| site.configuration(&configuration));
        visit.open(ADDRESS).await;
        let rejected = visit
            .script_until_done("kelisimQueue.push(k => k.ready.then(() => done('ready'), done))")
            .await;
        let problems = rejected["problems"]
            .as_array()
            .unwrap_or_else(|| panic!("{why}: {rejected}"));
        for path in paths {
            shows!(
                "O-02",
                problems.iter().any(|problem| problem["path"] == *path),
                "{why}: {path} is named: {rejected}"
            );
            let console = visit.console().await;
            shows!(
                "O-02",
                console.iter().any(|line| line.contains(path)),
                "{why}: {path} is in the console: {console:?}"
            );
        }
        closed(&visit, why).await;
    }
    // The mend is fetched only now, and says what to do.
    assert!(!internet.requests_for("rasco.kz", "/kelisim/messages.json").is_empty());
}

async fn o_02_where_nothing_can_name_what_is_wrong_one_line_says_so(visitor: Visitor) {
    let page = Page::new("ru").body(GATED);
    let mut configuration = site_json("rasco.kz");
    configuration["expiresDays"] = json!(90);
    let site = Site::of("rasco.kz")
        .page("/", &page)
        .page("/privacy", &Page::new("ru").tag(""))
        .configuration(&configuration);
    let internet = Internet::with([site]);
    let visit = visitor.comes_to(&internet).await;
    for (why, path, answer) in [
        ("no diagnosis.wasm", "/kelisim/diagnosis.wasm", Answer::missing()),
        (
            "a page in its place",
            "/kelisim/diagnosis.wasm",
            Answer::page("<!DOCTYPE html><p>404"),
        ),
        ("no diagnosis.mjs", "/kelisim/diagnosis.mjs", Answer::missing()),
    ] {
        internet.change(|site| site.answers(path, answer.clone()));
        visit.open(ADDRESS).await;
        let rejected = visit
            .script_until_done("kelisimQueue.push(k => k.ready.then(() => done('ready'), done))")
            .await;
        shows_equal!(
            "O-02",
            rejected["code"],
            "configuration",
            "{why}: it is said that the configuration is wrong"
        );
        let console = visit.console().await;
        shows!(
            "O-02",
            console.iter().any(|line| line.contains("kelisim check")),
            "{why}: the console says how to learn what: {console:?}"
        );
        closed(&visit, why).await;
    }
}

async fn b_02_strings_of_the_owner_are_text(visitor: Visitor) {
    let attack = "<img src=x onerror=ran('attack')>\"'><script>ran('attack')</script>{{constructor}}";
    let mut configuration = site_json("rasco.kz");
    configuration["operator"]["name"] = json!(attack);
    configuration["operator"]["address"] = json!(attack);
    configuration["withdrawal"]["subject"] = json!(attack);
    configuration["texts"] = json!({"ru": {"title": attack, "accept": attack, "reject": attack}});
    configuration["services"][0]["purpose"] = json!({"ru": attack, "kk": attack, "en": attack});
    let internet = Internet::with([Site::of("rasco.kz").configuration(&configuration)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit
        .until("Kelisim's answer", async || {
            (visit.asks().await || !visit.console().await.is_empty()).then_some(())
        })
        .await;
    let shown = visit.asks().await;
    if shown {
        let title = visit
            .script("return document.querySelector('[data-kelisim=banner]').textContent")
            .await;
        shows!(
            "B-02",
            title.as_str().unwrap().contains(attack),
            "the owner's words are shown as they are: {title}"
        );
        visit.open_settings().await;
        visit.choose("accept").await;
        visit.settled_decisions(1).await;
    }
    shows!(
        "B-02",
        shown,
        "words in the owner's texts are no reason to refuse: {:?}",
        visit.console().await
    );
    let planted = "#kelisim-root img, #kelisim-root script";
    shows!("B-02", !visit.has(planted).await, "no string became markup");
    shows_equal!(
        "B-02",
        visit.runs().await,
        Vec::<String>::new(),
        "no string became a script"
    );
}

async fn g_08_a_configuration_that_does_not_come_closes_everything(visitor: Visitor) {
    let page = Page::new("ru").body(GATED);
    let site = Site::of("rasco.kz")
        .page("/", &page)
        .page("/privacy", &Page::new("ru").tag(""));
    let internet = Internet::with([site]);
    let visit = visitor.comes_to(&internet).await;
    for (why, answer) in [
        ("no file", Answer::missing()),
        ("not JSON", Answer::new("application/json", "{\"operator\": ")),
        ("a page", Answer::page("<!DOCTYPE html><p>404")),
        ("null", Answer::json(&Value::Null)),
        ("a list", Answer::json(&json!([]))),
    ] {
        internet.change(|site| site.answers("/kelisim/site.json", answer.clone()));
        visit.open(ADDRESS).await;
        visit
            .until("one line in the console", async || {
                (!visit.console().await.is_empty()).then_some(())
            })
            .await;
        closed(&visit, why).await;
    }
    let broken = "<script>{ const real = fetch; window.fetch = (what) => { if (/site.json/.test(what)) throw new Error('no'); return real(what) } }</script>";
    internet.change(|site| site.page("/", &page.clone().before_tag(broken)));
    visit.open(ADDRESS).await;
    visit.until_said("unreachable").await;
    closed(&visit, "a page that has broken fetch").await;
}
