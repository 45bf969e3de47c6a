//! protobuf's conformance suite on dynamic messages: every binary and JSON test, required and recommended, through
//! edition 2023.
//!
//! This program is its own testee: the runner starts it again with the variable [`CONTRACT`] set.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its contract has failed"
)]

#[path = "../support/mod.rs"]
mod support;
mod testee;

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use support::{referee, toolchain};

/// The descriptor set that the testee answers from.
const CONTRACT: &str = "XLC_TESTEE_CONTRACT";

/// Binary and JSON tests of runner 33.2 with `--enforce_recommended --maximum_edition 2023`.
const TESTS: u32 = 5567;
/// Tests of the text format, a suite of its own, which the testee answers with "skipped".
const TEXT_TESTS: u32 = 883;

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
    let script = format!(
        "#!/bin/sh\n{CONTRACT}='{}' exec '{}'\n",
        set.display(),
        std::env::current_exe().unwrap().display()
    );
    std::fs::write(&testee, script).unwrap();
    std::fs::set_permissions(&testee, std::fs::Permissions::from_mode(0o755)).unwrap();
    let output = Command::new(runner)
        .args([
            "--enforce_recommended",
            "--maximum_edition",
            "2023",
            "--output_dir",
        ])
        .arg(format!("{}/", reports.display()))
        .arg(&testee)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    let expected = vec![[TESTS, 0, 0, 0], [0, TEXT_TESTS, 0, 0]];
    assert_eq!(summaries(&said), expected, "{said}");
    assert!(output.status.success(), "{said}");
}

/// What the runner says at the end of a suite: successes, skipped, expected and unexpected failures.
fn summaries(said: &str) -> Vec<[u32; 4]> {
    said.lines()
        .filter_map(|line| line.strip_prefix("CONFORMANCE SUITE "))
        .filter_map(|line| line.split_once(": "))
        .map(|(_, counts)| {
            let mut numbers = counts
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|digits| digits.parse().ok());
            [(); 4].map(|()| numbers.next().unwrap())
        })
        .collect()
}
