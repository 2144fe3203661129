//! The gate: what is allowed starts once and in order, what is not stays as it is.

use kelisim::consent::{Misnaming, Verdict};
use kelisim::page::aliases::Aliases;
use kelisim::page::document;
use kelisim::page::gate::{Gate, Looked, waiting};
use kelisim::page::late::observe;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{aliases, console_lines, count, evaluate, hear_console, ran, set_stage, sleep};

fn everything(_: &str, _: Option<&str>) -> Verdict {
    Verdict::Open
}

fn nothing(_: &str, _: Option<&str>) -> Verdict {
    Verdict::Closed
}

fn no_aliases() -> Aliases {
    aliases("[]")
}

fn open(judge: fn(&str, Option<&str>) -> Verdict) -> (Rc<Gate>, Looked) {
    let gate = Gate::new("", no_aliases(), judge);
    let looked = gate.open(waiting());
    (gate, looked)
}

const SCRIPTS: &str = r#"
    <script type="text/plain" data-category="analytics">ran.push("a")</script>
    <script type="text/plain" data-category="analytics" data-src="data:text/javascript,ran.push('b')"></script>
    <script type="text/plain" data-category="analytics" data-src="/no-such-script.js"></script>
    <script type="text/plain" data-category="analytics">ran.push("c"); throw new Error("mine")</script>
    <script type="text/plain" data-category="analytics" data-service="own" data-x="1">ran.push("d" + document.currentScript.dataset.x)</script>"#;

/// G-10: once each, in document order, inline and external mixed; one that fails does not stop the next.
#[wasm_bindgen_test]
async fn g_10_scripts_run_in_order_once() {
    set_stage(SCRIPTS);
    let (gate, looked) = open(everything);
    assert_eq!(looked.ids, ["analytics", "own"]);
    assert_eq!(looked.started.len(), 5);
    assert_eq!(ran(), "a", "what follows waits for the one before it");
    sleep(1000).await;
    assert_eq!(ran(), "a b c d1");
    assert_eq!(gate.open(waiting()), Looked::default());
    sleep(100).await;
    assert_eq!(ran(), "a b c d1");
}

/// The twin of G-10: what is not granted does not run.
#[wasm_bindgen_test]
async fn g_10_closed_scripts_do_not_run() {
    set_stage(SCRIPTS);
    let (_gate, looked) = open(nothing);
    assert!(looked.ids.is_empty() && looked.started.is_empty());
    assert_eq!(looked.closed.len(), 5);
    sleep(200).await;
    assert_eq!(ran(), "");
    assert_eq!(count("script[type='text/plain'][data-category]"), 5);
}

#[wasm_bindgen_test]
async fn g_10_every_attribute_goes_along() {
    set_stage(
        r#"<script type="text/plain" data-type="text/javascript" data-category="analytics" data-src="data:text/javascript,ran.push(document.currentScript.outerHTML)"
            id="own" class="x" crossorigin="anonymous" data-mark="1"></script>"#,
    );
    let _opened = open(everything);
    sleep(300).await;
    for part in [
        "id=\"own\"",
        "class=\"x\"",
        "crossorigin=\"anonymous\"",
        "data-mark=\"1\"",
    ] {
        assert!(ran().contains(part), "{part} is missing in {}", ran());
    }
    assert!(!ran().contains("data-src"));
}

/// P-11: what never tells that it has loaded, and what is asynchronous or a module, holds nobody up.
#[wasm_bindgen_test]
async fn p_11_nobody_waits_for_what_never_loads() {
    set_stage(
        r#"<script type="text/plain" data-category="a" nomodule data-src="/a.js"></script>
        <script type="text/plain" data-category="a" data-type="text/partytown" data-src="/b.js"></script>
        <script type="text/plain" data-category="a" data-type="application/ld+json" data-src="/c.js"></script>
        <script type="text/plain" data-category="a" data-type="module" data-src="data:text/javascript,ran.push('module')"></script>
        <script type="text/plain" data-category="a" async data-src="data:text/javascript,ran.push('async')"></script>
        <script type="text/plain" data-category="a" defer data-src="data:text/javascript,ran.push('defer')"></script>
        <script type="text/plain" data-category="a">ran.push("inline")</script>"#,
    );
    let _opened = open(everything);
    assert_eq!(ran(), "inline");
    sleep(500).await;
    let mut all: Vec<String> = ran().split(' ').map(str::to_owned).collect();
    all.sort();
    assert_eq!(all, ["async", "defer", "inline", "module"]);
}

