//! Holds what the owner wrote against its shape and the laws it names.
//!
//! Every problem is found at once, each with its path and a code whose sentence and mend stand in `messages.json`.
//! There is a [`Config`] only where there is no problem (requirement O-02), so a fault can never half-work. It must not
//! guess: a number, a country or a term that is not there stays missing.

use super::codes::Code;
use super::findings::{Diagnosis, Findings, Verdict};
use super::shapes::shape;
use super::words::{find, nearest, next};
use super::{Config, Problem, Service, glob, identifier, link, one_or_more, rules, scope};
use crate::core::letters::{after, first, rest, same};
use crate::core::notice::texts::{KEYS, Text, Texts, codes, key_of_category, place_of};
use crate::core::pile::Pile;
use crate::core::value::{Members, NULL, Value, Words, Writer};

/// The shortest and the longest term of a choice, in days (requirement V-01).
const TERM: (f64, f64) = (180.0, 1095.0);

/// The greatest whole number that a JSON number holds exactly.
const GREATEST: f64 = 9_007_199_254_740_991.0;

/// Names that a purge must never touch, as they are met most: Kelisim's own, sessions, carts, protection of forms.
const NECESSARY_NAMES: &str = "kelisim|PHPSESSID|JSESSIONID|sessionid|csrftoken|XSRF-TOKEN|cart|BITRIX_SM_SALE_UID";

/// Google's consent types, and the built-in category that grants each where the owner does not say.
pub(super) const CONSENT_TYPES: &str = "functionality_storage=functional|personalization_storage=functional\
|analytics_storage=analytics|ad_storage=marketing|ad_user_data=marketing|ad_personalization=marketing";

/// The texts that are no sentence to rewrite, the direction and the tables, each with its kind: not there, and named as
/// the hint.
pub(super) const FIXED_TEXTS: &str =
    "direction=!direction|countries=!countries|data=!data|storagePurposes=!storagePurposes";

/// What Kelisim knows from elsewhere, to hold ids and codes against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The words of every language that there is.
    pub texts: &'a [Texts],
    /// The manifest of every vendor that the document names by `use`; `null` where there is no such vendor.
    pub manifests: &'static Value,
    /// The vendors of the catalogue, each followed by `|`, to name the one that a slip is nearest to; empty where it is
    /// not at hand.
    pub vendors: &'a str,
}

/// The vendors whose manifests are needed to check `document`, each once.
pub fn vendors(document: &Value) -> Pile<Words> {
    let mut vendors = Pile::new();
    for service in *document.list("services") {
        let vendor = service.text("use");
        if rules::is_id(&vendor) && !vendors.contains(&vendor) {
            vendors.push(vendor);
        }
    }
    vendors
}

/// The languages whose words are needed to check `document`. Where one of them is a slip of the hand, there is no such file.
pub fn languages(document: &Value) -> Pile<Words> {
    let mut languages = Pile::new();
    for language in *document.list("languages") {
        let language = language.words();
        if rules::is_language(&language) {
            languages.push(language);
        }
    }
    languages
}

/// Reads and checks a configuration.
///
/// # Errors
///
/// Every problem there is, in the order in which it was found.
pub fn check(document: &'static Value, known: Known) -> Result<Config, &'static [Problem]> {
    checked::<Diagnosis>(document, known)
}

/// Reads and checks a configuration, for the visitor's script, where nobody reads what is wrong.
///
/// # Errors
///
/// When something is wrong; no problem is named.
pub fn verdict(document: &'static Value, known: Known) -> Result<Config, &'static [Problem]> {
    checked::<Verdict>(document, known)
}

fn checked<F: Findings>(document: &'static Value, known: Known) -> Result<Config, &'static [Problem]> {
    let laws = document.list("law");
    let mut check = Check {
        kz: laws.is_empty() || names(laws, "kz"),
        gdpr: laws.is_empty() || names(laws, "gdpr"),
        document,
        known,
        findings: F::default(),
        of_vendor: false,
        broken: false,
        config: Config {
            document,
            expires_days: 0,
            categories: Pile::new(),
            services: Pile::new(),
            languages: Pile::new(),
            google_consent: Pile::new(),
        },
    };
    check.object(document, &NULL, shape("site"), Code::UnknownKey);
    check.finish();
    match check.findings.done() {
        None => Ok(check.config),
        Some(problems) => Err(problems),
    }
}

/// Whether one of the items is this text.
#[inline(never)]
fn names(items: &'static [Value], wanted: &str) -> bool {
    for item in items {
        if item.words().are(wanted) {
            return true;
        }
    }
    false
}

/// Whether nothing was written here: what an owner leaves empty is missing.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => rules::is_blank(text),
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}

/// The state of one check.
#[allow(
    clippy::struct_excessive_bools,
    reason = "two laws, and two marks of a vendor's manifest"
)]
struct Check<'a, F> {
    document: &'static Value,
    known: Known<'a>,
    kz: bool,
    gdpr: bool,
    findings: F,
    /// What is looked at comes from a vendor's manifest.
    of_vendor: bool,
    /// Something in that manifest is of the wrong kind.
    broken: bool,
    config: Config,
}

