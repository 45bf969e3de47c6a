//! Each installed tool starts and is what it claims to be; test and installer agree on where it is.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use support::toolchain;

/// Runs a tool and returns both its streams; panics unless it exits with `code`.
fn output(tool: &Path, arguments: &[&str], code: i32) -> String {
    let output = Command::new(tool)
        .args(arguments)
        .output()
        .expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(code),
        "`{}` says:\n{text}",
        tool.display()
    );
    text.into_owned()
}

fn assert_says(tool: Option<PathBuf>, arguments: &[&str], expected: &str) {
    let Some(tool) = tool else { return };
    let text = output(&tool, arguments, 0);
    assert!(
        text.contains(expected),
        "`{}` says `{text}`, not `{expected}`",
        tool.display()
    );
}

#[test]
#[cfg(unix)]
fn installer_and_tests_use_one_directory() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/toolchain");
    let exports = output(&script, &["--env"], 0);
    let root = toolchain::root().expect("a home directory");
    assert!(
        exports.contains(root.to_str().expect("UTF-8")),
        "{} is not in:\n{exports}",
        root.display()
    );
}

#[test]
fn python_has_the_referees() {
    let code = "import google.protobuf.internal.api_implementation as api, grpc, fastavro, jsonschema; print(api.Type())";
    assert_says(toolchain::python(), &["-c", code], "upb");
}

#[test]
fn ruff_starts() {
    assert_says(toolchain::ruff(), &["--version"], "ruff 0.");
}

#[test]
fn mypy_starts() {
    assert_says(toolchain::mypy(), &["--version"], "mypy 2.");
}

#[test]
fn pytest_starts() {
    assert_says(toolchain::pytest(), &["--version"], "pytest 9.");
}

#[test]
fn protoc_generates_and_finds_its_well_known_types() {
    let (Some(protoc), Some(include)) = (toolchain::protoc(), toolchain::protoc_include()) else {
        return;
    };
    let out = tempfile::tempdir().expect("a directory");
    let option = |name: &str, value: &Path| format!("--{name}={}", value.display());
    let arguments = [
        option("csharp_out", out.path()),
        option("proto_path", &include),
    ];
    output(
        &protoc,
        &[
            &arguments[0],
            &arguments[1],
            "google/protobuf/duration.proto",
        ],
        0,
    );
    assert!(out.path().join("Duration.cs").exists());
}

#[test]
fn conformance_runner_starts() {
    let Some(runner) = toolchain::conformance_runner() else {
        return;
    };
    assert!(output(&runner, &["--no-such-option"], 1).contains("--enforce_recommended"));
}

#[test]
fn conformance_protos_compile() {
    let (Some(protoc), Some(include)) = (toolchain::protoc(), toolchain::conformance_include())
    else {
        return;
    };
    let paths = [
        "conformance/conformance.proto",
        "google/protobuf/test_messages_edition2023.proto",
    ];
    let include = format!("--proto_path={}", include.display());
    output(
        &protoc,
        &[
            &include,
            "--descriptor_set_out=/dev/null",
            paths[0],
            paths[1],
        ],
        0,
    );
}
