//! The internet of the visits: one proxy per engine that answers for every host and logs what was asked.
//!
//! Nothing leaves the machine: a host that no site and no stand-in knows is answered with 404 and logged all the same.
//! TLS is spoken on the real host names with one self-signed certificate, which the browsers are told to accept.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, StatusCode, header};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::build::Build;
use crate::site::{Part, Site};
use crate::subject::Subject;
use crate::vendors;

/// Hosts that the browsers themselves ask, without any page: exactly these, so that a new one is looked at by a person.
const BROWSER_NOISE: &[&str] = &[
    // Chromium: component updates, its variations seed, its sign-in probe, what forms are called.
    "accounts.google.com",
    "clients2.google.com",
    "clientservices.googleapis.com",
    "content-autofill.googleapis.com",
    "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com",
    "safebrowsingohttpgateway.googleapis.com",
    "update.googleapis.com",
    // Firefox: captive portal, remote settings, add-on updates.
    "aus5.mozilla.org",
    "content-signature-2.cdn.mozilla.net",
    "detectportal.firefox.com",
    "firefox-settings-attachments.cdn.mozilla.net",
    "firefox.settings.services.mozilla.com",
    "firefox.settings.services.allizom.org",
];

/// One request as it went over the wire.
#[derive(Clone, Debug)]
pub struct Request {
    /// When it arrived.
    pub at: Instant,
    /// `http` or `https`.
    pub scheme: &'static str,
    /// The method.
    pub method: Method,
    /// The host, without a port.
    pub host: String,
    /// The path without the query.
    pub path: String,
    /// The query without its question mark; empty without one.
    pub query: String,
    /// The `Referer` header; empty without one.
    pub referrer: String,
    /// The `Cookie` header; empty without one.
    pub cookies: String,
    /// The `Cache-Control` header; empty without one.
    pub cache_control: String,
    /// The `Content-Type` header; empty without one.
    pub media_type: String,
    /// The body as text; empty without one.
    pub body: String,
    /// All of it, for a server of its own.
    whole: Whole,
}

/// Headers and body of a request, as they came.
#[derive(Clone, Debug, Default)]
struct Whole {
    headers: HeaderMap,
    body: Bytes,
}

/// What is said of one connection and not of what goes through it, and what a proxy works out anew. Nothing is packed: the
/// visits read what they are sent.
const OF_THE_CONNECTION: [HeaderName; 8] = [
    header::CONNECTION,
    header::TRANSFER_ENCODING,
    header::CONTENT_LENGTH,
    header::UPGRADE,
    header::TE,
    header::HOST,
    header::ACCEPT_ENCODING,
    HeaderName::from_static("proxy-connection"),
];

impl fmt::Display for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} {}://{}{}",
            self.method, self.scheme, self.host, self.path
        )?;
        if !self.query.is_empty() {
            write!(formatter, "?{}", self.query)?;
        }
        Ok(())
    }
}

/// Holds answers back until a visit lets them go: a slow server without a clock.
#[derive(Clone, Debug, Default)]
pub struct Dam(watch::Sender<bool>);

impl Dam {
    /// Lets go what it holds, and whatever comes.
    pub fn let_go(&self) {
        self.0.send_replace(true);
    }
}

/// What a host answers.
#[derive(Clone, Debug)]
pub struct Answer {
    status: StatusCode,
    headers: Vec<(String, String)>,
    body: Bytes,
    delay: Duration,
    dam: Option<Dam>,
}

impl Answer {
    /// Bytes under a media type.
    pub fn new(media_type: &str, body: impl Into<Bytes>) -> Answer {
        Answer {
            status: StatusCode::OK,
            headers: vec![("content-type".to_owned(), media_type.to_owned())],
            body: body.into(),
            delay: Duration::ZERO,
            dam: None,
        }
    }

    /// A script in UTF-8.
    pub fn script(body: impl Into<Bytes>) -> Answer {
        Answer::new("text/javascript; charset=utf-8", body)
    }

    /// A page in UTF-8.
    pub fn page(body: impl Into<Bytes>) -> Answer {
        Answer::new("text/html; charset=utf-8", body)
    }

