//! Holds the state of one document: takes an event, asks the core, carries out the effects, one after the other.
//!
//! Code of the page can run whenever an effect is carried out, and find its way back in here. All it can do is put an
//! event into the queue, which is answered when the effects before it are done: so a page that calls `kelisim.reject()`
//! from inside a decision handler is just the next event. What changes is in cells, of which everyone takes a copy.
//! It decides nothing.

use crate::browser::document::hostname;
use crate::browser::gate::Gate;
use crate::browser::names::name;
use crate::browser::object::Object;
use crate::browser::{cookies, host, purge, receipts, storage, vendor};
use crate::core::config::Config;
use crate::core::gate::{Verdict, verdict};
use crate::core::json;
use crate::core::notice::dates::SECOND;
use crate::core::notice::texts::Texts;
use crate::core::pile::{Pile, appended};
use crate::core::purge::{concerns, fate};
use crate::core::record::{Circumstances, Stored};
use crate::core::state::State;
use crate::core::update::{Act, Effect, Event, Opening, Origin, Reply, open, update};
use crate::core::value::{Value, Words};
use crate::core::view::view;
use crate::ui::draw;
use crate::ui::embed::stand_in;
use std::cell::Cell;

/// A record that is not there, as JSON.
const NO_RECORD: Words = Words::at(&"null");

/// One document's Kelisim, from the moment its configuration is known.
pub struct App {
    config: Config,
    gate: Gate,
    /// The words of every offered language, in the owner's order, with the owner's own wording.
    languages: Cell<&'static [&'static Texts]>,
    state: Cell<State>,
    events: Cell<&'static [&'static Event]>,
    /// What is still to be carried out.
    effects: Cell<&'static [&'static Effect]>,
    /// An effect is being carried out, or the page is painting: the queue goes on by itself.
    busy: Cell<bool>,
    /// What a change of the page calls for.
    changed: Cell<&'static [&'static Effect]>,
    /// Something was drawn before.
    drawn: Cell<bool>,
    /// The visitor decided, or the page begins anew with a decision: the focus may be lost with the layer.
    bereft: Cell<bool>,
}

impl App {
    /// Kelisim in this document, with a configuration that was checked, the words of every language that is at hand, and
    /// the language to begin with, which it offers. Nothing happens before it [runs](App::run).
    pub fn new(config: Config, texts: &[Texts], spoken: Words) -> Option<App> {
        draw::prepare(config.document.get("appearance").get("tokens"));
        let mut languages = Pile::new();
        for language in &config.languages {
            for texts in texts {
                if texts.language() == *language {
                    languages.push(worded(&config, *texts));
                }
            }
        }
        let languages = languages.done();
        let opening = Opening {
            stored: stored(&config),
            texts: languages.iter().find(|texts| texts.language() == spoken)?,
            host: hostname(),
            secure: host::window()
                .get(name!("location"))
                .text(name!("protocol"))
                .are("https:"),
            gpc: host::navigator().get(name!("globalPrivacyControl")).exists(),
            dnt: host::navigator().text(name!("doNotTrack")).are("1"),
            now: host::now(),
            reloaded: host::reloaded(),
        };
        let (state, effects) = open(&config, opening);
        Some(App {
            gate: Gate::default(),
            config,
            languages: Cell::new(languages),
            state: Cell::new(state),
            events: Cell::default(),
            effects: Cell::new(effects),
            busy: Cell::default(),
            changed: Cell::default(),
            drawn: Cell::default(),
            bereft: Cell::default(),
        })
    }

    /// Takes an event. It is answered at once, or after those that came before it.
    #[inline(never)]
    pub fn send(&self, event: Event) {
        self.queue(event);
        self.run();
    }

    #[inline(never)]
    fn queue(&self, event: Event) {
        self.events.set(appended(self.events.get(), Box::leak(Box::new(event))));
    }

    /// Takes a decision.
    #[inline(never)]
    pub fn decide(&self, act: Act, origin: Origin, at: Circumstances, reply: Option<Reply>) {
        self.send(Event::Act { act, origin, at, reply });
    }

