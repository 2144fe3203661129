//! tarteaucitron: `tarteaucitron.init`, the services that are pushed to `tarteaucitron.job`, and their numbers in
//! `tarteaucitron.user`.

use serde_json::Value;

use super::Source;
use super::draft::{Draft, EVERY_LANGUAGE, Members, Said, Service, cookie, text};
use super::klaro::scope;
use super::script::{Facts, Literal, Node};
use super::vendor::plain;

/// Why there is nothing like it.
const REASONS: [(&str, &str); 14] = [
    (
        "hashtag",
        "The settings are opened by `data-kelisim-action=\"settings\"`.",
    ),
    ("cookieName", "The record has a name of its own, `kelisim`."),
    (
        "serviceDefaultState",
        "Nothing optional is on before the visitor switches it on.",
    ),
    ("highPrivacy", "Nothing runs before it was granted, always."),
    ("alwaysNeedConsent", "Everything optional needs consent, always."),
    ("DenyAllCta", "Refusing is as easy as accepting, always."),
    ("AcceptAllCta", "Accepting and refusing are two equal controls, always."),
    ("groupServices", "Services stand in their categories, always."),
    ("adblocker", "Nobody is asked about a blocker."),
    ("cookieslist", "The settings list what each service stores."),
    ("cookieslistEmbed", "The settings list what each service stores."),
    ("mandatory", "What is necessary is named in the settings, always."),
    ("mandatoryCta", "What is necessary has no switch."),
    ("removeCredit", "Kelisim names nobody."),
];

/// What tarteaucitron calls a vendor's number, and the parameter that it is here.
type Numbers = &'static [(&'static str, &'static str)];

/// Its keys of vendors that the catalogue has, with the vendor and the numbers of each.
const VENDORS: [(&str, &str, Numbers); 27] = [
    ("gtag", "google-analytics", &[("gtagUa", "measurementId")]),
    (
        "multiplegtag",
        "google-analytics",
        &[("multiplegtagUa", "measurementId")],
    ),
    ("analytics", "google-analytics", &[]),
    ("gajs", "google-analytics", &[]),
    (
        "googletagmanager",
        "google-tag-manager",
        &[("googletagmanagerId", "container")],
    ),
    (
        "multiplegoogletagmanager",
        "google-tag-manager",
        &[("multiplegoogletagmanagerId", "container")],
    ),
    ("googleads", "google-ads", &[("googleadsId", "conversionId")]),
    ("googleadwordsconversion", "google-ads", &[]),
    ("googleadwordsremarketing", "google-ads", &[]),
    ("googlemaps", "google-maps", &[]),
    ("googlemapssearch", "google-maps", &[]),
    ("googlemapsembed", "google-maps", &[]),
    ("facebookpixel", "meta-pixel", &[("facebookpixelId", "pixel")]),
    ("metrica", "yandex-metrika", &[("yandexmetrica", "counter")]),
    ("clarity", "microsoft-clarity", &[("clarity", "project")]),
    ("bingads", "microsoft-uet", &[]),
    ("hotjar", "hotjar", &[("hotjarId", "site")]),
    (
        "linkedininsighttag",
        "linkedin-insight",
        &[("linkedininsighttag", "partner")],
    ),
    ("matomo", "matomo", &[("matomoHost", "host"), ("matomoId", "site")]),
    (
        "matomohightrack",
        "matomo",
        &[("matomoHost", "host"), ("matomoId", "site")],
    ),
    ("matomocloud", "matomo", &[("matomoHost", "host"), ("matomoId", "site")]),
    ("plausible", "plausible", &[("plausibleDomain", "domain")]),
    ("tiktok", "tiktok-pixel", &[("tiktokId", "pixel")]),
    ("vimeo", "vimeo", &[]),
    ("youtube", "youtube", &[]),
    ("youtubeplaylist", "youtube", &[]),
    ("youtubeapi", "youtube", &[]),
];

const USER: &str = "tarteaucitron.user.";
const SERVICES: &str = "tarteaucitron.services.";

/// What is configured, if it is tarteaucitron.
pub(super) fn draft(source: &Source) -> Option<Draft> {
    let facts = &source.facts;
    let mut draft = Draft::default();
    let initialised = facts
        .calls(|name| name == "tarteaucitron.init")
        .find_map(|arguments| arguments.into_iter().next());
    let pushed: Vec<Node> = facts.calls(|name| name == "tarteaucitron.job.push").flatten().collect();
    if initialised.is_none() && pushed.is_empty() {
        return None;
    }
    language(&mut draft, source);
    if let Some(node) = initialised {
        parameters(node, &mut draft);
    }
    for node in pushed {
        if let Some(key) = text(node, &mut draft) {
            service(&key, facts, &mut draft);
        }
    }
    users(facts, &mut draft);
    words(facts, &mut draft);
    Some(draft)
}

fn language(draft: &mut Draft, source: &Source) {
    if let Some(node) = source.facts.value("tarteaucitronForceLanguage") {
        let said = text(node, draft);
        draft.languages.extend(said);
    }
    super::language_of_page(draft, source);
}