    /// A JSON document.
    pub fn json(value: &serde_json::Value) -> Answer {
        Answer::new("application/json", value.to_string())
    }

    /// Nothing under this name.
    pub fn missing() -> Answer {
        Answer {
            status: StatusCode::NOT_FOUND,
            ..Answer::new("text/plain", "")
        }
    }

    /// A server that fails.
    pub fn failure() -> Answer {
        Answer {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            ..Answer::new("text/plain", "")
        }
    }

    /// A server that took what it was sent and says no more.
    pub fn taken() -> Answer {
        Answer {
            status: StatusCode::NO_CONTENT,
            ..Answer::new("text/plain", "")
        }
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Answer {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same answer under another media type.
    #[must_use]
    pub fn called(mut self, media_type: &str) -> Answer {
        media_type.clone_into(&mut self.headers[0].1);
        self
    }

    /// The same answer, whose bytes end too early: so many of `all`.
    #[must_use]
    pub fn cut_to(mut self, share: usize, all: usize) -> Answer {
        self.body = self.body.slice(..self.body.len() * share / all);
        self
    }

    /// The same answer with its last byte changed: a file of the right length that is another one.
    #[must_use]
    pub fn corrupted(mut self) -> Answer {
        let mut bytes = self.body.to_vec();
        if let Some(last) = bytes.last_mut() {
            *last ^= 1;
        }
        self.body = bytes.into();
        self
    }

    /// The same answer, later: a slow server.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Answer {
        self.delay = delay;
        self
    }

    /// The same answer, once the visit lets it go.
    #[must_use]
    pub fn behind(mut self, dam: &Dam) -> Answer {
        self.dam = Some(dam.clone());
        self
    }

    fn into_response(self) -> hyper::Response<Full<Bytes>> {
        let mut response = hyper::Response::new(Full::new(self.body));
        *response.status_mut() = self.status;
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
            response
                .headers_mut()
                .append(name, HeaderValue::from_str(value).expect("a header's value"));
        }
        // No answer may come out of a cache: every load is a request that the log sees.
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// The sites of one visit, and the log of everything that was asked during it.
#[derive(Debug, Default)]
pub struct Internet {
    sites: Mutex<Vec<Site>>,
    /// What this visit is to, from the moment at which somebody comes.
    subject: Mutex<Option<Subject>>,
    /// Builds of the first site whose files still lie on its server.
    earlier: Mutex<Vec<Arc<Build>>>,
    log: Mutex<Vec<Request>>,
}

impl Internet {
    /// An internet with these sites, the vendors' stand-ins, and nothing else.
    pub fn with(sites: impl IntoIterator<Item = Site>) -> Arc<Internet> {
        Arc::new(Internet {
            sites: Mutex::new(sites.into_iter().collect()),
            ..Internet::default()
        })
    }

    /// Somebody comes to it. What its sites serve is made now, so that a site that cannot be built fails the visit.
    pub(crate) fn begin(&self, subject: Subject) {
        *self.subject.lock().unwrap() = Some(subject);
        if subject == Subject::Built {
            let sites = self.sites.lock().unwrap().clone();
            for site in sites {
                drop(site.build());
            }
        }
    }

    fn subject(&self) -> Subject {
        self.subject.lock().unwrap().unwrap_or_default()
    }

    /// Changes what the first site serves from now on. The files of its earlier builds stay where they are, as `kelisim build`
    /// leaves them.
    pub fn change(&self, change: impl FnOnce(Site) -> Site) {
        let before = self.sites.lock().unwrap()[0].clone();
        let after = change(before.clone());
        if self.subject() == Subject::Built {
            drop(after.build());
            self.earlier.lock().unwrap().extend(before.build());
        }
        self.sites.lock().unwrap()[0] = after;
    }

    /// Takes the files of earlier builds away: a server whose directory was emptied.
    pub fn sweep(&self) {
        self.earlier.lock().unwrap().clear();
    }

    /// Every request so far, oldest first, without what the browsers ask for themselves.
    pub fn requests(&self) -> Vec<Request> {
        let log = self.log.lock().unwrap();
        log.iter()
            .filter(|request| !BROWSER_NOISE.contains(&request.host.as_str()))
            .cloned()
            .collect()
    }

    /// Requests that left the sites' own domains: to a vendor, or to anybody else.
    pub fn requests_to_vendors(&self) -> Vec<Request> {
        let sites = self.sites.lock().unwrap();
        let own = |request: &Request| sites.iter().any(|site| site.serves(&request.host));
        self.requests().into_iter().filter(|request| !own(request)).collect()
    }

    /// Requests for one host whose path begins so.
    pub fn requests_for(&self, host: &str, path: &str) -> Vec<Request> {
        let wanted = |request: &Request| request.host == host && request.path.starts_with(path);
        self.requests().into_iter().filter(wanted).collect()
    }

    /// Requests for one of Kelisim's files, of whatever build.
    pub fn requests_of(&self, part: &Part) -> Vec<Request> {
        let wanted = |request: &Request| Part::at(&request.path).as_ref() == Some(part);
        self.requests().into_iter().filter(wanted).collect()
    }

    fn site_of(&self, host: &str) -> Option<Site> {
        let sites = self.sites.lock().unwrap();
        sites.iter().find(|site| site.serves(host)).cloned()
    }

    /// What a request is answered, by a server of its own or by the site.
    async fn answer(&self, request: Request) -> Answer {
        let site = self.site_of(&request.host);
        let server = site.as_ref().and_then(|site| site.server_of(&request.path));
        let Some(port) = server else {
            return self.answer_of(site, request);
        };
        let answer = asked_of(port, &request).await;
        self.log.lock().unwrap().push(request);
        answer
    }

    fn answer_of(&self, site: Option<Site>, request: Request) -> Answer {
        let answer = match site {
            Some(site) => site.answer(&request.path, self.subject(), &self.earlier.lock().unwrap().clone()),
            None => vendors::answer(&request.host, &request.path).unwrap_or_else(Answer::missing),
        };
        self.log.lock().unwrap().push(request);
        answer
    }
}

/// A proxy through which one engine reaches the internet of the visit that runs in it.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    current: Arc<RwLock<Arc<Internet>>>,
}

impl Proxy {
    /// Starts to listen on a free port of the loopback.
    pub async fn start() -> io::Result<Proxy> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let current = Arc::new(RwLock::new(Arc::new(Internet::default())));
        tokio::spawn(serve(listener, tls(), Arc::clone(&current)));
        Ok(Proxy { address, current })
    }

