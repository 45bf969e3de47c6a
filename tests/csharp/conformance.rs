//! protobuf's conformance suite: every binary and JSON test, required and recommended, through edition 2023.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::generated;
use crate::support::toolchain;

/// Binary and JSON tests of runner 33.2 with `--enforce_recommended --maximum_edition 2023`.
const TESTS: u32 = 5567;
/// Tests of the text format, a suite of its own, which the testee answers with "skipped".
const TEXT_TESTS: u32 = 883;

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

#[test]
fn the_suite_passes_without_failures_and_without_skips() {
    let (Some(dotnet), Some(runner)) = (toolchain::dotnet(), toolchain::conformance_runner())
    else {
        return;
    };
    let Some(tree) = generated::conformance() else {
        return;
    };
    let built = generated::build(&dotnet, "tests/csharp/conformance", &tree, "conformance");
    let reports = generated::empty("conformance-reports");
    let testee = reports.join("testee");
    let program = built.join("netcoreapp3.1/conformance.dll");
    let script = format!(
        "#!/bin/sh\nexec '{}' '{}'\n",
        dotnet.display(),
        program.display()
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

#[test]
fn a_summary_is_read() {
    let line = "CONFORMANCE SUITE FAILED: 5555 successes, 0 skipped, 1 expected failures, 12 unexpected failures.";
    assert_eq!(summaries(line), [[5555, 0, 1, 12]]);
}
