//! Holds what the owner wrote against its shape and the laws it names.
//!
//! Every problem is found at once, each with its path and a code whose sentence and mend stand in `messages.json`.
//! There is a [`Config`] only where there is no problem (requirement O-02), so a fault can never half-work. It must not
//! guess: a number, a country or a term that is not there stays missing.
#![allow(
    clippy::single_char_add_str,
    reason = "`push` of a character encodes it, which weighs more than a copy of one byte"
)]

use super::codes::Code;
use super::shapes::shape;
use super::words::{find, nearest, next};
use super::{Config, Problem, Service, glob, identifier, link, rules, scope};
use crate::core::notice::dates::push_number;
use crate::core::notice::texts::{KEYS, Text, Texts};
use crate::core::value::{Members, Value};

/// The shortest and the longest term of a choice, in days (requirement V-01).
const TERM: (f64, f64) = (180.0, 1095.0);

/// The greatest whole number that a JSON number holds exactly.
const GREATEST: f64 = 9_007_199_254_740_991.0;

/// Google's consent types, and the built-in category that grants each where the owner does not say.
const CONSENT_TYPES: &str = "functionality_storage=functional|personalization_storage=functional\
|analytics_storage=analytics|ad_storage=marketing|ad_user_data=marketing|ad_personalization=marketing";

/// The texts that are no sentence to rewrite: the direction and the tables.
const FIXED_TEXTS: &str = "direction|countries|data|storagePurposes";

const NULL: &Value = &Value::Null;

/// What Kelisim knows from elsewhere, to hold ids and codes against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The words of every language that there is, with the tables of countries, data and purposes. Never empty.
    pub texts: &'a [Texts],
    /// The vendors of the catalogue, to name the one that a slip is nearest to; empty where it is not at hand.
    pub vendors: &'a [&'a str],
}

/// The vendors whose manifests are needed to check `document`, each once.
pub fn vendors(document: &Value) -> Vec<&str> {
    let mut vendors = Vec::new();
    for service in member(document, "services").items() {
        let vendor = service.text("use");
        if rules::is_id(vendor) && !vendors.contains(&vendor) {
            vendors.push(vendor);
        }
    }
    vendors
}

/// Reads and checks a configuration.
///
/// `manifests` holds, for each of its [`vendors`], the manifest, or `None` where there is no such vendor.
///
/// # Errors
///
/// Every problem there is, in the order in which it was found.
pub fn check(document: &Value, manifests: &[(String, Option<Value>)], known: Known) -> Result<Config, Vec<Problem>> {
    let laws = member(document, "law").items();
    let mut check = Check {
        kz: laws.is_empty() || names(laws, "kz"),
        gdpr: laws.is_empty() || names(laws, "gdpr"),
        document,
        manifests,
        known,
        path: String::new(),
        problems: Vec::new(),
        of_vendor: false,
        broken: false,
        config: Config::default(),
    };
    check.object(document, NULL, shape("site"), Code::UnknownKey);
    if !check.problems.is_empty() {
        return Err(check.problems);
    }
    check.finish();
    Ok(check.config)
}

/// The member of an object, or `Value::Null`.
fn member<'v>(value: &'v Value, key: &str) -> &'v Value {
    value.get(key).unwrap_or(NULL)
}

