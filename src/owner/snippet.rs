//! `kelisim snippet`: what an owner puts into the head of a page and into its Content-Security-Policy.

use std::fmt::Write as _;

use anyhow::{Result, bail};

use super::distribution::{Distribution, integrity};
use super::first_layer::FirstLayer;
use super::pack::without_notes;
use crate::core::audit::own_host;
use crate::core::config::Config;
use crate::core::value::Value;

/// Where an owner serves what the build made.
#[derive(Debug)]
pub struct Base {
    /// With a slash at its end.
    address: String,
    /// The origin, when it is not the page's own.
    origin: Option<String>,
}

impl Base {
    /// A path of the site, `/kelisim/`, or an address elsewhere, `https://static.example.kz/kelisim/`.
    ///
    /// # Errors
    ///
    /// When it is neither.
    pub fn new(written: &str) -> Result<Base> {
        let elsewhere = written.strip_prefix("https://");
        let is_path = written.starts_with('/') && !written.starts_with("//");
        let is_plain = written
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "/:.-_~%".contains(character));
        if !is_plain || !is_path && elsewhere.is_none_or(|rest| rest.starts_with('/') || rest.is_empty()) {
            bail!(
                "--base {written}: write a path of your site, /kelisim/, or a whole address, https://static.example.kz/kelisim/"
            );
        }
        Ok(Base {
            address: format!("{}/", written.trim_end_matches('/')),
            origin: elsewhere.and_then(|_| origin(written)),
        })
    }
}

/// Where a page has its configuration.
#[derive(Clone, Copy, Debug)]
pub enum Configuration<'a> {
    /// In a file of this name, beside the script.
    File(&'a str),
    /// In the page itself, as it was written: a visitor has one file less to wait for.
    Inline(&'a serde_json::Value),
}

/// The id under which a page has its configuration.
const INLINE: &str = "kelisim-site";

/// The lines for the head of a page, with what pins the script to this build.
///
/// # Errors
///
/// When the script of the build is missing or damaged.
pub fn tag(configuration: Configuration, base: &Base, distribution: &Distribution) -> Result<String> {
    let Base { address, origin } = base;
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

/// A configuration as a page may have it. No words of its owner's can end the element or begin a comment in it.
fn data_block(written: &serde_json::Value) -> String {
    without_notes(written).to_string().replace('<', "\\u003c")
}

/// The sources of one directive, each once, in the order of the configuration.
struct Directive {
    name: &'static str,
    sources: Vec<String>,
}

impl Directive {
    fn new(name: &'static str, sources: &[&str]) -> Directive {
        Directive {
            name,
            sources: sources.iter().map(|source| (*source).to_owned()).collect(),
        }
    }

    fn allow(&mut self, source: String) {
        if !self.sources.contains(&source) {
            self.sources.push(source);
        }
    }
}

/// The narrowest Content-Security-Policy under which Kelisim and the services of a configuration do their work
/// (requirement B-01), with a first layer that the owner's server renders or without. What the page has besides them is its
/// owner's to add.
pub fn policy(config: &Config, base: &Base, first_layer: Option<&FirstLayer>) -> String {
    let mut script = Directive::new("script-src", &["'self'", "'wasm-unsafe-eval'"]);
    let mut style = Directive::new("style-src", &["'self'"]);
    let mut connect = Directive::new("connect-src", &["'self'"]);
    let mut image = Directive::new("img-src", &["'self'"]);
    let mut frame = Directive::new("frame-src", &["'self'"]);
    if let Some(first_layer) = first_layer {
        let (inline_script, inline_style) = first_layer.sources();
        script.allow(inline_script);
        style.allow(inline_style);
    }
    if let Some(origin) = &base.origin {
        script.allow(origin.clone());
        connect.allow(origin.clone());
    }
    for service in &config.services {
        let said = service.description;
        for (directive, kind) in [
            (&mut script, "script"),
            (&mut connect, "connect"),
            (&mut image, "img"),
            (&mut frame, "frame"),
        ] {
            for host in hosts(said, kind) {
                directive.allow(source(&host));
            }
        }
        // A script of the owner's may come from elsewhere; a path is of the page's own origin.
        if let Some(origin) = origin(said.text("src").text()) {
            script.allow(origin);
        }
    }
    let mut policy = String::from("default-src 'self'");
    for Directive { name, sources } in [script, style, image, connect] {
        // Writing to a string cannot fail.
        let _ = write!(policy, "; {name} {}", sources.join(" "));
    }
    // Without an embed, `default-src` says the same.
    if frame.sources.len() > 1 {
        let _ = write!(policy, "; {} {}", frame.name, frame.sources.join(" "));
    }
    policy
}

/// The hosts that a vendor needs for one kind of request. A manifest may name them by kind, in `csp`; without it every one
/// of its `hosts` may be asked for scripts, by scripts and for images, and none for a frame.
fn hosts(said: &'static Value, kind: &str) -> Vec<String> {
    let named = said.get("csp");
    let hosts = match (named.is_map(), kind) {
        (true, _) => named.list(kind),
        (false, "frame") => return Vec::new(),
        (false, _) => said.list("hosts"),
    };
    hosts
        .iter()
        .map(|host| own_host(said, host.keep().words()).text().to_owned())
        .collect()
}

/// A host as a policy names it. Vendors are only ever reached over https, also from a page that is not; where a manifest
/// names another scheme, `wss://`, that one is meant.
fn source(host: &str) -> String {
    if host.contains(':') {
        host.to_owned()
    } else {
        format!("https://{host}")
    }
}

/// The scheme and host of a whole address.
fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::Base;

    #[test]
    fn a_base_is_a_path_or_a_whole_address() -> anyhow::Result<()> {
        for (written, address, origin) in [
            ("/kelisim/", "/kelisim/", None),
            ("/assets/kelisim", "/assets/kelisim/", None),
            ("/", "/", None),
            (
                "https://static.example.kz/kelisim/",
                "https://static.example.kz/kelisim/",
                Some("https://static.example.kz"),
            ),
        ] {
            let base = Base::new(written)?;
            assert_eq!(
                (base.address.as_str(), base.origin.as_deref()),
                (address, origin),
                "{written}"
            );
        }
        for wrong in [
            "",
            "kelisim/",
            "//cdn.example/",
            "http://cdn.example/",
            "https://",
            "/a b/",
            "/\"><script>",
        ] {
            assert!(Base::new(wrong).is_err(), "{wrong}");
        }
        Ok(())
    }
}
