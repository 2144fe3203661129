//! What each layer says, without a document: the words, the links and the state of the switches.
//!
//! Two templates: `first_layer.html` with the control that stays and the status line, and `settings.html`, which goes on
//! where the first ends and comes with the words of a language. What they fill in is gathered here from the configuration
//! and the state. `ui` gives the document as the surface to draw on and adds nothing, and [`notice_text`]
//! writes the same down: so what is shown, what is hashed as the notice and what is stored come from one place.

#[cfg(not(target_arch = "wasm32"))]
pub mod html;
pub mod surface;
pub mod template;

use super::config::{Config, Service};
use super::decision::Choices;
use super::lifetime::Lifetime;
use super::notice::dates::{counted, moment, spelled};
use super::notice::texts::{Text, Texts};
use super::state::State;
use super::value::{Members, Value, Words, Writer};
use crate::core::letters::{after, halves, rest};
use crate::core::pile::Pile;
use surface::{Surface, Transcript};
use template::render;

/// What stands in for an embed.
const PLACEHOLDER: &str = include_str!("placeholder.html");

/// Draws everything that Kelisim shows in this state: one element. `languages` holds every offered one.
pub fn view(config: &Config, state: &State, languages: &[&'static Texts], surface: &mut dyn Surface) {
    let texts = state.texts;
    let mut values = told(config, texts, state.draft)
        .flag("asks", state.asks())
        .flag("open", state.draft.is_some())
        .flag("granted", state.permissions.choices().any())
        .text("host", state.host)
        .text("date", spelled(state.ends(config), texts))
        .text("status", state.status.map_or(Words::NONE, |status| texts.get(status)))
        .flag("signal", state.standing.by_signal);
    if let (Some(record), true) = (state.holding(), state.draft.is_some()) {
        values = values.text("code", record.text("code")).text("record", state.json);
    }
    if state.standing.again {
        values = values.text("names", names_of(config, texts, state.standing.asked));
    }
    if languages.len() > 1 {
        let mut choices = Pile::new();
        for language in languages {
            let choice = Members::default()
                .text("tag", language.language())
                .text("name", language.get(Text::LanguageName))
                .flag("current", language.language() == texts.language());
            choices.push(*choice.done());
        }
        values = values.list("languages", choices);
    }
    draw(texts, values, surface);
}

/// Draws what stands in the page where an embed waits for this category and perhaps for one service of it.
pub fn placeholder(config: &Config, texts: &Texts, category: Words, service: Option<Words>, surface: &mut dyn Surface) {
    let mut services = Pile::new();
    for one in &config.services {
        let is_meant = service.map_or(config.id(one.category) == category, |id| one.id == id);
        if is_meant {
            services.push(*self::service(texts, false, one));
        }
    }
    let theme = config.text("appearance", "theme");
    let values = Members::default()
        .text("language", texts.language())
        .text("theme", if theme.are_none() { Words::at(&"auto") } else { theme })
        .text("name", config.category_words(category, "name", texts))
        .list("services", services);
    render(PLACEHOLDER, "", texts, values.done(), surface);
}

/// The notice as text: UTF-8, lines ended by one LF, the placeholders for host, end date and code unfilled. Its SHA-256
/// is the `notice` of a record (requirement R-02).
pub fn notice_text(config: &Config, texts: &Texts) -> Words {
    let values = told(config, texts, None)
        .flag("asks", true)
        .flag("open", true)
        .text("host", Words::at(&"{host}"))
        .text("date", Words::at(&"{date}"))
        .text("code", Words::at(&"{code}"));
    let mut transcript = Transcript::default();
    draw(texts, values, &mut transcript);
    transcript.text.done()
}

/// Draws the root with the first layer, the control that stays and the status line. The settings follow inside the root,
/// which ends with the template. Nothing is called `hidden`: a root that the owner's server rendered hidden loses that when
/// it is drawn over.
#[inline(never)]
fn draw(texts: &Texts, values: Members, surface: &mut dyn Surface) {
    render(texts.layer().text(), texts.settings(), texts, values.done(), surface);
}

/// The names of the categories and services with these ids.
fn names_of(config: &Config, texts: &Texts, ids: &[Words]) -> Words {
    let mut names = Writer::default();
    for index in 0..config.len() {
        let id = config.id(index);
        if ids.contains(&id) {
            enumerate(
                &mut names,
                match config.service(index) {
                    Some(service) => texts.wording(service.description.get("name")),
                    None => config.category_words(id, "name", texts),
                },
            );
        }
    }
    names.done()
}

/// Whether an enumeration names these words as a whole: "VK LLC" does not name "VK".
fn names(list: &str, words: &str) -> bool {
    let mut left = list;
    while !left.is_empty() {
        if let Some(tail) = after(left, words)
            && (tail.is_empty() || after(tail, ", ").is_some())
        {
            return true;
        }
        // What follows a comma of an enumeration begins after its space.
        left = rest(halves(left, b',').1, 1);
    }
    false
}

/// Adds words to an enumeration, once.
#[inline(never)]
fn enumerate(list: &mut Writer, words: Words) {
    if words.are_none() || names(list.as_str(), &words) {
        return;
    }
    if !list.is_empty() {
        list.push(", ");
    }
    list.words(words);
}

/// What the template calls a text of the configuration, and where it stands: object and key; and what it is where the
/// owner did not say.
static FROM_CONFIG: &str = "layout appearance layout bar|position appearance position bottom|theme appearance theme auto\
|reopen appearance reopen button|operator operator name|bin operator bin|iin operator iin|number operator bin\
|number operator iin|address operator address|contact operator email|phone operator phone|policy policy url\
|email withdrawal email|subject withdrawal subject|correctionSubject withdrawal correctionSubject|";

/// What a configuration says, whoever looks at it; `draft` holds the state of the switches.
fn told(config: &Config, texts: &Texts, draft: Option<Choices>) -> Members {
    let mut values = Members::default().text("language", texts.language());
    let mut rest = FROM_CONFIG;
    while !rest.is_empty() {
        let (entry, after) = halves(rest, b'|');
        rest = after;
        let (name, entry) = halves(entry, b' ');
        let (object, entry) = halves(entry, b' ');
        let (key, otherwise) = halves(entry, b' ');
        let text = config.text(object, key);
        values = values.text(name, if text.are_none() { Words::of(otherwise) } else { text });
    }
    let (mut recipients, mut countries) = (Writer::default(), Writer::default());
    for service in &config.services {
        enumerate(&mut recipients, texts.wording(service.description.get("recipient")));
        list_countries(service, texts, "KZ", &mut countries);
    }
    let mut categories = Pile::new();
    for index in 0..config.categories.len() {
        categories.push(*category(config, texts, draft, index));
    }
    values
        .text("domain", config.scope())
        .text("version", version(config, texts))
        .flag("kz", config.is_under("kz"))
        .flag("gdpr", config.is_under("gdpr"))
        .text("days", counted(config.expires_days, Text::Days, texts))
        .text("recipients", recipients.done())
        .text("countries", countries.done())
        .list("categories", categories)
}

/// The version of the owner's policy; one that is a date reads as a date.
fn version(config: &Config, texts: &Texts) -> Words {
    let version = config.text("policy", "version");
    let mut stamp = Writer::of(&version);
    stamp.push("T00:00:00Z");
    moment(stamp.done()).map_or(version, |date| spelled(date, texts))
}

/// Adds the names of the countries where a service's data goes, but for one.
#[inline(never)]
fn list_countries(service: &Service, texts: &Texts, but: &str, list: &mut Writer) {
    for code in service.countries() {
        let code = code.words();
        if !code.are(but) {
            enumerate(list, texts.listed(Text::Countries, code));
        }
    }
}

/// An optional category with its services.
fn category(config: &Config, texts: &Texts, draft: Option<Choices>, index: usize) -> &'static Value {
    let id = config.id(index);
    let is_on = |index| draft.is_some_and(|draft| draft.is_on(index));
    let maps = config.google_consent.iter().any(|(category, _)| *category == index);
    let (mut services, mut widened) = (Pile::new(), Pile::new());
    for number in 0..config.len() {
        if let Some(one) = config.service(number) {
            // A category may have no service of its own and yet widen what another one does: Webvisor under `replay`,
            // advertising by Google's tag under `marketing`.
            let own = one.category == index;
            if one.widened_by(id) || (maps && !own && one.speaks_gtag()) {
                widened.push(*service(texts, is_on(number), one));
            }
            if own {
                services.push(*service(texts, is_on(number), one));
            }
        }
    }
    Members::default()
        .text("id", id)
        .text("name", config.category_words(id, "name", texts))
        .text("purpose", config.category_words(id, "purpose", texts))
        .flag("on", is_on(index))
        .list("widened", widened)
        .list("services", services)
        .done()
}

