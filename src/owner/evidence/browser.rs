//! Pictures of both layers, taken by a headless Chromium over `WebDriver`. It reaches the [`pages`](super::pages) under the
//! site's own name, so that a `scope` and the name of the host are what visitors see, and nothing beyond loopback.

use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

use super::super::distribution::Distribution;
use super::super::notice::offered;
use super::{Layer, Subject, pages};
use crate::core::config::Config;

/// What to do where there is no browser.
const INSTALL: &str = "install Chromium and its driver (Debian and Ubuntu: `apt install chromium chromium-driver`; \
    elsewhere: Chrome and the chromedriver of the same version, in the PATH), then run this again";

/// How long the driver, and then a page, may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A window to look through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Device {
    pub(super) name: &'static str,
    pub(super) width: u32,
    pub(super) height: u32,
    mobile: bool,
}

/// The two windows that requirement F-09 measures in.
const DEVICES: [Device; 2] = [
    Device {
        name: "phone",
        width: 360,
        height: 640,
        mobile: true,
    },
    Device {
        name: "desktop",
        width: 1280,
        height: 800,
        mobile: false,
    },
];

/// One picture.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) language: &'static str,
    pub(super) layer: Layer,
    pub(super) device: Device,
    pub(super) png: Vec<u8>,
}

/// Both layers in every language and window.
pub(super) fn screenshots(subject: Subject, distribution: &Distribution) -> Result<Vec<Picture>> {
    let driver = Driver::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(take(subject, distribution, &driver))
}

async fn take(subject: Subject<'_>, distribution: &Distribution, driver: &Driver) -> Result<Vec<Picture>> {
    let pages = pages::serve(subject.text, distribution).await?;
    let host = host(subject.config);
    let mut pictures = Vec::new();
    for device in DEVICES {
        let client = session(driver, &host, pages, device).await?;
        let taken = look(&client, subject.config, &host, device, &mut pictures).await;
        // A browser that cannot be closed goes with its driver.
        client.close().await.ok();
        taken?;
    }
    Ok(pictures)
}

/// Looks at each language with one window.
async fn look(client: &Client, config: &Config, host: &str, device: Device, pictures: &mut Vec<Picture>) -> Result<()> {
    for texts in offered(config)? {
        let language = texts.language().text();
        let address = format!("http://{host}/{language}");
        client.goto(&address).await.with_context(|| address.clone())?;
        start(client, language).await.with_context(|| address.clone())?;
        let mut keep = |layer, png| {
            pictures.push(Picture {
                language,
                layer,
                device,
                png,
            });
        };
        // A visitor who came here first is asked, unless nothing is optional.
        if holds(client, "return !!document.querySelector('[data-kelisim=banner]')").await? {
            keep(Layer::First, client.screenshot().await?);
        }
        client.execute("kelisim.settings()", vec![]).await?;
        let open = "return !!document.querySelector('dialog[data-kelisim=settings][open]')";
        wait_for(client, open, "the settings did not open").await?;
        painted(client).await?;
        keep(Layer::Settings, client.screenshot().await?);
    }
    Ok(())
}

/// Waits until Kelisim has begun in a language.
async fn start(client: &Client, language: &str) -> Result<()> {
    wait_for(client, "return !!window.kelisim", "kelisim.js did not start").await?;
    let ready = "const done = arguments[0]; kelisim.ready.then(() => done(''), ({ code, problems }) => done(code + ' ' + JSON.stringify(problems)))";
    let refused = client.execute_async(ready, vec![]).await?;
    if refused != json!("") {
        bail!("the page refused the configuration: {refused}");
    }
    let spoken = format!("return document.getElementById('kelisim-root')?.lang === '{language}'");
    wait_for(client, &spoken, "it does not speak the language of the page").await?;
    painted(client).await
}

async fn holds(client: &Client, body: &str) -> Result<bool> {
    Ok(client.execute(body, vec![]).await? == Value::Bool(true))
}

async fn wait_for(client: &Client, body: &str, failure: &'static str) -> Result<()> {
    let started = Instant::now();
    while !holds(client, body).await? {
        if started.elapsed() > PATIENCE {
            bail!(failure);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// Waits for two frames, and for what moves to have arrived.
async fn painted(client: &Client) -> Result<()> {
    let frames = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => \
        Promise.allSettled(document.getAnimations().map(animation => animation.finished)).then(() => done(true))))";
    client.execute_async(frames, vec![]).await?;
    Ok(())
}

/// The name under which the pages are looked at: the scope, else the host of the policy's address, else `localhost`.
fn host(config: &Config) -> String {
    let scope = config.scope().text();
    let policy = config.text("policy", "url").text();
    let of_policy = policy
        .split_once("://")
        .and_then(|(_, rest)| rest.split(['/', ':', '?', '#']).next());
    match (scope, of_policy) {
        ("", Some(host)) => host.to_owned(),
        ("", None) => "localhost".to_owned(),
        (scope, _) => scope.to_owned(),
    }
}

/// Opens a browser with a fresh profile.
async fn session(driver: &Driver, host: &str, pages: u16, device: Device) -> Result<Client> {
    let Device {
        width, height, mobile, ..
    } = device;
    let capabilities = json!({"goog:chromeOptions": {
        "args": [
            "--headless",
            // It sees no page but ours, and as root, as in a container, Chromium has no sandbox.
            "--no-sandbox",
            "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
            // Every other name leads nowhere, whatever the browser itself would like to ask.
            "--no-proxy-server",
            format!("--host-resolver-rules=MAP {host} 127.0.0.1:{pages},MAP * ~NOTFOUND"),
        ],
        "mobileEmulation": {"deviceMetrics": {
            "width": width, "height": height, "pixelRatio": 1, "mobile": mobile, "touch": mobile,
        }},
    }});
    let capabilities = match capabilities {
        Value::Object(capabilities) => capabilities,
        _ => Map::new(),
    };
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{}", driver.port))
        .await
        .map_err(|error| anyhow!("chromedriver opens no Chromium: {error}; {INSTALL}"))
}

/// A running chromedriver; it ends with this.
struct Driver {
    process: Child,
    port: u16,
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Driver {
    /// Starts `chromedriver`, or what the variable CHROMEDRIVER names, on a free port.
    fn start() -> Result<Driver> {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let process = Command::new(&program)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| anyhow!("{} did not start: {error}; {INSTALL}", program.display()))?;
        let driver = Driver { process, port };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if started.elapsed() > PATIENCE {
                bail!("{} does not listen; {INSTALL}", program.display());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(driver)
    }
}
