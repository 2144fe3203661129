//! Fails the build when the module contains code that no visitor should pay for: it comes in by accident, with one
//! `format!` or one `to_string()`, and weighs more than a feature. And when its data have grown to where its stack may reach.

use crate::project;
use anyhow::{Result, bail};
use wasmparser::{DataKind, Operator, Parser, Payload};

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

/// Holds the module's data against the names of source files, which only the places of panics bring in: they would tell
/// every visitor where on whose machine it was built.
pub(super) fn check_paths(module: &[u8]) -> Result<()> {
    if module.windows(3).any(|part| part == b".rs") {
        bail!("the module names a source file: is -Zlocation-detail=none still among the compiler's flags?");
    }
    Ok(())
}

/// Up to which address, in bytes, a module's data may lie. Above them stand 64 KB of stack, and `DEEPEST` in
/// `src/exports.rs` is where calls within calls come to an end: the last of them needs what lies between.
const DATA_END: usize = 32_000;

/// Holds the addresses of the module's data against the stack above them.
pub(super) fn check_stack(module: &[u8]) -> Result<()> {
    for payload in Parser::new(0).parse_all(module) {
        let Payload::DataSection(segments) = payload? else {
            continue;
        };
        for segment in segments {
            let segment = segment?;
            let DataKind::Active { offset_expr, .. } = segment.kind else {
                continue;
            };
            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                bail!("the module's data lie somewhere else each time, and nobody can say where the stack ends");
            };
            let end = usize::try_from(value)? + segment.data.len();
            if end > DATA_END {
                bail!(
                    "the module's data end at {end}, where the stack could reach them: raise DEEPEST in src/exports.rs"
                );
            }
        }
    }
    Ok(())
}

/// Holds a module's exports against what it is for: the compiler has nothing of the runtime, and the runtime nothing of the
/// compiler. What begins with two underscores is wasm-bindgen's own.
pub(super) fn check_exports(module: &[u8], expected: &[&str]) -> Result<()> {
    let mut exports = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ExportSection(section) = payload? {
            for export in section {
                exports.push(export?.name);
            }
        }
    }
    exports.retain(|name| !name.starts_with("__"));
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
    use anyhow::Context as _;

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

    #[test]
    fn refuses_the_name_of_a_source_file() {
        assert!(super::check_paths(b"\0asm library/std/src/thread/local.rs\0").is_err());
        assert!(super::check_paths(b"\0asm data-src").is_ok());
    }

    #[test]
    fn refuses_data_that_the_stack_could_reach() -> anyhow::Result<()> {
        // A memory, and two bytes of data at an address of three bytes.
        let module = |address: [u8; 3]| {
            let [low, middle, high] = address;
            let mut module = b"\0asm\x01\0\0\0\x05\x03\x01\0\x01\x0b\x0a\x01\0\x41".to_vec();
            module.extend([low | 128, middle | 128, high, 11, 2, 1, 1]);
            module
        };
        super::check_stack(&module([0, 8, 0]))?;
        let error = super::check_stack(&module([127, 121, 1])).unwrap_err().to_string();
        assert!(error.contains("data end at 32001"), "{error}");
        Ok(())
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
    fn refuses_a_directory_of_this_machine() {
        let place = crate::project::path("src/lib.rs").display().to_string();
        assert!(super::check_machine(place.as_bytes()).is_err());
        assert!(super::check_machine(b"kelisim/src/lib.rs").is_ok());
    }

    #[test]
    fn refuses_a_module_without_names() {
        assert!(check(std::iter::empty()).is_err());
    }

    /// What is not among the names does not compile; what is, and is said nowhere, would travel for nothing.
    #[test]
    fn every_name_of_the_page_is_said_somewhere_and_stands_in_its_order() -> anyhow::Result<()> {
        let without_spaces = |text: String| text.replace(char::is_whitespace, "");
        let list = without_spaces(super::super::read("src/browser/names.rs")?);
        let names = list
            .split_once("NAMES:&str=\"")
            .and_then(|(_, after)| after.split_once('"'));
        let names = names.context("src/browser/names.rs has no NAMES")?.0.replace('\\', "");
        let names: Vec<&str> = names.split('|').collect();
        assert!(names.is_sorted_by(|before, after| before < after), "{names:?}");
        let mut said = String::new();
        for file in ["src/app.rs", "src/exports.rs"] {
            said += &without_spaces(super::super::read(file)?);
        }
        for directory in ["src/browser", "src/ui"] {
            for file in std::fs::read_dir(crate::project::path(directory))? {
                said += &without_spaces(std::fs::read_to_string(file?.path())?);
            }
        }
        for name in names {
            assert!(said.contains(&format!("name!(\"{name}\")")), "{name} is said nowhere");
        }
        Ok(())
    }

    #[test]
    fn accepts_the_rest() -> anyhow::Result<()> {
        check(["kelisim::start", "core::str::from_utf8"].into_iter())
    }
}
