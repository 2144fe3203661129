//! What a page does besides Kelisim: vendors' tags that stand in it, pixels for visitors without JavaScript, hints that
//! open a connection before anybody was asked, and hosts and cookies that the configuration does not name (requirements
//! G-07, O-04).
//!
//! It must not look at a page itself: the loader's `look.js` brings what stands there.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalogue::Catalogue;
use crate::config::problem::{Code, Problem};
use crate::config::service::Service;
use crate::config::storage;
use crate::config::{Config, glob};
use crate::description::{Description, descriptions};

/// The cookie in which the hosts of a `scope` share a choice.
const OWN_COOKIE: &str = "kelisim";

/// What a page was seen to do.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Page {
    /// The hosts that are the site's own: that of the page, and that of Kelisim's files.
    pub hosts: Vec<String>,
    /// What stands in it and what it has fetched, in the order in which to tell of it.
    pub seen: Vec<Seen>,
    /// `document.cookie` now.
    pub cookies: String,
    /// `document.cookie` when the page began.
    pub cookies_before: String,
    /// The services that are granted: what these load by themselves is theirs.
    pub granted: BTreeSet<String>,
}

/// Something in a page that has an address.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Where it was seen.
    pub place: Place,
    /// Its address; of a `<noscript>` its markup.
    pub what: String,
}

/// Where something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// The URL of an element that Kelisim did not start.
    Element,
    /// The text of a `<noscript>`.
    NoScript,
    /// The URL of a hint to the browser: `preconnect`, `dns-prefetch`, `preload`, `prefetch`, `modulepreload`.
    Hint,
    /// The URL of something that the page has fetched.
    Resource,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is.
    pub code: Kind,
    /// A host, the name of a cookie, or a place in the configuration.
    pub about: String,
    /// What that means and what to do.
    pub sentence: &'static str,
}

/// What can be found. The names do not change: owners' programs refer to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, strum::VariantArray)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A vendor's tag, by hand.
    HardCodedTag,
    /// Something for visitors without JavaScript.
    NoscriptPixel,
    /// A connection before the question.
    VendorHint,
    /// A host that no service names.
    UndeclaredHost,
    /// A cookie that no service names.
    UndeclaredCookie,
    /// Words that press, hide or say nothing.
    Wording,
}

impl Kind {
    /// What it means and what to do.
    pub fn sentence(self) -> &'static str {
        match self {
            Kind::HardCodedTag => {
                "A tag of this vendor stands in the page and loads before anybody was asked. Take it out: Kelisim loads what the configuration names."
            }
            Kind::NoscriptPixel => {
                "A <noscript> fetches from this host from every visitor without JavaScript, and nobody can ask them. Take it out."
            }
            Kind::VendorHint => {
                "A preconnect, preload or prefetch tells this host of the visit before anybody was asked. Take it out."
            }
            Kind::UndeclaredHost => {
                "The page fetches from this host, and no service of the configuration names it. Gate it and name its service, or serve it yourself."
            }
            Kind::UndeclaredCookie => {
                "This cookie came after the page had begun, and no service of the configuration names it. Name it under the `storage` of the service that sets it."
            }
            Kind::Wording => {
                "The configuration says here what it must not say to a visitor who is about to choose. `kelisim check` shows the line and the mend."
            }
        }
    }
}

/// Compares what a page was seen to do with what the configuration says. `problems` are those that it has and works with all
/// the same, in a page that compiles its own. Each finding stands once.
pub fn audit(config: &Config, problems: &[Problem], catalogue: &Catalogue, page: &Page) -> Vec<Finding> {
    let mut auditor = Auditor {
        config,
        page,
        services: services(config, catalogue),
        found: Vec::new(),
    };
    auditor.wording(problems);
    for seen in &page.seen {
        auditor.addresses(seen);
    }
    auditor.cookies(&descriptions(config, catalogue));
    auditor.found
}

struct Auditor<'a> {
    config: &'a Config,
    page: &'a Page,
    services: Vec<Reached<'a>>,
    found: Vec<Finding>,
}

/// A service, and the hosts that it is reached on.
pub(super) struct Reached<'a> {
    pub(super) id: &'a str,
    hosts: Vec<String>,
}

