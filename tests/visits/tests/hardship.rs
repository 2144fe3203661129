//! Where a module cannot start, a policy is strict, a page is old or a store is denied: closed, and the page works.

use std::time::Duration;

use serde_json::json;
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Part, Site, Tag};
use visits::visit::Visit;
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";
const GATED: &str = "<script type=\"text/plain\" data-category=\"analytics\">ran('analytics')</script>";
const STRICT: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' https://mc.yandex.ru https://www.googletagmanager.com; \
    style-src 'self'; img-src 'self' https://mc.yandex.ru https://www.google-analytics.com; \
    connect-src 'self' https://mc.yandex.ru https://www.google-analytics.com";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        g_08_a_module_that_cannot_start_leaves_the_page_alone,
        g_08_no_charset_changes_a_word,
        b_01_a_strict_policy_has_nothing_to_stop,
        b_01_enforced_trusted_types_have_nothing_to_stop,
        b_02_named_elements_shadow_nothing,
        a_10_whoever_takes_the_root_out_does_not_hang_the_page,
        g_05_a_decision_inside_ready_is_heard,
        g_09_a_page_that_clicks_within_a_click_comes_to_an_end,
        g_09_where_fetch_throws_a_refusal_holds_all_the_same,
        b_02_a_shadowed_cookie_is_written_and_purged_all_the_same,
        b_03_an_old_page_in_windows_1251_reads_well,
        g_09_a_denied_store_leaves_the_choice_for_the_page,
        a_second_copy_does_nothing,
        g_09_b_07_whatever_lies_or_happens_the_visitor_decides,
        g_09_a_page_that_throws_or_comes_late_changes_nothing,
        r_02_an_answer_before_the_notice_has_come_is_kept,
        w_01_without_the_settings_a_grant_is_taken_back,
    ]
}

fn site(page: &Page) -> Site {
    Site::of("rasco.kz")
        .page("/", page)
        .page("/privacy", &Page::new("ru").tag(""))
}

/// The page works and nothing tracks.
async fn left_alone(visit: &Visit, why: &str) {
    visit.settles().await;
    shows!("G-08", !visit.asks().await, "nothing is asked: {why}");
    let vendors = visit.internet.requests_to_vendors();
    shows!("G-08", vendors.is_empty(), "no vendor: {why}: {vendors:?}");
    shows_equal!(
        "G-08",
        visit.runs().await,
        Vec::<String>::new(),
        "no gated script: {why}"
    );
    let stored = visit
        .script("return localStorage.length + document.cookie.length")
        .await;
    shows_equal!("G-02", stored, 0, "nothing stored: {why}");
    visit.click("#send").await;
    visit.click("#cookie-settings").await;
    visit
        .until_true("the policy", "return location.pathname === '/privacy'")
        .await;
}

async fn says(visit: &Visit, what: &str, why: &str) {
    let line = visit.until_said(what).await;
    assert!(line.starts_with("kelisim"), "{why}: {line}");
    let rejected = visit
        .script_until_done("kelisim.ready.then(() => done('ready'), e => done(e.code))")
        .await;
    shows!(
        "G-08",
        rejected.as_str().is_some_and(|code| code != "ready"),
        "ready rejects with a code: {why}: {rejected}"
    );
    shows_equal!(
        "G-08",
        visit.errors().await,
        Vec::<String>::new(),
        "nothing is thrown: {why}"
    );
}

