//! Pages that are made with the libraries of others, each the real one, as `tests/libraries/` names it. In one engine: what a
//! library does is the same in each, and what Kelisim does about it is shown in all of them by [`super::pages`] and
//! [`super::embeds`].

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use fantoccini::actions::{InputSource, WheelAction, WheelActions};
use serde_json::json;
use visits::browsers::Engine;
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Part, Site, full_configuration, repository};
use visits::visit::Visit;
use visits::{shows, shows_equal};

use crate::gate::{runs, site};

const ADDRESS: &str = "https://rasco.kz/";
const VIDEO: &str = r#"<iframe data-category="media" data-service="youtube" data-src="https://www.youtube.com/embed/x" width="560" height="315" title="v"></iframe>"#;

pub(crate) fn cases() -> Vec<Case> {
    let cases = visits::visits![
        p_02_turbo_brings_pages_back,
        p_03_turbo_keeps_nothing_that_was_started,
        p_03_htmx_puts_an_earlier_page_back,
        p_06_react_takes_out_what_was_started,
        p_06_vue_takes_out_what_was_started,
        p_06_svelte_takes_out_what_was_started,
        p_07_react_18_hydrates_the_whole_document,
        p_07_react_19_hydrates_the_whole_document,
        p_02_swiper_moves_its_slides_about,
        p_12_the_wheel_scrolls_the_settings_beside_lenis,
        p_13_lazysizes_is_named,
    ];
    cases
        .into_iter()
        .map(|case| case.only_in(&[Engine::Chromium]))
        .collect()
}

/// A file of a library.
fn library(path: &str) -> Answer {
    let path = repository().join("tests/libraries/node_modules").join(path);
    let text = std::fs::read(&path);
    Answer::script(text.unwrap_or_else(|error| panic!("{}: {error}: cargo xtask setup", path.display())))
}

