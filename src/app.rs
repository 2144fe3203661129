//! Holds the state of one document: takes an event, asks the core, carries out the effects, one after the other.
//!
//! Code of the page can run whenever an effect is carried out, and find its way back in here. All it can do is put an event
//! into the queue, which is answered when the effects before it are done: a page that calls `kelisim.reject()` inside a
//! decision handler is just the next event. Nothing of the state is borrowed meanwhile: whoever looks at it has a copy of
//! their own. It decides nothing.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Function, JSON, Promise};
use kelisim_site::Site;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::consent::{
    Circumstances, Id, Kept, LanguageId, MIRROR_NAME, Mirror, Record, Stored, Timestamp, Verdict, categories_of,
    decoded, verdict,
};
use crate::hearing;
use crate::page::aliases::Aliases;
use crate::page::consent_mode::ConsentMode;
use crate::page::element::Element;
use crate::page::gate::{self, Gate, Looked};
use crate::page::late::{self, Changes, Late};
use crate::page::reading::reader;
use crate::page::tabs::{self, News, Tabs};
use crate::page::vendors::{self, Vendors};
use crate::page::{
    address, clock, console, cookies, document, events, frames, javascript, receipts, resources, signals, storage,
};
use crate::purging;
use crate::surroundings::Surroundings;
use crate::ui::{COPIED, Scene, Ui};
use crate::visit::{
    Act, Answer, BrowserSignals, Call, Complaint, Control, Effect, Event, Look, Notification, Opening, Page, Press,
    Reply, SettingsFile, State, VendorContext, open, steps_to_start, steps_to_stop, update,
};

/// How long the status line is seen, in milliseconds.
const STATUS_LASTS: u32 = 8000;

/// How long after the page's load a library for lazy loading may take to fetch what can be seen, in milliseconds.
const LAZY_LOADING: u32 = 3000;

/// One document's Kelisim.
pub(crate) struct App {
    site: Rc<Site>,
    /// A copy is whoever's that looks at it.
    state: RefCell<Rc<State>>,
    surroundings: Surroundings,
    ui: Ui,
    gate: Rc<Gate>,
    aliases: Aliases,
    /// Nothing where the page has switched consent mode off.
    google: Option<Rc<ConsentMode>>,
    vendors: Vendors,
    /// What is still to be answered.
    events: RefCell<VecDeque<Event>>,
    /// What is still to be carried out.
    effects: RefCell<VecDeque<Effect>>,
    /// An effect is being carried out: the queue goes on by itself.
    is_busy: Cell<bool>,
    /// Pages that wait for the outcome of a call.
    replies: RefCell<Vec<(Reply, Function)>>,
    next_reply: Cell<Reply>,
    /// The visitor has edited something of the page's.
    is_edited: Cell<bool>,
    /// The root or a placeholder was taken out, and goes back with the next frame.
    is_putting_back: Cell<bool>,
    /// The cookies when they were purged last.
    purged: RefCell<String>,
    /// When the status line fades.
    fading: RefCell<Option<Timeout>>,
    /// Codes of lines that were said once.
    said: RefCell<Vec<&'static str>>,
    /// Heard for as long as the document lives.
    listeners: RefCell<Listeners>,
}

/// What is heard of a page.
#[derive(Default)]
struct Listeners {
    _events: Vec<EventListener>,
    _tabs: Option<Tabs>,
    _late: Option<Late>,
}

