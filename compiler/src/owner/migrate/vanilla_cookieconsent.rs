//! vanilla-cookieconsent: what `CookieConsent.run` gets, and in its version 2 what `initCookieConsent().run` does.

use super::Source;
use super::draft::{Draft, EVERY_LANGUAGE, Members, Said, Service, cookie};
use super::klaro::scope;
use super::page::{first_link, words_of};
use super::script::{Facts, Literal, Node, Origin};
use crate::aliases::COOKIECATEGORY;

/// Why there is nothing like it.
const REASONS: [(&str, &str); 16] = [
    ("mode", "Kelisim asks first, always."),
    (
        "current_lang",
        "Which language is the default stands first in `languages`.",
    ),
    (
        "revision",
        "What is asked anew when the policy changes is `policy.version`: write there what visitors are to read.",
    ),
    ("autoShow", "A visitor who was never asked is asked."),
    ("autorun", "A visitor who was never asked is asked."),
    ("root", "Kelisim's root stands beside the body."),
    ("autoClearCookies", "What is not granted is removed, always."),
    ("autoclear_cookies", "What is not granted is removed, always."),
    ("manageScriptTags", "What is gated in the page waits, always."),
    ("page_scripts", "What is gated in the page waits, always."),
    ("hideFromBots", "Everybody is asked alike."),
    ("hide_from_bots", "Everybody is asked alike."),
    (
        "disablePageInteraction",
        "A page stays in use while a question stands in it.",
    ),
    ("force_consent", "A page stays in use while a question stands in it."),
    ("lazyHtmlGeneration", "The layers are HTML that the compiler has made."),
    ("delay", "The question comes as early as it can."),
];

/// Behind the name of a category, for the service that stores what the category is said to.
const COOKIES: &str = "-cookies";
const NO_WEIGHT: &str = "Accepting and refusing are two equal controls, always.";
const A_PARAGRAPH: &str = "A paragraph of no category: the first words of the settings are `texts.….settingsLead`.";
const OWN_TABLE: &str = "Kelisim makes its own table of what each service stores.";

/// What is configured, if it is vanilla-cookieconsent.
pub(super) fn draft(source: &Source) -> Option<Draft> {
    let mut draft = Draft::default();
    let node = configuration(&source.facts)?;
    let mut configuration = Members::of(node, &mut draft);
    if configuration.has("languages") {
        second_version(&mut configuration, &mut draft);
    } else {
        third_version(&mut configuration, &mut draft);
    }
    super::language_of_page(&mut draft, source);
    for attribute in ["data-service", "data-category", COOKIECATEGORY] {
        for gated in source.page.gated_by(attribute) {
            let is_of = |service: &Service| match service.called.strip_suffix(COOKIES) {
                Some(category) if !service.is_in_page => gated.names.iter().any(|name| name == category),
                _ => attribute == "data-service" && gated.names.contains(&service.called),
            };
            for service in draft.services.iter_mut().filter(|service| is_of(service)) {
                service.addresses.extend(gated.addresses.iter().cloned());
            }
        }
    }
    configuration.end(&REASONS, &mut draft);
    Some(draft)
}

fn configuration(facts: &Facts) -> Option<Node> {
    let mut runs = facts.calls(|name| name.rsplit('.').next() == Some("run"));
    let called = runs.find_map(|arguments| arguments.into_iter().next().filter(is_one));
    called.or_else(|| {
        facts
            .assigned
            .iter()
            .map(|(_, node)| node)
            .find(|node| is_one(node))
            .cloned()
    })
}

/// Whether an object has what each of them has: categories in languages, or of version 2 languages alone.
fn is_one(node: &Node) -> bool {
    let Literal::Members(members) = &node.literal else {
        return false;
    };
    let is_object = |key: &str| {
        members
            .get(key)
            .is_some_and(|node| matches!(node.literal, Literal::Members(_)))
    };
    is_object("language") && is_object("categories") || is_object("languages")
}

