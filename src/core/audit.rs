//! What a page does besides Kelisim: vendors' tags that stand in it, pixels for visitors without JavaScript, hints that
//! open a connection before anybody was asked, and hosts and cookies that the configuration does not name (requirements
//! G-07, O-04).
//!
//! For owners alone: it is in the tool and in the build that names what is wrong, not in the visitor's module. It must not
//! look at a page itself: `browser::audit` brings what stands there.

use super::config::{Config, Service, glob, scope_covers, wording};
use super::letters::{same, split};
use super::pile::Pile;
use super::purge::COOKIE;
use super::value::{Value, Words, Writer};

/// Where something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The URL of an element that Kelisim did not start.
    Element,
    /// The text of a `<noscript>`.
    NoScript,
    /// The URL of a hint to the browser: `preconnect`, `dns-prefetch`, `preload`, `prefetch`, `modulepreload`.
    Hint,
    /// The URL of something that the page has fetched.
    Resource,
    /// The name of a cookie that was not there when the page began.
    Cookie,
}

/// What was found: the code of a sentence, and the host or the name that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A key of [`SENTENCES`].
    pub code: &'static str,
    /// A host, the name of a cookie, or a place in the configuration.
    pub about: Words,
}

/// What each code means and what to do.
pub const SENTENCES: [(&str, &str); 6] = [
    (
        "hardCodedTag",
        "A tag of this vendor stands in the page and loads before anybody was asked. Take it out: Kelisim loads what the configuration names.",
    ),
    (
        "noscriptPixel",
        "A <noscript> fetches from this host from every visitor without JavaScript, and nobody can ask them. Take it out.",
    ),
    (
        "vendorHint",
        "A preconnect, preload or prefetch tells this host of the visit before anybody was asked. Take it out.",
    ),
    (
        "undeclaredHost",
        "The page fetches from this host, and no service of the configuration names it. Gate it and name its service, or serve it yourself.",
    ),
    (
        "undeclaredCookie",
        "This cookie came after the page had begun, and no service of the configuration names it. Name it under the `storage` of the service that sets it.",
    ),
    (
        "wording",
        "The configuration says here what it must not say to a visitor who is about to choose. `kelisim check` shows the line and the mend.",
    ),
];

/// Compares what was seen on a page of `host` with what the configuration says, and with the services that are `granted`,
/// the member of a record: what these load by themselves is theirs. Each finding stands once.
pub fn examine(config: &Config, host: &str, granted: &'static Value, seen: &[(Place, Words)]) -> &'static [Finding] {
    let mut findings = Pile::new();
    for (place, what) in seen {
        if *place == Place::Cookie {
            if !is_declared_name(config, what) {
                add(&mut findings, "undeclaredCookie", *what);
            }
            continue;
        }
        let mut rest = what.text();
        while let Some((_, after)) = split_at_host(rest) {
            // A `<noscript>` holds markup with any number of addresses; everywhere else there is one, and what looks like
            // another stands in its query.
            rest = if *place == Place::NoScript { after } else { "" };
            let foreign = host_in(after);
            let own = same(foreign, host) || scope_covers(&config.scope(), foreign);
            if foreign.is_empty() || own {
                continue;
            }
            let service = service_of(config, foreign);
            let runs = service.is_some_and(|service| granted.get(&service.id).is_true());
            let code = match place {
                Place::NoScript => "noscriptPixel",
                Place::Hint => "vendorHint",
                Place::Element if service.is_some() && !runs => "hardCodedTag",
                _ if service.is_some() => continue,
                _ => "undeclaredHost",
            };
            add(&mut findings, code, Words::of(foreign));
        }
    }
    findings.done()
}

/// The owner's words that press, hide or say nothing: each as its place in the configuration and what is wrong there.
pub fn examine_wording(document: &'static Value) -> Pile<Finding> {
    let mut findings = Pile::new();
    for problem in wording(document) {
        let mut about = Writer::of(&problem.path);
        about.push(" (");
        about.push(&problem.code);
        about.push(")");
        add(&mut findings, "wording", about.done());
    }
    findings
}

fn add(findings: &mut Pile<Finding>, code: &'static str, about: Words) {
    let finding = Finding { code, about };
    if !findings.contains(&finding) {
        findings.push(finding);
    }
}

/// What stands before and after the `//` of the next address.
fn split_at_host(text: &'static str) -> Option<(&'static str, &'static str)> {
    let (before, after) = split(text, b'/')?;
    match after.strip_prefix('/') {
        Some(host) => Some((before, host)),
        None => split_at_host(after),
    }
}

/// The host at the beginning of what follows the `//` of an address, without its port.
fn host_in(address: &'static str) -> &'static str {
    let is_end = |byte: &u8| !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b'-');
    let end = address.as_bytes().iter().position(is_end).unwrap_or(address.len());
    address.get(..end).unwrap_or_default()
}

/// The service that names a host, or a domain that it lies under.
fn service_of<'c>(config: &'c Config, host: &str) -> Option<&'c Service> {
    config.services.iter().find(|service| {
        let said = service.description;
        let own = split_at_host(said.text("src").text()).is_some_and(|(_, after)| same(host_in(after), host));
        own || said
            .list("hosts")
            .iter()
            .any(|known| covers(&own_host(said, known.words()), host))
    })
}

/// A host of a manifest; `{host}` is one of the owner's, a parameter of the service.
pub fn own_host(said: &'static Value, host: Words) -> Words {
    if host.are("{host}") { said.text("host") } else { host }
}

/// Whether a host of a manifest, which may begin with `*.`, names this one or a domain that it lies under.
fn covers(known: &str, host: &str) -> bool {
    scope_covers(known.strip_prefix("*.").unwrap_or(known), host)
}

/// Whether a cookie of this name is told of, or is Kelisim's own.
fn is_declared_name(config: &Config, name: &str) -> bool {
    same(name, super::record::MIRROR_NAME)
        || config.services.iter().any(|service| {
            let storage = service.description.list("storage");
            storage
                .iter()
                .any(|stored| stored.text("in").are(COOKIE) && glob::matches(&stored.text("name"), name))
        })
}

/// What a code means; empty for one that there is not.
pub fn sentence(code: &str) -> &'static str {
    SENTENCES
        .iter()
        .find(|(known, _)| same(known, code))
        .map_or("", |(_, sentence)| *sentence)
}

/// The names of the cookies in `document.cookie`, without those of another moment.
pub fn newer(cookies: &'static str, before: &'static str) -> Pile<Words> {
    let mut names = Pile::new();
    super::purge::cookies(cookies, &mut |name, _| {
        let mut was_there = false;
        super::purge::cookies(before, &mut |known, _| was_there |= same(known, name));
        if !was_there {
            names.push(Words::of(name));
        }
    });
    names
}

#[cfg(test)]
mod tests {
    use super::{host_in, split_at_host};

    #[test]
    fn hosts_are_found_in_addresses() {
        for (address, host) in [
            ("https://mc.yandex.ru/watch/1", "mc.yandex.ru"),
            ("//vk.com", "vk.com"),
            ("http://a.example:8080/?b=//c.example", "a.example"),
            ("<img src=\"https://mc.yandex.ru/watch/1\">", "mc.yandex.ru"),
        ] {
            let (_, after) = split_at_host(address).unwrap_or(("", ""));
            assert_eq!(host_in(after), host, "{address}");
        }
        assert_eq!(split_at_host("/own/path"), None);
    }
}
