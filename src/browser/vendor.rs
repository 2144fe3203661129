//! Carries out the steps of a vendor's manifest. A page or a vendor that throws is left alone: the next step follows.

use super::document::{element, head};
use super::host;
use super::object::Object;
use crate::core::catalogue::{Argument, Step};
use crate::core::json::push;
use crate::core::notice::dates::push_number;

/// Carries out steps in their order.
pub fn run(steps: &[Step]) {
    steps.iter().for_each(perform);
}

fn perform(step: &Step) {
    match step {
        Step::Load(url) => load(url),
        Step::Queue { path, list } => Place::of(path).fill(&host::queue(list)),
        Step::Gtag(path) => Place::of(path).fill(&host::gtag()),
        Step::Set(path, value) => Place::of(path).put(&host::plain(value)),
        Step::Default(path, value) => Place::of(path).fill(&host::plain(value)),
        Step::Call(path, arguments) | Step::CallIfPresent(path, arguments) => Place::of(path).call(arguments),
        Step::Silence(path) => {
            let place = Place::of(path);
            place.put(&host::silent(&place.value()));
        }
        Step::Clear(path) => Place::of(path).value().set("length", &host::value("0")),
        Step::Flag(name) => host::window().set(name, &Object::flag(true)),
        Step::Unflag(name) => {
            let window = host::window();
            window
                .get("Reflect")
                .call_both("deleteProperty", &window, &Object::words(name));
        }
    }
}

/// Inserts an asynchronous script with the tag's own nonce.
fn load(url: &str) {
    let script = element("script");
    script.set("nonce", &host::nonce());
    script.set("async", &Object::flag(true));
    script.set("src", &host::url(url));
    head().call("appendChild", &script);
}

/// A property somewhere below `window`.
struct Place<'a> {
    owner: Object,
    name: &'a str,
}

impl Place<'_> {
    /// The place at a dotted path from `window`.
    #[inline(never)]
    fn of(path: &str) -> Place<'_> {
        let mut owner = host::window();
        let mut rest = path;
        while let Some(end) = rest.bytes().position(|byte| byte == b'.') {
            owner = owner.get(rest.get(..end).unwrap_or_default());
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        Place { owner, name: rest }
    }

    fn value(&self) -> Object {
        self.owner.get(self.name)
    }

    fn put(&self, value: &Object) {
        self.owner.set(self.name, value);
    }

    /// Puts a value where there is none.
    #[inline(never)]
    fn fill(&self, value: &Object) {
        if !self.value().exists() {
            self.put(value);
        }
    }

    /// Calls the function that stands here, if one does.
    fn call(&self, arguments: &[Argument]) {
        let mut json = String::from("[");
        for argument in arguments {
            if json.len() > 1 {
                json.push(',');
            }
            push_argument(&mut json, argument);
        }
        json.push(']');
        self.value().call_both("apply", &self.owner, &host::value(&json));
    }
}

fn push_argument(json: &mut String, argument: &Argument) {
    match argument {
        Argument::Plain(value) => push(json, value),
        Argument::Date(moment) => {
            json.push_str("{\"$date\":");
            push_number(json, *moment);
            json.push('}');
        }
    }
}
