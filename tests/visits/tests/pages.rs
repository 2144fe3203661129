//! Pages as others wrote them: frameworks that take out what they know, libraries that put an earlier document back,
//! scripts that write, shadow roots, forms that wait for a vendor.

use serde_json::json;
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, full_configuration, site_json};
use visits::visit::Visit;
use visits::{shows, shows_equal};

use crate::gate::{runs, site};

const ADDRESS: &str = "https://rasco.kz/";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        p_03_an_older_copy_of_the_page_starts_nothing,
        p_05_a_form_that_waits_for_a_vendor_is_sent,
        p_06_a_framework_takes_out_what_was_started,
        p_07_whatever_a_body_has_the_layer_is_in_the_window,
        p_07_nothing_of_the_page_moves,
        p_07_a_modal_of_the_page_stays_above,
        p_07_a_page_that_rearranges_its_sheets_takes_no_style_away,
        p_08_a_script_that_writes_leaves_the_page_whole,
        p_09_a_shadow_root_has_controls_and_is_named,
        p_13_a_lazy_loader_is_named,
        p_16_the_room_follows_the_window,
        p_16_the_box_that_scrolls_has_the_room,
        w_04_a_page_in_its_own_frame_is_answered_with_it,
        g_09_an_answer_to_another_operator_is_none,
        w_03_what_was_written_puts_off_no_withdrawal,
        p_19_what_a_page_says_of_itself_stays_and_what_it_says_to_google_goes,
    ]
}

