//! The first layer that the loader shows before the module is there: shown at once to who was never asked, taken over as it
//! stands, and gone where nobody comes to answer. And the page's API meanwhile.

use serde_json::{Value, json};
use visits::internet::{Answer, Dam, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Part, Site, Tag, site_json};
use visits::visit::{Visit, banner};
use visits::{shows, shows_equal};

use crate::first_paint::{PLACES, REMEMBER, SHOWS, WATCH, boxes, elements, forget, looks, lost};

const ADDRESS: &str = "https://rasco.kz/";

/// The policy of the site, with nothing in it that a page could need besides, and Trusted Types.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' https://mc.yandex.ru https://www.googletagmanager.com; \
    style-src 'self'; img-src 'self' https://mc.yandex.ru https://www.google-analytics.com; \
    connect-src 'self' https://mc.yandex.ru https://www.google-analytics.com; \
    require-trusted-types-for 'script'; trusted-types kelisim";

/// What shows which control waits, and that the eye can see so.
const BUSY: &str = "return [...document.querySelectorAll('[aria-busy=true]')].map(e => \
    [e.dataset.kelisimLanguage ?? e.dataset.kelisimAction, getComputedStyle(e).outlineStyle].join(' '))";

/// Whether nothing of the layer is on the screen any more.
const GONE: &str = "return !document.querySelector('[data-kelisim=banner]')?.getClientRects().length";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        f_13_the_layer_stands_at_once_and_is_taken_over,
        f_13_what_is_pressed_before_the_module_counts_once,
        f_13_a_refusal_waits_for_the_module_alone,
        f_13_a_language_pressed_before_the_module_is_spoken,
        g_05_a_press_of_a_script_counts_only_where_it_refuses,
        g_05_an_answer_to_other_words_is_none,
        g_08_the_layer_goes_where_a_file_does_not_come,
        g_08_who_had_pressed_reads_that_it_could_not_be_had,
        g_08_after_nine_seconds_nobody_waits_any_longer,
        f_13_who_is_not_asked_sees_nothing_before_the_module,
        the_api_answers_before_the_module_is_there,
        what_a_page_calls_before_the_module_waits_for_it,
        m_02_the_default_is_there_before_anything_else,
    ]
}

/// A site one of whose files is on its way until the visit lets it go.
fn slow(part: Part, page: &Page, dam: &Dam) -> Site {
    let dam = dam.clone();
    Site::of("rasco.kz")
        .page("/", page)
        .changes(part, move |answer| answer.behind(&dam))
}

/// Opens the page and waits for the loader's layer, of which the module knows nothing.
async fn open_early(visit: &Visit) {
    visit.open(ADDRESS).await;
    visit.until_true("the loader's layer", SHOWS).await;
    let heard = visit.events("kelisim:ready").await;
    shows_equal!(
        "F-13",
        heard,
        Vec::<Value>::new(),
        "it is there before Kelisim has begun"
    );
}

async fn f_13_the_layer_stands_at_once_and_is_taken_over(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    for language in ["ru", "kk", "en"] {
        let page = Page::new(language).header("Content-Security-Policy", POLICY);
        internet.change(|_| Site::of("rasco.kz").page("/", &page));
        visit.open_and_start(ADDRESS).await;
        visit.first_layer().await;
        let drawn = elements(&visit).await;

        for part in [Part::Module, Part::Bindings, Part::settings(language)] {
            let told = format!("{language}, {part:?} late");
            let dam = Dam::default();
            internet.change(|_| slow(part.clone(), &page, &dam));
            open_early(&visit).await;
            visit.script(WATCH).await;
            let (stood, looked) = (boxes(&visit).await, looks(&visit).await);
            dam.let_go();
            visit.first_layer().await;
            visit.settles().await;
            shows_equal!("F-13", elements(&visit).await, drawn, "what Kelisim draws, {told}");
            let places = visit.script(PLACES).await;
            let count = places[1].as_array().unwrap().len();
            shows_equal!(
                "F-13",
                places,
                json!(["root", (0..count).collect::<Vec<_>>(), "reject", true]),
                "the same elements, in their place, with the focus, {told}"
            );
            let watched = visit
                .script("return [watched.unseen, watched.removed, shift.page, shift.layer]")
                .await;
            shows_equal!("F-13", watched, json!([0, [], 0, 0]), "no flash and no shift, {told}");
            shows_equal!(
                "F-13",
                lost(&stood, &boxes(&visit).await),
                Vec::<String>::new(),
                "nothing moves, {told}"
            );
            shows_equal!(
                "F-13",
                lost(&looked, &looks(&visit).await),
                Vec::<String>::new(),
                "one look, {told}"
            );
            shows_equal!("B-01", visit.violations().await, Vec::<String>::new(), "{told}");
            shows_equal!(
                "F-13",
                visit.events("kelisim:shown").await.len(),
                1,
                "shown once, {told}"
            );
            shows_equal!("G-05", visit.record().await, None, "nothing is decided, {told}");
            shows!("F-13", !visit.has("[aria-busy=true]").await, "nothing waits, {told}");
        }
        visit.answer("reject").await;
        shows_equal!("F-01", visit.recorded().await["method"], "reject", "{language}");
        forget(&visit).await;
    }
}

