//! Takes the module apart into six texts of bytes, which `src/unpack.wat` puts together again in the visitor's browser:
//! what stands before the functions, what stands after them, their operations, their constants, the numbers of their
//! locals with the depths of their branches, and the offsets at which they load and store.
//!
//! The script weighs some 1,900 of 31,000 bytes less so, with what puts it together. What is of one kind repeats among
//! itself what brotli cannot see between the operations that it belongs to. The alignment of a load or store is a hint that
//! no engine needs, and goes; so does the length of a function, which is as good as random: a byte says where it ends.
//! The two most frequent loads, of the first and the second number of what lies somewhere, are an operation each. And only
//! the functions are masked: what else is in the module, most of all its words, is found again in the rest of the script.
//! Texts of their own for calls, for kinds of blocks or for long constants gained nothing; neither did numbers of locals by
//! how long ago they were used, nor marks for frequent pairs of operations.

use super::{literal, module, node};
use anyhow::{Context, Result, bail};
use kelisim::owner::distribution::hexadecimal;

/// In the texts of the functions these bits of every byte are turned over. Brotli tells letters, digits and marks from
/// each other, as if it read words, and the most frequent operations, all of small numbers, would be characters that it
/// lumps together: 316 of 32,407 bytes of the script. `src/unpack.wat` has the same number.
const MASK: u8 = 62;

/// The section of the module that holds the functions.
const FUNCTIONS: u8 = 10;
/// Bytes in which a function's length is put together.
const LENGTH: usize = 2;
/// Where the first text starts in the memory of what puts them together.
const TEXTS: usize = 216;
/// What `src/unpack.js` needs of the page's host, which is no module for node.
const ENCODER: &str = "import { encoder } from \"./host.js\";";
/// `i32.load`, from whatever offset. In the text of operations 0 is one from offset 0, and 1 one from offset 4.
const LOAD: u8 = 40;
/// A function's end in the text of operations, where every function has an operation 11, its last. No operation is 7 or 8.
const END: u8 = 7;
/// Says that an operation stands as it is, with how many bytes it has.
const VERBATIM: u8 = 8;

/// What puts the module together, and the texts, in the order in which it takes them.
pub(super) struct Packed {
    unpacker: Vec<u8>,
    texts: [Vec<u8>; 6],
}

impl Packed {
    /// All bytes that travel.
    pub(super) fn bytes(&self) -> Vec<u8> {
        [self.unpacker(), &self.texts()].concat()
    }

    /// What puts the module together.
    pub(super) fn unpacker(&self) -> &[u8] {
        &self.unpacker
    }

    /// How many bytes these have in UTF-8, each as a character.
    fn in_utf8(bytes: &[u8]) -> usize {
        bytes.len() + bytes.iter().filter(|byte| !byte.is_ascii()).count()
    }

    /// The bytes of the texts.
    pub(super) fn texts(&self) -> Vec<u8> {
        self.texts.concat()
    }

    /// What the loader takes, as JavaScript expressions: a literal of the bytes, how many of them are what puts the module
    /// together, how many bytes they all have in UTF-8, and where each text starts among these.
    pub(super) fn literals(&self, literal: String) -> String {
        let mut numbers = vec![self.unpacker.len(), Packed::in_utf8(&self.bytes())];
        let mut place = TEXTS + Packed::in_utf8(&self.unpacker);
        for text in &self.texts {
            numbers.push(place);
            place += Packed::in_utf8(text);
        }
        let numbers = numbers.iter().map(usize::to_string);
        literal::of_list(std::iter::once(literal).chain(numbers))
    }
}

