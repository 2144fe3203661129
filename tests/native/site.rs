//! A site and a visitor on it: configurations made from a real one, and the core driven as the browser drives it.

use std::sync::LazyLock;

use kelisim::core::config::{Config, Known, check};
use kelisim::core::json;
use kelisim::core::notice::dates::{DAY, Moment, moment};
use kelisim::core::notice::texts::{Text, Texts};
use kelisim::core::record::{Circumstances, Record, Stored};
use kelisim::core::state::State;
use kelisim::core::update::{Act, Effect, Event, Opening, Origin, Reply, open, update};
use kelisim::core::value::{Members, NULL, Value, Words, keep};
use kelisim::owner::included;
use proptest::prelude::*;
use serde_json::json;

static TEXTS: LazyLock<Vec<Texts>> = LazyLock::new(|| included::texts().unwrap());
static MANIFESTS: LazyLock<&'static Value> = LazyLock::new(|| {
    let mut manifests = Members::default();
    for (id, manifest) in included::manifests().unwrap() {
        manifests = manifests.value(keep(id).text(), &manifest);
    }
    manifests.done()
});
static VENDORS: LazyLock<String> =
    LazyLock::new(|| MANIFESTS.entries().iter().map(|(id, _)| [*id, "|"].concat()).collect());

/// All that Kelisim brings along, as the tool has it.
pub(super) fn known() -> Known<'static> {
    Known {
        texts: &TEXTS,
        manifests: &MANIFESTS,
        vendors: &VENDORS,
    }
}

/// The moment at which the visits of these tests begin.
pub(super) fn noon() -> Moment {
    moment(Words::at(&"2026-11-20T12:00:00Z")).unwrap()
}

/// The words of a language.
pub(super) fn texts(language: &str) -> &'static Texts {
    TEXTS.iter().find(|texts| texts.language() == language).unwrap()
}

/// A language as the script alone has it.
pub(super) fn alone(language: &str) -> &'static Texts {
    Box::leak(Box::new(texts(language).first(Text::FIRST_LAYER)))
}

/// What the owner of rasco.kz wrote.
pub(super) fn rasco() -> serde_json::Value {
    serde_json::from_str(include_str!("../../www/sites/rasco.kz/site.json")).unwrap()
}

/// A site with the three vendors of the catalogue.
pub(super) fn three_vendors() -> serde_json::Value {
    let mut document = rasco();
    let services = document["services"].as_array_mut().unwrap();
    services.push(json!({"use": "top-mail-ru", "counter": 1_000_002}));
    document
}

/// A site with services of its own: one alone in its category, two in another.
pub(super) fn own_services() -> serde_json::Value {
    let mut document = rasco();
    document["services"] = json!([
        own_service("counter", "analytics"),
        own_service("pixel", "marketing"),
        own_service("banner", "marketing"),
    ]);
    document.as_object_mut().unwrap().remove("googleConsentMode");
    document
}

/// A service of the owner's, with everything that the laws ask for.
pub(super) fn own_service(id: &str, category: &str) -> serde_json::Value {
    json!({
        "id": id, "name": id, "category": category, "src": format!("/{id}.js"), "recipient": "ТОО «Счёт»",
        "country": "KZ", "purpose": {"kk": "Санау", "ru": "Считать", "en": "To count"}, "data": ["ip"],
        "storage": [{"name": "own_*", "in": "cookie", "lifetime": "20h"}],
    })
}

/// A checked configuration. A document that does not satisfy its law fails the test with every problem.
pub(super) fn config(document: &serde_json::Value) -> Config {
    check(Value::from(document.clone()).keep(), known()).unwrap()
}

/// Every id of a configuration.
pub(super) fn ids(config: &Config) -> Vec<Words> {
    (0..config.len()).map(|index| config.id(index)).collect()
}

/// What lies in a browser: under Kelisim's key, and in the cookies of its name.
pub(super) fn in_browser(record: Option<&str>, mirrors: &[&str]) -> Stored {
    let read = |text: &&str| *json::parse(text).unwrap_or(&NULL);
    Stored {
        record: record.map_or(&NULL, |text| json::parse(text).unwrap_or(&Value::Bool(false))),
        mirrors: mirrors.iter().map(read).collect::<Vec<_>>().leak(),
    }
}