impl App {
    /// Kelisim in this document. Nothing is carried out before it [begins](App::begin). `None` where the loader's language is
    /// none of the site's.
    pub(crate) fn new(site: Site, surroundings: Surroundings) -> Option<Rc<App>> {
        let site = Rc::new(site);
        let language = LanguageId::tagged(&site, &surroundings.language())?;
        let settings = surroundings.settings();
        let opening = Opening {
            stored: stored(&site),
            language,
            settings: if settings.is_some() {
                SettingsFile::Here
            } else {
                SettingsFile::Absent
            },
            page: Page {
                host: address::host(),
                secure: address::is_secure(),
            },
            signals: BrowserSignals {
                gpc: signals::global_privacy_control(),
                dnt: signals::do_not_track(),
            },
            now: now(),
            reloaded: signals::is_reloaded(),
            pressed_in_vain: surroundings.pressed_in_vain(),
        };
        let (state, effects) = open(&site, opening);
        let ui = Ui::new(surroundings.root());
        if let Some(html) = settings {
            ui.keep_settings(language, html);
        }
        let nonce = surroundings.nonce();
        let layer = surroundings.layer();
        // Vendors that build on the data layer find it also where consent mode is off.
        let gtag = Rc::new(ConsentMode::new(layer.as_deref().unwrap_or("dataLayer")));
        let aliases = Aliases::of(&site);
        Some(Rc::new_cyclic(|app: &Weak<App>| App {
            gate: Gate::new(&nonce, aliases.clone(), judge(Weak::clone(app))),
            aliases,
            vendors: Vendors::new(&nonce, Rc::clone(&gtag)),
            google: layer.map(|_| gtag),
            site,
            state: RefCell::new(Rc::new(state)),
            surroundings,
            ui,
            events: RefCell::default(),
            effects: RefCell::new(effects.into()),
            is_busy: Cell::default(),
            replies: RefCell::default(),
            next_reply: Cell::default(),
            is_edited: Cell::default(),
            is_putting_back: Cell::default(),
            purged: RefCell::default(),
            fading: RefCell::default(),
            said: RefCell::default(),
            listeners: RefCell::default(),
        }))
    }

    /// Carries out what follows from the start of the document, and hears of what happens in it from then on.
    pub(crate) fn begin(self: &Rc<Self>) {
        self.aliases.adopt(document::query_selector_all);
        let listeners = Listeners {
            _events: hearing::listen(self),
            _tabs: Some(self.follow_tabs()),
            _late: self.follow_changes(),
        };
        self.listeners.replace(listeners);
        self.ui.tidy(document::query_selector_all(COPIED));
        self.gate.reconsider(document::query_selector_all(gate::BEGUN));
        self.run();
        self.go_on_when_painted();
    }

    /// What nobody waits for.
    fn go_on_when_painted(self: &Rc<Self>) {
        let app = Rc::clone(self);
        spawn_local(async move {
            frames::painted().await;
            app.look_around();
            if app.state().asks() {
                app.rehearse();
            }
        });
    }

    /// Answers the press that may come next once in advance, on a copy of the state. Nothing of it is carried out. A browser
    /// compiles a function when it is first called, and a press is to show in the next frame (requirement T-05).
    fn rehearse(self: &Rc<Self>) {
        hearing::rehearse(self);
        let mut state = State::clone(&self.state());
        // Nothing is drawn: who was never granted anything has no identifier.
        let at = Circumstances { now: now(), random: 0 };
        let act = Act::Control(Control::Accept);
        for effect in update(&self.site, &mut state, Event::Act { act, at }) {
            if let Effect::StoreRecord(record) = effect {
                record.to_text();
            }
        }
    }

    /// Takes an event. It is answered at once, or after those that came before it.
    pub(crate) fn send(self: &Rc<Self>, event: Event) {
        self.events.borrow_mut().push_back(event);
        self.run();
    }

    /// Takes an act of deciding.
    pub(crate) fn act(self: &Rc<Self>, act: Act) {
        self.send(Event::Act {
            act,
            at: circumstances(),
        });
    }

    /// Takes the press that the loader kept.
    pub(crate) fn press(self: &Rc<Self>, press: Press) {
        self.send(Event::Kept {
            press,
            at: circumstances(),
        });
    }

