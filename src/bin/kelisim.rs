//! The owner's tool on the command line. What it does stands in `kelisim::owner`; this reads arguments and prints.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    tool::main()
}

/// There is no command line in a browser.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod tool {
    use std::io::Write;
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;
    use std::time::{SystemTime, UNIX_EPOCH};

    use anyhow::{Result, ensure};
    use clap::{Parser, Subcommand};
    use kelisim::core::config::Config;
    use kelisim::core::notice::dates::Moment;
    use kelisim::core::value::{Value, keep};
    use kelisim::owner::check::{Finding, Level, check, configuration};
    use kelisim::owner::distribution::{Distribution, integrity};
    use kelisim::owner::evidence::{self, Subject};
    use kelisim::owner::files;
    use kelisim::owner::first_layer::FirstLayer;
    use kelisim::owner::notice::{Extent, notice, register};
    use kelisim::owner::pack::pack;
    use kelisim::owner::schema::schema;
    use kelisim::owner::snippet::{Base, Configuration, policy, tag};

    /// Checks what a site owner writes for Kelisim.
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
            /// The first layer alone: what a refusal is bound to that was quicker than the words of the settings.
            #[arg(long = "first-layer")]
            first_layer: bool,
        },
        /// Prints what the operator's register has of each consent, as JSON: term, third parties, cross-border transfer,
        /// public sources (Rules 179/НҚ, paragraph 9(5)).
        Register {
            /// The configuration (`site.json`).
            #[arg(value_name = "FILE")]
            file: PathBuf,
        },
        /// Makes one script with this configuration in it, and only the vendors and languages that it names.
        ///
        /// A page with it fetches neither the configuration nor anything else of Kelisim's. The tag needs no data-config;
        /// its other attributes hold. The configuration is checked first, and when it has a problem, nothing is written.
        Pack {
            /// The configuration (`site.json`).
            #[arg(value_name = "FILE")]
            file: PathBuf,
            /// Where the script goes, and then its tag is printed; without it the script is printed.
            #[arg(long, value_name = "SCRIPT")]
            out: Option<PathBuf>,
            #[command(flatten)]
            build: Build,
        },
        /// Prints the lines for the head of a page, pinned to the build by a hash, and the narrowest
        /// Content-Security-Policy under which this configuration does its work.
        Snippet(Snippet),
        /// Writes what visitors are told and shown into a folder to file: every notice with its SHA-256, the configuration,
        /// and, with a Chromium and its chromedriver, screenshots of both layers on a phone and a desktop.
        ///
        /// Nothing beyond this machine is asked. Without a browser the texts and hashes are written all the same, and the
        /// exit code is 2.
        Evidence {
            /// The configuration (`site.json`).
            #[arg(value_name = "FILE")]
            file: PathBuf,
            /// The folder; what was filed in it before stays, and is an error.
            #[arg(long, value_name = "DIRECTORY")]
            out: PathBuf,
            #[command(flatten)]
            build: Build,
        },
        /// Prints a JSON Schema of the configuration, for editors: the same as `kelisim.schema.json`.
        Schema,
    }

    /// What is printed for the pages of a site.
    #[derive(clap::Args)]
    struct Snippet {
        /// The configuration (`site.json`).
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Where `dist/` is served, and the configuration in it.
        #[arg(long, value_name = "ADDRESS", default_value = "/kelisim/")]
        base: String,
        /// Puts the configuration itself into the page instead of naming its file: visitors have one file less to wait for.
        /// Print it anew after a change of the configuration.
        #[arg(long)]
        inline: bool,
        /// Also prints the first layer for a server that renders it: its styles, its markup, hidden, and the inline script
        /// that shows it at first paint, with the hashes of both in the policy.
        #[arg(long)]
        first_layer: bool,
        /// The language of the first layer [default: the first of the configuration].
        #[arg(long = "lang", value_name = "LANGUAGE", requires = "first_layer")]
        language: Option<String>,
        #[command(flatten)]
        build: Build,
    }

    /// The build that a command takes its files from.
    #[derive(clap::Args)]
    struct Build {
        /// The directory of the build, of the same version as this tool [default: dist beside this program, in the current
        /// directory or in its project].
        #[arg(long = "dist", value_name = "DIRECTORY")]
        directory: Option<PathBuf>,
    }

    impl Build {
        fn open(&self) -> Result<Distribution> {
            Distribution::open(self.directory.as_deref())
        }
    }

    /// Runs the tool: 0 where all is well, 1 where a configuration has a problem, 2 where it could not be looked at.
    pub(crate) fn main() -> ExitCode {
        let done = match Arguments::parse().command {
            Command::Check { files, json } => check_files(&files, json),
            Command::Notice {
                file,
                language,
                first_layer,
            } => {
                let extent = if first_layer { Extent::FirstLayer } else { Extent::Whole };
                print_notice(&file, language.as_deref(), extent)
            }
            Command::Register { file } => print_register(&file),
            Command::Pack { file, out, build } => pack_script(&file, out.as_deref(), &build),
            Command::Snippet(snippet) => print_snippet(&snippet),
            Command::Evidence { file, out, build } => file_evidence(&file, &out, &build),
            Command::Schema => print_schema(),
        };
        match done {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                complain(&error);
                ExitCode::from(2)
            }
        }
    }

    /// A configuration without a problem; otherwise the problems are printed where errors go.
    fn sound(file: &Path) -> Result<Option<Config>> {
        Ok(sound_and_written(file)?.map(|(config, _)| config))
    }

    /// The same, with what the owner wrote.
    fn sound_and_written(file: &Path) -> Result<Option<(Config, serde_json::Value)>> {
        let text = files::read(file)?;
        let mut findings = check(&text)?;
        findings.retain(|finding| finding.level == Level::Error);
        if findings.is_empty() {
            let document: serde_json::Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
            let config = configuration(Value::from(document.clone()).keep())?.ok();
            return Ok(config.map(|config| (config, document)));
        }
        print(&mut std::io::stderr().lock(), file, &findings)?;
        Ok(None)
    }

    fn print_notice(file: &Path, language: Option<&str>, extent: Extent) -> Result<bool> {
        let Some(config) = sound(file)? else { return Ok(false) };
        std::io::stdout()
            .lock()
            .write_all(notice(&config, language, extent)?.as_bytes())?;
        Ok(true)
    }

    fn print_register(file: &Path) -> Result<bool> {
        let Some(config) = sound(file)? else { return Ok(false) };
        let mut output = std::io::stdout().lock();
        serde_json::to_writer_pretty(&mut output, &register(&config)?)?;
        writeln!(output)?;
        Ok(true)
    }

    fn pack_script(file: &Path, out: Option<&Path>, build: &Build) -> Result<bool> {
        let Some((config, written)) = sound_and_written(file)? else {
            return Ok(false);
        };
        if let Some(out) = out {
            ensure!(
                !files::are_one(file, out),
                "--out {}: this is the configuration itself, which would be lost: name the script to write, kelisim.packed.js",
                out.display()
            );
        }
        let script = pack(&written, &config, &build.open()?)?;
        let mut output = std::io::stdout().lock();
        let Some(out) = out else {
            output.write_all(script.as_bytes())?;
            return Ok(true);
        };
        files::write(out, script.as_bytes())?;
        let name = address(out);
        let integrity = integrity(script.as_bytes());
        writeln!(
            output,
            "<script async src=\"/{name}\" integrity=\"{integrity}\"></script>"
        )?;
        Ok(true)
    }

    fn print_snippet(snippet: &Snippet) -> Result<bool> {
        let base = Base::new(&snippet.base)?;
        let Some((config, written)) = sound_and_written(&snippet.file)? else {
            return Ok(false);
        };
        let name = address(&snippet.file);
        let distribution = snippet.build.open()?;
        let configuration = if snippet.inline {
            Configuration::Inline(&written)
        } else {
            Configuration::File(&name)
        };
        let tag = tag(configuration, &base, &distribution)?;
        let first_layer = if snippet.first_layer {
            Some(FirstLayer::new(&config, snippet.language.as_deref(), &distribution)?)
        } else {
            None
        };
        let policy = policy(&config, &base, first_layer.as_ref());
        let mut output = std::io::stdout().lock();
        writeln!(output, "In <head>:\n")?;
        if let Some(first_layer) = &first_layer {
            writeln!(output, "<style>{}</style>", first_layer.style)?;
        }
        writeln!(output, "{tag}")?;
        if let Some(first_layer) = &first_layer {
            let FirstLayer {
                markup,
                script,
                signals,
                ..
            } = first_layer;
            let (script_hash, style_hash) = first_layer.sources();
            writeln!(
                output,
                "First in <body>:\n\n{markup}<script data-signals=\"{signals}\">{script}</script>\n\n\
                 Its hashes, which the policy has too: {script_hash} for the script, {style_hash} for the style.\n"
            )?;
        }
        writeln!(
            output,
            "As a response header of every page, with what the page itself needs added to it:\n\n\
             Content-Security-Policy: {policy}"
        )?;
        Ok(true)
    }

    /// A file's name as the last part of an address, which a page can have in an attribute.
    fn address(file: &Path) -> String {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        keep(name.into_owned()).encoded().text().to_owned()
    }

    fn file_evidence(file: &Path, out: &Path, build: &Build) -> Result<bool> {
        let Some(config) = sound(file)? else { return Ok(false) };
        let text = files::read(file)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        let subject = Subject {
            config: &config,
            text: &text,
            at: Moment::try_from(now)?,
        };
        let evidence = evidence::file(subject, &build.open()?, out)?;
        writeln!(std::io::stdout().lock(), "{}: {evidence}", out.display())?;
        Ok(true)
    }

    fn print_schema() -> Result<bool> {
        let mut output = std::io::stdout().lock();
        serde_json::to_writer_pretty(&mut output, &schema()?)?;
        writeln!(output)?;
        Ok(true)
    }

    /// Checks and prints; whether there was no error. A file that cannot be read keeps none of the others from being
    /// looked at.
    fn check_files(files: &[PathBuf], json: bool) -> Result<bool> {
        let mut output = std::io::stdout().lock();
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
            let findings = check(&text)?;
            if !json {
                print(&mut output, file, &findings)?;
            }
            all.extend(findings.into_iter().map(|finding| (file.as_path(), finding)));
        }
        if json {
            let list: Vec<serde_json::Value> = all
                .iter()
                .map(|(file, finding)| entry(file, finding))
                .collect::<Result<_>>()?;
            serde_json::to_writer_pretty(&mut output, &list)?;
            writeln!(output)?;
        }
        ensure!(is_read, "not every file could be read");
        Ok(all.iter().all(|(_, finding)| finding.level == Level::Advice))
    }

    /// Says where errors go that something could not be done.
    fn complain(error: &anyhow::Error) {
        eprintln!("kelisim: {error:#}");
    }

    /// One finding for other programs, with the file that it is in.
    fn entry(file: &Path, finding: &Finding) -> Result<serde_json::Value> {
        let mut entry = serde_json::to_value(finding)?;
        if let serde_json::Value::Object(members) = &mut entry {
            let file = serde_json::Value::from(file.display().to_string());
            members.insert(String::from("file"), file);
        }
        Ok(entry)
    }

    /// The findings of one file for people, errors first; the first line of each is one that editors can follow.
    fn print(output: &mut impl Write, file: &Path, findings: &[Finding]) -> Result<()> {
        let mut level = Level::Error;
        if findings.iter().all(|finding| finding.level == Level::Advice) {
            writeln!(output, "{}: nothing wrong", file.display())?;
        }
        for finding in findings {
            if finding.level != level {
                level = finding.level;
                writeln!(output, "Advice:")?;
            }
            let Finding {
                path,
                code,
                line,
                column,
                ..
            } = finding;
            let separator = if path.is_empty() { "" } else { ": " };
            writeln!(output, "{}:{line}:{column}: {path}{separator}{code}", file.display())?;
            writeln!(output, "    {}", finding.problem)?;
            writeln!(output, "    {}", finding.mend)?;
        }
        Ok(())
    }
}
