//! What `host.js` calls: the one way in from the page. Each call becomes an event for the application, or an answer about
//! what holds; none of them can grant anything by itself.

use crate::app::App;
use crate::browser::document::{hostname, wanted_languages};
use crate::browser::from_js::from_js;
use crate::browser::host::circumstances;
use crate::browser::names::{NAMES, name};
use crate::browser::object::Object;
use crate::browser::receipts;
use crate::browser::slot::Slot;
#[cfg(feature = "diagnosis")]
use crate::core::config::diagnose;
#[cfg(not(feature = "diagnosis"))]
use crate::core::config::verdict;
use crate::core::config::{Config, Known, Problem, languages, scope_covers, vendors};
use crate::core::json;
use crate::core::notice::texts::{Texts, choose};
use crate::core::pile::Pile;
use crate::core::update::{Act, Event, Origin};
use crate::core::value::{Members, Value, Words, Writer};
use crate::ui::{draw, listen};
use wasm_bindgen::prelude::wasm_bindgen;

/// Kelisim lives as long as its document.
static APP: Slot<Option<&App>> = Slot::new(None);

/// The ways into the module, as `host.js` numbers them.
mod way {
    pub(super) const START: i32 = 0;
    pub(super) const CLICK: i32 = 1;
    pub(super) const CHANGE: i32 = 2;
    pub(super) const CLOSE: i32 = 3;
    pub(super) const CHANGED: i32 = 4;
    pub(super) const RESUME: i32 = 5;
    pub(super) const PROCEED: i32 = 6;
    pub(super) const ACCEPT: i32 = 7;
    pub(super) const REJECT: i32 = 8;
    pub(super) const WITHDRAW: i32 = 9;
    pub(super) const RECORD: i32 = 10;
    pub(super) const ALLOWS: i32 = 11;
    pub(super) const SHOW: i32 = 12;
    pub(super) const SETTINGS: i32 = 13;
    pub(super) const DIAGNOSE: i32 = 14;
    pub(super) const LOOK: i32 = 15;
    pub(super) const SENT: i32 = 16;
    pub(super) const FETCHED: i32 = 17;
    #[cfg(feature = "diagnosis")]
    pub(super) const AUDIT: i32 = 18;
    pub(super) const PAD: i32 = 19;
    pub(super) const NAMES: i32 = 20;
}

/// Where calls within calls come to an end: an address, in bytes, in the middle of the stack, at whose lower end lies what
/// the module knows. From there are 30,000 bytes left; a visit from its start to a withdrawal takes 1,300.
const DEEPEST: usize = 40_000;

/// Something happened: in which way, and to what, both as `host.js` numbers them. Returns the number of the answer: of
/// nothing for a page that calls back in from within a call, and so on, without end.
#[wasm_bindgen]
pub fn tell(way: i32, thing: i32) -> i32 {
    if (&raw const way).addr() < DEEPEST {
        return 0;
    }
    let thing = Object::held(thing);
    let answer = match (way, APP.get()) {
        (way::NAMES, _) => Object::saying(NAMES),
        (way::START, _) => Object::of(start(from_js(thing), true)),
        // The build that names what is wrong may be of another day than the one that saw it: it never starts anything.
        (way::DIAGNOSE, _) if cfg!(feature = "diagnosis") => Object::of(start(from_js(thing), false)),
        #[cfg(feature = "diagnosis")]
        (way::AUDIT, _) => Object::of(audit(from_js(thing))),
        (_, Some(app)) => told(app, way, thing),
        _ => Object::NOTHING,
    };
    answer.number()
}

/// A way into the application that runs.
fn told(app: &App, way: i32, thing: Object) -> Object {
    match way {
        way::CLICK => return Object::flag(listen::press(app, thing)),
        way::CHANGE => listen::turn(app, thing),
        way::CLOSE => listen::close(app, thing),
        way::CHANGED => app.changed(),
        way::RESUME => app.resume(),
        way::PAD => draw::pad(),
        way::PROCEED => app.proceed(),
        way::ACCEPT => match from_js(thing.get(name!("ids"))) {
            Value::Null => act(app, Act::Accept, thing),
            // A page that has broken its lists names nothing.
            ids => act(app, Act::Only(ids.items()), thing),
        },
        way::REJECT => act(app, Act::Reject, thing),
        way::WITHDRAW => act(app, Act::Withdraw, thing),
        way::RECORD => return Object::of(app.record()),
        way::ALLOWS => return Object::flag(app.allows(thing.words().unwrap_or_default())),
        way::SHOW => app.send(Event::Recalled),
        way::LOOK => app.look(),
        way::SENT => receipts::sent(thing.words().unwrap_or_default()),
        way::FETCHED => app.fetched(
            thing.get(name!("language")).words().unwrap_or_default(),
            from_js(thing.get(name!("file"))),
        ),
        way::SETTINGS => app.send(Event::Settings(true)),
        _ => {}
    }
    Object::NOTHING
}

