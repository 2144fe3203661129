//! `kelisim evidence`: what visitors were told and shown under a configuration, as a folder that an owner can file
//! (requirement O-05; CNIL, guidelines of 17 September 2020, paragraph 48: the controller has to be able to show how a
//! consent was obtained).
//!
//! The texts and their hashes are written first and need nothing but the configuration: where no browser can be had, they
//! are there all the same. The hash of a notice is the member `notice` of every record that was made under it. Nothing
//! here may change what was filed before.

mod browser;
mod driver;
mod folder;
mod index;
mod pages;

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::Timestamp;
use serde::Serialize;

use self::folder::Folder;
use super::build::{Source, make};
use super::distribution::{Build, integrity};
use super::notice::Told;
use crate::bundle::{Bundle, Options};
use crate::config::Config;

/// What `kelisim evidence` is told.
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
    /// The configuration (`site.json`).
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The folder; what was filed in it before stays, and is an error.
    #[arg(long, value_name = "DIRECTORY")]
    pub out: PathBuf,
    /// Where the runtime comes from.
    #[command(flatten)]
    pub build: Build,
}

/// What the folder holds; the file `evidence.json` is this.
#[derive(Debug, Serialize)]
pub struct Evidence {
    /// The version of Kelisim.
    kelisim: &'static str,
    /// `integrity` of the `kelisim.js` that was shown: what `kelisim build` writes of the configuration.
    script: String,
    /// When the folder was made.
    date: Timestamp,
    operator: Operator,
    policy: Policy,
    configuration: File,
    notices: Vec<Notice>,
    screenshots: Vec<Screenshot>,
    /// Why there are no screenshots, when there are none.
    #[serde(rename = "screenshotsMissing", skip_serializing_if = "Option::is_none")]
    screenshots_missing: Option<String>,
}

impl Evidence {
    /// The pictures in a language.
    fn screenshots_in(&self, language: &str) -> impl Iterator<Item = &Screenshot> {
        self.screenshots
            .iter()
            .filter(move |screenshot| screenshot.language == language)
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (notices, screenshots) = (self.notices.len(), self.screenshots.len());
        write!(
            formatter,
            "{notices} notices, {screenshots} screenshots; {} shows them, {} is for programs",
            folder::INDEX,
            folder::EVIDENCE
        )
    }
}

#[derive(Debug, Serialize)]
struct Operator {
    name: String,
    /// BIN or IIN; empty where there is none.
    number: String,
}

#[derive(Debug, Serialize)]
struct Policy {
    url: String,
    version: String,
}

/// A file of the folder with the SHA-256 of its bytes.
#[derive(Clone, Debug, Serialize)]
struct File {
    file: String,
    sha256: String,
}

/// A notice: the bytes that `kelisim notice` prints.
#[derive(Debug, Serialize)]
struct Notice {
    language: String,
    #[serde(flatten)]
    file: File,
}

/// A picture of one layer.
#[derive(Debug, Serialize)]
struct Screenshot {
    language: String,
    layer: Layer,
    device: &'static str,
    width: u32,
    height: u32,
    #[serde(flatten)]
    file: File,
}

/// What is on a picture. Where nothing is asked, there is no first layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Layer {
    First,
    Settings,
}

impl Layer {
    /// As it stands in the name of a file.
    fn file_name(self) -> &'static str {
        match self {
            Layer::First => "first-layer",
            Layer::Settings => "settings",
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Layer::First => "First layer",
            Layer::Settings => "Settings",
        })
    }
}

/// What is filed: a configuration, the text that it was read from, what visitors are told and served under it, and the
/// moment.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The text of its file.
    pub text: &'a str,
    /// The notice in every language.
    pub notices: &'a [Told],
    /// What its pages get.
    pub bundle: &'a Bundle,
    /// Now.
    pub at: Timestamp,
}

