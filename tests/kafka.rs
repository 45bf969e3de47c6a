//! The helpers for Kafka, in each language: they frame values as Confluent's serializers do and take them apart again,
//! and refuse what is none. All languages check the same vectors.
#![cfg(feature = "cli")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::toolchain;

const VECTORS: &str = include_str!("kafka/vectors.txt");

/// Generates the Study contract for a target, with the helpers, into a directory of the test's own.
fn generate(target: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("kafka-{target}"));
    if directory.exists() {
        std::fs::remove_dir_all(&directory).expect("it is the test's own");
    }
    std::fs::create_dir_all(&directory).expect("it can be made");
    let extra = match target {
        "go" => "go_mod = true\n",
        _ => "",
    };
    let config = format!(
        "version = 1\ncontract = [{0:?}]\ninclude = [{0:?}]\n[target.{target}]\nout = \"generated\"\nkafka = true\n{extra}",
        root.join("schemas")
    );
    std::fs::write(directory.join("xlc.toml"), config).expect("it can be written");
    run(Command::new(env!("CARGO_BIN_EXE_xlc"))
        .args(["gen", "-q"])
        .current_dir(&directory));
    directory
}

fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/kafka")
        .join(name)
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{errors}");
    said
}

/// How many vectors there are, as the programs print it.
fn count() -> String {
    let lines = VECTORS.lines().filter(|line| !line.starts_with('#'));
    lines.count().to_string()
}

#[test]
fn python_frames_values() {
    let (Some(python), Some(mypy)) = (toolchain::python(), toolchain::mypy()) else {
        return;
    };
    let directory = generate("python");
    let said = run(Command::new(python)
        .arg(program("check.py"))
        .arg(&directory)
        .arg(program("vectors.txt")));
    assert_eq!(said.trim(), count());
    run(Command::new(mypy)
        .args(["--strict", "generated"])
        .current_dir(&directory));
}

#[test]
fn go_frames_values() {
    let (Some(go), Some(gofmt)) = (toolchain::go(), toolchain::gofmt()) else {
        return;
    };
    let directory = generate("go").join("generated");
    let package = directory.join("xlc/kafka");
    assert_eq!(run(Command::new(gofmt).arg("-l").arg(&package)), "");
    for name in ["kafka_test.go", "vectors.txt"] {
        std::fs::copy(program(name), package.join(name)).expect("it can be copied");
    }
    run(Command::new(&go)
        .args(["vet", "./xlc/kafka"])
        .current_dir(&directory));
    run(Command::new(&go)
        .args(["test", "./xlc/kafka"])
        .current_dir(&directory));
}

#[test]
fn dart_frames_values() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    let directory = generate("dart").join("generated");
    let check = directory.join("check.dart");
    std::fs::copy(program("check.dart"), &check).expect("it can be copied");
    let said = run(Command::new(&dart)
        .arg("run")
        .arg(&check)
        .arg(program("vectors.txt")));
    assert_eq!(said.trim(), count());
    run(Command::new(&dart)
        .args(["analyze", "--fatal-infos", "xlc"])
        .current_dir(&directory));
    run(Command::new(&dart)
        .args(["format", "--output=none", "--set-exit-if-changed", "xlc"])
        .current_dir(&directory));
}

#[test]
fn csharp_frames_values() {
    let (Some(dotnet), Some(csc)) = (toolchain::dotnet8(), toolchain::csc12()) else {
        return;
    };
    let directory = generate("csharp").join("generated");
    let out = directory.join("check.dll");
    let runtime = directory.join("Xlc");
    // These two files need nothing of the rest of the runtime.
    run(Command::new(csc)
        .args([
            "-nologo",
            "-nullable:enable",
            "-warn:9999",
            "-warnaserror",
            "-langversion:8",
        ])
        .arg(format!("-out:{}", out.display()))
        .arg(runtime.join("Kafka.cs"))
        .arg(runtime.join("KafkaIndexes.cs"))
        .arg(program("KafkaCheck.cs")));
    let said = run(Command::new(dotnet).arg(&out).arg(program("vectors.txt")));
    assert_eq!(said.trim(), count());
}
