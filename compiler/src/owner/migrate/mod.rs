//! `kelisim migrate`: a `site.json` of the configuration of another consent manager, as far as it goes, and a list of what was
//! taken over, what was not and why, and what the owner still has to write.
//!
//! Nothing of what is read is run: a script is read as a syntax tree (`script.rs`), a page as HTML (`page.rs`). Each product
//! has a file, which makes a draft (`draft.rs`) of what it finds; `site.rs` makes a configuration of that, and the check has
//! the last word.

mod cookiebot;
mod draft;
mod klaro;
mod orejime;
mod page;
mod pattern;
mod script;
mod site;
mod tarteaucitron;
mod vanilla_cookieconsent;
mod vendor;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};
use oxc_span::SourceType;

use self::draft::{Draft, Left, Said};
use self::page::Page;
use self::script::{Facts, Fault, Origin};
use self::site::{Knowledge, Site, site};
use super::check::{self, without_byte_order_mark};
use super::files;
use super::locate::{Place, Places};
use crate::catalogue::Catalogue;
use crate::config::messages::messages;
use crate::config::words::ENGLISH;
use crate::languages::Languages;

/// Deeper than this nobody configures anything, and a parser runs out of room.
const DEEPEST: usize = 500;

/// What `migrate` is asked for.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What you have: the script with the call (`CookieConsent.run({…})`, `klaroConfig = {…}`, `orejimeConfig = {…}`,
    /// `tarteaucitron.init({…})`), the same as JSON, or a page as HTML that has it in itself.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where to write the configuration; printed when it is not named. A file that is there stays.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Another consent manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Product {
    VanillaCookieconsent,
    Klaro,
    Orejime,
    Tarteaucitron,
    Cookiebot,
}

impl Product {
    /// As it calls itself.
    fn name(self) -> &'static str {
        match self {
            Product::VanillaCookieconsent => "vanilla-cookieconsent",
            Product::Klaro => "Klaro",
            Product::Orejime => "Orejime",
            Product::Tarteaucitron => "tarteaucitron",
            Product::Cookiebot => "Cookiebot",
        }
    }

    /// Its key under `aliases`. The markup of tarteaucitron is a class for each of its services, and stays unread.
    fn alias(self) -> Option<&'static str> {
        match self {
            Product::VanillaCookieconsent => Some("vanilla-cookieconsent"),
            Product::Klaro => Some("klaro"),
            Product::Orejime => Some("orejime"),
            Product::Cookiebot => Some("cookiebot"),
            Product::Tarteaucitron => None,
        }
    }
}

/// All that is read of a file.
struct Source {
    facts: Facts,
    page: Page,
}

/// Makes a configuration, writes or prints it, and tells what became of everything.
///
/// # Errors
///
/// When the file cannot be read, is no script and no page, or has no configuration of a product that is known here; when a
/// file stands where the configuration is to be.
pub fn run(
    arguments: &Arguments,
    catalogue: &Catalogue,
    languages: &Languages,
    output: &mut impl Write,
    complaints: &mut impl Write,
) -> Result<()> {
    let Arguments { file, out } = arguments;
    if let Some(out) = out {
        ensure!(
            !files::is_there(out),
            "{} is there already: name another file, or move it",
            out.display()
        );
    }
    let text = files::read(file)?;
    let text = without_byte_order_mark(&text).replace("\r\n", "\n");
    let name = file.display().to_string();
    let source = read(file, &text, &name)?;
    let Some((product, draft)) = draft(&source) else {
        bail!(
            "{name}: no configuration of vanilla-cookieconsent, Klaro, Orejime, tarteaucitron or Cookiebot was found in it"
        );
    };
    let knowledge = Knowledge {
        catalogue,
        languages,
        facts: &source.facts,
    };
    let site = site(draft, product.alias(), &knowledge);
    let written = format!("{}\n", serde_json::to_string_pretty(&site.document)?);
    let called = if let Some(out) = out {
        files::write(out, written.as_bytes())?;
        out.display().to_string()
    } else {
        output.write_all(written.as_bytes())?;
        "site.json".to_owned()
    };
    tell(product, &site, &Places::new(&text), &name, complaints)?;
    writeln!(complaints, "What `kelisim check {called}` says now:")?;
    let english = messages(ENGLISH);
    let findings = check::check(&written, catalogue, languages, english);
    check::print(complaints, &called, &findings, english)?;
    Ok(())
}

