//! What `kelisim build` makes of a configuration, made in this process: once for each configuration, because many visits
//! go to the same site.
//!
//! The runtime is that of `dist/`, read as the program reads it, and so is everything else.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use kelisim_compiler::bundle::{File, Options, bundle};
use kelisim_compiler::catalogue::Catalogue;
use kelisim_compiler::compile;
use kelisim_compiler::config::Config;
use kelisim_compiler::languages::Languages;
use kelisim_compiler::owner::build::{Source, make, runtime};
use kelisim_compiler::owner::distribution::Distribution;
use serde_json::Value;

use crate::internet::Answer;
use crate::site;

/// Where a build is kept, once it is made.
type Place = Arc<OnceLock<Arc<Build>>>;

/// A built site: what lies under `/kelisim/`.
#[derive(Debug)]
pub struct Build {
    files: Vec<File>,
}

impl Build {
    /// Builds a configuration.
    ///
    /// # Panics
    /// Where it has a problem, because then nothing is built; where there is no runtime in `dist/`.
    pub fn of(configuration: &Value) -> Arc<Build> {
        static BUILDS: LazyLock<Mutex<HashMap<String, Place>>> = LazyLock::new(Mutex::default);
        let build = {
            let mut builds = BUILDS.lock().unwrap();
            Arc::clone(builds.entry(configuration.to_string()).or_default())
        };
        // Not under the lock: who waits for one site must not wait for another, nor fail with it.
        Arc::clone(build.get_or_init(|| Arc::new(Build::made_of(configuration, Options::default()))))
    }

    /// The compiled site as a module for bundlers.
    pub fn site_module(configuration: &Value) -> Answer {
        let options = Options {
            module: true,
            ..Options::default()
        };
        Build::made_of(configuration, options).served("kelisim.site.js")
    }

    fn made_of(configuration: &Value, options: Options) -> Build {
        let (catalogue, languages) = &*HOUSE;
        let source = Source {
            config: &read(configuration),
            text: &configuration.to_string(),
            catalogue,
            languages,
        };
        let bundle = make(source, options, distribution()).expect("a sound configuration is built");
        Build { files: bundle.files }
    }

    /// The same configuration as it was built with an earlier runtime, of which only the module's bytes are others.
    pub fn by_an_earlier_runtime(configuration: &Value) -> Build {
        let (catalogue, languages) = &*HOUSE;
        let config = read(configuration);
        let mut runtime = runtime(distribution(), &config.appearance).expect("the runtime of this build");
        // A section that says nothing: its kind, its length, and its name of one letter.
        runtime.module.extend([0, 2, 1, b'k']);
        let compiled = compile(&config, catalogue, languages).expect("what was checked is compiled");
        let bundle = bundle(&compiled, &runtime, &Options::default()).expect("the runtime is of this build");
        Build { files: bundle.files }
    }

    /// Its script, as a server sends it.
    pub fn script(&self) -> Answer {
        self.served("kelisim.js")
    }

    fn served(&self, script: &str) -> Answer {
        let bytes = self.file(script).unwrap_or_else(|| panic!("{script} is built"));
        Answer::new("text/javascript", bytes.to_vec())
    }

    /// A file by its name.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        let file = self.files.iter().find(|file| file.name == name)?;
        Some(&file.content)
    }
}

/// The vendors and the languages.
static HOUSE: LazyLock<(Catalogue, Languages)> =
    LazyLock::new(|| (Catalogue::house().unwrap(), Languages::house().unwrap()));

fn read(configuration: &Value) -> Config {
    let (catalogue, languages) = &*HOUSE;
    Config::read(configuration, catalogue, languages)
        .unwrap_or_else(|problems| panic!("a configuration with problems is never built: {problems:#?}"))
}

/// `dist/`.
fn distribution() -> &'static Distribution {
    static DISTRIBUTION: LazyLock<Distribution> =
        LazyLock::new(|| Distribution::open(Some(&site::distribution())).unwrap_or_else(|error| panic!("{error:#}")));
    &DISTRIBUTION
}
