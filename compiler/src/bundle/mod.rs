//! A compiled site and the runtime's files become what a site serves.
//!
//! Pure: no clock, no chance, no file. The same input gives the same bytes. Where the runtime's files come from and where
//! the others go is for its callers.
//!
//! | | |
//! |---|---|
//! | a value as JavaScript reads it, in ASCII | `literal.rs` |
//! | what of the site stands in the script, and what comes after it | `asked.rs` |
//! | the owner's tokens as styles | `styles.rs` |
//! | what the script says of the files that it fetches | `parts.rs` |
//! | the places in the runtime's script | `script.rs` |
//! | hashes, and what is made of them | [`digest`] |

mod asked;
pub mod digest;
mod literal;
mod parts;
mod script;
pub(crate) mod styles;

use kelisim_site::{Settings, Site};
use serde::Serialize;
use thiserror::Error;

use self::asked::Asked;
use self::digest::{checksums, integrity, named_by_content, source_expression};
use self::literal::literal;
use self::parts::{Parts, Spoken, apart, function_of_bindings, inside, spoken};
use crate::Compiled;
use crate::owner::base::Base;

/// The runtime's files, from which a build is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runtime {
    /// The script, with the identifiers `__KELISIM_SITE__`, `__KELISIM_FILES__`, `__KELISIM_STYLES__` and
    /// `__KELISIM_BINDINGS__` in the places of what is put in, each once. ASCII.
    pub script: String,
    /// What binds the module to a page, as the body of a function of `kelisim`, which the loader leaves it. ASCII.
    pub bindings: String,
    /// The WebAssembly module, the same for every site.
    pub module: Vec<u8>,
    /// The styles of the first layer, in the look of the site.
    pub first_layer_styles: String,
    /// The styles of the settings.
    pub settings_styles: String,
}

/// How a site is built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Where the files are served.
    pub base: Base,
    /// Names the script by its content, for pages that print the tag anew with every build.
    pub pin: bool,
    /// Puts module, settings and the whole site into the script.
    pub single_file: bool,
    /// Also writes the compiled site as an ES module, [`Whole`], and its type.
    pub module: bool,
    /// What is served beside it as it is: the compiler and the configuration, where pages can be audited.
    pub beside: Vec<File>,
}

/// A file that a site serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, in the one directory that all of them lie in.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What a site serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The files, in the order in which they come to be served: the script is last, after all that it names.
    pub files: Vec<File>,
    /// The name of the script.
    pub script_name: String,
    /// The tag for a page's `<head>`.
    pub tag: String,
    /// The script as a Content-Security-Policy names it where it is inlined, `'sha256-…'`: of a build in a single file.
    pub inline_source: Option<String>,
}

/// A compiled site with everything that a page has in files otherwise: what `kelisim.start` takes.
#[derive(Debug, Serialize)]
pub struct Whole<'a> {
    site: &'a Site,
    settings: &'a [Settings],
    /// The owner's tokens as styles, to be put behind those of the first layer.
    tokens: String,
}

impl Whole<'_> {
    /// The whole of a compiled site.
    pub fn of(compiled: &Compiled) -> Whole<'_> {
        let Compiled { site, settings } = compiled;
        Whole {
            site,
            settings,
            tokens: styles::with_tokens("", site),
        }
    }
}

