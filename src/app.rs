//! Holds the state of one document: takes an event, asks the core, carries out the effects, one after the other.
//!
//! Nothing of the application is borrowed while code of the page can run: listeners and calls of the page only put an
//! event into the queue, and effects are carried out after the core has returned. So a page that calls
//! `kelisim.reject()` from inside a decision handler is just the next event. It decides nothing.

use crate::browser::document::{Page, hostname};
use crate::browser::from_js::from_js;
use crate::browser::gate::Gate;
use crate::browser::host::Host;
use crate::browser::to_js::to_js;
use crate::browser::{storage, vendor};
use crate::core::config::Config;
use crate::core::gate::verdict;
use crate::core::notice::dates::Moment;
use crate::core::notice::texts::{Text, Texts, choose};
use crate::core::record::Circumstances;
use crate::core::update::{Act, Effect, Event, Opening, Origin, Reply, State, open, update};
use crate::core::value::Value;
use crate::core::view::view;
use crate::ui::draw::Canvas;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// One document's Kelisim, from the moment its configuration is known.
pub struct App {
    config: Config,
    page: Page,
    host: Host,
    gate: Gate,
    /// The words of every offered language.
    languages: Vec<Texts>,
    state: RefCell<State>,
    canvas: RefCell<Option<Canvas>>,
    events: RefCell<VecDeque<Event>>,
    effects: RefCell<VecDeque<Effect>>,
    /// An effect is being carried out, or the page is painting: the queue goes on by itself.
    busy: Cell<bool>,
}

impl App {
    /// Starts Kelisim in this document with a configuration that was checked. `texts` holds the words of every language
    /// that is at hand.
    pub fn start(config: Config, host: Host, texts: Vec<Texts>) -> App {
        let page = Page::new(host.clone());
        let languages = offered(&config, texts);
        let opening = Opening {
            stored: storage::read().map(|stored| from_js(&stored)),
            texts: spoken(&config, &languages, &page),
            host: hostname(),
            now: now(),
        };
        let (state, effects) = open(&config, opening);
        App {
            gate: Gate::new(page.clone(), host.clone()),
            config,
            page,
            host,
            languages,
            state: RefCell::new(state),
            canvas: RefCell::default(),
            events: RefCell::default(),
            effects: RefCell::new(effects.into()),
            busy: Cell::new(false),
        }
    }

    /// Takes an event. It is answered at once, or after those that came before it.
    pub fn send(&self, event: Event) {
        self.events.borrow_mut().push_back(event);
        self.run();
    }

    /// Takes a decision, with the clock and chance of this moment.
    pub fn decide(&self, act: Act, origin: Origin, reply: Option<Reply>) {
        let at = Circumstances {
            now: now(),
            random: random(&self.host),
        };
        self.send(Event::Act { act, origin, at, reply });
    }

    /// Switches to one of the offered languages.
    pub fn speak(&self, language: &str) {
        if let Some(texts) = self.languages.iter().find(|texts| texts.language() == language) {
            self.send(Event::Language(texts.clone()));
        }
    }

    /// The page has painted: what was put off follows.
    pub fn resume(&self) {
        self.busy.set(false);
        self.run();
    }

    /// Carries out what is queued, unless that is going on already.
    pub fn run(&self) {
        while !self.busy.get() {
            let Some(effect) = self.next_effect() else { return };
            self.busy.set(true);
            let waits = effect == Effect::Yield;
            self.perform(effect);
            if waits {
                return;
            }
            self.busy.set(false);
        }
    }

