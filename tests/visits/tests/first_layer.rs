//! The first layer: refusing costs no more than accepting, in every language, theme and site, and the page stays usable.

use std::time::Duration;

use serde_json::{Value, json};
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, full_configuration, site_json};
use visits::visit::{ENTER, SHIFT, SPACE, TAB, Visit, banner};
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

/// What a careless site's own style sheet does to everything that is called a button, a section or a link.
const HOSTILE: &str = "<style>
    * { display: block; letter-spacing: 3px; text-transform: uppercase; box-sizing: content-box; line-height: 1 }
    button { background: red !important; color: red !important; font: 9px serif !important; padding: 0 !important;
        border: 0 !important; width: 40px !important; height: 9px !important; opacity: .2 !important; float: right }
    button:nth-of-type(2) { font-size: 30px !important; width: 400px !important; opacity: 1 !important }
    button:first-of-type { display: none !important; visibility: hidden !important; transform: scale(.2) !important }
    section { display: none !important } div { opacity: .9; transform: translateX(3px) } a { color: white !important }
    </style>";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        f_02_b_06_reject_and_accept_are_alike,
        f_03_refusing_costs_as_many_keys_as_accepting,
        f_08_a_03_a_05_a_07_the_page_stays_in_use,
        a_06_at_the_end_of_a_page_nothing_stays_behind_the_layer,
        f_13_the_question_outlives_what_a_page_does,
    ]
}

/// The computed look and the box of one of the first layer's buttons.
async fn look(visit: &Visit, action: &str) -> Value {
    let body = r"
        const button = document.querySelector(arguments[0]);
        const style = getComputedStyle(button);
        const box = button.getBoundingClientRect();
        const look = {};
        for (const name of ['color', 'backgroundColor', 'backgroundImage', 'fontFamily', 'fontSize', 'fontWeight', 'fontStyle',
            'letterSpacing', 'textTransform', 'textDecorationLine', 'lineHeight', 'opacity', 'visibility', 'transform', 'filter',
            'boxShadow', 'cursor', 'paddingTop', 'paddingLeft', 'paddingRight', 'borderTopWidth', 'borderTopStyle',
            'borderTopColor', 'borderBottomColor', 'borderTopLeftRadius', 'outlineStyle', 'display'])
            look[name] = style[name];
        const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return {look, width: box.width, height: box.height, hit: !!middle && button.contains(middle), words: button.textContent};
    ";
    visit.script_with(body, vec![json!(banner(action))]).await
}

async fn alike(visit: &Visit, when: &str) {
    let (reject, accept) = (look(visit, "reject").await, look(visit, "accept").await);
    shows_equal!("F-02", reject["look"], accept["look"], "one look for both {when}");
    for side in ["width", "height"] {
        let difference = (reject[side].as_f64().unwrap() - accept[side].as_f64().unwrap()).abs();
        shows!("F-02", difference <= 1.0, "{side} differs by {difference} {when}");
    }
    for button in [&reject, &accept] {
        shows!(
            "F-02",
            button["hit"] == true,
            "{} can be pressed {when}",
            button["words"]
        );
        let (width, height) = (button["width"].as_f64().unwrap(), button["height"].as_f64().unwrap());
        shows!(
            "A-11",
            width >= 24.0 && height >= 24.0,
            "{} is {width} by {height} {when}",
            button["words"]
        );
    }
    shows!(
        "F-02",
        reject["look"]["opacity"] == "1",
        "nothing fades the choice {when}"
    );
    shows!(
        "F-02",
        reject["look"]["color"] != reject["look"]["backgroundColor"],
        "it can be read {when}"
    );
    let words = reject["words"].as_str().unwrap().to_lowercase();
    for forbidden in [
        "закрыть",
        "продолжить",
        "позже",
        "close",
        "continue",
        "later",
        "жабу",
        "кейін",
        "жалғастыру",
    ] {
        shows!("F-05", !words.contains(forbidden), "refusing is called {words}");
    }
}