    /// Takes a call of the page: a promise of the record, or of `null` where nothing was decided.
    pub(crate) fn call(self: &Rc<Self>, call: Call) -> Promise {
        let reply = self.next_reply.get();
        self.next_reply.set(reply.wrapping_add(1));
        let promise = Promise::new(&mut |resolve, _| self.replies.borrow_mut().push((reply, resolve)));
        self.act(Act::Page(call, reply));
        promise
    }

    /// Whether what the page calls by this name is allowed now.
    pub(crate) fn allows(&self, name: &str) -> bool {
        self.state().permissions().allow_named(&self.site, name)
    }

    /// The visitor's record while it holds, as a frozen object; else `null`.
    pub(crate) fn record(&self) -> JsValue {
        let record = self.state().holding().map(Record::to_text);
        record
            .and_then(|text| javascript::frozen(&text).ok())
            .unwrap_or(JsValue::NULL)
    }

    /// The visitor or the page asks for another language.
    pub(crate) fn speak(self: &Rc<Self>, tag: &str) {
        match LanguageId::tagged(&self.site, tag) {
            Some(language) => self.send(Event::Speak(language)),
            None => console::complain("unknownLanguage", tag),
        }
    }

    pub(crate) fn ui(&self) -> &Ui {
        &self.ui
    }

    pub(crate) fn site(&self) -> &Site {
        &self.site
    }

    /// What holds now.
    pub(crate) fn state(&self) -> Rc<State> {
        Rc::clone(&self.state.borrow())
    }

    /// Something of the page's was edited: nobody loses what they were writing.
    pub(crate) fn note_edit(&self) {
        self.is_edited.set(true);
    }

    /// Answers and carries out what is queued, unless that is going on already.
    fn run(self: &Rc<Self>) {
        if self.is_busy.replace(true) {
            return;
        }
        while let Some(effect) = self.next_effect() {
            self.perform(effect);
        }
        self.is_busy.set(false);
    }

    /// The next effect: of an event that was answered, or of the next one.
    fn next_effect(&self) -> Option<Effect> {
        loop {
            if let Some(effect) = self.effects.borrow_mut().pop_front() {
                return Some(effect);
            }
            let event = self.events.borrow_mut().pop_front()?;
            let effects = update(&self.site, Rc::make_mut(&mut self.state.borrow_mut()), event);
            self.effects.borrow_mut().extend(effects);
        }
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        let state = self.state();
        let scene = Scene {
            site: &self.site,
            state: &state,
        };
        match effect {
            Effect::StoreRecord(record) => store(&record),
            Effect::Mirror(cookie) => self.mirror(&cookie),
            Effect::RemoveLayers => self.ui.remove_layers(),
            Effect::Yield => self.yield_to_page(),
            Effect::Stop(service, context) => {
                for step in steps_to_stop(&self.site, service, &context) {
                    self.carry_out(step, &context);
                }
            }
            Effect::Start(service, context) => {
                for step in steps_to_start(&self.site, service) {
                    self.carry_out(step, &context);
                }
            }
            Effect::SetFlags(service) => self.for_each_flag(service, vendors::set_flag),
            Effect::ClearFlags(service) => self.for_each_flag(service, vendors::clear_flag),
            Effect::DeactivateElements => self.stand_in(&self.gate.stop()),
            Effect::ActivateElements => self.report(&self.gate.open(gate::waiting())),
            Effect::UpdateConsent(types) => {
                if let Some(google) = &self.google {
                    google.update(&types);
                }
            }
            Effect::Purge => self.purge(),
            Effect::Dispatch(notification) => self.dispatch(&notification),
            Effect::SendReceipt(receipt) => self.send_receipts(Some(&receipt.to_text())),
            Effect::RetryReceipts => self.send_receipts(None),
            Effect::Reply(reply, answer) => self.reply(reply, answer),
            Effect::Reload => address::reload(),
            Effect::FetchSettings(language) => self.fetch_settings(language),
            Effect::ShowFirstLayer { .. } => {
                self.ui.show_first_layer(scene);
                self.has_shown();
            }
            Effect::RemoveFirstLayer => {
                self.ui.remove_first_layer();
                self.make_room();
            }
            Effect::OpenSettings => {
                self.ui.open_settings(scene);
                self.has_shown();
            }
            Effect::CloseSettings => self.ui.close_settings(),
            Effect::Speak(_) => {
                self.ui.speak(scene);
                self.make_room();
            }
            Effect::FillPlaces => {
                self.ui.fill(scene);
                self.make_room();
            }
            Effect::Announce(_) => self.announce(),
            Effect::FocusReopen => self.ui.rescue_focus(),
            Effect::Complain(complaint) => self.complain(&complaint),
        }
    }

