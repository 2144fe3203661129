//! The verdict on an element of the page that waits for a permission (requirement G-03). It must not know how an element
//! is started: that is the edge's part.

use kelisim_site::Site;

use super::id::{CategoryId, Id, NECESSARY, ServiceId};
use super::standing::Permissions;

/// What is to be done with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Start it: it is granted.
    Open,
    /// Leave it as it is: it is not granted.
    Closed,
    /// Leave it as it is, and say why once.
    Misnamed(Misnaming),
}

/// Why an element can never be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misnaming {
    /// What is necessary needs no gate.
    NecessaryIsNotGated,
    /// `data-category` names no category of the site.
    UnknownCategory,
    /// `data-service` names no service of the site.
    UnknownService,
    /// The service belongs to another category.
    ServiceOfAnotherCategory,
}

impl Misnaming {
    /// The code of a line on the console.
    pub fn code(self) -> &'static str {
        match self {
            Misnaming::NecessaryIsNotGated => "necessaryIsNotGated",
            Misnaming::UnknownCategory => "unknownCategory",
            Misnaming::UnknownService => "unknownService",
            Misnaming::ServiceOfAnotherCategory => "serviceOfAnotherCategory",
        }
    }
}

/// The verdict on an element with `data-category` and perhaps `data-service`: both must be known, agree with the site and be
/// granted. Of several categories, all.
pub fn verdict(site: &Site, permissions: &Permissions, categories: &str, service: Option<&str>) -> Verdict {
    let mut verdict = Verdict::Open;
    for category in categories_of(categories) {
        match meant(site, category, service) {
            Ok(id) if permissions.allow(id) => {}
            Ok(_) => verdict = Verdict::Closed,
            Err(misnaming) => return Verdict::Misnamed(misnaming),
        }
    }
    verdict
}

/// The categories that `data-category` names, with commas between them. Where it is empty, that is one without a name.
pub fn categories_of(written: &str) -> impl Iterator<Item = &str> {
    written.split(',').map(str::trim_ascii)
}

/// What an element waits for: the service, which needs its category, or the category alone.
fn meant(site: &Site, category: &str, service: Option<&str>) -> Result<Id, Misnaming> {
    if category == NECESSARY {
        return Err(Misnaming::NecessaryIsNotGated);
    }
    let category = CategoryId::named(site, category).ok_or(Misnaming::UnknownCategory)?;
    let Some(service) = service else {
        return Ok(Id::Category(category));
    };
    let service = ServiceId::named(site, service).ok_or(Misnaming::UnknownService)?;
    if service.category(site) != Some(category) {
        return Err(Misnaming::ServiceOfAnotherCategory);
    }
    Ok(Id::Service(service))
}
