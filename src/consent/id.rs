//! What a site can be asked about, by place instead of by name: categories, services and languages.
//!
//! An id is found by its name once, where it comes in from the page; from then on it is a small number that cannot be of
//! anything unknown, and cannot be mistaken for one of another kind.

use kelisim_site::{Category, Language, Service, Site};

/// The id of what needs no consent. It is allowed always and never asked.
pub const NECESSARY: &str = "necessary";

/// A category of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CategoryId(usize);

/// A service of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServiceId(usize);

/// A language of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageId(usize);

/// Whatever has an answer of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Id {
    /// A category.
    Category(CategoryId),
    /// A service.
    Service(ServiceId),
}

impl CategoryId {
    /// The category of this name.
    pub fn named(site: &Site, name: &str) -> Option<CategoryId> {
        let place = site.categories.iter().position(|category| category.id == name);
        place.map(CategoryId)
    }

    /// Every category, in the order of the configuration.
    pub fn all(site: &Site) -> impl Iterator<Item = CategoryId> + use<> {
        (0..site.categories.len()).map(CategoryId)
    }

    /// What the site says of it.
    pub fn of(self, site: &Site) -> Option<&Category> {
        site.categories.get(self.0)
    }

    pub(super) fn place(self) -> usize {
        self.0
    }
}

impl ServiceId {
    /// The service of this name.
    pub fn named(site: &Site, name: &str) -> Option<ServiceId> {
        let place = site.services.iter().position(|service| service.id == name);
        place.map(ServiceId)
    }

    /// Every service, in the order of the configuration.
    pub fn all(site: &Site) -> impl Iterator<Item = ServiceId> + use<> {
        (0..site.services.len()).map(ServiceId)
    }

    /// What the site says of it.
    pub fn of(self, site: &Site) -> Option<&Service> {
        site.services.get(self.0)
    }

    /// The category that it needs.
    pub fn category(self, site: &Site) -> Option<CategoryId> {
        CategoryId::named(site, &self.of(site)?.category)
    }

    pub(super) fn place(self) -> usize {
        self.0
    }
}

impl LanguageId {
    /// The language with this BCP 47 tag.
    pub fn tagged(site: &Site, tag: &str) -> Option<LanguageId> {
        let place = site.languages.iter().position(|language| language.tag == tag);
        place.map(LanguageId)
    }

    /// What the site says in it.
    pub fn of(self, site: &Site) -> Option<&Language> {
        site.languages.get(self.0)
    }
}

impl Id {
    /// The category or service of this name; `None` for `necessary`, which has no answer, and for whatever is unknown
    /// (requirement G-03).
    pub fn named(site: &Site, name: &str) -> Option<Id> {
        let category = CategoryId::named(site, name).map(Id::Category);
        category.or_else(|| ServiceId::named(site, name).map(Id::Service))
    }

    /// Every id, categories first, in the order of the configuration.
    pub fn all(site: &Site) -> impl Iterator<Item = Id> + use<> {
        CategoryId::all(site)
            .map(Id::Category)
            .chain(ServiceId::all(site).map(Id::Service))
    }

    /// Its name in the page, the record and the API.
    pub fn name(self, site: &Site) -> &str {
        match self {
            Id::Category(id) => id.of(site).map_or("", |category| &category.id),
            Id::Service(id) => id.of(site).map_or("", |service| &service.id),
        }
    }

    /// A short hash of what a consent to it covers.
    pub fn terms(self, site: &Site) -> &str {
        match self {
            Id::Category(id) => id.of(site).map_or("", |category| &category.terms),
            Id::Service(id) => id.of(site).map_or("", |service| &service.terms),
        }
    }

    /// Itself, or the category that it needs.
    pub fn category(self, site: &Site) -> Option<CategoryId> {
        match self {
            Id::Category(id) => Some(id),
            Id::Service(id) => id.category(site),
        }
    }

    /// Its place among all ids, categories first.
    pub(super) fn place(self, site: &Site) -> usize {
        match self {
            Id::Category(id) => id.0,
            Id::Service(id) => site.categories.len() + id.0,
        }
    }

    /// What it is called in a language.
    pub fn title(self, site: &Site, language: LanguageId) -> &str {
        let place = self.place(site);
        let names = language.of(site).map(|language| &language.names);
        names.and_then(|names| names.get(place)).map_or("", String::as_str)
    }
}
