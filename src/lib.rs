//! xlc: one contract, any boundary.
//!
//! A schema-first contract compiler: it reads `.proto` files and emits what crosses a language boundary.

pub mod artifact;
pub mod avro;
pub mod build_script;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod compat;
pub mod config;
pub mod contract;
#[cfg(feature = "cli")]
pub mod convert;
pub mod diagnostics;
pub mod dynamic;
pub mod inspect;
pub mod load;
pub mod lock;
pub mod names;
pub mod output;
pub mod pipeline;
pub mod render;
pub mod source;
pub mod targets;
mod wire;