    /// Switches to one of the offered languages.
    pub fn speak(&self, language: Words) {
        for texts in self.languages.get() {
            if texts.language() == language {
                self.send(Event::Language(texts));
            }
        }
        // What stands in for an embed in the page speaks the same language.
        self.redraw();
    }

    /// The words of the settings in a language have come; `null` when they could not be had.
    pub fn fetched(&self, language: Words, file: &'static Value) {
        if self.state.get().is_waiting() {
            // What was decided meanwhile on another host of the scope is the later decision, of which nothing tells this page.
            self.look();
        }
        let layer = self.state.get().texts.layer();
        let texts = Texts::new(language, file, layer);
        let texts = texts.are_whole().then(|| worded(&self.config, texts));
        if let Some(texts) = texts {
            let mut languages = Pile::new();
            for known in self.languages.get() {
                languages.push(if known.language() == language { texts } else { known });
            }
            self.languages.set(languages.done());
        }
        self.send(Event::Fetched { language, texts });
        self.redraw();
        self.rehearse();
    }

    /// Has the core answer a refusal that nobody made, and forgets what it said: a browser compiles a function when it is
    /// first called, and whoever presses a control does not wait for that.
    fn rehearse(&self) {
        let refusal = Event::Act {
            act: Act::Reject,
            origin: Origin::Control,
            at: host::circumstances(),
            reply: None,
        };
        update(&self.config, &mut self.state.get(), &refusal);
    }

    /// The page has painted: what was put off follows, or else what the status line has to say. What another page has stored
    /// meanwhile, while this one was kept for the way back, supersedes what was put off: the page begins anew with it.
    pub fn resume(&self) {
        if !self.busy.replace(false) {
            self.changed.set(&[&Effect::Draw]);
        } else if host::is_news(name!("kept"), storage::raw()) {
            self.effects.set(&[&Effect::Reload]);
        }
        self.run();
    }

    /// The page changed: the root goes back when it was lost, and elements that were added are considered.
    pub fn changed(&self) {
        if self.changed.get().is_empty() {
            self.changed.set(&[&Effect::Consider]);
        }
        self.run();
    }

    /// What stands in for an embed in the page is drawn anew.
    fn redraw(&self) {
        self.changed.set(&[&Effect::Activate]);
        self.run();
    }

    /// Another tab may have decided, or another host of the scope.
    pub fn look(&self) {
        let news = host::is_news(name!("seenRecord"), storage::raw());
        let state = self.state.get();
        let over = state.record.is_some_and(|record| record.expires() <= host::now());
        if news || over || !self.config.scope().are_none() && host::is_news(name!("seenCookie"), cookies::raw()) {
            self.send(Event::Looked {
                stored: stored(&self.config),
                now: host::now(),
                edited: host::edited(),
            });
        }
        self.tidy();
        // The page may be longer now than when the layer came.
        host::frame();
    }

    /// The page comes into view or goes out of it: vendors have set their cookies anew since it began.
    fn tidy(&self) {
        if host::is_news(name!("tidied"), cookies::raw()) {
            self.purge();
            host::is_news(name!("tidied"), cookies::raw());
        }
    }

    #[inline(never)]
    fn purge(&self) {
        let state = self.state.get();
        let left = (state.granted_until() - state.now) / SECOND;
        purge::purge(
            &|store, name| fate(&self.config, state.permissions, left, store, name),
            &|store| concerns(&self.config, state.permissions, store),
        );
    }

    /// The script that others waited for has loaded, failed or taken too long.
    pub fn proceed(&self) {
        self.gate.proceed(&self.judge());
    }

    /// What the core says of an element that waits.
    fn judge(&self) -> impl Fn(Words, Option<Words>) -> Verdict {
        let permissions = self.state.get().permissions;
        move |category, service| verdict(&self.config, permissions, category, service)
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
    #[inline(never)]
    fn next_effect(&self) -> Option<&'static Effect> {
        loop {
            if let Some((effect, rest)) = self.effects.get().split_first() {
                self.effects.set(rest);
                return Some(effect);
            }
            if let Some((event, rest)) = self.events.get().split_first() {
                self.events.set(rest);
                let mut state = self.state.get();
                self.effects.set(update(&self.config, &mut state, event));
                self.state.set(state);
            } else {
                let calls_for = self.changed.replace(&[]);
                if calls_for.is_empty() {
                    return None;
                }
                self.effects.set(if draw::is_lost() {
                    &[&Effect::Draw, &Effect::Activate]
                } else {
                    calls_for
                });
            }
        }
    }

