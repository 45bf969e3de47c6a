//! The text format: what the reader and the writer do, and that google.protobuf reads what generated Dart writes and is read
//! by it.

use std::process::Command;

use crate::generated::{everything, root, run};
use crate::support::toolchain;

/// Messages that both runtimes exchange, at least.
const MESSAGES: u32 = 500;

#[test]
fn texts_come_back_and_google_reads_and_writes_the_same() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    let project = everything("text");
    let program = project.join("text");
    run(Command::new(dart)
        .args(["compile", "exe", "-o"])
        .arg(&program)
        .arg(project.join("text.dart")));
    let said = run(&mut Command::new(&program));
    assert!(said.contains("failed 0"), "{said}");

    let (Some(python), Some(protoc), Some(well_known)) = (
        toolchain::python(),
        toolchain::protoc(),
        toolchain::protoc_include(),
    ) else {
        return;
    };
    let kitchen = root().join("fixtures/contracts/kitchen_sink");
    let set = project.join("contracts.binpb");
    let files = [
        "extensions",
        "names_collide",
        "no_syntax",
        "proto2",
        "proto3",
        "well_known",
    ];
    let studies = ["study", "inference"];
    run(Command::new(protoc)
        .arg("--include_imports")
        .arg(format!("--descriptor_set_out={}", set.display()))
        .arg(format!("-I{}", kitchen.display()))
        .arg(format!("-I{}", root().join("schemas").display()))
        .arg(format!("-I{}", well_known.display()))
        .args(files.map(|name| format!("{name}.proto")))
        .args(studies.map(|name| format!("radiology/study/v1/{name}.proto"))));
    let (ours, theirs) = (project.join("ours.txt"), project.join("theirs.txt"));
    run(Command::new(&program).arg("write").arg(&ours));
    let said = run(Command::new(python)
        .arg("-B")
        .arg(root().join("tests/dart/text.py"))
        .args([&set, &ours, &theirs]));
    let compared = said
        .trim()
        .strip_prefix("compared ")
        .and_then(|it| it.parse::<u32>().ok());
    assert!(compared.is_some_and(|it| it >= MESSAGES), "{said}");
    let said = run(Command::new(&program).arg("read").arg(&theirs));
    assert!(said.contains("failed 0"), "{said}");
}
