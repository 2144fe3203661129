//! The module's view of `host.js`: what must be JavaScript, as typed calls. The one place that touches wasm-bindgen's
//! imports, and there are eight, of numbers: words go by where they stand in the module's memory, and everything else
//! through a property or a method by its name, which is a number too, instead of an import with JavaScript of its own.

use super::names::name;
use super::object::Object;
use super::slot::Slot;
use crate::core::notice::dates::Moment;
use crate::core::pile::{Pile, appended};
use crate::core::record::Circumstances;
use crate::core::update::Reply;
use crate::core::value::{Words, Writer};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/host.js")]
extern "C" {
    pub(super) fn get(object: i32, name: i32) -> i32;
    pub(super) fn set(object: i32, name: i32, value: i32);
    pub(super) fn call(object: i32, method: i32, first: i32, second: i32) -> i32;
    #[wasm_bindgen(js_name = say)]
    fn say_at(words: i32, length: i32) -> i32;
    pub(super) fn number(object: i32) -> f64;
    pub(super) fn release(object: i32);
    fn measure(object: i32) -> i32;
    fn copy(into: i32);
}

/// What `makeHost` of `host.js` returns, for the tests of the edge, which live in the page with it.
#[wasm_bindgen(module = "/src/host.js")]
extern "C" {
    /// Makes the object that the module lives in.
    #[wasm_bindgen(js_name = makeHost)]
    pub fn make_host(settings: &wasm_bindgen::JsValue) -> wasm_bindgen::JsValue;
}

/// Where bytes stand in the module's memory, as `host.js` counts.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a page has no two gigabytes for the module"
)]
fn address(bytes: &[u8]) -> i32 {
    bytes.as_ptr().addr() as i32
}

/// How many bytes a text has, as `host.js` counts.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "as above, of which it is a part"
)]
fn length(text: &str) -> i32 {
    text.len() as i32
}

/// Words as the page has them.
#[inline]
pub(super) fn say(words: &str) -> i32 {
    say_at(address(words.as_bytes()), length(words))
}

/// Short words of the page that were seen before: the ids in its attributes turn up at every change.
static SEEN: Slot<&[Words]> = Slot::new(&[]);

/// Words of more bytes than this turn up once: the record, the configuration.
const SHORT: usize = 64;

/// The words under a number, if it is words.
#[allow(unsafe_code)]
#[inline(never)]
pub(super) fn words(object: i32) -> Option<Words> {
    let length = usize::try_from(measure(object)).ok()?;
    let mut bytes = Pile::new();
    for _ in 0..length {
        bytes.push(0);
    }
    copy(address(&bytes));
    // SAFETY: `copy` fills all of it with what the page's `TextEncoder` wrote, which is UTF-8.
    let text = unsafe { core::str::from_utf8_unchecked(&bytes) };
    for seen in SEEN.get() {
        if seen.are(text) {
            bytes.give_back();
            return Some(*seen);
        }
    }
    // SAFETY: as above.
    let words = Words::of(unsafe { core::str::from_utf8_unchecked(bytes.done()) });
    if length < SHORT {
        SEEN.set(appended(SEEN.get(), words));
    }
    Some(words)
}

/// Asks the host to do something.
#[inline(never)]
fn ask(method: Object, first: Words) -> Object {
    Object::HOST.call(method, Object::of(first))
}

/// `window`.
pub fn window() -> Object {
    Object::WINDOW
}

/// `navigator`.
pub fn navigator() -> Object {
    window().get(name!("navigator"))
}

/// What the host has under a name.
#[inline(never)]
pub fn own(name: Object) -> Object {
    Object::HOST.get(name)
}

/// Has the host keep something under a name.
pub fn keep(name: Object, object: Object) {
    Object::HOST.set(name, object);
}

/// Whether something was made under a name in this document before; it is from now on.
pub fn is_made(name: Object) -> bool {
    let made = own(name!("made"));
    let before = made.get(name).exists();
    made.set(name, Object::flag(true));
    before
}

/// Now.
#[inline(never)]
pub fn now() -> Moment {
    window().get(name!("Date")).tell(name!("now")).whole()
}

/// The clock in milliseconds since 1970 and 40 random bits. They tell two grants apart and keep no secret: the page can read
/// them in the record.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "chance is at least 0 and less than 1"
)]
#[inline(never)]
pub fn circumstances() -> Circumstances {
    let chance = window().get(name!("Math")).tell(name!("random"));
    Circumstances {
        now: now(),
        random: (number(chance.number()) * 1_099_511_627_776.0) as u64,
    }
}

/// Whether the page was loaded anew, as opposed to opened.
pub fn reloaded() -> bool {
    let entry = window()
        .get(name!("performance"))
        .call(name!("getEntriesByType"), name!("navigation"))
        .get(name!("0"));
    entry.text(name!("type")).are("reload")
}