impl Auditor<'_> {
    fn add(&mut self, code: Kind, about: impl Into<String>) {
        let finding = Finding {
            code,
            about: about.into(),
            sentence: code.sentence(),
        };
        if !self.found.contains(&finding) {
            self.found.push(finding);
        }
    }

    /// The owner's words, each as its place and what is wrong there.
    fn wording(&mut self, problems: &[Problem]) {
        for Problem { path, code, .. } in problems.iter().filter(|problem| is_of_words(problem.code)) {
            self.add(Kind::Wording, format!("{path} ({code})"));
        }
    }

    fn addresses(&mut self, seen: &Seen) {
        // A `<noscript>` holds markup with any number of addresses; everywhere else there is one, and what looks like
        // another stands in its query.
        let most = if seen.place == Place::NoScript { usize::MAX } else { 1 };
        let hosts = seen.what.split("//").skip(1).take(most).map(host_at_start);
        for host in hosts {
            if is_own(self.config, self.page, &host) {
                continue;
            }
            if let Some(code) = self.code_of(seen.place, &host) {
                self.add(code, host);
            }
        }
    }

    fn code_of(&self, place: Place, host: &str) -> Option<Kind> {
        let service = self.services.iter().find(|service| service.is_reached_on(host));
        let runs = service.is_some_and(|service| self.page.granted.contains(service.id));
        match (place, service) {
            (Place::NoScript, _) => Some(Kind::NoscriptPixel),
            (Place::Hint, _) => Some(Kind::VendorHint),
            (Place::Element, Some(_)) if !runs => Some(Kind::HardCodedTag),
            (Place::Element | Place::Resource, Some(_)) => None,
            (Place::Element | Place::Resource, None) => Some(Kind::UndeclaredHost),
        }
    }

    /// What was there when the page began is the site's own.
    fn cookies(&mut self, told: &[Description]) {
        let before: BTreeSet<&str> = names(&self.page.cookies_before).collect();
        for name in names(&self.page.cookies).filter(|name| !before.contains(name)) {
            if name != OWN_COOKIE && !is_told_of(told, name) {
                self.add(Kind::UndeclaredCookie, name);
            }
        }
    }
}

impl Reached<'_> {
    pub(super) fn is_reached_on(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| is_at_or_below(own, host))
    }
}

/// Whether a host is the site's own; what has none lies on that of the page.
pub(super) fn is_own(config: &Config, page: &Page, host: &str) -> bool {
    let is_in_scope = || config.scope.as_ref().is_some_and(|scope| scope.covers(host));
    host.is_empty() || page.hosts.iter().any(|own| own == host) || is_in_scope()
}

/// The services of a configuration, also those that it leaves out on some pages: their tags are theirs.
pub(super) fn services<'a>(config: &'a Config, catalogue: &'a Catalogue) -> Vec<Reached<'a>> {
    let reached = config.services.iter().filter_map(|service| match service {
        Service::Own(own) => Some(Reached {
            id: own.id.as_str(),
            hosts: own.src.as_ref().map(|src| hosts_of(src.as_str())).unwrap_or_default(),
        }),
        Service::Vendor(vendor) => {
            let manifest = catalogue.get(&vendor.vendor)?;
            Some(Reached {
                id: vendor.id.as_ref().map_or(manifest.id.as_str(), |id| id.as_str()),
                hosts: manifest.resolve(&vendor.parameters).hosts,
            })
        }
    });
    reached.collect()
}

/// The host of an address; none of a path.
pub(super) fn hosts_of(address: &str) -> Vec<String> {
    address.split("//").skip(1).take(1).map(host_at_start).collect()
}

/// The host at the beginning of what follows the `//` of an address, without its port, as browsers write it.
pub(super) fn host_at_start(address: &str) -> String {
    let is_end = |letter: char| !letter.is_ascii_alphanumeric() && !".-".contains(letter);
    address.split(is_end).next().unwrap_or_default().to_ascii_lowercase()
}

/// Whether a host of a manifest, which may begin with `*.`, names this one or a domain that it lies under.
fn is_at_or_below(known: &str, host: &str) -> bool {
    let known = known.strip_prefix("*.").unwrap_or(known);
    let before = host.strip_suffix(known);
    before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// The names in `document.cookie`.
pub(super) fn names(cookies: &str) -> impl Iterator<Item = &str> {
    let pairs = cookies.split(';').map(str::trim).filter(|pair| !pair.is_empty());
    // One without a name is called by what it has.
    pairs.map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name))
}

/// Whether the notice tells of a cookie of this name.
fn is_told_of(told: &[Description], name: &str) -> bool {
    let stored = told.iter().flat_map(|service| &service.storage);
    let mut cookies = stored.filter(|stored| stored.place == storage::Place::Cookie);
    cookies.any(|stored| glob::matches(stored.name.as_str(), name))
}

/// Whether it is words that are wrong, where a page works all the same.
fn is_of_words(code: Code) -> bool {
    code.is_for_the_build_alone() && !matches!(code, Code::LowContrast | Code::NoSuchLook)
}

#[cfg(test)]
mod tests {
    use super::{hosts_of, is_at_or_below, names};

    #[test]
    fn hosts_are_found_in_addresses() {
        for (address, host) in [
            ("https://mc.yandex.ru/watch/1", "mc.yandex.ru"),
            ("//vk.com", "vk.com"),
            ("http://a.example:8080/?b=//c.example", "a.example"),
            ("<img src=\"https://MC.yandex.ru/watch/1\">", "mc.yandex.ru"),
        ] {
            assert_eq!(hosts_of(address), [host], "{address}");
        }
        assert!(hosts_of("/own/path").is_empty());
    }

    #[test]
    fn a_host_covers_what_lies_below_it() {
        assert!(is_at_or_below("*.yandex.ru", "mc.yandex.ru") && is_at_or_below("yandex.ru", "yandex.ru"));
        assert!(!is_at_or_below("yandex.ru", "notyandex.ru") && !is_at_or_below("yandex.ru", "yandex.ru.example.org"));
    }

    #[test]
    fn cookies_have_names() {
        let found: Vec<&str> = names("a=1; b; c=; =d;").collect();
        assert_eq!(found, ["a", "b", "c", ""]);
        assert_eq!(names("").count(), 0);
    }
}
