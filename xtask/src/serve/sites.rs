//! The demo's sites as visitors get them: each is what `kelisim build` makes of its `site.json`, adapted to the place where it
//! is shown.
//!
//! It must not take anything away. What was built before stays, so an open page finds the files of its own build
//! (requirement G-08), and a `site.json` with a problem leaves its site as it was.

use super::adapt::{Adapted, Change, Place, adapt};
use super::content;
use crate::project;
use anyhow::{Context, Result, anyhow, bail};
use kelisim_compiler::bundle::Options;
use kelisim_compiler::catalogue::Catalogue;
use kelisim_compiler::config::Config;
use kelisim_compiler::config::messages::messages;
use kelisim_compiler::config::problem::Level;
use kelisim_compiler::languages::Languages;
use kelisim_compiler::owner::build::{Source, make, write};
use kelisim_compiler::owner::check::{self, check, without_byte_order_mark};
use kelisim_compiler::owner::distribution::Distribution;
use kelisim_compiler::owner::files;
use std::path::{Path, PathBuf};

/// The vendors as data.
pub(super) const CATALOGUE: &str = "compiler/src/catalogue";
/// The languages as data.
pub(super) const LANGUAGES: &str = "compiler/src/languages";
/// Where each site has its folder.
pub(super) const SITES: &str = "www/sites";

/// What `kelisim build` wrote, by its path on each site.
const SERVED: &str = "kelisim";
/// What the server tells the demo's panel, likewise.
const TOLD: &str = "demo";

/// The sites, and where they come from and go to.
#[derive(Clone)]
pub(crate) struct Sites {
    /// A folder with a `site.json` for each.
    written: PathBuf,
    /// The build that they are made from.
    dist: PathBuf,
    /// A folder for each, with what is served.
    built: PathBuf,
    /// Where they are shown.
    place: Place,
}

impl Sites {
    /// Those of the demo, as the server shows them.
    pub(crate) fn of_the_demo() -> Sites {
        Sites {
            written: project::path(SITES),
            dist: project::dist(),
            built: project::work().join("demo"),
            place: Place::LocalName,
        }
    }

    /// The same for a server of which nothing is known, each in a folder of this one.
    pub(crate) fn in_folders(folder: &Path) -> Sites {
        Sites {
            built: folder.to_owned(),
            place: Place::Folder,
            ..Sites::of_the_demo()
        }
    }

    /// Their domains.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.written).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.path().is_dir());
        let mut names: Vec<String> = folders
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// Builds all of them; one that cannot be built keeps none of the others from it.
    pub(crate) fn build_all(&self) -> Result<()> {
        self.build(&self.names())
    }

    /// Builds these. What keeps a site from it stands on the console, and so does that it stays as it was.
    pub(super) fn build(&self, names: &[String]) -> Result<()> {
        let house = House::read()?;
        let mut kept = Vec::new();
        for name in names {
            if let Err(error) = self.build_one(name, &house) {
                eprintln!("\n{error:#}");
                kept.push(name.as_str());
            }
        }
        if !kept.is_empty() {
            bail!("not built, and served as before: {}", kept.join(", "));
        }
        Ok(())
    }

    fn build_one(&self, name: &str, house: &House) -> Result<()> {
        let Adapted { configuration, changes } = self.adapted(name, house)?;
        let config = Config::read(&configuration, &house.catalogue, &house.languages)
            .map_err(|problems| anyhow!("{name} cannot be built as it is shown here: {problems:?}"))?;
        let source = Source {
            config: &config,
            text: &serde_json::to_string_pretty(&configuration)?,
            catalogue: &house.catalogue,
            languages: &house.languages,
        };
        let bundle = make(source, Options::default(), &Distribution::open(Some(&self.dist))?)?;
        let folder = self.built.join(name);
        write(&bundle, &folder.join(SERVED))?;
        tell(&folder.join(TOLD), source.text, &changes)
    }

    /// The sound configuration of a site, adapted to its place.
    fn adapted(&self, name: &str, house: &House) -> Result<Adapted> {
        let path = self.written.join(name).join("site.json");
        let text = files::read(&path)?;
        let mut findings = check(&text, &house.catalogue, &house.languages, messages("en"));
        findings.retain(|finding| finding.level == Level::Error);
        if !findings.is_empty() {
            let file = path.strip_prefix(project::root()).unwrap_or(&path).display();
            let mut problems = Vec::new();
            check::print(&mut problems, &file.to_string(), &findings, messages("en"))?;
            bail!("{}", String::from_utf8_lossy(&problems).trim_end());
        }
        Ok(adapt(
            serde_json::from_str(without_byte_order_mark(&text))?,
            name,
            self.place,
        ))
    }

