//! A site and a visitor on it: compiled sites made from a real one, and `visit` driven as the browser's edge drives it.

use kelisim::consent::{
    Circumstances, Days, Id, Kept, LanguageId, Mirror, Record, ServiceId, Stored, Timestamp, decoded,
};
use kelisim::visit::{
    Act, BrowserSignals, Call, Control, Effect, Event, Look, Notification, Opening, Page, Press, Reply, Resolved,
    SettingsFile, State, VendorContext, open, steps_to_start, steps_to_stop, update,
};
use kelisim_site::{Category, Service, Site, Step, Storage, Value};
use proptest::prelude::*;
use serde_json::json;

pub(super) const DAY: i64 = 86_400;

/// The moment at which the visits of these tests begin.
pub(super) fn noon() -> Timestamp {
    Timestamp::parse("2026-11-20T12:00:00Z").unwrap()
}

/// So many seconds after it.
pub(super) fn after(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

/// A compiled site of `www/sites`.
pub(super) fn compiled(name: &str) -> Site {
    let path = format!("{}/compiler/tests/snapshots/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let mut file: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    serde_json::from_value(file["site"].take()).unwrap()
}

/// Three categories, two services of which one is widened by a category without a service, Google's consent mode, a scope.
pub(super) fn rasco() -> Site {
    compiled("rasco.kz")
}

/// A site with the three vendors of the policies.
pub(super) fn three_vendors() -> Site {
    let mut site = rasco();
    let vendors = compiled("cap.kz").services;
    site.services
        .extend(vendors.into_iter().filter(|service| service.id == "top-mail-ru"));
    named(site)
}

/// A site with services of its own: one alone in its category, two in another.
pub(super) fn own_services() -> Site {
    let mut site = rasco();
    site.services = vec![
        own_service("counter", "analytics"),
        own_service("pixel", "marketing"),
        own_service("banner", "marketing"),
    ];
    for category in &mut site.categories {
        category.google_consent.clear();
    }
    named(site)
}

/// A service of the owner's.
pub(super) fn own_service(id: &str, category: &str) -> Service {
    Service {
        id: id.to_owned(),
        category: category.to_owned(),
        terms: "0badcafe".to_owned(),
        storage: vec![kelisim_site::Stored {
            name: "own_*".to_owned(),
            place: Storage::Cookie,
            seconds: Some(0),
        }],
        flags: Vec::new(),
        start: vec![Step::Load {
            url: format!("/{id}.js"),
            attributes: Vec::new(),
        }],
        stop: Vec::new(),
    }
}

pub(super) fn own_category(id: &str) -> Category {
    Category {
        id: id.to_owned(),
        terms: "0ddba115".to_owned(),
        google_consent: Vec::new(),
    }
}

/// The names of categories and services in each language, by their ids where nothing else is known.
pub(super) fn named(mut site: Site) -> Site {
    let names: Vec<String> = Id::all(&site).map(|id| id.name(&site).to_owned()).collect();
    for language in &mut site.languages {
        language.names.clone_from(&names);
    }
    site
}

pub(super) fn id(site: &Site, name: &str) -> Id {
    Id::named(site, name).unwrap_or_else(|| panic!("no {name}"))
}

pub(super) fn ids(site: &Site) -> Vec<Id> {
    Id::all(site).collect()
}

pub(super) fn language(site: &Site, tag: &str) -> LanguageId {
    LanguageId::tagged(site, tag).unwrap()
}

/// Reads a record as the edge does, with `serde_json` in the place of the browser's reader.
pub(super) fn read(text: &str, now: Timestamp) -> Option<Record> {
    Record::read(text, &mut serde_json::Deserializer::from_str(text), now)
}

pub(super) fn read_mirror(text: &str, now: Timestamp) -> Option<Mirror> {
    Mirror::read(text, &mut serde_json::Deserializer::from_str(text), now)
}

/// What a browser keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Browser {
    pub(super) record: Option<String>,
    /// The values of the cookies of Kelisim's name, decoded.
    pub(super) mirrors: Vec<String>,
    /// It lets nothing be stored.
    pub(super) denies: bool,
}

impl Browser {
    pub(super) fn with_record(record: &str) -> Browser {
        Browser {
            record: Some(record.to_owned()),
            ..Browser::default()
        }
    }

    pub(super) fn with_mirror(mirror: &str) -> Browser {
        Browser {
            mirrors: vec![mirror.to_owned()],
            ..Browser::default()
        }
    }

    /// Carries out what lands in the browser.
    pub(super) fn take(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                _ if self.denies => {}
                Effect::StoreRecord(record) => self.record = Some(record.to_text()),
                Effect::Mirror(cookie) => self.mirrors = vec![cookie_value(cookie)],
                _ => {}
            }
        }
    }

    pub(super) fn stored(&self, now: Timestamp) -> Stored {
        let kept = self.record.as_ref().map_or(Kept::Nothing, |text| {
            read(text, now).map_or(Kept::Invalid, |record| Kept::Record(Box::new(record)))
        });
        let mirrors = self.mirrors.iter().filter_map(|text| read_mirror(text, now)).collect();
        Stored { kept, mirrors }
    }
}

