//! What generated Dart does: unit tests in Dart, malformed input, and the same bytes from the VM and from JavaScript.

use std::process::Command;

use crate::generated::{everything, run};
use crate::support::toolchain;

/// Inputs per run of the malformed input, at least.
const INPUTS: u32 = 100_000;

#[test]
fn unit_tests_pass() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    let project = everything("unit");
    let said = run(Command::new(dart).arg("run").arg(project.join("unit.dart")));
    assert!(said.contains("failed 0"), "{said}");
}

#[test]
fn malformed_input_gives_errors_and_nothing_else() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    let project = everything("malformed");
    let program = project.join("malformed");
    run(Command::new(dart)
        .args(["compile", "exe", "-o"])
        .arg(&program)
        .arg(project.join("malformed.dart")));
    let said = run(Command::new(program).arg("3500"));
    let tried = said
        .strip_prefix("tried ")
        .and_then(|rest| rest.split(',').next()?.parse::<u32>().ok());
    assert!(tried.is_some_and(|tried| tried >= INPUTS), "{said}");
}

#[test]
fn javascript_gives_the_same_bytes_and_loses_no_digit() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    let Ok(node) = Command::new("node").arg("--version").output() else {
        toolchain::skip("no `node` on this machine");
        return;
    };
    assert!(node.status.success(), "{node:?}");
    let project = everything("web");
    let native = run(Command::new(&dart).arg("run").arg(project.join("web.dart")));
    run(Command::new(dart)
        .args(["compile", "js", "-o"])
        .arg(project.join("web.js"))
        .arg(project.join("web.dart")));
    let script = run(Command::new("node").arg(project.join("web.js")));
    let mut native = native.lines();
    assert_eq!(native.next_back(), Some("beyond 53 bits: kept"));
    let mut script = script.lines();
    assert_eq!(script.next_back(), Some("beyond 53 bits: refused"));
    let tests = script.clone().next_back();
    assert!(
        tests.is_some_and(|line| line.ends_with("failed 0")),
        "{script:?}"
    );
    assert!(native.clone().count() > 20);
    assert!(native.eq(script));
}
