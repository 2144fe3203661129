//! What the visitor is told: disclosure items, texts per language, dates, and the hash that binds a record to them.
//!
//! The facts are made from the configuration alone, in the order in which the law lists them. The settings show them,
//! and [`text`] writes them down, so that what is shown is what is hashed.

pub mod dates;
pub mod hash;
pub mod texts;

use super::config::{Category, Config, Identifier, Lifetime, Place, Service, Storage, Wording};
use super::view::{self, Fact, Link, Part};
use dates::counted;
use texts::{Text, Texts};

/// What a notice says of one visit: the placeholders that its canonical text leaves unfilled.
pub struct Particulars {
    /// The end date in words.
    pub ends: String,
    /// The code of the grant, when there is one.
    pub code: Option<String>,
    /// The host that the visitor is on.
    pub host: String,
}

impl Particulars {
    /// The names in braces that stand for the particulars in the canonical text.
    pub fn unfilled() -> Particulars {
        Particulars {
            ends: String::from("{date}"),
            code: Some(String::from("{code}")),
            host: String::from("{host}"),
        }
    }
}

/// The notice as text: UTF-8, lines ended by one LF, placeholders for end date and code unfilled. Its SHA-256 is the
/// `notice` of a record (requirement R-02).
pub fn text(config: &Config, texts: &Texts) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        text.push_str(words);
        text.push('\n');
    };
    line(texts.get(Text::Title));
    line(&lead(config, texts));
    for category in &config.categories {
        line(&wording(&category.name, texts));
        line(&wording(&category.purpose, texts));
        for service in config.services_of(category) {
            line(&summary(service, texts));
            service_facts(service, texts)
                .iter()
                .for_each(|fact| write_fact(fact, &mut line));
            for row in stored(&service.storage, texts) {
                row.iter().for_each(|cell| line(cell));
            }
        }
    }
    facts(config, texts, &Particulars::unfilled())
        .iter()
        .for_each(|fact| write_fact(fact, &mut line));
    for label in [
        Text::NecessaryName,
        Text::NecessaryPurpose,
        Text::Reject,
        Text::Accept,
        Text::Settings,
        Text::Save,
    ] {
        line(texts.get(label));
    }
    text
}

/// The label of a fact and its parts, a line each.
fn write_fact(fact: &Fact, line: &mut dyn FnMut(&str)) {
    line(&fact.label);
    for part in &fact.parts {
        match part {
            Part::Text(words) => line(words),
            Part::Link(link) => {
                line(&link.text);
                line(&link.href);
            }
        }
    }
}

/// What is asked and why.
pub fn lead(config: &Config, texts: &Texts) -> String {
    texts.fill(Text::Lead, &[("operator", &config.operator.name)])
}

/// Words in the language of `texts`.
pub fn wording(wording: &Wording, texts: &Texts) -> String {
    match wording {
        Wording::Own(text) => texts.own(*text),
        Wording::Listed(table, code) => String::from(texts.listed(*table, code)),
        Wording::Same(words) => words.clone(),
        Wording::Written(languages) => languages
            .iter()
            .find(|(language, _)| language == texts.language())
            .or(languages.first())
            .map(|(_, words)| words.clone())
            .unwrap_or_default(),
    }
}

/// A service with its recipient and the countries, as the first layer names it (requirements I-04, I-05).
pub fn summary(service: &Service, texts: &Texts) -> String {
    let values = [
        ("service", &*wording(&service.name, texts)),
        ("recipient", &wording(&service.recipient, texts)),
        (
            "countries",
            &joined(service.countries.iter().map(|code| texts.listed(Text::Countries, code))),
        ),
    ];
    texts.fill(Text::ServiceSummary, &values)
}

/// What is told of one service.
pub fn service_facts(service: &Service, texts: &Texts) -> Vec<Fact> {
    let words = |id, label, words| Fact {
        id,
        label: texts.own(label),
        parts: vec![Part::Text(words)],
    };
    let mut facts = vec![
        words("purpose", Text::Purpose, wording(&service.purpose, texts)),
        words("recipient", Text::Recipient, wording(&service.recipient, texts)),
        words(
            "country",
            Text::Country,
            joined(service.countries.iter().map(|code| texts.listed(Text::Countries, code))),
        ),
        words(
            "data",
            Text::DataCollected,
            joined(service.data.iter().map(|data| wording(data, texts))),
        ),
    ];
    if let Some(policy) = &service.policy {
        let link = Link {
            text: policy.clone(),
            href: policy.clone(),
        };
        facts.push(Fact {
            id: "policy",
            label: texts.own(Text::RecipientPolicy),
            parts: vec![Part::Link(link)],
        });
    }
    facts
}

