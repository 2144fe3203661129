//! Removes what is stored under the names that the core dooms, and lets cookies end with the consent that they rest on. A
//! store that is denied has no names.

use super::cookies;
use super::document::hostname;
use super::host::{is_news, window};
use super::names::name;
use super::object::Object;
use crate::core::purge::{COOKIE, Fate, STORES, cookies as each_cookie, removals, renewed};

/// What the core says of a name in a store.
pub type Judge<'a> = &'a dyn Fn(&str, &str) -> Fate;

/// Looks at every cookie, and at every name in the stores that may hold something that is to go.
pub fn purge(judge: Judge, concerns: &dyn Fn(&str) -> bool) {
    let path = window().get(name!("location")).text(name!("pathname"));
    each_cookie(cookies::raw().words().unwrap_or_default().text(), &mut |name, value| {
        let fate = judge(COOKIE, name);
        if fate != Fate::Stays {
            removals(name, &hostname(), &path, &mut |form| {
                is_news(name!("cookies"), cookies::raw());
                cookies::set(form);
                // It was there in this form, which nothing else can tell.
                if let Fate::Ends(seconds) = fate
                    && is_news(name!("cookies"), cookies::raw())
                {
                    cookies::set(renewed(name, value, seconds, form).as_str());
                }
            });
        }
    });
    for name in &STORES {
        if !concerns(name) {
            continue;
        }
        let store = window().get(Object::saying(name));
        window()
            .get(name!("Object"))
            .call(name!("keys"), store)
            .each(&mut |key| {
                if judge(name, &key.words().unwrap_or_default()) == Fate::Goes {
                    store.call(name!("removeItem"), key);
                }
            });
    }
}
