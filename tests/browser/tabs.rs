//! News from other tabs and of this page.

use kelisim::page::tabs::{News, listen};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{evaluate, set_stage};

fn heard(code: &str) -> Vec<News> {
    set_stage("");
    let heard = Rc::new(RefCell::new(Vec::new()));
    let kept = Rc::clone(&heard);
    let tabs = listen(move |news| kept.borrow_mut().push(news));
    evaluate(code);
    drop(tabs);
    evaluate(code);
    heard.take()
}

#[wasm_bindgen_test]
fn news_are_told_while_somebody_listens() {
    assert_eq!(
        heard("dispatchEvent(new StorageEvent('storage', {key: 'kelisim'}))"),
        [News::Stored]
    );
    assert_eq!(
        heard("dispatchEvent(new StorageEvent('storage', {key: null}))"),
        [News::Stored]
    );
    assert_eq!(
        heard("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"),
        [News::Restored]
    );
    assert_eq!(
        heard("document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))"),
        [News::Shown]
    );
}

#[wasm_bindgen_test]
fn what_is_none_of_kelisim_s_business_is_no_news() {
    assert!(heard("dispatchEvent(new StorageEvent('storage', {key: 'other'}))").is_empty());
    assert!(heard("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: false}))").is_empty());
    assert!(heard("dispatchEvent(new Event('storage')), dispatchEvent(new Event('pageshow'))").is_empty());
}
