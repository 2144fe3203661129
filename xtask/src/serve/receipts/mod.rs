//! The receiving side of consent receipts. An operator has to be able to prove a consent (Law 94-V, article 12(2)); where
//! a site's configuration names a path under `receipts`, the visitor's script sends what was decided there. The demo shows
//! what an owner needs for that: [`receipt`] refuses what is none, [`store`] keeps each once in SQLite, [`page`] lists
//! them. About the visitor nothing is kept but what stands in the receipt: no address, no user agent, no referrer.
//!
//! The script sends a receipt again until it was answered with success, so the same one may come twice.

mod page;
mod receipt;
mod store;

pub(super) use store::Store;

use super::answer::{self, Demo};
use crate::project;
use axum::body::{self, Body};
use axum::extract::Request;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use receipt::Receipt;
use std::path::PathBuf;

/// Where receipts are sent to, and where they are listed.
pub(super) const PATH: &str = "/receipts";

/// Bytes of the longest receipt. The script keeps to it, so a longer body is none.
const LONGEST: usize = 8 * 1024;

/// Where the demo keeps them from one start to the next.
pub(super) fn database() -> PathBuf {
    project::work().join("receipts.sqlite")
}

/// Takes a receipt of `site`, or lists those of all sites.
pub(super) async fn answer(demo: &Demo, site: &str, request: Request) -> Response {
    match *request.method() {
        Method::POST => received(&demo.receipts, site, request.into_body()).await,
        Method::GET => listed(demo, request.headers()),
        _ => not_allowed(),
    }
}

async fn received(store: &Store, site: &str, body: Body) -> Response {
    let Ok(body) = body::to_bytes(body, LONGEST).await else {
        let sentence = format!("413: a receipt has at most {LONGEST} bytes, and this body has more or broke off.");
        return answer::refusal(StatusCode::PAYLOAD_TOO_LARGE, &sentence);
    };
    let receipt = match Receipt::read(&body) {
        Ok(receipt) => receipt,
        Err(reason) => return answer::refusal(StatusCode::BAD_REQUEST, &format!("400: this is no receipt: {reason}.")),
    };
    match store.keep(site, &receipt) {
        Ok(()) => empty(StatusCode::NO_CONTENT),
        Err(error) => failed(&error),
    }
}

fn listed(demo: &Demo, headers: &HeaderMap) -> Response {
    let kept = match demo.receipts.newest_first() {
        Ok(kept) => kept,
        Err(error) => return failed(&error),
    };
    let mut response = if wants_json(headers) {
        answer::text("application/json", store::json(&kept).to_string())
    } else {
        answer::page(demo, &page::html(&kept))
    };
    let vary = HeaderValue::from_static("accept");
    response.headers_mut().insert(header::VARY, vary);
    response
}

/// Browsers ask for HTML first; whoever names JSON and no HTML is a program.
fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("application/json") && !accepted.contains("text/html"))
}

fn not_allowed() -> Response {
    let sentence = "405: receipts are sent here with POST and listed with GET.";
    let mut response = answer::refusal(StatusCode::METHOD_NOT_ALLOWED, sentence);
    let allowed = HeaderValue::from_static("GET, POST");
    response.headers_mut().insert(header::ALLOW, allowed);
    response
}

/// The script keeps the receipt and sends it again, so nothing is lost; what has to be mended stands in the terminal.
fn failed(error: &anyhow::Error) -> Response {
    eprintln!("error: {error:#}");
    let sentence = "500: the receipts are out of reach. The terminal of the server says why.";
    answer::refusal(StatusCode::INTERNAL_SERVER_ERROR, sentence)
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::default();
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::receipt::tests::EXAMPLE;
    use super::{LONGEST, PATH, Store, answer, page, received};
    use crate::serve::answer::Demo;
    use crate::serve::sites::Sites;
    use axum::body::{self, Body};
    use axum::extract::Request;
    use axum::http::{Method, StatusCode, header};
    use axum::response::Response;

    fn demo() -> Demo {
        let (versions, _) = tokio::sync::watch::channel(1);
        let receipts = Store::in_memory().unwrap();
        Demo {
            real_vendors: false,
            versions,
            receipts,
            sites: Sites::of_the_demo(),
        }
    }

    fn request(method: Method, accept: &str, body: impl Into<Body>) -> Request {
        let request = Request::builder().method(method).uri(PATH);
        request.header(header::ACCEPT, accept).body(body.into()).unwrap()
    }

    async fn text(response: Response) -> String {
        let body = body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn what_is_sent_twice_is_stored_once() {
        let demo = demo();
        for _ in 0..2 {
            let sent = request(Method::POST, "*/*", EXAMPLE);
            assert_eq!(answer(&demo, "rasco.kz", sent).await.status(), StatusCode::NO_CONTENT);
        }
        assert_eq!(demo.receipts.newest_first().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_not_read() {
        let store = Store::in_memory().unwrap();
        // Sound but for its length: whitespace after the object is JSON.
        let fits = format!("{EXAMPLE:LONGEST$}");
        assert_eq!(
            received(&store, "a", fits.clone().into()).await.status(),
            StatusCode::NO_CONTENT
        );
        let answer = received(&store, "a", format!("{fits} ").into()).await;
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(store.newest_first().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn what_is_no_receipt_is_refused_with_a_sentence() {
        let store = Store::in_memory().unwrap();
        let answer = received(&store, "a", "no".into()).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
        assert!(text(answer).await.starts_with("400: this is no receipt: "));
        assert!(store.newest_first().unwrap().is_empty());
    }

    #[tokio::test]
    async fn only_two_methods_are_allowed() {
        let response = answer(&demo(), "a", request(Method::DELETE, "*/*", "")).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()[header::ALLOW], "GET, POST");
    }

    #[tokio::test]
    async fn browsers_get_a_page_under_the_policy_and_programs_get_json() {
        let demo = demo();
        received(&demo.receipts, "rasco.kz", EXAMPLE.into()).await;
        let shown = answer(&demo, "a", request(Method::GET, "text/html,*/*;q=0.8", "")).await;
        assert!(shown.headers().contains_key(header::CONTENT_SECURITY_POLICY));
        assert!(text(shown).await.contains("<table>"));
        let json = text(answer(&demo, "a", request(Method::GET, "application/json", "")).await).await;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json[0]["site"], "rasco.kz");
        assert_eq!(json[0]["receipt"]["code"], "7KQ2-M4XD");
    }

    #[tokio::test]
    async fn what_a_visitor_sent_is_text_on_the_page() {
        let store = Store::in_memory().unwrap();
        let attack = EXAMPLE.replace("\"2026-01-01\"", r#""<script>alert('a')</script>\"&""#);
        assert_eq!(
            received(&store, "<b>", attack.into()).await.status(),
            StatusCode::NO_CONTENT
        );
        let html = page::html(&store.newest_first().unwrap());
        assert!(html.contains("&lt;script&gt;alert(&#39;a&#39;)&lt;/script&gt;&quot;&amp;"));
        assert!(html.contains("&lt;b&gt;"));
        assert!(!html.contains("<script>") && !html.contains("<b>"));
    }
}