/// Why a bundle cannot be made: a fault of the runtime's files, never of the configuration.
#[derive(Debug, Error)]
pub enum BundleError {
    /// A place of the script is not there exactly once.
    #[error("the runtime's script has {place} {times} times, and must have it once: it is not of this build")]
    Place {
        /// The identifier that stands in the place.
        place: &'static str,
        /// How often it is there.
        times: usize,
    },
    /// The script has a character that a server's charset could change.
    #[error("the runtime's script is not ASCII: {0:?} is in it")]
    NotAscii(char),
    /// The script has something that a page would not take as it is between `<script>` and `</script>`.
    #[error("the runtime's script has {0:?} in it, and so it cannot be inlined into a page")]
    NotInline(&'static str),
    /// Something could not be written as JSON.
    #[error("the compiled site could not be written as JSON")]
    Json(#[from] serde_json::Error),
}

/// The ES module with the compiled site, and its type.
const SITE_MODULE: &str = "kelisim.site.js";
const SITE_TYPES: &str = "kelisim.site.d.ts";

/// What `kelisim.d.ts` calls a `CompiledSite`, without a need for it.
const TYPE_OF_A_SITE: &str = "\
declare const site: {
  readonly site: object;
  readonly settings: readonly { readonly language: string; readonly html: string }[];
  readonly tokens: string;
};
export default site;
";

const CHECKSUMS: &str = "SHA384SUMS";

/// Makes of a compiled site what its pages get.
///
/// # Errors
///
/// When the runtime's script is not one that a site can be put into.
pub fn bundle(compiled: &Compiled, runtime: &Runtime, options: &Options) -> Result<Bundle, BundleError> {
    let spoken = spoken(compiled, &runtime.settings_styles);
    let (parts, mut files) = fetched(compiled, &spoken, runtime, options)?;
    files.extend(options.beside.iter().cloned());
    if options.module {
        files.extend(site_module(compiled)?);
    }
    let script = script(&compiled.site, &parts, runtime, options)?;
    let inline_source = inline_source(&script, options)?;
    let script_name = script_name(&script, options);
    let tag = tag(&script_name, &script, options);
    let script = File {
        name: script_name.clone(),
        content: script.into_bytes(),
    };
    let checksums = checksums(files.iter().chain([&script]));
    files.push(File {
        name: CHECKSUMS.to_owned(),
        content: checksums.into_bytes(),
    });
    files.push(script);
    Ok(Bundle {
        files,
        script_name,
        tag,
        inline_source,
    })
}

/// Module and settings: as the script knows them, and the files that they are in.
fn fetched(
    compiled: &Compiled,
    spoken: &[Spoken<'_>],
    runtime: &Runtime,
    options: &Options,
) -> Result<(Parts, Vec<File>), serde_json::Error> {
    if options.single_file {
        Ok((inside(spoken, &runtime.module)?, Vec::new()))
    } else {
        apart(&compiled.site, spoken, runtime)
    }
}

fn site_module(compiled: &Compiled) -> Result<[File; 2], serde_json::Error> {
    let types = File {
        name: SITE_TYPES.to_owned(),
        content: TYPE_OF_A_SITE.into(),
    };
    let module = File {
        name: SITE_MODULE.to_owned(),
        content: format!("export default {};\n", literal(&Whole::of(compiled))?).into_bytes(),
    };
    Ok([types, module])
}

fn script(site: &Site, parts: &Parts, runtime: &Runtime, options: &Options) -> Result<String, BundleError> {
    let mut written = runtime.script.chars().chain(runtime.bindings.chars());
    if let Some(foreign) = written.find(|character| !character.is_ascii()) {
        return Err(BundleError::NotAscii(foreign));
    }
    let styles = styles::with_tokens(&runtime.first_layer_styles, site);
    let known = if options.single_file {
        literal(site)?
    } else {
        literal(&Asked::of(site))?
    };
    let literals = [
        ("__KELISIM_SITE__", known),
        ("__KELISIM_FILES__", literal(parts)?),
        ("__KELISIM_STYLES__", literal(&styles)?),
        ("__KELISIM_BINDINGS__", bindings(runtime, options)),
    ];
    script::filled(&runtime.script, &literals)
}

/// The bindings inside the script; nothing where they are in a file of their own.
fn bindings(runtime: &Runtime, options: &Options) -> String {
    if options.single_file {
        function_of_bindings(&runtime.bindings)
    } else {
        "null".to_owned()
    }
}

fn inline_source(script: &str, options: &Options) -> Result<Option<String>, BundleError> {
    if !options.single_file {
        return Ok(None);
    }
    match script::not_inline(script) {
        Some(what) => Err(BundleError::NotInline(what)),
        None => Ok(Some(source_expression(script.as_bytes()))),
    }
}

fn script_name(script: &str, options: &Options) -> String {
    if options.pin {
        named_by_content("kelisim", "js", script.as_bytes())
    } else {
        "kelisim.js".to_owned()
    }
}

/// The tag. A script of another origin is fetched by the rules of CORS: only so can it be held against a hash, and only so
/// does a page hear what went wrong in it.
fn tag(name: &str, script: &str, options: &Options) -> String {
    let address = options.base.address();
    let integrity = if options.pin {
        format!(" integrity=\"{}\"", integrity(script.as_bytes()))
    } else {
        String::new()
    };
    let crossorigin = if options.base.origin().is_some() {
        " crossorigin"
    } else {
        ""
    };
    format!("<script async src=\"{address}{name}\"{integrity}{crossorigin}></script>")
}
