//! Runs protobuf's conformance suite against a testee and holds it to every test. Knows nothing of what a testee is made of.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

/// Binary and JSON tests of runner 33.2 with `--enforce_recommended --maximum_edition 2023`.
const TESTS: u32 = 5567;
/// Tests of the text format, a suite of its own.
const TEXT_TESTS: u32 = 883;

/// What a testee makes of the suite of the text format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// It passes every test.
    Passed,
    /// It has no text format, and says so each time.
    Skipped,
}

/// Every binary and JSON test passes, required and recommended, through edition 2023: none fails and none is skipped.
/// Those of the text format pass or are skipped as `text` says. The runner's lists of failures go into `reports`.
pub fn passes(runner: &Path, reports: &Path, testee: &Path, text: Text) {
    std::fs::create_dir_all(reports).expect("a directory");
    let output = Command::new(runner)
        .args(["--enforce_recommended", "--maximum_edition", "2023"])
        .arg("--output_dir")
        .arg(format!("{}/", reports.display()))
        .arg(testee)
        .output()
        .expect("the runner starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    let text = match text {
        Text::Passed => [TEXT_TESTS, 0, 0, 0],
        Text::Skipped => [0, TEXT_TESTS, 0, 0],
    };
    let expected = vec![[TESTS, 0, 0, 0], text];
    assert_eq!(summaries(&said), expected, "{said}");
    assert!(output.status.success(), "{said}");
}

/// Writes the script of a testee that is started by a command: the runner takes one path and nothing else.
pub fn script(path: &Path, command: &str) {
    std::fs::write(path, format!("#!/bin/sh\nexec {command}\n")).expect("a script");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("an executable");
}

/// What the runner says at the end of each suite: successes, skipped, expected and unexpected failures.
pub fn summaries(said: &str) -> Vec<[u32; 4]> {
    said.lines()
        .filter_map(|line| line.strip_prefix("CONFORMANCE SUITE "))
        .filter_map(|line| line.split_once(": "))
        .map(|(_, counts)| {
            let mut numbers = counts
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|digits| digits.parse().ok());
            [(); 4].map(|()| numbers.next().expect("four numbers"))
        })
        .collect()
}
