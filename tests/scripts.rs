//! The project's own Python (scripts/) passes its linter, its formatter and a strict type checker.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::toolchain;

/// The Python programs and packages of scripts/, known by their first line or their ending.
fn sources() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let entries = fs::read_dir(directory).expect("scripts/ is there");
    let mut sources: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| {
            let first_line = fs::read_to_string(path).unwrap_or_default();
            path.join("__init__.py").exists() || first_line.starts_with("#!/usr/bin/env python3\n")
        })
        .collect();
    sources.sort();
    assert!(sources.len() >= 3, "found only {sources:?}");
    sources
}

fn assert_passes(tool: &Path, arguments: &[&str], sources: &[PathBuf]) {
    let output = Command::new(tool)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts"))
        .args(arguments)
        .args(sources)
        .output()
        .expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
}

#[test]
fn lint_and_format() {
    let Some(ruff) = toolchain::ruff() else {
        return;
    };
    assert_passes(&ruff, &["check", "--no-cache"], &sources());
    assert_passes(&ruff, &["format", "--check", "--no-cache"], &sources());
}

#[test]
fn types() {
    let Some(mypy) = toolchain::mypy() else {
        return;
    };
    let cache = format!("--cache-dir={}", env!("CARGO_TARGET_TMPDIR"));
    let arguments = ["--strict", "--python-version=3.10", &cache];
    // Apart from each other: every program is a module called `__main__`.
    for source in sources() {
        assert_passes(&mypy, &arguments, &[source]);
    }
}