async fn f_02_b_06_reject_and_accept_are_alike(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    for hostile in [false, true] {
        for theme in ["light", "dark"] {
            let mut configuration = site_json("rasco.kz");
            configuration["appearance"]["theme"] = json!(theme);
            let (layout, position) = if hostile {
                ("bar", "bottom")
            } else {
                ("box", "bottom-start")
            };
            configuration["appearance"]["layout"] = json!(layout);
            configuration["appearance"]["position"] = json!(position);
            let page = Page::new("ru").after_tag(if hostile { HOSTILE } else { "" });
            internet.change(|site| site.configuration(&configuration).page("/", &page));
            visit.open(ADDRESS).await;
            visit.first_layer().await;
            for language in ["kk", "ru", "en"] {
                let control =
                    format!("[data-kelisim=banner] [data-kelisim-action=language][data-kelisim-language={language}]");
                visit.click(&control).await;
                visit
                    .until_true(
                        "the language",
                        &format!("return document.getElementById('kelisim-root').lang === '{language}'"),
                    )
                    .await;
                alike(&visit, &format!("in {language}, {theme}, hostile: {hostile}")).await;
            }
        }
    }
}

/// How many times Tab has to be pressed from the top of the document to come to a button of the first layer.
async fn tabs_to(visit: &Visit, action: &str) -> usize {
    let there = format!(
        "return document.activeElement === document.querySelector('{}')",
        banner(action)
    );
    for count in 1..30 {
        visit.press(&[TAB]).await;
        if visit.script(&there).await == true {
            return count;
        }
    }
    panic!("F-03: {action} cannot be reached by the Tab key");
}

async fn f_03_refusing_costs_as_many_keys_as_accepting(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    let mut presses = Vec::new();
    for (action, key) in [("accept", SPACE), ("reject", ENTER)] {
        visit.open(ADDRESS).await;
        visit.first_layer().await;
        presses.push(tabs_to(&visit, action).await);
        visit.press(&[key]).await;
        let record = visit.recorded().await;
        shows_equal!("F-03", record["method"], action, "one key decides");
        visit
            .until_true("no question", "return !document.querySelector('[data-kelisim=banner]')")
            .await;
        visit.settles().await;
        let focus = visit
            .script("const f = document.activeElement; return [f === document.body, f.dataset.kelisim ?? f.id]")
            .await;
        shows!("A-09", focus[0] == false, "the focus is not lost after {action}");
        visit
            .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'")
            .await;
    }
    shows!(
        "F-03",
        presses[1] <= presses[0],
        "refusing costs {} tabs, accepting {}",
        presses[1],
        presses[0]
    );
}