fn third_version(configuration: &mut Members, draft: &mut Draft) {
    let mut cookie = configuration.members("cookie", draft);
    draft.scope = scope(cookie.text("domain", draft));
    draft.expires_days = cookie.number("expiresAfterDays", draft);
    cookie.end(&[("name", "The record has a name of its own, `kelisim`.")], draft);
    let mut looks = configuration.members("guiOptions", draft);
    let mut first = looks.members("consentModal", draft);
    take_looks(&mut first, draft);
    first.end(&[("equalWeightButtons", NO_WEIGHT), ("flipButtons", NO_WEIGHT)], draft);
    looks.end(&[("preferencesModal", "The settings have one look.")], draft);
    for (called, node) in configuration.members("categories", draft).rest() {
        category(&called, node, draft);
    }
    let mut language = configuration.members("language", draft);
    let default = language.text("default", draft);
    draft.languages.extend(default);
    for (tag, node) in language.members("translations", draft).rest() {
        let from = node.from.clone();
        draft.languages.push(Said {
            value: tag.clone(),
            from,
        });
        translation(&tag, Members::of(node, draft), draft);
    }
    let detected = "The visitor's language is found by itself: a choice made here, the page, the browser, the first of `languages`.";
    language.end(
        &[
            ("autoDetect", detected),
            ("rtl", "Kelisim knows which languages are written from right to left."),
        ],
        draft,
    );
}

fn take_looks(looks: &mut Members, draft: &mut Draft) {
    if let Some(said) = looks.text("layout", draft) {
        let words = said.value.clone();
        match words.split(' ').next() {
            Some("bar") => draft.layout = Some(said.map(|_| "bar")),
            Some("box") => draft.layout = Some(said.map(|_| "box")),
            _ => draft.leave(
                said.from,
                "Kelisim has no such form: `bar`, `box` and `card` are there.",
            ),
        }
    }
    if let Some(said) = looks.text("position", draft) {
        let is_box = draft.layout.as_ref().is_some_and(|said| said.value == "box");
        let word = match (said.value.as_str(), is_box) {
            ("bottom left", true) => Some("bottom-start"),
            ("bottom right", true) => Some("bottom-end"),
            ("top left", true) => Some("top-start"),
            ("top right", true) => Some("top-end"),
            (other, false) if other.starts_with("bottom") => Some("bottom"),
            (other, false) if other.starts_with("top") => Some("top"),
            _ => None,
        };
        match word {
            Some(word) if draft.layout.is_some() => draft.position = Some(said.map(|_| word)),
            _ => draft.leave(said.from, "Kelisim has no look there."),
        }
    }
}

/// A category of version 3 with its services. One without services is a service itself where it says what it stores.
fn category(called: &str, node: Node, draft: &mut Draft) {
    let from = node.from.clone();
    let mut members = Members::of(node, draft);
    let is_fixed = members.is_true("readOnly");
    let id = draft.category(called, &from).filter(|_| !is_fixed);
    if id.is_none() {
        draft.forget_category(called);
        draft.leave(from, "What is necessary is implied, and needs no consent.");
        return;
    }
    let cleared = members.members("autoClear", draft);
    let stored = cookies(cleared, draft);
    let services = members.members("services", draft);
    let mut is_empty = true;
    for (name, node) in services.rest() {
        is_empty = false;
        let mut service = Service::new(&name, node.from.clone());
        let mut members = Members::of(node, draft);
        if let Some(label) = members.text("label", draft) {
            let label = label.map(|label| words_of(&label));
            service.name.insert(EVERY_LANGUAGE.to_owned(), label);
        }
        service.category.clone_from(&id);
        service.cookies = cookies_of(members.list("cookies", draft), draft);
        draft.services.push(service);
        members.end(&[], draft);
    }
    if is_empty && !stored.is_empty() {
        let mut service = Service::unnamed(&format!("{called}{COOKIES}"), from);
        service.category = id;
        service.cookies = stored;
        draft.services.push(service);
    } else {
        for said in stored {
            draft.leave(
                said.from,
                "Which service stores it is not said: name it under the `storage` of that service.",
            );
        }
    }
    members.end(
        &[("enabled", "Nothing optional is on before the visitor switches it on.")],
        draft,
    );
}

fn cookies(mut cleared: Members, draft: &mut Draft) -> Vec<Said> {
    let found = cookies_of(cleared.list("cookies", draft), draft);
    cleared.end(
        &[(
            "reloadPage",
            "A page is loaded anew where something that ran in it is withdrawn (`onWithdraw`).",
        )],
        draft,
    );
    found
}

