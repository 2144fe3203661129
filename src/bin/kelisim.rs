//! The owner's tool.
fn main() {}
