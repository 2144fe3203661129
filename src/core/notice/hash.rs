//! SHA-256 (FIPS 180-4), in a few hundred bytes of module: the visitor's script works on plain http, where the browser
//! offers no `crypto.subtle` (requirement R-02). The tests hold it against the `sha2` crate.

// Every index below is bounded by the loop around it; written as iterators the same weighs twice as much.
#![allow(clippy::indexing_slicing, clippy::many_single_char_names)]

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
static ROUND: [u32; 64] = [
    0x428a_2f98,
    0x7137_4491,
    0xb5c0_fbcf,
    0xe9b5_dba5,
    0x3956_c25b,
    0x59f1_11f1,
    0x923f_82a4,
    0xab1c_5ed5,
    0xd807_aa98,
    0x1283_5b01,
    0x2431_85be,
    0x550c_7dc3,
    0x72be_5d74,
    0x80de_b1fe,
    0x9bdc_06a7,
    0xc19b_f174,
    0xe49b_69c1,
    0xefbe_4786,
    0x0fc1_9dc6,
    0x240c_a1cc,
    0x2de9_2c6f,
    0x4a74_84aa,
    0x5cb0_a9dc,
    0x76f9_88da,
    0x983e_5152,
    0xa831_c66d,
    0xb003_27c8,
    0xbf59_7fc7,
    0xc6e0_0bf3,
    0xd5a7_9147,
    0x06ca_6351,
    0x1429_2967,
    0x27b7_0a85,
    0x2e1b_2138,
    0x4d2c_6dfc,
    0x5338_0d13,
    0x650a_7354,
    0x766a_0abb,
    0x81c2_c92e,
    0x9272_2c85,
    0xa2bf_e8a1,
    0xa81a_664b,
    0xc24b_8b70,
    0xc76c_51a3,
    0xd192_e819,
    0xd699_0624,
    0xf40e_3585,
    0x106a_a070,
    0x19a4_c116,
    0x1e37_6c08,
    0x2748_774c,
    0x34b0_bcb5,
    0x391c_0cb3,
    0x4ed8_aa4a,
    0x5b9c_ca4f,
    0x682e_6ff3,
    0x748f_82ee,
    0x78a5_636f,
    0x84c8_7814,
    0x8cc7_0208,
    0x90be_fffa,
    0xa450_6ceb,
    0xbef9_a3f7,
    0xc671_78f2,
];

/// The first 32 bits of the fractional parts of the square roots of the first 8 primes.
static START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// The SHA-256 of a text, in lowercase hex.
pub fn sha256(text: &str) -> String {
    let mut message = Vec::from(text.as_bytes());
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend_from_slice(&(text.len() as u64 * 8).to_be_bytes());
    let mut state = START;
    let mut done = 0;
    while done < message.len() {
        compress(&mut state, &message[done..]);
        done += 64;
    }
    let mut hex = String::new();
    for place in 0..64 {
        let nibble = state[place / 8] >> (28 - place % 8 * 4) & 15;
        hex.push(char::from(b"0123456789abcdef"[nibble as usize]));
    }
    hex
}

/// One round of the compression function over the first 64 bytes of a message.
fn compress(state: &mut [u32; 8], block: &[u8]) {
    let mut schedule = [0_u32; 64];
    let mut work = *state;
    for index in 0..64 {
        schedule[index] = if index < 16 {
            let start = index * 4;
            u32::from_be_bytes([block[start], block[start + 1], block[start + 2], block[start + 3]])
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
            .wrapping_add(ROUND[index])
            .wrapping_add(schedule[index]);
        let second = (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22)).wrapping_add(a & b ^ a & c ^ b & c);
        work = [first.wrapping_add(second), a, b, c, d.wrapping_add(first), e, f, g];
    }
    for index in 0..8 {
        state[index] = state[index].wrapping_add(work[index]);
    }
}
