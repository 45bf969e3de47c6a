//! The tests of the runtime and of generated code in C# itself (`tests/csharp/runtime`), malformed input included, and the
//! text format beside protoc's.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::generated;
use crate::support::toolchain;

/// How often each of the three formats is broken at random, beside all truncations.
const MALFORMED: u32 = 60_000;

#[test]
fn the_runtime_passes_its_own_tests() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    let program = generated::runtime_tests(&dotnet);
    let said = generated::run(
        Command::new(&dotnet)
            .arg(program)
            .arg(MALFORMED.to_string()),
    );
    assert_eq!(said.matches(": ok").count(), generated::SUITES, "{said}");
}

/// protoc reads what C# writes as the same bytes, and C# reads what protoc writes as the same messages.
#[test]
fn the_text_format_is_protocs() {
    let (Some(dotnet), Some(protoc)) = (toolchain::dotnet(), toolchain::protoc()) else {
        return;
    };
    let program = generated::runtime_tests(&dotnet);
    let directory = generated::empty("texts");
    let exchange =
        |what: &str| generated::run(Command::new(&dotnet).arg(program).arg(what).arg(&directory));
    exchange("save-text");
    let mut count = 0;
    while let Ok(name) = std::fs::read_to_string(directory.join(format!("{count}.type"))) {
        let file = |kind: &str| directory.join(format!("{count}.{kind}"));
        let bytes = std::fs::read(file("bin")).unwrap();
        let read = convert(&protoc, "--encode", &name, &file("ours"));
        assert!(read == bytes, "{name}, read by protoc");
        let theirs = convert(&protoc, "--decode", &name, &file("bin"));
        std::fs::write(file("theirs"), theirs).unwrap();
        count += 1;
    }
    assert!(count >= 8, "{count} samples");
    assert_eq!(exchange("load-text"), "text: ok\n");
}

/// What protoc makes of a file.
fn convert(protoc: &Path, what: &str, name: &str, input: &Path) -> Vec<u8> {
    let root = generated::root();
    let mut command = Command::new(protoc);
    if what == "--encode" {
        command.arg("--deterministic_output");
    }
    let output = command
        .arg(format!("{what}={name}"))
        .arg(format!("-I{}", root.join("schemas").display()))
        .arg(format!(
            "-I{}",
            root.join("fixtures/contracts/kitchen_sink").display()
        ))
        .args([
            "radiology/study/v1/study.proto",
            "proto2.proto",
            "proto3.proto",
            "extensions.proto",
            "extensions_elsewhere.proto",
        ])
        .stdin(Stdio::from(std::fs::File::open(input).unwrap()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {said}");
    output.stdout
}
