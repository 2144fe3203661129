//! Removes what lies in the browser under names that the core dooms, and lets cookies end with the consent that they rest
//! on (requirements W-03, V-05). A store that is denied has no names. It must not know why a name goes.

use js_sys::Object;
use kelisim_site::Storage as Place;
use web_sys::Storage;

use crate::consent::purge::cookies as listed;
use crate::page::{cookies, storage};

/// One form in which a cookie may lie: a domain, a path and a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CookieForm {
    /// What is assigned to `document.cookie` to remove it.
    pub removal: String,
    /// What is assigned to set it anew where it lay, for a shorter time; `None` where it goes for good.
    pub renewal: Option<String>,
}

/// Looks at every cookie. `forms` says of its name and value in which forms it is to be removed; none where it stays.
pub fn cookies(forms: &dyn Fn(&str, &str) -> Vec<CookieForm>) {
    let all = cookies::all();
    for (name, value) in listed(&all) {
        for form in forms(name, value) {
            apply(&form);
        }
    }
}

/// Removes a cookie in a form, and sets it anew where it was there in this form.
fn apply(form: &CookieForm) {
    match &form.renewal {
        None => cookies::remove([form.removal.as_str()]),
        Some(renewal) => {
            if cookies::took(&form.removal) {
                cookies::write(renewal);
            }
        }
    }
}

/// Looks at every name in a store and removes those that are doomed. Cookies are none of its business. To open a store takes
/// a browser milliseconds: it is called where something may lie there.
pub fn store(place: Place, is_doomed: &dyn Fn(&str) -> bool) {
    if let Some(store) = opened(place) {
        for name in names(&store).iter().filter(|name| is_doomed(name)) {
            store.remove_item(name).ok();
        }
    }
}

fn opened(place: Place) -> Option<Storage> {
    match place {
        Place::Cookie => None,
        Place::LocalStorage => storage::local(),
        Place::SessionStorage => storage::session(),
    }
}

/// Every name in a store, by one call: while names are removed, their places change.
fn names(store: &Storage) -> Vec<String> {
    Object::keys(store).iter().filter_map(|name| name.as_string()).collect()
}