/// Takes the module apart.
pub(super) fn pack(module: &[u8]) -> Result<Packed> {
    let Sections {
        before,
        functions,
        after,
    } = sections(module)?;
    let mut apart = Functions::default();
    let mut length = 0;
    for function in &functions {
        apart.add(function)?;
        length += function.len() + LENGTH;
    }
    let count = leb(functions.len());
    let mut head = before.to_vec();
    head.push(FUNCTIONS);
    head.extend(leb(count.len() + length));
    head.extend(count);
    let masked = |bytes: Vec<u8>| bytes.iter().map(|byte| byte ^ MASK).collect();
    Ok(Packed {
        unpacker: module::unpacker()?,
        texts: [
            head,
            after.to_owned(),
            masked(apart.operations),
            masked(apart.constants),
            masked(apart.locals),
            masked(apart.offsets),
        ],
    })
}

/// The module as it is put together: the same, but the length of every function takes two bytes, also a short one's.
fn rewritten(module: &[u8]) -> Result<Vec<u8>> {
    let Sections {
        before,
        functions,
        after,
    } = sections(module)?;
    let mut content = leb(functions.len());
    for function in functions {
        let [low, high, ..] = (function.len() << 1).to_le_bytes();
        if function.len() >= 1 << 14 {
            bail!("a function has {} bytes, and two do not say so", function.len());
        }
        content.extend([(low >> 1) | 128, high]);
        content.extend(function);
    }
    Ok([before, &[FUNCTIONS], &leb(content.len()), &content, after].concat())
}

/// The module's functions, each without its length, and what stands before and after the section that holds them.
struct Sections<'a> {
    before: &'a [u8],
    functions: Vec<&'a [u8]>,
    after: &'a [u8],
}

fn sections(module: &[u8]) -> Result<Sections<'_>> {
    let mut reader = Reader { rest: module };
    reader.take(8)?;
    loop {
        let before = module.len() - reader.rest.len();
        let section = reader.take(1)?;
        let length = value(reader.number()?);
        let mut content = Reader {
            rest: reader.take(length)?,
        };
        if section == [FUNCTIONS] {
            let mut functions = Vec::new();
            for _ in 0..value(content.number()?) {
                let length = value(content.number()?);
                functions.push(content.take(length)?);
            }
            return Ok(Sections {
                before: module.get(..before).unwrap_or_default(),
                functions,
                after: reader.rest,
            });
        }
    }
}

/// A number as the module writes it.
fn leb(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let [low, ..] = (number & 127).to_le_bytes();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 128);
    }
}

/// Fails where the loader does not make the module of what it takes, which is given as a JavaScript expression.
pub(super) fn check(module: &[u8], taken: &str) -> Result<()> {
    let program = format!("console.log(Buffer.from(unpack(...{taken}) ?? []).toString('hex'))");
    if run(&program)? != hexadecimal(&rewritten(module)?) {
        bail!("src/unpack.wat does not put together what xtask/src/build/packed.rs took apart");
    }
    Ok(())
}

/// What `node` writes when it runs a program that uses `src/unpack.js`.
fn run(program: &str) -> Result<String> {
    let unpack = super::read("src/unpack.js")?;
    let (_, unpack) = unpack
        .split_once(ENCODER)
        .context("src/unpack.js does not import the encoder")?;
    node::run(&format!("const encoder = new TextEncoder();\n{unpack}\n{program}"))
}

/// The functions, taken apart.
#[derive(Default)]
struct Functions {
    operations: Vec<u8>,
    constants: Vec<u8>,
    locals: Vec<u8>,
    offsets: Vec<u8>,
}

impl Functions {
    /// Adds a function, of its kinds of locals and its operations.
    fn add(&mut self, function: &[u8]) -> Result<()> {
        let mut reader = Reader { rest: function };
        let kinds = reader.number()?;
        self.operations.extend(kinds);
        for _ in 0..value(kinds) * 2 {
            self.operations.extend(reader.number()?);
        }
        while reader.rest.len() > 1 {
            self.add_operation(&mut reader)?;
        }
        self.operations.push(END);
        Ok(())
    }