async fn f_13_what_is_pressed_before_the_module_counts_once(visitor: Visitor) {
    let page = Page::new("ru").header("Content-Security-Policy", POLICY);
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    for (part, pressed, method) in [
        (Part::Module, vec!["reject"], "reject"),
        // The last word holds.
        (Part::Module, vec!["accept", "reject"], "reject"),
        (Part::Module, vec!["reject", "settings"], ""),
        (Part::settings("ru"), vec!["settings"], ""),
        // Those that grant come last, so that until then no vendor is asked at all.
        (Part::settings("ru"), vec!["settings", "accept"], "accept"),
        (Part::Module, vec!["accept", "accept"], "accept"),
    ] {
        let told = format!("{pressed:?}, {part:?} late");
        let dam = Dam::default();
        internet.change(|_| slow(part, &page, &dam));
        open_early(&visit).await;
        let stood = boxes(&visit).await;
        let vendors = internet.requests_to_vendors().len();
        for action in &pressed {
            visit.click(&banner(action)).await;
        }
        let last = pressed.last().unwrap();
        shows_equal!(
            "F-13",
            visit.script(BUSY).await,
            json!([format!("{last} solid")]),
            "it shows what was pressed, {told}"
        );
        shows_equal!(
            "F-13",
            lost(&stood, &boxes(&visit).await),
            Vec::<String>::new(),
            "and nothing moves, {told}"
        );
        shows_equal!("G-05", visit.record().await, None, "nothing is decided yet, {told}");
        shows_equal!(
            "G-01",
            internet.requests_to_vendors().len(),
            vendors,
            "no vendor is asked yet, {told}"
        );
        dam.let_go();
        visit.ready().await;
        if method.is_empty() {
            visit.settings_open().await;
            visit.settles().await;
            shows_equal!("F-13", visit.record().await, None, "to look is no answer, {told}");
            shows_equal!(
                "F-13",
                visit.script(BUSY).await,
                json!([]),
                "nothing waits any longer, {told}"
            );
        } else {
            visit.settled_decisions(1).await;
            let record = visit.recorded().await;
            shows_equal!("F-13", record["method"], method, "{told}");
            shows_equal!("F-13", record["history"], json!([]), "once, {told}");
            shows_equal!("F-13", visit.events("kelisim:decision").await.len(), 1, "once, {told}");
            shows!("F-13", !visit.asks().await, "the layer is gone, {told}");
        }
        shows_equal!("B-01", visit.violations().await, Vec::<String>::new(), "{told}");
        forget(&visit).await;
        visit.open("about:blank").await;
    }
}

async fn f_13_a_refusal_waits_for_the_module_alone(visitor: Visitor) {
    let dam = Dam::default();
    let internet = Internet::with([slow(Part::settings("ru"), &Page::new("ru"), &dam)]);
    let visit = visitor.comes_early_to(&internet).await;
    open_early(&visit).await;
    visit.click(&banner("reject")).await;
    // The settings are never let go.
    visit.settled_decisions(1).await;
    shows_equal!("F-02", visit.recorded().await["method"], "reject", "it holds at once");
    shows!("F-13", !visit.asks().await, "the layer is gone");
    shows!("G-01", internet.requests_to_vendors().is_empty(), "and nobody is asked");
    dam.let_go();
}

