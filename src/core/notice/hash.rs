//! SHA-256 (FIPS 180-4), in a few hundred bytes of module: the visitor's script works on plain http, where the browser
//! offers no `crypto.subtle` (requirement R-02). The tests hold it against the `sha2` crate.

#![allow(
    clippy::indexing_slicing,
    reason = "every index is bounded by the loop around it; with iterators the same weighs twice as much"
)]
#![allow(clippy::many_single_char_names, reason = "FIPS 180-4 calls them so")]

use crate::core::pile::Pile;
use crate::core::value::{Words, Writer};

/// The constants of the function: of the first 64 primes, the first 32 bits of the fractional parts of their cube roots,
/// and of the first 8 also those of their square roots. Worked out, they weigh less than written down, because nothing
/// can compress them.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the first 32 bits are what is wanted"
)]
fn work_out(cubes: &mut [u32; 64], squares: &mut [u32; 8]) {
    let fraction = |root: f64| ((root - root.floor()) * 4_294_967_296.0) as u32;
    let (mut count, mut number) = (0, 2_u32);
    while count < 64 {
        // The 64th is 311, which a number below 18 would divide if it were no prime.
        if (2..18).all(|divisor| divisor == number || number % divisor != 0) {
            let prime = f64::from(number);
            // Newton's method; none of these roots is near enough to a whole 32 bits for its last digit to matter.
            let mut root = 7.0;
            for _ in 0..12 {
                root -= (root - prime / (root * root)) / 3.0;
            }
            cubes[count] = fraction(root);
            if count < 8 {
                squares[count] = fraction(prime.sqrt());
            }
            count += 1;
        }
        number += 1;
    }
}

/// The SHA-256 of a text, in lowercase hex.
pub fn sha256(text: &str) -> Words {
    digest(text).done()
}

/// The same, still to be written on or cut.
#[inline(never)]
pub(super) fn digest(text: &str) -> Writer {
    let (mut round, mut state) = ([0; 64], [0; 8]);
    work_out(&mut round, &mut state);
    let message = padded(text.as_bytes());
    let mut done = 0;
    while done < message.len() {
        compress(&mut state, &message[done..], &round);
        done += 16;
    }
    let mut hex = Writer::default();
    for place in 0..64 {
        let nibble = state[place / 8] >> (28 - place % 8 * 4) & 15;
        hex.mark(b"0123456789abcdef"[nibble as usize]);
    }
    hex
}

/// Whole blocks of 16 words: the bytes, a bit that ends them, and how many bits they are. A page has no text of half a
/// gigabyte.
#[allow(clippy::cast_possible_truncation, reason = "as above")]
fn padded(bytes: &[u8]) -> Pile<u32> {
    let mut words = Pile::new();
    let last = (bytes.len() + 8) / 64 * 64 + 63;
    let mut word = 0;
    for place in 0..=last {
        let end = if place == bytes.len() { 0x80 } else { 0 };
        word = word << 8 | bytes.get(place).map_or(end, |byte| u32::from(*byte));
        if place == last {
            word = bytes.len() as u32 * 8;
        }
        if place % 4 == 3 {
            words.push(word);
        }
    }
    words
}

/// The compression function over the first 16 words of a message.
fn compress(state: &mut [u32; 8], block: &[u32], round: &[u32; 64]) {
    let mut schedule = [0_u32; 64];
    let mut work = *state;
    for index in 0..64 {
        schedule[index] = if index < 16 {
            block[index]
        } else {
            let (near, far) = (schedule[index - 2], schedule[index - 15]);
            schedule[index - 16]
                .wrapping_add(far.rotate_right(7) ^ far.rotate_right(18) ^ far >> 3)
                .wrapping_add(schedule[index - 7])
                .wrapping_add(near.rotate_right(17) ^ near.rotate_right(19) ^ near >> 10)
        };
        let [a, b, c, d, e, f, g, h] = work;
        let first = h
            .wrapping_add(e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25))
            .wrapping_add(e & f ^ !e & g)
            .wrapping_add(round[index])
            .wrapping_add(schedule[index]);
        let second = (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22)).wrapping_add(a & b ^ a & c ^ b & c);
        work = [first.wrapping_add(second), a, b, c, d.wrapping_add(first), e, f, g];
    }
    for index in 0..8 {
        state[index] = state[index].wrapping_add(work[index]);
    }
}
