//! Loads open pages again when what they show has changed. Each page asks which version is served and is answered when
//! there is another one; the script comes from the server alone and is in no file of the demo.

use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::watch::Sender;

/// Where the page's half lies.
pub(super) const SCRIPT_PATH: &str = "/live-reload.js";

/// Where it asks; the version that it knows follows.
pub(super) const VERSION_PATH: &str = "/live-reload/";

/// The page's half.
pub(super) const SCRIPT: &str = "\
(function ask(known) {
  fetch('/live-reload/' + known)
    .then((answer) => answer.text())
    .then((version) => (known && version !== known ? location.reload() : ask(version)))
    .catch(() => setTimeout(ask, 1000, known));
})('');
";

/// Of a server that has just started: later than every version of the one before it, so pages load again then too.
pub(super) fn first_version() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(1, |time| time.as_secs() * 1000)
}

/// The page with the script that asks.
pub(super) fn with_script(page: &str) -> String {
    let script = format!("<script src=\"{SCRIPT_PATH}\" defer></script>");
    match page.split_once("</head>") {
        Some((head, rest)) => format!("{head}{script}</head>{rest}"),
        None => format!("{page}{script}"),
    }
}

/// Waits for another version than the one at the end of `path`.
pub(super) async fn version_after(path: &str, versions: &Sender<u64>) -> String {
    let known: Option<u64> = path.strip_prefix(VERSION_PATH).and_then(|version| version.parse().ok());
    let mut served = versions.subscribe();
    let version = served
        .wait_for(|version| Some(*version) != known)
        .await
        .map(|version| *version);
    version.unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::with_script;

    #[test]
    fn the_script_stands_in_the_head() {
        let page = with_script("<head><title>a</title></head><body></body>");
        let expected = "<head><title>a</title><script src=\"/live-reload.js\" defer></script></head><body></body>";
        assert_eq!(page, expected);
    }
}
