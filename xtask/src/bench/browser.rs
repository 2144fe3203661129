//! A headless Chromium: its start and end, and pages in it, each in a context of its own with an empty cache and nothing
//! stored. It must not know what is measured.

use super::conditions::Conditions;
use super::devtools::DevTools;
use crate::process;
use crate::setup::HEADLESS;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// Without slowing down what it takes for a background page, at one size, with its protocol open.
const ARGUMENTS: &[&str] = &[
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--window-size=1280,800",
    "--remote-debugging-port=0",
    "about:blank",
];

/// What a trace holds: the work of the page's threads, and what each function of a script took.
const TRACED: &[&str] = &[
    "devtools.timeline",
    "blink.user_timing",
    "loading",
    "v8.wasm",
    "disabled-by-default-v8.cpu_profiler",
];

/// A running browser; it ends when this is dropped.
pub(super) struct Browser {
    process: Child,
    profile: std::path::PathBuf,
    devtools: DevTools,
}

impl Browser {
    /// Starts Chromium with a profile of its own.
    pub(super) fn start() -> Result<Browser> {
        let program = process::find("chromium").context("could not find chromium. Run cargo xtask setup")?;
        let profile = crate::project::work().join(format!("bench-profile-{}", std::process::id()));
        std::fs::create_dir_all(&profile).with_context(|| format!("could not make {}", profile.display()))?;
        let mut process = Command::new(program)
            .args(HEADLESS)
            .args(ARGUMENTS)
            .arg(format!("--user-data-dir={}", profile.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .context("could not start Chromium")?;
        let errors = process.stderr.take().context("Chromium has no error output")?;
        let devtools = DevTools::connect(&address(errors)?)?;
        Ok(Browser {
            process,
            profile,
            devtools,
        })
    }

    /// Name and version: `Chromium 156.0.8078.79`.
    pub(super) fn version(&mut self) -> Result<String> {
        let answer = self.devtools.call("", "Browser.getVersion", &json!({}))?;
        let product = text(&answer, "product")?;
        let version = product.split_once('/').map_or(product.as_str(), |(_, version)| version);
        Ok(format!("Chromium {version}"))
    }

    /// Opens an empty page in a context of its own, under `conditions`.
    pub(super) fn open(&mut self, conditions: Conditions) -> Result<Page<'_>> {
        self.devtools.forget_events();
        let made = self.devtools.call("", "Target.createBrowserContext", &json!({}))?;
        let context = text(&made, "browserContextId")?;
        let target = json!({ "url": "about:blank", "browserContextId": context });
        let made = self.devtools.call("", "Target.createTarget", &target)?;
        let target = json!({ "targetId": text(&made, "targetId")?, "flatten": true });
        let attached = self.devtools.call("", "Target.attachToTarget", &target)?;
        let mut page = Page {
            session: text(&attached, "sessionId")?,
            context,
            devtools: &mut self.devtools,
        };
        page.prepare(conditions)?;
        Ok(page)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Nothing can be done about a browser that is gone already.
        let _ = self.devtools.call("", "Browser.close", &json!({}));
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// A page; dropping it closes it and forgets all that its context stored.
pub(super) struct Page<'browser> {
    session: String,
    context: String,
    devtools: &'browser mut DevTools,
}

impl Page<'_> {
    fn prepare(&mut self, conditions: Conditions) -> Result<()> {
        self.call("Page.enable", &json!({}))?;
        self.call("Page.setLifecycleEventsEnabled", &json!({ "enabled": true }))?;
        self.call("Performance.enable", &json!({ "timeDomain": "timeTicks" }))?;
        self.call("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }))?;
        self.call("Network.enable", &json!({}))?;
        self.call("Network.emulateNetworkConditions", &conditions.network())?;
        let rate = json!({ "rate": conditions.processor() });
        self.call("Emulation.setCPUThrottlingRate", &rate)?;
        Ok(())
    }

    /// Runs a script before every document that is loaded from now on.
    pub(super) fn before_each_document(&mut self, script: &str) -> Result<()> {
        let script = json!({ "source": script });
        self.call("Page.addScriptToEvaluateOnNewDocument", &script)?;
        Ok(())
    }

    /// Goes to an address and returns when the document has begun.
    pub(super) fn go(&mut self, address: &str) -> Result<Document> {
        let answer = self.call("Page.navigate", &json!({ "url": address }))?;
        if let Some(error) = answer.get("errorText") {
            bail!("could not go to {address}: {error}");
        }
        Ok(Document(text(&answer, "loaderId")?))
    }

    /// Waits until the document has asked for nothing for half a second.
    pub(super) fn rest(&mut self, document: &Document) -> Result<()> {
        self.devtools.wait(&self.session, "Page.lifecycleEvent", |event| {
            event.get("name").is_some_and(|name| name == "networkIdle")
                && event.get("loaderId").is_some_and(|loader| *loader == document.0)
        })?;
        Ok(())
    }

    /// The value of an expression in the page; where it is a promise, what it is settled with.
    pub(super) fn evaluate(&mut self, expression: &str) -> Result<Value> {
        let call = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.call("Runtime.evaluate", &call)?;
        if let Some(problem) = answer.get("exceptionDetails") {
            bail!("{expression} in the page: {problem}");
        }
        Ok(answer.pointer("/result/value").cloned().unwrap_or_default())
    }

    /// The number that an expression in the page is, or is settled with.
    pub(super) fn number(&mut self, expression: &str) -> Result<f64> {
        let value = self.evaluate(expression)?;
        value
            .as_f64()
            .with_context(|| format!("{expression} in the page is {value}, no number"))
    }

    /// The browser's own counters of the page, as they are now.
    pub(super) fn counters(&mut self) -> Result<Counters> {
        let answer = self.call("Performance.getMetrics", &json!({}))?;
        Ok(Counters(answer.get("metrics").cloned().unwrap_or_default()))
    }

    /// Takes away what the page's scripts no longer hold.
    pub(super) fn collect_garbage(&mut self) -> Result<()> {
        self.call("HeapProfiler.collectGarbage", &json!({}))?;
        Ok(())
    }

    /// Has the browser note what it does for this page, until [`Self::end_trace`].
    pub(super) fn begin_trace(&mut self) -> Result<()> {
        let categories = json!({ "includedCategories": TRACED });
        let parameters = json!({ "traceConfig": categories, "transferMode": "ReportEvents" });
        self.call("Tracing.start", &parameters)?;
        Ok(())
    }

    /// What the browser noted, in the form that Chromium's developer tools open.
    pub(super) fn end_trace(&mut self) -> Result<Value> {
        self.call("Tracing.end", &json!({}))?;
        self.devtools.wait(&self.session, "Tracing.tracingComplete", |_| true)?;
        let noted = self.devtools.take_events(&self.session, "Tracing.dataCollected");
        let events: Vec<Value> = noted
            .into_iter()
            .filter_map(|mut event| event.parameters.get_mut("value").map(Value::take))
            .filter_map(|events| match events {
                Value::Array(events) => Some(events),
                _ => None,
            })
            .flatten()
            .collect();
        Ok(json!({ "traceEvents": events }))
    }

    /// A click of a visitor, with the mouse.
    pub(super) fn click(&mut self, x: f64, y: f64) -> Result<()> {
        for (kind, button) in [
            ("mouseMoved", "none"),
            ("mousePressed", "left"),
            ("mouseReleased", "left"),
        ] {
            let event = json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", &event)?;
        }
        Ok(())
    }

    fn call(&mut self, method: &str, parameters: &Value) -> Result<Value> {
        self.devtools.call(&self.session, method, parameters)
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        let context = json!({ "browserContextId": self.context });
        // The next command to a browser that is gone says so.
        let _ = self.devtools.call("", "Target.disposeBrowserContext", &context);
    }
}

/// A document that a page went to.
pub(super) struct Document(String);

/// The browser's counters at one moment.
pub(super) struct Counters(Value);

impl Counters {
    /// A counter by the browser's name for it: durations in seconds, sizes in bytes.
    pub(super) fn get(&self, name: &str) -> Result<f64> {
        let mut counters = self.0.as_array().into_iter().flatten();
        counters
            .find(|counter| counter.get("name").is_some_and(|own| own == name))
            .and_then(|counter| counter.get("value")?.as_f64())
            .with_context(|| format!("Chromium has no counter {name}"))
    }
}

/// The address that Chromium prints when it listens.
fn address(errors: std::process::ChildStderr) -> Result<String> {
    let mut lines = BufReader::new(errors).lines();
    let address = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("DevTools listening on ").map(str::to_owned))
        .context("Chromium ended before it listened")?;
    // What it writes later is read and dropped, so that its output never fills up.
    std::thread::spawn(move || lines.for_each(drop));
    Ok(address)
}

fn text(answer: &Value, key: &str) -> Result<String> {
    let text = answer.get(key).and_then(Value::as_str);
    text.map(str::to_owned)
        .with_context(|| format!("Chromium's answer has no {key}: {answer}"))
}
