//! Pages that keep the gated markup of another consent manager (`aliases`): nothing of it before a yes, all of it after, and
//! closed again once it is withdrawn.

use serde_json::{Value, json};
use visits::browsers::Engine;
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, full_configuration};
use visits::visit::Visit;
use visits::{shows, shows_equal};

use crate::gate::runs;

const ADDRESS: &str = "https://rasco.kz/";

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = visits::visits![g_03_markup_of_klaro_waits];
    let in_chromium = visits::visits![
        g_03_markup_of_vanilla_cookieconsent_waits,
        g_03_markup_of_orejime_waits,
        g_03_markup_of_cookiebot_waits,
    ];
    cases.extend(in_chromium.into_iter().map(|case| case.only_in(&[Engine::Chromium])));
    cases
}

/// A site whose page has a manager's markup, and goes on where something is withdrawn.
fn site(aliases: Value, markup: &str) -> Site {
    let mut configuration = full_configuration();
    configuration["aliases"] = aliases;
    configuration["onWithdraw"] = json!("stay");
    let mut site = Site::of("rasco.kz")
        .configuration(&configuration)
        .page("/", &Page::new("ru").body(markup));
    for name in ["one", "two", "three"] {
        site = site.answers(&format!("/{name}.js"), Answer::script(format!("ran('{name}')")));
    }
    site
}

/// What the page's frames have as an address.
async fn frames(visit: &Visit) -> Value {
    visit
        .script("return [...document.querySelectorAll('iframe')].map(frame => frame.getAttribute('src'))")
        .await
}

/// Nothing before a yes, these scripts and frames after it, in their order, and the frames closed again after a withdrawal.
async fn waits(visitor: &Visitor, site: Site, scripts: &[&str], embeds: &[&str]) -> Visit {
    let internet = Internet::with([site]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(ADDRESS).await;
    visit.first_layer().await;
    visit.settles().await;
    let asked = || -> Vec<usize> {
        let own = ["/one.js", "/two.js", "/three.js"].map(|path| internet.requests_for("rasco.kz", path).len());
        let theirs = embeds
            .iter()
            .map(|path| internet.requests_for("www.youtube.com", path).len());
        own.into_iter().chain(theirs).collect()
    };
    shows!(
        "G-01",
        asked().iter().all(|times| *times == 0),
        "nothing is fetched before a yes: {:?}",
        asked()
    );
    shows_equal!("G-01", visit.runs().await, Vec::<String>::new(), "and nothing runs");

    visit.answer("accept").await;
    runs(&visit, scripts.len()).await;
    for path in embeds {
        visit.until_requested("www.youtube.com", path).await;
    }
    visit.settles().await;
    shows_equal!("G-10", visit.runs().await, scripts, "each script runs once, in order");
    for path in embeds {
        let times = internet.requests_for("www.youtube.com", path).len();
        shows_equal!("G-10", times, 1, "{path} is fetched once");
    }

    visit.script("kelisim.withdraw()").await;
    visit
        .until_true(
            "the frames are closed",
            "return [...document.querySelectorAll('iframe')].every(frame => !frame.getAttribute('src'))",
        )
        .await;
    visit.settles().await;
    let times: usize = asked().iter().skip(3).sum();
    shows_equal!("P-04", times, embeds.len(), "and are not asked for again");
    visit
}

async fn g_03_markup_of_klaro_waits(visitor: Visitor) {
    let markup = r#"
        <script type="text/plain" data-type="application/javascript" data-name="counter" data-src="/one.js"></script>
        <script type="text/plain" data-type="application/javascript" data-name="counter">ran('inline')</script>
        <script type="opt-in" data-type="application/javascript" data-name="course-counter" data-src="/two.js"></script>
        <script type="text/plain" data-type="application/javascript" data-name="nobody" data-src="/three.js"></script>
        <iframe data-name="video" data-src="https://www.youtube.com/embed/klaro" title="Видео"></iframe>
        <p data-name="video">A name that waits for nothing.</p>
        "#;
    let aliases = json!({ "klaro": { "counter": "analytics", "video": "youtube" } });
    let site = site(aliases, markup);
    let visit = waits(&visitor, site, &["one", "inline", "two"], &["/embed/klaro"]).await;
    let console = visit.console().await;
    let told: Vec<&String> = console.iter().filter(|line| line.contains("nobody")).collect();
    shows_equal!(
        "G-03",
        told.len(),
        1,
        "a name that means nothing is said once: {console:?}"
    );
    shows_equal!(
        "G-03",
        frames(&visit).await,
        json!([null]),
        "what was withdrawn is closed"
    );
}

async fn g_03_markup_of_vanilla_cookieconsent_waits(visitor: Visitor) {
    let markup = r#"
        <script type="text/plain" data-cookiecategory="analytics" data-src="/one.js"></script>
        <script type="text/plain" data-cookiecategory="ads">ran('ads')</script>
        <script type="text/plain" data-category="analytics" data-service="Course counter" data-src="/two.js"></script>
        <script type="text/plain" data-category="!analytics">ran('refused')</script>
        "#;
    let aliases = json!({ "vanilla-cookieconsent": { "ads": "marketing", "Course counter": "course-counter" } });
    waits(&visitor, site(aliases, markup), &["one", "ads", "two"], &[]).await;
}

async fn g_03_markup_of_orejime_waits(visitor: Visitor) {
    let markup = r#"
        <template data-purpose="stats"><script>ran('template')</script></template>
        <template data-purpose="youtube"><iframe src="https://www.youtube.com/embed/orejime" title="Видео"></iframe></template>
        <script type="opt-in" data-type="application/javascript" data-name="stats" data-src="/one.js"></script>
        <template data-purpose="nobody"><script>ran('nobody')</script></template>
        "#;
    let aliases = json!({ "orejime": { "stats": "analytics" } });
    waits(
        &visitor,
        site(aliases, markup),
        &["template", "one"],
        &["/embed/orejime"],
    )
    .await;
}

async fn g_03_markup_of_cookiebot_waits(visitor: Visitor) {
    let markup = r#"
        <script type="text/plain" data-cookieconsent="statistics" src="/one.js"></script>
        <script type="text/plain" data-cookieconsent="statistics, marketing">ran('both')</script>
        <script data-cookieconsent="ignore">ran.length</script>
        <iframe data-cookieblock-src="https://www.youtube.com/embed/cookiebot" data-cookieconsent="marketing" title="Видео"></iframe>
        "#;
    let site = site(json!({ "cookiebot": {} }), markup);
    let visit = waits(&visitor, site, &["one", "both"], &["/embed/cookiebot"]).await;
    visit.script("kelisim.accept(['marketing'])").await;
    visit
        .until_true(
            "the frame of the one",
            "return !!document.querySelector('iframe').getAttribute('src')",
        )
        .await;
    visit.settles().await;
    shows_equal!(
        "G-03",
        visit.runs().await,
        ["one", "both"],
        "of several names all have to be granted"
    );
}
