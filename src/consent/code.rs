//! The short code by which a visitor can name a grant (requirement I-02). It identifies the grant and nobody.

/// Crockford's base 32, without the letters that are mistaken for digits.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Digits before the hyphen, and after it.
const HALF: usize = 4;

/// 40 random bits as `7KQ2-M4XD`; what is above the 40th leaves no trace.
pub(super) fn code(mut random: u64) -> String {
    let mut code = String::new();
    for place in 0..2 * HALF {
        if place == HALF {
            code.push('-');
        }
        let digit = DIGITS.get((random & 31) as usize);
        code.push(digit.copied().map_or('0', char::from));
        random >>= 5;
    }
    code
}
