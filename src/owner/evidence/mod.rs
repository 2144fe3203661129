//! `kelisim evidence`: what visitors were told and shown under a configuration, as a folder that an owner can file
//! (requirement O-05; CNIL, guidelines of 17 September 2020, paragraph 48: the controller has to be able to show how a
//! consent was obtained).
//!
//! The texts and their hashes are written first and need nothing but the configuration: where no browser can be had, they
//! are there all the same. The hash of a notice is the member `notice` of every record that was made under it.

mod browser;
mod index;
mod pages;

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::distribution::{Distribution, hexadecimal, integrity};
use super::files;
use super::notice::{Extent, offered};
use crate::core::config::Config;
use crate::core::notice::dates::{Moment, stamp};
use crate::core::record::operator;

/// The file for other programs.
const EVIDENCE: &str = "evidence.json";
/// The file for people.
const INDEX: &str = "index.html";
/// The configuration, byte for byte.
const CONFIGURATION: &str = "site.json";

/// What the folder holds; the file `evidence.json` is this.
#[derive(Debug, Serialize)]
pub struct Evidence {
    /// The version of Kelisim.
    kelisim: &'static str,
    /// `integrity` of the script that was shown: what `kelisim snippet` prints.
    script: String,
    /// When the folder was made, UTC.
    date: &'static str,
    operator: Operator,
    policy: Policy,
    configuration: File,
    notices: Vec<Notice>,
    screenshots: Vec<Screenshot>,
    /// Why there are no screenshots, when there are none.
    #[serde(rename = "screenshotsMissing", skip_serializing_if = "Option::is_none")]
    screenshots_missing: Option<String>,
}

impl fmt::Display for Evidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (notices, screenshots) = (self.notices.len(), self.screenshots.len());
        write!(
            formatter,
            "{notices} notices, {screenshots} screenshots; {INDEX} shows them, {EVIDENCE} is for programs"
        )
    }
}

#[derive(Debug, Serialize)]
struct Operator {
    name: &'static str,
    number: &'static str,
}

#[derive(Debug, Serialize)]
struct Policy {
    url: &'static str,
    version: &'static str,
}

/// A file of the folder with the SHA-256 of its bytes.
#[derive(Clone, Debug, Serialize)]
struct File {
    file: String,
    sha256: String,
}

/// A notice: the bytes that `kelisim notice` prints, the whole and the first layer alone.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Notice {
    language: &'static str,
    #[serde(flatten)]
    file: File,
    first_layer: File,
}

/// A picture of one layer.
#[derive(Debug, Serialize)]
struct Screenshot {
    language: &'static str,
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

/// A configuration that satisfies its law, the text that it was read from, and the moment of the record.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The text of its file.
    pub text: &'a str,
    /// Now.
    pub at: Moment,
}

/// Writes texts, hashes and the configuration into a folder, and then the screenshots.
///
/// # Errors
///
/// When the folder holds complete evidence already or cannot be written; and when no browser can be had: then all but the
/// screenshots is there, and the evidence says why they are not.
pub fn file(subject: Subject, distribution: &Distribution, folder: &Path) -> Result<Evidence> {
    let mut evidence = write_texts(subject, distribution, folder)?;
    match browser::screenshots(subject, distribution) {
        Ok(pictures) => {
            for picture in pictures {
                let browser::Picture {
                    language,
                    layer,
                    device,
                    png,
                } = picture;
                let kind = match layer {
                    Layer::First => "first-layer",
                    Layer::Settings => "settings",
                };
                let file = write(folder, &format!("{language}-{}-{kind}.png", device.name), &png)?;
                let browser::Device {
                    name, width, height, ..
                } = device;
                evidence.screenshots.push(Screenshot {
                    language,
                    layer,
                    device: name,
                    width,
                    height,
                    file,
                });
            }
            evidence.screenshots_missing = None;
            write_lists(&evidence, folder)?;
            Ok(evidence)
        }
        Err(error) => {
            evidence.screenshots_missing = Some(format!("{error:#}"));
            write_lists(&evidence, folder)?;
            Err(error.context(format!(
                "the texts and hashes are in {}, the screenshots are not",
                folder.display()
            )))
        }
    }
}

/// Everything that needs no browser.
///
/// # Errors
///
/// When the folder holds complete evidence already, or cannot be written.
pub fn write_texts(subject: Subject, distribution: &Distribution, folder: &Path) -> Result<Evidence> {
    let Subject { config, text, at } = subject;
    refuse_to_replace(folder)?;
    std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    let mut notices = Vec::new();
    for texts in offered(config)? {
        let language = texts.language().text();
        let keep = |name: &str, extent: Extent| {
            let words = extent.notice(config, texts);
            write(folder, &format!("{name}.{language}.txt"), words.text().as_bytes())
        };
        notices.push(Notice {
            language,
            file: keep("notice", Extent::Whole)?,
            first_layer: keep("first-layer", Extent::FirstLayer)?,
        });
    }
    let evidence = Evidence {
        kelisim: env!("CARGO_PKG_VERSION"),
        script: integrity(&distribution.read("kelisim.js")?),
        date: stamp(at).text(),
        operator: Operator {
            name: config.text("operator", "name").text(),
            number: operator(config).text(),
        },
        policy: Policy {
            url: config.text("policy", "url").text(),
            version: config.text("policy", "version").text(),
        },
        configuration: write(folder, CONFIGURATION, text.as_bytes())?,
        notices,
        screenshots: Vec::new(),
        screenshots_missing: Some("they were not taken yet".to_owned()),
    };
    write_lists(&evidence, folder)?;
    Ok(evidence)
}

/// What was filed stays as it is, and so do files of anybody else's. Evidence that lacks its screenshots is made anew.
fn refuse_to_replace(folder: &Path) -> Result<()> {
    let Ok(filed) = std::fs::read(folder.join(EVIDENCE)) else {
        let is_empty = std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
        if !is_empty {
            bail!(
                "{} holds other files, which stay as they are: name a directory of its own with --out",
                folder.display()
            );
        }
        return Ok(());
    };
    let filed: serde_json::Value = serde_json::from_slice(&filed).unwrap_or_default();
    if filed.get("screenshotsMissing").is_none() {
        bail!(
            "{} holds evidence already, which stays as it is: name another directory with --out",
            folder.display()
        );
    }
    Ok(())
}

/// The two files that say what is in the folder.
fn write_lists(evidence: &Evidence, folder: &Path) -> Result<()> {
    write(folder, EVIDENCE, serde_json::to_string_pretty(evidence)?.as_bytes())?;
    write(folder, INDEX, index::page(evidence).as_bytes())?;
    Ok(())
}

fn write(folder: &Path, name: &str, content: &[u8]) -> Result<File> {
    let path = folder.join(name);
    files::write(&path, content)?;
    Ok(File {
        file: name.to_owned(),
        sha256: hexadecimal(&Sha256::digest(content)),
    })
}
