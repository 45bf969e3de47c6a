//! Output trees that several tests share: each is generated once per run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::support::toolchain;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a command; its output, or a panic with all that it said.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "{command:?} failed:\n{said}");
    said
}

/// Generates Python from some inputs into `NAME/gen` below the build directory, and returns `NAME`.
fn generate(name: &str, options: &[&str], include: &[PathBuf], contract: &[PathBuf]) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("python-{name}"));
    drop(std::fs::remove_dir_all(&directory));
    std::fs::create_dir_all(&directory).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xlc"));
    command
        .args(["gen", "python", "--out"])
        .arg(directory.join("gen"));
    for path in contract {
        command.arg("--contract").arg(path);
    }
    for option in options {
        command.arg("--option").arg(option);
    }
    for path in include {
        command.arg("--include").arg(path);
    }
    run(command.current_dir(&directory));
    directory
}

/// With the text format, which the Study contract goes without.
const TEXT: &str = "text_format=true";

/// The .proto files below a directory.
pub(crate) fn protos(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(protos(&path));
        } else if path.extension().is_some_and(|it| it == "proto") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The shipped Study contract.
pub(crate) fn study() -> &'static Path {
    static TREE: OnceLock<PathBuf> = OnceLock::new();
    TREE.get_or_init(|| {
        let include = root().join("schemas");
        generate(
            "study",
            &[],
            std::slice::from_ref(&include),
            &protos(&include),
        )
    })
}

/// Every construct of proto2 and proto3.
pub(crate) fn kitchen_sink() -> &'static Path {
    static TREE: OnceLock<PathBuf> = OnceLock::new();
    TREE.get_or_init(|| {
        let include = root().join("fixtures/contracts/kitchen_sink");
        generate(
            "kitchen-sink",
            &[TEXT],
            std::slice::from_ref(&include),
            &protos(&include),
        )
    })
}

/// What the tests in Python need beside it.
pub(crate) fn own() -> &'static Path {
    static TREE: OnceLock<PathBuf> = OnceLock::new();
    TREE.get_or_init(|| {
        let folder = root().join("tests/python");
        generate(
            "own",
            &[TEXT],
            std::slice::from_ref(&folder),
            &[folder.join("own.proto")],
        )
    })
}

/// Every construct of the editions.
pub(crate) fn editions() -> &'static Path {
    static TREE: OnceLock<PathBuf> = OnceLock::new();
    TREE.get_or_init(|| {
        let folder = root().join("fixtures/contracts/editions");
        let sets = ["edition2023.binpb", "edition2024.binpb"].map(|name| folder.join(name));
        generate("editions", &[TEXT], &[], &sets)
    })
}

/// The messages of the conformance suite, by way of a descriptor set of protoc's; `None` without the toolchains.
pub(crate) fn conformance() -> Option<&'static Path> {
    static TREE: OnceLock<PathBuf> = OnceLock::new();
    let include = toolchain::conformance_include()?;
    let protoc = toolchain::protoc()?;
    Some(TREE.get_or_init(|| {
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("python-conformance-set");
        std::fs::create_dir_all(&directory).unwrap();
        let set = directory.join("conformance.binpb");
        run(Command::new(protoc)
            .arg("--include_imports")
            .arg("--include_source_info")
            .arg(format!("--descriptor_set_out={}", set.display()))
            .arg(format!("-I{}", include.display()))
            .args([
                "conformance/conformance.proto",
                "google/protobuf/test_messages_proto2.proto",
                "google/protobuf/test_messages_proto3.proto",
                "google/protobuf/test_messages_edition2023.proto",
                "google/protobuf/test_messages_proto2_editions.proto",
                "google/protobuf/test_messages_proto3_editions.proto",
            ]));
        generate("conformance", &[TEXT], &[], &[set])
    }))
}
