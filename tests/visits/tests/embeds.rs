//! What stands in for an embed that waits: in its place, with its box, for as long as it waits in the page.

use std::sync::Arc;

use serde_json::json;
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::shows_equal;
use visits::site::{Page, Site, full_configuration};
use visits::visit::Visit;

const ADDRESS: &str = "https://rasco.kz/";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        p_01_what_stands_in_has_the_box_of_the_embed,
        p_01_what_nobody_sees_has_nothing_in_its_place,
        p_02_what_stands_in_goes_with_the_embed,
        p_02_copies_of_a_page_have_one_that_lives,
    ]
}

/// A visitor who has refused everything.
async fn refused(visitor: Visitor, page: &Page) -> (Arc<Internet>, Visit) {
    let site = Site::of("rasco.kz")
        .configuration(&full_configuration())
        .page("/", page);
    let internet = Internet::with([site]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    (internet, visit)
}

/// Boxes as themes make them; the first three are those that people reported.
const BOXES: &str = r#"
    <style>
      .ratio { position: relative; max-width: 560px }
      .ratio::before { content: ""; display: block; padding-top: 56.25% }
      .ratio > * { position: absolute; inset: 0; width: 100%; height: 100% }
      .wordpress { position: relative; width: 400px }
      .wordpress::before { content: ""; display: block; padding-top: 50% }
      .wordpress iframe { position: absolute; top: 0; right: 0; bottom: 0; left: 0; width: 100%; height: 100%; border: 0 }
      .corner { position: relative; height: 300px }
      .corner iframe { position: absolute; right: 10px; bottom: 20px; width: 50%; height: 200px; border: 0 }
      .row { display: flex; gap: 10px; width: 600px }
      .row iframe { flex: 1; border: 3px solid; padding: 5px; margin: 7px }
      .modern video { width: 80%; aspect-ratio: 4 / 3; display: block }
      .stack > * { margin-top: 30px }
      .stack > :first-child { margin-top: 0 }
    </style>
    <div class="case ratio"><iframe data-category="media" data-src="/embed/1" width="560" height="315" title="v"></iframe></div>
    <div class="case"><template data-category="media"><div class="ratio"><iframe src="/embed/2" width="560" height="315" title="v"></iframe></div></template></div>
    <div class="case"><iframe data-category="media" data-src="/embed/3" width="560" height="315" title="v"></iframe></div>
    <div class="case wordpress"><iframe data-category="media" data-src="/embed/4" title="v"></iframe></div>
    <div class="case corner"><iframe data-category="media" data-src="/embed/5" title="v"></iframe></div>
    <div class="case row"><p>Урок</p><iframe data-category="media" data-src="/embed/6" height="200" title="v"></iframe></div>
    <div class="case modern"><video data-category="media" data-src="/embed/7" controls></video></div>
    <div class="case stack"><template data-category="media"><iframe src="/embed/8" height="180" title="v"></iframe></template></div>
    <div class="case"><template data-category="media"><iframe src="/embed/9" style="width: 50%; height: 170px" title="v"></iframe></template>слова</div>
    <p id="end">Конец</p>"#;

/// Where each embed is, or what stands in for it, and the end of the page.
const PLACES: &str = "const place = (element) => { const box = element.getBoundingClientRect(); \
        return [box.left, box.top + scrollY, box.width, box.height].map(Math.round).join() }; \
    return [...document.querySelectorAll('.case'), document.querySelector('#end')].map((one) => \
        place(one.querySelector('.kelisim-embed') ?? one.querySelector('.ratio') ?? one.querySelector('iframe, video') ?? one))";

async fn p_01_what_stands_in_has_the_box_of_the_embed(visitor: Visitor) {
    let (internet, visit) = refused(visitor, &Page::new("ru").body(BOXES)).await;
    let standing = visit.script(PLACES).await;
    // It is what the pointer meets, all over its box; nothing else of the embed is seen.
    let met = "return [...document.querySelectorAll('.kelisim-embed')].map((one) => { one.scrollIntoView({block: 'center'}); \
        const box = one.getBoundingClientRect(); const at = (y) => document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + y); \
        const high = Math.min(box.height, innerHeight - 2); \
        const others = [10, high / 2, high - 10].map(at).filter((met) => !one.contains(met)).map((met) => met?.outerHTML); \
        return one.nextElementSibling.getClientRects().length ? 'the embed is there' : others.join() })";
    let met = visit.script(met).await;
    shows_equal!(
        "P-01",
        met,
        json!(["", "", "", "", "", "", "", "", ""]),
        "no empty frame"
    );
    visit.script("scrollTo(0, 0)").await;
    visit.click(".kelisim-embed [data-kelisim-action=accept]").await;
    for path in ["/embed/1", "/embed/9"] {
        visit.until_requested("rasco.kz", path).await;
    }
    visit.settled_decisions(2).await;
    let places = visit.script(PLACES).await;
    shows_equal!("P-01", places, standing, "nothing moves on the grant");
    let embeds = visit
        .script("return document.querySelectorAll('iframe[src], video[src]').length")
        .await;
    shows_equal!("P-01", embeds, 9, "nothing is doubled");
    assert!(internet.requests_for("rasco.kz", "/embed/2").len() == 1);
}

async fn p_01_what_nobody_sees_has_nothing_in_its_place(visitor: Visitor) {
    let page = Page::new("ru").body(
        r#"
        <iframe data-category="marketing" data-src="/a" width="1" height="1" title="a"></iframe>
        <iframe data-category="marketing" data-src="/b" style="display: none" title="b"></iframe>
        <template data-category="marketing"><iframe src="/c" height="0" width="0" title="c"></iframe></template>
        <div class="custom"><template data-category="media"><lite-player><iframe src="/d" title="d"></iframe></lite-player></template></div>
        "#,
    );
    let (internet, visit) = refused(visitor, &page).await;
    let standing = visit
        .script("return [document.querySelectorAll('.kelisim-embed').length, document.querySelectorAll('.custom .kelisim-embed').length]")
        .await;
    shows_equal!("P-01", standing, json!([1, 1]), "of dots nobody misses anything");
    for path in ["/a", "/b", "/c", "/d"] {
        shows_equal!("G-01", internet.requests_for("rasco.kz", path).len(), 0, "{path} waits");
    }
}

const VIDEO: &str = r#"<iframe data-category="media" data-service="youtube" data-src="https://www.youtube.com/embed/x" width="560" height="315" title="v"></iframe>"#;

/// How many stand in, and of how many waiting embeds that is the one before.
const STANDING: &str = "const all = [...document.querySelectorAll('.kelisim-embed')]; \
    return [all.length, all.filter((one) => one.nextElementSibling?.matches('[data-category=media]')).length]";

async fn stand(visit: &Visit, count: usize) {
    let counts = format!("return document.querySelectorAll('.kelisim-embed').length === {count}");
    visit.until_true("what stands in", &counts).await;
    shows_equal!(
        "P-02",
        visit.script(STANDING).await,
        json!([count, count]),
        "each before its own embed"
    );
}

async fn p_02_what_stands_in_goes_with_the_embed(visitor: Visitor) {
    let page = Page::new("ru").body(&format!(
        "<main>{VIDEO}</main><section>{VIDEO}</section><div>{}</div>",
        r#"<template data-category="media"><iframe src="https://www.youtube.com/embed/y" title="y"></iframe></template>"#
    ));
    let (_internet, visit) = refused(visitor, &page).await;
    stand(&visit, 3).await;
    // A script of the page removes it, a router empties its place, a framework removes the node that it knows.
    visit.script("document.querySelector('main iframe').remove()").await;
    stand(&visit, 2).await;
    visit
        .script("const template = document.querySelector('div > template'); template.parentNode.removeChild(template)")
        .await;
    stand(&visit, 1).await;
    // What stands in was taken out alone, or something came in between.
    visit.script("document.querySelector('.kelisim-embed').remove()").await;
    stand(&visit, 1).await;
    visit
        .script("document.querySelector('section iframe').before(document.createElement('p'))")
        .await;
    stand(&visit, 1).await;
    visit.script("document.querySelector('section').innerHTML = ''").await;
    stand(&visit, 0).await;
    shows_equal!("P-02", visit.errors().await, Vec::<String>::new(), "nothing throws");
}

async fn p_02_copies_of_a_page_have_one_that_lives(visitor: Visitor) {
    let page = Page::new("ru").body(&format!("<main><div class=\"slide\">{VIDEO}</div></main>"));
    let (internet, visit) = refused(visitor, &page).await;
    stand(&visit, 1).await;
    visit
        .script("const slide = document.querySelector('.slide'); slide.parentNode.append(slide.cloneNode(true))")
        .await;
    stand(&visit, 2).await;
    // As Turbo keeps a page and puts it back, and as htmx does.
    visit.script("window.kept = document.body.cloneNode(true)").await;
    visit
        .script("const next = document.createElement('body'); next.append('Другая страница'); document.body.replaceWith(next)")
        .await;
    stand(&visit, 0).await;
    visit.script("document.body.replaceWith(window.kept)").await;
    stand(&visit, 2).await;
    visit.script("document.body.innerHTML = document.body.innerHTML").await;
    stand(&visit, 2).await;
    let roots = visit
        .script("return document.querySelectorAll('#kelisim-root').length")
        .await;
    shows_equal!("P-02", roots, 1, "Kelisim's own is there once");
    visit.click(".slide .kelisim-embed [data-kelisim-action=accept]").await;
    visit.until_requested("www.youtube.com", "/embed/x").await;
    stand(&visit, 0).await;
    let frames = visit
        .script("return document.querySelectorAll('iframe[src]').length")
        .await;
    shows_equal!("P-02", frames, 2, "both embeds run");
    assert!(!internet.requests_for("www.youtube.com", "/embed/x").is_empty());
    shows_equal!("P-02", visit.errors().await, Vec::<String>::new(), "nothing throws");
}
