//! What is removed from the browser: every name that belongs to what the visitor did not grant.
//!
//! A name is known by the patterns of the site's services, each in its own store. What a granted service stores is kept, also
//! where a refused one would store it too, but no cookie of it for longer than the consent. It must not touch a store: that
//! is the edge's part.

mod cookie;
mod glob;

use kelisim_site::{Site, Storage, Stored};

pub use cookie::{CookieScope, cookies, scopes};
pub use glob::matches;

use super::id::{Id, ServiceId};
use super::standing::Permissions;
use super::timestamp::Days;

/// The longest that a vendor's cookie may stay: 13 months (requirement V-05).
pub const LONGEST: Days = Days(395);

/// What becomes of a stored name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is none of Kelisim's business, or stays as it is.
    Stays,
    /// It goes: a service that is not granted stores it, and none that is granted.
    Goes,
    /// It is a cookie that would outlive the consent that it rests on, and ends with that, in so many seconds.
    Ends(u64),
}

/// What becomes of a name in a store, by what is granted and for how many seconds that still holds.
pub fn fate(site: &Site, permissions: &Permissions, seconds_left: u64, place: Storage, name: &str) -> Fate {
    let mut fate = Fate::Stays;
    for id in ServiceId::all(site) {
        let Some(stored) = pattern_of(site, id, place, name) else {
            continue;
        };
        if permissions.allow(Id::Service(id)) {
            return fate_of_granted(stored, seconds_left);
        }
        fate = Fate::Goes;
    }
    fate
}

/// Whether something that is not granted may lie in a store. One that is none of its business is not even opened, which takes
/// a browser milliseconds.
pub fn concerns(site: &Site, permissions: &Permissions, place: Storage) -> bool {
    ServiceId::all(site).any(|id| {
        let lies_there = |stored: &Stored| stored.place == place;
        !permissions.allow(Id::Service(id))
            && id
                .of(site)
                .is_some_and(|service| service.storage.iter().any(lies_there))
    })
}

/// The first pattern by which a service stores this name in this place.
fn pattern_of<'a>(site: &'a Site, id: ServiceId, place: Storage, name: &str) -> Option<&'a Stored> {
    let mut patterns = id.of(site)?.storage.iter();
    patterns.find(|stored| stored.place == place && matches(&stored.name, name))
}

fn fate_of_granted(stored: &Stored, seconds_left: u64) -> Fate {
    let longest = u64::try_from(LONGEST.seconds()).unwrap_or_default();
    let left = seconds_left.min(longest);
    let outlives = stored.seconds.is_none_or(|seconds| seconds > left);
    if stored.place == Storage::Cookie && outlives {
        Fate::Ends(left)
    } else {
        Fate::Stays
    }
}
