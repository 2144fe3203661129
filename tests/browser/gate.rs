//! The gate: what is allowed starts once and in order, what is not stays as it is.

use kelisim::browser::gate::Gate;
use kelisim::browser::host::waiting;
use kelisim::core::gate::Verdict;
use kelisim::core::value::Words;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{begin_hearing, begin_with_nonce, console_lines, count, hear_console, ran, set_stage, sleep};

/// The way in which `host.js` tells that a script has loaded.
const PROCEED: i32 = 6;

/// A gate whose scripts tell it when they have loaded.
fn gate() -> Rc<Gate> {
    let gate = Rc::new(Gate::default());
    let waiting = Rc::clone(&gate);
    begin_hearing(move |way| {
        if way == PROCEED {
            waiting.proceed(&everything);
        }
    });
    gate
}

fn everything(_: Words, _: Option<Words>) -> Verdict {
    Verdict::Open
}

fn nothing(_: Words, _: Option<Words>) -> Verdict {
    Verdict::Closed
}

const SCRIPTS: &str = r#"
    <script type="text/plain" data-category="analytics">ran.push("a")</script>
    <script type="text/plain" data-category="analytics" data-src="data:text/javascript,ran.push('b')"></script>
    <script type="text/plain" data-category="analytics" data-src="/no-such-script.js"></script>
    <script type="text/plain" data-category="analytics">ran.push("c"); throw new Error("mine")</script>
    <script type="text/plain" data-category="analytics" data-service="own" data-x="1">ran.push("d" + document.querySelector('[data-x]').dataset.x)</script>"#;

/// G-10: once each, in document order, inline and external mixed; one that fails does not stop the next.
#[wasm_bindgen_test]
async fn g_10_scripts_run_in_order_once() {
    let gate = gate();
    set_stage(SCRIPTS);
    let started = gate.open(waiting(), &everything, &|_| {});
    assert_eq!(started, ["analytics", "own"]);
    assert_eq!(ran(), "a", "what follows waits for the one before it");
    sleep(1000).await;
    assert_eq!(ran(), "a b c d1");
    assert!(gate.open(waiting(), &everything, &|_| {}).is_empty());
    sleep(100).await;
    assert_eq!(ran(), "a b c d1");
}

/// The twin of G-10: what is not granted does not run.
#[wasm_bindgen_test]
async fn g_10_closed_scripts_do_not_run() {
    let gate = gate();
    set_stage(SCRIPTS);
    assert!(gate.open(waiting(), &nothing, &|_| {}).is_empty());
    sleep(200).await;
    assert_eq!(ran(), "");
    assert_eq!(count("script[type='text/plain'][data-category]"), 5);
}

const EMBEDS: &str = r#"
    <template data-category="media"><p><img data-src="data:," data-srcset="data:, 2x" alt="" class="embed"></p>
    <script>ran.push("inside")</script></template>
    <img data-category="media" data-src="data:," alt="" class="embed">"#;

/// A template's content stands in its place, with its URLs.
#[wasm_bindgen_test]
fn g_10_embeds_are_revealed() {
    let gate = gate();
    set_stage(EMBEDS);
    assert_eq!(gate.open(waiting(), &everything, &|_| {}), ["media"]);
    assert_eq!(count("template[data-category]"), 0);
    assert_eq!(count("img.embed[src='data:,']"), 2);
    assert_eq!(count("img.embed[srcset]"), 1);
    assert_eq!(count("img.embed[data-src]"), 0);
    assert_eq!(ran(), "inside");
}

/// Its twin.
#[wasm_bindgen_test]
fn g_10_closed_embeds_stay_as_they_are() {
    let gate = gate();
    set_stage(EMBEDS);
    assert!(gate.open(waiting(), &nothing, &|_| {}).is_empty());
    assert_eq!(count("template[data-category]"), 1);
    assert_eq!(count("img.embed[src]"), 0);
    assert_eq!(ran(), "");
}

/// G-03: a misnamed element stays closed with one line on the console, however often it is considered; the well-named
/// one beside it opens.
#[wasm_bindgen_test]
fn g_03_a_misnamed_element_stays_closed() {
    let gate = gate();
    set_stage(
        r#"<script type="text/plain" data-category="analitics">ran.push("wrong")</script>
        <script type="text/plain" data-category="analytics">ran.push("right")</script>"#,
    );
    hear_console();
    let judge = |category: Words, _: Option<Words>| {
        if category == "analytics" {
            Verdict::Open
        } else {
            Verdict::Misnamed(Words::at(&"unknownCategory"))
        }
    };
    for _ in 0..3 {
        gate.open(waiting(), &judge, &|_| {});
    }
    assert_eq!(console_lines(), "kelisim: analitics: unknownCategory");
    assert_eq!(ran(), "right");
}

/// B-01: where the tag has a nonce, only elements with the same one are started.
#[wasm_bindgen_test]
fn b_01_an_element_with_a_foreign_nonce_stays_closed() {
    begin_with_nonce("ours");
    set_stage(
        r#"<script type="text/plain" data-category="analytics" nonce="theirs">ran.push("theirs")</script>
        <script type="text/plain" data-category="analytics">ran.push("none")</script>
        <script type="text/plain" data-category="analytics" nonce="ours">ran.push("ours")</script>"#,
    );
    hear_console();
    assert_eq!(Gate::default().open(waiting(), &everything, &|_| {}), ["analytics"]);
    assert_eq!(
        console_lines(),
        "kelisim: analytics: foreignNonce\nkelisim: analytics: foreignNonce"
    );
    assert_eq!(ran(), "ours");
}

/// A script that never waited is not run again.
#[wasm_bindgen_test]
fn g_10_a_script_that_is_not_inert_is_reported() {
    let gate = gate();
    set_stage(r#"<script data-category="analytics">ran.push("again")</script>"#);
    hear_console();
    assert!(gate.open(waiting(), &everything, &|_| {}).is_empty());
    assert_eq!(console_lines(), "kelisim: analytics: notGated");
    assert_eq!(ran(), "");
}
