//! Kelisim as a site of the benchmark has it: what `kelisim build` makes of the configuration, with as many services as a
//! page asks for. Each is built once. It measures nothing.

use super::pages::configuration;
use super::subjects::Role;
use crate::project;
use anyhow::{Context, Result, anyhow};
use kelisim_compiler::bundle::{File, Options};
use kelisim_compiler::catalogue::Catalogue;
use kelisim_compiler::config::Config;
use kelisim_compiler::languages::Languages;
use kelisim_compiler::owner::build::{Source, make};
use kelisim_compiler::owner::distribution::Distribution;
use kelisim_compiler::owner::first_layer::FirstLayer;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What a page gets of one build.
pub(super) struct Built {
    /// The line for the head.
    pub(super) tag: String,
    /// What a server prints into its pages: for the head, for the body. Only of the subject whose pages have it.
    pub(super) printed: Option<(String, String)>,
    files: Vec<File>,
}

impl Built {
    /// The bytes of one of its files.
    pub(super) fn file(&self, name: &str) -> Result<&[u8]> {
        let file = self.files.iter().find(|file| file.name == name);
        Ok(&file.with_context(|| format!("the build has no file {name}"))?.content)
    }
}

/// All that were built, by the role of the subject and the number of services.
#[derive(Default)]
pub(super) struct Builds(Mutex<HashMap<(Role, u32), Arc<Built>>>);

impl Builds {
    /// The build of a subject of Kelisim's, whose files are served under `/<id>/built/<services>/`.
    pub(super) fn of(&self, id: &str, role: Role, services: u32) -> Result<Arc<Built>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(built) = known.get(&(role, services)) {
            return Ok(Arc::clone(built));
        }
        let built = Arc::new(build(id, role, services)?);
        known.insert((role, services), Arc::clone(&built));
        Ok(built)
    }
}

fn build(id: &str, role: Role, services: u32) -> Result<Built> {
    let (catalogue, languages) = (Catalogue::house()?, Languages::house()?);
    let written = configuration(services)?;
    let config = Config::read(&written, &catalogue, &languages).map_err(|_| {
        anyhow!("the benchmark's configuration has problems: kelisim check bench/subjects/kelisim/site.json")
    })?;
    let text = written.to_string();
    let source = Source {
        config: &config,
        text: &text,
        catalogue: &catalogue,
        languages: &languages,
    };
    let distribution = Distribution::open(Some(&project::dist()))?;
    let options = Options {
        base: format!("/{id}/built/{services}/").parse()?,
        single_file: role == Role::SingleFile,
        ..Options::default()
    };
    let printed = (role == Role::InPage)
        .then(|| printed(source, &distribution))
        .transpose()?;
    let bundle = make(source, options, &distribution)?;
    Ok(Built {
        tag: bundle.tag,
        printed,
        files: bundle.files,
    })
}

fn printed(source: Source<'_>, distribution: &Distribution) -> Result<(String, String)> {
    let first_layer = FirstLayer::new(source, None, distribution)?;
    let style = first_layer.style_element();
    let FirstLayer { root, tag, .. } = first_layer;
    Ok((style, format!("{root}{tag}")))
}