async fn g_08_a_module_that_cannot_start_leaves_the_page_alone(visitor: Visitor) {
    let gated = Page::new("ru").body(GATED);
    let internet = Internet::with([site(&gated)]);
    let visit = visitor.comes_to(&internet).await;

    let policy = "default-src 'self'; script-src 'self'; style-src 'self'";
    internet.change(|site| site.page("/", &gated.clone().header("content-security-policy", policy)));
    visit.open(ADDRESS).await;
    says(&visit, "'wasm-unsafe-eval'", "a policy without it").await;
    left_alone(&visit, "a policy without 'wasm-unsafe-eval'").await;

    let without = gated.clone().before_tag("<script>delete window.WebAssembly</script>");
    internet.change(|site| site.page("/", &without));
    visit.open(ADDRESS).await;
    says(&visit, "WebAssembly", "no WebAssembly").await;
    left_alone(&visit, "no WebAssembly").await;

    for part in [2, 3] {
        internet.change(|_| site(&gated).changes(Part::Script, move |script| script.cut_to(part - 1, part)));
        visit.open(ADDRESS).await;
        left_alone(&visit, "a truncated file").await;
    }
}

/// Charsets that servers say of every script, whatever is in it.
const CHARSETS: [&str; 4] = ["windows-1251", "iso-8859-1", "koi8-r", "utf-16"];

/// A built script is ASCII, so it reads the same under each of them that keeps ASCII.
async fn g_08_no_charset_changes_a_word(visitor: Visitor) {
    let gated = Page::new("ru").body(GATED);
    let internet = Internet::with([site(&gated)]);
    let visit = visitor.comes_to(&internet).await;
    for charset in &CHARSETS[..3] {
        let media_type = format!("text/javascript; charset={charset}");
        internet.change(|_| site(&gated).changes(Part::Script, move |script| script.called(&media_type)));
        visit.open(ADDRESS).await;
        visit.first_layer().await;
        for (language, word) in [("ru", "Отклонить"), ("kk", "қабылда")] {
            visit
                .click(&format!("[data-kelisim=banner] [data-kelisim-language={language}]"))
                .await;
            visit
                .until_true(
                    "words that can be read",
                    &format!("return document.querySelector('[data-kelisim=banner]').textContent.includes('{word}')"),
                )
                .await;
        }
        shows_equal!(
            "G-08",
            visit.errors().await,
            Vec::<String>::new(),
            "nothing is thrown: {charset}"
        );
    }
    visit.answer("accept").await;
    visit.until_requested("mc.yandex.ru", "/metrika/tag.js").await;
    visit.withdraw().await;

    // Bytes that are no script any more close everything.
    let read_as = format!("text/javascript; charset={}", CHARSETS[3]);
    internet.change(|_| site(&gated).changes(Part::Script, move |script| script.called(&read_as)));
    visit
        .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'")
        .await;
    visit.open("about:blank").await;
    let before = internet.requests_to_vendors().len();
    visit.open(ADDRESS).await;
    visit.settles().await;
    shows!("G-08", !visit.asks().await, "nothing is asked");
    shows_equal!("G-08", internet.requests_to_vendors().len(), before, "no vendor");
    shows_equal!("G-08", visit.runs().await, Vec::<String>::new(), "no gated script");
}

async fn strict_visit(visit: &Visit, requirement_holds_for: &str) {
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    let drawn = visit
        .script("const b = document.querySelector('[data-kelisim=banner]'); return getComputedStyle(b).position")
        .await;
    shows!(
        "B-01",
        drawn == "fixed" || drawn == "sticky",
        "the styles are there under {requirement_holds_for}: {drawn}"
    );
    visit.open_settings().await;
    visit.choose("accept").await;
    visit.settled_decisions(1).await;
    visit.until_requested("mc.yandex.ru", "/watch/").await;
    visit.until_requested("www.google-analytics.com", "/g/collect").await;
    visit
        .until("the external script", async || {
            visit.runs().await.contains(&"external".to_owned()).then_some(())
        })
        .await;
    shows_equal!(
        "B-01",
        visit.violations().await,
        Vec::<String>::new(),
        "{requirement_holds_for} has nothing to stop"
    );
    visit.withdraw().await;
    visit.settles().await;
    shows_equal!(
        "B-01",
        visit.violations().await,
        Vec::<String>::new(),
        "{requirement_holds_for}, after a withdrawal"
    );
    shows_equal!(
        "B-01",
        visit.errors().await,
        Vec::<String>::new(),
        "{requirement_holds_for}: no error"
    );
}