async fn f_08_a_03_a_05_a_07_the_page_stays_in_use(visitor: Visitor) {
    let internet = Internet::with([Site::of("cap.kz").page("/rust", &Page::new("ru"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://cap.kz/").await;
    visit.first_layer().await;
    // The height of the layer is known in the frame that lays it out.
    visit
        .until_true(
            "scroll-padding",
            "return getComputedStyle(document.documentElement).scrollPaddingBottom !== 'auto'",
        )
        .await;
    let page = visit
        .script(
            r"
            const hit = selector => { const e = document.querySelector(selector); const b = e.getBoundingClientRect();
                return document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2) === e; };
            const layer = document.querySelector('[data-kelisim=banner]');
            const root = getComputedStyle(document.documentElement);
            scrollTo(0, 400);
            const scrolled = Math.round(scrollY);
            scrollTo(0, 0);
            return { course: hit('#course'), home: hit('#home'), scrolled, modal: layer.getAttribute('aria-modal'),
                inert: !!document.querySelector('[inert]'), overflow: [root.overflowY, getComputedStyle(document.body).overflowY],
                padding: parseFloat(root.scrollPaddingBottom) || 0, height: layer.getBoundingClientRect().height };
            ",
        )
        .await;
    shows!(
        "F-08",
        page["course"] == true && page["home"] == true,
        "the page's links can be pressed: {page}"
    );
    shows_equal!("F-08", page["scrolled"], 400, "the page scrolls");
    shows!(
        "F-08",
        page["overflow"].as_array().unwrap().iter().all(|o| o != "hidden"),
        "no scroll lock: {page}"
    );
    shows!(
        "A-02",
        page["modal"].is_null() && page["inert"] == false,
        "nothing pretends to be modal: {page}"
    );
    let (padding, height) = (page["padding"].as_f64().unwrap(), page["height"].as_f64().unwrap());
    shows!(
        "A-07",
        padding >= height - 1.0 && padding <= height + 80.0,
        "scroll-padding {padding} for a layer of {height}"
    );

    // The first Tab comes to the layer; Tab and Shift+Tab leave it.
    let place = "const f = document.activeElement; return document.getElementById('kelisim-root').contains(f) ? 'layer' : \
        f === document.body || f === document.documentElement ? 'nowhere' : f.id || f.tagName";
    visit.press(&[TAB]).await;
    shows_equal!(
        "A-03",
        visit.script(place).await,
        "layer",
        "the first Tab comes to the layer"
    );
    let mut seen = String::new();
    for _ in 0..20 {
        visit.press(&[TAB]).await;
        visit.script(place).await.as_str().unwrap().clone_into(&mut seen);
        if seen != "layer" {
            break;
        }
    }
    shows_equal!("A-05", seen, "home", "Tab leaves the layer for the page's first link");
    visit.press_with(SHIFT, TAB).await;
    shows_equal!("A-05", visit.script(place).await, "layer", "Shift+Tab comes back");

    for _ in 0..20 {
        visit.press_with(SHIFT, TAB).await;
        visit.script(place).await.as_str().unwrap().clone_into(&mut seen);
        if seen != "layer" {
            break;
        }
    }
    shows!("A-05", seen != "layer", "Shift+Tab leaves the layer at its beginning");

    visit.click("#course").await;
    visit
        .until_true("the course's page", "return location.pathname === '/rust'")
        .await;
    visit.answer("reject").await;
    visit.recorded().await;
    visit
        .until_true("no question", "return !document.querySelector('[data-kelisim=banner]')")
        .await;
    visit
        .until_true(
            "A-07: scroll-padding goes with the layer",
            "return getComputedStyle(document.documentElement).scrollPaddingBottom === 'auto'",
        )
        .await;
    let last = visit
        .script("return document.documentElement.lastElementChild.id")
        .await;
    assert_eq!(last, "kelisim-root", "the root is last once nothing is asked");
}

async fn a_06_at_the_end_of_a_page_nothing_stays_behind_the_layer(visitor: Visitor) {
    let page = Page::new("ru").body("<p style=\"height: 150vh\"></p><a id=\"last\" href=\"/terms\">Оферта</a>");
    let internet = Internet::with([Site::of("cap.kz").page("/", &page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://cap.kz/").await;
    visit.first_layer().await;
    visit
        .until_true(
            "room at the end",
            "return document.querySelector('[data-kelisim=room]')?.getBoundingClientRect().height > 0",
        )
        .await;
    // A browser may scroll in a task of its own.
    visit.script("document.querySelector('#last').focus()").await;
    visit
        .until_true(
            "A-06: the last link is to be seen, clear of the layer",
            "const link = document.querySelector('#last').getBoundingClientRect(); \
            return link.top > 0 && link.bottom <= document.querySelector('[data-kelisim=banner]').getBoundingClientRect().top",
        )
        .await;
    visit.answer("reject").await;
    visit.recorded().await;
    visit
        .until_true(
            "the room goes with the layer",
            "return !document.querySelector('[data-kelisim=room]')",
        )
        .await;
}

async fn f_13_the_question_outlives_what_a_page_does(visitor: Visitor) {
    let shift = "<script>window.shift = 0; try { new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))\
        .observe({type: 'layout-shift', buffered: true}) } catch (_) {}</script>";
    let internet = Internet::with([Site::of("rasco.kz")
        .configuration(&full_configuration())
        .page(
            "/",
            &Page::new("ru")
                .before_tag(shift)
                .body("<img src=\"/slow.png\" alt=\"\" width=\"9\" height=\"9\">"),
        )
        .answers("/slow.png", Answer::missing().after(Duration::from_millis(1500)))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.settles().await;
    let early = "return __visit.events.find(e => e.name === 'kelisim:shown').at < \
        performance.getEntriesByType('navigation')[0].loadEventStart";
    shows!(
        "F-13",
        visit.script(early).await == true,
        "the question does not wait for the page's pictures"
    );
    shows_equal!(
        "F-13",
        visit.script("return window.shift").await,
        0,
        "nothing on the page moves"
    );
    // A single-page application draws another route over everything.
    visit
        .script("history.pushState({}, '', '/rust'); document.body.innerHTML = '<main><h1>Rust</h1></main>'")
        .await;
    visit.first_layer().await;
    let first = visit.script("return document.body.previousElementSibling.id").await;
    shows_equal!("F-13", first, "kelisim-root", "the root is put back, first");
    shows!("G-05", visit.record().await.is_none(), "another route is no choice");
    visit.answer("reject").await;
    visit.recorded().await;
    visit
        .script("document.body.innerHTML = '<main><h1>Курсы</h1></main>'")
        .await;
    visit
        .until_true(
            "the control that stays",
            "return !!document.querySelector('[data-kelisim=reopen]')",
        )
        .await;
    assert!(!visit.asks().await);
}
