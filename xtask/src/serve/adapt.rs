//! A site's own configuration in the place where the demo shows it. The files name the real domains, so that they are what an
//! owner would write; a browser would refuse a cookie for them anywhere else.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// Where a site of the demo is shown.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// On `<domain>.localhost`, by the server that also takes receipts.
    LocalName,
    /// In a folder of any server, all pages beside each other.
    Folder,
}

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
    /// Absent where it was left out.
    to: Option<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = self.to.as_deref().unwrap_or("left out");
        write!(formatter, "{}: {} -> {to}", self.path, self.from)
    }
}

/// Adapts the configuration of a site.
pub(super) fn adapt(mut configuration: Value, site: &str, place: Place) -> Adapted {
    let mut changes = Vec::new();
    match place {
        Place::LocalName => change(&mut configuration, "scope", &mut changes, |scope| {
            Some(format!("{scope}.localhost"))
        }),
        Place::Folder => {
            leave_out(&mut configuration, "scope", &mut changes);
            leave_out(&mut configuration, "receipts", &mut changes);
        }
    }
    change(&mut configuration, "policy.url", &mut changes, |url| {
        let path = url
            .strip_prefix("https://")
            .or(url.strip_prefix("http://"))?
            .strip_prefix(site)?;
        let path = path.starts_with('/').then_some(path)?;
        Some(match place {
            Place::LocalName => path.to_owned(),
            Place::Folder => file_of(path),
        })
    });
    Adapted { configuration, changes }
}

/// The file that an address from the root of a site is in a folder: `/privacy` is `privacy.html`.
pub(crate) fn file_of(path: &str) -> String {
    let path = path.trim_matches('/');
    if path.is_empty() {
        "index.html".to_owned()
    } else if path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        path.to_owned()
    } else {
        format!("{}.html", path.replace('/', "-"))
    }
}

fn change(configuration: &mut Value, path: &str, changes: &mut Vec<Change>, new: impl FnOnce(&str) -> Option<String>) {
    let pointer = format!("/{}", path.replace('.', "/"));
    let Some(Value::String(text)) = configuration.pointer_mut(&pointer) else {
        return;
    };
    if let Some(to) = new(text) {
        let from = std::mem::replace(text, to.clone());
        let path = path.to_owned();
        changes.push(Change {
            path,
            from,
            to: Some(to),
        });
    }
}

/// Takes away a key of the top that names what is not in this place.
fn leave_out(configuration: &mut Value, key: &str, changes: &mut Vec<Change>) {
    let taken = configuration.as_object_mut().and_then(|keys| keys.shift_remove(key));
    if let Some(Value::String(from)) = taken {
        let path = key.to_owned();
        changes.push(Change { path, from, to: None });
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Place, adapt, file_of};
    use serde_json::json;

    fn change(path: &str, from: &str, to: Option<&str>) -> Change {
        Change {
            path: path.to_owned(),
            from: from.to_owned(),
            to: to.map(str::to_owned),
        }
    }

    #[test]
    fn scope_and_policy_are_brought_under_the_local_name() {
        let written = json!({"scope": "rasco.kz", "policy": {"url": "https://rasco.kz/privacy", "version": "1"}});
        let adapted = adapt(written, "rasco.kz", Place::LocalName);
        let expected = json!({"scope": "rasco.kz.localhost", "policy": {"url": "/privacy", "version": "1"}});
        assert_eq!(adapted.configuration, expected);
        let scope = change("scope", "rasco.kz", Some("rasco.kz.localhost"));
        let policy = change("policy.url", "https://rasco.kz/privacy", Some("/privacy"));
        assert_eq!(adapted.changes, [scope, policy]);
    }

    #[test]
    fn a_folder_has_neither_a_domain_nor_a_receiver() {
        let written =
            json!({"scope": "rasco.kz", "policy": {"url": "https://rasco.kz/privacy"}, "receipts": "/receipts"});
        let adapted = adapt(written, "rasco.kz", Place::Folder);
        assert_eq!(adapted.configuration, json!({"policy": {"url": "privacy.html"}}));
        let scope = change("scope", "rasco.kz", None);
        let receipts = change("receipts", "/receipts", None);
        let policy = change("policy.url", "https://rasco.kz/privacy", Some("privacy.html"));
        assert_eq!(adapted.changes, [scope, receipts, policy]);
        assert_eq!(adapted.changes[0].to_string(), "scope: rasco.kz -> left out");
    }

    #[test]
    fn a_page_of_a_site_is_a_file_of_its_folder() {
        for (path, file) in [
            ("/", "index.html"),
            ("/courses", "courses.html"),
            ("/kk/", "kk.html"),
            ("/a/b", "a-b.html"),
            ("/docs/privacy.pdf", "docs/privacy.pdf"),
        ] {
            assert_eq!(file_of(path), file, "{path}");
        }
    }

    #[test]
    fn nothing_else_is_touched() {
        let written = json!({"policy": {"url": "https://rasco.kz.example/privacy"}, "operator": {"name": "rasco.kz"}});
        let adapted = adapt(written.clone(), "rasco.kz", Place::LocalName);
        assert_eq!(adapted.configuration, written);
        assert!(adapted.changes.is_empty());
    }
}
