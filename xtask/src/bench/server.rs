//! Serves pages and files to the browser from loopback, as a careful owner's server would: compressed beforehand, files to
//! be kept for a year, pages never. It keeps a list of what was asked for.

use super::built::Builds;
use super::pages::{self, Variant};
use super::subjects::Subject;
use super::weights::Packed;
use crate::project;
use crate::serve::content;
use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::Response;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// What the server knows, and the measuring side reads.
pub(super) struct Served {
    subjects: Vec<Subject>,
    builds: Builds,
    /// By address with its query.
    files: Mutex<HashMap<String, Arc<Packed>>>,
    /// What was asked for since the last look, in its order.
    asked: Mutex<Vec<String>>,
}

/// A running server.
pub(super) struct Server {
    served: Arc<Served>,
    address: SocketAddr,
}

impl Server {
    /// Serves on a free port of loopback until the program ends.
    pub(super) fn start(subjects: &[Subject]) -> Result<Server> {
        let served = Arc::new(Served {
            subjects: subjects.to_vec(),
            builds: Builds::default(),
            files: Mutex::default(),
            asked: Mutex::default(),
        });
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).context("could not listen on loopback")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let router = Router::new().fallback(answer).with_state(Arc::clone(&served));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::spawn(move || {
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                axum::serve(listener, router).await
            })
        });
        Ok(Server { served, address })
    }

    /// The address of a subject's page.
    pub(super) fn page(&self, subject: &Subject, variant: Variant) -> String {
        format!("http://{}/{}/page?{}", self.address, subject.id, variant.query())
    }

    /// The page without any banner.
    pub(super) fn bare_page(&self) -> Result<Arc<Packed>> {
        self.served.packed("/none/page")
    }

    /// What was asked for since the last look, each with what it weighs.
    pub(super) fn take_asked(&self) -> Result<Vec<(String, Arc<Packed>)>> {
        let asked: Vec<String> = std::mem::take(&mut *locked(&self.served.asked));
        asked
            .into_iter()
            .map(|address| self.served.packed(&address).map(|packed| (address, packed)))
            .collect()
    }
}

impl Served {
    /// What lies at an address, compressed once.
    fn packed(&self, address: &str) -> Result<Arc<Packed>> {
        if let Some(packed) = locked(&self.files).get(address) {
            return Ok(Arc::clone(packed));
        }
        let packed = Arc::new(self.read(address)?);
        locked(&self.files).insert(address.to_owned(), Arc::clone(&packed));
        Ok(packed)
    }

    fn read(&self, address: &str) -> Result<Packed> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let mut parts = path.trim_start_matches('/').splitn(3, '/');
        let (owner, place, file) = (parts.next(), parts.next(), parts.next());
        match (owner.unwrap_or_default(), place.unwrap_or_default(), file) {
            ("gated", _, None) => Packed::file(&project::path("bench/page/gated.js")),
            ("page", name, None) => Packed::file(&project::path("bench/page").join(name)),
            (id, "page", None) => {
                let page = pages::page(self.subject(id)?, Variant::read(query), &self.builds)?;
                Ok(Packed::new("text/html; charset=utf-8", page.as_bytes()))
            }
            (id, "built", Some(file)) => {
                let (services, name) = file.split_once('/').context("of how many services?")?;
                let built = self.builds.of(id, self.subject(id)?.role, services.parse()?)?;
                Ok(Packed::new(content::content_type(Path::new(name)), built.file(name)?))
            }
            (id, "own", Some(file)) => Packed::file(&Subject::own(id).join(file)),
            (id, "dist", Some(file)) => {
                let dist = self.subject(id)?.dist.as_ref();
                Packed::file(&dist.context("a subject ships nothing")?.join(file))
            }
            _ => anyhow::bail!("nothing lies at {address}"),
        }
    }

    fn subject(&self, id: &str) -> Result<&Subject> {
        let mut subjects = self.subjects.iter();
        subjects
            .find(|subject| subject.id == id)
            .with_context(|| format!("no subject is called {id}"))
    }
}

async fn answer(State(served): State<Arc<Served>>, request: Request) -> Response {
    let uri = request.uri();
    let address = uri
        .path_and_query()
        .map_or_else(|| uri.path(), |whole| whole.as_str())
        .to_owned();
    match served.packed(&address) {
        Ok(packed) => {
            locked(&served.asked).push(address.clone());
            found(&packed, address.contains("/page?"))
        }
        Err(error) => {
            eprintln!("bench  asked for {address}: {error:#}");
            let mut response = Response::new(Body::empty());
            *response.status_mut() = axum::http::StatusCode::NOT_FOUND;
            response
        }
    }
}

fn found(packed: &Packed, is_page: bool) -> Response {
    let keep = if is_page {
        "no-store"
    } else {
        "max-age=31536000, immutable"
    };
    Response::builder()
        .header(header::CONTENT_TYPE, packed.kind)
        .header(header::CONTENT_ENCODING, "br")
        .header(header::CACHE_CONTROL, keep)
        .body(Body::from(packed.brotli.clone()))
        .unwrap_or_default()
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