    /// From now on this engine reaches `internet`.
    pub fn lead_to(&self, internet: Arc<Internet>) {
        *self.current.write().unwrap() = internet;
    }
}

/// One certificate for every host: the browsers accept it because they are told to accept any.
fn tls() -> TlsAcceptor {
    let identity = rcgen::generate_simple_self_signed(vec!["visits.test".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.signing_key.serialize_der()));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![identity.cert.der().clone()], key)
        .expect("the certificate and its key");
    TlsAcceptor::from(Arc::new(config))
}

async fn serve(listener: TcpListener, tls: TlsAcceptor, current: Arc<RwLock<Arc<Internet>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (tls, current) = (tls.clone(), Arc::clone(&current));
        tokio::spawn(async move {
            let service = service_fn(move |request| forward(request, tls.clone(), Arc::clone(&current)));
            // A browser may drop a connection at any time; that is no failure of a visit.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .with_upgrades()
                .await;
        });
    }
}

async fn forward(
    request: hyper::Request<Incoming>,
    tls: TlsAcceptor,
    current: Arc<RwLock<Arc<Internet>>>,
) -> Result<hyper::Response<Full<Bytes>>, Infallible> {
    if request.method() == Method::CONNECT {
        let host = request.uri().host().unwrap_or_default().to_owned();
        tokio::spawn(async move {
            if let Ok(upgraded) = hyper::upgrade::on(request).await {
                tunnel(TokioIo::new(upgraded), host, tls, current).await;
            }
        });
        return Ok(hyper::Response::new(Full::default()));
    }
    let host = request.uri().host().unwrap_or_default().to_owned();
    Ok(respond(request, "http", host, current).await)
}

