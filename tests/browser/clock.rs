//! The clock, chance and frames.

use kelisim::page::{clock, frames};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{evaluate, ran, set_stage};

fn differ() -> bool {
    let drawn: Vec<u64> = (0..8).map(|_| clock::forty_bits()).collect();
    assert!(drawn.iter().all(|bits| *bits < 1 << 40));
    drawn.windows(2).all(|pair| pair[0] != pair[1])
}

#[wasm_bindgen_test]
fn chance_is_of_the_browser_or_else_of_the_page() {
    assert!(differ());
    evaluate("Object.defineProperty(window, 'crypto', {configurable: true, get() { throw new Error('mine') }})");
    assert!(differ());
    evaluate("delete window.crypto");
}

#[wasm_bindgen_test]
fn the_clock_is_the_page_s() {
    let now = clock::now();
    assert!(now > 1_700_000_000_000.0 && now <= clock::now());
}

#[wasm_bindgen_test]
async fn what_waits_goes_on_after_a_frame_and_without_frames_all_the_same() {
    set_stage("");
    evaluate("requestAnimationFrame(() => ran.push('frame'))");
    frames::painted().await;
    assert_eq!(ran(), "frame");
    evaluate(
        "window.frames_of_browser = requestAnimationFrame, window.requestAnimationFrame = () => { throw new Error('mine') }",
    );
    frames::painted().await;
    evaluate("window.requestAnimationFrame = () => 0");
    frames::painted().await;
    evaluate("window.requestAnimationFrame = frames_of_browser");
}
