//! Where a page without a build has its configuration from, and that a wrong one closes everything and says why.

use serde_json::{Value, json};
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, Tag, site_json};
use visits::subject::Subject;
use visits::visit::Visit;
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

/// Right after a synchronous tag: what the next script of the page finds.
const AT_ONCE: &str = "<script>window.atOnce = window.kelisim ? kelisim.allows('analytics') : 'no api'; \
    window.layerAtOnce = (window.dataLayer || []).length</script>";

const GATED: &str = "<script type=\"text/plain\" data-category=\"analytics\">ran('analytics')</script>";

pub(crate) fn cases() -> Vec<Case> {
    let in_development = visits::visits![
        a_configuration_in_the_page_is_known_at_once,
        a_configuration_may_be_handed_over_by_a_call,
        o_02_a_wrong_configuration_closes_everything,
        o_02_what_only_build_refuses_is_said_and_asked_all_the_same,
        o_02_where_nothing_can_name_what_is_wrong_one_line_says_so,
        o_02_where_nothing_starts_the_compiler_one_line_says_so,
        g_08_a_configuration_that_does_not_come_closes_everything,
        p_14_a_script_that_lost_its_tag_says_so,
    ];
    let in_development = in_development.into_iter().map(|case| case.to(&[Subject::Development]));
    let mut cases = visits::visits![b_02_strings_of_the_owner_are_text];
    cases.extend(in_development);
    cases
}

/// A configuration in the page, before the tag.
fn inline(configuration: &str, tag: &str) -> String {
    let text = configuration.replace("</", "<\\/");
    format!("<script type=\"application/json\" id=\"kelisim-config\">{text}</script>{tag}")
}

const TAG_WITH_ID: &str = "<script src=\"/kelisim/kelisim.js\" data-config=\"#kelisim-config\"></script>";

async fn a_configuration_in_the_page_is_known_at_once(visitor: Visitor) {
    let page_with = |domain: &str| {
        let tag = inline(&site_json(domain).to_string(), TAG_WITH_ID);
        Page::new("ru").tag(&tag).after_tag(AT_ONCE)
    };
    let internet = Internet::with([Site::of("rasco.kz").page("/", &page_with("rasco.kz"))]);
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
        visit
            .script("return [window.atOnce, kelisim.allows('analytics')]")
            .await,
        json!([false, true]),
        "a decision is known when Kelisim is ready, and not before"
    );
    visit.until_requested("www.googletagmanager.com", "/gtag/js").await;
    let fetched = internet.requests_for("rasco.kz", "/kelisim/site.json");
    assert!(fetched.is_empty(), "nothing had to be fetched: {fetched:?}");

    // A site that names nothing of Google's does not get a layer.
    internet.change(|site| site.page("/", &page_with("cap.kz")));
    visit
        .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'")
        .await;
    visit.open("about:blank").await;
    visit.open(ADDRESS).await;
    // Another domain's scope is refused; what counts here is the layer.
    assert_eq!(visit.script("return window.layerAtOnce").await, 0);

    // `data-google="off"` and `data-layer` on the tag.
    for (attributes, expected) in [
        ("data-google=\"off\"", json!([null, null])),
        ("data-layer=\"ownLayer\"", json!([null, 1])),
    ] {
        let tag = Tag::synchronous().with(attributes);
        internet.change(|site| site.page("/", &Page::new("ru").tag(tag)));
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
    visit.until_said("alreadyStarted").await;
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

fn site(page: &Page) -> Site {
    Site::of("rasco.kz")
        .page("/", page)
        .page("/privacy", &Page::new("ru").tag(""))
}

/// What `ready` rejects with.
async fn rejected(visit: &Visit) -> Value {
    visit
        .script_until_done(
            "(window.kelisimQueue = window.kelisimQueue || []).push(k => k.ready.then(() => done('ready'), \
             ({name, code, message, problems}) => done({name, code, message, problems})))",
        )
        .await
}

/// What is done to a configuration that was right.
type Spoil = fn(&mut Value);

async fn o_02_a_wrong_configuration_closes_everything(visitor: Visitor) {
    let internet = Internet::with([site(&Page::new("ru").body(GATED))]);
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
        let rejected = rejected(&visit).await;
        shows_equal!("O-02", rejected["code"], "configuration", "{why}");
        let console = visit.console().await;
        for path in paths {
            let problems = rejected["problems"].as_array().unwrap().iter();
            let problem = problems.clone().find(|problem| problem["path"] == *path);
            let problem = problem.unwrap_or_else(|| panic!("O-02: {why}: {path} is named: {rejected}"));
            let said = ["path", "code", "problem", "mend"].map(|part| problem[part].as_str().unwrap());
            shows!(
                "O-02",
                console.iter().any(|line| said.iter().all(|part| line.contains(part))),
                "{why}: the console says what is wrong at {path} and what to do: {said:?} in {console:?}"
            );
        }
        closed(&visit, why).await;
    }
}

