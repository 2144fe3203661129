//! Gated markup of other managers, as far as the site knows it: gives it the attributes of Kelisim's own, so that everything
//! else has one markup to look at. It must not decide what is allowed, and starts nothing. A name that means nothing here
//! becomes an unknown id, which stays closed and is reported as any other.

use std::rc::Rc;

use kelisim_site::{Alias, Site};

use crate::consent::{CategoryId, ServiceId, categories_of};
use crate::page::activation::{CATEGORY, SERVICE, SOURCE};
use crate::page::element::Element;
use crate::page::script::{INERT, TAG};

/// What a site has of them. Most have nothing, and then nobody looks.
#[derive(Clone, Debug)]
pub struct Aliases(Rc<Site>);

impl Aliases {
    /// Those of a site.
    pub fn of(site: &Rc<Site>) -> Aliases {
        Aliases(Rc::clone(site))
    }

    /// The attributes whose change matters.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &str> {
        let aliases = self.0.aliases.iter();
        aliases.flat_map(|alias| {
            [Some(alias.attribute.as_str()), alias.source.as_deref()]
                .into_iter()
                .flatten()
        })
    }

    /// Gives every element that waits in the manner of another manager the attributes by which the gate knows it. `find` has
    /// the elements that a selector names.
    pub fn adopt(&self, find: impl Fn(&str) -> Vec<Element>) {
        for alias in &self.0.aliases {
            for element in find(&alias.selector) {
                self.translate(&element, alias);
            }
        }
    }

    /// Kelisim's attributes in the place of another manager's, which stay: only a name that changes is told anew.
    fn translate(&self, element: &Element, alias: &Alias) {
        let written = element.attribute(&alias.attribute).unwrap_or_default();
        let ids: Vec<&str> = categories_of(&written).map(|name| meaning(alias, name)).collect();
        let service = match ids.as_slice() {
            [id] => ServiceId::named(&self.0, id),
            // A service among several names is no category, and keeps the element closed.
            _ => None,
        };
        if let Some(service) = service {
            put(element, SERVICE, service.of(&self.0).map_or("", |service| &service.id));
        }
        let category = service.and_then(|service| service.category(&self.0));
        match category.and_then(|category| CategoryId::of(category, &self.0)) {
            Some(category) => put(element, CATEGORY, &category.id),
            None => put(element, CATEGORY, &ids.join(",")),
        }
        if element.matches(TAG) {
            put(element, "type", INERT);
        }
        if let Some(source) = &alias.source
            && let Some(address) = element.attribute(source)
        {
            // It moves, so that an element that has started is not taken for one with a new address.
            element.remove_attribute(source);
            element.set_attribute(SOURCE, &address);
        }
    }
}

/// The id that a name means.
fn meaning<'a>(alias: &'a Alias, name: &'a str) -> &'a str {
    let known = alias.names.iter().find(|(theirs, _)| theirs == name);
    known.map_or(name, |(_, id)| id)
}

/// Sets an attribute that is not so already: whoever hears of changes hears of true ones.
fn put(element: &Element, name: &str, value: &str) {
    if element.attribute(name).is_none_or(|written| written != value) {
        element.set_attribute(name, value);
    }
}