fn parameters(node: Node, draft: &mut Draft) {
    let mut members = Members::of(node, draft);
    draft.policy = members.text("privacyUrl", draft);
    draft.scope = scope(members.text("cookieDomain", draft));
    let top = members.text("bodyPosition", draft);
    if let Some(said) = members.text("orientation", draft) {
        match said.value.as_str() {
            "top" | "bottom" => {
                draft.layout = Some(said.clone().map(|_| "bar"));
                draft.position = Some(said.map(|word| if word == "top" { "top" } else { "bottom" }));
            }
            "middle" => draft.layout = Some(said.map(|_| "card")),
            "popup" => draft.layout = Some(said.map(|_| "box")),
            _ => draft.leave(said.from, "Kelisim has no look there."),
        }
    }
    if let Some(said) = top {
        draft.leave(said.from, "The first Tab comes to the question, wherever it stands.");
    }
    if members.is_true("handleBrowserDNTRequest") {
        draft.refuses_by_do_not_track = true;
    }
    // By itself: each built-in category grants its own types.
    members.take("googleConsentMode");
    members.end(&REASONS, draft);
}

fn service(key: &Said, facts: &Facts, draft: &mut Draft) {
    let mut service = Service::new(&key.value, key.from.clone());
    let known = VENDORS.iter().find(|(called, ..)| *called == key.value);
    if let Some((_, vendor, parameters)) = known {
        service.vendor = Some(vendor);
        for (user, parameter) in *parameters {
            if let Some(said) = number(user, parameter, facts) {
                service.parameters.insert(parameter, said);
            }
        }
    }
    if let Some(node) = facts.value(&format!("{SERVICES}{}", key.value)) {
        described(node, &mut service, draft);
    }
    draft.services.push(service);
}

/// A number of `tarteaucitron.user`; of several the first.
fn number(user: &str, parameter: &str, facts: &Facts) -> Option<Said<Value>> {
    let node = facts.value(&format!("{USER}{user}"))?;
    let from = node.from.clone();
    let node = match node.literal {
        Literal::List(items) => items.into_iter().next()?,
        literal => Node {
            literal,
            from: node.from,
        },
    };
    let mut value = plain(node)?;
    if let (true, Some(address)) = (parameter == "host", value.as_str()) {
        let bare = address
            .trim_start_matches("https:")
            .trim_start_matches("http:")
            .trim_matches('/');
        value = Value::from(bare);
    }
    Some(Said { value, from })
}

/// A service that the page describes itself: `tarteaucitron.services.mine = {…}`.
fn described(node: Node, service: &mut Service, draft: &mut Draft) {
    let mut members = Members::of(node, draft);
    members.take("key");
    members.take("needConsent");
    service.name.extend(
        members
            .text("name", draft)
            .map(|said| (EVERY_LANGUAGE.to_owned(), said)),
    );
    if let Some(kind) = members.text("type", draft) {
        service.category = draft.category(&kind.value, &kind.from);
    }
    let cookies = members.list("cookies", draft);
    service.cookies = cookies.into_iter().filter_map(|node| cookie(node, draft)).collect();
    members.end(
        &[(
            "js",
            "What it starts: gate that in the page by the id of this service, or write its address as `src`.",
        )],
        draft,
    );
}

/// What `tarteaucitron.user` says besides.
fn users(facts: &Facts, draft: &mut Draft) {
    for (name, node) in &facts.assigned {
        let Some(user) = name.strip_prefix(USER) else { continue };
        let is_taken = VENDORS
            .iter()
            .any(|(_, _, parameters)| parameters.iter().any(|(known, _)| *known == user));
        if !is_taken {
            let mut from = node.from.clone();
            from.path.clone_from(name);
            draft.leave(from, "No parameter of a vendor of the catalogue.");
        }
    }
}

/// Own words: `tarteaucitronCustomText`, in the one language that there is.
fn words(facts: &Facts, draft: &mut Draft) {
    let Some(node) = facts.value("tarteaucitronCustomText") else {
        return;
    };
    let mut members = Members::of(node, draft);
    let Some(tag) = draft.languages.first().map(|said| said.value.clone()) else {
        members.end_in_no_language(draft);
        return;
    };
    for (theirs, ours) in [
        ("alertBigPrivacy", "lead"),
        ("acceptAll", "accept"),
        ("denyAll", "reject"),
        ("personalize", "settings"),
        ("close", "close"),
        ("privacyUrl", "policyLink"),
        ("title", "settingsTitle"),
        ("mandatoryTitle", "necessaryName"),
        ("mandatoryText", "necessaryPurpose"),
    ] {
        let said = members.text(theirs, draft);
        draft.text(&tag, ours, said);
    }
    for kind in [
        "analytic", "ads", "video", "social", "support", "comment", "api", "other",
    ] {
        let Some(node) = members.take(kind) else { continue };
        let mut words = Members::of(node, draft);
        let (name, purpose) = (words.text("title", draft), words.text("details", draft));
        let id = draft.known_category(kind);
        if let Some(category) = id.and_then(|id| draft.categories.get_mut(&id)) {
            category.name.extend(name.map(|said| (tag.clone(), said)));
            category.purpose.extend(purpose.map(|said| (tag.clone(), said)));
        }
    }
    members.end(&[], draft);
}
