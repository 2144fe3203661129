//! A build over another one: with a page open, with a script that a browser has kept, and with a server from which the
//! files of the earlier build are gone (requirement G-08).

use serde_json::{Value, json};
use visits::build::Build;
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, Part, Site, site_json};
use visits::visit::Visit;
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

/// Nothing but what the site needs.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    require-trusted-types-for 'script'; trusted-types kelisim";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        g_08_a_page_that_is_open_goes_on_with_its_own_build,
        g_08_a_script_that_was_kept_finds_its_own_files,
        g_08_a_script_whose_module_is_gone_is_fetched_anew,
        g_08_a_script_whose_settings_are_gone_is_fetched_anew,
    ]
}

/// The configuration with another address of the operator: other settings, and another notice.
fn moved() -> Value {
    let mut configuration = site_json("rasco.kz");
    configuration["operator"]["address"] = json!("Республика Казахстан, г. Алматы, улица Новая, дом 7");
    configuration
}

async fn address_in_the_settings(visit: &Visit) -> String {
    let operator = visit.notice("operator").await;
    let is_new = operator.contains("улица Новая");
    (if is_new { "new" } else { "old" }).to_owned()
}

async fn g_08_a_page_that_is_open_goes_on_with_its_own_build(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    visit.reload().await;
    // The settings are not fetched before somebody wants them.
    internet.change(|site| site.configuration(&moved()));
    visit.reopen().await;
    shows_equal!(
        "G-08",
        address_in_the_settings(&visit).await,
        "old",
        "as the page was built"
    );
    visit.choose("close").await;
    visit.reload().await;
    visit.reopen().await;
    shows_equal!(
        "G-08",
        address_in_the_settings(&visit).await,
        "new",
        "the next page is the new build's"
    );
    visit.choose("accept").await;
    visit.settled_decisions(1).await;
    shows_equal!("G-08", visit.recorded().await["method"], "accept", "and works");
    shows_equal!("G-08", visit.console().await, Vec::<String>::new(), "nobody complains");
}

async fn g_08_a_script_that_was_kept_finds_its_own_files(visitor: Visitor) {
    let kept = Build::of(&site_json("rasco.kz")).script();
    let internet = Internet::with([Site::of("rasco.kz")]);
    let visit = visitor.comes_to(&internet).await;
    internet.change(|site| site.configuration(&moved()).answers_once("/kelisim/kelisim.js", kept));
    visit.open(ADDRESS).await;
    visit.open_settings().await;
    shows_equal!("G-08", address_in_the_settings(&visit).await, "old", "its own settings");
    visit.choose("reject").await;
    visit.settled_decisions(1).await;
    visit.reload().await;
    shows!("G-08", !visit.asks().await, "the answer holds under the new build");
    shows_equal!("G-08", visit.console().await, Vec::<String>::new(), "nobody complains");
}

async fn g_08_a_script_whose_module_is_gone_is_fetched_anew(visitor: Visitor) {
    let kept = || Build::by_an_earlier_runtime(&site_json("rasco.kz")).script();
    let page = Page::new("ru").header("Content-Security-Policy", POLICY);
    let site = || Site::of("rasco.kz").page("/", &page).configuration(&moved());
    let internet = Internet::with([site().answers_once("/kelisim/kelisim.js", kept())]);
    let visit = visitor.comes_to(&internet).await;
    is_fetched_anew(&visit, "its module is gone").await;
    visit.open_settings().await;
    shows_equal!(
        "G-08",
        address_in_the_settings(&visit).await,
        "new",
        "all of it is of the new build"
    );
    visit.choose("reject").await;
    visit.settled_decisions(1).await;

    // Somebody who is not asked has the module fetched for what was decided.
    internet.change(|_| site().answers_once("/kelisim/kelisim.js", kept()));
    visit.reload().await;
    shows!("G-08", !visit.asks().await, "nothing is asked");
    shows_equal!(
        "G-08",
        visit.script("return kelisim.record()?.method").await,
        "reject",
        "what was decided is known"
    );
    shows_equal!(
        "B-01",
        visit.violations().await,
        Vec::<String>::new(),
        "under the policy"
    );
}

async fn g_08_a_script_whose_settings_are_gone_is_fetched_anew(visitor: Visitor) {
    let kept = Build::of(&site_json("rasco.kz")).script();
    let site = Site::of("rasco.kz").configuration(&moved());
    let internet = Internet::with([site.answers_once("/kelisim/kelisim.js", kept)]);
    let visit = visitor.comes_to(&internet).await;
    is_fetched_anew(&visit, "its settings are gone").await;
    visit.open_settings().await;
    shows_equal!(
        "G-08",
        address_in_the_settings(&visit).await,
        "new",
        "what is shown is what is there"
    );
    visit.choose("accept").await;
    visit.settled_decisions(1).await;
    shows_equal!("G-08", visit.recorded().await["method"], "accept", "and can be granted");
}

/// Opens the page with a script that a browser has kept, some of whose files are nowhere any more.
async fn is_fetched_anew(visit: &Visit, why: &str) {
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.settles().await;
    let asked: Vec<String> = visit
        .internet
        .requests_of(&Part::Script)
        .iter()
        .map(|request| request.cache_control.clone())
        .collect();
    // Past the cache once; what came may then be asked for by another name, for it to run.
    let past_the_cache = asked.iter().filter(|control| control.contains("no-cache")).count();
    shows!(
        "G-08",
        (2..=3).contains(&asked.len()) && past_the_cache >= 1 && asked[1].contains("no-cache"),
        "{why}: fetched anew, past the cache, and never again: {asked:?}"
    );
    shows_equal!(
        "G-08",
        visit
            .script("return document.querySelectorAll('#kelisim-root').length")
            .await,
        1,
        "{why}: one question"
    );
    shows_equal!(
        "G-08",
        visit.events("kelisim:ready").await.len(),
        1,
        "{why}: it begins once"
    );
    shows_equal!(
        "G-08",
        visit.console().await,
        Vec::<String>::new(),
        "{why}: nobody complains"
    );
    shows_equal!(
        "B-01",
        visit.violations().await,
        Vec::<String>::new(),
        "{why}: under its policy"
    );
    shows_equal!(
        "G-08",
        visit.errors().await,
        Vec::<String>::new(),
        "{why}: nothing is thrown"
    );
}
