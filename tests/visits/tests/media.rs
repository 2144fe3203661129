//! How the layers look to somebody who prefers something, and on paper. What a browser has to be told for that, only Chromium
//! can be told; what a page says of itself is shown in every engine.

use serde_json::{Value, json};
use visits::browsers::Engine;
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, site_json};
use visits::visit::Visit;
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = visits::visits![
        a_12_auto_is_as_dark_as_the_page,
        a_10_the_status_fades_and_stays_for_a_screen_reader
    ];
    let in_chromium = visits::visits![
        a_12_auto_follows_no_system_on_a_light_page,
        a_14_nothing_moves_for_who_prefers_that,
        a_14_nothing_goes_by_itself,
        a_15_a_switch_that_is_on_is_told_without_colour,
        p_16_on_paper_there_is_nothing,
    ];
    cases.extend(in_chromium.into_iter().map(|case| case.only_in(&[Engine::Chromium])));
    cases
}

/// How light the ground of the first layer is, from 0 to 255, by its red.
const LIGHTNESS: &str = "const ground = getComputedStyle(document.querySelector('[data-kelisim=banner]')).backgroundColor; \
    return Number(ground.match(/\\d+/)[0])";

async fn a_12_auto_is_as_dark_as_the_page(visitor: Visitor) {
    let page = |scheme: &str| Page::new("ru").after_tag(&format!("<style>:root {{ color-scheme: {scheme} }}</style>"));
    let internet = Internet::with([Site::of("rasco.kz").page("/", &page("light"))]);
    let visit = visitor.comes_to(&internet).await;
    for (scheme, theme, is_dark) in [
        ("light", "auto", false),
        ("dark", "auto", true),
        ("dark", "light", false),
        ("light", "dark", true),
    ] {
        let mut configuration = site_json("rasco.kz");
        configuration["appearance"] = json!({"theme": theme});
        if theme == "auto" {
            configuration["appearance"]["tokens"] = json!({"accent": "#7a1f3d"});
        }
        internet.change(|site| site.configuration(&configuration).page("/", &page(scheme)));
        visit.open(ADDRESS).await;
        visit.first_layer().await;
        let lightness = visit.script(LIGHTNESS).await.as_f64().unwrap();
        shows!(
            "A-12",
            (lightness < 100.0) == is_dark,
            "{theme} on a page that is {scheme}: {lightness}"
        );
        if theme == "auto" {
            // The owner's one colour is lifted off the ground where that is dark, so that the buttons can be seen on it.
            let button =
                "return getComputedStyle(document.querySelector('[data-kelisim-action=accept]')).backgroundColor";
            let is_lifted = visit.script(button).await != "rgb(122, 31, 61)";
            shows_equal!("A-12", is_lifted, is_dark, "{theme} on {scheme}");
        }
    }
}

async fn a_12_auto_follows_no_system_on_a_light_page(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    visit.seen_in("screen", &[("prefers-color-scheme", "dark")]).await;
    for (markup, is_dark) in [
        ("", false),
        ("<meta name=\"color-scheme\" content=\"light dark\">", true),
    ] {
        internet.change(|site| site.page("/", &Page::new("ru").after_tag(markup)));
        visit.open(ADDRESS).await;
        visit.first_layer().await;
        let lightness = visit.script(LIGHTNESS).await.as_f64().unwrap();
        shows!("A-12", (lightness < 100.0) == is_dark, "{markup}: {lightness}");
    }
}

async fn a_10_the_status_fades_and_stays_for_a_screen_reader(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("reject").await;
    let seen = "const line = document.querySelector('[data-kelisim=status]'); \
        return line.textContent !== '' && getComputedStyle(line).opacity";
    visit
        .until_true("words that are seen", &seen.replace("opacity", "opacity === '1'"))
        .await;
    visit
        .until_true("words that have faded", &seen.replace("opacity", "opacity === '0'"))
        .await;
    let words = visit
        .script("return document.querySelector('[data-kelisim=status]').textContent")
        .await;
    shows!("A-10", words != "", "a screen reader finds them still: {words}");
    // What is said next is seen again.
    visit.reopen().await;
    visit.choose("accept").await;
    visit
        .until_true("other words", &seen.replace("opacity", "opacity === '1'"))
        .await;
}

/// What moves in Kelisim's root, or would.
const MOTION: &str = "const root = document.getElementById('kelisim-root'); \
    return [root.getAnimations({ subtree: true }).length, [root, ...root.querySelectorAll('*')].flatMap((one) => \
        ['', '::before', '::after', '::backdrop'].map((part) => getComputedStyle(one, part || null))) \
        .filter((style) => parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none').length]";

