//! Makes one static site of what there is to read, to see and to take: the documents as three books ([`book`]), the demo
//! ([`demo`]), the configurator, the packages ([`download`]). It works from any folder of any server, fetches nothing of
//! another origin, and every link in it leads somewhere ([`links`]); what the documents link to is checked before, where
//! they lie ([`documents`]).
//!
//! It must not take anything away: a folder that holds something is written to only where it is the site's own.

mod address;
mod book;
mod demo;
mod documents;
mod download;
mod folder;
mod links;
mod words;

use crate::{build, configurator, package, project, setup};
use anyhow::{Context, Result, bail};
use book::Beside;
use documents::Documents;
use std::path::{Path, PathBuf};

/// Where the configurator is looked for when it has been built.
const CONFIGURATOR: &str = "configurator";

/// Where to make the site, and of what.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Folder to make it in, empty or not there yet; by default target/site, which is made anew
    #[arg(long)]
    out: Option<PathBuf>,
    /// Take dist/ and packages/ as they are
    #[arg(long)]
    as_built: bool,
}

/// Builds, packs, makes the site and checks it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let documents = Documents::of_the_project();
    fail_with(&documents.problems()?, "the documents")?;
    if !options.as_built {
        let toolchain = setup::for_building()?;
        build::build(&toolchain)?;
        package::pack(&toolchain)?;
        configurator::build(&toolchain)?;
    }
    let mdbook = setup::mdbook()?;
    let site = options.out.clone().unwrap_or_else(default_folder);
    clear(&site)?;

    let packages = download::packages()?;
    let configurator = built_configurator();
    let beside = Beside {
        configurator: configurator.is_some(),
        download: download::page(&packages)?,
    };
    book::make(&documents, &beside, &mdbook, &site)?;
    println!("site   demo         five sites in folders");
    demo::make(&site.join("demo"))?;
    download::copy(&packages, &site.join("download"))?;
    if let Some(built) = configurator {
        println!("site   configurator");
        folder::copy(&built, &site.join(CONFIGURATOR))?;
    }
    println!("site   links");
    fail_with(&links::problems(&site)?, "the site")?;
    println!("{}", site.join("index.html").display());
    Ok(())
}

fn default_folder() -> PathBuf {
    project::path("target/site")
}

/// The folder of the configurator, where it has been built. This is the one place that knows of it.
fn built_configurator() -> Option<PathBuf> {
    let built = project::work().join(CONFIGURATOR);
    built.join("index.html").is_file().then_some(built)
}

/// Empties the default folder. Of any other nothing is taken away.
fn clear(site: &Path) -> Result<()> {
    let is_empty = std::fs::read_dir(site).map_or(true, |mut entries| entries.next().is_none());
    if is_empty {
        return Ok(());
    }
    if site != default_folder() {
        bail!("{} is not empty. Name another folder, or empty it", site.display());
    }
    std::fs::remove_dir_all(site).with_context(|| format!("could not clear {}", site.display()))
}

fn fail_with(problems: &[String], whose: &str) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    bail!("something is wrong with {whose}:\n{}", problems.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::clear;
    use std::fs;

    #[test]
    fn a_folder_that_holds_something_stays_as_it_is() {
        let folder = std::env::temp_dir().join(format!("kelisim-site-{}-clear", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert!(clear(&folder).is_ok());
        fs::write(folder.join("letter.txt"), "mine").unwrap();
        let refusal = clear(&folder).unwrap_err().to_string();
        assert!(
            refusal.ends_with("is not empty. Name another folder, or empty it"),
            "{refusal}"
        );
        assert_eq!(fs::read_to_string(folder.join("letter.txt")).unwrap(), "mine");
        fs::remove_dir_all(folder).unwrap();
    }
}
