//! Takes the pictures of the documents, as `kelisim evidence` shows a site to somebody who has not answered: each look, and both
//! layers. It must not show anything that a site cannot look like.

use crate::{build, process, project, setup};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The site that is pictured.
const SITE: &str = "www/sites/rasco.kz/site.json";

/// A look, and which pictures of it go where in `docs/`.
struct Look {
    name: &'static str,
    appearance: Value,
    kept: &'static [(&'static str, &'static str)],
}

/// Sets up what it needs, builds, and writes every picture anew.
pub(crate) fn run() -> Result<()> {
    setup::for_building()?;
    setup::for_visiting()?;
    build::run()?;
    for look in looks() {
        take(&look)?;
    }
    Ok(())
}

fn looks() -> Vec<Look> {
    let look = |name, appearance, kept| Look { name, appearance, kept };
    vec![
        look(
            "bar",
            json!({"layout": "bar"}),
            &[("ru-desktop-first-layer.png", "looks/bar-bottom.png")],
        ),
        look(
            "bar-top",
            json!({"layout": "bar", "position": "top"}),
            &[("ru-desktop-first-layer.png", "looks/bar-top.png")],
        ),
        look(
            "box",
            json!({"layout": "box"}),
            &[
                ("ru-desktop-first-layer.png", "first-layer.png"),
                ("kk-phone-first-layer.png", "looks/phone.png"),
                ("kk-phone-settings.png", "settings-phone.png"),
                ("ru-desktop-settings.png", "looks/settings.png"),
            ],
        ),
        look(
            "box-bottom-end",
            json!({"layout": "box", "position": "bottom-end"}),
            &[("ru-desktop-first-layer.png", "looks/box-bottom-end.png")],
        ),
        look(
            "box-top-start",
            json!({"layout": "box", "position": "top-start"}),
            &[("ru-desktop-first-layer.png", "looks/box-top-start.png")],
        ),
        look(
            "box-top-end",
            json!({"layout": "box", "position": "top-end"}),
            &[("ru-desktop-first-layer.png", "looks/box-top-end.png")],
        ),
        look(
            "card",
            json!({"layout": "card"}),
            &[("ru-desktop-first-layer.png", "looks/card.png")],
        ),
        look(
            "dark",
            json!({"layout": "box", "theme": "dark"}),
            &[("ru-desktop-first-layer.png", "looks/dark.png")],
        ),
    ]
}

/// Files the site in a look under `target/`, and keeps what is named.
fn take(look: &Look) -> Result<()> {
    let folder = project::path("target/pictures").join(look.name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("could not empty {}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    let site = configuration(look, &folder)?;
    let evidence = folder.join("evidence");
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(project::root());
    command.args(["run", "--quiet", "--bin", "kelisim", "--", "evidence"]);
    command.arg(&site).arg("--out").arg(&evidence);
    process::run_quietly(
        &mut command,
        "take the pictures of a look",
        "The message above names the cause.",
    )?;
    for (taken, kept) in look.kept {
        let kept = project::path("docs").join(kept);
        copy(&evidence.join(taken), &kept)?;
        println!("picture  {}", kept.display());
    }
    Ok(())
}

/// The configuration of the site in a look, in a file of its own.
fn configuration(look: &Look, folder: &Path) -> Result<PathBuf> {
    let text = std::fs::read_to_string(project::path(SITE)).with_context(|| format!("could not read {SITE}"))?;
    let mut site: Value = serde_json::from_str(&text).with_context(|| format!("{SITE} is no JSON"))?;
    let members = site.as_object_mut().with_context(|| format!("{SITE} is no object"))?;
    members.insert("appearance".to_owned(), look.appearance.clone());
    members.insert("languages".to_owned(), json!(["ru", "kk", "en"]));
    let path = folder.join("site.json");
    std::fs::write(&path, site.to_string()).with_context(|| format!("could not write {}", path.display()))?;
    Ok(path)
}

fn copy(taken: &Path, kept: &Path) -> Result<()> {
    if let Some(folder) = kept.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    }
    std::fs::copy(taken, kept)
        .map(drop)
        .with_context(|| format!("could not copy {} to {}", taken.display(), kept.display()))
}