    /// What had to be changed in the configuration of a site, as it was built last.
    pub(super) fn changes(&self, name: &str) -> Vec<Change> {
        let told = std::fs::read(self.built.join(name).join(TOLD).join("adapted.json")).unwrap_or_default();
        serde_json::from_slice(&told).unwrap_or_default()
    }

    /// The file that stands under a path of a site; `None` where it is none of those that were built.
    pub(super) fn file(&self, name: &str, path: &str) -> Option<PathBuf> {
        let folder = path.trim_start_matches('/').split('/').next();
        let is_built = folder.is_some_and(|folder| folder == SERVED || folder == TOLD);
        is_built
            .then(|| content::file(&self.built, &format!("{name}{path}")))
            .flatten()
    }
}

/// Writes what the panel asks for: the configuration that is served, and what was changed in it.
fn tell(folder: &Path, configuration: &str, changes: &[Change]) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    files::write(&folder.join("site.json"), configuration.as_bytes())?;
    files::write(&folder.join("adapted.json"), &serde_json::to_vec(changes)?)
}

/// The vendors and languages as they stand in the sources now, so that one that is edited needs no compilation.
struct House {
    catalogue: Catalogue,
    languages: Languages,
}

impl House {
    fn read() -> Result<House> {
        let languages = json_files(LANGUAGES)?.into_iter().map(|(name, text)| {
            let tag = name.trim_end_matches(".json").to_owned();
            (tag, text)
        });
        Ok(House {
            catalogue: Catalogue::from_files(json_files(CATALOGUE)?)?,
            languages: Languages::from_files(languages)?,
        })
    }
}

/// The JSON files of a folder by their names.
fn json_files(folder: &str) -> Result<Vec<(String, String)>> {
    let entries = std::fs::read_dir(project::path(folder)).with_context(|| format!("could not read {folder}"))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("could not read {folder}"))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if is_json(&path) {
            found.push((name.to_owned(), files::read(&path)?));
        }
    }
    Ok(found)
}

