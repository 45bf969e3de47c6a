//! Generated code is clean under mypy, pyright, ruff's linter and ruff's formatter as it is written.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::generated::{self, run};
use crate::support::toolchain;

/// Rules beyond ruff's default. Ignored is what the names in a contract decide: the length of a line that has no place
/// to break, a field called `l`, a file called `None`.
const RULES: [&str; 6] = [
    "--extend-select=E,F,W,I,UP,B",
    "--ignore=E501,E741,N999",
    "--target-version=py310",
    "--isolated",
    "--no-cache",
    "--no-respect-gitignore",
];

fn check(tree: &Path) {
    let (Some(mypy), Some(ruff)) = (toolchain::mypy(), toolchain::ruff()) else {
        return;
    };
    let said = run(Command::new(&ruff)
        .args(["format", "--check", "--isolated", "--no-cache"])
        // The build directory, where the tree lies, is ignored by git.
        .arg("--no-respect-gitignore")
        .current_dir(tree)
        .arg("."));
    assert!(said.contains("already formatted"), "{said}");
    let said = run(Command::new(&ruff)
        .arg("check")
        .args(RULES)
        .current_dir(tree)
        .arg("."));
    assert!(!said.contains("No Python files"), "{said}");
    let cache = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("python-mypy-cache");
    let said = run(Command::new(mypy)
        .args(["--strict", "--python-version=3.10", "--config-file="])
        .arg(format!(
            "--cache-dir={}",
            cache.join(tree.file_name().unwrap()).display()
        ))
        .current_dir(tree)
        .arg("gen"));
    assert!(said.contains("Success: no issues found in"), "{said}");
}

#[test]
fn the_study_contract_is_clean() {
    check(generated::study());
}

#[test]
fn the_kitchen_sink_is_clean() {
    check(generated::kitchen_sink());
}

#[test]
fn the_tests_own_contract_is_clean() {
    check(generated::own());
}

#[test]
fn the_editions_are_clean() {
    check(generated::editions());
}

#[test]
fn the_conformance_messages_are_clean() {
    if let Some(tree) = generated::conformance() {
        check(tree);
    }
}

/// pyright takes its time, so it sees two trees: the Study contract, and one with extensions and groups of oneofs.
#[test]
fn the_other_type_checker_agrees() {
    let (Some(pyright), Some(python)) = (toolchain::pyright(), toolchain::python()) else {
        return;
    };
    let said = run(Command::new(pyright)
        .args(["--pythonversion", "3.10", "--pythonpath"])
        .arg(python)
        .args([generated::study().join("gen"), generated::own().join("gen")])
        .current_dir(generated::own()));
    assert!(said.contains("0 errors, 0 warnings"), "{said}");
}

/// Code of a user of the Study contract, which mypy must understand: `match` over a oneof is known to be complete.
#[test]
fn a_program_that_uses_the_study_contract_is_typed() {
    let Some(mypy) = toolchain::mypy() else {
        return;
    };
    let tree = generated::study();
    let cache = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("python-mypy-cache");
    let check = |file: &str| {
        let file = generated::root().join("tests/python").join(file);
        let output = Command::new(&mypy)
            .args(["--strict", "--python-version=3.11", "--config-file="])
            .arg(format!("--cache-dir={}", cache.join("program").display()))
            .env("MYPYPATH", tree)
            .current_dir(tree)
            .arg(file)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let said = check("typed_program.py");
    assert!(said.contains("Success: no issues found in"), "{said}");
    let said = check("mistyped_program.py");
    for (line, mistake) in [
        (8, "has no attribute \"tittle\""),
        (
            9,
            "Argument \"phantom\" to \"Study\" has incompatible type \"str\"",
        ),
        (10, "Incompatible types in assignment"),
        (
            18,
            "Argument 1 to \"assert_never\" has incompatible type \"Rejection\"",
        ),
    ] {
        let place = format!("mistyped_program.py:{line}: error: ");
        let found = said
            .lines()
            .any(|it| it.contains(&place) && it.contains(mistake));
        assert!(found, "no `{mistake}` in line {line}:\n{said}");
    }
}