/// Nothing of an earlier answer is left: whoever comes next is asked.
async fn is_forgotten(visit: &Visit) {
    visit
        .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'")
        .await;
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

/// What themes and accessibility plugins do to a body; the last two to the document itself.
const BODIES: [&str; 8] = [
    "body { filter: grayscale(1) }",
    "body { transform: translateY(0) }",
    "body { will-change: transform }",
    "body { contain: paint }",
    "body { perspective: 500px; overflow-x: hidden }",
    "body { backdrop-filter: blur(1px); position: relative; z-index: -1 }",
    "html { transform: translateY(0) }",
    "html { filter: invert(1); contain: layout }",
];

async fn p_07_whatever_a_body_has_the_layer_is_in_the_window(visitor: Visitor) {
    let page = |style: &str| {
        let overlay = "<div style=\"position: fixed; inset: 0; z-index: 2147483647; pointer-events: none\"></div>";
        let long = format!("<p style=\"height: 4000px\">Курсы</p>{overlay}");
        Page::new("ru")
            .after_tag(&format!("<style>{style}</style>"))
            .body(&long)
    };
    let internet = Internet::with([site(&page(""))]);
    let visit = visitor.comes_to(&internet).await;
    let met = "const seen = (selector) => { const one = document.querySelector(selector); const box = one.getBoundingClientRect(); \
        const met = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2); \
        return box.top >= 0 && box.bottom <= innerHeight && one.contains(met) }; return seen(arguments[0])";
    for style in BODIES {
        internet.change(|_| site(&page(style)));
        visit.open(ADDRESS).await;
        visit.first_layer().await;
        let is_met = visit
            .script_with(met, vec![json!("[data-kelisim=banner] [data-kelisim-action=reject]")])
            .await;
        shows!(
            "P-07",
            is_met == true,
            "Reject is in the window, over everything: {style}"
        );
        visit
            .script("document.querySelector('[data-kelisim=banner] [data-kelisim-action=reject]').click()")
            .await;
        visit.settled_decisions(1).await;
        visit.script("scrollTo(0, 1000)").await;
        let is_met = visit.script_with(met, vec![json!("[data-kelisim=reopen]")]).await;
        shows!("P-07", is_met == true, "and so is the control that stays: {style}");
        is_forgotten(&visit).await;
    }
}

/// Layouts that an element more would change.
const LAYOUTS: [&str; 7] = [
    "body > * + * { margin-top: 2rem }",
    "body > :first-child { margin-top: 40px }",
    "body > :last-child { margin-bottom: 90px } body > :nth-child(2) { padding: 30px }",
    "body { display: grid; gap: 20px }",
    "body { display: grid; grid-template-columns: 200px 1fr; gap: 10px }",
    "body { display: flex; flex-wrap: wrap; gap: 15px }",
    "body { columns: 2 } body > div { display: none }",
];

async fn p_07_nothing_of_the_page_moves(visitor: Visitor) {
    let page = |style: &str| {
        let long = "<article><p>Урок 1</p></article><section style=\"height: 1500px\">Урок 2</section>";
        Page::new("ru").after_tag(&format!("<style>{style}</style>")).body(long)
    };
    let internet = Internet::with([site(&page(""))]);
    let visit = visitor.comes_to(&internet).await;
    let places = "return [...document.querySelectorAll('body, body *')].map((one) => { const box = one.getBoundingClientRect(); \
        return [box.left + scrollX, box.top + scrollY, box.width, box.height].map(Math.round).join() })";
    for style in LAYOUTS {
        internet.change(|_| site(&page(style).tag("")));
        visit.open(ADDRESS).await;
        let alone = visit.script(places).await;
        internet.change(|_| site(&page(style)));
        visit.open(ADDRESS).await;
        visit.first_layer().await;
        visit
            .until_true(
                "room",
                "return getComputedStyle(document.documentElement).scrollPaddingBottom !== 'auto'",
            )
            .await;
        shows_equal!("P-07", visit.script(places).await, alone, "while it asks: {style}");
        visit.answer("reject").await;
        visit.settled_decisions(1).await;
        visit
            .until_true(
                "no room",
                "return getComputedStyle(document.documentElement).scrollPaddingBottom === 'auto'",
            )
            .await;
        shows_equal!("P-07", visit.script(places).await, alone, "after the answer: {style}");
        is_forgotten(&visit).await;
    }
}

/// What is inert behind a modal of the page is not drawn above it.
async fn p_07_a_modal_of_the_page_stays_above(visitor: Visitor) {
    let page = Page::new("ru").first(
        "<dialog id=\"offer\" style=\"inset: 0; width: 100vw; height: 100vh; max-width: none; max-height: none\">Скидка \
         <button onclick=\"document.querySelector('#offer').close()\">Закрыть</button></dialog>\
         <script>document.querySelector('#offer').showModal()</script>",
    );
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit
        .until_true("a layer", "return !!document.querySelector('[data-kelisim=banner]')")
        .await;
    visit.settles().await;
    let above = visit
        .script(
            "const box = document.querySelector('[data-kelisim=banner]').getBoundingClientRect(); \
             return document.elementFromPoint(box.left + 5, box.top + 5)?.id",
        )
        .await;
    shows_equal!("P-07", above, "offer", "the modal is what the pointer meets");
    visit.script("document.querySelector('#offer').close()").await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
}

async fn p_07_a_page_that_rearranges_its_sheets_takes_no_style_away(visitor: Visitor) {
    let page = Page::new("ru").after_tag(
        "<script>window.theme = new CSSStyleSheet(); theme.replaceSync('h1 { color: teal }'); document.adoptedStyleSheets = [theme]</script>",
    );
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    let dressed = "return getComputedStyle(document.querySelector('[data-kelisim=banner]')).position === 'fixed' && \
        getComputedStyle(document.querySelector('h1')).color === 'rgb(0, 128, 128)'";
    visit.until_true("both have their styles", dressed).await;
    // A component library that draws anew, a theme that is switched, a list that is emptied.
    for rearranging in [
        "document.adoptedStyleSheets = [theme]",
        "document.adoptedStyleSheets.splice(0, Infinity, theme)",
        "document.adoptedStyleSheets = [theme, new CSSStyleSheet()]",
    ] {
        visit
            .script(&format!(
                "{rearranging}; document.querySelector('main').append(document.createElement('p'))"
            ))
            .await;
        visit.until_true(rearranging, dressed).await;
    }
    let sheets = visit.script("return document.adoptedStyleSheets.length").await;
    shows!("P-07", sheets.as_u64() < Some(6), "none is there twice: {sheets}");
    visit.open_settings().await;
    visit
        .script(
            "document.adoptedStyleSheets = [theme]; document.querySelector('main').append(document.createElement('p'))",
        )
        .await;
    visit
        .until_true(
            "the settings have theirs",
            "return getComputedStyle(document.querySelector('dialog .kelisim-body')).overscrollBehaviorY === 'contain'",
        )
        .await;
}

async fn p_16_the_room_follows_the_window(visitor: Visitor) {
    let page = Page::new("ru").body("<p style=\"height: 150vh\"></p><p id=\"last\">Конец</p>");
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    for (width, height) in [(740, 360), (360, 740), (1024, 600)] {
        visit.client().set_window_size(width, height).await.unwrap();
        if !visit.is_marked_document().await {
            visit.open(ADDRESS).await;
            visit.first_layer().await;
            visit.mark_document().await;
        }
        visit
            .until_true(
                "the end of the page clear of the layer",
                "scrollTo(0, 1e6); const layer = document.querySelector('[data-kelisim=banner]').getBoundingClientRect(); \
                 const end = document.querySelector('#last').getBoundingClientRect(); \
                 return end.bottom <= layer.top + 1 && end.bottom > layer.top - 80",
            )
            .await;
    }
    let rooms = "return document.querySelectorAll('[data-kelisim=room]').length";
    shows_equal!("P-16", visit.script(rooms).await, 1, "one room");
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    visit
        .until_true("no room", "return !document.querySelector('[data-kelisim=room]')")
        .await;
}

/// Pages that scroll a box of their own instead of themselves, and one that is shorter than what it holds.
async fn p_16_the_box_that_scrolls_has_the_room(visitor: Visitor) {
    let words = "<p style=\"height: 1800px\">Курсы</p><p id=\"last\">Конец</p>";
    let pages = [
        (
            "html, body { height: 100%; margin: 0; overflow: hidden } .box { height: 100%; overflow: auto }",
            "div",
        ),
        (
            "html { overflow: hidden; height: 100% } body { height: 100%; overflow-y: scroll; margin: 0 }",
            "section",
        ),
        ("html, body { height: 100%; margin: 0 }", "div"),
    ];
    let page = |(style, tag): (&str, &str)| {
        Page::new("ru")
            .after_tag(&format!("<style>{style}</style>"))
            .first(&format!(
                "<{tag} class=\"box\">{words}</{tag}><style>body > :not(.box) {{ display: none }}</style>"
            ))
    };
    let internet = Internet::with([site(&page(pages[0]))]);
    let visit = visitor.comes_to(&internet).await;
    for one in pages {
        internet.change(|_| site(&page(one)));
        visit.open(ADDRESS).await;
        visit.first_layer().await;
        visit
            .until_true(
                one.0,
                "for (const one of [document.documentElement, document.body, document.querySelector('.box')]) one.scrollTop = 1e6; \
                 const layer = document.querySelector('[data-kelisim=banner]').getBoundingClientRect(); \
                 const end = document.querySelector('#last').getBoundingClientRect(); \
                 return end.bottom <= layer.top + 1 && end.top > 0",
            )
            .await;
        visit.answer("reject").await;
        visit.settled_decisions(1).await;
        visit
            .until_true(
                "no room",
                "return document.querySelector('#last').nextElementSibling === null",
            )
            .await;
        is_forgotten(&visit).await;
    }
}

/// A plain push is what a page says of itself to whatever reads its data layer later; a call of gtag's is said to Google.
async fn p_19_what_a_page_says_of_itself_stays_and_what_it_says_to_google_goes(visitor: Visitor) {
    let page = Page::new("ru").after_tag(
        "<script>window.dataLayer = window.dataLayer || []; dataLayer.push({ event: 'plain', page: 'course' })</script>",
    );
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit
        .script("dataLayer.push({ event: 'late' }); window.gtag?.('event', 'early', { value: 1 })")
        .await;
    let said = "return dataLayer.map((one) => one.event ?? (one[0] === 'event' ? one[1] : undefined)).filter(Boolean)";
    shows_equal!(
        "P-19",
        visit.script(said).await,
        json!(["plain", "late"]),
        "before the grant"
    );
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    let kept = visit.script(said).await;
    let kept: Vec<&str> = kept.as_array().unwrap().iter().filter_map(|one| one.as_str()).collect();
    shows!(
        "P-19",
        kept.starts_with(&["plain", "late"]) && !kept.contains(&"early"),
        "after the grant: {kept:?}"
    );
}

async fn w_04_a_page_in_its_own_frame_is_answered_with_it(visitor: Visitor) {
    let outer = Page::new("ru")
        .first("<iframe id=\"inner\" src=\"/inner\" width=\"500\" height=\"400\" title=\"Курс\"></iframe>");
    let internet = Internet::with([site(&outer).page("/inner", &Page::new("ru"))]);
    let visit = visitor.comes_to(&internet).await;
    let asked = "const inner = document.querySelector('#inner').contentDocument; \
        return [document, inner].map((page) => !!page?.querySelector('[data-kelisim=banner]'))";
    let both = |is_asked: bool| format!("{asked}.every((one) => one === {is_asked})");
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.until_true("both ask", &both(true)).await;
    let settled = "return document.querySelector('#inner').contentWindow.__visit.events.some((one) => one.name === 'kelisim:shown')";
    visit.until_true("the frame has begun", settled).await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    visit.until_true("an answer to both", &both(false)).await;
    // And from the inside.
    is_forgotten(&visit).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.until_true("both ask", &both(true)).await;
    visit.until_true("the frame has begun", settled).await;
    visit
        .script("document.querySelector('#inner').contentDocument.querySelector('[data-kelisim=banner] [data-kelisim-action=reject]').click()")
        .await;
    visit.until_true("an answer to both", &both(false)).await;
}

async fn g_09_an_answer_to_another_operator_is_none(visitor: Visitor) {
    let of = |operator: &str| {
        let mut configuration = site_json("rasco.kz");
        configuration["operator"] = site_json(operator)["operator"].clone();
        configuration
    };
    let internet = Internet::with([Site::of("rasco.kz").configuration(&of("rasco.kz"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    visit.until_requested("mc.yandex.ru", "/metrika/tag.js").await;
    // The other folder of the host is somebody else's.
    internet.change(|site| site.configuration(&of("elesses.pro")));
    visit.settles().await;
    let started = internet.requests_to_vendors().len();
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.settles().await;
    shows_equal!(
        "G-09",
        internet.requests_to_vendors().len(),
        started,
        "nothing starts by an answer to another operator"
    );
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    internet.change(|site| site.configuration(&of("rasco.kz")));
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.settles().await;
    shows_equal!(
        "G-09",
        internet.requests_to_vendors().len(),
        started,
        "nothing starts by an answer to somebody else"
    );
}

async fn w_03_what_was_written_puts_off_no_withdrawal(visitor: Visitor) {
    let page = Page::new("ru").first(
        "<form><label>Имя <input id=\"name\" name=\"name\"></label><label>Вопрос <textarea id=\"question\" name=\"question\"></textarea></label></form>",
    );
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    for (field, words) in [("#name", "Айгүл"), ("#question", "Когда начало курса?")] {
        visit.find(field).await.send_keys(words).await.unwrap();
    }
    // In the very tab: what runs there ends with the page, at once.
    visit.withdraw().await;
    visit.ready().await;
    visit.settles().await;
    let asked = internet.requests_to_vendors().len();
    visit.click("#name").await;
    visit.settles().await;
    shows_equal!("W-03", visit.recorded().await["method"], "withdraw", "it was withdrawn");
    shows_equal!(
        "W-03",
        internet.requests_to_vendors().len(),
        asked,
        "and nothing runs any more"
    );
}
