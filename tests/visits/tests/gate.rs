//! The gate: what the page itself holds back with `data-category`, before and after a choice.

use std::time::Duration;

use serde_json::json;
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, Tag, full_configuration};
use visits::visit::{ENTER, Visit};
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        g_01_gated_templates_and_frames_fetch_nothing,
        g_01_what_a_template_holds_waits_for_its_own_category,
        g_03_unknown_names_stay_closed,
        g_10_scripts_run_in_order_and_only_once,
        g_10_elements_added_later_are_gated_as_well,
        g_10_each_element_is_looked_at_once,
        g_10_nonces_are_kept_and_asked_for,
        g_06_a_vendor_is_fetched_as_data_from_the_own_origin,
        c_01_an_embed_is_granted_where_it_stands,
        p_04_an_embed_is_stopped_where_the_page_stays,
    ]
}

pub(crate) fn site(page: &Page) -> Site {
    Site::of("rasco.kz")
        .configuration(&full_configuration())
        .page("/", page)
}

pub(crate) async fn runs(visit: &Visit, count: usize) {
    visit
        .until("the page's scripts", async || {
            (visit.runs().await.len() >= count).then_some(())
        })
        .await;
}

async fn g_01_gated_templates_and_frames_fetch_nothing(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <template data-category="media">
          <iframe id="in-template" src="https://www.youtube.com/embed/one" title="Видео"></iframe>
          <object id="object" data="https://www.youtube.com/embed/object" type="text/html"></object>
          <embed src="https://www.youtube.com/embed/embed" type="text/html">
          <video src="https://www.youtube.com/embed/video.mp4"></video>
          <audio src="https://www.youtube.com/embed/audio.mp3"></audio>
          <img data-src="/picture.png" alt="Кадр">
        </template>
        <template data-category="marketing"><script data-src="/in-template.js"></script></template>
        <iframe id="frame" data-category="media" data-service="youtube" data-src="https://www.youtube.com/embed/two" title="Видео"></iframe>
        <img id="pixel" data-category="marketing" data-src="https://pixel.example/one" alt="">
        "#,
    );
    let internet = Internet::with([site(&page).answers("/in-template.js", Answer::script("ran('in template')"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.settles().await;
    let vendors = internet.requests_to_vendors();
    shows!(
        "G-01",
        vendors.is_empty(),
        "nothing gated is fetched with an empty cache: {vendors:?}"
    );
    shows!(
        "G-01",
        internet.requests_for("rasco.kz", "/picture.png").is_empty(),
        "nor from the own origin"
    );

    // Media only: the videos come, the pixel does not.
    visit.open_settings().await;
    visit.switch("category:media", true).await;
    visit.choose("save").await;
    visit.until_requested("www.youtube.com", "/embed/one").await;
    visit.until_requested("www.youtube.com", "/embed/two").await;
    visit.until_requested("rasco.kz", "/picture.png").await;
    visit.settles().await;
    shows!(
        "G-01",
        internet.requests_for("pixel.example", "/").is_empty(),
        "another purpose stays closed"
    );
    let titles = visit
        .script("return [document.querySelector('#in-template')?.title, document.querySelector('#frame')?.title]")
        .await;
    shows_equal!("G-10", titles, json!(["Видео", "Видео"]), "attributes are kept");

    visit.reopen().await;
    visit.choose("accept").await;
    visit.until_requested("pixel.example", "/one").await;
    runs(&visit, 1).await;
    visit.settles().await;
    shows_equal!(
        "G-10",
        visit.runs().await,
        ["in template"],
        "a script in a template runs once"
    );
    for path in ["/embed/one", "/embed/two"] {
        let times = internet.requests_for("www.youtube.com", path).len();
        shows_equal!("G-10", times, 1, "{path} is fetched once");
    }
}

async fn g_01_what_a_template_holds_waits_for_its_own_category(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <template data-category="media">
          <p id="unfolded">Видео</p>
          <img data-category="marketing" data-src="/marketing.png" alt="">
          <script data-category="marketing" type="text/plain">ran('marketing, gated')</script>
          <script data-category="marketing">ran('marketing, as it stands')</script>
          <script>ran('media')</script>
        </template>
        "#,
    );
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.script("kelisim.accept(['media'])").await;
    visit
        .until_true(
            "what the template holds",
            "return !!document.querySelector('#unfolded')",
        )
        .await;
    visit.settles().await;
    shows_equal!("G-01", visit.runs().await, ["media"], "its own script alone");
    let asked = internet.requests_for("rasco.kz", "/marketing.png");
    shows!("G-01", asked.is_empty(), "no picture of what was refused");
    visit.script("kelisim.accept()").await;
    visit.until_requested("rasco.kz", "/marketing.png").await;
    runs(&visit, 3).await;
    let mut all = visit.runs().await;
    all.sort();
    shows_equal!(
        "G-01",
        all,
        ["marketing, as it stands", "marketing, gated", "media"],
        "each once, when its category is granted"
    );
}

async fn g_03_unknown_names_stay_closed(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <script type="text/plain" data-category="analitics">ran("unknown category")</script>
        <script type="text/plain" data-category="analytics" data-service="hotjar">ran("unknown service")</script>
        <script type="text/plain" data-category="marketing" data-service="course-counter">ran("service of another category")</script>
        <script type="text/plain" data-category="necessary">ran("necessary")</script>
        <script type="text/plain" data-category="">ran("empty")</script>
        <script type="text/plain" data-category="constructor">ran("name of a prototype")</script>
        <script type="text/plain" data-category="analytics" data-service="course-counter">ran("known")</script>
        "#,
    );
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    runs(&visit, 1).await;
    visit.settles().await;
    shows_equal!(
        "G-03",
        visit.runs().await,
        ["known"],
        "only what is known and agrees runs after accept all"
    );
    let console = visit.console().await;
    for name in ["analitics", "hotjar", "necessary"] {
        let lines = console.iter().filter(|line| line.contains(name)).count();
        shows_equal!("G-03", lines, 1, "one line about {name}: {console:?}");
    }
}

async fn g_10_scripts_run_in_order_and_only_once(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <script type="text/plain" data-category="analytics">ran("inline")</script>
        <script type="text/plain" data-category="analytics" data-src="/slow.js"></script>
        <script type="text/plain" data-category="analytics" data-src="/missing.js"></script>
        <script type="text/plain" data-category="analytics">ran("after missing"); throw new Error("of the page")</script>
        <script type="text/plain" data-category="analytics" data-src="/throws.js"></script>
        <script type="text/plain" data-category="analytics" async data-src="/late.js"></script>
        <script type="text/plain" data-category="analytics" data-src="/quick.js" id="quick" class="of page" data-mark="kept" crossorigin="anonymous"></script>
        <script type="text/plain" data-category="marketing">ran("last")</script>
        "#,
    );
    let slow = Duration::from_millis(600);
    let internet = Internet::with([site(&page)
        .answers("/slow.js", Answer::script("ran('slow')").after(slow))
        .answers("/late.js", Answer::script("ran('late')").after(2 * slow))
        .answers("/throws.js", Answer::script("ran('throws'); throw new Error('of the page')"))
        .answers(
            "/quick.js",
            Answer::script(
                "const s = document.currentScript; ran(['quick', s.id, s.className, s.dataset.mark, s.crossOrigin].join(' '))",
            ),
        )]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    let expected = [
        "inline",
        "slow",
        "after missing",
        "throws",
        "quick quick of page kept anonymous",
        "last",
        "late",
    ];
    runs(&visit, expected.len()).await;
    shows_equal!(
        "G-10",
        visit.runs().await,
        expected,
        "document order; a failure and an async one hold nothing up"
    );
    // Saving again what is granted already starts nothing again.
    visit.reopen().await;
    visit.choose("save").await;
    visit.settled_decisions(2).await;
    visit.reopen().await;
    visit.choose("accept").await;
    visit.settled_decisions(3).await;
    shows_equal!(
        "G-10",
        visit.runs().await,
        expected,
        "each exactly once, however often it is saved"
    );
    let loads = internet.requests_for("mc.yandex.ru", "/metrika/tag.js").len();
    shows_equal!("G-10", loads, 1, "and each vendor once");
}

async fn g_10_elements_added_later_are_gated_as_well(visitor: Visitor) {
    let add = r#"
        const script = document.createElement('script');
        script.type = 'text/plain'; script.dataset.category = arguments[0];
        script.textContent = `ran(${JSON.stringify(arguments[1])})`;
        document.body.append(script);
        const holder = document.createElement('div');
        holder.innerHTML = `<p><script type="text/plain" data-category="${arguments[0]}">ran("nested ${arguments[1]}")<\/script></p>`;
        document.body.append(holder);
    "#;
    let internet = Internet::with([site(&Page::new("ru"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.script_with(add, vec![json!("analytics"), json!("before")]).await;
    visit.settles().await;
    shows_equal!(
        "G-01",
        visit.runs().await,
        Vec::<String>::new(),
        "what is added before a choice waits"
    );
    visit.open_settings().await;
    visit.switch("category:analytics", true).await;
    visit.choose("save").await;
    runs(&visit, 2).await;
    visit.script_with(add, vec![json!("analytics"), json!("after")]).await;
    visit.script_with(add, vec![json!("marketing"), json!("refused")]).await;
    runs(&visit, 4).await;
    visit.settles().await;
    let expected = ["before", "nested before", "after", "nested after"];
    shows_equal!(
        "G-10",
        visit.runs().await,
        expected,
        "what is added later runs if its purpose is granted"
    );
}

/// What a page changes costs what was added, whatever else waits there.
async fn g_10_each_element_is_looked_at_once(visitor: Visitor) {
    let waiting = "<script type=\"text/plain\" data-category=\"analytics\">ran('waiting')</script>".repeat(300);
    let internet = Internet::with([site(&Page::new("ru").body(&waiting))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.settles().await;
    let looks = "const own = Element.prototype.getAttribute; window.looked = 0; \
        Element.prototype.getAttribute = function (name) { window.looked += name === 'data-category'; return own.call(this, name) }; \
        const add = (tag) => document.body.appendChild(document.createElement(tag)); \
        for (let count = 0; count < 50; count++) add('p'); \
        const moved = document.querySelector('[data-category]'); add('div').append(moved); \
        const late = add('script'); late.type = 'text/plain'; late.dataset.category = 'analytics'; late.text = 'ran(\"late\")'; \
        document.body.append(late)";
    visit.script(looks).await;
    visit.settles().await;
    let looked = visit.script("return window.looked").await.as_u64().unwrap();
    shows!(
        "G-10",
        (1..10).contains(&looked),
        "what was added is looked at, {looked} times"
    );
    visit.answer("accept").await;
    runs(&visit, 301).await;
    let runs = visit.runs().await;
    shows!(
        "G-10",
        runs.iter().filter(|run| *run == "late").count() == 1 && runs.len() == 301,
        "each once, also what was moved"
    );
    let looked = visit.script("return window.looked").await.as_u64().unwrap();
    shows!("G-10", looked < 301 * 6, "a grant looks at each a few times: {looked}");
}

async fn g_10_nonces_are_kept_and_asked_for(visitor: Visitor) {
    let page = Page::new("ru")
        .tag(Tag::recommended().with("nonce=\"right\""))
        .header(
            "content-security-policy",
            "default-src 'self' https:; script-src 'nonce-right' 'self' 'wasm-unsafe-eval' https:; style-src 'self'",
        )
        .body(
            r#"
            <script type="text/plain" nonce="right" data-category="analytics">ran("right " + document.currentScript.nonce)</script>
            <script type="text/plain" nonce="wrong" data-category="analytics">ran("wrong")</script>
            <script type="text/plain" data-category="analytics">ran("none")</script>
            "#,
        );
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    runs(&visit, 1).await;
    visit.settles().await;
    shows_equal!(
        "G-10",
        visit.runs().await,
        ["right right"],
        "only an element with the tag's nonce runs, and keeps it"
    );
    let console = visit.console().await;
    assert!(
        console.iter().any(|line| line.contains("once")),
        "the others are reported: {console:?}"
    );
    shows_equal!(
        "B-01",
        visit.violations().await,
        Vec::<String>::new(),
        "nothing had to be stopped"
    );
}

async fn g_06_a_vendor_is_fetched_as_data_from_the_own_origin(visitor: Visitor) {
    let internet =
        Internet::with([site(&Page::new("ru")).answers("/course-counter.js", Answer::script("ran('course counter')"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    let manifests = internet.requests_for("rasco.kz", "/kelisim/services/");
    shows!(
        "G-06",
        manifests.is_empty(),
        "every vendor is in the script: {manifests:?}"
    );
    shows!("G-01", internet.requests_to_vendors().is_empty(), "from the own origin");
    visit.open_settings().await;
    visit.switch("service:top-mail-ru", true).await;
    visit.switch("service:course-counter", true).await;
    visit.choose("save").await;
    visit.until_requested("top-fwz1.mail.ru", "/js/code.js").await;
    visit.until_requested("top-fwz1.mail.ru", "/counter").await;
    runs(&visit, 1).await;
    let calls = visit.calls("top-mail-ru").await;
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert_eq!(calls[0]["with"][0]["id"].to_string().trim_matches('"'), "1000003");
    assert_eq!(
        visit.runs().await,
        ["course counter"],
        "an own service with `src` is loaded once"
    );
    shows!(
        "C-01",
        internet.requests_for("mc.yandex.ru", "/").is_empty(),
        "the others stay closed"
    );
}

async fn c_01_an_embed_is_granted_where_it_stands(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <template data-category="media" data-service="youtube">
          <iframe id="lesson" src="https://www.youtube.com/embed/one" title="Урок" width="560" height="315"></iframe>
        </template>
        <template data-category="marketing"><img data-src="https://pixel.example/one" alt=""></template>
        <div data-kelisim="placeholder" id="fake"><button id="forged" data-kelisim-action="accept">Смотреть</button></div>
        "#,
    );
    let internet = Internet::with([site(&page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    let embeds = ".kelisim-embed";
    let looks = "const [one, ...others] = document.querySelectorAll('.kelisim-embed'); \
        const [allow, settings] = [...one.querySelectorAll('button')].map(button => { \
            const { width, height } = button.getBoundingClientRect(); \
            const { backgroundColor, color, fontSize } = getComputedStyle(button); \
            return [Math.round(width), Math.round(height), backgroundColor, color, fontSize].join() }); \
        return { others: others.length, equal: allow === settings, lang: one.lang, words: one.innerText, \
            high: one.getBoundingClientRect().height >= 315 }";
    let seen = visit.script(looks).await;
    shows_equal!("G-03", seen["others"], 0, "where nothing would be seen, nothing stands");
    shows_equal!("F-02", seen["equal"], true, "two equal controls: {seen}");
    shows_equal!("L-04", seen["lang"], "ru", "in the visitor's language");
    shows_equal!("F-13", seen["high"], true, "as high as what it stands in for");
    let words = seen["words"].as_str().unwrap().to_owned();
    shows!(
        "F-07",
        words.contains("YouTube") && words.contains("США"),
        "who and where, before the control: {words}"
    );

    visit.script("document.querySelector('#forged').click()").await;
    visit.settles().await;
    shows!(
        "G-05",
        visit.record().await.is_none(),
        "what a page builds grants nothing"
    );

    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    visit.reload().await;
    visit.ready().await;
    visit.script("document.querySelector('#fake').remove()").await;
    visit
        .script("document.querySelector('.kelisim-embed [data-kelisim-action=accept]').focus()")
        .await;
    visit.press(&[ENTER]).await;
    visit.until_requested("www.youtube.com", "/embed/one").await;
    let record = visit.recorded().await;
    shows_equal!("C-01", record["method"], "save", "a choice by a control");
    let granted = record["services"].as_object().unwrap();
    let granted: Vec<&String> = granted
        .iter()
        .filter(|(_, on)| **on == json!(true))
        .map(|(id, _)| id)
        .collect();
    shows_equal!("C-01", granted, vec!["youtube"], "this service and no other");
    shows!("C-01", !visit.has(embeds).await, "the embed is in its place");
    shows!("C-01", visit.has("#lesson").await, "and its own element");
    let focused = visit.script("return document.activeElement.id").await;
    shows_equal!("A-09", focused, "lesson", "the keyboard goes on where it was");
}

/// What an embed is in a page, in the order in which the page has them: whether it has an address, and what stands before it.
const EMBEDS: &str = "const frame = document.querySelector('#frame'); return { \
    lesson: !!document.querySelector('#lesson'), template: document.querySelectorAll('template[data-category]:not([data-kelisim-state])').length, \
    frame: [frame.hasAttribute('src'), frame.dataset.src ?? null], \
    placeholders: document.querySelectorAll('[data-kelisim=placeholder]').length }";

async fn p_04_an_embed_is_stopped_where_the_page_stays(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <template data-category="media" data-service="youtube">
          <iframe id="lesson" src="https://www.youtube.com/embed/one" title="Урок" width="560" height="315"></iframe>
        </template>
        <iframe id="frame" data-category="media" data-src="https://www.youtube.com/embed/two" title="Видео" width="560" height="315"></iframe>
        "#,
    );
    let mut configuration = full_configuration();
    configuration["onWithdraw"] = json!("stay");
    let internet = Internet::with([site(&page).configuration(&configuration)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    let waits = visit.script(EMBEDS).await;
    let waiting = json!([false, "https://www.youtube.com/embed/two"]);
    shows_equal!(
        "G-01",
        json!([waits["lesson"], waits["template"], waits["frame"]]),
        json!([false, 1, waiting]),
        "both wait: {waits}"
    );
    visit.answer("accept").await;
    for path in ["/embed/one", "/embed/two"] {
        visit.until_requested("www.youtube.com", path).await;
    }
    visit.settled_decisions(1).await;
    let runs = visit.script(EMBEDS).await;
    let running = json!({"lesson": true, "template": 0, "frame": [true, null], "placeholders": 0});
    shows_equal!("P-04", runs, running, "both run");

    // The category is taken back by its switch, in a page that stays.
    visit.mark_document().await;
    visit.reopen().await;
    visit.switch("category:media", false).await;
    visit.choose("save").await;
    visit.settled_decisions(2).await;
    assert!(visit.is_marked_document().await, "nothing is loaded anew");
    shows_equal!(
        "P-04",
        visit.script(EMBEDS).await,
        waits,
        "both wait again, and something stands before them"
    );
    let inside = visit.script("return window.frames.length").await;
    let frames = visit.script("return document.querySelectorAll('iframe').length").await;
    shows_equal!("P-04", inside, frames, "no frame runs on without its element");
    let asked = internet.requests_for("www.youtube.com", "/").len();
    visit.settles().await;
    shows_equal!(
        "P-04",
        internet.requests_for("www.youtube.com", "/").len(),
        asked,
        "nothing is fetched"
    );

    // They may run again, and are stopped by a withdrawal as well. The control that stays is in no one's way.
    visit
        .script("document.querySelector('[data-kelisim=placeholder]').scrollIntoView({ block: 'center' })")
        .await;
    visit
        .click("[data-kelisim=placeholder] [data-kelisim-action=accept]")
        .await;
    visit
        .until("the first embed once more", async || {
            (internet.requests_for("www.youtube.com", "/embed/one").len() > 1).then_some(())
        })
        .await;
    visit.settled_decisions(3).await;
    visit.script("kelisim.withdraw()").await;
    visit.settled_decisions(4).await;
    shows_equal!("P-04", visit.script(EMBEDS).await, waits, "both wait again");
    shows_equal!("P-04", visit.errors().await, Vec::<String>::new(), "nothing throws");
}
