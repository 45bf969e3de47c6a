//! Projects of generated Dart: what they are generated from, and where they are.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::toolchain;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What strict analysis is: every mode that there is.
const ANALYSIS: &str = "\
analyzer:
  language:
    strict-casts: true
    strict-inference: true
    strict-raw-types: true
";

/// A project `name` with code for these contracts in `gen`, and these files of `tests/dart` beside it.
pub(crate) fn project(
    name: &str,
    contracts: &[PathBuf],
    include: &[PathBuf],
    files: &[&str],
) -> PathBuf {
    let project = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("dart")
        .join(name);
    if project.exists() {
        std::fs::remove_dir_all(&project).unwrap();
    }
    std::fs::create_dir_all(&project).unwrap();
    let config = format!(
        "version = 1\ncontract = {}\ninclude = {}\n\n[target.dart]\nout = \"gen\"\ntext_format = true\n",
        list(contracts),
        list(include)
    );
    std::fs::write(project.join("xlc.toml"), config).unwrap();
    std::fs::write(project.join("analysis_options.yaml"), ANALYSIS).unwrap();
    for file in files {
        std::fs::copy(root().join("tests/dart").join(file), project.join(file)).unwrap();
    }
    run(Command::new(env!("CARGO_BIN_EXE_xlc"))
        .arg("gen")
        .current_dir(&project));
    project
}

fn list(paths: &[PathBuf]) -> String {
    let quoted = paths.iter().map(|path| format!("'{}'", path.display()));
    format!("[{}]", quoted.collect::<Vec<_>>().join(", "))
}

/// The kitchen sink and the Study contract in one tree, with the test programs.
pub(crate) fn everything(name: &str) -> PathBuf {
    let kitchen = root().join("fixtures/contracts/kitchen_sink");
    let schemas = root().join("schemas");
    let contracts = [kitchen.clone(), schemas.join("radiology")];
    let files = [
        "check.dart",
        "runtime.dart",
        "text.dart",
        "unit.dart",
        "malformed.dart",
        "web.dart",
    ];
    project(name, &contracts, &[kitchen, schemas], &files)
}

/// protobuf's conformance contracts, read as the descriptor set that protoc makes of them: it alone reads editions.
pub(crate) fn conformance(name: &str) -> Option<PathBuf> {
    let (protoc, include) = (toolchain::protoc()?, toolchain::conformance_include()?);
    let well_known = toolchain::protoc_include()?;
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("dart");
    std::fs::create_dir_all(&directory).unwrap();
    let set = directory.join(format!("{name}.binpb"));
    let messages = [
        "proto2",
        "proto3",
        "proto2_editions",
        "proto3_editions",
        "edition2023",
    ];
    let tests = messages.map(|name| format!("google/protobuf/test_messages_{name}.proto"));
    run(Command::new(protoc)
        .arg("--include_imports")
        .arg("--include_source_info")
        .arg(format!("--descriptor_set_out={}", set.display()))
        .arg(format!("-I{}", include.display()))
        .arg(format!("-I{}", well_known.display()))
        .arg("conformance/conformance.proto")
        .args(tests));
    Some(project(name, &[set], &[], &["testee.dart"]))
}

/// Runs a command that must succeed; gives what it printed.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = said(&output);
    assert!(output.status.success(), "{command:?}\n{said}");
    said
}

/// What a command printed, errors first.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}