async fn b_01_a_strict_policy_has_nothing_to_stop(visitor: Visitor) {
    let page = Page::new("ru")
        .body("<script type=\"text/plain\" data-category=\"analytics\" data-src=\"/external.js\"></script>")
        .header("content-security-policy", STRICT);
    let internet = Internet::with([site(&page).answers("/external.js", Answer::script("ran('external')"))]);
    let visit = visitor.comes_to(&internet).await;
    strict_visit(&visit, "a strict policy").await;
}

async fn b_01_enforced_trusted_types_have_nothing_to_stop(visitor: Visitor) {
    let policy = format!("{STRICT}; require-trusted-types-for 'script'; trusted-types kelisim");
    let page = Page::new("ru")
        .body("<script type=\"text/plain\" data-category=\"analytics\" data-src=\"/external.js\"></script>")
        .header("content-security-policy", &policy);
    let internet = Internet::with([site(&page).answers("/external.js", Answer::script("ran('external')"))]);
    let visit = visitor.comes_to(&internet).await;
    strict_visit(&visit, "enforced Trusted Types").await;
}

async fn b_02_named_elements_shadow_nothing(visitor: Visitor) {
    // Not `querySelector`: the visit itself needs it.
    let names = [
        "cookie",
        "body",
        "head",
        "currentScript",
        "documentElement",
        "createElement",
        "activeElement",
        "addEventListener",
    ];
    let shadows: String = names
        .map(|name| format!("<img name=\"{name}\" alt=\"\"><form name=\"{name}\"></form>"))
        .concat();
    // Before the tag, so that the very first look at the document is shadowed already.
    let tag = Tag::synchronous().markup(visitor.subject);
    let queue = "<p id=\"dataLayer\"></p>";
    let page = Page::new("ru")
        .tag("")
        .body(&shadows)
        .body(queue)
        .body(&tag)
        .body(GATED);
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    shows!(
        "B-02",
        visit
            .script("return dataLayer[0][0] === 'consent' && dataLayer[0][1] === 'default'")
            .await
            == true,
        "Google is told all the same"
    );
    let layer = "return document.querySelector('[data-kelisim=banner]')";
    visit.script(&format!("window.layer = (() => {{ {layer} }})()")).await;
    visit.settles().await;
    let same = visit
        .script(&format!("return window.layer === (() => {{ {layer} }})()"))
        .await;
    shows!(
        "B-02",
        same == true,
        "the layer stands and is not drawn again and again"
    );
    // Not a click of the driver: its own scripts fall over `documentElement`.
    visit
        .script("document.querySelector('[data-kelisim=banner] [data-kelisim-action=accept]').click()")
        .await;
    let record = visit.recorded().await;
    assert_eq!(record["method"], "api", "what a script clicks is the page's act");
    visit.until_requested("mc.yandex.ru", "/metrika/tag.js").await;
    visit
        .until("the page's script", async || {
            (!visit.runs().await.is_empty()).then_some(())
        })
        .await;
    visit.reload().await;
    visit.settles().await;
    shows!("B-02", !visit.asks().await, "the decision is found again");
    shows_equal!("B-02", visit.errors().await, Vec::<String>::new(), "nothing throws");
}