/// A script that was taken back while it stood in the line does not run.
#[wasm_bindgen_test]
async fn g_10_what_is_taken_back_in_the_line_waits_again() {
    set_stage(
        r#"<script type="text/plain" data-category="a" data-src="data:text/javascript,ran.push('first')"></script>
        <script type="text/plain" data-category="a">ran.push("second")</script>"#,
    );
    let is_open = Rc::new(Cell::new(true));
    let judge = Rc::clone(&is_open);
    let gate = Gate::new("", no_aliases(), move |_, _| {
        if judge.get() { Verdict::Open } else { Verdict::Closed }
    });
    gate.open(waiting());
    is_open.set(false);
    sleep(300).await;
    assert_eq!(ran(), "first");
    assert_eq!(waiting().len(), 1);
    is_open.set(true);
    gate.open(waiting());
    assert_eq!(ran(), "first second");
}

const EMBEDS: &str = r#"
    <template data-category="media"><p><img data-src="data:," data-srcset="data:, 2x" alt="" class="embed"></p>
    <script>ran.push("inside")</script><iframe class="frame" data-src="about:blank" title="a"></iframe></template>
    <img data-category="media" data-src="data:," alt="" class="embed">"#;

/// A template's content stands in its place, with its addresses.
#[wasm_bindgen_test]
fn g_10_embeds_are_revealed() {
    set_stage(EMBEDS);
    let (_gate, looked) = open(everything);
    assert_eq!(looked.ids, ["media"]);
    assert_eq!(count("template[data-category]:not([data-kelisim-state=started])"), 0);
    assert_eq!(count("img.embed[src='data:,']"), 2);
    assert_eq!(count("img.embed[srcset]"), 1);
    assert_eq!(count("img.embed[data-src]"), 0);
    assert_eq!(ran(), "inside");
}

/// Its twin.
#[wasm_bindgen_test]
fn g_10_closed_embeds_stay_as_they_are() {
    set_stage(EMBEDS);
    let (_gate, looked) = open(nothing);
    assert_eq!(looked.closed.len(), 2);
    assert_eq!(count("template[data-category]"), 1);
    assert_eq!(count("img.embed[src]"), 0);
    assert_eq!(ran(), "");
}

/// G-01: what a template holds and waits for something else goes on waiting.
#[wasm_bindgen_test]
async fn g_01_what_a_template_holds_waits_for_its_own_category() {
    fn media(category: &str, _: Option<&str>) -> Verdict {
        if category == "media" {
            Verdict::Open
        } else {
            Verdict::Closed
        }
    }
    set_stage(
        r#"<template data-category="media"><script data-category="analytics">ran.push("wrong")</script>
        <img data-category="analytics" data-src="data:," alt=""><script>ran.push("right")</script></template>"#,
    );
    let (gate, _) = open(media);
    assert_eq!(gate.open(waiting()).closed.len(), 2);
    sleep(100).await;
    assert_eq!(ran(), "right");
    assert_eq!(count("img[src]"), 0);
}

/// P-04: what runs is stopped, and can be started again.
#[wasm_bindgen_test]
fn p_04_an_embed_that_runs_is_stopped() {
    set_stage(
        r#"<iframe data-category="media" data-src="about:blank#a" title="a"></iframe><span>after</span>
        <template data-category="media"> <iframe src="about:blank#b" title="b"></iframe></template>"#,
    );
    let is_open = Rc::new(Cell::new(true));
    let judge = Rc::clone(&is_open);
    let gate = Gate::new("", no_aliases(), move |_, _| {
        if judge.get() { Verdict::Open } else { Verdict::Closed }
    });
    gate.open(waiting());
    assert_eq!(count("iframe[src]"), 2);
    assert!(gate.stop().is_empty(), "what is allowed goes on");
    evaluate("document.querySelector('iframe').contentWindow.playing = true");
    is_open.set(false);
    assert_eq!(gate.stop().len(), 2);
    assert_eq!(count("iframe[src]") + count("iframe[title=b]"), 0);
    assert_eq!(
        evaluate("document.querySelector('iframe').contentWindow.playing"),
        "undefined"
    );
    assert_eq!(
        count("iframe[data-src='about:blank#a'] + span + template"),
        1,
        "each where it was"
    );
    assert_eq!(gate.open(waiting()).closed.len(), 2);
    is_open.set(true);
    gate.open(waiting());
    assert_eq!(count("iframe[src]"), 2);
}