async fn f_13_a_language_pressed_before_the_module_is_spoken(visitor: Visitor) {
    let dam = Dam::default();
    let internet = Internet::with([slow(Part::Module, &Page::new("ru"), &dam)]);
    let visit = visitor.comes_early_to(&internet).await;
    open_early(&visit).await;
    visit.click("[data-kelisim=banner] [data-kelisim-language=kk]").await;
    shows_equal!(
        "P-15",
        visit.script(BUSY).await,
        json!(["kk solid"]),
        "it shows what was pressed"
    );
    dam.let_go();
    visit
        .until_true("Kazakh", "return document.getElementById('kelisim-root').lang === 'kk'")
        .await;
    let focused = visit
        .script("return document.activeElement.dataset.kelisimLanguage")
        .await;
    shows_equal!("L-03", focused, "kk", "the keyboard stays where it was");
    shows_equal!("G-05", visit.record().await, None, "a language is no answer");
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    shows_equal!("R-02", visit.recorded().await["language"], "kk", "what was read");
}

async fn g_05_a_press_of_a_script_counts_only_where_it_refuses(visitor: Visitor) {
    let dam = Dam::default();
    let internet = Internet::with([slow(Part::Module, &Page::new("ru"), &dam)]);
    let visit = visitor.comes_early_to(&internet).await;
    open_early(&visit).await;
    let press = "const button = document.querySelector(arguments[0]); button.click(); \
        button.dispatchEvent(new MouseEvent('click', {bubbles: true, composed: true, detail: 1}))";
    for (action, kept) in [("accept", 0), ("settings", 0), ("reject", 1)] {
        visit.script_with(press, vec![json!(banner(action))]).await;
        let waiting = visit.script(BUSY).await.as_array().unwrap().len();
        shows_equal!("G-05", waiting, kept, "{action} by a script");
    }
    // Nor does a script's press take a refusal back.
    visit.script_with(press, vec![json!(banner("accept"))]).await;
    dam.let_go();
    visit.settled_decisions(1).await;
    shows_equal!(
        "F-03",
        visit.recorded().await["method"],
        "reject",
        "refused for the visitor"
    );
    forget(&visit).await;

    // What only looks like a visitor's press, handed over as one.
    let dam = Dam::default();
    internet.change(|_| slow(Part::Module, &Page::new("ru"), &dam));
    open_early(&visit).await;
    visit
        .script(
            "const target = document.querySelector('[data-kelisim=banner] [data-kelisim-action=accept]'); \
             const looks = { type: 'click', isTrusted: true, target }; \
             const better = Object.create(MouseEvent.prototype, Object.fromEntries(Object.entries(looks).map(([k, value]) => [k, { value }]))); \
             for (const detail of [looks, better]) { dispatchEvent(new CustomEvent('kelisim:kept', { detail })); \
                 document.dispatchEvent(new CustomEvent('kelisim:kept', { detail })) } \
             target.setAttribute('aria-busy', 'true')",
        )
        .await;
    dam.let_go();
    visit.first_layer().await;
    visit.settles().await;
    shows_equal!("G-05", visit.record().await, None, "nothing was granted");
    shows!("G-01", internet.requests_to_vendors().is_empty(), "and nobody is asked");
}

async fn g_05_an_answer_to_other_words_is_none(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    for change in [
        "document.querySelector('[data-kelisim=banner] [data-kelisim-action=accept]').textContent = 'Закрыть'",
        "document.querySelector('[data-kelisim=banner] dl').remove()",
        "document.querySelector('[data-kelisim=banner] h2').hidden = true",
    ] {
        let dam = Dam::default();
        internet.change(|_| slow(Part::Module, &Page::new("ru"), &dam));
        open_early(&visit).await;
        visit.script(change).await;
        visit.click(&banner("accept")).await;
        dam.let_go();
        visit.first_layer().await;
        visit.settles().await;
        shows!("G-05", visit.asks().await, "it is asked anew: {change}");
        shows_equal!("G-05", visit.record().await, None, "and nothing was granted: {change}");
        let whole = visit
            .script(
                "const layer = document.querySelector('[data-kelisim=banner]'); \
                 return [layer.querySelector('[data-kelisim-action=accept]').textContent, \
                 !!layer.querySelector('dl').innerText, layer.querySelector('h2').hidden]",
            )
            .await;
        shows_equal!(
            "G-05",
            whole,
            json!(["Принять все", true, false]),
            "in Kelisim's own words: {change}"
        );
    }
    shows!("G-01", internet.requests_to_vendors().is_empty(), "nobody was asked");
}