/// What a cookie that was set says, as a page of another host reads it.
pub(super) fn cookie_value(cookie: &str) -> String {
    let value = cookie.split(';').next().unwrap().strip_prefix("kelisim=").unwrap();
    decoded(value).unwrap()
}

/// A visitor on a page.
#[derive(Clone)]
pub(super) struct Visit {
    pub(super) site: Site,
    pub(super) state: State,
    /// What the start of the page set off.
    pub(super) opened: Vec<Effect>,
    pub(super) browser: Browser,
    /// The clock.
    pub(super) now: Timestamp,
    /// The source of chance.
    pub(super) random: u64,
    /// The page has no time to paint.
    pub(super) never_paints: bool,
}

impl Visit {
    /// The first visit to a site.
    pub(super) fn first(site: &Site) -> Visit {
        Visit::at(site, Browser::default(), noon())
    }

    /// A visit at this moment, with this in the browser.
    pub(super) fn at(site: &Site, browser: Browser, now: Timestamp) -> Visit {
        Visit::opening(site, browser, now, |_| {})
    }

    /// A visit to a page that differs in something.
    pub(super) fn opening(
        site: &Site,
        mut browser: Browser,
        now: Timestamp,
        differs: impl FnOnce(&mut Opening),
    ) -> Visit {
        let mut opening = Opening {
            stored: browser.stored(now),
            language: language(site, "ru"),
            settings: SettingsFile::Here,
            page: Page {
                host: "rasco.kz".to_owned(),
                secure: true,
            },
            signals: BrowserSignals { gpc: false, dnt: false },
            now,
            reloaded: false,
            pressed_in_vain: false,
        };
        differs(&mut opening);
        let (state, opened) = open(site, opening);
        browser.take(&opened);
        Visit {
            site: site.clone(),
            state,
            opened,
            browser,
            now,
            random: 0x12_3456_789a,
            never_paints: false,
        }
    }

    /// The same visitor's next page, perhaps of a site that has changed.
    pub(super) fn next(&self, site: &Site, now: Timestamp) -> Visit {
        let browser = Browser {
            mirrors: Vec::new(),
            ..self.browser.clone()
        };
        Visit::at(site, browser, now)
    }

    /// The first layer stands in the page.
    #[must_use]
    pub(super) fn shown(mut self) -> Visit {
        self.send(Event::Shown);
        self
    }

    /// Everything that an event sets off, also after the page has painted.
    pub(super) fn send(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = update(&self.site, &mut self.state, event);
        self.browser.take(&effects);
        if effects.contains(&Effect::Yield) && !self.never_paints {
            effects.extend(self.paint());
        }
        effects
    }

    pub(super) fn paint(&mut self) -> Vec<Effect> {
        self.send(Event::Painted(self.seen(false)))
    }

    /// The page looks at what lies in the browser again.
    pub(super) fn look(&mut self, edited: bool) -> Vec<Effect> {
        self.send(Event::Looked(self.seen(edited)))
    }

    pub(super) fn seen(&self, edited: bool) -> Look {
        Look {
            stored: self.browser.stored(self.now),
            now: self.now,
            edited,
        }
    }

    pub(super) fn at_now(&self) -> Circumstances {
        Circumstances {
            now: self.now,
            random: self.random,
        }
    }

    /// A control of Kelisim is used.
    pub(super) fn press(&mut self, control: Control) -> Vec<Effect> {
        let at = self.at_now();
        let act = Act::Control(control);
        self.send(Event::Act { act, at })
    }

    /// The page calls for an act, and waits for its outcome under a number.
    pub(super) fn call(&mut self, call: Call, reply: Reply) -> Vec<Effect> {
        let at = self.at_now();
        let act = Act::Page(call, reply);
        self.send(Event::Act { act, at })
    }

    pub(super) fn only(&mut self, names: &[&str], reply: Reply) -> Vec<Effect> {
        self.call(Call::Only(names.iter().map(|name| (*name).to_owned()).collect()), reply)
    }

    pub(super) fn kept(&mut self, press: Press) -> Vec<Effect> {
        let at = self.at_now();
        self.send(Event::Kept { press, at })
    }

    /// Turns the switches of the settings until they stand like this, one for every id, and saves.
    pub(super) fn save(&mut self, switches: &[bool]) -> Vec<Effect> {
        self.send(Event::OpenSettings);
        for (id, on) in ids(&self.site).into_iter().zip(switches) {
            self.send(Event::Switched { id, on: *on });
        }
        self.press(Control::Save)
    }