/// Does what `kelisim evidence` was told: files a sound configuration with its notices. What it gives says in one line
/// what was filed.
///
/// # Errors
///
/// When there is no build, or a file of it is missing or damaged, and as [`file()`].
pub fn run(arguments: &Arguments, source: Source<'_>, notices: &[Told]) -> Result<Evidence> {
    let bundle = make(source, Options::default(), &arguments.build.open()?)?;
    let subject = Subject {
        config: source.config,
        text: source.text,
        notices,
        bundle: &bundle,
        at: Timestamp::now(),
    };
    file(subject, &arguments.out)
}

/// Writes texts, hashes and the configuration into a folder, and then the screenshots.
///
/// # Errors
///
/// When the folder holds complete evidence already or cannot be written; and when no browser can be had: then all but the
/// screenshots is there, and the evidence says why they are not.
pub fn file(subject: Subject<'_>, path: &Path) -> Result<Evidence> {
    let folder = Folder::make(path)?;
    let mut evidence = write(subject, &folder)?;
    let taken = browser::screenshots(subject);
    let failure = match taken {
        Ok(pictures) => {
            evidence.screenshots = write_pictures(&folder, pictures)?;
            None
        }
        Err(error) => Some(error),
    };
    evidence.screenshots_missing = failure.as_ref().map(|error| format!("{error:#}"));
    folder.write_lists(&evidence)?;
    match failure {
        None => Ok(evidence),
        Some(error) => Err(error.context(format!(
            "the texts and hashes are in {}, the screenshots are not",
            path.display()
        ))),
    }
}

/// Everything that needs no browser.
///
/// # Errors
///
/// When the folder holds complete evidence already, or cannot be written.
pub fn write_texts(subject: Subject<'_>, path: &Path) -> Result<Evidence> {
    write(subject, &Folder::make(path)?)
}

fn write(subject: Subject<'_>, folder: &Folder<'_>) -> Result<Evidence> {
    let Subject {
        config,
        text,
        notices,
        bundle,
        at,
    } = subject;
    let evidence = Evidence {
        kelisim: env!("CARGO_PKG_VERSION"),
        script: integrity(script(bundle)),
        date: Timestamp::from_second(at.as_second())?,
        operator: Operator {
            name: config.operator.name.as_str().to_owned(),
            number: config.operator.number().unwrap_or_default().to_owned(),
        },
        policy: Policy {
            url: config.policy.url.to_string(),
            version: config.policy.version.as_str().to_owned(),
        },
        configuration: folder.write(folder::CONFIGURATION, text.as_bytes())?,
        notices: write_notices(folder, notices)?,
        screenshots: Vec::new(),
        screenshots_missing: Some("they were not taken yet".to_owned()),
    };
    folder.write_lists(&evidence)?;
    Ok(evidence)
}

/// The script of a bundle, which every bundle has.
fn script(bundle: &Bundle) -> &[u8] {
    let found = bundle.files.iter().find(|file| file.name == bundle.script_name);
    found.map(|file| file.content.as_slice()).unwrap_or_default()
}

/// The notice in every language.
fn write_notices(folder: &Folder<'_>, notices: &[Told]) -> Result<Vec<Notice>> {
    let written = notices.iter().map(|told| {
        let name = format!("notice.{}.txt", told.language);
        Ok(Notice {
            language: told.language.clone(),
            file: folder.write(&name, told.text.as_bytes())?,
        })
    });
    written.collect()
}

fn write_pictures(folder: &Folder<'_>, pictures: Vec<browser::Picture>) -> Result<Vec<Screenshot>> {
    let written = pictures.into_iter().map(|picture| {
        let browser::Picture {
            language,
            layer,
            device,
            png,
        } = picture;
        let name = format!("{language}-{}-{}.png", device.name, layer.file_name());
        Ok(Screenshot {
            file: folder.write(&name, &png)?,
            language,
            layer,
            device: device.name,
            width: device.width,
            height: device.height,
        })
    });
    written.collect()
}
