//! The `xlc` command.
fn main() {}
