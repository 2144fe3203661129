//! What the owner wrote, as types: [`Config`] is `site.json` once nothing is wrong with it.
//!
//! A key is read in the `read` of the type that it belongs to: those of the document in `read_document` below, those of
//! the operator in `operator.rs`, and so on. A value with a rule of its own is a type with a file of its own (`Bin`,
//! `Country`, `Lifetime`). Nothing else may make a [`Config`], so nothing is compiled that does not satisfy its law.

pub mod aliases;
pub mod appearance;
pub mod category;
pub(crate) mod choice;
pub mod colour;
pub mod consent_mode;
pub mod consent_type;
pub mod country;
pub mod domain;
pub mod email;
pub mod glob;
pub(crate) mod hidden;
pub mod id;
pub(crate) mod language_tag;
pub mod lifetime;
pub mod messages;
pub(crate) mod nearest;
pub mod operator;
pub(crate) mod palette;
pub mod parameter;
pub mod phrase;
pub(crate) mod placeholder;
pub mod policy;
pub mod problem;
pub(crate) mod reading;
pub mod receipt_path;
pub(crate) mod refused_keys;
pub mod registration_number;
pub mod service;
pub mod signals;
pub mod storage;
pub mod term;
pub mod text;
pub mod texts;
pub mod token_text;
pub mod unreadable;
pub mod url;
pub mod withdrawal;
pub mod words;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use strum::{EnumString, VariantNames};

use self::aliases::Aliases;
use self::appearance::Appearance;
use self::category::Category;
use self::choice::read_as_choice;
use self::consent_mode::ConsentMode;
use self::consent_type::ConsentType;
use self::country::Country;
use self::domain::Domain;
use self::email::Email;
use self::glob::Glob;
use self::id::Id;
use self::language_tag::LanguageTag;
use self::lifetime::Lifetime;
use self::operator::Operator;
use self::phrase::Phrase;
use self::policy::Policy;
use self::problem::{Code, Fault, Hint, Problem};
use self::reading::{Read, Reading, read_as_text};
use self::receipt_path::ReceiptPath;
use self::registration_number::{Bin, Iin};
use self::service::Service;
use self::signals::Signals;
use self::term::Term;
use self::texts::TextsByLanguage;
use self::token_text::TokenText;
use self::url::Url;
use self::withdrawal::Withdrawal;
use self::words::meant_language;
use crate::catalogue::Catalogue;
use crate::languages::Languages;
use crate::law::{Demand, Laws, kz};

read_as_text! {
    Bin, true;
    Iin, true;
    Email, true;
    Url, true;
    Domain, true;
    Country;
    Glob;
    Lifetime;
    ReceiptPath;
    TokenText;
    colour::Colour;
}

