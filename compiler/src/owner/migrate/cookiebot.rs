//! Cookiebot: it has no configuration in the page, so what waits in the page says it: the elements with `data-cookieconsent`.

use oxc_span::SourceType;

use super::Source;
use super::draft::{Draft, Service};
use super::page::Gated;
use super::script::Facts;
use crate::aliases::{COOKIECONSENT, OF_COOKIEBOT};

/// What is found, if the page is Cookiebot's.
pub(super) fn draft(source: &Source) -> Option<Draft> {
    let mut gated = source.page.gated_by(COOKIECONSENT).peekable();
    if source.page.cookiebot.is_none() && gated.peek().is_none() {
        return None;
    }
    let mut draft = Draft::default();
    super::language_of_page(&mut draft, source);
    if let Some(from) = &source.page.cookiebot {
        let why = "What is configured at Cookiebot is not in the page: texts, looks, what it found in a scan. Take its script out.";
        draft.leave(from.clone(), why);
    }
    for gated in gated.filter(|gated| !gated.names.iter().any(|name| name == "ignore")) {
        element(gated, &mut draft);
    }
    Some(draft)
}

/// An element that waits: its categories, and a service for each host that it loads from.
fn element(gated: &Gated, draft: &mut Draft) {
    let mut categories = Vec::new();
    for name in &gated.names {
        let known = OF_COOKIEBOT
            .into_iter()
            .find(|(theirs, _)| theirs == name)
            .map(|(_, id)| id);
        categories.extend(draft.category(known.unwrap_or(name), &gated.from));
    }
    // An element that waits for several follows all of them, and its service stands in the last, which is marketing's place.
    let Some(category) = categories.pop() else {
        draft.leave(
            gated.from.clone(),
            "What is necessary needs no consent: take it out of the gate.",
        );
        return;
    };
    // An inline script has an address in it, or none at all.
    let inline = Facts::of_script(&gated.text, SourceType::unambiguous(), 0)
        .map(|facts| facts.texts)
        .unwrap_or_default();
    let inline = inline.into_iter().filter(|text| text.contains("//"));
    for address in gated.addresses.iter().cloned().chain(inline) {
        let Some(host) = host(&address) else { continue };
        let is_known = draft.services.iter().any(|service| service.called == host);
        if !is_known {
            let mut service = Service::unnamed(&host, gated.from.clone());
            service.category = Some(category.clone());
            service.addresses.push(address);
            draft.services.push(service);
        }
    }
}

/// The host of an address, where it has one.
fn host(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("//")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    host.contains('.').then(|| host.to_owned())
}
