//! Steps of vendors in the page.

use kelisim::consent::Timestamp;
use kelisim::page::consent_mode::ConsentMode;
use kelisim::page::vendors::{Vendors, clear_flag, set_flag};
use kelisim::visit::Resolved;
use kelisim_site::{Step, Value};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{evaluate, ran, set_stage, sleep};

/// What places in values are in these tests.
fn resolve(value: &Value) -> Resolved<'_> {
    match value {
        Value::Null => Resolved::Null,
        Value::Bool(flag) => Resolved::Bool(*flag),
        Value::Number(number) => Resolved::Number(*number),
        Value::Text(text) => Resolved::Text(text),
        Value::List(items) => Resolved::List(items),
        Value::Object(members) => Resolved::Object(members),
        Value::Now => Resolved::Date(Timestamp::from_milliseconds(1_800_000_000_000)),
        Value::NowMilliseconds => Resolved::Number(1_800_000_000_000.0),
        Value::SecondsLeft => Resolved::Number(86_400.0),
        Value::Granted(id) => Resolved::Bool(id == "replay"),
    }
}

fn begin() -> Vendors {
    set_stage("");
    evaluate("for (const name of ['vendor', 'other', 'dataLayer']) delete window[name]");
    Vendors::new("nonce-of-tag", Rc::new(ConsentMode::new("dataLayer")))
}

fn name(name: &str) -> String {
    name.to_owned()
}

fn call(function: &str, with: Vec<Value>) -> Step {
    Step::Call {
        name: name(function),
        with,
    }
}

fn perform(vendors: &Vendors, steps: &[Step]) {
    for step in steps {
        vendors.perform(step, &resolve);
    }
}

#[wasm_bindgen_test]
fn a_queue_keeps_real_arguments_until_the_vendor_is_there() {
    let vendors = begin();
    let queue = Step::Queue {
        name: name("vendor"),
        list: name("a"),
    };
    perform(
        &vendors,
        &[
            queue.clone(),
            call("vendor", vec![Value::Number(1.0), Value::Text(name("init"))]),
        ],
    );
    assert_eq!(
        evaluate("String(vendor.a[0]) + [...vendor.a[0]]"),
        "[object Arguments]1,init"
    );
    perform(&vendors, &[queue]);
    assert_eq!(
        evaluate("vendor.a.length"),
        "1",
        "a second service finds what the first has made"
    );
    evaluate("vendor.callMethod = (...given) => ran.push(given.join('+'))");
    perform(&vendors, &[call("vendor", vec![Value::Bool(true)])]);
    assert_eq!(ran(), "true");
}

#[wasm_bindgen_test]
fn values_are_what_the_visit_knows() {
    let vendors = begin();
    let member = |member: &str, value| (name(member), value);
    let to = Value::Object(vec![
        member("now", Value::Now),
        member("milliseconds", Value::NowMilliseconds),
        member("left", Value::SecondsLeft),
        member("yes", Value::Granted(name("replay"))),
        member("no", Value::Granted(name("marketing"))),
        member("list", Value::List(vec![Value::Null, Value::Number(0.5)])),
        member("__proto__", Value::Text(name("own"))),
    ]);
    perform(
        &vendors,
        &[Step::Set {
            name: name("vendor"),
            to,
        }],
    );
    assert_eq!(
        evaluate("JSON.stringify(vendor)"),
        r#"{"now":"2027-01-15T08:00:00.000Z","milliseconds":1800000000000,"left":86400,"yes":true,"no":false,"list":[null,0.5],"__proto__":"own"}"#
    );
    assert_eq!(evaluate("vendor.now instanceof Date"), "true");
}

#[wasm_bindgen_test]
fn a_stub_is_a_list_with_methods() {
    let vendors = begin();
    let stub = Step::Stub {
        name: name("vendor"),
        methods: vec![name("page"), name("track")],
        members: vec![(name("_i"), Value::Object(Vec::new()))],
    };
    perform(
        &vendors,
        &[
            stub,
            Step::Set {
                name: name("vendor._i.pixel"),
                to: Value::List(Vec::new()),
            },
            call("vendor.track", vec![Value::Text(name("Buy"))]),
        ],
    );
    assert_eq!(
        evaluate("JSON.stringify(vendor) + Object.keys(vendor._i)"),
        r#"[["track","Buy"]]pixel"#
    );
    perform(&vendors, &[Step::Clear { name: name("vendor") }]);
    assert_eq!(evaluate("vendor.length"), "0");
}

