//! What lies in a browser, and which decision of it holds: the record of this host, or one that was made on another host of
//! the scope and is known by its mirror.

use kelisim_site::Site;

use super::mirror::Mirror;
use super::record::Record;

/// What lies under Kelisim's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing, or the store cannot be read.
    Nothing,
    /// Something that is no record: nothing was decided (requirement G-09).
    Invalid,
    /// A record.
    Record(Box<Record>),
}

/// What lies in the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Under Kelisim's key.
    pub kept: Kept,
    /// In the cookies of Kelisim's name, of which a browser may hold more than one. Without a scope they are not looked at.
    pub mirrors: Vec<Mirror>,
}

/// What a look at it finds.
#[derive(Clone, Debug)]
pub struct Found {
    /// The visitor's latest decision. A mirror that is missing takes nothing back.
    pub latest: Option<Record>,
    /// The record of this host.
    pub own: Option<Record>,
    /// Whether the other hosts know the latest decision.
    pub is_shared: bool,
}

impl Found {
    /// Weighs everything that lies there.
    pub fn of(site: &Site, stored: Stored) -> Found {
        let own = match stored.kept {
            Kept::Record(record) => Some(*record),
            Kept::Nothing | Kept::Invalid => None,
        };
        let mut latest = own.clone();
        let mut is_shared = site.scope.is_none();
        let mirrors = if is_shared { Vec::new() } else { stored.mirrors };
        for mirror in mirrors {
            let mirrored = mirror.with_what_is_known(site, own.as_ref());
            let is_newer = latest.as_ref().is_none_or(|latest| mirrored.overrides(latest));
            // One that neither of the two overrides is the same decision.
            let is_known = latest.as_ref().is_none_or(|latest| !latest.overrides(&mirrored));
            is_shared |= is_newer || is_known;
            if is_newer {
                latest = Some(mirrored);
            }
        }
        Found { latest, own, is_shared }
    }
}
