//! A draft becomes a `site.json`: with the vendors of the catalogue where there is one, with an empty place wherever the owner
//! has to write something, and with nothing that the check would refuse. It knows where each part comes from.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::draft::{Draft, EVERY_LANGUAGE, Left, Said, Service, Words, slug};
use super::script::{Facts, Origin};
use super::vendor::{Clues, numeral, parameter, vendor};
use crate::catalogue::{Catalogue, Manifest};
use crate::config::Config;
use crate::config::messages::messages;
use crate::config::problem::{Code, Problem};
use crate::config::words::ENGLISH;
use crate::languages::{BUILT_IN_CATEGORIES, Languages};
use crate::law::kz;

/// A configuration, and what became of the other one.
pub(super) struct Site {
    pub(super) document: Value,
    /// By their places in the document.
    pub(super) taken: IndexMap<String, Origin>,
    pub(super) left: Vec<Left>,
    /// Whether the law of Kazakhstan was taken to hold.
    pub(super) is_under_kz: bool,
    /// Vendors that Kelisim starts by itself, by their places.
    pub(super) started: Vec<(String, String)>,
}

/// The house, and what else is known of the page.
pub(super) struct Knowledge<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) languages: &'a Languages,
    pub(super) facts: &'a Facts,
}

/// Makes a configuration of a draft. `product` is its key under `aliases`, where it has one.
pub(super) fn site(draft: Draft, product: Option<&str>, knowledge: &Knowledge<'_>) -> Site {
    let mut assembly = Assembly {
        knowledge,
        offered: Vec::new(),
        is_under_kz: true,
        ids: draft.categories.keys().cloned().collect(),
        names: draft.names.clone(),
        site: Site {
            document: Value::Null,
            taken: IndexMap::new(),
            left: Vec::new(),
            is_under_kz: true,
            started: Vec::new(),
        },
    };
    assembly.assemble(draft, product);
    let mut site = assembly.site;
    site.is_under_kz = assembly.is_under_kz;
    settle(&mut site, knowledge);
    site
}

struct Assembly<'a> {
    knowledge: &'a Knowledge<'a>,
    /// The languages, as Kelisim calls them.
    offered: Vec<String>,
    /// The law of Kazakhstan is one of those that hold.
    is_under_kz: bool,
    /// Every id that is taken.
    ids: Vec<String>,
    names: IndexMap<String, String>,
    site: Site,
}

impl<'a> Assembly<'a> {
    fn assemble(&mut self, draft: Draft, product: Option<&str>) {
        self.site.left = draft.left;
        for language in draft.languages {
            self.offer(language);
        }
        self.assume_law();
        let services: Vec<Value> = self.services(draft.services, &draft.categories.keys().cloned().collect::<Vec<_>>());
        let mut ids: Vec<String> = draft.categories.keys().cloned().collect();
        ids.extend(services.iter().filter_map(|service| self.category_of(service)));
        let mut categories: Vec<Value> = Vec::new();
        for id in ids {
            if !categories.iter().any(|known| known["id"] == json!(id)) {
                let written = draft.categories.get(&id);
                let place = format!("categories[{}]", categories.len());
                categories.push(self.category(&place, &id, written));
            }
        }
        let mut site = Map::new();
        let mut write = |key: &str, value: Value| site.insert(key.to_owned(), value);
        if self.is_under_kz {
            write("operator", json!({ "name": "", "bin": "", "address": "", "email": "" }));
        } else {
            write("law", json!(["gdpr"]));
            write("operator", json!({ "name": "", "address": "", "email": "" }));
        }
        let policy = self.said("policy.url", draft.policy).unwrap_or_default();
        write("policy", json!({ "url": policy, "version": "" }));
        if let Some(scope) = self.said("scope", draft.scope) {
            write("scope", json!(scope));
        }
        if let Some(days) = self.said("expiresDays", draft.expires_days) {
            write("expiresDays", numeral(days));
        }
        write("languages", json!(self.offered));
        write("categories", json!(categories));
        write("services", json!(services));
        if self.is_under_kz {
            write("withdrawal", json!({ "email": "", "subject": "" }));
        }
        if draft.refuses_by_do_not_track {
            write("signals", json!({ "dnt": true }));
        }
        let texts = self.texts(draft.texts);
        if !texts.is_empty() {
            write("texts", texts.into());
        }
        let mut appearance = Map::new();
        for (key, said) in [
            ("layout", draft.layout),
            ("position", draft.position),
            ("theme", draft.theme),
        ] {
            if let Some(word) = self.said(&format!("appearance.{key}"), said) {
                appearance.insert(key.to_owned(), json!(word));
            }
        }
        if !appearance.is_empty() {
            write("appearance", appearance.into());
        }
        if let Some(product) = product {
            write("aliases", json!({ product: self.names }));
        }
        self.site.document = site.into();
    }