/// Words that press, pale colours and a layout without a look: on a page in development a line each, and `kelisim build`
/// refuses them.
async fn o_02_what_only_build_refuses_is_said_and_asked_all_the_same(visitor: Visitor) {
    let mut configuration = site_json("rasco.kz");
    configuration["appearance"] =
        json!({"layout": "box", "position": "top", "tokens": {"accent": "#ffffff", "accent-text": "#eeeeee"}});
    configuration["texts"] = json!({"ru": {"reject": "Позже"}});
    let internet = Internet::with([Site::of("rasco.kz").configuration(&configuration)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    let console = visit.console().await;
    for code in ["notARefusal", "lowContrast", "noSuchLook"] {
        shows!(
            "O-02",
            console.iter().any(|line| line.contains(code)),
            "{code} is a line: {console:?}"
        );
    }
    visit.answer("reject").await;
    shows_equal!(
        "F-01",
        visit.recorded().await["method"],
        "reject",
        "it asks all the same"
    );
}

async fn o_02_where_nothing_can_name_what_is_wrong_one_line_says_so(visitor: Visitor) {
    let module = "/kelisim/kelisim-compiler.wasm";
    let faults = [
        ("no compiler", module, Answer::missing()),
        ("a page in its place", module, Answer::page("<!DOCTYPE html><p>404")),
    ];
    one_line_says_what_is_missing(&visitor, &faults).await;
}

/// By itself: `WebKit` keeps a script that was imported for the next page of the tab.
async fn o_02_where_nothing_starts_the_compiler_one_line_says_so(visitor: Visitor) {
    let script = (
        "nothing that starts it",
        "/kelisim/kelisim-compiler.js",
        Answer::missing(),
    );
    one_line_says_what_is_missing(&visitor, &[script]).await;
}

async fn one_line_says_what_is_missing(visitor: &Visitor, faults: &[(&str, &str, Answer)]) {
    let page = Page::new("ru").body(GATED);
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    for (why, path, answer) in faults {
        internet.change(|_| site(&page).answers(path, answer.clone()));
        visit.open(ADDRESS).await;
        let rejected = rejected(&visit).await;
        shows_equal!("G-08", rejected["code"], "unavailable", "{why}: {rejected}");
        let console = visit.console().await;
        shows_equal!("G-08", console.len(), 1, "{why}: one line: {console:?}");
        shows!(
            "G-08",
            console[0].contains(path),
            "{why}: the line names the file: {console:?}"
        );
        closed(&visit, why).await;
    }
}

async fn b_02_strings_of_the_owner_are_text(visitor: Visitor) {
    let attack = "<img src=x onerror=ran('attack')>\"'><script>ran('attack')</script>{{constructor}}";
    let mut configuration = site_json("rasco.kz");
    configuration["operator"]["name"] = json!(attack);
    configuration["operator"]["address"] = json!(attack);
    configuration["services"][0]["purpose"] = json!({"ru": attack, "kk": attack, "en": attack});
    // In these, braces name places of Kelisim's own, and `build` knows them all.
    let attack = attack.trim_end_matches("{{constructor}}");
    configuration["withdrawal"]["subject"] = json!(attack);
    let (accept, reject) = (format!("Принять {attack}"), format!("Отклонить {attack}"));
    configuration["texts"] = json!({"ru": {"title": attack, "accept": accept, "reject": reject}});
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
    // A server of another origin that says nothing of who may read it.
    let elsewhere = Site::of("static.example").answers("/site.json", Answer::json(&site_json("rasco.kz")));
    let internet = Internet::with([site(&page), elsewhere]);
    let visit = visitor.comes_to(&internet).await;
    let at = "rasco.kz/kelisim/site.json";
    let with = |answer: Answer| site(&page).answers("/kelisim/site.json", answer);
    let tagged = |tag: &str| site(&page.clone().tag(tag));
    let headed = |script: &str| page.clone().before_tag(script);
    let broken = "<script>{ const real = fetch; window.fetch = (what) => { if (/site.json/.test(what)) throw new Error('no'); return real(what) } }</script>";
    let no_wasm = "<script>delete window.WebAssembly</script>";
    let foreign =
        "<script async src=\"/kelisim/kelisim.js\" data-config=\"https://static.example/site.json\"></script>";
    for (why, site, said) in [
        ("no file", with(Answer::missing()), [at, "404"]),
        (
            "not JSON",
            with(Answer::new("application/json", "{\"operator\": ")),
            [at, "JSON"],
        ),
        ("a page", with(Answer::page("<!DOCTYPE html><p>404")), [at, "JSON"]),
        ("null", with(Answer::json(&Value::Null)), ["configuration", "problem"]),
        ("a list", with(Answer::json(&json!([]))), ["configuration", "problem"]),
        ("a page that has broken fetch", site(&headed(broken)), [at, "no"]),
        (
            "no file where nothing may be compiled either",
            with(Answer::missing()).page("/", &headed(no_wasm)),
            ["blocked", "WebAssembly"],
        ),
        (
            "a server of another origin without its header",
            tagged(foreign),
            ["https://static.example/site.json", "Access-Control-Allow-Origin"],
        ),
        (
            "no script of this id",
            tagged(TAG_WITH_ID),
            ["noConfiguration", "#kelisim-config"],
        ),
        (
            "a script that is not JSON",
            tagged(&inline("{\"operator\": ", TAG_WITH_ID)),
            ["kelisim-config", "JSON"],
        ),
    ] {
        internet.change(|_| site);
        closed_with(&visit, why, &said).await;
    }
}

/// Opens the page, where a line says all of this, and finds everything closed.
async fn closed_with(visit: &Visit, why: &str, said: &[&str]) {
    visit.open(ADDRESS).await;
    visit
        .until(&format!("a line with {said:?}: {why}"), async || {
            let console = visit.console().await;
            let says = |line: &String| said.iter().all(|part| line.contains(part));
            console.iter().any(says).then_some(())
        })
        .await;
    closed(visit, why).await;
}

/// A script that was joined into another, inlined, or made a module by somebody's tools does not know its tag any more.
async fn p_14_a_script_that_lost_its_tag_says_so(visitor: Visitor) {
    let inlined = "<script>fetch('/kelisim/kelisim.js').then(answer => answer.text()).then(text => { \
        const script = document.createElement('script'); script.text = text; document.head.append(script) })</script>";
    let internet = Internet::with([site(&Page::new("ru"))]);
    let visit = visitor.comes_to(&internet).await;
    for (why, tag) in [
        (
            "without its attribute",
            "<script async src=\"/kelisim/kelisim.js\"></script>",
        ),
        (
            "as a module",
            "<script type=\"module\" src=\"/kelisim/kelisim.js\" data-config=\"/kelisim/site.json\"></script>",
        ),
        ("inlined", inlined),
    ] {
        internet.change(|site| site.page("/", &Page::new("ru").tag(tag).body(GATED)));
        visit.open(ADDRESS).await;
        visit.until_said("noConfiguration").await;
        let console = visit.console().await;
        shows_equal!("P-14", console.len(), 1, "{why}: one line: {console:?}");
        shows!(
            "P-14",
            console[0].contains("data-config"),
            "{why}: and it says what is missing: {console:?}"
        );
        closed(&visit, why).await;
    }
}
