//! The owner's audit of a page that does more than its configuration says, on built sites and in development, and the panel
//! that shows it.

use serde_json::{Value, json};
use visits::browsers::Engine;
use visits::internet::{Answer, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, repository, site_json};
use visits::subject::Subject;
use visits::visit::{ENTER, SPACE, TAB, Visit};
use visits::{shows, shows_equal};

const ADDRESS: &str = "https://rasco.kz/";
const AUDITED: &str = "https://rasco.kz/?mail=client@example.kz#kelisim-audit";

/// The least that a page has to allow.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' https://mc.yandex.ru https://www.googletagmanager.com; \
    img-src *; require-trusted-types-for 'script'; trusted-types kelisim";

pub(crate) fn cases() -> Vec<Case> {
    let both = |case: Case| case.to(&[Subject::Built, Subject::Development]);
    let in_chromium = |case: Case| case.only_in(&[Engine::Chromium]);
    let audits = visits::visits![
        g_07_o_04_the_audit_names_what_stands_beside_kelisim,
        o_04_without_the_owners_word_there_is_no_audit,
    ];
    let panel = visits::visits![o_04_the_panel_shows_what_there_is];
    let in_development = panel.clone().into_iter().map(in_chromium);
    let by_keyboard = visits::visits![o_04_the_panel_is_worked_by_keyboard_and_reports];
    let cases = audits.into_iter().map(both).chain(panel);
    let cases = cases.chain(in_development.map(|case| case.to(&[Subject::Development])));
    cases.chain(by_keyboard.into_iter().map(in_chromium)).collect()
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

/// Waits until a section of the panel, opened or not, has these words in it.
async fn until_panel(visit: &Visit, section: &str, words: &str) {
    let body = format!(
        "const sections = [...document.querySelector('#kelisim-audit')?.shadowRoot.querySelectorAll('#body > details') ?? []]; \
         return !!sections.find(one => one.querySelector('h3').textContent.startsWith({}))?.textContent.includes({})",
        json!(section),
        json!(words)
    );
    visit.until_true(&format!("in {section}: {words}"), &body).await;
}

/// A page that does more than it should, and gates the rest.
fn gated() -> Page {
    careless().body(
        "<script type=\"text/plain\" data-category=\"analytics\" data-src=\"/own.js?visitor=7\"></script>\
         <iframe data-category=\"maps\" data-src=\"https://maps.example/\" title=\"m\"></iframe>",
    )
}

fn audited(page: &Page) -> std::sync::Arc<Internet> {
    let mut configuration = site_json("rasco.kz");
    configuration["audit"] = json!(true);
    let site = Site::of("rasco.kz").configuration(&configuration).page("/", page);
    Internet::with([site.answers("/own.js", Answer::script("ran('own')"))])
}

async fn o_04_the_panel_shows_what_there_is(visitor: Visitor) {
    let internet = audited(&gated());
    let visit = visitor.comes_to(&internet).await;
    visit.open(AUDITED).await;
    visit.first_layer().await;
    let waits = "script /own.js, for analytics: waits, because it is not granted";
    for (section, words) in [
        ("State", "undecided"),
        ("State", "the first layer stands in the page"),
        ("Record", "There is none that holds"),
        ("Services", "yandex-metrika (analytics): not granted, 0 starts"),
        ("Services", "YANDEX LLC (RU)"),
        ("Elements", waits),
        ("Elements", "for maps: closed: unknownCategory"),
        ("Elements", "img pixel.example/one, of nobody"),
        ("Elements", "script mc.yandex.ru/metrika/tag.js, of yandex-metrika"),
        ("Not declared", "noscriptPixel: mc.yandex.ru. A <noscript>"),
        ("Events", "kelisim:ready"),
    ] {
        until_panel(&visit, section, words).await;
    }
    let overlaps = visit
        .script(
            "const panel = document.querySelector('#kelisim-audit'); \
             const [one, other] = [panel.shadowRoot.querySelector('section'), document.querySelector('[data-kelisim=banner]')] \
                 .map(e => e.getBoundingClientRect()); \
             const meet = (start, end) => one[start] < other[end] && other[start] < one[end]; \
             return panel.parentNode !== document.documentElement || meet('top', 'bottom') && meet('left', 'right')",
        )
        .await;
    shows_equal!(
        "P-07",
        overlaps,
        false,
        "the panel is no part of the page, and leaves the question alone"
    );

    visit.answer("accept").await;
    visit.settled_decisions(1).await;
    for (section, words) in [
        ("State", "decided"),
        ("Record", "\"method\": \"accept\""),
        ("Services", "yandex-metrika (analytics): granted, 1 start"),
        ("Services", "script mc.yandex.ru/metrika/tag.js"),
        ("Services", "_ym_uid (cookie): _ym_uid"),
        ("Elements", "script /own.js, for analytics: started"),
        ("Events", "kelisim:decision; accept; granted: analytics"),
    ] {
        until_panel(&visit, section, words).await;
    }
    visit.mark_document().await;
    visit.script("kelisim.withdraw()").await;
    visit.reloaded().await;
    until_panel(
        &visit,
        "Services",
        "yandex-metrika (analytics): not granted, 0 starts, 0 stored",
    )
    .await;
    until_panel(&visit, "Record", "\"method\": \"withdraw\"").await;
}

/// What has the keyboard in the panel.
const FOCUSED: &str = "return document.querySelector('#kelisim-audit')?.shadowRoot.activeElement?.textContent ?? ''";

/// Goes on by the Tab key to what has these words.
async fn tab_to(visit: &Visit, words: &str) {
    for _ in 0..60 {
        if visit.script(FOCUSED).await == json!(words) {
            return;
        }
        visit.press(&[TAB]).await;
    }
    panic!("the keyboard does not come to {words}");
}

async fn o_04_the_panel_is_worked_by_keyboard_and_reports(visitor: Visitor) {
    let internet = audited(&gated().header("Content-Security-Policy", POLICY));
    let visit = visitor.comes_to(&internet).await;
    visit.open(AUDITED).await;
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    visit
        .script("document.cookie = '_fbp=nobody-else-reads-this; path=/'")
        .await;
    until_panel(&visit, "Not declared", "undeclaredHost: pixel.example").await;

    tab_to(&visit, "Look again").await;
    visit.press(&[ENTER]).await;
    until_panel(&visit, "Not declared", "undeclaredCookie: _fbp").await;
    tab_to(&visit, "Services").await;
    visit.press(&[SPACE]).await;
    tab_to(&visit, "yandex-metrika (analytics): not granted, 0 starts, 0 stored").await;
    // Looking again leaves what was opened open, and the keyboard where it is.
    visit
        .script("document.querySelector('#kelisim-audit').shadowRoot.querySelector('.buttons button').click()")
        .await;
    visit
        .until_true(
            "the panel has looked",
            "return document.querySelector('#kelisim-audit').shadowRoot.querySelector('[role=status]').textContent === 'Looked again.'",
        )
        .await;
    tab_to(&visit, "yandex-metrika (analytics): not granted, 0 starts, 0 stored").await;
    let path = repository().join("node_modules/axe-core/axe.min.js");
    visit.script(&std::fs::read_to_string(&path).unwrap()).await;
    let faults = visit
        .script_until_done(
            "document.querySelector('#kelisim-audit').shadowRoot.querySelectorAll('details').forEach(one => one.open = true); \
             axe.run('#kelisim-audit', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(result => \
             done(result.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary)])), error => done(String(error)))",
        )
        .await;
    shows_equal!("A-17", faults, json!([]), "axe finds nothing in the panel");

    visit
        .devtools(
            "Browser.grantPermissions",
            json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}),
        )
        .await;
    tab_to(&visit, "Copy for a bug report").await;
    visit.press(&[ENTER]).await;
    let report = visit
        .until("a report on the clipboard", async || {
            let read = visit
                .script_until_done("navigator.clipboard.readText().then(done, error => done(String(error)))")
                .await;
            read.as_str()
                .filter(|text| text.contains("audit of"))
                .map(str::to_owned)
        })
        .await;
    for line in [
        "audit of https://rasco.kz/\n",
        "  undeclaredHost: pixel.example. The page fetches from this host",
        "  undeclaredCookie: _fbp.",
        "    script /own.js, for analytics: waits, because it is not granted\n",
        "    Recipient: YANDEX LLC (RU)\n",
        "  \"method\": \"reject\",\n",
        "kelisim:decision; reject; granted: nothing; withdrawn: nothing; made here\n",
    ] {
        shows!("O-04", report.contains(line), "{line:?} in the report: {report}");
    }
    for personal in ["client@example.kz", "nobody-else-reads-this", "visitor=7"] {
        shows!("R-03", !report.contains(personal), "{personal} in the report: {report}");
    }

    tab_to(&visit, "Fold").await;
    visit.press(&[SPACE]).await;
    let folded =
        "return !document.querySelector('#kelisim-audit').shadowRoot.querySelector('#body').getClientRects().length";
    visit.until_true("the panel is folded", folded).await;
    tab_to(&visit, "Close").await;
    visit.press(&[ENTER]).await;
    visit
        .until_true("the panel is gone", "return !document.querySelector('#kelisim-audit')")
        .await;
    shows_equal!(
        "B-01",
        visit.violations().await,
        Vec::<String>::new(),
        "no policy of the page stops any of it"
    );
    shows_equal!("B-02", visit.errors().await, Vec::<String>::new(), "nothing throws");
}
