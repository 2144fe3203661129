//! Carries out the steps of a vendor's manifest. A page or a vendor that throws is left alone: the next step follows.

use super::document::{element, head};
use super::gate::mark;
use super::host;
use super::names::name;
use super::object::Object;
use crate::core::catalogue::{Kind, Step};
use crate::core::json;
use crate::core::letters::split;
use crate::core::value::{Value, Words};

/// Carries out one step.
pub fn perform(step: &Step) {
    let (owner, name) = place(step.target.text());
    let present = owner.get(name);
    // A flag is a property of `window` itself, and what is made once is known, by the whole of it, dots and all.
    let target = Object::of(step.target);
    let value = match step.kind {
        Kind::Load => return load(step.target),
        Kind::Call => {
            present.call_both(name!("apply"), owner, operand(step));
            return;
        }
        Kind::Clear => return present.set(name!("length"), host::plain(Words::at(&"0"))),
        Kind::Unflag => {
            let window = host::window();
            window
                .get(name!("Reflect"))
                .call_both(name!("deleteProperty"), window, target);
            return;
        }
        Kind::Flag => return host::window().set(target, Object::flag(true)),
        Kind::Silence => host::silent(present),
        Kind::Set => operand(step),
        // Another service of the same vendor began with it.
        _ if host::is_made(target) => return,
        Kind::Queue => match step.operand {
            Value::Text(list) => host::queue(Words::of(list)),
            _ => return,
        },
        Kind::Gtag => host::gtag(),
        Kind::List => host::plain(Words::at(&"[]")),
    };
    owner.set(name, value);
}

/// The step's operand as plain data of the page's.
#[inline(never)]
fn operand(step: &Step) -> Object {
    host::plain(json::text(&step.operand))
}

/// Inserts an asynchronous script with the tag's own nonce.
fn load(url: Words) {
    let script = element(name!("script"));
    script.set(name!("nonce"), host::nonce());
    script.set(name!("async"), Object::flag(true));
    script.set(name!("src"), host::url(url));
    mark(script, Words::at(&"started"));
    head().call(name!("appendChild"), script);
}

/// The place at a dotted path from `window`: a property of something below it.
fn place(path: &'static str) -> (Object, Object) {
    let mut owner = host::window();
    let mut rest = path;
    while let Some((name, after)) = split(rest, b'.') {
        owner = owner.get(Object::saying(name));
        rest = after;
    }
    (owner, Object::saying(rest))
}
