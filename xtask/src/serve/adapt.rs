//! A site's own configuration under the name that it has here. The files name the real domains, so that they are what an
//! owner would write; a browser would refuse a cookie for them on `<domain>.localhost`.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// A configuration, and what had to be changed in it.
pub(super) struct Adapted {
    pub(super) configuration: Value,
    pub(super) changes: Vec<Change>,
}

/// One changed value, as the demo's panel reads it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Change {
    /// Where it stands.
    path: String,
    from: String,
    to: String,
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} -> {}", self.path, self.from, self.to)
    }
}

/// Adapts the configuration of a site.
pub(super) fn adapt(mut configuration: Value, site: &str) -> Adapted {
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

fn change(configuration: &mut Value, path: &str, changes: &mut Vec<Change>, new: impl FnOnce(&str) -> Option<String>) {
    let pointer = format!("/{}", path.replace('.', "/"));
    let Some(Value::String(text)) = configuration.pointer_mut(&pointer) else {
        return;
    };
    if let Some(to) = new(text) {
        let from = std::mem::replace(text, to.clone());
        let path = path.to_owned();
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
        let change = |path: &str, from: &str, to: &str| Change {
            path: path.to_owned(),
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
