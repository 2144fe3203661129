//! A server on loopback with a bare page per language and the files of the build: what a visitor would get.
//!
//! It must not serve anything that the checksums of the build do not have, but for the page and the configuration.

use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;

use crate::owner::distribution::Distribution;

/// Only what lies on this server: a vendor could not be asked for anything, even if something were granted.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

struct Site {
    configuration: String,
    distribution: Distribution,
}

/// Starts serving, for as long as the runtime lives; the port that it listens on.
pub(super) async fn serve(configuration: &str, distribution: &Distribution) -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("no port on loopback")?;
    let port = listener.local_addr()?.port();
    let site = Site {
        configuration: configuration.to_owned(),
        distribution: distribution.clone(),
    };
    let router = Router::new()
        .route("/kelisim/site.json", get(configuration_file))
        .route("/kelisim/{*file}", get(shipped_file))
        .route("/{language}", get(page))
        .with_state(Arc::new(site));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(port)
}

async fn page(Path(language): Path<String>) -> Response {
    let is_tag = language
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    // Only names of languages are asked for; the browser asks for an icon too.
    if !is_tag {
        return StatusCode::NOT_FOUND.into_response();
    }
    let page = format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>Kelisim</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <script async src=\"/kelisim/kelisim.js\" data-config=\"/kelisim/site.json\"></script></head><body></body></html>"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, page).into_response()
}

async fn configuration_file(State(site): State<Arc<Site>>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], site.configuration.clone()).into_response()
}

async fn shipped_file(State(site): State<Arc<Site>>, Path(file): Path<String>) -> Response {
    // What is not in the checksums is not read, so no name leads out of the directory.
    match site.distribution.read(&file) {
        Ok(content) => ([(header::CONTENT_TYPE, media_type(&file))], content).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn media_type(file: &str) -> &'static str {
    match file.rsplit_once('.') {
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "wasm")) => "application/wasm",
        _ => "application/json",
    }
}
