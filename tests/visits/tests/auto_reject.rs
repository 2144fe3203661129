//! Tools that refuse in the visitor's place: the real library autoconsent, as `tests/libraries/` names it, put into the page as
//! an extension puts it, beside the page and out of its reach. In one engine: it presses what it finds, which is the same in
//! each.

use std::sync::Arc;

use serde_json::{Value, json};
use visits::browsers::Engine;
use visits::internet::Internet;
use visits::runner::{Case, Visitor};
use visits::site::{Page, Site, repository, site_json};
use visits::visit::Visit;
use visits::{shows, shows_equal};

use crate::libraries::bundled;

const ADDRESS: &str = "https://rasco.kz/";

pub(crate) fn cases() -> Vec<Case> {
    let cases = visits::visits![
        b_05_autoconsent_refuses_in_every_language_by_the_rule,
        b_05_autoconsent_refuses_without_a_rule_where_it_knows_the_words,
    ];
    cases
        .into_iter()
        .map(|case| case.only_in(&[Engine::Chromium]))
        .collect()
}

/// When the tool begins to look.
#[derive(Clone, Copy)]
enum Begins {
    /// As soon as there is a page, and hides what the rules say until it has looked.
    AtOnce,
    /// When the visit says so; it looks twice, and by its own patterns only the second time.
    WhenTold,
}

/// The library with all rules that it ships, and with those of `integrations/` that a visit brings.
fn autoconsent(name: &str, ours: &[Value], begins: Begins) -> String {
    let begin = match begins {
        Begins::AtOnce => "begin({})",
        Begins::WhenTold => "document.addEventListener('visit:begin', () => begin({ detectRetries: 1 }))",
    };
    // What a rule asks of the page's own scripts, an extension runs there; none of it is about Kelisim.
    let entry = format!(
        r#"import AutoConsent from "@duckduckgo/autoconsent";
        import {{ autoconsent as rules }} from "@duckduckgo/autoconsent/rules/rules.json";
        const tell = (told) => document.dispatchEvent(new CustomEvent("visit:autoconsent", {{ detail: JSON.stringify(told) }}));
        function begin(more) {{
            const config = {{ autoAction: "optOut", heuristicMode: "tier2", ...more }};
            const answers = {{
                init: () => ({{ type: "initResp", config, rules: {{ autoconsent: [...rules, ...{ours}] }} }}),
                eval: ({{ id }}) => ({{ type: "evalResp", id, result: false }}),
                optOutResult: ({{ scheduleSelfTest }}) => scheduleSelfTest && {{ type: "selfTest" }},
            }};
            const consent = new AutoConsent(async (message) => {{
                if (message.type === "report") tell(message.state);
                const answer = await answers[message.type]?.(message);
                if (answer) consent.receiveMessageCallback(answer);
            }});
        }}
        {begin};"#,
        ours = json!(ours)
    );
    String::from_utf8(bundled(name, "libraries", &entry)).unwrap()
}

fn internet(language: &str, configuration: &Value) -> Arc<Internet> {
    let heard = "<script>document.addEventListener('visit:autoconsent', ({ detail }) => { window.tool = JSON.parse(detail) })</script>";
    let page = Page::new(language).before_tag(heard);
    Internet::with([Site::of("rasco.kz").configuration(configuration).page("/", &page)])
}

/// Comes to a page in a browser with the tool.
async fn comes_with(visitor: &Visitor, tool: &str, internet: &Arc<Internet>) -> Visit {
    let visit = visitor.comes_to(internet).await;
    let script = json!({"source": tool, "worldName": "autoconsent"});
    visit.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
    visit.open(ADDRESS).await;
    visit
}

/// Waits until something is true of the tool's own state.
async fn until_tool(visit: &Visit, is_done: &str) {
    visit.until_true("the tool is done", &format!("return {is_done}")).await;
    visit.settles().await;
}

async fn tool(visit: &Visit) -> Value {
    visit
        .script("return [tool.detectedPopups, tool.clicks, tool.selfTest]")
        .await
}

async fn b_05_autoconsent_refuses_in_every_language_by_the_rule(visitor: Visitor) {
    let rule = repository().join("integrations/autoconsent/kelisim.json");
    let rule: Value = serde_json::from_str(&std::fs::read_to_string(rule).unwrap()).unwrap();
    let script = autoconsent("autoconsent-with-rule", &[rule], Begins::AtOnce);
    for language in ["en", "ru", "kk"] {
        let internet = internet(language, &site_json("rasco.kz"));
        let visit = comes_with(&visitor, &script, &internet).await;
        until_tool(&visit, "typeof window.tool?.selfTest === 'boolean'").await;
        let expected = json!([["kelisim"], 1, true]);
        shows_equal!(
            "B-05",
            tool(&visit).await,
            expected,
            "{language}: by the rule, in one press"
        );
        refused(&visit, language).await;
    }
}

/// The record says so, and nothing of a vendor's came.
async fn refused(visit: &Visit, language: &str) {
    let record = visit.recorded().await;
    shows_equal!(
        "B-05",
        record["method"],
        "reject",
        "{language}: the visitor has refused"
    );
    shows_equal!("B-05", record["language"], language, "{language}: by these words");
    let vendors = visit.internet.requests_to_vendors();
    shows!("G-04", vendors.is_empty(), "{language}: no vendor: {vendors:?}");
}

/// What it looks for by itself is words: of the layer, and of a button that refuses. It knows English ones and one Russian
/// sentence, and it must never take what it does not know for a yes.
async fn b_05_autoconsent_refuses_without_a_rule_where_it_knows_the_words(visitor: Visitor) {
    let script = autoconsent("autoconsent", &[], Begins::WhenTold);
    let house = site_json("rasco.kz");
    let mut known_words = house.clone();
    known_words["texts"] = json!({"ru": {"reject": "Принимать только необходимые файлы cookie"}});
    for (language, configuration, refuses) in [
        ("en", &house, true),
        ("ru", &known_words, true),
        ("ru", &house, false),
        ("kk", &house, false),
    ] {
        let internet = internet(language, configuration);
        let visit = comes_with(&visitor, &script, &internet).await;
        visit.first_layer().await;
        visit.script("document.dispatchEvent(new Event('visit:begin'))").await;
        until_tool(&visit, "['done', 'nothingDetected'].includes(window.tool?.lifecycle)").await;
        if refuses {
            let popup = &tool(&visit).await[0];
            shows_equal!(
                "B-05",
                popup,
                &json!(["HEURISTIC-REJECT"]),
                "{language}: by its own patterns"
            );
            refused(&visit, language).await;
        } else {
            shows_equal!(
                "B-05",
                tool(&visit).await,
                json!([[], 0, null]),
                "{language}: it knows no such words"
            );
            shows!(
                "F-01",
                visit.sees("[data-kelisim=banner]").await,
                "{language}: the visitor is asked, and sees it"
            );
            shows!(
                "G-05",
                visit.record().await.is_none(),
                "{language}: nobody has answered"
            );
        }
    }
}
