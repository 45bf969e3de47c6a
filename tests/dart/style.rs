//! Generated Dart is clean under `dart analyze` in its strict modes, and is what `dart format` would make of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::generated::{self, root, run};
use crate::support::toolchain;

/// Analyses and formats a project; no finding and no change is allowed.
fn is_clean(dart: &Path, project: &Path) {
    let said = run(Command::new(dart)
        .args(["analyze", "--fatal-infos", "--fatal-warnings"])
        .arg(project));
    assert!(said.contains("No issues found!"), "{said}");
    let said = run(Command::new(dart)
        .args(["format", "--output=none", "--set-exit-if-changed"])
        .arg(project));
    assert!(said.contains("(0 changed)"), "{said}");
}

#[test]
fn the_study_and_the_kitchen_sink_are_clean() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    is_clean(&dart, &generated::everything("style"));
}

#[test]
fn editions_are_clean() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    let fixtures = root().join("fixtures/contracts");
    for set in [
        "editions/edition2023",
        "editions/edition2024",
        "protoc_only/protoc_only",
        "protoc_only/protoc_only_proto3",
    ] {
        let name = set.replace('/', "-");
        let set: PathBuf = fixtures.join(format!("{set}.binpb"));
        is_clean(&dart, &generated::project(&name, &[set], &[], &[]));
    }
}

#[test]
fn fields_that_are_called_as_the_code_s_own_are_clean() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("dart-own");
    std::fs::create_dir_all(&directory).unwrap();
    let fields = ["names", "text", "from", "to_text", "from_text"];
    let mut contract = "syntax = \"proto2\";\nmessage Own {\n".to_owned();
    for (number, name) in (1..).zip(fields) {
        contract.push_str(&format!("  required bytes {name} = {number};\n"));
    }
    std::fs::write(directory.join("own.proto"), contract + "}\n").unwrap();
    let contracts = [directory.join("own.proto")];
    is_clean(
        &dart,
        &generated::project("own", &contracts, &[directory], &[]),
    );
}

#[test]
fn the_conformance_contracts_are_clean() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    if let Some(project) = generated::conformance("style-conformance") {
        is_clean(&dart, &project);
    }
}
