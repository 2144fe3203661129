//! Holds the state of one document: takes an event, asks the core, carries out the effects, one after the other.
//!
//! Nothing of the application is borrowed while code of the page can run: listeners and calls of the page only put an
//! event into the queue, and effects are carried out after the core has returned. So a page that calls
//! `kelisim.reject()` from inside a decision handler is just the next event. It decides nothing.

use crate::browser::document::{hostname, root};
use crate::browser::gate::Gate;
use crate::browser::object::Object;
use crate::browser::{host, storage, vendor};
use crate::core::config::Config;
use crate::core::gate::verdict;
use crate::core::notice::dates::Moment;
use crate::core::notice::texts::{Texts, choose};
use crate::core::record::{Circumstances, Record};
use crate::core::state::State;
use crate::core::update::{Act, Effect, Event, Opening, Origin, Reply, open, update};
use crate::core::value::Value;
use crate::core::view::view;
use crate::ui::draw::Canvas;
use std::cell::{Cell, RefCell};

/// One document's Kelisim, from the moment its configuration is known.
pub struct App {
    config: Config,
    gate: Gate,
    canvas: Canvas,
    /// The words of every offered language.
    languages: Vec<Texts>,
    state: RefCell<State>,
    events: RefCell<Vec<Event>>,
    /// What is still to be carried out, the next one last.
    effects: RefCell<Vec<Effect>>,
    /// An effect is being carried out, or the page is painting: the queue goes on by itself.
    busy: Cell<bool>,
    /// The page changed since its elements were considered.
    changed: Cell<bool>,
}

impl App {
    /// Kelisim in this document, with a configuration that was checked and the words of every language that is at hand.
    /// Nothing happens before it [runs](App::run).
    pub fn new(config: Config, texts: &[Texts], now: Moment) -> App {
        let languages = offered(&config, texts);
        let opening = Opening {
            stored: storage::read(),
            texts: spoken(&config, &languages),
            host: hostname(),
            now,
            reloaded: host::reloaded(),
        };
        let (state, mut effects) = open(&config, opening);
        effects.reverse();
        App {
            gate: Gate::default(),
            canvas: Canvas::new(tokens(&config)),
            config,
            languages,
            state: RefCell::new(state),
            events: RefCell::default(),
            effects: RefCell::new(effects),
            busy: Cell::default(),
            changed: Cell::default(),
        }
    }

    /// Takes an event. It is answered at once, or after those that came before it.
    #[inline(never)]
    pub fn send(&self, event: Event) {
        self.events.borrow_mut().push(event);
        self.run();
    }

    /// Takes a decision.
    pub fn decide(&self, act: Act, origin: Origin, at: Circumstances, reply: Option<Reply>) {
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

    /// The page changed: the root goes back when it was lost, and elements that were added are considered.
    pub fn changed(&self) {
        self.changed.set(true);
        self.run();
    }

    /// The script that others waited for has loaded, failed or taken too long.
    pub fn proceed(&self) {
        self.gate.proceed();
    }

    /// Carries out what is queued, unless that is going on already.
    #[inline(never)]
    pub fn run(&self) {
        while !self.busy.replace(true) {
            match self.next_effect() {
                // The page calls `resume` later.
                Some(Effect::Yield) => return host::later(),
                Some(effect) => self.perform(effect),
                None => return self.busy.set(false),
            }
            self.busy.set(false);
        }
    }

    /// The next effect: of the events that were answered, or of the next event.
    fn next_effect(&self) -> Option<Effect> {
        while self.effects.borrow().is_empty() {
            let mut made = if let Some(event) = self.next_event() {
                update(&self.config, &mut self.state.borrow_mut(), event)
            } else if self.changed.replace(false) {
                let mut made = Vec::new();
                // Asking can run code of the page: nothing is borrowed then.
                if self.canvas.is_lost() {
                    made.push(Effect::Draw);
                }
                made.push(Effect::Activate);
                made
            } else {
                return None;
            };
            made.reverse();
            self.effects.replace(made);
        }
        self.effects.borrow_mut().pop()
    }

    fn next_event(&self) -> Option<Event> {
        let mut events = self.events.borrow_mut();
        (!events.is_empty()).then(|| events.remove(0))
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::Store(record) => {
                if !storage::write(&record) {
                    host::complain("storageDenied", "");
                }
            }
            Effect::Draw => self.draw(),
            Effect::Yield => {}
            Effect::Consent(signals) => {
                if !signals.entries().is_empty() {
                    host::consent(&signals);
                }
            }
            Effect::Steps(steps) => vendor::run(&steps),
            Effect::Activate => self.activate(),
            Effect::Emit(name, detail) => host::emit(name, &detail),
            Effect::Reload => drop(host::window().get("location").tell("reload")),
            Effect::Focus => self.canvas.focus(),
            Effect::Reply(number, decided) => {
                let record = self.record().filter(|_| decided);
                host::reply(number, record.as_deref());
            }
            Effect::Complain(code, about) => host::complain(code, &about),
        }
    }

    /// Draws the view, and reports to the core that the notice stands in the document.
    fn draw(&self) {
        let (markup, asks, settings) = {
            let state = self.state.borrow();
            (
                view(&self.config, &state, &self.languages),
                state.asks(),
                state.draft.is_some(),
            )
        };
        if self.canvas.draw(markup, asks, settings) && (asks || settings) {
            self.events.borrow_mut().push(Event::Shown);
        }
    }

    fn activate(&self) {
        // An inline script runs while it is put in: nothing of the state is borrowed then.
        let permissions = self.state.borrow().permissions.clone();
        let judge = |category: &str, service: Option<&str>| verdict(&self.config, &permissions, category, service);
        for id in self.gate.open(&judge) {
            self.events.borrow_mut().push(Event::Ran(id));
        }
    }

    /// The visitor's record as text, while it holds.
    pub fn record(&self) -> Option<String> {
        self.state.borrow().holding().map(Record::json)
    }

    /// Whether an id is allowed now.
    pub fn allows(&self, id: &str) -> bool {
        self.state.borrow().permissions.allow(&self.config, id)
    }

    /// Whether the settings are open.
    pub fn has_open_settings(&self) -> bool {
        self.state.borrow().draft.is_some()
    }

    /// Kelisim's root element.
    pub fn root(&self) -> &Object {
        self.canvas.root()
    }
}

/// The owner's custom properties: name without `--kelisim-`, value.
fn tokens(config: &Config) -> &[(String, Value)] {
    let appearance = config.document.get("appearance");
    appearance
        .and_then(|appearance| appearance.get("tokens"))
        .map(Value::entries)
        .unwrap_or_default()
}

/// The words of the offered languages, in the owner's order, with the owner's own wording.
fn offered(config: &Config, texts: &[Texts]) -> Vec<Texts> {
    let mut offered = Vec::new();
    for language in &config.languages {
        if let Some(texts) = texts.iter().find(|texts| texts.language() == language) {
            offered.push(texts.clone().with(config.document.get("texts").unwrap_or(&Value::Null)));
        }
    }
    offered
}

/// The words in which Kelisim speaks first.
fn spoken(config: &Config, languages: &[Texts]) -> Texts {
    let mut wanted = vec![root().attribute("lang").unwrap_or_default()];
    for language in host::window().get("navigator").get("languages").items() {
        wanted.extend(language.as_words());
    }
    let language = choose(&config.languages, &wanted);
    languages
        .iter()
        .find(|texts| texts.language() == language)
        .or(languages.first())
        .cloned()
        .unwrap_or_else(|| Texts::new(language, Vec::new()))
}
