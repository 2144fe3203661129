//! What the script needs besides itself, the module and the settings of each language: in files that it fetches, each with
//! its hash, or inside the script.
//!
//! It must not know how a page fetches them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use indexmap::IndexMap;
use kelisim_site::Site;
use serde::Serialize;

use super::asked::rest;
use super::digest::{integrity, named_by_content};
use super::literal::literal;
use super::{File, Runtime};
use crate::Compiled;

/// What the script says of them: the literal in the place of `__KELISIM_FILES__`.
#[derive(Debug, Serialize)]
pub(super) struct Parts {
    module: Module,
    /// The module's bindings, where they have a file of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    bindings: Option<Apart>,
    /// By language, in the site's order.
    settings: IndexMap<String, Settings>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Module {
    Apart(Apart),
    Inside { base64: String },
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Settings {
    Apart(Apart),
    /// What would be in the file.
    Inside {
        text: String,
    },
}

/// A file beside the script.
#[derive(Debug, Serialize)]
struct Apart {
    name: String,
    /// As `fetch` takes it.
    integrity: String,
}

/// The settings in one language with their styles, as a page gets them.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Spoken<'a> {
    language: &'a str,
    html: &'a str,
    styles: &'a str,
}

/// The settings in every language of a site.
pub(super) fn spoken<'a>(compiled: &'a Compiled, styles: &'a str) -> Vec<Spoken<'a>> {
    let settings = compiled.settings.iter();
    settings
        .map(|settings| Spoken {
            language: &settings.language,
            html: &settings.html,
            styles,
        })
        .collect()
}

/// The bindings as a function of what the loader leaves them.
pub(super) fn function_of_bindings(body: &str) -> String {
    format!("kelisim=>{{{}}}", body.trim_end())
}

/// Each in a file of its own, and with the bindings what the script does not say of the site.
pub(super) fn apart(
    site: &Site,
    spoken: &[Spoken<'_>],
    runtime: &Runtime,
) -> Result<(Parts, Vec<File>), serde_json::Error> {
    let module = file("kelisim", "wasm", runtime.module.clone());
    let bindings = format!(
        "export default {};\nexport const rest = {};\n",
        function_of_bindings(&runtime.bindings),
        literal(&rest(site))?
    );
    let bindings = file("bindings", "js", bindings.into_bytes());
    let mut parts = Parts {
        module: Module::Apart(known(&module)),
        bindings: Some(known(&bindings)),
        settings: IndexMap::new(),
    };
    let mut files = vec![module, bindings];
    for settings in spoken {
        let stem = format!("settings.{}", settings.language);
        let file = file(&stem, "json", literal(settings)?.into_bytes());
        let known = Settings::Apart(known(&file));
        parts.settings.insert(settings.language.to_owned(), known);
        files.push(file);
    }
    Ok((parts, files))
}

/// All of them in the script. The texts are escaped there, and are not here.
pub(super) fn inside(spoken: &[Spoken<'_>], module: &[u8]) -> Result<Parts, serde_json::Error> {
    let base64 = STANDARD.encode(module);
    let settings = spoken.iter().map(|settings| {
        let text = serde_json::to_string(settings)?;
        Ok((settings.language.to_owned(), Settings::Inside { text }))
    });
    Ok(Parts {
        module: Module::Inside { base64 },
        bindings: None,
        settings: settings.collect::<Result<_, serde_json::Error>>()?,
    })
}

fn file(stem: &str, ending: &str, content: Vec<u8>) -> File {
    File {
        name: named_by_content(stem, ending, &content),
        content,
    }
}

fn known(file: &File) -> Apart {
    Apart {
        name: file.name.clone(),
        integrity: integrity(&file.content),
    }
}
