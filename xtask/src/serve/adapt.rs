//! A site's own configuration under the name that it has here. The files name the real domains, so that they are what an
//! owner would write; a browser would refuse a cookie for them on `<domain>.localhost`.

use crate::project;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fmt;

/// A configuration, and what had to be changed in it.
pub(super) struct Adapted {
    pub(super) configuration: Value,
    pub(super) changes: Vec<Change>,
}

/// One changed value.
#[derive(Debug, PartialEq)]
pub(super) struct Change {
    /// Where it stands.
    path: &'static str,
    from: String,
    to: String,
}

impl Change {
    /// For the demo's panel.
    pub(super) fn to_json(&self) -> Value {
        json!({ "path": self.path, "from": self.from, "to": self.to })
    }
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} -> {}", self.path, self.from, self.to)
    }
}

/// The `site.json` of a site, adapted.
pub(super) fn adapted(site: &str) -> Result<Adapted> {
    let path = format!("www/sites/{site}/site.json");
    let text = std::fs::read_to_string(project::path(&path)).with_context(|| format!("could not read {path}"))?;
    let configuration = serde_json::from_str(&text).with_context(|| format!("{path} is not JSON"))?;
    Ok(adapt(configuration, site))
}

fn adapt(mut configuration: Value, site: &str) -> Adapted {
    let mut changes = Vec::new();
    change(&mut configuration, "scope", &mut changes, |scope| {
        Some(format!("{scope}.localhost"))
    });
    change(&mut configuration, "policy.url", &mut changes, |url| {
        let path = url
            .strip_prefix("https://")
            .or(url.strip_prefix("http://"))?
            .strip_prefix(site)?;
        path.starts_with('/').then(|| path.to_owned())
    });
    Adapted { configuration, changes }
}

fn change(
    configuration: &mut Value,
    path: &'static str,
    changes: &mut Vec<Change>,
    new: impl FnOnce(&str) -> Option<String>,
) {
    let pointer = format!("/{}", path.replace('.', "/"));
    let Some(Value::String(text)) = configuration.pointer_mut(&pointer) else {
        return;
    };
    if let Some(to) = new(text) {
        let from = std::mem::replace(text, to.clone());
        changes.push(Change { path, from, to });
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, adapt};
    use serde_json::json;

    #[test]
    fn scope_and_policy_are_brought_under_the_local_name() {
        let written = json!({"scope": "rasco.kz", "policy": {"url": "https://rasco.kz/privacy", "version": "1"}});
        let adapted = adapt(written, "rasco.kz");
        let expected = json!({"scope": "rasco.kz.localhost", "policy": {"url": "/privacy", "version": "1"}});
        assert_eq!(adapted.configuration, expected);
        let change = |path, from: &str, to: &str| Change {
            path,
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let scope = change("scope", "rasco.kz", "rasco.kz.localhost");
        let policy = change("policy.url", "https://rasco.kz/privacy", "/privacy");
        assert_eq!(adapted.changes, [scope, policy]);
    }

    #[test]
    fn nothing_else_is_touched() {
        let written = json!({"policy": {"url": "https://rasco.kz.example/privacy"}, "operator": {"name": "rasco.kz"}});
        let adapted = adapt(written.clone(), "rasco.kz");
        assert_eq!(adapted.configuration, written);
        assert!(adapted.changes.is_empty());
    }
}