/// A decision by the page. The promise with the number `reply` is answered when it has been carried through or refused.
#[inline(never)]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`host.js` counts its promises from 0"
)]
fn act(app: &App, act: Act, call: Object) {
    let reply = call.get(name!("reply")).whole() as u32;
    app.decide(act, Origin::Page, circumstances(), Some(reply));
}

/// Checks a configuration, and starts if it `runs`, given `{configuration, locales, services, template}`: what the owner
/// wrote, the words of every language that is at hand, what is known of each vendor, `null` when there is no such vendor, and
/// the template of the first layer.
/// Returns, as JSON, the files that are `wanted` first, such as `services/hotjar`, or the `problems` of a configuration
/// that does not satisfy its law: then nothing starts.
fn start(given: &'static Value, runs: bool) -> Words {
    let mut answer = Members::default();
    let (document, manifests, locales) = (given.get("configuration"), given.get("services"), given.get("locales"));
    let mut wanted = Pile::new();
    for vendor in &vendors(document) {
        if !manifests.entries().iter().any(|(known, _)| vendor == known) {
            want("services/", *vendor, &mut wanted);
        }
    }
    let spoken = choose(&languages(document), &wanted_languages());
    if !Texts::new(spoken, locales.get(&spoken), Words::NONE).speak() {
        want("locales/", spoken, &mut wanted);
    }
    if wanted.is_empty() {
        let texts = languages_in(given);
        let known = Known {
            texts: &texts,
            manifests,
            vendors: "",
        };
        // Only the build that a page fetches to learn what is wrong names it.
        #[cfg(feature = "diagnosis")]
        let checked = diagnose(document, known);
        #[cfg(not(feature = "diagnosis"))]
        let checked = verdict(document, known);
        match checked.and_then(within_scope) {
            Ok(config) if runs => run(config, &texts, spoken),
            Ok(_) => {}
            Err(problems) => {
                let mut list = Pile::new();
                for problem in problems {
                    list.push(*written(problem));
                }
                answer = answer.list("problems", list);
            }
        }
    } else {
        answer = answer.list("wanted", wanted);
    }
    json::text(answer.done())
}

/// The languages whose words are at hand.
fn languages_in(given: &'static Value) -> Pile<Texts> {
    let mut texts = Pile::new();
    for (language, file) in *given.get("locales").entries() {
        if !file.is_null() {
            texts.push(Texts::new(Words::of(language), file, given.text("template")));
        }
    }
    texts
}

/// The owner's audit of the page, as JSON, given what Kelisim runs with.
#[cfg(feature = "diagnosis")]
fn audit(given: &'static Value) -> Words {
    let texts = languages_in(given);
    let known = Known {
        texts: &texts,
        manifests: given.get("services"),
        vendors: "",
    };
    let (document, before) = (given.get("configuration"), given.text("before"));
    diagnose(document, known).map_or(Words::NONE, |config| {
        let record = given.get("record");
        json::text(crate::browser::audit::audit(&config, document, before, record))
    })
}

/// Adds a file of a directory, as a page fetches it.
fn want(directory: &str, name: Words, wanted: &mut Pile<Value>) {
    let mut path = Writer::of(directory);
    path.words(name);
    wanted.push(Value::Text(path.done().text()));
}

fn run(config: Config, texts: &[Texts], spoken: Words) {
    if let Some(app) = App::new(config, texts, spoken) {
        let app: &App = Box::leak(Box::new(app));
        APP.set(Some(app));
        app.run();
    }
}

/// A scope that is no parent of this host could share nothing.
fn within_scope(config: Config) -> Result<Config, &'static [Problem]> {
    if config.scope().are_none() || scope_covers(&config.scope(), &hostname()) {
        return Ok(config);
    }
    let mut problems = Pile::new();
    problems.push(Problem {
        path: Words::at(&"scope"),
        code: Words::at(&"scopeElsewhere"),
        hint: hostname(),
    });
    Err(problems.done())
}

/// A problem as the page gets it: `{path, code, hint}`, without what is empty.
fn written(problem: &Problem) -> &'static Value {
    Members::default()
        .text("path", problem.path)
        .text("code", problem.code)
        .text("hint", problem.hint)
        .done()
}
