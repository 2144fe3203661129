//! What a single text of the configuration may be, each rule by itself.

use super::codes::Code;
use super::words::{has, next};
use crate::core::letters::{first, halves};

/// Keys that would weaken the choice, by a part of their name (requirements C-04, O-03). They are unknown keys like any
/// other; the owner is only told why there is no such thing.
const REFUSED_KEYS: &[(Code, &str)] = &[
    (
        Code::DefaultOn,
        "defaulton|bydefault|defaultstate|defaultvalue|enabled|checked|preselect|optout",
    ),
    (Code::LegitimateInterest, "basis|legit|legint"),
    (
        Code::WeakensRefusal,
        "reject|decline|refus|deny|hide|acceptall|equalweight",
    ),
];

/// The code of a key that Kelisim does not know: most are slips, some ask for what is refused. A text may have any name.
pub(super) fn unknown_key(key: &str, unknown: Code) -> Code {
    if unknown != Code::UnknownText {
        for (code, parts) in REFUSED_KEYS {
            let mut parts = *parts;
            while let Some((part, _)) = next(&mut parts, b'|') {
                if has(key, part) || key == "default" {
                    return *code;
                }
            }
        }
    }
    unknown
}

/// Small letters, for [`only`].
pub(super) const SMALL: u8 = 1;
/// Digits.
pub(super) const DIGITS: u8 = 2;
/// Capital letters.
pub(super) const CAPITALS: u8 = 4;
/// The hyphen.
pub(super) const HYPHEN: u8 = 8;
/// The full stop.
pub(super) const STOP: u8 = 16;
/// The low line.
pub(super) const LINE: u8 = 32;
/// Space and everything below it.
pub(super) const BLANK: u8 = 64;
/// Every other byte.
pub(super) const OTHER: u8 = 128;

/// Whether a text consists of bytes of these classes only.
#[inline(never)]
pub(super) fn only(text: &str, classes: u8) -> bool {
    for byte in text.as_bytes() {
        let class = match byte {
            b'a'..=b'z' => SMALL,
            b'0'..=b'9' => DIGITS,
            b'A'..=b'Z' => CAPITALS,
            b'-' => HYPHEN,
            b'.' => STOP,
            b'_' => LINE,
            0..=b' ' => BLANK,
            _ => OTHER,
        };
        if classes & class == 0 {
            return false;
        }
    }
    true
}

/// Whether one of these marks stands in a text.
#[inline(never)]
pub(super) fn has_mark(text: &str, marks: &str) -> bool {
    for byte in text.as_bytes() {
        for mark in marks.as_bytes() {
            if byte == mark {
                return true;
            }
        }
    }
    false
}

/// Whether there is no letter in it.
pub(super) fn is_blank(text: &str) -> bool {
    only(text, BLANK)
}

/// Whether it can stand in an attribute, a record and a file name: `[a-z][a-z0-9-]*`.
pub(super) fn is_id(id: &str) -> bool {
    id.get(..1).is_some_and(|first| only(first, SMALL)) && only(id, SMALL | DIGITS | HYPHEN)
}

/// Whether it can be the tag of a language and the name of its file: letters and hyphens.
pub(super) fn is_language(tag: &str) -> bool {
    !tag.is_empty() && only(tag, SMALL | CAPITALS | HYPHEN)
}

/// Whether a letter can be sent to it; an absent one is for others to miss.
pub(super) fn is_email(email: &str) -> bool {
    let (account, host) = halves(email, b'@');
    email.is_empty()
        || !account.is_empty()
            && !host.is_empty()
            && only(email, !BLANK)
            && !has_mark(host, "@")
            && !has_mark(email, "<>,;:\"?&")
}

/// Whether a vendor can have given it out: it becomes a part of an address.
pub(super) fn is_parameter(text: &str) -> bool {
    only(text, SMALL | CAPITALS | DIGITS | HYPHEN | STOP | LINE)
}

/// Whether it is a whole number from 1, in digits.
pub(super) fn is_digits(text: &str) -> bool {
    only(text, DIGITS) && (1..21).contains(&text.len()) && first(text) != b'0'
}

/// Whether it is a path on this very site, whatever a browser makes of it: no other host, no way up, nothing escaped that
/// could become one of them, no query that could hold an identifier (requirement R-06).
pub(super) fn is_own_path(path: &str) -> bool {
    first(path) == b'/' && only(path, !BLANK) && !has_mark(path, "\\%?#") && !has(path, "//") && !has(path, "..")
}

/// Whether it has the form of a code of ISO 3166-1 alpha-2.
pub(super) fn is_country(code: &str) -> bool {
    code.len() == 2 && only(code, CAPITALS)
}

/// Whether it is a lifetime: `session`, `unlimited`, `30m`, `20h`, `365d`.
pub(super) fn is_lifetime(written: &str) -> bool {
    // Nine digits of days are longer than there are people.
    let digits = written.len().wrapping_sub(1);
    matches!(written, "session" | "unlimited")
        || (1..10).contains(&digits)
            && written.get(..digits).is_some_and(|number| only(number, DIGITS))
            && written.get(digits..).is_some_and(|unit| has_mark(unit, "mhd"))
}

/// Whether the value of a custom property stays one value and loads nothing from anywhere (requirement G-06).
pub(super) fn is_plain(value: &str) -> bool {
    !value.is_empty() && !has_mark(value, ";{}\\@") && !has(value, "url") && !has(value, "image")
}
