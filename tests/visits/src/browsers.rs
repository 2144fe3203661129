//! The three engines, each behind its own proxy and one driver process for the whole run.
//!
//! A browser that is missing is an error that names the Debian package: a visit is never skipped.

use std::env;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Mutex;

use crate::internet::{Proxy, free_port, listens};
use crate::site::repository;

/// How long a driver may take to listen.
const DRIVER_START: Duration = Duration::from_secs(20);

/// How long a driver may take to open a browser.
const SESSION_START: Duration = Duration::from_secs(30);

const MINI_BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Blink, in Debian's Chromium.
    Chromium,
    /// Gecko, in Debian's Firefox ESR.
    Firefox,
    /// `WebKitGTK`, in its `MiniBrowser`.
    WebKit,
}

impl Engine {
    /// All three.
    pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
        })
    }
}

/// A running driver, and the proxy that its browsers use.
#[derive(Debug)]
pub struct Browser {
    /// Which engine it drives.
    pub engine: Engine,
    /// The way to the internet of the current visit.
    pub proxy: Proxy,
    screen: Option<Screen>,
    driver: Mutex<Driver>,
}

/// A driver process and the port that it listens on.
#[derive(Debug)]
struct Driver {
    port: u16,
    process: Child,
}

/// A virtual screen, for the engine that has no headless mode.
#[derive(Debug)]
struct Screen {
    display: String,
    process: Mutex<Child>,
}

/// What a visit waits for when it opens a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Everything on the page has loaded.
    Loaded,
    /// The page was read: what it loads by itself may still be on its way.
    Parsed,
}

impl Browser {
    /// Starts the engine's driver on a free port.
    ///
    /// # Errors
    /// A sentence that says what is missing and which package has it.
    pub async fn start(engine: Engine) -> Result<Browser, String> {
        let proxy = Proxy::start().await.map_err(|error| format!("no proxy: {error}"))?;
        let screen = match engine {
            Engine::WebKit => Some(Screen::start().await?),
            Engine::Chromium | Engine::Firefox => None,
        };
        let driver = Mutex::new(Driver::start(engine, &proxy, screen.as_ref()).await?);
        Ok(Browser {
            engine,
            proxy,
            screen,
            driver,
        })
    }

    /// Opens a browser with a fresh profile.
    ///
    /// # Errors
    /// What the driver answered.
    pub async fn session(&self, patience: Patience) -> Result<Client, String> {
        let mut driver = self.driver.lock().await;
        if let Ok(Ok(client)) = tokio::time::timeout(SESSION_START, self.connect(driver.port, patience)).await {
            return Ok(client);
        }
        // WebKitWebDriver now and then loses sight of the browser that it has just started, and then waits for ever;
        // geckodriver now and then has gone. No page has been opened yet, so a new driver loses nothing.
        driver.stop().await;
        *driver = Driver::start(self.engine, &self.proxy, self.screen.as_ref()).await?;
        self.connect(driver.port, patience).await
    }

