//! The Content-Security-Policy of a site: the narrowest under which Kelisim and its services do their work (requirement
//! B-01).
//!
//! It must not allow what only the page itself needs: that is its owner's to add.

use std::fmt::Write as _;

use anyhow::{Context as _, Result, ensure};
use indexmap::IndexSet;
use url::Url;

use super::base::Base;
use super::first_layer::FirstLayer;
use crate::description::Description;

/// The sources of one directive, each once, in the order of the configuration.
struct Directive {
    name: &'static str,
    sources: IndexSet<String>,
}

impl Directive {
    fn new(name: &'static str, sources: &[&str]) -> Directive {
        Directive {
            name,
            sources: sources.iter().map(|source| (*source).to_owned()).collect(),
        }
    }

    fn allow(&mut self, source: String) {
        self.sources.insert(source);
    }

    fn allow_hosts(&mut self, hosts: &[String]) -> Result<()> {
        for host in hosts {
            self.allow(source(host)?);
        }
        Ok(())
    }
}

/// The policy for these services, with a first layer that the owner's server renders or without.
///
/// # Errors
///
/// When a service is on a host that no browser can reach: a policy without it would stop the service and not say why.
pub fn content_security_policy(
    services: &[Description],
    base: &Base,
    first_layer: Option<&FirstLayer>,
) -> Result<String> {
    let mut script = Directive::new("script-src", &["'self'", "'wasm-unsafe-eval'"]);
    let mut style = Directive::new("style-src", &["'self'"]);
    let mut image = Directive::new("img-src", &["'self'"]);
    let mut connect = Directive::new("connect-src", &["'self'"]);
    let mut frame = Directive::new("frame-src", &["'self'"]);
    if let Some(first_layer) = first_layer {
        let (inline_script, inline_style) = first_layer.sources();
        script.allow(inline_script);
        style.allow(inline_style);
    }
    if let Some(origin) = base.origin() {
        script.allow(origin.to_owned());
        connect.allow(origin.to_owned());
    }
    for Description { id, csp, .. } in services {
        let of_service = || format!("the hosts of the service `{id}`");
        script.allow_hosts(&csp.script).with_context(of_service)?;
        image.allow_hosts(&csp.img).with_context(of_service)?;
        connect.allow_hosts(&csp.connect).with_context(of_service)?;
        frame.allow_hosts(&csp.frame).with_context(of_service)?;
    }
    let mut directives = vec![script, style, image, connect];
    // Without an embed, `default-src` says the same.
    if frame.sources.len() > 1 {
        directives.push(frame);
    }
    Ok(written(&directives))
}

fn written(directives: &[Directive]) -> String {
    let mut policy = String::from("default-src 'self'");
    for Directive { name, sources } in directives {
        let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
        // Writing to a string cannot fail.
        let _ = write!(policy, "; {name} {}", sources.join(" "));
    }
    policy
}

/// A host as a policy names it, in the letters that a browser asks for. Services are only ever reached over https, also
/// from a page that is not; where a manifest names another scheme, `wss://`, that one is meant.
fn source(host: &str) -> Result<String> {
    let address = if host.contains("://") {
        host.to_owned()
    } else {
        format!("https://{host}")
    };
    let parsed = Url::parse(&address).with_context(|| format!("no browser reaches the host `{host}`"))?;
    let source = parsed.origin().ascii_serialization();
    // Whatever else stood in a policy would be a source or a directive of its own.
    ensure!(
        !source.contains([' ', ';', ',', '\'']) && source.contains("://"),
        "the host `{host}` cannot be named in a policy"
    );
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn b_01_a_host_is_named_with_its_scheme() {
        for (host, named) in [
            ("mc.yandex.ru", "https://mc.yandex.ru"),
            ("*.clarity.ms", "https://*.clarity.ms"),
            ("wss://*.jivosite.com", "wss://*.jivosite.com"),
            ("chat.example.kz:8443", "https://chat.example.kz:8443"),
            ("Чат.қаз", "https://xn--80a0bn.xn--80ao21a"),
        ] {
            assert_eq!(source(host).unwrap(), named, "{host}");
        }
    }

    /// B-01: a host that cannot be named does not vanish from the policy.
    #[test]
    fn b_01_a_host_that_cannot_be_named_is_an_error() {
        for host in [
            "",
            "xn--a",
            "999.1.1.1",
            "[:]",
            "a b",
            "a,b",
            "a;b",
            "'unsafe-inline'",
            "a:99999",
            "file:///x",
        ] {
            assert!(source(host).is_err(), "{host}: {:?}", source(host));
        }
    }
}