impl<F: Findings> Check<'_, F> {
    /// What follows from a document without problems.
    fn finish(&mut self) {
        let (document, config) = (self.document, &mut self.config);
        if document.get("googleConsentMode").is_null() {
            let mut types = CONSENT_TYPES;
            while let Some((name, category)) = next(&mut types, b'|') {
                if let Some(index) = config.index_of(category) {
                    config.google_consent.push((index, Words::of(name)));
                }
            }
        }
        // None of what is optional could be consented to.
        if document.text("audience").are("minors") {
            config.categories.cut(0);
            config.services.cut(0);
            config.google_consent.cut(0);
        }
        let days = match document.get("expiresDays") {
            Value::Number(days) => *days,
            _ => TERM.0,
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range was checked"
        )]
        let days = days as u32;
        config.expires_days = days;
    }

    /// Adds a problem of what is looked at. What is damaged in a manifest is no problem of the owner's key.
    #[inline(never)]
    fn report(&mut self, code: Code, hint: &'static str) {
        if self.of_vendor && matches!(code, Code::WrongType | Code::UnknownValue) {
            self.broken = true;
        } else {
            self.findings.add(code, hint);
        }
    }

    /// Adds a problem of a member.
    #[inline(never)]
    fn report_at(&mut self, key: &str, code: Code, hint: &'static str) {
        let place = self.findings.enter(key);
        self.report(code, hint);
        self.findings.leave(place);
    }

    /// Whether a word is in a list; when not, the nearest one is the hint.
    #[inline(never)]
    fn knows(&mut self, word: &str, list: &'static str, mark: u8, code: Code) -> bool {
        let found = find(list, mark, word).is_some();
        if !found {
            let hint = hint::<F>(after(word, "--kelisim-").unwrap_or(word), list, mark);
            self.report(code, hint);
        }
        found
    }

    /// An object, over a manifest that says what it leaves out.
    #[inline(never)]
    fn object(&mut self, value: &'static Value, manifest: &Value, shape: &'static str, unknown: Code) {
        if !value.is_map() && !value.is_null() {
            return self.report(Code::WrongType, "an object");
        }
        for (key, _) in *value.entries() {
            let place = self.findings.enter(key);
            // `$schema` and its like are for the owner's editor.
            if place > 0 || first(key) != b'$' {
                let code = if F::ASKS_FOR_HINTS {
                    rules::unknown_key(key, unknown)
                } else {
                    unknown
                };
                self.knows(key, shape, b'|', code);
            }
            self.findings.leave(place);
        }
        let mut rest = shape;
        while let Some((key, kind)) = next(&mut rest, b'|') {
            let place = self.findings.enter(key);
            self.field(value.get(key), manifest, key, kind);
            self.findings.leave(place);
        }
    }

    /// A member of an object: whether it is needed, and if it is there, its kind.
    #[inline(never)]
    fn field(&mut self, own: &'static Value, manifest: &Value, key: &str, mut kind: &'static str) {
        let (mut needed, mut fixed, mut empty) = (false, false, false);
        loop {
            match first(kind) {
                b'n' => needed = true,
                b'k' => needed = self.kz,
                b'g' => needed = self.gdpr,
                b'o' => needed = !own.is_null(),
                b'e' => empty = true,
                b'f' => fixed = manifest.is_map(),
                _ => break,
            }
            kind = rest(kind, 1);
        }
        if fixed && !own.is_null() {
            self.report(Code::FixedByVendor, "");
        }
        let outside = self.of_vendor;
        let mut value = own;
        if fixed || is_blank(own) && manifest.is_map() {
            value = manifest.get(key);
            self.of_vendor = true;
        }
        if needed && is_blank(value) && !(empty && matches!(value, Value::List(_))) {
            // Of an object, its members are missing.
            if matches!(first(kind), b'{' | b'O') {
                self.value(value, kind);
            } else {
                self.report(Code::Missing, "");
            }
        } else if !value.is_null() {
            self.value(value, kind);
        }
        self.of_vendor = outside;
    }

    /// A value of a kind: see [`super::shapes`].
    #[inline(never)]
    fn value(&mut self, value: &'static Value, kind: &'static str) {
        let (mark, rest) = (first(kind), rest(kind, 1));
        let expected = match (mark, value) {
            (b'{', _) => {
                let unknown = if same(rest, "tokens") {
                    Code::UnknownToken
                } else {
                    Code::UnknownKey
                };
                return self.object(value, &NULL, shape(rest), unknown);
            }
            (b'X', _) => return self.languages_of(value, "%", "%"),
            (b'%', _) => return self.object(value, &NULL, text_shape().text(), Code::UnknownText),
            (b'A', _) => return self.category(value),
            (b'V', _) => return self.service(value),
            (b'O', _) => return self.operator(value),
            (b'H', _) => return self.languages(value),
            (b'Y', _) => return self.google_consent(value),
            (b'!', _) => return self.report(Code::UnknownText, rest),
            (b'[', Value::List(items)) => return self.items(items, rest),
            (b'[', _) => "a list",
            (b'?', Value::Bool(_)) => return,
            (b'?', _) => "true or false",
            (b'N', Value::Number(days)) => return self.whole(*days, TERM, Code::OutOfRange),
            (b'U', Value::Number(number)) => return self.whole(*number, (1.0, GREATEST), Code::InvalidParameter),
            // What a browser cannot hold as a number, a vendor prints as digits.
            (b'U', Value::Text(digits)) => return self.text(digits, mark, rest),
            (b'N' | b'U', _) => "a number",
            (b'K', Value::List(items)) => return self.items(items, "c"),
            (b'P'..=b'S', Value::Map(_)) => {
                // A vendor's manifest has the languages of the house; in any other its English words stand.
                return self.languages_of(value, if self.of_vendor { "T" } else { "nT" }, "T");
            }
            (_, Value::Text(text)) => return self.text(text, mark, rest),
            (b'&', _) => return self.report(Code::UnknownConsentType, ""),
            (b'K', _) => "a country code or a list of them",
            (b'P'..=b'S', _) => "a string, or an object with one string per language",
            _ => "a string",
        };
        self.report(Code::WrongType, expected);
    }

    #[inline(never)]
    fn items(&mut self, items: &'static [Value], kind: &'static str) {
        for (index, item) in (0..).zip(items) {
            let place = self.findings.enter_item(index);
            self.value(item, kind);
            self.findings.leave(place);
        }
    }

    fn whole(&mut self, number: f64, (least, greatest): (f64, f64), code: Code) {
        if !(number >= least && number <= greatest && number.trunc().to_bits() == number.to_bits()) {
            self.report(code, "");
        }
    }

    /// A text of a kind.
    #[inline(never)]
    fn text(&mut self, text: &'static str, mark: u8, choices: &'static str) {
        let code = match mark {
            b'(' => {
                self.knows(text, choices, b'/', Code::UnknownValue);
                Code::Fine
            }
            b'F' if rules::is_blank(text) => Code::Missing,
            b'L' => link::fault(text),
            b'E' if !rules::is_email(text) => Code::InvalidEmail,
            b'B' => identifier::fault(text),
            b'W' if !rules::is_own_path(text) => Code::ForeignPath,
            b'D' if !text.is_empty() && !scope::is_domain(text) => Code::InvalidScope,
            b'Z' if !rules::is_parameter(text) => Code::InvalidParameter,
            b'U' if !rules::is_digits(text) => Code::InvalidParameter,
            b'I' => self.id(text),
            b'C' if same(text, "necessary") => Code::VendorInNecessary,
            b'C' => {
                let categories = list(&self.config.categories);
                self.knows(text, categories.text(), b'|', Code::UnknownCategory);
                Code::Fine
            }
            b'c' | b'K' => self.country(text),
            b'l' => self.language(text),
            b'P'..=b'S' => self.words(text, mark),
            b'G' => self.pattern(text),
            b'M' if !rules::is_lifetime(text) => Code::InvalidLifetime,
            b'~' if !rules::is_plain(text) => Code::UnsafeToken,
            b'&' => {
                self.knows(text, CONSENT_TYPES, b'|', Code::UnknownConsentType);
                Code::Fine
            }
            _ => Code::Fine,
        };
        if code != Code::Fine {
            self.report(code, "");
        }
    }

    /// One string for words. A name may be the same in every language. A sentence may not: a notice that stands in one
    /// language only counts as not given in the others (requirement L-05).
    fn words(&mut self, text: &str, mark: u8) -> Code {
        let table = match mark {
            b'P' => codes(Text::StoragePurposes),
            b'Q' => codes(Text::Data),
            _ => "",
        };
        let several = self.config.languages.len() > 1;
        if !table.is_empty() && (several || find(table, b'|', text).is_some()) {
            self.knows(text, table, b'|', Code::UnknownCode);
            Code::Fine
        } else if rules::is_blank(text) {
            Code::Missing
        } else if several && mark == b'S' {
            Code::OneLanguage
        } else {
            Code::Fine
        }
    }

    /// A country by its ISO 3166-1 code. One without a name in Kelisim's table is shown by its code.
    fn country(&mut self, code: &str) -> Code {
        let table = codes(Text::Countries);
        // What the codes of the United Kingdom and of the Union are taken for.
        let plausible = rules::is_country(code) && !same(code, "UK") && !same(code, "EU");
        if !plausible && find(table, b'|', code).is_none() {
            self.report(
                Code::UnknownCountry,
                if same(code, "UK") {
                    "GB"
                } else {
                    hint::<F>(code, table, b'|')
                },
            );
        }
        Code::Fine
    }

    /// The name of something stored. What is not granted is purged by it: it must name neither the record, nor what a
    /// site cannot do without, nor everything.
    fn pattern(&mut self, name: &str) -> Code {
        if glob::is_regex(name) {
            let hint = if F::ASKS_FOR_HINTS {
                glob::instead_of_regex(name)
            } else {
                ""
            };
            self.report(Code::RegularExpression, hint);
            return Code::Fine;
        }
        let mut necessary = NECESSARY_NAMES;
        while let Some((known, _)) = next(&mut necessary, b'|') {
            if glob::matches(name, known) {
                return Code::TooWide;
            }
        }
        if name.as_bytes().iter().filter(|byte| **byte != b'*').count() < 2 {
            return Code::TooWide;
        }
        Code::Fine
    }

    /// An id of a category or service.
    fn id(&self, id: &str) -> Code {
        if !rules::is_id(id) {
            Code::InvalidId
        } else if self.config.index_of(id).is_some() {
            Code::Duplicate
        } else {
            Code::Fine
        }
    }

    /// Law 94-V, art. 8(4)(1): the number of the operator.
    #[inline(never)]
    fn operator(&mut self, value: &'static Value) {
        self.object(value, &NULL, shape("operator"), Code::UnknownKey);
        match (value.text("bin").are_none(), value.text("iin").are_none(), value) {
            (false, false, _) => self.report_at("iin", Code::TwoIdentifiers, ""),
            (true, true, Value::Map(_) | Value::Null) if self.kz => {
                self.report_at("bin", Code::Missing, "operator.iin");
            }
            _ => {}
        }
    }

    /// The offered languages. Under Kazakhstan's consumer law an information in one language only was not given.
    #[inline(never)]
    fn languages(&mut self, value: &'static Value) {
        self.value(value, "[l");
        for language in &["kk", "ru"] {
            if self.kz && matches!(value, Value::List(_)) && !names(value.items(), language) {
                self.report(Code::LanguageRequired, language);
            }
        }
    }

    /// One offered language.
    #[inline(never)]
    fn language(&mut self, language: &'static str) -> Code {
        if self.offers(language) {
            return Code::Duplicate;
        }
        let known = self.per_language("", "");
        if self.knows(language, known.text(), b'|', Code::UnknownLanguage) {
            self.config.languages.push(Words::of(language));
        }
        Code::Fine
    }

    /// An object with a member for each language: of one kind for those that are offered, of another for those that there
    /// are.
    fn languages_of(&mut self, value: &'static Value, offered: &str, other: &str) {
        let shape = self.per_language(offered, other);
        self.object(value, &NULL, shape.text(), Code::UnknownLanguage);
    }

    /// The shape of an object with a member for each language: of one kind for those that are offered, of another for
    /// those that there are.
    #[inline(never)]
    fn per_language(&self, offered: &str, other: &str) -> Words {
        let mut shape = Writer::default();
        for texts in self.known.texts {
            let language = texts.language();
            push_entry(
                &mut shape,
                &language,
                if self.offers(&language) { offered } else { other },
            );
        }
        shape.done()
    }

    /// Whether a language is among those that are offered.
    #[inline(never)]
    fn offers(&self, language: &str) -> bool {
        self.config.languages.iter().any(|offered| offered.are(language))
    }

    #[inline(never)]
    fn category(&mut self, value: &'static Value) {
        let id = value.text("id");
        if id.are("necessary") {
            return self.report_at("id", Code::NecessaryIsImplied, "");
        }
        self.object(value, &NULL, shape("category"), Code::UnknownKey);
        if value.get("purpose").is_null() && place_of(&key_of_category(id, "purpose")).is_none() {
            self.report_at("purpose", Code::Missing, "");
        }
        self.config.categories.push(id);
    }

    /// Which category grants which of Google's consent types (basic mode, the only one there is).
    #[inline(never)]
    fn google_consent(&mut self, value: &'static Value) {
        if !value.is_map() {
            return self.report(Code::WrongType, "an object");
        }
        for (category, granted) in *value.entries() {
            let place = self.findings.enter(category);
            self.text(category, b'C', "");
            self.value(granted, "[&");
            self.findings.leave(place);
            let index = self.config.index_of(category).unwrap_or_default();
            for name in *granted.items() {
                self.config.google_consent.push((index, name.words()));
            }
        }
    }

    /// A vendor of the catalogue, whose manifest says what the owner need not, or the owner's own service.
    #[inline(never)]
    fn service(&mut self, own: &'static Value) {
        let vendor = own.text("use");
        let mut keys = Writer::of(shape("service"));
        let mut manifest = &NULL;
        if !vendor.are_none() {
            manifest = self.known.manifests.get(&vendor);
            if !manifest.is_map() {
                let vendors = Writer::of(self.known.vendors).done();
                let hint = hint::<F>(&vendor, vendors.text(), b'|');
                return self.report_at("use", Code::UnknownVendor, hint);
            }
            // The owner's parameters of a vendor (`counter`, `measurementId`) become parts of addresses.
            for (name, kind) in *manifest.get("parameters").entries() {
                keys.mark(b'|');
                keys.push(name);
                keys.push(if kind.words().are("number") { "=nU" } else { "=nZ" });
            }
        }
        self.object(own, manifest, keys.done().text(), Code::UnknownKey);
        if core::mem::take(&mut self.broken) {
            self.report_at("use", Code::BrokenVendor, "");
        }
        self.describe(own, manifest);
    }

    /// Keeps a service, unless one of its countries is left out (requirement S-03).
    fn describe(&mut self, own: &'static Value, manifest: &'static Value) {
        let said = if manifest.is_null() { own } else { manifest };
        let excluded = self.document.list("excludeCountries");
        for code in one_or_more(said.get("country")) {
            if names(excluded, &code.words()) {
                return;
            }
        }
        let mut description = Members::default();
        for source in &[own, manifest] {
            for (key, value) in *source.entries() {
                if !is_blank(value) {
                    description = description.value(key, value);
                }
            }
        }
        // What has no name is called by its id.
        let description = description.text("name", own.text("id")).done();
        self.config.services.push(Service {
            id: description.text("id"),
            category: self.config.index_of(&description.text("category")).unwrap_or_default(),
            description,
        });
    }
}

/// The known word that is nearest to a slip, for those who want to know.
fn hint<F: Findings>(word: &str, list: &'static str, mark: u8) -> &'static str {
    if F::ASKS_FOR_HINTS {
        nearest(word, list, mark)
    } else {
        ""
    }
}

/// Words as a list of words.
#[inline(never)]
fn list(words: &[Words]) -> Words {
    let mut list = Writer::default();
    for word in words {
        push_entry(&mut list, word, "");
    }
    list.done()
}

/// Adds `word=kind|` to a list.
#[inline(never)]
fn push_entry(list: &mut Writer, word: &str, kind: &str) {
    list.push(word);
    list.mark(b'=');
    list.push(kind);
    list.mark(b'|');
}

/// The shape of the owner's own texts.
#[inline(never)]
fn text_shape() -> Words {
    let (mut shape, mut keys) = (Writer::default(), KEYS);
    while let Some((key, _)) = next(&mut keys, b'|') {
        push_entry(&mut shape, key, find(FIXED_TEXTS, b'|', key).unwrap_or("F"));
    }
    shape.done()
}
