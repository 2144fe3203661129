//! Sends receipts to the owner's own site. One that was not taken waits in `localStorage["kelisim-receipts"]`, a line each,
//! and goes again with the next page. Nothing waits for an answer, and where storage is denied each is sent once.

use super::host;
use super::names::name;
use super::object::Object;
use super::storage::{forget, item, keep};
use crate::core::json;
use crate::core::letters::{halves, split};
use crate::core::value::{Value, Words, Writer};

/// Where receipts wait.
const KEY: Object = name!("kelisim-receipts");
/// No more than this many wait; the oldest gives way.
const MOST: usize = 10;

/// Sends a receipt, unless it is `null`, and those that wait. It waits itself until it was taken: the page may end first.
pub fn send(path: Words, receipt: &Value) {
    let mut waiting = Writer::of(&item(KEY).words().unwrap_or_default());
    if !receipt.is_null() {
        json::write(receipt, &mut waiting);
        waiting.mark(b'\n');
    }
    let lines = latest(waiting.done().text());
    if !receipt.is_null() {
        keep(KEY, Object::saying(lines));
    }
    let mut left = lines;
    while let Some((line, after)) = split(left, b'\n') {
        host::post(path, Words::of(line));
        left = after;
    }
}

/// The last lines, as many as may wait.
fn latest(mut lines: &'static str) -> &'static str {
    let mut count = lines.bytes().filter(|byte| *byte == b'\n').count();
    while count > MOST {
        lines = halves(lines, b'\n').1;
        count -= 1;
    }
    lines
}

/// A receipt was taken.
pub fn sent(receipt: Words) {
    let mut line = Writer::of(&receipt);
    line.mark(b'\n');
    let left = item(KEY).tell_both(name!("replace"), Object::saying(line.as_str()), Words::NONE);
    if left.get(name!("length")).whole() > 0 {
        keep(KEY, left);
    } else {
        forget(KEY);
    }
}