    #[inline(never)]
    fn perform(&self, effect: &'static Effect) {
        match effect {
            Effect::Store(record) => {
                if !storage::write(*record) {
                    host::complain(Words::at(&"storageDenied"), Words::NONE);
                }
                // What `resume` compares with.
                host::is_news(name!("kept"), storage::raw());
            }
            Effect::Mirror(cookie) => {
                if !cookies::mirror(*cookie) {
                    host::complain(Words::at(&"mirrorDenied"), self.config.scope());
                }
            }
            Effect::Close => {
                self.bereft.set(true);
                draw::close();
            }
            Effect::Draw => self.draw(),
            Effect::Fetch(language) => host::fetch(*language),
            Effect::Yield => {}
            Effect::Consent(signals) => {
                if !signals.entries().is_empty() {
                    host::consent(json::text(signals));
                }
            }
            Effect::Step(step) => vendor::perform(step),
            Effect::Purge => self.purge(),
            Effect::Activate => self.activate(host::waiting()),
            Effect::Consider => self.activate(host::added()),
            Effect::Emit(name, detail) => host::emit(*name, *detail),
            Effect::Send(receipt) => receipts::send(self.config.document.text("receipts"), receipt),
            Effect::Reload => {
                host::window().get(name!("location")).tell(name!("reload"));
            }
            Effect::Reply(number, decided) => {
                host::reply(*number, if *decided { self.record() } else { NO_RECORD });
            }
            Effect::Complain(code, about) => host::complain(*code, *about),
        }
    }

    /// Draws the view, and reports to the core that the notice stands in the document.
    fn draw(&self) {
        let mut state = self.state.get();
        let is_first = !self.drawn.replace(true);
        if is_first {
            host::dress();
            // A status line speaks when its words change, and not when it comes with them.
            if state.status.take().is_some() {
                self.bereft.set(true);
                host::later();
            }
        }
        let bereft = draw::is_in_use() || !is_first && self.bereft.take();
        view(
            &self.config,
            &state,
            self.languages.get(),
            &mut draw::Painter::of(draw::root()),
        );
        let (asks, settings) = (state.asks(), state.draft.is_some());
        let mounted = draw::mount(asks);
        if bereft && !settings {
            draw::rescue_focus();
        }
        if mounted && (asks || settings) {
            self.queue(Event::Shown);
        }
    }

    fn activate(&self, elements: Object) {
        let state = self.state.get();
        let stands_in = Cell::new(false);
        let started = self.gate.open(elements, &self.judge(), &|element| {
            stands_in.set(stand_in(element, &self.config, &state) | stands_in.get());
        });
        if stands_in.get() {
            // A placeholder tells who, where and what for, and the settings are one click away.
            self.queue(Event::Shown);
        }
        for id in &started {
            self.queue(Event::Ran(*id));
        }
        // Nothing was started at most changes of a page, of which there is no end.
        started.give_back();
    }

    /// The visitor's record as JSON, while it holds; else `null`.
    #[inline(never)]
    pub fn record(&self) -> Words {
        let state = self.state.get();
        state.holding().map_or(NO_RECORD, |_| state.json)
    }

    /// Whether an id is allowed now.
    pub fn allows(&self, id: Words) -> bool {
        self.state.get().permissions.allow(&self.config, &id)
    }

    /// Whether the settings are open.
    pub fn has_open_settings(&self) -> bool {
        self.state.get().draft.is_some()
    }
}

/// The words of a language with the owner's own in them.
fn worded(config: &Config, texts: Texts) -> &'static Texts {
    Box::leak(Box::new(texts.with(config.document.get("texts"))))
}

/// What lies in the browser. Without a scope no other host has anything to say, and the cookies are not read for it.
fn stored(config: &Config) -> Stored {
    let mut mirrors: &'static [Value] = &[];
    if !config.scope().are_none() {
        mirrors = cookies::mirrors();
    }
    Stored {
        record: storage::read(),
        mirrors,
    }
}
