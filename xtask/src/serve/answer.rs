//! Answers a request for a page, a file of a built site, or what the server itself adds to the demo.

use super::receipts::{self, Store};
use super::sites::Sites;
use super::{content, reload};
use crate::{configurator, project};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{StatusCode, response};
use axum::response::Response;
use base64::Engine as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch::Sender;

/// Stands in a page's HTML for the nonce of the response.
const NONCE_MARKER: &str = "{{nonce}}";

/// Where owners click a banner together.
pub(crate) const CONFIGURATOR: &str = "/configurator/";

/// What the server knows.
pub(super) struct Demo {
    /// Whether requests to vendors are let through.
    pub(super) real_vendors: bool,
    /// Tells of every change of what is served.
    pub(super) versions: Sender<u64>,
    /// The receipts that came.
    pub(super) receipts: Store,
    /// The built sites.
    pub(super) sites: Sites,
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
        _ if site.is_none() && path.starts_with(CONFIGURATOR) => configurator_file(path),
        _ => find(&demo.sites, site, path).map_or_else(not_found, |file| file_answer(&demo, &file)),
    }
}

/// The name that was asked for, without the port.
fn host(request: &Request) -> &str {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

/// What was built for the site, the site's own file, or one that every page of the demo shares.
fn find(sites: &Sites, site: Option<&str>, path: &str) -> Option<PathBuf> {
    let shared = project::path("www");
    let Some(site) = site else {
        return content::file(&shared, path);
    };
    if let Some(built) = sites.file(site, path) {
        return Some(built);
    }
    let own = content::file(&shared.join("sites"), site).and_then(|index| content::file(index.parent()?, path));
    // A site that is not there has no pages; the shared ones are scripts, styles and images.
    own.or_else(|| content::file(&shared, path).filter(|file| file.extension().is_some_and(|kind| kind != "html")))
}

/// A file of the configurator, whose pages name their own policy, so that they can be served from anywhere.
fn configurator_file(path: &str) -> Response {
    let file = content::file(&configurator::directory(), path.trim_start_matches(CONFIGURATOR));
    let content = file.and_then(|file| Some((content::content_type(&file), std::fs::read(file).ok()?)));
    content.map_or_else(not_found, |(content_type, content)| text(content_type, content))
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
        && let Ok(policy) = HeaderValue::from_str(&policy(&format!("'nonce-{nonce}'")))
    {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// What a strict page of an owner would say too; here it also stops every request to a vendor, and the page hears of it.
/// `inline` names the page's own inline scripts.
pub(crate) fn policy(inline: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {inline}; style-src 'self'; \
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

#[cfg(test)]
mod tests {
    use super::{Demo, answer};
    use crate::serve::receipts::Store;
    use crate::serve::sites::tests::Workshop;
    use axum::body::{Body, to_bytes};
    use axum::extract::{Request, State};
    use axum::http::{StatusCode, header};
    use std::sync::Arc;

    /// A demo with sites that were just built.
    fn demo(name: &str) -> (Workshop, Arc<Demo>) {
        let workshop = Workshop::new(name);
        workshop.sites.build_all().unwrap();
        let demo = Demo {
            real_vendors: false,
            versions: tokio::sync::watch::channel(1).0,
            receipts: Store::in_memory().unwrap(),
            sites: workshop.sites.clone(),
        };
        (workshop, Arc::new(demo))
    }

    /// Status, media type and content of what a site answers.
    async fn get(demo: &Arc<Demo>, site: &str, path: &str) -> (StatusCode, String, Vec<u8>) {
        let request = Request::get(path).header(header::HOST, format!("{site}.localhost:8080"));
        let answer = answer(State(Arc::clone(demo)), request.body(Body::empty()).unwrap()).await;
        let media_type = answer.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, media_type, body.to_vec())
    }

    #[tokio::test]
    async fn every_site_is_served_as_it_was_built_with_its_media_types() {
        let (workshop, demo) = demo("served");
        let names = demo.sites.names();
        assert_eq!(names.len(), 5);
        for site in &names {
            let mut endings = Vec::new();
            for (name, content) in workshop.served(site) {
                let (status, media_type, body) = get(&demo, site, &format!("/kelisim/{name}")).await;
                let expected = match name.rsplit_once('.').map(|(_, ending)| ending) {
                    Some("js") => "text/javascript; charset=utf-8",
                    Some("wasm") => "application/wasm",
                    Some("json") => "application/json",
                    _ => "application/octet-stream",
                };
                assert_eq!(
                    (status, media_type.as_str()),
                    (StatusCode::OK, expected),
                    "{site} {name}"
                );
                assert_eq!(body, content, "{site} {name}");
                endings.push(expected);
            }
            endings.sort_unstable();
            endings.dedup();
            assert_eq!(endings.len(), 4, "{site}");
            for told in ["/demo/site.json", "/demo/adapted.json"] {
                let (status, media_type, _) = get(&demo, site, told).await;
                assert_eq!((status, media_type.as_str()), (StatusCode::OK, "application/json"));
            }
        }
    }

    /// A page has the one tag, and its script is there.
    #[tokio::test]
    async fn every_page_has_the_tag_of_a_built_site() {
        let (_workshop, demo) = demo("pages");
        for site in demo.sites.names() {
            for page in ["/", "/courses", "/privacy"] {
                let (status, _, body) = get(&demo, &site, page).await;
                let body = String::from_utf8(body).unwrap();
                assert_eq!(status, StatusCode::OK, "{site} {page}");
                assert_eq!(
                    body.matches("<script async src=\"/kelisim/kelisim.js\"").count(),
                    1,
                    "{site} {page}"
                );
                assert!(
                    !body.contains("data-config") && !body.contains("rel=\"preload\""),
                    "{site} {page}"
                );
            }
        }
    }

    #[tokio::test]
    async fn what_was_not_built_is_not_there() {
        let (_workshop, demo) = demo("missing");
        for (site, path) in [
            ("rasco.kz", "/kelisim/kelisim.mjs"),
            ("nowhere.kz", "/kelisim/kelisim.js"),
            ("rasco.kz", "/kelisim/"),
        ] {
            assert_eq!(get(&demo, site, path).await.0, StatusCode::NOT_FOUND, "{site} {path}");
        }
    }
}
