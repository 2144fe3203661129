//! The program `kelisim`: its commands, and what each prints. The same one runs natively (`bin/kelisim.rs`) and under Node
//! (`wasm/program.rs`), so both write the same bytes, print the same words and end with the same codes.
//!
//! It reads and prints, and must not decide anything: what a command does stands in the file that is named after it.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};
use serde::Serialize;
use serde_json::Value;

use super::build::{self, Source};
use super::check::{self, Finding, check, without_byte_order_mark};
use super::declaration::declaration;
#[cfg(not(target_arch = "wasm32"))]
use super::evidence;
use super::files;
use super::migrate;
use super::notice::notice;
#[cfg(not(target_arch = "wasm32"))]
use super::notice::told;
use super::register::register;
use super::snippet::{self, Snippet};
use crate::catalogue::Catalogue;
use crate::compile;
use crate::config::Config;
use crate::config::messages::{self, Messages, messages};
use crate::config::problem::Level;
use crate::config::words::ENGLISH;
use crate::languages::Languages;
use crate::schema::schema;

/// Checks what a site owner writes for Kelisim, and compiles it.
#[derive(Debug, Parser)]
#[command(name = "kelisim", version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Names every problem of a configuration, with line, column and mend, and advises. Exits with 1 when there is a
    /// problem; advice alone is none.
    Check {
        /// The configurations (`site.json`).
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Prints a JSON array, for other programs.
        #[arg(long)]
        json: bool,
        /// The language of what is said.
        #[arg(long = "lang", value_name = "LANGUAGE", default_value = ENGLISH)]
        #[arg(value_parser = PossibleValuesParser::new(messages::languages()))]
        language: String,
    },
    /// Prints the notice in one language: the very bytes whose SHA-256 is the `notice` of a record.
    Notice {
        /// The configuration (`site.json`).
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The language; the default one of the configuration when it is not named.
        #[arg(long = "lang", value_name = "LANGUAGE")]
        language: Option<String>,
    },
    /// Prints a section for the policy page, as HTML: operator, purposes, recipients, countries, names and lifetimes of what is
    /// stored, and the control that changes the answer.
    Declaration {
        /// The configuration (`site.json`).
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The language; the default one of the configuration when it is not named.
        #[arg(long = "lang", value_name = "LANGUAGE")]
        language: Option<String>,
    },
    /// Prints what the operator's register has of each consent, as JSON: term, third parties, cross-border transfer,
    /// public sources (Rules 179/НҚ, paragraph 9(5)).
    Register {
        /// The configuration (`site.json`).
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Writes what a site serves: the script, the runtime and the settings in each language. Prints their weights, the
    /// tag, and the narrowest Content-Security-Policy under which this configuration does its work.
    ///
    /// Nothing is written of a configuration with a problem, and files of earlier builds stay.
    Build(build::Arguments),
    /// Prints the compiled site as JSON: its rules, the first layer in each language, and the settings.
    Compile {
        /// The configuration (`site.json`).
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Makes a configuration of that of another consent manager (vanilla-cookieconsent, Klaro, Orejime, tarteaucitron,
    /// Cookiebot), as far as it goes, and tells what was taken over, what was not and why, and what is still missing.
    ///
    /// Nothing of the file is run. What is told goes where errors go.
    Migrate(migrate::Arguments),
    /// Prints the lines for a page of the site that `build` makes, and the narrowest Content-Security-Policy under which
    /// this configuration does its work.
    Snippet(Snippet),
    /// Writes what visitors are told and shown into a folder to file: every notice with its SHA-256, the configuration,
    /// and, with a Chromium and its chromedriver, screenshots of both layers on a phone and a desktop.
    ///
    /// Nothing beyond this machine is asked. Without a browser the texts and hashes are written all the same, and the
    /// exit code is 2.
    #[cfg(not(target_arch = "wasm32"))]
    Evidence(evidence::Arguments),
    /// Prints a JSON Schema of the configuration, for editors: the same as `kelisim.schema.json`.
    Schema,
}

/// What the program has of the house: the vendors and the languages.
struct House {
    catalogue: Catalogue,
    languages: Languages,
}

impl House {
    fn open() -> Result<House> {
        Ok(House {
            catalogue: Catalogue::house()?,
            languages: Languages::house()?,
        })
    }

    fn check(&self, text: &str, messages: &Messages) -> Vec<Finding> {
        check(text, &self.catalogue, &self.languages, messages)
    }

    /// A configuration with all that it is compiled with.
    fn source<'a>(&'a self, Sound { config, text }: &'a Sound) -> Source<'a> {
        Source {
            config,
            text,
            catalogue: &self.catalogue,
            languages: &self.languages,
        }
    }
}

/// Where the program prints.
pub struct Console<'a> {
    /// What was asked for.
    pub output: &'a mut dyn Write,
    /// What went wrong.
    pub complaints: &'a mut dyn Write,
}

impl Console<'_> {
    fn print_json(&mut self, value: &impl Serialize) -> Result<bool> {
        serde_json::to_writer_pretty(&mut self.output, value)?;
        writeln!(self.output)?;
        Ok(true)
    }

    /// Says that something could not be done.
    fn complain(&mut self, error: &anyhow::Error) {
        // Where there is nobody to hear it, the code says it.
        let _ = writeln!(self.complaints, "kelisim: {error:#}");
    }
}

/// Does what was asked for. With which code the program ends: 0 where all is well, 1 where a configuration has a problem, 2
/// where it could not be looked at.
pub fn run(arguments: Arguments, mut console: Console<'_>) -> u8 {
    let ended = House::open().and_then(|house| {
        let mut program = Program {
            house,
            console: &mut console,
        };
        program.run(arguments.command)
    });
    match ended {
        Ok(true) => 0,
        Ok(false) => 1,
        Err(error) => {
            console.complain(&error);
            2
        }
    }
}

