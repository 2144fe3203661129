//! Puts the page together that all subjects share: an article, with what the subject needs and how it gates scripts. What
//! differs between two subjects is nothing else.

use super::built::Builds;
use super::subjects::Subject;
use crate::build;
use anyhow::{Context, Result};
use serde_json::{Value, json};

/// The gated script that every page has, as the end of its address.
pub(super) const ANALYTICS: &str = "/gated/analytics.js";

/// What varies between pages of one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Variant {
    /// How many gated scripts, each a file; the first is the analytics script.
    pub(super) scripts: u32,
    /// How many gated scripts whose code stands in the page.
    pub(super) inline: u32,
    /// How many services the configuration has. Kelisim's only.
    pub(super) services: u32,
}

impl Variant {
    /// The page of the comparison: one gated analytics script.
    pub(super) const USUAL: Variant = Variant {
        scripts: 1,
        inline: 0,
        services: 2,
    };

    /// How many gated scripts there are of both kinds.
    pub(super) fn gated(self) -> u32 {
        self.scripts + self.inline
    }

    /// The query that asks for it: `scripts=1&inline=0&services=1`.
    pub(super) fn query(self) -> String {
        let Variant {
            scripts,
            inline,
            services,
        } = self;
        format!("scripts={scripts}&inline={inline}&services={services}")
    }

    /// Reads what [`Self::query`] writes; what is not named is as usual.
    pub(super) fn read(query: &str) -> Variant {
        let number = |key: &str, usual| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let mut values = pairs.filter(|(name, _)| *name == key).map(|(_, value)| value);
            values.next().and_then(|value| value.parse().ok()).unwrap_or(usual)
        };
        Variant {
            scripts: number("scripts", Variant::USUAL.scripts),
            inline: number("inline", Variant::USUAL.inline),
            services: number("services", Variant::USUAL.services),
        }
    }
}

/// The HTML of a subject's page.
pub(super) fn page(subject: &Subject, variant: Variant, builds: &Builds) -> Result<String> {
    let article = build::read("bench/page/article.html")?;
    let (head, body) = if subject.is_kelisim() {
        kelisim(subject, variant, builds)?
    } else {
        (subject.head.clone(), subject.body.clone())
    };
    Ok(article
        .replace("{{head}}", &head)
        .replace("{{body}}", &body)
        .replace("{{gated}}", &gated(subject, variant)))
}

/// What `kelisim build` and `kelisim snippet` print for the head and the body of a page.
fn kelisim(subject: &Subject, variant: Variant, builds: &Builds) -> Result<(String, String)> {
    let built = builds.of(subject.id, subject.role, variant.services)?;
    let (head, body) = built.printed.clone().unwrap_or_default();
    Ok((format!("{head}{}\n", built.tag), body))
}

/// Kelisim's configuration with this many services.
pub(super) fn configuration(services: u32) -> Result<Value> {
    let mut configuration = build::read_json("bench/subjects/kelisim/site.json")?;
    let list = configuration.get_mut("services").and_then(Value::as_array_mut);
    let list = list.context("bench/subjects/kelisim/site.json has no services")?;
    for number in list.len()..services as usize {
        list.push(service(number));
    }
    Ok(configuration)
}

fn gated(subject: &Subject, variant: Variant) -> String {
    let mut markup = String::new();
    for number in 0..variant.scripts {
        let address = match number {
            0 => ANALYTICS.to_owned(),
            _ => format!("/gated/{number}.js"),
        };
        markup.push_str(&subject.gated.replace("{{src}}", &address));
    }
    for _ in 0..variant.inline {
        markup.push_str(
            "<script type=\"text/plain\" data-category=\"analytics\" data-service=\"visit-counter\">benchGatedRan()</script>\n",
        );
    }
    markup
}

/// A service unlike its neighbours, with two stored names.
fn service(number: usize) -> Value {
    let category = if number.is_multiple_of(2) {
        "analytics"
    } else {
        "marketing"
    };
    json!({
        "id": format!("service-{number}"),
        "name": format!("Сервис {number}"),
        "category": category,
        "recipient": format!("ТОО «Получатель {number}»"),
        "country": "KZ",
        "purpose": { "kk": "Ашылған беттерді санау", "ru": "Подсчёт открытых страниц" },
        "data": ["pages"],
        "storage": [
            { "name": format!("counter_{number}_*"), "in": "cookie", "purpose": "technical", "lifetime": "365d" },
            { "name": format!("visitor_{number}"), "in": "cookie", "purpose": "technical", "lifetime": "30d" }
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::{Variant, configuration};

    #[test]
    fn a_variant_is_read_as_it_is_written() {
        let variant = Variant {
            scripts: 200,
            inline: 10,
            services: 50,
        };
        assert_eq!(Variant::read(&variant.query()), variant);
        assert_eq!(Variant::read(""), Variant::USUAL);
    }

    #[test]
    fn a_configuration_has_as_many_services_as_asked_for_and_is_one() {
        let document = configuration(200).unwrap();
        assert_eq!(document["services"].as_array().unwrap().len(), 200);
    }
}
