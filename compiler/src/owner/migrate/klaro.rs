//! Klaro: `klaroConfig`, of its versions 0.6 (`apps`) and 0.7 (`services`).

use super::Source;
use super::draft::{Draft, EVERY_LANGUAGE, Members, Said, Service, Words, cookie, leave, text};
use super::script::{Facts, Literal, Node};
use crate::aliases::NAME;

/// Why there is nothing like it.
const REASONS: [(&str, &str); 14] = [
    ("version", "Kelisim has one format."),
    ("elementID", "Kelisim's root has an id of its own, `kelisim-root`."),
    (
        "storageMethod",
        "The record of an answer lies in `localStorage`, with a small cookie where there is a `scope`.",
    ),
    ("storageName", "The record has a name of its own, `kelisim`."),
    ("cookieName", "The record has a name of its own, `kelisim`."),
    ("cookiePath", "The choice holds for the whole host."),
    ("default", "Nothing optional is on before the visitor switches it on."),
    ("mustConsent", "A page stays in use while a question stands in it."),
    ("noticeAsModal", "A page stays in use while a question stands in it."),
    ("acceptAll", "Accepting and refusing are two equal controls, always."),
    ("hideDeclineAll", "Refusing is as easy as accepting, always."),
    ("hideLearnMore", "The way to the settings is always there."),
    ("htmlTexts", "Words are words: no markup stands in them."),
    ("groupByPurpose", "Services stand in their categories, always."),
];

const REASONS_OF_A_SERVICE: [(&str, &str); 5] = [
    ("default", "Nothing optional is on before the visitor switches it on."),
    ("optOut", "Nothing runs before it was granted."),
    (
        "onlyOnce",
        "A script that was started is never started twice in a document.",
    ),
    (
        "contextualConsentOnly",
        "An embed that waits has a placeholder, and is granted there or in the settings.",
    ),
    ("vars", "Kelisim has nothing of the kind."),
];

/// What is configured, if it is Klaro.
pub(super) fn draft(source: &Source) -> Option<Draft> {
    let facts = &source.facts;
    let mut draft = Draft::default();
    let mut configuration = Members::of(configuration(facts)?, &mut draft);
    let translations = configuration.members("translations", &mut draft);
    let default = configuration.text("lang", &mut draft);
    languages(&mut draft, default, &translations, source);
    draft.scope = scope(configuration.text("cookieDomain", &mut draft));
    draft.expires_days = configuration.number("cookieExpiresAfterDays", &mut draft);
    draft.policy = configuration
        .take("privacyPolicy")
        .and_then(|node| one_or_default(node, &mut draft));
    looks(&mut configuration, &mut draft);
    let mut by_language = Vec::new();
    for (tag, node) in translations.rest() {
        by_language.push((language_of(tag), Members::of(node, &mut draft)));
    }
    let old = configuration.list("apps", &mut draft);
    for node in configuration.list("services", &mut draft).into_iter().chain(old) {
        service(node, source, &mut by_language, &mut draft);
    }
    for (tag, members) in by_language {
        words(&tag, members, &mut draft);
    }
    configuration.end(&REASONS, &mut draft);
    // A page names services alone.
    draft.names.clear();
    Some(draft)
}

fn configuration(facts: &Facts) -> Option<Node> {
    let setup = ["klaro.setup", "klaro.show", "klaro.render", "Klaro.setup"];
    let called = || {
        facts
            .calls(|name| setup.contains(&name))
            .find_map(|arguments| arguments.into_iter().next())
    };
    let by_shape = || facts.value("default").filter(has_services);
    facts.value("klaroConfig").or_else(called).or_else(by_shape)
}

fn has_services(node: &Node) -> bool {
    match &node.literal {
        Literal::Members(members) => ["services", "apps"].iter().any(|key| {
            members
                .get(*key)
                .is_some_and(|node| matches!(node.literal, Literal::List(_)))
        }),
        _ => false,
    }
}

