//! How long a stored name stays, as a configuration and a manifest write it: `session`, `unlimited`, `30m`, `20h`, `365d`.

/// A lifetime that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Until the browser or the tab is closed.
    Session,
    /// Until it is removed.
    Unlimited,
    /// So many minutes.
    Minutes(u32),
    /// So many hours.
    Hours(u32),
    /// So many days.
    Days(u32),
}

impl Lifetime {
    /// Reads a lifetime whose form was checked.
    pub fn of(written: &str) -> Lifetime {
        let mut number = 0;
        for byte in written.as_bytes() {
            if byte.is_ascii_digit() {
                number = number * 10 + u32::from(byte - b'0');
                continue;
            }
            return match byte {
                b'm' => Lifetime::Minutes(number),
                b'h' => Lifetime::Hours(number),
                b'd' => Lifetime::Days(number),
                b'u' => Lifetime::Unlimited,
                _ => Lifetime::Session,
            };
        }
        Lifetime::Session
    }

    /// Whether it is longer than this, in seconds. What ends with the session or within hours is not.
    pub fn exceeds(self, seconds: i64) -> bool {
        match self {
            Lifetime::Unlimited => true,
            Lifetime::Days(days) => i64::from(days) * 86_400 > seconds,
            _ => false,
        }
    }
}
