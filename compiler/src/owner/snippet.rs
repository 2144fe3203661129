//! `kelisim snippet`: what an owner puts into a page and into its Content-Security-Policy, for a site as `kelisim build`
//! makes it.
//!
//! It must not write any file, and prints nothing for a configuration with a problem.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use serde::Serialize;

use super::base::Base;
use super::build::{Shape, Source, make};
use super::content_security_policy::content_security_policy;
use super::distribution::Build;
use super::first_layer::FirstLayer;
use crate::bundle::Bundle;
use crate::description::descriptions;

/// What `kelisim snippet` is told.
#[derive(clap::Args, Clone, Debug)]
pub struct Snippet {
    /// The configuration (`site.json`).
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// As `kelisim build` was told.
    #[command(flatten)]
    pub shape: Shape,
    /// Also prints the first layer for a server that renders it: its styles, its markup, hidden, and the inline script
    /// that shows it at first paint, with the hashes of both in the policy. Print it anew after every build: a layer with
    /// other words than the script has is replaced.
    #[arg(long)]
    pub first_layer: bool,
    /// The language of the first layer [default: the first of the configuration].
    #[arg(long = "lang", value_name = "LANGUAGE", requires = "first_layer")]
    pub language: Option<String>,
    /// Prints a JSON object, for other programs.
    #[arg(long)]
    pub json: bool,
    /// Where the runtime comes from.
    #[command(flatten)]
    pub build: Build,
}

/// Does what `kelisim snippet` was told: prints the lines for a page, and the policy that goes with them.
///
/// # Errors
///
/// When there is no build, or a file of it is missing or damaged; when there is no first layer in the language.
pub fn run(arguments: &Snippet, source: Source<'_>, output: &mut impl Write) -> Result<()> {
    let distribution = arguments.build.open()?;
    let language = arguments.language.as_deref();
    let first_layer = arguments
        .first_layer
        .then(|| FirstLayer::new(source, language, &distribution));
    let first_layer = first_layer.transpose()?;
    let Shape { base, .. } = &arguments.shape;
    let bundle = make(source, arguments.shape.options(), &distribution)?;
    let lines = Lines::new(&bundle, base, source, first_layer.as_ref())?;
    if arguments.json {
        serde_json::to_writer_pretty(&mut *output, &lines.told())?;
        writeln!(output)?;
        return Ok(());
    }
    lines.print(output)
}

/// The same for other programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    /// What stands in the head of a page.
    head: String,
    /// What stands first in its body, where a server renders the first layer.
    body: Option<String>,
    /// The response header of every page.
    content_security_policy: &'a str,
    /// The response header `Access-Control-Allow-Origin` of every file, where they lie on another origin.
    access_control_allow_origin: Option<&'static str>,
    /// What is added to `script-src` where the content of the script stands in the page itself.
    inline_source: Option<&'a str>,
}

/// What an owner is told about a site that was built.
pub(super) struct Lines<'a> {
    bundle: &'a Bundle,
    base: &'a Base,
    first_layer: Option<&'a FirstLayer>,
    policy: String,
}

impl<'a> Lines<'a> {
    /// The lines for a bundle, with a first layer that the owner's server renders or without.
    pub(super) fn new(
        bundle: &'a Bundle,
        base: &'a Base,
        source: Source<'_>,
        first_layer: Option<&'a FirstLayer>,
    ) -> Result<Lines<'a>> {
        let services = descriptions(source.config, source.catalogue);
        Ok(Lines {
            bundle,
            base,
            first_layer,
            policy: content_security_policy(&services, base, first_layer)?,
        })
    }

    fn told(&self) -> Told<'_> {
        let styles = self.first_layer.map(FirstLayer::style_element).into_iter();
        Told {
            head: styles
                .chain([self.bundle.tag.clone()])
                .collect::<Vec<String>>()
                .join("\n"),
            body: self
                .first_layer
                .map(|FirstLayer { root, tag, .. }| format!("{root}{tag}")),
            content_security_policy: &self.policy,
            access_control_allow_origin: self.base.origin().map(|_| "*"),
            inline_source: self.bundle.inline_source.as_deref(),
        }
    }

    pub(super) fn print(&self, output: &mut impl Write) -> Result<()> {
        self.print_head(output)?;
        self.print_body(output)?;
        self.print_headers(output)?;
        self.print_inline(output)
    }

    fn print_head(&self, output: &mut impl Write) -> Result<()> {
        writeln!(output, "In <head>:\n")?;
        if let Some(first_layer) = self.first_layer {
            writeln!(output, "{}", first_layer.style_element())?;
        }
        writeln!(output, "{}\n", self.bundle.tag)?;
        Ok(())
    }

    fn print_body(&self, output: &mut impl Write) -> Result<()> {
        let Some(first_layer) = self.first_layer else {
            return Ok(());
        };
        let FirstLayer { root, tag, .. } = first_layer;
        let (script, style) = first_layer.sources();
        writeln!(
            output,
            "First in <body>:\n\n{root}{tag}\n\n\
             Its hashes, which the policy has too: {script} for the script, {style} for the style.\n"
        )?;
        Ok(())
    }

    fn print_headers(&self, output: &mut impl Write) -> Result<()> {
        if let Some(origin) = self.base.origin() {
            writeln!(
                output,
                "As a response header of every file at {origin}, or a browser takes none of them:\n\n\
                 Access-Control-Allow-Origin: *\n"
            )?;
        }
        writeln!(
            output,
            "As a response header of every page, with what the page itself needs added to it:\n\n\
             Content-Security-Policy: {}",
            self.policy
        )?;
        Ok(())
    }

    fn print_inline(&self, output: &mut impl Write) -> Result<()> {
        let Bundle {
            inline_source,
            script_name,
            ..
        } = self.bundle;
        if let Some(source) = inline_source {
            writeln!(
                output,
                "\nThe content of {script_name} may also stand in the page itself, between <script> and </script>. Then add \
                 this to script-src:\n\n{source}"
            )?;
        }
        Ok(())
    }
}