/// The languages that there are words for; the first is the default.
fn languages(draft: &mut Draft, default: Option<Said>, translations: &Members, source: &Source) {
    draft.languages.extend(default);
    for (tag, node) in translations.iter() {
        if tag != "zz" {
            draft.languages.push(Said {
                value: tag.clone(),
                from: node.from.clone(),
            });
        }
    }
    super::language_of_page(draft, source);
}

/// Under `zz` stands what holds for every language.
fn language_of(tag: String) -> String {
    if tag == "zz" { EVERY_LANGUAGE.to_owned() } else { tag }
}

/// A domain without the dot that a cookie has before it.
pub(super) fn scope(domain: Option<Said>) -> Option<Said> {
    domain.map(|said| said.map(|domain| domain.trim_start_matches('.').to_owned()))
}

/// A text, or one for each language with one for all: the one for all, or the first.
fn one_or_default(node: Node, draft: &mut Draft) -> Option<Said> {
    match node.literal {
        Literal::Members(mut members) => {
            let whole = members
                .shift_remove("default")
                .or_else(|| members.into_iter().next().map(|(_, node)| node));
            text(whole?, draft)
        }
        _ => text(node, draft),
    }
}

fn looks(configuration: &mut Members, draft: &mut Draft) {
    let mut styling = configuration.members("styling", draft);
    for node in styling.list("theme", draft) {
        let Some(word) = text(node, draft) else { continue };
        let of = |value| Some(word.clone().map(|_| value));
        match word.value.as_str() {
            "light" => draft.theme = of("light"),
            "dark" => draft.theme = of("dark"),
            "wide" => draft.layout = of("bar"),
            "top" | "bottom" | "left" | "right" => draft.position = of(position(&word.value, draft.position.as_ref())),
            _ => draft.leave(word.from, "Kelisim has nothing of the kind."),
        }
    }
    // Without `wide` the notice is a box in a corner, at the end of a line unless something else is said.
    if draft.layout.is_none()
        && let Some(position) = draft.position.take()
    {
        draft.layout = Some(position.clone().map(|_| "box"));
        draft.position = Some(position.map(|word| match word {
            "top" => "top-end",
            "bottom" => "bottom-end",
            other => other,
        }));
    }
    styling.end(&[], draft);
}