/// A configuration that satisfies its law.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "Configuration of Kelisim", deny_unknown_fields)]
pub struct Config {
    /// The regimes this configuration has to satisfy. Absent: both.
    #[schemars(default)]
    pub law: Laws,
    /// The offered languages; the first is the default. Under the law of Kazakhstan `kk` and `ru` are among them.
    #[schemars(with = "Vec<LanguageTag>", length(min = 1))]
    #[schemars(extend("uniqueItems" = true, "examples" = [["ru", "kk"], ["kk", "ru", "en"]]))]
    pub languages: Vec<String>,
    /// Who asks for consent.
    pub operator: Operator,
    /// The privacy policy that the notice leads to.
    pub policy: Policy,
    /// The domain whose subdomains share the choice. Absent: this host only.
    #[schemars(extend("examples" = ["example.kz"]))]
    pub scope: Option<Domain>,
    /// How long a choice holds, in days: 180 to 1095. Absent: 180.
    #[schemars(default)]
    pub expires_days: Term,
    /// What a visitor can agree to; `necessary` is implied.
    #[schemars(default, extend("examples" = [[{ "id": "analytics" }, { "id": "marketing" }]]))]
    pub categories: Vec<Category>,
    /// What needs consent: vendors of the catalogue, and your own.
    #[schemars(default, extend("examples" = [[{ "use": "yandex-metrika", "counter": 12_345_678 }]]))]
    pub services: Vec<Service>,
    /// Services that send data to one of these countries are left out.
    #[schemars(default, extend("examples" = [["US"]]))]
    pub exclude_countries: Vec<Country>,
    /// Which category grants which of Google's consent types. Absent: the built-in categories grant their own.
    #[schemars(extend("examples" = [{ "analytics": ["analytics_storage"], "marketing": ["ad_storage", "ad_user_data", "ad_personalization"] }]))]
    pub google_consent_mode: Option<ConsentMode>,
    /// How consent is withdrawn by letter. Needed under the law of Kazakhstan.
    pub withdrawal: Option<Withdrawal>,
    /// Your own words in the place of Kelisim's, per language.
    #[schemars(default)]
    pub texts: TextsByLanguage,
    /// Where the first layer stands and how it looks.
    #[schemars(default)]
    pub appearance: Appearance,
    /// Who the site is for.
    #[schemars(default)]
    pub audience: Audience,
    /// What a page does when something that ran in it is withdrawn.
    #[schemars(default)]
    pub on_withdraw: OnWithdraw,
    /// Signals of the browser that count as a refusal.
    #[schemars(default)]
    pub signals: Signals,
    /// A path of this site where a receipt of each decision is sent. Absent: none is.
    #[schemars(extend("examples" = ["/kelisim/receipts"]))]
    pub receipts: Option<ReceiptPath>,
    /// Lets `kelisim.audit()` and `#kelisim-audit` in the address list what a page does besides Kelisim. Off unless true.
    #[schemars(default)]
    pub audit: bool,
    /// Other consent managers whose gated markup the pages keep.
    #[schemars(default)]
    pub aliases: Aliases,
}

/// Who the site is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, EnumString, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Audience {
    /// What is configured is offered.
    #[default]
    Everyone,
    /// Nothing optional is offered, because none of it could be consented to.
    Minors,
}

/// What a page does when something that ran in it is withdrawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, EnumString, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum OnWithdraw {
    /// It is loaded anew, so nothing of what ran is left.
    #[default]
    Reload,
    /// What ran is stopped, and the page goes on.
    Stay,
}

read_as_choice!(Audience, OnWithdraw);

impl Config {
    /// Reads and checks a configuration.
    ///
    /// # Errors
    ///
    /// Every problem there is, in the order in which it was found.
    pub fn read(document: &Value, catalogue: &Catalogue, languages: &Languages) -> Result<Config, Vec<Problem>> {
        match Config::read_in_page(document, catalogue, languages) {
            (Some(config), problems) if problems.is_empty() => Ok(config),
            (_, problems) => Err(problems),
        }
    }

    /// Reads and checks a configuration for a page that compiles its own: beside what only `build` refuses there is a
    /// configuration all the same (see [`Code::is_for_the_build_alone`]).
    pub fn read_in_page(
        document: &Value,
        catalogue: &Catalogue,
        languages: &Languages,
    ) -> (Option<Config>, Vec<Problem>) {
        let mut reading = Reading::new(catalogue, languages);
        let config = read_document(document, &mut reading);
        let problems = reading.into_problems();
        (config.filter(|_| !Config::closes(&problems)), problems)
    }

    /// Whether anything optional is offered. None of it could be consented to by minors.
    pub fn offers_anything(&self) -> bool {
        self.audience == Audience::Everyone
    }

    /// The categories that are offered.
    pub fn offered_categories(&self) -> &[Category] {
        if self.offers_anything() { &self.categories } else { &[] }
    }

    /// Google's consent types that a category grants: those that the owner wrote, or those that a built-in category
    /// grants by itself.
    pub fn consent_types(&self, category: &Id) -> Vec<ConsentType> {
        match &self.google_consent_mode {
            Some(ConsentMode(types)) => types.get(category).cloned().unwrap_or_default(),
            None => ConsentType::ALL
                .into_iter()
                .filter(|kind| kind.category() == category.as_str())
                .collect(),
        }
    }

