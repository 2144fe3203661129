//! Pages as others wrote them: frameworks that take out what they know, libraries that put an earlier document back,
//! scripts that write, shadow roots, forms that wait for a vendor.

use serde_json::json;
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, full_configuration};
use visits::visit::Visit;
use visits::{shows, shows_equal};

use crate::gate::{runs, site};

const ADDRESS: &str = "https://rasco.kz/";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        p_03_an_older_copy_of_the_page_starts_nothing,
        p_05_a_form_that_waits_for_a_vendor_is_sent,
        p_06_a_framework_takes_out_what_was_started,
        p_08_a_script_that_writes_leaves_the_page_whole,
        p_09_a_shadow_root_has_controls_and_is_named,
        p_13_a_lazy_loader_is_named,
    ]
}

/// What a page does on a form that is sent, for each vendor: it goes on when the vendor has called back.
const SENT: &str = "window.went = []; const go = (name) => () => window.went.push(name); \
    if (window.ym) ym(10000003, 'reachGoal', 'lead', {}, go('ym')); else go('ym')(); \
    if (window.gtag) gtag('event', 'lead', { event_callback: go('gtag') }); else go('gtag')(); \
    return window.went.length";

async fn calls_back(visit: &Visit, when: &str) {
    let at_once = visit.script(SENT).await;
    assert!(
        at_once == 0 || when == "never",
        "{when}: nobody is called back before the call returns"
    );
    visit
        .until_true(
            when,
            "return window.went.length === 2 && window.went.join() === 'ym,gtag'",
        )
        .await;
}

