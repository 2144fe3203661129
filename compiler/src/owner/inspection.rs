//! What the panel of `#kelisim-audit` shows beside the findings of the [`audit`]: each service that the
//! configuration offers, what of it lies in this browser, and to whom an address that was seen in the page belongs.
//!
//! It must not look at a page or a browser itself: the panel brings what is there, names and addresses, and no value that
//! anybody stored.

use kelisim_site::Step;
use serde::{Deserialize, Serialize};

use super::audit::{self, Finding, Page, Reached};
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::config::country::Country;
use crate::config::problem::Problem;
use crate::config::signals::Covers;
use crate::config::storage::{Place, Stored};
use crate::config::words::ENGLISH;
use crate::description::{Description, descriptions};

/// What was seen in a page and in the browser.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Seen {
    /// What is judged; the cookies are in it.
    pub page: Page,
    /// Addresses of which to say whose they are.
    pub addresses: Vec<String>,
    /// The names in the storage that stays.
    pub local_storage: Vec<String>,
    /// The names in the storage that ends with the tab.
    pub session_storage: Vec<String>,
}

impl Seen {
    /// The names of what is stored in a place.
    fn names(&self, place: Place) -> Vec<&str> {
        let all = match place {
            Place::Cookie => return audit::names(&self.page.cookies).collect(),
            Place::LocalStorage => &self.local_storage,
            Place::SessionStorage => &self.session_storage,
        };
        all.iter().map(String::as_str).collect()
    }
}

/// What is shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inspection {
    /// What the audit finds.
    pub findings: Vec<Finding>,
    /// Which signals of a browser count.
    pub signals: Signals,
    /// The services, in the owner's order.
    pub services: Vec<Inspected>,
    /// Whose each address is.
    pub owners: Vec<Owner>,
}

/// Whose an address is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Owner {
    /// The site's own.
    Site,
    /// That of a service, by its id.
    Service(String),
    /// Nobody's whom the configuration names.
    Stranger,
}

/// Which signals of a browser count as a refusal, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Signals {
    /// What Global Privacy Control refuses.
    pub gpc: Covers,
    /// Whether Do Not Track counts like it.
    pub dnt: bool,
}

/// A service, and what of it is there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inspected {
    /// Its id.
    pub id: String,
    /// What visitors read.
    pub name: String,
    /// The id of its category.
    pub category: String,
    /// Who gets the data.
    pub recipient: String,
    /// Where the data goes.
    pub countries: Vec<Country>,
    /// What it stores.
    pub storage: Vec<Kept>,
}

/// A name, or names, that a service stores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The name as it is declared; `*` stands for any characters.
    pub name: String,
    /// Where.
    #[serde(rename = "in")]
    pub place: Place,
    /// The third party on whose own host it lies, where no page can see it.
    pub host: Option<String>,
    /// What is there of it now.
    pub found: Vec<String>,
}

/// Compares what was seen with what the configuration says. `problems` are those that it has and works with all the same.
pub fn inspect(config: &Config, problems: &[Problem], catalogue: &Catalogue, seen: &Seen) -> Inspection {
    let described = descriptions(config, catalogue);
    let reached = audit::services(config, catalogue);
    let owner_of = |address: &String| {
        let loads = described.iter().find(|service| loads(service, address));
        match loads {
            Some(service) => Owner::Service(service.id.clone()),
            None => owner_by_host(config, &seen.page, &reached, address),
        }
    };
    Inspection {
        findings: audit::audit(config, problems, catalogue, &seen.page),
        signals: Signals {
            gpc: config.signals.gpc.unwrap_or_default(),
            dnt: config.signals.dnt.unwrap_or_default(),
        },
        services: described.iter().map(|service| inspected(service, seen)).collect(),
        owners: seen.addresses.iter().map(owner_of).collect(),
    }
}

fn inspected(service: &Description, seen: &Seen) -> Inspected {
    let storage = service.storage.iter().enumerate();
    Inspected {
        id: service.id.clone(),
        name: service.name.in_language(ENGLISH).to_owned(),
        category: service.category.clone(),
        recipient: service.recipient.in_language(ENGLISH).to_owned(),
        countries: service.countries.clone(),
        storage: storage
            .map(|(place, declared)| kept(declared, service.storage.get(..place).unwrap_or_default(), seen))
            .collect(),
    }
}

/// A name counts where it is declared first: `_ym_uid` is no `_ym_*` as well.
fn kept(declared: &Stored, earlier: &[Stored], seen: &Seen) -> Kept {
    let names = seen.names(declared.place).into_iter();
    let found = names.filter(|name| {
        let is_told_of = |one: &Stored| one.place == declared.place && is_here(one, name);
        is_here(declared, name) && !earlier.iter().any(is_told_of)
    });
    Kept {
        name: declared.name.to_string(),
        place: declared.place,
        host: declared.host.as_ref().map(ToString::to_string),
        found: found.map(str::to_owned).collect(),
    }
}

/// Whether it is a name of this that the page's own origin has.
fn is_here(declared: &Stored, name: &str) -> bool {
    declared.host.is_none() && declared.name.matches(name)
}

/// Whether a service begins with this very script, which an owner's own may have on the site's host.
fn loads(service: &Description, address: &str) -> bool {
    let path = address.split_once("//").and_then(|(_, rest)| rest.split_once('/'));
    service.start.iter().any(|step| match step {
        Step::Load { url, .. } => url == address || path.is_some_and(|(_, path)| url.strip_prefix('/') == Some(path)),
        _ => false,
    })
}

/// What has no host lies on the page's own.
fn owner_by_host(config: &Config, page: &Page, reached: &[Reached<'_>], address: &str) -> Owner {
    let hosts = audit::hosts_of(address);
    let Some(host) = hosts.first().filter(|host| !audit::is_own(config, page, host)) else {
        return Owner::Site;
    };
    let service = reached.iter().find(|service| service.is_reached_on(host));
    service.map_or(Owner::Stranger, |service| Owner::Service(service.id.to_owned()))
}
