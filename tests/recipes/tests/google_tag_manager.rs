//! Google Tag Manager, with a container that its stand-in plays: nothing of it before a yes, whichever of the document's two
//! ways its owner takes.

use recipes::document::block;
use recipes::site::{ADDRESS, DOMAIN, site_json};
use recipes::visitor::{accepts, is_asked, nothing_is_thrown, visits_the_whole};
use serde_json::{Value, json};
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, Tag};

const DOCUMENT: &str = "docs/recipes/google-tag-manager.md";

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![a_container_that_kelisim_loads, a_container_whose_snippet_is_gated]
}

/// The example of the start page with the categories and services of the document.
fn configuration(section: &str) -> Value {
    let mut site: Value = serde_json::from_str(&site_json()).unwrap();
    let of_the_document: Value = serde_json::from_str(&block(DOCUMENT, section, "json", "services")).unwrap();
    for key in ["categories", "services"] {
        site[key] = of_the_document[key].clone();
    }
    site
}

async fn a_container_that_kelisim_loads(visitor: Visitor) {
    let site = configuration("## Kelisim loads the container");
    // The page's own code describes itself to the layer, as it always did.
    let page = Page::new("ru")
        .tag(Tag::synchronous())
        .body("<script>dataLayer.push({ event: 'viewed', course: 'rust' })</script>");
    let internet = Internet::with([Site::of(DOMAIN).configuration(&site).page("/", &page)]);
    let visit = visitor.comes_to(&internet).await;
    is_asked(&visit, ADDRESS).await;
    accepts(&visit).await;
    let loaded = internet.requests_for("www.googletagmanager.com", "/gtm.js");
    assert_eq!(loaded.len(), 1, "{loaded:?}");
    assert_eq!(loaded[0].query, "id=GTM-ABC1234");
    let calls = visit.calls("gtm").await;
    let place = |wanted: &dyn Fn(&Value) -> bool| calls.iter().position(|call| wanted(&call["with"]));
    let denied = place(&|with| with[0] == "consent" && with[1] == "default" && with[2]["ad_storage"] == "denied");
    let viewed = place(&|with| with[0]["event"] == "viewed");
    let began = place(&|with| with[0]["event"] == "gtm.js");
    assert!(
        denied.is_some() && denied < viewed && viewed < began,
        "in this order: {calls:?}"
    );
    visit.withdraw().await;
    let before = internet.requests_to_vendors().len();
    visit.settles().await;
    assert_eq!(internet.requests_to_vendors().len(), before, "nothing after a no");
    nothing_is_thrown(&visit).await;
}

async fn a_container_whose_snippet_is_gated(visitor: Visitor) {
    let section = "## The page keeps its snippet";
    let site = configuration(section);
    let snippet = block(DOCUMENT, section, "html", "text/plain");
    let page = Page::new("ru").after_tag(&snippet);
    let internet = Internet::with([Site::of(DOMAIN).configuration(&site).page("/", &page)]);
    let visit = visitor.comes_to(&internet).await;
    // The container's own tag is the vendor that comes, and what it keeps is what goes.
    visits_the_whole(&visit, ADDRESS).await;
    let loaded = internet.requests_for("www.googletagmanager.com", "/gtm.js");
    assert!(
        loaded.iter().all(|request| request.query == "id=GTM-ABC1234"),
        "{loaded:?}"
    );
    assert_eq!(
        visit.recorded().await["services"],
        json!({"tags": false}),
        "one switch for all of it"
    );
}