    /// The next effect: of the events that were answered, or of the next event.
    fn next_effect(&self) -> Option<Effect> {
        loop {
            if let Some(effect) = self.effects.borrow_mut().pop_front() {
                return Some(effect);
            }
            let event = self.events.borrow_mut().pop_front()?;
            let state = self.state.borrow().clone();
            let (state, effects) = update(&self.config, state, event);
            self.state.replace(state);
            self.effects.borrow_mut().extend(effects);
        }
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::Store(record) => {
                if !storage::write(&record) {
                    self.host.complain("storageDenied", "");
                }
            }
            Effect::Draw => self.draw(),
            Effect::Yield => self.host.later(),
            Effect::Consent(signals) => self.consent(&signals),
            Effect::Flags(steps) | Effect::Start(steps) => vendor::run(&self.page, &self.host, &steps),
            Effect::Activate => self.activate(),
            Effect::Emit(name, detail) => self.host.emit(name, &detail),
            Effect::Reload => {
                if let Some(window) = web_sys::window() {
                    let _ = window.location().reload();
                }
            }
            Effect::Reply(number, decided) => {
                let record = self.record().filter(|_| decided);
                self.host.reply(number, record.as_deref());
            }
            Effect::Complain(code, about) => self.host.complain(code, &about),
        }
    }

    /// Draws the view, and reports to the core that the notice stands in the document.
    fn draw(&self) {
        let view = {
            let names: Vec<_> = self
                .languages
                .iter()
                .map(|texts| (String::from(texts.language()), texts.own(Text::LanguageName)))
                .collect();
            view(&self.config, &self.state.borrow(), &names)
        };
        // Drawing moves the focus and closes dialogs, which can run code of the page: the canvas is taken out meanwhile.
        let canvas = match self.canvas.take() {
            Some(mut canvas) => {
                canvas.draw(&view, &self.config.appearance);
                Some(canvas)
            }
            None => Canvas::new(self.page.clone(), &self.host.styles(), &view, &self.config.appearance),
        };
        let mounted = canvas.as_ref().is_some_and(Canvas::mount);
        self.canvas.replace(canvas);
        if mounted && (view.first_layer.is_some() || view.settings.is_some()) {
            self.events.borrow_mut().push_back(Event::Shown);
        }
    }

    /// The page changed: the root goes back when it was lost, and elements that were added are considered.
    pub fn changed(&self) {
        if self.canvas.borrow().as_ref().is_some_and(Canvas::is_lost) {
            self.effects.borrow_mut().push_back(Effect::Draw);
        }
        self.effects.borrow_mut().push_back(Effect::Activate);
        self.run();
    }

    fn activate(&self) {
        let permissions = self.state.borrow().permissions.clone();
        let judge = |category: &str, service: Option<&str>| verdict(&self.config, &permissions, category, service);
        let started = self.gate.open(&judge);
        self.events.borrow_mut().extend(started.into_iter().map(Event::Ran));
    }

    fn consent(&self, signals: &[(String, bool)]) {
        if !signals.is_empty() {
            let word = |granted: bool| Value::Text(String::from(if granted { "granted" } else { "denied" }));
            let signals = Value::Map(
                signals
                    .iter()
                    .map(|(name, granted)| (name.clone(), word(*granted)))
                    .collect(),
            );
            self.host.consent("update", &to_js(&signals));
        }
    }

    /// The visitor's record as text, while it holds.
    pub fn record(&self) -> Option<String> {
        self.state.borrow().holding().map(crate::core::record::Record::text)
    }

    /// Whether an id is allowed now.
    pub fn allows(&self, id: &str) -> bool {
        self.state.borrow().permissions.allow(&self.config, id)
    }

    /// Whether the settings are open.
    pub fn has_open_settings(&self) -> bool {
        self.state.borrow().draft.is_some()
    }

    /// Kelisim's root element, once it was drawn.
    pub fn root(&self) -> Option<web_sys::Element> {
        self.canvas.borrow().as_ref().map(|canvas| canvas.root().clone())
    }
}

/// The words of the offered languages, in the owner's order, with the owner's own wording.
fn offered(config: &Config, texts: Vec<Texts>) -> Vec<Texts> {
    let known = |language: &String| texts.iter().find(|texts| texts.language() == language).cloned();
    config
        .languages
        .iter()
        .filter_map(known)
        .map(|texts| texts.with(&config.texts))
        .collect()
}

/// The words in which Kelisim speaks first.
fn spoken(config: &Config, languages: &[Texts], page: &Page) -> Texts {
    let mut wanted = vec![
        page.root()
            .and_then(|root| root.get_attribute("lang"))
            .unwrap_or_default(),
    ];
    if let Some(window) = web_sys::window() {
        wanted.extend(
            window
                .navigator()
                .languages()
                .iter()
                .filter_map(|language| language.as_string()),
        );
    }
    let language = choose(&config.languages, &wanted);
    languages
        .iter()
        .find(|texts| texts.language() == language)
        .or(languages.first())
        .cloned()
        .unwrap_or_else(|| Texts::new(language, Vec::new()))
}

/// Now, in milliseconds since 1970.
#[allow(clippy::cast_possible_truncation)]
fn now() -> Moment {
    js_sys::Date::now() as Moment
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn random(host: &Host) -> u64 {
    host.random() as u64
}
