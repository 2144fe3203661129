//! The document on a page whose elements shadow it.

use kelisim::browser::document::{document, element, head, root};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{begin, plain_body, say, set_stage};

/// B-03: `<img name="body">` shadows the page's own `document.body`, and not Kelisim's.
#[wasm_bindgen_test]
fn b_03_named_elements_do_not_shadow_the_document() {
    begin();
    set_stage(
        r#"<img name="body" alt=""><img name="cookie" alt=""><form name="head"></form><form name="currentScript"></form>
        <form name="createElement"></form><form name="querySelectorAll"></form><form name="documentElement"></form>"#,
    );
    assert_eq!(plain_body(), "img", "the trap is set");
    assert!(document().get(say("body")).is(say("body")));
    assert!(head().is(say("head")));
    assert!(root().is(say("html")));
    assert!(element(say("section")).is(say("section")));
    assert!(document().get(say("cookie")).words().is_some());
    let mut forms = 0;
    root()
        .call(say("querySelectorAll"), say("form"))
        .each(&mut |_| forms += 1);
    assert!(forms >= 5);
    set_stage("");
    assert_eq!(plain_body(), "body");
    assert!(document().get(say("body")).is(say("body")));
}
