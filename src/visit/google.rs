//! What Google's consent mode is told (requirement M-02): basic mode, so denied until the visitor granted it.

use kelisim_site::Site;

use super::vendors::speaks_gtag;
use crate::consent::{CategoryId, Id, Permissions, ServiceId};

/// Each consent type of the site, granted when one of its categories is; none is where every service of Google's was refused.
pub(super) fn consent_types(site: &Site, permissions: &Permissions) -> Vec<(String, bool)> {
    let everything_refused = is_google_refused(site, permissions);
    let mut types: Vec<(String, bool)> = Vec::new();
    for category in CategoryId::all(site) {
        let granted = permissions.allow(Id::Category(category)) && !everything_refused;
        for name in category.of(site).map_or(&[][..], |category| &category.google_consent) {
            match types.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => *known |= granted,
                None => types.push((name.clone(), granted)),
            }
        }
    }
    types
}

/// Whether there are services of Google's, and none of them is granted.
fn is_google_refused(site: &Site, permissions: &Permissions) -> bool {
    let speaks = |id: &ServiceId| id.of(site).is_some_and(speaks_gtag);
    let mut listening = ServiceId::all(site).filter(speaks).peekable();
    listening.peek().is_some() && listening.all(|id| !permissions.allow(Id::Service(id)))
}