    pub(super) fn arrived(&mut self, tag: &str) -> Vec<Effect> {
        let language = language(&self.site, tag);
        let look = self.seen(false);
        self.send(Event::SettingsArrived { language, look })
    }

    pub(super) fn failed(&mut self, tag: &str) -> Vec<Effect> {
        self.send(Event::SettingsFailed(language(&self.site, tag)))
    }

    pub(super) fn speak(&mut self, tag: &str) -> Vec<Effect> {
        self.send(Event::Speak(language(&self.site, tag)))
    }

    pub(super) fn record(&self) -> &Record {
        self.state.record().unwrap()
    }

    pub(super) fn answer(&self, name: &str) -> bool {
        self.record().answer(&self.site, id(&self.site, name)).unwrap()
    }

    pub(super) fn allows(&self, name: &str) -> bool {
        self.state.permissions().allow_named(&self.site, name)
    }

    /// The names that are allowed now.
    pub(super) fn allowed(&self) -> Vec<&str> {
        let allowed = ids(&self.site)
            .into_iter()
            .filter(|id| self.state.permissions().allow(*id));
        allowed.map(|id| id.name(&self.site)).collect()
    }

    pub(super) fn names(&self, ids: &[Id]) -> Vec<&str> {
        ids.iter().map(|id| id.name(&self.site)).collect()
    }

    /// The URLs of vendors that effects load.
    pub(super) fn loaded(&self, effects: &[Effect]) -> Vec<String> {
        let mut urls = Vec::new();
        for (id, _) in effects.iter().filter_map(started) {
            for step in steps_to_start(&self.site, id) {
                if let Step::Load { url, .. } = step {
                    urls.push(url.clone());
                }
            }
        }
        urls
    }

    /// The steps by which a service is started, with every place filled, as JSON.
    pub(super) fn start_of(&self, effects: &[Effect], name: &str) -> Vec<serde_json::Value> {
        let mut steps = Vec::new();
        for (id, context) in effects.iter().filter_map(started) {
            if id.of(&self.site).unwrap().id == name {
                let written = steps_to_start(&self.site, id).iter();
                steps.extend(written.map(|step| filled_step(&self.site, context, step)));
            }
        }
        steps
    }

    /// The steps by which a service is stopped.
    pub(super) fn stop_of(&self, effects: &[Effect], name: &str) -> Vec<Step> {
        let mut steps = Vec::new();
        for effect in effects {
            if let Effect::Stop(id, context) = effect
                && id.of(&self.site).unwrap().id == name
            {
                steps.extend(steps_to_stop(&self.site, *id, context).cloned());
            }
        }
        steps
    }
}

fn started(effect: &Effect) -> Option<(ServiceId, &VendorContext)> {
    match effect {
        Effect::Start(id, context) => Some((*id, context)),
        _ => None,
    }
}

fn filled_step(site: &Site, context: &VendorContext, step: &Step) -> serde_json::Value {
    match step {
        Step::Call { name, with } => {
            let with: Vec<_> = with.iter().map(|value| filled(site, context, value)).collect();
            json!({"call": name, "with": with})
        }
        Step::Set { name, to } => json!({"set": name, "to": filled(site, context, to)}),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// A value as the page gets it.
pub(super) fn filled(site: &Site, context: &VendorContext, value: &Value) -> serde_json::Value {
    match context.resolve(site, value) {
        Resolved::Null => json!(null),
        Resolved::Bool(value) => json!(value),
        Resolved::Number(value) => json!(value),
        Resolved::Text(value) => json!(value),
        Resolved::List(items) => items.iter().map(|item| filled(site, context, item)).collect(),
        Resolved::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| (key.clone(), filled(site, context, value)));
            serde_json::Value::Object(members.collect())
        }
        Resolved::Date(moment) => json!({"date": moment.milliseconds()}),
    }
}

/// Whether something begins to run.
pub(super) fn starts(effect: &Effect) -> bool {
    matches!(effect, Effect::Start(..))
}

pub(super) fn is_stored(effect: &Effect) -> bool {
    matches!(effect, Effect::StoreRecord(_))
}

pub(super) fn is_decision(effect: &Effect) -> bool {
    matches!(effect, Effect::Dispatch(Notification::Decision { .. }))
}

pub(super) fn count(effects: &[Effect], of: impl Fn(&Effect) -> bool) -> usize {
    effects.iter().filter(|effect| of(effect)).count()
}

pub(super) fn place(effects: &[Effect], of: impl Fn(&Effect) -> bool) -> usize {
    let place = effects.iter().position(of);
    place.unwrap_or_else(|| panic!("not among {effects:#?}"))
}

