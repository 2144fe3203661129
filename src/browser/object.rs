//! Something of the page's: a node, a list, a function, `window`, words. Whatever does not exist, is no object or throws
//! is nothing, and what is done with nothing is nothing: so a page can break any of it and no caller has to ask first.

use super::host;
use super::names::name;
use crate::core::value::Words;

/// The number of the first name: before it `host.js` has the five below.
const FIRST_NAME: i32 = 5;

/// Something of the page's, or nothing: the number under which `host.js` holds it. It is let go when the call of the
/// module in which it turned up has returned, so none may be kept longer: what has to stay is a property of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object(i32);

#[allow(
    clippy::return_self_not_must_use,
    reason = "a method of the page's is called for what it does as often as for what it returns"
)]
impl Object {
    /// Nothing.
    pub const NOTHING: Object = Object(0);
    /// The host. `host.js` puts this and the following where they are looked for, which saves asking for them by name.
    pub(super) const HOST: Object = Object(1);
    /// `window`.
    pub(super) const WINDOW: Object = Object(2);
    /// `document`.
    pub(super) const DOCUMENT: Object = Object(3);
    /// `true`.
    const TRUE: Object = Object(4);

    /// What `host.js` holds under a number.
    pub fn held(number: i32) -> Object {
        Object(number)
    }

    /// The number under which `host.js` holds it.
    pub fn number(self) -> i32 {
        self.0
    }

    /// What stands at a place among the [`names`](super::names).
    pub(super) const fn at(place: i32) -> Object {
        Object(FIRST_NAME + place)
    }

    /// Words as the page has them.
    #[inline(never)]
    pub fn of(words: Words) -> Object {
        Object::saying(words.text())
    }

    /// The same, of a text that need not stay.
    #[inline(never)]
    pub fn saying(text: &str) -> Object {
        Object(host::say(text))
    }

    /// `true`, or nothing.
    pub fn flag(flag: bool) -> Object {
        if flag { Object::TRUE } else { Object::NOTHING }
    }

    /// Whether it is something: neither missing nor null nor false.
    pub fn exists(self) -> bool {
        self.0 != 0
    }

    /// The words, if it is words.
    #[inline(never)]
    pub fn words(self) -> Option<Words> {
        host::words(self.0)
    }

    /// The whole number, if it is a number; else 0.
    #[inline(never)]
    #[allow(clippy::cast_possible_truncation, reason = "the whole part is what is asked for")]
    pub fn whole(self) -> i64 {
        host::number(self.0) as i64
    }

    /// A property.
    #[inline(never)]
    pub fn get(self, name: Object) -> Object {
        Object(host::get(self.0, name.0))
    }

    /// A property that is words; of anything else, no words.
    #[inline(never)]
    pub fn text(self, name: Object) -> Words {
        self.get(name).words().unwrap_or_default()
    }

    /// Sets a property; a page that forbids it keeps its own.
    #[inline(never)]
    pub fn set(self, name: Object, value: Object) {
        host::set(self.0, name.0, value.0);
    }

    /// Calls a method with two objects; where there is none, or where it throws, nothing. It is always given two, so it must
    /// be none that takes any number of them, such as `append`.
    #[inline(never)]
    pub fn call_both(self, method: Object, first: Object, second: Object) -> Object {
        Object(host::call(self.0, method.0, first.0, second.0))
    }

    /// Calls a method with an object.
    #[inline(never)]
    pub fn call(self, method: Object, object: Object) -> Object {
        self.call_both(method, object, Object::NOTHING)
    }

    /// Calls a method.
    #[inline(never)]
    pub fn tell(self, method: Object) -> Object {
        self.call(method, Object::NOTHING)
    }

    /// Calls a method with an object and a word.
    #[inline(never)]
    pub fn tell_both(self, method: Object, first: Object, second: Words) -> Object {
        self.call_both(method, first, Object::of(second))
    }

    /// Does something with each item of a list of the page's, a `NodeList` or an array that nobody changes meanwhile. Items
    /// are let go one by one: neither they nor what is found on the way can be handed out.
    #[inline(never)]
    pub fn each(self, act: &mut dyn FnMut(Object)) {
        let items = self.tell(name!("values"));
        loop {
            let step = items.tell(name!("next"));
            let item = step.get(name!("value"));
            if !item.exists() {
                return;
            }
            act(item);
            step.release();
        }
    }

    /// Lets go of what the page has given since this, and of this.
    pub(super) fn release(self) {
        host::release(self.0);
    }

    /// An attribute of an element.
    #[inline(never)]
    pub fn attribute(self, name: Object) -> Option<Words> {
        self.call(name!("getAttribute"), name).words()
    }

    /// Sets an attribute of an element.
    #[inline(never)]
    pub fn set_attribute(self, name: Object, value: Words) {
        self.tell_both(name!("setAttribute"), name, value);
    }

    /// Takes an attribute from an element.
    #[inline(never)]
    pub fn remove_attribute(self, name: Object) {
        self.call(name!("removeAttribute"), name);
    }

    /// Whether an element is what a selector names.
    #[inline(never)]
    pub fn is(self, selector: Object) -> bool {
        self.call(name!("matches"), selector).exists()
    }

    /// The first element in this one that a selector names.
    #[inline(never)]
    pub fn find(self, selector: Object) -> Object {
        self.call(name!("querySelector"), selector)
    }
}
