//! Has the page purge what the core dooms, and shorten what outlives its consent (requirements W-03, V-05). It must not know
//! a pattern or a form of its own.

use kelisim_site::{Site, Storage};

use crate::consent::purge::{CookieScope, Fate, concerns, fate, scopes};
use crate::page::address;
use crate::page::purge::{CookieForm, cookies, store};
use crate::visit::State;

/// Looks at every name that the page can see.
pub(crate) fn purge(site: &Site, state: &State) {
    let fate_of = |place, name: &str| fate(site, state.permissions(), state.seconds_left(), place, name);
    let scopes = scopes(&address::host(), &address::path());
    cookies(&|name, value| {
        let fate = fate_of(Storage::Cookie, name);
        scopes
            .iter()
            .filter_map(|scope| form(scope, fate, name, value))
            .collect()
    });
    for place in [Storage::LocalStorage, Storage::SessionStorage] {
        if concerns(site, state.permissions(), place) {
            store(place, &|name| fate_of(place, name) == Fate::Goes);
        }
    }
}

fn form(scope: &CookieScope, fate: Fate, name: &str, value: &str) -> Option<CookieForm> {
    let renewal = match fate {
        Fate::Stays => return None,
        Fate::Goes => None,
        Fate::Ends(seconds) => Some(scope.renewal(name, value, seconds)),
    };
    Some(CookieForm {
        removal: scope.removal(name),
        renewal,
    })
}
