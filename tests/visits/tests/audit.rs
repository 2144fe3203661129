//! The owner's audit of a page that does more than its configuration says, on built sites and in development.

use serde_json::{Value, json};
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, site_json};
use visits::subject::Subject;
use visits::visit::Visit;
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";

pub(crate) fn cases() -> Vec<Case> {
    let cases = visits::visits![
        g_07_o_04_the_audit_names_what_stands_beside_kelisim,
        o_04_without_the_owners_word_there_is_no_audit,
    ];
    let both = |case: Case| case.to(&[Subject::Built, Subject::Development]);
    cases.into_iter().map(both).collect()
}

/// A page as sites are before they use Kelisim: a tag of their own, a pixel, a hint.
fn careless() -> Page {
    Page::new("ru")
        .before_tag(
            "<link rel=\"preconnect\" href=\"https://mc.yandex.ru\">\
             <script src=\"https://mc.yandex.ru/metrika/tag.js\"></script>\
             <noscript><img src=\"https://mc.yandex.ru/watch/10000003\" alt=\"\"></noscript>",
        )
        .body("<img src=\"https://pixel.example/one\" alt=\"\">")
}

fn internet(page: &Page, configuration: &Value) -> std::sync::Arc<Internet> {
    Internet::with([Site::of("rasco.kz").configuration(configuration).page("/", page)])
}

async fn found(visit: &Visit) -> Vec<String> {
    let found = visit
        .script_until_done("kelisim.audit().then(found => done(found.map(({ code, about }) => code + ' ' + about)), e => done([e.code]))")
        .await;
    let mut found: Vec<String> = serde_json::from_value(found).unwrap();
    found.sort();
    found
}

async fn g_07_o_04_the_audit_names_what_stands_beside_kelisim(visitor: Visitor) {
    let mut configuration = site_json("rasco.kz");
    configuration["audit"] = json!(true);
    let internet = internet(&careless(), &configuration);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.settles().await;
    let before = [
        "hardCodedTag mc.yandex.ru",
        "noscriptPixel mc.yandex.ru",
        "undeclaredHost pixel.example",
        "vendorHint mc.yandex.ru",
    ];
    shows_equal!(
        "G-07",
        found(&visit).await,
        before,
        "all three, and what else is fetched"
    );
    shows!("G-07", visit.record().await.is_none(), "looking decides nothing");

    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    visit.script("document.cookie = '_fbp=1; path=/'").await;
    visit.settles().await;
    let after = found(&visit).await;
    shows!(
        "O-04",
        after.contains(&"undeclaredCookie _fbp".to_owned()) && !after.iter().any(|line| line.contains("_ym")),
        "a cookie that nobody named, and none that somebody did: {after:?}"
    );

    // With the mark in the address the page itself shows it.
    visit.open("https://rasco.kz/#kelisim-audit").await;
    visit.reload().await;
    visit
        .until_true(
            "the list in the page",
            "return /noscriptPixel: mc.yandex.ru/.test(document.querySelector('#kelisim-audit-list')?.innerText)",
        )
        .await;

    let clean = Page::new("ru");
    internet.change(|site| site.page("/", &clean));
    visit.open(ADDRESS).await;
    visit
        .script("localStorage.clear(); document.cookie = '_fbp=; path=/; max-age=0'")
        .await;
    visit.open(ADDRESS).await;
    visit.ready().await;
    shows_equal!(
        "O-04",
        found(&visit).await,
        Vec::<String>::new(),
        "a page that does no more"
    );
}

async fn o_04_without_the_owners_word_there_is_no_audit(visitor: Visitor) {
    let mut configuration = site_json("rasco.kz");
    configuration["audit"] = json!(false);
    let internet = internet(&careless(), &configuration);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://rasco.kz/#kelisim-audit").await;
    visit.ready().await;
    shows_equal!("O-04", found(&visit).await, ["noAudit"], "it is for the owner to allow");
    visit.settles().await;
    // A page in development has the compiler for its configuration.
    let of_the_audit: &[&str] = match visit.subject {
        Subject::Built => &["kelisim-audit", "kelisim-compiler", "site.json"],
        Subject::Development => &["kelisim-audit"],
    };
    for name in of_the_audit {
        let fetched = internet.requests_for("rasco.kz", &format!("/kelisim/{name}"));
        shows!("O-04", fetched.is_empty(), "and nobody pays for it: {fetched:?}");
    }
}
