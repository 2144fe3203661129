//! One script for one site, of the script of today. What it does stands in `kelisim::owner`; this reads arguments and
//! prints. Everything else that an owner asks for is the program `kelisim`, in `compiler/`.

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

    use anyhow::{Result, ensure};
    use clap::Parser;
    use kelisim::core::config::Config;
    use kelisim::core::value::{Value, keep};
    use kelisim::owner::check::{Finding, Level, check, configuration};
    use kelisim::owner::distribution::{Distribution, integrity};
    use kelisim::owner::files;
    use kelisim::owner::pack::pack;

    /// Makes one script with this configuration in it, and only the vendors and languages that it names.
    ///
    /// A page with it fetches neither the configuration nor anything else of Kelisim's. The tag needs no data-config; its
    /// other attributes hold. The configuration is checked first, and when it has a problem, nothing is written.
    #[derive(Parser)]
    #[command(name = "kelisim-pack", version)]
    struct Arguments {
        /// The configuration (`site.json`).
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Where the script goes, and then its tag is printed; without it the script is printed.
        #[arg(long, value_name = "SCRIPT")]
        out: Option<PathBuf>,
        /// The directory of the build, of the same version as this tool [default: dist beside this program, in the current
        /// directory or in its project].
        #[arg(long = "dist", value_name = "DIRECTORY")]
        directory: Option<PathBuf>,
    }

    /// Runs the tool: 0 where all is well, 1 where the configuration has a problem, 2 where it could not be looked at.
    pub(crate) fn main() -> ExitCode {
        match pack_script(&Arguments::parse()) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                eprintln!("kelisim-pack: {error:#}");
                ExitCode::from(2)
            }
        }
    }

    fn pack_script(arguments: &Arguments) -> Result<bool> {
        let Arguments { file, out, directory } = arguments;
        let Some((config, written)) = sound(file)? else {
            return Ok(false);
        };
        if let Some(out) = out {
            ensure!(
                !files::are_one(file, out),
                "--out {}: this is the configuration itself, which would be lost: name the script to write, kelisim.packed.js",
                out.display()
            );
        }
        let script = pack(&written, &config, &Distribution::open(directory.as_deref())?)?;
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

    /// A configuration without a problem, with what the owner wrote; otherwise the problems are printed where errors go.
    fn sound(file: &Path) -> Result<Option<(Config, serde_json::Value)>> {
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

    /// A file's name as the last part of an address, which a page can have in an attribute.
    fn address(file: &Path) -> String {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        keep(name.into_owned()).encoded().text().to_owned()
    }

    /// Problems for people, as `kelisim check` prints them; the first line of each is one that editors can follow.
    fn print(output: &mut impl Write, file: &Path, findings: &[Finding]) -> Result<()> {
        for finding in findings {
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