    /// Whether a problem list leaves a page that compiles its own configuration with nothing to work with.
    pub fn closes(problems: &[Problem]) -> bool {
        problems.iter().any(|problem| !problem.code.is_for_the_build_alone())
    }
}

/// Reads the keys of the document in the order in which one needs the other: languages before words, categories before
/// services.
fn read_document(document: &Value, reading: &mut Reading<'_>) -> Option<Config> {
    let mut site = reading.object(document);
    let law: Option<Laws> = site.not_empty("law");
    site.reading.laws = law.clone().unwrap_or_default();
    let languages = site.needed::<Offered>("languages").map(|Offered(languages)| languages);
    site.reading.offered = languages.clone().unwrap_or_default();
    let operator = site.needed("operator");
    let policy = site.needed("policy");
    let scope = site.optional("scope");
    let expires_days = site.optional::<Term>("expiresDays");
    let categories = site.optional("categories");
    let services = site.optional("services");
    let exclude_countries = site.optional("excludeCountries");
    let google_consent_mode = site.optional("googleConsentMode");
    let withdrawal = if site.reading.demands(Demand::LetterOfWithdrawal) {
        site.needed("withdrawal")
    } else {
        site.optional("withdrawal")
    };
    let texts = site.optional("texts");
    let appearance = site.optional("appearance");
    let audience = site.optional("audience");
    let on_withdraw = site.optional("onWithdraw");
    let signals = site.optional("signals");
    let receipts = site.optional("receipts");
    let audit = site.optional("audit");
    let aliases = site.optional("aliases");
    for (key, _) in site.keys() {
        // `$schema` and its like are for the owner's editor.
        if key.starts_with('$') {
            site.knows(key);
        }
    }
    site.end();
    Some(Config {
        law: law.unwrap_or_default(),
        languages: languages?,
        operator: operator?,
        policy: policy?,
        scope,
        expires_days: expires_days.unwrap_or_default(),
        categories: categories.unwrap_or_default(),
        services: services.unwrap_or_default(),
        exclude_countries: exclude_countries.unwrap_or_default(),
        google_consent_mode,
        withdrawal,
        texts: texts.unwrap_or_default(),
        appearance: appearance.unwrap_or_default(),
        audience: audience.unwrap_or_default(),
        on_withdraw: on_withdraw.unwrap_or_default(),
        signals: signals.unwrap_or_default(),
        receipts,
        audit: audit.unwrap_or_default(),
        aliases: aliases.unwrap_or_default(),
    })
}

/// The offered languages, those that there are.
struct Offered(Vec<String>);

impl Read for Offered {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Offered> {
        let Some(items) = value.as_array() else {
            reading.wrong_type(Phrase::AList);
            return None;
        };
        let mut offered: Vec<String> = Vec::new();
        reading.items(items, |reading, item| {
            let Some(language) = item.as_str() else {
                reading.wrong_type(Phrase::AString);
                return None;
            };
            if offered.iter().any(|known| known == language) {
                reading.report(Code::Duplicate);
            } else if reading.languages.get(language).is_some() {
                offered.push(language.to_owned());
            } else {
                let languages = reading.languages;
                reading.report(Fault {
                    code: Code::UnknownLanguage,
                    hint: nearest::nearest(meant_language(language, languages), languages.tags()).map(Hint::from),
                });
            }
            Some(())
        });
        if reading.demands(Demand::KazakhAndRussian) {
            for language in kz::LANGUAGES {
                if !items.iter().any(|item| item.as_str() == Some(language)) {
                    reading.report(Fault::with(Code::LanguageRequired, language));
                }
            }
        }
        // A slip in one language is no reason to overlook words that are missing in another.
        Some(Offered(offered))
    }
}

impl Read for Term {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Term> {
        let Some(days) = value.as_f64() else {
            reading.wrong_type(Phrase::ANumber);
            return None;
        };
        match Term::new(days) {
            Ok(term) => Some(term),
            Err(fault) => {
                reading.report(fault);
                None
            }
        }
    }
}