/// What esbuild makes of an entry, with the packages of one of the folders under `tests/`.
pub(crate) fn bundled(name: &str, packages: &str, entry: &str) -> Vec<u8> {
    let root = repository().canonicalize().unwrap();
    let folder: PathBuf = root.join("target/visits/libraries");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}.js"));
    std::fs::write(&file, entry).unwrap();
    let output = Command::new(root.join("node_modules/.bin/esbuild"))
        .arg(&file)
        .args([
            "--bundle",
            "--format=iife",
            "--define:process.env.NODE_ENV=\"production\"",
        ])
        .env("NODE_PATH", root.join("tests").join(packages).join("node_modules"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The tags of scripts, in their order.
fn tags(scripts: &[(&str, Answer)], how: &str) -> String {
    let tags = scripts
        .iter()
        .map(|(path, _)| format!("<script{how} src=\"{path}\"></script>"));
    tags.collect::<Vec<_>>().concat()
}

fn stands(count: usize) -> String {
    format!(
        "const all = [...document.querySelectorAll('.kelisim-embed')]; return all.length === {count} && \
         all.every((one) => one.nextElementSibling?.matches('[data-category=media]') && \
             one.querySelector('[data-kelisim-action=accept]'))"
    )
}

async fn nothing_is_thrown(visit: &Visit) {
    shows_equal!("B-02", visit.errors().await, Vec::<String>::new(), "nothing throws");
}

/// Two pages between which Turbo goes without loading anything anew.
fn turbo(configuration: &serde_json::Value) -> Arc<Internet> {
    let page = |link: &str, more: &str| {
        Page::new("ru")
            .after_tag("<script src=\"/turbo.js\"></script>")
            .body(&format!("<a id=\"go\" href=\"{link}\">Дальше</a>{more}"))
    };
    let site = Site::of("rasco.kz").configuration(configuration);
    let site = site.page("/", &page("/b", VIDEO)).page("/b", &page("/", ""));
    Internet::with([site.answers("/turbo.js", library("@hotwired/turbo/dist/turbo.es2017-umd.js"))])
}

async fn at(visit: &Visit, path: &str) {
    let is_there = format!(
        "return location.pathname === '{path}' && !!document.querySelector('iframe[title=v]') === {}",
        path == "/"
    );
    visit.until_true(path, &is_there).await;
    visit.settles().await;
}

async fn p_02_turbo_brings_pages_back(visitor: Visitor) {
    let internet = turbo(&full_configuration());
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.mark_document().await;
    visit.script("document.querySelector('#go').click()").await;
    at(&visit, "/b").await;
    visit.script("history.back()").await;
    at(&visit, "/").await;
    visit.script("history.forward()").await;
    at(&visit, "/b").await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    visit.script("history.back()").await;
    at(&visit, "/").await;
    visit.until_true("one placeholder that lives", &stands(1)).await;
    shows!(
        "P-02",
        visit.is_marked_document().await,
        "Turbo has loaded no page anew"
    );
    visit
        .script("document.querySelector('.kelisim-embed').scrollIntoView()")
        .await;
    visit.click(".kelisim-embed [data-kelisim-action=accept]").await;
    visit.until_requested("www.youtube.com", "/embed/x").await;
    visit.until_true("nothing stands in", &stands(0)).await;
    nothing_is_thrown(&visit).await;
}

async fn p_03_turbo_keeps_nothing_that_was_started(visitor: Visitor) {
    let mut configuration = full_configuration();
    configuration["onWithdraw"] = json!("stay");
    let internet = turbo(&configuration);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    visit.until_requested("www.youtube.com", "/embed/x").await;
    visit.settled_decisions(1).await;
    visit.script("document.querySelector('#go').click()").await;
    at(&visit, "/b").await;
    visit.script("kelisim.withdraw()").await;
    visit.settled_decisions(2).await;
    let asked = internet.requests_for("www.youtube.com", "/embed/x").len();
    visit.script("history.back()").await;
    at(&visit, "/").await;
    visit.until_true("what stands in", &stands(1)).await;
    shows_equal!(
        "P-03",
        internet.requests_for("www.youtube.com", "/embed/x").len(),
        asked,
        "the copy that Turbo kept has nothing started in it"
    );
    nothing_is_thrown(&visit).await;
}

async fn p_03_htmx_puts_an_earlier_page_back(visitor: Visitor) {
    let gated = "<script type=\"text/plain\" data-category=\"analytics\" data-src=\"/own.js\"></script>";
    let page = |link: &str, more: &str| {
        Page::new("ru")
            .after_tag("<script src=\"/htmx.js\"></script>")
            .body(&format!(
                "<div hx-boost=\"true\"><a id=\"go\" href=\"{link}\">Дальше</a></div>{more}"
            ))
    };
    let site = Site::of("rasco.kz").configuration(&full_configuration());
    let site = site
        .page("/", &page("/b", &format!("{VIDEO}{gated}")))
        .page("/b", &page("/", ""));
    let site = site.answers("/htmx.js", library("htmx.org/dist/htmx.js"));
    let internet = Internet::with([site.answers("/own.js", Answer::script("ran('own')"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    runs(&visit, 1).await;
    visit.until_requested("www.youtube.com", "/embed/x").await;
    visit.settled_decisions(1).await;
    visit.script("document.querySelector('#go').click()").await;
    at(&visit, "/b").await;
    visit.mark_document().await;
    visit.script("kelisim.withdraw()").await;
    visit.reloaded().await;
    visit.ready().await;
    let asked = |path: &str| {
        internet
            .requests()
            .iter()
            .filter(|request| request.path.ends_with(path))
            .count()
    };
    let before = (asked("/own.js"), asked("/embed/x"));
    visit.script("history.back()").await;
    at(&visit, "/").await;
    visit.until_true("what stands in", &stands(1)).await;
    shows_equal!("P-03", visit.runs().await, Vec::<String>::new(), "nothing runs");
    shows_equal!(
        "P-03",
        (asked("/own.js"), asked("/embed/x")),
        before,
        "nothing is fetched"
    );
    nothing_is_thrown(&visit).await;
}

/// What a component holds, in each library: a script, a template and a frame that wait.
const HELD: &str = r#"<script type="text/plain" data-category="analytics">ran("held")</script>
    <template data-category="media"><iframe src="/in-template" title="t"></iframe></template>
    <iframe data-category="media" data-src="/frame" title="f"></iframe>"#;

/// A page on which a component is taken out by its own button once everything in it was started, and comes back.
async fn goes_and_comes_back(visitor: Visitor, scripts: &[(&str, Answer)]) {
    let tags = tags(scripts, "");
    let page = Page::new("ru").body(&format!("<div id=\"app\"></div>{tags}"));
    let with = |site: Site, (path, answer): &(&str, Answer)| site.answers(path, answer.clone());
    let internet = Internet::with([scripts.iter().fold(site(&page), with)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("accept").await;
    runs(&visit, 1).await;
    for path in ["/in-template", "/frame"] {
        visit.until_requested("rasco.kz", path).await;
    }
    visit.script("document.querySelector('#toggle').click()").await;
    visit
        .until_true(
            "it is gone",
            "return !document.querySelector('#held') && !document.querySelector('#app iframe')",
        )
        .await;
    visit.script("document.querySelector('#toggle').click()").await;
    visit
        .until_true(
            "it is back, and runs",
            "return document.querySelectorAll('#held iframe[src]').length === 2",
        )
        .await;
    visit.script("document.querySelector('#toggle').click()").await;
    visit
        .until_true("it is gone again", "return !document.querySelector('#held')")
        .await;
    visit.settles().await;
    let heading = visit.has("#toggle").await;
    shows!("P-06", heading, "the rest of the component stays");
    nothing_is_thrown(&visit).await;
}

async fn p_06_react_takes_out_what_was_started(visitor: Visitor) {
    let application = r#"
        const h = React.createElement;
        const Held = () => h("section", { id: "held" },
          h("script", { type: "text/plain", "data-category": "analytics", dangerouslySetInnerHTML: { __html: "ran('held')" } }),
          h("template", { "data-category": "media", dangerouslySetInnerHTML: { __html: "<iframe src='/in-template' title='t'></iframe>" } }),
          h("iframe", { "data-category": "media", "data-src": "/frame", title: "f" }));
        function App() {
          const [shown, show] = React.useState(true);
          return h("main", null, h("button", { id: "toggle", onClick: () => show(!shown) }, "Показать"), shown && h(Held));
        }
        ReactDOM.createRoot(document.getElementById("app")).render(h(App));"#;
    let scripts = [
        ("/react.js", library("react/umd/react.production.min.js")),
        ("/react-dom.js", library("react-dom/umd/react-dom.production.min.js")),
        ("/app.js", Answer::script(application)),
    ];
    goes_and_comes_back(visitor, &scripts).await;
}

async fn p_06_vue_takes_out_what_was_started(visitor: Visitor) {
    // A template of Vue's takes no script and no template as it is, so they come by `h`.
    let application = r#"
        const { createApp, h, ref } = Vue;
        const Held = { render: () => h("section", { id: "held" }, [
          h("script", { type: "text/plain", "data-category": "analytics", innerHTML: "ran('held')" }),
          h("template", { "data-category": "media", innerHTML: "<iframe src='/in-template' title='t'></iframe>" }),
          h("iframe", { "data-category": "media", "data-src": "/frame", title: "f" })]) };
        createApp({ setup() {
          const shown = ref(true);
          return () => h("main", [h("button", { id: "toggle", onClick: () => { shown.value = !shown.value } }, "Показать"),
            shown.value ? h(Held) : null]);
        } }).mount(document.getElementById("app"));"#;
    let scripts = [
        ("/vue.js", library("vue/dist/vue.runtime.global.prod.js")),
        ("/app.js", Answer::script(application)),
    ];
    goes_and_comes_back(visitor, &scripts).await;
}

async fn p_06_svelte_takes_out_what_was_started(visitor: Visitor) {
    let component = format!(
        "<script>let shown = $state(true); const held = {};</script>\
         <main><button id=\"toggle\" onclick={{() => shown = !shown}}>Показать</button>\
         {{#if shown}}<section id=\"held\">{{@html held}}</section>{{/if}}</main>",
        json!(HELD).to_string().replace("</", "<\\/")
    );
    let compile = "import { compile } from 'svelte/compiler'; \
        process.stdout.write(compile(process.argv[1], { name: 'App', generate: 'client', css: 'injected' }).js.code)";
    let output = Command::new("node")
        .args(["--input-type=module", "-e", compile, &component])
        .current_dir(repository().join("tests/libraries"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let component = String::from_utf8(output.stdout).unwrap();
    let entry = format!(
        "import {{ mount }} from 'svelte';\n{}\nmount(App, {{ target: document.querySelector('#app') }});",
        component.replace("export default function App", "function App")
    );
    let scripts = [("/app.js", Answer::script(bundled("svelte", "libraries", &entry)))];
    goes_and_comes_back(visitor, &scripts).await;
}

/// A document that a server has drawn and a framework takes over, `<html>` and all.
async fn hydrates(visitor: Visitor, scripts: &[(&str, Answer)]) {
    let tags = tags(scripts, " defer");
    let head = format!(
        "<meta charset=\"utf-8\"><title>Курсы</title><script src=\"/visit/recorder.js\"></script>\
         <script async src=\"/kelisim/kelisim.js\"></script>{tags}"
    );
    let markup = format!(
        "<!DOCTYPE html><html lang=\"ru\"><head>{head}</head><body><main><h1>Курсы</h1>\
         <button id=\"count\">0</button>{VIDEO}</main></body></html>"
    );
    let served = Site::of("rasco.kz").configuration(&full_configuration());
    let served = served.answers("/", Answer::page(markup));
    let with = |site: Site, (path, answer): &(&str, Answer)| site.answers(path, answer.clone());
    let internet = Internet::with([scripts.iter().fold(served, with)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit
        .until_true("the page is the framework's", "return window.isHydrated === true")
        .await;
    visit.settles().await;
    visit.first_layer().await;
    visit.script("document.querySelector('#count').click()").await;
    visit
        .until_true(
            "the page answers",
            "return document.querySelector('#count').textContent === '1'",
        )
        .await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    let whole = visit
        .script(
            "return [document.querySelectorAll('h1').length, document.querySelectorAll('#kelisim-root').length, \
             document.querySelectorAll('[data-kelisim=banner]').length, document.querySelectorAll('iframe[src]').length]",
        )
        .await;
    shows_equal!("P-07", whole, json!([1, 1, 0, 0]), "page and root are whole");
    shows!(
        "P-07",
        visit.sees("[data-kelisim=reopen]").await,
        "the control that stays is there"
    );
}

/// The same document as a component; what its head holds is taken as it stands.
const DOCUMENT: &str = r#"
    const h = React.createElement;
    function Page() {
      const [count, set] = React.useState(0);
      React.useEffect(() => { window.isHydrated = true }, []);
      return h("html", { lang: "ru" }, h("head", { dangerouslySetInnerHTML: { __html: document.head.innerHTML } }),
        h("body", null, h("main", null, h("h1", null, "Курсы"),
          h("button", { id: "count", onClick: () => set(count + 1) }, count),
          h("iframe", { "data-category": "media", "data-service": "youtube", "data-src": "https://www.youtube.com/embed/x",
            width: 560, height: 315, title: "v" }))));
    }"#;

async fn p_07_react_18_hydrates_the_whole_document(visitor: Visitor) {
    let application = format!("{DOCUMENT} ReactDOM.hydrateRoot(document, h(Page), {{ onRecoverableError() {{}} }});");
    let scripts = [
        ("/react.js", library("react/umd/react.production.min.js")),
        ("/react-dom.js", library("react-dom/umd/react-dom.production.min.js")),
        ("/app.js", Answer::script(application)),
    ];
    hydrates(visitor, &scripts).await;
}

async fn p_07_react_19_hydrates_the_whole_document(visitor: Visitor) {
    let entry = format!(
        "import * as React from 'react'; import {{ hydrateRoot }} from 'react-dom/client'; {DOCUMENT} \
         hydrateRoot(document, h(Page), {{ onRecoverableError() {{}} }});"
    );
    let scripts = [("/app.js", Answer::script(bundled("react", "bundlers", &entry)))];
    hydrates(visitor, &scripts).await;
}

async fn p_02_swiper_moves_its_slides_about(visitor: Visitor) {
    let slides = format!("<div class=\"swiper-slide\">{VIDEO}</div>").repeat(4);
    let page = Page::new("ru").after_tag("<link rel=\"stylesheet\" href=\"/swiper.css\">").body(&format!(
        "<div class=\"swiper\" style=\"width: 600px\"><div class=\"swiper-wrapper\">{slides}</div></div><script src=\"/swiper.js\"></script>\
         <script>window.swiper = new Swiper('.swiper', {{ loop: true, speed: 0 }})</script>"
    ));
    let styles = std::fs::read(repository().join("tests/libraries/node_modules/swiper/swiper-bundle.min.css")).unwrap();
    let site = site(&page).answers("/swiper.js", library("swiper/swiper-bundle.min.js"));
    let internet = Internet::with([site.answers("/swiper.css", Answer::new("text/css", styles))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    visit.until_true("each slide has one", &stands(4)).await;
    for _ in 0..6 {
        visit.script("swiper.slideNext()").await;
        visit.settles().await;
        visit.until_true("each slide has one", &stands(4)).await;
    }
    let active = ".swiper-slide-active .kelisim-embed [data-kelisim-action=accept]";
    visit
        .script("document.querySelector('.swiper-slide-active').scrollIntoView()")
        .await;
    visit.click(active).await;
    visit.until_true("nothing stands in", &stands(0)).await;
    let frames = visit
        .script("return document.querySelectorAll('iframe[src]').length")
        .await;
    shows_equal!("P-02", frames, 4, "each embed runs once");
    nothing_is_thrown(&visit).await;
}

async fn p_12_the_wheel_scrolls_the_settings_beside_lenis(visitor: Visitor) {
    let page = Page::new("ru").body(
        "<div style=\"height: 5000px\">Курсы</div><script src=\"/lenis.js\"></script><script>\
         const lenis = new Lenis(); const frame = (time) => { lenis.raf(time); requestAnimationFrame(frame) }; requestAnimationFrame(frame)</script>",
    );
    let internet = Internet::with([site(&page).answers("/lenis.js", library("lenis/dist/lenis.min.js"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.open_settings().await;
    let body = visit.find("dialog .kelisim-body").await;
    let (x, y, width, height) = body.rectangle().await.unwrap();
    #[expect(clippy::cast_possible_truncation, reason = "a place in a window")]
    let (x, y) = ((x + width / 2.0) as i64, (y + height / 2.0) as i64);
    let wheel = WheelActions::new("wheel".to_owned()).then(WheelAction::Scroll {
        duration: None,
        x,
        y,
        delta_x: 0,
        delta_y: 400,
    });
    visit.client().perform_actions(wheel).await.unwrap();
    visit
        .until_true(
            "the settings scroll",
            "return [...document.querySelectorAll('dialog, dialog *')].some((one) => one.scrollTop > 0)",
        )
        .await;
    visit.settles().await;
    let behind = visit.script("return scrollY").await;
    shows_equal!("P-12", behind, 0, "the page behind them stays");
    nothing_is_thrown(&visit).await;
}

async fn p_13_lazysizes_is_named(visitor: Visitor) {
    let page = Page::new("ru").after_tag("<script src=\"/lazysizes.js\"></script>").first(
        "<iframe class=\"lazyload\" data-category=\"media\" data-src=\"/gated-frame\" width=\"400\" height=\"300\" title=\"v\"></iframe>\
         <img class=\"lazyload\" data-category=\"marketing\" data-src=\"/gated-picture\" width=\"40\" height=\"30\" alt=\"\">",
    );
    let site = || site(&page).answers("/lazysizes.js", library("lazysizes/lazysizes.min.js"));
    let internet = Internet::with([site()]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    // It has read the address of the picture, which nothing hides, and puts it in the place where a picture's address stands.
    visit.until_requested("rasco.kz", "/gated-picture").await;
    visit.until_said("fetchedByPage").await;

    // It was there before Kelisim, and leads a frame to its address without writing that down.
    let page_alone = page.clone();
    let late = move |script: Answer| script.after(Duration::from_millis(1200));
    internet.change(|site| site.page("/", &page_alone).changes(Part::Script, late));
    internet.sweep();
    visit.script("localStorage.clear()").await;
    visit.open(ADDRESS).await;
    visit.until_requested("rasco.kz", "/gated-frame").await;
    let said = visit
        .until("a line on the frame", async || {
            let lines = visit.console().await;
            lines.into_iter().find(|line| line.contains("fetchedByPage"))
        })
        .await;
    shows!("P-13", !said.is_empty(), "it is named: {said}");
    nothing_is_thrown(&visit).await;
}
