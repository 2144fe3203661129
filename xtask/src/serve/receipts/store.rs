//! Keeps receipts in SQLite: each body once per site, with columns for what an owner asks for.

use super::receipt::Receipt;
use anyhow::{Context, Result};
use rusqlite::{Connection, Row};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A refusal has no code, and not every site has a scope; everything else is in every receipt. `received` is the moment
/// of this machine, which a visitor's clock cannot shift.
const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS receipts (
        number INTEGER PRIMARY KEY,
        site TEXT NOT NULL,
        received TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
        decided TEXT NOT NULL,
        expires TEXT NOT NULL,
        method TEXT NOT NULL,
        granted TEXT NOT NULL,
        language TEXT NOT NULL,
        policy TEXT NOT NULL,
        notice TEXT NOT NULL,
        scope TEXT,
        operator TEXT NOT NULL,
        code TEXT,
        withdraws TEXT,
        body TEXT NOT NULL,
        UNIQUE (site, body)
    ) STRICT";

const KEEP: &str = "
    INSERT INTO receipts
        (site, decided, expires, method, granted, language, policy, notice, scope, operator, code, withdraws, body)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
    ON CONFLICT (site, body) DO NOTHING";

/// By the moment of the decision, because a receipt may come much later; within a second the later arrival first.
const NEWEST_FIRST: &str = "
    SELECT site, received, decided, method, granted, policy, notice, code, withdraws, body
    FROM receipts ORDER BY decided DESC, number DESC";

/// All receipts that came.
pub(in crate::serve) struct Store(Mutex<Connection>);

/// A receipt as it is listed.
pub(super) struct Kept {
    pub(super) site: String,
    pub(super) received: String,
    pub(super) decided: String,
    pub(super) method: String,
    /// Ids, empty after a refusal.
    pub(super) granted: String,
    pub(super) policy: String,
    pub(super) notice: String,
    pub(super) code: Option<String>,
    pub(super) withdraws: Option<String>,
    pub(super) body: String,
}

impl Store {
    /// Opens the file, and makes it where it is missing.
    pub(in crate::serve) fn open(file: &Path) -> Result<Store> {
        let place = || {
            format!(
                "could not open the receipts in {}. If the file is damaged or older than this version, delete it",
                file.display()
            )
        };
        if let Some(directory) = file.parent() {
            std::fs::create_dir_all(directory).with_context(place)?;
        }
        let connection = Connection::open(file).with_context(place)?;
        Self::on(connection).with_context(place)
    }

    /// A store that is gone when it is dropped.
    #[cfg(test)]
    pub(in crate::serve) fn in_memory() -> Result<Store> {
        Self::on(Connection::open_in_memory()?)
    }

    fn on(connection: Connection) -> Result<Store> {
        connection.execute_batch(TABLE)?;
        // Fails now, and not at the first receipt, where the table is another version's.
        connection.prepare(KEEP)?;
        connection.prepare(NEWEST_FIRST)?;
        Ok(Store(Mutex::new(connection)))
    }

    /// Stores a receipt of `site`; one that is there already changes nothing.
    pub(super) fn keep(&self, site: &str, receipt: &Receipt) -> Result<()> {
        let members = &receipt.members;
        let values = rusqlite::params![
            site,
            members.decided,
            members.expires,
            members.method,
            members.granted(),
            members.language,
            members.policy,
            members.notice,
            members.scope,
            members.operator,
            members.code,
            members.withdraws,
            receipt.body,
        ];
        let stored = self.connection().execute(KEEP, values);
        stored.context("could not store a receipt; the script will send it again")?;
        Ok(())
    }

    /// Every receipt of every site.
    pub(super) fn newest_first(&self) -> Result<Vec<Kept>> {
        let connection = self.connection();
        let mut question = connection.prepare(NEWEST_FIRST)?;
        let kept = question.query_map([], kept)?.collect::<Result<_, _>>();
        kept.context("could not read the receipts")
    }

    /// A panic between two statements leaves the database sound.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        site: row.get("site")?,
        received: row.get("received")?,
        decided: row.get("decided")?,
        method: row.get("method")?,
        granted: row.get("granted")?,
        policy: row.get("policy")?,
        notice: row.get("notice")?,
        code: row.get("code")?,
        withdraws: row.get("withdraws")?,
        body: row.get("body")?,
    })
}

/// For other programs: what was sent, from where, and when it came.
pub(super) fn json(kept: &[Kept]) -> Value {
    let entry = |kept: &Kept| {
        let receipt: Value = serde_json::from_str(&kept.body).unwrap_or_default();
        json!({ "site": kept.site, "received": kept.received, "receipt": receipt })
    };
    kept.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::super::receipt::{Receipt, tests::EXAMPLE};
    use super::Store;

    fn keep(store: &Store, site: &str, decided: &str) {
        let body = EXAMPLE.replace("2026-11-20T10:00:00Z", decided);
        store.keep(site, &Receipt::read(body.as_bytes()).unwrap()).unwrap();
    }

    #[test]
    fn one_body_is_kept_once_for_each_site() {
        let store = Store::in_memory().unwrap();
        for site in ["cap.kz", "rasco.kz", "cap.kz"] {
            keep(&store, site, "2026-11-20T10:00:00Z");
        }
        let sites: Vec<String> = store
            .newest_first()
            .unwrap()
            .into_iter()
            .map(|kept| kept.site)
            .collect();
        assert_eq!(sites, ["rasco.kz", "cap.kz"]);
    }

    #[test]
    fn the_newest_decision_comes_first() {
        let store = Store::in_memory().unwrap();
        for day in ["20", "22", "21"] {
            keep(&store, "a", &format!("2026-11-{day}T10:00:00Z"));
        }
        let newest = store.newest_first().unwrap();
        let days: Vec<&str> = newest.iter().map(|kept| &kept.decided[8..10]).collect();
        assert_eq!(days, ["22", "21", "20"]);
    }

    #[test]
    fn what_was_decided_and_when_it_came_can_be_asked_for() {
        let store = Store::in_memory().unwrap();
        keep(&store, "a", "2026-11-20T10:00:00Z");
        let kept = store.newest_first().unwrap().remove(0);
        assert_eq!(kept.granted, "analytics, yandex-metrika");
        assert_eq!(
            (kept.code.as_deref(), kept.withdraws.as_deref()),
            (Some("7KQ2-M4XD"), Some("2B7C-9QRT"))
        );
        assert_eq!(kept.received.len(), "2026-11-20T10:00:00Z".len());
    }
}
