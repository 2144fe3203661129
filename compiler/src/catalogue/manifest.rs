//! What a manifest says of a vendor, as types, and how it is read from JSON.
//!
//! The reading names the first thing that is wrong by its place and ends there: manifests are ours, and a test reads all
//! of them. What steps are made of stands in `steps.rs`.

use std::fmt;
use std::str::FromStr;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::steps::{ManifestStep, RUNTIME_PLACEHOLDERS, StepReader, Template};
use crate::config::country::Country;
use crate::config::glob::{self, Glob};
use crate::config::id::Id;
use crate::config::lifetime::Lifetime;
use crate::config::problem::{Fault, Hint, Path};
use crate::config::storage::{Place, Stored};
use crate::config::text::Text;
use crate::config::url::Url;
use crate::config::words::{CodeOrWords, ENGLISH, StoragePurpose, Words};

/// The keys that a service has whatever its vendor; a parameter of that name could not be told from them.
const KEYS_OF_SERVICES: [&str; 11] = [
    "use",
    "id",
    "name",
    "category",
    "src",
    "recipient",
    "country",
    "purpose",
    "data",
    "storage",
    "policy",
];

/// A vendor of the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// What an owner writes in `use`, and the name of the file.
    pub id: String,
    /// What visitors read.
    pub name: Words,
    /// The category it belongs to, unless an owner gives it another.
    pub category: String,
    /// Who gets the data.
    pub recipient: Words,
    /// Where the data goes, at least one country.
    pub countries: Vec<Country>,
    /// What the vendor does with the data.
    pub purpose: Words,
    /// Which data it collects: codes of Kelisim's table.
    pub data: Vec<String>,
    /// What it stores in the browser.
    pub storage: Vec<Stored>,
    /// The address of the recipient's own policy, where somebody has checked it.
    pub policy: Option<Url>,
    /// The hosts that it is reached on.
    pub hosts: Vec<HostPattern>,
    /// By which kinds of requests. `None` where nobody has found out: any of its hosts, but for frames.
    pub csp: Option<Csp<HostPattern>>,
    /// What the owner has to give, by name, in the order in which to ask for it.
    pub parameters: IndexMap<String, Parameter>,
    /// What pages have of the vendor where its code stands in them by hand, beside the script that it loads: pieces of that
    /// code without spaces and with single quotation marks, with places for what the owner gives.
    pub traces: Vec<Template>,
    /// What is done once it is granted. Empty for an embed, and for a vendor whose own snippet the page gates.
    pub start: Vec<ManifestStep>,
    /// What is done when it is withdrawn, and on each page where it is not granted.
    pub stop: Vec<ManifestStep>,
}

/// Hosts by the kind of request, as directives of a Content-Security-Policy have them (requirement B-01).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Csp<Host> {
    /// Scripts come from here: `script-src`.
    #[serde(default = "Vec::new")]
    pub script: Vec<Host>,
    /// Scripts send to here: `connect-src`.
    #[serde(default = "Vec::new")]
    pub connect: Vec<Host>,
    /// Images come from here: `img-src`.
    #[serde(default = "Vec::new")]
    pub img: Vec<Host>,
    /// Frames come from here: `frame-src`.
    #[serde(default = "Vec::new")]
    pub frame: Vec<Host>,
}

impl<Host> Default for Csp<Host> {
    fn default() -> Csp<Host> {
        Csp {
            script: Vec::new(),
            connect: Vec::new(),
            img: Vec::new(),
            frame: Vec::new(),
        }
    }
}

impl<Host> Csp<Host> {
    /// The same with other hosts; each `change` is told the kind of the request.
    pub(super) fn try_map<Other, Error>(
        &self,
        change: impl Fn(&str, &[Host]) -> Result<Vec<Other>, Error>,
    ) -> Result<Csp<Other>, Error> {
        Ok(Csp {
            script: change("script", &self.script)?,
            connect: change("connect", &self.connect)?,
            img: change("img", &self.img)?,
            frame: change("frame", &self.frame)?,
        })
    }
}

