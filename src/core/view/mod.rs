//! What each layer says, without a document: the words, the links and the state of the switches, as markup.
//!
//! One template, `page.html`, holds both layers and the control that stays. What it fills in is gathered here from the
//! configuration and the state. `ui` draws the result and adds nothing to it, and [`notice_text`] writes the same
//! result down: so what is shown, what is hashed as the notice and what is stored come from one place.

pub mod markup;
pub mod template;

use super::config::{Config, Service};
use super::decision::Choices;
use super::notice::dates::{counted, spelled};
use super::notice::texts::{Text, Texts};
use super::placeholders::split;
use super::state::State;
use super::value::{Members, Value};
use markup::{Child, Markup};
use template::{Scope, render};

/// Both layers, the control that stays and the status line.
const PAGE: &str = include_str!("page.html");

/// Everything Kelisim shows in this state. `languages` holds every offered one.
pub fn view(config: &Config, state: &State, languages: &[Texts]) -> Markup {
    let texts = &state.texts;
    let mut values = told(config, texts, state.draft.as_ref());
    values.flag("asks", state.asks());
    values.flag("open", state.draft.is_some());
    values.flag("granted", state.permissions.choices().any());
    values.text("host", &state.host);
    values.text("date", &spelled(state.ends(config), texts));
    values.text("status", state.status.map_or("", |status| texts.get(status)));
    values.text("code", state.holding().map_or("", |record| record.text("code")));
    if state.standing.again {
        values.text("names", &names_of(config, texts, &state.standing.asked));
    }
    if languages.len() > 1 {
        let mut choices = Vec::new();
        for language in languages {
            let mut choice = Members::default();
            choice.text("tag", language.language());
            choice.text("name", language.get(Text::LanguageName));
            choice.flag("current", language.language() == texts.language());
            choices.push(choice.done());
        }
        values.list("languages", choices);
    }
    root(texts, &values.done())
}

/// The notice as text: UTF-8, lines ended by one LF, the placeholders for host, end date and code unfilled. Its SHA-256
/// is the `notice` of a record (requirement R-02).
pub fn notice_text(config: &Config, texts: &Texts) -> String {
    let mut values = told(config, texts, None);
    values.flag("asks", true);
    values.flag("open", true);
    values.text("host", "{host}");
    values.text("date", "{date}");
    values.text("code", "{code}");
    let mut text = String::new();
    write_down(&root(texts, &values.done()), &mut text);
    text
}

/// The template with these values: one element.
fn root(texts: &Texts, values: &Value) -> Markup {
    match render(PAGE, &Scope::new(texts, values)).pop() {
        Some(Child::Element(root)) => root,
        _ => Markup {
            tag: "div",
            attributes: Vec::new(),
            children: Vec::new(),
        },
    }
}

/// The words of an element and where its links lead, a line each.
fn write_down(markup: &Markup, text: &mut String) {
    for (name, target) in &markup.attributes {
        if *name == "href" {
            push_line(target, text);
        }
    }
    for child in &markup.children {
        match child {
            Child::Text(words) => push_line(words, text),
            Child::Element(element) => write_down(element, text),
        }
    }
}

fn push_line(line: &str, text: &mut String) {
    text.push_str(line);
    text.push('\n');
}

/// The names of the categories and services with these ids.
fn names_of(config: &Config, texts: &Texts, ids: &[String]) -> String {
    let mut names = String::new();
    for index in 0..config.len() {
        let id = config.id(index);
        if ids.iter().any(|asked| asked == id) {
            let name = match config.service(index) {
                Some(service) => texts.wording(service.get("name"), None),
                None => config.category_words(id, "name", texts),
            };
            enumerate(&mut names, &name);
        }
    }
    names
}

/// Whether an enumeration names these words as a whole: "VK LLC" does not name "VK".
fn names(list: &str, words: &str) -> bool {
    let mut start = 0;
    while let Some(rest) = list.get(start..) {
        if rest
            .strip_prefix(words)
            .is_some_and(|after| after.is_empty() || after.starts_with(", "))
        {
            return true;
        }
        match split(rest, b',') {
            // What follows a comma of an enumeration begins after its space.
            Some((before, _)) => start += before.len() + 2,
            None => return false,
        }
    }
    false
}

/// Adds words to an enumeration, once.
#[inline(never)]
fn enumerate(list: &mut String, words: &str) {
    if words.is_empty() || names(list, words) {
        return;
    }
    if !list.is_empty() {
        list.push_str(", ");
    }
    list.push_str(words);
}

/// What the template calls a text of the configuration, and where it stands: object and key; and what it is
/// where the owner did not say.
static FROM_CONFIG: &[(&str, &str, &str, &str)] = &[
    ("layout", "appearance", "layout", "bar"),
    ("position", "appearance", "position", "bottom"),
    ("theme", "appearance", "theme", "auto"),
    ("reopen", "appearance", "reopen", "button"),
    ("operator", "operator", "name", ""),
    ("bin", "operator", "bin", ""),
    ("iin", "operator", "iin", ""),
    ("number", "operator", "bin", ""),
    ("number", "operator", "iin", ""),
    ("address", "operator", "address", ""),
    ("contact", "operator", "email", ""),
    ("phone", "operator", "phone", ""),
    ("policy", "policy", "url", ""),
    ("version", "policy", "version", ""),
    ("email", "withdrawal", "email", ""),
    ("subject", "withdrawal", "subject", ""),
];

