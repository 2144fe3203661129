//! The owner's program on the command line. What it does stands in `kelisim_compiler::owner`; this reads arguments and
//! prints, and must not decide anything.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    program::main()
}

/// There is no command line in a browser.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod program {
    use std::io::{self, ErrorKind, Write};
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;

    use anyhow::{Result, ensure};
    use clap::{Parser, Subcommand};
    use kelisim_compiler::catalogue::Catalogue;
    use kelisim_compiler::compile;
    use kelisim_compiler::config::Config;
    use kelisim_compiler::config::problem::Level;
    use kelisim_compiler::languages::Languages;
    use kelisim_compiler::owner::build::Source;
    use kelisim_compiler::owner::check::{self, Finding, check, without_byte_order_mark};
    use kelisim_compiler::owner::notice::{notice, told};
    use kelisim_compiler::owner::register::register;
    use kelisim_compiler::owner::snippet::{self, Snippet};
    use kelisim_compiler::owner::{build, evidence, files};
    use kelisim_compiler::schema::schema;
    use serde::Serialize;
    use serde_json::Value;

    /// Checks what a site owner writes for Kelisim, and compiles it.
    #[derive(Parser)]
    #[command(name = "kelisim", version)]
    struct Arguments {
        #[command(subcommand)]
        command: Command,
    }

    #[derive(Subcommand)]
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
        /// Prints the lines for a page of the site that `build` makes, and the narrowest Content-Security-Policy under which
        /// this configuration does its work.
        Snippet(Snippet),
        /// Writes what visitors are told and shown into a folder to file: every notice with its SHA-256, the configuration,
        /// and, with a Chromium and its chromedriver, screenshots of both layers on a phone and a desktop.
        ///
        /// Nothing beyond this machine is asked. Without a browser the texts and hashes are written all the same, and the
        /// exit code is 2.
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

        fn check(&self, text: &str) -> Vec<Finding> {
            check(text, &self.catalogue, &self.languages)
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

    /// Where the program prints. Whoever has read enough closes the pipe (`kelisim compile site.json | head`): the rest is
    /// dropped, and nothing went wrong.
    struct Output<W>(W);

    impl<W: Write> Write for Output<W> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match self.0.write(bytes) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
                written => written,
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            match self.0.flush() {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                flushed => flushed,
            }
        }
    }

    /// Where what was asked for goes.
    fn output() -> Output<impl Write> {
        Output(io::stdout().lock())
    }

    /// Runs the program: 0 where all is well, 1 where a configuration has a problem, 2 where it could not be looked at.
    pub(crate) fn main() -> ExitCode {
        match run(Arguments::parse().command) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                complain(&error);
                ExitCode::from(2)
            }
        }
    }

    /// Does what was asked for; whether nothing is wrong with the configuration.
    fn run(command: Command) -> Result<bool> {
        let house = House::open()?;
        match command {
            Command::Check { files, json } => check_files(&house, &files, json),
            Command::Notice { file, language } => print_notice(&house, &file, language.as_deref()),
            Command::Register { file } => print_register(&house, &file),
            Command::Build(arguments) => build_site(&house, &arguments),
            Command::Compile { file } => print_compiled(&house, &file),
            Command::Snippet(snippet) => print_snippet(&house, &snippet),
            Command::Evidence(arguments) => file_evidence(&house, &arguments),
            Command::Schema => print_json(&schema(&house.catalogue, &house.languages)),
        }
    }

    /// A configuration without a problem, with what it was read from.
    struct Sound {
        config: Config,
        text: String,
    }

    /// Reads a configuration; where it has problems, they are printed where errors go, and there is none.
    fn sound(house: &House, file: &Path) -> Result<Option<Sound>> {
        let text = files::read(file)?;
        let mut findings = house.check(&text);
        findings.retain(|finding| finding.level == Level::Error);
        if !findings.is_empty() {
            check::print(&mut Output(io::stderr().lock()), &file.display().to_string(), &findings)?;
            return Ok(None);
        }
        let document: Value = serde_json::from_str(without_byte_order_mark(&text))?;
        let config = Config::read(&document, &house.catalogue, &house.languages).ok();
        Ok(config.map(|config| Sound { config, text }))
    }

    fn print_notice(house: &House, file: &Path, language: Option<&str>) -> Result<bool> {
        let Some(Sound { config, .. }) = sound(house, file)? else {
            return Ok(false);
        };
        let told = notice(&config, &house.catalogue, &house.languages, language)?;
        output().write_all(told.text.as_bytes())?;
        Ok(true)
    }

    fn print_register(house: &House, file: &Path) -> Result<bool> {
        let Some(Sound { config, .. }) = sound(house, file)? else {
            return Ok(false);
        };
        print_json(&register(&config, &house.catalogue, &house.languages)?)
    }

    fn build_site(house: &House, arguments: &build::Arguments) -> Result<bool> {
        let Some(sound) = sound(house, &arguments.file)? else {
            return Ok(false);
        };
        build::run(arguments, house.source(&sound), &mut output())?;
        Ok(true)
    }

    fn print_compiled(house: &House, file: &Path) -> Result<bool> {
        let Some(Sound { config, .. }) = sound(house, file)? else {
            return Ok(false);
        };
        print_json(&compile(&config, &house.catalogue, &house.languages)?)
    }

    fn print_snippet(house: &House, snippet: &Snippet) -> Result<bool> {
        let Some(sound) = sound(house, &snippet.file)? else {
            return Ok(false);
        };
        snippet::run(snippet, house.source(&sound), &mut output())?;
        Ok(true)
    }

    fn file_evidence(house: &House, arguments: &evidence::Arguments) -> Result<bool> {
        let Some(sound) = sound(house, &arguments.file)? else {
            return Ok(false);
        };
        let notices = told(&sound.config, &house.catalogue, &house.languages)?;
        let evidence = evidence::run(arguments, house.source(&sound), &notices)?;
        writeln!(output(), "{}: {evidence}", arguments.out.display())?;
        Ok(true)
    }

    fn print_json(value: &impl Serialize) -> Result<bool> {
        let mut output = output();
        serde_json::to_writer_pretty(&mut output, value)?;
        writeln!(output)?;
        Ok(true)
    }

    /// A finding for other programs, with the file that it is in.
    #[derive(Serialize)]
    struct Entry {
        #[serde(flatten)]
        finding: Finding,
        file: String,
    }

    /// Checks and prints; whether there was no error. A file that cannot be read keeps none of the others from being
    /// looked at.
    fn check_files(house: &House, files: &[PathBuf], json: bool) -> Result<bool> {
        let (mut all, mut is_read) = (Vec::new(), true);
        for file in files {
            let text = match files::read(file) {
                Ok(text) => text,
                Err(error) => {
                    complain(&error);
                    is_read = false;
                    continue;
                }
            };
            let findings = house.check(&text);
            if !json {
                check::print(&mut output(), &file.display().to_string(), &findings)?;
            }
            all.extend(findings.into_iter().map(|finding| Entry {
                finding,
                file: file.display().to_string(),
            }));
        }
        if json {
            print_json(&all)?;
        }
        ensure!(is_read, "not every file could be read");
        Ok(all.iter().all(|entry| entry.finding.level == Level::Advice))
    }

    /// Says where errors go that something could not be done.
    fn complain(error: &anyhow::Error) {
        // Where there is nobody to hear it, the code says it.
        let _ = writeln!(io::stderr(), "kelisim: {error:#}");
    }
}
