//! protobuf's conformance suite: every binary and JSON test, required and recommended, through edition 2023.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::generated::{conformance, run, said};
use crate::support::toolchain;

/// Binary and JSON tests of runner 33.2 with `--enforce_recommended --maximum_edition 2023`: all pass.
const PASSED: &str = "CONFORMANCE SUITE PASSED: 5567 successes, 0 skipped, 0 expected failures, 0 unexpected failures.";
/// Tests of the text format, a suite of its own, which the testee answers with "skipped".
const TEXT: &str = "CONFORMANCE SUITE PASSED: 0 successes, 883 skipped, 0 expected failures, 0 unexpected failures.";

fn suite(project: &Path, runner: &Path, testee: &Path) {
    let reports = project.join("reports");
    std::fs::create_dir_all(&reports).unwrap();
    let output = Command::new(runner)
        .args([
            "--enforce_recommended",
            "--maximum_edition",
            "2023",
            "--output_dir",
        ])
        .arg(format!("{}/", reports.display()))
        .arg(testee)
        .output()
        .unwrap();
    let said = said(&output);
    let summaries: Vec<&str> = said
        .lines()
        .filter(|line| line.starts_with("CONFORMANCE SUITE "))
        .collect();
    assert_eq!(summaries, [PASSED, TEXT], "{said}");
    assert!(output.status.success(), "{said}");
}

#[test]
fn the_suite_passes_ahead_of_time_and_just_in_time() {
    let (Some(dart), Some(runner)) = (toolchain::dart(), toolchain::conformance_runner()) else {
        return;
    };
    let Some(project) = conformance("conformance") else {
        return;
    };
    let source = project.join("testee.dart");
    let compiled = project.join("testee");
    run(Command::new(&dart)
        .args(["compile", "exe", "-o"])
        .arg(&compiled)
        .arg(&source));
    suite(&project, &runner, &compiled);

    // Parsed beforehand: the runner waits half a minute for the first answer, which a busy machine takes to parse.
    let kernel = project.join("testee.dill");
    run(Command::new(&dart)
        .args(["compile", "kernel", "-o"])
        .arg(&kernel)
        .arg(&source));
    let script: PathBuf = project.join("testee.sh");
    let text = format!(
        "#!/bin/sh\nexec '{}' run '{}'\n",
        dart.display(),
        kernel.display()
    );
    std::fs::write(&script, text).unwrap();
    run(Command::new("chmod").arg("+x").arg(&script));
    suite(&project, &runner, &script);
}