    fn mirror(&self, cookie: &str) {
        if !cookies::write(cookie) {
            console::complain("mirrorDenied", self.site.scope.as_deref().unwrap_or_default());
        }
    }

    /// Goes on when the page has painted.
    fn yield_to_page(self: &Rc<Self>) {
        let app = Rc::clone(self);
        spawn_local(async move {
            frames::painted().await;
            app.send(Event::Painted(app.look()));
        });
    }

    fn carry_out(&self, step: &kelisim_site::Step, context: &VendorContext) {
        self.vendors.perform(step, &|value| context.resolve(&self.site, value));
    }

    fn for_each_flag(&self, service: crate::consent::ServiceId, call: fn(&str)) {
        for flag in service
            .of(&self.site)
            .map(|service| &service.flags)
            .into_iter()
            .flatten()
        {
            call(flag);
        }
    }

    fn purge(&self) {
        purging::purge(&self.site, &self.state());
        self.purged.replace(cookies::all());
    }

    /// A tag manager hears of a decision after its consent update, and of the record nothing.
    fn dispatch(&self, notification: &Notification) {
        if let (Some(google), Notification::Decision { granted, withdrawn, .. }) = (&self.google, notification) {
            let names = |ids: &[Id]| -> Vec<String> { ids.iter().map(|id| id.name(&self.site).to_owned()).collect() };
            google.announce(&names(granted), &names(withdrawn));
        }
        events::dispatch(notification.name(), &notification.detail(&self.site));
    }

    fn send_receipts(&self, receipt: Option<&str>) {
        if let Some(path) = &self.site.receipts {
            receipts::send(path, receipt);
        }
    }

    fn reply(&self, reply: Reply, answer: Answer) {
        let place = self.replies.borrow().iter().position(|(known, _)| *known == reply);
        let Some(place) = place else { return };
        let (_, resolve) = self.replies.borrow_mut().swap_remove(place);
        let outcome = match answer {
            Answer::Record => self.record(),
            Answer::Null => JsValue::NULL,
        };
        resolve.call1(&JsValue::UNDEFINED, &outcome).ok();
    }

    fn complain(&self, complaint: &Complaint) {
        console::complain(complaint.code(), complaint.about(&self.site));
    }

    fn fetch_settings(self: &Rc<Self>, language: LanguageId) {
        let Some(tag) = language.of(&self.site).map(|language| language.tag.clone()) else {
            return;
        };
        let app = Rc::clone(self);
        spawn_local(async move {
            let html = JsFuture::from(app.surroundings.fetch_settings(&tag)).await;
            match html.ok().and_then(|html| html.as_string()) {
                Some(html) => {
                    app.ui.keep_settings(language, html);
                    app.send(Event::SettingsArrived {
                        language,
                        look: app.look(),
                    });
                }
                None => app.send(Event::SettingsFailed(language)),
            }
        });
    }

    /// A layer stands in the page, if there is a page yet.
    fn has_shown(self: &Rc<Self>) {
        self.make_room();
        if self.ui.is_mounted() {
            self.events.borrow_mut().push_back(Event::Shown);
        }
    }