pub(super) fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "json")
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Catalogue, House, Languages, SITES, Sites};
    use crate::project;
    use kelisim_compiler::bundle::File;
    use kelisim_compiler::bundle::digest::checksums;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// A `dist/` that sites can be built from, and nothing else.
    const DIST: [(&str, &str); 16] = [
        (
            "runtime/kelisim.js",
            "start(__KELISIM_SITE__,__KELISIM_FILES__,__KELISIM_STYLES__,__KELISIM_BINDINGS__);",
        ),
        ("runtime/bindings.js", "kelisim.take(1);"),
        ("kelisim.wasm", "\0asm"),
        ("runtime/first-layer.css", "@layer kelisim{}"),
        ("runtime/themes/auto.css", "@layer kelisim{}"),
        ("runtime/themes/light.css", "@layer kelisim{}"),
        ("runtime/themes/dark.css", "@layer kelisim{}"),
        ("runtime/layouts/bar.css", "@layer kelisim{}"),
        ("runtime/layouts/box.css", "@layer kelisim{}"),
        ("runtime/layouts/card.css", "@layer kelisim{}"),
        ("runtime/reopen/button.css", "@layer kelisim{}"),
        ("runtime/reopen/link.css", "@layer kelisim{}"),
        ("runtime/settings.css", "@layer kelisim{}"),
        ("kelisim-audit.js", "look();"),
        ("kelisim-compiler.js", "compile();"),
        ("kelisim-compiler.wasm", "\0asm"),
    ];

    /// The demo's sites, built somewhere else, and gone when the test is over.
    pub(in crate::serve) struct Workshop {
        root: PathBuf,
        pub(in crate::serve) sites: Sites,
    }

    impl Drop for Workshop {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.root);
        }
    }

    impl Workshop {
        pub(in crate::serve) fn new(name: &str) -> Workshop {
            let root = std::env::temp_dir().join(format!("kelisim-demo-{}-{name}", std::process::id()));
            let sites = Sites {
                written: root.join("written"),
                dist: root.join("dist"),
                built: root.join("built"),
                place: super::Place::LocalName,
            };
            let workshop = Workshop { root, sites };
            let files = DIST.map(|(name, content)| File {
                name: name.to_owned(),
                content: content.as_bytes().to_vec(),
            });
            for file in &files {
                put(&workshop.sites.dist.join(&file.name), &file.content);
            }
            put(
                &workshop.sites.dist.join("SHA384SUMS"),
                checksums(files.iter()).as_bytes(),
            );
            for site in Sites::of_the_demo().names() {
                let text = fs::read_to_string(project::path(SITES).join(&site).join("site.json")).unwrap();
                workshop.configure(&site, &text);
            }
            workshop
        }

        /// An owner writes a configuration.
        pub(in crate::serve) fn configure(&self, site: &str, text: &str) {
            put(&self.sites.written.join(site).join("site.json"), text.as_bytes());
        }

        fn configuration(&self, site: &str) -> Value {
            let path = self.sites.written.join(site).join("site.json");
            serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
        }

        /// What lies under `/kelisim/` of a site, by name.
        pub(in crate::serve) fn served(&self, site: &str) -> BTreeMap<String, Vec<u8>> {
            let files = fs::read_dir(self.sites.built.join(site).join("kelisim")).unwrap();
            let files = files.map(|file| file.unwrap());
            files
                .map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap()))
                .collect()
        }
    }

    fn put(path: &Path, content: &[u8]) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    #[test]
    fn a_site_is_built_under_its_local_name() {
        let workshop = Workshop::new("local");
        workshop.sites.build_all().unwrap();
        assert_eq!(workshop.sites.names().len(), 5);
        let script = String::from_utf8(workshop.served("rasco.kz").remove("kelisim.js").unwrap()).unwrap();
        assert!(script.contains("\"scope\":\"rasco.kz.localhost\""), "{script}");
        let changes = workshop.sites.changes("rasco.kz");
        assert_eq!(changes.len(), 2, "{changes:?}");
        let told = workshop.sites.file("rasco.kz", "/demo/site.json").unwrap();
        let told: Value = serde_json::from_slice(&fs::read(told).unwrap()).unwrap();
        assert_eq!(told["policy"]["url"], "/privacy");
    }

    /// O-02: a configuration with a problem is named with line and mend, and its site stays as it was.
    #[test]
    fn o_02_a_broken_configuration_keeps_what_was_served() {
        let workshop = Workshop::new("broken");
        workshop.sites.build_all().unwrap();
        let before = workshop.served("cap.kz");
        let mut broken = workshop.configuration("cap.kz");
        broken["policy"]["url"] = json!("javascript:alert(1)");
        for (text, place) in [
            (format!("{broken:#}"), ": policy.url: "),
            ("{".to_owned(), "site.json:1:"),
        ] {
            workshop.configure("cap.kz", &text);
            let house = House::read().unwrap();
            let problems = workshop.sites.build_one("cap.kz", &house).unwrap_err().to_string();
            assert!(problems.contains(place) && problems.lines().count() >= 3, "{problems}");
            let error = workshop.sites.build_all().unwrap_err().to_string();
            assert_eq!(error, "not built, and served as before: cap.kz");
            assert_eq!(workshop.served("cap.kz"), before);
        }
    }

    /// G-08: a page that is open while its site is built anew finds the files of its own build.
    #[test]
    fn g_08_files_of_an_earlier_build_stay() {
        let workshop = Workshop::new("earlier");
        workshop.sites.build_all().unwrap();
        let before = workshop.served("rasco.kz");
        let mut changed = workshop.configuration("rasco.kz");
        changed["texts"] = json!({"ru": {"settingsTitle": "Настройки файлов cookie"}});
        workshop.configure("rasco.kz", &changed.to_string());
        workshop.sites.build(&["rasco.kz".to_owned()]).unwrap();
        let after = workshop.served("rasco.kz");
        let news = "the settings in Russian, and what else the module reads";
        assert_eq!(after.len(), before.len() + 2, "{news}");
        assert_ne!(after["kelisim.js"], before["kelisim.js"]);
        for (name, content) in before.iter().filter(|(name, _)| name.split('.').count() > 2) {
            assert_eq!(after.get(name), Some(content), "{name}");
        }
    }

    /// What an editor changes is read as what the compiler has in itself.
    #[test]
    fn the_house_in_the_sources_is_that_of_the_compiler() {
        let house = House::read().unwrap();
        assert_eq!(house.catalogue, Catalogue::house().unwrap());
        let tags: Vec<&str> = house.languages.tags().collect();
        let compiled_in = Languages::house().unwrap();
        assert_eq!(tags, compiled_in.tags().collect::<Vec<_>>());
    }

    #[test]
    fn nothing_but_what_was_built_is_found() {
        let workshop = Workshop::new("found");
        workshop.sites.build_all().unwrap();
        let finds = |site, path| workshop.sites.file(site, path).is_some();
        assert!(finds("rasco.kz", "/kelisim/kelisim.js"));
        for (site, path) in [
            ("rasco.kz", "/kelisim/nothing.js"),
            ("rasco.kz", "/kelisim/../../cap.kz/kelisim/kelisim.js"),
            ("..", "/kelisim/kelisim.js"),
            ("nowhere.kz", "/kelisim/kelisim.js"),
            ("", "/kelisim/kelisim.js"),
            ("rasco.kz", "/"),
        ] {
            assert!(!finds(site, path), "{site} {path}");
        }
    }
}