/// What an owner has to give for a vendor.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// What is written.
    #[serde(rename = "type")]
    pub kind: ParameterKind,
    /// What it is and where an owner finds it, in a sentence.
    pub description: Words,
    /// How it may look, at least once.
    pub examples: Vec<Value>,
}

/// What is written for a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum ParameterKind {
    /// A whole number, or its digits as a string.
    #[serde(rename = "number")]
    Number,
    /// A string of letters, digits, `-`, `_` and `.`.
    #[serde(rename = "string")]
    Text,
}

/// A host of a vendor: one (`mc.yandex.ru`), all below one (`*.clarity.ms`), or one that the owner gives (`{host}`). In
/// [`Csp`] the scheme may stand before it where it is not `https`: `wss://*.jivosite.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPattern(pub(super) Template);

impl HostPattern {
    /// Whether it names a host. What the owner gives is not known here, and names none.
    pub fn matches(&self, host: &str) -> bool {
        self.0
            .as_fixed()
            .is_some_and(|pattern| glob::matches(without_scheme(pattern), host))
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What stands behind the scheme that [`HostPattern`] allows.
fn without_scheme(pattern: &str) -> &str {
    pattern.strip_prefix("wss://").unwrap_or(pattern)
}

/// What is wrong in a manifest, before it is known in which.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) place: Path,
    pub(super) cause: String,
}

impl Wrong {
    pub(super) fn new(place: Path, cause: impl Into<String>) -> Wrong {
        Wrong {
            place,
            cause: cause.into(),
        }
    }

    /// At a key of the manifest.
    pub(super) fn at(key: &str, cause: impl Into<String>) -> Wrong {
        Wrong::new(Path::default().member(key), cause)
    }
}

/// A manifest as it is written: texts that have a rule of their own are read in a second step, which knows their places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: Words,
    category: String,
    recipient: Words,
    country: OneOrMore,
    purpose: Words,
    data: Vec<String>,
    storage: Vec<WrittenStored>,
    policy: Option<String>,
    hosts: Vec<String>,
    csp: Option<Csp<String>>,
    parameters: IndexMap<String, Parameter>,
    #[serde(default)]
    traces: Vec<String>,
    start: Vec<Map<String, Value>>,
    stop: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStored {
    name: String,
    #[serde(rename = "in")]
    place: String,
    purpose: String,
    lifetime: String,
    host: Option<String>,
}

impl Manifest {
    /// Reads a manifest, whole: nothing is left that could be wrong later.
    pub(super) fn read(text: &str) -> Result<Manifest, Wrong> {
        let written: Written =
            serde_json::from_str(text).map_err(|error| Wrong::new(Path::default(), error.to_string()))?;
        let top = Path::default();
        parse::<Id>(&written.id, top.member("id"))?;
        parse::<Id>(&written.category, top.member("category"))?;
        check_parameters(&written.parameters)?;
        let steps = StepReader {
            parameters: &written.parameters,
        };
        let start = steps.read(&written.start, &top.member("start"))?;
        let stop = steps.read(&written.stop, &top.member("stop"))?;
        if let Some(index) = stop.iter().position(ManifestStep::starts_something) {
            return Err(Wrong::new(
                top.member("stop").item(index),
                "this starts something, it does not stop it",
            ));
        }
        let csp = |csp: &Csp<String>| {
            csp.try_map(|kind, hosts| host_patterns(&steps, hosts, &top.member("csp").member(kind), without_scheme))
        };
        Ok(Manifest {
            countries: countries(written.country)?,
            storage: each(&written.storage, &top.member("storage"), |written, place| {
                stored(written, &place)
            })?,
            policy: written
                .policy
                .as_deref()
                .map(|policy| parse(policy, top.member("policy")))
                .transpose()?,
            hosts: host_patterns(&steps, &written.hosts, &top.member("hosts"), |host| host)?,
            csp: written.csp.as_ref().map(csp).transpose()?,
            traces: each(&written.traces, &top.member("traces"), |trace, place| {
                steps.template(trace, &place)
            })?,
            start,
            stop,
            id: written.id,
            name: written.name,
            category: written.category,
            recipient: written.recipient,
            purpose: written.purpose,
            data: written.data,
            parameters: written.parameters,
        })
    }