    /// The status line is told in a frame of its own: a screen reader says what changes in a line that it knows, and not what
    /// the line came with.
    fn announce(self: &Rc<Self>) {
        self.in_next_frame(|app| {
            let state = app.state();
            app.ui.announce(Scene {
                site: &app.site,
                state: &state,
            });
            let over = Rc::clone(app);
            let fading = Timeout::new(STATUS_LASTS, move || over.ui.fade_status());
            app.fading.replace(Some(fading));
        });
    }

    /// Names what is wrong with the page as a whole, once in a document.
    fn say_once(&self, code: &'static str, about: &str) {
        if !self.said.borrow().contains(&code) {
            self.said.borrow_mut().push(code);
            console::complain(code, about);
        }
    }

    /// The window or the styles of the page are others than before.
    pub(crate) fn fit(self: &Rc<Self>) {
        self.surroundings.adopt_lost();
        self.in_next_frame(|app| app.ui.fit_placeholders());
        self.make_room();
    }

    /// All that the page came with is there, or Kelisim has come after it.
    pub(crate) fn look_around(self: &Rc<Self>) {
        self.fit();
        self.in_next_frame(|app| app.name_out_of_reach());
        let app = Rc::clone(self);
        Timeout::new(LAZY_LOADING, move || app.name_fetched()).forget();
    }

    /// Names what waits and was fetched all the same, by a script of the page's that reads its address (requirement P-13).
    fn name_fetched(&self) {
        let state = self.state();
        for element in gate::waiting() {
            let category = element.attribute("data-category").unwrap_or_default();
            let mut ids = categories_of(&category).filter_map(|name| Id::named(&self.site, name));
            let has_run = ids.any(|id| state.runs(id));
            if !has_run
                && element
                    .attribute("data-src")
                    .is_some_and(|source| resources::has_fetched(&source))
            {
                self.say_once("fetchedByPage", &category);
            }
        }
    }

    fn name_out_of_reach(&self) {
        if let Some(fault) = gate::out_of_reach() {
            self.say_once(fault.code, &fault.about);
        }
    }

    /// Nothing that was started stands in a copy of the document: a browser asks for a frame as soon as it is put back, and
    /// nobody can hold it then. What still stands in the page once the copy is made starts again.
    pub(crate) fn come_to_rest(self: &Rc<Self>) {
        self.gate.come_to_rest();
        let app = Rc::clone(self);
        spawn_local(async move {
            frames::painted().await;
            app.report(&app.gate.go_on());
            app.run();
        });
    }

    pub(crate) fn make_room(self: &Rc<Self>) {
        self.in_next_frame(|app| app.ui.make_room());
    }

    fn in_next_frame(self: &Rc<Self>, call: impl FnOnce(&Rc<App>) + 'static) {
        let app = Rc::clone(self);
        frames::in_next(move || call(&app));
    }

    /// What was looked at in the page, and what follows from it.
    fn report(self: &Rc<Self>, looked: &Looked) {
        for fault in &looked.faults {
            console::complain(fault.code, &fault.about);
        }
        self.ui.displace(&looked.started);
        self.stand_in(&looked.closed);
        let ran = looked.ids.iter().filter_map(|name| Id::named(&self.site, name));
        self.events.borrow_mut().extend(ran.map(Event::Ran));
    }

    /// A placeholder tells who, where and what for, and the settings are one press away: it is a notice.
    fn stand_in(&self, waiting: &[Element]) {
        let state = self.state();
        if self.ui.stand_in(
            waiting,
            Scene {
                site: &self.site,
                state: &state,
            },
        ) {
            self.events.borrow_mut().push_back(Event::Shown);
        }
    }

    fn look(&self) -> Look {
        Look {
            stored: stored(&self.site),
            now: now(),
            edited: self.is_edited.get(),
        }
    }

    fn follow_tabs(self: &Rc<Self>) -> Tabs {
        let app = Rc::clone(self);
        tabs::listen(move |news| app.hear(news))
    }