    /// Adds an operation. What stands with which of them, the table in `src/unpack.wat` says too.
    fn add_operation(&mut self, reader: &mut Reader) -> Result<()> {
        let mut after = Reader { rest: reader.rest };
        let operation = after.byte()?;
        match operation {
            // Blocks, calls, globals.
            2..=4 | 16 | 35 | 36 => {
                self.operations.push(operation);
                self.operations.extend(after.number()?);
            }
            // Branches and locals.
            12 | 13 | 32..=34 => {
                self.operations.push(operation);
                self.locals.extend(after.number()?);
            }
            40..=62 => self.add_access(operation, &mut after)?,
            65 | 66 => {
                self.operations.push(operation);
                self.constants.extend(after.number()?);
            }
            5 | 11 | 15 | 26 | 27 | 69..=196 => self.operations.push(operation),
            _ => {
                after.skip_rest_of(operation)?;
                let bytes = reader.take(reader.rest.len() - after.rest.len())?;
                let length = u8::try_from(bytes.len()).context("a function has an operation of more than 255 bytes")?;
                self.operations.extend([VERBATIM, length]);
                self.operations.extend(bytes);
            }
        }
        reader.rest = after.rest;
        Ok(())
    }

    /// Adds a load or a store, of an alignment and an offset.
    fn add_access(&mut self, operation: u8, after: &mut Reader) -> Result<()> {
        if after.byte()? != 0 {
            bail!("a load or store names an alignment: was the module made without --dealign?");
        }
        match (operation, after.number()?) {
            (LOAD, [0]) => self.operations.push(0),
            (LOAD, [4]) => self.operations.push(1),
            (_, offset) => {
                self.operations.push(operation);
                self.offsets.extend(offset);
            }
        }
        Ok(())
    }
}

/// Reads the module's bytes.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .context("the module ends too early")?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?.iter().sum())
    }

    /// The bytes of a number: all but the last have their highest bit set.
    fn number(&mut self) -> Result<&'a [u8]> {
        let length = self.rest.iter().take_while(|byte| **byte > 127).count() + 1;
        self.take(length)
    }

    /// Skips what belongs to a rare operation.
    fn skip_rest_of(&mut self, operation: u8) -> Result<()> {
        let numbers = match operation {
            // They mean loads in the text of operations.
            0 | 1 => 0,
            // A branch by a table of depths, and one more for what is in none of them.
            14 => value(self.number()?) + 1,
            // An indirect call: a type and a table.
            17 => 2,
            // The memory's size.
            63 | 64 => 1,
            67 => return self.take(4).map(|_| ()),
            68 => return self.take(8).map(|_| ()),
            // Saturating conversions; parts of memory that are copied or filled.
            252 => match value(self.number()?) {
                0..=7 => 0,
                9 | 11 => 1,
                8 | 10 => 2,
                other => bail!("a function has an unknown operation, 252 {other}"),
            },
            _ => bail!("a function has an unknown operation, {operation}"),
        };
        for _ in 0..numbers {
            self.number()?;
        }
        Ok(())
    }
}

/// What the bytes of a number are worth.
fn value(number: &[u8]) -> usize {
    number
        .iter()
        .rev()
        .fold(0, |value, byte| (value << 7) | usize::from(byte & 127))
}

#[cfg(test)]
mod tests {
    use super::{Packed, check, leb, pack};
    use crate::build::literal;
    use crate::project;

    /// Operations of every kind, the last one missing: blocks, a table of branches, calls, locals, memory, constants,
    /// a conversion, a copy, and the two that mean something else in the text of operations.
    const FUNCTION: &[u8] = &[
        1, 2, 127, 2, 64, 14, 1, 0, 0, 13, 0, 11, 16, 200, 1, 17, 3, 0, 32, 1, 34, 130, 1, 40, 0, 144, 78, 40, 0, 0,
        40, 0, 4, 40, 0, 8, 41, 0, 0, 54, 0, 0, 63, 0, 65, 228, 0, 66, 127, 67, 1, 2, 3, 255, 68, 1, 128, 3, 4, 5, 6,
        7, 255, 252, 2, 252, 10, 0, 0, 0, 1, 106, 26, 11,
    ];

