//! Carries out the steps of a vendor's manifest. A page or a vendor that throws is left alone: the next step follows.

use super::document::{element, head};
use super::host;
use super::object::Object;
use crate::core::catalogue::{Kind, Step};
use crate::core::placeholders::split;
use crate::core::value::Value;

/// Carries out steps in their order.
pub fn run(steps: &[Step]) {
    steps.iter().for_each(perform);
}

fn perform(step: &Step) {
    let place = Place::of(&step.target);
    let operand = || host::plain(&step.operand);
    match step.kind {
        Kind::Load => load(&step.target),
        Kind::Queue => place.fill(&host::queue(step.operand.as_text().unwrap_or_default())),
        Kind::Gtag => place.fill(&host::gtag()),
        Kind::Set => place.put(&operand()),
        Kind::Default => place.fill(&operand()),
        Kind::Call => drop(place.value().call_both("apply", &place.owner, &operand())),
        Kind::Silence => place.put(&host::silent(&place.value())),
        Kind::Clear => place.value().set("length", &host::plain(&Value::Number(0.0))),
        Kind::Flag => host::window().set(&step.target, &Object::flag(true)),
        Kind::Unflag => {
            let window = host::window();
            window
                .get("Reflect")
                .call_both("deleteProperty", &window, &Object::words(&step.target));
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
        while let Some((name, after)) = split(rest, b'.') {
            owner = owner.get(name);
            rest = after;
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
}