/// Reads the configuration of one product, where there is one.
type Reader = fn(&Source) -> Option<Draft>;

/// The configuration of the first product that is found.
fn draft(source: &Source) -> Option<(Product, Draft)> {
    let products: [(Product, Reader); 5] = [
        (Product::VanillaCookieconsent, vanilla_cookieconsent::draft),
        (Product::Klaro, klaro::draft),
        (Product::Orejime, orejime::draft),
        (Product::Tarteaucitron, tarteaucitron::draft),
        (Product::Cookiebot, cookiebot::draft),
    ];
    products
        .into_iter()
        .find_map(|(product, draft)| Some((product, draft(source)?)))
}

/// The language of a page, where nothing better says which languages there are: its `lang`, or an Orejime's bundle.
fn language_of_page(draft: &mut Draft, source: &Source) {
    let page = &source.page;
    let of_page = page.language.clone().map(|language| ("html[lang]", language));
    let of_bundle = || page.bundle_language.clone().map(|language| ("script[src]", language));
    if draft.languages.is_empty()
        && let Some((path, value)) = of_page.or_else(of_bundle)
    {
        let path = path.to_owned();
        let from = Origin { path, byte: 0 };
        draft.languages.push(Said { value, from });
    }
}

/// Reads a file by what it is: a page, JSON, or a script.
fn read(path: &Path, text: &str, name: &str) -> Result<Source> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let start = text.trim_start();
    let located = |begins: usize| {
        move |fault: Fault| {
            let Place { line, column } = super::locate::place(text, begins + fault.byte);
            anyhow::anyhow!("{name}:{line}:{column}: {}", fault.cause)
        }
    };
    if let Some(byte) = too_deep(text) {
        let cause = "this lies too deep in other brackets to be a configuration".to_owned();
        return Err(located(0)(Fault { byte, cause }));
    }
    if ["html", "htm"].contains(&ending) || start.starts_with('<') {
        let page = Page::read(text);
        let mut facts = Facts::default();
        for (begins, script) in &page.scripts {
            facts.extend(Facts::of_script(script, SourceType::unambiguous(), *begins).map_err(located(*begins))?);
        }
        // What waits in the page says which vendors it is of; whether it can be read, a browser will say.
        for gated in &page.gated {
            if let Ok(waiting) = Facts::of_script(&gated.text, SourceType::unambiguous(), 0) {
                facts.extend(waiting);
            }
        }
        return Ok(Source { facts, page });
    }
    let facts = if ["json", "json5"].contains(&ending) || start.starts_with('{') {
        Facts::of_value(text)
    } else {
        let kind = if ending == "ts" {
            SourceType::ts()
        } else {
            SourceType::unambiguous()
        };
        Facts::of_script(text, kind, 0)
    };
    Ok(Source {
        facts: facts.map_err(located(0))?,
        page: Page::default(),
    })
}

/// Where brackets lie deeper in each other than a parser has room for.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// Tells what was taken over, what was not and why, and what is to be done in the pages.
fn tell(product: Product, site: &Site, places: &Places<'_>, name: &str, complaints: &mut impl Write) -> Result<()> {
    let at = |from: &Origin| {
        let Place { line, column } = places.of(from.byte);
        format!("{name}:{line}:{column}: {}", from.path)
    };
    let law = if site.is_under_kz {
        "the laws of Kazakhstan and of the EU hold, which is what Kelisim goes by where `law` says nothing"
    } else {
        "the GDPR alone holds, because the site speaks neither Kazakh nor Russian: `law` says so"
    };
    writeln!(complaints, "Assumed: {law}.")?;
    writeln!(complaints, "Taken over from {}:", product.name())?;
    for (place, from) in &site.taken {
        writeln!(complaints, "    {} -> {place}", at(from))?;
    }
    let mut left: Vec<&Left> = site.left.iter().collect();
    left.sort_by_key(|left| left.from.byte);
    if !left.is_empty() {
        writeln!(complaints, "Not taken over:")?;
    }
    for Left { from, why } in left {
        writeln!(complaints, "    {}\n        {why}", at(from))?;
    }
    if !site.started.is_empty() {
        writeln!(complaints, "To be done in your pages:")?;
    }
    for (place, vendor) in &site.started {
        writeln!(
            complaints,
            "    {place}: Kelisim loads {vendor} by itself: take its script out of your pages, or it runs twice."
        )?;
    }
    Ok(())
}
