//! Orejime: `orejimeConfig`, in its version 3. Version 2 is configured as Klaro is, and its own program makes version 3 of it.

use super::Source;
use super::draft::{Draft, EVERY_LANGUAGE, Members, Said, Service, cookie, is_built_in};
use super::klaro::scope;
use super::script::{Facts, Literal, Node};
use crate::aliases::{NAME, PURPOSE};

/// Why there is nothing like it.
const REASONS: [(&str, &str); 5] = [
    ("forceModal", "A page stays in use while a question stands in it."),
    ("forceBanner", "A page stays in use while a question stands in it."),
    ("logo", "The first layer has words alone."),
    ("orejimeElement", "Kelisim's root stands beside the body."),
    (
        "contextual",
        "An embed that waits has a placeholder, without a heading.",
    ),
];

const REASONS_OF_A_PURPOSE: [(&str, &str); 3] = [
    ("default", "Nothing optional is on before the visitor switches it on."),
    (
        "runsOnce",
        "A script that was started is never started twice in a document.",
    ),
    ("isExempt", "Nothing runs before it was granted."),
];

/// The languages of its bundles: `orejime-standard-fr.js`.
const BUNDLE: &str = "orejime-";

/// What is configured, if it is Orejime.
pub(super) fn draft(source: &Source) -> Option<Draft> {
    let mut draft = Draft::default();
    let mut configuration = Members::of(configuration(&source.facts)?, &mut draft);
    draft.policy = configuration.text("privacyPolicyUrl", &mut draft);
    let mut cookie = configuration.members("cookie", &mut draft);
    draft.scope = scope(cookie.text("domain", &mut draft));
    draft.expires_days = cookie.number("duration", &mut draft);
    cookie.end(
        &[
            ("name", "The record has a name of its own, `kelisim`."),
            ("sameSite", "The cookie of a `scope` is `Lax`."),
        ],
        &mut draft,
    );
    super::language_of_page(&mut draft, source);
    let language = draft.languages.first().map(|said| said.value.clone());
    let translations = configuration.members("translations", &mut draft);
    match language {
        Some(tag) => words(&tag, translations, &mut draft),
        None => translations.end_in_no_language(&mut draft),
    }
    for node in configuration.list("purposes", &mut draft) {
        purpose(node, None, source, &mut draft);
    }
    configuration.end(&REASONS, &mut draft);
    Some(draft)
}

fn configuration(facts: &Facts) -> Option<Node> {
    let starts = ["Orejime.init", "Orejime.load", "loadOrejime", "orejime.init"];
    let called = || {
        facts
            .calls(|name| starts.contains(&name))
            .find_map(|arguments| arguments.into_iter().next())
    };
    let by_shape = || facts.value("default").filter(has_purposes);
    facts.value("orejimeConfig").or_else(called).or_else(by_shape)
}

fn has_purposes(node: &Node) -> bool {
    match &node.literal {
        Literal::Members(members) => members
            .get("purposes")
            .is_some_and(|node| matches!(node.literal, Literal::List(_))),
        _ => false,
    }
}

/// The language of an Orejime is that of its bundle.
pub(super) fn language_of_bundle(address: &str) -> Option<String> {
    let (_, name) = address.rsplit_once(BUNDLE)?;
    let tag = name.strip_suffix(".js")?.rsplit('-').next()?;
    (tag.len() == 2).then(|| tag.to_owned())
}

/// A purpose is a category where it says so by its name or holds others, and a service otherwise.
fn purpose(node: Node, category: Option<String>, source: &Source, draft: &mut Draft) {
    let from = node.from.clone();
    let mut members = Members::of(node, draft);
    let Some(id) = members.text("id", draft) else {
        return;
    };
    if members.is_true("isMandatory") {
        draft.leave(from, "What is mandatory needs no consent: take it out of its template.");
        return;
    }
    let title = members.text("title", draft);
    let description = members.text("description", draft);
    let held = members.list("purposes", draft);
    let cookies = members.list("cookies", draft);
    let is_category = !held.is_empty() || is_built_in(&id.value);
    let category = if is_category {
        let id = draft.category(&id.value, &id.from);
        if let Some(known) = id.as_ref().and_then(|id| draft.categories.get_mut(id)) {
            known
                .name
                .extend(title.clone().map(|said| (EVERY_LANGUAGE.to_owned(), said)));
            known
                .purpose
                .extend(description.clone().map(|said| (EVERY_LANGUAGE.to_owned(), said)));
        }
        id
    } else {
        category
    };
    for node in held {
        purpose(node, category.clone(), source, draft);
    }
    let stored: Vec<Said> = cookies.into_iter().filter_map(|node| cookie(node, draft)).collect();
    if !is_category || !stored.is_empty() {
        let mut service = if is_category {
            Service::unnamed(&format!("{}-cookies", id.value), from)
        } else {
            Service::new(&id.value, from)
        };
        service.category = category;
        service.cookies = stored;
        if !is_category {
            service.name.extend(title.map(|said| (EVERY_LANGUAGE.to_owned(), said)));
            service
                .purpose
                .extend(description.map(|said| (EVERY_LANGUAGE.to_owned(), said)));
        }
        let gated = source.page.gated_by(PURPOSE).chain(source.page.gated_by(NAME));
        for gated in gated.filter(|gated| gated.names.contains(&id.value)) {
            service.addresses.extend(gated.addresses.iter().cloned());
        }
        draft.services.push(service);
    }
    members.end(&REASONS_OF_A_PURPOSE, draft);
}

fn words(tag: &str, mut translations: Members, draft: &mut Draft) {
    let mut first = translations.members("banner", draft);
    for (theirs, ours) in [
        ("title", "title"),
        ("description", "lead"),
        ("privacyPolicyLabel", "policyLink"),
        ("accept", "accept"),
        ("decline", "reject"),
        ("configure", "settings"),
    ] {
        let said = first.text(theirs, draft);
        draft.text(tag, ours, said);
    }
    let no_titles = "A control says what it does: there is no second text behind it.";
    let titles = [
        ("acceptTitle", no_titles),
        ("declineTitle", no_titles),
        ("configureTitle", no_titles),
    ];
    first.end(&titles, draft);
    let mut settings = translations.members("modal", draft);
    for (theirs, ours) in [
        ("title", "settingsTitle"),
        ("description", "settingsLead"),
        ("close", "close"),
        ("save", "save"),
    ] {
        let said = settings.text(theirs, draft);
        draft.text(tag, ours, said);
    }
    let stands_already = "It stands on the first layer too.";
    settings.end(
        &[
            ("closeTitle", no_titles),
            ("saveTitle", no_titles),
            ("acceptAll", stands_already),
            ("declineAll", stands_already),
            ("privacyPolicyLabel", stands_already),
        ],
        draft,
    );
    translations.end(
        &[
            (
                "purpose",
                "A switch is on or off, and says so to a screen reader by itself.",
            ),
            ("misc", "Kelisim has nothing of the kind."),
        ],
        draft,
    );
}