    /// A value, and where it comes from.
    fn said<T>(&mut self, place: &str, said: Option<Said<T>>) -> Option<T> {
        let Said { value, from } = said?;
        self.site.taken.insert(place.to_owned(), from);
        Some(value)
    }

    fn leave(&mut self, from: &Origin, why: impl Into<String>) {
        self.site.left.push(Left {
            from: from.clone(),
            why: why.into(),
        });
    }

    fn offer(&mut self, language: Said) {
        let Some(tag) = self.spoken(&language.value) else {
            let why = format!("Kelisim does not speak `{}`.", language.value);
            self.leave(&language.from, why);
            return;
        };
        if !self.offered.contains(&tag) {
            let place = format!("languages[{}]", self.offered.len());
            self.site.taken.insert(place, language.from);
            self.offered.push(tag);
        }
    }

    /// A site that speaks Kazakh or Russian is taken to be under the law of Kazakhstan, which asks for both; one that speaks
    /// neither, under the GDPR alone.
    fn assume_law(&mut self) {
        self.is_under_kz =
            self.offered.is_empty() || self.offered.iter().any(|tag| kz::LANGUAGES.contains(&tag.as_str()));
        if self.is_under_kz {
            let lacking = kz::LANGUAGES
                .into_iter()
                .filter(|tag| !self.offered.iter().any(|offered| offered == tag));
            let lacking: Vec<String> = lacking.map(str::to_owned).collect();
            self.offered.extend(lacking);
        }
    }

