//! Fails the build when the module contains code that no visitor should pay for: it comes in by accident, with one
//! `format!` or one `to_string()`, and weighs more than a feature.

use crate::project;
use anyhow::{Result, bail};
use wasmparser::{Parser, Payload};

/// A part of a function's name, and what brings such a function in.
const UNWANTED: &[(&str, &str)] = &[
    ("float_to_decimal", "a floating-point number is formatted"),
    ("flt2dec", "a floating-point number is formatted"),
    ("core::unicode::printable", "a string is formatted with {:?}"),
    ("serde_json", "serde_json is for native code"),
];

/// Holds the names of the module's functions against the list.
pub(super) fn check<'a>(functions: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut named = false;
    let mut found = Vec::new();
    for function in functions {
        named = true;
        let function = without_hashes(function);
        let reasons = UNWANTED.iter().filter(|(part, _)| function.contains(part));
        found.extend(reasons.map(|(_, reason)| format!("{function}: {reason}")));
    }
    if !named {
        bail!("the module has no names, so the guard cannot see what it contains: was it stripped too early?");
    }
    if !found.is_empty() {
        bail!(
            "the module contains what no visitor should pay for:\n  {}",
            found.join("\n  ")
        );
    }
    Ok(())
}

/// Holds a module's exports against what it is for: the compiler has nothing of the runtime, and the runtime nothing of the
/// compiler. What begins with two underscores is wasm-bindgen's own, and so is what calls a closure.
pub(super) fn check_exports(module: &[u8], expected: &[&str]) -> Result<()> {
    let mut exports = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ExportSection(section) = payload? {
            for export in section {
                exports.push(export?.name);
            }
        }
    }
    exports.retain(|name| !name.starts_with("__") && !name.starts_with("wasm_bindgen__convert__closures"));
    exports.sort_unstable();
    let mut sorted = expected.to_vec();
    sorted.sort_unstable();
    if exports != sorted {
        bail!(
            "the module exports {}, and should export {}",
            exports.join(", "),
            sorted.join(", ")
        );
    }
    Ok(())
}

/// Holds the memory with which a module begins, in pages of 64 KB, against what it may take of a phone. Of what Rust sets apart
/// for calls within calls a page uses a small part (`STACK` in `runtime/module.rs`).
pub(super) fn check_memory(module: &[u8], most: u64) -> Result<()> {
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::MemorySection(section) = payload? {
            for memory in section {
                let pages = memory?.initial;
                if pages > most {
                    bail!("the module begins with {pages} pages of memory, and may take {most}");
                }
            }
        }
    }
    Ok(())
}

/// Holds a module against the directories of this machine: it would tell everybody where on whose machine it was built,
/// and be another module on the next.
pub(super) fn check_machine(module: &[u8]) -> Result<()> {
    let directories = [Some(project::root().to_owned()), std::env::home_dir()];
    for directory in directories.into_iter().flatten() {
        let Some(name) = directory.to_str().filter(|name| name.len() > 1) else {
            continue;
        };
        let name = format!("{name}/");
        if module.windows(name.len()).any(|part| part == name.as_bytes()) {
            bail!("the module names {name}, a directory of this machine");
        }
    }
    Ok(())
}

/// A function's name without the hashes of crates: `core[bdb7c00c92d6f36f]::fmt` is `core::fmt`.
pub(super) fn without_hashes(function: &str) -> String {
    let mut name = String::new();
    let mut rest = function;
    while let Some((before, hash_and_after)) = rest.split_once('[') {
        name.push_str(before);
        rest = match hash_and_after.split_once(']') {
            Some((hash, after)) if hash.len() == 16 && hash.chars().all(|digit| digit.is_ascii_hexdigit()) => after,
            _ => {
                name.push('[');
                hash_and_after
            }
        };
    }
    name.push_str(rest);
    name
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn refuses_float_formatting() {
        let names = ["kelisim::start", "core::fmt::float::float_to_decimal_common_exact"];
        let error = check(names.into_iter()).unwrap_err().to_string();
        assert!(
            error.contains("float_to_decimal_common_exact: a floating-point number is formatted"),
            "{error}"
        );
    }

    #[test]
    fn names_are_compared_without_the_hashes_of_crates() {
        let name = "<[u8] as core[bdb7c00c92d6f36f]::unicode::printable::Check<[x]>>::is";
        assert_eq!(
            super::without_hashes(name),
            "<[u8] as core::unicode::printable::Check<[x]>>::is"
        );
        assert!(check([name].into_iter()).is_err());
    }

    /// A module that exports its memory under this name.
    fn exporting(name: &str) -> anyhow::Result<Vec<u8>> {
        let length = u8::try_from(name.len())?;
        let mut module = b"\0asm\x01\0\0\0\x05\x03\x01\0\x01\x07".to_vec();
        module.extend([length + 4, 1, length]);
        module.extend(name.as_bytes());
        module.extend([2, 0]);
        Ok(module)
    }

    #[test]
    fn refuses_another_export_and_one_that_is_missing() -> anyhow::Result<()> {
        super::check_exports(&exporting("check")?, &["check"])?;
        super::check_exports(&exporting("__wbindgen_malloc")?, &[])?;
        let error = super::check_exports(&exporting("tell")?, &["check"])
            .unwrap_err()
            .to_string();
        assert_eq!(error, "the module exports tell, and should export check");
        assert!(super::check_exports(&exporting("check")?, &[]).is_err());
        Ok(())
    }

    #[test]
    fn refuses_more_memory_than_a_page_is_to_give() -> anyhow::Result<()> {
        let module = exporting("memory")?;
        super::check_memory(&module, 1)?;
        let error = super::check_memory(&module, 0).unwrap_err().to_string();
        assert_eq!(error, "the module begins with 1 pages of memory, and may take 0");
        Ok(())
    }

    #[test]
    fn refuses_a_directory_of_this_machine() {
        let place = crate::project::path("Cargo.toml").display().to_string();
        assert!(super::check_machine(place.as_bytes()).is_err());
        assert!(super::check_machine(b"kelisim/Cargo.toml").is_ok());
    }

    #[test]
    fn refuses_a_module_without_names() {
        assert!(check(std::iter::empty()).is_err());
    }

    #[test]
    fn accepts_the_rest() -> anyhow::Result<()> {
        check(["kelisim::start", "core::str::from_utf8"].into_iter())
    }
}
