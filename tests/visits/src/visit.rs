//! One visitor's page: what they see, press and find stored, in words of the contract.
//!
//! Every wait is a condition with a time-out; there is no fixed pause anywhere.

use std::fmt::Write as _;
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use hyper::Method;
use serde_json::{Value, json};

use crate::browsers::{Engine, Patience};
use crate::internet::Internet;
use crate::subject::Subject;

/// How long a condition may take to come true on a busy machine.
const PATIENCE: Duration = Duration::from_secs(15);

/// Between two looks at a condition.
const GLANCE: Duration = Duration::from_millis(40);

/// The Tab key, as `WebDriver` writes it.
pub const TAB: char = '\u{E004}';
/// The Shift key.
pub const SHIFT: char = '\u{E008}';
/// The Escape key.
pub const ESCAPE: char = '\u{E00C}';
/// The Enter key.
pub const ENTER: char = '\u{E007}';
/// The space bar.
pub const SPACE: char = ' ';

/// A command of Chromium's own protocol.
#[derive(Debug)]
struct DevTools {
    method: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        let body = json!({"cmd": self.method, "params": self.parameters});
        (Method::POST, Some(body.to_string()))
    }
}

/// What `WebDriver` knows of an element's place in the accessibility tree.
#[derive(Debug)]
struct Computed {
    element: String,
    property: &'static str,
}

impl WebDriverCompatibleCommand for Computed {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/element/{}/{}",
            session.unwrap_or_default(),
            self.element,
            self.property
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

/// One visitor's page in one engine.
#[derive(Clone)]
pub struct Visit {
    /// The engine.
    pub engine: Engine,
    /// What this is a visit to.
    pub subject: Subject,
    /// The internet behind the page.
    pub internet: Arc<Internet>,
    client: Client,
    patience: Patience,
}

impl Visit {
    pub(crate) fn new(
        engine: Engine,
        subject: Subject,
        client: Client,
        internet: Arc<Internet>,
        patience: Patience,
    ) -> Visit {
        Visit {
            engine,
            subject,
            internet,
            client,
            patience,
        }
    }

    /// The `WebDriver` session.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Goes to an address and waits until it has loaded, or, of a visitor who comes early, until it was read.
    pub async fn open(&self, address: &str) {
        let is_early = self.patience == Patience::Parsed;
        if is_early {
            self.script("window.__left = true").await;
        }
        self.client
            .goto(address)
            .await
            .unwrap_or_else(|error| panic!("{address}: {error}"));
        if is_early {
            let read = "return !window.__left && document.readyState !== 'loading'";
            self.until_true(address, read).await;
        }
    }

    /// Goes to an address and waits until Kelisim has begun there.
    pub async fn open_and_start(&self, address: &str) {
        self.open(address).await;
        self.ready().await;
    }

    /// Loads the page again and waits until Kelisim has begun there.
    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
        self.ready().await;
    }

    /// Waits for `kelisim:ready`.
    pub async fn ready(&self) {
        self.until_true(
            "kelisim:ready",
            "return !!window.__visit && __visit.events.some(e => e.name === 'kelisim:ready')",
        )
        .await;
    }

    /// Marks this document, so that a later one can be told from it.
    pub async fn mark_document(&self) {
        self.script("window.__marked = true").await;
    }

    /// Whether this is still the document that was marked.
    pub async fn is_marked_document(&self) -> bool {
        self.script("return window.__marked === true").await == true
    }

    /// Waits until the marked document was loaded anew and Kelisim has begun in the new one.
    pub async fn reloaded(&self) {
        self.until_true(
            "a reload",
            "return !window.__marked && !!window.__visit && __visit.events.some(e => e.name === 'kelisim:ready')",
        )
        .await;
    }

    /// Runs a function body in the page.
    pub async fn script(&self, body: &str) -> Value {
        self.script_with(body, vec![]).await
    }

    /// Runs a function body in the page with `arguments`.
    pub async fn script_with(&self, body: &str, arguments: Vec<Value>) -> Value {
        self.client
            .execute(body, arguments)
            .await
            .unwrap_or_else(|error| panic!("{body}: {error}"))
    }

    /// Runs a function body that calls `done(value)` when it has its value.
    pub async fn script_until_done(&self, body: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {body}");
        self.client
            .execute_async(&script, vec![])
            .await
            .unwrap_or_else(|error| panic!("{body}: {error}"))
    }