    /// Another tab may have decided, or another host of the scope, and vendors have set their cookies anew.
    fn hear(self: &Rc<Self>, news: News) {
        self.send(Event::Looked(self.look()));
        if news != News::Stored && cookies::all() != *self.purged.borrow() {
            self.purge();
        }
        self.make_room();
    }

    fn follow_changes(self: &Rc<Self>) -> Option<Late> {
        let app = Rc::clone(self);
        late::observe(COPIED, &self.aliases, move |changes| app.changed(changes))
    }

    /// The page changed: elements that were added are considered, and what it took of Kelisim's own goes back.
    fn changed(self: &Rc<Self>, changes: Changes) {
        let Changes {
            mut waiting,
            renamed,
            fetched,
            begun,
            added,
        } = changes;
        self.surroundings.adopt_lost();
        let was_busy = self.is_busy.replace(true);
        let is_misplaced = self.ui.tidy(added);
        if !renamed.is_empty() {
            self.report(&self.gate.renew(renamed));
        }
        if let Some(element) = fetched.first() {
            self.say_once("fetchedByPage", &element.attribute("data-category").unwrap_or_default());
        }
        waiting.extend(self.gate.reconsider(begun));
        if !waiting.is_empty() {
            self.report(&self.gate.open(waiting));
        }
        if is_misplaced || !self.ui.is_mounted() {
            self.put_back();
        }
        self.is_busy.set(was_busy);
        self.run();
    }

    /// At once, and then once a frame: a page that takes the root or a placeholder out at every turn would keep both busy for
    /// ever.
    fn put_back(self: &Rc<Self>) {
        if self.is_putting_back.replace(true) {
            return;
        }
        if !self.ui.is_mounted() {
            self.mount();
        }
        self.ui.put_placeholders_back();
        self.in_next_frame(|app| {
            app.is_putting_back.set(false);
            let is_misplaced = app.ui.tidy(Vec::new());
            if is_misplaced || !app.ui.is_mounted() {
                app.put_back();
                app.run();
            }
        });
    }

    fn mount(self: &Rc<Self>) {
        let state = self.state();
        let is_shown = state.asks() || state.draft().is_some();
        if self.ui.mount(Scene {
            site: &self.site,
            state: &state,
        }) {
            self.make_room();
            if state.status().is_some() {
                self.announce();
            }
            if is_shown {
                self.has_shown();
            }
        }
    }
}

/// What the core says of an element that waits.
fn judge(app: Weak<App>) -> impl Fn(&str, Option<&str>) -> Verdict {
    move |category, service| {
        app.upgrade().map_or(Verdict::Closed, |app| {
            verdict(&app.site, app.state().permissions(), category, service)
        })
    }
}

fn store(record: &Record) {
    if !storage::write(&record.to_text()) {
        console::complain("storageDenied", "");
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a clock counts whole milliseconds")]
fn now() -> Timestamp {
    Timestamp::from_milliseconds(clock::now() as i64)
}

fn circumstances() -> Circumstances {
    Circumstances {
        now: now(),
        random: clock::forty_bits(),
    }
}

/// What lies in the browser. Without a scope no other host has anything to say, and the cookies are not read for it.
fn stored(site: &Site) -> Stored {
    let mirrors = if site.scope.is_some() { mirrors() } else { Vec::new() };
    Stored { kept: kept(), mirrors }
}

fn kept() -> Kept {
    let Some(text) = storage::read() else {
        return Kept::Nothing;
    };
    let value = JSON::parse(&text).ok();
    let record = value.and_then(|value| Record::read(&text, reader(value), now()));
    record.map_or(Kept::Invalid, |record| Kept::Record(Box::new(record)))
}

fn mirrors() -> Vec<Mirror> {
    let read = |written: String| {
        let text = decoded(&written)?;
        let value = JSON::parse(&text).ok()?;
        Mirror::read(&text, reader(value), now())
    };
    cookies::named(MIRROR_NAME).into_iter().filter_map(read).collect()
}
