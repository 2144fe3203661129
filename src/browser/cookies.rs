//! `document.cookie`, and in it the mirror of a scope's choice. Where cookies are denied there are none.

use super::document::document;
use super::host::window;
use super::names::name;
use super::object::Object;
use crate::core::json::parse;
use crate::core::letters::{halves, same};
use crate::core::pile::Pile;
use crate::core::purge::cookies;
use crate::core::record::MIRROR_NAME;
use crate::core::value::{Value, Words};

/// Every cookie that the page can see, as the page has them.
#[inline(never)]
pub fn raw() -> Object {
    document().get(name!("cookie"))
}

/// Sets a cookie, or removes one.
#[inline(never)]
pub fn set(cookie: &str) {
    document().set(name!("cookie"), Object::saying(cookie));
}

/// Sets the mirror; whether it is there afterwards.
pub fn mirror(cookie: Words) -> bool {
    set(&cookie);
    raw()
        .call(name!("includes"), Object::saying(halves(cookie.text(), b';').0))
        .exists()
}

/// What the cookies of Kelisim's name say; those that are no JSON are left out.
pub fn mirrors() -> &'static [Value] {
    let mut mirrors = Pile::new();
    cookies(raw().words().unwrap_or_default().text(), &mut |name, value| {
        if same(name, MIRROR_NAME) {
            let decoded = window()
                .call(name!("decodeURIComponent"), Object::saying(value))
                .words();
            if let Some(mirror) = decoded.and_then(|json| parse(&json)) {
                mirrors.push(*mirror);
            }
        }
    });
    mirrors.done()
}