    /// Functions between two sections that hold whatever bytes.
    fn module(functions: &[&[u8]]) -> Vec<u8> {
        let mut content = vec![u8::try_from(functions.len()).unwrap_or_default()];
        for function in functions {
            content.extend(leb(function.len()));
            content.extend(*function);
        }
        let every_byte: Vec<u8> = (0..=255).collect();
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        for (section, content) in [(1, &every_byte), (10, &content), (11, &every_byte)] {
            module.push(section);
            module.extend(leb(content.len()));
            module.extend(content);
        }
        module
    }

    fn taken(packed: &Packed) -> String {
        packed.literals(literal::of_bytes(&packed.bytes()))
    }

    #[test]
    fn what_was_taken_apart_is_put_together() -> anyhow::Result<()> {
        let long = [FUNCTION.strip_suffix(&[11]).unwrap_or_default(), &[106; 300], &[11]].concat();
        let module = module(&[FUNCTION, &[0, 11], &long, FUNCTION]);
        check(&module, &taken(&pack(&module)?))
    }

    #[test]
    fn the_last_build_is_put_together() -> anyhow::Result<()> {
        for name in ["kelisim", "diagnosis"] {
            if let Ok(module) = std::fs::read(project::dist().join(format!("{name}.wasm"))) {
                check(&module, &taken(&pack(&module)?))?;
            }
        }
        Ok(())
    }

    #[test]
    fn a_wrong_text_is_noticed() -> anyhow::Result<()> {
        let module = module(&[FUNCTION]);
        for text in 0..6 {
            let mut wrong = pack(&module)?;
            if let Some(byte) = wrong.texts.get_mut(text).and_then(|bytes| bytes.last_mut()) {
                *byte ^= 4;
            }
            assert!(check(&module, &taken(&wrong)).is_err(), "{text}");
        }
        Ok(())
    }

    #[test]
    fn what_is_no_module_is_not_taken_apart() {
        let module = module(&[FUNCTION]);
        assert!(pack(module.get(..module.len() - 300).unwrap_or_default()).is_err());
        assert!(pack(&self::module(&[&[0, 6, 11]])).is_err());
        assert!(pack(&self::module(&[&[0, 40, 2, 0, 11]])).is_err());
        assert!(pack(b"").is_err());
    }

    /// G-08: what a server made longer, shorter or of other characters is refused, even where it would make a module.
    #[test]
    fn g_08_texts_of_another_length_are_noticed() -> anyhow::Result<()> {
        let module = module(&[FUNCTION]);
        let packed = pack(&module)?;
        let bytes = packed.bytes();
        check(&module, &packed.literals(literal::of_bytes(&bytes)))?;
        for changed in [[&bytes[..], b"a"].concat(), bytes[1..].to_vec()] {
            assert!(check(&module, &packed.literals(literal::of_bytes(&changed))).is_err());
        }
        assert!(
            check(
                &module,
                &packed.literals(literal::of_text(&"\u{fffd}".repeat(bytes.len()), true))
            )
            .is_err()
        );
        Ok(())
    }

    #[test]
    fn g_08_unpacking_ends_whatever_it_is_given() -> anyhow::Result<()> {
        let code = crate::build::module::unpacker()?;
        let mut program = format!("const code = {};\n", literal::of_bytes(&code));
        program.push_str("const random = (length) => Array.from({ length }, () => Math.random() * 256);\n");
        program.push_str("for (let run = 0; run < 3000; run++) try {\n");
        program.push_str("  const bytes = code + String.fromCharCode(...random(300));\n");
        program.push_str("  const places = random(6).map((place) => place * 4);\n");
        program.push_str("  unpack(bytes, code.length, encoder.encode(bytes).length, ...places);\n} catch {}");
        let output = super::run(&program)?;
        assert_eq!(output, "");
        Ok(())
    }
}