    /// As Kelisim calls a language: `en` for `en-GB`.
    fn spoken(&self, tag: &str) -> Option<String> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let known = [tag, primary]
            .into_iter()
            .find(|tag| self.knowledge.languages.get(tag).is_some());
        known.map(str::to_owned)
    }

    /// Words for each offered language; `None` where there are none, or not for every one.
    fn words(&mut self, place: &str, words: &Words) -> Option<Value> {
        let one = words.get(EVERY_LANGUAGE);
        if let Some(said) = one.filter(|_| words.len() == 1) {
            self.site.taken.insert(place.to_owned(), said.from.clone());
            return Some(json!(said.value));
        }
        let each = self.each(words);
        if each.is_empty() || each.iter().any(|(_, said)| said.is_none()) {
            return None;
        }
        Some(self.written(place, each))
    }

    /// Words in some of the languages only, of something that has words of Kelisim's own in all of them.
    fn leave_words(&mut self, words: &Words) {
        for said in words.values() {
            self.leave(
                &said.from,
                "Not in every language that is offered: Kelisim's own words stand in their place.",
            );
        }
    }

    /// The words for each offered language, as far as there are some.
    fn each(&self, words: &Words) -> Vec<(String, Option<Said>)> {
        let in_language = |offered: &String| {
            let mut own = words
                .iter()
                .filter(|(tag, _)| self.spoken(tag).as_ref() == Some(offered));
            own.next()
                .map(|(_, said)| said)
                .or_else(|| words.get(EVERY_LANGUAGE))
                .cloned()
        };
        self.offered
            .iter()
            .map(|offered| (offered.clone(), in_language(offered)))
            .collect()
    }

    fn written(&mut self, place: &str, each: Vec<(String, Option<Said>)>) -> Value {
        let mut written = Map::new();
        for (language, said) in each {
            let place = format!("{place}.{language}");
            written.insert(language, json!(self.said(&place, said).unwrap_or_default()));
        }
        written.into()
    }

    fn category(&mut self, place: &str, id: &str, written: Option<&super::draft::Category>) -> Value {
        let mut category = Map::from_iter([("id".to_owned(), json!(id))]);
        let is_built_in = BUILT_IN_CATEGORIES.contains(&id);
        if let Some(from) = written.and_then(|written| written.from.clone()) {
            self.site.taken.insert(place.to_owned(), from);
        }
        let nothing = super::draft::Category::default();
        let super::draft::Category { name, purpose, .. } = written.unwrap_or(&nothing);
        match self.words(&format!("{place}.name"), name) {
            Some(name) => {
                category.insert("name".to_owned(), name);
            }
            None => self.leave_words(name),
        }
        match self.words(&format!("{place}.purpose"), purpose) {
            Some(purpose) => {
                category.insert("purpose".to_owned(), purpose);
            }
            // A built-in category has words of its own.
            None if is_built_in => self.leave_words(purpose),
            None => {
                let each = self.each(purpose);
                let purpose = self.written(&format!("{place}.purpose"), each);
                category.insert("purpose".to_owned(), purpose);
            }
        }
        category.into()
    }

    fn services(&mut self, services: Vec<Service>, categories: &[String]) -> Vec<Value> {
        let mut written = Vec::new();
        for service in services {
            let place = format!("services[{}]", written.len());
            self.site.taken.insert(place.clone(), service.from.clone());
            written.push(match self.vendor(&service) {
                Some(manifest) => self.of_vendor(&place, service, manifest, categories),
                None => self.own(&place, service),
            });
        }
        written
    }

    fn vendor(&self, service: &Service) -> Option<&'a Manifest> {
        let catalogue = self.knowledge.catalogue;
        if let Some(id) = service.vendor {
            return catalogue.get(id);
        }
        let names = service.name.values().map(|said| said.value.as_str());
        let clues = Clues {
            names: std::iter::once(service.called.as_str()).chain(names).collect(),
            addresses: service.addresses.iter().map(String::as_str).collect(),
            cookies: service.cookies.iter().map(|said| said.value.as_str()).collect(),
        };
        vendor(&clues, catalogue)
    }

    fn of_vendor(&mut self, place: &str, service: Service, manifest: &Manifest, categories: &[String]) -> Value {
        let mut written = Map::from_iter([("use".to_owned(), json!(manifest.id))]);
        let id = self.new_id(&manifest.id, &service.called);
        if id != manifest.id {
            written.insert("id".to_owned(), json!(id));
        }
        // What a category of theirs holds stays in it.
        if let Some(category) = service.category.filter(|category| *category != manifest.category)
            && categories.contains(&category)
        {
            written.insert("category".to_owned(), json!(category));
        }
        let mut parameters = service.parameters;
        for name in manifest.parameters.keys() {
            let said = parameters.shift_remove(name.as_str());
            let value = match said {
                Some(said) => self.said(&format!("{place}.{name}"), Some(said)),
                None => parameter(&manifest.id, name, self.knowledge.facts),
            };
            written.insert(name.clone(), value.unwrap_or_else(|| json!("")));
        }
        for said in service.purpose.values().chain(service.cookies.first()) {
            self.leave(
                &said.from,
                "Of a vendor of the catalogue, Kelisim's own manifest says this.",
            );
        }
        if !manifest.start.is_empty() {
            self.site.started.push((place.to_owned(), manifest.id.clone()));
        }
        if service.is_in_page {
            self.name(&service.called, &id);
        }
        written.into()
    }

    fn own(&mut self, place: &str, service: Service) -> Value {
        let id = self.new_id(&slug(&service.called, "service"), "");
        if service.is_in_page {
            self.name(&service.called, &id);
        }
        let mut written = Map::from_iter([("id".to_owned(), json!(id))]);
        if let Some(name) = self.words(&format!("{place}.name"), &service.name) {
            written.insert("name".to_owned(), name);
        }
        written.insert(
            "category".to_owned(),
            json!(service.category.clone().unwrap_or_default()),
        );
        written.insert("recipient".to_owned(), json!(""));
        written.insert("country".to_owned(), json!(""));
        let purpose = self.each(&service.purpose);
        written.insert("purpose".to_owned(), self.written(&format!("{place}.purpose"), purpose));
        if self.is_under_kz {
            written.insert("data".to_owned(), json!([]));
        }
        let mut storage = Vec::new();
        for cookie in service.cookies {
            let place = format!("{place}.storage[{}]", storage.len());
            let name = self.said(&place, Some(cookie));
            storage.push(json!({ "name": name, "in": "cookie", "lifetime": "" }));
        }
        // Whether it stores nothing, nobody has said.
        if !storage.is_empty() {
            written.insert("storage".to_owned(), json!(storage));
        }
        written.into()
    }

    /// The category of a service that is written.
    fn category_of(&self, service: &Value) -> Option<String> {
        let said = service["category"].as_str().filter(|category| !category.is_empty());
        let vendor = || {
            Some(
                self.knowledge
                    .catalogue
                    .get(service["use"].as_str()?)?
                    .category
                    .as_str(),
            )
        };
        said.or_else(vendor).map(str::to_owned)
    }

    /// An id that nothing has yet: this one, another word for it, or a number behind it.
    fn new_id(&mut self, wanted: &str, called: &str) -> String {
        let other = slug(called, "service");
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let mut candidates = [wanted.to_owned(), other].into_iter().chain(numbered);
        let is_free = |id: &String| !id.is_empty() && id != "necessary" && !self.ids.contains(id);
        let id = candidates.find(is_free).unwrap_or_default();
        self.ids.push(id.clone());
        id
    }

    /// What a service is called in the page.
    fn name(&mut self, called: &str, id: &str) {
        if called != id && !called.is_empty() {
            self.names.insert(called.to_owned(), id.to_owned());
        }
    }

    fn texts(&mut self, texts: IndexMap<(String, &'static str), Said>) -> Map<String, Value> {
        let mut written: Map<String, Value> = Map::new();
        for ((tag, key), said) in texts {
            if tag == EVERY_LANGUAGE {
                self.leave(
                    &said.from,
                    "In which language these words are is not said: write them under `texts`.",
                );
            }
            let offered = self.spoken(&tag).filter(|tag| self.offered.contains(tag));
            let Some(language) = offered else { continue };
            let place = format!("texts.{language}.{key}");
            self.site.taken.insert(place, said.from);
            written.entry(language).or_insert_with(|| json!({}))[key] = json!(said.value);
        }
        written
    }
}

