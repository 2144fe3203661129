//! One answer for every category and every service, by whomever: the draft in the settings, a proposal of the page.
//!
//! They always agree with each other: a service that is on has its category on, and a category that has services and is
//! on has at least one of them on (design, section 2: choices). They permit nothing by themselves.

use kelisim_site::Site;

use super::id::{CategoryId, Id, ServiceId};

/// Answers that agree with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// In the order of the site's categories.
    categories: Vec<bool>,
    /// In the order of the site's services.
    services: Vec<bool>,
}

impl Choices {
    /// Everything off.
    pub fn none(site: &Site) -> Choices {
        Choices {
            categories: vec![false; site.categories.len()],
            services: vec![false; site.services.len()],
        }
    }

    /// Everything on.
    pub fn all(site: &Site) -> Choices {
        Choices::agreeing(site, |_| true)
    }

    /// Exactly these ids, the rest off: a service brings its category, a category none of whose services is named brings
    /// them all.
    pub fn only(site: &Site, ids: &[Id]) -> Choices {
        let mut named = Choices::none(site);
        let mut serves = vec![false; site.categories.len()];
        for id in ids {
            named.set(*id, true);
            if let (Id::Service(_), Some(category)) = (id, id.category(site)) {
                set(&mut serves, category.place(), true);
            }
        }
        Choices::agreeing(site, |id| {
            let Some(category) = id.category(site) else {
                return false;
            };
            let has_a_named_service = serves.get(category.place()) == Some(&true);
            named.is_on(id)
                || match id {
                    Id::Category(_) => has_a_named_service,
                    Id::Service(_) => named.is_on(Id::Category(category)) && !has_a_named_service,
                }
        })
    }

    /// What remains of single answers when each of them needs the others: a service its category, a category that has
    /// services one of them.
    pub(super) fn agreeing(site: &Site, mut answer: impl FnMut(Id) -> bool) -> Choices {
        let mut choices = Choices::none(site);
        let mut offers = vec![false; site.categories.len()];
        for (id, on) in CategoryId::all(site).zip(&mut choices.categories) {
            *on = answer(Id::Category(id));
        }
        let mut serves = vec![false; site.categories.len()];
        for (id, on) in ServiceId::all(site).zip(&mut choices.services) {
            let Some(category) = id.category(site).map(CategoryId::place) else {
                continue;
            };
            *on = choices.categories.get(category) == Some(&true) && answer(Id::Service(id));
            set(&mut offers, category, true);
            if *on {
                set(&mut serves, category, true);
            }
        }
        for ((on, offers), serves) in choices.categories.iter_mut().zip(offers).zip(serves) {
            *on &= serves || !offers;
        }
        choices
    }

    /// With one answer set and what follows from it: a category takes its services along, a service that goes on brings its
    /// category, the last service that goes off turns the category off.
    #[must_use]
    pub fn with(mut self, site: &Site, id: Id, on: bool) -> Choices {
        let Some(category) = id.category(site) else { return self };
        let mut serves = false;
        for (service, answer) in ServiceId::all(site).zip(&mut self.services) {
            if service.category(site) == Some(category) {
                if id == Id::Category(category) || id == Id::Service(service) {
                    *answer = on;
                }
                serves |= *answer;
            }
        }
        let is_category = matches!(id, Id::Category(_));
        set(
            &mut self.categories,
            category.place(),
            if is_category { on } else { serves },
        );
        self
    }

    /// The answer for an id.
    pub fn is_on(&self, id: Id) -> bool {
        let answer = match id {
            Id::Category(id) => self.categories.get(id.place()),
            Id::Service(id) => self.services.get(id.place()),
        };
        answer == Some(&true)
    }

    /// Whether anything is on.
    pub fn any(&self) -> bool {
        self.each().any(|on| on)
    }

    /// Whether everything is on.
    pub fn are_all_on(&self) -> bool {
        self.each().all(|on| on)
    }

    fn set(&mut self, id: Id, on: bool) {
        match id {
            Id::Category(id) => set(&mut self.categories, id.place(), on),
            Id::Service(id) => set(&mut self.services, id.place(), on),
        }
    }

    fn each(&self) -> impl Iterator<Item = bool> {
        self.categories.iter().chain(&self.services).copied()
    }
}

fn set(answers: &mut [bool], place: usize, on: bool) {
    if let Some(answer) = answers.get_mut(place) {
        *answer = on;
    }
}
