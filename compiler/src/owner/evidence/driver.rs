//! A headless Chromium that reaches one host, the pages of the evidence, and nothing beyond loopback.
//!
//! It must not know what is looked at.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

/// What to do where there is no browser.
const INSTALL: &str = "install Chromium and its driver (Debian and Ubuntu: `apt install chromium chromium-driver`; \
    elsewhere: Chrome and the chromedriver of the same version, in the PATH), then run this again";

/// How long the driver, and then a page, may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// A window to look through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Device {
    pub(super) name: &'static str,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) is_mobile: bool,
}

/// A running chromedriver; it ends with this.
pub(super) struct Driver {
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
    pub(super) fn start() -> Result<Driver> {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
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

    /// Opens a browser with a fresh profile, in which `host` leads to the port `pages` of this machine.
    pub(super) async fn open_browser(&self, host: &str, pages: u16, device: Device) -> Result<Client> {
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(host, pages, device))
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .map_err(|error| anyhow!("chromedriver opens no Chromium: {error}; {INSTALL}"))
    }
}

fn capabilities(host: &str, pages: u16, device: Device) -> Map<String, Value> {
    let Device {
        width,
        height,
        is_mobile,
        ..
    } = device;
    let options = json!({
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
            "width": width, "height": height, "pixelRatio": 1, "mobile": is_mobile, "touch": is_mobile,
        }},
    });
    Map::from_iter([("goog:chromeOptions".to_owned(), options)])
}