/// Lays Kelisim's style sheet over the page, without a `<style>`, which a Content-Security-Policy would stop.
pub fn dress() {
    Object::HOST.tell(name!("dress"));
}

/// The nonce of Kelisim's own tag, which its scripts carry on.
#[inline(never)]
pub fn nonce() -> Object {
    own(name!("nonce"))
}

/// One line on the console.
#[inline(never)]
pub fn complain(code: Words, about: Words) {
    Object::HOST.call_both(name!("complain"), Object::of(code), Object::of(about));
}

/// A function that puts its `arguments` into Google's data layer. What the page called before is taken out of it.
pub fn gtag() -> Object {
    own(name!("gtag"))
}

/// Whether something lies in the browser that was not there when this was asked last.
pub fn is_news(name: Object, found: Object) -> bool {
    let seen = own(name);
    keep(name, found);
    !window()
        .get(name!("Object"))
        .call_both(name!("is"), seen, found)
        .exists()
}

/// Whether the visitor has edited something in a form of the page.
pub fn edited() -> bool {
    own(name!("edited")).exists()
}

/// Whether a script made the click that is looked at, and not the visitor.
pub fn is_scripted() -> bool {
    own(name!("scripted")).exists()
}

/// Sends a receipt to a path of this site; `sent` is called when it was taken.
pub fn post(path: Words, receipt: Words) {
    Object::HOST.call_both(name!("post"), Object::of(path), Object::of(receipt));
}

/// Gets the words of the settings in a language; calls `fetched` when they have come, or have not.
pub fn fetch(language: Words) {
    Object::HOST.call(name!("fetch"), Object::of(language));
}

/// The placeholder of an element that waits; it is made and put before the element where it is missing.
pub fn place(element: Object) -> Object {
    Object::HOST.call(name!("place"), element)
}

/// The element whose placeholder this is, if it is one that Kelisim made: what a page builds grants nothing.
pub fn placed(place: Object) -> Object {
    own(name!("places")).call(name!("get"), place)
}

/// The elements of the page that wait, as a list.
pub fn waiting() -> Object {
    Object::HOST.tell(name!("waiting"))
}

/// Those that were added since it was last asked, so that each of a thousand is looked at once.
pub fn added() -> Object {
    Object::HOST.tell(name!("added"))
}

/// Takes the placeholder of an element away, if it has one.
pub fn displace(element: Object) {
    Object::HOST.call(name!("displace"), element);
}

/// Selects the words of a field, and copies them where the browser lets a page do that.
pub fn copy_words(field: Object) {
    Object::HOST.call(name!("copy"), field);
}

/// An update of Google's consent mode, given as JSON; nothing where the page switched that off.
pub fn consent(signals: Words) {
    ask(name!("consent"), signals);
}

/// A function that keeps its `arguments` in a list of its own.
pub fn queue(list: Words) -> Object {
    ask(name!("queue"), list)
}

/// A function that does nothing and has the properties of another.
pub fn silent(before: Object) -> Object {
    Object::HOST.call(name!("silent"), before)
}

/// A script's URL, trusted where the page asks for it.
#[inline(never)]
pub fn url(url: Words) -> Object {
    ask(name!("url"), url)
}

/// A script's text, trusted where the page asks for it.
pub fn code(code: Object) -> Object {
    Object::HOST.call(name!("code"), code)
}

/// Dispatches `kelisim:name` on `window` with a frozen detail, given as JSON.
pub fn emit(name: Words, detail: Words) {
    Object::HOST.call_both(name!("emit"), Object::of(name), Object::of(detail));
}

/// Answers a call of the page with a record as JSON, or with `null`.
pub fn reply(number: Reply, record: Words) {
    let mut digits = Writer::default();
    digits.number(i64::from(number), 1);
    Object::HOST.call_both(name!("reply"), Object::of(digits.done()), Object::of(record));
}

/// Calls `pad` in the next frame, in which the page is laid out anyway.
pub fn frame() {
    Object::HOST.tell(name!("frame"));
}

/// Calls `resume` after the next frame.
pub fn later() {
    Object::HOST.tell(name!("later"));
}

/// Calls `proceed` when a script has loaded, failed or taken too long.
pub fn wait(script: Object) {
    Object::HOST.call(name!("wait"), script);
}

/// Puts a script at the end of the line of those that wait for their turn.
#[inline(never)]
pub fn enqueue(script: Object) {
    Object::HOST.call(name!("enqueue"), script);
}

/// Takes the first script of that line.
pub fn dequeue() -> Object {
    Object::HOST.tell(name!("dequeue"))
}

/// Something as JSON text.
pub(super) fn text_of(object: Object) -> Option<Words> {
    Object::HOST.call(name!("text"), object).words()
}

/// JSON as plain data of the page's own kind. `{"$date": ms}` becomes a `Date`.
#[inline(never)]
pub fn plain(json: Words) -> Object {
    ask(name!("value"), json)
}