async fn p_05_a_form_that_waits_for_a_vendor_is_sent(visitor: Visitor) {
    let mut configuration = full_configuration();
    configuration["onWithdraw"] = json!("stay");
    let internet = Internet::with([site(&Page::new("ru")).configuration(&configuration)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    calls_back(&visit, "before a decision").await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    calls_back(&visit, "after a refusal").await;
    shows!(
        "G-04",
        internet.requests_to_vendors().is_empty(),
        "nothing is sent to a vendor"
    );
    visit.script("kelisim.accept()").await;
    visit.settled_decisions(2).await;
    visit.until_requested("mc.yandex.ru", "/metrika/tag.js").await;
    visit.settles().await;
    visit.script("kelisim.withdraw()").await;
    visit.settled_decisions(3).await;
    let asked = internet.requests_to_vendors().len();
    calls_back(&visit, "after a withdrawal").await;
    visit.settles().await;
    shows_equal!(
        "W-03",
        internet.requests_to_vendors().len(),
        asked,
        "nothing is sent to a vendor"
    );
    shows_equal!("P-05", visit.errors().await, Vec::<String>::new(), "nothing throws");
}

/// What a framework knows it takes out itself, by the very node.
async fn p_06_a_framework_takes_out_what_was_started(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <section class="known"><template data-category="media"><iframe class="out" src="/one" title="one"></iframe> слова</template></section>
        <section class="known"><script type="text/plain" data-category="analytics">ran("script")</script></section>
        <section class="known"><iframe data-category="media" data-src="/two" title="two"></iframe></section>
        <section class="known"><script type="text/plain" data-category="analytics" data-src="/own.js"></script></section>
        <script>window.known = [...document.querySelectorAll(".known")].map((parent) => [parent, parent.firstChild])</script>
        "#,
    );
    let internet = Internet::with([site(&page).answers("/own.js", Answer::script("ran('own')"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    runs(&visit, 2).await;
    for path in ["/one", "/two"] {
        visit.until_requested("rasco.kz", path).await;
    }
    // It moves them first, as a list that is sorted anew, and then takes them out.
    visit
        .script("for (const [parent, node] of known) { parent.insertBefore(node, parent.firstChild) }")
        .await;
    visit.settles().await;
    visit
        .script("for (const [parent, node] of known) { parent.removeChild(node) }")
        .await;
    visit
        .until_true("an empty page", "return !document.querySelector('.known iframe')")
        .await;
    let left = visit.script("return known[0][0].textContent").await;
    shows_equal!("P-06", left, "", "what a template held goes with it");
    // A cache of the framework's puts the same nodes back.
    visit
        .script("for (const [parent, node] of known) { parent.append(node) }")
        .await;
    visit
        .until_true(
            "the embed once more",
            "return document.querySelectorAll('.known iframe.out').length === 1",
        )
        .await;
    visit.settles().await;
    shows_equal!("P-06", visit.runs().await, ["script", "own"], "a script runs once");
    shows_equal!("P-06", visit.errors().await, Vec::<String>::new(), "nothing throws");
}

/// As htmx and Turbo keep a page and put it back: by its markup, scripts made anew, or by its nodes.
const PUT_BACK: &str = "const copy = arguments[0] ? document.createElement('body') : window.kept.cloneNode(true); \
    if (arguments[0]) copy.innerHTML = window.kept.innerHTML; \
    for (const script of copy.querySelectorAll('script')) { \
        if (script.type && !/javascript|module/.test(script.type)) continue; \
        const anew = document.createElement('script'); \
        for (const { name, value } of script.attributes) anew.setAttribute(name, value); \
        anew.textContent = script.textContent; script.replaceWith(anew) } \
    document.body.replaceWith(copy)";

async fn p_03_an_older_copy_of_the_page_starts_nothing(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <script type="text/plain" data-category="analytics">ran("inline")</script>
        <script type="text/plain" data-category="analytics" data-src="/own.js"></script>
        <template data-category="media" data-service="youtube"><iframe src="https://www.youtube.com/embed/one" title="one"></iframe></template>
        <iframe data-category="media" data-service="youtube" data-src="https://www.youtube.com/embed/two" title="two"></iframe>
        <template data-category="analytics"><p>Слова</p><script>ran("in template")</script></template>
        "#,
    );
    let internet = Internet::with([site(&page).answers("/own.js", Answer::script("ran('own')"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    runs(&visit, 3).await;
    for path in ["/embed/one", "/embed/two"] {
        visit.until_requested("www.youtube.com", path).await;
    }
    visit.settled_decisions(1).await;
    // It is kept in the session, because the withdrawal loads the page anew.
    visit.script("sessionStorage.kept = document.body.innerHTML").await;
    visit.mark_document().await;
    visit.script("kelisim.withdraw()").await;
    visit.reloaded().await;
    visit.ready().await;
    visit.settles().await;
    let asked = internet.requests_for("rasco.kz", "/own.js").len();
    for by_markup in [true, false] {
        visit
            .script("window.kept = document.createElement('body'); window.kept.innerHTML = sessionStorage.kept")
            .await;
        visit.script_with(PUT_BACK, vec![json!(by_markup)]).await;
        visit.settles().await;
        let state = visit
            .script(
                "return [document.querySelectorAll('iframe[src]').length, document.querySelectorAll('template[data-category]').length, \
                    document.querySelectorAll('.kelisim-embed').length, document.querySelectorAll('#kelisim-root').length]",
            )
            .await;
        shows_equal!("P-03", state, json!([0, 2, 2, 1]), "all of it waits again");
        shows_equal!("P-03", visit.runs().await, Vec::<String>::new(), "nothing runs");
    }
    let asked_now = internet.requests_for("rasco.kz", "/own.js").len();
    shows_equal!("P-03", asked_now, asked, "no script is fetched");
    // A grant starts what was put back, each once.
    visit.script("kelisim.accept()").await;
    visit.settles().await;
    runs(&visit, 3).await;
    let mut all = visit.runs().await;
    all.sort();
    shows_equal!(
        "P-03",
        all,
        ["in template", "inline", "own"],
        "what was put back can be started"
    );
    let frames = visit
        .script("return document.querySelectorAll('iframe[src]').length")
        .await;
    shows_equal!("P-03", frames, 2, "and the embeds");
}

async fn p_08_a_script_that_writes_leaves_the_page_whole(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <script type="text/plain" data-category="analytics">document.write("<b>42</b>"); ran("wrote")</script>
        <script type="text/plain" data-category="analytics">document.writeln("43"); document.close(); ran("wrote a line")</script>
        <script type="text/plain" data-category="analytics" data-src="/writes.js"></script>
        <template data-category="analytics"><script>document.write("44"); ran("in template")</script></template>
        <script type="text/plain" data-category="analytics">ran("last")</script>
        "#,
    );
    let internet =
        Internet::with([site(&page).answers("/writes.js", Answer::script("document.write('45'); ran('own')"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    runs(&visit, 5).await;
    visit.until_said("documentWrite").await;
    let page = visit
        .script("return [!!document.querySelector('h1'), !!document.querySelector('#kelisim-root'), Object.hasOwn(document, 'write')]")
        .await;
    shows_equal!(
        "P-08",
        page,
        json!([true, true, false]),
        "the page is whole, and its own method is back"
    );
}

async fn p_09_a_shadow_root_has_controls_and_is_named(visitor: Visitor) {
    let page = Page::new("ru").body(
        r##"
        <div id="host"></div><div id="slotted"><button id="inside" data-kelisim-action="settings"><b>Cookie</b></button></div>
        <script>
          const root = document.querySelector("#host").attachShadow({ mode: "open" });
          root.innerHTML = `<a href="/elsewhere" data-kelisim-action="settings"><span>Настройки</span></a>
            <iframe data-category="media" data-src="/never" title="v"></iframe>`;
          document.querySelector("#slotted").attachShadow({ mode: "open" }).innerHTML = "<p><slot></slot></p>";
        </script>
        "##,
    );
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    visit
        .script("document.querySelector('#host').shadowRoot.querySelector('span').click()")
        .await;
    visit.settings_open().await;
    visit.choose("close").await;
    visit.settings_closed().await;
    visit.script("document.querySelector('#inside b').click()").await;
    visit.settings_open().await;
    let said = visit.until_said("inShadowRoot").await;
    shows!("P-09", said.contains("media"), "the gated frame is named: {said}");
    let lines = visit.console().await;
    let lines = lines.iter().filter(|line| line.contains("inShadowRoot")).count();
    shows_equal!("P-09", lines, 1, "once");
    let path = visit.script("return location.pathname").await;
    shows_equal!("P-09", path, "/", "the link is not followed");
}

async fn p_13_a_lazy_loader_is_named(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <iframe class="lazyload" data-category="media" data-src="/lazy/one" title="v"></iframe>
        <img class="lazyload" data-category="marketing" data-src="/lazy/two" src="data:," alt="">
        "#,
    );
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    // A picture that stands in is no fetch of what waits.
    visit
        .script("document.querySelector('img.lazyload').src = 'data:image/gif;base64,'")
        .await;
    visit.settles().await;
    let lines = visit.console().await;
    shows!(
        "P-13",
        !lines.iter().any(|line| line.contains("fetchedByPage")),
        "nothing to name: {lines:?}"
    );
    visit
        .script("for (const one of document.querySelectorAll('.lazyload')) one.src = one.dataset.src")
        .await;
    let said = visit.until_said("fetchedByPage").await;
    shows!("P-13", said.contains("media"), "it is named: {said}");
    visit.settles().await;
    let lines = visit.console().await;
    let lines = lines.iter().filter(|line| line.contains("fetchedByPage")).count();
    shows_equal!("P-13", lines, 1, "once");
}
