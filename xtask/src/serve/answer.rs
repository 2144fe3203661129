//! Answers a request for a page, a file of `dist/`, or what the server itself adds to the demo.

use super::receipts::{self, Store};
use super::{adapt, content, reload};
use crate::project;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{StatusCode, response};
use axum::response::Response;
use base64::Engine as _;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch::Sender;

/// Stands in a page's HTML for the nonce of the response.
const NONCE_MARKER: &str = "{{nonce}}";

/// What the server knows.
pub(super) struct Demo {
    /// Whether requests to vendors are let through.
    pub(super) real_vendors: bool,
    /// Tells of every change of what is served.
    pub(super) versions: Sender<u64>,
    /// The receipts that came.
    pub(super) receipts: Store,
}

/// Answers every request of every host.
pub(super) async fn answer(State(demo): State<Arc<Demo>>, request: Request) -> Response {
    let host = host(&request).to_owned();
    let site = host.strip_suffix(".localhost");
    let path = request.uri().path();
    match path {
        receipts::PATH => receipts::answer(&demo, site.unwrap_or(&host), request).await,
        reload::SCRIPT_PATH => text("text/javascript; charset=utf-8", reload::SCRIPT),
        _ if path.starts_with(reload::VERSION_PATH) => {
            let version = reload::version_after(path, &demo.versions).await;
            text("text/plain; charset=utf-8", version)
        }
        "/kelisim/site.json" | "/kelisim/adapted.json" => site.map_or_else(not_found, |site| configuration(site, path)),
        _ => find(site, path).map_or_else(not_found, |file| file_answer(&demo, &file)),
    }
}

/// The name that was asked for, without the port.
fn host(request: &Request) -> &str {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

/// The site's own file, or one that every page of the demo shares; `/kelisim/` is what is shipped.
fn find(site: Option<&str>, path: &str) -> Option<PathBuf> {
    if let Some(shipped) = path.strip_prefix("/kelisim/") {
        return content::file(&project::dist(), shipped);
    }
    let shared = project::path("www");
    let Some(site) = site else {
        return content::file(&shared, path);
    };
    let own = content::file(&shared.join("sites"), site).and_then(|index| content::file(index.parent()?, path));
    // A site that is not there has no pages; the shared ones are scripts, styles and images.
    own.or_else(|| content::file(&shared, path).filter(|file| file.extension().is_some_and(|kind| kind != "html")))
}

fn configuration(site: &str, path: &str) -> Response {
    let Ok(adapted) = adapt::adapted(site) else {
        return not_found();
    };
    let changes: Vec<String> = adapted.changes.iter().map(ToString::to_string).collect();
    let body = if path == "/kelisim/site.json" {
        adapted.configuration
    } else {
        Value::Array(adapted.changes.iter().map(adapt::Change::to_json).collect())
    };
    let mut response = text("application/json", body.to_string());
    if let Ok(changes) = HeaderValue::from_str(&changes.join("; ")) {
        response.headers_mut().insert("x-kelisim-adapted", changes);
    }
    response
}

fn file_answer(demo: &Demo, file: &Path) -> Response {
    let Ok(content) = std::fs::read(file) else {
        return not_found();
    };
    let content_type = content::content_type(file);
    if content_type != content::HTML {
        return text(content_type, content);
    }
    page(demo, &String::from_utf8_lossy(&content))
}

/// A page of the demo, under the demo's policy.
pub(super) fn page(demo: &Demo, html: &str) -> Response {
    let nonce = nonce();
    let page = html.replace(NONCE_MARKER, &nonce);
    let mut response = text(content::HTML, reload::with_script(&page));
    if !demo.real_vendors
        && let Ok(policy) = HeaderValue::from_str(&policy(&nonce))
    {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// What a strict page of an owner would say too; here it also stops every request to a vendor, and the page hears of it.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'; frame-src 'self'"
    )
}

/// A value that only this response knows.
fn nonce() -> String {
    let mut random = [0; 16];
    // Without chance no inline script runs, which a demo survives.
    getrandom::fill(&mut random).unwrap_or_default();
    base64::engine::general_purpose::STANDARD.encode(random)
}

pub(super) fn text(content_type: &'static str, content: impl Into<Body>) -> Response {
    finished(
        response::Builder::new().header(header::CONTENT_TYPE, content_type),
        content,
    )
}

fn not_found() -> Response {
    let sentence = "404: nothing is here. The demo starts at http://localhost:8080/ (or the port you chose).";
    refusal(StatusCode::NOT_FOUND, sentence)
}

/// A status with a sentence that says why.
pub(super) fn refusal(status: StatusCode, sentence: &str) -> Response {
    let answer = response::Builder::new().status(status);
    finished(
        answer.header(header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        format!("{sentence}\n"),
    )
}

/// Asked again each time, and not `no-store`, which would keep pages out of the back-forward cache.
fn finished(answer: response::Builder, content: impl Into<Body>) -> Response {
    answer
        .header(header::CACHE_CONTROL, "no-cache")
        .body(content.into())
        .unwrap_or_default()
}