fn cookies_of(items: Vec<Node>, draft: &mut Draft) -> Vec<Said> {
    let mut found = Vec::new();
    for node in items {
        let mut members = Members::of(node, draft);
        found.extend(members.take("name").and_then(|name| cookie(name, draft)));
        // A name is removed on every path and parent domain.
        members.take("path");
        members.take("domain");
        members.end(&[], draft);
    }
    found
}

fn translation(tag: &str, mut members: Members, draft: &mut Draft) {
    let mut first = members.members("consentModal", draft);
    let description = first.text("description", draft);
    let footer = first.text("footer", draft);
    policy(footer.as_ref(), draft);
    policy(description.as_ref(), draft);
    draft.text(
        tag,
        "lead",
        description.map(|said| said.map(|markup| words_of(&markup))),
    );
    for (theirs, ours) in [
        ("title", "title"),
        ("acceptAllBtn", "accept"),
        ("acceptNecessaryBtn", "reject"),
        ("showPreferencesBtn", "settings"),
        ("label", "regionLabel"),
    ] {
        let said = first
            .text(theirs, draft)
            .map(|said| said.map(|markup| words_of(&markup)));
        draft.text(tag, ours, said);
    }
    first.end(
        &[
            (
                "closeIconLabel",
                "The first layer has no X: it is answered or left alone.",
            ),
            ("revisionMessage", "Kelisim names what changed by itself."),
        ],
        draft,
    );
    let mut settings = members.members("preferencesModal", draft);
    for (theirs, ours) in [
        ("title", "settingsTitle"),
        ("savePreferencesBtn", "save"),
        ("closeIconLabel", "close"),
    ] {
        let said = settings
            .text(theirs, draft)
            .map(|said| said.map(|markup| words_of(&markup)));
        draft.text(tag, ours, said);
    }
    // They stand on the first layer too.
    settings.take("acceptAllBtn");
    settings.take("acceptNecessaryBtn");
    for node in settings.list("sections", draft) {
        section(tag, Members::of(node, draft), draft);
    }
    settings.end(&[("serviceCounterLabel", "Kelisim counts nothing there.")], draft);
    members.end(&[], draft);
}

/// A section of the settings: words of a category, or a paragraph.
fn section(tag: &str, mut members: Members, draft: &mut Draft) {
    let plain = |said: Said| said.map(|markup| words_of(&markup));
    let name = members.text("title", draft).map(plain);
    let description = members.text("description", draft);
    policy(description.as_ref(), draft);
    let description = description.map(plain);
    if let Some(linked) = members.text("linkedCategory", draft) {
        words_of_category(tag, &linked.value, name, description, draft);
    } else {
        for said in [name, description].into_iter().flatten() {
            draft.leave(said.from, A_PARAGRAPH);
        }
    }
    members.end(&[("cookieTable", OWN_TABLE)], draft);
}

/// The words of a category, where it is one; what is necessary has texts instead.
fn words_of_category(tag: &str, called: &str, name: Option<Said>, purpose: Option<Said>, draft: &mut Draft) {
    let Some(id) = draft.known_category(called) else {
        draft.text(tag, "necessaryName", name);
        draft.text(tag, "necessaryPurpose", purpose);
        return;
    };
    if let Some(category) = draft.categories.get_mut(&id) {
        category.name.extend(name.map(|said| (tag.to_owned(), said)));
        category.purpose.extend(purpose.map(|said| (tag.to_owned(), said)));
    }
}

/// The first link in some markup is that to the policy.
fn policy(markup: Option<&Said>, draft: &mut Draft) {
    if let Some(said) = markup
        && draft.policy.is_none()
    {
        let link = first_link(&said.value).filter(|link| !link.starts_with('#'));
        draft.policy = link.map(|value| Said {
            value,
            from: said.from.clone(),
        });
    }
}