/// Takes out what the check refuses and nobody needs, and empties what the owner has to write otherwise. What is missing is
/// the owner's.
fn settle(site: &mut Site, knowledge: &Knowledge<'_>) {
    // Each round takes something out. The last lines of a list go first, so that the others keep their places.
    loop {
        let (_, problems) = Config::read_in_page(&site.document, knowledge.catalogue, knowledge.languages);
        let mut is_settled = true;
        for problem in problems.iter().rev().filter(|problem| problem.code != Code::Missing) {
            is_settled &= !give_up(site, problem, knowledge);
        }
        if is_settled {
            return;
        }
    }
}

/// Gives up the value that a problem is about. Whether there was one to give up.
fn give_up(site: &mut Site, problem: &Problem, knowledge: &Knowledge<'_>) -> bool {
    let path = problem.path.as_str();
    let steps: Vec<&str> = path.split(['.', '[']).map(|step| step.trim_end_matches(']')).collect();
    let is_own_category = |index: &str| {
        let id = site
            .document
            .pointer(&format!("/categories/{index}/id"))
            .and_then(Value::as_str);
        !BUILT_IN_CATEGORIES.contains(&id.unwrap_or_default())
    };
    let (kept, is_emptied) = match steps.as_slice() {
        ["scope" | "expiresDays"] | ["appearance", _] | ["texts", _, _] => (steps.len(), false),
        ["categories", index, "purpose", ..] if is_own_category(index) => (steps.len(), true),
        ["categories", _, "name" | "purpose", ..] | ["services", _, "name", ..] => (3, false),
        ["services", _, "storage", _, "name"] => (4, false),
        ["policy", "url"] | ["services", _, "purpose", _] => (steps.len(), true),
        ["services", _, key] if !["use", "id", "category"].contains(key) => (3, true),
        _ => return false,
    };
    let Some(given_up) = steps.get(..kept) else {
        return false;
    };
    let pointer: String = given_up.iter().flat_map(|step| ["/", step]).collect();
    let was_there = if is_emptied {
        empty(&mut site.document, &pointer)
    } else {
        remove(&mut site.document, &pointer)
    };
    if was_there {
        let said = messages(ENGLISH).explain(problem, knowledge.languages);
        forget(site, path, &format!("{} {}", said.problem, said.mend));
    }
    was_there
}

/// What was taken and is given up is left.
fn forget(site: &mut Site, place: &str, why: &str) {
    let nearest = site.taken.keys().filter(|taken| place.starts_with(taken.as_str()));
    let Some(taken) = nearest.max_by_key(|taken| taken.len()).cloned() else {
        return;
    };
    let is_whole = taken == place || place.contains(".storage[");
    let from = if is_whole {
        site.taken.shift_remove(&taken)
    } else {
        site.taken.get(&taken).cloned()
    };
    if let Some(from) = from {
        let why = format!("`kelisim check` refuses it as `{place}`: {why}");
        site.left.push(Left { from, why });
    }
}

fn empty(document: &mut Value, pointer: &str) -> bool {
    let Some(value) = document.pointer_mut(pointer) else {
        return false;
    };
    let was_there = *value != json!("");
    *value = json!("");
    was_there
}

fn remove(document: &mut Value, pointer: &str) -> bool {
    let Some((parent, key)) = pointer.rsplit_once('/') else {
        return false;
    };
    match document.pointer_mut(parent) {
        Some(Value::Object(members)) => members.shift_remove(key).is_some(),
        Some(Value::Array(items)) => match key.parse::<usize>() {
            Ok(index) if index < items.len() => {
                items.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
    }
}
