//! What several test programs share. Each program compiles its own copy and uses a part of it.
#![allow(dead_code, unreachable_pub)]

#[cfg(feature = "cli")]
pub mod cli;
pub mod conformance;
pub mod page;
pub mod referee;
pub mod script;
pub mod toolchain;