/// A configuration without a problem, with what it was read from.
struct Sound {
    config: Config,
    text: String,
}

/// A finding for other programs, with the file that it is in.
#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    finding: Finding,
    file: String,
}

/// What a command works with. Each says whether nothing is wrong with the configuration.
struct Program<'a, 'b> {
    house: House,
    console: &'a mut Console<'b>,
}

impl Program<'_, '_> {
    fn run(&mut self, command: Command) -> Result<bool> {
        match command {
            Command::Check { files, json, language } => self.check_files(&files, json, messages(&language)),
            Command::Notice { file, language } => self.print_notice(&file, language.as_deref()),
            Command::Declaration { file, language } => self.print_declaration(&file, language.as_deref()),
            Command::Register { file } => self.print_register(&file),
            Command::Build(arguments) => self.build_site(&arguments),
            Command::Compile { file } => self.print_compiled(&file),
            Command::Migrate(arguments) => self.migrate(&arguments),
            Command::Snippet(snippet) => self.print_snippet(&snippet),
            #[cfg(not(target_arch = "wasm32"))]
            Command::Evidence(arguments) => self.file_evidence(&arguments),
            Command::Schema => {
                let schema = schema(&self.house.catalogue, &self.house.languages);
                self.console.print_json(&schema)
            }
        }
    }

    /// Reads a configuration; where it has problems, they are printed where errors go, and there is none.
    fn sound(&mut self, file: &Path) -> Result<Option<Sound>> {
        let text = files::read(file)?;
        let english = messages(ENGLISH);
        let mut findings = self.house.check(&text, english);
        findings.retain(|finding| finding.level == Level::Error);
        if !findings.is_empty() {
            let file = file.display().to_string();
            check::print(&mut self.console.complaints, &file, &findings, english)?;
            return Ok(None);
        }
        let document: Value = serde_json::from_str(without_byte_order_mark(&text))?;
        let config = Config::read(&document, &self.house.catalogue, &self.house.languages).ok();
        Ok(config.map(|config| Sound { config, text }))
    }

    fn print_notice(&mut self, file: &Path, language: Option<&str>) -> Result<bool> {
        let Some(Sound { config, .. }) = self.sound(file)? else {
            return Ok(false);
        };
        let told = notice(&config, &self.house.catalogue, &self.house.languages, language)?;
        self.console.output.write_all(told.text.as_bytes())?;
        Ok(true)
    }

    fn print_declaration(&mut self, file: &Path, language: Option<&str>) -> Result<bool> {
        let Some(Sound { config, .. }) = self.sound(file)? else {
            return Ok(false);
        };
        let section = declaration(&config, &self.house.catalogue, &self.house.languages, language)?;
        self.console.output.write_all(section.as_bytes())?;
        Ok(true)
    }

    fn print_register(&mut self, file: &Path) -> Result<bool> {
        let Some(Sound { config, .. }) = self.sound(file)? else {
            return Ok(false);
        };
        let register = register(&config, &self.house.catalogue, &self.house.languages)?;
        self.console.print_json(&register)
    }

    fn build_site(&mut self, arguments: &build::Arguments) -> Result<bool> {
        let Some(sound) = self.sound(&arguments.file)? else {
            return Ok(false);
        };
        build::run(arguments, self.house.source(&sound), &mut self.console.output)?;
        Ok(true)
    }

    fn print_compiled(&mut self, file: &Path) -> Result<bool> {
        let Some(Sound { config, .. }) = self.sound(file)? else {
            return Ok(false);
        };
        let compiled = compile(&config, &self.house.catalogue, &self.house.languages)?;
        self.console.print_json(&compiled)
    }

    fn migrate(&mut self, arguments: &migrate::Arguments) -> Result<bool> {
        let House { catalogue, languages } = &self.house;
        let Console { output, complaints } = self.console;
        migrate::run(arguments, catalogue, languages, output, complaints)?;
        Ok(true)
    }

    fn print_snippet(&mut self, snippet: &Snippet) -> Result<bool> {
        let Some(sound) = self.sound(&snippet.file)? else {
            return Ok(false);
        };
        snippet::run(snippet, self.house.source(&sound), &mut self.console.output)?;
        Ok(true)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn file_evidence(&mut self, arguments: &evidence::Arguments) -> Result<bool> {
        let Some(sound) = self.sound(&arguments.file)? else {
            return Ok(false);
        };
        let notices = told(&sound.config, &self.house.catalogue, &self.house.languages)?;
        let evidence = evidence::run(arguments, self.house.source(&sound), &notices)?;
        writeln!(self.console.output, "{}: {evidence}", arguments.out.display())?;
        Ok(true)
    }

    /// Checks and prints. A file that cannot be read keeps none of the others from being looked at.
    fn check_files(&mut self, files: &[PathBuf], json: bool, messages: &Messages) -> Result<bool> {
        let (mut all, mut is_read) = (Vec::new(), true);
        for file in files {
            let text = match files::read(file) {
                Ok(text) => text,
                Err(error) => {
                    self.console.complain(&error);
                    is_read = false;
                    continue;
                }
            };
            let findings = self.house.check(&text, messages);
            if !json {
                let file = file.display().to_string();
                check::print(&mut self.console.output, &file, &findings, messages)?;
            }
            all.extend(findings.into_iter().map(|finding| Entry {
                finding,
                file: file.display().to_string(),
            }));
        }
        if json {
            self.console.print_json(&all)?;
        }
        ensure!(is_read, "not every file could be read");
        Ok(all.iter().all(|entry| entry.finding.level == Level::Advice))
    }
}