/// The details of the decisions that the page hears of.
pub(super) fn decisions(site: &Site, effects: &[Effect]) -> Vec<serde_json::Value> {
    let detail = |effect: &Effect| match effect {
        Effect::Dispatch(told @ Notification::Decision { .. }) => serde_json::from_str(&told.detail(site)).ok(),
        _ => None,
    };
    effects.iter().filter_map(detail).collect()
}

/// The record that effects keep.
pub(super) fn stored(effects: &[Effect]) -> Option<String> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::StoreRecord(record) => Some(record.to_text()),
        _ => None,
    })
}

/// The cookie that effects set.
pub(super) fn mirror(effects: &[Effect]) -> Option<String> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Mirror(cookie) => Some(cookie.clone()),
        _ => None,
    })
}

/// Something that may happen in a document, by name: an event needs the site and what lies in the browser.
#[derive(Clone, Debug)]
pub(super) enum Happening {
    Shown,
    Press(Control),
    Also(&'static str),
    Call(Call, Reply),
    Kept(Press),
    Settings(bool),
    Switched(&'static str, bool),
    Speak(&'static str),
    Arrived(&'static str),
    Failed(&'static str),
    Recalled,
    Ran(&'static str),
    Looked(bool),
    Painted,
}

impl Visit {
    pub(super) fn happen(&mut self, happening: Happening, later: i64, random: u64) -> Vec<Effect> {
        self.now = after(later);
        self.random = random;
        match happening {
            Happening::Shown => self.send(Event::Shown),
            Happening::Press(control) => self.press(control),
            Happening::Also(name) => self.press(Control::Also(id(&self.site, name))),
            Happening::Call(call, reply) => self.call(call, reply),
            Happening::Kept(press) => self.kept(press),
            Happening::Settings(true) => self.send(Event::OpenSettings),
            Happening::Settings(false) => self.send(Event::CloseSettings),
            Happening::Switched(name, on) => {
                let id = id(&self.site, name);
                self.send(Event::Switched { id, on })
            }
            Happening::Speak(tag) => self.speak(tag),
            Happening::Arrived(tag) => self.arrived(tag),
            Happening::Failed(tag) => self.failed(tag),
            Happening::Recalled => self.send(Event::Recalled),
            Happening::Ran(name) => self.send(Event::Ran(id(&self.site, name))),
            Happening::Looked(edited) => self.look(edited),
            Happening::Painted => self.paint(),
        }
    }
}

pub(super) fn any_control() -> impl Strategy<Value = Control> {
    prop_oneof![
        Just(Control::Accept),
        Just(Control::Reject),
        Just(Control::Save),
        Just(Control::Withdraw),
    ]
}

fn any_known() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("analytics"),
        Just("replay"),
        Just("marketing"),
        Just("yandex-metrika"),
        Just("google-analytics"),
        Just("top-mail-ru"),
    ]
}

fn any_call() -> impl Strategy<Value = Call> {
    let name = prop_oneof![6 => any_known(), 1 => Just("necessary"), 1 => Just("analitics"), 1 => Just("")];
    prop_oneof![
        Just(Call::Accept),
        Just(Call::Reject),
        Just(Call::Withdraw),
        prop::collection::vec(name.prop_map(str::to_owned), 0..4).prop_map(Call::Only),
    ]
}

fn any_tag() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("kk"), Just("ru"), Just("en")]
}

/// Anything but the report that a notice was shown, with the seconds after noon and chance; on [`three_vendors`].
pub(super) fn anything_but_shown() -> impl Strategy<Value = (Happening, i64, u64)> {
    let press = prop_oneof![Just(Press::Accept), Just(Press::Reject), Just(Press::Settings)];
    let happening = prop_oneof![
        2 => any_control().prop_map(Happening::Press),
        1 => any_known().prop_map(Happening::Also),
        2 => (any_call(), any::<u32>()).prop_map(|(call, reply)| Happening::Call(call, reply)),
        1 => press.prop_map(Happening::Kept),
        1 => any::<bool>().prop_map(Happening::Settings),
        3 => (any_known(), any::<bool>()).prop_map(|(name, on)| Happening::Switched(name, on)),
        1 => any_tag().prop_map(Happening::Speak),
        1 => any_tag().prop_map(Happening::Arrived),
        1 => any_tag().prop_map(Happening::Failed),
        1 => Just(Happening::Recalled),
        1 => any_known().prop_map(Happening::Ran),
        1 => any::<bool>().prop_map(Happening::Looked),
        1 => Just(Happening::Painted),
    ];
    (happening, 0..DAY, any::<u64>())
}

/// Anything.
pub(super) fn anything() -> impl Strategy<Value = (Happening, i64, u64)> {
    prop_oneof![1 => (0..DAY, any::<u64>()).prop_map(|(later, random)| (Happening::Shown, later, random)), 3 => anything_but_shown()]
}

/// When a decision of noon ends.
pub(super) fn end() -> Timestamp {
    noon().plus(Days(180))
}
