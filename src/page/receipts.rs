//! Sends receipts to the owner's own site. One that was not taken waits in `localStorage["kelisim-receipts"]`, a line each,
//! and goes again with the next page. Nothing waits for an answer, and where storage is denied each is sent once. It must not
//! know what a receipt says.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ReferrerPolicy, RequestCredentials, RequestInit, Response};

use crate::page::{address, storage};

#[wasm_bindgen]
extern "C" {
    // Pages put a function of their own in its place, which may throw. That of web-sys would not catch it.
    #[wasm_bindgen(catch)]
    fn fetch(address: &str, request: &RequestInit) -> Result<Promise, JsValue>;
}

/// Where receipts wait.
const KEY: &str = "kelisim-receipts";
/// No more than this many wait; the oldest gives way.
const MOST: usize = 10;

/// Sends a receipt, if there is one, and those that wait, to a path of this site. It waits itself until it was taken: the page
/// may end first.
pub fn send(path: &str, receipt: Option<&str>) {
    let waiting = storage::item(KEY).unwrap_or_default();
    let lines: Vec<&str> = waiting.lines().chain(receipt).collect();
    let latest = lines.get(lines.len().saturating_sub(MOST)..).unwrap_or_default();
    if receipt.is_some() {
        keep(latest);
    }
    let Some(address) = address::of_site(path) else { return };
    for line in latest {
        spawn_local(deliver(address.clone(), (*line).to_owned()));
    }
}

/// Sends one receipt, and forgets it once it was taken.
async fn deliver(address: String, receipt: String) {
    if post(&address, &receipt).await.is_ok_and(|response| response.ok()) {
        let waiting = storage::item(KEY).unwrap_or_default();
        let left: Vec<&str> = waiting.lines().filter(|line| *line != receipt).collect();
        keep(&left);
    }
}

fn keep(lines: &[&str]) {
    if lines.is_empty() {
        storage::forget(KEY);
    } else {
        storage::keep(KEY, &lines.join("\n"));
    }
}

/// Without cookies and without the address of the page: a receipt is about a decision, not about who made it where.
async fn post(address: &str, receipt: &str) -> Result<Response, JsValue> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&JsValue::from_str(receipt));
    request.set_credentials(RequestCredentials::Omit);
    request.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let headers = Object::new();
    Reflect::set(
        &headers,
        &JsValue::from_str("Content-Type"),
        &JsValue::from_str("application/json"),
    )?;
    request.set_headers(&headers);
    // The page may end before it has arrived. web-sys has no word for it.
    Reflect::set(&request, &JsValue::from_str("keepalive"), &JsValue::TRUE)?;
    let sent = JsFuture::from(fetch(address, &request)?).await?;
    Ok(sent.unchecked_into())
}
