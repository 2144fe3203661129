//! What the places and conditions in the HTML of a layer come to in a state. The page fills and toggles them and adds
//! nothing (design, section 3: the layers are HTML).

use kelisim_site::{Language, Place, Site, When};

use super::state::State;
use crate::consent::{CategoryId, Date, Id, Record, ServiceId, Timestamp, push_number};

/// What an embed waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Embed {
    /// Its category.
    pub category: CategoryId,
    /// Its service, where it names one.
    pub service: Option<ServiceId>,
}

/// The text of a place; `embed` is that of the placeholder in which it lies.
pub fn text_of(site: &Site, state: &State, place: Place, embed: Option<Embed>) -> String {
    let language = state.language.of(site);
    match place {
        Place::Ends => language.map_or_else(String::new, |language| spelled(state.ends(site), language)),
        Place::Decided => state
            .holding()
            .zip(language)
            .map_or_else(String::new, |(record, language)| spelled(record.decided(), language)),
        Place::Granted => granted(site, state),
        Place::Host => state.page.host.clone(),
        Place::Code => state
            .holding()
            .and_then(Record::code)
            .map_or_else(String::new, str::to_owned),
        Place::Names => names(site, state),
        Place::Status => language
            .zip(state.status)
            .map_or_else(String::new, |(language, outcome)| {
                outcome.words(&language.status).to_owned()
            }),
        Place::Record => state.holding().map_or_else(String::new, Record::to_text),
        Place::Embed => embed.map_or_else(String::new, |embed| embed.id().title(site, state.language).to_owned()),
    }
}

/// Whether an element with this condition is there; `embed` is that of the placeholder in which it lies.
pub fn is_there(site: &Site, state: &State, when: &When, embed: Option<Embed>) -> bool {
    match when {
        When::Granted => state.permissions().any(),
        When::Ungranted => !state.permissions().any(),
        When::Coded => state.holding().and_then(Record::code).is_some(),
        When::Recorded => state.holding().is_some(),
        When::Signal => state.standing.by_signal,
        When::Again => state.standing.again,
        When::Asked(names) => names.split(' ').any(|name| is_listed(site, state, name)),
        When::Embed(name) => embed.is_some_and(|embed| embed.concerns(site, name)),
    }
}

impl Embed {
    /// What a visitor is asked to grant for it.
    pub fn id(self) -> Id {
        self.service.map_or(Id::Category(self.category), Id::Service)
    }

    /// Whether this is told of it: its category, and its service or all of its category.
    fn concerns(self, site: &Site, name: &str) -> bool {
        match Id::named(site, name) {
            Some(Id::Category(category)) => category == self.category,
            Some(Id::Service(service)) => self
                .service
                .map_or(service.category(site) == Some(self.category), |own| own == service),
            None => false,
        }
    }
}

/// A category is listed with any of its services.
fn is_listed(site: &Site, state: &State, name: &str) -> bool {
    let Some(wanted) = Id::named(site, name) else {
        return false;
    };
    let is_meant = |id: Id| id == wanted || id.category(site).map(Id::Category) == Some(wanted);
    state.listed(site).into_iter().any(is_meant)
}

/// What the record grants, by name; a dash where that is nothing.
fn granted(site: &Site, state: &State) -> String {
    let granted = state.holding().into_iter().flat_map(Record::granted);
    let names = titles(site, state, granted.filter_map(|name| Id::named(site, name)));
    if names.is_empty() { "—".to_owned() } else { names }
}

/// What is asked anew, by name.
fn names(site: &Site, state: &State) -> String {
    titles(site, state, state.standing.asked.iter().copied())
}

/// The names of ids, each once.
fn titles(site: &Site, state: &State, ids: impl Iterator<Item = Id>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for id in ids {
        let title = id.title(site, state.language);
        if !title.is_empty() && !names.contains(&title) {
            names.push(title);
        }
    }
    names.join(", ")
}

/// A date in the words of a language: «19 мая 2027 г.» (requirement L-01).
fn spelled(moment: Timestamp, language: &Language) -> String {
    let Date { year, month, day } = moment.date();
    let month = language.months.get(usize::from(month).saturating_sub(1));
    let mut spelled = String::new();
    // `{day} {month} {year}`: what stands before a place, and the place.
    for part in language.date.split('}') {
        let (before, place) = part.split_once('{').unwrap_or((part, ""));
        spelled.push_str(before);
        match place {
            "day" => push_number(&mut spelled, day.into(), 1),
            "month" => spelled.push_str(month.map_or("", String::as_str)),
            "year" => push_number(&mut spelled, u64::try_from(year).unwrap_or_default(), 1),
            _ => {}
        }
    }
    spelled
}