/// G-03: a misnamed element stays closed and is reported once, however often it is looked at; the well-named one beside it
/// opens.
#[wasm_bindgen_test]
fn g_03_a_misnamed_element_stays_closed() {
    fn known(category: &str, _: Option<&str>) -> Verdict {
        if category == "analytics" {
            Verdict::Open
        } else {
            Verdict::Misnamed(Misnaming::UnknownCategory)
        }
    }
    set_stage(
        r#"<script type="text/plain" data-category="analitics">ran.push("wrong")</script>
        <script type="text/plain" data-category="analytics">ran.push("right")</script>"#,
    );
    let (gate, looked) = open(known);
    assert_eq!(looked.faults.len(), 1);
    assert_eq!(
        (looked.faults[0].code, looked.faults[0].about.as_str()),
        ("unknownCategory", "analitics")
    );
    assert_eq!(gate.open(waiting()), Looked::default());
    assert_eq!(ran(), "right");
}

/// B-01: where the tag has a nonce, only elements with the same one are started, and carry it on.
#[wasm_bindgen_test]
fn b_01_an_element_with_a_foreign_nonce_stays_closed() {
    set_stage(
        r#"<script type="text/plain" data-category="analytics" nonce="theirs">ran.push("theirs")</script>
        <script type="text/plain" data-category="analytics">ran.push("none")</script>
        <script type="text/plain" data-category="analytics" nonce="ours">ran.push(document.currentScript.nonce)</script>"#,
    );
    let looked = Gate::new("ours", no_aliases(), everything).open(waiting());
    let codes: Vec<&str> = looked.faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["foreignNonce", "foreignNonce"]);
    assert_eq!(ran(), "ours");
}