#[wasm_bindgen_test]
fn the_function_of_google_drops_what_was_called_before() {
    let vendors = begin();
    evaluate(
        "window.dataLayer = [], window.early = function () { dataLayer.push(arguments) }, early('consent', 'default', {}), early('config', 'G-1'), early('event', 'x'), dataLayer.push({event: 'plain'}), 0",
    );
    perform(
        &vendors,
        &[
            Step::Gtag { name: name("vendor") },
            call("vendor", vec![Value::Text(name("js"))]),
        ],
    );
    assert_eq!(
        evaluate("dataLayer.map(call => call[0] ?? call.event).join(' ')"),
        "consent plain js"
    );
    assert_eq!(evaluate("String(dataLayer[2])"), "[object Arguments]");
}

#[wasm_bindgen_test]
fn a_layer_that_cannot_be_changed_ends_nothing() {
    let vendors = begin();
    evaluate("window.dataLayer = Object.freeze([['config', 'G-1'], {event: 'plain'}])");
    perform(&vendors, &[Step::Gtag { name: name("vendor") }]);
    assert_eq!(evaluate("typeof vendor + dataLayer.length"), "function2");
}

#[wasm_bindgen_test]
async fn p_05_a_silent_function_calls_back_and_does_nothing_else() {
    let vendors = begin();
    evaluate("window.vendor = (...given) => ran.push('called'), vendor.version = 3");
    perform(&vendors, &[Step::Silence { name: name("vendor") }]);
    assert_eq!(evaluate("vendor.version"), "3");
    evaluate(
        "vendor(1, 'reachGoal', 'lead', {}, () => ran.push('function')), vendor('event', 'x', {event_callback: () => ran.push('event')}), vendor(null, undefined)",
    );
    assert_eq!(ran(), "", "never before the call has returned");
    sleep(50).await;
    assert_eq!(ran(), "function event");
}

#[wasm_bindgen_test]
fn what_is_missing_or_throws_is_left_alone() {
    let vendors = begin();
    evaluate("window.other = () => { throw new Error('mine') }");
    perform(
        &vendors,
        &[
            call("vendor", Vec::new()),
            call("vendor.push", Vec::new()),
            call("other", Vec::new()),
            call("other.x.y", Vec::new()),
            Step::Set {
                name: name("vendor.a.b"),
                to: Value::Null,
            },
            Step::Clear { name: name("vendor.a") },
            Step::Silence { name: name("vendor.a") },
            Step::List {
                name: name("vendor.list"),
            },
        ],
    );
    assert_eq!(evaluate("typeof vendor"), "undefined");
    perform(&vendors, &[Step::List { name: name("vendor") }]);
    assert_eq!(evaluate("vendor.length"), "0", "the next step follows");
}

#[wasm_bindgen_test]
async fn a_script_comes_with_the_nonce_and_its_attributes() {
    let vendors = begin();
    let url = name("data:text/javascript,ran.push(document.currentScript.nonce,document.currentScript.dataset.domain)");
    perform(
        &vendors,
        &[Step::Load {
            url,
            attributes: vec![(name("data-domain"), name("example.kz"))],
        }],
    );
    assert_eq!(evaluate("document.head.lastElementChild.async"), "true");
    sleep(200).await;
    assert_eq!(ran(), "nonce-of-tag example.kz");
    evaluate("document.head.lastElementChild.remove()");
}

#[wasm_bindgen_test]
fn m_03_a_flag_is_set_and_cleared_by_its_whole_name() {
    set_stage("");
    set_flag("ga-disable-G-1.x");
    assert_eq!(evaluate("window['ga-disable-G-1.x']"), "true");
    clear_flag("ga-disable-G-1.x");
    assert_eq!(evaluate("'ga-disable-G-1.x' in window"), "false");
    evaluate("Object.defineProperty(window, 'fixed', {value: 1})");
    set_flag("fixed");
    clear_flag("fixed");
    assert_eq!(evaluate("window.fixed"), "1", "a page that forbids it keeps its own");
}