/// Whether one of the items is this text.
fn names(items: &[Value], wanted: &str) -> bool {
    for item in items {
        if item.as_text() == Some(wanted) {
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
struct Check<'a> {
    document: &'a Value,
    manifests: &'a [(String, Option<Value>)],
    known: Known<'a>,
    kz: bool,
    gdpr: bool,
    /// Where the check is: `services[1].country`.
    path: String,
    problems: Vec<Problem>,
    /// What is looked at comes from a vendor's manifest.
    of_vendor: bool,
    /// Something in that manifest is of the wrong kind.
    broken: bool,
    config: Config,
}

impl<'a> Check<'a> {
    /// What follows from a document without problems.
    fn finish(&mut self) {
        let (document, config) = (self.document, &mut self.config);
        if matches!(member(document, "googleConsentMode"), Value::Null) {
            let mut types = CONSENT_TYPES;
            while let Some((name, category)) = next(&mut types, b'|') {
                if let Some(index) = config.index_of(category) {
                    config.google_consent.push((index, String::from(name)));
                }
            }
        }
        // None of what is optional could be consented to.
        if document.text("audience") == "minors" {
            config.categories.clear();
            config.services.clear();
            config.google_consent.clear();
        }
        let mut days = TERM.0;
        if let Value::Number(number) = member(document, "expiresDays") {
            days = *number;
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range was checked"
        )]
        let days = days as u32;
        config.expires_days = days;
        config.document = document.clone();
    }

    /// Adds a problem of what is looked at. What is damaged in a manifest is no problem of the owner's key.
    #[inline(never)]
    fn report(&mut self, code: Code, hint: &str) {
        if self.of_vendor && matches!(code, Code::WrongType | Code::UnknownValue) {
            self.broken = true;
            return;
        }
        self.problems.push(Problem {
            path: self.path.clone(),
            code: code.name(),
            hint: String::from(hint),
        });
    }

    /// Adds a problem of a member.
    fn report_at(&mut self, key: &str, code: Code, hint: &str) {
        let length = self.enter(key);
        self.report(code, hint);
        self.path.truncate(length);
    }

    /// Goes to a member. Returns the length of the path to come back to.
    #[inline(never)]
    fn enter(&mut self, key: &str) -> usize {
        let length = self.path.len();
        if length > 0 {
            self.path.push_str(".");
        }
        self.path.push_str(key);
        length
    }

    /// Whether a word is in a list; when not, the nearest one is the hint.
    #[inline(never)]
    fn knows(&mut self, word: &str, list: &str, mark: u8, code: Code) -> bool {
        let found = find(list, mark, word).is_some();
        if !found {
            let word = word.strip_prefix("--kelisim-").unwrap_or(word);
            self.report(code, nearest(word, list, mark));
        }
        found
    }

    /// An object, over a manifest that says what it leaves out.
    fn object(&mut self, value: &Value, manifest: &Value, shape: &str, unknown: Code) {
        if !matches!(value, Value::Map(_) | Value::Null) {
            return self.report(Code::WrongType, "an object");
        }
        for (key, _) in value.entries() {
            let length = self.enter(key);
            // `$schema` and its like are for the owner's editor.
            if length > 0 || key.bytes().next() != Some(b'$') {
                self.knows(key, shape, b'|', rules::unknown_key(key, unknown));
            }
            self.path.truncate(length);
        }
        let mut rest = shape;
        while let Some((key, kind)) = next(&mut rest, b'|') {
            let length = self.enter(key);
            self.field(member(value, key), manifest, key, kind);
            self.path.truncate(length);
        }
    }

    /// A member of an object: whether it is needed, and if it is there, its kind.
    fn field(&mut self, own: &Value, manifest: &Value, key: &str, mut kind: &str) {
        let (mut needed, mut fixed, mut empty) = (false, false, false);
        while let Some(flag) = kind.bytes().next() {
            match flag {
                b'n' => needed = true,
                b'k' => needed = self.kz,
                b'g' => needed = self.gdpr,
                b'o' => needed = !matches!(own, Value::Null),
                b'e' => empty = true,
                b'f' => fixed = matches!(manifest, Value::Map(_)),
                _ => break,
            }
            kind = kind.get(1..).unwrap_or_default();
        }
        if fixed && !matches!(own, Value::Null) {
            self.report(Code::FixedByVendor, "");
        }
        let outside = self.of_vendor;
        let mut value = own;
        if fixed || is_blank(own) && matches!(manifest, Value::Map(_)) {
            value = member(manifest, key);
            self.of_vendor = true;
        }
        if needed && is_blank(value) && !(empty && matches!(value, Value::List(_))) {
            // Of an object, its members are missing.
            if matches!(kind.bytes().next(), Some(b'{' | b'O')) {
                self.value(value, kind);
            } else {
                self.report(Code::Missing, "");
            }
        } else if !matches!(value, Value::Null) {
            self.value(value, kind);
        }
        self.of_vendor = outside;
    }

    /// A value of a kind: see [`super::shapes`].
    fn value(&mut self, value: &Value, kind: &str) {
        let (mark, rest) = (
            kind.bytes().next().unwrap_or_default(),
            kind.get(1..).unwrap_or_default(),
        );
        let expected = match (mark, value) {
            (b'{', _) => {
                let unknown = if rest == "tokens" {
                    Code::UnknownToken
                } else {
                    Code::UnknownKey
                };
                return self.object(value, NULL, shape(rest), unknown);
            }
            (b'X', _) => return self.languages_of(value, "%", "%"),
            (b'%', _) => return self.object(value, NULL, &text_shape(), Code::UnknownText),
            (b'A', _) => return self.category(value),
            (b'V', _) => return self.service(value),
            (b'O', _) => return self.operator(value),
            (b'H', _) => return self.languages(value),
            (b'Y', _) => return self.google_consent(value),
            (b'!', _) => return self.report(Code::UnknownText, rest),
            (b'[', Value::List(items)) => return self.items(items, rest),
            (b'[', _) => "a list",
            (b'N', Value::Number(days)) => return self.whole(*days, TERM, Code::OutOfRange),
            (b'U', Value::Number(number)) => return self.whole(*number, (1.0, GREATEST), Code::InvalidParameter),
            (b'N' | b'U', _) => "a number",
            (b'K', Value::List(items)) => return self.items(items, "c"),
            (b'P'..=b'S', Value::Map(_)) => {
                return self.languages_of(value, "nT", "T");
            }
            (_, Value::Text(text)) => return self.text(text, mark, rest),
            (b'&', _) => return self.report(Code::UnknownConsentType, ""),
            (b'K', _) => "a country code or a list of them",
            (b'P'..=b'S', _) => "a string, or an object with one string per language",
            _ => "a string",
        };
        self.report(Code::WrongType, expected);
    }

    fn items(&mut self, items: &[Value], kind: &str) {
        let length = self.path.len();
        for (index, item) in (0..).zip(items) {
            self.path.push_str("[");
            push_number(&mut self.path, index);
            self.path.push_str("]");
            self.value(item, kind);
            self.path.truncate(length);
        }
    }

    fn whole(&mut self, number: f64, (least, greatest): (f64, f64), code: Code) {
        if !(number >= least && number <= greatest && number.trunc().to_bits() == number.to_bits()) {
            self.report(code, "");
        }
    }

    /// A text of a kind.
    fn text(&mut self, text: &str, mark: u8, choices: &str) {
        let code = match mark {
            b'(' => {
                self.knows(text, choices, b'/', Code::UnknownValue);
                Code::Fine
            }
            b'F' if rules::is_blank(text) => Code::Missing,
            b'L' => link::fault(text),
            b'E' if !rules::is_email(text) => Code::InvalidEmail,
            b'B' => identifier::fault(text),
            b'D' if !text.is_empty() && !scope::is_domain(text) => Code::InvalidScope,
            b'Z' if !rules::is_parameter(text) => Code::InvalidParameter,
            b'I' => self.id(text),
            b'C' if text == "necessary" => Code::VendorInNecessary,
            b'C' => {
                let categories = list(&self.config.categories);
                self.knows(text, &categories, b'|', Code::UnknownCategory);
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

    /// The table of one language, as it travels: `code=words|code=words`. Codes are the same in every language.
    fn table(&self, table: Text) -> &'a str {
        self.known.texts.first().map_or("", |texts| texts.get(table))
    }

    /// One string for words. A name may be the same in every language. A sentence may not: a notice that stands in one
    /// language only counts as not given in the others (requirement L-05).
    fn words(&mut self, text: &str, mark: u8) -> Code {
        let table = match mark {
            b'P' => self.table(Text::StoragePurposes),
            b'Q' => self.table(Text::Data),
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
        let table = self.table(Text::Countries);
        // What the codes of the United Kingdom and of the Union are taken for.
        let plausible = rules::is_country(code) && code != "UK" && code != "EU";
        if !plausible && find(table, b'|', code).is_none() {
            self.report(
                Code::UnknownCountry,
                if code == "UK" { "GB" } else { nearest(code, table, b'|') },
            );
        }
        Code::Fine
    }

    /// The name of something stored. What is not granted is purged by it: it must neither name the record nor
    /// everything.
    fn pattern(&mut self, name: &str) -> Code {
        if let Some(glob) = glob::instead_of_regex(name) {
            self.report(Code::RegularExpression, &glob);
        } else if glob::matches(name, "kelisim") || name.bytes().filter(|byte| *byte != b'*').count() < 2 {
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
    fn operator(&mut self, value: &Value) {
        self.object(value, NULL, shape("operator"), Code::UnknownKey);
        match (value.text("bin").is_empty(), value.text("iin").is_empty(), value) {
            (false, false, _) => self.report_at("iin", Code::TwoIdentifiers, ""),
            (true, true, Value::Map(_) | Value::Null) if self.kz => {
                self.report_at("bin", Code::Missing, "operator.iin");
            }
            _ => {}
        }
    }

    /// The offered languages. Under Kazakhstan's consumer law an information in one language only was not given.
    fn languages(&mut self, value: &Value) {
        self.value(value, "[l");
        for language in &["kk", "ru"] {
            if self.kz && matches!(value, Value::List(_)) && !names(value.items(), language) {
                self.report(Code::LanguageRequired, language);
            }
        }
    }

    /// One offered language.
    fn language(&mut self, language: &str) -> Code {
        if find(&list(&self.config.languages), b'|', language).is_some() {
            return Code::Duplicate;
        }
        let known = self.per_language("", "");
        if self.knows(language, &known, b'|', Code::UnknownLanguage) {
            self.config.languages.push(String::from(language));
        }
        Code::Fine
    }

    /// An object with a member for each language: of one kind for those that are offered, of another for those that there
    /// are.
    fn languages_of(&mut self, value: &Value, offered: &str, other: &str) {
        let shape = self.per_language(offered, other);
        self.object(value, NULL, &shape, Code::UnknownLanguage);
    }

    /// The shape of an object with a member for each language: of one kind for those that are offered, of another for
    /// those that there are.
    fn per_language(&self, offered: &str, other: &str) -> String {
        let mut shape = String::new();
        let languages = list(&self.config.languages);
        for texts in self.known.texts {
            shape.push_str(texts.language());
            shape.push_str("=");
            let is_offered = find(&languages, b'|', texts.language()).is_some();
            shape.push_str(if is_offered { offered } else { other });
            shape.push_str("|");
        }
        shape
    }

    fn category(&mut self, value: &Value) {
        let id = value.text("id");
        if id == "necessary" {
            return self.report_at("id", Code::NecessaryIsImplied, "");
        }
        self.object(value, NULL, shape("category"), Code::UnknownKey);
        if matches!(member(value, "purpose"), Value::Null) && Text::of_category(id, "purpose").is_none() {
            self.report_at("purpose", Code::Missing, "");
        }
        self.config.categories.push(String::from(id));
    }

    /// Which category grants which of Google's consent types (basic mode, the only one there is).
    fn google_consent(&mut self, value: &Value) {
        if !matches!(value, Value::Map(_)) {
            return self.report(Code::WrongType, "an object");
        }
        for (category, granted) in value.entries() {
            let length = self.enter(category);
            self.text(category, b'C', "");
            self.value(granted, "[&");
            self.path.truncate(length);
            let index = self.config.index_of(category).unwrap_or_default();
            for name in granted.items() {
                let name = String::from(name.as_text().unwrap_or_default());
                self.config.google_consent.push((index, name));
            }
        }
    }

    /// A vendor of the catalogue, whose manifest says what the owner need not, or the owner's own service.
    fn service(&mut self, own: &Value) {
        let vendor = own.text("use");
        let mut shape = String::from(shape("service"));
        let mut manifest = NULL;
        if !vendor.is_empty() {
            for (id, found) in self.manifests {
                if id == vendor {
                    manifest = found.as_ref().unwrap_or(NULL);
                }
            }
            if !matches!(manifest, Value::Map(_)) {
                let mut vendors = String::new();
                for known in self.known.vendors {
                    vendors.push_str(known);
                    vendors.push_str("|");
                }
                return self.report_at("use", Code::UnknownVendor, nearest(vendor, &vendors, b'|'));
            }
            // The owner's parameters of a vendor (`counter`, `measurementId`) become parts of addresses.
            for (name, kind) in member(manifest, "parameters").entries() {
                shape.push_str("|");
                shape.push_str(name);
                shape.push_str(if kind.as_text() == Some("number") { "=nU" } else { "=nZ" });
            }
        }
        self.object(own, manifest, &shape, Code::UnknownKey);
        if core::mem::take(&mut self.broken) {
            self.report_at("use", Code::BrokenVendor, "");
        }
        self.describe(own, manifest);
    }

    /// Keeps a service, unless one of its countries is left out (requirement S-03).
    fn describe(&mut self, own: &Value, manifest: &Value) {
        let is_own = matches!(manifest, Value::Null);
        let country = member(if is_own { own } else { manifest }, "country");
        let excluded = member(self.document, "excludeCountries").items();
        let one = core::slice::from_ref(country);
        for code in if let Value::List(codes) = country { codes } else { one } {
            if names(excluded, code.as_text().unwrap_or_default()) {
                return;
            }
        }
        let mut description = Members::default();
        for source in &[own, manifest] {
            for (key, value) in source.entries() {
                if !is_blank(value) {
                    description.value(key, value.clone());
                }
            }
        }
        // What has no name is called by its id.
        if is_own && !description.has("name") {
            description.text("name", own.text("id"));
        }
        let description = description.done();
        self.config.services.push(Service {
            id: String::from(description.text("id")),
            category: self.config.index_of(description.text("category")).unwrap_or_default(),
            description,
        });
    }
}

/// Words as a list of words.
#[inline(never)]
fn list(words: &[String]) -> String {
    let mut list = String::new();
    for word in words {
        list.push_str(word);
        list.push_str("|");
    }
    list
}

/// The shape of the owner's own texts.
fn text_shape() -> String {
    let mut shape = String::new();
    for key in KEYS {
        shape.push_str(key);
        if find(FIXED_TEXTS, b'|', key).is_some() {
            shape.push_str("=!");
            shape.push_str(key);
        } else {
            shape.push_str("=F");
        }
        shape.push_str("|");
    }
    shape
}
