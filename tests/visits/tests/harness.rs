//! The harness itself, on pages without Kelisim: names, schemes, cookies and the log are what the visits take them for.

use serde_json::json;
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, SITES, Site, address};

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![the_log_sees_every_host, a_site_is_reached_under_its_own_name]
}

async fn a_site_is_reached_under_its_own_name(visitor: Visitor) {
    let page = Page::new("ru").tag("");
    let internet = Internet::with(SITES.map(|domain| Site::of(domain).page("/", &page)));
    let visit = visitor.comes_to(&internet).await;
    for domain in SITES {
        visit.open(&address(domain)).await;
        let seen = visit
            .script(
                "document.cookie = 'seen=yes; domain=' + location.hostname + '; path=/'; \
                 return [location.href, isSecureContext, document.cookie, document.characterSet]",
            )
            .await;
        assert_eq!(
            seen,
            json!([address(domain), domain != "proeducation.kz", "seen=yes", "UTF-8"])
        );
        // A cookie of the parent domain goes to a subdomain.
        let subdomain = address(domain).replace("://", "://shop.");
        visit.open(&subdomain).await;
        assert_eq!(visit.script("return document.cookie").await, "seen=yes");
        assert_eq!(
            internet.requests_for(&format!("shop.{domain}"), "/")[0].cookies,
            "seen=yes"
        );
    }
    let strangers = internet.requests_to_vendors();
    assert!(strangers.is_empty(), "{strangers:?}");
}

async fn the_log_sees_every_host(visitor: Visitor) {
    let page = Page::new("ru").tag("<script src=\"https://mc.yandex.ru/metrika/tag.js\"></script>");
    let internet = Internet::with([Site::of("rasco.kz").page("/", &page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://rasco.kz/").await;
    visit
        .script("ym(1, 'init', {}); new Image().src = 'https://unheard.of.example/pixel'")
        .await;
    visit.until_requested("mc.yandex.ru", "/watch/1").await;
    visit.until_requested("unheard.of.example", "/pixel").await;
    visit.settles().await;
    let vendors: Vec<String> = internet.requests_to_vendors().iter().map(ToString::to_string).collect();
    assert_eq!(vendors.len(), 3, "{vendors:?}");
    assert_eq!(
        internet.requests_for("mc.yandex.ru", "/metrika")[0].referrer,
        "https://rasco.kz/"
    );
    assert_eq!(
        visit.script("return document.cookie").await,
        "_ym_uid=1700000000; _ym_d=1700000000; _ym_isad=2"
    );
}
