//! Views as a course site shows them, in the words of the language files.

use kelisim::core::view::{
    CategoryChoice, Fact, FirstLayer, LanguageChoice, Link, Necessary, Part, Purpose, ServiceChoice, Settings, View,
};

/// The words of one language, as they stand in its file.
pub(super) struct Words(serde_json::Value);

impl Words {
    pub(super) fn of(language: &str) -> Words {
        let path = format!("{}/src/core/locales/{language}.json", env!("CARGO_MANIFEST_DIR"));
        Words(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
    }

    fn get(&self, key: &str) -> String {
        self.0[key].as_str().unwrap_or(key).to_owned()
    }

    fn country(&self, code: &str) -> String {
        self.0["countries"][code].as_str().unwrap_or(code).to_owned()
    }

    fn summary(&self, service: &str, recipient: &str, countries: &str) -> String {
        self.get("serviceSummary")
            .replace("{service}", service)
            .replace("{recipient}", recipient)
            .replace("{countries}", countries)
    }
}

/// Two purposes and three services, none granted, the first layer open and the settings closed.
pub(super) fn undecided(language: &str) -> View {
    let words = Words::of(language);
    View {
        language: language.to_owned(),
        direction: "ltr".to_owned(),
        first_layer: Some(question(&words, language)),
        settings: None,
        reopen: words.get("settingsTitle"),
        status: String::new(),
    }
}

/// The same with the settings open over the first layer.
pub(super) fn choosing(language: &str) -> View {
    let words = Words::of(language);
    View {
        settings: Some(notice(&words, language)),
        ..undecided(language)
    }
}

/// The settings reopened after the visitor granted the first category without its second service.
pub(super) fn granted(language: &str) -> View {
    let words = Words::of(language);
    let mut settings = notice(&words, language);
    settings.withdraw = Some(words.get("withdraw"));
    settings.categories[0].on = true;
    settings.categories[0].services[0].on = true;
    View {
        settings: Some(settings),
        ..decided(language)
    }
}

/// After the decision: nothing is asked, the status line says what was decided.
pub(super) fn decided(language: &str) -> View {
    let words = Words::of(language);
    View {
        first_layer: None,
        status: words.get("statusSaved"),
        ..undecided(language)
    }
}

/// A site that has nothing optional: the notice only.
pub(super) fn nothing_optional(language: &str) -> View {
    let words = Words::of(language);
    let settings = Settings {
        lead: words.get("nothingOptional"),
        categories: Vec::new(),
        reject: None,
        save: None,
        accept: None,
        withdraw: None,
        ..notice(&words, language)
    };
    View {
        first_layer: None,
        settings: Some(settings),
        ..undecided(language)
    }
}

/// Every text half as long again and more, with the letters that only Kazakh has (requirement L-06).
pub(super) fn longer(mut view: View) -> View {
    let longer = |text: &mut String| {
        let more: String = "Әғқ ңөұүһі "
            .chars()
            .cycle()
            .take(text.chars().count() * 3 / 5)
            .collect();
        text.push(' ');
        text.push_str(more.trim());
    };
    if let Some(layer) = &mut view.first_layer {
        let texts = [
            &mut layer.title,
            &mut layer.lead,
            &mut layer.reject,
            &mut layer.accept,
            &mut layer.settings,
        ];
        texts.into_iter().for_each(longer);
        for purpose in &mut layer.purposes {
            longer(&mut purpose.name);
            purpose.recipients.iter_mut().for_each(longer);
        }
    }
    if let Some(layer) = &mut view.settings {
        [
            &mut layer.title,
            &mut layer.lead,
            &mut layer.necessary.name,
            &mut layer.necessary.state,
        ]
        .into_iter()
        .for_each(longer);
        let buttons = [
            &mut layer.reject,
            &mut layer.accept,
            &mut layer.save,
            &mut layer.withdraw,
        ];
        buttons.into_iter().flatten().for_each(longer);
        for category in &mut layer.categories {
            longer(&mut category.name);
            longer(&mut category.purpose);
            for service in &mut category.services {
                longer(&mut service.name);
                longer(&mut service.summary);
            }
        }
    }
    view
}

fn question(words: &Words, language: &str) -> FirstLayer {
    let (russia, america) = (words.country("RU"), words.country("US"));
    FirstLayer {
        label: words.get("regionLabel"),
        title: words.get("title"),
        lead: words.get("lead").replace("{operator}", "ТОО «RASCO»"),
        changed: None,
        purposes: vec![
            Purpose {
                name: words.get("analyticsName"),
                recipients: vec![
                    words.summary("Yandex Metrika", "ООО «Яндекс»", &russia),
                    words.summary("Google Analytics", "Google LLC", &america),
                ],
            },
            Purpose {
                name: words.get("marketingName"),
                recipients: vec![words.summary("Top.Mail.Ru", "ООО «ВК»", &russia)],
            },
        ],
        policy: Link {
            text: words.get("policyLink"),
            href: "https://rasco.kz/privacy".to_owned(),
        },
        languages: languages(language),
        reject: words.get("reject"),
        accept: words.get("accept"),
        settings: words.get("settings"),
    }
}

fn languages(current: &str) -> Vec<LanguageChoice> {
    [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
        .map(|(tag, name)| LanguageChoice {
            tag: tag.to_owned(),
            name: name.to_owned(),
            current: tag == current,
        })
        .to_vec()
}

fn notice(words: &Words, language: &str) -> Settings {
    let (russia, america) = (words.country("RU"), words.country("US"));
    Settings {
        title: words.get("settingsTitle"),
        lead: words.get("settingsLead"),
        close: words.get("close"),
        languages: languages(language),
        languages_label: words.get("languagesLabel"),
        necessary: Necessary {
            name: words.get("necessaryName"),
            purpose: words.get("necessaryPurpose"),
            state: words.get("alwaysOn"),
        },
        categories: vec![
            CategoryChoice {
                id: "analytics".to_owned(),
                name: words.get("analyticsName"),
                purpose: words.get("analyticsPurpose"),
                on: false,
                services: vec![
                    service(
                        words,
                        ["yandex-metrika", "Yandex Metrika", "ООО «Яндекс»", &russia],
                        "_ym_uid",
                    ),
                    service(
                        words,
                        ["google-analytics", "Google Analytics", "Google LLC", &america],
                        "_ga_*",
                    ),
                ],
            },
            CategoryChoice {
                id: "marketing".to_owned(),
                name: words.get("marketingName"),
                purpose: words.get("marketingPurpose"),
                on: false,
                services: vec![service(
                    words,
                    ["top-mail-ru", "Top.Mail.Ru", "ООО «ВК»", &russia],
                    "_tmr_*",
                )],
            },
        ],
        facts_title: words.get("factsTitle"),
        facts: about_the_consent(words),
        reject: Some(words.get("reject")),
        save: Some(words.get("save")),
        accept: Some(words.get("accept")),
        withdraw: None,
    }
}

fn service(words: &Words, [id, name, recipient, country]: [&str; 4], cookie: &str) -> ServiceChoice {
    let listed = |table: &str, code: &str| words.0[table][code].as_str().unwrap_or(code).to_owned();
    let row = |name: &str, place: &str, purpose: &str, lifetime: &str| {
        [
            name.to_owned(),
            words.get(place),
            listed("storagePurposes", purpose),
            lifetime.to_owned(),
        ]
    };
    ServiceChoice {
        id: id.to_owned(),
        name: name.to_owned(),
        on: false,
        summary: words.summary(name, recipient, country),
        details: words.get("details"),
        facts: vec![
            fact("purpose", words.get("purpose"), vec![words.get("analyticsPurpose")]),
            fact("recipient", words.get("recipient"), vec![recipient.to_owned()]),
            fact("country", words.get("country"), vec![country.to_owned()]),
            fact(
                "data",
                words.get("dataCollected"),
                vec![
                    ["ip", "identifier", "pages"]
                        .map(|code| listed("data", code))
                        .join(", "),
                ],
            ),
            Fact {
                id: "policy",
                label: words.get("recipientPolicy"),
                parts: vec![link(
                    "yandex.com/legal/confidential",
                    "https://yandex.com/legal/confidential/",
                )],
            },
        ],
        storage_title: words.get("stored"),
        storage_columns: ["storedName", "storedPlace", "purpose", "storedLifetime"].map(|key| words.get(key)),
        storage: vec![
            row(cookie, "placeCookie", "visitor-id", "365"),
            row("_ym_retryReqs", "placeLocal", "visit", &words.get("unlimitedLifetime")),
        ],
    }
}

fn about_the_consent(words: &Words) -> Vec<Fact> {
    let bin = words.get("bin").replace("{number}", "140340014652");
    let term = words
        .get("termText")
        .replace("{days}", "180")
        .replace("{date}", "19.05.2027");
    let countries = format!("{}, {}", words.country("RU"), words.country("US"));
    vec![
        fact("operator", words.get("operator"), vec!["ТОО «RASCO»".to_owned(), bin]),
        Fact {
            id: "policy",
            label: words.get("policy"),
            parts: vec![
                link("rasco.kz/privacy", "https://rasco.kz/privacy"),
                Part::Text(words.get("policyVersion").replace("{version}", "2024-01-03")),
            ],
        },
        fact("term", words.get("term"), vec![term]),
        fact(
            "third-parties",
            words.get("thirdParties"),
            vec![
                words
                    .get("thirdPartiesYes")
                    .replace("{recipients}", "ООО «Яндекс», Google LLC, ООО «ВК»"),
            ],
        ),
        fact(
            "cross-border",
            words.get("crossBorder"),
            vec![words.get("crossBorderYes").replace("{countries}", &countries)],
        ),
        fact(
            "public-sources",
            words.get("publicSources"),
            vec![words.get("publicSourcesNo")],
        ),
        fact("refusal", words.get("refusal"), vec![words.get("refusalText")]),
        Fact {
            id: "withdrawal",
            label: words.get("withdrawal"),
            parts: vec![
                Part::Text(words.get("withdrawalHere")),
                link(
                    &words
                        .get("withdrawalLetter")
                        .replace("{email}", "info@rasco.kz")
                        .replace("{subject}", "Отзыв"),
                    "mailto:info@rasco.kz?subject=%D0%9E%D1%82%D0%B7%D1%8B%D0%B2",
                ),
            ],
        },
        fact(
            "scope",
            words.get("scope"),
            vec![words.get("scopeDomain").replace("{domain}", "rasco.kz")],
        ),
    ]
}

fn fact(id: &'static str, label: String, parts: Vec<String>) -> Fact {
    Fact {
        id,
        label,
        parts: parts.into_iter().map(Part::Text).collect(),
    }
}

fn link(text: &str, href: &str) -> Part {
    Part::Link(Link {
        text: text.to_owned(),
        href: href.to_owned(),
    })
}
