//! The clock and chance, which the core is handed at each event. It must not know what they are for.

use js_sys::{Date, Math};

/// Bytes that are drawn: 40 bits.
const DRAWN: usize = 5;

/// Now, in milliseconds since 1970.
pub fn now() -> f64 {
    Date::now()
}

/// 40 random bits, by `Math.random` only where a browser has no `crypto`. They tell two grants apart and keep no secret: the
/// page can read them in the record.
pub fn forty_bits() -> u64 {
    let mut bytes = [0; DRAWN];
    if draw(&mut bytes).is_none() {
        bytes = std::array::from_fn(|_| chance());
    }
    bytes.into_iter().fold(0, |bits, byte| bits << 8 | u64::from(byte))
}

fn draw(bytes: &mut [u8]) -> Option<()> {
    let crypto = web_sys::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(bytes).ok()?;
    Some(())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "chance is at least 0 and less than 1"
)]
fn chance() -> u8 {
    (Math::random() * 256.0) as u8
}