/// What can become of a file on its way.
type Fault = fn(Answer) -> Answer;

fn faults() -> [(&'static str, Fault); 5] {
    [
        ("missing", |_| Answer::missing()),
        ("a server that fails", |_| Answer::failure()),
        ("a page in its place", |_| Answer::page("<!DOCTYPE html><p>404")),
        ("half of it", |answer| answer.cut_to(1, 2)),
        ("another byte in it", Answer::corrupted),
    ]
}

async fn g_08_the_layer_goes_where_a_file_does_not_come(visitor: Visitor) {
    let gated = "<script type=\"text/plain\" data-category=\"analytics\">ran('analytics')</script>";
    let page = Page::new("ru").before_tag(REMEMBER).body(gated);
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    for part in [Part::Module, Part::Bindings, Part::settings("ru")] {
        for (why, fault) in faults() {
            let told = format!("{part:?}: {why}");
            internet.change(|_| Site::of("rasco.kz").page("/", &page).changes(part.clone(), fault));
            let before = internet.requests_of(&Part::Script).len();
            visit.open(ADDRESS).await;
            let line = visit.until_said("kelisim: ").await;
            visit.until_true("no layer", GONE).await;
            visit.settles().await;
            shows_equal!("G-08", visit.console().await, [line], "one line says why, {told}");
            let scripts: Vec<String> = internet.requests_of(&Part::Script)[before..]
                .iter()
                .map(|request| request.cache_control.clone())
                .collect();
            shows!(
                "G-08",
                scripts.len() == 2 && scripts[1].contains("no-cache"),
                "the script is fetched once more, past the cache, {told}: {scripts:?}"
            );
            shows_equal!("G-05", visit.record().await, None, "{told}");
            shows_equal!(
                "G-08",
                visit.runs().await,
                Vec::<String>::new(),
                "no gated script, {told}"
            );
            shows_equal!(
                "G-08",
                visit.errors().await,
                Vec::<String>::new(),
                "nothing is thrown, {told}"
            );
            let granted = visit
                .script_until_done("Promise.race([kelisim.accept(), new Promise(go => setTimeout(go, 1000, null))]).then(done, () => done(null))")
                .await;
            shows_equal!("G-08", granted, json!(null), "a call grants nothing, {told}");
            visit.click("#send").await;
        }
    }
    shows!("G-08", internet.requests_to_vendors().is_empty(), "no vendor is asked");
    shows_equal!(
        "G-02",
        visit.script("return document.cookie").await,
        "",
        "nothing is stored"
    );
}

async fn g_08_who_had_pressed_reads_that_it_could_not_be_had(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    for part in [Part::Module, Part::Bindings, Part::settings("ru")] {
        let dam = Dam::default();
        let held = dam.clone();
        internet.change(|_| Site::of("rasco.kz").changes(part.clone(), move |_| Answer::missing().behind(&held)));
        open_early(&visit).await;
        visit.click(&banner("accept")).await;
        dam.let_go();
        visit.until_true("no layer", GONE).await;
        visit
            .until_true(
                "the status line says so",
                "return /не получилось/i.test(document.querySelector('[data-kelisim=status][role=status]')?.innerText)",
            )
            .await;
        shows_equal!(
            "G-05",
            visit.record().await,
            None,
            "what was pressed counts for nothing: {part:?}"
        );
        shows!("G-08", internet.requests_to_vendors().is_empty(), "no vendor: {part:?}");
    }
}

async fn g_08_after_nine_seconds_nobody_waits_any_longer(visitor: Visitor) {
    // The clock of the page says when nine seconds are over.
    let clock = "<script>const later = setTimeout; window.setTimeout = (go, wait, ...rest) => later(go, wait === 9000 ? 0 : wait, ...rest)</script>";
    let page = Page::new("ru").before_tag(REMEMBER).before_tag(clock);
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    for part in [Part::Module, Part::Bindings, Part::settings("ru")] {
        let dam = Dam::default();
        // The page has loaded when its picture has come, and somebody has pressed by then.
        let picture = Dam::default();
        let with_picture = page.clone().body("<img src=\"/picture.png\" alt=\"\">");
        internet.change(|_| {
            slow(part.clone(), &with_picture, &dam).answers("/picture.png", Answer::missing().behind(&picture))
        });
        open_early(&visit).await;
        visit.click(&banner("accept")).await;
        picture.let_go();
        visit.until_true("no layer", GONE).await;
        let line = visit.until_said("kelisim: ").await;
        dam.let_go();
        visit.settles().await;
        shows_equal!("G-08", visit.console().await, [line], "one line says why: {part:?}");
        shows_equal!(
            "G-05",
            visit.record().await,
            None,
            "what was pressed counts for nothing: {part:?}"
        );
        shows!("G-08", internet.requests_to_vendors().is_empty(), "no vendor: {part:?}");
        shows_equal!(
            "G-08",
            visit.errors().await,
            Vec::<String>::new(),
            "nothing is thrown: {part:?}"
        );
    }
}

/// Opens the page while the module is on its way, gives whether there is a question by then, and lets it go.
async fn shown_at_once(visit: &Visit, page: &Page) -> bool {
    let dam = Dam::default();
    visit.internet.change(|_| slow(Part::Module, page, &dam));
    visit.open(ADDRESS).await;
    visit.until_true("the loader", "return !!window.kelisim?.allows").await;
    visit.settles().await;
    let shown = visit.asks().await;
    dam.let_go();
    visit.ready().await;
    visit.settles().await;
    shown
}

async fn f_13_who_is_not_asked_sees_nothing_before_the_module(visitor: Visitor) {
    let page = Page::new("ru");
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    shows!(
        "F-13",
        shown_at_once(&visit, &page).await,
        "nothing is stored, nothing is sent: it is asked at once"
    );
    visit.answer("reject").await;
    visit.recorded().await;
    let quiet = "return [document.querySelectorAll('#kelisim-root').length, document.querySelectorAll('[data-kelisim=banner]').length, \
         document.querySelector('[data-kelisim=reopen]').getClientRects().length]";
    // With the record and the cookie of the scope, with either of them, and with what is no record.
    for (taken, asks) in [
        ("", false),
        ("localStorage.removeItem('kelisim')", false),
        (
            "document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'; localStorage.setItem('kelisim', 'x')",
            true,
        ),
    ] {
        visit.script(taken).await;
        shows!(
            "F-13",
            !shown_at_once(&visit, &page).await,
            "something is stored: {taken}"
        );
        shows_equal!("F-13", visit.asks().await, asks, "Kelisim reads it: {taken}");
        if !asks {
            shows_equal!("F-13", visit.script(quiet).await, json!([1, 0, 1]), "{taken}");
        }
    }
    forget(&visit).await;

    let signal =
        "<script>Object.defineProperty(navigator, 'globalPrivacyControl', {configurable: true, value: true})</script>";
    shows!(
        "S-01",
        !shown_at_once(&visit, &page.clone().before_tag(signal)).await,
        "the browser has answered"
    );
    shows_equal!(
        "S-01",
        visit.script(quiet).await,
        json!([1, 0, 1]),
        "and Kelisim asks nothing"
    );

    let denied = "<script>Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError') }})</script>";
    shows!(
        "G-09",
        !shown_at_once(&visit, &page.clone().before_tag(denied)).await,
        "nobody knows what is stored"
    );
    shows!("G-09", visit.asks().await, "Kelisim asks");
    shows_equal!("G-09", visit.errors().await, Vec::<String>::new(), "nothing is thrown");
}

/// Right after a synchronous tag: what the next script of the page finds.
const AT_ONCE: &str = "<script>window.atOnce = [typeof kelisim.version, kelisim.allows('analytics'), kelisim.record(), \
    kelisim.ready instanceof Promise, ['start', 'accept', 'reject', 'withdraw', 'show', 'settings', 'language', 'on', 'off'] \
    .filter(name => typeof kelisim[name] !== 'function')]; kelisim.ready.then(api => { window.held = api.allows('analytics') })</script>";

async fn the_api_answers_before_the_module_is_there(visitor: Visitor) {
    let page = Page::new("ru").tag(Tag::synchronous()).after_tag(AT_ONCE);
    let dam = Dam::default();
    let internet = Internet::with([slow(Part::Module, &page, &dam)]);
    let visit = visitor.comes_early_to(&internet).await;
    open_early(&visit).await;
    let at_once = json!(["string", false, null, true, []]);
    assert_eq!(
        visit.script("return window.atOnce").await,
        at_once,
        "nothing is allowed, and nothing is missing"
    );
    dam.let_go();
    visit.ready().await;
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    visit.open("about:blank").await;
    visit.open_and_start(ADDRESS).await;
    assert_eq!(
        visit.script("return window.atOnce").await,
        at_once,
        "a stored decision holds when the module has read it"
    );
    visit
        .until_true("the stored decision", "return window.held === true")
        .await;
}

async fn what_a_page_calls_before_the_module_waits_for_it(visitor: Visitor) {
    let calls = "<script>window.told = []; (window.kelisimQueue = window.kelisimQueue || []).push(function (kelisim) { \
        kelisim.on('decision', detail => told.push('heard ' + detail.record.method)); \
        kelisim.on('decision', () => told.push('never'))(); \
        kelisim.accept().then(record => told.push(record)); \
        kelisim.reject().then(record => told.push(record.method)) })</script>";
    let page = Page::new("ru").before_tag(calls);
    let dam = Dam::default();
    let internet = Internet::with([slow(Part::Module, &page, &dam)]);
    let visit = visitor.comes_early_to(&internet).await;
    open_early(&visit).await;
    visit.settles().await;
    shows_equal!(
        "G-05",
        visit.record().await,
        None,
        "nothing is decided without the module"
    );
    dam.let_go();
    visit.settled_decisions(1).await;
    visit.until_true("the answers", "return window.told.length >= 3").await;
    let mut told: Vec<Value> = visit.script("return told").await.as_array().unwrap().clone();
    told.sort_by_key(ToString::to_string);
    shows_equal!(
        "G-05",
        Value::from(told),
        json!(["api", "heard api", null]),
        "a grant before the notice is refused, a refusal holds, and who listens hears it"
    );
    shows!("G-05", !visit.asks().await, "the question is answered");
    shows!("G-01", internet.requests_to_vendors().is_empty(), "nobody is asked");
}

async fn m_02_the_default_is_there_before_anything_else(visitor: Visitor) {
    let next = "<script>window.atOnce = [window.dataLayer?.length ?? 0, window.ownLayer?.length ?? 0]</script>";
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_early_to(&internet).await;
    let synchronous = Tag::synchronous;
    for (configuration, tag, expected) in [
        (site_json("rasco.kz"), synchronous(), json!([1, 0])),
        (
            site_json("rasco.kz"),
            synchronous().with("data-google=\"off\""),
            json!([0, 0]),
        ),
        (
            site_json("rasco.kz"),
            synchronous().with("data-layer=\"ownLayer\""),
            json!([0, 1]),
        ),
        // A site that names nothing of Google's does not get a layer.
        (without_google(), synchronous(), json!([0, 0])),
    ] {
        let dam = Dam::default();
        let page = Page::new("ru").tag(tag.clone()).after_tag(next);
        internet.change(|_| slow(Part::Module, &page, &dam).configuration(&configuration));
        visit.open(ADDRESS).await;
        shows_equal!("M-02", visit.script("return window.atOnce").await, expected, "{tag:?}");
        dam.let_go();
        visit.ready().await;
        let layers = "return [window.dataLayer?.length ?? 0, window.ownLayer?.length ?? 0]";
        shows_equal!("M-02", visit.script(layers).await, expected, "nor more later: {tag:?}");
    }
}

fn without_google() -> Value {
    let mut configuration = site_json("cap.kz");
    configuration["scope"] = json!("rasco.kz");
    configuration
}
