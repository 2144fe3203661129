//! `cargo xtask size --report`: which crates, files and functions the module's bytes belong to, and its data.
//!
//! The module that visitors get has no names. The report makes one with the same arguments and the names kept; what is
//! in another after the optimiser has put functions into others counts for the one that took it in. It changes nothing
//! of a build.

use super::runtime::module;
use super::sizes::brotli;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use wasmparser::{KnownCustom, Name, NameSectionReader, Parser, Payload};

/// How many functions are listed one by one.
const LARGEST: usize = 60;

/// A function's name without the hashes of crates, and its bytes.
struct Function {
    name: String,
    body: Vec<u8>,
}

/// What the module consists of.
#[derive(Default)]
struct Anatomy {
    functions: Vec<Function>,
    data: usize,
    rest: usize,
}

/// Makes the module with its names and prints who its bytes belong to.
pub(crate) fn print() -> Result<()> {
    let toolchain = crate::setup::for_building()?;
    let module = module::build_with_names(&toolchain)?;
    let anatomy = dissect(&module)?;
    let code: Vec<&Function> = anatomy.functions.iter().collect();
    println!();
    println!("{:<58}{:>8}{:>8}", "the module's functions, by file", "raw", "brotli");
    for (place, functions) in by(&code, file_of) {
        print_line(&place, &functions, &code);
    }
    println!();
    println!("{:<58}{:>8}{:>8}", "the largest functions", "raw", "brotli");
    let mut largest = by(&code, str::to_owned);
    largest.truncate(LARGEST);
    for (name, functions) in largest {
        print_line(&name, &functions, &code);
    }
    println!();
    println!("{:<58}{:>8}", "data (words and tables)", anatomy.data);
    println!("{:<58}{:>8}", "types, imports, tables and the like", anatomy.rest);
    println!("\nbrotli: by how much less all functions weigh together without these");
    Ok(())
}

fn print_line(place: &str, functions: &[&Function], all: &[&Function]) {
    let raw: usize = functions.iter().map(|function| function.body.len()).sum();
    let gain = weight(all, &[]).saturating_sub(weight(all, functions));
    println!("{place:<58}{raw:>8}{gain:>8}");
}

/// What all functions weigh after brotli, without some.
fn weight(all: &[&Function], without: &[&Function]) -> usize {
    let mut bytes = Vec::new();
    for function in all {
        if !without.iter().any(|left_out| std::ptr::eq(*left_out, *function)) {
            bytes.extend(&function.body);
        }
    }
    brotli(&bytes).len()
}

/// The functions of each group, the largest group first.
fn by<'a>(functions: &[&'a Function], group: impl Fn(&str) -> String) -> Vec<(String, Vec<&'a Function>)> {
    let mut groups: BTreeMap<String, Vec<&Function>> = BTreeMap::new();
    for function in functions {
        groups.entry(group(&function.name)).or_default().push(function);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, functions)| {
        std::cmp::Reverse(functions.iter().map(|function| function.body.len()).sum::<usize>())
    });
    groups
}

/// The path of the module that a function is written in: `kelisim::visit::open` of `kelisim::visit::open::open`.
fn file_of(name: &str) -> String {
    // `<kelisim::consent::Record as …>::clone` belongs to the type.
    let name = name.trim_start_matches(['<', '&']);
    let path: Vec<&str> = name.split("::").collect();
    let is_module = |part: &&&str| part.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    let modules = path.iter().take_while(is_module).count();
    let last = if modules == path.len() { modules - 1 } else { modules };
    path.get(..last.max(1)).unwrap_or_default().join("::")
}

fn dissect(module: &[u8]) -> Result<Anatomy> {
    let mut anatomy = Anatomy::default();
    let (mut bodies, mut names, mut imported) = (Vec::new(), BTreeMap::new(), 0);
    for payload in Parser::new(0).parse_all(module) {
        match payload.context("the optimised module cannot be read")? {
            Payload::ImportSection(imports) => {
                imported = imports.count();
                anatomy.rest += imports.range().len();
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
            Payload::DataSection(data) => anatomy.data += data.range().len(),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    names = function_names(section)?;
                }
            }
            Payload::TypeSection(section) => anatomy.rest += section.range().len(),
            Payload::FunctionSection(section) => anatomy.rest += section.range().len(),
            Payload::ElementSection(section) => anatomy.rest += section.range().len(),
            _ => {}
        }
    }
    anatomy.functions = (imported..)
        .zip(bodies)
        .map(|(index, body)| Function {
            name: names.remove(&index).unwrap_or_else(|| format!("function {index}")),
            body,
        })
        .collect();
    Ok(anatomy)
}

fn function_names(section: NameSectionReader) -> Result<BTreeMap<u32, String>> {
    let mut names = BTreeMap::new();
    for part in section {
        if let Name::Function(functions) = part? {
            for function in functions {
                let function = function?;
                names.insert(function.index, super::guard::without_hashes(function.name));
            }
        }
    }
    Ok(names)
}
