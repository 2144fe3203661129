//! The entry for bundlers, which a page starts itself.

use serde_json::json;
use visits::build::Build;
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Part, Site, site_json};
use visits::subject::Subject;
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";
const GATED: &str = "<script type=\"text/plain\" data-category=\"analytics\">ran('analytics')</script>";

/// A page's own module, which was not bundled.
const ENTRY: &str = "import { start } from '/kelisim/kelisim.mjs'; fetch('/kelisim/site.json').then(answer => answer.json())\
    .then(start).then(api => { window.started = api === window.kelisim }, \
    failure => { window.started = [failure.name, failure.code] })";

pub(crate) fn cases() -> Vec<Case> {
    let cases = visits::visits![
        g_08_the_entry_for_bundlers_starts_or_stays_closed,
        p_20_a_compiled_site_needs_no_compiler,
    ];
    let in_development = |case: Case| case.to(&[Subject::Development]);
    cases.into_iter().map(in_development).collect()
}

async fn g_08_the_entry_for_bundlers_starts_or_stays_closed(visitor: Visitor) {
    let page = Page::new("ru")
        .tag("<script type=\"module\" src=\"/entry.js\"></script>")
        .body(GATED);
    let site = || {
        Site::of("rasco.kz")
            .page("/", &page)
            .answers("/entry.js", Answer::script(ENTRY))
    };
    let internet = Internet::with([site()]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit
        .until_true("that start resolves to the API", "return window.started === true")
        .await;
    visit.answer("accept").await;
    visit.until_requested("mc.yandex.ru", "/metrika/tag.js").await;
    visit
        .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=rasco.kz'")
        .await;
    for (why, site) in [
        ("no module", site().changes(Part::Module, |_| Answer::missing())),
        (
            "half a module",
            site().changes(Part::Module, |module| module.cut_to(1, 2)),
        ),
    ] {
        internet.change(|_| site);
        visit.open(ADDRESS).await;
        let before = internet.requests_to_vendors().len();
        visit
            .until_true("a failure", "return Array.isArray(window.started)")
            .await;
        shows_equal!(
            "G-08",
            visit.script("return window.started").await,
            json!(["KelisimError", "unavailable"]),
            "{why}"
        );
        visit.settles().await;
        shows!(
            "G-08",
            !visit.sees("[data-kelisim=banner]").await && visit.runs().await.is_empty(),
            "everything is closed: {why}"
        );
        shows_equal!("G-08", internet.requests_to_vendors().len(), before, "no vendor: {why}");
        let console = visit.console().await;
        shows_equal!("G-08", console.len(), 1, "one line: {why}: {console:?}");
        shows_equal!(
            "G-08",
            visit.errors().await,
            Vec::<String>::new(),
            "nothing is thrown: {why}"
        );
    }
}

async fn p_20_a_compiled_site_needs_no_compiler(visitor: Visitor) {
    let entry = "import { start } from '/kelisim/kelisim.mjs'; import site from '/kelisim.site.js'; start(site)";
    let page = Page::new("kk")
        .tag("<script type=\"module\" src=\"/entry.js\"></script>")
        .body(GATED);
    let site = Site::of("rasco.kz")
        .page("/", &page)
        .answers("/entry.js", Answer::script(entry))
        .answers("/kelisim.site.js", Build::site_module(&site_json("rasco.kz")));
    let internet = Internet::with([site]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.open_settings().await;
    visit.choose("accept").await;
    visit.settled_decisions(1).await;
    shows_equal!(
        "P-20",
        visit.recorded().await["language"],
        "kk",
        "asked in the page's language"
    );
    shows_equal!("P-20", visit.runs().await, ["analytics"], "and what is granted runs");
    let compiler = internet.requests_for("rasco.kz", "/kelisim/kelisim-compiler");
    shows!("P-20", compiler.is_empty(), "nothing had to be compiled: {compiler:?}");
    shows_equal!("P-20", visit.errors().await, Vec::<String>::new(), "nothing is thrown");
}
