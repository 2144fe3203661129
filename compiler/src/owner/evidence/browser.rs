//! Pictures of both layers. They are taken under the site's own name, so that a `scope` and the name of the host are what
//! visitors see.
//!
//! It must not decide anything in a page: what is pictured is what somebody sees who has not answered.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::Client;
use serde_json::{Value, json};
use url::Host;

use super::driver::{Device, Driver, PATIENCE};
use super::{Layer, Subject, pages};
use crate::config::Config;

/// The two windows that requirement F-09 measures in.
const DEVICES: [Device; 2] = [
    Device {
        name: "phone",
        width: 360,
        height: 640,
        is_mobile: true,
    },
    Device {
        name: "desktop",
        width: 1280,
        height: 800,
        is_mobile: false,
    },
];

/// One picture.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) language: String,
    pub(super) layer: Layer,
    pub(super) device: Device,
    pub(super) png: Vec<u8>,
}

/// Both layers in every language and window.
pub(super) fn screenshots(subject: Subject<'_>) -> Result<Vec<Picture>> {
    let driver = Driver::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(take(subject, &driver))
}

async fn take(subject: Subject<'_>, driver: &Driver) -> Result<Vec<Picture>> {
    let pages = pages::serve(subject.bundle).await?;
    let host = host(subject.config);
    let mut pictures = Vec::new();
    for device in DEVICES {
        let client = driver.open_browser(&host, pages, device).await?;
        let taken = look(&client, subject.config, &host, device).await;
        // A browser that cannot be closed goes with its driver.
        client.close().await.ok();
        pictures.extend(taken?);
    }
    Ok(pictures)
}

/// Looks at each language with one window.
async fn look(client: &Client, config: &Config, host: &str, device: Device) -> Result<Vec<Picture>> {
    let mut pictures = Vec::new();
    for language in &config.languages {
        let address = format!("http://{host}/{language}");
        client.goto(&address).await.with_context(|| address.clone())?;
        start(client, language).await.with_context(|| address.clone())?;
        for (layer, png) in layers(client).await? {
            pictures.push(Picture {
                language: language.clone(),
                layer,
                device,
                png,
            });
        }
    }
    Ok(pictures)
}

/// The layers of a page where Kelisim has begun.
async fn layers(client: &Client) -> Result<Vec<(Layer, Vec<u8>)>> {
    let mut layers = Vec::new();
    // A visitor who came here first is asked, unless nothing is optional.
    if holds(client, "return !!document.querySelector('[data-kelisim=banner]')").await? {
        layers.push((Layer::First, client.screenshot().await?));
    }
    client.execute("kelisim.settings()", vec![]).await?;
    let open = "return !!document.querySelector('dialog[data-kelisim=settings][open]')";
    wait_for(client, open, "the settings did not open").await?;
    painted(client).await?;
    layers.push((Layer::Settings, client.screenshot().await?));
    Ok(layers)
}

/// Waits until Kelisim has begun in a language.
async fn start(client: &Client, language: &str) -> Result<()> {
    wait_for(client, "return !!window.kelisim", "kelisim.js did not start").await?;
    let ready = "const done = arguments[0]; kelisim.ready.then(() => done(''), ({ code, message }) => done(code + ': ' + message))";
    let refused = client.execute_async(ready, vec![]).await?;
    if refused != json!("") {
        bail!("it did not start: {refused}");
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
    if let Some(scope) = &config.scope {
        return scope.to_string();
    }
    let of_policy = config.policy.url.authority().and_then(|authority| {
        // A port is of no use here, because the pages have their own.
        let host = authority.split(':').next()?;
        Host::parse(host).ok()
    });
    of_policy.map_or_else(|| "localhost".to_owned(), |host| host.to_string())
}
