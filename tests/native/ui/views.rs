//! What a visitor of a course site sees, made the way the page makes it: a checked configuration, the core's own events,
//! and the view of the state that they lead to.

use std::path::Path;

use kelisim::core::config::Config;
use kelisim::core::notice::dates::{Moment, moment};
use kelisim::core::notice::texts::{Text, Texts};
use kelisim::core::record::{Circumstances, Stored};
use kelisim::core::state::State;
use kelisim::core::update::{Act, Event, Opening, Origin, open, update};
use kelisim::core::value::{NULL, Value, Words, keep};
use kelisim::owner::check::configuration;
use kelisim::owner::included;
use serde_json::json;

use crate::markup::Markup;

/// The demonstration sites.
pub(super) const SITES: [&str; 5] = [
    "cap.kz",
    "course-planet.net",
    "elesses.pro",
    "proeducation.kz",
    "rasco.kz",
];

/// A configuration and what holds on its page.
pub(super) struct Visit {
    pub(super) config: Config,
    pub(super) state: State,
    languages: Vec<&'static Texts>,
}

impl Visit {
    /// The page of a site as a visitor finds it who never was there.
    pub(super) fn to(site: &serde_json::Value, language: &str) -> Visit {
        let config = configuration(Value::from(site.clone()).keep()).unwrap().unwrap();
        let known = included::texts().unwrap();
        let words_of = |tag: &Words| {
            let texts = known.iter().find(|texts| texts.language() == *tag).unwrap();
            kept(texts.with(config.document.get("texts")))
        };
        let languages: Vec<&'static Texts> = config.languages.iter().map(words_of).collect();
        let opening = Opening {
            stored: Stored {
                record: &NULL,
                mirrors: &[],
            },
            texts: languages.iter().find(|texts| texts.language() == language).unwrap(),
            host: Words::at(&"www.example.kz"),
            secure: true,
            gpc: false,
            dnt: false,
            now: now(),
            reloaded: false,
        };
        let (state, _) = open(&config, opening);
        Visit {
            config,
            state,
            languages,
        }
        .then(Event::Shown)
    }

    /// What the page is after an event.
    pub(super) fn then(mut self, event: Event) -> Visit {
        update(&self.config, &mut self.state, &event);
        self
    }

    /// The visitor presses a button of Kelisim.
    pub(super) fn decides(self, act: Act) -> Visit {
        let at = Circumstances { now: now(), random: 42 };
        self.then(Event::Act {
            act,
            origin: Origin::Control,
            at,
            reply: None,
        })
    }

    /// Everything that Kelisim shows.
    pub(super) fn page(&self) -> Markup {
        Markup::of(&self.config, &self.state, &self.languages)
    }

    /// The words in which it speaks.
    pub(super) fn texts(&self) -> &'static Texts {
        self.state.texts
    }
}

/// Words of a language that stay, as the page keeps them.
fn kept(texts: Texts) -> &'static Texts {
    Box::leak(Box::new(texts))
}

/// The moment of every visit.
pub(super) fn now() -> Moment {
    moment(Words::at(&"2026-11-20T10:00:00Z")).unwrap()
}

/// The configuration of a demonstration site.
pub(super) fn site(domain: &str) -> serde_json::Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("www/sites")
        .join(domain)
        .join("site.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A site with two purposes: three services, of which one works for both.
pub(super) fn course_site() -> serde_json::Value {
    let mut site = site("cap.kz");
    // Without its map.
    site["categories"].as_array_mut().unwrap().truncate(2);
    site["services"].as_array_mut().unwrap().truncate(2);
    let google = json!({ "use": "google-analytics", "measurementId": "G-CAPKZ00000" });
    site["services"].as_array_mut().unwrap().insert(1, google);
    site
}

/// The first layer, and the settings closed.
pub(super) fn undecided(language: &str) -> Visit {
    Visit::to(&course_site(), language)
}

/// The same with the settings open over the first layer.
pub(super) fn choosing(language: &str) -> Visit {
    undecided(language).then(Event::Settings(true))
}

/// After the visitor granted one service of the first category: nothing is asked, the status line says what was decided.
pub(super) fn decided(language: &str) -> Visit {
    let on = Event::Switched {
        id: Words::at(&"yandex-metrika"),
        on: true,
    };
    choosing(language).then(on).decides(Act::Save)
}

/// The settings reopened after that.
pub(super) fn granted(language: &str) -> Visit {
    decided(language).then(Event::Settings(true))
}

/// The notice of a site that has nothing optional.
pub(super) fn nothing_optional(language: &str) -> Visit {
    Visit::to(&site("course-planet.net"), language).then(Event::Settings(true))
}

/// The same in words that are half as long again and more, with the letters that only Kazakh has (requirement L-06).
pub(super) fn longer(visit: Visit) -> Visit {
    let words = Text::ALL.iter().map(|text| {
        let words = visit.texts().get(*text);
        Value::Text(match text {
            // A value of an attribute, a language's own name, and what is read by its marks.
            Text::Direction
            | Text::LanguageName
            | Text::Months
            | Text::Countries
            | Text::Data
            | Text::StoragePurposes => words.text(),
            _ => keep(words.split('|').map(lengthened).collect::<Vec<_>>().join("|")).text(),
        })
    });
    let texts = Texts::new(
        visit.texts().language(),
        Value::of_items(words.collect()),
        visit.texts().layer(),
    );
    visit.then(Event::Language(kept(texts)))
}

fn lengthened(words: &str) -> String {
    let more: String = "Әғқ ңөұүһі "
        .chars()
        .cycle()
        .take(words.chars().count() * 3 / 5)
        .collect();
    format!("{words} {}", more.trim())
}
