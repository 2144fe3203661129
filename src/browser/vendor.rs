//! Carries out the steps of a vendor's manifest. A page or a vendor that throws is left alone: the next step follows.

use super::document::Page;
use super::host::Host;
use super::to_js::{set, to_js};
use crate::core::catalogue::{Argument, Step};
use js_sys::{Array, Date, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Carries out steps in their order.
pub fn run(page: &Page, host: &Host, steps: &[Step]) {
    for step in steps {
        perform(page, host, step);
    }
}

fn perform(page: &Page, host: &Host, step: &Step) {
    match step {
        Step::Load(url) => load(page, host, url),
        Step::Queue { path, list } => Place::of(path).fill(|| host.queue(list)),
        Step::Gtag(path) => Place::of(path).fill(|| host.gtag()),
        Step::Set(path, value) => Place::of(path).put(&to_js(value)),
        Step::Default(path, value) => Place::of(path).fill(|| to_js(value)),
        Step::Call(path, arguments) | Step::CallIfPresent(path, arguments) => Place::of(path).call(arguments),
        Step::Silence(path) => {
            let place = Place::of(path);
            place.put(&host.silent(&place.value()));
        }
        Step::Clear(path) => set(&Place::of(path).value(), "length", &JsValue::from_f64(0.0)),
        Step::Flag(name) => Place::of_name(name).put(&JsValue::TRUE),
        Step::Unflag(name) => Place::of_name(name).remove(),
    }
}

/// Inserts an asynchronous script with the tag's own nonce.
fn load(page: &Page, host: &Host, url: &str) {
    let (Some(script), Some(head)) = (page.element("script"), page.head()) else {
        return;
    };
    if let Some(nonce) = host.nonce() {
        set(&script, "nonce", &JsValue::from_str(&nonce));
    }
    set(&script, "async", &JsValue::TRUE);
    set(&script, "src", &host.url(url));
    let _ = head.append_child(&script);
}

/// A property somewhere below `window`.
struct Place {
    owner: JsValue,
    name: JsValue,
}

impl Place {
    /// The place at a dotted path from `window`.
    fn of(path: &str) -> Place {
        let (owners, name) = path.rsplit_once('.').unwrap_or(("", path));
        let owner = owners
            .split('.')
            .filter(|owner| !owner.is_empty())
            .fold(window(), |owner, name| {
                Place {
                    owner,
                    name: JsValue::from_str(name),
                }
                .value()
            });
        Place {
            owner,
            name: JsValue::from_str(name),
        }
    }

    /// The property of `window` with this name, which may hold dots.
    fn of_name(name: &str) -> Place {
        Place {
            owner: window(),
            name: JsValue::from_str(name),
        }
    }

    fn value(&self) -> JsValue {
        Reflect::get(&self.owner, &self.name).unwrap_or(JsValue::UNDEFINED)
    }

    fn put(&self, value: &JsValue) {
        let _ = Reflect::set(&self.owner, &self.name, value);
    }

    /// Puts a value where there is none.
    fn fill(&self, make: impl FnOnce() -> JsValue) {
        if self.value().is_falsy() {
            self.put(&make());
        }
    }

    fn remove(&self) {
        let _ = Reflect::delete_property(self.owner.unchecked_ref::<js_sys::Object>(), &self.name);
    }

    /// Calls the function that stands here, if one does.
    fn call(&self, arguments: &[Argument]) {
        if let Some(function) = self.value().dyn_ref::<Function>() {
            let _ = Reflect::apply(
                function,
                &self.owner,
                &arguments.iter().map(argument).collect::<Array>(),
            );
        }
    }
}

fn window() -> JsValue {
    js_sys::global().into()
}

fn argument(argument: &Argument) -> JsValue {
    match argument {
        Argument::Plain(value) => to_js(value),
        #[allow(clippy::cast_precision_loss)]
        Argument::Date(moment) => Date::new(&JsValue::from_f64(*moment as f64)).into(),
    }
}
