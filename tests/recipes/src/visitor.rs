//! A whole visit, as every recipe has to stand it: asked, nothing of a vendor before; granted, the vendor comes; not asked
//! again; withdrawn, and nothing is left.
//!
//! Pages are those of the platform, word for word. What writes down what a page hears is put into the browser, not into them.

use std::sync::Arc;

use serde_json::{Value, json};
use visits::internet::Internet;
use visits::runner::Visitor;
use visits::visit::Visit;

/// What a page hears, written down.
const RECORDER: &str = include_str!("../../visits/src/fixtures/recorder.js");

/// The vendor of the example, and its script.
pub const VENDOR: (&str, &str) = ("mc.yandex.ru", "/metrika/tag.js");

/// Comes with a fresh profile, before any page is opened.
pub async fn comes(visitor: &Visitor, internet: &Arc<Internet>) -> Visit {
    let visit = visitor.comes_to(internet).await;
    visit
        .devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": RECORDER}))
        .await;
    visit
}

/// Is asked on a page, before anything of a vendor is there.
///
/// # Panics
/// Where it is otherwise.
pub async fn is_asked(visit: &Visit, address: &str) {
    visit.open(address).await;
    visit.first_layer().await;
    visit.settles().await;
    let vendors = visit.internet.requests_to_vendors();
    assert!(vendors.is_empty(), "nobody is asked before a yes: {vendors:?}");
    assert_eq!(banners(visit).await, 1, "one banner");
    let cookies = visit.script("return document.cookie").await;
    assert!(!cookies.to_string().contains("_ym"), "{cookies}");
}

/// Reads the settings and accepts: the vendor comes.
///
/// # Panics
/// Where it does not.
pub async fn accepts(visit: &Visit) {
    visit.open_settings().await;
    visit.choose("accept").await;
    visit.settled_decisions(1).await;
    visit.until_requested(VENDOR.0, VENDOR.1).await;
}

/// Comes to a page anew: the vendor is there at once, and nobody is asked.
///
/// # Panics
/// Where somebody is.
pub async fn is_not_asked_again(visit: &Visit, address: &str) {
    let before = visit.internet.requests_for(VENDOR.0, VENDOR.1).len();
    visit.open_and_start(address).await;
    visit
        .until("the vendor", async || {
            (visit.internet.requests_for(VENDOR.0, VENDOR.1).len() > before).then_some(())
        })
        .await;
    visit.settles().await;
    assert_eq!(banners(visit).await, 0, "no banner where the answer is known");
}

/// Takes everything back: the page begins anew without the vendor and what it kept.
///
/// # Panics
/// Where something is left.
pub async fn withdraws(visit: &Visit) {
    visit.withdraw().await;
    let before = visit.internet.requests_to_vendors().len();
    visit.settles().await;
    assert_eq!(visit.internet.requests_to_vendors().len(), before, "nothing after a no");
    let kept = visit
        .script("return document.cookie + ' ' + Object.keys(localStorage).join(' ')")
        .await;
    assert!(!kept.to_string().contains("_ym"), "{kept}");
    let record = visit.recorded().await;
    assert_eq!(record.get("method"), Some(&json!("withdraw")), "{record}");
}

/// All of it, on the first page of a site.
pub async fn visits_the_whole(visit: &Visit, address: &str) {
    is_asked(visit, address).await;
    accepts(visit).await;
    is_not_asked_again(visit, address).await;
    withdraws(visit).await;
    nothing_is_thrown(visit).await;
}

/// Neither the page nor Kelisim has complained.
///
/// # Panics
/// Where one has.
pub async fn nothing_is_thrown(visit: &Visit) {
    assert_eq!(visit.errors().await, Vec::<String>::new(), "nothing is thrown");
    let console: Vec<String> = visit.console().await;
    let own = console.iter().filter(|line| line.contains("kelisim"));
    assert_eq!(own.count(), 0, "nothing to complain of: {console:?}");
}

/// Follows a link of the page by its router: the document stays the same.
///
/// # Panics
/// Where the page is loaded anew.
pub async fn follows(visit: &Visit, selector: &str, heading: &str) {
    visit.mark_document().await;
    visit.click(selector).await;
    let is_there = format!(
        "return document.querySelector('h1')?.textContent.trim() === {}",
        json!(heading)
    );
    visit.until_true(heading, &is_there).await;
    visit.settles().await;
    assert!(visit.is_marked_document().await, "the router has loaded no page anew");
}

/// How many first layers there are.
pub async fn banners(visit: &Visit) -> u64 {
    let count = visit
        .script("return document.querySelectorAll('[data-kelisim=banner]').length")
        .await;
    count.as_u64().unwrap()
}

/// The attributes of the tag, and what of the head that loads or runs something stands before it.
pub async fn tag_and_before(visit: &Visit, source: &str) -> (Value, Value) {
    let found = visit
        .script_with(
            "const all = [...document.head.querySelectorAll('script, link[rel~=stylesheet], link[rel~=preload], style')]; \
             const place = all.findIndex((one) => (one.getAttribute('src') ?? '').includes(arguments[0])); \
             return [place < 0 ? null : Object.fromEntries([...all[place].attributes].map(({ name, value }) => [name, value])), \
             all.slice(0, Math.max(place, 0)).map((one) => one.outerHTML.slice(0, 200))]",
            vec![json!(source)],
        )
        .await;
    let part = |place: usize| found.get(place).cloned().unwrap_or_default();
    (part(0), part(1))
}