/// The rows of the table of stored names: name, place, purpose, lifetime.
pub fn stored(storage: &[Storage], texts: &Texts) -> Vec<[String; 4]> {
    let place = |place| match place {
        Place::Cookie => Text::PlaceCookie,
        Place::Local => Text::PlaceLocal,
        Place::Session => Text::PlaceSession,
    };
    let row = |stored: &Storage| {
        [
            stored.name.clone(),
            texts.own(place(stored.place)),
            wording(&stored.purpose, texts),
            lifetime(stored.lifetime, texts),
        ]
    };
    storage.iter().map(row).collect()
}

/// How long a stored name stays, in words.
fn lifetime(lifetime: Lifetime, texts: &Texts) -> String {
    match lifetime {
        Lifetime::Session => texts.own(Text::SessionLifetime),
        Lifetime::Unlimited => texts.own(Text::UnlimitedLifetime),
        Lifetime::Minutes(number) => counted(number, Text::Minutes, texts),
        Lifetime::Hours(number) => counted(number, Text::Hours, texts),
        Lifetime::Days(number) => counted(number, Text::Days, texts),
    }
}

/// What is told of the consent as a whole (Law 94-V, art. 8(4); GDPR, art. 13).
pub fn facts(config: &Config, texts: &Texts, particulars: &Particulars) -> Vec<Fact> {
    let mut facts = vec![
        operator(config, texts),
        policy(config, texts),
        Fact {
            id: "scope",
            label: texts.own(Text::Scope),
            parts: vec![Part::Text(scope(config, texts, particulars))],
        },
    ];
    if !config.categories.is_empty() {
        facts.extend(transfers(config, texts, particulars));
    }
    facts.extend(withdrawal(config, texts));
    if let (Some(code), false) = (&particulars.code, config.categories.is_empty()) {
        facts.push(Fact {
            id: "code",
            label: texts.own(Text::Code),
            parts: vec![Part::Text(code.clone())],
        });
    }
    facts
}

/// Who asks (art. 8(4)(1), requirement I-01).
fn operator(config: &Config, texts: &Texts) -> Fact {
    let operator = &config.operator;
    let mut parts = vec![Part::Text(operator.name.clone())];
    match &operator.identifier {
        Some(Identifier::Bin(number)) => parts.push(Part::Text(texts.fill(Text::Bin, &[("number", number)]))),
        Some(Identifier::Iin(number)) => parts.push(Part::Text(texts.fill(Text::Iin, &[("number", number)]))),
        None => {}
    }
    parts.extend(operator.address.iter().cloned().map(Part::Text));
    parts.extend(
        operator
            .email
            .iter()
            .map(|email| Part::Link(letter(email, None, email.clone()))),
    );
    parts.extend(operator.phone.iter().cloned().map(Part::Text));
    Fact {
        id: "operator",
        label: texts.own(Text::Operator),
        parts,
    }
}

/// The policy and its version.
fn policy(config: &Config, texts: &Texts) -> Fact {
    let parts = vec![
        Part::Link(policy_link(config, texts)),
        Part::Text(texts.fill(Text::PolicyVersion, &[("version", &config.policy.version)])),
    ];
    Fact {
        id: "policy",
        label: texts.own(Text::Policy),
        parts,
    }
}

/// The link to the owner's policy.
pub fn policy_link(config: &Config, texts: &Texts) -> view::Link {
    Link {
        text: texts.own(Text::PolicyLink),
        href: config.policy.url.clone(),
    }
}

/// Which hosts the choice covers (requirement B-04).
fn scope(config: &Config, texts: &Texts, particulars: &Particulars) -> String {
    match &config.scope {
        Some(domain) => texts.fill(Text::ScopeDomain, &[("domain", domain)]),
        None => texts.fill(Text::ScopeHost, &[("host", &particulars.host)]),
    }
}