async fn a_14_nothing_moves_for_who_prefers_that(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    visit.seen_in("screen", &[("prefers-reduced-motion", "reduce")]).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    shows_equal!("A-14", visit.script(MOTION).await, json!([0, 0]), "the first layer");
    visit.answer("settings").await;
    visit
        .until_true("the settings", "return !!document.querySelector('dialog[open]')")
        .await;
    shows_equal!("A-14", visit.script(MOTION).await, json!([0, 0]), "the settings");
    visit.choose("reject").await;
    visit.settled_decisions(1).await;
    shows_equal!("A-14", visit.script(MOTION).await, json!([0, 0]), "what stays");
    visit.seen_in("screen", &[]).await;
    visit.reopen().await;
    let moving = visit.script(MOTION).await;
    shows!(
        "A-14",
        moving[1].as_u64() > Some(0),
        "somebody else sees motion: {moving}"
    );
}

async fn a_14_nothing_goes_by_itself(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.open_settings().await;
    visit.settles().await;
    // Ten minutes pass at once, for timers and frames as for clocks.
    visit
        .devtools(
            "Emulation.setVirtualTimePolicy",
            json!({"policy": "advance", "budget": 600_000}),
        )
        .await;
    visit
        .until_true("ten minutes", "return performance.now() > 599000")
        .await;
    let there = visit
        .script("return [!!document.querySelector('dialog[open]'), !!document.querySelector('[data-kelisim=banner]')]")
        .await;
    shows_equal!("A-14", there, json!([true, true]), "both layers stand");
    shows!("G-05", visit.record().await.is_none(), "and nothing was decided");
}

async fn picture_of_a_switch(visit: &Visit) -> Vec<u8> {
    let switch = visit.find("dialog [data-kelisim-category=analytics]").await;
    switch.screenshot().await.unwrap()
}

async fn a_15_a_switch_that_is_on_is_told_without_colour(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    let sights: [(&[(&str, &str)], &str); 3] = [
        (
            &[("forced-colors", "active"), ("prefers-color-scheme", "light")],
            "none",
        ),
        (&[("forced-colors", "active"), ("prefers-color-scheme", "dark")], "none"),
        (&[], "achromatopsia"),
    ];
    for (features, deficiency) in sights {
        visit.seen_in("screen", features).await;
        visit
            .devtools("Emulation.setEmulatedVisionDeficiency", json!({"type": deficiency}))
            .await;
        visit.open(ADDRESS).await;
        visit.open_settings().await;
        let off = picture_of_a_switch(&visit).await;
        visit.switch("category:analytics", true).await;
        visit
            .until_true("a knob at rest", "return !document.getAnimations().length")
            .await;
        let on = picture_of_a_switch(&visit).await;
        shows!(
            "A-15",
            on != off,
            "on and off look different: {features:?}, {deficiency}"
        );
        // Edges tell the buttons from the ground, and words from both.
        let edges = visit
            .script(
                "const luminance = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255) \
                    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b }; \
                 const contrast = (one, other) => { const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b); \
                    return (high + 0.05) / (low + 0.05) }; \
                 const ground = getComputedStyle(document.querySelector('dialog')).backgroundColor; \
                 return [...document.querySelectorAll('dialog .kelisim-choice:not([hidden])')].map((one) => { const style = getComputedStyle(one); \
                    return contrast(style.borderTopColor, ground) >= 3 && contrast(style.color, \
                        style.backgroundColor === 'rgba(0, 0, 0, 0)' ? ground : style.backgroundColor) >= 4.5 })",
            )
            .await;
        let all_told = edges.as_array().unwrap().iter().all(|one| *one == Value::Bool(true));
        shows!(
            "A-15",
            all_told && !edges.as_array().unwrap().is_empty(),
            "every choice is legible: {edges}"
        );
    }
}

async fn p_16_on_paper_there_is_nothing(visitor: Visitor) {
    let page = Page::new("ru").body("<p style=\"height: 150vh\"></p><p id=\"last\">Конец</p>");
    let internet = Internet::with([Site::of("rasco.kz").page("/", &page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit
        .until_true(
            "room",
            "return !!document.querySelector('[data-kelisim=room]')?.getBoundingClientRect().height",
        )
        .await;
    visit.seen_in("print", &[]).await;
    let printed = visit
        .script(
            "return [...document.querySelectorAll('#kelisim-root, #kelisim-root *, [data-kelisim=room]')] \
             .filter((one) => one.getClientRects().length).length",
        )
        .await;
    shows_equal!("P-16", printed, 0, "neither layer nor room");
    visit.seen_in("screen", &[]).await;
    shows!(
        "P-16",
        visit.sees("[data-kelisim=banner]").await,
        "it is there on the screen"
    );
}
