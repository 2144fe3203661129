//! Builds, serves, tests and measures Kelisim.
fn main() {}
