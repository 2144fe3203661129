//! `kelisim build`: writes what a site serves, and says how a page gets it.
//!
//! It must not write anything that is not complete, and removes nothing: a page that is open, or a script that a browser
//! kept, still finds the files of its own build.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::content_security_policy::content_security_policy;
use super::distribution::{Build, Distribution};
use super::files;
use super::snippet::Base;
use super::weight::Weight;
use crate::bundle::{Bundle, File, Options, Runtime, bundle};
use crate::catalogue::Catalogue;
use crate::compile;
use crate::config::Config;
use crate::description::descriptions;
use crate::languages::Languages;

/// What `kelisim build` is told.
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
    /// The configuration (`site.json`).
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The directory to write to; files of earlier builds stay in it.
    #[arg(long, value_name = "DIRECTORY")]
    pub out: PathBuf,
    /// Where that directory is served.
    #[arg(long, value_name = "ADDRESS", default_value = "/kelisim/")]
    pub base: Base,
    /// Names the script by its content and pins the tag to it, for a site that prints the tag anew with every build.
    #[arg(long)]
    pub pin: bool,
    /// Puts everything into the script, for a CMS with room for one file or one block of HTML.
    #[arg(long)]
    pub single_file: bool,
    /// Also writes `kelisim.site.js`, the compiled site as an ES module for bundlers.
    #[arg(long)]
    pub module: bool,
    /// Where the runtime comes from.
    #[command(flatten)]
    pub build: Build,
}

/// Where the runtime's files lie in `dist/`.
const RUNTIME: &str = "runtime";

/// Does what `kelisim build` was told with a sound configuration, which was read from `text`.
///
/// # Errors
///
/// When there is no build of Kelisim or a file of it is missing or damaged; when a file cannot be written. Then the site
/// is served as it was before.
pub fn run(
    arguments: &Arguments,
    config: &Config,
    text: &str,
    catalogue: &Catalogue,
    languages: &Languages,
    output: &mut impl Write,
) -> Result<()> {
    let bundle = make(arguments, config, text, catalogue, languages)?;
    write(&bundle, &arguments.out)?;
    print_weights(&bundle, &arguments.out, output)?;
    let policy = content_security_policy(&descriptions(config, catalogue), &arguments.base, None)?;
    print_lines(&bundle, &arguments.base, &policy, output)
}

/// What `kelisim build` would write of a sound configuration, which was read from `text`.
///
/// # Errors
///
/// When there is no build of Kelisim or a file of it is missing or damaged, or where it lies is where to write.
pub fn make(
    arguments: &Arguments,
    config: &Config,
    text: &str,
    catalogue: &Catalogue,
    languages: &Languages,
) -> Result<Bundle> {
    let distribution = Distribution::open_any(arguments.build.directory.as_deref())?;
    refuse_its_own_directory(&arguments.out, &distribution)?;
    let runtime = runtime(&distribution)?;
    let options = options(arguments, config, text, &distribution)?;
    let compiled = compile(config, catalogue, languages)?;
    Ok(bundle(&compiled, &runtime, &options)?)
}

/// The runtime of a build.
///
/// # Errors
///
/// When one of its files is missing or damaged.
pub fn runtime(distribution: &Distribution) -> Result<Runtime> {
    Ok(Runtime {
        script: runtime_text(distribution, "kelisim.js")?,
        module: distribution.read(&format!("{RUNTIME}/kelisim.wasm"))?,
        first_layer_styles: runtime_text(distribution, "first-layer.css")?,
        settings_styles: runtime_text(distribution, "settings.css")?,
    })
}

fn runtime_text(distribution: &Distribution, name: &str) -> Result<String> {
    let name = format!("{RUNTIME}/{name}");
    String::from_utf8(distribution.read(&name)?).with_context(|| format!("{name} is not UTF-8"))
}

/// Brings a bundle into a directory, which is made where there is none. What is there already in the same bytes is left
/// alone, so a server's dates and tags of it stay.
///
/// # Errors
///
/// When something cannot be written. Then the files that were there are as they were.
pub fn write(bundle: &Bundle, directory: &Path) -> Result<()> {
    std::fs::create_dir_all(directory)
        .with_context(|| format!("could not make the directory {}", directory.display()))?;
    let placed = bundle.files.iter().map(|file| (directory.join(&file.name), file));
    let changed: Vec<(PathBuf, &[u8])> = placed
        .filter(|(path, file)| std::fs::read(path).ok().as_ref() != Some(&file.content))
        .map(|(path, file)| (path, file.content.as_slice()))
        .collect();
    files::write_together(&changed)
}

/// `dist/` has a `kelisim.js` of its own, which serves every site.
fn refuse_its_own_directory(out: &Path, distribution: &Distribution) -> Result<()> {
    let own = distribution.directory();
    if files::are_one(out, own) || files::are_one(out, &own.join(RUNTIME)) {
        bail!(
            "{} is what sites are built from: name another directory with --out",
            out.display()
        );
    }
    Ok(())
}

fn options(arguments: &Arguments, config: &Config, text: &str, distribution: &Distribution) -> Result<Options> {
    let beside = if config.audit {
        for_audits(text, distribution)?
    } else {
        Vec::new()
    };
    Ok(Options {
        base: arguments.base.clone(),
        pin: arguments.pin,
        single_file: arguments.single_file,
        module: arguments.module,
        beside,
    })
}

/// The files with which a page looks at itself.
fn for_audits(text: &str, distribution: &Distribution) -> Result<Vec<File>> {
    let mut beside = vec![File {
        name: "site.json".to_owned(),
        content: text.as_bytes().to_vec(),
    }];
    for name in ["kelisim-compiler.js", "kelisim-compiler.wasm"] {
        beside.push(File {
            name: name.to_owned(),
            content: distribution.read(name)?,
        });
    }
    Ok(beside)
}

fn print_weights(bundle: &Bundle, directory: &Path, output: &mut impl Write) -> Result<()> {
    let title = directory.display().to_string();
    writeln!(output, "{title:<40}{:>10}{:>10}{:>10}", "raw", "gzip", "brotli")?;
    for File { name, content } in &bundle.files {
        let Weight { raw, gzip, brotli } = Weight::of(content)?;
        writeln!(output, "{name:<40}{raw:>10}{gzip:>10}{brotli:>10}")?;
    }
    Ok(())
}

fn print_lines(bundle: &Bundle, base: &Base, policy: &str, output: &mut impl Write) -> Result<()> {
    writeln!(output, "\nIn <head>:\n\n{}\n", bundle.tag)?;
    if let Some(origin) = base.origin() {
        writeln!(
            output,
            "As a response header of every file at {origin}, or a browser takes none of them:\n\n\
             Access-Control-Allow-Origin: *\n"
        )?;
    }
    writeln!(
        output,
        "As a response header of every page, with what the page itself needs added to it:\n\n\
         Content-Security-Policy: {policy}"
    )?;
    if let Some(source) = &bundle.inline_source {
        writeln!(
            output,
            "\nThe content of {} may also stand in the page itself, between <script> and </script>. Then add this to \
             script-src:\n\n{source}",
            bundle.script_name
        )?;
    }
    Ok(())
}
