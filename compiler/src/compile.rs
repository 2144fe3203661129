//! A configuration becomes a site: rules as data, and each layer as HTML in each language.
//!
//! Pure: no clock, no chance, no file. The same configuration gives the same bytes.

use kelisim_site::{
    Category, FORMAT, Language, OnWithdraw, Refuses, Service, Settings, Signals, Site, Status, Storage, Stored,
};
use serde::Serialize;

use crate::aliases::aliases;
use crate::catalogue::Catalogue;
use crate::config::appearance::{Theme, Tokens};
use crate::config::lifetime::Lifetime;
use crate::config::palette::{Palette, in_theme};
use crate::config::signals::Covers;
use crate::config::storage::Place;
use crate::config::{self, Config};
use crate::description::{Description, descriptions};
use crate::languages::Languages;
use crate::layers;
use crate::notice::text::{notice_text, sha256};
use crate::notice::{Notice, notices};
use crate::terms::{category_terms, service_terms};

/// Everything that a site serves of its own: its rules with what every page gets, and the settings in each language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compiled {
    /// What every page gets.
    pub site: Site,
    /// The settings, in the order of the site's languages.
    pub settings: Vec<Settings>,
}

/// Compiles a configuration.
///
/// # Errors
///
/// When a template cannot be drawn, which is a fault of Kelisim's own.
pub fn compile(config: &Config, catalogue: &Catalogue, languages: &Languages) -> Result<Compiled, askama::Error> {
    let services = descriptions(config, catalogue);
    let mut spoken = Vec::new();
    let mut settings = Vec::new();
    for notice in notices(config, &services, languages) {
        let drawn = draw(&notice)?;
        spoken.push(language(&notice, &drawn, &services, languages));
        settings.push(Settings {
            language: notice.language,
            html: drawn.settings,
        });
    }
    let site = Site {
        format: FORMAT,
        operator: config.operator.number().map(str::to_owned),
        policy: config.policy.version.as_str().to_owned(),
        scope: config.scope.as_ref().map(|scope| scope.as_str().to_owned()),
        expires_days: config.expires_days.days(),
        categories: categories(config),
        google_consent: services.iter().any(|service| service.speaks_gtag),
        services: services.iter().map(service).collect(),
        signals: signals(config.signals),
        light: tokens(config, &Palette::LIGHT),
        dark: tokens(config, &Palette::DARK),
        on_withdraw: match config.on_withdraw {
            config::OnWithdraw::Reload => OnWithdraw::Reload,
            config::OnWithdraw::Stay => OnWithdraw::Stay,
        },
        receipts: config.receipts.as_ref().map(|path| path.as_str().to_owned()),
        audit: config.audit,
        aliases: aliases(config),
        languages: spoken,
    };
    Ok(Compiled { site, settings })
}

/// The notice of a configuration in one of its languages as text: exactly the bytes whose hash a record has. `None` when
/// the configuration does not offer the language.
///
/// # Errors
///
/// As [`compile`].
pub fn notice(
    config: &Config,
    catalogue: &Catalogue,
    languages: &Languages,
    language: &str,
) -> Result<Option<String>, askama::Error> {
    let services = descriptions(config, catalogue);
    let mut told = notices(config, &services, languages).into_iter();
    let wanted = told.find(|notice| notice.language == language);
    wanted.map(|notice| Ok(draw(&notice)?.text())).transpose()
}

/// The layers of one language.
struct Drawn {
    first_layer: String,
    settings: String,
    placeholder: String,
}

impl Drawn {
    fn text(&self) -> String {
        notice_text(&[&self.first_layer, &self.settings])
    }
}

fn draw(notice: &Notice) -> Result<Drawn, askama::Error> {
    Ok(Drawn {
        first_layer: layers::first_layer(notice)?,
        settings: layers::settings(notice)?,
        placeholder: layers::placeholder(notice)?,
    })
}

fn language(notice: &Notice, drawn: &Drawn, services: &[Description], languages: &Languages) -> Language {
    let texts = &notice.texts;
    let months = languages.get(&notice.language).map(|language| language.months.to_vec());
    let categories = notice.categories.iter().map(|category| category.name.clone());
    let services = services
        .iter()
        .map(|service| service.name.in_language(&notice.language).to_owned());
    Language {
        tag: notice.language.clone(),
        direction: notice.direction.to_owned(),
        notice: sha256(&drawn.text()),
        first_layer: drawn.first_layer.clone(),
        placeholder: drawn.placeholder.clone(),
        names: categories.chain(services).collect(),
        date: texts.date_format.clone(),
        months: months.unwrap_or_default(),
        status: Status {
            accepted: texts.status_accepted.clone(),
            rejected: texts.status_rejected.clone(),
            saved: texts.status_saved.clone(),
            withdrawn: texts.status_withdrawn.clone(),
            unavailable: texts.status_unavailable.clone(),
        },
    }
}

fn categories(config: &Config) -> Vec<Category> {
    let offered = config.offered_categories().iter();
    offered
        .map(|category| Category {
            id: category.id.as_str().to_owned(),
            terms: category_terms(category),
            google_consent: config
                .consent_types(&category.id)
                .into_iter()
                .map(|kind| kind.as_str().to_owned())
                .collect(),
        })
        .collect()
}

fn service(service: &Description) -> Service {
    // What a third party keeps on a host of its own, nobody else can see or remove.
    let own = service.storage.iter().filter(|stored| stored.host.is_none());
    Service {
        id: service.id.clone(),
        category: service.category.clone(),
        terms: service_terms(service),
        storage: own.map(stored).collect(),
        flags: service.flags.clone(),
        start: service.start.clone(),
        stop: service.stop.clone(),
    }
}

fn stored(stored: &config::storage::Stored) -> Stored {
    Stored {
        name: stored.name.as_str().to_owned(),
        place: match stored.place {
            Place::Cookie => Storage::Cookie,
            Place::LocalStorage => Storage::LocalStorage,
            Place::SessionStorage => Storage::SessionStorage,
        },
        seconds: match stored.lifetime {
            Lifetime::Unlimited => None,
            Lifetime::Days(days) => Some(u64::from(days) * 86_400),
            Lifetime::Session | Lifetime::Hours(_) | Lifetime::Minutes(_) => Some(0),
        },
    }
}

/// The owner's tokens in a theme, with what follows from them.
fn tokens(config: &Config, palette: &Palette) -> Vec<(String, String)> {
    let appearance = &config.appearance;
    let follows_the_system = appearance.theme.unwrap_or_default() == Theme::Auto;
    let tokens = appearance
        .tokens
        .as_ref()
        .map(|tokens| in_theme(tokens, palette, follows_the_system));
    let written = tokens.iter().flat_map(Tokens::iter);
    written.map(|(name, value)| (name.to_owned(), value)).collect()
}

fn signals(signals: config::signals::Signals) -> Signals {
    Signals {
        refuses: match signals.gpc.unwrap_or_default() {
            Covers::All => Refuses::All,
            Covers::Marketing => Refuses::Marketing,
        },
        do_not_track: signals.dnt.unwrap_or_default(),
    }
}
