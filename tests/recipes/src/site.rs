//! The site that the recipes are tried on: the example of the start page, which names a counter of Yandex Metrika.

use std::path::Path;

use tokio::process::Command;

use crate::document::block;
use crate::programs::{call, kelisim, run};

/// Its domain.
pub const DOMAIN: &str = "example.kz";

/// Its first page.
pub const ADDRESS: &str = "https://example.kz/";

/// The start page, and where on it somebody reads how to put Kelisim on a site.
pub const START_PAGE: (&str, &str) = ("README.md", "## Put it on a site");

/// The configuration of the start page, as it stands there.
pub fn site_json() -> String {
    block(START_PAGE.0, START_PAGE.1, "json", "\"operator\"")
}

/// Builds the site into a folder of a project.
pub async fn build(project: &Path, folder: &str, options: &[&str]) {
    std::fs::write(project.join("site.json"), site_json()).unwrap();
    let mut command: Command = call(kelisim(), project);
    command.args(["build", "site.json", "--out", folder]).args(options);
    command.arg("--dist").arg(dist());
    run(command).await;
}

/// Where the runtime lies.
fn dist() -> std::path::PathBuf {
    let repository = visits::site::repository().canonicalize().unwrap();
    std::env::var_os("KELISIM_DIST").map_or_else(|| repository.join("dist"), Into::into)
}
