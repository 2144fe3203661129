//! `kelisim snippet`: what an owner puts into the head of a page and into its Content-Security-Policy.
//!
//! It must not write any file, and prints nothing for a configuration with a problem.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

pub use super::base::Base;
use super::content_security_policy::content_security_policy;
use super::distribution::{Build, Distribution, integrity};
use super::first_layer::{self, FirstLayer};
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::description::descriptions;

/// What `kelisim snippet` is told.
#[derive(clap::Args, Clone, Debug)]
pub struct Snippet {
    /// The configuration (`site.json`).
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where `dist/` is served, and the configuration in it.
    #[arg(long, value_name = "ADDRESS", default_value = "/kelisim/")]
    pub base: Base,
    /// Puts the configuration itself into the page instead of naming its file: visitors have one file less to wait for.
    /// Print it anew after a change of the configuration.
    #[arg(long)]
    pub inline: bool,
    /// Also prints the first layer for a server that renders it: its styles, its markup, hidden, and the inline script
    /// that shows it at first paint, with the hashes of both in the policy.
    #[arg(long)]
    pub first_layer: bool,
    /// The language of the first layer [default: the first of the configuration].
    #[arg(long = "lang", value_name = "LANGUAGE", requires = "first_layer")]
    pub language: Option<String>,
    /// Where the script comes from.
    #[command(flatten)]
    pub build: Build,
}

/// Does what `kelisim snippet` was told: prints the lines for a page of a sound configuration, which was read from
/// `written`, and the policy that goes with them.
///
/// # Errors
///
/// When there is no build, or a file of it is missing or damaged; when there is no first layer in the language.
pub fn run(
    arguments: &Snippet,
    written: &Value,
    config: &Config,
    catalogue: &Catalogue,
    output: &mut impl Write,
) -> Result<()> {
    let distribution = arguments.build.open()?;
    let name = address(&arguments.file);
    let configuration = if arguments.inline {
        Configuration::Inline(written)
    } else {
        Configuration::File(&name)
    };
    let tag = tag(configuration, &arguments.base, &distribution)?;
    let language = arguments.language.as_deref();
    let first_layer = arguments
        .first_layer
        .then(|| first_layer::draw(written, language, distribution.directory()));
    let first_layer = first_layer.transpose()?;
    let services = descriptions(config, catalogue);
    let policy = content_security_policy(&services, &arguments.base, first_layer.as_ref())?;
    print(&tag, first_layer.as_ref(), &policy, output)
}

fn print(tag: &str, first_layer: Option<&FirstLayer>, policy: &str, output: &mut impl Write) -> Result<()> {
    writeln!(output, "In <head>:\n")?;
    if let Some(FirstLayer { style, .. }) = first_layer {
        writeln!(output, "<style>{style}</style>")?;
    }
    writeln!(output, "{tag}")?;
    if let Some(first_layer) = first_layer {
        print_body(first_layer, output)?;
    }
    writeln!(
        output,
        "As a response header of every page, with what the page itself needs added to it:\n\n\
         Content-Security-Policy: {policy}"
    )?;
    Ok(())
}

fn print_body(first_layer: &FirstLayer, output: &mut impl Write) -> Result<()> {
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
    Ok(())
}

/// Where a page has its configuration.
#[derive(Clone, Copy, Debug)]
pub enum Configuration<'a> {
    /// In a file of this name, beside the script.
    File(&'a str),
    /// In the page itself, as it was written: a visitor has one file less to wait for.
    Inline(&'a Value),
}

/// The id under which a page has its configuration.
const INLINE: &str = "kelisim-site";

/// The lines for the head of a page, with what pins the script to this build.
///
/// # Errors
///
/// When the script of the build is missing or damaged.
pub fn tag(configuration: Configuration<'_>, base: &Base, distribution: &Distribution) -> Result<String> {
    let (address, origin) = (base.address(), base.origin());
    let integrity = integrity(&distribution.read("kelisim.js")?);
    // A script of another origin is only held against its hash when it is fetched by the rules of CORS.
    let crossorigin = if origin.is_some() { " crossorigin" } else { "" };
    let (before, source) = match configuration {
        Configuration::File(name) => (
            format!("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{address}{name}\">"),
            format!("{address}{name}"),
        ),
        Configuration::Inline(written) => (
            format!(
                "<script type=\"application/json\" id=\"{INLINE}\">{}</script>",
                data_block(written)
            ),
            format!("#{INLINE}"),
        ),
    };
    Ok(format!(
        "{before}\n<script async src=\"{address}kelisim.js\" integrity=\"{integrity}\"{crossorigin} data-config=\"{source}\"></script>\n"
    ))
}

/// A configuration as a page may have it, without what only editors read. No words of its owner's can end the element or
/// begin a comment in it.
fn data_block(written: &Value) -> String {
    let mut written = written.clone();
    if let Some(members) = written.as_object_mut() {
        members.retain(|key, _| !key.starts_with('$'));
    }
    written.to_string().replace('<', "\\u003c")
}

/// What stands as it is in a part of an address (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A file's name as the last part of an address, which a page can have in an attribute.
fn address(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    utf8_percent_encode(&name, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::address;

    #[test]
    fn a_name_that_a_page_cannot_have_is_encoded() {
        for (file, encoded) in [
            ("www/site.json", "site.json"),
            ("my site.json", "my%20site.json"),
            ("a \"b\" #1.json", "a%20%22b%22%20%231.json"),
        ] {
            assert_eq!(address(Path::new(file)), encoded);
        }
    }
}