/// What a cookie that was set says, as a page of another host reads it.
pub(super) fn cookie_value(cookie: &str) -> String {
    let value = cookie.split(';').next().unwrap().strip_prefix("kelisim=").unwrap();
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// A visitor on a page.
pub(super) struct Visit {
    pub(super) config: Config,
    pub(super) state: State,
    /// What the start of the page set off.
    pub(super) opened: Vec<Effect>,
    /// The clock.
    pub(super) now: Moment,
    /// The source of chance.
    pub(super) random: u64,
}

impl Visit {
    /// The first visit to a site.
    pub(super) fn first(document: &serde_json::Value) -> Visit {
        Visit::at(document, None, noon())
    }

    /// A visit at this moment, with this in storage.
    pub(super) fn at(document: &serde_json::Value, stored: Option<&str>, now: Moment) -> Visit {
        Visit::opening(document, |opening| {
            opening.stored = in_browser(stored, &[]);
            opening.now = now;
        })
    }

    /// A visit to a page that differs in something from the first one.
    pub(super) fn opening(document: &serde_json::Value, differs: impl FnOnce(&mut Opening)) -> Visit {
        let config = config(document);
        let mut opening = Opening {
            stored: in_browser(None, &[]),
            texts: texts("ru"),
            host: Words::at(&"rasco.kz"),
            secure: true,
            gpc: false,
            dnt: false,
            now: noon(),
            reloaded: false,
        };
        differs(&mut opening);
        let now = opening.now;
        let (state, opened) = open(&config, opening);
        Visit {
            config,
            state,
            opened: opened.iter().copied().copied().collect(),
            now,
            random: 0x12_3456_789a,
        }
    }

    /// The same visitor's next page.
    pub(super) fn next(&self, document: &serde_json::Value, now: Moment) -> Visit {
        let stored = self.state.record.map(|record| record.json().text());
        Visit::at(document, stored, now)
    }

    /// The first layer stands in the page.
    #[must_use]
    pub(super) fn shown(mut self) -> Visit {
        self.send(Event::Shown);
        self
    }

    pub(super) fn send(&mut self, event: Event) -> Vec<Effect> {
        update(&self.config, &mut self.state, &event)
            .iter()
            .copied()
            .copied()
            .collect()
    }

    /// The page looks at what lies in the browser again.
    pub(super) fn look(&mut self, stored: Stored, edited: bool) -> Vec<Effect> {
        let now = self.now;
        self.send(Event::Looked { stored, now, edited })
    }

    /// A control of Kelisim is used.
    pub(super) fn act(&mut self, act: Act) -> Vec<Effect> {
        self.act_by(act, Origin::Control, None)
    }

    /// The page calls for an act, and waits for its outcome under a number.
    pub(super) fn call(&mut self, act: Act, reply: Reply) -> Vec<Effect> {
        self.act_by(act, Origin::Page, Some(reply))
    }

    fn act_by(&mut self, act: Act, origin: Origin, reply: Option<Reply>) -> Vec<Effect> {
        let at = Circumstances {
            now: self.now,
            random: self.random,
        };
        self.send(Event::Act { act, origin, at, reply })
    }

    /// Turns the switches of the settings until they stand like this, one for every id, and saves.
    pub(super) fn save(&mut self, switches: &[bool]) -> Vec<Effect> {
        self.send(Event::Settings(true));
        for (id, on) in ids(&self.config).into_iter().zip(switches) {
            self.send(Event::Switched { id, on: *on });
        }
        self.act(Act::Save)
    }

    pub(super) fn record(&self) -> &Record {
        self.state.record.as_ref().unwrap()
    }

    /// The ids that are allowed now.
    pub(super) fn allowed(&self) -> Vec<Words> {
        let mut ids = ids(&self.config);
        ids.retain(|id| self.state.permissions.allow(&self.config, id));
        ids
    }
}

/// Any event but the report that a notice was shown.
pub(super) fn any_event_but_shown() -> impl Strategy<Value = Event> {
    let id = prop_oneof![
        Just("analytics"),
        Just("replay"),
        Just("marketing"),
        Just("yandex-metrika"),
        Just("google-analytics"),
        Just("top-mail-ru"),
        Just("necessary"),
        Just("analitics"),
        Just(""),
    ];
    let act = prop_oneof![
        Just(Act::Accept),
        Just(Act::Reject),
        Just(Act::Save),
        Just(Act::Withdraw),
        prop::collection::vec(id.clone().prop_map(Value::Text), 0..4).prop_map(|ids| Act::Only(ids.leak())),
    ];
    let origin = prop_oneof![Just(Origin::Control), Just(Origin::Page)];
    let at = (0..DAY, any::<u64>()).prop_map(|(later, random)| Circumstances {
        now: noon() + later,
        random,
    });
    prop_oneof![
        3 => (act, origin, at, prop::option::of(any::<u32>()))
            .prop_map(|(act, origin, at, reply)| Event::Act { act, origin, at, reply }),
        1 => any::<bool>().prop_map(Event::Settings),
        3 => (id.clone(), any::<bool>()).prop_map(|(id, on)| Event::Switched { id: Words::of(id), on }),
        1 => prop_oneof![Just("kk"), Just("ru"), Just("en")].prop_map(|tag| Event::Language(texts(tag))),
        1 => Just(Event::Recalled),
        1 => id.prop_map(|id| Event::Ran(Words::of(id))),
    ]
}

/// Any event.
pub(super) fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![1 => Just(Event::Shown), 3 => any_event_but_shown()]
}
