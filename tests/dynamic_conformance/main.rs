//! protobuf's conformance suite on dynamic messages: every test of binary, JSON and the text format, required and
//! recommended, through edition 2023.
//!
//! This program is its own testee: the runner starts it again with the variable [`CONTRACT`] set.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its contract has failed"
)]

#[path = "../support/mod.rs"]
mod support;
mod testee;

use std::path::PathBuf;

use support::{conformance, referee, toolchain};

/// The descriptor set that the testee answers from.
const CONTRACT: &str = "XLC_TESTEE_CONTRACT";

fn main() {
    match std::env::var_os(CONTRACT) {
        Some(set) => testee::run(&std::fs::read(set).unwrap()),
        // `cargo test -- --list` asks what there is.
        None if std::env::args().any(|argument| argument == "--list") => {}
        None => the_suite_passes_without_failures_and_without_skips(),
    }
}

fn the_suite_passes_without_failures_and_without_skips() {
    let (Some(protoc), Some(include), Some(runner)) = (
        toolchain::protoc(),
        toolchain::conformance_include(),
        toolchain::conformance_runner(),
    ) else {
        return;
    };
    let reports = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("dynamic-conformance");
    std::fs::create_dir_all(&reports).unwrap();
    let set = reports.join("contract.binpb");
    let files = referee::proto_files(&include);
    let bytes = referee::descriptor_set(&protoc, &[include], &files, false);
    std::fs::write(&set, bytes).unwrap();
    let testee = reports.join("testee");
    // An environment with the contract in it makes a testee of this program.
    let command = format!(
        "env {CONTRACT}='{}' '{}'",
        set.display(),
        std::env::current_exe().unwrap().display()
    );
    conformance::script(&testee, &command);
    conformance::passes(&runner, &reports, &testee, conformance::Text::Passed);
}