/// A script that never waited is not run again.
#[wasm_bindgen_test]
fn g_10_a_script_that_is_not_inert_is_reported() {
    set_stage(r#"<script data-category="analytics">ran.push("again")</script>"#);
    let (_gate, looked) = open(everything);
    assert_eq!(looked.faults[0].code, "notGated");
    assert!(looked.ids.is_empty());
    assert_eq!(ran(), "");
}

/// B-01: a page whose Trusted Types let nothing through keeps everything closed, and is told.
#[wasm_bindgen_test]
fn b_01_a_script_that_is_not_trusted_is_reported() {
    set_stage(r#"<script type="text/plain" data-category="analytics" data-src="/a.js"></script>"#);
    evaluate(
        "window.source = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, 'src'), Object.defineProperty(HTMLScriptElement.prototype, 'src', {configurable: true, set() { throw new TypeError('untrusted') }})",
    );
    hear_console();
    let _opened = open(everything);
    evaluate("Object.defineProperty(HTMLScriptElement.prototype, 'src', source)");
    assert_eq!(console_lines(), "kelisim: analytics: untrusted");
    assert_eq!(count("script[data-kelisim-state=untrusted]"), 1);
    assert_eq!(count("script[data-kelisim-state=started]"), 0);
}

const ADD: &str = "(() => { const script = document.createElement('script'); script.type = 'text/plain'; script.dataset.category = 'a'; \
    script.text = \"ran.push('late')\"; const holder = document.createElement('div'); \
    holder.innerHTML = '<form data-category=\"b\"><input name=\"matches\"></form><p><script type=\"text/plain\" data-category=\"a\">ran.push(\"nested\")<\\/script></p>'; \
    document.body.append(script, 'text', holder); window.added = [script, holder] })()";

/// G-10: elements added later are gated as well, each looked at once.
#[wasm_bindgen_test]
async fn g_10_elements_added_later_start() {
    fn first(category: &str, _: Option<&str>) -> Verdict {
        if category == "a" {
            Verdict::Open
        } else {
            Verdict::Closed
        }
    }
    set_stage("");
    let gate = Gate::new("", no_aliases(), first);
    let closed = Rc::new(Cell::new(0));
    let counts = Rc::clone(&closed);
    let late = observe("", &no_aliases(), move |changes| {
        counts.set(counts.get() + gate.open(changes.waiting).closed.len());
    });
    evaluate(ADD);
    sleep(50).await;
    assert_eq!(ran(), "late nested");
    assert_eq!(closed.get(), 1);
    drop(late);
    evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p id=\"gone\"><img data-category=\"a\" data-src=\"data:,\" alt=\"\"></p>')",
    );
    sleep(50).await;
    assert_eq!(count("img[src]"), 0, "who dropped it hears no more");
    evaluate(
        "document.querySelector('#gone').remove(), document.querySelectorAll('[data-category]').forEach(element => element.closest('div, form, script').remove())",
    );
}

/// P-10: an element is followed whose address or ids are set or changed later.
#[wasm_bindgen_test]
async fn p_10_changed_elements_are_followed() {
    set_stage("");
    let gate = Gate::new("", no_aliases(), |category, _| {
        if category == "a" {
            Verdict::Open
        } else {
            Verdict::Closed
        }
    });
    let batches = Rc::new(RefCell::new(0));
    let counts = Rc::clone(&batches);
    let _late = observe("", &no_aliases(), move |changes| {
        *counts.borrow_mut() += 1;
        gate.open(changes.waiting);
        gate.renew(changes.renamed);
    });
    evaluate("ran.length = 0, window.frame = document.createElement('iframe'), document.body.append(frame)");
    sleep(20).await;
    evaluate("frame.dataset.src = 'about:blank#1', frame.dataset.category = 'a'");
    sleep(20).await;
    assert_eq!(evaluate("frame.getAttribute('src')"), "about:blank#1");
    evaluate("frame.dataset.src = 'about:blank#2'");
    sleep(20).await;
    assert_eq!(
        evaluate("frame.getAttribute('src') + frame.dataset.src"),
        "about:blank#2undefined"
    );
    evaluate("frame.dataset.category = 'b'");
    sleep(20).await;
    assert_eq!(
        evaluate("frame.getAttribute('src') + frame.dataset.src"),
        "nullabout:blank#2"
    );
    let before = *batches.borrow();
    sleep(50).await;
    assert_eq!(*batches.borrow(), before, "its own changes come to an end");
    evaluate("frame.remove()");
}

/// Markup of another manager waits as Kelisim's own, there from the beginning, added later, in a template, and under a name
/// that changes.
#[wasm_bindgen_test]
async fn g_03_markup_of_another_manager_waits_as_well() {
    let theirs = aliases(
        r#"[
            {"selector": "script[type=opt-in][data-name],[data-name][data-src]", "attribute": "data-name",
             "names": [["theirCounter", "counter"], ["ads", "b"]]},
            {"selector": "[data-theirs]", "attribute": "data-theirs", "source": "data-their-src", "names": []}
        ]"#,
    );
    set_stage(
        r#"<script type="opt-in" data-name="theirCounter">ran.push("counter")</script>
        <script type="opt-in" data-name="ads">ran.push("ads")</script>
        <script type="opt-in" data-name="nobody">ran.push("nobody")</script>
        <iframe data-theirs="a, b" data-their-src="about:blank#both" title="both"></iframe>
        <iframe data-theirs="a" data-their-src="about:blank#one" title="one"></iframe>
        <template data-category="a"><iframe data-theirs="b" data-their-src="about:blank#held" title="held"></iframe></template>"#,
    );
    theirs.adopt(document::query_selector_all);
    let judge = |categories: &str, service: Option<&str>| match (categories, service) {
        ("a", None | Some("counter")) => Verdict::Open,
        ("nobody", _) => Verdict::Misnamed(Misnaming::UnknownCategory),
        _ => Verdict::Closed,
    };
    let gate = Gate::new("", theirs.clone(), judge);
    let looked = gate.open(waiting());
    assert_eq!(ran(), "counter");
    assert_eq!(looked.ids, ["a", "counter"]);
    let about: Vec<&str> = looked.faults.iter().map(|fault| fault.about.as_str()).collect();
    assert_eq!(about, ["nobody"], "an unknown name is told and stays closed");
    assert_eq!(
        evaluate("[...document.querySelectorAll('iframe[src]')].map(frame => frame.title).join()"),
        "one"
    );
    let held = "document.querySelector('iframe[title=held]')";
    assert_eq!(
        evaluate(&format!("{held}.dataset.category + {held}.dataset.src")),
        "babout:blank#held"
    );

    let renamed = Rc::new(Cell::new(0));
    let counts = Rc::clone(&renamed);
    let _late = observe("", &theirs, move |changes| {
        counts.set(counts.get() + changes.renamed.len());
        gate.open(changes.waiting);
        gate.renew(changes.renamed);
    });
    evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p id=late><iframe title=late data-theirs=a data-their-src=about:blank></iframe></p>')",
    );
    sleep(50).await;
    assert_eq!(count("iframe[title=late][src]"), 1);
    assert_eq!(renamed.get(), 0, "what was adopted is no news");
    evaluate("document.querySelector('iframe[title=late]').dataset.theirs = 'b'");
    sleep(50).await;
    assert_eq!(count("iframe[title=late][src]"), 0, "it follows its name");
    evaluate("document.querySelector('#late').remove()");
}