fn second_version(configuration: &mut Members, draft: &mut Draft) {
    draft.scope = scope(configuration.text("cookie_domain", draft));
    draft.expires_days = configuration.number("cookie_expiration", draft);
    configuration.take("cookie_path");
    configuration.take("cookie_name");
    let mut looks = configuration.members("gui_options", draft);
    let mut first = looks.members("consent_modal", draft);
    take_looks(&mut first, draft);
    first.end(
        &[
            ("transition", "The layers have their own."),
            ("swap_buttons", NO_WEIGHT),
        ],
        draft,
    );
    looks.end(&[("settings_modal", "The settings have one look.")], draft);
    for (tag, node) in configuration.members("languages", draft).rest() {
        let from = node.from.clone();
        draft.languages.push(Said {
            value: tag.clone(),
            from,
        });
        let mut members = Members::of(node, draft);
        let first = members.members("consent_modal", draft);
        first_of_second_version(&tag, first, draft);
        let settings = members.members("settings_modal", draft);
        settings_of_second_version(&tag, settings, draft);
        members.end(&[], draft);
    }
}

fn first_of_second_version(tag: &str, mut first: Members, draft: &mut Draft) {
    let description = first.text("description", draft);
    policy(description.as_ref(), draft);
    let title = first.text("title", draft);
    draft.text(tag, "title", title);
    draft.text(
        tag,
        "lead",
        description.map(|said| said.map(|markup| words_of(&markup))),
    );
    for key in ["primary_btn", "secondary_btn"] {
        let mut button = first.members(key, draft);
        let words = button.text("text", draft);
        let role = button.text("role", draft).map(|said| said.value);
        let ours = match role.as_deref() {
            Some("accept_all") => "accept",
            Some("accept_necessary") => "reject",
            Some("settings") => "settings",
            _ => {
                if let Some(said) = words {
                    draft.leave(
                        said.from,
                        "It accepts a part of what is asked, and there is no such control here.",
                    );
                }
                continue;
            }
        };
        draft.text(tag, ours, words);
        button.end(&[], draft);
    }
    first.end(&[("revision_message", "Kelisim names what changed by itself.")], draft);
}

fn settings_of_second_version(tag: &str, mut settings: Members, draft: &mut Draft) {
    for (theirs, ours) in [
        ("title", "settingsTitle"),
        ("save_settings_btn", "save"),
        ("accept_all_btn", "accept"),
        ("reject_all_btn", "reject"),
        ("close_btn_label", "close"),
    ] {
        let said = settings.text(theirs, draft);
        draft.text(tag, ours, said);
    }
    settings.take("cookie_table_headers");
    for node in settings.list("blocks", draft) {
        block(tag, node, draft);
    }
    settings.end(&[], draft);
}

/// A block of version 2: a paragraph, or a category with its switch and what it stores.
fn block(tag: &str, node: Node, draft: &mut Draft) {
    let from = node.from.clone();
    let mut members = Members::of(node, draft);
    let plain = |said: Said| said.map(|markup| words_of(&markup));
    let name = members.text("title", draft).map(plain);
    let purpose = members.text("description", draft).map(plain);
    let table = members.list("cookie_table", draft);
    let mut toggle = members.members("toggle", draft);
    let Some(called) = toggle.text("value", draft) else {
        for said in [name, purpose].into_iter().flatten() {
            draft.leave(said.from, A_PARAGRAPH);
        }
        return;
    };
    if !toggle.is_true("readonly") {
        let id = draft.category(&called.value, &called.from);
        services_of_table(&called.value, id, table, from, draft);
    }
    words_of_category(tag, &called.value, name, purpose, draft);
    toggle.end(
        &[("enabled", "Nothing optional is on before the visitor switches it on.")],
        draft,
    );
    members.end(&[], draft);
}

/// What a category stores, once for all languages.
fn services_of_table(called: &str, category: Option<String>, table: Vec<Node>, from: Origin, draft: &mut Draft) {
    let called = format!("{called}{COOKIES}");
    let is_known = draft.services.iter().any(|service| service.called == called);
    if category.is_none() || table.is_empty() || is_known {
        return;
    }
    let mut service = Service::unnamed(&called, from);
    service.category = category;
    for node in table {
        let mut row = Members::of(node, draft);
        let is_regex = row.is_true("is_regex");
        // The first column is the name, whatever it is called.
        let name = row.rest().next().map(|(_, node)| node);
        let name = name.map(|node| match node.literal {
            Literal::Text(pattern) if is_regex => Node {
                literal: Literal::Pattern(pattern),
                from: node.from,
            },
            literal => Node {
                literal,
                from: node.from,
            },
        });
        service.cookies.extend(name.and_then(|name| cookie(name, draft)));
    }
    draft.services.push(service);
}
