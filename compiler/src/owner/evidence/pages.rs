//! A server on loopback with a bare page per language and the built site: what a visitor would get.
//!
//! It must not serve anything else.

use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;

use crate::bundle::Bundle;

/// Only what lies on this server: a vendor could not be asked for anything, even if something were granted.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

/// Starts serving, for as long as the runtime lives; the port that it listens on.
pub(super) async fn serve(bundle: &Bundle) -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("no port on loopback")?;
    let port = listener.local_addr()?.port();
    let router = Router::new()
        .route("/kelisim/{file}", get(built_file))
        .route("/{language}", get(page))
        .with_state(Arc::new(bundle.clone()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(port)
}

async fn page(State(bundle): State<Arc<Bundle>>, Path(language): Path<String>) -> Response {
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
         {}</head><body></body></html>",
        bundle.tag
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, page).into_response()
}

async fn built_file(State(bundle): State<Arc<Bundle>>, Path(name): Path<String>) -> Response {
    match bundle.files.iter().find(|file| file.name == name) {
        Some(file) => ([(header::CONTENT_TYPE, media_type(&name))], file.content.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn media_type(file: &str) -> &'static str {
    match file.rsplit_once('.') {
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "wasm")) => "application/wasm",
        _ => "application/json",
    }
}