    async fn connect(&self, port: u16, patience: Patience) -> Result<Client, String> {
        let mut capabilities: Map<String, Value> = match capabilities(self.engine, &self.proxy.address.to_string()) {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        if patience == Patience::Parsed {
            // With what is meant, `eager`, WebKitWebDriver waits for ever for some pages.
            let strategy = if self.engine == Engine::WebKit { "none" } else { "eager" };
            capabilities.insert("pageLoadStrategy".to_owned(), json!(strategy));
        }
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .map_err(|error| format!("{} opens no session: {error}", self.engine))
    }

    /// Ends the driver and what it started.
    pub async fn stop(&self) {
        self.driver.lock().await.stop().await;
        if let Some(screen) = &self.screen {
            let _ = screen.process.lock().await.kill().await;
        }
    }
}

impl Driver {
    async fn start(engine: Engine, proxy: &Proxy, screen: Option<&Screen>) -> Result<Driver, String> {
        let port = free_port().await.map_err(|error| format!("no free port: {error}"))?;
        let (program, package) = program(engine);
        let mut command = Command::new(&program);
        command.arg(format!("--port={port}"));
        if engine == Engine::Firefox {
            command.args(["--host", "127.0.0.1", "--log", "error"]);
        }
        if let Some(screen) = screen {
            let address = format!("http://{}", proxy.address);
            command.arg("--host=127.0.0.1").env("DISPLAY", &screen.display);
            command
                .env("http_proxy", &address)
                .env("https_proxy", &address)
                .env("no_proxy", "127.0.0.1");
            // The sandbox of WebKitGTK needs namespaces that a container does not give to root.
            command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        }
        let process = spawn(command, engine).map_err(|error| {
            format!(
                "{engine} cannot be driven: {}: {error}. Install {package}.",
                program.display()
            )
        })?;
        let started = Instant::now();
        while !listens(port).await {
            if started.elapsed() > DRIVER_START {
                return Err(format!("{} does not listen on port {port}", program.display()));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(Driver { port, process })
    }

    async fn stop(&mut self) {
        let _ = self.process.kill().await;
    }
}

/// The driver's program, and the package that has it and its browser.
fn program(engine: Engine) -> (PathBuf, &'static str) {
    match engine {
        Engine::Chromium => (
            PathBuf::from("chromedriver"),
            "Debian's `chromium` and `chromium-driver`",
        ),
        Engine::Firefox => (geckodriver(), "Debian's `firefox-esr` and, with cargo, `geckodriver`"),
        Engine::WebKit => (
            PathBuf::from("WebKitWebDriver"),
            "Debian's `webkit2gtk-driver`, `xvfb` and `glib-networking`",
        ),
    }
}

/// Debian has no geckodriver: the build installs it under `target/tools`, unless there is one already.
fn geckodriver() -> PathBuf {
    let installed = repository().join("target/tools/bin/geckodriver");
    match env::var_os("GECKODRIVER") {
        Some(path) => PathBuf::from(path),
        None if installed.exists() => installed,
        None => PathBuf::from("geckodriver"),
    }
}

/// What a driver says goes to a file: it is read only when a browser does not start.
fn spawn(mut command: Command, engine: Engine) -> std::io::Result<Child> {
    let log = File::create(env::temp_dir().join(format!("kelisim-visits-{engine}.log")))?;
    command
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .kill_on_drop(true)
        .spawn()
}

impl Screen {
    async fn start() -> Result<Screen, String> {
        let missing = |error| format!("webkit has no screen: Xvfb: {error}. Install Debian's `xvfb`.");
        let mut process = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(missing)?;
        let output = process.stdout.take().ok_or("Xvfb has no output")?;
        let number = BufReader::new(output)
            .lines()
            .next_line()
            .await
            .map_err(missing)?
            .unwrap_or_default();
        Ok(Screen {
            display: format!(":{}", number.trim()),
            process: Mutex::new(process),
        })
    }
}

/// What the browser is asked to be: fresh, quiet, behind the proxy. `navigator.webdriver` stays what it is (B-05).
fn capabilities(engine: Engine, proxy: &str) -> Value {
    let manual = json!({"proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy});
    match engine {
        Engine::Chromium => json!({
            "acceptInsecureCerts": true,
            "proxy": manual,
            "goog:chromeOptions": {"args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                // It would turn http://proeducation.kz into https.
                "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,AutofillServerCommunication",
                "--window-size=1280,800",
            ]},
        }),
        Engine::Firefox => json!({
            "acceptInsecureCerts": true,
            "proxy": manual,
            "moz:firefoxOptions": {
                "binary": firefox(),
                "args": ["-headless", "-width", "1280", "-height", "800"],
                "prefs": {
                    "dom.security.https_first": false,
                    // Full keyboard access, which is the default everywhere but on some desktops.
                    "accessibility.tabfocus": 7,
                    "app.normandy.enabled": false,
                    "browser.safebrowsing.downloads.enabled": false,
                    "browser.safebrowsing.malware.enabled": false,
                    "browser.safebrowsing.phishing.enabled": false,
                    "network.captive-portal-service.enabled": false,
                    "network.connectivity-service.enabled": false,
                    "security.OCSP.enabled": 0,
                },
            },
        }),
        Engine::WebKit => json!({
            "acceptInsecureCerts": true,
            "webkitgtk:browserOptions": {"binary": MINI_BROWSER, "args": ["--automation"]},
        }),
    }
}

/// Debian calls it `firefox-esr`; elsewhere it is `firefox`.
fn firefox() -> &'static str {
    ["/usr/bin/firefox-esr", "/usr/lib/firefox-esr/firefox-esr"]
        .into_iter()
        .find(|path| Path::new(path).exists())
        .unwrap_or("/usr/bin/firefox")
}