    /// Looks until `found` gives a value.
    pub async fn until<T, Fut: Future<Output = Option<T>>>(&self, what: &str, mut found: impl FnMut() -> Fut) -> T {
        let started = Instant::now();
        loop {
            if let Some(value) = found().await {
                return value;
            }
            assert!(started.elapsed() < PATIENCE, "waited {PATIENCE:?} in vain for: {what}");
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Looks until a function body returns true. A page on its way to another has no answer, which is no failure.
    pub async fn until_true(&self, what: &str, body: &str) {
        self.until(what, async || {
            let value = self.client.execute(body, vec![]).await.unwrap_or(Value::Null);
            (value == Value::Bool(true)).then_some(())
        })
        .await;
    }

    /// Waits until a request for a host and the beginning of a path has been made.
    pub async fn until_requested(&self, host: &str, path: &str) {
        self.until(&format!("a request for {host}{path}"), async || {
            (!self.internet.requests_for(host, path).is_empty()).then_some(())
        })
        .await;
    }

    /// Gives the page the time in which it would have done something: two frames, an idle moment, a round trip. A tab in
    /// the background has no frames.
    pub async fn settles(&self) {
        self.script_until_done(
            "const frame = go => { const once = () => { go(); go = () => {} }; requestAnimationFrame(once); setTimeout(once, 500) }; \
             frame(() => frame(() => setTimeout(() => \
             fetch('/visit/settled').then(() => setTimeout(() => done(true), 50), () => done(true)), 150)))",
        )
        .await;
    }

    /// The element for a selector.
    pub async fn find(&self, selector: &str) -> Element {
        self.client
            .find(Locator::Css(selector))
            .await
            .unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Whether there is an element for a selector.
    pub async fn has(&self, selector: &str) -> bool {
        self.script_with("return !!document.querySelector(arguments[0])", vec![json!(selector)])
            .await
            == json!(true)
    }

    /// The role that assistive technology is given for an element.
    pub async fn accessible_role(&self, element: &Element) -> String {
        self.computed(element, "computedrole").await
    }

    /// The name that assistive technology is given for an element.
    pub async fn accessible_name(&self, element: &Element) -> String {
        self.computed(element, "computedlabel").await
    }

    async fn computed(&self, element: &Element, property: &'static str) -> String {
        let answer = self
            .client
            .issue_cmd(Computed {
                element: element.element_id().to_string(),
                property,
            })
            .await;
        let answer = answer.unwrap_or_else(|error| panic!("{property}: {error}"));
        answer.as_str().unwrap_or_default().to_owned()
    }

    /// Clicks an element as a person does, after bringing it into view.
    pub async fn click(&self, selector: &str) {
        let element = self.find(selector).await;
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("click on {selector}: {error}"));
    }

    /// Presses keys one after another, each down and up.
    pub async fn press(&self, keys: &[char]) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys {
            actions = actions
                .then(KeyAction::Down { value: *value })
                .then(KeyAction::Up { value: *value });
        }
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Presses a key while another is held.
    pub async fn press_with(&self, held: char, key: char) {
        let actions = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Waits for the first layer, of which the page has heard: it is Kelisim's own, whoever has shown it first.
    pub async fn first_layer(&self) {
        self.until_true(
            "the first layer",
            "return !!document.querySelector('#kelisim-root [data-kelisim=banner]') && \
             __visit.events.some(e => e.name === 'kelisim:shown')",
        )
        .await;
    }

    /// Waits until there is something to press, which may be before Kelisim itself is there.
    pub async fn question(&self) {
        self.until_true(
            "a question",
            "const layer = document.querySelector('#kelisim-root [data-kelisim=banner]'); \
             return !!layer && layer.getBoundingClientRect().height > 0",
        )
        .await;
    }

    /// Whether the first layer is on the page.
    pub async fn asks(&self) -> bool {
        self.has("[data-kelisim=banner]").await
    }

    /// Presses a button of the first layer: `accept`, `reject`, `settings`.
    pub async fn answer(&self, action: &str) {
        self.question().await;
        self.click(&banner(action)).await;
    }

    /// Sends a command of Chromium's own protocol; no other engine knows any.
    pub async fn devtools(&self, method: &'static str, parameters: Value) {
        assert_eq!(self.engine, Engine::Chromium, "{method} is Chromium's");
        self.client.issue_cmd(DevTools { method, parameters }).await.unwrap();
    }

    /// Has the page be seen in a medium, `screen` or `print`, by somebody who prefers something, as `prefers-reduced-motion` of
    /// `reduce`. Of Chromium.
    pub async fn seen_in(&self, medium: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect();
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({"media": medium, "features": features}),
        )
        .await;
    }

    /// Whether something is on the screen.
    pub async fn sees(&self, selector: &str) -> bool {
        let body = "return !!document.querySelector(arguments[0])?.getClientRects().length";
        self.script_with(body, vec![json!(selector)]).await == json!(true)
    }

    /// Reads the settings and comes back to the first layer: from here on an answer is bound to the whole notice.
    pub async fn reads_the_notice(&self) {
        self.open_settings().await;
        self.choose("close").await;
        self.settings_closed().await;
    }

    /// Opens the settings from the first layer.
    pub async fn open_settings(&self) {
        self.answer("settings").await;
        self.settings_open().await;
    }

    /// Opens the settings by the control that stays on the page, and comes a frame after the layers went.
    pub async fn reopen(&self) {
        self.until_true(
            "the control that stays",
            "return !!document.querySelector('[data-kelisim=reopen]')?.getClientRects().length",
        )
        .await;
        self.click("[data-kelisim=reopen]").await;
        self.settings_open().await;
    }

    /// Takes everything back, of which something runs here, and waits until the page has begun anew.
    pub async fn withdraw(&self) {
        self.mark_document().await;
        self.reopen().await;
        self.choose("withdraw").await;
        self.reloaded().await;
    }

    /// Waits until the settings are open.
    pub async fn settings_open(&self) {
        self.until_true(
            "the settings",
            "const dialog = document.querySelector('dialog[data-kelisim=settings][open]'); \
             return !!dialog && !dialog.getAnimations({ subtree: true }).length",
        )
        .await;
    }

    /// Waits until the settings are closed.
    pub async fn settings_closed(&self) {
        self.until_true(
            "closed settings",
            "return !document.querySelector('dialog[data-kelisim=settings][open]')",
        )
        .await;
    }

    /// Presses a button of the settings: `accept`, `reject`, `save`, `withdraw`, `close`.
    pub async fn choose(&self, action: &str) {
        self.click(&dialog(action)).await;
    }

    /// The switches as they are shown: `category:analytics`, `service:yandex-metrika` and whether they are on.
    pub async fn switches(&self) -> Vec<(String, bool)> {
        let shown = self
            .script(
                "return [...document.querySelectorAll('dialog[data-kelisim=settings] input[role=switch]')].map(s => \
                 [s.dataset.kelisimService ? 'service:' + s.dataset.kelisimService : \
                 'category:' + s.dataset.kelisimCategory, s.checked])",
            )
            .await;
        let pair = |entry: &Value| {
            (
                entry[0].as_str().unwrap_or_default().to_owned(),
                entry[1] == json!(true),
            )
        };
        shown.as_array().unwrap().iter().map(pair).collect()
    }

    /// Puts a switch (`service:yandex-metrika`) as wanted, by a click where it is not.
    pub async fn switch(&self, name: &str, on: bool) {
        let (kind, id) = name.split_once(':').unwrap();
        let selector = format!("dialog[data-kelisim=settings] input[role=switch][data-kelisim-{kind}=\"{id}\"]");
        if self
            .script_with(
                "return document.querySelector(arguments[0]).checked",
                vec![json!(selector)],
            )
            .await
            != json!(on)
        {
            self.click(&selector).await;
        }
    }

    /// The words of one item of the notice in the open settings (`operator`, `term`, …); empty without one.
    pub async fn notice(&self, item: &str) -> String {
        let body = "return [...document.querySelectorAll(`dialog[data-kelisim=settings] [data-kelisim-item=${arguments[0]}]`)]\
            .map(item => item.textContent.replaceAll('\\u00a0', ' ')).join('\\n')";
        self.script_with(body, vec![json!(item)])
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until there is a record, and gives it.
    pub async fn recorded(&self) -> Value {
        self.until("a record", async || self.record().await).await
    }

    /// The record as it is stored.
    pub async fn record(&self) -> Option<Value> {
        let stored = self.script("return localStorage.getItem('kelisim')").await;
        stored
            .as_str()
            .map(|text| serde_json::from_str(text).expect("the record is JSON"))
    }

    /// Everything stored: cookies, both stores, databases, caches.
    pub async fn stores(&self) -> Value {
        self.script_until_done(
            "Promise.all([window.caches ? caches.keys() : [], indexedDB.databases ? indexedDB.databases() : []]).then(\
             ([caches, databases]) => done({cookies: document.cookie.split('; ').filter(Boolean), \
             local: Object.keys(localStorage), session: Object.keys(sessionStorage), caches, databases}), \
             error => done(String(error)))",
        )
        .await
    }

    /// Details of the events of one name in this document.
    pub async fn events(&self, name: &str) -> Vec<Value> {
        let found = self
            .script_with(
                "return __visit.events.filter(e => e.name === arguments[0]).map(e => e.detail)",
                vec![json!(name)],
            )
            .await;
        found.as_array().cloned().unwrap_or_default()
    }

    /// Waits until this document has heard of so many decisions, and what follows from them has been done.
    pub async fn settled_decisions(&self, count: usize) {
        let heard = async || (self.events("kelisim:decision").await.len() >= count).then_some(());
        self.until(&format!("{count} decisions"), heard).await;
        self.settles().await;
    }

    /// Details of the events of one name in this document and those before it in the same tab.
    pub async fn events_since_arrival(&self, name: &str) -> Vec<Value> {
        let found = self
            .script_with(
                "return __visit.journal.filter(e => e.name === arguments[0]).map(e => e.detail)",
                vec![json!(name)],
            )
            .await;
        found.as_array().cloned().unwrap_or_default()
    }

    /// What went to `console.error` and `console.warn`.
    pub async fn console(&self) -> Vec<String> {
        strings(&self.script("return __visit.lines.map(l => l.text)").await)
    }

    /// The first line of `console.error` or `console.warn` with these words in it, once it is there.
    pub async fn until_said(&self, words: &str) -> String {
        self.until(&format!("a line on {words}"), async || {
            let console = self.console().await;
            console.into_iter().find(|line| line.contains(words))
        })
        .await
    }

    /// What the content security policy or Trusted Types stopped.
    pub async fn violations(&self) -> Vec<String> {
        strings(
            &self
                .script("return __visit.violations.map(v => v.directive + ' ' + v.blocked + ' ' + v.sample)")
                .await,
        )
    }

    /// Uncaught errors of the page.
    pub async fn errors(&self) -> Vec<String> {
        strings(&self.script("return __visit.errors").await)
    }

    /// The fixture scripts that ran, in the order in which they did.
    pub async fn runs(&self) -> Vec<String> {
        strings(&self.script("return __visit.runs").await)
    }

    /// How a vendor's stand-in was called, each call as its arguments.
    pub async fn calls(&self, vendor: &str) -> Vec<Value> {
        let found = self
            .script_with(
                "return (window.__calls || []).filter(c => c.vendor === arguments[0])",
                vec![json!(vendor)],
            )
            .await;
        found.as_array().cloned().unwrap_or_default()
    }

    /// A few lines on the state of the page and the wire, and a picture: for a failure.
    pub(crate) async fn account(&self, picture: &Path) -> String {
        let mut account = String::new();
        let page = self
            .client
            .execute(
                "return {address: location.href, visit: window.__visit, calls: window.__calls, \
                 root: document.getElementById('kelisim-root')?.innerHTML.slice(0, 1500)}",
                vec![],
            )
            .await;
        let _ = match page {
            Ok(page) => writeln!(account, "page: {page}"),
            Err(error) => writeln!(account, "page: {error}"),
        };
        for request in self.internet.requests() {
            let _ = writeln!(account, "wire: {request}");
        }
        if let Ok(bytes) = self.client.screenshot().await {
            let written = picture
                .parent()
                .map(std::fs::create_dir_all)
                .transpose()
                .and_then(|_| std::fs::write(picture, bytes));
            if written.is_ok() {
                let _ = writeln!(account, "picture: {}", picture.display());
            }
        }
        account
    }
}

/// Selector of a button of the first layer.
pub fn banner(action: &str) -> String {
    format!("[data-kelisim=banner] button[data-kelisim-action={action}]")
}

/// Selector of a button of the settings.
pub fn dialog(action: &str) -> String {
    format!("dialog[data-kelisim=settings] [data-kelisim-action={action}]")
}

fn strings(value: &Value) -> Vec<String> {
    let text = |entry: &Value| entry.as_str().map_or_else(|| entry.to_string(), ToOwned::to_owned);
    value
        .as_array()
        .map(|entries| entries.iter().map(text).collect())
        .unwrap_or_default()
}