/// `document.cookie` is an image in this page: what the site shares with its subdomains is written all the same, and what
/// vendors left is purged.
async fn b_02_a_shadowed_cookie_is_written_and_purged_all_the_same(visitor: Visitor) {
    let left = "<script>document.cookie = '_ym_uid=left; path=/'; document.cookie = '_ga=left; path=/; domain=rasco.kz'; \
        document.cookie = 'session=own; path=/'</script>";
    let image = "<img name=\"cookie\" alt=\"\">";
    let page = Page::new("ru").before_tag(left).first(image).body(GATED);
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open_and_start(ADDRESS).await;
    visit.settles().await;
    shows!(
        "B-02",
        visit.script("return document.cookie instanceof HTMLImageElement").await == true,
        "it is shadowed"
    );
    let cookies = "return Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').get.call(document)";
    shows_equal!(
        "W-03",
        visit.script(cookies).await,
        "session=own",
        "what vendors left is purged at the start, and nothing else"
    );
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    let shared = visit.script(cookies).await;
    shows!(
        "B-04",
        shared.as_str().unwrap().contains("kelisim="),
        "the choice is shared with the subdomains: {shared}"
    );
    visit.until_requested("mc.yandex.ru", "/watch/").await;
    visit.withdraw().await;
    visit.settles().await;
    let after = visit.script(cookies).await;
    let names: Vec<&str> = after
        .as_str()
        .unwrap()
        .split("; ")
        .filter_map(|one| one.split('=').next())
        .collect();
    shows!(
        "W-03",
        names.iter().all(|name| ["session", "kelisim"].contains(name)),
        "a withdrawal purges them again: {names:?}"
    );
    shows_equal!("B-02", visit.errors().await, Vec::<String>::new(), "nothing throws");
}