/// A corner is told by two words, in any order.
fn position(word: &str, before: Option<&Said<&'static str>>) -> &'static str {
    let words = [before.map_or("", |said| said.value), word];
    let has = |part: &str| words.iter().any(|word| word.contains(part));
    let is_start = has("left") || has("start");
    let is_end = has("right") || has("end");
    match (has("top"), is_start, is_end) {
        (true, true, _) => "top-start",
        (true, _, true) => "top-end",
        (true, ..) => "top",
        (_, true, _) => "bottom-start",
        (_, _, true) => "bottom-end",
        _ => "bottom",
    }
}

fn service(node: Node, source: &Source, translations: &mut [(String, Members)], draft: &mut Draft) {
    let from = node.from.clone();
    let mut members = Members::of(node, draft);
    let Some(name) = members.text("name", draft) else {
        return;
    };
    let mut service = Service::new(&name.value, from.clone());
    if members.is_true("required") {
        draft.leave(from, "What is required needs no consent: take its tag out of the gate.");
        return;
    }
    for key in ["title", "description"] {
        let words = if key == "title" {
            &mut service.name
        } else {
            &mut service.purpose
        };
        if let Some(said) = members.text(key, draft) {
            words.insert(EVERY_LANGUAGE.to_owned(), said);
        }
    }
    for (tag, node) in members.members("translations", draft).rest() {
        let tag = language_of(tag);
        of_service(&tag, Members::of(node, draft), &mut service, draft);
    }
    for (tag, translation) in translations {
        if let Some(node) = translation.take(&name.value) {
            of_service(tag, Members::of(node, draft), &mut service, draft);
        }
    }
    for node in members.list("purposes", draft) {
        let Some(purpose) = text(node, draft) else { continue };
        let category = draft.category(&purpose.value, &purpose.from);
        match (&service.category, category) {
            (None, Some(category)) => service.category = Some(category),
            (Some(_), _) => draft.leave(
                purpose.from,
                "A service belongs to one category here: the first of them.",
            ),
            (None, None) => {}
        }
    }
    let cookies = members.list("cookies", draft);
    service.cookies = cookies.into_iter().filter_map(|node| stored(node, draft)).collect();
    for gated in source
        .page
        .gated_by(NAME)
        .filter(|gated| gated.names.contains(&name.value))
    {
        service.addresses.extend(gated.addresses.iter().cloned());
    }
    draft.services.push(service);
    members.end(&REASONS_OF_A_SERVICE, draft);
}

/// A cookie as a name, as a list that begins with it, or as an object with a pattern.
fn stored(node: Node, draft: &mut Draft) -> Option<Said> {
    match node.literal {
        Literal::Members(mut members) => cookie(members.shift_remove("pattern")?, draft),
        _ => cookie(node, draft),
    }
}

fn of_service(tag: &str, mut words: Members, service: &mut Service, draft: &mut Draft) {
    let put = |words: &mut Words, said: Option<Said>| {
        if let Some(said) = said {
            words.entry(tag.to_owned()).or_insert(said);
        }
    };
    put(&mut service.name, words.text("title", draft));
    put(&mut service.purpose, words.text("description", draft));
    words.end(&[], draft);
}

/// The words of a language.
fn words(tag: &str, mut members: Members, draft: &mut Draft) {
    if let Some(policy) = members.text("privacyPolicyUrl", draft) {
        draft.policy.get_or_insert(policy);
    }
    let mut policy = members.members("privacyPolicy", draft);
    let name = policy.text("name", draft);
    draft.text(tag, "policyLink", name);
    policy.end(&[("text", "The link to the policy stands by itself.")], draft);
    let mut notice = members.members("consentNotice", draft);
    for (theirs, ours) in [("title", "title"), ("description", "lead"), ("learnMore", "settings")] {
        let said = notice.text(theirs, draft);
        draft.text(tag, ours, said);
    }
    notice.end(&[("changeDescription", "Kelisim names what changed by itself.")], draft);
    let mut settings = members.members("consentModal", draft);
    for (theirs, ours) in [("title", "settingsTitle"), ("description", "settingsLead")] {
        let said = settings.text(theirs, draft);
        draft.text(tag, ours, said);
    }
    settings.end(&[], draft);
    for (theirs, ours) in [
        ("acceptAll", "accept"),
        ("decline", "reject"),
        ("acceptSelected", "save"),
        ("save", "save"),
        ("close", "close"),
    ] {
        let said = members.text(theirs, draft);
        draft.text(tag, ours, said);
    }
    purposes(tag, members.take("purposes"), draft);
    members.end(
        &[
            ("ok", "Accepting is said by `acceptAll`."),
            ("poweredBy", "Kelisim names nobody."),
        ],
        draft,
    );
}

/// What categories are called and are for: a name alone, or both.
fn purposes(tag: &str, node: Option<Node>, draft: &mut Draft) {
    let Some(node) = node else { return };
    for (purpose, node) in Members::of(node, draft).rest() {
        let (name, description) = match node.literal {
            Literal::Text(value) => (Some(Said { value, from: node.from }), None),
            Literal::Members(_) => {
                let mut members = Members::of(node, draft);
                let words = (members.text("title", draft), members.text("description", draft));
                members.end(&[], draft);
                words
            }
            other => {
                leave(&other, node.from, draft);
                continue;
            }
        };
        let Some(id) = draft.known_category(&purpose) else {
            continue;
        };
        let Some(category) = draft.categories.get_mut(&id) else {
            continue;
        };
        if let Some(name) = name {
            category.name.entry(tag.to_owned()).or_insert(name);
        }
        if let Some(description) = description {
            category.purpose.entry(tag.to_owned()).or_insert(description);
        }
    }
}