    /// Whether a host is one of the vendor's. A host that the owner gives is not known here.
    pub fn is_reached_on(&self, host: &str) -> bool {
        self.hosts.iter().any(|pattern| pattern.matches(host))
    }
}

/// Reads each item of a list at its place.
pub(super) fn each<Item, Read>(
    items: &[Item],
    place: &Path,
    read: impl Fn(&Item, Path) -> Result<Read, Wrong>,
) -> Result<Vec<Read>, Wrong> {
    items
        .iter()
        .enumerate()
        .map(|(index, item)| read(item, place.item(index)))
        .collect()
}

/// Reads a text that has a rule of its own.
fn parse<T: FromStr<Err = Fault>>(text: &str, place: Path) -> Result<T, Wrong> {
    text.parse().map_err(|fault: Fault| {
        let hint = match fault.hint {
            Some(Hint::Verbatim(hint)) => format!(", `{hint}`"),
            _ => String::new(),
        };
        Wrong::new(place, format!("`{text}` cannot stand here ({}{hint})", fault.code))
    })
}

fn countries(written: OneOrMore) -> Result<Vec<Country>, Wrong> {
    let place = Path::default().member("country");
    match written {
        OneOrMore::One(country) => Ok(vec![parse(&country, place)?]),
        OneOrMore::More(countries) if countries.is_empty() => Err(Wrong::new(place, "there is no country")),
        OneOrMore::More(countries) => each(&countries, &place, |country, place| parse(country, place)),
    }
}

fn stored(written: &WrittenStored, place: &Path) -> Result<Stored, Wrong> {
    Ok(Stored {
        name: parse::<Glob>(&written.name, place.member("name"))?,
        place: written.place.parse::<Place>().map_err(|_| {
            Wrong::new(
                place.member("in"),
                format!("`{}` is no place to store in", written.place),
            )
        })?,
        lifetime: parse::<Lifetime>(&written.lifetime, place.member("lifetime"))?,
        purpose: Some(StoragePurpose(CodeOrWords::Code(written.purpose.clone()))),
        host: written
            .host
            .as_deref()
            .map(|host| parse::<Text>(host, place.member("host")))
            .transpose()?,
    })
}

fn check_parameters(parameters: &IndexMap<String, Parameter>) -> Result<(), Wrong> {
    for (name, parameter) in parameters {
        let place = Path::default().member("parameters").member(name);
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric());
        if !is_name {
            return Err(Wrong::new(
                place,
                "this is no name: letters and digits, the first a small one",
            ));
        }
        if KEYS_OF_SERVICES.contains(&name.as_str()) {
            return Err(Wrong::new(place, "every service has a key of this name"));
        }
        if RUNTIME_PLACEHOLDERS.contains(&name.as_str()) {
            return Err(Wrong::new(place, "a placeholder of the visit has this name"));
        }
        if parameter.description.in_language(ENGLISH).trim().is_empty() {
            return Err(Wrong::new(place.member("description"), "there is none"));
        }
        if parameter.examples.is_empty() {
            return Err(Wrong::new(place.member("examples"), "there is none"));
        }
    }
    Ok(())
}

/// Reads hosts; `bare` takes off what may stand before one here.
fn host_patterns(
    steps: &StepReader<'_>,
    hosts: &[String],
    place: &Path,
    bare: impl Fn(&str) -> &str,
) -> Result<Vec<HostPattern>, Wrong> {
    each(hosts, place, |host, place| {
        let template = steps.template(host, &place)?;
        let labels = bare(host).strip_prefix("*.").unwrap_or(bare(host));
        let is_host = !labels.is_empty()
            && labels
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte));
        if !is_host && !template.is_one_parameter() {
            return Err(Wrong::new(place, format!("`{host}` is no host")));
        }
        Ok(HostPattern(template))
    })
}