/// What is told of one service (requirements I-04, I-05, I-07, I-09).
#[inline(never)]
fn service(texts: &Texts, on: bool, service: &Service) -> &'static Value {
    let said = service.description;
    let mut values = Members::default()
        .text("id", service.id)
        .flag("on", on)
        .text("foreign", texts.foreign(said.get("purpose")));
    for (name, key) in &[
        ("service", "name"),
        ("recipient", "recipient"),
        ("aim", "purpose"),
        ("theirs", "policy"),
    ] {
        values = values.text(name, texts.wording(said.get(key)));
    }
    let (mut countries, mut data) = (Writer::default(), Writer::default());
    list_countries(service, texts, "", &mut countries);
    for item in *said.list("data") {
        enumerate(&mut data, texts.coded(Text::Data, item));
    }
    let mut storage = Pile::new();
    for stored in *said.list("storage") {
        let mut aim = stored.get("purpose");
        if aim.is_null() {
            aim = said.get("purpose");
        }
        let row = Members::default()
            .text("key", stored.text("name"))
            .text("place", stored.text("in"))
            .flag("there", !stored.text("host").are_none())
            .text("host", stored.text("host"))
            .text("foreign", texts.foreign(aim))
            .text("aim", texts.coded(Text::StoragePurposes, aim))
            .text("lifetime", lifetime(&stored.text("lifetime"), texts));
        storage.push(*row.done());
    }
    values
        .text("countries", countries.done())
        .text("data", data.done())
        .list("storage", storage)
        .done()
}

/// How long a stored name stays, in words.
fn lifetime(written: &str, texts: &Texts) -> Words {
    match Lifetime::of(written) {
        Lifetime::Session => texts.get(Text::SessionLifetime),
        Lifetime::Unlimited => texts.get(Text::UnlimitedLifetime),
        Lifetime::Minutes(number) => counted(number, Text::Minutes, texts),
        Lifetime::Hours(number) => counted(number, Text::Hours, texts),
        Lifetime::Days(number) => counted(number, Text::Days, texts),
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, Writer, enumerate};

    fn enumeration(words: &[&'static str]) -> Words {
        let mut list = Writer::default();
        for words in words {
            enumerate(&mut list, Words::of(words));
        }
        list.done()
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