/// Term, third parties, cross-border transfer, public sources, effect of a refusal (art. 8(4)(3) to (6)).
fn transfers(config: &Config, texts: &Texts, particulars: &Particulars) -> [Fact; 5] {
    let days = counted(u32::from(config.expires_days), Text::Days, texts);
    let recipients = joined(distinct(
        config.services.iter().map(|service| wording(&service.recipient, texts)),
    ));
    let abroad = config
        .services
        .iter()
        .flat_map(|service| &service.countries)
        .filter(|code| *code != "KZ");
    let countries = joined(distinct(
        abroad.map(|code| String::from(texts.listed(Text::Countries, code))),
    ));
    let either = |list: &str, yes, no, name| {
        if list.is_empty() {
            texts.own(no)
        } else {
            texts.fill(yes, &[(name, list)])
        }
    };
    let fact = |id, label, words| Fact {
        id,
        label: texts.own(label),
        parts: vec![Part::Text(words)],
    };
    [
        fact(
            "term",
            Text::Term,
            texts.fill(Text::TermText, &[("days", &days), ("date", &particulars.ends)]),
        ),
        fact(
            "third-parties",
            Text::ThirdParties,
            either(&recipients, Text::ThirdPartiesYes, Text::ThirdPartiesNo, "recipients"),
        ),
        fact(
            "cross-border",
            Text::CrossBorder,
            either(&countries, Text::CrossBorderYes, Text::CrossBorderNo, "countries"),
        ),
        fact("public-sources", Text::PublicSources, texts.own(Text::PublicSourcesNo)),
        fact("refusal", Text::Refusal, texts.own(Text::RefusalText)),
    ]
}

/// How to withdraw: here at once, and by letter with the exact subject (art. 8(7), requirement I-10).
fn withdrawal(config: &Config, texts: &Texts) -> Option<Fact> {
    let mut parts = Vec::new();
    if !config.categories.is_empty() {
        parts.push(Part::Text(texts.own(Text::WithdrawalHere)));
    }
    parts.extend(config.withdrawal.iter().map(|withdrawal| {
        let values = [("email", &*withdrawal.email), ("subject", &withdrawal.subject)];
        Part::Link(letter(
            &withdrawal.email,
            Some(&withdrawal.subject),
            texts.fill(Text::WithdrawalLetter, &values),
        ))
    }));
    (!parts.is_empty()).then(|| Fact {
        id: "withdrawal",
        label: texts.own(Text::Withdrawal),
        parts,
    })
}

/// A link that opens a letter.
fn letter(email: &str, subject: Option<&str>, text: String) -> Link {
    let mut href = String::from("mailto:");
    href.push_str(email);
    if let Some(subject) = subject {
        href.push_str("?subject=");
        push_encoded(&mut href, subject);
    }
    Link { text, href }
}

/// Appends text as a component of a URL (RFC 3986, section 2.3: everything but the unreserved is encoded).
fn push_encoded(url: &mut String, text: &str) {
    let digit = |nibble: u8| {
        char::from_digit(u32::from(nibble), 16)
            .unwrap_or('0')
            .to_ascii_uppercase()
    };
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            url.push(char::from(byte));
        } else {
            url.push('%');
            url.push(digit(byte >> 4));
            url.push(digit(byte & 15));
        }
    }
}

/// Words joined by commas.
pub fn joined<Words: AsRef<str>>(words: impl Iterator<Item = Words>) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(word.as_ref());
    }
    text
}

/// Each of the words once, in the order of first mention.
fn distinct(words: impl Iterator<Item = String>) -> std::vec::IntoIter<String> {
    let mut seen: Vec<String> = Vec::new();
    for word in words {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen.into_iter()
}

/// A short hash of what a consent to a service covers: recipient, country, data, storage, category. When one of them
/// changes, the consent lapses; a colour, a typo or a translation changes nothing (requirement V-03).
pub fn service_terms(config: &Config, service: &Service) -> String {
    let mut terms = String::new();
    material(&service.recipient, &mut terms);
    service.countries.iter().for_each(|code| push_line(&mut terms, code));
    service.data.iter().for_each(|data| material(data, &mut terms));
    for stored in &service.storage {
        push_line(&mut terms, &stored.name);
        dates::push_number(&mut terms, stored.lifetime.minutes());
    }
    push_line(
        &mut terms,
        config
            .categories
            .get(service.category)
            .map_or("", |category| &category.id),
    );
    short(&terms)
}

/// A short hash of what a consent to a category covers: its purpose.
pub fn category_terms(category: &Category) -> String {
    let mut terms = String::new();
    material(&category.purpose, &mut terms);
    short(&terms)
}

/// What a wording means: the code of one of Kelisim's own, or the owner's words in the first language.
fn material(wording: &Wording, terms: &mut String) {
    match wording {
        Wording::Own(text) => push_line(terms, texts::KEYS.get(*text as usize).unwrap_or(&"")),
        Wording::Listed(_, words) | Wording::Same(words) => push_line(terms, words),
        Wording::Written(languages) => push_line(terms, languages.first().map_or("", |(_, words)| words)),
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// The first 8 hex digits of the SHA-256.
pub fn short(text: &str) -> String {
    let mut digest = hash::sha256(text);
    digest.truncate(8);
    digest
}
