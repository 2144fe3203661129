//! `kelisim build`: writes what a site serves, and says how a page gets it.
//!
//! It must not write anything that is not complete, and removes nothing: a page that is open, or a script that a browser
//! kept, still finds the files of its own build.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::base::Base;
use super::disk;
use super::distribution::{Build, Distribution};
use super::files;
use super::snippet::Lines;
use super::weight::Weight;
use crate::bundle::{Bundle, File, Options, Runtime, bundle};
use crate::catalogue::Catalogue;
use crate::compile;
use crate::config::Config;
use crate::config::appearance::Appearance;
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
    /// What it comes to a page as.
    #[command(flatten)]
    pub shape: Shape,
    /// Also writes `kelisim.site.js`, the compiled site as an ES module for bundlers, and its type.
    #[arg(long)]
    pub module: bool,
    /// Prints nothing where all is well, and weighs nothing, which takes seconds.
    #[arg(long)]
    pub quiet: bool,
    /// Where the runtime comes from.
    #[command(flatten)]
    pub build: Build,
}

/// What a page sees of how a site is built: its tag depends on it.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Shape {
    /// Where what was built is served.
    #[arg(long, value_name = "ADDRESS", default_value = "/kelisim/")]
    pub base: Base,
    /// Names the script by its content and pins the tag to it, for a site that prints the tag anew with every build.
    #[arg(long)]
    pub pin: bool,
    /// Puts everything into the script, for a CMS with room for one file or one block of HTML.
    #[arg(long)]
    pub single_file: bool,
}

/// What a site is made of: a sound configuration, the text that it was read from, and what the house knows.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The configuration, without a problem.
    pub config: &'a Config,
    /// The text of its file.
    pub text: &'a str,
    /// The vendors.
    pub catalogue: &'a Catalogue,
    /// The languages.
    pub languages: &'a Languages,
}

/// Where the runtime's files lie in `dist/`.
pub(super) const RUNTIME: &str = "runtime";

/// Does what `kelisim build` was told.
///
/// # Errors
///
/// When there is no build of Kelisim or a file of it is missing or damaged; when a file cannot be written. Then the site
/// is served as it was before.
pub fn run(arguments: &Arguments, source: Source<'_>, output: &mut impl Write) -> Result<()> {
    let Arguments { out, shape, .. } = arguments;
    let distribution = arguments.build.open()?;
    refuse_its_own_directory(out, &distribution)?;
    let options = Options {
        module: arguments.module,
        ..shape.options()
    };
    let bundle = make(source, options, &distribution)?;
    write(&bundle, out)?;
    if arguments.quiet {
        return Ok(());
    }
    print_weights(&bundle, out, output)?;
    writeln!(output)?;
    Lines::new(&bundle, &shape.base, source, None)?.print(output)
}

impl Shape {
    /// As the bundle wants it.
    pub(super) fn options(&self) -> Options {
        Options {
            base: self.base.clone(),
            pin: self.pin,
            single_file: self.single_file,
            ..Options::default()
        }
    }
}

/// What `kelisim build` would write. What a page needs to look at itself comes beside it, where its owner wants that.
///
/// # Errors
///
/// When a file of the build is missing or damaged.
pub fn make(source: Source<'_>, mut options: Options, distribution: &Distribution) -> Result<Bundle> {
    let runtime = runtime(distribution, &source.config.appearance)?;
    if source.config.audit {
        options.beside.extend(for_audits(source.text, distribution)?);
    }
    let compiled = compile(source.config, source.catalogue, source.languages)?;
    Ok(bundle(&compiled, &runtime, &options)?)
}

/// The runtime of a build, with the styles of one look.
///
/// # Errors
///
/// When one of its files is missing or damaged.
pub fn runtime(distribution: &Distribution, appearance: &Appearance) -> Result<Runtime> {
    let text = |name: &str| distribution.read_text(&format!("{RUNTIME}/{name}"));
    Ok(Runtime {
        script: text("kelisim.js")?,
        bindings: text("bindings.js")?,
        module: distribution.read("kelisim.wasm")?,
        first_layer_styles: first_layer_styles(distribution, appearance)?,
        settings_styles: text("settings.css")?,
    })
}

/// The styles of the first layer in one look: a page reads no rule of another. The theme comes first, because the visitor's own
/// colours stand above it.
///
/// # Errors
///
/// When a file of them is missing or damaged.
pub(super) fn first_layer_styles(distribution: &Distribution, look: &Appearance) -> Result<String> {
    let sheets = [
        &format!("themes/{}", look.theme.unwrap_or_default().as_str()),
        "first-layer",
        &format!("layouts/{}", look.layout.unwrap_or_default().as_str()),
        &format!("reopen/{}", look.reopen.unwrap_or_default().as_str()),
    ];
    let read = |name: &&str| distribution.read_text(&format!("{RUNTIME}/{name}.css"));
    sheets
        .iter()
        .map(|name| Ok(read(name)?.trim_end().to_owned()))
        .collect()
}

/// Brings a bundle into a directory, which is made where there is none. What is there already in the same bytes is left
/// alone, so a server's dates and tags of it stay.
///
/// # Errors
///
/// When something cannot be written. Then the files that were there are as they were.
pub fn write(bundle: &Bundle, directory: &Path) -> Result<()> {
    disk::create_dir_all(directory).with_context(|| format!("could not make the directory {}", directory.display()))?;
    let placed = bundle.files.iter().map(|file| (directory.join(&file.name), file));
    let changed: Vec<(PathBuf, &[u8])> = placed
        .filter(|(path, file)| disk::read(path).ok().as_ref() != Some(&file.content))
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

/// The files with which a page looks at itself.
fn for_audits(text: &str, distribution: &Distribution) -> Result<Vec<File>> {
    let mut beside = vec![File {
        name: "site.json".to_owned(),
        content: text.as_bytes().to_vec(),
    }];
    for name in ["kelisim-audit.js", "kelisim-compiler.js", "kelisim-compiler.wasm"] {
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