async fn a_10_whoever_takes_the_root_out_does_not_hang_the_page(visitor: Visitor) {
    let remover = "<script>window.most = 0; let now = 0; const frame = () => { now = 0; requestAnimationFrame(frame) }; frame(); \
        new MutationObserver(() => { const root = document.querySelector('#kelisim-root'); \
        if (root) { root.remove(); most = Math.max(most, ++now); window.removed = (window.removed ?? 0) + 1 } }) \
        .observe(document, {childList: true, subtree: true})</script>";
    let internet = Internet::with([site(&Page::new("ru").before_tag(remover))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit
        .until_true("it is put back again and again", "return window.removed > 3")
        .await;
    let most = visit.script("return window.most").await;
    shows!(
        "A-10",
        most.as_u64().unwrap() < 10,
        "put back {most} times in one frame"
    );
}

async fn g_05_a_decision_inside_ready_is_heard(visitor: Visitor) {
    let early = "<script>addEventListener('kelisim:ready', () => kelisim.withdraw().then((record) => { window.answer = record?.method }))</script>";
    let internet = Internet::with([
        site(&Page::new("ru").body(GATED)).page("/next", &Page::new("ru").before_tag(early).body(GATED))
    ]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    visit.recorded().await;
    visit.open(&format!("{ADDRESS}next")).await;
    visit
        .until("the withdrawal", async || {
            let record = visit.record().await?;
            (record["method"] == "withdraw").then_some(())
        })
        .await;
    visit.reload().await;
    visit.settles().await;
    shows_equal!("G-05", visit.runs().await, Vec::<String>::new(), "and nothing runs on");
}

/// Firefox would go 271 deep and WebKit 819, which is more than the module's stack; Chromium ends it by itself at 43.
async fn g_09_a_page_that_clicks_within_a_click_comes_to_an_end(visitor: Visitor) {
    let endless = "<button id=\"endless\">+</button><script>window.deepest = 0; let deep = 0; \
        Object.defineProperty(endless, 'closest', { get() { deepest = Math.max(deepest, ++deep); \
        try { endless.dispatchEvent(new Event('click', { bubbles: true })) } finally { deep-- } \
        return Element.prototype.closest } })</script>";
    let internet = Internet::with([site(&Page::new("ru").body(&format!("{endless}{GATED}")))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.script("document.querySelector('#endless').click()").await;
    let deepest = visit.script("return window.deepest").await;
    shows!(
        "G-09",
        deepest.as_u64().unwrap() < 200,
        "clicks within {deepest} clicks"
    );
    shows_equal!("G-09", visit.errors().await, Vec::<String>::new(), "nothing throws");
    visit.answer("reject").await;
    shows_equal!("G-09", visit.recorded().await["method"], "reject", "a refusal holds");
    shows_equal!("G-09", visit.runs().await, Vec::<String>::new(), "and nothing runs");
}

/// The settings cannot be fetched by a page that has broken `fetch`.
async fn g_09_where_fetch_throws_a_refusal_holds_all_the_same(visitor: Visitor) {
    let broken = "<script>{ const real = window.fetch; window.fetch = (...what) => { \
        if (/settings\\./.test(what[0])) throw new Error('no'); return real(...what) } }</script>";
    let internet = Internet::with([site(&Page::new("ru").before_tag(broken).body(GATED))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.until_said("kelisim: ").await;
    visit
        .until_true(
            "no question",
            "return !document.querySelector('[data-kelisim=banner]')?.getClientRects().length",
        )
        .await;
    let answer = visit
        .script_until_done("Promise.race([kelisim.accept(), new Promise(go => setTimeout(go, 2000, null))]).then(done, () => done(null))")
        .await;
    shows_equal!("G-09", answer, json!(null), "nothing is granted without its notice");
    shows_equal!("G-05", visit.record().await, None, "nor recorded");
    visit.script("kelisim.reject()").await;
    shows_equal!(
        "G-09",
        visit.recorded().await["categories"]["analytics"],
        json!(false),
        "a refusal waits for nothing"
    );
    shows_equal!("G-09", visit.errors().await, Vec::<String>::new(), "nothing throws");
    shows!("G-08", internet.requests_to_vendors().is_empty(), "no vendor");
}

async fn b_03_an_old_page_in_windows_1251_reads_well(visitor: Visitor) {
    let page = Page::new("ru").in_windows_1251().body(GATED);
    let internet = Internet::with([Site::of("proeducation.kz").page("/", &page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("http://proeducation.kz/").await;
    visit.first_layer().await;
    let words = visit.script("return [document.characterSet, document.querySelector('[data-kelisim=banner]').textContent, isSecureContext]").await;
    assert_eq!(words[0], "windows-1251");
    assert_eq!(words[2], false);
    shows!(
        "B-03",
        words[1].as_str().unwrap().contains("Отклонить"),
        "words that can be read: {words}"
    );
    visit
        .click("[data-kelisim=banner] [data-kelisim-action=language][data-kelisim-language=kk]")
        .await;
    visit
        .until_true(
            "Kazakh letters",
            "return /[әғқңөұүһі]/.test(document.querySelector('[data-kelisim=banner]').textContent)",
        )
        .await;
    visit.answer("accept").await;
    let record = visit.recorded().await;
    visit.until_requested("mc.yandex.ru", "/metrika/tag.js").await;
    shows!(
        "R-02",
        record["notice"].as_str().unwrap().len() == 64,
        "the hash needs no secure context"
    );
    visit
        .until("the page's script", async || {
            (!visit.runs().await.is_empty()).then_some(())
        })
        .await;
}

async fn g_09_a_denied_store_leaves_the_choice_for_the_page(visitor: Visitor) {
    let denied = [
        (
            "a getter that throws",
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError') }})",
        ),
        (
            "methods that throw",
            "for (const m of ['getItem', 'setItem', 'removeItem', 'key']) Storage.prototype[m] = () => { throw new DOMException('full', 'QuotaExceededError') }",
        ),
        (
            "no store",
            "Object.defineProperty(window, 'localStorage', {value: null})",
        ),
        (
            "no cookies either",
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError') }}); \
            Object.defineProperty(Document.prototype, 'cookie', {get() { throw new DOMException('denied', 'SecurityError') }, set() { throw new DOMException('denied', 'SecurityError') }})",
        ),
    ];
    let internet = Internet::with([site(&Page::new("ru"))]);
    let visit = visitor.comes_to(&internet).await;
    for (why, script) in denied {
        let page = Page::new("ru")
            .before_tag(&format!("<script>{script}</script>"))
            .body(GATED);
        internet.change(|site| site.page("/", &page));
        visit.open(ADDRESS).await;
        visit
            .script("try { document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz' } catch (_) {}")
            .await;
        visit.open(ADDRESS).await;
        visit.first_layer().await;
        let before = internet.requests_for("mc.yandex.ru", "/metrika").len();
        visit.answer("accept").await;
        visit.settled_decisions(1).await;
        let held = visit
            .script("return [kelisim.record()?.method, kelisim.allows('analytics')]")
            .await;
        shows_equal!(
            "G-09",
            held,
            json!(["accept", true]),
            "the choice holds for the page: {why}"
        );
        visit
            .until("Metrika", async || {
                (internet.requests_for("mc.yandex.ru", "/metrika").len() > before).then_some(())
            })
            .await;
        assert!(!visit.asks().await, "{why}");
        shows_equal!(
            "G-09",
            visit.errors().await,
            Vec::<String>::new(),
            "nothing throws: {why}"
        );
    }
}

async fn a_second_copy_does_nothing(visitor: Visitor) {
    let second = Tag::synchronous()
        .at("/kelisim/kelisim.js?second")
        .markup(visitor.subject);
    let page = Page::new("ru").after_tag(&second).body(GATED);
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit
        .until("a warning", async || (!visit.console().await.is_empty()).then_some(()))
        .await;
    let console = visit.console().await;
    assert_eq!(console.len(), 1, "one warning: {console:?}");
    assert_eq!(
        visit
            .script("return document.querySelectorAll('#kelisim-root').length")
            .await,
        1
    );
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    visit.until_requested("mc.yandex.ru", "/watch").await;
    shows_equal!("G-10", visit.runs().await, ["analytics"], "what is gated runs once");
    assert_eq!(internet.requests_for("mc.yandex.ru", "/metrika/tag.js").len(), 1);
}

/// What lies in the browser, or happens to it while the page is open: asked, one line at most, and the choice holds.
async fn g_09_b_07_whatever_lies_or_happens_the_visitor_decides(visitor: Visitor) {
    let ignored: &[&str] = &["kelisim: recordIgnored"];
    let denied: &[&str] = &["kelisim: storageDenied"];
    let faults = [
        (
            "ten megabytes of text",
            "localStorage.setItem('kelisim', 'x'.repeat(5e6))",
            "",
            ignored,
        ),
        (
            "a foreign record",
            "localStorage.setItem('kelisim', '{\"accepted\":[\"analytics\"]}')",
            "",
            ignored,
        ),
        ("not JSON", "localStorage.setItem('kelisim', 'yes')", "", ignored),
        (
            "a store that disappears midway",
            "",
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('gone', 'SecurityError') }})",
            denied,
        ),
        (
            "a store that is full",
            "",
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
            denied,
        ),
        (
            "a store that was emptied",
            "",
            "localStorage.clear(); sessionStorage.clear()",
            &[],
        ),
        (
            "no source of chance",
            "",
            "Object.defineProperty(window, 'crypto', {value: undefined})",
            &[],
        ),
    ];
    let internet = Internet::with([site(&Page::new("ru").body(GATED))]);
    let visit = visitor.comes_to(&internet).await;
    for (why, before, midway, lines) in faults {
        visit.open(ADDRESS).await;
        visit
            .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'")
            .await;
        visit.script(before).await;
        visit.open_and_start(ADDRESS).await;
        visit.first_layer().await;
        shows_equal!(
            "G-09",
            visit.runs().await,
            Vec::<String>::new(),
            "nothing is granted by it: {why}"
        );
        visit.script(midway).await;
        visit.answer("accept").await;
        visit.settled_decisions(1).await;
        let held = visit
            .script("return [kelisim.allows('analytics'), kelisim.record()?.code?.length]")
            .await;
        shows_equal!("G-09", held, json!([true, 9]), "the choice holds for the page: {why}");
        shows_equal!("G-09", visit.console().await, lines, "said once: {why}");
        shows_equal!(
            "G-09",
            visit.errors().await,
            Vec::<String>::new(),
            "nothing throws: {why}"
        );
    }
}

async fn g_09_a_page_that_throws_or_comes_late_changes_nothing(visitor: Visitor) {
    let late = "<script>addEventListener('load', () => setTimeout(() => { const tag = document.createElement('script'); \
        tag.src = '/kelisim/kelisim.js'; document.head.append(tag) }))</script>";
    let throws = "<script>for (const name of ['ready', 'shown', 'decision']) \
        addEventListener('kelisim:' + name, () => { throw new Error('of the page') }); \
        (window.kelisimQueue = []).push(kelisim => { kelisim.on('decision', () => { throw new Error('of the page') }); \
        throw new Error('of the page') })</script>";
    let page = Page::new("ru").tag("").after_tag(late).after_tag(throws).body(GATED);
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open_and_start(ADDRESS).await;
    visit.first_layer().await;
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    visit.until_requested("mc.yandex.ru", "/watch").await;
    shows_equal!("G-10", visit.runs().await, ["analytics"], "what was granted runs");
    let errors = visit.errors().await;
    shows!(
        "G-09",
        !errors.is_empty() && errors.iter().all(|error| error.contains("of the page")),
        "the page's errors stay the page's: {errors:?}"
    );
    visit.withdraw().await;
    shows!(
        "W-03",
        !visit
            .script("return kelisim.allows('analytics')")
            .await
            .as_bool()
            .unwrap(),
        "and can be withdrawn"
    );
}

async fn r_02_an_answer_before_the_notice_has_come_is_kept(visitor: Visitor) {
    let page = Page::new("ru").body(GATED);
    let slow = |notice: Answer| notice.after(Duration::from_millis(1500));
    let internet = Internet::with([site(&page).changes(Part::settings("ru"), slow)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    assert!(visit.record().await.is_none(), "the notice is still on its way");
    visit.settled_decisions(1).await;
    let record = visit.recorded().await;
    shows_equal!("R-02", record["method"], "accept", "what was pressed is acted on, once");
    visit
        .until("the gated script", async || {
            (visit.runs().await == ["analytics"]).then_some(())
        })
        .await;

    internet.change(|_| site(&page));
    visit.open(ADDRESS).await;
    visit.ready().await;
    visit.settles().await;
    let fetched = internet.requests_of(&Part::settings("ru")).len();
    shows_equal!("R-02", fetched, 1, "who is asked nothing fetches no notice");
    visit.reopen().await;
    shows!(
        "W-01",
        visit.switches().await.iter().any(|(_, on)| *on),
        "with the real state"
    );
}

/// Whoever granted and comes back while the settings cannot be had is shown the first layer, which needs nothing more.
async fn w_01_without_the_settings_a_grant_is_taken_back(visitor: Visitor) {
    let internet = Internet::with([site(&Page::new("ru").body(GATED))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    visit.settled_decisions(1).await;

    internet.change(|site| site.changes(Part::settings("ru"), |_| Answer::missing()));
    visit.open(ADDRESS).await;
    visit.ready().await;
    shows!("W-01", !visit.asks().await, "nothing is asked");
    visit.mark_document().await;
    visit.click("[data-kelisim=reopen]").await;
    visit.until_said("noticeUnavailable").await;
    visit
        .until_true(
            "the keyboard on the first choice of the first layer, because what it was on is hidden",
            "return document.activeElement.matches('[data-kelisim=banner] [data-kelisim-action=reject]')",
        )
        .await;
    visit.answer("reject").await;
    visit.reloaded().await;
    visit.ready().await;
    visit.settles().await;
    shows_equal!("W-02", visit.recorded().await["method"], "reject", "taken back");
    shows_equal!("W-03", visit.runs().await, Vec::<String>::new(), "and nothing runs");
}
