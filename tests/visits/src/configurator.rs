//! The configurator as an owner has it before them: served from a folder of a site, with a file to take and files to hand over.

use std::fs;
use std::hash::{BuildHasher as _, RandomState};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use fantoccini::Locator;

use crate::internet::Internet;
use crate::project::served_under;
use crate::runner::Visitor;
use crate::site::{Site, repository};
use crate::visit::Visit;

/// Where it is.
pub const ADDRESS: &str = "https://rasco.kz/configurator/";

/// Opens it in one of its languages.
pub async fn opened(visitor: &Visitor, language: &str) -> Visit {
    let folder = repository().join("target/kelisim/configurator");
    let internet = Internet::with([served_under("/configurator", &folder, Site::of("rasco.kz"))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open(&format!("{ADDRESS}#{language}")).await;
    visit
        .until_true("the configurator", "return !!document.querySelector('[data-step]')")
        .await;
    visit
}

/// Chooses a file of the owner's own disk, with this text.
///
/// # Panics
/// Where it cannot be written, or there is nothing to choose it with.
pub async fn take_file(visit: &Visit, text: &str) {
    let name = format!(
        "kelisim-site-{}-{}.json",
        std::process::id(),
        RandomState::new().hash_one(text)
    );
    let file = std::env::temp_dir().join(name);
    fs::write(&file, text).unwrap();
    let input = visit.client().find(Locator::Css("input[type=file]")).await.unwrap();
    input.send_keys(file.to_str().unwrap()).await.unwrap();
}

/// The bytes that a download would write, once it is there.
///
/// # Panics
/// Where it does not come.
pub async fn download(visit: &Visit, name: &str) -> Vec<u8> {
    let selector = format!("[data-download=\"{name}\"]");
    visit
        .until_true(name, &format!("return !!document.querySelector('{selector}')"))
        .await;
    let bytes = visit
        .script_until_done(&format!(
            "fetch(document.querySelector('{selector}').href).then(answer => answer.blob()).then(blob => {{ \
             const reader = new FileReader(); reader.onload = () => done(reader.result.split(',')[1]); reader.readAsDataURL(blob) }})"
        ))
        .await;
    BASE64_STANDARD.decode(bytes.as_str().unwrap()).unwrap()
}