/// What a configuration says, whoever looks at it; `draft` holds the state of the switches.
fn told(config: &Config, texts: &Texts, draft: Option<&Choices>) -> Members {
    let mut values = Members::default();
    values.text("language", texts.language());
    for (name, object, key, otherwise) in FROM_CONFIG {
        let text = config.text(object, key);
        values.text(name, if text.is_empty() { otherwise } else { text });
    }
    values.text("encoded", &encoded(config.text("withdrawal", "subject")));
    values.text("days", &counted(config.expires_days, Text::Days, texts));
    let (mut recipients, mut countries) = (String::new(), String::new());
    for service in &config.services {
        enumerate(&mut recipients, &texts.wording(service.get("recipient"), None));
        list_countries(service, texts, "KZ", &mut countries);
    }
    values.text("recipients", &recipients);
    values.text("countries", &countries);
    let mut categories = Vec::new();
    for index in 0..config.categories.len() {
        categories.push(category(config, texts, draft, index));
    }
    values.list("categories", categories);
    values
}

/// Adds the names of the countries where a service's data goes, but for one.
fn list_countries(service: &Service, texts: &Texts, but: &str, list: &mut String) {
    for code in service.countries() {
        let code = code.as_text().unwrap_or_default();
        if code != but {
            enumerate(list, texts.listed(Text::Countries, code));
        }
    }
}

/// An optional category with its services.
fn category(config: &Config, texts: &Texts, draft: Option<&Choices>, index: usize) -> Value {
    let id = config.id(index);
    let mut values = Members::default();
    values.text("id", id);
    values.text("name", &config.category_words(id, "name", texts));
    values.text("purpose", &config.category_words(id, "purpose", texts));
    values.flag("on", draft.is_some_and(|draft| draft.is_on(index)));
    let (mut services, mut widened) = (Vec::new(), Vec::new());
    for number in config.categories.len()..config.len() {
        if let Some(one) = config.service(number) {
            let told = || service(texts, draft.is_some_and(|draft| draft.is_on(number)), one);
            // A category may have no service of its own and yet widen what another one does: Webvisor under `replay`,
            // advertising by Google's tag under `marketing`.
            let maps = config.google_consent.iter().any(|(category, _)| *category == index);
            if one.widened_by(id) || (maps && one.speaks_gtag() && one.category != index) {
                widened.push(told());
            }
            if one.category == index {
                services.push(told());
            }
        }
    }
    values.list("widened", widened);
    values.list("services", services);
    values.done()
}

/// What is told of one service (requirements I-04, I-05, I-07, I-09).
fn service(texts: &Texts, on: bool, service: &Service) -> Value {
    let mut values = Members::default();
    values.text("id", &service.id);
    values.flag("on", on);
    for (name, key) in &[
        ("service", "name"),
        ("recipient", "recipient"),
        ("aim", "purpose"),
        ("theirs", "policy"),
    ] {
        values.text(name, &texts.wording(service.get(key), None));
    }
    let (mut countries, mut data) = (String::new(), String::new());
    list_countries(service, texts, "", &mut countries);
    for item in service.description.list("data") {
        enumerate(&mut data, &texts.wording(item, Some(Text::Data)));
    }
    values.text("countries", &countries);
    values.text("data", &data);
    let mut storage = Vec::new();
    for stored in service.description.list("storage") {
        let mut row = Members::default();
        row.text("key", stored.text("name"));
        row.text("place", stored.text("in"));
        row.text(
            "aim",
            &texts.wording(
                stored.get("purpose").unwrap_or(service.get("purpose")),
                Some(Text::StoragePurposes),
            ),
        );
        row.text("lifetime", &lifetime(stored.text("lifetime"), texts));
        storage.push(row.done());
    }
    values.list("storage", storage);
    values.done()
}

/// How long a stored name stays, in words: of `session`, `unlimited`, `30m`, `20h` or `365d`.
fn lifetime(written: &str, texts: &Texts) -> String {
    let mut number = 0;
    let mut unit = b's';
    for byte in written.bytes() {
        if byte.is_ascii_digit() {
            number = number * 10 + u32::from(byte - b'0');
        } else {
            unit = byte;
            break;
        }
    }
    let unit = match unit {
        b'm' => Text::Minutes,
        b'h' => Text::Hours,
        b'd' => Text::Days,
        b'u' => return texts.own(Text::UnlimitedLifetime),
        _ => return texts.own(Text::SessionLifetime),
    };
    counted(number, unit, texts)
}

/// Text as a component of a URL (RFC 3986, section 2.3: everything but the unreserved is encoded).
fn encoded(text: &str) -> String {
    let mut url = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            url.push(char::from(byte));
        } else {
            url.push('%');
            for nibble in [byte >> 4, byte & 15] {
                url.push(char::from(if nibble < 10 { b'0' + nibble } else { b'A' - 10 + nibble }));
            }
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::enumerate;

    fn enumeration(words: &[&str]) -> String {
        let mut list = String::new();
        for words in words {
            enumerate(&mut list, words);
        }
        list
    }

    /// I-04, I-05: each recipient and country is named, once, also one whose name is part of another's.
    #[test]
    fn i_04_i_05_every_name_stands_once() {
        assert_eq!(enumeration(&["VK LLC", "VK", "VK", "LLC"]), "VK LLC, VK, LLC");
        assert_eq!(enumeration(&["Нигерия", "Нигер", "Нигерия"]), "Нигерия, Нигер");
        assert_eq!(
            enumeration(&["Google LLC, Google Ireland Ltd", "VK", "Google LLC, Google Ireland Ltd"]),
            "Google LLC, Google Ireland Ltd, VK"
        );
        assert_eq!(enumeration(&["", "a,b", "b", ""]), "a,b, b");
    }
}