async fn tunnel(
    stream: TokioIo<hyper::upgrade::Upgraded>,
    host: String,
    tls: TlsAcceptor,
    current: Arc<RwLock<Arc<Internet>>>,
) {
    let Ok(stream) = tls.accept(stream).await else { return };
    let service = service_fn(move |request| {
        let (host, current) = (host.clone(), Arc::clone(&current));
        async move { Ok::<_, Infallible>(respond(request, "https", host, current).await) }
    });
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn respond(
    request: hyper::Request<Incoming>,
    scheme: &'static str,
    host: String,
    current: Arc<RwLock<Arc<Internet>>>,
) -> hyper::Response<Full<Bytes>> {
    let internet = Arc::clone(&current.read().unwrap());
    let text = |name: HeaderName| {
        let value = request
            .headers()
            .get(name)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        value.unwrap_or_default()
    };
    let mut logged = Request {
        at: Instant::now(),
        scheme,
        method: request.method().clone(),
        host,
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        referrer: text(header::REFERER),
        cookies: text(header::COOKIE),
        cache_control: text(header::CACHE_CONTROL),
        media_type: text(header::CONTENT_TYPE),
        body: String::new(),
        whole: Whole {
            headers: request.headers().clone(),
            body: Bytes::new(),
        },
    };
    // A beacon's body has to be read, or the connection is torn down under the browser.
    if let Ok(body) = request.into_body().collect().await {
        logged.whole.body = body.to_bytes();
        logged.body = String::from_utf8_lossy(&logged.whole.body).into_owned();
    }
    let answer = internet.answer(logged).await;
    if !answer.delay.is_zero() {
        tokio::time::sleep(answer.delay).await;
    }
    if let Some(Dam(dam)) = &answer.dam {
        // It fails where nobody holds it any longer.
        let _ = dam.subscribe().wait_for(|open| *open).await;
    }
    answer.into_response()
}

/// What a server on the loopback answers, as behind a proxy that speaks TLS for it; nothing is there where it does not.
async fn asked_of(port: u16, request: &Request) -> Answer {
    let Request {
        scheme,
        method,
        host,
        path,
        query,
        whole,
        ..
    } = request;
    let client = Client::builder(TokioExecutor::new()).build_http();
    let mut asked = hyper::Request::builder()
        .method(method)
        .uri(format!("http://127.0.0.1:{port}{path}?{query}"))
        .body(Full::new(whole.body.clone()))
        .expect("a request");
    *asked.headers_mut() = whole.headers.clone();
    for name in &OF_THE_CONNECTION {
        asked.headers_mut().remove(name);
    }
    let said = [(header::HOST, host.as_str()), (FORWARDED_SCHEME, scheme)];
    for (name, value) in said {
        let value = HeaderValue::from_str(value).expect("a header's value");
        asked.headers_mut().insert(name, value);
    }
    let Ok(response) = client.request(asked).await else {
        return Answer::missing();
    };
    let status = response.status();
    let headers = headers_of(response.headers());
    let body = response
        .into_body()
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes);
    Answer {
        status,
        headers,
        ..Answer::new("", body.unwrap_or_default())
    }
}

/// How a server behind a proxy knows under which scheme it was asked.
const FORWARDED_SCHEME: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// What a server says of its answer; the media type is first.
fn headers_of(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let media_type = headers.get(header::CONTENT_TYPE).map(text).unwrap_or_default();
    let others = headers
        .iter()
        .filter(|(name, _)| **name != header::CONTENT_TYPE && !OF_THE_CONNECTION.contains(name))
        .map(|(name, value)| (name.to_string(), text(value)));
    std::iter::once((header::CONTENT_TYPE.to_string(), media_type))
        .chain(others)
        .collect()
}

/// A free port of the loopback, for a driver that has to be told its own.
pub async fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port())
}

/// Whether something listens on a port of the loopback.
pub async fn listens(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).await.is_ok()
}
